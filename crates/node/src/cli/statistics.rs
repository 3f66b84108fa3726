//! `entente statistics`: what was published for a month. No filter, and no parameter but the month.

use clap::Args;
use entente_core::statistics::{Cell, FLOOR, Line, Month, Published};
use entente_web::Words;

use super::{CliError, Context, pick, say};

/// Flags of `entente statistics`.
#[derive(Debug, Args)]
pub struct Statistics {
    /// Month as YYYY-MM; the last one published if left out
    #[arg(long)]
    month: Option<Month>,
    /// As a file for a spreadsheet
    #[arg(long)]
    csv: bool,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Prints what was published.
pub fn run(context: &Context, statistics: &Statistics) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, statistics.officer.as_deref())?;
    let view = node.app.statistics(&actor, statistics.month)?;
    if context.json {
        say::json(&entente_web::statistics_json(&view));
        return Ok(());
    }
    match view.published {
        None => say::line(&say::t("statistics-none")),
        Some(published) if statistics.csv => say::out(&entente_web::statistics_csv(&published)),
        Some(published) => tables(&published),
    }
    Ok(())
}

/// What the words mean that stand in place of figures, as on the page.
fn explained(words: Words) {
    let floor = words.number(FLOOR);
    for (cell, means) in [
        (Cell::Few, say::s("statistics-few-means", &floor)),
        (Cell::Withheld, say::t("statistics-withheld-means")),
    ] {
        let cell = entente_web::statistics_figure(words, cell);
        say::line(&say::two("cli-explained", cell, means));
    }
    say::line(&say::s("statistics-still", &floor));
    say::line(&say::t("statistics-never"));
}

fn tables(published: &Published) {
    let words = say::words();
    say::line(&words.month(published.month));
    let window = say::t("statistics-window");
    say::line(&format!("{window} {}", say::time(published.at)));
    explained(words);
    for sheet in published.sheets() {
        say::line(words.label(sheet.table.title));
        let persons = sheet.table.persons.is_some();
        say::line(&say::t(match persons {
            true => "statistics-persons",
            false => "statistics-exact",
        }));
        for Line { head, cells, total } in &sheet.lines {
            let name = head.map_or_else(
                || say::t("statistics-total"),
                |(_, l)| words.label(l).to_owned(),
            );
            say::line(&format!("  {name}"));
            let columns = sheet
                .columns
                .iter()
                .map(|(_, head)| words.label(*head).to_owned());
            let columns = columns.chain([say::t("statistics-total")]);
            for (column, cell) in columns.zip(cells.iter().chain([total])) {
                say::line(&format!(
                    "    {column}: {}",
                    entente_web::statistics_figure(words, *cell)
                ));
            }
        }
    }
}
