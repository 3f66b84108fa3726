//! Published statistics: a fixed list of tables a month. No filter, and no parameter but the month.

use super::id;
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use entente_app::views::StatisticsView;
use entente_core::floor::Action;
use entente_core::statistics::{Cell, FLOOR, Line, Month, Published, Sheet};
use maud::{Markup, html};

/// The last month published.
pub async fn show(cx: Cx) -> Reply {
    of(cx, None).await
}

/// A month.
pub async fn month(cx: Cx, Path(month): Path<String>) -> Reply {
    let month: Month = id(&month)?;
    of(cx, Some(month)).await
}

async fn of(cx: Cx, month: Option<Month>) -> Reply {
    let view = cx.run(move |app, me| app.statistics(me, month)).await?;
    let words = cx.words;
    let main = html! {
        div.title-row {
            h1 {
                (words.t("statistics")) " " bdi { (cx.me()) }
                @if let Some(published) = &view.published { (dot()) (words.month(published.month)) }
            }
            @if let Some(published) = &view.published {
                a.button href=(format!("/statistics/{}/csv", published.month)) { (words.t("statistics-csv")) }
            }
        }
        @match &view.published {
            None => section.calm { p { (words.t("statistics-none")) } },
            Some(published) => (tables(&cx, published)),
        }
        (months(words, &view))
    };
    cx.page(&words.t("statistics"), &main)
}

fn tables(cx: &Cx, published: &Published) -> Markup {
    let words = cx.words;
    html! {
        p { (words.t("statistics-window")) " " (cx.time(published.at)) }
        (explained(words))
        @for sheet in &published.sheets() { section.panel { (table(words, sheet)) } }
    }
}

/// What the words mean that stand in place of figures, and what may be concluded from the others.
fn explained(words: Words) -> Markup {
    let floor = words.number(FLOOR);
    html! {
        section.panel #explained {
            h2 { (words.t("statistics-how")) }
            dl.facts {
                dt { (figure(words, Cell::Few)) } dd { (words.s("statistics-few-means", &floor)) }
                dt { (figure(words, Cell::Withheld)) } dd { (words.t("statistics-withheld-means")) }
            }
            p.quiet { (words.s("statistics-still", &floor)) " " (words.t("statistics-never")) }
        }
    }
}

fn table(words: Words, sheet: &Sheet) -> Markup {
    let title = words.label(sheet.table.title);
    html! {
        h2 { (title) }
        p.quiet { @if sheet.table.persons.is_some() { (words.t("statistics-persons")) } @else { (words.t("statistics-exact")) } }
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table.list.figures {
                thead { tr {
                    th scope="col" {}
                    @for (_, head) in &sheet.columns { th scope="col" { (words.label(*head)) } }
                    th scope="col" { (words.t("statistics-total")) }
                } }
                tbody { @for line in &sheet.lines { (row(words, line)) } }
            }
        }
    }
}

fn row(words: Words, line: &Line) -> Markup {
    html! { tr {
        th scope="row" {
            @match line.head { Some((_, head)) => (words.label(head)), None => strong { (words.t("statistics-total")) } }
        }
        @for cell in line.cells.iter().chain([&line.total]) { td.num { (figure(words, *cell)) } }
    } }
}

/// A figure, or why none stands there.
#[must_use]
pub fn figure(words: Words, cell: Cell) -> String {
    match cell {
        Cell::Figure(n) => words.number(n),
        Cell::Few => words.s("statistics-few", &words.number(FLOOR)),
        Cell::Withheld => words.t("statistics-withheld"),
    }
}

/// The ways to the other months.
fn months(words: Words, view: &StatisticsView) -> Markup {
    let shown = view.published.as_ref().map(|published| published.month);
    html! {
        @if view.months.len() > 1 {
            nav.ways aria-label=(words.t("statistics-months")) {
                @for (place, month) in view.months.iter().rev().enumerate() {
                    @if place > 0 { (dot()) }
                    a href=(format!("/statistics/{month}")) aria-current=[(shown == Some(*month)).then_some("page")] { (words.month(*month)) }
                }
            }
        }
    }
}

/// The way here, for who may read them.
pub fn way(cx: &Cx) -> Markup {
    html! { @if cx.may(Action::Statistics) { p.ways { a.button href="/statistics" { (cx.words.t("statistics")) } } } }
}

/// A month as a file for a spreadsheet.
pub async fn file(cx: Cx, Path(month): Path<String>) -> Reply {
    let month: Month = id(&month)?;
    let view = cx
        .run(move |app, me| app.statistics(me, Some(month)))
        .await?;
    let published = view.published.ok_or_else(Fail::not_found)?;
    let name = format!("attachment; filename=\"statistics-{month}.csv\"");
    let heads = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((heads, csv(&published)).into_response())
}

/// One line for each figure, by names that no language changes.
#[must_use]
pub fn csv(published: &Published) -> String {
    let mut out = "month,table,line,column,figure\r\n".to_owned();
    for sheet in published.sheets() {
        for line in &sheet.lines {
            let columns = sheet.columns.iter().map(|(name, _)| *name).chain(["total"]);
            let head = line.head.map_or("total", |(name, _)| name);
            let cells = line.cells.iter().chain([&line.total]);
            for (column, cell) in columns.zip(cells) {
                let (month, table) = (published.month, sheet.table.name);
                out.push_str(&format!(
                    "{month},{table},{head},{column},{}\r\n",
                    cell.text()
                ));
            }
        }
    }
    out
}
