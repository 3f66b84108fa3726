//! A programme: its phase and what it answers, the agreement clause by clause in two languages side by side, versions and who signed them,
//! cohorts in numbers, how participants judge the course, what it cost and what came of it.

mod arranged;
pub mod paper;
pub mod plain;

use super::{declaration, id};
use crate::context::{Cx, percent};
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{Place, instead, obligations, prose, service};
use crate::time::civil_day;
use axum::extract::Path;
use entente_app::views::{
    AgreementState, ClauseView, CohortView, CommitmentView, ObligationView, ProgrammeVersion,
    ProgrammeView, Said,
};
use entente_core::codes::Phase;
use entente_core::field::{Problem, Values};
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::kind::EntryType;
use entente_core::kinds::declaration::{CLAIM, EVIDENCE, evidence};
use entente_core::kinds::programme::clauses::Standing;
use entente_core::kinds::programme::templates::{Start, starts};
use entente_core::kinds::programme::{
    ANSWERED, BEGINS, CLAUSE, COHORT, CURRENCY, ENDS, FIGURES, HEADING, LATER, NUMBER,
    OTHER_HEADING, OTHER_LANG, OTHER_TEXT, PLACE, PLACES, QUESTIONS, REPLACES, RESULT, REVIEW,
    SESSION, SPENT, STUDIED, TALLY, TEMPLATE, VERSION, WHEN, called, is_step,
};
use entente_core::label::Lang;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The page.
pub async fn show(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run(move |app, me| app.programme(me, dossier)).await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        h1 { (words.t("programme-title")) }
        (actions(&cx, &view))
        (stands(&cx, &view))
        (agreement(&cx, &view))
        section.panel #versions data-live-part {
            h2 { (words.t("programme-versions")) }
            (instead(view.versions.is_empty(), &words.t("programme-no-version")))
            ul.things { @for version in view.versions.iter().rev() { (version_line(&cx, &view, version)) } }
        }
        section.panel #cohorts data-live-part {
            h2 { (words.t("programme-cohorts")) }
            (instead(view.cohorts.is_empty(), &words.t("programme-no-cohort")))
            @for cohort in &view.cohorts { (cohort_of(&cx, cohort)) }
        }
        (arranged::follow_ups(&cx, &view))
        (results(&cx, &view))
    };
    cx.page(&words.t("programme-title"), &main)
}

/// What a phase is about is offered first, the rest in a menu.
fn actions(cx: &Cx, view: &ProgrammeView) -> Markup {
    let phase = view.dossier.phase;
    let forms = view.forms.iter().copied();
    let (main, rest): (Vec<&EntryType>, Vec<&EntryType>) =
        forms.partition(|form| is_step(form) || leads(phase, form.name));
    html! {
        div.actions {
            @for form in main { (write(cx, view, form)) }
            @if !rest.is_empty() {
                details.more {
                    summary { (cx.words.t("more")) }
                    div.menu { @for form in rest { (write(cx, view, form)) } }
                }
            }
        }
    }
}

fn leads(phase: Phase, name: &str) -> bool {
    match phase {
        Phase::Draft => [CLAUSE.name, VERSION.name].contains(&name),
        Phase::InForce => [COHORT.name, SESSION.name, FIGURES.name].contains(&name),
        Phase::Evaluation => [REVIEW.name, RESULT.name].contains(&name),
        _ => false,
    }
}

fn write(cx: &Cx, view: &ProgrammeView, form: &EntryType) -> Markup {
    html! { a.button href=(format!("/dossiers/{}/write/{}", view.dossier.id, form.name)) { (cx.words.label(form.verb)) } }
}

/// A text of an entry, or that it cannot be read any more.
fn named(words: Words, values: Option<&Values>, field: &str) -> Markup {
    match values.and_then(|values| values.text(field)) {
        Some(text) => html! { bdi { (text) } },
        None => html! { em.gone { (words.t("programme-not-readable")) } },
    }
}

