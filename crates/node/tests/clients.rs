//! What we write for calendars, read by programs that people have: khal, and the library of Evolution, GNOME Calendar and KOrganizer (libical) with its
//! own table of RFC 5546. `scripts/need.sh calendars` installs both.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use entente_app::{By, NoticeSettings};
use entente_core::codes::Class;
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_testkit::desk::{PASSWORD, again};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use tempfile::TempDir;

const DAY: i64 = 86_400_000;
const ITIP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/itip.c");

/// A series of meetings with an invitation by `fr` to `ma`, which gives out calendars; and the secret of an address.
struct Meetings {
    pair: TestPair,
    dossier: DossierId,
    first: String,
    secret: String,
}

impl Meetings {
    fn begin(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        pair.nodes[0].set_notices(NoticeSettings {
            feed: Some(Class::Restricted),
            ..NoticeSettings::default()
        });
        pair.restart(Side::Ma);
        pair.settle();
        let app = &pair.ma().app;
        let link = app.invite_again(By::Machine, "liaison").unwrap();
        app.accept_invitation(&link, PASSWORD, "").unwrap();
        let shown = again("", PASSWORD, "");
        let me = pair.ma().officer("liaison").unwrap();
        let secret = app.make_calendar_address(&me, &shown).unwrap();
        let fields = [
            ("title", "Coordination"),
            ("aim", "Lever ce qui retarde."),
            ("form", "series"),
            ("level", "services"),
        ];
        let opened = pair.write(Side::Fr, "meeting.open", &Writing::new(&fields));
        pair.ask(Side::Fr, "normal");
        let mut all = Self {
            pair,
            dossier: opened.dossier,
            first: String::new(),
            secret,
        };
        all.first = all.invited(10, &[]);
        all
    }

    /// Noon, so many days from now, on a day that both clocks call the same.
    fn noon(&self, days: i64) -> Instant {
        let now = self.pair.ma().app.now().0;
        Instant((now / DAY + days) * DAY + DAY / 2)
    }

    fn invited(&mut self, days: i64, more: &[(&str, &str)]) -> String {
        let when = self.noon(days).to_civil()[..16].to_owned();
        let mut fields = vec![
            ("title", "Réunion « échanges »; اجتماع, suite"),
            ("at", &when),
            ("lasts", "90"),
            ("mode", "place"),
            ("place", "Rabat, salle 2"),
        ];
        fields.extend_from_slice(more);
        let entry = self.pair.write(
            Side::Fr,
            "meeting.convene",
            &Writing::on(self.dossier, &fields),
        );
        self.pair.settle();
        entry.entry.to_string()
    }

    fn cancel(&mut self, entry: &str) {
        let fields = [("of", entry), ("text", "Salle indisponible.")];
        let writing = Writing::on(self.dossier, &fields);
        self.pair.write(Side::Fr, "meeting.cancel", &writing);
        self.pair.settle();
    }

    fn file(&self, entry: &str) -> String {
        let me = self.pair.ma().officer("liaison").unwrap();
        let file = self.pair.ma().app.meeting_file(&me, entry.parse().unwrap());
        file.unwrap().text
    }

    fn feed(&self) -> String {
        self.pair
            .ma()
            .app
            .calendar_feed(&self.secret, "khal")
            .unwrap()
            .text
    }
}

/// khal with a calendar of its own, in the time of Rabat.
struct Khal(TempDir);

impl Khal {
    /// None, with a line that says so, where it is not installed.
    fn new() -> Option<Self> {
        if Command::new("khal").arg("--version").output().is_err() {
            println!("skipped: khal is not installed (scripts/need.sh calendars)");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        fs::create_dir(folder.path().join("entente")).unwrap();
        let config = format!(
            "[calendars]\n[[entente]]\npath = {}\n[default]\ndefault_calendar = entente\n[sqlite]\npath = {}\n[locale]\n\
             timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n\
             longdatetimeformat = %Y-%m-%d %H:%M\nlocal_timezone = Africa/Casablanca\ndefault_timezone = Africa/Casablanca\n",
            path("entente"),
            path("khal.db")
        );
        fs::write(folder.path().join("config"), config).unwrap();
        Some(Self(folder))
    }

    fn run(&self, args: &[&str]) -> String {
        let out = Command::new("khal")
            .args(["-c", &self.0.path().join("config").display().to_string()])
            .args(args)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let said = String::from_utf8(out.stdout).unwrap();
        let wrong = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success() && wrong.is_empty(), "{said}{wrong}");
        said
    }

    fn import(&self, file: &str) {
        let path = self.0.path().join("import.ics");
        fs::write(&path, file).unwrap();
        let path = path.display().to_string();
        self.run(&["import", "--batch", "-a", "entente", &path]);
    }

