//! Writing an entry, or opening a dossier: the form of its definition, and recording it.

use super::lessons::LEARNED_FROM;
use super::{Query, id, named};
use crate::context::{Cx, go, local};
use crate::fail::{Fail, Reply, Says};
use crate::form::{self, Filled, Sending};
use crate::layout::dot;
use crate::pages::{charter, lessons, terms, today, weigh};
use crate::parts::{self, Place, entry_card, obligations};
use crate::post::{EntryPost, Fields, PreviewPost};
use crate::verbs::Verbs;
use crate::zone;
use axum::extract::Path;
use axum::http::StatusCode;
use entente_app::views::{
    Barred, BodyView, DossierView, EntryView, FormView, ObligationView, SpeakingLine, ThingPages,
    ThingView,
};
use entente_app::{Actor, AppError, DraftId, FormQuery, Recorded, Recording, Submitted};
use entente_core::conditions::Use;
use entente_core::field::{FieldError, Values};

use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::judge::Irregular;
use entente_core::kinds::declaration::figures::OF;
use entente_core::kinds::erasure::{ASK_ERASURE, ERASE};
use entente_core::kinds::investigation::custody::{EXHIBIT_OF, MARK, is_of_custody};
use entente_core::kinds::investigation::day::{DAY, REPLACES};
use entente_core::kinds::investigation::links::{
    DECISION, FROM, LINK, NOT_SAME, ONE, OTHER, SAME, TO, is_about_things,
};
use entente_core::kinds::investigation::lists::LinkSort;
use entente_core::kinds::meeting::MOVES;
use entente_core::label::Label;
use entente_core::terms::TermsDraft;
use entente_core::{kind, kinds};
use maud::{Markup, html};
use std::str::FromStr;

/// The name of the boxes of what is erased by the same act.
const ALSO: &str = "_also";

/// The form of an entry in a dossier.
pub async fn show(
    cx: Cx,
    Path((dossier, entry_type)): Path<(String, String)>,
    query: Query,
) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let asked = FormQuery {
        dossier: Some(dossier),
        entry_type,
        target: named(&query, "on")?,
        proposal: named(&query, "proposal")?,
        chosen: chosen(|name| query.get(name).map(String::as_str)),
        ..FormQuery::default()
    };
    let about = query.get("of").or_else(|| query.get("entry"));
    let about = about.and_then(|e| e.parse().ok());
    let (form, beside) = fetch(&cx, asked, about).await?;
    let mut filled = Filled::preset(&form, &query);
    if let Some(binding) = &form.binds {
        filled.proposal = binding.proposal.entry.to_string();
    }
    if let Some(day) = query.get(REPLACES) {
        replace_day(&cx, &form, &mut filled, day).await?;
    }
    if let Some(from) = query.get(LEARNED_FROM) {
        super::lessons::fill(&cx, &form, &mut filled, from).await?;
    }
    filled.default_to_readers_language(cx.words.lang);
    refill(&cx, &form, &mut filled).await?;
    let above = beside
        .as_ref()
        .map_or_else(|| html! {}, |e| goes_no_further(&cx, &form, e));
    let said = speaks_of(&cx, &form, beside.as_ref(), None).await?;
    let above = html! { (above) (said) };
    page(&cx, &form, &filled, &above, beside.as_ref())
}

/// What another is to take the place of, the things that the fields of a form name, and what it is about.
fn chosen<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Vec<EntryId> {
    let named = [REPLACES, MOVES, FROM, TO, ONE, OTHER, OF]
        .into_iter()
        .filter_map(field);
    named.filter_map(|id| id.parse().ok()).collect()
}

/// The form that opens a dossier; with several partners, the choice among them first.
pub async fn show_opening(cx: Cx, Path(kind): Path<String>, query: Query) -> Reply {
    if kind == "declaration" {
        return Ok(go("/import/declaration"));
    }
    let opening = kinds::find(&kind)
        .and_then(|k| k.opening())
        .ok_or_else(Fail::not_found)?;
    let partner = named(&query, "partner")?;
    let continues = named(&query, "continues")?;
    // Who takes part in the earlier dossier is known.
    if partner.is_none() && continues.is_none() {
        let links = cx.run(|app, me| app.links(me)).await?;
        if links.len() > 1 {
            let main = html! {
                h1 { (cx.words.label(opening.verb)) }
                p { (cx.words.t("open-towards")) }
                ul.lines { @for l in &links { li { a.button href=(format!("/open/{kind}?partner={}", l.partner)) { bdi { (l.partner) } } } } }
            };
            return cx.page(cx.words.label(opening.verb), &main);
        }
    }
    let asked = FormQuery {
        partner,
        entry_type: opening.name.to_owned(),
        continues,
        // The decision that a letter to the other Party's authority carries out.
        proposal: named(&query, "decision")?,
        ..FormQuery::default()
    };
    let (form, _) = fetch(&cx, asked, None).await?;
    let mut filled = Filled::preset(&form, &query);
    refill(&cx, &form, &mut filled).await?;
    let above = lessons::above(&cx, &kind, &query).await?;
    draw(&cx, &form, &filled, &above)
}

