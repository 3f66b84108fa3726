//! A declaration: its paragraphs in each language side by side with what was proposed and why, and its commitments with where
//! they stand. What one side claims and what both agreed are different states, and look different.

use crate::context::{Cx, percent};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{Place, listed, obligations, service, side};
use entente_app::views::{
    AgreementState, DeclarationView, DossierLine, DossierView, Evidence, EvidenceView, PointStatus,
    PointView,
};
use entente_core::kinds::declaration::evidence;
use entente_core::kinds::programme::{self, COHORT, COMMITMENT, IMAMS, is_programme};
use entente_core::label::{Label, Lang, label};
use maud::{Markup, html};
use serde_json::Value;

/// Most letters of a programme's title.
const TITLE_MOST: usize = 160;

/// The points and commitments.
pub fn points(cx: &Cx, view: &DossierView) -> Markup {
    let words = cx.words;
    html! {
        section.panel #points data-live-part {
            h2 { (words.t("points")) " " span.count { (words.number(u64::try_from(view.points.len()).unwrap_or_default())) } }
            p.row { a href="/commitments" { (words.t("commitments-title")) } (dot()) a href=(report_of(cx, view)) { (words.t("commitments-report")) } }
            (crate::parts::nothing(words, view.points.is_empty()))
            @for point in &view.points { (point_card(cx, point, view)) }
        }
    }
}

fn point_card(cx: &Cx, p: &PointView, view: &DossierView) -> Markup {
    let words = cx.words;
    html! {
        article.point id=(format!("p-{}", p.entry.short())) {
            header {
                @if !p.point.is_empty() { bdi.number { (p.point) } " " }
                a.title href=(format!("/entries/{}", p.entry)) dir="auto" { (p.heading) }
                " " span.tag { (class_words(words, &p.class)) }
                " " (status(words, &p.status))
            }
            p.ob-facts {
                a href=(format!("/commitments?of={}", p.entry)) { (words.t("commitments-chain")) } (dot())
                @if !p.topic.is_empty() { (topic_words(words, &p.topic)) }
                @if !p.debtors.is_empty() { (dot()) (words.t("point-debtors")) " " bdi { (p.debtors) } }
                @if !p.due_text.is_empty() { (dot()) (words.t("point-due")) " " bdi { (p.due_text) } }
            }
            @for (_, text) in p.texts.iter().filter(|(lang, _)| lang == words.lang.as_str()) { (crate::parts::prose(Some(words.lang), text)) }
            @let others: Vec<_> = p.texts.iter().filter(|(lang, _)| lang != words.lang.as_str()).collect();
            @if !others.is_empty() {
                details { summary { (words.t("point-texts")) }
                    div.columns { @for (lang, text) in others { (crate::parts::prose(Lang::parse(lang), text)) } }
                }
            }
            @if !p.because.is_empty() { p.quiet { (words.t("point-because")) " " q dir="auto" { (p.because) } } }
            @for (relation, to) in &p.relates { p.relation { (words.label(relation.label())) " " bdi { (to) } } }
            @for (relation, from) in &p.related_by { p.relation { (words.two("related-by", from, words.label(relation.label()))) } }
            (obligations(cx, &p.obligations, Place::Under))
            (shown_by(cx, p))
            (super::commitments::figures::at_point(cx, p, view))
            (programmes(cx, p, view))
            (pledge_or_relate(cx, p, view))
        }
    }
}

/// The report to the partner of a declaration, or to the only one.
fn report_of(cx: &Cx, view: &DossierView) -> String {
    let mut others = view.line.nodes.iter().filter(|node| *node != cx.me());
    match (others.next(), others.next()) {
        (Some(partner), None) => {
            format!("/commitments/report?partner={}", percent(partner.as_str()))
        }
        _ => "/commitments/report".to_owned(),
    }
}

/// What claims name as evidence, with how it stands now.
fn shown_by(cx: &Cx, p: &PointView) -> Markup {
    let words = cx.words;
    html! {
        @if !p.evidence.is_empty() {
            p { strong { (words.t("point-evidence")) } }
            ul.lines.evidence {
                @for one in &p.evidence {
                    li {
                        a href=(format!("/entries/{}", one.entry)) { (stands_as(words, one)) }
                        (dot()) a href=(of_dossier(&one.dossier)) { bdi.number { (one.dossier.number) } }
                        (dot()) a href=(format!("/entries/{}", one.claim)) { (words.t("point-claimed-by")) } " " (service(&one.by))
                    }
                }
            }
        }
    }
}

