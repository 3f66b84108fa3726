-- What inspectors filter access records by, under keyed digests; the journal that binds the lanes' heads; what patterns were found.
CREATE TABLE access_mark (
  mark BLOB NOT NULL, at_ms INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (mark, at_ms, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
  n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, through INTEGER NOT NULL, heads TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE INDEX journal_by_through ON journal (through);
CREATE TABLE finding (n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, name BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL) STRICT;
