//! The things of an investigation: by sort, each with who brought it, as they were brought; and one of them with the records that people
//! joined to it, its links and what was decided about it. Nothing is ranked, and a search finds within this dossier alone.

use super::{Query, id, named, with_page};
use crate::conditions;
use crate::context::{Cx, percent};
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{self, entry_card, handling, nothing, pager, prose, service, shown_of, side};
use crate::time::partial_day;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use entente_app::views::{
    BroughtBy, EntryView, Groups, Join, Thing, ThingLink, ThingName, ThingPages, ThingView, Things,
    page_of,
};
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::links::{FROM, LINK, NOT_SAME, ONE, OTHER, SAME, TO, UNDO};
use entente_core::kinds::investigation::things::{CATEGORY, PERSON, ThingSort};
use entente_core::label::Lang;
use entente_core::partial::PartialDate;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Things on a page of the list.
const EACH: u32 = 100;
/// Records joined to one that are named beside it.
const NAMED: u32 = 5;

/// What a thing is chosen for, on the list of all.
#[derive(Clone, Copy)]
enum Choosing {
    /// To be linked to the one named.
    Link(EntryId),
    /// To be said the same as the one named, or not.
    Same(EntryId),
}

impl Choosing {
    fn thing(self) -> EntryId {
        match self {
            Self::Link(thing) | Self::Same(thing) => thing,
        }
    }
    fn name(self) -> &'static str {
        match self {
            Self::Link(_) => "link",
            Self::Same(_) => "same",
        }
    }
}

/// The things of a dossier.
pub async fn list(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let text = query.get("q").cloned().unwrap_or_default();
    let choosing = match (named(&query, "link")?, named(&query, "same")?) {
        (Some(thing), _) => Some(Choosing::Link(thing)),
        (None, same) => same.map(Choosing::Same),
    };
    let all = {
        let text = text.clone();
        cx.run(move |app, me| app.things(me, dossier, &text))
            .await?
    };
    let words = cx.words;
    let groups = all.groups();
    let listed = listed(&all, choosing);
    let page = super::page_of(&query).unwrap_or_default();
    let (shown, many) = page_of(listed.iter().copied(), page, EACH);
    let path = format!("/dossiers/{dossier}/things");
    let pages = pager(words, page, many, EACH, &|to| with_page(&path, &query, to));
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        div.title-row { h1 { (words.t("things-title")) " " span.count { (words.number(count(&all.things))) } } (legend(words)) }
        p.quiet { (words.t("things-why")) }
        @match choosing { Some(what) => (chosen_for(words, &all, what)), None => (add(&cx, &all)) }
        (search(&cx, dossier, &text, choosing))
        (nothing(words, listed.is_empty()))
        (shown_of(words, shown.len(), many))
        @if !all_printed(&all) { p.instead-of-print { (words.t("things-not-printed")) } }
        div.unprinted[!all_printed(&all)] { @for sort in ThingSort::ALL { (of_sort(&cx, (&all, &groups), (sort, &shown), choosing)) } }
        (pages)
        @if all.withheld > 0 { p.quiet #withheld { (words.count("things-withheld", all.withheld)) } }
    };
    cx.page(&words.t("things-title"), &main)
}

/// Whether everything that is named here may be printed: names stand in links, joins and decisions too.
fn all_printed(all: &Things) -> bool {
    let things = all.things.iter().map(|thing| thing.brought.printed);
    things
        .chain(all.links.iter().map(|link| link.brought.printed))
        .all(|printed| printed)
}

fn count(things: &[Thing]) -> u64 {
    u64::try_from(things.len()).unwrap_or(u64::MAX)
}

fn legend(words: Words) -> Markup {
    html! { p.legend { span.key.ours { (words.t("legend-ours")) } " " span.key.theirs { (words.t("legend-theirs")) } } }
}

