-- What pages ask for by number, and the few that are contested, without reading the many.
CREATE INDEX obligation_by_number ON obligation (number, due_ms, n);
CREATE INDEX obligation_contested ON obligation (due_ms, n) WHERE contested = 1;