/// What an entry that is named as evidence is.
pub(super) fn stands_as(words: Words, one: &EvidenceView) -> String {
    match &one.what {
        Evidence::Agreement(AgreementState::Signed) => words.t("evidence-signed"),
        Evidence::Agreement(_) => words.t("evidence-unsigned"),
        Evidence::Cohort => words.label(COHORT.label).to_owned(),
        Evidence::Other(name) => {
            let found = one.dossier.kind.entry(name);
            found.map_or_else(|| name.clone(), |found| words.label(found.label).to_owned())
        }
    }
}

/// The page on which a dossier is looked at.
pub(super) fn of_dossier(line: &DossierLine) -> String {
    match is_programme(line.kind.name) {
        true => format!("/dossiers/{}/programme", line.id),
        false => format!("/dossiers/{}", line.id),
    }
}

/// The programmes that answer a point, and where there is none yet, the way to put one to study.
fn programmes(cx: &Cx, p: &PointView, view: &DossierView) -> Markup {
    let words = cx.words;
    let kind = match p.topic.contains("imam") {
        true => IMAMS,
        false => programme::KIND.name,
    };
    let studies = p.class == "studies_towards" || kind == IMAMS;
    let studies = studies && !p.obligations.is_empty() && cx.may_open_named(kind);
    html! {
        @for line in &p.programmes {
            p.relation {
                (words.t("point-programme")) " " a href=(of_dossier(line)) { bdi.number { (line.number) } " " bdi.title { (line.title) } }
                " " span.tag { (words.label(programme::called(line.phase))) }
            }
        }
        @if p.cut { p.quiet { (words.t("commitments-cut")) } }
        @if studies && p.programmes.is_empty() { p.row { a.button.small href=(study(kind, p, view)) { (words.t("point-study")) } } }
    }
}

/// The form of an idea put to study, filled with the commitment that it answers.
fn study(kind: &str, p: &PointView, view: &DossierView) -> String {
    let title: String = p.heading.chars().take(TITLE_MOST).collect();
    let commitment = evidence::written((view.line.id, p.entry));
    format!(
        "/open/{kind}?{COMMITMENT}={}&title={}&idea={}",
        percent(&commitment),
        percent(&title),
        percent(&p.heading),
    )
}

/// The other party takes up the promise; points are related to earlier ones.
fn pledge_or_relate(cx: &Cx, p: &PointView, view: &DossierView) -> Markup {
    let words = cx.words;
    let offered = |name: &str| view.forms.iter().any(|f| f.name == name);
    let pledged = p
        .obligations
        .iter()
        .any(|o| o.ours == Some(entente_core::obligation::Side::Debtor));
    html! {
        p.row {
            @if offered("declaration.pledge") && !p.obligations.is_empty() && !pledged {
                a.button.small href=(format!("/dossiers/{}/write/declaration.pledge?covers={}", view.line.id, p.entry)) { (words.t("point-pledge")) }
            }
            @if offered("declaration.relate") {
                " " a.quiet href=(format!("/dossiers/{}/write/declaration.relate?from={}", view.line.id, p.entry)) { (words.t("point-relate")) }
            }
        }
    }
}

/// Where a commitment stands.
pub fn status(words: Words, status: &PointStatus) -> Markup {
    html! {
        @match status {
            PointStatus::None => {},
            PointStatus::Open => span.status data-status="open" { (words.t("status-open")) },
            PointStatus::Claimed(by) => span.status data-status="claimed" {
                (words.t("status-claimed")) " " (listed(words, by.iter().map(|node| html! { bdi { (node) } })))
            },
            PointStatus::Agreed => span.status data-status="agreed" { (words.t("status-agreed")) },
        }
    }
}

/// The label of a class code in the reader's language, as the definition lists it.
pub(super) fn class_words(words: Words, code: &str) -> String {
    let kind =
        entente_core::kinds::find("declaration").and_then(|k| k.entry("declaration.commitment"));
    let field = kind.and_then(|t| t.fields.iter().find(|f| f.name == "class"));
    let found = field
        .and_then(|f| f.choices())
        .and_then(|c| c.into_iter().find(|(c, _)| *c == code));
    found.map_or_else(
        || code.replace('_', " "),
        |(_, l)| words.label(l).to_owned(),
    )
}

