//! What is tried at every address: the addresses come from the table of the pages and from the API's document, and one without a
//! case here fails the tests of doors.

use serde_json::{Value, json};

use super::doors::Target;

/// What an address is to somebody who takes no part in the dossiers of a [`Target`].
pub enum Door {
    /// It names something of them: it does not exist. Every way of naming it is tried.
    Inside(Vec<Try>),
    /// A list, a form, a page of their own: it is there, and tells nothing.
    Common(Vec<String>),
    /// Acts on nothing of a dossier's.
    Own,
    /// Works without being signed in.
    Open,
}

/// One request.
pub struct Try {
    /// GET or POST.
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// Fields of a form without its secret, or JSON.
    pub body: Option<String>,
}

/// An address as its table names it.
pub struct Address {
    /// `get`, `post`, `delete`.
    pub method: String,
    /// With `{names}`.
    pub path: String,
}

fn read(path: String) -> Try {
    Try {
        method: "GET",
        path,
        body: None,
    }
}

fn send(path: String, body: impl Into<String>) -> Try {
    Try {
        method: "POST",
        path,
        body: Some(body.into()),
    }
}

fn reads<const N: usize>(paths: [String; N]) -> Door {
    Door::Inside(paths.map(read).into())
}

fn common<const N: usize>(paths: [&str; N]) -> Door {
    Door::Common(paths.map(str::to_owned).into())
}

/// Identifiers of obligations hold a `#`.
fn percent(text: &str) -> String {
    text.replace('#', "%23")
}

/// The pages of a demonstration.
pub fn pages() -> Vec<Address> {
    let every = entente_web::addresses().into_iter().flat_map(|address| {
        address.methods.iter().map(move |method| Address {
            method: (*method).to_owned(),
            path: address.path.to_owned(),
        })
    });
    every.collect()
}

/// The routes that the API's document names.
pub fn api(document: &Value) -> Vec<Address> {
    let mut out = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let methods = methods.as_object().expect("methods").keys();
        out.extend(methods.map(|method| Address {
            method: method.clone(),
            path: path.clone(),
        }));
    }
    assert!(out.len() > 15, "the document names {} routes", out.len());
    out
}

/// What only some offices do on the pages of partners and keys.
const OF_OFFICES: [&str; 6] = [
    "/partners/{node}/courier/pack",
    "/partners/{node}/courier/unpack",
    "/partners/{node}/compromised",
    "/partners/{node}/compromised/read",
    "/partners/{node}/compromised/take",
    "/keys/compromised",
];

/// What changes an account, each its owner's; and for whom its owner acts.
const OF_ACCOUNT: [&str; 19] = [
    "/account/factor",
    "/account/factor/confirm",
    "/account/factor/remove",
    "/account/passkey",
    "/account/passkey/add",
    "/account/passkey/remove",
    "/account/passkey/prove",
    "/account/passkey/prove/answer",
    "/account/provider",
    "/account/provider/prove",
    "/account/provider/cut",
    "/account/recovery",
    "/account/password",
    "/account/sessions",
    "/account/absence",
    "/account/act-for",
    "/account/notices",
    "/account/calendar",
    "/news",
];

/// The way to an OpenID provider and back; the provider itself, which shows a token.
const OF_PROVIDER: [&str; 4] = [
    "/sign-in/provider",
    "/sign-in/provider/back",
    "/sign-in/provider/logout",
    "/welcome/{token}/provider",
];

/// Addresses of the API that show what only a dossier or draft of its own has.
const OF_OWN_CASES: [&str; 4] = [
    "/api/v1/drafts/{id}/files/{n}",
    "/api/v1/dossiers/{id}/court/{entry}/bundle",
    "/api/v1/dossiers/{id}/review",
    "/api/v1/dossiers/{id}/review/file",
];

/// What a joint investigation has pages of: a dossier of another kind has none, whoever asks.
const OF_INQUIRIES: [&str; 12] = [
    "/dossiers/{id}/chart",
    "/dossiers/{id}/chart/{name}",
    "/dossiers/{id}/things",
    "/dossiers/{id}/agreement",
    "/dossiers/{id}/evaluation",
    "/dossiers/{id}/plan",
    "/dossiers/{id}/days/{entry}",
    "/dossiers/{id}/court",
    "/things/{id}",
    "/dossiers/{id}/exhibits",
    "/dossiers/{id}/evidence",
    "/exhibits/{id}",
];

