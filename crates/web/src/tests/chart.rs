//! The link chart on pages and by the API, over two real nodes: seen as marks and as text, filtered, chosen from, taken out; and no address
//! that orders anything by a figure (invariant 9).

use super::html;
use super::real::Person;
use crate::charts::Asked;
use axum::http::StatusCode;
use entente_core::ids::{DossierId, EntryId};
use entente_core::label::Lang;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use serde_json::Value;
use std::collections::BTreeMap;

/// Four phones in a row and one beside, brought by both sides; the last link is barred from printing.
struct Place {
    pair: TestPair,
    dossier: DossierId,
    phones: Vec<EntryId>,
}

fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let dossier = pair
        .write(Side::Ma, "investigation.open", &Writing::new(&fields))
        .dossier;
    pair.settle();
    let mut phones = Vec::new();
    for n in 1..=5 {
        let side = if n % 2 == 0 { Side::Fr } else { Side::Ma };
        let name = format!("numéro {n}");
        let fields = [("name", name.as_str()), ("nature", "fact")];
        let writing = Writing::on(dossier, &fields);
        phones.push(pair.write(side, "investigation.phone", &writing).entry);
        pair.settle();
    }
    for (at, day) in [(0, "2015-01-10"), (1, "2015-02-10"), (2, "2015-03-10")] {
        let (from, to) = (phones[at].to_string(), phones[at + 1].to_string());
        let fields = [
            ("from_thing", from.as_str()),
            ("how", "called"),
            ("to_thing", to.as_str()),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
            ("from_date", day),
            ("to_date", day),
            ("handling", if at == 2 { "H2" } else { "H0" }),
        ];
        let writing = Writing::on(dossier, &fields);
        pair.write(Side::Fr, "investigation.link", &writing);
        pair.settle();
    }
    Place {
        pair,
        dossier,
        phones,
    }
}

impl Place {
    fn at(&self, asked: &str) -> String {
        format!("/dossiers/{}/chart{asked}", self.dossier)
    }
}

#[tokio::test]
async fn a_chart_is_seen_as_marks_and_as_text_in_three_languages() {
    let place = place(95);
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let dossier = ma.get(&format!("/dossiers/{}", place.dossier)).await;
    assert!(
        dossier.contains(&place.at("")),
        "the dossier's page leads there"
    );
    let page = ma.get(&place.at("")).await;
    assert_eq!(
        page.matches("<a class=\"thing phone").count(),
        4,
        "the fifth has no link"
    );
    assert!(page.contains("thing phone ours") && page.contains("thing phone theirs"));
    assert_eq!(page.matches("<a class=\"thing ").count(), 4);
    let rows = page.split("id=\"links\"").nth(1).unwrap();
    assert_eq!(
        rows.matches("/entries/").count(),
        3,
        "each link with its entry"
    );
    assert!(
        !page.contains("id=\"chosen\""),
        "no figures of anything that nobody chose"
    );
    // What is asked less often is folded away until something of it is asked.
    let folded = "<details class=\"chart-more\"";
    assert!(page.contains(&format!("{folded}>")));
    let alone = ma.get(&place.at("?alone=yes")).await;
    assert!(alone.contains(&format!("{folded} open>")));
    assert_eq!(alone.matches("<a class=\"thing ").count(), 5);
    let (one, other) = (place.phones[1], place.phones[3]);
    let chosen = format!("?thing={one}&marks=between&groups=yes&cut=yes");
    let paths = format!("?thing={one}&to={other}");
    for lang in Lang::ALL {
        for asked in [
            "",
            &chosen,
            &paths,
            "?from2=2015-03-01&until2=2015-03-31&until=2015-01-31",
        ] {
            let (status, page) = ma.fetch(&place.at(asked), lang.as_str()).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(html::problems(&page), [""; 0], "{asked} in {lang}");
        }
    }
    let (_, page) = ma.fetch(&place.at(&chosen), "fr").await;
    assert!(page.contains("0,667"), "two of three pairs, in French");
    assert!(page.contains("class=\"cut\"") && page.contains("aria-current=\"true\""));
    let page = ma.get(&place.at(&paths)).await;
    assert!(page.contains("2 links; all of them are shown"), "{page}");
}