/// Topics that the text engine proposes.
const TOPICS: [(&str, Label); 16] = [
    (
        "feedback",
        label("retour d’informations", "الإفادة", "feedback"),
    ),
    ("meetings", label("rencontres", "اللقاءات", "meetings")),
    (
        "coordination",
        label("coordination", "التنسيق", "coordination"),
    ),
    (
        "exchange",
        label(
            "échange de renseignements",
            "تبادل المعلومات",
            "exchange of intelligence",
        ),
    ),
    (
        "deradicalisation",
        label("déradicalisation", "محاربة التطرف", "deradicalisation"),
    ),
    (
        "networks",
        label(
            "filières et combattants",
            "الشبكات والمقاتلون",
            "networks and fighters",
        ),
    ),
    (
        "organised_crime",
        label(
            "criminalité organisée",
            "الجريمة المنظمة",
            "organised crime",
        ),
    ),
    (
        "imam_training",
        label("formation des imams", "تكوين الأئمة", "imam training"),
    ),
    ("migration", label("migrations", "الهجرة", "migration")),
    ("rescue", label("secours", "الإنقاذ", "rescue")),
    ("follow_up", label("suivi", "التتبع", "follow-up")),
    (
        "cybercrime",
        label("cybercriminalité", "الجريمة الإلكترونية", "cybercrime"),
    ),
    (
        "judicial",
        label(
            "coopération judiciaire",
            "التعاون القضائي",
            "judicial cooperation",
        ),
    ),
    (
        "security",
        label(
            "coopération sécuritaire",
            "التعاون الأمني",
            "security cooperation",
        ),
    ),
    ("training", label("formation", "التكوين", "training")),
    ("other", label("autre", "أخرى", "other")),
];

/// The name of a theme, by its code.
pub(super) fn topic_words(words: Words, code: &str) -> String {
    let found = TOPICS.iter().find(|(c, _)| *c == code);
    found.map_or_else(
        || code.replace('_', " "),
        |(_, l)| words.label(*l).to_owned(),
    )
}

/// The label of what a statement does.
fn act_words(words: Words, code: &str) -> String {
    match code {
        "commits" => words.t("stmt-commits"),
        "reaffirms" => words.t("stmt-reaffirms"),
        "studies_towards" => words.t("stmt-studies"),
        "is_concerned" => words.t("stmt-concerned"),
        "condemns" => words.t("stmt-condemns"),
        "supports" => words.t("stmt-supports"),
        "welcomes" => words.t("stmt-welcomes"),
        "calls_on" => words.t("stmt-calls"),
        "decides_procedural" => words.t("stmt-procedural"),
        _ => words.t("stmt-notes"),
    }
}

/// The texts side by side, paragraph by paragraph, with the proposals of the first.
pub fn texts(cx: &Cx, view: &DossierView, declaration: &DeclarationView) -> Markup {
    let words = cx.words;
    html! {
        section.panel #texts {
            h2 { (words.t("declaration-texts")) }
            p.quiet { (words.t("declaration-proposals")) }
            (aligned(cx, &declaration.versions, &|p, i| Some(confirm(cx, view, p, i))))
        }
    }
}

/// What stands under a proposed commitment: given it and its place among the proposals.
pub type Under<'a> = &'a dyn Fn(&Value, usize) -> Option<Markup>;

/// Versions of one declaration aligned by paragraph.
pub fn aligned(cx: &Cx, versions: &[(String, Value)], under: Under<'_>) -> Markup {
    let words = cx.words;
    let columns: Vec<(&str, &[Value])> = versions
        .iter()
        .map(|(lang, p)| (lang.as_str(), list(p, "paragraphs")))
        .collect();
    let rows = columns.iter().map(|(_, p)| p.len()).max().unwrap_or(0);
    let proposals: &[Value] = versions
        .first()
        .map_or(&[], |(_, p)| list(p, "commitments"));
    html! {
        div.aligned {
            @for row in 0..rows {
                @let first = columns.first().and_then(|(_, p)| p.get(row));
                @let number = first.and_then(|p| p.get("number")).and_then(Value::as_u64);
                div.paragraph {
                    @if let Some(section) = first.and_then(|p| text(p, "section")).filter(|s| starts_section(columns.first(), row, s)) {
                        @let own = columns.iter().find(|(lang, _)| *lang == words.lang.as_str());
                        h3 dir="auto" { (own.and_then(|(_, p)| text(p.get(row)?, "section")).unwrap_or(section)) }
                    }
                    div.columns {
                        @for (lang, paragraphs) in &columns {
                            @if let Some(paragraph) = paragraphs.get(row) { (paragraph_text(Lang::parse(lang), paragraph, paragraphs)) }
                        }
                    }
                    @if let Some(first) = first { (statements(words, first)) }
                    @for (i, p) in proposals.iter().enumerate().filter(|(_, p)| p.get("paragraph").and_then(Value::as_u64) == number && number.is_some()) {
                        (proposal(cx, p, &said(cx, versions, p, i), under(p, i)))
                    }
                }
            }
        }
    }
}