fn of_inquiry(path: &str, t: &Target) -> Door {
    let path = path.replace("things/{id}", &format!("things/{}", t.thing));
    let path = path.replace("exhibits/{id}", &format!("exhibits/{}", t.exhibit));
    let path = path.replace("{name}", "links.csv");
    let entry = match path.contains("/days/") {
        true => t.day.clone(),
        false => t.thing.to_string(),
    };
    let path = path.replace("{entry}", &entry);
    reads([path.replace("{id}", &t.inquiry)])
}

/// Pages that anybody who is signed in may open, as they stand.
const COMMON: [&str; 15] = [
    "/",
    "/account",
    "/account/calendar",
    "/account/notices",
    "/admission",
    "/commitments",
    "/meetings",
    "/commitments/report",
    "/import/declaration",
    "/ledger/meeting",
    "/officers",
    "/oversight/check",
    "/oversight/export",
    "/partners",
    "/reviews",
];

/// What is tried at a page.
pub fn page(address: &Address, t: &Target) -> Door {
    let Target {
        dossier,
        declaration,
        entry,
        ..
    } = t;
    let on = percent(&t.obligation);
    let write = format!("/dossiers/{dossier}/write");
    match (address.method.as_str(), address.path.as_str()) {
        ("get", "/dossiers/{id}") => reads([
            format!("/dossiers/{dossier}"),
            format!("/dossiers/{declaration}"),
        ]),
        ("get", "/dossiers/{id}/write/{kind}") => reads([
            format!("{write}/note"),
            format!("{write}/withdraw?on={on}"),
            format!("{write}/translation?of={entry}"),
        ]),
        ("post", "/dossiers/{id}/write/{kind}") => Door::Inside(vec![
            send(format!("{write}/note"), "text=x&_lang=fr"),
            send(format!("{write}/acknowledge"), format!("_on={on}")),
        ]),
        ("get", "/dossiers/{id}/confirm") => {
            reads([format!("/dossiers/{declaration}/confirm?index=0")])
        }
        ("post", "/dossiers/{id}/confirm") => Door::Inside(vec![send(
            format!("/dossiers/{declaration}/confirm"),
            "_index=0",
        )]),
        ("get", "/dossiers/{id}/release") => reads([format!("/dossiers/{dossier}/release")]),
        ("get", path) if OF_INQUIRIES.contains(&path) => of_inquiry(path, t),
        ("post", "/dossiers/{id}/release") => Door::Inside(vec![send(
            format!("/dossiers/{dossier}/release"),
            format!("entry={entry}"),
        )]),
        ("get", path) if path.starts_with("/entries/{id}") => of_entry(path, t),
        ("get", "/dossiers") => common(["/dossiers", "/dossiers?q=exemple+invent%C3%A9"]),
        ("get", "/ledger") => common(["/ledger", "/ledger?open=yes&side=creditor"]),
        ("get", path) if COMMON.contains(&path) => common([path]),
        ("get", "/balance/{partner}") => common(["/balance/fr"]),
        ("get", "/balance/{partner}/paper") => common(["/balance/fr/paper"]),
        ("get", "/partners/{node}") => common(["/partners/fr"]),
        ("get", "/open/{kind}") => common(["/open/request"]),
        // The tour may name a dossier: it shows what of it the reader may see.
        ("get", "/tour") => Door::Open,
        // Whoever asks learns nothing by it, and nobody answers who does not answer for the dossier: testkit/tests/walls.rs.
        ("post", "/admission" | "/admission/{name}") => Door::Own,
        ("get", "/officers/{id}") => common(["/officers/liaison"]),
        ("post", "/officers" | "/officers/{id}" | "/reason" | "/oversight/export") => Door::Own,
        ("get", "/oversight") => common(["/oversight", "/oversight?dossier=MA-1"]),
        ("get", "/oversight/records/{n}") => common(["/oversight/records/1"]),
        // Whoever holds the link is the person invited.
        ("get" | "post", "/welcome/{token}") => Door::Open,
        // Whoever holds the address is the officer's own program.
        ("get", "/calendar/{file}") => Door::Open,
        ("get", "/events") => Door::Own,
        ("post", path) if OF_ACCOUNT.contains(&path) => Door::Own,
        ("get" | "post", "/sign-in/code") => Door::Open,
        ("post", "/sign-in/passkey" | "/sign-in/passkey/answer") => Door::Open,
        ("get" | "post", path) if OF_PROVIDER.contains(&path) => Door::Open,
        ("post", "/sign-out" | "/open/{kind}" | "/import/declaration" | "/import/register") => {
            Door::Own
        }
        ("get", "/partners/{node}/restart/propose" | "/partners/{node}/restart/proposal")
        | (
            "get",
            "/partners/{node}/restart/answer/{generation}"
            | "/partners/{node}/restart/agreed/{generation}",
        ) => Door::Own,
        (
            "post",
            "/partners/{node}/restart/propose"
            | "/partners/{node}/restart/read"
            | "/partners/{node}/restart/take"
            | "/partners/{node}/restart/withdraw",
        ) => Door::Own,
        ("get" | "post", path) if OF_OFFICES.contains(&path) => Door::Own,
        ("get", "/sign-in" | "/assets/{name}" | "/healthz" | "/readyz" | "/metrics") => Door::Open,
        ("post", "/sign-in" | "/lang/{code}" | "/digits/{code}") => Door::Open,
        // Only in a demonstration, where each step signs in the invented person that it needs.
        ("get", "/tour/see") | ("post", "/tour/ask" | "/tour/cut" | "/tour/jump") => Door::Open,
        ("post", "/tour/tamper") => Door::Open,
        ("get", path) if OF_KINDS.contains(&path) => of_cases(path, t),
        ("post", path) if POSTED_OF_KINDS.contains(&path) => of_cases(path, t),
        _ => of_drafts(address, &write),
    }
}