/// What the author of a draft had written, in a form that was opened from it.
async fn refill(cx: &Cx, form: &FormView, filled: &mut Filled) -> Result<(), Fail> {
    if filled.draft.is_empty() {
        return Ok(());
    }
    let draft: DraftId = id(&filled.draft)?;
    let view = cx.run(move |app, me| app.draft(me, draft)).await?;
    let same = view.line.entry_type.name == form.entry_type.name;
    let values = view.form.filter(|_| same).ok_or_else(Fail::not_found)?;
    let draft = std::mem::take(&mut filled.draft);
    *filled = Filled {
        draft,
        ..Filled::proposed(form, &values)
    };
    Ok(())
}

/// A change of an action day starts from the day that it replaces.
async fn replace_day(cx: &Cx, form: &FormView, filled: &mut Filled, day: &str) -> Result<(), Fail> {
    if form.entry_type.name != DAY.name {
        return Ok(());
    }
    let replaced: EntryId = id(day)?;
    let view = cx.run(move |app, me| app.entry(me, replaced)).await?;
    if let BodyView::Here(values) = &view.body {
        *filled = Filled::proposed(form, values);
    }
    filled.raw.insert(REPLACES.to_owned(), vec![day.to_owned()]);
    Ok(())
}

/// The form and what to read while filling it: the entry that asked, or the one that is translated.
async fn fetch(
    cx: &Cx,
    asked: FormQuery,
    about: Option<EntryId>,
) -> Result<(FormView, Option<EntryView>), Fail> {
    cx.run(move |app, me| {
        let form = app.form(me, &asked)?;
        let beside = match (&form.target, about) {
            (Some(target), _) if !target.title.is_empty() => {
                app.entry(me, answered(&form, target)).ok()
            }
            (_, Some(original)) => app.entry(me, original).ok(),
            _ => None,
        };
        Ok((form, beside))
    })
    .await
}

/// What a form answers: the question for details where it gives them, else what was asked first.
fn answered(form: &FormView, target: &ObligationView) -> EntryId {
    let gives = kind::resuming_side(form.entry_type).is_some();
    target.pause.filter(|_| gives).unwrap_or(target.asked_by)
}

fn sending(form: &FormView, beside: Option<&EntryView>) -> Sending {
    let action = match &form.dossier {
        Some(dossier) => format!("/dossiers/{}/write/{}", dossier.id, form.entry_type.name),
        None => format!("/open/{}", form.kind.name),
    };
    // What is written about an entry for our own node goes no further than it did.
    let here = |e: &EntryView| e.audience.len() < 2 && form.target.is_none();
    let stays = form.entry_type.bridge().is_some() || beside.is_some_and(here);
    Sending { action, stays }
}

/// A form with nothing beside it. `above`: what stands above its fields.
pub fn draw(cx: &Cx, form: &FormView, filled: &Filled, above: &Markup) -> Reply {
    page(cx, form, filled, above, None)
}

/// A translation goes no further than its original: said before it is written.
fn goes_no_further(cx: &Cx, form: &FormView, original: &EntryView) -> Markup {
    let ours_alone = original.audience.len() < 2;
    let quoted_nowhere = !original.conditions.answer(Use::Quote).allowed();
    html! {
        @if form.entry_type.name == "translation" && (ours_alone || quoted_nowhere) { p.quiet { strong { (cx.words.t("translation-stays")) } } }
    }
}

