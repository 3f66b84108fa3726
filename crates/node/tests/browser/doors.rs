//! Every address tried as nobody and as another service. The addresses come from the tables that the router is made of, so that a new
//! one is tried, or fails, without anybody thinking of it. No browser is needed here.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::cases::{self, Address, Door, Try};
use super::demo::{Demo, demo, in_target, turn};
use super::http::{self, Answer};

/// Dossiers in which the services `liaison` and those of `fr` take part and no other, with what is in them.
#[derive(Clone)]
pub struct Target {
    /// A request with a file.
    pub dossier: String,
    /// A declaration with proposals.
    pub declaration: String,
    /// What opened the request.
    pub entry: String,
    /// An entry that the partner holds, so that it has a proof.
    pub receipted: String,
    /// What the request asks.
    pub obligation: String,
    /// A joint investigation with one thing and one action day.
    pub inquiry: String,
    /// The thing.
    pub thing: String,
    /// An exhibit there, with a picture.
    pub exhibit: String,
    /// An action day of it.
    pub day: String,
    /// A series of meetings.
    pub series: String,
    /// A record of lessons.
    pub lessons: String,
    /// A programme.
    pub programme: String,
    /// An invitation there.
    pub invitation: String,
    /// Minutes there.
    pub minutes: String,
    /// A feedback that was given on a request.
    pub feedback: String,
    /// Words of the request.
    pub title: &'static str,
}

const TITLE: &str = "Porte fermée : exemple inventé";

impl Target {
    /// Everything by another name, which nothing has.
    fn nowhere(&self) -> Self {
        let zeros = |text: &str| "0".repeat(text.len());
        let (_, place) = self.obligation.split_once('#').expect("entry#place");
        Self {
            dossier: zeros(&self.dossier),
            declaration: zeros(&self.declaration),
            entry: zeros(&self.entry),
            receipted: zeros(&self.receipted),
            obligation: format!("{}#{place}", zeros(&self.entry)),
            inquiry: zeros(&self.inquiry),
            thing: zeros(&self.thing),
            exhibit: zeros(&self.exhibit),
            day: zeros(&self.day),
            series: zeros(&self.series),
            lessons: zeros(&self.lessons),
            programme: zeros(&self.programme),
            invitation: zeros(&self.invitation),
            minutes: zeros(&self.minutes),
            feedback: zeros(&self.feedback),
            title: self.title,
        }
    }

    /// Whether an answer tells of them.
    fn told(&self, answer: &Answer) -> bool {
        let signs = [
            self.title,
            &self.dossier,
            &self.declaration,
            &self.entry,
            &self.receipted,
            &self.inquiry,
            &self.thing,
            &self.exhibit,
            &self.day,
            &self.series,
            &self.lessons,
            &self.programme,
            &self.invitation,
        ];
        signs.iter().any(|sign| answer.body.contains(*sign))
    }

    /// The same at an address that is open to many. The desk of inspectors names dossiers and entries by their identifiers, to
    /// inspectors alone, and says nothing of what is in them.
    fn told_at(&self, path: &str, inspects: bool, answer: &Answer) -> bool {
        let desk = path.starts_with("/oversight") || path.starts_with("/api/v1/access");
        match inspects && desk {
            true => answer.body.contains(self.title),
            false => self.told(answer),
        }
    }
}

/// Somebody signed in by one click.
struct Session {
    node: String,
    token: String,
    csrf: String,
}

impl Session {
    fn of(node: &str, persona: &str) -> Self {
        let body = json!({"persona": persona}).to_string();
        let answer = http::request("POST", &format!("{node}/api/v1/session"), None, Some(&body))
            .expect("an answer");
        assert_eq!(answer.status, 200, "{persona}: {}", answer.body);
        let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
        let word = |name: &str| answer[name].as_str().expect("a word").to_owned();
        Self {
            node: node.to_owned(),
            token: word("token"),
            csrf: word("csrf"),
        }
    }

    /// Pages know a session by its cookie, the API by its bearer token.
    fn header(&self, path: &str) -> String {
        if path.starts_with("/api/") {
            format!("Authorization: Bearer {}", self.token)
        } else {
            format!("Cookie: entente-ma={}", self.token)
        }
    }

