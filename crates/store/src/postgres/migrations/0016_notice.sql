-- What an officer is told of by mail: when to look next, and the address, the wishes and what was told, sealed.
CREATE TABLE notice (officer text PRIMARY KEY, next_ms bigint NOT NULL, sealed bytea NOT NULL);
CREATE INDEX notice_by_next ON notice (next_ms, officer);