/// What a proposal is about, in the reader's language: that version's proposal of the same paragraph and place, if it has as many
/// there, else the proposal's own title.
fn said(cx: &Cx, versions: &[(String, Value)], p: &Value, index: usize) -> String {
    let paragraph = p.get("paragraph");
    let within = |version| -> Vec<(usize, &Value)> {
        let all = list(version, "commitments").iter().enumerate();
        all.filter(|(_, c)| c.get("paragraph") == paragraph)
            .collect()
    };
    let first = versions.first().map(|(_, v)| within(v));
    let here = versions
        .iter()
        .find(|(lang, _)| lang == cx.words.lang.as_str());
    let aligned = first.zip(here.map(|(_, v)| within(v)));
    let same = aligned.filter(|(first, here)| first.len() == here.len());
    let title = same.and_then(|(first, here)| {
        let place = first.iter().position(|(i, _)| *i == index)?;
        text(here.get(place)?.1, "title").map(str::to_owned)
    });
    title.unwrap_or_else(|| text(p, "title").unwrap_or_default().to_owned())
}

fn starts_section(column: Option<&(&str, &[Value])>, row: usize, section: &str) -> bool {
    let before = row
        .checked_sub(1)
        .and_then(|r| column?.1.get(r))
        .and_then(|p| text(p, "section"));
    before != Some(section)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value
        .get(name)
        .and_then(Value::as_str)
        .filter(|t| !t.is_empty())
}

/// One paragraph with the words marked that decided how its statements were classed.
fn paragraph_text(lang: Option<Lang>, paragraph: &Value, all: &[Value]) -> Markup {
    let words = text(paragraph, "text").unwrap_or_default();
    html! {
        div.prose lang=[lang.map(Lang::as_str)] dir=(lang.map_or("auto", Lang::dir)) {
            p {
                @if let Some(label) = text(paragraph, "label") { bdi.number { (label) } " " }
                (marked(words, &because(paragraph, all)))
            }
        }
    }
}

/// Byte ranges of the words in a paragraph that decided: for its own statements, or as a lead-in for those of its items.
fn because(paragraph: &Value, all: &[Value]) -> Vec<(usize, usize)> {
    let words = text(paragraph, "text").unwrap_or_default();
    let here = paragraph.get("number").and_then(Value::as_u64);
    let at = |v: &Value, name: &str| {
        v.get(name)
            .and_then(Value::as_u64)
            .and_then(|n| usize::try_from(n).ok())
    };
    let mut out: Vec<(usize, usize)> = all
        .iter()
        .flat_map(|p| list(p, "statements"))
        .flat_map(|s| list(s, "because"))
        .filter(|why| here.is_some() && why.get("paragraph").and_then(Value::as_u64) == here)
        .filter_map(|why| Some((at(why, "start")?, at(why, "end")?)))
        .filter(|(start, end)| start < end && words.get(*start..*end).is_some())
        .collect();
    out.sort_unstable();
    out
}

fn marked(words: &str, ranges: &[(usize, usize)]) -> Markup {
    let mut at = 0;
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    for (start, end) in ranges.iter().filter(|(s, e)| s < e) {
        if *start < at {
            continue;
        }
        pieces.extend(words.get(at..*start).map(|t| (t, false)));
        pieces.extend(words.get(*start..*end).map(|t| (t, true)));
        at = *end;
    }
    pieces.extend(words.get(at..).map(|t| (t, false)));
    html! { @for (piece, mark) in pieces { @if mark { mark { (piece) } } @else { (piece) } } }
}

fn statements(words: Words, paragraph: &Value) -> Markup {
    let acts: Vec<&str> = list(paragraph, "statements")
        .iter()
        .filter_map(|s| text(s, "act"))
        .collect();
    html! { @if !acts.is_empty() { p.acts-line { @for act in acts { span.tag { (act_words(words, act)) } " " } } } }
}

fn proposal(cx: &Cx, p: &Value, title: &str, under: Option<Markup>) -> Markup {
    let words = cx.words;
    html! {
        div.proposed {
            p {
                span.kicker { (words.t("proposed")) } " "
                strong dir="auto" { (title) }
                " " span.tag { (class_words(words, text(p, "class").unwrap_or("commitment"))) }
                @if let Some(topic) = text(p, "topic") { " " span.tag { (topic_words(words, topic)) } }
            }
            @let whys: Vec<&str> = list(p, "because").iter().filter_map(|b| b.as_str().or_else(|| text(b, "text"))).collect();
            @if !whys.is_empty() { p.quiet { (words.t("point-because")) " " @for why in whys { q dir="auto" { (why) } " " } } }
            (bound(words, p))
            @if let Some(under) = under { (under) }
        }
    }
}