/// What speaks of an entry that is to be erased, each with a box: what is ticked goes by the same act. Links, decisions and custody are ticked
/// until the officer says otherwise.
async fn speaks_of(
    cx: &Cx,
    form: &FormView,
    erased: Option<&EntryView>,
    ticked: Option<&[String]>,
) -> Result<Markup, Fail> {
    let erased = erased.filter(|e| form.entry_type.name == ERASE.name && e.ours);
    let Some((entry, dossier)) = erased
        .map(|e| e.id)
        .zip(form.dossier.as_ref().map(|d| d.id))
    else {
        return Ok(html! {});
    };
    let found = cx.run(move |app, me| {
        let all = app.speaks_of(me, entry)?;
        let said = match all.ours.is_empty() {
            true => None,
            false => app.thing(me, entry, ThingPages::default()).ok(),
        };
        Ok((all, said))
    });
    let (all, said) = found.await?;
    let words = cx.words;
    let box_of = |line: &SpeakingLine| match ticked {
        Some(ticked) => ticked.contains(&line.entry.to_string()),
        None => line.chosen,
    };
    Ok(html! {
        @if !all.ours.is_empty() || all.theirs > 0 {
            section.panel #speaks-of {
                h2 { (words.t("erase-speaks-of")) }
                @if !all.ours.is_empty() { p.quiet { (words.t("erase-speaks-of-why")) } }
                ul.lines { @for line in &all.ours { li {
                    @if line.apart {
                        (what_speaks(cx, line, entry, said.as_ref())) (dot())
                        a.quiet href=(format!("/dossiers/{dossier}/write/erase?entry={}", line.entry)) { (words.t("erase-apart")) }
                    } @else {
                        label {
                            input type="checkbox" name=(ALSO) value=(line.entry) form=(form::ID) checked[box_of(line)];
                            " " (what_speaks(cx, line, entry, said.as_ref()))
                        }
                    }
                } } }
                @if all.theirs > 0 {
                    p.quiet {
                        (words.count("erase-theirs", all.theirs)) " "
                        a href=(format!("/dossiers/{dossier}/write/{}?of={entry}", ASK_ERASURE.name)) { (words.label(ASK_ERASURE.verb)) }
                    }
                }
            }
        }
    })
}

/// An entry that speaks of what is to be erased: its type, or of a link and a decision what it says of which other thing.
fn what_speaks(cx: &Cx, line: &SpeakingLine, erased: EntryId, said: Option<&ThingView>) -> Markup {
    let words = cx.words;
    let known = said.and_then(|view| {
        let (label, other) = says_of(view, line.entry, erased)?;
        Some((label, view.all.thing(other)?.label()))
    });
    html! {
        a href=(format!("/entries/{}", line.entry)) {
            @match &known {
                Some((label, _)) => (words.label(*label)),
                None => (parts::type_label(words, line.entry_type, &line.type_name)),
            }
        }
        @if let Some((_, other)) = &known { " " bdi { (other) } }
        (dot()) small { (cx.time(line.at)) }
        @if line.here { (dot()) small { (words.t("erase-here")) } }
    }
}

/// What a link or a decision says of a thing, and of which other.
fn says_of(view: &ThingView, entry: EntryId, thing: EntryId) -> Option<(Label, EntryId)> {
    let other = |one, other| if one == thing { other } else { one };
    let link = view.links.iter().find(|link| link.entry == entry);
    if let Some(link) = link {
        let leads = link.from == thing;
        let words = |sort: &LinkSort| if leads { sort.label } else { sort.inverse };
        let label = link.sort.map_or(LINK.label, words);
        return Some((label, other(link.from, link.to)));
    }
    let join = view.decisions.iter().find(|join| join.entry == entry)?;
    let label = if join.same {
        SAME.label
    } else {
        NOT_SAME.label
    };
    Some((label, other(join.one, join.other)))
}

/// The boxes of what is erased beside an entry, as a form sent them.
fn also(sent: &Fields) -> Vec<String> {
    sent.fields.get(ALSO).cloned().unwrap_or_default()
}

/// What is erased by one act: the entry that is named and what was ticked beside it; nothing to name where it is alone.
fn erases(sent: &Fields) -> Vec<EntryId> {
    let with = also(sent).into_iter().filter_map(|id| id.parse().ok());
    let with: Vec<EntryId> = with.collect();
    let named: Option<EntryId> = sent.last("entry").parse().ok();
    match (with.is_empty(), named) {
        (false, Some(named)) => std::iter::once(named).chain(with).collect(),
        _ => Vec::new(),
    }
}

