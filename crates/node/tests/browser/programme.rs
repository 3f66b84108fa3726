//! The training of imams of RHN12/6, from "under study" to a commitment that both mark agreed: two officers on two nodes, one who works in Arabic
//! and one in French. Clauses are accepted, answered by another text and refused; what is accepted is signed by both and stands on paper in two
//! columns; a cohort of fifty places is opened under it, and both are evidence on the commitment.

use super::accessibility::{axe, pictures_in};
use super::demo::{demo, in_target};
use super::pages::{SUBMIT, field, form_from, same_ledger, sign_in};
use super::window::{Manner, Window, in_browser};
use serde_json::json;

#[test]
fn a_commitment_under_study_becomes_an_agreement_that_both_say_was_kept() {
    in_browser("programme", Manner::default(), |window| {
        path(window, "1280")
    });
}

/// The same where no script runs, in a narrow window.
#[test]
fn a_programme_needs_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("programme-narrow", manner, |window| path(window, "390"));
}

/// Both officers in one browser, and the paths of the declaration and of the programme.
struct Place {
    window: Window,
    width: &'static str,
    declaration: String,
    home: String,
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, ma, "coordination", "ar").await;
    sign_in(&window, fr, "coordination", "fr").await;
    let mut at = Place {
        window,
        width,
        declaration: String::new(),
        home: String::new(),
    };
    at.declares(ma).await;
    at.puts_to_study(fr).await;
    at.studies(ma).await;
    at.drafts(fr, ma).await;
    at.signs(fr, ma).await;
    at.reads_on_paper(ma).await;
    at.runs(fr).await;
    for (who, other) in [(fr, ma), (ma, fr)] {
        at.claims(who).await;
        at.agrees(other).await;
    }
    at.both_mark_it_agreed(ma, fr).await;
    at.pictures(&format!("{fr}{}/programme", at.home), "page")
        .await;
}

impl Place {
    /// The commitments of the twelfth meeting are imported: worded anew for this test.
    async fn declares(&mut self, ma: &str) {
        let window = &self.window;
        let register = json!({
            "instruments": [{"id": "RHN12", "date": "2015-05-28", "place": "Paris", "parties": ["FR", "MA"], "kind": "declaration", "title_fr": format!("Douzième rencontre {}", self.width)}],
            "points": [{
                "id": "RHN12/6", "instrument": "RHN12", "kind": "commitment", "topic": "imam training", "debtor": ["FR", "MA"], "creditor": ["FR", "MA"], "due": null,
                "text_fr": "Étudier un accord pour former des imams.", "text_ar": "دراسة اتفاق لتكوين الأئمة.", "text_en": "Study an agreement to train imams.",
            }],
        });
        let file = in_target("browser").join(format!("rhn12-{}.json", self.width));
        std::fs::write(&file, register.to_string()).expect("a register");
        window.goto(&format!("{ma}/import/declaration")).await;
        window.attach("#register", &file).await;
        window
            .follow("form[action='/import/register'] button[type='submit']")
            .await;
        let address = window.address().await;
        self.declaration = address.trim_start_matches(ma).to_owned();
        let points = window.text("#points").await;
        assert!(points.contains("دراسة اتفاق لتكوين الأئمة"), "{points}");
    }

    /// In French, from the commitment: the form says which one it answers, and which service of the other side is asked.
    async fn puts_to_study(&mut self, fr: &str) {
        let window = &self.window;
        let study = "#points a.button[href^='/open/imam_training']";
        let declaration = format!("{fr}{}", self.declaration);
        window.reload_until(&declaration, study).await;
        window.follow(study).await;
        window.choose(&field("owner"), "institute").await;
        window
            .fill(&field("owners"), "un institut et des universités")
            .await;
        window.choose(&field("to"), "ma/coordination").await;
        window.follow(SUBMIT).await;
        self.home = window.address().await.trim_start_matches(fr).to_owned();
        window.goto(&declaration).await;
        let points = window.text("#points").await;
        assert!(
            points.contains("à l’étude"),
            "the programme stands at the point: {points}"
        );
    }

    /// In Arabic: what the study found answers the opening.
    async fn studies(&self, ma: &str) {
        self.answers(ma, "#phase", "programme.studied").await;
        self.window.choose(&field("finding"), "pursue").await;
        self.window.fill(&field("text"), "الدراسة إيجابية.").await;
        self.window.follow(SUBMIT).await;
    }

    /// Waits on a node's page for what may be answered there, and opens its form.
    async fn answers(&self, node: &str, section: &str, form: &str) {
        let page = format!("{}/programme", self.home);
        let link = format!("{section} a[href*='/write/{form}?']");
        form_from(&self.window, (node, &page), &link).await;
    }

    async fn steps(&self, fr: &str, form: &str) {
        let window = &self.window;
        let page = format!("{fr}{}/programme", self.home);
        let link = format!(".actions a[href$='/write/programme.{form}']");
        window.reload_until(&page, &link).await;
        window.follow(&link).await;
        window.fill(&field("text"), "Convenu.").await;
        window.follow(SUBMIT).await;
    }

    /// Begins from a starting clause, in the reader's language and beside it the other's.
    async fn proposes(&self, node: &str, number: u8) {
        let window = &self.window;
        window.goto(&format!("{node}{}/programme", self.home)).await;
        let start = format!(".starts a[href*='programme.clause?number={number}&']");
        let form = window.attribute(&start, "href").await;
        window
            .goto(&format!("{node}{}", form.expect("a starting clause")))
            .await;
        window.follow(SUBMIT).await;
    }