/// Pages of dossiers of one kind.
const OF_KINDS: [&str; 7] = [
    "/dossiers/{id}/meetings",
    "/dossiers/{id}/lessons",
    "/dossiers/{id}/meetings/agenda",
    "/dossiers/{id}/meetings/minutes/{entry}",
    "/dossiers/{id}/programme",
    "/dossiers/{id}/programme/agreement",
    "/dossiers/{id}/letter",
];

/// What is sent there.
const POSTED_OF_KINDS: [&str; 2] = ["/dossiers/{id}/court", "/dossiers/{id}/meetings/answer"];

/// Their addresses for programs.
const OF_KINDS_API: [&str; 4] = [
    "/api/v1/dossiers/{id}/meetings/answer",
    "/api/v1/dossiers/{id}/lessons",
    "/api/v1/dossiers/{id}/programme",
    "/api/v1/dossiers/{id}/meetings",
];

/// What is of one kind of dossier.
fn of_cases(path: &str, t: &Target) -> Door {
    match path {
        "/dossiers/{id}/meetings" | "/dossiers/{id}/meetings/agenda" => {
            reads([path.replace("{id}", &t.series)])
        }
        "/dossiers/{id}/meetings/minutes/{entry}" => {
            let minutes = path.replace("{id}", &t.series);
            reads([minutes.replace("{entry}", &t.minutes)])
        }
        "/api/v1/dossiers/{id}/meetings" => reads([path.replace("{id}", &t.series)]),
        "/api/v1/dossiers/{id}/meetings/answer" => Door::Inside(vec![send(
            path.replace("{id}", &t.series),
            json!({"text": "no calendar"}).to_string(),
        )]),
        "/dossiers/{id}/meetings/answer" => {
            Door::Inside(vec![send(path.replace("{id}", &t.series), String::new())])
        }
        path if path.contains("/lessons") => reads([path.replace("{id}", &t.lessons)]),
        path if path.contains("/programme") => reads([path.replace("{id}", &t.programme)]),
        "/dossiers/{id}/letter" => reads([format!("/dossiers/{}/letter", t.dossier)]),
        _ => Door::Inside(vec![send(
            format!("/dossiers/{}/court", t.inquiry),
            format!("entries={}&do=ask", t.thing),
        )]),
    }
}