/// A year that was written is a year on the page, for a program and in a file; a timeline too long to take in at once is cut by longer steps.
///
/// Take out: `exact` of `Dated::fmt`, `partial_text` of `when`, or the longer steps of `timeline`.
#[tokio::test]
async fn a_date_known_in_part_stays_so_on_the_chart_and_what_is_taken_out_of_it() {
    let mut place = place(96);
    let (from, to) = (place.phones[0].to_string(), place.phones[4].to_string());
    let fields = [
        ("from_thing", from.as_str()),
        ("how", "called"),
        ("to_thing", to.as_str()),
        ("nature", "fact"),
        ("from_date", "2018"),
    ];
    let writing = Writing::on(place.dossier, &fields);
    place.pair.write(Side::Fr, "investigation.link", &writing);
    place.pair.settle();
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let (_, page) = ma.fetch(&place.at(""), "fr").await;
    let table = page.split("id=\"links\"").nth(1).unwrap();
    assert!(table.contains("depuis 2018"), "{table}");
    assert!(!table.contains("janvier 2018"));
    assert!(
        page.contains("par trimestres</a>") && page.contains("Dont un peut-être"),
        "48 months are cut by quarters"
    );
    let by_months = ma.get(&place.at("?step=month")).await;
    let line = by_months.split("id=\"timeline\"").nth(1).unwrap();
    assert!(line.contains("<details><summary>48 slices</summary>"));
    let (_, csv) = ma.fetch(&place.at("/links.csv?reason=court"), "en").await;
    assert!(csv.contains(",2018,,"), "{csv}");
    let (_, xml) = ma
        .fetch(&place.at("/chart.graphml?reason=court"), "en")
        .await;
    assert!(xml.contains("<data key=\"held_from\">2018</data>"));
}

/// Whatever a parameter is called, no answer is ordered by a figure: what is unknown is ignored, and nothing says a figure of what was not
/// chosen.
#[tokio::test]
async fn invariant_09_no_parameter_orders_a_chart_by_a_figure() {
    let place = place(96);
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let api = format!("/api/v1/dossiers/{}/chart", place.dossier);
    let (status, plain) = ma.fetch(&api, "en").await;
    assert_eq!(status, StatusCode::OK);
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let plain = read(&plain);
    for word in [
        "sort", "order", "by", "rank", "top", "limit", "desc", "score", "marks",
    ] {
        for value in ["between", "links", "-between", "closeness", "1"] {
            let (_, said) = ma.fetch(&format!("{api}?{word}={value}"), "en").await;
            assert_eq!(read(&said), plain, "{word}={value}");
        }
    }
    // Things by label, links as they were brought; a figure of one thing only where that one was asked for.
    let labels: Vec<&str> = plain["things"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["numéro 1", "numéro 2", "numéro 3", "numéro 4"]);
    assert!(plain["chosen"].is_null());
    let keys: Vec<&String> = plain["things"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 5, "{keys:?}");
    let (_, one) = ma
        .fetch(&format!("{api}?thing={}", place.phones[0]), "en")
        .await;
    let one = read(&one);
    assert_eq!(one["things"], plain["things"]);
    assert_eq!(one["chosen"]["figures"]["links"], "1");
    assert!(
        one["chosen"]["figures"]["links"].is_string(),
        "nothing to compute with"
    );
}

/// Two addresses that ask the same give the same; what has no meaning asks nothing.
#[test]
fn what_has_no_meaning_asks_nothing() {
    let query = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    };
    let nonsense = query(&[
        ("what", "threat"),
        ("least", "Z9"),
        ("from", "1st of May"),
        ("around", "99"),
        ("marks", "danger"),
        ("step", "age"),
    ]);
    let (asked, none) = (Asked::of(&nonsense), Asked::of(&BTreeMap::new()));
    assert_eq!(asked.filter, none.filter);
    assert_eq!(
        (asked.step, asked.around, asked.marks),
        (none.step, none.around, none.marks)
    );
}

/// Plates and files: only what their use allows, as a document of its own, with its handling; and nothing that is not one.
#[tokio::test]
async fn invariant_06_plates_and_files_are_taken_out_by_their_conditions() {
    let place = place(97);
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    for name in ["plate-a4.svg", "plate-a3.svg"] {
        let (_, plate) = ma.fetch(&place.at(&format!("/{name}")), "en").await;
        assert!(
            plate.starts_with("<svg") && plate.contains("numéro 3"),
            "{name}"
        );
        assert!(
            !plate.contains("numéro 4"),
            "its only link is under H2, which bars printing"
        );
        assert!(plate.contains("H0") && plate.contains("One record or link is not on this"));
        assert!(
            !plate.contains("class=\"cut\""),
            "no figure leaves on paper"
        );
    }
    let (status, links) = ma.fetch(&place.at("/links.csv?reason=court"), "en").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        links.matches("\r\n").count(),
        3,
        "a head and two links: {links}"
    );
    // The same as a package, which our own reader reads: two links, and none under a condition that bars it.
    let (status, case) = ma.fetch(&place.at("/case.jsonld?reason=court"), "en").await;
    assert_eq!(status, StatusCode::OK);
    let read = entente_evidence::Package::decode(case.as_bytes()).unwrap();
    let all = entente_evidence::proposals::proposals(read.graph());
    assert_eq!(all.links.len(), 2, "{case}");
    assert!(case.contains("urn:entente:evidence:handling") && case.contains("restricted"));
    let (_, things) = ma.fetch(&place.at("/things.csv?reason=court"), "en").await;
    assert!(
        things.starts_with("id,label,sort,origin,evaluation,handling,from,until\r\n"),
        "{things}"
    );
    let own = things.lines().skip(1);
    assert!(
        own.into_iter().all(|line| line.contains(",restricted,")),
        "{things}"
    );
    let (_, graph) = ma.fetch(&place.at("/chart.graphml?what=phone"), "en").await;
    assert_eq!(
        (
            graph.matches("<node ").count(),
            graph.matches("<edge ").count()
        ),
        (3, 2)
    );
    for name in ["ranking.csv", "figures.csv", "style.css"] {
        let (status, _) = ma.fetch(&place.at(&format!("/{name}")), "en").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
    }
}

