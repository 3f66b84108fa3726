-- What waits for a second signature before it leaves, or left by one and awaits the other.
CREATE TABLE draft (
  id bytea PRIMARY KEY, sort smallint NOT NULL, dossier bytea NOT NULL, entry bytea NOT NULL, officer text COLLATE "C" NOT NULL,
  service text COLLATE "C" NOT NULL, at_ms bigint NOT NULL, due_ms bigint NOT NULL, about bytea NOT NULL, sealed bytea NOT NULL
);
CREATE INDEX draft_by_time ON draft (at_ms, id);