/// Where it stands, what is owed by whom, and the commitments that it answers.
fn stands(cx: &Cx, view: &ProgrammeView) -> Markup {
    let words = cx.words;
    let opened = view.opened.as_ref().and_then(|said| said.values.as_ref());
    let asked = view.study.iter();
    let asked = asked.chain(view.clauses.iter().flat_map(|one| &one.asks));
    let asked = asked.chain(view.versions.iter().flat_map(|one| &one.asks));
    let mut owed: BTreeMap<&ServiceName, u64> = BTreeMap::new();
    for ask in asked.filter(|ask| ask.state.is_open()) {
        let many = owed.entry(&ask.owing).or_default();
        *many = many.saturating_add(1);
    }
    html! {
        section.panel #phase data-live-part {
            h2 { bdi.title { (view.dossier.title) } }
            dl.facts {
                dt { (words.t("programme-phase")) }
                dd { strong.tag { (words.label(called(view.dossier.phase))) } @if view.in_force().is_some() { " " strong.tag { (words.t("programme-signed")) } } }
                dt { (words.t("programme-idea")) } dd { (named(words, opened, "idea")) }
                dt { (words.t("programme-owners")) } dd { (named(words, opened, "owners")) }
                dt { (words.t("programme-owed")) }
                dd {
                    @if owed.is_empty() { (words.t("programme-nothing-owed")) }
                    @for (i, (owing, many)) in owed.iter().enumerate() { @if i > 0 { (dot()) } (service(owing)) " " (words.number(*many)) }
                }
            }
            (obligations(cx, &open(&view.study), Place::Under))
            @for said in &view.studies { (arranged::told(cx, &STUDIED, said, true)) }
            @if !view.commitments.is_empty() {
                h3 { (words.t("programme-commitments")) }
                ul.things { @for commitment in &view.commitments { (committed(cx, view, commitment)) } }
            }
        }
    }
}

fn open(asks: &[ObligationView]) -> Vec<ObligationView> {
    let open = asks.iter().filter(|ask| ask.state.is_open());
    open.cloned().collect()
}

fn committed(cx: &Cx, view: &ProgrammeView, commitment: &CommitmentView) -> Markup {
    let words = cx.words;
    html! {
        li {
            p {
                a href=(format!("/dossiers/{}#p-{}", commitment.dossier, commitment.entry.short())) { bdi { (commitment.words) } }
                " " (declaration::status(words, &commitment.status))
            }
            (obligations(cx, &commitment.asks, Place::Under))
            @if let Some(form) = claim(words, view, commitment) { p { a.button.main.small href=(form) { (words.t("programme-claim")) } } }
        }
    }
}

/// The form of a claim that the commitment was kept, with the agreement in force and its last cohort as evidence. Nothing is claimed before it
/// is sent.
fn claim(words: Words, view: &ProgrammeView, commitment: &CommitmentView) -> Option<String> {
    let claims = |ask: &&ObligationView| ask.offers.iter().any(|form| form.name == CLAIM.name);
    let ask = commitment.asks.iter().find(claims)?;
    let shown = view.evidence();
    let shown = shown
        .iter()
        .map(|entry| evidence::written((view.dossier.id, *entry)));
    let shown: Vec<String> = shown.collect();
    (!shown.is_empty()).then(|| {
        format!(
            "/dossiers/{}/write/{}?on={}&{EVIDENCE}={}&text={}",
            commitment.dossier,
            CLAIM.name,
            percent(&ask.id.to_string()),
            percent(&shown.join(" ")),
            percent(&kept(words, view)),
        )
    })
}

/// What was done, in words that the author may change.
fn kept(words: Words, view: &ProgrammeView) -> String {
    let signed = words.t("programme-kept");
    let cohort = view
        .cohorts
        .last()
        .and_then(|cohort| cohort.said.values.as_ref());
    let cohort = cohort.and_then(|values| Some((values.text("title")?, values.number(PLACES)?)));
    match cohort {
        Some((title, places)) => {
            let places = words.n("programme-places", places);
            let cohort = words.two("programme-kept-cohort", title, &places);
            // What is signed holds no marks of the screen.
            let cohort = cohort.replace(['\u{2068}', '\u{2069}'], "");
            format!("{signed} {cohort}")
        }
        None => signed,
    }
}

