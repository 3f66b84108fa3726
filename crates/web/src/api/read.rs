//! Reading by the API.

use super::{Api, json};
use crate::charts::{Asked, Seen};
use crate::context::blocking;
use crate::fail::{Fail, Reply};
use crate::pages::package::{READING, package_json};
use crate::pages::{
    Query, balance as balance_page, dossiers as dossiers_page, id, ledger as ledger_page, named,
    page_of,
};
use crate::state::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use entente_app::FormQuery;
use entente_app::views::ChartUse;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::label::Lang;
use entente_core::statistics::Month;
use serde_json::{Value, json};

#[expect(clippy::unnecessary_wraps, reason = "ends handlers")]
pub(super) fn answer(value: Value) -> Reply {
    Ok(Json(value).into_response())
}

/// Who is signed in.
pub async fn me(Api(cx): Api) -> Reply {
    let actor = cx.actor.as_ref().ok_or_else(Fail::sign_in)?;
    answer(json!({
        "node": cx.me(), "id": actor.id, "name": actor.called(), "service": actor.service, "services": actor.services, "roles": actor.roles,
        "acts_for": actor.acts_for.as_ref().map(|of| of.id.as_str()), "lang": actor.lang, "csrf": cx.csrf, "now": crate::time::rfc3339(cx.now),
    }))
}

pub async fn today(Api(cx): Api) -> Reply {
    answer(json::today(&cx.run(|app, me| app.today(me)).await?))
}

pub async fn dossiers(Api(cx): Api, query: Query) -> Reply {
    let asked = dossiers_page::query_of(&query);
    answer(json::dossiers(
        &cx.run_why(move |app, me| app.dossiers(me, &asked)).await?,
    ))
}

pub async fn dossier(Api(cx): Api, Path(dossier): Path<String>, query: Query) -> Reply {
    let (dossier, page): (DossierId, _) = (id(&dossier)?, page_of(&query));
    answer(json::dossier(
        &cx.run_why(move |app, me| app.dossier(me, dossier, page))
            .await?,
    ))
}

pub async fn entry(Api(cx): Api, Path(entry): Path<String>) -> Reply {
    let entry: EntryId = id(&entry)?;
    answer(json::entry(
        &cx.run_why(move |app, me| app.entry(me, entry)).await?,
    ))
}

/// The offline proof of an entry, armoured.
pub async fn proof(Api(cx): Api, path: Path<String>) -> Reply {
    crate::pages::entry::proof(cx, path).await
}

/// A file of an entry.
pub async fn file(Api(cx): Api, path: Path<(String, String)>, headers: HeaderMap) -> Reply {
    crate::pages::entry::file(cx, path, headers).await
}

pub async fn obligation(Api(cx): Api, Path(obligation): Path<String>) -> Reply {
    let obligation: ObligationId = id(&obligation)?;
    answer(json::obligation(
        &cx.run(move |app, me| app.obligation(me, obligation))
            .await?,
    ))
}

/// The definition of a form: JSON schema, presets, what may be named and ticked.
pub async fn form(Api(cx): Api, Path(entry_type): Path<String>, query: Query) -> Reply {
    let asked = FormQuery {
        dossier: named(&query, "dossier")?,
        partner: named(&query, "partner")?,
        entry_type,
        target: named(&query, "on")?,
        proposal: named(&query, "proposal")?,
        continues: named(&query, "continues")?,
        ..FormQuery::default()
    };
    let lang = query
        .get("lang")
        .and_then(|l| Lang::parse(l))
        .unwrap_or(cx.words.lang);
    answer(json::form(
        &cx.run(move |app, me| app.form(me, &asked)).await?,
        lang,
    ))
}

/// What our node may release into a dossier.
pub async fn releasable(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    answer(json::releasable(
        &cx.run(move |app, me| app.releasable(me, dossier)).await?,
    ))
}

/// What is on the chart of a dossier, by what the address asks; figures of the view and of the one thing asked for.
pub async fn chart(Api(cx): Api, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx
        .run_why(move |app, me| app.chart(me, dossier, ChartUse::Look))
        .await?;
    let words = cx.words;
    let value = blocking(move || {
        let asked = Asked::of(&query.0);
        Ok(Seen::of(&view, &asked, words, &|_| None).json(&view))
    });
    answer(value.await?)
}

/// A plate or a file of a chart.
pub async fn chart_file(Api(cx): Api, path: Path<(String, String)>, query: Query) -> Reply {
    crate::pages::chart::file(cx, path, query).await
}

/// The action plan of an investigation, what is planned nearby, and its comparisons with the other states.
pub async fn plan(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run_why(move |app, me| app.plan_of(me, dossier)).await?;
    answer(crate::pages::plan::json(&view))
}

/// The exhibits of an investigation with their custody.
pub async fn exhibits(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let all = cx.run_why(move |app, me| app.exhibits(me, dossier)).await?;
    answer(super::exhibits::exhibits(&all))
}

/// The packages of evidence of a dossier, their files held against those that are here.
pub async fn evidence(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let all = cx.run_why(move |app, me| {
        let mut all = Vec::new();
        app.packages(me, (dossier, READING), &mut |line| {
            all.push(package_json(&line))
        })?;
        Ok(all)
    });
    answer(json!({"packages": all.await?}))
}

/// What the person is told in answer to their request, if they were told something.
pub async fn letter(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let letter = cx.run(move |app, me| app.letter(me, dossier)).await?;
    answer(json::letter(letter.as_ref()))
}

pub async fn ledger(Api(cx): Api, query: Query) -> Reply {
    let asked = ledger_page::query_of(&query);
    answer(json::ledger(
        &cx.run(move |app, me| app.ledger(me, &asked)).await?,
    ))
}

pub async fn reviews(Api(cx): Api) -> Reply {
    answer(json::reviews(&cx.run(|app, me| app.reviews(me)).await?))
}

pub async fn balance(Api(cx): Api, Path(partner): Path<String>, query: Query) -> Reply {
    let partner: NodeName = id(&partner)?;
    let (from, to) = balance_page::period(&query, cx.now)?;
    answer(json::balance(
        &cx.run(move |app, me| app.balance(me, &partner, from, to))
            .await?,
    ))
}

/// What was published for the last month.
pub async fn statistics(Api(cx): Api) -> Reply {
    let view = cx.run(|app, me| app.statistics(me, None)).await?;
    answer(json::statistics(&view))
}

/// What was published for a month.
pub async fn statistics_of(Api(cx): Api, Path(month): Path<String>) -> Reply {
    let month: Month = id(&month)?;
    let view = cx
        .run(move |app, me| app.statistics(me, Some(month)))
        .await?;
    answer(json::statistics(&view))
}

pub async fn links(Api(cx): Api) -> Reply {
    answer(json::links(&cx.run(|app, me| app.links(me)).await?))
}

pub async fn partner(Api(cx): Api, Path(node): Path<String>) -> Reply {
    let node: NodeName = id(&node)?;
    answer(json::partner(
        &cx.run(move |app, me| app.partner(me, &node)).await?,
    ))
}

pub async fn courier(Api(cx): Api, Path(node): Path<String>) -> Reply {
    let node: NodeName = id(&node)?;
    answer(json::courier(
        &cx.run(move |app, me| app.courier(me, &node)).await?,
    ))
}

/// Our card: public by nature.
pub async fn card(State(shared): State<Shared>) -> Reply {
    let card = crate::context::blocking(move || Ok(shared.verbs.own_card())).await?;
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((plain, card).into_response())
}
