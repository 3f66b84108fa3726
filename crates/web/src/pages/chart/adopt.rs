//! Adopting figures: a contribution to be written, which an officer completes, evaluates and signs as an assessment of their own. Until then nothing
//! of a figure is kept; and its text names the thing by its entry, so that no name stands in an address.

use super::{Page, shown};
use crate::charts::Chosen;
use crate::context::{Cx, percent};
use crate::i18n::Words;
use crate::time::{civil_day, utc_day};
use entente_app::views::ChartView;
use entente_chart::Sensitivity;
use entente_core::kinds::investigation::CONTRIBUTE;
use maud::{Markup, html};

/// The way to the form, for whoever may write in the dossier.
pub(super) fn way(cx: &Cx, view: &ChartView, page: &Page, chosen: &Chosen) -> Markup {
    let words = cx.words;
    let writes = !view.things.forms.is_empty();
    html! {
        @if writes {
            p.ways { a.button.small href=(address(cx, view, page, chosen)) { (words.t("chart-adopt")) } " " small { (words.t("chart-adopt-why")) } }
        }
    }
}

fn address(cx: &Cx, view: &ChartView, page: &Page, chosen: &Chosen) -> String {
    let day = civil_day(cx.words, &utc_day(cx.now));
    let text = text(cx.words, page, chosen, &day);
    let (id, title) = (view.things.dossier.id, cx.words.t("chart-adopt-title"));
    let (title, text) = (percent(&title), percent(&text));
    format!(
        "/dossiers/{id}/write/{}?nature=assessment&title={title}&text={text}",
        CONTRIBUTE.name
    )
}

/// What the form begins with: of what, by which method, how sure; the officer's own words come first.
fn text(words: Words, page: &Page, chosen: &Chosen, day: &str) -> String {
    let short: String = chosen.id.chars().take(8).collect();
    let mut lines = vec![words.t("chart-adopt-own"), String::new()];
    lines.push(words.two("chart-adopt-of", &short, day));
    lines.push(words.s("chart-adopt-view", &filters(words, page)));
    for fact in chosen.figures() {
        lines.push(format!(
            "{}: {} ({})",
            words.t(fact.name),
            shown(words, &fact.figure),
            words.t(fact.is)
        ));
    }
    lines.push(words.t(chosen.position().1));
    lines.extend(chosen.figures.cut.then(|| words.t("chart-is-cut")));
    lines.extend(
        chosen
            .sensitivity
            .iter()
            .flat_map(|told| missing(words, told)),
    );
    lines.push(words.t("chart-chosen-why"));
    lines.join("\n")
}

/// What the view let through, as its address says it.
fn filters(words: Words, page: &Page) -> String {
    let all = page.asking.iter().filter(|(name, value)| {
        !value.is_empty() && !["thing", "to", "marks"].contains(&name.as_str())
    });
    let all: Vec<String> = all.map(|(name, value)| format!("{name}={value}")).collect();
    if all.is_empty() {
        words.t("chart-all")
    } else {
        all.join(" ")
    }
}

fn missing(words: Words, told: &Sensitivity) -> Vec<String> {
    let ranges = [
        ("chart-f-links", &told.links),
        ("chart-f-between", &told.between),
        ("chart-f-closeness", &told.closeness),
    ];
    let number = |n: usize| super::number(words, n);
    let mut lines = vec![words.two("chart-missing", &number(told.missing), &number(told.runs))];
    lines.extend(ranges.map(|(key, range)| {
        let (low, high) = (
            shown(words, &range.low.to_string()),
            shown(words, &range.high.to_string()),
        );
        format!(
            "{}: {}",
            words.t(key),
            words.two("chart-range", &low, &high)
        )
    }));
    lines
}
