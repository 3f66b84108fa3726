//! A dossier written as a package: its things and links, what people decided about them, its exhibits with their chain of custody, and the files of
//! all these, so that a tool of the field, or another node, reads what an investigation came to and where each part of it comes from. Names are in
//! full, so that no context is needed and none can change them. What CASE and UCO have no word for, such as how a record is to be handled, is said
//! under names of our own, which readers keep; it is said in codes, so that whoever writes it in whichever language writes the same.
//!
//! What is given here was allowed to leave by whoever calls: this writes, and decides nothing.

use crate::export::{OURS, OWN, node, plain, reference, text, typed};
use crate::files::Method;
use crate::json::Json;
use crate::vocabulary as v;
use std::collections::BTreeMap;

/// What a dossier came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dossier {
    /// Its things.
    pub things: Vec<Thing>,
    /// Their links.
    pub links: Vec<Link>,
    /// What people decided about two records.
    pub decisions: Vec<Decision>,
    /// Its exhibits.
    pub exhibits: Vec<Exhibit>,
    /// Entries that have packages among their files and are none of the others.
    pub packages: Vec<Recorded>,
    /// What these packages, and those of the others, speak of.
    pub holds: Vec<Holds>,
    /// What is not in it.
    pub gaps: Option<Gaps>,
}

/// What a package speaks of, so that it is known from which file, and under which handling, each node comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// The entry of the file, in hexadecimal digits.
    pub entry: String,
    /// Its place among the entry's files.
    pub index: u32,
    /// The names of its nodes.
    pub nodes: Vec<String>,
}

/// How much of a dossier is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// The dossier.
    pub dossier: String,
    /// Records and packages that are left out.
    pub left_out: u64,
    /// Files without a hash.
    pub unhashed: u64,
}

/// An entry of a dossier: who brought it, how it is to be handled, what it says in words and which files it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The entry, in hexadecimal digits.
    pub entry: String,
    /// The service that brought it: a function, no person.
    pub by: String,
    /// When, as RFC 3339 in UTC.
    pub at: String,
    /// Sensitivity and conditions, by their codes.
    pub handling: Vec<String>,
    /// Whether it is an assessment rather than a fact, where it is said.
    pub assessment: Option<bool>,
    /// Reliability of the source and accuracy of the information, by their codes.
    pub evaluation: Option<(String, String)>,
    /// The entry that it rests on.
    pub rests_on: Option<String>,
    /// What it says in words, and in which language.
    pub text: Option<(String, String)>,
    /// Its files.
    pub files: Vec<FileOf>,
}

/// A file of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOf {
    /// Its place among the entry's files.
    pub index: u32,
    /// Name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal digits; none where the file is not here or was not read.
    pub sha256: Option<String>,
}

/// A thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// Its record.
    pub recorded: Recorded,
    /// The code of its sort, such as `person`.
    pub sort: String,
    /// Its names, each with its language and script (`ar-Arab`) or nothing.
    pub names: Vec<(String, String)>,
    /// Of a person: the code of the category.
    pub category: Option<String>,
    /// Since when and until when, as far as it is known: a year, a month, a day.
    pub dates: Dates,
}

/// Dates as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// The beginning.
    pub from: Option<String>,
    /// The end.
    pub until: Option<String>,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Its record.
    pub recorded: Recorded,
    /// Its code.
    pub kind: String,
    /// Whether it leads one way.
    pub directed: bool,
    /// Entry of the thing that it leads from.
    pub from: String,
    /// Entry of the thing that it leads to.
    pub to: String,
    /// Since when and until when.
    pub dates: Dates,
}

/// A decision about two records: whether they are of the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Its record.
    pub recorded: Recorded,
    /// Whether they are.
    pub same: bool,
    /// The two entries.
    pub of: [String; 2],
    /// What took it back, if something did.
    pub undone: Option<Recorded>,
}

