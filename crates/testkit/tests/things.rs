//! Things of an investigation between two nodes: both see the same records and who brought each, people alone say that two are the same,
//! and what may not be seen does not exist in any list.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::views::{AccessQuery, BodyView, Thing, ThingPages, Things};
use entente_core::codes::Role;
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::RULES_OF_INVESTIGATIONS;
use entente_core::kinds::investigation::things::ThingSort;
use entente_proof::card::{armour_card, dearmour_card, sign_card, verify_card};
use entente_testkit::desk::person;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// An investigation that Morocco opened and France joined.
struct Inquiry {
    pair: TestPair,
    dossier: DossierId,
}

impl Inquiry {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let dossier = pair
            .write(Side::Ma, "investigation.open", &Writing::new(&fields))
            .dossier;
        pair.settle();
        Self { pair, dossier }
    }

    fn bring(&mut self, side: Side, sort: &str, fields: &[(&str, &str)]) -> EntryId {
        let fields = [&[("nature", "fact")], fields].concat();
        let entry = self
            .pair
            .write(side, sort, &Writing::on(self.dossier, &fields))
            .entry;
        self.pair.settle();
        entry
    }

    fn phone(&mut self, side: Side, number: &str) -> EntryId {
        self.bring(side, "investigation.phone", &[("name", number)])
    }

    fn person(&mut self, side: Side, name: &str) -> EntryId {
        let fields = [
            ("name", name),
            ("script", "fr-Latn"),
            ("category", "contact"),
        ];
        self.bring(side, "investigation.person", &fields)
    }

    fn say(&mut self, side: Side, entry_type: &str, fields: &[(&str, EntryId)]) -> EntryId {
        let ids: Vec<(&str, String)> = fields.iter().map(|(n, id)| (*n, id.to_string())).collect();
        let mut all: Vec<(&str, &str)> = ids.iter().map(|(n, id)| (*n, id.as_str())).collect();
        all.push(("text", "Mêmes dates, même numéro."));
        let entry = self
            .pair
            .write(side, entry_type, &Writing::on(self.dossier, &all))
            .entry;
        self.pair.settle();
        entry
    }

    fn things(&self, side: Side) -> Things {
        let node = self.pair.node(side);
        let officer = node.officer("liaison").unwrap();
        node.app.things(&officer, self.dossier, "").unwrap()
    }

    fn link(&mut self, side: Side, (from, to): (EntryId, EntryId)) -> Result<EntryId, AppError> {
        let (from, to) = (from.to_string(), to.to_string());
        let fields = [
            ("from_thing", from.as_str()),
            ("how", "uses"),
            ("to_thing", to.as_str()),
            ("nature", "assessment"),
            ("from_date", "2015-03"),
        ];
        let writing = Writing::on(self.dossier, &fields);
        let written = self.pair.try_write(side, "investigation.link", &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }
}

/// What both sides must see alike.
fn alike(things: &Things) -> Vec<String> {
    let thing = |t: &Thing| {
        format!(
            "{} {:?} {:?} {}",
            t.entry, t.sort, t.names, t.brought.origin
        )
    };
    let mut out: Vec<String> = things.things.iter().map(thing).collect();
    out.extend(
        things
            .links
            .iter()
            .map(|l| format!("{} {} {} {} {:?}", l.entry, l.from, l.code, l.to, l.since)),
    );
    out.extend(things.joins.iter().map(|j| {
        format!(
            "{} {} {} {} {}",
            j.entry,
            j.one,
            j.other,
            j.same,
            j.stands()
        )
    }));
    out
}

#[test]
fn invariant_02_both_sides_see_the_same_things_and_who_brought_each() {
    let mut inquiry = Inquiry::new(501);
    let fields = [
        ("name", "Exemple Inventé"),
        ("script", "fr-Latn"),
        ("second_name", "مثال مخترع"),
        ("second_script", "ar-Arab"),
        ("category", "victim"),
        ("from_date", "1987-05"),
        ("source", "B"),
        ("accuracy", "2"),
    ];
    let person = inquiry.bring(Side::Fr, "investigation.person", &fields);
    let phone = inquiry.phone(Side::Ma, "+212 5 00 00 00 01");
    let link = inquiry.link(Side::Ma, (person, phone)).unwrap();
    let (ma, fr) = (inquiry.things(Side::Ma), inquiry.things(Side::Fr));
    assert_eq!(alike(&ma), alike(&fr));
    let seen = ma.thing(person).unwrap();
    assert_eq!(seen.sort, ThingSort::Person);
    assert_eq!(seen.brought.origin.as_str(), "fr");
    assert!(!seen.brought.ours && fr.thing(person).unwrap().brought.ours);
    assert_eq!(seen.from.unwrap().to_string(), "1987-05");
    assert_eq!(seen.category.as_deref(), Some("victim"));
    assert_eq!(seen.brought.handling.evaluation.unwrap().code(), "B2");
    assert_eq!(seen.names.len(), 2);
    assert!(ma.links[0].entry == link && ma.links[0].brought.assessment);
    assert_eq!(ma.links[0].sort.unwrap().code, "uses");
}

