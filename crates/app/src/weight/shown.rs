//! What is known of an officer's signature beside an entry: it verifies, it stays at its node, it is false, or there is none. Nothing of
//! it judges an entry: control state folds headers only (rule 2).

use crate::App;
use crate::apply::BodyIn;
use crate::codec::header_of;
use crate::drafts::{ByPasskey, Content, Signing};
use crate::error::{AppError, Result};
use crate::fault::LinkFault;
use crate::relations::Tie;
use crate::{Actor, Recorded, Recording};
use entente_core::field::{Value, Values};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::kinds;
use entente_core::kinds::weight::{COMMITMENT, OF, OFFICER_SIGNATURE, SALT, WHOLE};
use entente_proof::weight::{MAX_WEIGHT, OfficerSignature};
use entente_store::{EntryRow, Read, RelationRow, StoreExt, Write};

/// How a signature stands to what it signs among the relations of entries.
const SIGNS: u8 = Tie::Signs.number();
/// How what follows of itself from an act stands to that act, at our own node.
const FOLLOWS: u8 = Tie::Follows.number();
/// Most signatures noted of an entry: the whole, a commitment, the whole disclosed.
const MOST: usize = 4;

/// Who signed an entry by their passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerSigned {
    /// Name of one of our officers; else a pseudonym.
    pub officer: String,
    /// Whether they wrote the entry; else they approved it.
    pub wrote: bool,
    /// What names the passkey, in hexadecimal digits.
    pub passkey: String,
    /// Under which name browsers reached their node.
    pub host: String,
    /// Since when their node knows it.
    pub registered: Instant,
    /// Whether the other side has it whole.
    pub told: bool,
}

/// What is known of the officer's own signature of an act of weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedState {
    /// It verifies.
    Valid(Box<OfficerSigned>),
    /// Its node keeps it, and committed to it.
    Kept,
    /// What was sent as one is none.
    False,
    /// It follows of itself from an act that a passkey signed: that act, where its dossier is open to the reader.
    Follows(Option<EntryId>),
    /// There is none.
    Unsigned,
}

/// What stands beside an entry.
#[derive(Default)]
struct Beside {
    whole: Option<OfficerSignature>,
    told: bool,
    commitments: Vec<String>,
    salts: Vec<[u8; 16]>,
    wrong: bool,
}

impl App {
    /// Notes what a signature that came is beside, if its node wrote that too.
    pub(crate) fn came_signature(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        values: Option<&Values>,
    ) -> Result<()> {
        if row.kind != OFFICER_SIGNATURE.name {
            return Ok(());
        }
        let of = values.and_then(|v| v.text(OF)?.parse::<EntryId>().ok());
        let Some(of) = of else { return Ok(()) };
        let mine = Header::from_bytes(&row.header).ok();
        let signed = header_of(tx.as_read(), of)?;
        let of_one = match (&mine, &signed) {
            (Some(mine), Some(signed)) => mine.node() == signed.node(),
            (mine, None) => mine.is_some(),
            (None, Some(_)) => false,
        };
        let noted = tx.relations(of)?;
        let noted: Vec<_> = noted.iter().filter(|r| r.relation == SIGNS).collect();
        if !of_one || noted.len() >= MOST || noted.iter().any(|r| r.entry == row.id) {
            return Ok(());
        }
        Ok(tx.insert_relation(&RelationRow {
            entry: row.id,
            from: row.id,
            to: of,
            to_dossier: row.dossier,
            relation: SIGNS,
        })?)
    }

