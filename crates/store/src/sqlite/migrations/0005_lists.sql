-- What pages ask for by number, and the few that are contested, without reading the many.
CREATE INDEX obligation_by_number ON obligation (number, due_ms, n);
CREATE INDEX obligation_contested ON obligation (due_ms, n) WHERE contested = 1;
-- Which entries translate which: shown beside the original, erased with it.
CREATE TABLE translation (
  dossier INTEGER NOT NULL, original BLOB NOT NULL, entry BLOB NOT NULL, PRIMARY KEY (dossier, original, entry)
) STRICT, WITHOUT ROWID;