/// Invariant 9: nothing is joined but by people; a decision and its undoing both stay; what one side says is not the same is not joined.
/// Take out: in `app/src/views/things.rs::same`, that every decision must say so.
#[test]
fn invariant_09_two_records_are_the_same_by_decision_alone_and_undone_without_loss() {
    let mut inquiry = Inquiry::new(502);
    let ours = inquiry.phone(Side::Ma, "+212 5 00 00 00 02");
    let theirs = inquiry.phone(Side::Fr, "+212 5 00 00 00 02");
    assert_eq!(
        inquiry.things(Side::Ma).joined(ours),
        [ours],
        "alike is not the same"
    );
    let pair = [("one", ours), ("other", theirs)];
    let same = inquiry.say(Side::Ma, "investigation.same", &pair);
    for side in Side::BOTH {
        assert_eq!(inquiry.things(side).joined(ours), [ours, theirs]);
    }
    let not = inquiry.say(
        Side::Fr,
        "investigation.not_same",
        &[("one", theirs), ("other", ours)],
    );
    assert_eq!(inquiry.things(Side::Ma).joined(ours), [ours]);
    inquiry.say(Side::Fr, "investigation.undo", &[("decision", not)]);
    assert_eq!(inquiry.things(Side::Ma).joined(ours), [ours, theirs]);
    inquiry.say(Side::Ma, "investigation.undo", &[("decision", same)]);
    let (ma, fr) = (inquiry.things(Side::Ma), inquiry.things(Side::Fr));
    assert_eq!(alike(&ma), alike(&fr));
    assert_eq!(ma.joined(ours), [ours]);
    assert_eq!(ma.joins.len(), 2, "both decisions stay on record");
    assert!(ma.joins.iter().all(|join| join.undone.is_some()));
    let liaison = inquiry.pair.fr().officer("liaison").unwrap();
    let view = inquiry
        .pair
        .fr()
        .app
        .thing(&liaison, ours, ThingPages::default())
        .unwrap();
    assert_eq!(view.records.len(), 1);
    assert!(matches!(view.records[0].body, BodyView::Here(_)));
}