/// An exhibit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exhibit {
    /// Its record.
    pub recorded: Recorded,
    /// What it is.
    pub name: String,
    /// Its number or mark.
    pub mark: String,
    /// Its sort, by its code.
    pub sort: Option<String>,
    /// Where it was seized or made.
    pub place: String,
    /// Method and digits of the hash made at the source.
    pub hash: Option<(String, String)>,
    /// What it was derived from, where that is given out too, and by what.
    pub derived: Option<(Option<String>, String)>,
    /// Its moments, the seizure among them.
    pub moments: Vec<Moment>,
    /// Whether one of its moments is left out.
    pub incomplete: bool,
}

/// One moment of an exhibit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Its record; of the seizure that of the exhibit.
    pub recorded: Recorded,
    /// What was done: `seized`, `transferred`, `received`, `returned`, `asked_back`, or the code of a step.
    pub what: String,
    /// What was handed over, by its code.
    pub handed: Option<String>,
    /// The entry that it answers.
    pub answers: Option<String>,
    /// When it happened, as RFC 3339 in UTC.
    pub at: Option<String>,
    /// The function that had it before.
    pub from: String,
    /// The function that has it since.
    pub to: String,
    /// For what.
    pub purpose: String,
    /// Seals: how it is sealed, the number, as found, as left.
    pub seals: Seals,
    /// Method and digits of a hash that was computed then.
    pub hash: Option<(String, String)>,
}

/// What is said of seals, by codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seals {
    /// How it is sealed.
    pub sealed: Option<String>,
    /// Number of the seal.
    pub number: String,
    /// As it was found.
    pub found: Option<String>,
    /// As it was left.
    pub left: Option<String>,
}

/// Types of the ontologies for sorts of ours. A sort that they have no word for is an object under a name of our own alone.
const TYPES: &[(&str, &str)] = &[
    ("person", "identity/Person"),
    ("organisation", "identity/Organization"),
    ("phone", "observable/PhoneAccount"),
    ("account", "observable/DigitalAccount"),
    ("address", "location/Location"),
    ("device", "observable/Device"),
    ("document", "observable/ContentData"),
    ("event", "core/Event"),
    ("place", "location/Location"),
];

/// What is said of a node, in order.
type Says = Vec<(String, Json)>;

/// The package: each record under the name of its entry, and for each an action that says who brought it and when.
#[must_use]
pub fn package(dossier: &Dossier) -> Json {
    let mut entries = services(dossier);
    entries.extend(dossier.things.iter().flat_map(of_thing));
    entries.extend(dossier.links.iter().flat_map(of_link));
    entries.extend(dossier.decisions.iter().flat_map(of_decision));
    entries.extend(dossier.exhibits.iter().flat_map(of_exhibit));
    let kind = own("package");
    let packages = dossier.packages.iter();
    entries.extend(packages.flat_map(|of| with_record((&entry(&of.entry), &[&kind]), vec![], of)));
    entries.extend(dossier.holds.iter().map(of_holds));
    entries.extend(dossier.gaps.as_ref().and_then(of_gaps));
    Json::Object(vec![("@graph".to_owned(), Json::List(entries))])
}

fn of_holds(holds: &Holds) -> Json {
    let file = format!("{}#file-{}", entry(&holds.entry), holds.index);
    let nodes = holds.nodes.iter().map(|iri| reference(iri)).collect();
    object(&file, &[v::FILE], vec![(own("holds"), Json::List(nodes))])
}

/// Without a name: the same dossier may have gone out before, with other gaps. Nothing where there is none.
fn of_gaps(gaps: &Gaps) -> Option<Json> {
    let count = |count: u64| Json::Number(count.to_string());
    let says = vec![
        (own("dossier"), plain(&gaps.dossier)),
        (own("leftOut"), count(gaps.left_out)),
        (own("unhashed"), count(gaps.unhashed)),
    ];
    (gaps.left_out > 0 || gaps.unhashed > 0).then(|| unnamed(&own("gaps"), says))
}