    fn get(&self, path: &str) -> Answer {
        let address = format!("{}{path}", self.node);
        let asked = || http::get(&address, Some(&self.header(path))).expect("an answer");
        self.reasoned(asked)
    }

    /// What is answered once a reason was given, where one was asked: of a dossier that others work in, and of an export.
    fn reasoned(&self, asked: impl Fn() -> Answer) -> Answer {
        let mut answer = asked();
        for _ in 0..2 {
            let word = |name: &str| {
                let field = format!("name=\"{name}\" value=\"");
                let value = answer.body.split(&field).nth(1);
                value.and_then(|rest| rest.split('"').next().map(str::to_owned))
            };
            let by_page =
                word("wanted").map(|wanted| (wanted, word("dossier").unwrap_or_default()));
            let problem: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            let by_program = problem["needed"]["wanted"].as_str().map(|wanted| {
                let dossier = problem["needed"]["dossier"].as_str();
                (wanted.to_owned(), dossier.unwrap_or_default().to_owned())
            });
            let Some((wanted, dossier)) = by_page.or(by_program) else {
                break;
            };
            let giving = json!({"wanted": wanted, "dossier": dossier, "reason": "supervision"});
            self.post("/api/v1/reasons", &giving);
            answer = asked();
        }
        answer
    }

    fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let address = format!("{}{path}", self.node);
        let header = self.header(path);
        let answer = http::request("POST", &address, Some(&header), Some(&body.to_string()));
        let answer = answer.expect("an answer");
        assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    /// A request as this person's own pages and programs make it.
    fn tries(&self, one: &Try) -> Answer {
        let (path, address) = (&one.path, format!("{}{}", self.node, one.path));
        let header = self.header(path);
        let answer = match &one.body {
            None => Some(self.reasoned(|| {
                http::request(one.method, &address, Some(&header), None).expect("an answer")
            })),
            Some(body) if path.starts_with("/api/") => {
                http::request(one.method, &address, Some(&header), Some(body))
            }
            Some(form) => http::form(&address, &header, &format!("_csrf={}&{form}", self.csrf)),
        };
        answer.unwrap_or_else(|| panic!("{} {path}: no answer", one.method))
    }
}

/// Working officers of a service of `ma` that takes part in nothing: they may write, and lack nothing but the service.
const STRANGERS: [(&str, &str); 7] = [
    ("archives-enquete", "investigator"),
    ("archives-analyse", "analyst"),
    ("archives-liaison", "liaison"),
    ("archives-magistrature", "magistrate"),
    ("archives-coordination", "coordinator"),
    ("archives-secours", "rescue_coordinator"),
    ("archives-social", "case_worker"),
];

/// Officers of the service that takes part, one of each other role, and whether matters of justice are open to that role and
/// whether any contents are.
const INSIDERS: [(&str, &str, bool, bool); 8] = [
    ("bureau-enquete", "investigator", true, true),
    ("bureau-analyse", "analyst", true, true),
    ("bureau-magistrature", "magistrate", true, true),
    ("bureau-coordination", "coordinator", true, true),
    ("bureau-secours", "rescue_coordinator", false, true),
    ("bureau-social", "case_worker", false, true),
    ("bureau-inspection", "inspector", false, false),
    ("bureau-systeme", "administrator", false, false),
];

/// Adds the strangers and the insiders by the command line beside the serving node, once.
fn officers() {
    static ADDED: OnceLock<()> = OnceLock::new();
    ADDED.get_or_init(|| {
        let data = in_target("browser-demo").join("ma");
        let strangers = STRANGERS.map(|(id, role)| (id, role, "ma/archives"));
        let insiders = INSIDERS.map(|(id, role, ..)| (id, role, "ma/liaison"));
        for (id, role, service) in strangers.into_iter().chain(insiders) {
            let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
            command
                .arg("--data")
                .arg(&data)
                .args(["officer", "add", id]);
            command.args(["--service", service, "--role", role]);
            let mut child = command
                .arg("--password-stdin")
                .stdin(Stdio::piped())
                .spawn()
                .expect("the program starts");
            let mut stdin = child.stdin.take().expect("its standard input");
            stdin.write_all(b"long enough for a test\n").expect("read");
            drop(stdin);
            assert!(child.wait().expect("it ends").success(), "{id} is added");
        }
    });
}

