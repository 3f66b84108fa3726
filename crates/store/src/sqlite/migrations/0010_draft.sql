-- What waits for a second signature before it leaves, or left by one and awaits the other.
CREATE TABLE draft (
  id BLOB PRIMARY KEY, sort INTEGER NOT NULL, dossier BLOB NOT NULL, entry BLOB NOT NULL, officer TEXT NOT NULL, service TEXT NOT NULL,
  at_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL, about BLOB NOT NULL, sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_time ON draft (at_ms, id);
