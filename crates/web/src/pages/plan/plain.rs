//! The action plan as text and as JSON, for the command line.

use super::name_of;
use crate::i18n::Words;
use crate::time::{due_words, rfc3339};
use entente_app::views::{ComparisonView, DayLine, Found, NearView, PlanView, TaskView};
use entente_core::ids::EntryId;
use entente_core::instant::Instant;
use entente_core::kinds::investigation::plan::{PLACE, TITLE};
use serde_json::{Value as Json, json};

/// The plan as text: a paragraph for each day and task.
#[must_use]
pub fn text(words: Words, view: &PlanView, now: Instant) -> String {
    let mut lines = vec![words.t("plan-title")];
    let near = |entry: EntryId| near_of(words, &view.near, entry);
    for day in &view.days {
        let zero = day.zero.map(rfc3339).unwrap_or_default();
        let name = name_of(words, day);
        lines.push(format!(
            "T0 {zero} · {name} · {} · {}",
            standing(words, day),
            day.entry
        ));
        lines.extend(near(day.entry));
    }
    for task in &view.tasks {
        lines.push(task_line(words, task, now));
        lines.extend(near(task.entry));
        for result in &task.results {
            let said = result
                .values
                .as_ref()
                .and_then(|values| values.text("text"));
            let said = said.map_or_else(|| words.t("plan-not-readable"), str::to_owned);
            lines.push(format!(
                "  {} · {} · {said}",
                words.t("plan-result"),
                result.service
            ));
        }
    }
    if view.tasks.is_empty() {
        lines.push(words.t("plan-no-task"));
    }
    lines.extend(comparisons_text(words, view));
    lines.join("\n")
}

/// The comparisons of a plan as text: what may be asked, what was, and what came of it.
#[must_use]
pub fn comparisons_text(words: Words, view: &PlanView) -> Vec<String> {
    let mut lines = Vec::new();
    for node in &view.compared.older {
        lines.push(words.s("compare-older", node.as_str()));
    }
    for one in &view.compared.asked {
        let found = one.found.map(|found| super::compared::said(words, found));
        let asked = one.asks.iter().map(|ask| {
            format!(
                "  {} · {} · {}",
                ask.number,
                ask.owing,
                words.label(ask.state.label())
            )
        });
        let of = match (one.plan, &one.typed) {
            (Some(plan), _) => plan.to_string(),
            (None, Some(typed)) => format!("{} · {}", typed.place, rfc3339(typed.from)),
            (None, None) => words.t("compare-asked-of-us"),
        };
        lines.push(format!(
            "{} · {} · {of}",
            words.t("compare-title"),
            one.entry
        ));
        lines.extend(found.map(|found| format!("  {found}")));
        lines.extend(asked);
    }
    lines
}

fn standing(words: Words, day: &DayLine) -> String {
    super::said(words, day.standing)
}

fn task_line(words: Words, task: &TaskView, now: Instant) -> String {
    let ask = &task.ask;
    let title = said(task, TITLE).unwrap_or_else(|| words.t("plan-not-readable"));
    let place = said(task, PLACE).map(|place| format!(" · {place}"));
    let state = words.label(ask.state.label());
    let due = due_words(words, ask, now);
    let place = place.unwrap_or_default();
    format!(
        "{} · {title} · {} · {state} · {due}{place}",
        ask.number, ask.owing
    )
}

fn said(task: &TaskView, name: &str) -> Option<String> {
    let text = task.values.as_ref()?.text(name)?;
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

fn near_of(words: Words, all: &[NearView], entry: EntryId) -> Vec<String> {
    let of = all.iter().filter(|near| near.entry == entry);
    let line = |near: &NearView| match &near.other {
        Some(other) => format!(
            "  {} {} · {}",
            words.t("near-known"),
            other.service,
            other.entry
        ),
        None if near.abroad => format!("  {}", words.t("near-abroad")),
        None => format!("  {}", words.t("near-unknown")),
    };
    of.map(line).collect()
}

/// The plan as JSON: codes and instants as they are, words in their own language.
#[must_use]
pub fn json(view: &PlanView) -> Json {
    let near = |entry: EntryId| -> Vec<Json> {
        let of = view.near.iter().filter(|near| near.entry == entry);
        of.map(|near| {
            let other = near.other.as_ref();
            json!({
                "step": near.step,
                "abroad": near.abroad,
                "dossier": other.map(|o| o.dossier.to_string()),
                "entry": other.map(|o| o.entry.to_string()),
                "service": other.map(|o| o.service.to_string()),
            })
        })
        .collect()
    };
    let task = |task: &TaskView| {
        let results = task.results.iter().map(|result| {
            let text = result.values.as_ref().and_then(|values| values.text("text"));
            json!({"entry": result.entry.to_string(), "service": result.service.to_string(), "at": rfc3339(result.at), "text": text})
        });
        json!({
            "entry": task.entry.to_string(), "obligation": task.ask.id.to_string(), "number": task.ask.number,
            "title": said(task, TITLE), "place": said(task, PLACE), "owing": task.ask.owing.to_string(),
            "creditor": task.ask.creditor.to_string(), "state": task.ask.state.as_str(), "overdue": task.ask.overdue,
            "due": task.ask.due.map(rfc3339), "results": results.collect::<Vec<_>>(), "near": near(task.entry),
        })
    };
    let day = |day: &DayLine| {
        json!({
            "entry": day.entry.to_string(), "service": day.service.to_string(), "zero": day.zero.map(rfc3339),
            "standing": day.standing.as_str(), "near": near(day.entry),
        })
    };
    json!({
        "dossier": view.dossier.id.to_string(),
        "tasks": view.tasks.iter().map(task).collect::<Vec<_>>(),
        "days": view.days.iter().map(day).collect::<Vec<_>>(),
        "comparable": view.compared.offered.iter().map(EntryId::to_string).collect::<Vec<_>>(),
        "compares_typed": view.compared.typed,
        "compares_not_with": view.compared.older.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "compared": view.compared.asked.iter().map(comparison).collect::<Vec<_>>(),
    })
}

/// The comparisons of a plan as JSON, as [`json()`] has them.
#[must_use]
pub fn comparisons_json(view: &PlanView) -> Json {
    let whole = json(view);
    let part = |name: &str| {
        (
            name.to_owned(),
            whole.get(name).cloned().unwrap_or_default(),
        )
    };
    let parts = [
        "dossier",
        "comparable",
        "compares_typed",
        "compares_not_with",
        "compared",
    ];
    Json::Object(parts.into_iter().map(part).collect())
}

fn comparison(one: &ComparisonView) -> Json {
    let (found, steps) = match one.found {
        None => (None, None),
        Some(Found::Nothing) => (Some("nothing"), None),
        Some(Found::Near(steps)) => (Some("near"), Some(steps)),
        Some(Found::Unreadable) => (Some("unreadable"), None),
    };
    let asks = one.asks.iter().map(|ask| {
        json!({
            "obligation": ask.id.to_string(), "number": ask.number, "ask": ask.ask.as_str(),
            "owing": ask.owing.to_string(), "state": ask.state.as_str(), "due": ask.due.map(rfc3339),
        })
    });
    json!({
        "entry": one.entry.to_string(), "own": one.own, "plan": one.plan.map(|plan| plan.to_string()),
        "place": one.typed.as_ref().map(|typed| typed.place.clone()),
        "from": one.typed.as_ref().map(|typed| rfc3339(typed.from)), "until": one.typed.as_ref().map(|typed| rfc3339(typed.until)),
        "found": found, "steps": steps, "by_name": one.by_name, "asks": asks.collect::<Vec<_>>(),
    })
}
