//! What is asked of a chart, and what is seen of it: the same for the page, the API and the command line. Everything that is asked is a
//! parameter of the address; none orders anything by a figure, and an address that tries changes nothing (invariant 9).

use crate::i18n::Words;
use entente_app::views::ChartView;
use entente_chart::{
    Comparison, DRAWN, Dated, Day, Evaluation, Figure, Figures, Filter, Layout, Link, Look,
    Network, Reading, Sensitivity, Side, Sort, Span, Step, Thing, TimeSlice, View, Whole, chart,
};
use entente_core::kinds::investigation::lists::link_sort;
use entente_core::kinds::investigation::things::ThingSort;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Where a thing's mark leads.
type Leads<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Hundredths of the links that are taken away to see how far figures depend on them, and how often.
const MISSING: (usize, usize) = (10, 20);
/// Where what follows from chance begins: the same figures whenever the same is asked.
const SEED: u64 = 1;
/// Most lines of the table of links.
pub const LINES: usize = 2_000;
/// Slices of time that stand open; more are folded, and no step asked for means a longer one.
pub const SLICES: usize = 24;

/// What sizes the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marks {
    /// Nothing: all are alike.
    #[default]
    Same,
    /// How many things each is linked with.
    Links,
    /// Betweenness.
    Between,
}

impl Marks {
    /// Every choice, with its code.
    pub const ALL: [(&'static str, Self); 3] = [
        ("same", Self::Same),
        ("links", Self::Links),
        ("between", Self::Between),
    ];
}

/// What is asked of a chart.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What is let through.
    pub filter: Filter,
    /// Length of a time slice.
    pub step: Option<Step>,
    /// The thing chosen.
    pub thing: Option<String>,
    /// How many links around it; none for the whole view.
    pub around: Option<u32>,
    /// The other end of paths from it.
    pub to: Option<String>,
    /// What sizes the marks.
    pub marks: Marks,
    /// Whether groups are shown.
    pub groups: bool,
    /// Whether cut points are shown.
    pub cut: bool,
    /// Another time to compare with.
    pub than: Option<Span>,
}

impl Asked {
    /// What an address asks. What has no meaning asks nothing.
    #[must_use]
    pub fn of(query: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| {
            query
                .get(name)
                .map(String::as_str)
                .filter(|text| !text.is_empty())
        };
        let one = |name: &str| text(name).map(str::to_owned);
        let span = |from: &str, until: &str| {
            let day = |name: &str| text(name)?.parse::<Day>().ok().map(Dated::from);
            let span = Span {
                from: day(from),
                until: day(until),
            };
            (!span.undated()).then_some(span)
        };
        let marks =
            text("marks").and_then(|code| Marks::ALL.iter().find(|(known, _)| *known == code));
        Self {
            filter: Filter {
                origins: one("origin").into_iter().collect(),
                sorts: text("what").and_then(Sort::from_code).into_iter().collect(),
                relations: one("relation").into_iter().collect(),
                least: text("least").and_then(Evaluation::from_code),
                time: span("from", "until"),
                alone: text("alone").is_some(),
            },
            step: text("step").and_then(Step::from_code),
            thing: one("thing"),
            around: text("around")
                .and_then(|n| n.parse().ok())
                .filter(|n| (1..=5).contains(n)),
            to: one("to"),
            marks: marks.map(|(_, marks)| *marks).unwrap_or_default(),
            groups: text("groups").is_some(),
            cut: text("cut").is_some(),
            than: span("from2", "until2"),
        }
    }
}

/// What is seen of a network: owned, so that it can be shown wherever.
#[derive(Debug)]
pub struct Seen {
    /// Things in view, by label.
    pub things: Vec<Thing>,
    /// Links in view with the labels of their ends, in the order in which they came.
    pub links: Vec<(Link, String, String)>,
    /// Every thing that passes the filter, by label: what may be chosen.
    pub choices: Vec<(String, String)>,
    /// Figures of the view.
    pub whole: Whole,
    /// How many components have how many things.
    pub sizes: Vec<(usize, usize)>,
    /// The chart, where there is little enough to be read.
    pub svg: Option<String>,
    /// The thing chosen, where it is in view.
    pub chosen: Option<Chosen>,
    /// Links of the shortest path, where one was asked; nothing where there is none.
    pub path: Option<Option<u32>>,
    /// From how many things betweenness was estimated, where it was.
    pub estimated: Option<usize>,
    /// Groups, with how well the view falls into them.
    pub groups: Option<(usize, String)>,
    /// The timeline.
    pub slices: (Step, Vec<TimeSlice>),
    /// Links that are in no time slice.
    pub undated: usize,
    /// What changed from this time to the other.
    pub change: Option<Change>,
}

