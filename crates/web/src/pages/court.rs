//! An investigation before the courts: what may be produced and why the rest may not, in three lists that are ticked; proceedings and venues;
//! what was produced; what courts decided. Asking for permission takes one click for all that is ticked.

use super::{Query, id, page_of, weigh};
use crate::context::{Cx, go};
use crate::court::CourtPages;
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{self, Place, instead, obligations, prose, service};
use crate::post::{Fields, Post};
use crate::time::civil_day;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use entente_app::court::Bundling;
use entente_app::views::{
    CourtPart, CourtView, CourtWord, ObligationView, PieceView, VenueState, VenueView,
};
use entente_app::{Recorded, Recording, Submitted};
use entente_core::court::Standing;
use entente_core::field::{Value, Values};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::EntryType;
use entente_core::kinds::conditions::ASK_PERMISSION;
use entente_core::kinds::investigation::court::{
    AUTHORITY, COURT, DAY, ENTRIES, EXCLUDED, GROUNDS, OUTCOME, PART, PROCEEDINGS, PRODUCED,
    REFERENCE, RESULT, SINCE, STAGE, VENUE, exclusions, grounds, results, stages,
};
use entente_core::label::{Label, Lang};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Most bytes of a bundle that a page gives out, which it holds in memory: the command line writes larger ones.
pub const MOST: u64 = 64 << 20;

/// The page.
pub async fn show(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let part = CourtPart::Page(page_of(&query).unwrap_or(0));
    let view = cx.run(move |app, me| app.court(me, dossier, &part)).await?;
    page(&cx, &view, &Fields::default(), &html! {})
}

/// What is done with what is ticked: permission is asked for, it is produced, or a decision is reported of it.
pub async fn act(Path(dossier): Path<String>, Post { cx, form }: Post) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let ticked = form.fields.get(ENTRIES).map_or(&[][..], Vec::as_slice);
    let entries: Vec<EntryId> = ticked.iter().filter_map(|t| t.parse().ok()).collect();
    if form.last("do") == "outcome" {
        let named: Vec<String> = entries.iter().map(ToString::to_string).collect();
        let named = named.join(",");
        return Ok(go(&format!(
            "/dossiers/{dossier}/write/{}?{ENTRIES}={named}",
            OUTCOME.name
        )));
    }
    let produces = form.last("do") == "produce";
    let recordings: Vec<(Option<EntryId>, Recording)> = match produces {
        true => vec![(None, produced_by(dossier, &entries, (&form, cx.words.lang)))],
        false => entries
            .iter()
            .map(|entry| (Some(*entry), asks(dossier, *entry, (&form, cx.words.lang))))
            .collect(),
    };
    let done = cx
        .run(move |app, me| {
            let view = app.court(me, dossier, &CourtPart::Only(entries))?;
            // What needs no permission, and what was asked for already, is not asked for.
            let needs = |entry: EntryId| {
                let piece = view.pieces.iter().find(|piece| piece.entry == entry);
                piece.is_some_and(|p| matches!(p.standing, Standing::Asks(_)) && !p.waits())
            };
            let mut last = None;
            for (entry, recording) in recordings {
                if entry.is_none_or(needs) {
                    last = Some(app.submit(me, recording, None)?);
                }
            }
            Ok(last)
        })
        .await;
    match done {
        Ok(Some(Submitted::Signs(asked))) => weigh::asking(&cx, &asked),
        Ok(Some(Submitted::Waits(draft))) => Ok(go(&format!("/drafts/{draft}"))),
        Ok(Some(Submitted::Recorded(last))) => Ok(go(&came(&form, last))),
        Ok(None) => Ok(go(&format!("/dossiers/{dossier}/court"))),
        Err(fail) if matches!(fail.code, "not-found" | "sign-in") => Err(fail),
        Err(fail) => again(&cx, dossier, &form, fail).await,
    }
}

/// Where one is led: to what was produced, with its bundle; or back to the list.
fn came(form: &Fields, last: Recorded) -> String {
    let at = match form.last("do") {
        "produce" => format!("#p-{}", last.entry.short()),
        _ => String::new(),
    };
    format!("/dossiers/{}/court{at}", last.dossier)
}

fn text(form: &Fields, name: &str) -> Option<(String, Value)> {
    let text = form.last(name).trim();
    (!text.is_empty()).then(|| (name.to_owned(), Value::Text(text.to_owned())))
}

