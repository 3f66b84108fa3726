//! A package of evidence (CASE/UCO) that is a file of an entry: what is in it, in order of time, what is unknown in it, and what could be taken
//! from it into the dossier. Nothing is taken by itself: each proposal leads to the ordinary form, of a person with the name alone, and the
//! officer says the rest.

use super::write::BEGINS;
use super::{Query, id, named};
use crate::case_words;
use crate::conditions;
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use axum::extract::Path;
use entente_app::views::{
    EntryView, HeldFile, HeldFiles, PackageLine, Reading, Thing, Things, Unread,
};
use entente_app::{AppError, FileReader, FormQuery};
use entente_core::ids::EntryId;
use entente_core::kinds::investigation::links::{FROM, LINK, TO};
use entente_core::kinds::investigation::things::{NAME, RESTS_ON, ThingSort};
use entente_evidence::custody::{Action, custody};
use entente_evidence::files::files;
use entente_evidence::graph::{Iri, NodeId};
use entente_evidence::held::Found;
use entente_evidence::limits::MAX_BYTES;
use entente_evidence::proposals::{Sort, cut, label, proposals};
use entente_evidence::when::When;
use entente_evidence::{EvidenceError, Feature, Package};
use maud::{Markup, html};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Largest package that a page reads, in bytes: reading takes many times as much memory. `entente evidence read` takes larger ones.
const MOST: u64 = 8 << 20;
/// Most bytes of files that are read for one look, to be held against the hashes of packages.
pub const MOST_HELD: u64 = 256 << 20;
/// The same of all packages of a dossier.
pub const READING: Reading = Reading {
    package: MOST,
    all: MOST_HELD,
};
/// Most lines of one list.
const LINES: usize = 500;
/// Most names in one line.
const NAMES: usize = 5;

/// A type as a package says it, and its words where it is one of the ontologies'.
type Typed = (String, Option<String>);

/// What a page says of a package, short lines of it alone.
struct Seen {
    /// Types with their words, where they are known, and how many nodes are of each.
    types: Vec<(Option<Typed>, usize)>,
    files: Listed<FileLine>,
    actions: Listed<ActionLine>,
    unknown: Listed<(String, usize)>,
    things: Listed<Proposed>,
    /// How many other things stay in the package.
    left: usize,
    links: Listed<Linked>,
}

/// A link that the package says, by what it calls its ends.
struct Linked {
    from: String,
    kind: String,
    to: String,
}

/// What the dossier has of a package: records that rest on its entry, by their names, and the pairs of records that are linked.
#[derive(Default)]
struct Here {
    records: BTreeMap<String, BTreeSet<EntryId>>,
    linked: BTreeSet<(EntryId, EntryId)>,
    /// Whether the reader may link.
    links: bool,
}

impl Here {
    fn of(things: &Things, package: EntryId) -> Self {
        let mut records: BTreeMap<String, BTreeSet<EntryId>> = BTreeMap::new();
        let taken = |thing: &&Thing| thing.brought.rests_on == Some(package);
        for thing in things.things.iter().filter(taken) {
            for name in &thing.names {
                let of = records.entry(name.text.clone()).or_default();
                of.insert(thing.entry);
            }
        }
        let pairs = things.links.iter().map(|link| (link.from, link.to));
        Self {
            records,
            linked: pairs.collect(),
            links: things.forms.iter().any(|form| form.name == LINK.name),
        }
    }

    /// The one record of this name: where there are two, which is meant is for people to say.
    fn one(&self, name: &str) -> Option<EntryId> {
        let found = self.records.get(name)?;
        found.first().copied().filter(|_| found.len() == 1)
    }

    fn is_linked(&self, one: EntryId, other: EntryId) -> bool {
        self.linked.contains(&(one, other)) || self.linked.contains(&(other, one))
    }
}

/// The first of a list, and how many more there are.
struct Listed<T> {
    first: Vec<T>,
    more: usize,
}

struct FileLine {
    found: Option<(Found, Option<HeldFile>)>,
    name: String,
    size: Option<String>,
    hashes: Vec<(String, String)>,
}

struct ActionLine {
    when: Option<String>,
    name: String,
    parts: Vec<(&'static str, String)>,
}

struct Proposed {
    sort: Sort,
    label: String,
    because: Typed,
}

impl<T> Listed<T> {
    fn of(all: impl ExactSizeIterator<Item = T>) -> Self {
        let count = all.len();
        let first: Vec<T> = all.take(LINES).collect();
        let more = count.saturating_sub(first.len());
        Self { first, more }
    }

