//! What is drawn: every thing reached by the keyboard and named, no meaning by colour alone, nothing of a name read as markup.

use super::{all, code, link, thing};
use crate::{
    Filter, Layout, Link, Look, Network, Paper, Plate, Sign, Sort, Thing, Words, chart, plate,
};

fn network() -> Network {
    let hostile = Thing {
        label: "<script>\"x\" & 'y'\u{1}".to_owned(),
        sort: Sort::Vehicle,
        ..thing("a")
    };
    let theirs = Thing {
        origin: "ma".to_owned(),
        evaluation: Some(code("B2")),
        ..thing("b")
    };
    let links = vec![
        Link {
            directed: true,
            evaluation: Some(code("A1")),
            ..link("b", "a")
        },
        Link {
            evaluation: Some(code("C3")),
            ..link("b", "c")
        },
        link("c", "d"),
        link("d", "d"),
    ];
    Network::new(vec![hostile, theirs, thing("c"), thing("d")], links).unwrap()
}

fn words() -> Words<'static> {
    Words {
        title: "Links",
        summary: "4 things",
        sort: &|sort| sort.code().to_owned(),
        relation: &str::to_owned,
        linked: &|many| format!("{many} linked"),
        cut: "cut point",
        group: &|number| format!("group {number}"),
    }
}

fn drawn(address: &dyn Fn(&str) -> Option<String>) -> String {
    let network = network();
    let view = all(&network);
    let layout = Layout::of(&view).unwrap();
    let reading = view.read(Some("b"), 0);
    let groups = view.groups();
    let look = Look {
        ours: "fr",
        chosen: Some("b"),
        size: None,
        reading: Some(&reading),
        groups: Some(&groups),
        address,
    };
    chart(&view, &layout, &look, &words())
}

#[test]
fn names_are_text_and_every_thing_is_reached_and_named() {
    let svg = drawn(&|id| Some(format!("?thing={id}&x=\"")));
    assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;"));
    assert!(!svg.contains('\u{1}'));
    assert_eq!(svg.matches("<a class=\"thing ").count(), 4);
    assert!(svg.contains("href=\"?thing=b&amp;x=&quot;\""));
    assert!(
        svg.contains("<title>Nb, person, ma, B2, 2 linked, cut point, group 1</title>"),
        "{svg}"
    );
    assert_eq!(svg.matches("aria-current=\"true\"").count(), 1);
    let still = drawn(&|_| None);
    assert_eq!(still.matches("tabindex=\"0\" role=\"img\"").count(), 4);
}

#[test]
fn signs_have_shapes_not_colours() {
    let svg = drawn(&|_| None);
    // Two outlines for what a partner brought, one filled for ours.
    let theirs = svg
        .split("<g class=\"thing person theirs chosen\"")
        .nth(1)
        .unwrap();
    let theirs = theirs.split("</g>").next().unwrap();
    assert_eq!(theirs.matches("class=\"mark\" fill=\"none\"").count(), 2);
    assert!(theirs.contains("class=\"cut\"") && theirs.contains("<rect class=\"chosen\""));
    assert!(svg.contains("class=\"link sure ours\"") && svg.contains("class=\"link unsure ours\""));
    assert!(svg.contains("stroke-dasharray=\"1.5 4\"") && svg.contains("stroke-dasharray=\"7 4\""));
    assert_eq!(svg.matches("marker-end").count(), 1);
    for colour in ["red", "green", "#f", "rgb"] {
        assert!(!svg.contains(colour), "{colour}");
    }
    let shapes: std::collections::BTreeSet<String> = Sort::ALL
        .iter()
        .map(|sort| {
            let network = Network::new(
                vec![Thing {
                    sort: *sort,
                    ..thing("a")
                }],
                Vec::new(),
            )
            .unwrap();
            let view = all(&network);
            let look = Look {
                ours: "fr",
                chosen: None,
                size: None,
                reading: None,
                groups: None,
                address: &|_| None,
            };
            let svg = chart(&view, &Layout::of(&view).unwrap(), &look, &words());
            svg.split("</title>").last().unwrap().to_owned()
        })
        .collect();
    assert_eq!(
        shapes.len(),
        Sort::ALL.len(),
        "each sort has a shape of its own"
    );
}

#[test]
fn an_arrow_leads_from_one_to_the_other() {
    let svg = drawn(&|_| None);
    let arrow = svg
        .split("<line ")
        .find(|line| line.contains("marker-end"))
        .unwrap();
    let at = |name: &str| -> f64 {
        arrow
            .split(&format!("{name}=\""))
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    };
    let network = network();
    let view = all(&network);
    let layout = Layout::of(&view).unwrap();
    // It ends at "a", which is the first thing, and the link leads from "b" to "a".
    let end = layout.places()[0];
    let far = |x: f64, y: f64| ((x - end.x).powi(2) + (y - end.y).powi(2)).sqrt();
    assert!(far(at("x2"), at("y2")) < far(at("x1"), at("y1")));
}

#[test]
fn a_plate_has_handling_legend_sources_and_day() {
    let network = network();
    let view = all(&network);
    let layout = Layout::of(&view).unwrap();
    let look = Look {
        ours: "fr",
        chosen: None,
        size: None,
        reading: None,
        groups: None,
        address: &|_| None,
    };
    let sources: Vec<String> = (0..60)
        .map(|n| format!("fr-{n} a source of several words"))
        .collect();
    for (paper, size, rtl) in [
        (Paper::A4, "width=\"297mm\" height=\"210mm\"", false),
        (Paper::A3, "width=\"420mm\" height=\"297mm\"", true),
    ] {
        let sheet = Plate {
            paper,
            rtl,
            handling: "RESTRICTED H1",
            title: "Chart of fr-2015-1",
            drawn: "2015-05-28",
            legend: "Legend",
            signs: &[
                (Sign::Theirs, "from a partner".to_owned()),
                (Sign::Unsure, "less sure".to_owned()),
            ],
            sources: ("Sources", &sources),
            remarks: &["Figures belong to this view".to_owned()],
        };
        let svg = plate(&view, &layout, (&look, &words()), &sheet);
        assert!(svg.contains(size));
        assert_eq!(svg.matches("RESTRICTED H1").count(), 2, "at head and foot");
        for said in [
            "2015-05-28",
            "Legend",
            "from a partner",
            "Sources",
            "fr-0 a source",
            "vehicle",
            "person",
        ] {
            assert!(svg.contains(said), "{said}");
        }
        assert!(svg.contains('\u{2026}'), "what does not fit is told");
        assert_eq!(svg.contains("direction=\"rtl\""), rtl);
    }
}

#[test]
fn too_much_is_not_drawn() {
    let things = (0..=crate::DRAWN)
        .map(|n| thing(&format!("{n:04}")))
        .collect();
    let network = Network::new(things, vec![link("0000", "0001")]).unwrap();
    assert!(Layout::of(&all(&network)).is_none());
    assert!(
        Layout::of(&network.view(&Filter::default())).is_some(),
        "two things have a link"
    );
}
