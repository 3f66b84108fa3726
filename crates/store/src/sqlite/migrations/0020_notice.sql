-- What an officer is told of by mail: when to look next, and the address, the wishes and what was told, sealed.
CREATE TABLE notice (officer TEXT PRIMARY KEY, next_ms INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX notice_by_next ON notice (next_ms, officer);