/// The clauses that were proposed, and those that drafting may begin from.
fn agreement(cx: &Cx, view: &ProgrammeView) -> Markup {
    let words = cx.words;
    html! {
        section.panel #clauses data-live-part {
            h2 { (words.t("programme-clauses")) }
            @if let Some(why) = unclear(words, view) { p.alert { (why) } }
            (instead(view.clauses.is_empty(), &words.t("programme-no-clause")))
            ul.things { @for clause in &view.clauses { (clause_of(cx, view, clause)) } }
            @if !view.agreed.is_empty() && view.versions.is_empty() { p { a href=(format!("/dossiers/{}/programme/agreement", view.dossier.id)) { (words.t("programme-paper")) } } }
            (begins(cx, view))
        }
    }
}

/// Why it cannot be said which clauses stand, where it cannot.
pub(super) fn unclear(words: Words, view: &ProgrammeView) -> Option<String> {
    match view.unclear? {
        Problem::UnreadClause => Some(words.t("programme-unread-clause")),
        Problem::TwiceNumbered => Some(words.t("programme-twice-numbered")),
        _ => None,
    }
}

fn standing(view: &ProgrammeView, clause: &ClauseView) -> &'static str {
    let unread = view.unclear == Some(Problem::UnreadClause);
    match clause.standing {
        Standing::Accepted if unread && view.agreed.contains(&clause.said.entry) => {
            "programme-perhaps"
        }
        Standing::Accepted if view.agreed.contains(&clause.said.entry) => "programme-accepted",
        Standing::Accepted => "programme-replaced",
        Standing::Proposed => "programme-proposed",
        Standing::Countered => "programme-countered",
        Standing::Refused => "programme-refused",
    }
}

/// A clause in its two languages side by side, how it stands, and what may be done about it.
fn clause_of(cx: &Cx, view: &ProgrammeView, clause: &ClauseView) -> Markup {
    let words = cx.words;
    let values = clause.said.values.as_ref();
    let text = |field| values.and_then(|values| values.text(field));
    let other = text(OTHER_LANG).and_then(Lang::parse);
    let ours = clause.said.by.node() == *cx.me();
    html! {
        li.ours[ours].theirs[!ours] {
            p {
                a href=(format!("/entries/{}", clause.said.entry)) { (article(words, values)) }
                " " strong.tag { (words.t(standing(view, clause))) } (dot()) (service(&clause.said.by))
            }
            @match values {
                Some(values) => {
                    div.both {
                        (column(values.lang, text(HEADING), text("text")))
                        (column(other, text(OTHER_HEADING), text(OTHER_TEXT)))
                    }
                },
                None => { p { (named(words, None, HEADING)) } },
            }
            @if let Some(change) = changes(view, clause) { p { a href=(change) { (words.t("programme-change")) } } }
            (obligations(cx, &clause.asks, Place::Under))
        }
    }
}

/// The form of another text of a clause that stands, which takes its place once it is accepted; its words are found again in the form.
fn changes(view: &ProgrammeView, clause: &ClauseView) -> Option<String> {
    let may = view.forms.iter().any(|form| form.name == CLAUSE.name);
    let stands = view.agreed.contains(&clause.said.entry);
    let entry = clause.said.entry;
    let (dossier, form) = (view.dossier.id, CLAUSE.name);
    (may && stands).then(|| format!("/dossiers/{dossier}/write/{form}?{REPLACES}={entry}"))
}

fn column(lang: Option<Lang>, heading: Option<&str>, text: Option<&str>) -> Markup {
    html! {
        div {
            @if let Some(heading) = heading { p lang=[lang.map(Lang::as_str)] dir=(lang.map_or("auto", Lang::dir)) { strong { (heading) } } }
            @if let Some(text) = text { (prose(lang, text)) }
        }
    }
}

/// Starting clauses whose number no clause has yet, each a form filled with it. Nothing is proposed until it is sent.
fn begins(cx: &Cx, view: &ProgrammeView) -> Markup {
    let words = cx.words;
    let opened = view.opened.as_ref().and_then(|said| said.values.as_ref());
    let template = opened.and_then(|values| values.text(TEMPLATE));
    let taken = |number: i64| {
        let numbers = view
            .clauses
            .iter()
            .filter_map(|one| one.said.values.as_ref());
        let mut numbers = numbers.filter_map(|values| values.number(NUMBER));
        numbers.any(|one| one == number)
    };
    let may = view.forms.iter().any(|form| form.name == CLAUSE.name);
    let all = (1..).zip(starts(view.dossier.kind.name, template));
    let left: Vec<(i64, &Start)> = all.filter(|(number, _)| may && !taken(*number)).collect();
    html! {
        @if !left.is_empty() {
            details.starts {
                summary { (words.t("programme-starts")) }
                ul { @for (number, start) in left { li { a href=(filled(words.lang, view.dossier.id, number, start)) { (words.label(start.heading)) } } } }
            }
        }
    }
}