    /// How many there are, those that are not shown included.
    fn all(&self) -> usize {
        self.first.len() + self.more
    }
}

/// The page of a package.
pub async fn show(cx: Cx, Path(entry): Path<String>, query: Query) -> Reply {
    let entry: EntryId = id(&entry)?;
    let n: u32 = named(&query, "file")?.unwrap_or(0);
    let words = cx.words;
    let (view, name, seen, here) = cx
        .run_why(move |app, me| {
            let view = app.entry(me, entry)?;
            let reader = app.file(me, entry, n)?;
            let name = reader.view.name.clone();
            let form = FormQuery {
                dossier: Some(view.dossier),
                entry_type: ThingSort::Document.entry_type().name.to_owned(),
                ..FormQuery::default()
            };
            // Only an investigation takes things, and only of whoever may write there.
            let here = match app.form(me, &form) {
                Ok(_) => Some(Here::of(&app.things(me, view.dossier, "")?, entry)),
                Err(AppError::NotFound) => None,
                Err(error) => return Err(error),
            };
            let seen = match read(reader)? {
                Ok(package) => {
                    let held = app.held(me, (entry, n), &package, MOST_HELD)?;
                    Ok(Seen::of(words, &package, &held))
                }
                Err(why) => Err(why),
            };
            Ok((view, name, seen, here))
        })
        .await?;
    let content = match &seen {
        Ok(seen) => content(&cx, &view, seen, here.as_ref()),
        Err(why) => {
            html! { p.alert { (words.two("cli-evidence-unread", &name, &unread(words, why))) } }
        }
    };
    let main = html! {
        p.kicker.ways {
            a href=(format!("/entries/{entry}")) { (words.t("in-place-entry")) } (dot())
            a href=(format!("/entries/{entry}/files/{n}")) { (words.t("in-place-download")) }
        }
        h1 { (words.t("package-title")) }
        p.kicker { bdi { (name) } }
        p.quiet { (words.t("package-why")) }
        (conditions::on_paper(words, std::iter::once(&view)))
        (conditions::printable(words, conditions::prints(&view), &content))
    };
    cx.page(&words.t("package-title"), &main)
}

fn read(reader: FileReader) -> entente_app::Result<Result<Package, Unread>> {
    if reader.view.size > MOST {
        return Ok(Err(Unread::TooLarge(MOST)));
    }
    let mut bytes: Vec<u8> = Vec::new();
    for chunk in reader.chunks {
        bytes.extend(chunk?);
    }
    Ok(Package::decode(&bytes).map_err(Unread::Not))
}

impl Seen {
    /// Whether something of this name may become a record of the dossier.
    fn takes(&self, label: &str) -> bool {
        let mut things = self.things.first.iter();
        things.any(|thing| thing.label == label && sort_of(thing.sort).is_some())
    }

