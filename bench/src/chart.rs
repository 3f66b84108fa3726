//! `chart`: a chart of 500 things from links to SVG, and what is asked of a network of 100,000. Each beside what the graph library itself takes in
//! the same run for the least that the question needs: all distances between 500 things, the components of 100,000.

use crate::{Figures, percentile, round, size, text};
use entente_chart::{Filter, Layout, Link, Look, Network, Sort, Span, Thing, View, Words, chart};
use petgraph::algo::{connected_components, dijkstra};
use petgraph::graph::{NodeIndex, UnGraph};
use std::time::Instant;

/// Times that each is done.
const TIMES: usize = 9;

pub(crate) fn run() -> Result<Figures, String> {
    let drawn = usize::try_from(size("DRAWN", 500)).map_err(text)?;
    let things = usize::try_from(size("THINGS", 100_000)).map_err(text)?;
    let mut figures = small(drawn)?;
    figures.extend(large(things)?);
    Ok(figures)
}

/// The layout of 500 things, and how it stands to the distances between them.
pub(crate) fn layout() -> Result<Figures, String> {
    let drawn = usize::try_from(size("DRAWN", 500)).map_err(text)?;
    let mut figures = small(drawn)?;
    figures.retain(|(name, _)| name.starts_with("layout"));
    Ok(figures)
}

fn small(things: usize) -> Result<Figures, String> {
    let pairs = pairs(things);
    let network = network(things, &pairs)?;
    let view = network.view(&Filter::default());
    let graph = graph(things, &pairs);
    let distances = timed(|| {
        let all = graph
            .node_indices()
            .map(|from| dijkstra(&graph, from, None, |_| 1_u32).len());
        all.sum::<usize>()
    });
    let layout = timed(|| Layout::of(&view));
    let page = timed(|| answer(&view));
    let read = timed(|| view.read(Some("00000001"), 1).estimated());
    Ok(vec![
        ("drawn", view.len().to_string()),
        ("layout_ms", round(layout)),
        ("layout_to_distances", round(layout / distances)),
        ("chart_ms", round(page)),
        ("read_ms", round(read)),
    ])
}

fn large(things: usize) -> Result<Figures, String> {
    let pairs = pairs(things);
    let begun = Instant::now();
    let network = network(things, &pairs)?;
    let built = begun.elapsed().as_secs_f64() * 1_000.0;
    let graph = graph(things, &pairs);
    let components = timed(|| connected_components(&graph));
    let all = Filter::default();
    let view = network.view(&all);
    let seen = timed(|| network.view(&all).len());
    let told = timed(|| network.view(&all).component_sizes().len());
    let near = timed(|| {
        let view = network.view(&all);
        view.ego("00000777", 2).map_or(0, |near| answer(&near))
    });
    let read = timed(|| view.read(Some("00000777"), 1).estimated());
    let groups = timed(|| view.groups().many());
    let whole = timed(|| view.whole().things.to_string());
    Ok(vec![
        ("things", network.things().len().to_string()),
        ("links", network.link_count().to_string()),
        ("built_ms", round(built)),
        ("view_ms", round(seen)),
        ("components_ms", round(told)),
        ("components_to_library", round(told / components)),
        ("near_ms", round(near)),
        ("read_all_ms", round(read)),
        ("read_to_components", round(read / components)),
        ("groups_ms", round(groups)),
        ("whole_ms", round(whole)),
    ])
}

/// What a page shows of a view that can be drawn: marks, groups, places, SVG. Gives its length.
fn answer(view: &View<'_>) -> usize {
    let (reading, groups) = (view.read(None, 1), view.groups());
    let size = |id: &str| reading.by_links(id);
    let look = Look {
        ours: "fr",
        chosen: None,
        size: Some(&size),
        reading: Some(&reading),
        groups: Some(&groups),
        address: &|id| Some(format!("?thing={id}")),
    };
    let words = Words {
        title: "Links",
        summary: "Links",
        sort: &|sort| sort.code().to_owned(),
        relation: &str::to_owned,
        linked: &|many| many.to_string(),
        cut: "cut",
        group: &|number| number.to_string(),
    };
    Layout::of(view).map_or(0, |layout| chart(view, &layout, &look, &words).len())
}

/// Links as networks of people have them: most to few, some to many, and groups. Each thing is linked with an earlier one of its group of
/// fifty, and with one that many others are linked with.
fn pairs(things: usize) -> Vec<(usize, usize)> {
    let hub = |n: usize| n / 50 * 50;
    let near = (1..things).map(|n| (n, n - 1 - (n * 7) % n.clamp(1, 12)));
    let far = (1..things).map(|n| (n, if n % 9 == 0 { hub(n / 3) } else { hub(n) }));
    near.chain(far).filter(|(a, b)| a != b).collect()
}

fn network(things: usize, pairs: &[(usize, usize)]) -> Result<Network, String> {
    let id = |n: usize| format!("{n:08}");
    let thing = |n: usize| Thing {
        id: id(n),
        label: format!("Thing number {n}"),
        sort: Sort::ALL[n % Sort::ALL.len()],
        origin: if n.is_multiple_of(3) { "ma" } else { "fr" }.to_owned(),
        evaluation: None,
        span: Span::default(),
    };
    let link = |(a, b): &(usize, usize)| Link {
        from: id(*a),
        to: id(*b),
        relation: "called".to_owned(),
        directed: true,
        origin: "fr".to_owned(),
        evaluation: None,
        span: Span::default(),
        sources: Vec::new(),
    };
    Network::new(
        (0..things).map(thing).collect(),
        pairs.iter().map(link).collect(),
    )
    .map_err(text)
}

fn graph(things: usize, pairs: &[(usize, usize)]) -> UnGraph<(), ()> {
    let mut graph = UnGraph::with_capacity(things, pairs.len());
    for _ in 0..things {
        graph.add_node(());
    }
    for (a, b) in pairs {
        graph.add_edge(NodeIndex::new(*a), NodeIndex::new(*b), ());
    }
    graph
}

/// Milliseconds of the median of several times.
fn timed<T>(what: impl Fn() -> T) -> f64 {
    let mut times: Vec<f64> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(what());
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    percentile(&times, 0.5)
}