fn produced_by(
    dossier: DossierId,
    entries: &[EntryId],
    (form, lang): (&Fields, Lang),
) -> Recording {
    let named = entries.iter().map(ToString::to_string).collect();
    let mut values: BTreeMap<String, Value> = [COURT, REFERENCE]
        .into_iter()
        .filter_map(|name| text(form, name))
        .collect();
    values.insert(ENTRIES.to_owned(), Value::List(named));
    recording(dossier, PRODUCED.name, (values, lang))
}

fn asks(dossier: DossierId, entry: EntryId, (form, lang): (&Fields, Lang)) -> Recording {
    let mut values = BTreeMap::from([
        ("entry".to_owned(), Value::Text(entry.to_string())),
        ("court".to_owned(), Value::Flag(true)),
    ]);
    // Which court is said in the words of the ask: its own field of that name is the use that is ticked.
    let court = text(form, COURT).map(|(_, value)| value);
    values.extend(court.map(|value| ("to_whom".to_owned(), value)));
    let reference = text(form, REFERENCE).map(|(_, value)| value);
    values.extend(reference.map(|value| ("proceedings".to_owned(), value)));
    recording(dossier, ASK_PERMISSION.name, (values, lang))
}

fn recording(
    dossier: DossierId,
    entry_type: &str,
    (values, lang): (BTreeMap<String, Value>, Lang),
) -> Recording {
    Recording {
        dossier: Some(dossier),
        entry_type: entry_type.to_owned(),
        values: Values {
            lang: Some(lang),
            values,
        },
        ..Recording::default()
    }
}

/// The page once more, with what was ticked and why it was refused.
async fn again(cx: &Cx, dossier: DossierId, form: &Fields, fail: Fail) -> Reply {
    let part = CourtPart::Page(form.last("page").parse().unwrap_or(0));
    let view = cx.run(move |app, me| app.court(me, dossier, &part)).await?;
    let trouble = html! { div.alert role="alert" { p { strong { (cx.words.t("fail-irregular")) } } (fail.says(cx.words)) } };
    page(cx, &view, form, &trouble).map(|mut response| {
        *response.status_mut() = fail.status;
        response
    })
}

/// The bundle of what was produced, as a file.
pub async fn bundle(
    cx: Cx,
    Path((dossier, produced)): Path<(String, String)>,
    query: Query,
) -> Reply {
    let (_, produced): (DossierId, EntryId) = (id(&dossier)?, id(&produced)?);
    // The language of the case need not be the reader's.
    let lang = query.get("lang").and_then(|lang| Lang::parse(lang));
    let words = Words::new(lang.unwrap_or(cx.words.lang), cx.words.numerals());
    let bytes = cx
        .run_why(move |app, me| {
            let wanted = Bundling {
                produced,
                lang: words.lang,
                pages: &CourtPages(words),
                most: MOST,
            };
            let mut out = Cursor::new(Vec::new());
            app.court_bundle(me, &wanted, &mut out)?;
            Ok(out.into_inner())
        })
        .await?;
    let name = format!("attachment; filename=\"court-{}.zip\"", produced.short());
    let heads = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((heads, bytes).into_response())
}

fn page(cx: &Cx, view: &CourtView, sent: &Fields, above: &Markup) -> Reply {
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{}", view.dossier.id)) { (words.t("entry-to-dossier")) } }
        h1 { (words.t("court-title")) }
        p.quiet { (words.t("court-why")) }
        (above)
        (forms(cx, view))
        (pieces(cx, view, sent))
        section.panel #produced data-live-part {
            h2 { (words.t("court-produced")) }
            (instead(view.produced.is_empty(), &words.t("court-produced-none")))
            ul.things { @for word in view.produced.iter().rev() { (produced(cx, view, word)) } }
        }
        div.two {
            (venues(cx, view))
            (proceedings(cx, view))
        }
        section.panel #outcomes data-live-part {
            h2 { (words.t("court-outcomes")) }
            (instead(view.outcomes.is_empty(), &words.t("court-outcomes-none")))
            ul.things { @for word in view.outcomes.iter().rev() { (outcome(cx, view, word)) } }
        }
    };
    cx.page(&words.t("court-title"), &main)
}