/// The thing that the reader chose.
#[derive(Debug)]
pub struct Chosen {
    /// Its identifier.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its figures, in this view.
    pub figures: Figures,
    /// How far they depend on links that may be missing.
    pub sensitivity: Option<Sensitivity>,
}

impl Chosen {
    /// Its figures with the keys of their words.
    #[must_use]
    pub fn figures(&self) -> Vec<Fact> {
        let f = &self.figures;
        let mut all = vec![
            fact("links", "chart-f-links", "chart-f-links-is", f.links),
            fact("reach", "chart-f-reach", "chart-f-reach-is", f.reach),
            fact(
                "between",
                "chart-f-between",
                "chart-f-between-is",
                f.between,
            ),
            fact(
                "closeness",
                "chart-f-closeness",
                "chart-f-closeness-is",
                f.closeness,
            ),
        ];
        let more = [
            f.constraint.map(|figure| {
                fact(
                    "constraint",
                    "chart-f-constraint",
                    "chart-f-constraint-is",
                    figure,
                )
            }),
            f.closure
                .map(|figure| fact("closure", "chart-f-closure", "chart-f-closure-is", figure)),
        ];
        all.extend(more.into_iter().flatten());
        all
    }

    /// Where it stands on the plane of links and betweenness: a code and the key of its sentence.
    #[must_use]
    pub fn position(&self) -> (&'static str, &'static str) {
        match (self.figures.position.links, self.figures.position.between) {
            (Side::Above, Side::Above) => ("both", "chart-position-both"),
            (Side::Below, Side::Above) => ("broker", "chart-position-broker"),
            (Side::Above, Side::Below) => ("links", "chart-position-links"),
            (Side::Below, Side::Below) => ("neither", "chart-position-neither"),
        }
    }
}

/// A figure with its code and the keys of its name and of what it is.
#[derive(Debug)]
pub struct Fact {
    /// Its code for programs.
    pub code: &'static str,
    /// Key of its name.
    pub name: &'static str,
    /// Key of what it is.
    pub is: &'static str,
    /// As text.
    pub figure: String,
}

fn fact(code: &'static str, name: &'static str, is: &'static str, figure: Figure) -> Fact {
    Fact {
        code,
        name,
        is,
        figure: figure.to_string(),
    }
}

/// What changed between two times, by label.
#[derive(Debug)]
pub struct Change {
    /// In both.
    pub stay: Vec<String>,
    /// In the other only.
    pub come: Vec<String>,
    /// In this only.
    pub go: Vec<String>,
    /// Pairs whose number of links differs: the two labels, links now, links then.
    pub pairs: Vec<(String, String, usize, usize)>,
}

/// Figures of a view: code, key of the name, figure.
#[must_use]
pub fn whole(of: &Whole) -> [(&'static str, &'static str, String); 7] {
    [
        ("things", "chart-v-things", of.things.to_string()),
        ("pairs", "chart-v-pairs", of.pairs.to_string()),
        (
            "components",
            "chart-v-components",
            of.components.to_string(),
        ),
        ("density", "chart-v-density", of.density.to_string()),
        ("closure", "chart-v-closure", of.closure.to_string()),
        (
            "transitivity",
            "chart-v-transitivity",
            of.transitivity.to_string(),
        ),
        (
            "centralisation",
            "chart-v-centralisation",
            of.centralisation.to_string(),
        ),
    ]
}

impl Seen {
    /// What is seen of a network by what was asked; `address` leads from a thing's mark.
    #[must_use]
    pub fn of(
        view: &ChartView,
        asked: &Asked,
        words: Words,
        address: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let network = &view.network;
        let base = network.view(&asked.filter);
        let (part, path) = part(&base, asked);
        let shown = part.as_ref().unwrap_or(&base);
        let reading = shown.read(asked.thing.as_deref(), SEED);
        let groups = asked.groups.then(|| shown.groups());
        let svg = drawn(
            shown,
            asked,
            (&reading, groups.as_ref()),
            (view, words, address),
        );
        let estimated = reading.estimated();
        let figures = reading.into_chosen();
        Self {
            choices: by_label(base.things())
                .into_iter()
                .map(|t| (t.id.clone(), t.label.clone()))
                .collect(),
            things: by_label(shown.things()).into_iter().cloned().collect(),
            links: lines(shown),
            whole: shown.whole(),
            sizes: shown.component_sizes(),
            chosen: figures
                .zip(asked.thing.as_deref())
                .and_then(|(figures, id)| chosen(id, figures, shown)),
            path,
            estimated,
            groups: groups
                .as_ref()
                .map(|groups| (groups.many(), groups.modularity().to_string())),
            slices: timeline(network, asked),
            undated: base.undated(),
            change: asked.than.map(|than| change(network, &base, asked, than)),
            svg,
        }
    }

