//! The four dismantled networks of the shared data (Morselli 2009), held against what is published of them and against figures that an
//! independent program (networkx 3.6.1) gives for the same links. Participants are numbers.

use super::{all, link, said, thing};
use crate::{Day, Layout, Network, Side, Span, View, compare};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The folder beside the repository, or beside the folder of its worktrees.
fn folder() -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = [
        "../../../shared/data/networks",
        "../../../../shared/data/networks",
    ]
    .map(|path| here.join(path))
    .into_iter()
    .find(|path| path.is_dir());
    if found.is_none() {
        println!("skipped: shared data absent");
    }
    found
}

#[expect(clippy::disallowed_methods, reason = "a test reads the shared data")]
fn graphs(file: &str) -> Option<BTreeMap<String, Network>> {
    let text = std::fs::read(folder()?.join(file)).unwrap();
    let data: Value = serde_json::from_slice(&text).unwrap();
    let graphs = data["graphs"].as_array().unwrap().iter();
    Some(
        graphs
            .map(|graph| (graph["name"].as_str().unwrap().to_owned(), network(graph)))
            .collect(),
    )
}

fn network(graph: &Value) -> Network {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let things = graph["nodes"].as_array().unwrap().iter();
    let links = graph["edges"].as_array().unwrap().iter();
    Network::new(
        things.map(|node| thing(&text(&node["id"]))).collect(),
        links
            .map(|edge| link(&text(&edge["a"]), &text(&edge["b"])))
            .collect(),
    )
    .unwrap()
}

/// All eleven phases as one network: a link of phase n is dated in the n-th month of the counting.
fn phases(graphs: &BTreeMap<String, Network>) -> Network {
    let mut things = BTreeMap::new();
    let mut links = Vec::new();
    for phase in 1..=11 {
        let graph = &graphs[&format!("CAVIAR{phase}")];
        things.extend(
            graph
                .things()
                .iter()
                .map(|thing| (thing.id.clone(), thing.clone())),
        );
        links.extend(graph.links().cloned().map(|mut link| {
            link.span = month(phase);
            link
        }));
    }
    Network::new(things.into_values().collect(), links).unwrap()
}

fn month(phase: i32) -> Span {
    Span {
        from: Day::of(1994, phase, 1).map(Into::into),
        until: Day::of(1994, phase, 28).map(Into::into),
    }
}

fn during(network: &Network, first: i32, last: i32) -> View<'_> {
    network.view(&crate::Filter {
        time: Some(Span {
            from: month(first).from,
            until: month(last).until,
        }),
        ..crate::Filter::default()
    })
}

#[test]
fn caviar_is_what_is_published_of_it() {
    let Some(graphs) = graphs("caviar.json") else {
        return;
    };
    let full = all(&graphs["CAVIAR_FULL"]);
    let whole = full.whole();
    let figures = [
        whole.things,
        whole.pairs,
        whole.components,
        whole.density,
        whole.closure,
        whole.transitivity,
        whole.centralisation,
    ];
    assert_eq!(
        figures.map(|f| f.to_string()),
        ["110", "205", "1", "0.034", "0.335", "0.123", "0.526"]
    );
    let expected = [
        (
            "1",
            ["60", "0.550", "0.637", "0.677", "0.042", "0.041"],
            true,
        ),
        (
            "12",
            ["28", "0.257", "0.292", "0.529", "0.058", "0.063"],
            true,
        ),
        (
            "3",
            ["27", "0.248", "0.105", "0.537", "0.122", "0.148"],
            true,
        ),
        (
            "87",
            ["16", "0.147", "0.119", "0.482", "0.098", "0.133"],
            true,
        ),
        (
            "76",
            ["15", "0.138", "0.115", "0.505", "0.117", "0.181"],
            true,
        ),
        (
            "110",
            ["1", "0.009", "0.000", "0.322", "1.000", "none"],
            false,
        ),
    ];
    for (id, figures, cut) in expected {
        let reading = full.read(Some(id), 0);
        let chosen = reading.chosen().unwrap();
        assert_eq!(said(chosen), figures, "N{id}");
        assert_eq!(chosen.cut, cut, "N{id}");
        // The two coordinators, the lieutenant and the financial investor (Morselli 2009) stand high on both sides of the plane.
        if ["1", "12", "3", "87"].contains(&id) {
            assert_eq!(
                (chosen.position.links, chosen.position.between),
                (Side::Above, Side::Above),
                "N{id}"
            );
        }
        assert!(reading.estimated().is_none());
    }
    let reading = full.read(None, 0);
    assert_eq!(
        full.things().filter(|thing| reading.cut(&thing.id)).count(),
        12
    );
    // Greedy joining finds 0.4748 here, Louvain 0.4751.
    let found: f64 = full.groups().modularity().to_string().parse().unwrap();
    assert!((0.45..0.49).contains(&found), "{found}");
}

