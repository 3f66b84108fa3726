//! Meetings by two officers on two nodes, one who works in Arabic and one in French: a series is set up, dates are proposed and ticked without
//! a diary, a calendar program's answer fills the form of an invitation, minutes in two languages are approved, a decision is owed and
//! opens the next agenda.

use super::accessibility::{axe, pictures_in};
use super::demo::{demo, in_target};
use super::pages::{SUBMIT, field, form_from, same_ledger, sign_in};
use super::window::{Manner, Window, in_browser};

/// Take out: in `web/src/pages/meetings.rs`, `taking` or the decisions that open an agenda.
#[test]
fn a_meeting_is_called_held_and_followed_up() {
    in_browser("meetings", Manner::default(), |window| path(window, "1280"));
}

/// The same where no script runs, in a narrow window: the invitation is answered by its form, for a file is altered by a script here.
#[test]
fn meetings_need_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("meetings-narrow", manner, |window| path(window, "390"));
}

struct Place {
    window: Window,
    width: &'static str,
    home: String,
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, ma, "coordination", "ar").await;
    sign_in(&window, fr, "coordination", "fr").await;
    let mut at = Place {
        window,
        width,
        home: String::new(),
    };
    at.opens(fr, ma).await;
    at.finds_a_date(fr, ma).await;
    at.calls(fr).await;
    at.comes(ma).await;
    at.writes_minutes(ma, fr).await;
    at.decides(fr, ma).await;
    at.calls_again(ma).await;
    at.opens_with_the_decision(fr).await;
    at.carries_out(ma, fr).await;
    let [at_ma, at_fr] = [ma, fr].map(|node| format!("{node}{}", at.home));
    same_ledger(&at.window, (&at_ma, &at_fr), 6).await;
    for page in ["", "/agenda"] {
        let page = format!("{ma}{}/meetings{page}", at.home);
        at.pictures(&page).await;
    }
    at.pictures(&format!("{ma}/meetings")).await;
}

impl Place {
    fn page(&self, node: &str) -> String {
        format!("{node}{}/meetings", self.home)
    }

    /// Waits on a node's page of meetings for a form, and opens it.
    async fn form(&self, node: &str, link: &str) {
        // The agenda leads to forms of other dossiers too.
        let link = format!("main a[href*='{}/write/{link}']", self.home);
        let page = format!("{}/meetings", self.home);
        form_from(&self.window, (node, &page), &link).await;
    }

    /// What stands first in the list of what an entry may be about, after the line that chooses nothing.
    async fn about_the_newest(&self) {
        let newest = format!("{} option:not([value=''])", field("of"));
        let value = self.window.attribute(&newest, "value").await;
        self.window
            .choose(&field("of"), &value.expect("something"))
            .await;
    }

    async fn unfolds(&self, name: &str) {
        let fold = format!("form.entry-form details:has([name='{name}']) > summary");
        self.window.click(&fold).await;
    }

    /// A form by its address, with the moments that nobody types alike in every browser.
    async fn filled(&self, node: &str, form: &str) {
        let address = format!("{node}{}/write/{form}", self.home);
        self.window.goto(&address).await;
    }

    async fn writes(&self, fields: &[(&str, &str)], choices: &[(&str, &str)]) {
        for (name, text) in fields {
            self.window.fill(&field(name), text).await;
        }
        for (name, code) in choices {
            self.window.choose(&field(name), code).await;
        }
        self.window.follow(SUBMIT).await;
        let form = self.window.address().await;
        assert!(!form.contains("/write/"), "the form came back: {form}");
    }

    /// In French: a series. In Arabic: the other side takes part.
    async fn opens(&mut self, fr: &str, ma: &str) {
        self.window.goto(&format!("{fr}/open/meeting")).await;
        let title = format!("Suivi {}", self.width);
        self.unfolds("to").await;
        let said = [
            ("title", title.as_str()),
            ("aim", "Faire le point."),
            ("cadence", "30"),
        ];
        let chosen = [
            ("form", "series"),
            ("level", "services"),
            ("to", "ma/coordination"),
        ];
        self.writes(&said, &chosen).await;
        self.home = self
            .window
            .address()
            .await
            .trim_start_matches(fr)
            .to_owned();
        let link = "main a[href*='/write/meeting.attend?']";
        form_from(&self.window, (ma, &self.home), link).await;
        self.writes(&[("delegation", "منسقة اللجنة المشتركة")], &[])
            .await;
    }

    /// Days on which both work are proposed, and one is ticked at the other side.
    async fn finds_a_date(&self, fr: &str, ma: &str) {
        self.form(fr, "meeting.dates?").await;
        let said = [("title", "Première rencontre"), ("lasts", "60")];
        self.writes(&said, &[]).await;
        self.form(ma, "meeting.suits?").await;
        let second = format!("{}[value='second']", field("suit"));
        self.window.click(&second).await;
        self.window.follow(SUBMIT).await;
        self.window
            .reload_until(&self.page(fr), "#dates li li:nth-child(2) strong.tag")
            .await;
        assert_eq!(self.window.count("#dates li li strong.tag").await, 1);
    }