    /// For a program. Figures are texts as people read them: of the view, and of the one thing that was asked for.
    #[must_use]
    pub fn json(&self, view: &ChartView) -> Value {
        let day = |date: Option<Dated>| date.map(|date| date.to_string());
        let thing = |t: &Thing| json!({"id": t.id, "label": t.label, "what": t.sort.code(), "origin": t.origin, "evaluation": t.evaluation.map(Evaluation::code)});
        let link = |(l, _, _): &(Link, String, String)| {
            json!({"from": l.from, "to": l.to, "how": l.relation, "directed": l.directed, "origin": l.origin, "evaluation": l.evaluation.map(Evaluation::code),
                "since": day(l.span.from), "until": day(l.span.until), "entries": l.sources})
        };
        let of_view = Value::Object(
            whole(&self.whole)
                .into_iter()
                .map(|(code, _, figure)| (code.to_owned(), json!(figure)))
                .collect(),
        );
        let slices = self.slices.1.iter().map(|s| json!({"from": s.slice.from.to_string(), "until": s.slice.until.to_string(), "things": s.things, "links": s.links, "unsure": s.unsure}));
        let chosen = self.chosen.as_ref().map(|c| {
            let figures = Value::Object(c.figures().into_iter().map(|fact| (fact.code.to_owned(), json!(fact.figure))).collect());
            json!({"id": c.id, "figures": figures, "position": c.position().0, "cut_point": c.figures.cut,
                "missing_links": c.sensitivity.as_ref().map(missing)})
        });
        json!({
            "things": self.things.iter().map(thing).collect::<Vec<_>>(), "links": self.links.iter().map(link).collect::<Vec<_>>(),
            "view": of_view, "components": self.sizes.iter().map(|(size, many)| json!({"things": size, "components": many})).collect::<Vec<_>>(),
            "chosen": chosen, "path": self.path, "estimated_from": self.estimated, "groups": self.groups.as_ref().map(|(many, fit)| json!({"groups": many, "modularity": fit})),
            "step": self.slices.0.code(), "slices": slices.collect::<Vec<_>>(), "undated": self.undated,
            "change": self.change.as_ref().map(|c| json!({"stay": c.stay.len(), "come": c.come, "go": c.go, "pairs": c.pairs.len()})),
            "withheld": view.things.withheld,
        })
    }
}

fn missing(of: &Sensitivity) -> Value {
    let range =
        |range: &entente_chart::Range| json!([range.low.to_string(), range.high.to_string()]);
    json!({"runs": of.runs, "pairs": of.missing, "links": range(&of.links), "between": range(&of.between), "closeness": range(&of.closeness), "same_mark": of.same_mark})
}

/// The part that was asked for: paths, or what is around a thing; and how long the paths are.
pub fn part<'n>(base: &View<'n>, asked: &Asked) -> (Option<View<'n>>, Option<Option<u32>>) {
    let Some(thing) = asked.thing.as_deref() else {
        return (None, None);
    };
    match (asked.to.as_deref(), asked.around) {
        (Some(to), _) => match base.between(thing, to) {
            Some((paths, length)) => (Some(paths), Some(Some(length))),
            None => (None, Some(None)),
        },
        (None, Some(steps)) => (base.ego(thing, steps), None),
        (None, None) => (None, None),
    }
}

fn chosen(id: &str, figures: Figures, shown: &View<'_>) -> Option<Chosen> {
    let thing = shown.network().thing(id)?;
    Some(Chosen {
        id: id.to_owned(),
        label: thing.label.clone(),
        figures,
        sensitivity: shown.sensitivity(id, MISSING.0, MISSING.1, SEED),
    })
}

fn by_label<'n>(things: impl Iterator<Item = &'n Thing>) -> Vec<&'n Thing> {
    let mut all: Vec<&Thing> = things.collect();
    all.sort_by(|a, b| a.label.cmp(&b.label).then_with(|| a.id.cmp(&b.id)));
    all
}

fn lines(shown: &View<'_>) -> Vec<(Link, String, String)> {
    let label = |id: &str| {
        shown
            .network()
            .thing(id)
            .map(|t| t.label.clone())
            .unwrap_or_default()
    };
    shown
        .links()
        .map(|link| (link.clone(), label(&link.from), label(&link.to)))
        .collect()
}

/// The slices by the step that was asked for; by none asked, the shortest from months on that a reader takes in at once.
fn timeline(network: &Network, asked: &Asked) -> (Step, Vec<TimeSlice>) {
    let cut = |step| entente_chart::slices(network, &asked.filter, step);
    if let Some(step) = asked.step {
        return cut(step);
    }
    let mut found = cut(Step::Month);
    for longer in [Step::Quarter, Step::Year] {
        if found.1.len() > SLICES {
            found = cut(longer);
        }
    }
    found
}

