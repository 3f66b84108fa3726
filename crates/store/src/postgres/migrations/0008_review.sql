-- When the contents of a dossier are due for review here, and since when that is announced (0: not yet).
CREATE TABLE review (
  dossier bytea PRIMARY KEY, due_ms bigint NOT NULL, told_ms bigint NOT NULL
);
CREATE INDEX review_by_due ON review (due_ms, dossier);