fn forms(cx: &Cx, view: &CourtView) -> Markup {
    let link = |form: &EntryType| {
        html! {
            @if view.writes(form) {
                a.button href=(format!("/dossiers/{}/write/{}", view.dossier.id, form.name)) { (cx.words.label(form.verb)) }
            }
        }
    };
    html! {
        @if cx.writes() { div.actions { (link(&VENUE)) (link(&PROCEEDINGS)) (link(&OUTCOME)) } }
    }
}

/// A group of the list: its heading, what belongs to it, and whether it can be ticked.
type Group = (&'static str, fn(&Standing) -> bool, bool);

const GROUPS: [Group; 3] = [
    ("court-may", |s| matches!(s, Standing::May(_)), true),
    ("court-asks", |s| matches!(s, Standing::Asks(_)), true),
    ("court-barred", |s| matches!(s, Standing::Barred(_)), false),
];

fn pieces(cx: &Cx, view: &CourtView, sent: &Fields) -> Markup {
    let words = cx.words;
    let printed = view.pieces.iter().all(|piece| piece.printed);
    html! {
        @if !printed { p.instead-of-print { (words.t("things-not-printed")) } }
        form.court.unprinted[!printed] method="post" action=(format!("/dossiers/{}/court", view.dossier.id)) {
            (csrf(cx))
            @if view.page > 0 { input type="hidden" name="page" value=(view.page); }
            @if view.total > u64::from(CourtView::PAGE) { p.quiet { (words.s("court-parts", &words.number(view.total))) } (turns(words, view)) }
            @for (key, fits, ticks) in GROUPS {
                @let of: Vec<&PieceView> = view.pieces.iter().filter(|p| fits(&p.standing)).collect();
                section.panel id=(key) {
                    h2 { (words.t(key)) " " span.count { (words.number(of.len() as u64)) } }
                    (instead(of.is_empty(), &words.t("nothing")))
                    ul.things { @for piece in of { (line(cx, piece, (ticks && cx.writes(), sent))) } }
                }
            }
            @if cx.writes() && view.pieces.iter().any(|p| !matches!(p.standing, Standing::Barred(_))) { (doing(cx, view, sent)) }
        }
    }
}

/// The ways to the other pages of what could be produced.
fn turns(words: Words, view: &CourtView) -> Markup {
    let href = |page| format!("/dossiers/{}/court?page={}", view.dossier.id, page + 1);
    parts::pager(words, view.page, view.total, CourtView::PAGE, &href)
}

/// What to do with what is ticked.
fn doing(cx: &Cx, view: &CourtView, sent: &Fields) -> Markup {
    let words = cx.words;
    let asks = view
        .pieces
        .iter()
        .any(|p| matches!(p.standing, Standing::Asks(_)));
    html! {
        section.panel.doing #do {
            h2 { (words.t("court-do")) }
            div.two {
                (line_of_text(words.t("court-court"), COURT, sent))
                (line_of_text(words.t("court-reference"), REFERENCE, sent))
            }
            div.actions {
                @if view.writes(&PRODUCED) { button.main type="submit" name="do" value="produce" { (words.t("court-do-produce")) } }
                @if asks { button type="submit" name="do" value="ask" { (words.t("court-do-ask")) } }
                @if view.writes(&OUTCOME) { button type="submit" name="do" value="outcome" { (words.t("court-do-outcome")) } }
            }
            @if !view.writes(&PRODUCED) { p.quiet { (words.t("court-magistrates")) } }
        }
    }
}

fn line_of_text(label: String, name: &str, sent: &Fields) -> Markup {
    let id = format!("f-{name}");
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) type="text" name=(name) maxlength="200" dir="auto" value=(sent.last(name));
        }
    }
}

fn line(cx: &Cx, piece: &PieceView, (ticks, sent): (bool, &Fields)) -> Markup {
    let words = cx.words;
    let ticked = |id: EntryId| {
        let chosen = sent.fields.get(ENTRIES).into_iter().flatten();
        chosen.into_iter().any(|t| *t == id.to_string())
    };
    html! {
        li.ours[piece.ours].theirs[!piece.ours] {
            label.check {
                @if ticks { input type="checkbox" name=(ENTRIES) value=(piece.entry) checked[ticked(piece.entry)]; " " }
                strong { (parts::type_label(words, piece.entry_type, &piece.type_name)) }
                @if !piece.title.is_empty() { (dot()) bdi { (piece.title) } }
            }
            p.ob-facts {
                a href=(format!("/entries/{}", piece.entry)) { bdi { (piece.entry.short()) } } (dot()) (service(&piece.service)) (dot()) (cx.time(piece.at))
                @if piece.files > 0 { (dot()) (words.count("release-files", piece.files)) }
                @if piece.corrected { (dot()) (words.t("court-corrected")) }
            }
            (why(cx, piece))
            @for word in &piece.told { p.ob-facts { (short(cx, word)) } }
        }
    }
}