    fn of(words: Words, package: &Package, held: &HeldFiles) -> Self {
        let graph = package.graph();
        let all = proposals(graph);
        let called = |node: &NodeId| called(package, *node);
        let things = all.to_take().filter_map(|thing| {
            Some(Proposed {
                sort: thing.sort,
                label: cut(thing.label.as_deref()?),
                because: typed(words, package, &thing.because),
            })
        });
        let things: Vec<Proposed> = things.collect();
        let link = |link: &entente_evidence::proposals::Link| {
            let (from, to) = (called(&link.from), called(&link.to));
            Linked {
                from,
                kind: cut(&link.kind),
                to,
            }
        };
        Self {
            types: package
                .types()
                .into_iter()
                .map(|(kind, n)| (kind.map(|k| typed(words, package, k)), n))
                .collect(),
            files: Listed::of(files(graph).iter().map(|file| {
                FileLine {
                    found: held
                        .of(file.node)
                        .map(|(found, file)| (found, file.cloned())),
                    name: file
                        .names
                        .first()
                        .map_or_else(|| called(&file.node), |name| cut(name)),
                    size: file.sizes.first().map(|size| cut(size)),
                    hashes: file
                        .hashes
                        .iter()
                        .map(|hash| (cut(hash.method), cut(hash.value)))
                        .collect(),
                }
            })),
            actions: Listed::of(
                custody(graph)
                    .actions
                    .iter()
                    .map(|one| action(package, one)),
            ),
            unknown: unknown(package),
            things: Listed::of(things.into_iter()),
            left: all.left(),
            links: Listed::of(all.links.iter().map(link)),
        }
    }
}

/// A type as the package says it, and in words where it is one of the ontologies'.
fn typed(words: Words, package: &Package, kind: &Iri) -> Typed {
    let raw = cut(&package.context().short(kind));
    (raw, case_words::of_type(words, kind))
}

/// Words with the raw name beside them; that alone where there are none.
fn in_words((raw, words): &Typed) -> Markup {
    html! { @match words { Some(words) => { (words) " " code.quiet { bdi { (raw) } } }, None => bdi { (raw) } } }
}

fn action(package: &Package, one: &Action<'_>) -> ActionLine {
    let parts = [
        ("cli-evidence-by", &one.performers),
        ("cli-evidence-with", &one.instruments),
        ("cli-evidence-on", &one.objects),
        ("cli-evidence-result", &one.results),
        ("cli-evidence-at", &one.locations),
    ];
    let parts = parts.into_iter().filter(|(_, nodes)| !nodes.is_empty());
    let some = |nodes: &[NodeId]| {
        let first: Vec<String> = nodes
            .iter()
            .take(NAMES)
            .map(|node| called(package, *node))
            .collect();
        let more = if nodes.len() > NAMES { " …" } else { "" };
        format!("{}{more}", first.join(" · "))
    };
    ActionLine {
        when: one.when().map(|when: &When<'_>| cut(when.text)),
        name: one
            .names
            .first()
            .map_or_else(|| called(package, one.node), |name| cut(name)),
        parts: parts.map(|(key, nodes)| (key, some(nodes))).collect(),
    }
}

/// A node by what the package calls it, else by its identifier.
fn called(package: &Package, node: NodeId) -> String {
    let found = package.graph().node(node);
    let name = found.and_then(|found| label(package.graph(), found));
    cut(&name.unwrap_or_else(|| package.shown(node)))
}

fn unknown(package: &Package) -> Listed<(String, usize)> {
    let unknown = package.unknown();
    let names = unknown.vocabularies.into_values().flatten();
    let all: Vec<(String, usize)> = names.chain(unknown.unmapped).collect();
    Listed::of(all.into_iter().map(|(name, count)| (cut(&name), count)))
}

fn content(cx: &Cx, view: &EntryView, seen: &Seen, here: Option<&Here>) -> Markup {
    let words = cx.words;
    html! {
        section.panel #proposed {
            h2 { (words.t("package-proposed")) }
            p { (words.two("cli-evidence-proposed", &words.number(count(seen.things.all())), &words.number(count(seen.links.all())))) }
            p.quiet { (words.t("package-proposed-why")) }
            @if seen.left > 0 { p.quiet { (words.s("cli-evidence-left", &words.number(count(seen.left)))) } }
            @if seen.things.first.is_empty() { p { (words.t("package-nothing")) } }
            ul.things { @for thing in &seen.things.first { li { (proposed(cx, view, thing, here)) } } }
            (more(words, seen.things.more))
            @if !seen.links.first.is_empty() {
                h3 { (words.t("thing-links")) }
                p.quiet { (words.t("package-links-why")) }
                ul.things { @for link in &seen.links.first { li { (linked(cx, view, link, (here, seen))) } } }
                (more(words, seen.links.more))
            }
        }
        section.panel #actions {
            h2 { (words.s("cli-evidence-actions", &words.number(count(seen.actions.all())))) }
            ol.things { @for one in &seen.actions.first { li { (action_line(words, one)) } } }
            (more(words, seen.actions.more))
        }
        section.panel #files {
            h2 { (words.s("cli-evidence-files", &words.number(count(seen.files.all())))) }
            ul.things { @for file in &seen.files.first { li { (file_line(words, file)) } } }
            (more(words, seen.files.more))
        }
        section.panel #types {
            h2 { (words.t("package-nodes")) }
            dl.facts { @for (kind, n) in &seen.types { dt { @match kind { Some(kind) => (in_words(kind)), None => (words.t("cli-evidence-untyped")) } } dd { (words.number(count(*n))) } } }
            @if !seen.unknown.first.is_empty() {
                h3 { (words.t("cli-evidence-unknown")) }
                dl.facts { @for (name, n) in &seen.unknown.first { dt { bdi { (name) } } dd { (words.number(count(*n))) } } }
                (more(words, seen.unknown.more))
            }
        }
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn more(words: Words, more: usize) -> Markup {
    html! { @if more > 0 { p.quiet { (words.s("cli-evidence-more", &words.number(count(more)))) } } }
}

