//! What is taken out of a chart: a plate to print, a graph and tables for other programs. Each is of what may be used so, says its handling, and
//! holds no figure: one leaves a node only as what an officer signs.

use crate::charts::{Asked, Said, ours, with_words};
use crate::context::{Cx, blocking};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::pages::package::MOST_HELD;
use crate::pages::{Query, id};
use crate::time::{civil_day, utc_day};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use entente_app::views::{ChartUse, ChartView};
use entente_chart::{
    Layout, Look, Paper, Plate, Sign, View, graphml, links_csv, plate, things_csv,
};
use entente_core::handling::{Handling, HandlingCodes};
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use std::collections::BTreeMap;

/// A form in which a chart is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A plate on A4.
    A4,
    /// A plate on A3.
    A3,
    /// GraphML.
    Graphml,
    /// Its things as a table.
    Things,
    /// Its links as a table.
    Links,
    /// The whole dossier as a package of evidence: things, links, exhibits, files. See `App::case`.
    Case,
}

impl Taken {
    /// Every form.
    pub const ALL: [Self; 6] = [
        Self::A4,
        Self::A3,
        Self::Graphml,
        Self::Things,
        Self::Links,
        Self::Case,
    ];

    /// The end of its address, and its file's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "plate-a4.svg",
            Self::A3 => "plate-a3.svg",
            Self::Graphml => "chart.graphml",
            Self::Things => "things.csv",
            Self::Links => "links.csv",
            Self::Case => "case.jsonld",
        }
    }

    /// The form of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|taken| taken.name() == name)
    }

    /// Which use it is.
    #[must_use]
    pub fn wanted(self) -> ChartUse {
        match self {
            Self::A4 | Self::A3 => ChartUse::Print,
            Self::Graphml | Self::Things | Self::Links | Self::Case => ChartUse::File,
        }
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::A4 => "chart-plate-a4",
            Self::A3 => "chart-plate-a3",
            Self::Graphml => "chart-graphml",
            Self::Things => "chart-csv-things",
            Self::Links => "chart-csv-links",
            Self::Case => "chart-case",
        }
    }

    fn media(self) -> &'static str {
        match self {
            Self::A4 | Self::A3 => "image/svg+xml; charset=utf-8",
            Self::Graphml => "application/xml; charset=utf-8",
            Self::Things | Self::Links => "text/csv; charset=utf-8",
            Self::Case => "application/ld+json; charset=utf-8",
        }
    }

    /// A plate is looked at and printed from the browser.
    fn disposition(self) -> String {
        let how = if self.wanted() == ChartUse::Print {
            "inline"
        } else {
            "attachment"
        };
        format!("{how}; filename=\"{}\"", self.name())
    }
}

/// A plate or a file.
pub async fn file(cx: Cx, Path((dossier, name)): Path<(String, String)>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let form = Taken::named(&name).ok_or_else(Fail::not_found)?;
    let bytes = match form {
        Taken::Case => case(&cx, dossier).await?,
        _ => of_chart(&cx, (dossier, form), query).await?,
    };
    let heads = [
        (header::CONTENT_TYPE, form.media().to_owned()),
        (header::CONTENT_DISPOSITION, form.disposition()),
    ];
    Ok((heads, bytes).into_response())
}

async fn case(cx: &Cx, dossier: DossierId) -> Result<String, Fail> {
    let case = cx.run_why(move |app, me| app.case(me, dossier, MOST_HELD));
    Ok(case.await?.text)
}

async fn of_chart(
    cx: &Cx,
    (dossier, form): (DossierId, Taken),
    query: Query,
) -> Result<String, Fail> {
    let view = cx
        .run_why(move |app, me| app.chart(me, dossier, form.wanted()))
        .await?;
    let (words, now) = (cx.words, cx.now);
    let bytes = blocking(move || Ok(taken(&view, form, &query.0, (words, now)))).await?;
    bytes.ok_or_else(Fail::not_found)
}