fn problem<T: std::fmt::Debug>(tried: Result<T, AppError>) -> (&'static str, Problem) {
    match tried {
        Err(AppError::Fields(errors)) => (errors[0].field, errors[0].problem),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_link_names_two_things_of_its_dossier_that_its_author_may_read() {
    let mut inquiry = Inquiry::new(503);
    let phone = inquiry.phone(Side::Ma, "+212 5 00 00 00 03");
    let person = inquiry.person(Side::Ma, "Exemple Inventé");
    let opening = inquiry.dossier.opening();
    let refused = |tried| problem(tried);
    assert_eq!(
        refused(inquiry.link(Side::Ma, (phone, opening))),
        ("to_thing", Problem::NotInList)
    );
    assert_eq!(
        refused(inquiry.link(Side::Ma, (phone, phone))),
        ("to_thing", Problem::WithItself)
    );
    let mut other = Inquiry::new(504);
    let elsewhere = other.phone(Side::Ma, "+212 5 00 00 00 04");
    assert_eq!(
        refused(inquiry.link(Side::Ma, (elsewhere, person))),
        ("from_thing", Problem::NotInList)
    );
    // What waits for a confirmation cannot be linked to: it does not exist yet for whoever has not read its condition.
    let fields = [
        ("name", "+33 1 00 00 00 05"),
        ("handling", "H3"),
        ("condition", "Ne rien entreprendre."),
    ];
    let waits = inquiry.bring(Side::Fr, "investigation.phone", &fields);
    assert_eq!(
        refused(inquiry.link(Side::Ma, (waits, person))),
        ("from_thing", Problem::NotInList)
    );
    let linked = inquiry.link(Side::Fr, (person, waits));
    assert!(linked.is_ok(), "its own side may: {linked:?}");
    let things = inquiry.things(Side::Ma);
    assert_eq!((things.things.len(), things.links.len()), (2, 0));
    assert_eq!(things.withheld, 1, "counted, and nothing else");
    assert_eq!(inquiry.things(Side::Fr).links.len(), 1);
}

/// Invariant 5: what is ours alone is named by nothing that leaves. Take out: in `app/src/things.rs::meant_for`, what narrows the audience.
#[test]
fn invariant_05_what_names_a_thing_goes_no_further_than_the_thing() {
    let mut inquiry = Inquiry::new(505);
    let shared = inquiry.phone(Side::Ma, "+212 5 00 00 00 06");
    let fields = [("name", "+212 5 00 00 00 07"), ("nature", "fact")];
    let own = Writing::on(inquiry.dossier, &fields).own_only();
    let own = inquiry
        .pair
        .write(Side::Ma, "investigation.phone", &own)
        .entry;
    let link = inquiry.link(Side::Ma, (shared, own)).unwrap();
    let header = inquiry.pair.ma().header(link);
    assert_eq!(header.audience.len(), 1);
    assert_eq!(inquiry.things(Side::Ma).links.len(), 1);
    let fr = inquiry.things(Side::Fr);
    assert_eq!((fr.things.len(), fr.links.len(), fr.withheld), (1, 0, 0));
    assert!(inquiry.pair.fr().entry(link).unwrap().is_none());
}

/// Invariant 11: the list, a search in it and one thing each leave their record; whoever takes no part finds nothing.
#[test]
fn invariant_11_every_look_at_things_leaves_its_record() {
    let mut inquiry = Inquiry::new(506);
    let person_of = inquiry.person(Side::Ma, "Exemple Inventé");
    let phone = inquiry.phone(Side::Ma, "+212 5 00 00 00 08");
    let node = inquiry.pair.ma();
    let liaison = node.officer("liaison").unwrap();
    let found = node
        .app
        .things(&liaison, inquiry.dossier, "inventé")
        .unwrap();
    assert_eq!(found.listed().len(), 1);
    assert_eq!(found.listed()[0].entry, person_of);
    let found = node.app.things(&liaison, inquiry.dossier, "00 08").unwrap();
    assert_eq!(
        found.listed()[0].entry,
        phone,
        "also by a part of its number"
    );
    assert_eq!(
        node.app
            .thing(&liaison, person_of, ThingPages::default())
            .unwrap()
            .records
            .len(),
        1
    );
    let inspector = person(node, "inspect", "inspection", Role::Inspector);
    node.app.add_officer(inspector).unwrap();
    let inspector = node.officer("inspect").unwrap();
    let lines = node
        .app
        .access_list(&inspector, &AccessQuery::default())
        .unwrap()
        .lines;
    let objects: Vec<String> = lines.iter().map(|line| format!("{line:?}")).collect();
    for object in ["\"things\"", "\"thing\""] {
        assert!(objects.iter().any(|line| line.contains(object)), "{object}");
    }
    let outside = person(node, "dehors", "greffe", Role::Investigator);
    node.app.add_officer(outside).unwrap();
    let outside = node.officer("dehors").unwrap();
    let none = node.app.things(&outside, inquiry.dossier, "");
    assert!(matches!(none, Err(AppError::NotFound)), "{none:?}");
    let none = node.app.thing(&outside, person_of, ThingPages::default());
    assert!(matches!(none, Err(AppError::NotFound)), "{none:?}");
}

/// Rule 8: nothing of it is written for a partner whose program does not know things.
#[test]
fn rule_08_things_are_for_programs_that_know_them() {
    let mut inquiry = Inquiry::new(507);
    let fr = inquiry.pair.fr();
    let text = fr.app.own_card();
    let mut card = verify_card(&dearmour_card(&text).unwrap()).unwrap();
    card.rules.retain(|rules| *rules < RULES_OF_INVESTIGATIONS);
    let older = sign_card(&card, &fr.signing_key()).unwrap();
    let older = dearmour_card(&armour_card(&older)).unwrap();
    inquiry.pair.ma().pin_card(&"fr".parse().unwrap(), older);
    let fields = [("name", "+212 5 00 00 00 09"), ("nature", "fact")];
    let writing = Writing::on(inquiry.dossier, &fields);
    let tried = inquiry
        .pair
        .try_write(Side::Ma, "investigation.phone", &writing);
    assert!(matches!(tried, Err(AppError::Link(_))), "{tried:?}");
    let own = inquiry
        .pair
        .try_write(Side::Ma, "investigation.phone", &writing.own_only());
    assert!(own.is_ok(), "for ourselves alone it is written: {own:?}");
}
