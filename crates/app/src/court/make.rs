//! Putting a court bundle together, from an entry that says what is produced where. Each time every entry is looked at again: what its
//! originator has tightened since is not given out, and then no bundle is made. Who took what out is on record before the first byte.
//!
//! Beside what was chosen goes what belongs to it: corrections always, translations that may be produced, and the entries that say how an
//! exhibit passed from hand to hand ([`CUSTODY`]): those of which a field names a chosen entry, whatever their definitions are.

use super::archive::{ArchiveFault, MAX_ARCHIVE, Packing};
use super::entries_of;
use super::index::{
    Declared, Dossier, File, INDEX, INDEX_FORM, Index, Item, PAGE, Part, PartOf, SIGNATURE, content,
};
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_of;
use crate::compromise::declarations;
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::reasons::Why;
use crate::{Actor, App};
use entente_core::conditions::Answer;
use entente_core::court::{Bar, CUSTODY, Standing};
use entente_core::field::Values;
use entente_core::floor::Action;
use entente_core::handling::HandlingCodes;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kinds;
use entente_core::kinds::investigation::court::{COURT, PRODUCED, REFERENCE};
use entente_core::label::Lang;
use entente_proof::card::verify_card;
use entente_proof::digest::sha256;
use entente_proof::manifest::{Indexed, MANIFEST_VERSION, Manifest};
use entente_store::{DossierRow, EntryRow, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};

/// What people read in a bundle: whoever shows pages writes it.
pub trait Pages {
    /// The page with everything in it, from the index and what each entry says by its number.
    fn page(&self, index: &Index, said: &BTreeMap<u32, Values>) -> String;
    /// How to verify, as files by name.
    fn instructions(&self) -> Vec<(String, String)>;
}

/// What a bundle is made for.
pub struct Bundling<'a> {
    /// The entry of our own that says what is produced, and where.
    pub produced: EntryId,
    /// The language of the case.
    pub lang: Lang,
    /// What people read.
    pub pages: &'a dyn Pages,
    /// Most bytes.
    pub most: u64,
}

/// An entry of the bundle with what it is there.
struct Chosen {
    row: EntryRow,
    header: Header,
    role: PartOf,
    of: Option<usize>,
}

/// What was read before the first part is written.
struct Plan {
    dossier: DossierRow,
    why: Why,
    produced: Values,
    at: Instant,
    service: String,
    chosen: Vec<Chosen>,
    compromised: Vec<Declared>,
}

impl From<ArchiveFault> for AppError {
    fn from(fault: ArchiveFault) -> Self {
        match fault {
            ArchiveFault::TooLarge => Self::TooLarge(MAX_ARCHIVE),
            ArchiveFault::Io => Self::Input(InputFault::CourtFile),
            _ => Self::Bug("court bundle"),
        }
    }
}

impl App {
    /// Writes the bundle of what was produced; gives how many bytes it has.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such entry of ours; [`AppError::Condition`] where an originator's conditions forbid it by now, and
    /// [`InputFault::NotProducible`] where something else does; [`AppError::TooLarge`] beyond the limit.
    pub fn court_bundle<W: Write + Seek>(
        &self,
        actor: &Actor,
        wanted: &Bundling<'_>,
        out: W,
    ) -> Result<u64> {
        let plan = self.inner.store.view("court_plan", |tx| {
            self.court_plan(tx, actor, wanted.produced)
        })?;
        self.note_bundle(actor, wanted.produced, &plan)?;
        let mut packing = Packing::new(out, wanted.most);
        let mut index = index_of(&plan, wanted.lang, &self.inner.me);
        let mut said = BTreeMap::new();
        for (place, chosen) in plan.chosen.iter().enumerate() {
            let number = number_at(place);
            let (item, values) = self.pack(actor, &mut packing, &mut index, (number, chosen))?;
            index.entries.push(item);
            said.insert(number, values);
        }
        for (name, text) in wanted.pages.instructions() {
            put(&mut packing, &mut index, &name, text.as_bytes())?;
        }
        let page = wanted.pages.page(&index, &said);
        put(&mut packing, &mut index, PAGE, page.as_bytes())?;
        let bytes = index.to_bytes();
        packing.whole(INDEX, &bytes)?;
        packing.whole(SIGNATURE, self.sign_index(&bytes, plan.at)?.as_bytes())?;
        Ok(packing.finish()?)
    }