/// Ways to bring a thing, and to link two, as far as the reader may.
fn add(cx: &Cx, all: &Things) -> Markup {
    let words = cx.words;
    let own = |entry: &&&EntryType| ThingSort::of(entry.name).is_some();
    let link = all.forms.iter().find(|entry| entry.name == LINK.name);
    let write = |entry: &EntryType| {
        html! { a.button href=(format!("/dossiers/{}/write/{}", all.dossier.id, entry.name)) { (words.label(entry.verb)) } }
    };
    html! {
        @if !all.forms.is_empty() {
            div.actions {
                @if let Some(link) = link.filter(|_| all.things.len() > 1) { (write(link)) }
                details.more { summary { (words.t("things-add")) } div.menu { @for entry in all.forms.iter().filter(own) { (write(entry)) } } }
            }
        }
    }
}

/// Says what one is chosen for.
fn chosen_for(words: Words, all: &Things, choosing: Choosing) -> Markup {
    let label = all.thing(choosing.thing()).map_or("", Thing::label);
    let key = match choosing {
        Choosing::Link(_) => "things-choose-link",
        Choosing::Same(_) => "things-choose-same",
    };
    html! {
        p.alert {
            strong { (words.t(key)) } " " a href=(format!("/things/{}", choosing.thing())) { bdi { (label) } }
        }
    }
}

fn search(cx: &Cx, dossier: DossierId, text: &str, choosing: Option<Choosing>) -> Markup {
    let words = cx.words;
    html! {
        form.filters method="get" action=(format!("/dossiers/{dossier}/things")) role="search" {
            @if let Some(what) = choosing { input type="hidden" name=(what.name()) value=(what.thing()); }
            input type="search" name="q" value=(text) maxlength="200" dir="auto" aria-label=(words.t("things-search")) placeholder=(words.t("things-search"));
            button type="submit" { (words.t("filter")) }
        }
    }
}

/// What is listed of a search, or to choose from.
fn listed(all: &Things, choosing: Option<Choosing>) -> Vec<&Thing> {
    // Only two of one sort can be the same thing.
    let sort = match choosing {
        Some(Choosing::Same(thing)) => all.thing(thing).map(|thing| thing.sort),
        _ => None,
    };
    let other = |thing: &&Thing| choosing.is_none_or(|what| what.thing() != thing.entry);
    let fits = |thing: &&Thing| sort.is_none_or(|sort| sort == thing.sort);
    let listed = all.listed().into_iter();
    listed.filter(other).filter(fits).collect()
}

fn of_sort(
    cx: &Cx,
    all: (&Things, &Groups),
    (sort, shown): (ThingSort, &[&Thing]),
    choosing: Option<Choosing>,
) -> Markup {
    let of = shown.iter().filter(|thing| thing.sort == sort);
    let of: Vec<&Thing> = of.copied().collect();
    html! {
        @if !of.is_empty() {
            section.panel id=(sort.as_str()) {
                h2 { (cx.words.label(sort.plural())) }
                ul.things { @for thing in of { (line(cx, all, thing, choosing)) } }
            }
        }
    }
}

/// One record in a list.
fn line(
    cx: &Cx,
    (all, groups): (&Things, &Groups),
    thing: &Thing,
    choosing: Option<Choosing>,
) -> Markup {
    let words = cx.words;
    let with = groups.with(thing.entry);
    let by = &thing.brought;
    html! {
        li.ours[by.ours].theirs[!by.ours] {
            p {
                span.unprinted[!by.printed] { a href=(format!("/things/{}", thing.entry)) { (names(thing)) } }
                @if by.corrected { " " strong.tag { (words.t("corrected-since")) } }
                @if let Some(category) = category(words, thing) { (dot()) (category) }
                @if let Some(dates) = span(words, thing.from, thing.to) { (dot()) (dates) }
            }
            p.ob-facts { (origin(cx, by)) }
            (joined(words, all, (thing.entry, with)))
            @if let Some(what) = choosing { p.row { (choices(cx, all, thing, what)) } }
        }
    }
}

