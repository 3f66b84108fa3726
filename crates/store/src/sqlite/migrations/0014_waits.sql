-- Since when an entry waits for a missing one: the front page lists what waits longest. What waited before came when its entry did.
ALTER TABLE waiting ADD COLUMN since_ms INTEGER NOT NULL DEFAULT 0;
UPDATE waiting SET since_ms = e.here_ms FROM entry e WHERE e.id = waiting.entry;
CREATE INDEX waiting_by_time ON waiting (since_ms, missing, entry);
CREATE INDEX waiting_first ON waiting (missing, since_ms, entry);
-- Dossiers by their number, as people name them.
CREATE INDEX dossier_by_number ON dossier (number, updated_ms, n);