    fn court_plan(&self, tx: &dyn Read, actor: &Actor, produced: EntryId) -> Result<Plan> {
        let row = tx.entry(produced)?.ok_or(AppError::NotFound)?;
        let dossier = self.visible(tx, actor, row.dossier)?;
        let header = regular(&row).filter(|h| h.node() == self.inner.me);
        let header = header.filter(|_| row.kind == PRODUCED.name);
        let header = header.ok_or(AppError::NotFound)?;
        self.authorise_in(actor, Action::Produce, &dossier)?;
        let why = self.exporting(tx, actor, (&dossier, &row))?;
        let values = self.read_by(tx, actor, &row)?.ok_or(AppError::NotFound)?;
        let chosen = self.chosen(tx, actor, (&dossier, &values))?;
        let mut plan = Plan {
            why,
            at: header.at,
            service: header.author.service.to_string(),
            compromised: compromised(tx, &chosen, &self.inner.me)?,
            produced: values,
            chosen,
            dossier,
        };
        plan.chosen.push(Chosen {
            row,
            header,
            role: PartOf::Production,
            of: None,
        });
        Ok(plan)
    }

    /// What was chosen, in the order of the dossier, each with what goes with it.
    fn chosen(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, values): (&DossierRow, &Values),
    ) -> Result<Vec<Chosen>> {
        let mut rows = Vec::new();
        for id in entries_of(values).into_iter().collect::<BTreeSet<_>>() {
            let row = tx.entry(id)?.filter(|row| row.dossier == dossier.id);
            rows.push(row.ok_or(InputFault::NotProducible)?);
        }
        rows.sort_by_key(|row| row.position);
        let mut chosen: Vec<Chosen> = Vec::new();
        for row in rows {
            let header = regular(&row).ok_or(InputFault::NotProducible)?;
            let standing = self.court_standing(tx, actor, (&row, &header))?;
            refuse(&standing)?;
            let of = Some(chosen.len());
            let beside = self.goes_beside(tx, actor, &row)?;
            chosen.push(Chosen {
                row,
                header,
                role: PartOf::Produced,
                of: None,
            });
            chosen.extend(beside.into_iter().map(|one| Chosen { of, ..one }));
        }
        let custody = self.custody_of(tx, actor, (dossier.id, &chosen))?;
        chosen.extend(custody);
        Ok(chosen)
    }

    /// Corrections of an entry, and the translations that may be produced.
    fn goes_beside(&self, tx: &dyn Read, actor: &Actor, row: &EntryRow) -> Result<Vec<Chosen>> {
        let corrections = self.corrections_of(tx, row.dossier, row)?;
        let translations = self.translations_of(tx, row.dossier, row.id)?;
        let all = corrections.into_iter().map(|row| (row, PartOf::Correction));
        let all = all.chain(
            translations
                .into_iter()
                .map(|row| (row, PartOf::Translation)),
        );
        let mut beside = Vec::new();
        for (row, role) in all {
            if let Some(header) = regular(&row)
                && self.stands_alone(tx, actor, (&row, &header))?.may()
            {
                beside.push(Chosen {
                    row,
                    header,
                    role,
                    of: None,
                });
            }
        }
        Ok(beside)
    }

    /// How chosen exhibits passed from hand to hand: every entry of those types that names one of them and may be produced, in order.
    fn custody_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, chosen): (DossierId, &[Chosen]),
    ) -> Result<Vec<Chosen>> {
        let mut custody = Vec::new();
        let known: BTreeSet<EntryId> = chosen.iter().map(|one| one.row.id).collect();
        for row in all_of(tx, dossier, &CUSTODY)? {
            let Some(header) = regular(&row).filter(|_| !known.contains(&row.id)) else {
                continue;
            };
            let Some(values) = self.read_by(tx, actor, &row)? else {
                continue;
            };
            let named = kinds::entry(&row.kind).map(|of| of.names_in(&values).collect());
            let named: BTreeSet<EntryId> = named.unwrap_or_default();
            let of = chosen.iter().position(|one| named.contains(&one.row.id));
            if of.is_some() && self.court_standing(tx, actor, (&row, &header))?.may() {
                let role = PartOf::Custody;
                custody.push(Chosen {
                    row,
                    header,
                    role,
                    of,
                });
            }
        }
        Ok(custody)
    }

    /// On record before anything goes out: the bundle, each entry of it, and each permission by which one does.
    fn note_bundle(&self, actor: &Actor, produced: EntryId, plan: &Plan) -> Result<()> {
        let noted = |verb: &str, on: EntryId| {
            let record = AccessRecord::by(actor, Operation::Export, verb).on(on);
            self.noted(record.within(plan.dossier.id, plan.why))
        };
        for chosen in &plan.chosen {
            for by in self.permissions(actor, chosen)? {
                noted("permitted", by)?;
            }
            if chosen.row.id != produced {
                noted("court_piece", chosen.row.id)?;
            }
        }
        noted("court_bundle", produced)
    }

    fn permissions(&self, actor: &Actor, chosen: &Chosen) -> Result<Vec<EntryId>> {
        let standing = self.inner.store.view("court_permissions", |tx| {
            self.stands_alone(tx, actor, (&chosen.row, &chosen.header))
        })?;
        Ok(match standing {
            Standing::May(by) => by,
            _ => Vec::new(),
        })
    }

    /// Writes one entry: what it says, its proof and its files, looked at once more where they are read.
    fn pack<W: Write + Seek>(
        &self,
        actor: &Actor,
        packing: &mut Packing<W>,
        index: &mut Index,
        (number, chosen): (u32, &Chosen),
    ) -> Result<(Item, Values)> {
        let (row, header) = (&chosen.row, &chosen.header);
        let own_record = chosen.role == PartOf::Production;
        let (values, title, conditions, by, bundle) =
            self.inner.store.view("court_entry", |tx| {
                let standing = self.court_standing(tx, actor, (row, header))?;
                let unproved = own_record && standing == Standing::Barred(Bar::NoProof);
                let by = match standing {
                    Standing::May(by) => by,
                    _ if unproved => Vec::new(),
                    other => return Err(refuse(&other).err().unwrap_or(AppError::Forbidden)),
                };
                let values = self.read_by(tx, actor, row)?;
                let values = values.ok_or(InputFault::NotProducible)?;
                let codes = self.said_of(tx, actor, (row, header))?.codes();
                let bundle = match unproved {
                    true => None,
                    false => Some(self.first_bundle(tx, row)?),
                };
                let title = self.first_words(tx, actor, row)?;
                Ok::<_, AppError>((values, title, codes, by, bundle))
            })?;
        let folder = format!("entries/{number:04}");
        let said = format!("{folder}/content.json");
        put(packing, index, &said, &content(&values))?;
        let proof = bundle.map(|bundle| (format!("{folder}/proof.txt"), bundle.armour()));
        if let Some((name, text)) = &proof {
            put(packing, index, name, text.as_bytes())?;
        }
        let files = self.pack_court_files(actor, packing, index, (&folder, row.id))?;
        let item = Item {
            number,
            entry: row.id.to_string(),
            role: chosen.role,
            of: chosen.of.map(number_at),
            entry_type: row.kind.clone(),
            title,
            service: header.author.service.to_string(),
            at: utc(header.at),
            conditions: codes_of(conditions),
            permissions: by.iter().map(ToString::to_string).collect(),
            content: said,
            proof: proof.map(|(name, _)| name),
            files,
        };
        Ok((item, values))
    }

    fn pack_court_files<W: Write + Seek>(
        &self,
        actor: &Actor,
        packing: &mut Packing<W>,
        index: &mut Index,
        (folder, entry): (&str, EntryId),
    ) -> Result<Vec<File>> {
        let count = self
            .inner
            .store
            .view("court_files", |tx| tx.attachments(entry))?;
        let mut files = Vec::new();
        for row in count {
            let reader = self.file(actor, entry, row.index)?;
            let (name, media) = (reader.view.name.clone(), reader.view.media.clone());
            let part = format!("{folder}/files/{}{}", row.index + 1, ending(&name));
            let (size, digest) = packing.part(&part, reader.chunks)?;
            let sha256 = digest.to_string();
            index.parts.insert(part.clone(), Part { size, sha256 });
            files.push(File { name, media, part });
        }
        Ok(files)
    }

    fn sign_index(&self, bytes: &[u8], at: Instant) -> Result<String> {
        self.inner.store.view("court_sign", |tx| {
            let signer = self.newest_secret(tx)?;
            let card = verify_card(&self.card_in(tx)?).map_err(|_| AppError::Bug("own card"))?;
            let indexed = Indexed {
                version: MANIFEST_VERSION,
                node: self.inner.me.to_string(),
                made_ms: at.0,
                index: sha256(bytes),
                signer: signer.verifying_key(),
                tls_key: card.tls_key,
            };
            let manifest = Manifest::sign(indexed, &signer);
            Ok(manifest.map_err(|_| AppError::Bug("manifest"))?.armour())
        })
    }
}

