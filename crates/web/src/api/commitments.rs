//! Commitments of all declarations as JSON: how many stand where by theme, each with its chain and evidence. For the API and the command line alike.

use super::json::{line, obligation, point};
use super::{Api, read::answer};
use crate::fail::Reply;
use crate::pages::commitments::{Filter, lines};
use crate::pages::{Query, named};
use entente_app::views::{CommitmentsView, Committed, Follow, Tied};
use entente_core::ids::EntryId;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the query chooses.
pub async fn of(Api(cx): Api, query: Query) -> Reply {
    let filter = Filter::of(&query)?;
    let follow = Follow {
        of: named(&query, "of")?,
        ..filter.follow()
    };
    let view = cx.run(move |app, me| app.follow_up(me, &follow)).await?;
    answer(commitments(&view, &filter))
}

/// See [`CommitmentsView`].
#[must_use]
pub fn commitments(view: &CommitmentsView, filter: &Filter) -> Value {
    let chosen = lines(view, filter);
    let mut counts: BTreeMap<&str, BTreeMap<String, BTreeMap<&str, usize>>> = BTreeMap::new();
    for one in &chosen {
        let sides = counts.entry(one.theme).or_default();
        let states = sides.entry(one.side.to_string()).or_default();
        let many = states.entry(one.state.code()).or_default();
        *many = many.saturating_add(1);
    }
    let pledges: Vec<Value> = chosen
        .iter()
        .map(|one| {
            json!({
                "entry": one.of.point.entry.to_string(), "theme": one.theme, "side": one.side, "state": one.state.code(), "contested": one.owed.contested.is_some(),
                "obligation": obligation(one.owed),
            })
        })
        .collect();
    let points: Vec<Value> = view.points.iter().map(committed).collect();
    json!({"counts": counts, "pledges": pledges, "points": points})
}

fn committed(one: &Committed) -> Value {
    let ties = |all: &[Tied]| -> Vec<Value> {
        let each = all.iter();
        each.map(|tie| json!({"relation": tie.how, "entry": tie.entry.to_string(), "by": tie.by}))
            .collect()
    };
    let alike: Vec<String> = one.alike.iter().map(EntryId::to_string).collect();
    // Its ties stand in `follows` and `followed_by`, of points that the reader sees: those of a declaration's own page name others too.
    let mut said = point(&one.point);
    if let Some(said) = said.as_object_mut() {
        said.retain(|name, _| name != "relates" && name != "related_by");
    }
    json!({
        "dossier": line(&one.dossier), "date": one.date, "point": said, "follows": ties(&one.follows),
        "followed_by": ties(&one.followed_by), "alike": alike,
    })
}
