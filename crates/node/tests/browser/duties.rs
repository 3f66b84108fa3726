//! A duty to inform by two magistrates on two nodes, one who works in Arabic and one in French: reported, deferred, back on its day, transmitted;
//! the other side reads the letter and nothing of the file, and answers; a file of its own is refused on a ground. The review shows it all.

use super::accessibility::{axe, pictures_in};
use super::demo::demo;
use super::pages::{SUBMIT, field, sign_in};
use super::window::{Manner, Window, in_browser};

#[test]
fn a_magistrate_informs_the_other_side_in_arabic_and_in_french() {
    in_browser("duties", Manner::default(), |window| path(window, "1280"));
}

/// The same where no script runs, in a narrow window.
#[test]
fn a_duty_to_inform_needs_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("duties-narrow", manner, |window| path(window, "390"));
}

/// Both magistrates in one browser.
struct Place {
    window: Window,
    width: &'static str,
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    let at = Place { window, width };
    // One browser stays signed in to both.
    sign_in(&at.window, ma, "magistrature", "ar").await;
    let file = at.reports(ma, &format!("ملف {width}")).await;
    let home = file.trim_start_matches(ma).to_owned();
    at.defers(ma, &home).await;
    at.informs(ma, &home).await;
    at.answers(fr).await;
    let own = at.reports(fr, &format!("Dossier {width}")).await;
    at.refuses(&own).await;
    at.reviews(ma, &home).await;
}

impl Place {
    /// Somebody reports; the address of the file.
    async fn reports(&self, node: &str, title: &str) -> String {
        let window = &self.window;
        window.goto(&format!("{node}/open/duty")).await;
        window.fill(&field("title"), title).await;
        window.choose(&field("trigger"), "inform").await;
        window.fill(&field("facts"), "Dépôt constaté là-bas.").await;
        window
            .fill(&field("conditions"), "Elles paraissent réunies.")
            .await;
        window.follow(SUBMIT).await;
        let waits = "section#duty strong.late";
        assert!(window.count(waits).await > 0, "a decision is owed at once");
        window.address().await
    }

    /// Until a day that is far it is off the front page; until a day that has come it is back.
    async fn defers(&self, ma: &str, home: &str) {
        let window = &self.window;
        // The node's own day, whatever the demonstration's clock was moved to: that on which the file was opened.
        window.goto(&format!("{ma}{home}")).await;
        let opened = window.attribute("article time", "datetime").await;
        let today = opened.expect("a time")[..10].to_owned();
        for (until, back) in [("2031-01-15", false), (today.as_str(), true)] {
            let form = format!("{ma}{home}/write/duty.defer?review_on={until}");
            window.goto(&form).await;
            window.choose(&field("ground"), "secrecy").await;
            window
                .fill(&field("reasons"), "عملية تفتيش مقررة قريبا.")
                .await;
            window.follow(SUBMIT).await;
            window.goto(&format!("{ma}/")).await;
            let listed = window.count(&format!("#duties a[href='{home}']")).await;
            assert_eq!(listed > 0, back, "deferred until {until}");
        }
    }

    /// The magistrate decides to transmit, and writes the letter from the report.
    async fn informs(&self, ma: &str, home: &str) {
        let window = &self.window;
        window
            .goto(&format!("{ma}{home}/write/duty.transmit"))
            .await;
        window
            .fill(&field("reasons"), "لا شيء يحول دون الإخبار.")
            .await;
        window.follow(SUBMIT).await;
        window.goto(&format!("{ma}{home}")).await;
        window
            .follow("section#duty a.button.main[href^='/open/proceedings']")
            .await;
        let title = format!("إخبار {}", self.width);
        window.fill(&field("title"), &title).await;
        window.click("form.entry-form details > summary").await;
        window.choose(&field("to"), "fr/justice").await;
        window.follow(SUBMIT).await;
    }

    /// The other side finds the letter and nothing of the file, and says what its authority does.
    async fn answers(&self, fr: &str) {
        let window = &self.window;
        sign_in(window, fr, "magistrature", "fr").await;
        let list = format!("{fr}/dossiers?kind=proceedings");
        let title = format!("إخبار {}", self.width);
        let arrived = || async {
            window.goto(&list).await;
            Ok(window.text("main").await.contains(&title).then_some(()))
        };
        window.until("the letter", arrived).await;
        window.goto(&format!("{fr}/dossiers?kind=duty")).await;
        let seen = window.text("main").await;
        assert!(!seen.contains(&format!("ملف {}", self.width)), "{seen}");
        window.goto(&list).await;
        self.opens(&title).await;
        let letter = window.address().await;
        let said = window.text("main").await;
        assert!(!said.contains("عملية تفتيش"), "a deferral stays at home");
        window
            .follow("a.button[href*='/write/proceedings.position']")
            .await;
        window.choose(&field("position"), "joins").await;
        window
            .fill(&field("text"), "Joint à une procédure en cours.")
            .await;
        window.follow(SUBMIT).await;
        self.pictures(&letter, "letter").await;
    }

    /// Opens the dossier of a title from the list.
    async fn opens(&self, title: &str) {
        let links = self
            .window
            .driver
            .find_all(thirtyfour::By::Css("main a[href^='/dossiers/']"));
        for link in links.await.expect("links") {
            if link.text().await.expect("a text").contains(title) {
                let href = link.attr("href").await.expect("an address");
                let href = href.expect("an address");
                let address = self.window.address().await;
                let node = address.split("/dossiers").next().unwrap_or_default();
                self.window.goto(&format!("{node}{href}")).await;
                return;
            }
        }
        panic!("{title} is not on the list");
    }

    /// A file of its own, refused on a ground of the list.
    async fn refuses(&self, file: &str) {
        let window = &self.window;
        window.goto(&format!("{file}/write/duty.refuse")).await;
        window.choose(&field("ground"), "no_duty").await;
        window
            .fill(&field("reasons"), "Les faits ont été commis ici.")
            .await;
        window.follow(SUBMIT).await;
        window.goto(file).await;
        let said = window.text("section#duty").await;
        assert!(said.contains("non transmis"), "{said}");
    }

    /// Decisions, letter and answer stand in the review, in Arabic, and can be taken out with proofs.
    async fn reviews(&self, ma: &str, home: &str) {
        let window = &self.window;
        let review = format!("{ma}{home}/review");
        let answered = || async {
            window.goto(&review).await;
            let all = window.text("main").await;
            Ok(all
                .contains("Joint à une procédure en cours.")
                .then_some(all))
        };
        let all = window.until("the answer in the review", answered).await;
        for said in ["عملية تفتيش", "لا شيء يحول", "رقابة القضاء"] {
            assert!(all.contains(said), "{said}: {all}");
        }
        // Deferred twice, to be transmitted, the letter, and what the other authority does: all by magistrates.
        assert_eq!(window.count("#decisions tbody tr").await, 5);
        assert_eq!(window.count("#chronology article").await, 6);
        self.pictures(&review, "review").await;
    }

    /// Takes a page in three languages, and holds it against the rules of accessibility where the window is wide.
    async fn pictures(&self, page: &str, name: &str) {
        let axe = axe().filter(|_| self.width == "1280");
        let name = format!("duties-{name}-{}", self.width);
        let languages = ["ar", "en", "fr"];
        pictures_in(&self.window, (page, &name), languages, axe.as_deref()).await;
    }
}