/// Every service that brought something, once.
fn services(dossier: &Dossier) -> Vec<Json> {
    let things = dossier.things.iter().map(|one| &one.recorded);
    let links = dossier.links.iter().map(|one| &one.recorded);
    let decisions = dossier.decisions.iter();
    let decisions = decisions.flat_map(|one| std::iter::once(&one.recorded).chain(&one.undone));
    let exhibits = dossier.exhibits.iter();
    let exhibits = exhibits.flat_map(|one| {
        let moments = one.moments.iter().map(|moment| &moment.recorded);
        std::iter::once(&one.recorded).chain(moments)
    });
    let all = things.chain(links).chain(decisions).chain(exhibits);
    let all = all.chain(&dossier.packages);
    let services: BTreeMap<&str, Json> = all
        .map(|recorded| (recorded.by.as_str(), of_service(&recorded.by)))
        .collect();
    services.into_values().collect()
}

/// A service, which says nothing but its name.
fn of_service(name: &str) -> Json {
    let says = vec![(v::NAME, plain(name))];
    node(&service(name), &[v::ORGANIZATION], says)
}

fn of_thing(thing: &Thing) -> Vec<Json> {
    let kind = own(&thing.sort);
    let known = TYPES.iter().find(|(sort, _)| *sort == thing.sort);
    let known = known.map(|(_, name)| format!("{}{name}", v::UCO));
    let types: Vec<&str> = known.iter().map(String::as_str).chain([&*kind]).collect();
    let names = thing.names.iter();
    let names = names.map(|(name, script)| in_language(name, script));
    let mut says = vec![(v::NAME.to_owned(), Json::List(names.collect()))];
    says.extend(said("category", thing.category.as_deref()));
    says.extend(dated(&thing.dates));
    with_record(
        (&entry(&thing.recorded.entry), &types),
        says,
        &thing.recorded,
    )
}

fn of_link(link: &Link) -> Vec<Json> {
    let mut says = vec![
        (v::KIND_OF_RELATIONSHIP.to_owned(), plain(&link.kind)),
        (v::RELATION_SOURCE.to_owned(), reference(&entry(&link.from))),
        (v::RELATION_TARGET.to_owned(), reference(&entry(&link.to))),
        (v::IS_DIRECTIONAL.to_owned(), Json::Bool(link.directed)),
    ];
    says.extend(dated(&link.dates));
    with_record(
        (&entry(&link.recorded.entry), &[v::RELATIONSHIP]),
        says,
        &link.recorded,
    )
}

/// A decision is no relationship of the ontologies: a reader that takes one for a fact would merge what two sides keep apart.
fn of_decision(decision: &Decision) -> Vec<Json> {
    let kind = own(if decision.same { "same" } else { "not_same" });
    let of = decision.of.iter().map(|id| reference(&entry(id)));
    let mut says = vec![(own("of"), Json::List(of.collect()))];
    let undone = decision.undone.as_ref();
    says.extend(undone.map(|by| (own("undoneBy"), reference(&entry(&by.entry)))));
    let mut nodes = with_record(
        (&entry(&decision.recorded.entry), &[&kind]),
        says,
        &decision.recorded,
    );
    if let Some(by) = undone {
        let kind = own("undo");
        nodes.extend(with_record((&entry(&by.entry), &[&kind]), Vec::new(), by));
    }
    nodes
}

fn of_exhibit(exhibit: &Exhibit) -> Vec<Json> {
    let id = entry(&exhibit.recorded.entry);
    let kind = own("exhibit");
    let mut says = vec![(v::NAME.to_owned(), plain(&exhibit.name))];
    says.extend(said("sort", exhibit.sort.as_deref()));
    says.extend(said("where", filled(&exhibit.place)));
    says.extend(exhibit.hash.as_ref().map(|hash| {
        let facet = unnamed(
            v::CONTENT_DATA_FACET,
            vec![(v::HASH.to_owned(), hashed(hash))],
        );
        (v::HAS_FACET.to_owned(), facet)
    }));
    if exhibit.incomplete {
        says.push((own("incomplete"), Json::Bool(true)));
    }
    let mut nodes = with_record((&id, &[v::OBSERVABLE, &kind]), says, &exhibit.recorded);
    let record = vec![
        (v::EXHIBIT, plain(&exhibit.mark)),
        (v::DESCRIPTION, plain(&exhibit.name)),
        (v::OBJECT, reference(&id)),
    ];
    nodes.push(node(&record_of(&id), &[v::PROVENANCE_RECORD], record));
    nodes.extend(exhibit.derived.as_ref().map(|from| derived(&id, from)));
    nodes.extend(exhibit.moments.iter().flat_map(|one| of_moment(&id, one)));
    nodes
}

