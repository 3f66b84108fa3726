//! Importing a declaration: upload or paste, read what the machine proposes, confirm. Nothing is stored before.

use super::{Query, id, write};
use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::form::Filled;
use crate::i18n::Words;
use crate::layout::csrf;
use crate::pages::declaration::{aligned, source};
use crate::post::{Fields, Post};
use axum::extract::Path;
use axum::http::StatusCode;
use entente_app::views::LinkView;
use entente_app::{DeclarationImport, FormQuery};
use entente_core::ids::{DossierId, NodeName};
use entente_core::kinds::declaration::text::{ImportError, JsonFault};
use entente_core::label::Lang;
use maud::{Markup, html};
use serde_json::Value;

/// Most language versions of one declaration.
const VERSIONS: usize = 3;

/// One version as uploaded or pasted.
type Version = (Option<Lang>, String, Vec<u8>);

/// The form.
pub async fn show(cx: Cx) -> Reply {
    if !cx.may_open_named("declaration") {
        return Err(cx.refuse().await);
    }
    let links = cx.run(|app, me| app.links(me)).await?;
    draw(&cx, &links, &Fields::default(), None)
}

fn draw(cx: &Cx, links: &[LinkView], sent: &Fields, trouble: Option<Markup>) -> Reply {
    let words = cx.words;
    let main = html! {
        h1 { (words.t("import-heading")) }
        p.quiet { (words.t("import-why")) }
        @if let Some(trouble) = trouble { div.alert role="alert" { (trouble) } }
        form.entry-form.panel method="post" action="/import/declaration" enctype="multipart/form-data" {
            (csrf(cx))
            (particulars(words, sent, links))
            (version_fields(words, sent, 1))
            details.folded open[(2..=VERSIONS).any(|n| !sent.last(&format!("paste{n}")).is_empty())] {
                summary { (words.t("import-more-languages")) }
                @for n in 2..=VERSIONS { (version_fields(words, sent, n)) }
            }
            p { button.main type="submit" name="_step" value="preview" { (words.t("import-preview")) } }
        }
        form.entry-form.panel method="post" action="/import/register" enctype="multipart/form-data" {
            h2 { (words.t("import-register")) }
            p.quiet { (words.t("import-register-why")) }
            (csrf(cx))
            (partner_select(words, links, ""))
            div.field { label for="register" { (words.t("import-register-file")) } input #register type="file" name="_register" accept=".json,application/json" required; }
            p { button type="submit" { (words.t("import-register-do")) } }
        }
    };
    cx.page(&words.t("import-heading"), &main)
}

fn particulars(words: Words, sent: &Fields, links: &[LinkView]) -> Markup {
    let line = |name: &str, label: String, max: u32, kind: &str, required: bool| {
        html! {
            div.field {
                label for=(format!("d-{name}")) { (label) @if required { " " abbr.required title=(words.t("form-required")) { "*" } } }
                input id=(format!("d-{name}")) type=(kind) name=(name) value=(sent.last(name)) maxlength=(max) dir="auto" required[required];
            }
        }
    };
    html! {
        (line("title", words.t("import-title"), 300, "text", true))
        (line("reference", words.t("import-reference"), 60, "text", false))
        (line("date", words.t("import-date"), 10, "date", false))
        (line("place", words.t("import-place"), 120, "text", false))
        (partner_select(words, links, sent.last("partner")))
    }
}

fn partner_select(words: Words, links: &[LinkView], chosen: &str) -> Markup {
    html! {
        div.field {
            label { (words.t("filter-partner")) " "
                select name="partner" { @for l in links { option value=(l.partner) selected[l.partner.as_str() == chosen] { (l.partner) } } }
            }
        }
    }
}

fn version_fields(words: Words, sent: &Fields, n: usize) -> Markup {
    let (lang, paste, file) = (format!("lang{n}"), format!("paste{n}"), format!("file{n}"));
    html! {
        fieldset.choices {
            legend { (words.n("import-version", i64::try_from(n).unwrap_or_default())) }
            div.field { label { (words.t("form-lang")) " "
                select name=(lang) {
                    option value="" { (words.t("import-lang-detect")) }
                    @for l in Lang::ALL { option value=(l) lang=(l) selected[sent.last(&lang) == l.as_str()] { (l.own_name()) } }
                }
            } }
            div.field { label for=(file) { (words.t("import-file")) } input id=(file) type="file" name=(file) accept=".txt,.md,.html,.htm,text/plain,text/html,text/markdown"; }
            div.field { label for=(paste) { (words.t("import-paste")) } textarea id=(paste) name=(paste) rows="4" dir="auto" { (sent.last(&paste)) } }
        }
    }
}

/// The versions that a form brings: a file, or text pasted.
fn versions(sent: &Fields) -> Vec<Version> {
    let mut out = Vec::new();
    for n in 1..=VERSIONS {
        let lang = Lang::parse(sent.last(&format!("lang{n}")));
        let file = sent
            .last(&format!("file{n}#file"))
            .parse::<usize>()
            .ok()
            .and_then(|i| sent.held.get(i));
        let paste = sent.last(&format!("paste{n}"));
        match file {
            Some(file) if !file.bytes.is_empty() => {
                out.push((lang, file.name.clone(), file.bytes.clone()))
            }
            _ if !paste.trim().is_empty() => {
                out.push((lang, name_of(sent, n), paste.as_bytes().to_vec()))
            }
            _ => {}
        }
    }
    out
}

/// A pasted version keeps the name of the file it came from, which says how it is written.
fn name_of(sent: &Fields, n: usize) -> String {
    match sent.last(&format!("name{n}")) {
        "" => "pasted.txt".to_owned(),
        name => name.to_owned(),
    }
}

/// Shows what would be proposed, or stores the declaration.
pub async fn declaration(Post { cx, form }: Post) -> Reply {
    let found = versions(&form);
    let links = cx.run(|app, me| app.links(me)).await?;
    if found.is_empty() || form.last("title").trim().is_empty() {
        let trouble = html! { p { (cx.words.t("import-missing")) } };
        return with_status(
            draw(&cx, &links, &form, Some(trouble)),
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    if form.last("_step") == "store" {
        return store(&cx, &form, found).await;
    }
    let proposals = {
        let found = found.clone();
        cx.run(move |app, _| {
            found
                .iter()
                .map(|(lang, name, bytes)| app.propose_declaration(bytes, name, *lang))
                .collect::<Result<Vec<_>, _>>()
        })
        .await
    };
    match proposals {
        Ok(proposals) => preview(&cx, &form, &found, &proposals),
        Err(fail) if fail.code == "input" => {
            let trouble =
                html! { p { strong { (cx.words.t("fail-input")) } } (fail.says(cx.words)) };
            with_status(draw(&cx, &links, &form, Some(trouble)), fail.status)
        }
        Err(fail) => Err(fail),
    }
}

fn with_status(reply: Reply, status: StatusCode) -> Reply {
    reply.map(|mut response| {
        *response.status_mut() = status;
        response
    })
}

/// The texts side by side with the proposals; storing sends the same texts back.
fn preview(cx: &Cx, sent: &Fields, found: &[Version], proposals: &[Value]) -> Reply {
    let words = cx.words;
    let lang_of = |p: &Value, given: Option<Lang>| {
        p.get("language")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .or(given.map(|l| l.as_str().to_owned()))
            .unwrap_or_default()
    };
    let columns: Vec<(String, Value)> = proposals
        .iter()
        .zip(found)
        .map(|(p, (lang, ..))| (lang_of(p, *lang), p.clone()))
        .collect();
    let count: usize = proposals
        .first()
        .and_then(|p| p.get("commitments"))
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let main = html! {
        h1 { bdi { (sent.last("title")) } }
        p { (words.count("import-found", u64::try_from(count).unwrap_or_default())) " " (words.t("declaration-proposals")) }
        form.row method="post" action="/import/declaration" enctype="multipart/form-data" {
            (csrf(cx))
            @for name in ["title", "reference", "date", "place", "partner"] { input type="hidden" name=(name) value=(sent.last(name)); }
            @for ((n, (_, name, bytes)), (lang, _)) in (1..).zip(found).zip(&columns) {
                input type="hidden" name=(format!("lang{n}")) value=(lang);
                input type="hidden" name=(format!("name{n}")) value=(name);
                textarea.hidden name=(format!("paste{n}")) hidden aria-hidden="true" { "\n" (String::from_utf8_lossy(bytes)) }
            }
            button.main type="submit" name="_step" value="store" { (words.t("import-store")) }
            " " a href="/import/declaration" { (words.t("cancel")) }
        }
        section.panel { (aligned(cx, &columns, &|_, _| None)) }
    };
    cx.page(&words.t("import-heading"), &main)
}

async fn store(cx: &Cx, sent: &Fields, versions: Vec<Version>) -> Reply {
    let partner: Option<NodeName> = sent.last("partner").parse().ok();
    let text = |name: &str| sent.last(name).trim().to_owned();
    let import = DeclarationImport {
        partner,
        title: text("title"),
        reference: text("reference"),
        date: text("date"),
        place: text("place"),
        versions,
    };
    let recorded = cx
        .run(move |app, me| app.import_declaration(me, import))
        .await?;
    Ok(go(&format!("/dossiers/{}", recorded.dossier)))
}

/// Imports a register of instruments and points.
pub async fn register(Post { cx, mut form }: Post) -> Reply {
    let partner: Option<NodeName> = form.last("partner").parse().ok();
    let file = form
        .held
        .pop()
        .filter(|f| !f.bytes.is_empty())
        .ok_or_else(|| Fail::input_key("import-missing"))?;
    let recorded = cx
        .run(move |app, me| app.import_register(me, partner, &file.bytes))
        .await?;
    Ok(go(&recorded.first().map_or_else(
        || "/dossiers?kind=declaration".to_owned(),
        |r| format!("/dossiers/{}", r.dossier),
    )))
}

/// The short form of one proposal: owners, deliverable and due date to look over, the rest folded away.
pub async fn confirm_form(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let index: u32 = id(query.get("index").map_or("", String::as_str))?;
    let (form, values, declaration) = cx
        .run(move |app, me| {
            let (entry_type, values) = app.proposed(me, dossier, index)?;
            let asked = FormQuery {
                dossier: Some(dossier),
                entry_type: entry_type.to_owned(),
                ..FormQuery::default()
            };
            let declaration = app.dossier(me, dossier, None)?.declaration;
            Ok((app.form(me, &asked)?, values, declaration))
        })
        .await?;
    let filled = Filled::proposed(&form, &values);
    let above = html! {
        p.quiet { (cx.words.t("confirm-why")) }
        @if let Some(declaration) = &declaration { (source(cx.words, declaration, index)) }
    };
    write::draw(&cx, &form, &filled, &above)
}

/// Makes one proposal a commitment, or sets it aside, in one click.
pub async fn confirm(Path(dossier): Path<String>, Post { cx, form }: Post) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let index: u32 = id(form.last("_index"))?;
    let aside = form.last("_step") == "dismiss";
    let recorded = cx
        .run(move |app, me| {
            if aside {
                app.dismiss(me, dossier, index)
            } else {
                app.confirm(me, dossier, index)
            }
        })
        .await?;
    Ok(go(&format!(
        "/dossiers/{dossier}#p-{}",
        recorded.entry.short()
    )))
}

/// Why a declaration or a register was refused, in the reader's words.
pub fn refused(words: Words, fault: &ImportError) -> String {
    let offset = |n: usize| words.digits(&n.to_string());
    let size = |n: usize| words.size(u64::try_from(n).unwrap_or(u64::MAX));
    match fault {
        ImportError::TooLarge { found, limit } => {
            words.two("import-fault-size", &size(*found), &size(*limit))
        }
        ImportError::NotUtf8 { offset: at } => words.s("import-fault-utf8", &offset(*at)),
        ImportError::Binary { offset: at } => words.s("import-fault-binary", &offset(*at)),
        ImportError::Empty => words.t("import-fault-empty"),
        ImportError::TooManyParagraphs { limit } => words.s(
            "import-fault-paragraphs",
            &words.number(u64::try_from(*limit).unwrap_or(u64::MAX)),
        ),
        ImportError::UnknownLanguage => words.t("import-fault-language"),
        ImportError::Json {
            line,
            column,
            reason,
        } => {
            let place = words.two("import-fault-json", &offset(*line), &offset(*column));
            words.two("cli-explained", &place, &json_fault(words, *reason))
        }
        ImportError::DuplicateId { id } => words.s("import-fault-twice", id),
        ImportError::UnknownInstrument { point, instrument } => {
            words.two("import-fault-instrument", point, instrument)
        }
        ImportError::UnknownPoint { point, follows } => {
            words.two("import-fault-follows", point, follows)
        }
        ImportError::Cycle { point } => words.s("import-fault-circle", point),
        ImportError::NoText => words.t("import-fault-no-text"),
    }
}

fn json_fault(words: Words, fault: JsonFault) -> String {
    match fault {
        JsonFault::Syntax => words.t("import-json-syntax"),
        JsonFault::Shape => words.t("import-json-shape"),
        JsonFault::Cut => words.t("import-json-cut"),
    }
}
