-- Who asks for access to a dossier by its number, whether there is one or not.
CREATE INDEX session_asks ON session (begun_ms, digest) WHERE sort = 6;
