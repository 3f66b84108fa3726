//! Invariant 9 over all that a person or a program can name: every control of every page, every filter in a link, every parameter,
//! property and code of the interface, every key of its answers, every heading of a table.

use super::*;
use entente_testkit::never;
use std::collections::BTreeSet;

/// What stands between a tag of this name and its end, without the tags inside.
fn inside(page: &str, tag: &str) -> Vec<String> {
    let open = format!("<{tag}");
    let starts = page.split(&open).skip(1);
    let named = starts.filter(|rest| rest.starts_with([' ', '>']));
    let text = |rest: &str| {
        let body = rest.split_once('>').map_or("", |(_, body)| body);
        let body = body.split(&format!("</{tag}>")).next().unwrap_or_default();
        let pieces = body.split('<').enumerate();
        let words = pieces.map(|(n, piece)| match n {
            0 => piece,
            _ => piece.split_once('>').map_or("", |(_, text)| text),
        });
        words.collect::<Vec<_>>().join(" ")
    };
    named.map(text).collect()
}

/// The values of an attribute, wherever it stands.
fn attributes(page: &str, name: &str) -> Vec<String> {
    let begins = format!(" {name}=\"");
    let value = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
    page.split(&begins).skip(1).map(value).collect()
}

/// The names by which the links of a page filter.
fn filters(page: &str) -> Vec<String> {
    let links = attributes(page, "href").into_iter();
    let queries = links.filter_map(|link| link.split_once('?').map(|(_, query)| query.to_owned()));
    let names = |query: String| {
        let pairs = query.replace("&amp;", "&");
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        pairs.split('&').map(name).collect::<Vec<_>>()
    };
    queries.flat_map(names).collect()
}

fn keys(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            out.insert(key.clone());
            keys(value, out);
        }),
        Value::Array(all) => all.iter().for_each(|value| keys(value, out)),
        _ => {}
    }
}

/// Every text that the document of the interface says: names, descriptions, codes.
fn texts(value: &Value, out: &mut BTreeSet<String>) {
    keys(value, out);
    match value {
        Value::Object(map) => map.values().for_each(|value| texts(value, out)),
        Value::Array(all) => all.iter().for_each(|value| texts(value, out)),
        Value::String(text) => drop(out.insert(text.clone())),
        _ => {}
    }
}

#[tokio::test]
async fn invariant_09_no_control_filter_or_heading_of_a_page_asks_it() {
    let (router, _) = world();
    let mut controls = 0;
    for lang in Lang::ALL {
        for path in pages() {
            let page = text(ask(&router, get(&path, lang.as_str())).await).await;
            let said = ["label", "legend", "option", "th", "summary", "button"];
            let named = ["name", "placeholder", "aria-label"];
            let said = said.iter().flat_map(|tag| inside(&page, tag));
            let named = named.iter().flat_map(|name| attributes(&page, name));
            for asks in said.chain(named).chain(filters(&page)) {
                assert_eq!(never::asked(&asks), None, "{path} in {lang}: {asks}");
                controls += 1;
            }
        }
    }
    assert!(
        controls > 5_000,
        "{controls} controls, filters and headings"
    );
}

#[tokio::test]
async fn invariant_09_no_parameter_code_or_answer_of_the_interface_names_it() {
    let (router, _) = world();
    let mut said = BTreeSet::new();
    for lang in Lang::ALL {
        let document = text(ask(&router, get("/api/openapi.json", lang.as_str())).await).await;
        texts(&serde_json::from_str(&document).unwrap(), &mut said);
    }
    let (d, e) = (dossier_id(7), entry_id(2));
    for path in [
        "me".to_owned(),
        "today".into(),
        "dossiers?q=x".into(),
        format!("dossiers/{d}"),
        format!("entries/{e}"),
        format!("dossiers/{d}/chart?thing={e}&groups=yes&from2=2015-01-01"),
        format!("forms/feedback?dossier={d}"),
        "ledger".into(),
        "reviews".into(),
        "balance/fr?period=month".into(),
        "statistics".into(),
        "links".into(),
        "partners/fr".into(),
    ] {
        let answer = text(ask(&router, get(&format!("/api/v1/{path}"), "en")).await).await;
        keys(&serde_json::from_str(&answer).unwrap(), &mut said);
    }
    assert!(said.len() > 500, "{}", said.len());
    for word in said {
        assert_eq!(never::asked(&word), None, "{word}");
    }
}

/// The search returns entries and dossiers, never a list of persons: all that one of its hits says.
#[tokio::test]
async fn invariant_09_a_search_returns_no_list_of_persons() {
    let (router, _) = world();
    let answer = text(ask(&router, get("/api/v1/dossiers?q=x", "en")).await).await;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let of = |value: &Value| -> Vec<String> {
        let map = value.as_object().unwrap();
        map.keys().cloned().collect()
    };
    assert_eq!(of(&answer), ["lines", "total", "hits", "numbered"]);
    let hit = &answer["hits"][0];
    assert_eq!(
        of(hit),
        ["dossier", "entry", "type", "words", "corrected", "at"]
    );
}

/// Parameters by which lists are put in order or cut off: a figure of a chart could stand in any of them, so that there are none anywhere.
const ORDERS: [&str; 9] = [
    "sort",
    "order",
    "orderby",
    "rank",
    "ranking",
    "top",
    "threshold",
    "above",
    "below",
];

#[tokio::test]
async fn invariant_09_nothing_is_ordered_or_cut_off_by_a_figure() {
    let (router, _) = world();
    let mut names = BTreeSet::new();
    for path in pages() {
        let page = text(ask(&router, get(&path, "en")).await).await;
        names.extend(attributes(&page, "name"));
        names.extend(filters(&page));
    }
    let document = text(ask(&router, get("/api/openapi.json", "en")).await).await;
    let document: Value = serde_json::from_str(&document).unwrap();
    for route in document["paths"].as_object().unwrap().values() {
        for method in route.as_object().unwrap().values() {
            let parameters = method["parameters"].as_array().into_iter().flatten();
            names.extend(
                parameters
                    .filter_map(|one| one["name"].as_str())
                    .map(str::to_owned),
            );
        }
    }
    assert!(
        names.contains("around") && names.contains("least"),
        "those of a chart are among them"
    );
    for name in names {
        let orders = ORDERS
            .iter()
            .any(|word| name == *word || name == format!("{word}_by"));
        assert!(!orders, "{name}");
    }
}
