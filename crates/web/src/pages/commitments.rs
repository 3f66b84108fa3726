//! Follow-up of commitments across declarations: how many stand where by theme, each cell leading to its list, and the chain of one commitment over
//! several meetings, with earlier points in like words that people may tie to it.

pub mod figures;
pub mod plain;
pub mod report;

use super::declaration::{class_words, of_dossier, stands_as, topic_words};
use super::{Query, named};
use crate::context::{Cx, percent};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::instead;
use crate::time::civil_day;
use entente_app::views::{CommitmentsView, Committed, Follow, FollowUp, ObligationView, Tied};
use entente_core::ids::{EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kinds::declaration::evidence::written;
use entente_core::kinds::declaration::themes::theme;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// What is chosen of all commitments.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this theme.
    pub theme: Option<String>,
    /// Promised by this side.
    pub side: Option<NodeName>,
    /// Standing there.
    pub state: Option<FollowUp>,
    /// Of the declarations shared with this partner alone.
    pub partner: Option<NodeName>,
}

impl Filter {
    /// As an address or a command says it; what says nothing chooses nothing.
    ///
    /// # Errors
    /// A side or a state that there is none of is not found.
    pub fn of(query: &BTreeMap<String, String>) -> Result<Self, Fail> {
        let text = |name: &str| query.get(name).filter(|text| !text.is_empty());
        let state = |code: &String| FollowUp::of_code(code).ok_or_else(Fail::not_found);
        Ok(Self {
            theme: text("theme").cloned(),
            side: text("side").map(|side| super::id(side)).transpose()?,
            state: text("state").map(state).transpose()?,
            partner: text("partner").map(|node| super::id(node)).transpose()?,
        })
    }

    /// What is looked at for it.
    #[must_use]
    pub fn follow(&self) -> Follow {
        Follow {
            partner: self.partner.clone(),
            ..Follow::default()
        }
    }

    /// The same for the paper to one partner.
    #[must_use]
    pub fn report(&self) -> Follow {
        Follow {
            report: true,
            ..self.follow()
        }
    }

    fn takes(&self, theme: &str, side: &NodeName, state: FollowUp) -> bool {
        self.theme.as_deref().is_none_or(|wanted| wanted == theme)
            && self.side.as_ref().is_none_or(|wanted| wanted == side)
            && self.state.is_none_or(|wanted| wanted == state)
    }

    fn address(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |name: &str, value: &str| parts.push(format!("{name}={}", percent(value)));
        if let Some(theme) = &self.theme {
            add("theme", theme);
        }
        if let Some(side) = &self.side {
            add("side", side.as_str());
        }
        if let Some(state) = self.state {
            add("state", state.code());
        }
        if let Some(partner) = &self.partner {
            add("partner", partner.as_str());
        }
        format!("/commitments?{}", parts.join("&"))
    }
}

/// What one side promised in a point.
#[derive(Clone)]
pub struct Line<'a> {
    /// The point.
    pub of: &'a Committed,
    /// Its theme.
    pub theme: &'static str,
    /// Who promised.
    pub side: NodeName,
    /// Where it stands.
    pub state: FollowUp,
    /// The obligation.
    pub owed: &'a ObligationView,
}

/// What is chosen, by theme, the order of the declarations within each.
#[must_use]
pub fn lines<'a>(view: &'a CommitmentsView, filter: &Filter) -> Vec<Line<'a>> {
    let each = view.points.iter().flat_map(|of| {
        let theme = theme(&of.point.topic);
        of.pledges().map(move |(side, state, owed)| Line {
            of,
            theme,
            side,
            state,
            owed,
        })
    });
    let mut out: Vec<Line<'a>> = each
        .filter(|line| filter.takes(line.theme, &line.side, line.state))
        .collect();
    out.sort_by_key(|line| line.theme);
    out
}

/// The word for where a pledge stands.
#[must_use]
pub fn state_words(words: Words, state: FollowUp) -> String {
    match state {
        FollowUp::Open => words.t("commitments-open"),
        FollowUp::Late => words.t("commitments-late"),
        FollowUp::Claimed => words.t("commitments-claimed"),
        FollowUp::Agreed => words.t("commitments-agreed"),
        FollowUp::Ended => words.t("commitments-ended"),
    }
}

fn number(words: Words, many: usize) -> String {
    words.number(u64::try_from(many).unwrap_or(u64::MAX))
}

