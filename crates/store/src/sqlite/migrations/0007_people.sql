-- What officers sign in with beside a password; what a token is good for, when and from where it was last used.
CREATE TABLE factor (
  officer TEXT NOT NULL, sort INTEGER NOT NULL, id BLOB NOT NULL, label TEXT NOT NULL, since_ms INTEGER NOT NULL, last INTEGER NOT NULL,
  sealed BLOB NOT NULL, PRIMARY KEY (officer, sort, id)
) STRICT, WITHOUT ROWID;
ALTER TABLE session ADD COLUMN sort INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN state BLOB NOT NULL DEFAULT x'';
CREATE INDEX session_by_officer ON session (officer, begun_ms);
-- What waits for a second administrator.
CREATE INDEX session_reset ON session (officer) WHERE sort = 4;