fn record_of(exhibit: &str) -> String {
    format!("{exhibit}#record")
}

/// How it was made from another.
fn derived(id: &str, (from, by): &(Option<String>, String)) -> Json {
    let mut says = vec![(v::NAME, plain("derived"))];
    says.extend(
        from.as_ref()
            .map(|from| (v::ACTION_OBJECT, reference(&entry(from)))),
    );
    let tool = filled(by).map(|by| unnamed(v::TOOL, vec![(v::NAME.to_owned(), plain(by))]));
    says.extend(tool.map(|tool| (v::ACTION_INSTRUMENT, tool)));
    says.push((v::ACTION_RESULT, reference(id)));
    node(&format!("{id}#derived"), &[v::INVESTIGATIVE_ACTION], says)
}

/// A moment is an action on the exhibit: by whom as a function, when, for what, sealed how.
fn of_moment(exhibit: &str, moment: &Moment) -> Vec<Json> {
    let own_entry = entry(&moment.recorded.entry);
    let seized = own_entry == exhibit;
    let id = match seized {
        true => format!("{exhibit}#seized"),
        false => own_entry,
    };
    let mut says = vec![(v::NAME.to_owned(), plain(&moment.what))];
    let at = moment.at.as_ref();
    says.extend(at.map(|at| (v::ACTION_START.to_owned(), typed(at, v::XSD_TIME))));
    // Whoever takes it over acts; where only who gave it is said, they do.
    let by = filled(&moment.to).or(filled(&moment.from));
    says.extend(by.map(|by| (v::ACTION_PERFORMER.to_owned(), function(by))));
    says.push((v::ACTION_OBJECT.to_owned(), reference(exhibit)));
    if seized {
        says.push((v::ACTION_RESULT.to_owned(), reference(&record_of(exhibit))));
    }
    says.extend(filled(&moment.from).map(|from| (own("from"), function(from))));
    says.extend(filled(&moment.to).map(|to| (own("to"), function(to))));
    says.extend(said("purpose", filled(&moment.purpose)));
    says.extend(said("handed", moment.handed.as_deref()));
    let answers = moment.answers.as_ref();
    says.extend(answers.map(|of| (own("answers"), reference(&entry(of)))));
    says.extend(sealed(&moment.seals));
    let hash = moment.hash.as_ref().filter(|_| !seized);
    says.extend(hash.map(|hash| (own("hash"), hashed(hash))));
    match seized {
        // Its words, files and handling are the exhibit's, and said there.
        true => vec![object(&id, &[v::INVESTIGATIVE_ACTION], says)],
        false => with_record((&id, &[v::INVESTIGATIVE_ACTION]), says, &moment.recorded),
    }
}

fn sealed(seals: &Seals) -> Says {
    let all = [
        said("seal", seals.sealed.as_deref()),
        said("sealNumber", filled(&seals.number)),
        said("sealFound", seals.found.as_deref()),
        said("sealLeft", seals.left.as_deref()),
    ];
    all.into_iter().flatten().collect()
}

/// A function that had an exhibit: named as it is written, so that two spellings are never taken for one.
fn function(name: &str) -> Json {
    unnamed(v::ORGANIZATION, vec![(v::NAME.to_owned(), plain(name))])
}

fn hashed((method, digits): &(String, String)) -> Json {
    // By the name that readers of the ontologies know, where it is one of theirs.
    let bare = |name: &str| name.replace(['-', '_'], "").to_ascii_uppercase();
    let known = Method::ALL.into_iter().map(Method::name);
    let mut known = known.filter(|name| bare(name) == bare(method));
    let says = vec![
        (
            v::HASH_METHOD.to_owned(),
            plain(known.next().unwrap_or(method)),
        ),
        (v::HASH_VALUE.to_owned(), typed(digits, v::XSD_HEX)),
    ];
    unnamed(v::HASH_TYPE, says)
}