/// What is taken out; `None` for what is no chart, and for a plate of more than is drawn.
#[must_use]
pub fn taken(
    view: &ChartView,
    form: Taken,
    query: &BTreeMap<String, String>,
    (words, now): (Words, Instant),
) -> Option<String> {
    let asked = Asked::of(query);
    let base = view.network.view(&asked.filter);
    let (part, _) = crate::charts::part(&base, &asked);
    let shown = part.as_ref().unwrap_or(&base);
    match form {
        Taken::A4 => on_paper(view, shown, (&asked, Paper::A4), (words, now)),
        Taken::A3 => on_paper(view, shown, (&asked, Paper::A3), (words, now)),
        Taken::Graphml => Some(graphml(
            shown,
            &handling(words, view),
            &handled(words, view),
        )),
        Taken::Things => Some(things_csv(shown, &handled(words, view))),
        Taken::Links => Some(links_csv(shown, &handled(words, view))),
        // The whole dossier, and no chart of it: `App::case`.
        Taken::Case => None,
    }
}

/// Class and codes, as every sheet says them.
fn handling(words: Words, view: &ChartView) -> String {
    view.handling()
        .map_or_else(String::new, |handling| in_words(words, handling))
}

fn in_words(words: Words, handling: Handling) -> String {
    let mut said = vec![words.label(handling.class.label()).to_owned()];
    said.extend(codes(handling.codes));
    said.join(" · ")
}

/// The handling of each thing and of each source of a link, by identifier: of records that count as one thing, the strictest.
fn handled(words: Words, view: &ChartView) -> impl Fn(&str) -> String {
    let by_id: BTreeMap<String, String> = view
        .handled()
        .into_iter()
        .map(|(id, handling)| (id.to_string(), in_words(words, handling)))
        .collect();
    move |id| by_id.get(id).cloned().unwrap_or_default()
}

fn codes(of: HandlingCodes) -> Vec<String> {
    of.names().map(|(code, _)| code.to_owned()).collect()
}

fn on_paper(
    view: &ChartView,
    shown: &View<'_>,
    (asked, paper): (&Asked, Paper),
    (words, now): (Words, Instant),
) -> Option<String> {
    let layout = Layout::of(shown)?;
    // No cut point is on a plate: it is a figure.
    let signs = super::SIGNS.iter().filter(|(sign, _)| *sign != Sign::Cut);
    let signs: Vec<(Sign, String)> = signs.map(|(sign, key)| (*sign, words.t(key))).collect();
    let sources: Vec<String> = sources(shown);
    let (title, drawn) = (
        format!("{} {}", words.t("chart-title"), view.things.dossier.number),
        words.s("chart-drawn", &civil_day(words, &utc_day(now))),
    );
    let mut remarks = vec![words.t("chart-plate-remark")];
    if view.left_out + view.things.withheld > 0 {
        remarks.push(words.count("chart-left-out", view.left_out + view.things.withheld));
    }
    let ours = ours(view);
    let look = Look {
        ours: &ours,
        chosen: asked.thing.as_deref(),
        size: None,
        reading: None,
        groups: None,
        address: &|_| None,
    };
    let sheet = Plate {
        paper,
        rtl: words.lang.dir() == "rtl",
        handling: &handling(words, view),
        title: &title,
        drawn: &drawn,
        legend: &words.t("chart-legend"),
        signs: &signs,
        sources: (&words.t("chart-sources"), &sources),
        remarks: &remarks,
    };
    let said = Said::of(words, shown);
    Some(with_words(words, &said, |w| {
        plate(shown, &layout, (&look, w), &sheet)
    }))
}

/// The entries that the links rest on, by node, shortened as they are on screen.
fn sources(shown: &View<'_>) -> Vec<String> {
    let one = |link: &entente_chart::Link| {
        let short = link
            .sources
            .iter()
            .map(|id| id.chars().take(8).collect::<String>());
        short
            .map(|id| format!("{} {id}", link.origin))
            .collect::<Vec<_>>()
    };
    shown.links().flat_map(one).collect()
}