/// A request with an attached file and a declaration, written by `ma/liaison`.
fn target(demo: &Demo) -> Target {
    let liaison = Session::of(&demo.ma, "liaison");
    let asked = liaison.post(
        "/api/v1/entries",
        &json!({
            "partner": "fr", "type": "request.open", "lang": "fr",
            "values": {"title": TITLE, "question": "Qui ?", "facts": "Inventés.", "country_link": "Aucun.", "offence": "other"},
            "files": [{"name": "essai.txt", "media": "text/plain", "base64": "ZXNzYWk="}],
        }),
    );
    let text = "1. Les deux parties ont convenu de multiplier les rencontres.\n\n2. Elles ont décidé d'échanger des listes.";
    let declared = liaison.post(
        "/api/v1/declarations",
        &json!({"partner": "fr", "title": TITLE, "versions": [{"lang": "fr", "file_name": "a.txt", "text": text}]}),
    );
    let opened = liaison.post(
        "/api/v1/entries",
        &json!({"partner": "fr", "type": "investigation.open", "lang": "fr", "values": {"title": TITLE, "aim": "Inventé."}}),
    );
    let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let inquiry = word(&opened, "dossier");
    let phone =
        json!({"name": "+212 5 00 00 00 01", "nature": "fact", "source": "B", "accuracy": "2"});
    let brought = liaison.post(
        "/api/v1/entries",
        &json!({"dossier": &inquiry, "type": "investigation.phone", "lang": "fr", "values": phone}),
    );
    let exhibit = json!({"name": "Téléphone", "mark": "EST-1", "source": "A", "accuracy": "1"});
    let picture = json!([{"name": "vue.png", "media": "image/png", "base64": "iVBORw0KGgo="}]);
    let seized = liaison.post(
        "/api/v1/entries",
        &json!({"dossier": &inquiry, "type": "investigation.exhibit", "lang": "fr", "values": exhibit, "files": picture}),
    );
    let day = json!({"name": TITLE, "zero": "2030-01-10T04:30", "steps": "+00:00 | ma/liaison | Quai 3 | contrôle"});
    let planned = liaison.post(
        "/api/v1/entries",
        &json!({"dossier": &inquiry, "type": "investigation.day", "lang": "fr", "values": day}),
    );
    let series = liaison.post(
        "/api/v1/entries",
        &json!({"partner": "fr", "type": "meeting.open", "lang": "fr", "values": {"title": TITLE, "aim": "Inventé.", "form": "series", "level": "services"}}),
    );
    let series = word(&series, "dossier");
    let programme = liaison.post(
        "/api/v1/entries",
        &json!({"partner": "fr", "type": "programme.open", "lang": "fr", "values": {"title": TITLE, "template": "police", "idea": "Inventée.", "owners": "deux écoles"}}),
    );
    let lessons = liaison.post(
        "/api/v1/entries",
        &json!({"partner": "fr", "type": "lesson.open", "lang": "fr", "values": {"title": TITLE, "theme": "feedback"}}),
    );
    let meets = json!({"title": TITLE, "at": "2030-01-10T09:00", "lasts": 60, "mode": "video"});
    let invited = liaison.post(
        "/api/v1/entries",
        &json!({"dossier": &series, "type": "meeting.convene", "lang": "fr", "values": meets}),
    );
    let held = json!({"of": word(&invited, "entry"), "held": "2020-01-10T09:00", "present": "deux", "text": TITLE});
    let minuted = liaison.post(
        "/api/v1/entries",
        &json!({"dossier": &series, "type": "meeting.minutes", "lang": "fr", "values": held}),
    );
    let dossier = word(&asked, "dossier");
    let view = liaison.json(&format!("/api/v1/dossiers/{dossier}"));
    let obligation = view["obligations"][0]["id"].as_str().expect("what it asks");
    let entry = word(&asked, "entry");
    Target {
        receipted: receipted(&liaison, &entry),
        feedback: feedback(&liaison),
        declaration: word(&declared, "dossier"),
        obligation: obligation.to_owned(),
        thing: word(&brought, "entry"),
        exhibit: word(&seized, "entry"),
        day: word(&planned, "entry"),
        invitation: word(&invited, "entry"),
        minutes: word(&minuted, "entry"),
        series,
        lessons: word(&lessons, "dossier"),
        programme: word(&programme, "dossier"),
        inquiry,
        title: TITLE,
        dossier,
        entry,
    }
}

