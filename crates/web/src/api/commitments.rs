//! Commitments of all declarations as JSON: how many stand where by theme, each with its chain and evidence. For the API and the command line alike.

use super::json::{line, obligation, point};
use super::{Api, read::answer};
use crate::fail::Reply;
use crate::pages::Query;
use crate::pages::commitments::{Filter, lines};
use entente_app::views::{CommitmentsView, Committed};
use entente_core::codes::Relation;
use entente_core::ids::EntryId;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the query chooses.
pub async fn of(Api(cx): Api, query: Query) -> Reply {
    let filter = Filter::of(&query)?;
    let view = cx.run(|app, me| app.follow_up(me)).await?;
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
                "entry": one.of.point.entry.to_string(), "theme": one.theme, "side": one.side, "state": one.state.code(),
                "obligation": obligation(one.owed),
            })
        })
        .collect();
    let points: Vec<Value> = view.points.iter().map(committed).collect();
    json!({"counts": counts, "pledges": pledges, "points": points})
}

fn committed(one: &Committed) -> Value {
    let ties = |all: &[(Relation, EntryId)]| -> Vec<Value> {
        let each = all.iter();
        each.map(|(how, entry)| json!({"relation": how, "entry": entry.to_string()}))
            .collect()
    };
    let alike: Vec<String> = one.alike.iter().map(EntryId::to_string).collect();
    json!({
        "dossier": line(&one.dossier), "date": one.date, "point": point(&one.point), "follows": ties(&one.follows),
        "followed_by": ties(&one.followed_by), "alike": alike,
    })
}