/// The records that people joined to one: the first few, and how many more.
fn joined(words: Words, all: &Things, (entry, with): (EntryId, &[EntryId])) -> Markup {
    let others = with.iter().filter(|other| **other != entry);
    let (shown, many) = page_of(others, 0, NAMED);
    let named: Vec<&Thing> = shown.into_iter().filter_map(|id| all.thing(*id)).collect();
    let more = many - u64::try_from(named.len()).unwrap_or(many).min(many);
    html! {
        @if many > 0 {
            p.ob-facts {
                (words.t("thing-joined")) " " (parts::listed(words, named.into_iter().map(way)))
                @if more > 0 { " " (words.count("thing-joined-more", more)) }
            }
        }
    }
}

/// What a thing that is chosen comes to: a form that starts from both.
fn choices(cx: &Cx, all: &Things, thing: &Thing, choosing: Choosing) -> Markup {
    let to = |entry: &EntryType, (one, other): (&str, &str)| {
        format!(
            "/dossiers/{}/write/{}?{one}={}&{other}={}",
            all.dossier.id,
            entry.name,
            choosing.thing(),
            thing.entry
        )
    };
    let button = |entry: &EntryType, fields| html! { a.button.small href=(to(entry, fields)) { (cx.words.label(entry.verb)) } };
    html! {
        @match choosing {
            Choosing::Link(_) => { (button(&LINK, (FROM, TO))) },
            Choosing::Same(_) => { (button(&SAME, (ONE, OTHER))) (button(&NOT_SAME, (ONE, OTHER))) },
        }
    }
}

/// All names of a record, each in its script.
fn names(thing: &Thing) -> Markup {
    html! { @for (i, one) in thing.names.iter().enumerate() { @if i > 0 { " · " } (name(one)) } }
}

/// A name with its language and script for whoever reads it aloud.
fn name(one: &ThingName) -> Markup {
    let script = Some(one.script.as_str()).filter(|script| !script.is_empty());
    html! { bdi lang=[script] { (one.text) } }
}

/// The way to a record, by its first name and who brought it.
fn way(thing: &Thing) -> Markup {
    html! {
        a href=(format!("/things/{}", thing.entry)) { @if let Some(first) = thing.names.first() { (name(first)) } }
        " (" bdi { (thing.brought.origin) } ")"
    }
}

fn category(words: Words, thing: &Thing) -> Option<&'static str> {
    let code = thing.category.as_deref()?;
    let field = PERSON.fields.iter().find(|field| field.name == CATEGORY);
    let known = field.and_then(entente_core::field::Field::choices)?;
    let (_, label) = known.into_iter().find(|(known, _)| *known == code)?;
    Some(words.label(label))
}

/// From when until when, as far as it is known.
fn span(words: Words, from: Option<PartialDate>, to: Option<PartialDate>) -> Option<String> {
    let day = |date| partial_day(words, date);
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some(words.s("thing-from", &day(from))),
        (None, Some(to)) => Some(words.s("thing-to", &day(to))),
        (Some(from), Some(to)) => Some(words.two("thing-from-to", &day(from), &day(to))),
    }
}

/// Who brought something, when, whether it is a fact, and how it may be used.
fn origin(cx: &Cx, by: &BroughtBy) -> Markup {
    let words = cx.words;
    let nature = match by.assessment {
        true => "thing-assessment",
        false => "thing-fact",
    };
    html! {
        (side(cx, &by.origin)) " " (service(&by.service)) (dot()) (cx.time(by.at)) (dot()) (words.t(nature)) " " (handling(words, by.handling))
        @if let Some(rests) = by.rests_on { (dot()) a href=(format!("/entries/{rests}")) { (words.t("thing-rests-on")) } }
    }
}