/// The page: the matrix and the list, or the chain of the commitment that `of` names.
pub async fn show(cx: Cx, query: Query) -> Reply {
    let filter = Filter::of(&query)?;
    let of: Option<EntryId> = named(&query, "of")?;
    let follow = Follow {
        of,
        ..filter.follow()
    };
    let view = cx.run(move |app, me| app.follow_up(me, &follow)).await?;
    let words = cx.words;
    let title = words.t("commitments-title");
    let main = match of {
        Some(of) => chain(&cx, &view, view.find(of).ok_or_else(Fail::not_found)?),
        None => html! {
            (reports(&cx, &view, &filter))
            h1 { (title) }
            (sides(&cx, &view, &filter))
            (matrix(&cx, &view, &filter))
            (list(&cx, &view, &filter))
        },
    };
    cx.page(&title, &main)
}

/// The way to the report, to each partner its own.
fn reports(cx: &Cx, view: &CommitmentsView, filter: &Filter) -> Markup {
    let words = cx.words;
    let chosen = filter.partner.iter();
    let of: Vec<&NodeName> = match view.partners.len() {
        1 => Vec::new(),
        _ if filter.partner.is_some() => chosen.collect(),
        _ => view.partners.iter().collect(),
    };
    html! {
        p.kicker.ways {
            @if of.is_empty() { a href="/commitments/report" { (words.t("commitments-report")) } }
            @for (at, node) in of.into_iter().enumerate() {
                @if at > 0 { (dot()) }
                a href=(format!("/commitments/report?partner={}", percent(node.as_str()))) { (words.t("commitments-report")) " " bdi { (node) } }
            }
        }
    }
}

/// Whose promises are counted.
fn sides(cx: &Cx, view: &CommitmentsView, filter: &Filter) -> Markup {
    let words = cx.words;
    let all = lines(view, &Filter::default());
    let nodes: BTreeSet<&NodeName> = all.iter().map(|line| &line.side).collect();
    let with = |side: Option<&NodeName>| {
        let side = side.cloned();
        Filter {
            side,
            ..filter.clone()
        }
        .address()
    };
    html! {
        p.row.chosen {
            (words.t("commitments-side")) " "
            a href=(with(None)) aria-current=[filter.side.is_none().then_some("true")] { (words.t("commitments-all")) }
            @for node in nodes {
                (dot()) a href=(with(Some(node))) aria-current=[(filter.side.as_ref() == Some(node)).then_some("true")] { bdi { (node) } }
            }
        }
        p.quiet { (words.t("commitments-counts")) }
    }
}

