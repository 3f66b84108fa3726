//! A dossier written as a package of evidence: things and links, what was decided about them, exhibits with their chain of custody, files with their
//! hashes, and what the packages among its files say, unknown parts included. Of all that what the officer may take out; each entry as it was
//! brought, and nothing of what was found wrong since.

use crate::access::{AccessRecord, Operation, Taken};
use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{
    CaseFile, CustodyDeed, CustodyMoment, Exhibits, HeldFile, Things, package_name,
};
use crate::{Actor, App};
use entente_core::conditions::Use;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::kinds::investigation::chain::Hash;
use entente_core::kinds::investigation::things::{NATURE, RESTS_ON};
use entente_core::partial::PartialDate;
use entente_evidence::dossier::{
    Dates, Decision, Dossier, Exhibit, FileOf, Gaps, Holds, Link, Moment, Recorded, Seals, Thing,
    package,
};
use entente_evidence::limits::MAX_BYTES;
use entente_evidence::union::{Ours, union};
use entente_evidence::when::written;
use entente_evidence::{Package, files::Method};
use entente_store::{EntryRow, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

/// Everything of a dossier that is written, before its files are read.
#[derive(Default)]
struct Case {
    dossier: Dossier,
    /// Entries that are in it, and those that are not, which were counted.
    taken: BTreeSet<EntryId>,
    refused: BTreeSet<EntryId>,
    /// The entries by which their originators permitted that others go out.
    permitted: BTreeSet<EntryId>,
    /// Files to be hashed, by their entry in digits and their place.
    files: BTreeMap<(String, u32), HeldFile>,
    packages: Vec<HeldFile>,
    left_out: u64,
}

impl App {
    /// A dossier as a package of evidence, recorded as an export before it is given. `most`: bytes of files that are read for their hashes at most.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is of a kind without things; [`AppError::Forbidden`] if
    /// nothing of it may be taken out; [`AppError::TooLarge`] if it is more than a package may be.
    pub fn case(&self, actor: &Actor, dossier: DossierId, most: u64) -> Result<CaseFile> {
        self.case_within(actor, dossier, (most, MAX_BYTES))
    }

    /// The same with another limit than that of every package: bytes of files that are read, and of the package, at most.
    ///
    /// # Errors
    /// As [`App::case`].
    pub fn case_within(
        &self,
        actor: &Actor,
        dossier: DossierId,
        (most, whole): (u64, usize),
    ) -> Result<CaseFile> {
        let why = self.inner.store.view("visible", |tx| {
            let row = self.visible(tx, actor, dossier)?;
            let opening = tx.entry(dossier.opening())?.ok_or(AppError::NotFound)?;
            self.exporting(tx, actor, (&row, &opening))
        })?;
        let mut case = self
            .inner
            .store
            .view("case", |tx| self.case_of(tx, actor, dossier))?;
        if case.taken.is_empty() && case.left_out > 0 {
            return Err(AppError::Forbidden);
        }
        let record = AccessRecord {
            taken: Some(Taken::of(&case.taken)),
            ..AccessRecord::by(actor, Operation::Export, "case")
        };
        // By which permissions it goes out is on record before it does.
        for by in &case.permitted {
            self.noted_permission(actor, *by, (dossier, why))?;
        }
        self.noted(record.within(dossier, why))?;
        let unhashed = self.hash_files(dossier, &mut case, most)?;
        let brought = self.packages_of(dossier, &mut case)?;
        let brought = self.unforged(dossier, (brought, &mut case))?;
        written_out(case, (dossier, &brought), (unhashed, whole))
    }

    fn case_of(&self, tx: &dyn Read, actor: &Actor, dossier: DossierId) -> Result<Case> {
        let things = self.things_of(tx, actor, dossier)?;
        let exhibits = self.exhibits_of(tx, actor, dossier)?;
        let mut case = Case::default();
        self.put_things(tx, actor, (&things, &mut case))?;
        self.put_decisions(tx, actor, (&things, &mut case))?;
        self.put_exhibits(tx, actor, (&exhibits, &mut case))?;
        let row = self.visible(tx, actor, dossier)?;
        for file in self.files_in(tx, actor, &row)? {
            if !file.is_package() {
                continue;
            }
            if !case.taken.contains(&file.entry) {
                let recorded = self.recorded(tx, actor, (file.entry, &mut case))?;
                case.dossier.packages.extend(recorded.map(of_package));
            }
            if case.taken.contains(&file.entry) {
                case.packages.push(file);
            }
        }
        case.named_here();
        Ok(case)
    }

    fn put_things(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (all, case): (&Things, &mut Case),
    ) -> Result<()> {
        for thing in &all.things {
            let Some(recorded) = self.recorded(tx, actor, (thing.entry, case))? else {
                continue;
            };
            let names = thing.names.iter();
            case.dossier.things.push(Thing {
                recorded,
                sort: thing.sort.as_str().to_owned(),
                names: names.map(|n| (n.text.clone(), n.script.clone())).collect(),
                category: thing.category.clone(),
                dates: dates(thing.from, thing.to),
            });
        }
        for link in &all.links {
            if !case.has(&[link.from, link.to]) {
                case.left_out += 1;
                continue;
            }
            let Some(recorded) = self.recorded(tx, actor, (link.entry, case))? else {
                continue;
            };
            case.dossier.links.push(Link {
                recorded,
                kind: link.code.clone(),
                directed: link.sort.is_some_and(|sort| sort.directed),
                from: link.from.to_string(),
                to: link.to.to_string(),
                dates: dates(link.since, link.until),
            });
        }
        Ok(())
    }

    fn put_decisions(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (all, case): (&Things, &mut Case),
    ) -> Result<()> {
        for join in &all.joins {
            if !case.has(&[join.one, join.other]) {
                case.left_out += 1;
                continue;
            }
            // A decision that was taken back does not go out as if it stood.
            let undone = match &join.undone {
                Some(undone) => self.recorded(tx, actor, (undone.entry, case))?,
                None => None,
            };
            if join.undone.is_some() && undone.is_none() {
                continue;
            }
            if let Some(recorded) = self.recorded(tx, actor, (join.entry, case))? {
                case.dossier.decisions.push(Decision {
                    recorded,
                    same: join.same,
                    of: [join.one.to_string(), join.other.to_string()],
                    undone,
                });
            }
        }
        Ok(())
    }

    fn put_exhibits(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (all, case): (&Exhibits, &mut Case),
    ) -> Result<()> {
        for one in &all.exhibits {
            let Some(recorded) = self.recorded(tx, actor, (one.entry, case))? else {
                continue;
            };
            let (mut moments, mut incomplete) = (Vec::new(), false);
            for moment in &one.moments {
                let own = match moment.entry == one.entry {
                    true => Some(recorded.clone()),
                    false => self.recorded(tx, actor, (moment.entry, case))?,
                };
                incomplete |= own.is_none();
                moments.extend(own.map(|own| moment_of(own, moment)));
            }
            let derived = one.from.as_ref();
            case.dossier.exhibits.push(Exhibit {
                recorded,
                name: one.name.clone(),
                mark: one.mark.clone(),
                sort: one.sort.clone(),
                place: one.place.clone(),
                hash: one.hash.as_ref().map(hash_of),
                derived: derived.map(|d| (d.from.map(|id| id.to_string()), d.by.clone())),
                moments,
                incomplete,
            });
        }
        Ok(())
    }

    /// What every record says, if it may be taken out; else it is counted.
    fn recorded(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (id, case): (EntryId, &mut Case),
    ) -> Result<Option<Recorded>> {
        let row = tx.entry(id)?.ok_or(AppError::Bug("a record vanished"))?;
        let leaves = self.leaves(tx, actor, &row)?;
        let header = regular(&row).filter(|_| leaves);
        let values = self.read_by(tx, actor, &row)?;
        let (Some(header), Some(values)) = (header, values) else {
            case.refuse(id);
            return Ok(None);
        };
        let conditions = self.conditions(tx, actor, (&row, &header))?;
        let permits = conditions.by_which(Use::Prove, self.now()).map(|g| g.by);
        case.permitted.extend(permits);
        let found = self.said_of(tx, actor, (&row, &header))?;
        let codes = header.handling.codes.union(found.codes());
        let class = std::iter::once(header.handling.class.as_str());
        let handling = class.chain(codes.names().map(|(code, _)| code));
        let handling = handling.map(str::to_owned).collect();
        let files = self.files_by(tx, actor, (&row, &header))?;
        let text = values.text("text").filter(|text| !text.is_empty());
        let lang = values.lang.map_or("", |lang| lang.as_str());
        case.taken.insert(id);
        let recorded = Recorded {
            entry: id.to_string(),
            by: header.author.service.to_string(),
            at: written(header.at.0),
            handling,
            assessment: values.text(NATURE).map(|nature| nature == "assessment"),
            evaluation: header
                .handling
                .evaluation
                .map(|of| (of.source.to_string(), of.accuracy.to_string())),
            rests_on: named(&values, RESTS_ON).map(|on| on.to_string()),
            text: text.map(|text| (text.to_owned(), lang.to_owned())),
            files: files.iter().map(file_of).collect(),
        };
        let files = files.into_iter();
        case.files
            .extend(files.map(|file| ((id.to_string(), file.index), file)));
        Ok(Some(recorded))
    }

    /// Whether an entry may be taken out by this officer, and was not found wrong since.
    fn leaves(&self, tx: &dyn Read, actor: &Actor, row: &EntryRow) -> Result<bool> {
        Ok(self.may_with(tx, actor, Action::Export, row)? && !self.is_corrected(tx, row)?)
    }

    /// Puts in the hashes of the files; how many are without.
    fn hash_files(&self, dossier: DossierId, case: &mut Case, most: u64) -> Result<u64> {
        let methods = BTreeSet::from([Method::Sha256]);
        let (mut read, mut without) = (0_u64, 0_u64);
        let mut hashes: BTreeMap<(String, u32), String> = BTreeMap::new();
        for (key, file) in &case.files {
            let made = self.digests(dossier, file, (&methods, most, &mut read))?;
            match made.and_then(|mut made| made.remove(&Method::Sha256)) {
                Some(digits) => drop(hashes.insert(key.clone(), digits)),
                None => without += 1,
            }
        }
        for recorded in records(&mut case.dossier) {
            for file in &mut recorded.files {
                let key = (recorded.entry.clone(), file.index);
                file.sha256 = hashes.get(&key).cloned();
            }
        }
        Ok(without)
    }

    /// The packages among the files; what is no package, though its name says so, is no part of this.
    fn packages_of(&self, dossier: DossierId, case: &mut Case) -> Result<Vec<(HeldFile, Package)>> {
        let (mut all, mut bytes) = (Vec::new(), 0_u64);
        for file in std::mem::take(&mut case.packages) {
            let more = bytes.saturating_add(file.size);
            if more > MAX_BYTES as u64 {
                case.left_out += 1;
                continue;
            }
            bytes = more;
            match self.package_of(dossier, &file)? {
                Some(Ok(package)) => all.push((file, package)),
                Some(Err(_)) | None => case.left_out += 1,
            }
        }
        Ok(all)
    }

    /// The packages that say under names of ours only what we say ourselves, or what is of other dossiers; the others are counted. What each holds
    /// is said of its file.
    fn unforged(
        &self,
        dossier: DossierId,
        (mut brought, case): (Vec<(HeldFile, Package)>, &mut Case),
    ) -> Result<Vec<Package>> {
        // What a file holds is ours to say too, so that one that was refused changes what the others may say.
        for _ in 0..2 {
            case.dossier.holds = brought.iter().map(holds).collect();
            let own = own_package(&case.dossier)?;
            let ours = Ours::of(own.graph());
            let mut kept = Vec::with_capacity(brought.len());
            for one in brought {
                let elsewhere = match ours.beside(one.1.graph()) {
                    Some(entries) => self.elsewhere(dossier, &entries)?,
                    None => false,
                };
                match elsewhere {
                    true => kept.push(one),
                    false => case.left_out += 1,
                }
            }
            brought = kept;
        }
        case.dossier.holds = brought.iter().map(holds).collect();
        Ok(brought.into_iter().map(|(_, package)| package).collect())
    }

    /// Whether all of these are entries, and none is one of this dossier.
    fn elsewhere(&self, dossier: DossierId, entries: &BTreeSet<String>) -> Result<bool> {
        self.inner.store.view("case_names", |tx| {
            for entry in entries {
                let Ok(id) = entry.parse::<EntryId>() else {
                    return Ok(false);
                };
                if tx.entry(id)?.is_some_and(|row| row.dossier == dossier) {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }
}

impl Case {
    fn refuse(&mut self, id: EntryId) {
        if self.refused.insert(id) {
            self.left_out += 1;
        }
    }

    /// An entry is named by another only where it goes out too; of the entries of packages only the packages are files here.
    fn named_here(&mut self) {
        let here: BTreeSet<String> = self.taken.iter().map(EntryId::to_string).collect();
        let held = |id: &mut Option<String>| *id = id.take().filter(|id| here.contains(id));
        for one in &mut self.dossier.exhibits {
            if let Some((from, _)) = &mut one.derived {
                held(from);
            }
            for moment in &mut one.moments {
                held(&mut moment.answers);
            }
        }
        for recorded in records(&mut self.dossier) {
            held(&mut recorded.rests_on);
        }
        let packages = self.dossier.packages.iter();
        let packages: BTreeMap<&str, &[FileOf]> = packages
            .map(|one| (one.entry.as_str(), &*one.files))
            .collect();
        self.files.retain(|(entry, index), _| {
            let files = packages.get(entry.as_str());
            files.is_none_or(|files| files.iter().any(|file| file.index == *index))
        });
    }

    fn has(&self, entries: &[EntryId]) -> bool {
        entries.iter().all(|entry| self.taken.contains(entry))
    }
}

/// Every record of a dossier.
fn records(dossier: &mut Dossier) -> impl Iterator<Item = &mut Recorded> {
    let things = dossier.things.iter_mut().map(|one| &mut one.recorded);
    let links = dossier.links.iter_mut().map(|one| &mut one.recorded);
    let decisions = dossier.decisions.iter_mut();
    let decisions =
        decisions.flat_map(|one| std::iter::once(&mut one.recorded).chain(&mut one.undone));
    let exhibits = dossier.exhibits.iter_mut();
    let exhibits = exhibits.flat_map(|one| {
        let moments = one.moments.iter_mut().map(|moment| &mut moment.recorded);
        std::iter::once(&mut one.recorded).chain(moments)
    });
    let all = things.chain(links).chain(decisions).chain(exhibits);
    all.chain(&mut dossier.packages)
}

/// Of an entry with packages only who brought it, how it is to be handled, and the packages.
fn of_package(recorded: Recorded) -> Recorded {
    let is_package = |file: &FileOf| package_name(&file.name);
    Recorded {
        text: None,
        files: recorded.files.into_iter().filter(is_package).collect(),
        ..recorded
    }
}

fn holds((file, package): &(HeldFile, Package)) -> Holds {
    let named = package.graph().described();
    let named = named.filter_map(|(_, node)| node.iri().map(str::to_owned));
    Holds {
        entry: file.entry.to_string(),
        index: file.index,
        nodes: named.collect(),
    }
}

fn own_package(dossier: &Dossier) -> Result<Package> {
    let own = package(dossier).to_line();
    Package::decode(own.as_bytes()).map_err(|_| AppError::TooLarge(MAX_BYTES as u64))
}

fn written_out(
    mut case: Case,
    (dossier, brought): (DossierId, &[Package]),
    (unhashed, most): (u64, usize),
) -> Result<CaseFile> {
    case.dossier.gaps = Some(Gaps {
        dossier: dossier.to_string(),
        left_out: case.left_out,
        unhashed,
    });
    let own = own_package(&case.dossier)?;
    let parts = std::iter::once(&own).chain(brought);
    let parts: Vec<_> = parts.map(Package::graph).collect();
    let text = union(&parts).to_text();
    match text.len() > most {
        true => Err(AppError::TooLarge(most as u64)),
        false => Ok(CaseFile {
            text,
            left_out: case.left_out,
            unhashed,
        }),
    }
}

fn moment_of(recorded: Recorded, moment: &CustodyMoment) -> Moment {
    let (what, handed, answers) = match &moment.what {
        CustodyDeed::Seized => ("seized", None, None),
        CustodyDeed::Step(code) => (code.as_str(), None, None),
        CustodyDeed::Transfer { handed } => ("transferred", Some(handed.clone()), None),
        CustodyDeed::Received(of) => ("received", None, Some(of.to_string())),
        CustodyDeed::AskedBack => ("asked_back", None, None),
        CustodyDeed::Returned(of) => ("returned", None, Some(of.to_string())),
    };
    Moment {
        recorded,
        what: what.to_owned(),
        handed,
        answers,
        at: moment.at.map(|at: Instant| written(at.0)),
        from: moment.from.clone(),
        to: moment.to.clone(),
        purpose: moment.purpose.clone(),
        seals: Seals {
            sealed: moment.seal.clone(),
            number: moment.number.clone(),
            found: moment.found.clone(),
            left: moment.left.clone(),
        },
        hash: moment.hash.as_ref().map(hash_of),
    }
}

fn hash_of(hash: &Hash) -> (String, String) {
    (hash.method.clone(), hash.digits.clone())
}

fn file_of(file: &HeldFile) -> FileOf {
    FileOf {
        index: file.index,
        name: file.name.clone(),
        media: file.media.clone(),
        size: file.size,
        sha256: None,
    }
}

fn dates(from: Option<PartialDate>, until: Option<PartialDate>) -> Dates {
    let said = |date: PartialDate| date.to_string();
    Dates {
        from: from.map(said),
        until: until.map(said),
    }
}