#[test]
fn phases_of_caviar_are_slices_of_one_network() {
    let Some(graphs) = graphs("caviar.json") else {
        return;
    };
    let network = phases(&graphs);
    assert_eq!(network.things().len(), 104);
    let sizes = [
        (15, 18),
        (24, 28),
        (33, 56),
        (33, 48),
        (32, 39),
        (27, 47),
        (34, 44),
        (42, 58),
        (34, 44),
        (42, 50),
        (41, 50),
    ];
    for (phase, size) in (1..).zip(sizes) {
        let view = during(&network, phase, phase);
        assert_eq!((view.len(), view.links().count()), size, "phase {phase}");
    }
    let (step, slices) = crate::slices(&network, &crate::Filter::default(), crate::Step::Month);
    assert_eq!(step, crate::Step::Month);
    assert_eq!(
        slices
            .iter()
            .map(|s| (s.things, s.links))
            .collect::<Vec<_>>(),
        sizes
    );

    // The shared data's own order of a first run: one side holds phases 1 to 6, the other 5 to 11, and they have 39 in common.
    let (a, b) = (during(&network, 1, 6), during(&network, 5, 11));
    let both = compare(&a, &b);
    assert_eq!((a.len(), b.len(), both.stay.len()), (56, 87, 39));
    assert_eq!(both.stay.len() + both.come.len() + both.go.len(), 104);

    let (first, second) = (during(&network, 1, 1), during(&network, 2, 2));
    let change = compare(&first, &second);
    assert_eq!(
        (change.stay.len(), change.come.len(), change.go.len()),
        (13, 11, 2)
    );
    let stayed = change
        .pairs
        .iter()
        .filter(|pair| pair.before > 0 && pair.after > 0);
    assert_eq!((stayed.count(), change.pairs.len()), (12, 34));
}

#[test]
fn neighbours_and_paths_of_caviar() {
    let Some(graphs) = graphs("caviar.json") else {
        return;
    };
    let full = all(&graphs["CAVIAR_FULL"]);
    let (one, two) = (full.ego("12", 1).unwrap(), full.ego("12", 2).unwrap());
    assert_eq!((one.len(), one.links().count(), two.len()), (29, 52, 95));
    let (paths, length) = full.between("12", "88").unwrap();
    let on: Vec<&str> = paths.things().map(|thing| thing.id.as_str()).collect();
    assert_eq!((length, on), (2, vec!["1", "12", "3", "88"]));
    let tenth = all(&graphs["CAVIAR10"]);
    assert_eq!(tenth.components().len(), 3);
    assert_eq!(
        tenth
            .component_sizes()
            .iter()
            .map(|(_, many)| many)
            .sum::<usize>(),
        3
    );
}

#[test]
fn ciel_siren_and_togo_agree_with_another_program() {
    let expected = [
        (
            "ciel.json",
            "CIELNET",
            ["25", "35", "0.117", "0.327"],
            "N2",
            ["12", "0.500", "0.641", "0.649", "0.138", "0.076"],
        ),
        (
            "siren.json",
            "SIREN",
            ["44", "103", "0.109", "0.579"],
            "1",
            ["33", "0.767", "0.798", "0.811", "0.065", "0.059"],
        ),
        (
            "togo.json",
            "TOGO",
            ["33", "47", "0.089", "0.475"],
            "29",
            ["9", "0.281", "0.295", "0.516", "0.201", "0.111"],
        ),
    ];
    for (file, name, of_all, id, of_one) in expected {
        let Some(graphs) = graphs(file) else {
            return;
        };
        let view = all(&graphs[name]);
        let whole = view.whole();
        assert_eq!(
            [whole.things, whole.pairs, whole.density, whole.closure].map(|f| f.to_string()),
            of_all,
            "{file}"
        );
        assert_eq!(
            said(view.read(Some(id), 0).chosen().unwrap()),
            of_one,
            "{file}"
        );
        let layout = Layout::of(&view).unwrap();
        super::properties::apart(&layout);
    }
}

#[test]
fn missing_links_change_figures_within_what_is_told() {
    let Some(graphs) = graphs("caviar.json") else {
        return;
    };
    let full = all(&graphs["CAVIAR_FULL"]);
    let told = full.sensitivity("1", 10, 20, 7).unwrap();
    assert_eq!((told.runs, told.missing), (20, 20));
    let number = |figure: crate::Figure| figure.to_string().parse::<f64>().unwrap();
    // A tenth of 205 links are gone: at least forty of sixty are left, and the highest is no more than all.
    assert!(number(told.links.low) >= 40.0 && number(told.links.high) <= 60.0);
    assert!(
        number(told.between.low) > 0.4 && number(told.between.low) <= number(told.between.high)
    );
    assert_eq!(
        told.same_mark, 20,
        "one who stands out so far does so without a tenth of the links too"
    );
    let again = full.sensitivity("1", 10, 20, 7).unwrap();
    assert_eq!(
        format!("{} {}", told.between.low, told.between.high),
        format!("{} {}", again.between.low, again.between.high)
    );
    assert!(full.sensitivity("none", 10, 20, 7).is_none());
}

/// The shape tells something: linked things stand nearer to each other than things do on the whole, and the sheet is one that fits a screen.
#[test]
fn caviar_keeps_its_shape_on_the_sheet() {
    let Some(graphs) = graphs("caviar.json") else {
        return;
    };
    let full = all(&graphs["CAVIAR_FULL"]);
    let layout = Layout::of(&full).unwrap();
    super::properties::apart(&layout);
    let shape = layout.width / layout.height;
    assert!(
        (0.6..=2.6).contains(&shape),
        "{} by {}",
        layout.width,
        layout.height
    );
    let far = |a: usize, b: usize| {
        let (a, b) = (layout.places()[a], layout.places()[b]);
        ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt()
    };
    let pairs = full.pairs();
    let linked: f64 = pairs.iter().map(|(a, b)| far(*a, *b)).sum::<f64>() / 205.0;
    let every: Vec<f64> = (0..110)
        .flat_map(|a| (0..a).map(move |b| (a, b)))
        .map(|(a, b)| far(a, b))
        .collect();
    let mean = every.iter().sum::<f64>() / 5_995.0;
    assert!(linked < mean * 0.75, "{linked} of {mean}");
}