/// That nothing of this kind would cross, before anything is typed; and the usual form by which the terms are changed.
fn barred(cx: &Cx, form: &FormView) -> Markup {
    let words = cx.words;
    let Some(why) = form.barred else {
        return html! {};
    };
    alert(&html! {
        @match why {
            Barred::NoCharter => p { (words.t("barred-no-charter")) },
            Barred::PartnerOlder => p { (words.t("barred-older")) },
            Barred::NotInCharter(charter) => {
                p { (words.t("barred-not-in-charter")) }
                p { a.button href=(format!("/dossiers/{charter}/write/charter.propose")) { (words.label(entente_core::kinds::charter::PROPOSE.verb)) } }
            },
        }
    })
}

fn alert(trouble: &Markup) -> Markup {
    html! { div.alert role="alert" { (trouble) } }
}

fn page(
    cx: &Cx,
    form: &FormView,
    filled: &Filled,
    above: &Markup,
    beside: Option<&EntryView>,
) -> Reply {
    let title = match form.continues {
        Some(_) => cx.words.t("dossier-widen"),
        None => cx.words.label(form.entry_type.verb).to_owned(),
    };
    let number = |_: ObligationId| None;
    let main = html! {
        div.writing.alone[beside.is_none()] {
            section.panel {
                h1 { (title) }
                (form::about(cx, form))
                @if form.dossier.is_none() { p.quiet { (cx.words.label(form.kind.purpose_text)) } }
                (above)
                (barred(cx, form))
                @if let Some(binding) = &form.binds { (charter::binding(cx, binding, !form.entry_type.signs())) }
                @if form.kind.name != "charter" { (form::waits(cx, form.suspended)) }
                (form::draw(cx, form, filled, &sending(form, beside)))
            }
            @if let Some(entry) = beside { aside.beside { h2 { (cx.words.t(heading_beside(form))) } (entry_card(cx, entry, &number, false)) } }
        }
    };
    cx.page(&title, &main)
}

/// What is read beside a form: what it answers, translates, or destroys.
fn heading_beside(form: &FormView) -> &'static str {
    match form.entry_type.name {
        _ if form.target.is_some() => "form-beside",
        "translation" => "translation-of",
        _ => "entry-concerned",
    }
}

/// Records an entry in a dossier.
pub async fn record(
    Path((dossier, entry_type)): Path<(String, String)>,
    EntryPost { cx, form }: EntryPost,
) -> Reply {
    let asked = asked_in(&dossier, entry_type, &form)?;
    record_with(&cx, form, asked).await
}

/// Shows an entry of a dossier as the partner will see it.
pub async fn preview(
    Path((dossier, entry_type)): Path<(String, String)>,
    PreviewPost { cx, form }: PreviewPost,
) -> Reply {
    let asked = asked_in(&dossier, entry_type, &form)?;
    preview_with(&cx, form, asked).await
}

/// Shows the opening of a dossier as the partner will see it.
pub async fn preview_opening(
    Path(kind): Path<String>,
    PreviewPost { cx, form }: PreviewPost,
) -> Reply {
    let asked = asked_to_open(&kind, &form)?;
    preview_with(&cx, form, asked).await
}

/// Says of what is sent that it is the beginning of a form, to be filled on: nothing in it is missing yet. It is sent as a form is and not in
/// an address, where names of persons would stay.
pub const BEGINS: &str = "_begins";