/// One thing.
pub async fn show(cx: Cx, Path(entry): Path<String>, query: Query) -> Reply {
    let entry: EntryId = id(&entry)?;
    let at = pages(&query);
    let found = cx
        .run(move |app, me| app.thing_or_erased(me, entry, at))
        .await?;
    let Some(view) = found else {
        // What is left of it, and who erased it when, is on the page of its entry.
        return Ok(Redirect::to(&format!("/entries/{entry}")).into_response());
    };
    let words = cx.words;
    let joined = u64::try_from(view.joined.len()).unwrap_or(u64::MAX);
    let Some(thing) = view.all.thing(entry) else {
        return Err(crate::fail::Fail::not_found());
    };
    let dossier = &view.all.dossier;
    let number = |_: ObligationId| None;
    let printed = all_printed(&view.all);
    let main = html! {
        p.kicker.ways {
            a href=(format!("/dossiers/{}", dossier.id)) { (words.t("entry-to-dossier")) } (dot())
            a href=(format!("/dossiers/{}/things", dossier.id)) { (words.t("things-title")) }
        }
        p.kicker { (words.label(thing.sort.entry_type().label)) }
        @if !printed { p.instead-of-print { (words.t("things-not-printed")) } }
        div.unprinted[!printed] {
            h1 { (names(thing)) }
            (about(&cx, &view, thing))
        }
        (actions(&cx, &view))
        section #records {
            @if joined > 1 { h2 { (words.t("thing-records")) } p.quiet { (words.t("thing-records-why")) } }
            (conditions::on_paper(words, view.records.iter()))
            (shown_of(words, view.records.len(), joined))
            div.two { @for record in &view.records { div { (entry_card(&cx, record, &number, true)) (erasing(words, record)) } } }
            (pager(words, at.records, joined, ThingPages::RECORDS, &|to| address(entry, ThingPages { records: to, ..at })))
        }
        div.unprinted[!printed] {
            (links(&cx, &view))
            (decisions(&cx, &view))
        }
    };
    let title = words.label(thing.sort.entry_type().label);
    cx.page(if printed { thing.label() } else { title }, &main)
}

/// The way to erase a record, for whoever may.
fn erasing(words: Words, record: &EntryView) -> Markup {
    html! {
        @if record.is_erasable() { p { a.quiet href=(format!("/dossiers/{}/write/erase?entry={}", record.dossier, record.id)) { (words.t("entry-erase")) } } }
    }
}

/// Which pages of a thing's lists an address asks for, each from 1 there.
fn pages(query: &BTreeMap<String, String>) -> ThingPages {
    let page = |name: &str| {
        let page = query.get(name).and_then(|page| page.parse::<u32>().ok());
        page.map_or(0, |page| page.saturating_sub(1))
    };
    ThingPages {
        records: page("records"),
        links: page("links"),
        decisions: page("decisions"),
    }
}

/// The address of pages of a thing's lists.
fn address(entry: EntryId, at: ThingPages) -> String {
    let page = |page: u32| page.saturating_add(1);
    let (records, links, decisions) = (page(at.records), page(at.links), page(at.decisions));
    format!("/things/{entry}?records={records}&links={links}&decisions={decisions}")
}

fn about(cx: &Cx, view: &ThingView, thing: &Thing) -> Markup {
    let words = cx.words;
    html! {
        @if let Some(category) = category(words, thing) { p { (category) } }
        @if let Some(dates) = span(words, thing.from, thing.to) { p { (dates) } }
        (joined(words, &view.all, (thing.entry, &view.joined)))
    }
}

fn actions(cx: &Cx, view: &ThingView) -> Markup {
    let words = cx.words;
    let may = |entry: &EntryType| view.all.forms.iter().any(|known| known.name == entry.name);
    let choose = |what: Choosing, key: &str| {
        let path = format!(
            "/dossiers/{}/things?{}={}",
            view.all.dossier.id,
            what.name(),
            what.thing()
        );
        html! { a.button href=(path) { (words.t(key)) } }
    };
    html! {
        div.actions {
            @if may(&LINK) { (choose(Choosing::Link(view.entry), "thing-link-to")) }
            @if may(&SAME) { (choose(Choosing::Same(view.entry), "thing-same-as")) }
        }
    }
}