/// Why an entry may be produced, or not.
fn why(cx: &Cx, piece: &PieceView) -> Markup {
    let words = cx.words;
    let entry = |id: EntryId| html! { a href=(format!("/entries/{id}")) { bdi { (id.short()) } } };
    html! {
        @match &piece.standing {
            Standing::May(by) => @if !by.is_empty() {
                p.ob-facts { (words.t("court-by")) " " (parts::listed(words, by.iter().map(|id| entry(*id)))) }
            },
            Standing::Asks(barring) => {
                p.ob-facts {
                    (words.t("court-condition")) " "
                    (parts::listed(words, barring.iter().map(|(by, code)| html! { strong { (code) } " (" (service(&piece.service)) ", " (entry(*by)) ")" })))
                }
                @if piece.waits() { p.ob-facts { strong { (words.t("court-waits")) } } }
                @if piece.refused() { p.ob-facts { strong { (words.t("court-refused")) } } }
                @for ask in &piece.asked { (asked(cx, ask)) }
            },
            Standing::Barred(bar) => p.ob-facts { (words.label(bar.label())) },
        }
    }
}

/// An ask for permission in a line: its place is the dossier's page, where it is acted on.
fn asked(cx: &Cx, ask: &ObligationView) -> Markup {
    html! {
        p.ob-facts {
            a href=(format!("/dossiers/{}#ob-{}", ask.dossier, ask.number)) { bdi.number { (ask.number) } } (dot()) (cx.words.label(ask.state.label()))
            @if let Some(due) = ask.due.filter(|_| ask.state.is_open()) { (dot()) (cx.words.t("court-due")) " " (cx.time(due)) }
        }
    }
}

fn said_by(cx: &Cx, word: &CourtWord) -> Markup {
    html! { a href=(format!("/entries/{}", word.entry)) { (service(&word.service)) } (dot()) (cx.time(word.at)) }
}