/// What is read of an entry, each at one that has it.
fn of_entry(path: &str, t: &Target) -> Door {
    let entry = &t.entry;
    match path {
        "/entries/{id}/calendar" => reads([format!("/entries/{}/calendar", t.invitation)]),
        "/entries/{id}/observe" => reads([format!("/entries/{}/observe", t.feedback)]),
        "/entries/{id}" => reads([format!("/entries/{entry}")]),
        "/entries/{id}/proof" => reads([format!("/entries/{}/proof", t.receipted)]),
        "/entries/{id}/files/{n}" => reads([format!("/entries/{entry}/files/0")]),
        "/entries/{id}/package" => reads([format!("/entries/{entry}/package")]),
        "/entries/{id}/files/{n}/view" => reads([format!("/entries/{entry}/files/0/view")]),
        "/entries/{id}/files/{n}/picture" => {
            reads([format!("/entries/{}/files/0/picture", t.exhibit)])
        }
        other => panic!("get {other}: a new page needs a case here"),
    }
}

fn of_a_month(path: &str) -> Door {
    common([path.replace("{month}", "2015-04").as_str()])
}

/// The same of what leaves only once it was read or signed.
fn of_drafts(address: &Address, write: &str) -> Door {
    match (address.method.as_str(), address.path.as_str()) {
        ("post", "/dossiers/{id}/write/{kind}/preview") => Door::Inside(vec![send(
            format!("{write}/note/preview"),
            "text=x&_lang=fr",
        )]),
        ("post", "/open/{kind}/preview") => Door::Own,
        ("get", path) if path.starts_with("/statistics") => of_a_month(path),
        // Of what was produced alone: whoever is outside is tried in testkit/tests/court.rs.
        ("get", "/dossiers/{id}/court/{entry}/bundle") => Door::Own,
        // Of dossiers of duties to inform alone: whoever is outside is tried in testkit/tests/inform.rs.
        ("get", "/dossiers/{id}/review" | "/dossiers/{id}/review/file") => Door::Own,
        // Whoever is outside, and whose answer it is not, is tried in testkit/tests/weight.rs.
        ("post", "/weigh" | "/entries/{id}/signature") => Door::Own,
        // Names nothing of a dossier: whoever neither wrote nor may sign a draft is tried in testkit/tests/second.rs.
        ("get" | "post", "/drafts/{id}") | ("get", "/drafts/{id}/files/{n}") => Door::Own,
        (method, path) => panic!("{method} {path}: a new page needs a case here"),
    }
}

