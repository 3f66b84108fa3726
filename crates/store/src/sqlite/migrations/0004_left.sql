-- Services that left a dossier: their reading ends once nothing is open between it and them.
CREATE TABLE left_service (
  dossier INTEGER NOT NULL, service TEXT NOT NULL, PRIMARY KEY (dossier, service)
) STRICT, WITHOUT ROWID;
