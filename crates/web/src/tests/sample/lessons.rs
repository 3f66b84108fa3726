//! Lessons in every state, with texts made to hurt.

use super::{HOSTILE, NOW, dossier_id, entry_id, line, obligations, service};
use entente_app::views::{LessonView, LessonsView, NearLesson, ObservingView, Said};
use entente_core::field::{Value, Values};
use entente_core::kinds::lesson::path::State;
use entente_core::kinds::lesson::{IDENTIFIED, OBSERVATION, REPORT};
use entente_core::label::Lang;
use std::collections::BTreeMap;

fn said(n: u8, kind: &str, fields: &[&str]) -> Said {
    let mut values = Values::default();
    for name in fields {
        let text = Value::Text(HOSTILE.to_owned());
        values.values.insert((*name).to_owned(), text);
    }
    Said {
        entry: entry_id(n),
        kind: kind.to_owned(),
        by: service("fr/liaison"),
        at: NOW,
        values: (!fields.is_empty()).then_some(values),
        printed: true,
    }
}

/// A lesson in a state, whose observation has this number.
fn lesson((n, state): (u8, State)) -> LessonView {
    LessonView {
        state,
        steps: vec![
            said(n, OBSERVATION.name, &["title", "observed"]),
            said(32, IDENTIFIED.name, &["title", "root_cause", "remedy"]),
            said(33, REPORT.name, &["result", "changed"]),
            said(34, "lesson.newer", &[]),
        ],
        asks: obligations(),
    }
}

/// The lessons of a dossier.
pub fn lessons() -> LessonsView {
    LessonsView {
        dossier: line("lesson"),
        opened: Some(said(9, "lesson.open", &["title", "subject"])),
        lessons: (20..).zip(State::ALL).map(lesson).collect(),
        forms: vec![&OBSERVATION],
    }
}

/// A lesson near to something.
pub fn near() -> Vec<NearLesson> {
    vec![NearLesson {
        dossier: dossier_id(7),
        number: "MA-7".to_owned(),
        lesson: lesson((20, State::Learned)),
    }]
}

/// Where an entry may be submitted as an observation.
pub fn observing() -> ObservingView {
    ObservingView {
        dossier: dossier_id(7),
        fields: Some(Values {
            lang: Some(Lang::Ar),
            values: BTreeMap::from([("observed".to_owned(), Value::Text(HOSTILE.to_owned()))]),
        }),
        into: vec![line("lesson")],
    }
}