/// What is tried at a route of the API.
pub fn route(address: &Address, t: &Target) -> Door {
    let Target {
        dossier,
        declaration,
        entry,
        ..
    } = t;
    let on = percent(&t.obligation);
    match (address.method.as_str(), address.path.as_str()) {
        ("get", "/api/v1/dossiers/{id}") => reads([
            format!("/api/v1/dossiers/{dossier}"),
            format!("/api/v1/dossiers/{declaration}"),
        ]),
        ("post", "/api/v1/dossiers/{id}/confirm") => Door::Inside(vec![send(
            format!("/api/v1/dossiers/{declaration}/confirm"),
            json!({"index": 0}).to_string(),
        )]),
        ("get", path) if OF_INQUIRIES.contains(&path.trim_start_matches("/api/v1")) => {
            of_inquiry(path, t)
        }
        ("get" | "post", path) if OF_KINDS_API.contains(&path) => of_cases(path, t),
        ("get", path @ ("/api/v1/dossiers/{id}/letter" | "/api/v1/dossiers/{id}/release")) => {
            reads([path.replace("{id}", dossier)])
        }
        ("post", "/api/v1/dossiers/{id}/release") => Door::Inside(vec![send(
            format!("/api/v1/dossiers/{dossier}/release"),
            json!({"entries": [entry]}).to_string(),
        )]),
        ("get", "/api/v1/entries/{id}") => reads([format!("/api/v1/entries/{entry}")]),
        ("get", "/api/v1/entries/{id}/proof") => {
            reads([format!("/api/v1/entries/{}/proof", t.receipted)])
        }
        ("get", "/api/v1/entries/{id}/files/{n}") => {
            reads([format!("/api/v1/entries/{entry}/files/0")])
        }
        ("get", "/api/v1/obligations/{id}") => reads([format!("/api/v1/obligations/{on}")]),
        ("get", "/api/v1/forms/{type}") => reads([
            format!("/api/v1/forms/note?dossier={dossier}"),
            format!("/api/v1/forms/withdraw?dossier={dossier}&on={on}"),
        ]),
        ("post", "/api/v1/entries") => {
            let note =
                json!({"dossier": dossier, "type": "note", "lang": "fr", "values": {"text": "x"}});
            let act = json!({"dossier": dossier, "type": "acknowledge", "on": t.obligation, "values": {}});
            let record = |body: Value| send("/api/v1/entries".to_owned(), body.to_string());
            Door::Inside(vec![record(note), record(act)])
        }
        ("post", "/api/v1/preview") => {
            let note =
                json!({"dossier": dossier, "type": "note", "lang": "fr", "values": {"text": "x"}});
            Door::Inside(vec![send("/api/v1/preview".to_owned(), note.to_string())])
        }
        ("get" | "post", "/api/v1/drafts/{id}") => Door::Own,
        // Of a duty to inform, or of what was produced: whoever is outside is tried in testkit/tests/{inform,court}.rs.
        ("get", path) if OF_OWN_CASES.contains(&path) => Door::Own,
        ("post", "/api/v1/weigh" | "/api/v1/entries/{id}/signature") => Door::Own,
        ("get", path @ "/api/v1/drafts") => common([path]),
        ("get", "/api/v1/dossiers") => common(["/api/v1/dossiers", "/api/v1/dossiers?q=invent"]),
        ("get", path @ ("/api/v1/reviews" | "/api/v1/commitments")) => common([path]),
        ("get", path @ "/api/v1/duties") => common([path]),
        ("get", "/api/v1/ledger") => common(["/api/v1/ledger", "/api/v1/ledger?side=creditor"]),
        ("get", "/api/v1/balance/{partner}") => common(["/api/v1/balance/fr"]),
        ("get", path @ "/api/v1/statistics") => common([path]),
        ("get", "/api/v1/statistics/{month}") => common(["/api/v1/statistics/2015-04"]),
        ("get", "/api/v1/partners/{node}") => common(["/api/v1/partners/fr"]),
        ("get", "/api/v1/partners/{node}/courier") => common(["/api/v1/partners/fr/courier"]),
        ("get", path @ ("/api/v1/today" | "/api/v1/links" | "/api/v1/me")) => common([path]),
        (
            "get",
            path @ ("/api/v1/access"
            | "/api/v1/access/findings"
            | "/api/v1/access/check"
            | "/api/v1/access/export"),
        ) => common([path]),
        ("get", "/api/v1/access/records/{n}") => common(["/api/v1/access/records/1"]),
        ("get", path @ ("/api/v1/absences" | "/api/v1/admissions")) => common([path]),
        (
            "post",
            "/api/v1/reasons"
            | "/api/v1/absences"
            | "/api/v1/absences/end"
            | "/api/v1/admissions"
            | "/api/v1/admissions/{name}"
            | "/api/v1/access/export"
            | "/api/v1/session/acts-for",
        ) => Door::Own,
        ("delete", "/api/v1/session") => Door::Own,
        ("post", "/api/v1/propose" | "/api/v1/declarations" | "/api/v1/registers") => Door::Own,
        ("post", "/api/v1/partners/{node}/courier/pack" | "/api/v1/courier/unpack") => Door::Own,
        ("get", "/api/openapi.json" | "/api/v1/card") | ("post", "/api/v1/session") => Door::Open,
        (method, path) => panic!("{method} {path}: a new route needs a case here"),
    }
}

/// A path with something in the place of every name.
pub fn filled(path: &str, t: &Target) -> String {
    let id = if path.contains("/entries/") {
        t.entry.clone()
    } else if path.contains("/obligations/") {
        percent(&t.obligation)
    } else {
        t.dossier.clone()
    };
    let named = path.replace("{id}", &id).replace("{n}", "0");
    let named = named.replace("{partner}", "fr").replace("{node}", "fr");
    let named = named.replace("{type}", "note").replace("{kind}", "request");
    named.replace("{code}", "fr").replace("{name}", "none.css")
}
