-- Entries of a dossier by their type, in the order in which they are shown: what is read of one sort in a long dossier costs what there is
-- of it, not what the dossier holds.
CREATE INDEX entry_by_kind ON entry (dossier, kind, depth, key);