fn index_of(plan: &Plan, lang: Lang, me: &NodeName) -> Index {
    let text = |name: &str| plan.produced.text(name).unwrap_or_default().to_owned();
    Index {
        form: INDEX_FORM.to_owned(),
        lang: lang.to_string(),
        node: me.to_string(),
        service: plan.service.clone(),
        dossier: Dossier {
            number: crate::show::number(&plan.dossier.convenor, plan.dossier.number),
            id: plan.dossier.id.to_string(),
        },
        court: text(COURT),
        reference: text(REFERENCE),
        produced_at: utc(plan.at),
        entries: Vec::new(),
        compromised: plan.compromised.clone(),
        parts: BTreeMap::new(),
    }
}

fn put<W: Write + Seek>(
    packing: &mut Packing<W>,
    index: &mut Index,
    name: &str,
    bytes: &[u8],
) -> Result<()> {
    let (size, digest) = packing.whole(name, bytes)?;
    let sha256 = digest.to_string();
    index.parts.insert(name.to_owned(), Part { size, sha256 });
    Ok(())
}

/// Why something that was to be produced is not given out.
fn refuse(standing: &Standing) -> Result<()> {
    use entente_core::conditions::Uses;
    Err(match standing {
        Standing::May(_) => return Ok(()),
        Standing::Asks(_) => AppError::Condition(Answer::Permission(Uses::COURT)),
        Standing::Barred(Bar::Ended(since)) => AppError::Condition(Answer::Ended(*since)),
        Standing::Barred(Bar::Unread(by)) => AppError::Condition(Answer::Acknowledge(*by)),
        Standing::Barred(_) => InputFault::NotProducible.into(),
    })
}

