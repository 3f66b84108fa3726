-- When a receipt of the partner came to us, by our own clock: a time of its own that cannot be true is shown (rule 10).
ALTER TABLE receipt ADD COLUMN arrived_ms INTEGER;