    async fn calls(&self, fr: &str) {
        self.filled(fr, "meeting.convene?at=2031-05-15T09:00").await;
        let said = [
            ("title", "Première rencontre"),
            ("lasts", "60"),
            ("place", "salle commune (fictive)"),
        ];
        self.writes(&said, &[("mode", "place")]).await;
    }

    /// By the file that a calendar program wrote where there is a script to write it, else by the form.
    async fn comes(&self, ma: &str) {
        let window = &self.window;
        if self.width == "390" {
            self.form(ma, "meeting.attend?").await;
            return self.writes(&[], &[]).await;
        }
        let file = "#meetings a[href$='/calendar']";
        window.reload_until(&self.page(ma), file).await;
        let href = window.attribute(file, "href").await.expect("an address");
        let asked = window.fetched_text(&href).await;
        let said = asked
            .replace("METHOD:REQUEST", "METHOD:REPLY")
            .replace("NEEDS-ACTION", "ACCEPTED");
        assert!(said.contains("METHOD:REPLY") && said.contains("ACCEPTED"));
        let answer = in_target("browser").join("answer.ics");
        std::fs::write(&answer, said).expect("a file");
        window.click("#take summary").await;
        window.attach("#take input[type=file]", &answer).await;
        window.follow("#take button[type=submit]").await;
        let form = window.address().await;
        assert!(form.contains("/write/meeting.attend?on="), "{form}");
        self.writes(&[], &[]).await;
    }

    async fn writes_minutes(&self, ma: &str, fr: &str) {
        self.filled(ma, "meeting.minutes?held=2026-05-15T09:00")
            .await;
        self.unfolds("other_lang").await;
        let said = [
            ("present", "منسقتا اللجنة المشتركة"),
            ("text", "اتفق الجانبان على نموذج واحد."),
            (
                "other_text",
                "Les deux parties conviennent d’un modèle unique.",
            ),
        ];
        self.about_the_newest().await;
        self.writes(&said, &[("other_lang", "fr")]).await;
        self.form(fr, "meeting.approve?").await;
        self.writes(&[], &[]).await;
    }

    /// In French: what was decided, which the other side owes and says it did.
    async fn decides(&self, fr: &str, ma: &str) {
        self.filled(fr, "meeting.decision?by=2031-06-30").await;
        self.about_the_newest().await;
        let said = [("title", "Modèle unique de récépissé")];
        self.writes(&said, &[("to", "ma/coordination")]).await;
        self.window
            .reads(&self.page(ma), "#decisions", "Modèle unique de récépissé")
            .await;
    }

    async fn calls_again(&self, ma: &str) {
        self.filled(ma, "meeting.convene?at=2031-06-15T09:00").await;
        let said = [("title", "الاجتماع الثاني"), ("lasts", "60")];
        self.writes(&said, &[("mode", "video")]).await;
    }

    /// The next agenda begins with what became of the last decisions, on the page and on paper; minutes stand in two columns.
    async fn opens_with_the_decision(&self, fr: &str) {
        let window = &self.window;
        window
            .reads(&self.page(fr), "#agenda", "Modèle unique de récépissé")
            .await;
        // Among all series, what is open and what a word finds.
        for query in ["", "?q=recepisse"] {
            let all = format!("{fr}/meetings{query}");
            window.goto(&all).await;
            // To look by words is a search: why is asked once.
            if window.count("form#reason").await > 0 {
                window
                    .follow("form#reason button[value='coordination']")
                    .await;
            }
            window
                .reads(&all, "#decisions", "Modèle unique de récépissé")
                .await;
        }
        window.goto(&format!("{}/agenda", self.page(fr))).await;
        let paper = window.text("#document").await;
        assert!(paper.contains("Modèle unique de récépissé"), "{paper}");
        window.goto(&self.page(fr)).await;
        let minutes = "#meetings a[href*='/meetings/minutes/']";
        let href = window.attribute(minutes, "href").await.expect("an address");
        window.goto(&format!("{fr}{href}")).await;
        let paper = window.text("#document").await;
        for text in ["نموذج واحد", "modèle unique"] {
            assert!(paper.contains(text), "{text}: {paper}");
        }
    }

    /// What was decided is claimed by one side and agreed by the other, and the second invitation is answered: nothing stays open.
    async fn carries_out(&self, ma: &str, fr: &str) {
        self.form(ma, "meeting.done?").await;
        self.writes(&[("text", "النموذج جاهز.")], &[]).await;
        self.form(fr, "agree?").await;
        self.writes(&[], &[]).await;
        self.form(fr, "meeting.attend?").await;
        self.writes(&[], &[]).await;
    }

    async fn pictures(&self, page: &str) {
        let axe = axe().filter(|_| self.width == "1280");
        let name = match page {
            page if page.ends_with("agenda") => "agenda",
            page if page.ends_with("/meetings") && !page.contains("/dossiers/") => "all",
            _ => "page",
        };
        let name = format!("meetings-{name}-{}", self.width);
        pictures_in(
            &self.window,
            (page, &name),
            ["fr", "en", "ar"],
            axe.as_deref(),
        )
        .await;
    }
}
