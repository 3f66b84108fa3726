//! A task and a joint action day by two officers on two nodes, one who works in Arabic and one in French: the day is proposed in rows, both
//! leaders say go, and what each side says of its steps shows at the other.

use super::accessibility::{axe, pictures_in};
use super::demo::demo;
use super::pages::{language, sign_in};
use super::window::{Manner, Window, in_browser};

#[test]
fn a_day_is_planned_decided_and_live_in_arabic_and_in_french() {
    in_browser("plan", Manner::default(), |window| path(window, "1280"));
}

/// The same where no script runs, in a narrow window.
#[test]
fn a_day_needs_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("plan-narrow", manner, |window| path(window, "390"));
}

/// What both officers see: the dossier's path, and the name of this run's own day.
pub struct Place {
    window: Window,
    home: String,
    name: String,
    width: &'static str,
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, fr, "enquete", "fr").await;
    let home = super::inquiry::dossier(&window, fr).await;
    let at = Place::new(window, &home, width);
    at.task(fr).await;
    let day = at.proposes(fr).await;
    at.says_go(fr, &day).await;
    sign_in(&at.window, ma, "enquete", "ar").await;
    at.done(ma).await;
    at.window
        .reload_until(&format!("{ma}{day}"), "#decisions li.ob")
        .await;
    language(&at.window, "ar").await;
    at.says_go(ma, &day).await;
    at.starts(ma, &day).await;
    at.live(fr, &day).await;
}

impl Place {
    /// In a dossier, by its path.
    pub fn new(window: Window, home: &str, width: &'static str) -> Self {
        Self {
            home: home.to_owned(),
            name: format!("Passerelle {width}"),
            window,
            width,
        }
    }

    /// In French: a task for the other side.
    pub async fn task(&self, fr: &str) {
        let window = &self.window;
        // How a date is typed is the browser's own affair.
        let form = format!("{fr}{}/write/investigation.task?by=2031-01-15", self.home);
        window.goto(&form).await;
        let field = |name: &str| format!("form.entry-form [name='{name}']");
        window
            .fill(&field("title"), &format!("Relevé {}", self.width))
            .await;
        window.choose(&field("to"), "ma/investigation").await;
        window.follow("form.entry-form .submit button.main").await;
    }

    /// Steps in rows: two at the same time, one before it.
    pub async fn proposes(&self, fr: &str) -> String {
        let window = &self.window;
        let form = format!(
            "{fr}{}/write/investigation.day?zero=2031-01-10T04:30:00",
            self.home
        );
        window.goto(&form).await;
        window
            .fill("form.entry-form [name='name']", &self.name)
            .await;
        let rows = [
            (
                "+00:00",
                "fr/investigation",
                "Dépôt Est",
                "contrôle du dépôt",
            ),
            (
                "+00:00",
                "ma/investigation",
                "Quai 3 (36.834, -2.463)",
                "مراقبة الرصيف",
            ),
            (
                "-01:00",
                "ma/investigation",
                "Quai 3 (36.834, -2.463)",
                "التمركز",
            ),
        ];
        for (number, (at, who, place, what)) in (1..).zip(rows) {
            let cell = |column: u8, of: &str| {
                format!(".step-rows tbody tr:nth-child({number}) td:nth-child({column}) {of}")
            };
            window.fill(&cell(1, "input"), at).await;
            window.choose(&cell(2, "select"), who).await;
            window.fill(&cell(3, "input"), place).await;
            window.fill(&cell(4, "input"), what).await;
        }
        window.follow("form.entry-form .submit button.main").await;
        let plan = format!("{fr}{}/plan", self.home);
        window.goto(&plan).await;
        for n in 1..=window.count("#days .tasks > li").await {
            let link = format!("#days .tasks > li:nth-child({n}) h3 a");
            if window.text(&link).await.contains(&self.name) {
                return window.attribute(&link, "href").await.expect("a way to it");
            }
        }
        panic!("the day that was proposed is not on the plan");
    }

    /// One's own side's go, on purpose.
    pub async fn says_go(&self, node: &str, day: &str) {
        let window = &self.window;
        window.goto(&format!("{node}{day}")).await;
        window
            .follow("#decisions a[href*='investigation.go']")
            .await;
        window.click("form.entry-form [name='_sure']").await;
        window.follow("form.entry-form .submit button.main").await;
    }

    /// In Arabic: the task's result.
    pub async fn done(&self, ma: &str) {
        let window = &self.window;
        let plan = format!("{ma}{}/plan", self.home);
        window
            .reload_until(&plan, "#tasks a[href*='investigation.task_done']")
            .await;
        pictures(window, &plan, "plan", self.width).await;
        language(window, "ar").await;
        window
            .follow("#tasks a[href*='investigation.task_done']")
            .await;
        window
            .fill("form.entry-form [name='text']", "رصدت حركتان ليلا.")
            .await;
        window.follow("form.entry-form .submit button.main").await;
    }

    /// In Arabic: our step begins, by one click.
    pub async fn starts(&self, ma: &str, day: &str) {
        let window = &self.window;
        let page = format!("{ma}{day}");
        window
            .reload_until(&page, ".standing[data-standing='go']")
            .await;
        // The form's own page, as where no script runs: each state is a button.
        for state in ["ready", "started"] {
            let button = format!("#step-1 form:has([value='{state}']) button");
            window.follow(&button).await;
        }
        assert_eq!(
            window.attribute("#step-1", "data-state").await.as_deref(),
            Some("started")
        );
        pictures(window, &page, "day", self.width).await;
    }

    /// In French: it shows, and their step is not ours to speak of.
    pub async fn live(&self, fr: &str, day: &str) {
        // Signed in there since the beginning.
        let window = &self.window;
        let page = format!("{fr}{day}");
        window
            .reload_until(&page, "#step-1[data-state='started']")
            .await;
        assert_eq!(window.count("#step-1 form").await, 0);
        assert!(window.count("#step-2 form").await > 0 || window.count("#step-3 form").await > 0);
        let plan = format!("{fr}{}/plan", self.home);
        window.reload_until(&plan, "#tasks .result").await;
        assert!(window.text("#tasks").await.contains("رصدت حركتان ليلا."));
    }
}

/// Takes a page in three languages, and holds it against the rules of accessibility where the window is wide; it ends in French.
async fn pictures(window: &Window, page: &str, name: &str, width: &str) {
    let axe = axe().filter(|_| width == "1280");
    let name = format!("plan-{name}-{width}");
    pictures_in(window, (page, &name), ["ar", "en", "fr"], axe.as_deref()).await;
}
