-- How far each lane goes in a dossier: an entry with a number that is taken forks its lane.
CREATE TABLE lane (
  dossier INTEGER NOT NULL, lane BLOB NOT NULL, top INTEGER NOT NULL, PRIMARY KEY (dossier, lane)
) STRICT, WITHOUT ROWID;
-- What stopped a link is never dropped; the rest is kept up to a limit.
ALTER TABLE evidence ADD COLUMN stops INTEGER NOT NULL DEFAULT 0;
UPDATE evidence SET stops = 1 WHERE what IN ('fork', 'rollback', 'own-register-behind');