    /// What it shows of two months: begin, end, title, place, status.
    fn shows(&self, from: Instant) -> Vec<String> {
        let format = "{start-long} | {end-long} | {title} | {location} | {status}";
        let from = &from.to_civil()[..10];
        let said = self.run(&["list", "--format", format, "--day-format", "", from, "60d"]);
        said.lines().map(|line| line.trim().to_owned()).collect()
    }
}

/// By the clock of Rabat, an hour before UTC since 2018, but in Ramadan.
fn line(at: Instant, status: &str) -> String {
    let zone = jiff::tz::TimeZone::get("Africa/Casablanca").unwrap();
    let local = |ms: i64| {
        let local = zone.to_datetime(jiff::Timestamp::from_millisecond(ms).unwrap());
        format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
    };
    let (from, to) = (local(at.0), local(at.0 + 90 * 60_000));
    format!("{from} | {to} | Réunion « échanges »; اجتماع, suite | Rabat, salle 2 | {status}")
}

/// Take out: in `app/src/invitations.rs`, the identifier, the sequence or the status; in `ical/src/write.rs`, an escape of the library.
#[test]
fn khal_takes_an_invitation_its_move_and_its_cancellation_as_they_are_meant() {
    let Some(khal) = Khal::new() else { return };
    let mut all = Meetings::begin(941);
    let first = all.first.clone();
    khal.import(&all.file(&first));
    assert_eq!(khal.shows(all.noon(0)), [line(all.noon(10), "CONFIRMED")]);
    let second = all.invited(12, &[("moves", &first)]);
    khal.import(&all.file(&second));
    assert_eq!(khal.shows(all.noon(0)), [line(all.noon(12), "CONFIRMED")]);
    all.cancel(&second);
    khal.import(&all.file(&first));
    assert_eq!(khal.shows(all.noon(0)), [line(all.noon(12), "CANCELLED")]);
}

/// Take out: in `app/src/notices/feed.rs`, the day of a date, or the meetings.
#[test]
fn khal_shows_the_calendar_of_an_officer() {
    let Some(khal) = Khal::new() else { return };
    let all = Meetings::begin(942);
    khal.import(&all.feed());
    let shown = khal.shows(all.noon(0));
    assert!(
        shown.contains(&line(all.noon(10), "CONFIRMED")),
        "{shown:?}"
    );
    let due: Vec<&String> = shown
        .iter()
        .filter(|line| line.contains("| Échéance "))
        .collect();
    assert!(!due.is_empty(), "{shown:?}");
    // A date is a day, not an hour that takes up time.
    for line in due {
        assert!(!line.split(" | ").next().unwrap().contains(':'), "{line}");
    }
}

/// What libical says of a file; none, with a line that says so, where it or a compiler is not installed.
fn libical(program: &Path, file: &str) -> String {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(file.as_bytes())
        .unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

fn compiled(folder: &Path) -> Option<PathBuf> {
    let program = folder.join("itip");
    let compiler = Command::new("cc").arg("--version").output();
    if !Path::new("/usr/include/libical/ical.h").exists() || compiler.is_err() {
        println!(
            "skipped: libical or a compiler of C is not installed (scripts/need.sh calendars)"
        );
        return None;
    }
    let built = Command::new("cc")
        .args(["-O1", "-o"])
        .arg(&program)
        .args([ITIP, "-lical"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    Some(program)
}

/// Take out: in `ical/src/write.rs`, `ORGANIZER`, `SEQUENCE` or `DTSTAMP`; in `app/src/notices/feed.rs`, that attendees are left out.
#[test]
fn libical_finds_that_every_message_keeps_rfc_5546() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = compiled(folder.path()) else {
        return;
    };
    let mut all = Meetings::begin(943);
    let first = all.first.clone();
    let mut files = vec![("REQUEST", all.file(&first)), ("PUBLISH", all.feed())];
    let second = all.invited(12, &[("moves", &first)]);
    files.push(("REQUEST", all.file(&second)));
    all.cancel(&second);
    files.push(("CANCEL", all.file(&second)));
    files.push(("PUBLISH", all.feed()));
    for (method, file) in &files {
        assert!(file.contains(&format!("METHOD:{method}\r\n")), "{file}");
        let said = libical(&program, file);
        let events = file.matches("BEGIN:VEVENT").count();
        let found = said
            .lines()
            .filter(|line| line.starts_with("event "))
            .count();
        assert!(
            said.contains("restrictions kept\n") && !said.contains("error"),
            "{said}{file}"
        );
        assert_eq!(found, events, "{said}{file}");
        assert!(said.contains(&format!("{first}@entente")), "{said}");
    }
    // It would say so: what is published without whoever publishes it.
    let (_, published) = &files[1];
    let unfolded = published.replace("\r\n ", "");
    let lines = unfolded
        .lines()
        .filter(|line| !line.starts_with("ORGANIZER"));
    let without: String = lines.map(|line| format!("{line}\r\n")).collect();
    let said = libical(&program, &without);
    assert!(said.contains("restrictions broken"), "{said}");
}
