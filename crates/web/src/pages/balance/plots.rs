//! The balance as small plots: how things stand, how it went over the years, by kind and by service, meetings and commitments.

use super::year_words;
use crate::i18n::Words;
use crate::pages::charter::kind_name;
use crate::pages::declaration::topic_words;
use crate::plot::{Group, Legend, Plot, bars, columns, count, figure, lines, percent, stacks};
use entente_app::views::BalanceView;
use entente_core::balance::{Account, Figures, Promises, Reading, Year};
use entente_core::ids::NodeName;
use maud::{Markup, html};

/// Most kinds and services that are drawn: the table of all figures has every one.
const ROWS: usize = 8;

/// All plots in the order in which they are read; what there is nothing of is left out.
pub fn all(words: Words, view: &BalanceView) -> Markup {
    let made = made(words, view);
    html! { div.plots { @for one in &made { section.panel { (one) } } } }
}

/// Each plot with its name, legend and table.
pub fn made(words: Words, view: &BalanceView) -> Vec<Markup> {
    let id = |name: &str| format!("{name}-{}", words.lang.as_str());
    let mut out = Vec::new();
    let mut add = |plot: Plot<'_>, draw: fn(&Plot<'_>) -> Markup, legend: Legend| {
        if !plot.is_empty() {
            out.push(figure(&plot, &draw(&plot), legend));
        }
    };
    add(
        standing(words, view, &id("standing")),
        stacks,
        Legend::Parts,
    );
    add(asked(words, view, &id("asked")), columns, Legend::Series);
    add(on_time(words, view, &id("on-time")), lines, Legend::Lines);
    add(feedback(words, view, &id("feedback")), lines, Legend::Lines);
    add(kinds(words, view, &id("kinds")), bars, Legend::Series);
    add(services(words, view, &id("services")), bars, Legend::Series);
    add(
        promises(
            words,
            view,
            (&id("commitments"), "balance-commitments"),
            |of| &of.commitments,
        ),
        stacks,
        Legend::Parts,
    );
    add(themes(words, view, &id("themes")), stacks, Legend::Parts);
    add(kept(words, view, &id("kept")), lines, Legend::Lines);
    add(
        promises(words, view, (&id("decisions"), "balance-decisions"), |of| {
            &of.decisions
        }),
        stacks,
        Legend::Parts,
    );
    add(
        meetings(words, view, &id("meetings")),
        columns,
        Legend::None,
    );
    out
}

/// The sides' names in their order.
fn names(view: &BalanceView) -> Vec<String> {
    view.reading.sides.keys().map(NodeName::to_string).collect()
}

/// A plot of both sides with nothing on it yet.
fn plot<'a>(words: Words, view: &BalanceView, id: &'a str, key: &str) -> Plot<'a> {
    Plot {
        id,
        words,
        title: words.t(key),
        note: String::new(),
        axis: words.t("balance-side"),
        names: names(view),
        groups: Vec::new(),
        target: None,
        shares: false,
        say: count,
    }
}

/// What became of what was asked of each side.
fn standing<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    let parts = |f: &Figures| [f.answered, f.refused, f.dropped, f.running(), f.overdue];
    let group = |(side, account): (&NodeName, &Account)| Group {
        label: words.s("balance-asked-of", side.as_str()),
        values: parts(&account.figures).map(Some).to_vec(),
    };
    let names = [
        "fig-answered",
        "fig-refused",
        "fig-dropped",
        "fig-running",
        "fig-overdue",
    ];
    Plot {
        names: names.map(|key| words.t(key)).to_vec(),
        groups: view.reading.sides.iter().map(group).collect(),
        ..plot(words, view, id, "balance-standing")
    }
}

/// A value of each side for every year; the running year is marked.
fn by_year(words: Words, view: &BalanceView, of: fn(&Reading) -> Vec<Option<u64>>) -> Vec<Group> {
    let group = |year: &Year| Group {
        label: year_label(words, year),
        values: of(&year.reading),
    };
    view.years.iter().map(group).collect()
}

fn year_label(words: Words, year: &Year) -> String {
    let name = year_words(words, year.year);
    if year.running {
        format!("{name}*")
    } else {
        name
    }
}

fn each_side(reading: &Reading, of: fn(&Account) -> Option<u64>) -> Vec<Option<u64>> {
    reading.sides.values().map(of).collect()
}

fn over_years<'a>(
    words: Words,
    view: &BalanceView,
    (id, key): (&'a str, &str),
    of: fn(&Reading) -> Vec<Option<u64>>,
) -> Plot<'a> {
    Plot {
        axis: words.t("balance-of-year"),
        note: words.t("plot-running"),
        groups: by_year(words, view, of),
        ..plot(words, view, id, key)
    }
}

