//! What each side tells the other without being asked: a report of each, one of which the recipient evaluates otherwise and one of which its
//! provider corrects. Each is told what became of it. All of it is invented.

use serde_json::{Value, json};

use super::api::Writing;
use super::check::Facts;
use super::world::{Nodes, other};
use super::{Api, DemoError};

/// A report: who gives it, in which language, its title and paragraphs.
struct Report {
    by: &'static str,
    lang: &'static str,
    to: &'static str,
    title: &'static str,
    paragraphs: &'static str,
    offence: &'static str,
}

const OF_MA: Report = Report {
    by: "ma",
    lang: "ar",
    to: "fr/investigation",
    title: "مستودع مكترى بأسماء مختلفة",
    paragraphs: "[A1 السجل التجاري] المستودع نفسه مكترى لثلاث شركات منذ مارس.\n\n[B3 أحد الجيران] تدخله شاحنات ليلا.",
    offence: "property",
};

const OF_FR: Report = Report {
    by: "fr",
    lang: "fr",
    to: "ma/investigation",
    title: "Annonces d’engins sans facture",
    paragraphs: "[A1 relevé d’annonces] Quatre engins de chantier sont offerts sans facture depuis avril.\n\n[B2 loueur] Deux portent le même numéro de série.",
    offence: "property",
};

/// The dossiers of both reports, that of `ma` first.
pub type Reports = [String; 2];

/// Both report; one report is evaluated otherwise and settled, the other corrected; both are told what became of theirs.
///
/// # Errors
/// [`DemoError`].
pub async fn play(nodes: &mut Nodes) -> Result<Reports, DemoError> {
    let (ma, of_ma) = open(&mut nodes.ma, &OF_MA).await?;
    let (fr, of_fr) = open(&mut nodes.fr, &OF_FR).await?;
    nodes.settled().await?;
    let otherwise = json!({
        "of": of_ma, "paragraph": "2", "own_source": "C", "own_accuracy": "4",
        "text": "Le riverain ne voit que la sortie de la rue ; d’autres entrepôts s’y trouvent.",
    });
    let corrected = json!({
        "of": of_fr, "why": "wrong",
        "text": "Trois engins, et non quatre : une annonce était le doublon d’une autre.",
    });
    write(
        &mut nodes.fr,
        (&ma, None, "fr"),
        ("intelligence.disagree", otherwise),
    )
    .await?;
    write(&mut nodes.fr, (&fr, None, "fr"), ("rectify", corrected)).await?;
    nodes.settled().await?;
    let agreed = json!({
        "decides": "changed", "own_source": "C", "own_accuracy": "3",
        "text": "صحيح أن مدخل الزقاق مشترك؛ اتفقنا على تقييم أدنى.",
    });
    answer(
        &mut nodes.ma,
        (&ma, "decide", "ar"),
        ("intelligence.settle", agreed),
    )
    .await?;
    let noted = json!({"done": "corrected", "passed_on": "nobody", "text": "صححنا العدد عندنا."});
    answer(&mut nodes.ma, (&fr, "correct", "ar"), ("rectified", noted)).await?;
    let useful = |text: &str| json!({"outcome": "corroborated", "text": text});
    let of_them = useful("العدد المصحح يطابق ما لدينا.");
    answer(
        &mut nodes.ma,
        (&fr, "feedback", "ar"),
        ("feedback", of_them),
    )
    .await?;
    let of_us = useful("Le bail recoupe une vérification en cours.");
    answer(&mut nodes.fr, (&ma, "feedback", "fr"), ("feedback", of_us)).await?;
    nodes.settled().await?;
    Ok([ma, fr])
}

/// Opens a report; its dossier and entry.
async fn open(api: &mut Api, report: &Report) -> Result<(String, String), DemoError> {
    let values = json!({
        "title": report.title, "paragraphs": report.paragraphs, "offence": report.offence, "to": report.to,
    });
    let writing = Writing {
        partner: Some(other(report.by)),
        lang: report.lang,
        values,
        ..Writing::default()
    };
    let opened = api.record("enquete", "intelligence.open", writing).await?;
    Ok((opened.dossier, opened.entry))
}

async fn write(
    api: &mut Api,
    (dossier, on, lang): (&str, Option<&str>, &str),
    (entry_type, values): (&str, Value),
) -> Result<(), DemoError> {
    let writing = Writing {
        dossier: Some(dossier),
        on,
        lang,
        values,
        ..Writing::default()
    };
    api.record("enquete", entry_type, writing).await?;
    Ok(())
}

/// Answers what a node owes in a dossier.
async fn answer(
    api: &mut Api,
    (dossier, ask, lang): (&str, &str, &str),
    said: (&str, Value),
) -> Result<(), DemoError> {
    let on = api.owed("enquete", (dossier, ask)).await?;
    write(api, (dossier, Some(&on), lang), said).await
}

/// Both reports stand at both nodes with what was said of them, and nothing of them is left open.
///
/// # Errors
/// [`DemoError`].
pub async fn check(
    nodes: &mut Nodes,
    reports: &Reports,
    facts: &mut Facts,
) -> Result<(), DemoError> {
    let wanted = [
        [
            "intelligence.open",
            "intelligence.disagree",
            "intelligence.settle",
        ],
        ["intelligence.open", "rectify", "rectified"],
    ];
    let (mut said, mut open) = ([true; 2], 0);
    for api in [&mut nodes.ma, &mut nodes.fr] {
        for ((dossier, wanted), said) in reports.iter().zip(&wanted).zip(&mut said) {
            let entries = api.entries("enquete", dossier).await?;
            let once = |name: &&str| entries.iter().filter(|e| e["type"] == **name).count() == 1;
            *said &= wanted.iter().all(once);
            let view = api
                .get("enquete", &format!("/api/v1/dossiers/{dossier}"))
                .await?;
            let lines = view["obligations"].as_array().into_iter().flatten();
            open += lines.filter(|line| line["ended"].is_null()).count();
        }
    }
    facts.add(
        "intelligence: fr evaluates a report of ma otherwise, and both agree on an evaluation",
        said[0],
    );
    facts.add(
        "intelligence: fr corrects a report of its own, and ma has corrected it too",
        said[1],
    );
    facts.add(
        "intelligence: each side is told what became of its report, and nothing of either is open",
        open == 0,
    );
    Ok(())
}
