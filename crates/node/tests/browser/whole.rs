//! A joint investigation from its first line to its last, by two officers on two nodes, one who works in French and one in Arabic: opened and
//! joined, the agreement countered and signed by both, something given and what came of it, an exhibit handed over, an action day, the courts, the
//! evaluation of both, closed. At the end both ledgers have the same lines, and nothing is owed.

use super::accessibility::pictures;
use super::demo::demo;
use super::pages::{SUBMIT, field, language, same_ledger, sign_in};
use super::window::{Manner, Window, in_browser};
use super::{exhibits, plan};

#[test]
fn an_investigation_from_its_first_line_to_its_last() {
    in_browser("whole", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        sign_in(&window, fr, "enquete", "fr").await;
        sign_in(&window, ma, "enquete", "ar").await;
        let at = Whole::opened(window, (ma, fr)).await;
        at.joined().await;
        at.agreed().await;
        at.phase("investigation.to_operational").await;
        at.given_and_used().await;
        at.handed_over().await;
        at.day().await;
        at.phase("investigation.to_prosecution").await;
        at.judged().await;
        at.phase("investigation.to_evaluation").await;
        at.evaluated_and_closed().await;
        at.same_ledger().await;
    });
}

/// What both officers see, and where they see it.
struct Whole {
    window: Window,
    home: String,
    at_ma: String,
    at_fr: String,
    ma: &'static str,
    fr: &'static str,
}

impl Whole {
    /// In French: the opening, to the other side's service.
    async fn opened(window: Window, (ma, fr): (&'static str, &'static str)) -> Self {
        let form = format!("{fr}/open/investigation?to=ma/investigation");
        window.goto(&form).await;
        window.fill(&field("title"), "Écluse").await;
        let aim = "Suivre des moteurs volés jusqu’à leur revente.";
        window.fill(&field("aim"), aim).await;
        window.follow(SUBMIT).await;
        let address = window.address().await;
        let home = address.strip_prefix(fr).unwrap_or_default();
        let home = home.split('#').next().unwrap_or_default().to_owned();
        assert!(home.starts_with("/dossiers/"), "{address}");
        Self {
            at_ma: format!("{ma}{home}"),
            at_fr: format!("{fr}{home}"),
            window,
            home,
            ma,
            fr,
        }
    }

    /// Follows the way to a form once it is offered, in a menu or out of it, on the side whose page it is.
    async fn act(&self, page: &str, kind: &str) {
        let link = format!("main a[href*='/write/{kind}']");
        self.window.reload_until(page, &link).await;
        let href = self.window.attribute(&link, "href").await;
        let node = match page.starts_with(self.ma) {
            true => self.ma,
            false => self.fr,
        };
        let form = format!("{node}{}", href.expect("a way to the form"));
        self.window.goto(&form).await;
    }

    /// Fills and sends the form that is open; a weighty one is meant.
    async fn send(&self, fields: &[(&str, &str)]) {
        let unfold = "document.querySelectorAll('form.entry-form details').forEach(d => d.open = true); return null;";
        self.window
            .script::<serde_json::Value>(unfold, Vec::new())
            .await;
        for (name, text) in fields {
            let choice = format!("form.entry-form select[name='{name}']");
            let button =
                format!("form.entry-form input[type='radio'][name='{name}'][value='{text}']");
            if self.window.count(&button).await > 0 {
                self.window.click(&button).await;
            } else if self.window.count(&choice).await > 0 {
                self.window.choose(&choice, text).await;
            } else {
                self.window.fill(&field(name), text).await;
            }
        }
        if self.window.count(&field("_sure")).await > 0 {
            self.window.click(&field("_sure")).await;
        }
        self.window.follow(SUBMIT).await;
        let address = self.window.address().await;
        assert!(!address.contains("/write/"), "taken, and not at {address}");
    }

    /// In Arabic.
    async fn joined(&self) {
        self.act(&self.at_ma, "investigation.join").await;
        self.send(&[("text", "ننضم إلى التحقيق.")]).await;
    }

    /// One side proposes, the other answers with another version, the first signs that: in force in both languages.
    async fn agreed(&self) {
        let (ours, theirs) = (
            format!("{}/agreement", self.at_fr),
            format!("{}/agreement", self.at_ma),
        );
        let write = "write/investigation.agreement?begins=2015-06-01&ends=2016-05-31";
        self.window.goto(&format!("{}/{write}", self.at_fr)).await;
        let version = [
            ("other_lang", "ar"),
            ("parties", "Les autorités de poursuite des deux États."),
            ("parties_other", "سلطات المتابعة في الدولتين."),
            ("purpose", "Établir l’itinéraire des moteurs."),
            ("purpose_other", "تحديد مسار المحركات."),
            ("states", "Les deux États."),
            ("states_other", "الدولتان."),
            ("leaders", "De chaque côté, la direction de l’unité."),
            ("leaders_other", "من كل جانب، رئاسة الوحدة."),
        ];
        self.send(&version).await;
        self.act(&theirs, "investigation.counter").await;
        self.send(&[
            ("costs", "Chacun ses frais."),
            ("costs_other", "لكل مصاريفه."),
        ])
        .await;
        self.act(&ours, "investigation.sign").await;
        self.send(&[]).await;
        for page in [&theirs, &ours] {
            self.window
                .reload_until(page, "#document section.both")
                .await;
            let paper = self.window.text("#document").await;
            assert!(paper.contains("Chacun ses frais."), "{paper}");
            assert!(paper.contains("لكل مصاريفه."), "{paper}");
        }
    }