/// Who would be bound by a proposal, and by when, in the words of the text.
fn bound(words: Words, p: &Value) -> Markup {
    let owner = p.get("owners");
    let of = |name: &str| owner.and_then(|o| text(o, name));
    let due = list(p, "due").first();
    html! {
        p.ob-facts {
            (words.t("point-debtors")) " "
            @match (of("who"), of("name")) {
                (Some("one" | "third"), Some(name)) => bdi { (name) },
                _ => (words.t("proposal-both")),
            }
            @if let Some(due) = due {
                @let rhythm = text(due, "relation") == Some("every");
                (dot()) (words.t(if rhythm { "point-rhythm" } else { "point-due" })) " " bdi { (text(due, "text").unwrap_or_default()) }
                @if let Some(day) = text(due, "latest").filter(|day| Some(*day) != text(due, "text")) { " (" bdi { (day) } ")" }
            }
        }
    }
}

/// The paragraph of a proposal in every language that there is, with who would be bound by it and by when.
pub fn source(words: Words, declaration: &DeclarationView, index: u32) -> Markup {
    let place = usize::try_from(index).unwrap_or(usize::MAX);
    let first = declaration.versions.first();
    let proposal = first.and_then(|(_, p)| list(p, "commitments").get(place));
    let number = proposal.and_then(|p| p.get("paragraph"));
    let paragraphs: Vec<(&str, &str)> = declaration
        .versions
        .iter()
        .filter_map(|(lang, version)| {
            let all = list(version, "paragraphs").iter();
            let same = all
                .filter(|p| number.is_some() && p.get("number") == number)
                .find_map(|p| text(p, "text"));
            same.map(|text| (lang.as_str(), text))
        })
        .collect();
    html! {
        @if let Some(proposal) = proposal {
            (bound(words, proposal))
            div.columns { @for (lang, text) in paragraphs { (crate::parts::prose(Lang::parse(lang), text)) } }
        }
    }
}

/// The point that a proposal became: by its place among the proposals, or by its title.
fn became<'a>(view: &'a DossierView, p: &Value, index: usize) -> Option<&'a PointView> {
    let place = (index + 1).to_string();
    let title = text(p, "title");
    view.points.iter().find(|point| {
        point.point.rsplit('/').next() == Some(&place) || Some(point.title.as_str()) == title
    })
}

/// A proposal becomes a commitment after a look at its short form, or at one click, or is set aside, unless it was already.
fn confirm(cx: &Cx, view: &DossierView, p: &Value, index: usize) -> Markup {
    let words = cx.words;
    let done = became(view, p, index);
    html! {
        @if done.is_some_and(|point| point.class == "position") { p.quiet { (words.t("proposal-dismissed")) } }
        @else if done.is_some() { p.good { (words.t("proposal-confirmed")) " " (side(cx, cx.me())) } }
        @else {
            @let path = format!("/dossiers/{}/confirm", view.line.id);
            div.row {
                a.button.small href=(format!("{path}?index={index}")) { (words.t("confirm-form")) }
                form.inline method="post" action=(path) {
                    (csrf(cx))
                    input type="hidden" name="_index" value=(index);
                    button.small type="submit" { (words.t("confirm")) }
                    " " button.small type="submit" name="_step" value="dismiss" { (words.t("dismiss")) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn deciding_words_are_marked_and_hostile_spans_are_not() {
        let why = |start: usize, end: usize, paragraph: u32| json!({"paragraph": paragraph, "start": start, "end": end, "text": "x"});
        let paragraph = json!({"number": 1, "text": "Ils ont convenu d'agir. é", "statements": [
            {"because": [why(4, 15, 1), why(25, 26, 1), why(9, 4, 1), why(0, 9999, 1), why(0, 3, 2), json!("odd")]}]});
        let text = paragraph["text"].as_str().unwrap();
        let ranges = because(&paragraph, std::slice::from_ref(&paragraph));
        assert_eq!(ranges, vec![(4, 15)], "{ranges:?}");
        assert_eq!(
            marked(text, &ranges).into_string(),
            "Ils <mark>ont convenu</mark> d'agir. é"
        );
        assert!(marked("<b>", &[(0, 3)]).into_string().contains("&lt;b&gt;"));
    }
}