/// A figure is kept only as what an officer wrote and signed: the way there is a form, filled with the method and how far missing links would
/// change it, and naming nobody in its address.
#[tokio::test]
async fn invariant_09_a_figure_is_kept_only_as_a_signed_assessment() {
    let place = place(98);
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let page = ma
        .get(&place.at(&format!("?thing={}", place.phones[1])))
        .await;
    let start = format!(
        "/dossiers/{}/write/investigation.contribute?",
        place.dossier
    );
    let way = page
        .split(&format!("href=\"{start}"))
        .nth(1)
        .expect("a way to adopt it");
    let way = format!("{start}{}", way.split('"').next().unwrap()).replace("&amp;", "&");
    assert!(!way.contains("num%C3%A9ro"), "no name in an address");
    let form = ma.get(&way).await;
    assert!(
        form.contains("Betweenness: 0.667") && form.contains("Freeman 1978"),
        "{form}"
    );
    assert!(
        form.contains("linked pairs were missing")
            && form.contains("value=\"assessment\" selected")
    );
    let entries = |text: &str| text.matches("investigation.contribute").count();
    let before = entries(
        &ma.fetch(&format!("/api/v1/dossiers/{}", place.dossier), "en")
            .await
            .1,
    );
    let said = [
        ("title", "Place in a link chart"),
        ("text", "Betweenness: 0.667"),
        ("nature", "assessment"),
        ("source", "B"),
        ("accuracy", "3"),
    ];
    ma.post(
        &format!("/dossiers/{}/write/investigation.contribute", place.dossier),
        &said,
    )
    .await;
    let after = entries(
        &ma.fetch(&format!("/api/v1/dossiers/{}", place.dossier), "en")
            .await
            .1,
    );
    assert!(after > before, "signed as an entry of its own");
}

/// Whoever erases a thing is shown the links of their own side that name it, ticked, and that the other side's are theirs; what is ticked goes by
/// the same act, also once the box of weight was forgotten. Take out: in `web/src/pages/write.rs::recording_of`, what is ticked, or in
/// `record_with`, that it is drawn again.
#[tokio::test]
async fn invariant_10_erasing_a_thing_takes_what_is_ticked_of_what_speaks_of_it() {
    let mut place = place(98);
    let fr = Person::of(place.pair.fr(), "agent", "liaison").await;
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let write = format!("/dossiers/{}/write/erase", place.dossier);
    let (thing, other) = (place.phones[1], place.phones[0]);
    let ticked = |page: &str| -> Vec<String> {
        let boxes = page.split("name=\"_also\" value=\"").skip(1);
        let boxes = boxes.filter(|rest| rest.split('>').next().unwrap().contains("checked"));
        boxes
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    };
    let theirs = ma.get(&format!("{write}?entry={other}")).await;
    assert!(
        ticked(&theirs).is_empty() && theirs.contains("1 entry of the other side names it too")
    );
    let links = ticked(&fr.get(&format!("{write}?entry={thing}")).await);
    assert_eq!(links.len(), 2);
    // The thing's page leads there, for whoever brought it alone.
    let way = format!("href=\"{write}?entry={thing}\"");
    assert!(fr.get(&format!("/things/{thing}")).await.contains(&way));
    assert!(!ma.get(&format!("/things/{thing}")).await.contains(&way));
    let form = fr.get(&format!("{write}?entry={thing}")).await;
    assert!(
        form.contains("Yes, destroy this entry and what is ticked with it"),
        "what is destroyed is said"
    );
    let named = thing.to_string();
    // A box that named less, or was drawn before it was said what is destroyed, does not confirm more.
    assert!(form.contains("name=\"_sure\" value=\"entry\""));
    for (sure, given) in [
        ("file", &[("entry", named.as_str())][..]),
        ("entry", &[("all", "on")]),
        ("yes", &[("all", "on")]),
    ] {
        let (status, again) = fr.send(&write, &[given, &[("_sure", sure)]].concat()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{sure}");
        let right = match given[0].0 {
            "entry" => "Yes, destroy this entry and what is ticked with it",
            _ => "Yes, destroy everything our node wrote in this dossier",
        };
        assert!(again.contains(right) && again.contains("Nothing was destroyed."));
    }
    let unsure = [("entry", named.as_str()), ("_also", links[0].as_str())];
    let (status, again) = fr.send(&write, &unsure).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        ticked(&again),
        [links[0].clone()],
        "what was ticked stays so"
    );
    let sure = [
        ("entry", named.as_str()),
        ("_also", links[0].as_str()),
        ("_also", links[1].as_str()),
        ("_sure", "yes"),
    ];
    fr.post(&write, &sure).await;
    place.pair.settle();
    for who in [&ma, &fr] {
        for path in ["", "/things", "/chart"] {
            let page = who.get(&format!("/dossiers/{}{path}", place.dossier)).await;
            assert!(!page.contains("numéro 2"), "{path}");
        }
        let api = who
            .fetch(&format!("/api/v1/dossiers/{}/chart", place.dossier), "en")
            .await
            .1;
        assert!(
            !api.contains("numéro 2")
                && !api.contains(&named)
                && !links.iter().any(|link| api.contains(link))
        );
        let (_, found) = who.fetch("/dossiers?q=num%C3%A9ro", "en").await;
        assert!(!found.contains("numéro 2"));
    }
}