    /// What is known of the signature of an entry; nothing of one that is of no weight.
    pub(crate) fn signed_state(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Option<SignedState>> {
        let known = kinds::entry(&header.kind);
        if !known.is_some_and(|entry| entry.is_of_weight()) {
            return Ok(None);
        }
        let beside = self.beside(tx, (row, header))?;
        let state = match beside.whole {
            Some(whole) if beside.matches(&whole) => {
                let signed = whole.signed;
                let ours = header.node() == self.inner.me;
                let pseudonym = hex::encode(signed.officer);
                SignedState::Valid(Box::new(OfficerSigned {
                    officer: match ours {
                        true => self.called_behind(tx, row.dossier, signed.officer, actor.lang)?,
                        false => pseudonym,
                    },
                    wrote: header.author.officer.0 == signed.officer,
                    passkey: signed.credential.short(),
                    host: signed.host,
                    registered: Instant(signed.registered_ms),
                    told: beside.told,
                }))
            }
            Some(_) => SignedState::False,
            None if beside.wrong => SignedState::False,
            None if !beside.commitments.is_empty() => SignedState::Kept,
            None => match self.signed_cause(tx, row.id)? {
                Some((cause, dossier)) => {
                    let seen = self.seen_by(tx, actor, dossier)?;
                    SignedState::Follows(seen.map(|_| cause))
                }
                None => SignedState::Unsigned,
            },
        };
        Ok(Some(state))
    }

    /// Notes from which act something follows, in the transaction of both.
    pub(crate) fn note_cause(
        &self,
        tx: &mut dyn Write,
        follows: Recorded,
        cause: Recorded,
    ) -> Result<()> {
        Ok(tx.insert_relation(&RelationRow {
            entry: follows.entry,
            from: follows.entry,
            to: cause.entry,
            to_dossier: cause.dossier,
            relation: FOLLOWS,
        })?)
    }

    /// The act that an entry follows from, with its dossier, if a passkey signed that.
    fn signed_cause(&self, tx: &dyn Read, id: EntryId) -> Result<Option<(EntryId, DossierId)>> {
        let follows = |r: &RelationRow| r.relation == FOLLOWS && r.entry == id;
        let Some(cause) = tx.relations(id)?.into_iter().find(follows) else {
            return Ok(None);
        };
        let (Some(row), Some(header)) = (tx.entry(cause.to)?, header_of(tx, cause.to)?) else {
            return Ok(None);
        };
        let signed = self.signature_of(tx, (&row, &header))?;
        Ok(signed.map(|_| (row.id, row.dossier)))
    }

    /// The whole signature of an entry, for a proof.
    pub(crate) fn signature_of(
        &self,
        tx: &dyn Read,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Option<OfficerSignature>> {
        let beside = self.beside(tx, (row, header))?;
        let whole = beside.whole.clone();
        Ok(whole.filter(|whole| beside.matches(whole)))
    }

    /// Gives the partner the whole signature of which it has a commitment, or nothing, because its program was older.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for what has none of ours, or was told already; [`LinkFault::VersionOlder`] while a partner's program
    /// does not know what it is.
    pub fn disclose_signature(&self, actor: &Actor, entry: EntryId) -> Result<Recorded> {
        let (app, actor) = (self.clone(), actor.clone());
        let outcome = self.inner.store.update("disclose_signature", move |tx| {
            app.refuse_closed(tx.as_read())?;
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            let dossier = app.visible(tx.as_read(), &actor, row.dossier)?;
            app.authorise_in(&actor, Action::Write, &dossier)?;
            let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
            let beside = app.beside(tx.as_read(), (&row, &header))?;
            let ours = header.node() == app.inner.me && header.audience.len() > 1;
            let whole = beside.whole.filter(|_| ours && !beside.told);
            let whole = whole.ok_or(AppError::NotFound)?;
            if !app.know_signatures(tx.as_read(), &header.audience)? {
                return Err(LinkFault::VersionOlder.into());
            }
            let mut values = vec![
                (OF, entry.to_string()),
                (WHOLE, hex::encode(whole.encode())),
            ];
            let salts = beside.salts.iter().map(|salt| (SALT, hex::encode(salt)));
            values.extend(salts.take(1));
            app.write_disclosed(tx, &actor, &row, values)
        });
        let (recorded, queued) = outcome.inspect_err(|_| self.inner.memory.undone())?;
        self.announce(recorded, &queued);
        Ok(recorded)
    }

    fn write_disclosed(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        row: &EntryRow,
        values: Vec<(&str, String)>,
    ) -> Result<(Recorded, Vec<entente_core::ids::NodeName>)> {
        let named = values.into_iter();
        let recording = Recording {
            dossier: Some(row.dossier),
            entry_type: OFFICER_SIGNATURE.name.to_owned(),
            values: Values {
                lang: None,
                values: named
                    .map(|(name, text)| (name.to_owned(), Value::Text(text)))
                    .collect(),
            },
            ..Recording::default()
        };
        let body: BodyIn = self.new_body(recording.values.to_bytes());
        let content = Content {
            signing: Signing::Beside,
            passkey: ByPasskey::Follows,
            ..Content::own(&body, &[])
        };
        self.record_in(tx, actor, &recording, content)
    }

    fn beside(&self, tx: &dyn Read, (row, header): (&EntryRow, &Header)) -> Result<Beside> {
        let mut beside = Beside::default();
        for relation in tx.relations(row.id)? {
            if relation.relation != SIGNS || relation.to != row.id {
                continue;
            }
            let Some(by) = tx.entry(relation.entry)? else {
                continue;
            };
            let theirs = Header::from_bytes(&by.header).ok();
            let theirs = theirs
                .filter(|h| h.node() == header.node() && by.verdict == Verdict::Regular.number());
            let (Some(theirs), Some(values)) = (theirs, self.values_of(tx, &by)?) else {
                continue;
            };
            beside
                .commitments
                .extend(values.text(COMMITMENT).map(str::to_owned));
            let salt = values.text(SALT).and_then(|text| hex::decode(text).ok());
            let salt: Option<[u8; 16]> = salt.and_then(|salt| salt.try_into().ok());
            beside.salts.extend(salt);
            let Some(text) = values.text(WHOLE) else {
                continue;
            };
            match self.whole_signature(tx, text, (row, header))? {
                Some(whole) => {
                    beside.whole = Some(whole);
                    beside.told |= theirs.audience.len() > 1;
                }
                None => beside.wrong = true,
            }
        }
        Ok(beside)
    }

    /// A whole signature, if it is of this entry, by who wrote or approved it, and vouched for by their node.
    fn whole_signature(
        &self,
        tx: &dyn Read,
        text: &str,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Option<OfficerSignature>> {
        let bytes = Some(text).filter(|text| text.len() <= 2 * MAX_WEIGHT);
        let bytes = bytes.and_then(|text| hex::decode(text).ok());
        let read = bytes.and_then(|bytes| OfficerSignature::decode(&bytes).ok());
        let Some(read) = read else { return Ok(None) };
        let signed = &read.signed;
        let release = header.release.as_ref();
        let by_officer = header.author.officer.0 == signed.officer
            || release.is_some_and(|r| r.approver.0 == signed.officer);
        let named = signed.entry.0 == row.id.0
            && signed.dossier.0 == row.dossier.0
            && signed.node == header.node().as_str();
        let vouched = self.keys_known(tx, &header.node())?.contains(&signed.by);
        Ok((by_officer && named && vouched).then_some(read))
    }
}

impl Beside {
    /// Whether it is what was committed to, where something was.
    fn matches(&self, whole: &OfficerSignature) -> bool {
        let opens = |kept: &String| {
            let mut salts = self.salts.iter();
            salts.any(|salt| whole.commitment(salt).to_string() == *kept)
        };
        self.commitments.iter().all(opens)
    }
}