async fn preview_with(cx: &Cx, mut sent: Fields, asked: FormQuery) -> Reply {
    let mut filled = Filled::sent(&sent);
    let (form, beside) = fetch(cx, asked.clone(), None).await?;
    // Before anything is drawn again: a form shows times by the clock that they were typed by.
    let times = zone::read(cx, form.entry_type.fields, &sent, &mut filled);
    if let Some(fail) = sent.refused.take() {
        filled.errors = times;
        return again(cx, (&form, &also(&sent)), filled, &fail, beside.as_ref()).await;
    }
    if !sent.last(BEGINS).is_empty() {
        return page(cx, &form, &filled, &html! {}, beside.as_ref());
    }
    let (values, _) = match read(times, &filled, &form) {
        Ok(read) => read,
        Err(errors) => {
            filled.errors = errors;
            let said = speaks_of(cx, &form, beside.as_ref(), Some(&also(&sent))).await?;
            let above = html! { (alert(&to_mend(cx))) (said) };
            return refused(
                page(cx, &form, &filled, &above, beside.as_ref()),
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
    };
    let ticked = also(&sent);
    let recording = recording_of((&form, asked), &filled, &mut sent, values, None);
    let seen = cx.run(move |app, me| app.preview(me, recording)).await;
    let words = cx.words;
    match seen {
        Ok(seen) => {
            let title = words.t(match seen.own_only {
                true => "preview-heading-here",
                false => "preview-heading",
            });
            let main = html! {
                h1 { (title) }
                p.quiet { (words.t("preview-nothing-sent")) }
                (parts::preview::seen(cx, &seen, &|_| None))
            };
            cx.page(&title, &main)
        }
        Err(fail) if matches!(fail.code, "not-found" | "sign-in") => Err(fail),
        Err(fail) => again(cx, (&form, &ticked), filled, &fail, beside.as_ref()).await,
    }
}

/// What a filled form records.
fn recording_of(
    (form, asked): (&FormView, FormQuery),
    filled: &Filled,
    sent: &mut Fields,
    values: Values,
    terms: Option<TermsDraft>,
) -> Recording {
    Recording {
        dossier: asked.dossier,
        partner: asked.partner.or_else(|| form.partner.clone()),
        entry_type: asked.entry_type,
        values,
        target: asked.target,
        files: std::mem::take(&mut sent.files).take().unwrap_or_default(),
        own_only: filled.own_only,
        seen: sent.last("_seen").to_owned(),
        necessity: filled.release().0,
        basis: filled.release().1,
        terms,
        proposal: filled.proposal.parse().ok(),
        erases: erases(sent),
        erases_here: Vec::new(),
        expired: None,
    }
}

/// The form of a dossier that was sent.
fn asked_in(dossier: &str, entry_type: String, form: &Fields) -> Result<FormQuery, Fail> {
    Ok(FormQuery {
        dossier: Some(id(dossier)?),
        partner: sent_id(form, "_partner")?,
        entry_type,
        target: sent_id(form, "_on")?,
        proposal: sent_id(form, "proposal")?,
        continues: None,
        chosen: chosen(|name| Some(form.last(name))),
    })
}

/// The form that opens a dossier of a kind, that was sent.
fn asked_to_open(kind: &str, form: &Fields) -> Result<FormQuery, Fail> {
    let opening = kinds::find(kind).and_then(|k| k.opening());
    Ok(FormQuery {
        entry_type: opening.ok_or_else(Fail::not_found)?.name.to_owned(),
        partner: sent_id(form, "_partner")?,
        // What cannot be read here is refused with its field where it is recorded.
        continues: form.last("continues").parse().ok(),
        ..FormQuery::default()
    })
}

/// An identifier or name that a form may hold.
fn sent_id<T: FromStr>(form: &Fields, name: &str) -> Result<Option<T>, Fail> {
    let given = Some(form.last(name)).filter(|t| !t.is_empty());
    given.map(id).transpose()
}

/// Opens a dossier.
pub async fn record_opening(Path(kind): Path<String>, EntryPost { cx, form }: EntryPost) -> Reply {
    let asked = asked_to_open(&kind, &form)?;
    record_with(&cx, form, asked).await
}

async fn record_with(cx: &Cx, mut sent: Fields, asked: FormQuery) -> Reply {
    let mut filled = Filled::sent(&sent);
    let about = sent
        .last("of")
        .parse()
        .or_else(|_| sent.last("entry").parse());
    let about = about.ok();
    let (mut form, beside) = match fetch(cx, asked.clone(), about).await {
        Ok(found) => found,
        Err(fail) if matches!(fail.code, "not-found" | "sign-in") => return Err(fail),
        Err(fail) => return unplaced(cx, &fail, &filled),
    };
    let times = zone::read(cx, form.entry_type.fields, &sent, &mut filled);
    if let Some(fail) = sent.refused.take() {
        filled.errors = times;
        return again(cx, (&form, &also(&sent)), filled, &fail, beside.as_ref()).await;
    }
    let stays = sending(&form, beside.as_ref()).stays;
    let weight = form::weight(form.entry_type, &filled, stays);
    let unsure = weight.filter(|weight| !weight.confirmed(sent.last(form::SURE)));
    let (values, terms) = match read(times, &filled, &form) {
        Ok(read) if unsure.is_none() => read,
        read => {
            filled.errors = read.err().unwrap_or_default();
            // Mending a field is not having seen the news: the form keeps the state that it was drawn from.
            sent.last("_seen").clone_into(&mut form.seen);
            let trouble = html! { (to_mend(cx)) @if let Some(weight) = &unsure { p { (cx.words.t(weight.not_sure)) } } };
            let said = speaks_of(cx, &form, beside.as_ref(), Some(&also(&sent))).await?;
            let above = html! { (alert(&trouble)) (said) };
            return refused(
                page(cx, &form, &filled, &above, beside.as_ref()),
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
    };
    let ticked = also(&sent);
    let recording = recording_of((&form, asked), &filled, &mut sent, values, terms);
    let leaves = recording.entry_type == "leave";
    let things = is_about_things(&recording.entry_type);
    let exhibits = is_of_custody(&recording.entry_type);
    let (alone, before) = (filled.alone.trim().to_owned(), filled.draft.parse().ok());
    let submitted = cx.run(move |app, me| submit(app, me, recording, (&alone, before)));
    match submitted.await {
        Ok(Submitted::Signs(asked)) => weigh::asking(cx, &asked),
        Ok(Submitted::Waits(draft)) => Ok(go(&format!("/drafts/{draft}"))),
        // Whoever left may not see the dossier any more.
        Ok(_) if leaves => Ok(go("/dossiers")),
        Ok(Submitted::Recorded(recorded)) if things => Ok(go(&thing_of(&sent, recorded))),
        Ok(Submitted::Recorded(recorded)) if exhibits => Ok(go(&exhibit_of(&sent, recorded))),
        Ok(Submitted::Recorded(recorded)) => Ok(go(&onward(&sent, recorded))),
        Err(fail) if matches!(fail.code, "not-found" | "sign-in") => Err(fail),
        Err(fail) => again(cx, (&form, &ticked), filled, &fail, beside.as_ref()).await,
    }
}

/// Values and changed terms, or everything to mend in both.
fn read(
    times: Vec<FieldError>,
    filled: &Filled,
    form: &FormView,
) -> Result<(Values, Option<TermsDraft>), Vec<FieldError>> {
    let draft = match &form.terms {
        Some(base) => terms::read(&filled.terms, base),
        None => Ok(None),
    };
    match (filled.values(form.entry_type.fields), draft) {
        (Ok(values), Ok(draft)) if times.is_empty() => Ok((values, draft)),
        (values, draft) => {
            let mut errors = times;
            errors.extend(values.err().unwrap_or_default());
            errors.extend(draft.err().unwrap_or_default());
            Err(errors)
        }
    }
}

/// Submits an entry; what it was written again from is taken back.
fn submit(
    app: &dyn Verbs,
    me: &Actor,
    recording: Recording,
    (alone, before): (&str, Option<DraftId>),
) -> entente_app::Result<Submitted> {
    let alone = Some(alone).filter(|why| !why.is_empty());
    let submitted = app.submit(me, recording, alone)?;
    // What waits for a passkey is not written yet.
    let written = !matches!(submitted, Submitted::Signs(_));
    if let Some(before) = before.filter(|_| written) {
        match app.take_draft_back(me, before) {
            // Somebody decided about it meanwhile.
            Ok(()) | Err(AppError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(submitted)
}

fn onward(sent: &Fields, recorded: Recorded) -> String {
    match sent.last("_back") {
        "" => format!(
            "/dossiers/{}#e-{}",
            recorded.dossier,
            recorded.entry.short()
        ),
        back => local(back).to_owned(),
    }
}

/// After something about an exhibit, its page; after an answer, which names none, the dossier.
fn exhibit_of(sent: &Fields, recorded: Recorded) -> String {
    match sent.last(EXHIBIT_OF).parse::<EntryId>() {
        Ok(exhibit) => format!("/exhibits/{exhibit}"),
        Err(_) if sent.last(MARK).is_empty() => onward(sent, recorded),
        Err(_) => format!("/exhibits/{}", recorded.entry),
    }
}

/// After something about things, the thing: the one that was recorded, or that a link or a decision starts from.
fn thing_of(sent: &Fields, recorded: Recorded) -> String {
    let named = [FROM, ONE].map(|name| sent.last(name).parse::<EntryId>());
    let thing = named.into_iter().find_map(Result::ok);
    match sent.last(DECISION) {
        "" => format!("/things/{}", thing.unwrap_or(recorded.entry)),
        _ => format!("/dossiers/{}/things", recorded.dossier),
    }
}

fn to_mend(cx: &Cx) -> Markup {
    html! { p { strong { (cx.words.t("fail-fields")) } } }
}

/// The form once more, with what was typed and ticked and why it was refused; when something came in between, with the news.
async fn again(
    cx: &Cx,
    (form, ticked): (&FormView, &[String]),
    mut filled: Filled,
    fail: &Fail,
    beside: Option<&EntryView>,
) -> Reply {
    let trouble = match (&fail.says, fail.code, &form.dossier) {
        (Says::Fields(errors), ..) => {
            filled.errors.extend(errors.iter().cloned());
            to_mend(cx)
        }
        (_, "stale", Some(line)) => {
            let id = line.id;
            let view = cx.run(move |app, me| app.dossier(me, id, None)).await?;
            news(cx, &view)
        }
        (Says::Label(label), _, Some(line)) if *label == Irregular::StillOwed.label() => {
            let id = line.id;
            let view = cx.run(move |app, me| app.dossier(me, id, None)).await?;
            html! { (impossible(cx, fail)) (still_owed(cx, &view)) }
        }
        _ => impossible(cx, fail),
    };
    let below = speaks_of(cx, form, beside, Some(ticked)).await?;
    // The form carries the new state: sending it again means having seen the news.
    refused(
        page(
            cx,
            form,
            &filled,
            &html! { (alert(&trouble)) (below) },
            beside,
        ),
        fail.status,
    )
}

fn impossible(cx: &Cx, fail: &Fail) -> Markup {
    let title = match fail.code {
        // What became of its files, not of the entry.
        "too-large" | "storage" => fail.title(cx.words),
        _ => cx.words.t("fail-irregular"),
    };
    html! { p { strong { (title) } } (fail.says(cx.words)) }
}

/// What stands in the way, with the way to answer it: whoever closes a dossier need not look for it.
fn still_owed(cx: &Cx, view: &DossierView) -> Markup {
    let open = view.obligations.iter().filter(|o| o.state.is_open());
    let open: Vec<ObligationView> = open.cloned().collect();
    obligations(cx, &open, Place::Under)
}

/// The form of an act of weight once more, with what was typed and the news: what it acts on changed before the passkey answered.
pub async fn stale(cx: &Cx, recording: Recording) -> Reply {
    let beside_it = recording.erases.iter().chain(&recording.erases_here);
    let ticked: Vec<String> = beside_it.map(EntryId::to_string).collect();
    let asked = FormQuery {
        dossier: recording.dossier,
        partner: recording.partner,
        entry_type: recording.entry_type,
        target: recording.target,
        chosen: chosen(|name| recording.values.text(name)),
        ..FormQuery::default()
    };
    let (form, beside) = fetch(cx, asked, None).await?;
    let mut filled = Filled::proposed(&form, &recording.values);
    filled.own_only = recording.own_only;
    if let Some(binding) = &form.binds {
        filled.proposal = binding.proposal.entry.to_string();
    }
    again(
        cx,
        (&form, &ticked),
        filled,
        &Fail::from(AppError::Stale),
        beside.as_ref(),
    )
    .await
}

fn news(cx: &Cx, view: &DossierView) -> Markup {
    let numbers = |id: ObligationId| {
        view.obligations
            .iter()
            .find(|o| o.id == id)
            .map(|o| o.number.clone())
    };
    let newest: Vec<&EntryView> = view.entries.iter().rev().take(3).collect();
    html! {
        p { strong { (cx.words.t("fail-stale")) } " " (cx.words.t("stale-news")) }
        @for entry in newest.into_iter().rev() { (entry_card(cx, entry, &numbers, false)) }
    }
}

fn refused(reply: Reply, status: StatusCode) -> Reply {
    reply.map(|mut response| {
        *response.status_mut() = status;
        response
    })
}

/// The form itself is no longer possible: what was typed is shown, so that it is not lost.
fn unplaced(cx: &Cx, fail: &Fail, filled: &Filled) -> Reply {
    let main = html! {
        section.calm {
            h1 { (cx.words.t("fail-irregular")) }
            (fail.says(cx.words))
            p { (cx.words.t("typed-kept")) }
            @for text in filled.raw.values().flatten().filter(|t| t.chars().count() > 20) { (crate::parts::prose(None, text)) }
            p { a.button href="/" { (cx.words.t("go-today")) } }
        }
        (today::opening_menu(cx))
    };
    refused(cx.page(&cx.words.t("fail-irregular"), &main), fail.status)
}