/// A proposal with the way to the ordinary form: it is shown there with the name, and nothing is recorded before the officer fills the rest.
fn proposed(cx: &Cx, view: &EntryView, thing: &Proposed, here: Option<&Here>) -> Markup {
    let words = cx.words;
    let sort = sort_of(thing.sort).filter(|_| here.is_some());
    let taken = here.and_then(|here| here.records.get(&thing.label));
    html! {
        p { strong { bdi { (thing.label) } } (dot()) (in_words(&thing.because)) }
        @for record in taken.into_iter().flatten() {
            p.ob-facts { (words.t("package-taken")) " " a href=(format!("/things/{record}")) { bdi { (record.short()) } } }
        }
        @if let Some(sort) = sort {
            form.inline method="post" action=(format!("/dossiers/{}/write/{}/preview", view.dossier, sort.entry_type().name)) {
                (csrf(cx))
                input type="hidden" name=(NAME) value=(thing.label);
                input type="hidden" name=(RESTS_ON) value=(view.id);
                input type="hidden" name=(BEGINS) value="on";
                button.small type="submit" { (words.label(sort.entry_type().verb)) }
            }
        }
    }
}

/// A link that the package says. Once both its ends are records of this dossier that rest on the package, it leads to the ordinary form with both: how
/// they are linked is the officer's to say, in the words of the dossier and not in those of the package.
fn linked(
    cx: &Cx,
    view: &EntryView,
    link: &Linked,
    (here, seen): (Option<&Here>, &Seen),
) -> Markup {
    let words = cx.words;
    let possible = seen.takes(&link.from) && seen.takes(&link.to);
    let ends = here.map(|here| (here, here.one(&link.from), here.one(&link.to)));
    html! {
        p { bdi { (link.from) } (dot()) bdi { (link.kind) } (dot()) bdi { (link.to) } }
        @match ends {
            Some((here, Some(from), Some(to))) if here.is_linked(from, to) => {
                p.ob-facts { a href=(format!("/things/{from}")) { (words.t("package-linked")) } }
            }
            Some((here, Some(from), Some(to))) if here.links && from != to => {
                form.inline method="post" action=(format!("/dossiers/{}/write/{}/preview", view.dossier, LINK.name)) {
                    (csrf(cx))
                    input type="hidden" name=(FROM) value=(from);
                    input type="hidden" name=(TO) value=(to);
                    input type="hidden" name=(RESTS_ON) value=(view.id);
                    input type="hidden" name=(BEGINS) value="on";
                    button.small type="submit" { (words.label(LINK.verb)) }
                }
            }
            Some(_) if possible => p.ob-facts { (words.t("package-ends")) },
            Some(_) => p.ob-facts { (words.t("package-no-ends")) },
            None => {}
        }
    }
}

/// The sort of thing that a proposal may become; messages, calls and files are evidence, not things.
fn sort_of(sort: Sort) -> Option<ThingSort> {
    match sort {
        Sort::Person => Some(ThingSort::Person),
        Sort::Organisation => Some(ThingSort::Organisation),
        Sort::Device => Some(ThingSort::Device),
        Sort::Account | Sort::Address => Some(ThingSort::Account),
        Sort::Place => Some(ThingSort::Place),
        Sort::Message | Sort::Call | Sort::File => None,
    }
}

fn action_line(words: Words, one: &ActionLine) -> Markup {
    html! {
        p {
            @match &one.when { Some(when) => bdi { (when) }, None => (words.t("cli-evidence-no-time")) }
            @match case_words::of_action(words, &one.name) {
                Some(said) => { (dot()) strong { (said) } " " code.quiet { bdi { (one.name) } } },
                None => { (dot()) strong { bdi { (one.name) } } },
            }
        }
        @for (key, nodes) in &one.parts { p.ob-facts dir="auto" { (words.s(key, nodes)) } }
    }
}

fn file_line(words: Words, file: &FileLine) -> Markup {
    html! {
        p { bdi { (file.name) } (dot()) @match &file.size { Some(size) => (words.s("cli-evidence-size", size)), None => (words.t("cli-evidence-no-size")) } }
        @for (method, value) in &file.hashes { p.ob-facts { bdi { (method) } " " code.hash dir="ltr" { (value) } } }
        @if let Some((found, here)) = &file.found {
            p.held.late[matches!(found, Found::Differs(_))] {
                (held_said(words, *found, here.as_ref()))
                @if let Some(here) = here { " " a href=(format!("/entries/{}", here.entry)) { bdi { (here.entry.short()) } } }
            }
        }
    }
}