fn asked<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    over_years(words, view, (id, "balance-by-year"), |reading| {
        each_side(reading, |side| Some(side.figures.asked))
    })
}

fn on_time<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    shares(words, view, (id, "balance-on-time"), |reading| {
        each_side(reading, |side| side.figures.on_time_percent())
    })
}

fn feedback<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    shares(words, view, (id, "balance-feedback"), |reading| {
        each_side(reading, |side| side.figures.feedback_percent())
    })
}

/// Of what each side promised in a year, how much both agree was kept.
fn kept<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    shares(words, view, (id, "balance-kept"), |reading| {
        each_side(reading, |side| side.commitments.kept_percent())
    })
}

/// Shares of a hundred over the years.
fn shares<'a>(
    words: Words,
    view: &BalanceView,
    named: (&'a str, &str),
    of: fn(&Reading) -> Vec<Option<u64>>,
) -> Plot<'a> {
    Plot {
        shares: true,
        say: percent,
        ..over_years(words, view, named, of)
    }
}

/// Meetings are of both: one column a year, beside what both mean to reach.
fn meetings<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    let held = over_years(words, view, (id, "balance-meetings"), |reading| {
        vec![Some(reading.held)]
    });
    let target = view.target.map(|target| target.a_year);
    let aimed = target.map(|n| words.count("balance-met-target", n));
    let notes: Vec<String> = aimed.into_iter().chain([held.note.clone()]).collect();
    Plot {
        names: vec![words.t("balance-held")],
        note: notes.join(" "),
        target,
        ..held
    }
}

/// The largest first; of equals, by name.
fn kinds<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    let mut rows: Vec<(u64, Group)> = Vec::new();
    for (kind, sides) in view.by_kind.iter().flatten() {
        let asked = |side: &NodeName| sides.get(side).map_or(0, |f| f.asked);
        let values: Vec<u64> = view.reading.sides.keys().map(asked).collect();
        let group = Group {
            label: kind_name(words, kind),
            values: values.iter().copied().map(Some).collect(),
        };
        rows.push((values.iter().sum(), group));
    }
    Plot {
        axis: words.t("balance-kind"),
        groups: largest(rows),
        ..plot(words, view, id, "balance-by-kind")
    }
}

/// What is owed by each service; a service belongs to one side.
fn services<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    let mut rows = Vec::new();
    for (service, f) in &view.by_service {
        let own = |side: &NodeName| (*side == service.node()).then_some(f.asked);
        let group = Group {
            label: service.to_string(),
            values: view.reading.sides.keys().map(own).collect(),
        };
        rows.push((f.asked, group));
    }
    Plot {
        axis: words.t("balance-service"),
        groups: largest(rows),
        ..plot(words, view, id, "balance-by-service")
    }
}

fn largest(mut rows: Vec<(u64, Group)>) -> Vec<Group> {
    // A stable sort: rows come in the order of their names.
    rows.sort_by_key(|(many, _)| std::cmp::Reverse(*many));
    rows.into_iter()
        .map(|(_, group)| group)
        .take(ROWS)
        .collect()
}

/// Where promises of the period stand, of declarations or of meetings' decisions.
fn promises<'a>(
    words: Words,
    view: &BalanceView,
    (id, title): (&'a str, &str),
    of: fn(&Account) -> &Promises,
) -> Plot<'a> {
    let group = |(side, account): (&NodeName, &Account)| stood(side.to_string(), of(account));
    Plot {
        names: states(words),
        groups: view.reading.sides.iter().map(group).collect(),
        ..plot(words, view, id, title)
    }
}

/// Where promises may stand.
fn states(words: Words) -> Vec<String> {
    let names = [
        "commitments-agreed",
        "commitments-claimed",
        "commitments-ended",
        "commitments-open",
        "commitments-late",
    ];
    names.map(|key| words.t(key)).to_vec()
}

/// Where some stand, in the order of [`states`].
fn stood(label: String, p: &Promises) -> Group {
    let parts = [p.agreed, p.claimed, p.ended, p.open, p.late];
    Group {
        label,
        values: parts.map(Some).to_vec(),
    }
}

/// Where promises of both sides stand by theme, where that is told.
fn themes<'a>(words: Words, view: &BalanceView, id: &'a str) -> Plot<'a> {
    let told = view
        .themes
        .iter()
        .flat_map(|told| told.by.period.together());
    let rows = told.map(|(theme, both)| (both.made, stood(topic_words(words, theme), &both)));
    Plot {
        axis: words.t("commitments-theme"),
        names: states(words),
        groups: largest(rows.collect()),
        ..plot(words, view, id, "balance-by-theme")
    }
}
