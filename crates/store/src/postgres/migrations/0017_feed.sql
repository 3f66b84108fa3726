-- The calendar address of an officer: one of each, so that what is revoked leaves no other behind.
CREATE UNIQUE INDEX session_feed ON session (officer) WHERE sort = 9;
