//! Lessons as JSON: how far each has come, its steps, who owes the next. For the API and for the command line alike.

use super::json::{line, obligation};
use super::programme::{all, said};
use super::{Api, read::answer};
use crate::fail::Reply;
use crate::pages::id;
use axum::extract::Path;
use entente_app::views::{LessonView, LessonsView};
use entente_core::ids::DossierId;
use serde_json::{Value, json};

/// The lessons of a dossier.
pub async fn of(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run_why(move |app, me| app.lessons(me, dossier)).await?;
    answer(lessons(&view))
}

/// See [`LessonsView`].
#[must_use]
pub fn lessons(view: &LessonsView) -> Value {
    json!({
        "dossier": line(&view.dossier), "opened": view.opened.as_ref().map(said), "lessons": all(&view.lessons, lesson),
        "forms": view.forms.iter().map(|entry| entry.name).collect::<Vec<_>>(),
    })
}

fn lesson(one: &LessonView) -> Value {
    json!({"state": one.state.name(), "steps": all(&one.steps, said), "obligations": all(&one.asks, obligation)})
}
