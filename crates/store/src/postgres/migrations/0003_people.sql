-- What officers sign in with beside a password; what a token is good for, when and from where it was last used.
CREATE TABLE factor (
  officer text COLLATE "C" NOT NULL, sort smallint NOT NULL, id bytea NOT NULL, label text COLLATE "C" NOT NULL, since_ms bigint NOT NULL,
  last bigint NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (officer, sort, id)
);
ALTER TABLE session ADD COLUMN sort smallint NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN seen_ms bigint NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN device text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN state bytea NOT NULL DEFAULT '';
CREATE INDEX session_by_officer ON session (officer, begun_ms);
-- What waits for a second administrator.
CREATE INDEX session_reset ON session (officer) WHERE sort = 4;
