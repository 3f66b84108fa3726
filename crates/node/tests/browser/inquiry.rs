//! A joint investigation by two officers, one who works in Arabic and one in French: what each brought is told apart, a thing is added and linked by
//! the one, said to be the same by the other and parted again, and the agreement stands in both languages on one sheet.

use super::accessibility::{axe, pictures_in};
use super::demo::demo;
use super::pages::{language, sign_in};
use super::window::{Manner, Window, in_browser};

#[test]
fn an_investigation_is_worked_on_in_arabic_and_in_french() {
    in_browser("inquiry", Manner::default(), |window| path(window, "1280"));
}

/// The same where no script runs, in a narrow window.
#[test]
fn an_investigation_needs_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("inquiry-narrow", manner, |window| path(window, "390"));
}

/// The path of the investigation in mid-life, found on the list by its title.
pub(super) async fn dossier(window: &Window, node: &str) -> String {
    window
        .goto(&format!("{node}/dossiers?kind=investigation"))
        .await;
    for n in 1..=window.count("tbody tr").await {
        let title = format!("tbody tr:nth-child({n}) td a[href^='/dossiers/']");
        if window.text(&title).await.contains("Passerelle") {
            let found = window.attribute(&title, "href").await;
            return found.expect("a way to it");
        }
    }
    panic!("the investigation of the story is not on the list");
}

/// A number of this run's own, so that each finds its own records.
fn number(width: &str) -> String {
    format!("0000{width}")
}

/// What both officers see: the two nodes, the dossier's path, and the number that both bring.
struct Place {
    window: Window,
    home: String,
    number: String,
    width: &'static str,
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, fr, "enquete", "fr").await;
    let at = Place {
        home: dossier(&window, fr).await,
        number: number(width),
        window,
        width,
    };
    let theirs = at.brings(fr).await;
    let ours = at.brought_and_linked(ma).await;
    at.joined(fr, (&theirs, &ours)).await;
    at.parted(ma, &ours).await;
    at.agreed(ma).await;
}

impl Place {
    async fn brings(&self, node: &str) -> String {
        let window = &self.window;
        let form = format!("{node}{}/write/investigation.phone", self.home);
        window.goto(&form).await;
        window
            .fill("form.entry-form [name='name']", &self.number)
            .await;
        window
            .choose("form.entry-form select[name='nature']", "fact")
            .await;
        window
            .fill("form.entry-form [name='from_date']", "2015-03")
            .await;
        window.follow("form.entry-form .submit button.main").await;
        let address = window.address().await;
        let path = address.strip_prefix(node).unwrap_or_default().to_owned();
        assert!(path.starts_with("/things/"), "{path}");
        path
    }

    /// In Arabic: the list by sort, each record on the side of who brought it; what a new one is linked to is found by a search within
    /// the dossier.
    async fn brought_and_linked(&self, ma: &str) -> String {
        let window = &self.window;
        sign_in(window, ma, "enquete", "ar").await;
        let list = format!("{ma}{}/things", self.home);
        window.goto(&list).await;
        assert!(window.count("#person li.ours").await >= 3);
        assert!(window.count("#person li.theirs").await >= 3);
        pictures(window, &list, "things", self.width).await;
        language(window, "ar").await;
        let ours = self.brings(ma).await;
        let id = ours.trim_start_matches("/things/");
        window.goto(&format!("{list}?link={id}")).await;
        window
            .fill("form.filters[role='search'] [name='q']", "الشرقي")
            .await;
        window.follow("form.filters[role='search'] button").await;
        assert_eq!(window.count(".things > li").await, 1, "it finds one");
        window.follow(".things a.button.small").await;
        window
            .choose("form.entry-form select[name='how']", "in_contact_with")
            .await;
        window
            .choose("form.entry-form select[name='nature']", "assessment")
            .await;
        window.follow("form.entry-form .submit button.main").await;
        assert!(window.text("#links").await.contains("الشرقي"));
        ours
    }

    /// In French: the other officer sees both records, and says that they are one thing.
    async fn joined(&self, fr: &str, (theirs, ours): (&str, &str)) {
        let window = &self.window;
        window
            .reload_until(&format!("{fr}{ours}"), "#links li.theirs")
            .await;
        let id = theirs.trim_start_matches("/things/");
        let (home, number) = (&self.home, &self.number);
        window
            .goto(&format!("{fr}{home}/things?same={id}&q={number}"))
            .await;
        window
            .follow("a.button.small[href*='investigation.same']")
            .await;
        window
            .fill(
                "form.entry-form [name='text']",
                "Même numéro, même semaine.",
            )
            .await;
        window.follow("form.entry-form .submit button.main").await;
        assert_eq!(window.count("#records article.entry").await, 2);
        let links = window.text("#links").await;
        assert!(links.contains("الشرقي"), "with the links of both: {links}");
        pictures(window, &format!("{fr}{theirs}"), "joined", self.width).await;
    }

    /// In Arabic: it is undone, and nothing of it is lost.
    async fn parted(&self, ma: &str, ours: &str) {
        let window = &self.window;
        let there = format!("{ma}{ours}");
        window.reload_until(&there, "#decisions li.theirs").await;
        language(window, "ar").await;
        window
            .follow("#decisions a[href*='investigation.undo']")
            .await;
        window
            .fill("form.entry-form [name='text']", "صاحب الرقم تغير بينهما.")
            .await;
        window.follow("form.entry-form .submit button.main").await;
        window.goto(&there).await;
        assert_eq!(window.count("#records article.entry").await, 1);
        let decisions = window.text("#decisions").await;
        assert!(decisions.contains("صاحب الرقم تغير بينهما."), "{decisions}");
    }

    /// The agreement in force, both languages side by side; the look back; the phase.
    async fn agreed(&self, ma: &str) {
        let window = &self.window;
        let agreement = format!("{ma}{}/agreement", self.home);
        window.goto(&agreement).await;
        for direction in ["rtl", "ltr"] {
            let clauses = format!("#document section.both > div[dir='{direction}']");
            assert!(window.count(&clauses).await >= 8, "{direction}");
        }
        pictures(window, &agreement, "agreement", self.width).await;
        let evaluation = format!("{ma}{}/evaluation", self.home);
        pictures(window, &evaluation, "evaluation", self.width).await;
        window.goto(&format!("{ma}{}", self.home)).await;
        language(window, "ar").await;
        let head = window.text(".dossier-head .kicker").await;
        assert!(head.contains("المرحلة الميدانية"), "{head}");
    }
}

/// Takes a page in three languages, and holds it against the rules of accessibility where the window is wide; it ends in French.
async fn pictures(window: &Window, page: &str, name: &str, width: &str) {
    let axe = axe().filter(|_| width == "1280");
    let name = format!("inquiry-{name}-{width}");
    pictures_in(window, (page, &name), ["ar", "en", "fr"], axe.as_deref()).await;
}