/// The links of this thing and of the records joined to it.
fn links(cx: &Cx, view: &ThingView) -> Markup {
    let words = cx.words;
    let to = |links| address(view.entry, ThingPages { links, ..view.at });
    html! {
        section.panel #links {
            h2 { (words.t("thing-links")) }
            (nothing(words, view.all_links == 0))
            (shown_of(words, view.links.len(), view.all_links))
            ul.things { @for link in &view.links { (link_line(cx, &view.all, link, view.joined.contains(&link.from))) } }
            (pager(words, view.at.links, view.all_links, ThingPages::LINES, &to))
        }
    }
}

fn link_line(cx: &Cx, all: &Things, link: &ThingLink, leads: bool) -> Markup {
    let words = cx.words;
    let other = all.thing(if leads { link.to } else { link.from });
    let by = &link.brought;
    html! {
        li.ours[by.ours].theirs[!by.ours] {
            p.unprinted[!by.printed] {
                a href=(format!("/entries/{}", link.entry)) {
                    @match link.sort {
                        Some(sort) => (words.label(if leads { sort.label } else { sort.inverse })),
                        None => code { bdi { (link.code) } },
                    }
                }
                " " @if let Some(other) = other { (way(other)) }
                @if by.corrected { " " strong.tag { (words.t("corrected-since")) } }
                @if let Some(dates) = span(words, link.since, link.until) { (dot()) (dates) }
            }
            @if !link.text.is_empty() { div.unprinted[!by.printed] { (prose(by.lang, &link.text)) } }
            p.ob-facts { (origin(cx, by)) }
        }
    }
}

/// What people decided about this thing and others, with what was undone.
fn decisions(cx: &Cx, view: &ThingView) -> Markup {
    let words = cx.words;
    let to = |decisions| {
        address(
            view.entry,
            ThingPages {
                decisions,
                ..view.at
            },
        )
    };
    html! {
        @if view.all_decisions > 0 {
            section.panel #decisions {
                h2 { (words.t("thing-decisions")) }
                p.quiet { (words.t("thing-decisions-why")) }
                (shown_of(words, view.decisions.len(), view.all_decisions))
                ul.things { @for join in &view.decisions { (decision(cx, &view.all, join)) } }
                (pager(words, view.at.decisions, view.all_decisions, ThingPages::LINES, &to))
            }
        }
    }
}

fn decision(cx: &Cx, all: &Things, join: &Join) -> Markup {
    let words = cx.words;
    let ours = join.service.node() == *cx.me();
    let undoes = all.forms.iter().any(|entry| entry.name == UNDO.name) && join.stands();
    let said = match join.same {
        true => SAME.label,
        false => NOT_SAME.label,
    };
    let undo = format!(
        "/dossiers/{}/write/{}?decision={}",
        all.dossier.id,
        UNDO.name,
        percent(&join.entry.to_string())
    );
    html! {
        li.ours[ours].theirs[!ours] {
            p {
                a href=(format!("/entries/{}", join.entry)) { strong { (words.label(said)) } } " "
                (parts::listed(words, [join.one, join.other].iter().filter_map(|id| all.thing(*id)).map(way)))
                @if !join.stands() { " " strong.tag { (words.t("thing-undone")) } }
            }
            (reason(join.lang, &join.reason))
            p.ob-facts { (side(cx, &join.service.node())) " " (service(&join.service)) (dot()) (cx.time(join.at)) }
            @if let Some(undone) = &join.undone {
                p.ob-facts { a href=(format!("/entries/{}", undone.entry)) { (words.label(UNDO.label)) } (dot()) (service(&undone.service)) (dot()) (cx.time(undone.at)) }
                (reason(undone.lang, &undone.reason))
            }
            @if undoes { p { a.quiet href=(undo) { (words.label(UNDO.verb)) } } }
        }
    }
}

fn reason(lang: Option<Lang>, text: &str) -> Markup {
    html! { @if !text.is_empty() { (prose(lang, text)) } }
}