    /// Clause by clause: one accepted, one answered by another text which is accepted, one refused with a ground.
    async fn drafts(&self, fr: &str, ma: &str) {
        let window = &self.window;
        self.steps(fr, "to_drafting").await;
        self.proposes(fr, 1).await;
        self.answers(ma, "#clauses", "programme.accept_clause")
            .await;
        window.follow(SUBMIT).await;
        self.proposes(fr, 3).await;
        self.answers(ma, "#clauses", "programme.counter").await;
        for (name, said) in [
            ("number", "3"),
            ("heading", "المقاعد"),
            ("text", "يفتح كل سنة فوج من خمسين مقعدا."),
            ("other_heading", "Places"),
            (
                "other_text",
                "Une promotion de cinquante places est ouverte chaque année.",
            ),
        ] {
            window.fill(&field(name), said).await;
        }
        window.choose(&field("other_lang"), "fr").await;
        window.follow(SUBMIT).await;
        self.answers(fr, "#clauses", "programme.accept_clause")
            .await;
        window.follow(SUBMIT).await;
        self.proposes(ma, 7).await;
        self.answers(fr, "#clauses", "refuse").await;
        window.choose(&field("ground"), "disproportionate").await;
        window.fill(&field("reason"), "À discuter à part.").await;
        window.follow(SUBMIT).await;
    }

    async fn signs(&self, fr: &str, ma: &str) {
        let window = &self.window;
        let write = |form: &str| format!("{fr}{}/write/programme.{form}", self.home);
        window.goto(&write("version")).await;
        window.click("form.entry-form [name='_sure']").await;
        window.follow(SUBMIT).await;
        self.answers(ma, "#versions", "programme.sign").await;
        window.click("form.entry-form [name='_sure']").await;
        window.follow(SUBMIT).await;
        let page = format!("{fr}{}/programme", self.home);
        window.reads(&page, "#versions", "signé par tous").await;
        self.steps(fr, "to_force").await;
    }

    /// Each article in both languages, French on the left and Arabic on the right whatever the reader's language; what was refused is not there.
    async fn reads_on_paper(&self, ma: &str) {
        let window = &self.window;
        let paper = format!("{ma}{}/programme/agreement", self.home);
        window.goto(&paper).await;
        let said = window.text("#document").await;
        for text in ["Une promotion de cinquante places", "من خمسين مقعدا"] {
            assert!(said.contains(text), "{text}: {said}");
        }
        assert!(
            !said.contains("Dépenses") && !said.contains("النفقات"),
            "{said}"
        );
        // Heading, two articles, signatures.
        assert_eq!(window.count("#document section.both").await, 4);
        if self.width == "1280" {
            let beside = "const [a, b] = ['fr', 'ar'].map(l => document.querySelector(`#document section.both:nth-child(2) > div[lang=${l}]`).getBoundingClientRect()); \
                return a.right <= b.left && a.top === b.top;";
            assert!(window.script::<bool>(beside, vec![]).await, "side by side");
            let sheet = in_target("browser").join("programme-paper.pdf");
            window.print(&sheet).await;
        }
        self.pictures(&paper, "paper").await;
    }

    async fn runs(&self, fr: &str) {
        let window = &self.window;
        let begins = "write/programme.cohort?begins=2016-01-11&ends=2018-12-14";
        window.goto(&format!("{fr}{}/{begins}", self.home)).await;
        for (name, said) in [
            ("title", "Promotion 2016"),
            ("places", "50"),
            ("place", "Rabat"),
        ] {
            window.fill(&field(name), said).await;
        }
        window.follow(SUBMIT).await;
    }

    /// From the programme's page: the claim names the agreement in force and the cohort.
    async fn claims(&self, node: &str) {
        let window = &self.window;
        let page = format!("{node}{}/programme", self.home);
        window.reload_until(&page, "#cohorts h3 a").await;
        window
            .follow("#phase a.button.main[href*='/write/declaration.claim']")
            .await;
        let evidence = window.attribute(&field("evidence"), "value").await;
        assert_eq!(evidence.unwrap_or_default().split(' ').count(), 2);
        window.follow(SUBMIT).await;
    }

    async fn agrees(&self, node: &str) {
        let window = &self.window;
        let page = format!("{node}{}", self.declaration);
        let agree = "#points a[href*='/write/agree?on=']";
        window.reload_until(&page, agree).await;
        assert!(
            window.count("#points .evidence li").await >= 2,
            "what it is shown by stands there"
        );
        window.follow(agree).await;
        window.follow(SUBMIT).await;
    }

    async fn both_mark_it_agreed(&self, ma: &str, fr: &str) {
        let window = &self.window;
        let [at_ma, at_fr] = [ma, fr].map(|node| format!("{node}{}", self.declaration));
        for page in [&at_ma, &at_fr] {
            let agreed = "#points .status[data-status='agreed']";
            window.reload_until(page, agreed).await;
            assert_eq!(window.count("#points .evidence li").await, 4);
        }
        same_ledger(window, (&at_ma, &at_fr), 2).await;
        let [at_ma, at_fr] = [ma, fr].map(|node| format!("{node}{}", self.home));
        same_ledger(window, (&at_ma, &at_fr), 6).await;
        self.pictures(&format!("{ma}{}", self.declaration), "declaration")
            .await;
    }

    /// Takes a page in three languages, and holds it against the rules of accessibility where the window is wide. The language of the one who
    /// works there is the last, so that they go on in it.
    async fn pictures(&self, page: &str, name: &str) {
        let axe = axe().filter(|_| self.width == "1280");
        let name = format!("programme-{name}-{}", self.width);
        let languages = match page.starts_with(demo().ma.as_str()) {
            true => ["fr", "en", "ar"],
            false => ["ar", "en", "fr"],
        };
        pictures_in(&self.window, (page, &name), languages, axe.as_deref()).await;
    }
}
