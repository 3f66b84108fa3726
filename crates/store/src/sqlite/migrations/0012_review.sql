-- When the contents of a dossier are due for review here, and since when that is announced (0: not yet).
CREATE TABLE review (
  dossier BLOB PRIMARY KEY, due_ms INTEGER NOT NULL, told_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_by_due ON review (due_ms, dossier);