/// The form of a clause, filled in the reader's language and beside it in Arabic or, for who reads Arabic, in French.
fn filled(lang: Lang, dossier: DossierId, number: i64, start: &Start) -> String {
    let other = match lang {
        Lang::Ar => Lang::Fr,
        Lang::Fr | Lang::En => Lang::Ar,
    };
    format!(
        "/dossiers/{dossier}/write/{}?{NUMBER}={number}&{HEADING}={}&text={}&{OTHER_LANG}={}&{OTHER_HEADING}={}&{OTHER_TEXT}={}",
        CLAUSE.name,
        percent(start.heading.get(lang)),
        percent(start.text.get(lang)),
        other.as_str(),
        percent(start.heading.get(other)),
        percent(start.text.get(other)),
    )
}

/// How a version stands, in words.
#[must_use]
pub fn state(state: AgreementState) -> &'static str {
    match state {
        AgreementState::Signed => "programme-version-signed",
        AgreementState::Proposed => "programme-version-waits",
        AgreementState::Replaced => "programme-version-replaced",
        AgreementState::NotAgreed => "programme-version-not",
        AgreementState::Unread => "programme-version-unread",
    }
}

/// A version: the clauses that it holds, who signed it and what it still asks.
fn version_line(cx: &Cx, view: &ProgrammeView, version: &ProgrammeVersion) -> Markup {
    let words = cx.words;
    let ours = version.said.by.node() == *cx.me();
    html! {
        li.ours[ours].theirs[!ours] {
            p {
                a href=(format!("/entries/{}", version.said.entry)) { (words.t("programme-version")) } (dot()) (cx.time(version.said.at))
                " " strong.tag { (words.t(state(view.standing(version)))) }
                " " a href=(format!("/dossiers/{}/programme/agreement?version={}", view.dossier.id, version.said.entry)) { (words.t("programme-paper")) }
                @if !version.sound { " " strong.tag { (words.t("programme-unsound")) } }
            }
            ul { @for entry in &version.clauses { li { (heading_of(cx, view, *entry)) } } }
            p.ob-facts {
                @for (i, signature) in version.signatures.iter().enumerate() {
                    @if i > 0 { (dot()) }
                    a href=(format!("/entries/{}", signature.entry)) { (words.t("programme-signed-by")) } " "
                    (service(&signature.service)) " " (cx.time(signature.at))
                }
            }
            (obligations(cx, &version.asks, Place::Under))
        }
    }
}

/// Number and heading of a clause.
fn heading_of(cx: &Cx, view: &ProgrammeView, entry: EntryId) -> Markup {
    let clause = view.clause(entry);
    let values = clause.and_then(|clause| clause.said.values.as_ref());
    html! { (article(cx.words, values)) (dot()) (named(cx.words, values, HEADING)) }
}

/// A clause by its number.
fn article(words: Words, values: Option<&Values>) -> String {
    let number = values.and_then(|values| values.number(NUMBER));
    number.map_or_else(
        || words.label(CLAUSE.label).to_owned(),
        |number| words.n("programme-article", number),
    )
}

fn count(words: Words, n: i64) -> String {
    words.number(u64::try_from(n).unwrap_or_default())
}

/// A cohort: places, when and where, its figures as given, and beside them what our own records count.
fn cohort_of(cx: &Cx, cohort: &CohortView) -> Markup {
    let words = cx.words;
    let values = cohort.said.values.as_ref();
    let day = |field| {
        civil_day(
            words,
            values.and_then(|v| v.text(field)).unwrap_or_default(),
        )
    };
    html! {
        h3 { a href=(format!("/entries/{}", cohort.said.entry)) { (named(words, values, "title")) } }
        @if let Some(values) = values {
            p.ob-facts {
                @if let Some(places) = values.number(PLACES) { (words.n("programme-places", places)) (dot()) }
                @if let Some(place) = values.text(PLACE) { bdi { (place) } (dot()) }
                (words.two("thing-from-to", &day(BEGINS), &day(ENDS)))
                @if let Some(cost) = money(words, values) { (dot()) (words.t("programme-planned")) " " (cost) }
            }
        }
        @if !cohort.sessions.is_empty() { p.ob-facts { (words.count("programme-sessions", u64::try_from(cohort.sessions.len()).unwrap_or_default())) } }
        (arranged::of_cohort(cx, cohort))
        (figures(cx, cohort))
        @for said in &cohort.evaluations { (evaluated(cx, said)) }
    }
}