    /// The convenor leads it on, and the other side sees it.
    async fn phase(&self, step: &str) {
        self.act(&self.at_fr, step).await;
        self.send(&[("text", "Convenu entre les deux directions.")])
            .await;
        let entry = "#entries .entry.theirs";
        self.window.reload_until(&self.at_ma, entry).await;
    }

    /// In Arabic: something is given; in French: what came of it; and whoever gave it reads that on the dossier's first lines.
    async fn given_and_used(&self) {
        let write = format!("{}/write/investigation.contribute", self.at_ma);
        self.window.goto(&write).await;
        let given = [
            ("title", "سجل الدخول إلى المرسى"),
            ("text", "ثلاث شاحنات في أسبوع واحد."),
        ];
        self.send(&given).await;
        self.act(&self.at_fr, "feedback").await;
        self.send(&[("outcome", "seizure"), ("text", "Deux moteurs retrouvés.")])
            .await;
        self.window
            .reads(&self.at_ma, "main", "Deux moteurs retrouvés.")
            .await;
        language(&self.window, "ar").await;
        pictures(&self.window, &self.at_ma, "whole-given").await;
    }

    /// An exhibit goes from one to the other, with its receipt.
    async fn handed_over(&self) {
        let place = (self.fr, self.home.as_str());
        let exhibit = exhibits::recorded(&self.window, place, "whole").await;
        exhibits::handed_over(&self.window, self.fr, &exhibit).await;
        exhibits::receipted(&self.window, self.ma, &exhibit).await;
    }

    /// A task that is done, and a day on which both said go and one step began.
    async fn day(&self) {
        let at = plan::Place::new(self.window.clone(), &self.home, "whole");
        at.task(self.fr).await;
        let day = at.proposes(self.fr).await;
        at.says_go(self.fr, &day).await;
        at.done(self.ma).await;
        let decide = format!("{}{day}", self.ma);
        self.window.reload_until(&decide, "#decisions li.ob").await;
        at.says_go(self.ma, &day).await;
        at.starts(self.ma, &day).await;
        at.live(self.fr, &day).await;
    }

    /// In Arabic: proceedings; in French they are read.
    async fn judged(&self) {
        let write = "write/investigation.proceedings?since=2015-09-01";
        self.window.goto(&format!("{}/{write}", self.at_ma)).await;
        self.send(&[("court", "المحكمة المختصة"), ("stage", "trial")])
            .await;
        let page = format!("{}/court", self.at_fr);
        self.window.reads(&page, "main", "المحكمة المختصة").await;
    }

    /// Both look back, and the convenor closes.
    async fn evaluated_and_closed(&self) {
        for (page, text) in [
            (&self.at_ma, "لقاء مبكر في المرة القادمة."),
            (&self.at_fr, "Se réunir plus tôt."),
        ] {
            self.act(&format!("{page}/evaluation"), "investigation.evaluate")
                .await;
            self.send(&[("next_time", text)]).await;
        }
        let page = format!("{}/evaluation", self.at_ma);
        self.window
            .reads(&page, "main", "Se réunir plus tôt.")
            .await;
        pictures(&self.window, &page, "whole-evaluation").await;
        self.closes_once_nothing_is_owed().await;
    }

    /// What came of the task's result was not said yet, nor that it is enough: closing is refused, and the form shows what is owed.
    async fn closes_once_nothing_is_owed(&self) {
        self.act(&self.at_fr, "close").await;
        self.window.follow(SUBMIT).await;
        assert!(self.window.count("main .alert .obs > li").await >= 1);
        self.act(&self.at_fr, "feedback").await;
        self.send(&[("outcome", "corroborated")]).await;
        self.act(&format!("{}/plan", self.at_fr), "investigation.task_agreed")
            .await;
        self.send(&[]).await;
        self.act(&self.at_fr, "close").await;
        self.send(&[]).await;
    }

    /// Invariants 1 and 2, seen from outside: the same lines at both, and each has ended.
    async fn same_ledger(&self) {
        same_ledger(&self.window, (&self.at_ma, &self.at_fr), 6).await;
    }
}