/// A node under the name of its entry, with how it is to be handled, how it is evaluated, what it rests on, its words, its files, and who
/// brought it.
fn with_record((id, types): (&str, &[&str]), mut says: Says, recorded: &Recorded) -> Vec<Json> {
    let codes = recorded.handling.iter().map(|code| plain(code));
    says.push((own("handling"), Json::List(codes.collect())));
    let assessment = recorded.assessment;
    says.extend(assessment.map(|is| (own("assessment"), Json::Bool(is))));
    if let Some((source, accuracy)) = &recorded.evaluation {
        says.push((own("sourceReliability"), plain(source)));
        says.push((own("informationAccuracy"), plain(accuracy)));
    }
    let rests = recorded.rests_on.as_ref();
    says.extend(rests.map(|on| (own("restsOn"), reference(&entry(on)))));
    let words = recorded.text.as_ref();
    says.extend(words.map(|(words, lang)| (v::DESCRIPTION.to_owned(), in_language(words, lang))));
    let files = recorded
        .files
        .iter()
        .map(|file| reference(&file_id(id, file)));
    let files: Vec<Json> = files.collect();
    if !files.is_empty() {
        says.push((own("file"), Json::List(files)));
    }
    let mut nodes = vec![object(id, types, says)];
    nodes.extend(recorded.files.iter().map(|file| of_file(id, file)));
    nodes.push(brought(id, recorded));
    nodes
}

fn file_id(entry: &str, file: &FileOf) -> String {
    format!("{entry}#file-{}", file.index)
}

fn of_file(entry: &str, file: &FileOf) -> Json {
    let size = Json::Number(file.size.to_string());
    let named = vec![
        (v::FILE_NAME.to_owned(), plain(&file.name)),
        (v::SIZE.to_owned(), size.clone()),
    ];
    let mut content = vec![
        (v::MIME_TYPE.to_owned(), plain(&file.media)),
        (v::SIZE.to_owned(), size),
    ];
    let sha256 = file.sha256.as_ref();
    content.extend(sha256.map(|digits| {
        let hash = ("SHA256".to_owned(), digits.clone());
        (v::HASH.to_owned(), hashed(&hash))
    }));
    let facets = vec![
        unnamed(v::FILE_FACET, named),
        unnamed(v::CONTENT_DATA_FACET, content),
    ];
    let says = vec![(v::HAS_FACET, Json::List(facets))];
    node(&file_id(entry, file), &[v::FILE], says)
}

/// Who brought it, and when.
fn brought(id: &str, recorded: &Recorded) -> Json {
    let says = vec![
        (v::NAME, plain("recorded")),
        (v::ACTION_START, typed(&recorded.at, v::XSD_TIME)),
        (v::ACTION_PERFORMER, reference(&service(&recorded.by))),
        (v::ACTION_OBJECT, reference(id)),
    ];
    node(&format!("{id}#recorded"), &[v::INVESTIGATIVE_ACTION], says)
}

fn dated(dates: &Dates) -> Says {
    let all = [
        said("since", dates.from.as_deref()),
        said("until", dates.until.as_deref()),
    ];
    all.into_iter().flatten().collect()
}

fn said(name: &str, value: Option<&str>) -> Option<(String, Json)> {
    value.map(|value| (own(name), plain(value)))
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn in_language(value: &str, language: &str) -> Json {
    match language.is_empty() {
        true => plain(value),
        false => Json::Object(vec![
            ("@value".to_owned(), text(value)),
            ("@language".to_owned(), text(language)),
        ]),
    }
}

fn object(id: &str, types: &[&str], says: Says) -> Json {
    let says = says
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    node(id, types, says.collect())
}

fn unnamed(kind: &str, says: Says) -> Json {
    let mut members = vec![("@type".to_owned(), text(kind))];
    members.extend(says);
    Json::Object(members)
}

fn own(name: &str) -> String {
    format!("{OWN}{name}")
}

fn entry(id: &str) -> String {
    format!("{OURS}entry:{id}")
}

fn service(name: &str) -> String {
    format!("{OURS}service:{name}")
}