/// A link's page, and a record that rests on a contribution, name them and not their numbers; the address of a thing that was erased leads to what
/// is left of it, which says so, and to nothing for whoever takes no part.
///
/// Take out: `names_in` of `App::entry` or of `thing_view`; the erased of `App::thing_or_erased`.
#[tokio::test]
async fn what_an_entry_names_is_called_by_its_name_and_what_was_erased_is_said_to_be() {
    let mut place = place(99);
    let fr = Person::of(place.pair.fr(), "agent", "liaison").await;
    let fields = [("title", "Relevé du port"), ("text", "Trois départs.")];
    let writing = Writing::on(place.dossier, &fields);
    let rests_on = place
        .pair
        .write(Side::Fr, "investigation.contribute", &writing);
    let rests_on = rests_on.entry.to_string();
    let fields = [
        ("name", "numéro 6"),
        ("nature", "fact"),
        ("rests_on", rests_on.as_str()),
    ];
    let writing = Writing::on(place.dossier, &fields);
    let thing = place
        .pair
        .write(Side::Fr, "investigation.phone", &writing)
        .entry;
    let (from, to) = (thing.to_string(), place.phones[0].to_string());
    let fields = [
        ("from_thing", from.as_str()),
        ("how", "called"),
        ("to_thing", to.as_str()),
        ("nature", "fact"),
    ];
    let writing = Writing::on(place.dossier, &fields);
    let link = place
        .pair
        .write(Side::Fr, "investigation.link", &writing)
        .entry;
    place.pair.settle();
    // What the way to an address says.
    let said = |page: &str, to: &str| -> Vec<String> {
        let way = format!("href=\"{to}\">");
        let ways = page.split(&way).skip(1);
        ways.map(|rest| rest.split("</a>").next().unwrap().to_owned())
            .collect()
    };
    let page = fr.get(&format!("/entries/{link}")).await;
    for (id, name) in [(&from, "numéro 6"), (&to, "numéro 1")] {
        let said = said(&page, &format!("/things/{id}"));
        assert!(said.iter().all(|way| way.contains(name)), "{said:?}");
        assert!(!said.is_empty());
    }
    let page = fr.get(&format!("/things/{thing}")).await;
    let said = said(&page, &format!("/entries/{rests_on}"));
    assert!(
        said.iter().any(|way| way.contains("Relevé du port")),
        "{said:?}"
    );
    let erase = [("entry", from.as_str()), ("_sure", "yes")];
    let write = format!("/dossiers/{}/write/erase", place.dossier);
    fr.post(&write, &erase).await;
    place.pair.settle();
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    for who in [&fr, &ma] {
        let (status, _) = who.fetch(&format!("/things/{thing}"), "en").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let left = who.get(&format!("/entries/{thing}")).await;
        assert!(left.contains("Content erased") && !left.contains("numéro 6"));
        let page = who.get(&format!("/entries/{link}")).await;
        assert!(page.contains("<strong class=\"tag\">erased</strong>"));
    }
    let other = Person::of(place.pair.fr(), "autre", "sauvetage").await;
    let (status, page) = other.fetch(&format!("/things/{thing}"), "en").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(!page.contains("erased"));
}