/// How many stand where, by theme; each number leads to its list.
fn matrix(cx: &Cx, view: &CommitmentsView, filter: &Filter) -> Markup {
    let words = cx.words;
    let of_side = Filter {
        side: filter.side.clone(),
        ..Filter::default()
    };
    let all = lines(view, &of_side);
    let themes: BTreeSet<&'static str> = all.iter().map(|line| line.theme).collect();
    let rows = themes.into_iter().map(Some).chain([None]);
    let cell = |theme: Option<&'static str>, state: Option<FollowUp>| {
        let wanted = Filter {
            theme: theme.map(str::to_owned),
            state,
            ..filter.clone()
        };
        let many = all
            .iter()
            .filter(|line| wanted.takes(line.theme, &line.side, line.state));
        (many.count(), wanted.address())
    };
    // What nothing is in takes no room, and what is read first stands first: a narrow window shows no more.
    let used =
        |state: &FollowUp| *state != FollowUp::Ended || all.iter().any(|line| line.state == *state);
    let shown: Vec<FollowUp> = FollowUp::ALL.into_iter().filter(used).collect();
    let states = [None].into_iter().chain(shown.iter().copied().map(Some));
    let states: Vec<Option<FollowUp>> = states.collect();
    let counted = |theme: Option<&'static str>| {
        let wanted = Filter {
            theme: theme.map(str::to_owned),
            ..of_side.clone()
        };
        let all = figures::chosen(view, &wanted);
        figures::counted(all.into_iter().map(|(_, one)| one))
    };
    let any = counted(None).1 > 0;
    html! {
        section.panel #matrix data-live-part {
            div.scroll tabindex="0" role="region" aria-label=(words.t("commitments-title")) {
                table.list.figures {
                    thead { tr {
                        th scope="col" { (words.t("commitments-theme")) }
                        th scope="col" { (words.t("commitments-total")) }
                        @for state in &shown { th scope="col" { (state_words(words, *state)) } }
                        @if any { th scope="col" { (words.t("figures-agreed-of-all")) } }
                    } }
                    tbody {
                        @for theme in rows {
                            tr {
                                th scope="row" { @match theme { Some(theme) => (topic_words(words, theme)), None => strong { (words.t("commitments-total")) } } }
                                @for state in &states {
                                    @let (many, to) = cell(theme, *state);
                                    td.num { @if many == 0 { span.quiet { "·" } } @else { a href=(format!("{to}#list")) { (number(words, many)) } } }
                                }
                                @if any {
                                    @let (agreed, whole) = counted(theme);
                                    td.num { @if whole == 0 { span.quiet { "·" } } @else { (figures::fraction(words, agreed, whole)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Most pledges that a list shows at once: of more, each theme opens by itself.
const UNFOLDED: usize = 60;

/// The pledges that are chosen, by theme.
fn list(cx: &Cx, view: &CommitmentsView, filter: &Filter) -> Markup {
    let words = cx.words;
    let chosen = lines(view, filter);
    let mut themes: Vec<(&'static str, Vec<&Line<'_>>)> = Vec::new();
    for line in &chosen {
        match themes.last_mut().filter(|(theme, _)| *theme == line.theme) {
            Some((_, lines)) => lines.push(line),
            None => themes.push((line.theme, vec![line])),
        }
    }
    let folded = chosen.len() > UNFOLDED && themes.len() > 1;
    html! {
        section.panel #list data-live-part {
            h2 { (words.t("commitments-list")) " " span.count { (number(words, chosen.len())) } }
            (instead(chosen.is_empty(), &words.t("commitments-none")))
            @for (theme, lines) in &themes {
                @let head = html! { (topic_words(words, theme)) " " span.count { (of_points(words, lines)) } };
                @if folded { details.theme { summary { h3 { (head) } } (of_theme(cx, lines)) } }
                @else { h3 { (head) } (of_theme(cx, lines)) }
            }
        }
    }
}

/// How many commitments stand below, and how many promises they hold: one of both sides holds two.
fn of_points(words: Words, lines: &[&Line<'_>]) -> String {
    let points: BTreeSet<EntryId> = lines.iter().map(|line| line.of.point.entry).collect();
    words.two(
        "commitments-and-promises",
        &number(words, points.len()),
        &number(words, lines.len()),
    )
}

fn of_theme(cx: &Cx, lines: &[&Line<'_>]) -> Markup {
    let points = lines.chunk_by(|a, b| a.of.point.entry == b.of.point.entry);
    html! { ul.lines { @for of in points { (pledges(cx, of)) } } }
}

/// What was promised in one point, on one line whoever promised: who stands alike stands together.
fn pledges(cx: &Cx, lines: &[&Line<'_>]) -> Markup {
    let words = cx.words;
    let Some(first) = lines.first() else {
        return html! {};
    };
    let (of, p) = (first.of, &first.of.point);
    let chain = of.follows.len().saturating_add(of.followed_by.len());
    let due: BTreeSet<Instant> = lines.iter().filter_map(|line| line.owed.due).collect();
    let alike = |line: &Line<'_>| (line.state, line.owed.contested.is_some());
    html! {
        li {
            @if !p.point.is_empty() { bdi.number { (p.point) } " " }
            span.unprinted[!of.printed] { a href=(format!("/commitments?of={}", p.entry)) dir="auto" { (p.heading) } }
            @for (at, together) in lines.chunk_by(|a, b| alike(a) == alike(b)).enumerate() {
                @if at > 0 { (dot()) } (stands(words, together))
            }
            @for day in due { (dot()) (words.t("point-due")) " " (cx.day(day)) }
            @if !p.evidence.is_empty() { (dot()) (words.t("commitments-evidence")) " " (number(words, p.evidence.len())) }
            (figures::on_line(words, p))
            @if chain > 0 { (dot()) a href=(format!("/commitments?of={}", p.entry)) { (words.t("commitments-chain")) } }
        }
    }
}

/// Where some promises stand that all stand alike, and whose they are.
fn stands(words: Words, alike: &[&Line<'_>]) -> Markup {
    html! {
        @if let Some(line) = alike.first() {
            " " (state(words, line.state))
            @if line.owed.contested.is_some() { " " span.status data-status="contested" { (words.t("commitments-contested")) } }
            @for line in alike { " " bdi { (line.side) } }
        }
    }
}

/// Where a pledge stands, looking as on the declaration's own page.
fn state(words: Words, state: FollowUp) -> Markup {
    html! { span.status data-status=(state.code()) { (state_words(words, state)) } }
}

/// Everything that one commitment hangs together with, the earliest first.
fn chain(cx: &Cx, view: &CommitmentsView, of: &Committed) -> Markup {
    let words = cx.words;
    let linked = linked(view, of);
    html! {
        p.kicker.ways { a href="/commitments" { (words.t("commitments-title")) } }
        h1.unprinted[!of.printed] dir="auto" { (of.point.heading) }
        section.panel #chain data-live-part {
            h2 { (words.t("commitments-chain")) " " span.count { (number(words, linked.len())) } }
            ol.chain { @for one in &linked { (link(cx, view, one, of)) } }
        }
        (proposed(cx, view, of))
    }
}

/// The points that ties reach from one, in the order of their declarations: all that were looked at but what is only alike.
fn linked<'a>(view: &'a CommitmentsView, of: &Committed) -> Vec<&'a Committed> {
    let alike = |one: &&Committed| !of.alike.contains(&one.point.entry);
    view.points.iter().filter(alike).collect()
}

fn link(cx: &Cx, view: &CommitmentsView, one: &Committed, of: &Committed) -> Markup {
    let words = cx.words;
    let p = &one.point;
    let here = p.entry == of.point.entry;
    html! {
        li.point aria-current=[here.then_some("true")] {
            p {
                @if !p.point.is_empty() { bdi.number { (p.point) } " " }
                span.unprinted[!one.printed] { a.title href=(format!("/entries/{}", p.entry)) dir="auto" { (p.heading) } }
                " " span.tag { (class_words(words, &p.class)) }
            }
            p.ob-facts {
                @if !one.date.is_empty() { (civil_day(words, &one.date)) (dot()) }
                a href=(format!("/dossiers/{}", one.dossier.id)) { bdi.number { (one.dossier.number) } " " bdi { (one.dossier.title) } }
            }
            @for (side, stands, owed) in one.pledges() {
                p {
                    bdi { (side) } " " (state(words, stands))
                    @if owed.contested.is_some() { " " span.status data-status="contested" { (words.t("commitments-contested")) } }
                }
            }
            @for tie in &one.follows {
                @if let Some(to) = view.find(tie.entry) { p.relation { (words.label(tie.how.label())) " " (name(to)) (dot()) (said_by(words, tie)) } }
            }
            @for shown in &p.evidence {
                p { (words.t("commitments-evidence")) " " a href=(format!("/entries/{}", shown.entry)) { (stands_as(words, shown)) }
                    (dot()) a href=(of_dossier(&shown.dossier)) { bdi.number { (shown.dossier.number) } } }
            }
        }
    }
}

/// Which sides tied.
fn said_by(words: Words, tie: &Tied) -> Markup {
    html! {
        small { (words.t("commitments-tied-by")) @for (at, node) in tie.by.iter().enumerate() { @if at > 0 { (words.comma()) } @else { " " } bdi { (node) } } }
    }
}

fn name(one: &Committed) -> Markup {
    let p = &one.point;
    let label = if p.point.is_empty() {
        &p.heading
    } else {
        &p.point
    };
    // A label that is the heading is words of the entry.
    let barred = p.point.is_empty() && !one.printed;
    html! { a.unprinted[barred] href=(format!("/commitments?of={}", p.entry)) { bdi { (label) } } }
}

/// Earlier points in like words: whoever may relate points is led to the form, and decides.
fn proposed(cx: &Cx, view: &CommitmentsView, of: &Committed) -> Markup {
    let words = cx.words;
    html! {
        @if !of.alike.is_empty() {
            section.panel #alike {
                p { (words.t("commitments-alike")) }
                ul.lines {
                    @for earlier in of.alike.iter().filter_map(|entry| view.find(*entry)) {
                        li {
                            (name(earlier)) " " bdi.unprinted[!earlier.printed] { (earlier.point.heading) }
                            (dot()) a href=(relate(of, earlier)) { (words.t("commitments-decide")) }
                        }
                    }
                }
            }
        }
    }
}

fn relate(of: &Committed, earlier: &Committed) -> String {
    let named = written((earlier.dossier.id, earlier.point.entry));
    format!(
        "/dossiers/{}/write/declaration.relate?from={}&earlier={}",
        of.dossier.id,
        of.point.entry,
        percent(&named)
    )
}