fn unread(words: Words, why: &Unread) -> String {
    let large = |most: u64| words.s("cli-evidence-large", &words.number(most >> 20));
    match why {
        Unread::TooLarge(most) => large(*most),
        Unread::NoMore => words.t("package-no-more"),
        Unread::Not(EvidenceError::TooLarge) => large(count(MAX_BYTES)),
        Unread::Not(EvidenceError::TooDeep { at }) => {
            words.s("cli-evidence-deep", &words.number(count(*at)))
        }
        Unread::Not(EvidenceError::TooMany(_)) => words.t("cli-evidence-many"),
        Unread::Not(EvidenceError::Json { at, .. }) => {
            words.s("cli-evidence-no-json", &words.number(count(*at)))
        }
        Unread::Not(EvidenceError::Shape(_)) => words.t("cli-evidence-no-jsonld"),
        Unread::Not(EvidenceError::Refused(feature)) => {
            words.s("cli-evidence-refused", &words.t(refused(*feature)))
        }
        Unread::Not(EvidenceError::TooAlike) => words.t("cli-evidence-alike"),
        Unread::Not(EvidenceError::Taken) => words.t("cli-evidence-taken"),
    }
}

fn refused(feature: Feature) -> &'static str {
    match feature {
        Feature::RemoteContext => "cli-evidence-remote",
        Feature::ScopedContext => "cli-evidence-scoped",
        Feature::ContextKeyword => "cli-evidence-context",
        Feature::Container => "cli-evidence-container",
        Feature::Keyword => "cli-evidence-keyword",
        Feature::NamedGraph => "cli-evidence-named",
        Feature::RelativeName => "cli-evidence-relative",
    }
}

/// What was found of a file that a package names, and what to do about it.
#[must_use]
pub fn held_said(words: Words, found: Found, here: Option<&HeldFile>) -> String {
    let name = here.map(|here| cut(&here.name)).unwrap_or_default();
    match found {
        Found::Same { weak: false, .. } => words.s("package-file-same", &name),
        Found::Same { weak: true, .. } => words.s("package-file-weak", &name),
        Found::Differs(_) => words.s("package-file-differs", &name),
        Found::NotRead(_) => words.s("package-file-not-read", &name),
        Found::Absent => words.t("package-file-absent"),
        Found::Unchecked => words.t("package-file-unchecked"),
    }
}

/// Why a file of a dossier is not read as a package.
#[must_use]
pub fn unread_said(words: Words, why: &Unread) -> String {
    unread(words, why)
}

/// A package of a dossier for programs, with its files as they were found.
#[must_use]
pub fn package_json(line: &PackageLine) -> Value {
    let file = &line.file;
    let (read, files, holds) = match &line.read {
        Ok((package, held)) => {
            let named = files(package.graph());
            let named: Vec<Value> = named
                .iter()
                .map(|one| named_json(package, one, held))
                .collect();
            (Value::Null, named, held.holds())
        }
        Err(why) => (Value::from(why.to_string()), Vec::new(), false),
    };
    json!({
        "entry": file.entry, "file": file.index, "name": file.name, "size": file.size, "service": file.service,
        "written": crate::time::rfc3339(file.at), "unread": read, "holds": holds, "files": files,
    })
}

fn named_json(
    package: &Package,
    named: &entente_evidence::files::File<'_>,
    held: &HeldFiles,
) -> Value {
    let hashes = named.hashes.iter();
    let hashes: Vec<Value> = hashes
        .map(|hash| json!({"method": hash.method, "value": hash.value}))
        .collect();
    let (found, here) = held.of(named.node).unwrap_or((Found::Unchecked, None));
    let code = match found {
        Found::Same { .. } => "same",
        Found::Differs(_) => "differs",
        Found::NotRead(_) => "not_read",
        Found::Absent => "absent",
        Found::Unchecked => "unchecked",
    };
    let attached = here.map(|here| json!({"entry": here.entry, "file": here.index, "name": here.name, "size": here.size}));
    json!({
        "node": package.shown(named.node), "names": named.names, "sizes": named.sizes, "hashes": hashes, "found": code,
        "weak": matches!(found, Found::Same { weak: true, .. }), "attached": attached,
    })
}