fn change(network: &Network, base: &View<'_>, asked: &Asked, than: Span) -> Change {
    let other = network.view(&Filter {
        time: Some(than),
        ..asked.filter.clone()
    });
    let Comparison {
        stay,
        come,
        go,
        pairs,
    } = entente_chart::compare(base, &other);
    let labels = |things: Vec<&Thing>| {
        by_label(things.into_iter())
            .into_iter()
            .map(|t| t.label.clone())
            .collect()
    };
    let changed = pairs.into_iter().filter(|pair| pair.before != pair.after);
    Change {
        stay: labels(stay),
        come: labels(come),
        go: labels(go),
        pairs: changed
            .map(|p| {
                (
                    p.one.label.clone(),
                    p.other.label.clone(),
                    p.before,
                    p.after,
                )
            })
            .collect(),
    }
}

/// Words of a sort of thing.
#[must_use]
pub fn sort_words(words: Words, sort: Sort) -> String {
    let known = ThingSort::ALL
        .into_iter()
        .find(|of| entente_app::views::chart_sort(*of) == sort);
    known.map_or_else(
        || words.t("chart-other"),
        |of| words.label(of.entry_type().label).to_owned(),
    )
}

/// Words of a relation; the code of one that a later version wrote.
#[must_use]
pub fn relation_words(words: Words, code: &str) -> String {
    link_sort(code).map_or_else(
        || code.to_owned(),
        |sort| words.label(sort.label).to_owned(),
    )
}

/// The words on a chart of so many things and links.
pub struct Said {
    /// The title.
    pub title: String,
    summary: String,
    cut: String,
}

impl Said {
    /// For a view.
    #[must_use]
    pub fn of(words: Words, shown: &View<'_>) -> Self {
        let number = |n: usize| words.number(u64::try_from(n).unwrap_or(u64::MAX));
        Self {
            title: words.t("chart-title"),
            summary: words.two(
                "chart-summary",
                &number(shown.len()),
                &number(shown.links().count()),
            ),
            cut: words.t("chart-cut-point"),
        }
    }
}

/// What draws a chart: the view with its words.
fn drawn(
    shown: &View<'_>,
    asked: &Asked,
    (reading, groups): (&Reading<'_>, Option<&entente_chart::Groups<'_>>),
    (view, words, address): (&ChartView, Words, &Leads<'_>),
) -> Option<String> {
    let layout = Layout::of(shown).filter(|_| !shown.is_empty())?;
    let said = Said::of(words, shown);
    let by_links = |id: &str| reading.by_links(id);
    let by_between = |id: &str| reading.by_between(id);
    let ours = ours(view);
    let look = Look {
        ours: &ours,
        chosen: asked.thing.as_deref(),
        size: match asked.marks {
            Marks::Same => None,
            Marks::Links => Some(&by_links),
            Marks::Between => Some(&by_between),
        },
        reading: asked.cut.then_some(reading),
        groups,
        address,
    };
    Some(with_words(words, &said, |w| {
        chart(shown, &layout, &look, w)
    }))
}

/// Calls with the words of a chart, which borrow from closures.
pub fn with_words<T>(
    words: Words,
    said: &Said,
    call: impl FnOnce(&entente_chart::Words<'_>) -> T,
) -> T {
    call(&entente_chart::Words {
        title: &said.title,
        summary: &said.summary,
        sort: &|sort| sort_words(words, sort),
        relation: &|code| relation_words(words, code),
        linked: &|many| words.count("chart-linked", u64::try_from(many).unwrap_or(u64::MAX)),
        cut: &said.cut,
        group: &|number| {
            words.s(
                "chart-group",
                &words.number(u64::try_from(number).unwrap_or(u64::MAX)),
            )
        },
    })
}

/// The name of our node, as far as the things say it.
#[must_use]
pub fn ours(view: &ChartView) -> String {
    let things = view.things.things.iter().map(|thing| &thing.brought);
    let mut all = things.chain(view.things.links.iter().map(|link| &link.brought));
    all.find(|by| by.ours)
        .map(|by| by.origin.to_string())
        .unwrap_or_default()
}

/// Sorts of things and of links, and origins, that a network has: the choices of its filters.
#[must_use]
pub fn offered(network: &Network) -> (BTreeSet<Sort>, BTreeSet<&str>, BTreeSet<&str>) {
    let sorts = network.things().iter().map(|thing| thing.sort).collect();
    (sorts, network.relations(), network.origins())
}

/// Whether so many things can be drawn.
#[must_use]
pub fn too_many(things: usize) -> bool {
    things > DRAWN
}