/// Figures: none is shown where none was given. What our own records count stays on our pages.
fn figures(cx: &Cx, cohort: &CohortView) -> Markup {
    let words = cx.words;
    let given = cohort
        .figures
        .as_ref()
        .and_then(|said| said.values.as_ref());
    let named = |name: &str| FIGURES.fields.iter().find(|field| field.name == name);
    html! {
        @if given.is_some() || cohort.here.is_some() {
            div.scroll {
                table.list.figures {
                    caption { (words.t("programme-figures")) }
                    thead { tr {
                        th scope="col" { (words.t("programme-of")) }
                        @if given.is_some() { th scope="col" { (words.t("programme-given")) } }
                        @if cohort.here.is_some() { th scope="col" { (words.t("programme-here")) } }
                    } }
                    tbody {
                        @for (n, name) in TALLY.iter().enumerate() {
                            tr {
                                th scope="row" { @if let Some(field) = named(name) { (words.label(field.label)) } }
                                @if let Some(given) = given { td { (given.number(name).map_or_else(|| "–".to_owned(), |n| count(words, n))) } }
                                @if let Some(here) = cohort.here { td { (here.get(n).map(|n| words.number(u64::try_from(*n).unwrap_or_default())).unwrap_or_default()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How those who took part judge the course: answers counted, question by question.
fn evaluated(cx: &Cx, said: &Said) -> Markup {
    let words = cx.words;
    let Some(values) = said.values.as_ref() else {
        return html! {};
    };
    let when = match values.text(WHEN) {
        Some(LATER) => "programme-judged-later",
        _ => "programme-judged",
    };
    html! {
        div.scroll {
            table.list.figures {
                caption { a href=(format!("/entries/{}", said.entry)) { (words.t(when)) } }
                thead { tr { th scope="col" { (words.t("programme-question")) } @for answer in ANSWERED { th scope="col" { (words.label(answer)) } } } }
                tbody {
                    @for question in QUESTIONS {
                        tr {
                            th scope="row" { (words.label(question.heading)) }
                            @for name in question.counts { td { (values.number(name).map_or_else(|| "–".to_owned(), |n| count(words, n))) } }
                        }
                    }
                }
            }
        }
    }
}

/// An amount of hundredths with its currency.
fn money(words: Words, values: &Values) -> Option<Markup> {
    let (spent, currency) = (values.number(SPENT)?, values.text(CURRENCY)?);
    let spent = u64::try_from(spent).ok()?;
    let comma = words.t("chart-decimal");
    let cents = words.digits(&format!("{:02}", spent % 100));
    Some(html! { bdi { (words.number(spent / 100)) (comma) (cents) " " (currency) } })
}

/// What was spent, what came of it, and the reviews.
fn results(cx: &Cx, view: &ProgrammeView) -> Markup {
    let words = cx.words;
    html! {
        @if !view.costs.is_empty() {
            section.panel #costs data-live-part {
                h2 { (words.t("programme-costs")) }
                ul.things {
                    @for said in &view.costs {
                        li {
                            a href=(format!("/entries/{}", said.entry)) { (named(words, said.values.as_ref(), "title")) } (dot()) (service(&said.by))
                            @if let Some(cost) = said.values.as_ref().and_then(|values| money(words, values)) { (dot()) (cost) }
                        }
                    }
                }
            }
        }
        @if !view.results.is_empty() {
            section.panel #results data-live-part {
                h2 { (words.t("programme-results")) }
                ul.things {
                    @for said in &view.results {
                        li { p { a href=(format!("/entries/{}", said.entry)) { (named(words, said.values.as_ref(), "text")) } (dot()) (service(&said.by)) (dot()) (cx.time(said.at)) @if said.kind == REVIEW.name { " " (super::lessons::way(words, said.entry)) } } }
                    }
                }
            }
        }
    }
}
