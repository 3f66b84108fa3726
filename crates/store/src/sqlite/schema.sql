CREATE TABLE access (
  n INTEGER PRIMARY KEY, lane TEXT NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, hash BLOB NOT NULL,
  sealed BLOB NOT NULL, UNIQUE (lane, seq)
) STRICT;
CREATE INDEX access_by_time ON access (at_ms, n);
CREATE TABLE access_mark (
  mark BLOB NOT NULL, at_ms INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (mark, at_ms, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE act (
  ask ANY NOT NULL, ask_idx INTEGER NOT NULL, entry ANY NOT NULL, idx INTEGER NOT NULL, dossier INTEGER NOT NULL,
  node TEXT NOT NULL, at_ms INTEGER NOT NULL, depth INTEGER NOT NULL, seq INTEGER NOT NULL, lane BLOB NOT NULL,
  act BLOB NOT NULL, PRIMARY KEY (ask, ask_idx, entry, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_by_entry ON act (entry);
CREATE TABLE attachment (
  n INTEGER PRIMARY KEY, entry BLOB NOT NULL, idx INTEGER NOT NULL, dossier INTEGER NOT NULL, partner TEXT,
  size INTEGER NOT NULL, state INTEGER NOT NULL, next_chunk INTEGER NOT NULL, blob TEXT NOT NULL, UNIQUE (entry, idx)
) STRICT;
CREATE INDEX attachment_by_blob ON attachment (blob) WHERE blob <> '';
CREATE INDEX attachment_to_free ON attachment (n) WHERE state IN (2, 3) AND blob <> '';
CREATE INDEX attachment_wanted ON attachment (partner, n) WHERE state = 0;
CREATE TABLE body (position INTEGER PRIMARY KEY, state INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint (
  register INTEGER NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL, cosignature TEXT NOT NULL,
  PRIMARY KEY (register, size)
) STRICT, WITHOUT ROWID;
CREATE INDEX checkpoint_uncosigned ON checkpoint (register, size) WHERE cosignature = '';
CREATE TABLE config (
  entry BLOB PRIMARY KEY, dossier INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, set_by BLOB NOT NULL,
  config BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX config_by_dossier ON config (dossier, number);
CREATE TABLE digest (
  partner TEXT NOT NULL, at_ms INTEGER NOT NULL, out_size INTEGER NOT NULL, in_size INTEGER NOT NULL, ours BLOB NOT NULL,
  theirs BLOB, PRIMARY KEY (partner, at_ms, out_size, in_size)
) STRICT, WITHOUT ROWID;
CREATE TABLE dossier (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, purpose INTEGER NOT NULL, phase INTEGER NOT NULL, convenor TEXT NOT NULL,
  number INTEGER NOT NULL, nodes TEXT NOT NULL, services TEXT NOT NULL, title BLOB NOT NULL, opened_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX dossier_by_number ON dossier (number, updated_ms, n);
CREATE INDEX dossier_by_service ON dossier_service (service, dossier);
CREATE INDEX dossier_by_update ON dossier (updated_ms, n);
CREATE TABLE dossier_no (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE dossier_service (
  dossier INTEGER NOT NULL, service TEXT NOT NULL, PRIMARY KEY (dossier, service)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft (
  id BLOB PRIMARY KEY, sort INTEGER NOT NULL, dossier BLOB NOT NULL, entry BLOB NOT NULL, officer TEXT NOT NULL, service TEXT NOT NULL,
  at_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL, about BLOB NOT NULL, sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_time ON draft (at_ms, id);
CREATE TABLE entry (
  position INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, key INTEGER NOT NULL, id BLOB NOT NULL, kind TEXT NOT NULL,
  service TEXT NOT NULL, at_ms INTEGER NOT NULL, here_ms INTEGER NOT NULL, verdict INTEGER NOT NULL, depth INTEGER NOT NULL,
  body INTEGER NOT NULL, causal BLOB NOT NULL, header BLOB NOT NULL
) STRICT;
CREATE INDEX entry_by_key ON entry (key);
CREATE INDEX entry_by_kind ON entry (dossier, kind, depth, key);
CREATE INDEX entry_by_place ON entry (dossier, depth, key);
CREATE INDEX entry_irregular ON entry (position) WHERE verdict <> 0 AND verdict <> 254;
CREATE TABLE evidence (
  n INTEGER PRIMARY KEY, partner TEXT NOT NULL, at_ms INTEGER NOT NULL, what TEXT NOT NULL, evidence BLOB NOT NULL
, stops INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX evidence_by_partner ON evidence (partner, at_ms, n);
CREATE TABLE factor (
  officer TEXT NOT NULL, sort INTEGER NOT NULL, id BLOB NOT NULL, label TEXT NOT NULL, since_ms INTEGER NOT NULL, last INTEGER NOT NULL,
  sealed BLOB NOT NULL, PRIMARY KEY (officer, sort, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX factor_provider ON factor (id) WHERE sort = 4;
CREATE TABLE finding (n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, name BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL) STRICT;
CREATE TABLE flag (
  partner TEXT NOT NULL, entry BLOB NOT NULL, node TEXT NOT NULL, up INTEGER NOT NULL, at_ms INTEGER NOT NULL,
  PRIMARY KEY (partner, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE head (
  dossier INTEGER NOT NULL, scope TEXT NOT NULL, entry BLOB NOT NULL, PRIMARY KEY (dossier, scope, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
  n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, through INTEGER NOT NULL, heads TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE INDEX journal_by_through ON journal (through);
CREATE TABLE lane (
  dossier INTEGER NOT NULL, lane BLOB NOT NULL, top INTEGER NOT NULL, PRIMARY KEY (dossier, lane)
) STRICT, WITHOUT ROWID;
CREATE TABLE leaf (
  register INTEGER NOT NULL, position INTEGER NOT NULL, leaf BLOB NOT NULL, entry ANY, PRIMARY KEY (register, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaf_by_entry ON leaf (entry, register) WHERE entry IS NOT NULL;
CREATE TABLE lease (
  link TEXT PRIMARY KEY, holder TEXT NOT NULL, epoch INTEGER NOT NULL, until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE left_service (
  dossier INTEGER NOT NULL, service TEXT NOT NULL, PRIMARY KEY (dossier, service)
) STRICT, WITHOUT ROWID;
CREATE TABLE notice (officer TEXT PRIMARY KEY, next_ms INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX notice_by_next ON notice (next_ms, officer);
CREATE TABLE object_key (
  dossier INTEGER NOT NULL, object BLOB NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (dossier, object)
) STRICT, WITHOUT ROWID;
CREATE TABLE object_key_body (position INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE obligation (
  n INTEGER PRIMARY KEY, entry ANY NOT NULL, idx INTEGER NOT NULL, dossier INTEGER NOT NULL, kind TEXT NOT NULL,
  audience TEXT NOT NULL, ask INTEGER NOT NULL, creditor TEXT NOT NULL, debtor TEXT NOT NULL, owing TEXT NOT NULL,
  urgency INTEGER NOT NULL, number INTEGER NOT NULL, asked_ms INTEGER NOT NULL, by_ms INTEGER, about_entry BLOB,
  about_idx INTEGER, charter BLOB, asked_in BLOB NOT NULL, received_ms INTEGER, state INTEGER NOT NULL, turn INTEGER,
  due_ms INTEGER NOT NULL, ended_ms INTEGER, outcome INTEGER NOT NULL, ground INTEGER, contested INTEGER NOT NULL,
  open INTEGER NOT NULL, debtor_node TEXT NOT NULL, creditor_node TEXT NOT NULL, UNIQUE (entry, idx)
) STRICT;
CREATE INDEX obligation_by_asked ON obligation (asked_ms);
CREATE INDEX obligation_by_dossier ON obligation (dossier, open, due_ms, n);
CREATE INDEX obligation_by_number ON obligation (number, due_ms, n);
CREATE INDEX obligation_contested ON obligation (due_ms, n) WHERE contested = 1;
CREATE INDEX obligation_due ON obligation (creditor_node, open, due_ms, n, turn, creditor, dossier);
CREATE INDEX obligation_open ON obligation (due_ms, n) WHERE open = 1;
CREATE INDEX obligation_owed ON obligation (debtor_node, open, due_ms, n, turn, owing, dossier);
CREATE INDEX obligation_unreceived ON obligation (creditor_node, due_ms, n) WHERE open = 1 AND received_ms IS NULL;
CREATE TABLE officer (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, services TEXT NOT NULL, roles BLOB NOT NULL, password TEXT NOT NULL,
  lang TEXT NOT NULL, active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT, partner TEXT NOT NULL, queued_ms INTEGER NOT NULL, entry BLOB, leaf BLOB
) STRICT;
CREATE INDEX outbox_by_partner ON outbox (partner, number);
CREATE TABLE partner (
  node TEXT PRIMARY KEY, card BLOB NOT NULL, address TEXT NOT NULL, pinned_ms INTEGER NOT NULL, stopped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE pseudonym (
  dossier INTEGER NOT NULL, officer TEXT NOT NULL, pseudonym BLOB NOT NULL, PRIMARY KEY (dossier, officer),
  UNIQUE (dossier, pseudonym)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (
  register INTEGER NOT NULL, size INTEGER NOT NULL, leaf INTEGER NOT NULL, root BLOB NOT NULL, time_ms INTEGER NOT NULL, arrived_ms INTEGER,
  PRIMARY KEY (register, size, leaf)
) STRICT, WITHOUT ROWID;
CREATE TABLE register (
  n INTEGER PRIMARY KEY, partner TEXT NOT NULL, direction INTEGER NOT NULL, generation INTEGER NOT NULL, size INTEGER NOT NULL,
  frontier BLOB NOT NULL, note TEXT NOT NULL, cosigned INTEGER NOT NULL, UNIQUE (partner, direction)
) STRICT;
CREATE TABLE relation (
  later BLOB NOT NULL, earlier BLOB NOT NULL, entry BLOB NOT NULL, earlier_dossier BLOB NOT NULL, relation INTEGER NOT NULL,
  PRIMARY KEY (later, earlier, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_by_earlier ON relation (earlier);
CREATE TABLE review (
  dossier BLOB PRIMARY KEY, due_ms INTEGER NOT NULL, told_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_by_due ON review (due_ms, dossier);
CREATE TABLE schema_version (
  version INTEGER PRIMARY KEY, checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  digest BLOB PRIMARY KEY, officer TEXT NOT NULL, csrf TEXT NOT NULL, begun_ms INTEGER NOT NULL, ends_ms INTEGER NOT NULL
, sort INTEGER NOT NULL DEFAULT 0, seen_ms INTEGER NOT NULL DEFAULT 0, device TEXT NOT NULL DEFAULT '', state BLOB NOT NULL DEFAULT x'') STRICT, WITHOUT ROWID;
CREATE INDEX session_asks ON session (begun_ms, digest) WHERE sort = 6;
CREATE INDEX session_by_end ON session (ends_ms);
CREATE INDEX session_by_officer ON session (officer, begun_ms);
CREATE UNIQUE INDEX session_feed ON session (officer) WHERE sort = 9;
CREATE INDEX session_reset ON session (officer) WHERE sort = 4;
CREATE INDEX session_stand_in ON session (officer, begun_ms) WHERE sort = 5;
CREATE TABLE setting (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE terms (
  entry BLOB PRIMARY KEY, dossier INTEGER NOT NULL, partner TEXT NOT NULL, version INTEGER NOT NULL, terms BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX terms_by_partner ON terms (partner, version);
CREATE TABLE token (
  token INTEGER NOT NULL, dossier INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (token, dossier, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE token_of (position INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, tokens BLOB NOT NULL) STRICT;
CREATE TABLE token_pending (position INTEGER PRIMARY KEY) STRICT;
CREATE TABLE translation (
  dossier INTEGER NOT NULL, original BLOB NOT NULL, entry BLOB NOT NULL, PRIMARY KEY (dossier, original, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE tree_node (
  register INTEGER NOT NULL, level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (register, level, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE waiting (missing BLOB NOT NULL, entry BLOB NOT NULL, since_ms INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (missing, entry)) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_by_time ON waiting (since_ms, missing, entry);
CREATE INDEX waiting_first ON waiting (missing, since_ms, entry);
