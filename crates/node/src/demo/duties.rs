//! Duties to inform: each side has a file that waits for its magistrate, and `fr` has informed `ma` by a magistrate's decision.
//!
//! The option is on in this demonstration's charter, which both fictional nodes signed; whether it binds anybody elsewhere is for states to say.

use serde_json::json;

use super::DemoError;
use super::check::Facts;
use super::scene::{By, Scene};
use super::when;
use super::world::Nodes;

const FR_JUDGE: By = ("fr", "magistrature");
const MA_JUDGE: By = ("ma", "magistrature");

/// The dossiers: what waits at `ma`, what came back at `fr`, and what was sent between the authorities.
#[derive(Clone, Debug)]
pub struct Files {
    /// No decision was taken yet, at `ma`.
    pub owed: String,
    /// A deferral whose day has come, at `fr`.
    pub back: String,
    /// The dossier between the two authorities.
    pub between: String,
}

/// Plays it.
///
/// # Errors
/// [`DemoError`].
pub async fn play(nodes: &mut Nodes) -> Result<Files, DemoError> {
    let owed = json!({
        "title": "ملف 00-204", "trigger": "collect", "magistrates": ["ma/justice"],
        "facts": "مسطرة جارية لدينا بشأن إخفاء معدات سرقت في تراب الطرف الآخر.",
        "conditions": "الأفعال ارتكبت هناك، ويبدو أن الشروط متوفرة.",
    });
    let (file, _) = Scene::open(nodes, ("ma", "enquete"), ("duty.open", owed)).await?;
    let owed = file.dossier;
    let back = json!({
        "title": "Dossier 00-131", "trigger": "inform", "magistrates": ["fr/justice"],
        "facts": "Un loueur d’engins établi chez l’autre Partie paraît mêlé à une revente.",
        "conditions": "Les faits y ont été commis ; les conditions paraissent réunies.",
    });
    let (mut file, _) = Scene::open(nodes, ("fr", "enquete"), ("duty.open", back)).await?;
    let defer = json!({"ground": "secrecy", "review_on": when::day(-2), "reasons": "Une vérification est en cours ; la révéler la compromettrait."});
    file.say(FR_JUDGE, "duty.defer", defer).await?;
    let back = file.dossier;
    let between = inform(nodes).await?;
    Ok(Files {
        owed,
        back,
        between,
    })
}

/// Reported, decided, sent, received and answered; the dossier between the authorities.
async fn inform(nodes: &mut Nodes) -> Result<String, DemoError> {
    let facts = "Un dépôt de matériel volé a été constaté chez l’autre Partie.";
    let report = json!({
        "title": "Dossier 00-117", "trigger": "inform", "magistrates": ["fr/justice"], "facts": facts,
        "conditions": "Les faits y ont été commis ; les conditions paraissent réunies.",
    });
    let (mut file, _) = Scene::open(nodes, ("fr", "enquete"), ("duty.open", report)).await?;
    let order =
        json!({"reasons": "Rien n’y fait obstacle.", "limits": "Le nom du témoin du dépôt."});
    let decision = file.say(FR_JUDGE, "duty.transmit", order).await?;
    let letter = json!({
        "title": "Dépôt de matériel volé", "trigger": "inform", "decision": decision, "to": "ma/justice",
        "facts": "Un dépôt de matériel volé a été constaté chez vous, lors d’un contrôle convenu des deux côtés.",
        "stage": "Information ouverte ; aucune personne n’est mise en cause à ce jour.",
    });
    let (mut scene, opening) = Scene::open(nodes, FR_JUDGE, ("proceedings.open", letter)).await?;
    scene
        .answer(
            MA_JUDGE,
            ((&opening, 0), "proceedings.received"),
            json!({"text": "توصلنا بالإخبار."}),
        )
        .await?;
    let position = json!({"position": "joins", "text": "ضم الإخبار إلى مسطرة جارية لدى النيابة العامة المختصة."});
    scene
        .answer(MA_JUDGE, ((&opening, 1), "proceedings.position"), position)
        .await?;
    scene.settled().await?;
    Ok(scene.dossier)
}

/// Each side's front page has what waits for its magistrate and nothing of the other's; the letter is answered in both ledgers.
///
/// # Errors
/// [`DemoError`].
pub async fn check(nodes: &mut Nodes, files: &Files, facts: &mut Facts) -> Result<(), DemoError> {
    let mut apart = true;
    for (own, others, api) in [
        (&files.owed, &files.back, &mut nodes.ma),
        (&files.back, &files.owed, &mut nodes.fr),
    ] {
        let seen = api.lines("magistrature", "/api/v1/dossiers").await?;
        let has = |id: &String| seen.iter().any(|line| line["id"] == id.as_str());
        apart &= has(own) && !has(others);
    }
    let mut answered = true;
    for api in [&mut nodes.ma, &mut nodes.fr] {
        let path = format!("/api/v1/dossiers/{}", files.between);
        let view = api.get("magistrature", &path).await?;
        let asked = view["obligations"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        answered &= asked.len() == 2 && asked.iter().all(|line| line["state"] == "answered");
    }
    facts.add(
        "duties: each side’s file for its magistrate stays at home; what fr informed ma of was received and answered",
        apart && answered,
    );
    Ok(())
}
