//! A series of meetings: one held, with minutes that both approved and a decision for each side, and one to which both are invited.

use serde_json::json;

use super::DemoError;
use super::check::Facts;
use super::scene::{By, Scene};
use super::when;
use super::world::Nodes;

const MA: By = ("ma", "coordination");
const FR: By = ("fr", "coordination");
/// When the first is held, in hours before the demonstration's end.
const HELD: i64 = -420;

/// `ma` sets the series up and invites to its first meeting; dossier and invitation.
///
/// # Errors
/// [`DemoError`].
pub async fn convene(nodes: &mut Nodes) -> Result<(String, String), DemoError> {
    let series = json!({
        "title": "اجتماعات تتبع التعاون", "aim": "تتبع ما بقي دون جواب، والاتفاق على ما يلي.", "form": "series", "level": "services",
        "cadence": 30, "languages": ["ar", "fr"], "interpreters": true, "to": "fr/coordination",
    });
    let (mut scene, opening) = Scene::open(nodes, MA, ("meeting.open", series)).await?;
    let joins = json!({"delegation": "Coordonnatrice de la commission mixte"});
    scene
        .answer(FR, ((&opening, 0), "meeting.attend"), joins)
        .await?;
    let invitation = json!({
        "title": "الاجتماع الأول", "at": when::hour(HELD), "lasts": 90, "mode": "video", "languages": ["ar", "fr"], "interpreters": true,
    });
    let invitation = scene.say(MA, "meeting.convene", invitation).await?;
    scene.settled().await?;
    let comes = json!({"delegation": "Coordonnatrice ; cheffe de l’unité d’enquête"});
    scene
        .answer(FR, ((&invitation, 0), "meeting.attend"), comes)
        .await?;
    scene.settled().await?;
    Ok((scene.dossier, invitation))
}

/// It was held: minutes, their approval, a decision for each side; `fr` invites to the next.
///
/// # Errors
/// [`DemoError`].
pub async fn held(
    nodes: &mut Nodes,
    (dossier, invitation): (String, String),
) -> Result<(), DemoError> {
    let mut scene = Scene { nodes, dossier };
    let minutes = json!({
        "of": invitation, "held": when::hour(HELD), "present": "منسقتا اللجنة المشتركة؛ رئيستا وحدتي التحقيق",
        "text": "استعرض الجانبان الطلبات التي لم يجب عنها، واتفقا على مترجمين لكل عملية.", "other_lang": "fr",
        "other_text": "Les deux parties ont passé en revue les demandes restées sans réponse et convenu d’interprètes pour chaque opération.",
    });
    let minutes = scene.say(MA, "meeting.minutes", minutes).await?;
    scene.settled().await?;
    let approves = json!({"text": "Approuvé."});
    scene
        .answer(FR, ((&minutes, 0), "meeting.approve"), approves)
        .await?;
    let of_ma = json!({"title": "لائحة بالمترجمين المعتمدين", "of": minutes, "to": "fr/coordination", "by": when::day(25)});
    scene.say(MA, "meeting.decision", of_ma).await?;
    let of_fr = json!({"title": "Modèle commun de récépissé", "of": minutes, "to": "ma/coordination", "by": when::day(25)});
    scene.say(FR, "meeting.decision", of_fr).await?;
    let next = json!({
        "title": "Deuxième rencontre", "at": when::at(12, "09:00"), "lasts": 120, "mode": "place", "place": "salle commune (fictive)",
        "languages": ["ar", "fr"], "interpreters": true,
    });
    let next = scene.say(FR, "meeting.convene", next).await?;
    scene.settled().await?;
    let comes = json!({"delegation": "منسقة اللجنة المشتركة"});
    scene
        .answer(MA, ((&next, 0), "meeting.attend"), comes)
        .await?;
    scene.settled().await
}

/// Both nodes have the minutes approved, a decision that each side owes, and the next meeting attended.
///
/// # Errors
/// [`DemoError`].
pub async fn check(nodes: &mut Nodes, dossier: &str, facts: &mut Facts) -> Result<(), DemoError> {
    let mut same = true;
    for api in [&mut nodes.ma, &mut nodes.fr] {
        let path = format!("/api/v1/dossiers/{dossier}");
        let view = api.get("coordination", &path).await?;
        let asked = view["obligations"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        let of = |ask: &str, state: &str| {
            let fits = asked
                .iter()
                .filter(|l| l["ask"] == ask && l["state"] == state);
            fits.count()
        };
        same &= of("attend", "answered") == 3
            && of("decide", "answered") == 1
            && of("act", "open") == 2;
    }
    facts.add(
        "meetings: minutes approved by both, each side owes what was decided, the next is attended",
        same,
    );
    Ok(())
}