/// A code of a list in words.
fn coded(words: Words, list: &[(&'static str, Label)], code: Option<&str>) -> Markup {
    let known = code.and_then(|code| list.iter().find(|(known, _)| *known == code));
    html! {
        @match (known, code) { (Some((_, label)), _) => (words.label(*label)), (None, Some(code)) => code { bdi { (code) } }, _ => "" }
    }
}

/// Where it was produced or what was decided of it, in a line: on the list and at the entry.
pub fn short(cx: &Cx, word: &CourtWord) -> Markup {
    let words = cx.words;
    let court = word
        .text(COURT)
        .map(|court| html! { (dot()) bdi { (court) } });
    html! {
        span.unprinted[!word.printed] {
            strong { (words.label(word.entry_type.label)) }
            @if word.entry_type.name == OUTCOME.name { (dot()) (coded(words, &results(), word.text(RESULT))) }
            (court.unwrap_or_default()) (dot()) (said_by(cx, word))
        }
    }
}

fn unreadable(words: Words, word: &CourtWord) -> Markup {
    html! { @if word.values.is_none() { p.gone { (words.t("body-withheld")) } } }
}

fn produced(cx: &Cx, view: &CourtView, word: &CourtWord) -> Markup {
    let words = cx.words;
    let path = format!("/dossiers/{}/court/{}/bundle", view.dossier.id, word.entry);
    html! {
        li.ours[word.ours].theirs[!word.ours] id=(format!("p-{}", word.entry.short())) {
            div.unprinted[!word.printed] {
                p { strong { bdi { (word.text(COURT).unwrap_or_default()) } } @if let Some(text) = word.text(REFERENCE) { (dot()) bdi { (text) } } (dot()) (words.count("court-entries", word.about.len() as u64)) }
                p.ob-facts { (said_by(cx, word)) }
                (unreadable(words, word))
            }
            @if word.ours && view.writes(&PRODUCED) {
                p.actions {
                    a.button.small href=(path) { (words.t("court-bundle")) }
                    @for lang in Lang::ALL { " " a.quiet lang=(lang) href=(format!("{path}?lang={lang}")) { (lang.own_name()) } }
                }
            }
        }
    }
}

fn standing(words: Words, state: VenueState) -> String {
    words.t(match state {
        VenueState::Proposed => "court-venue-proposed",
        VenueState::Agreed => "court-venue-agreed",
        VenueState::NotAgreed => "court-venue-not-agreed",
    })
}

fn venues(cx: &Cx, view: &CourtView) -> Markup {
    let words = cx.words;
    html! {
        section.panel #venues data-live-part {
            h2 { (words.t("court-venues")) }
            (instead(view.venues.is_empty(), &words.t("court-venues-none")))
            ul.things { @for venue in view.venues.iter().rev() { (venue_line(cx, venue)) } }
        }
    }
}

fn venue_line(cx: &Cx, venue: &VenueView) -> Markup {
    let (words, word) = (cx.words, &venue.word);
    let lang = word.values.as_ref().and_then(|values| values.lang);
    let list = grounds();
    let ticked = word
        .values
        .as_ref()
        .map_or(&[][..], |values| values.list(GROUNDS));
    html! {
        li.ours[word.ours].theirs[!word.ours] {
            p { strong { (standing(words, venue.state)) } @if let Some(to) = word.text(AUTHORITY) { (dot()) (words.t("court-tried-by")) " " bdi { (to) } } }
            div.unprinted[!word.printed] {
                @if let Some(part) = word.text(PART) { (prose(lang, part)) }
                @if !ticked.is_empty() { p.ob-facts { (words.t("court-grounds")) " " (parts::listed(words, ticked.iter().map(|code| coded(words, &list, Some(code))))) } }
                @if let Some(text) = word.text("text") { (prose(lang, text)) }
                (unreadable(words, word))
            }
            p.ob-facts { (said_by(cx, word)) }
            (obligations(cx, &venue.asks, Place::Under))
        }
    }
}

fn proceedings(cx: &Cx, view: &CourtView) -> Markup {
    let words = cx.words;
    html! {
        section.panel #proceedings data-live-part {
            h2 { (words.t("court-proceedings")) }
            @if view.parallel() { p.alert { strong { (words.t("court-parallel")) } " " (words.t("court-parallel-why")) } }
            (instead(view.proceedings.is_empty(), &words.t("court-proceedings-none")))
            ul.things { @for word in view.proceedings.iter().rev() { (proceedings_line(cx, word)) } }
        }
    }
}

fn proceedings_line(cx: &Cx, word: &CourtWord) -> Markup {
    let words = cx.words;
    let lang = word.values.as_ref().and_then(|values| values.lang);
    html! {
        li.ours[word.ours].theirs[!word.ours] {
            div.unprinted[!word.printed] {
                p {
                    strong { bdi { (word.text(COURT).unwrap_or_default()) } } (dot()) (coded(words, &stages(), word.text(STAGE)))
                    @if let Some(since) = word.text(SINCE) { (dot()) (words.t("court-since")) " " (civil_day(words, since)) }
                }
                @if let Some(part) = word.text(PART) { (prose(lang, part)) }
                (unreadable(words, word))
            }
            p.ob-facts { (said_by(cx, word)) }
        }
    }
}

fn outcome(cx: &Cx, view: &CourtView, word: &CourtWord) -> Markup {
    let words = cx.words;
    let lang = word.values.as_ref().and_then(|values| values.lang);
    let named = |id: &EntryId| {
        let piece = view.pieces.iter().find(|piece| piece.entry == *id);
        let title = piece.map_or("", |piece| piece.title.as_str());
        html! { a href=(format!("/entries/{id}")) { @if title.is_empty() { bdi { (id.short()) } } @else { bdi { (title) } } } }
    };
    html! {
        li.ours[word.ours].theirs[!word.ours] {
            div.unprinted[!word.printed] {
                p {
                    strong { (coded(words, &results(), word.text(RESULT))) }
                    @if word.text(EXCLUDED).is_some() { (dot()) (coded(words, &exclusions(), word.text(EXCLUDED))) }
                    @if let Some(court) = word.text(COURT) { (dot()) bdi { (court) } }
                    @if let Some(day) = word.text(DAY) { (dot()) (civil_day(words, day)) }
                }
                @if let Some(text) = word.text("text") { (prose(lang, text)) }
                @if !word.about.is_empty() { p.ob-facts { (words.t("court-about")) " " (parts::listed(words, word.about.iter().map(named))) } }
                (unreadable(words, word))
            }
            p.ob-facts { (said_by(cx, word)) }
        }
    }
}
