-- Blobs whose bytes are to go, and whether anything still names a blob.
CREATE INDEX attachment_to_free ON attachment (n) WHERE state IN (2, 3) AND blob <> '';
CREATE INDEX attachment_by_blob ON attachment (blob) WHERE blob <> '';
