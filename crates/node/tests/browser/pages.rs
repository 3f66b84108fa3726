//! What people do on the pages, step by step, said once for all tests.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::window::Window;

/// Fields of a form that a person sees and must fill or choose: not hidden, folded, preset choices of language, or files.
const TYPED: &str = "form.entry-form .field:not(details .field) :is(input:not([type=hidden]):not([type=file]):not([type=checkbox]), textarea, select)";

/// Signs in by one click as a person of the demonstration, in a language.
pub async fn sign_in(window: &Window, node: &str, persona: &str, lang: &str) {
    window.goto(&format!("{node}/sign-in")).await;
    language(window, lang).await;
    window
        .follow(&format!("form.personas button[value='{persona}']"))
        .await;
    assert_eq!(
        window.attribute("html", "lang").await.as_deref(),
        Some(lang),
        "the chosen language stays after signing in"
    );
}

/// Changes the language of the pages by its button.
pub async fn language(window: &Window, lang: &str) {
    window
        .follow(&format!("form.langs button[formaction='/lang/{lang}']"))
        .await;
    let direction = if lang == "ar" { "rtl" } else { "ltr" };
    assert_eq!(
        window.attribute("html", "lang").await.as_deref(),
        Some(lang)
    );
    assert_eq!(
        window.attribute("html", "dir").await.as_deref(),
        Some(direction)
    );
}

/// The words of a request, invented.
pub struct Words {
    /// Subject.
    pub title: &'static str,
    /// What is asked.
    pub question: &'static str,
    /// Facts.
    pub facts: &'static str,
    /// Link with the other country.
    pub link: &'static str,
    /// The answer.
    pub answer: &'static str,
    /// A note.
    pub note: &'static str,
}

/// Words in a language.
pub fn words(lang: &str) -> Words {
    match lang {
        "ar" => Words {
            title: "استئجار شاحنة صغيرة",
            question: "من استأجر هذه الشاحنة من 3 إلى 9 مارس؟",
            facts: "ظهرت الشاحنة في ثلاثة أماكن أودعت فيها أدوات مسروقة. مثال متخيل.",
            link: "الشاحنة مسجلة لديكم.",
            answer: "استأجرتها شركة نقل متخيلة. العقد مرفق.",
            note: "هل يمكنكم تأكيد التاريخ؟",
        },
        "en" => Words {
            title: "Hire of a small lorry",
            question: "Who hired this lorry from 3 to 9 March?",
            facts: "The lorry was seen at three places where stolen tools had been left. An invented example.",
            link: "The lorry is registered with you.",
            answer: "Hired by an invented haulage firm; contract attached.",
            note: "Could you confirm the date?",
        },
        _ => Words {
            title: "Location d'une camionnette",
            question: "Qui a loué cette camionnette du 3 au 9 mars ?",
            facts: "La camionnette a été vue à trois endroits où des outils volés étaient déposés. Exemple inventé.",
            link: "La camionnette est immatriculée chez vous.",
            answer: "Louée par une société de transport imaginaire ; contrat joint.",
            note: "Pouvez-vous confirmer la date ?",
        },
    }
}

/// Opens a request by filling every field that is offered unfolded, and gives back the path of its dossier and how many those were.
pub async fn ask(window: &Window, node: &str, words: &Words) -> (String, usize) {
    window.goto(&format!("{node}/open/request")).await;
    window.one("form.entry-form").await;
    let fields = window.count(TYPED).await;
    for (name, text) in [
        ("title", words.title),
        ("question", words.question),
        ("facts", words.facts),
        ("country_link", words.link),
    ] {
        window
            .fill(&format!("form.entry-form [name='{name}']"), text)
            .await;
    }
    window
        .choose("form.entry-form select[name='offence']", "property")
        .await;
    window
        .choose("form.entry-form select[name='urgency']", "urgent_direct")
        .await;
    window.follow("form.entry-form .submit button").await;
    let address = window.address().await;
    let path = address.strip_prefix(node).unwrap_or_default().to_owned();
    assert!(
        path.starts_with("/dossiers/"),
        "recording leads to the dossier, not to {address}"
    );
    (path, fields)
}

/// Acknowledges by one click.
pub async fn acknowledge(window: &Window, dossier: &str) {
    let button = "#obligations form[action$='/write/acknowledge'] button";
    window.reload_until(dossier, button).await;
    window.follow(button).await;
}

/// Answers the request that waits in a dossier, with a file.
pub async fn answer(window: &Window, dossier: &str, words: &Words, file: Option<&Path>) {
    let link = "#obligations a[href*='/write/request.answer?on=']";
    window.reload_until(dossier, link).await;
    window.follow(link).await;
    window
        .fill("form.entry-form textarea[name='text']", words.answer)
        .await;
    if let Some(file) = file {
        window
            .attach("form.entry-form input[type=file]", file)
            .await;
    }
    window.follow("form.entry-form .submit button").await;
    assert!(
        window.address().await.starts_with(dossier),
        "recording leads back to the dossier"
    );
}

/// Gives feedback on what was got, by one click on "no use, because".
pub async fn no_use(window: &Window, dossier: &str, because: &str) {
    let link = "a[href*='/write/feedback?on=']";
    window.reload_until(dossier, link).await;
    window.follow(link).await;
    window
        .follow(&format!("fieldset.no-use button[value='{because}']"))
        .await;
    assert!(
        window.address().await.starts_with(dossier),
        "one click is enough"
    );
}

/// The obligations of a dossier as the ledger of the page's node has them, by number, without what depends on the side that looks.
pub async fn ledger_of(window: &Window, dossier: &str) -> Vec<Value> {
    let id = dossier.rsplit('/').next().unwrap_or_default();
    let mut all = Vec::new();
    for page in 1..200 {
        let view = window.json(&format!("/api/v1/ledger?page={page}")).await;
        let lines = view["lines"].as_array().cloned().unwrap_or_default();
        if lines.is_empty() {
            break;
        }
        all.extend(lines.into_iter().filter(|line| line["dossier"] == id));
    }
    for line in &mut all {
        if let Some(map) = line.as_object_mut() {
            // Ours and offers differ by side; titles are bodies, which a ledger never compares.
            for own in ["ours", "offers", "title"] {
                map.remove(own);
            }
        }
    }
    all.sort_by_key(|line| line["number"].as_str().map(str::to_owned));
    all
}

/// The button that sends an entry.
pub const SUBMIT: &str = "form.entry-form .submit button.main";

/// A field of the form of an entry.
pub fn field(name: &str) -> String {
    format!("form.entry-form [name='{name}']")
}

/// Waits on a page of a node for the way to a form, and opens it, folded as that way may be.
pub async fn form_from(window: &Window, (node, page): (&str, &str), link: &str) {
    window.reload_until(&format!("{node}{page}"), link).await;
    let form = window.attribute(link, "href").await;
    let form = form.expect("an address");
    window.goto(&format!("{node}{form}")).await;
}

/// Invariant 2, seen from the outside: both ledgers have the same lines of a dossier, at least so many, and what was asked in it has ended.
/// Gives the lines.
pub async fn same_ledger(
    window: &Window,
    (at_ma, at_fr): (&str, &str),
    least: usize,
) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        window.goto(at_ma).await;
        let ours = ledger_of(window, at_ma).await;
        window.goto(at_fr).await;
        let theirs = ledger_of(window, at_fr).await;
        let ended = ours.len() >= least && ours.iter().all(|line| !line["ended"].is_null());
        if ended && ours == theirs {
            return ours;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "the ledgers differ or are open:\n{ours:#?}\n{theirs:#?}"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
