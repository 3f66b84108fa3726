-- Who may act for whom while somebody is absent.
CREATE INDEX session_stand_in ON session (officer, begun_ms) WHERE sort = 5;