/// What this node knows of compromised keys of its own and of the nodes that wrote something.
fn compromised(tx: &dyn Read, chosen: &[Chosen], me: &NodeName) -> Result<Vec<Declared>> {
    let mut nodes: BTreeSet<NodeName> = chosen.iter().map(|one| one.header.node()).collect();
    nodes.insert(me.clone());
    let mut known = BTreeSet::new();
    for node in nodes {
        for one in declarations(tx, &node)? {
            let since = i64::try_from(one.declared.since_s).unwrap_or(i64::MAX / 1_000);
            known.insert(Declared {
                node: one.declared.node.clone(),
                fingerprint: one.print().to_string(),
                since: utc(Instant(since.saturating_mul(1_000))),
            });
        }
    }
    Ok(known.into_iter().collect())
}

/// Conditions as forms write them, such as `H1+H2`.
fn codes_of(codes: HandlingCodes) -> String {
    let names: Vec<&str> = codes.names().map(|(name, _)| name).collect();
    names.join("+")
}

/// Numbers count from 1.
fn number_at(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}

fn utc(at: Instant) -> String {
    format!("{}Z", at.to_civil())
}

/// A file's ending, so that it opens with what it is for; its name is in the index alone.
fn ending(name: &str) -> String {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let plain = !end.is_empty() && end.len() <= 8 && end.chars().all(|c| c.is_ascii_alphanumeric());
    match plain {
        true => format!(".{}", end.to_ascii_lowercase()),
        false => ".bin".to_owned(),
    }
}