/// The entry once the partner holds it: only then has it a proof.
/// A feedback of the demonstration's story: one learns from what came of something.
fn feedback(liaison: &Session) -> String {
    let requests = liaison.json("/api/v1/dossiers?kind=request");
    let lines = requests["lines"].as_array().expect("requests");
    let entries = lines.iter().flat_map(|line| {
        let id = line["id"].as_str().expect("an identifier");
        let dossier = liaison.json(&format!("/api/v1/dossiers/{id}"));
        dossier["entries"].as_array().cloned().unwrap_or_default()
    });
    let mut given = entries.filter(|entry| entry["type"] == "feedback");
    let given = given.next().expect("a feedback of the story");
    given["id"].as_str().expect("an identifier").to_owned()
}

fn receipted(liaison: &Session, entry: &str) -> String {
    for _ in 0..600 {
        if liaison.get(&format!("/entries/{entry}/proof")).status == 200 {
            return entry.to_owned();
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the partner did not receive what was written")
}

fn document(node: &str) -> Value {
    let answer = http::get(&format!("{node}/api/openapi.json"), None).expect("an answer");
    serde_json::from_str(&answer.body).expect("JSON")
}

/// Every address with its case: pages, then the API.
fn doors(node: &str, t: &Target) -> Vec<(Address, Door)> {
    let pages = cases::pages().into_iter().map(|address| {
        let door = cases::page(&address, t);
        (address, door)
    });
    let routes = cases::api(&document(node)).into_iter().map(|address| {
        let door = cases::route(&address, t);
        (address, door)
    });
    pages.chain(routes).collect()
}

/// The secret of a guest's forms: what stops a guest must be that nobody is signed in, and not the form's secret.
fn guest(node: &str) -> (String, String) {
    let page = http::get(&format!("{node}/sign-in"), None).expect("an answer");
    let cookie = page.header("set-cookie").expect("a cookie").to_owned();
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    let secret = cookie.split_once('=').expect("a value").1.to_owned();
    (format!("Cookie: {cookie}"), secret)
}

fn leads_to_sign_in(path: &str, answer: &Answer) -> bool {
    let to = answer.header("location").unwrap_or_default();
    answer.status == 303 && (to.starts_with("/sign-in") || path == "/" && to == "/tour")
}

#[test]
fn nobody_gets_in_anywhere() {
    let _turn = turn();
    let demo = demo();
    let t = target(demo);
    let (cookie, secret) = guest(&demo.ma);
    let mut open = Vec::new();
    for (address, door) in doors(&demo.ma, &t) {
        let Address { method, path } = address;
        if matches!(door, Door::Open) {
            open.push(format!("{method} {path}"));
            continue;
        }
        let own = cases::filled(&path, &t);
        let (api, place) = (path.starts_with("/api/"), format!("{}{own}", demo.ma));
        let said = format!("{method} {own} to nobody");
        let verb = method.to_uppercase();
        if api {
            let answer = http::request(&verb, &place, None, (verb == "POST").then_some("{}"));
            let answer = answer.expect("an answer");
            assert_eq!(answer.status, 401, "{said}: {}", answer.body);
        } else if verb == "GET" {
            let answer = http::get(&place, None).expect("an answer");
            assert!(leads_to_sign_in(&own, &answer), "{said}: {}", answer.status);
        } else {
            let forged = http::form(&place, "Cookie: none=none", "text=x").expect("an answer");
            // Whoever is not signed in is told so before a byte of an entry's form is read; other forms ask for their secret first.
            let refused = [401, 403].contains(&forged.status);
            assert!(
                refused,
                "{said}, without the form's secret: {}",
                forged.status
            );
            let body = format!("_csrf={secret}&text=x&_index=0");
            let answer = http::form(&place, &cookie, &body).expect("an answer");
            assert_eq!(answer.status, 401, "{said}, with a guest's secret");
            assert!(!t.told(&answer), "{said}: it tells");
        }
    }
    open.sort();
    // Exceptions by name. Those of the tour are in a demonstration only.
    assert_eq!(
        open,
        [
            "get /api/openapi.json",
            "get /api/v1/card",
            "get /assets/{name}",
            "get /calendar/{file}",
            "get /healthz",
            "get /metrics",
            "get /readyz",
            "get /sign-in",
            "get /sign-in/code",
            "get /sign-in/provider/back",
            "get /tour",
            "get /tour/see",
            "get /welcome/{token}",
            "post /api/v1/session",
            "post /digits/{code}",
            "post /lang/{code}",
            "post /sign-in",
            "post /sign-in/code",
            "post /sign-in/passkey",
            "post /sign-in/passkey/answer",
            "post /sign-in/provider",
            "post /sign-in/provider/logout",
            "post /tour/ask",
            "post /tour/cut",
            "post /tour/jump",
            "post /tour/tamper",
            "post /welcome/{token}",
            "post /welcome/{token}/provider",
        ]
    );
}

/// The tour and the choice of language are open to a guest: what they name of a dossier stays closed.
#[test]
fn what_is_open_to_nobody_tells_nothing() {
    let _turn = turn();
    let demo = demo();
    let t = target(demo);
    let tour = http::get(&format!("{}/tour?d={}", demo.ma, t.dossier), None).expect("an answer");
    assert_eq!(tour.status, 200);
    assert!(!tour.body.contains(t.title) && !tour.body.contains("class=\"ob\""));
    for path in ["/lang/fr", "/digits/arab"] {
        let place = format!("{}{path}", demo.ma);
        let forged = http::form(&place, "Cookie: none=none", "_back=/").expect("an answer");
        assert_eq!(forged.status, 403, "{path} from another site");
    }
}

/// A body without what passes: the notice of a demonstration and the foot of a page show the clock.
fn steady(answer: &Answer) -> String {
    let without = |body: &str, from: &str, to: &str| {
        let (before, rest) = body.split_once(from).unwrap_or((body, ""));
        let after = rest.split_once(to).map_or("", |(_, after)| after);
        format!("{before}{after}")
    };
    let body = without(&answer.body, "<aside", "</aside>");
    without(&body, "<footer", "</footer>")
}

/// Whatever names the dossier answers 404, and as if it did not exist; whatever does not is silent on it.
fn finds_nothing(who: &Session, persona: &str, t: &Target) {
    let doors_there = doors(&who.node, t);
    let doors_nowhere = doors(&who.node, &t.nowhere());
    for ((address, there), (_, nowhere)) in doors_there.iter().zip(&doors_nowhere) {
        let place = format!("{} {}", address.method, address.path);
        match (there, nowhere) {
            (Door::Inside(there), Door::Inside(nowhere)) => {
                for (one, none) in there.iter().zip(nowhere) {
                    let (seen, absent) = (who.tries(one), who.tries(none));
                    let path = &one.path;
                    assert_eq!(seen.status, 404, "{place}: {path} to {persona}");
                    assert!(!t.told(&seen), "{place}: {path} tells {persona}");
                    assert_eq!(
                        (seen.status, steady(&seen)),
                        (absent.status, steady(&absent)),
                        "{place}: {persona} learns that it exists"
                    );
                }
            }
            (Door::Common(paths), _) => {
                for path in paths {
                    let answer = who.get(path);
                    let there = matches!(answer.status, 200 | 403 | 404);
                    assert!(there, "{path} answers {} to {persona}", answer.status);
                    assert!(!t.told(&answer), "{path} tells {persona} of the dossier");
                }
            }
            _ => {}
        }
    }
    let tour = who.get(&format!("/tour?d={}", t.dossier));
    assert!(!tour.body.contains(t.title), "the tour tells {persona}");
}

/// What one may not see does not exist: 404, and absent from every list. The strangers have working roles and lack the service only.
#[test]
fn another_service_finds_nothing() {
    let _turn = turn();
    let demo = demo();
    officers();
    let t = target(demo);
    for (stranger, _) in STRANGERS {
        finds_nothing(&Session::of(&demo.ma, stranger), stranger, &t);
    }
    // The same doors open to who takes part: it is not the address that is wrong.
    let liaison = Session::of(&demo.ma, "liaison");
    for (address, door) in doors(&demo.ma, &t) {
        if let Door::Inside(tries) = door {
            for one in tries {
                let answer = liaison.tries(&one);
                let closed = matches!(answer.status, 400 | 401 | 403 | 404 | 500..);
                let place = format!("{} {}", address.method, one.path);
                assert!(!closed, "{place}: {} {}", answer.status, answer.body);
            }
        }
    }
}

/// Inspection and administration have no content rights, whatever service they are in.
#[test]
fn those_who_inspect_or_administer_find_nothing() {
    let _turn = turn();
    let demo = demo();
    let t = target(demo);
    for persona in ["inspection", "administration"] {
        let who = Session::of(&demo.ma, persona);
        for (address, door) in doors(&demo.ma, &t) {
            match door {
                Door::Inside(tries) => {
                    for one in tries {
                        let answer = who.tries(&one);
                        let place = format!("{} {} to {persona}", address.method, one.path);
                        let reads = one.method == "GET";
                        assert!(
                            answer.status == 404 || answer.status == 403 && !reads,
                            "{place}: {}",
                            answer.status
                        );
                        assert!(!t.told(&answer), "{place}: it tells");
                    }
                }
                Door::Common(paths) => {
                    for path in paths {
                        let told = t.told_at(&path, persona == "inspection", &who.get(&path));
                        assert!(!told, "{path} tells {persona}");
                    }
                }
                Door::Own | Door::Open => {}
            }
        }
    }
}

/// Every address tried as each role of the very service that takes part: open where its group is, and otherwise not there.
#[test]
fn each_role_of_the_service_finds_what_its_group_opens() {
    let _turn = turn();
    let demo = demo();
    officers();
    for (persona, role, justice, contents) in INSIDERS {
        // Some of what is tried changes the dossiers: each role has its own.
        let t = target(demo);
        let who = Session::of(&demo.ma, persona);
        for (address, door) in doors(&demo.ma, &t) {
            let tries = match door {
                Door::Inside(tries) => tries,
                Door::Common(paths) => {
                    for path in paths {
                        let answer = who.get(&path);
                        let told = answer.body.contains(&t.dossier);
                        let told = told && t.told_at(&path, role == "inspector", &answer);
                        assert!(justice || !told, "{path} tells {role}");
                    }
                    continue;
                }
                Door::Own | Door::Open => continue,
            };
            for one in tries {
                let body = one.body.as_deref().unwrap_or_default();
                let asked = [one.path.as_str(), body].concat();
                let governs = [
                    &t.declaration,
                    &t.series,
                    &t.lessons,
                    &t.programme,
                    &t.invitation,
                    &t.minutes,
                ];
                let governs = governs.into_iter().any(|id| asked.contains(id));
                let answer = who.tries(&one);
                let place = format!("{} {} to {role}", address.method, one.path);
                if justice || contents && governs {
                    let closed = matches!(answer.status, 400 | 401 | 403 | 404 | 500..);
                    assert!(!closed, "{place}: {} {}", answer.status, answer.body);
                } else {
                    let acts = one.method != "GET" && !contents;
                    let hidden = answer.status == 404 || acts && answer.status == 403;
                    assert!(hidden, "{place}: {}", answer.status);
                    assert!(!t.told(&answer), "{place}: it tells");
                }
            }
        }
    }
}

/// A session of one node is nothing at the other.
#[test]
fn a_session_ends_at_the_border() {
    let _turn = turn();
    let demo = demo();
    let mut liaison = Session::of(&demo.ma, "liaison");
    assert_eq!(liaison.get("/api/v1/today").status, 200);
    liaison.node.clone_from(&demo.fr);
    assert_eq!(liaison.get("/api/v1/today").status, 401);
}

#[test]
fn every_page_is_armed_against_other_sites() {
    let _turn = turn();
    let demo = demo();
    let liaison = Session::of(&demo.ma, "liaison");
    for path in ["/", "/dossiers", "/ledger", "/sign-in", "/nothing-here"] {
        let answer = liaison.get(path);
        let policy = answer
            .header("content-security-policy")
            .unwrap_or_default()
            .to_owned();
        for part in [
            "default-src 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path} lacks {part}: {policy}");
        }
        assert!(!policy.contains("unsafe-"), "{path}: {policy}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
    }
}
