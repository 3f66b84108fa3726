//! The JSON API under `/api/v1/`: the same verbs as the pages, the same session, failures as RFC 9457 problems.
//!
//! One table names every route with its handler and its description: the router and the OpenAPI document are both made of it.

mod absence;
mod admission;
mod commitments;
mod court;
mod drafts;
mod duties;
mod exhibits;
mod json;
mod lessons;
mod meetings;
mod openapi;
mod oversight;
mod programme;
mod read;
mod weight;
mod write;

pub use commitments::commitments as commitments_json;
pub use court::piece as piece_json;
pub use duties::{files as duties_json, review as review_json};
pub use exhibits::exhibits as exhibits_json;
pub use json::reviews as review_list;
pub use json::{
    balance as balance_json, letter as letter_json, recipient as recipient_json,
    statistics as statistics_json,
};
pub use lessons::lessons as lessons_json;
pub use meetings::meetings as meetings_json;
#[cfg(test)]
pub use openapi::document;
pub use oversight::{finding as access_finding, line as access_line};
pub use programme::programme as programme_json;

use crate::context::{Cx, Guest, signed_with};
use crate::fail::Fail;
use crate::post::{MAX_GUEST, equal, own_origin};
use crate::state::Shared;
use crate::upload::{self, Keeps, MAX_HELD};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::routing::{MethodRouter, delete, get, post};
use entente_app::NewFile;
use entente_core::access::Reason;
use serde_json::Value;
use std::collections::BTreeMap;

/// One route of the API.
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    /// One line for the document.
    pub summary: &'static str,
    /// Parameters of the query, by name and meaning.
    pub query: &'static [(&'static str, &'static str)],
    /// Name of the schema of the body, where it takes one.
    pub body: Option<&'static str>,
    /// Media type of the answer.
    pub answer: &'static str,
    /// Works without a session.
    pub open: bool,
    /// May answer that it is too early to try again.
    pub waits: bool,
}

const CHART: &[(&str, &str)] = &[
    ("origin", "brought by this node"),
    ("what", "things of this sort"),
    ("relation", "links of this sort"),
    ("least", "evaluated at least so, such as B2"),
    ("from", "links that held on or after this day"),
    ("until", "links that held on or before this day"),
    (
        "step",
        "length of a time slice: week, month, quarter or year",
    ),
    ("thing", "the one thing whose figures are given"),
    (
        "around",
        "only what is so many links around it, from 1 to 5",
    ),
    ("to", "only the shortest paths to this other thing"),
    ("groups", "yes: into how many groups the view falls"),
    ("alone", "yes: also things without links"),
    ("from2", "another time to compare with: its first day"),
    ("until2", "its last day"),
    REASON,
    WHY,
];
const CHART_SAYS: &str = "Things of an investigation and links between them; figures of the view and of one thing, as texts that no order and no store is made for";
const EVIDENCE: &str = "The packages of evidence (CASE/UCO) among the files of a dossier: each file that one names with its hashes, and whether it is attached here with the same hash, differs, is absent, or was not read";
const EXHIBITS: &str = "The exhibits of an investigation with their custody: moments in order of time, gaps of the chain by the places of the two moments that do not meet, what is owed";
const PLAN_SAYS: &str = "The action plan of an investigation: tasks, action days, what is planned nearby, comparisons with the other states. To compare: write investigation.compare with an own plan, or with place, from and until; to answer and to tell what came of it, investigation.compared and investigation.compare_outcome on the obligation";
const LETTER: &str =
    "What the person is told whose rights the dossier is about; recorded as an export";
const JSON: &str = "application/json";
const REASON: (&str, &str) = (
    "reason",
    "why, where a reason is needed and none was given in this session: a code of the schema Reason",
);
const WHY: (&str, &str) = ("why", "line of text that goes with the reason");
const ACCESS: &[(&str, &str)] = &[
    ("officer", "officer, or process"),
    ("service", "service acted for"),
    ("from", "day"),
    ("to", "day, included"),
    ("operation", "what was done"),
    ("dossier", "number or identifier of a dossier"),
    (
        "outside",
        "yes: where the officer does not work in the dossier",
    ),
    ("reason", "reason given"),
    ("before", "where the page begins: `next` of the page before"),
];
const LISTS: &[(&str, &str)] = &[
    ("q", "full text"),
    ("for", "dossier worked in, for which the search is"),
    REASON,
    WHY,
    ("kind", "kind of dossier"),
    ("phase", "phase"),
    ("partner", "node that takes part"),
    ("page", "page, from 1"),
];
const LEDGER: &[(&str, &str)] = &[
    ("partner", "node"),
    ("side", "our side: debtor or creditor"),
    ("open", "yes or no"),
    ("ask", "what is asked"),
    ("overdue", "yes"),
    ("page", "page, from 1"),
];
const COMMITMENTS: &[(&str, &str)] = &[
    ("theme", "theme, by its code"),
    ("side", "node that promised"),
    ("state", "open, late, claimed, agreed or ended"),
];
const FORM: &[(&str, &str)] = &[
    ("dossier", "dossier"),
    ("partner", "partner, when opening"),
    ("on", "obligation acted on"),
    (
        "proposal",
        "charter proposal to sign or enact; one that may be, if absent",
    ),
    ("continues", "dossier that the one to be opened continues"),
    ("lang", "language of labels"),
];
const PERIOD: &[(&str, &str)] = &[
    ("year", "a calendar year, UTC, in place of the others"),
    ("period", "month, quarter or year"),
    ("from", "day"),
    ("to", "day, included"),
];

const fn reading(path: &'static str, summary: &'static str) -> Route {
    Route {
        method: "get",
        path,
        summary,
        query: &[],
        body: None,
        answer: JSON,
        open: false,
        waits: false,
    }
}
const fn writing(path: &'static str, summary: &'static str, body: &'static str) -> Route {
    Route {
        method: "post",
        path,
        summary,
        query: &[],
        body: Some(body),
        answer: JSON,
        open: false,
        waits: false,
    }
}

type Entry = (Route, MethodRouter<Shared>);

/// Every route with its handler.
fn table() -> Vec<Entry> {
    session_routes()
        .into_iter()
        .chain(absence_routes())
        .chain(admission_routes())
        .chain(dossier_routes())
        .chain(exhibit_routes())
        .chain(court_routes())
        .chain(of_governance())
        .chain(duty_routes())
        .chain(import_routes())
        .chain(draft_routes())
        .chain(weight_routes())
        .chain(link_routes())
        .chain(oversight_routes())
        .collect()
}

fn with(mut route: Route, query: &'static [(&'static str, &'static str)]) -> Route {
    route.query = query;
    route
}
fn giving(mut route: Route, answer: &'static str) -> Route {
    route.answer = answer;
    route
}
fn public(mut route: Route) -> Route {
    route.open = true;
    route
}

fn session_routes() -> Vec<Entry> {
    let sign_in = Route {
        waits: true,
        ..public(writing(
            "/api/v1/session",
            "Sign in; answers with the session token",
            "SignIn",
        ))
    };
    let sign_out = Route {
        method: "delete",
        ..reading("/api/v1/session", "Sign out")
    };
    vec![
        (sign_in, post(write::sign_in)),
        (sign_out, delete(write::sign_out)),
        (reading("/api/v1/me", "Who is signed in"), get(read::me)),
        (
            reading(
                "/api/v1/today",
                "What we owe, what we are owed, what is new, the links",
            ),
            get(read::today),
        ),
        (
            public(reading("/api/openapi.json", "This document")),
            get(openapi::serve),
        ),
    ]
}

fn absence_routes() -> Vec<Entry> {
    vec![
        (
            reading(
                "/api/v1/absences",
                "Who acts for the officer, for whom they act, whom they could appoint",
            ),
            get(absence::list),
        ),
        (
            writing(
                "/api/v1/absences",
                "Appoint a colleague to act for somebody who is absent",
                "Absence",
            ),
            post(absence::appoint),
        ),
        (
            writing("/api/v1/absences/end", "End an absence", "AbsenceEnd"),
            post(absence::end),
        ),
        (
            writing(
                "/api/v1/session/acts-for",
                "Act in somebody's absence from now on, or for oneself again",
                "ActsFor",
            ),
            post(absence::act_for),
        ),
    ]
}

fn admission_routes() -> Vec<Entry> {
    let list = "Requests for access by number: the caller's own, and those that they are to answer";
    let ask =
        "Ask for access to the dossier of a number; accepted alike whether there is one or not";
    vec![
        (reading("/api/v1/admissions", list), get(admission::list)),
        (
            writing("/api/v1/admissions", ask, "Admission"),
            post(admission::ask),
        ),
        (
            writing(
                "/api/v1/admissions/{name}",
                "Grant a request for access by bringing its service in, or refuse it",
                "AdmissionDecision",
            ),
            post(admission::decide),
        ),
    ]
}

fn dossier_routes() -> Vec<Entry> {
    let page = &[("page", "page of entries, from 1"), REASON, WHY];
    let reasons = &[REASON, WHY];
    let form = "Definition of a form as JSON schema, with presets and the state it was drawn from";
    let proof = reading(
        "/api/v1/entries/{id}/proof",
        "Offline proof of an entry, armoured",
    );
    let file = reading("/api/v1/entries/{id}/files/{n}", "A file of an entry");
    let confirm = writing(
        "/api/v1/dossiers/{id}/confirm",
        "Confirm a proposed commitment of a declaration",
        "Confirm",
    );
    vec![
        (
            with(reading("/api/v1/dossiers", "Dossiers"), LISTS),
            get(read::dossiers),
        ),
        (
            with(reading("/api/v1/dossiers/{id}", "One dossier"), page),
            get(read::dossier),
        ),
        (confirm, post(write::confirm)),
        (
            reading(
                "/api/v1/dossiers/{id}/release",
                "What our node wrote in the dossiers that this one continues, and may release into it",
            ),
            get(read::releasable),
        ),
        (
            writing(
                "/api/v1/dossiers/{id}/release",
                "Release entries of earlier dossiers, as history that binds nothing",
                "Releasing",
            ),
            post(write::release),
        ),
        (
            reading("/api/v1/dossiers/{id}/letter", LETTER),
            get(read::letter),
        ),
        (
            with(reading("/api/v1/dossiers/{id}/chart", CHART_SAYS), CHART),
            get(read::chart),
        ),
        (
            giving(
                with(
                    reading(
                        "/api/v1/dossiers/{id}/chart/{name}",
                        "The same as a plate (plate-a4.svg, plate-a3.svg) or a file (chart.graphml, things.csv, links.csv, case.jsonld), as far as conditions allow; recorded as an export",
                    ),
                    CHART,
                ),
                "application/octet-stream",
            ),
            get(read::chart_file),
        ),
        (
            with(reading("/api/v1/entries/{id}", "One entry"), reasons),
            get(read::entry),
        ),
        (
            writing(
                "/api/v1/entries",
                "Record an entry, or open a dossier",
                "Recording",
            ),
            post(write::record),
        ),
        (giving(with(proof, reasons), "text/plain"), get(read::proof)),
        (
            giving(with(file, reasons), "application/octet-stream"),
            get(read::file),
        ),
        (
            reading(
                "/api/v1/obligations/{id}",
                "One obligation; its identifier is percent-encoded",
            ),
            get(read::obligation),
        ),
        (
            with(reading("/api/v1/forms/{type}", form), FORM),
            get(read::form),
        ),
    ]
}

fn exhibit_routes() -> Vec<Entry> {
    vec![
        (
            reading("/api/v1/dossiers/{id}/exhibits", EXHIBITS),
            get(read::exhibits),
        ),
        (
            reading("/api/v1/dossiers/{id}/evidence", EVIDENCE),
            get(read::evidence),
        ),
        (
            reading("/api/v1/dossiers/{id}/plan", PLAN_SAYS),
            get(read::plan),
        ),
    ]
}

fn court_routes() -> Vec<Entry> {
    let list = "An investigation before the courts: a page of what may be produced and why the rest may not, productions, proceedings, venues, decisions";
    let bundle =
        "The bundle of what was produced, by the entry that says so; recorded as an export";
    vec![
        (
            with(
                reading("/api/v1/dossiers/{id}/court", list),
                &[("page", "page of entries, from 1"), REASON, WHY],
            ),
            get(court::of),
        ),
        (
            giving(
                with(
                    reading("/api/v1/dossiers/{id}/court/{entry}/bundle", bundle),
                    &[("lang", "language of the case: fr, ar or en"), REASON, WHY],
                ),
                "application/zip",
            ),
            get(court::bundle),
        ),
    ]
}

fn of_governance() -> Vec<Entry> {
    let programme = "A programme: how each clause and version of its agreement stands, cohorts in numbers, the commitments that it answers";
    let all = "The lessons of a dossier: how far each has come, its steps, who owes the next";
    let series = "The meetings of a series: cadence, meetings with their minutes, dates proposed, decisions, the agenda of the next";
    let of = |path, says| with(reading(path, says), &[REASON, WHY]);
    vec![
        (
            of("/api/v1/dossiers/{id}/programme", programme),
            get(programme::of),
        ),
        (of("/api/v1/dossiers/{id}/lessons", all), get(lessons::of)),
        (
            of("/api/v1/dossiers/{id}/meetings", series),
            get(meetings::of),
        ),
        (
            with(
                writing(
                    "/api/v1/dossiers/{id}/meetings/answer",
                    "What the answer of a calendar program (.ics) comes to: the entry that it fills; nothing is recorded",
                    "Calendar",
                ),
                &[REASON, WHY],
            ),
            post(meetings::take),
        ),
    ]
}

fn duty_routes() -> Vec<Entry> {
    let review = "All that concerns a duty to inform, for judicial review: who decided, when, on which ground, what was on file then";
    let taken = "The same with the offline proof of each paper that the other side holds; recorded as an export";
    let why = &[REASON, WHY];
    vec![
        (
            reading(
                "/api/v1/duties",
                "The magistrates' files of the duties to inform, and how each stands",
            ),
            get(duties::list),
        ),
        (
            with(reading("/api/v1/dossiers/{id}/review", review), why),
            get(duties::of),
        ),
        (
            with(reading("/api/v1/dossiers/{id}/review/file", taken), why),
            get(duties::taken),
        ),
    ]
}

fn import_routes() -> Vec<Entry> {
    let propose = "What the text engine proposes for a declaration; nothing is stored";
    vec![
        (
            writing("/api/v1/propose", propose, "Propose"),
            post(write::propose),
        ),
        (
            writing(
                "/api/v1/declarations",
                "Import a declaration",
                "Declaration",
            ),
            post(write::declaration),
        ),
        (
            writing(
                "/api/v1/registers",
                "Import a register of instruments and points",
                "Register",
            ),
            post(write::register),
        ),
    ]
}

fn weight_routes() -> Vec<Entry> {
    let disclose = Route {
        body: None,
        ..writing(
            "/api/v1/entries/{id}/signature",
            "Give the partner the officer's whole signature of an entry",
            "",
        )
    };
    vec![
        (
            writing(
                "/api/v1/weigh",
                "The passkey's answer for an act of weight: records exactly what was signed",
                "Weighing",
            ),
            post(weight::finish),
        ),
        (disclose, post(weight::disclose)),
    ]
}

fn draft_routes() -> Vec<Entry> {
    let file = reading("/api/v1/drafts/{id}/files/{n}", "A file of a draft");
    let preview = "An entry to come as the partner would see it; nothing is stored";
    vec![
        (
            reading(
                "/api/v1/drafts",
                "What waits for the signature of who asks, and what they wrote",
            ),
            get(drafts::list),
        ),
        (
            reading("/api/v1/drafts/{id}", "One draft, with what would leave"),
            get(drafts::one),
        ),
        (
            writing(
                "/api/v1/drafts/{id}",
                "Approve a draft, give it back, take it back; sign afterwards what left by one signature, or refuse",
                "Decision",
            ),
            post(drafts::decide),
        ),
        (giving(file, "application/octet-stream"), get(drafts::file)),
        (
            writing("/api/v1/preview", preview, "Recording"),
            post(drafts::preview),
        ),
    ]
}

fn link_routes() -> Vec<Entry> {
    let pack = Route {
        method: "post",
        ..reading(
            "/api/v1/partners/{node}/courier/pack",
            "Pack a courier bundle for a partner",
        )
    };
    let figures = reading(
        "/api/v1/balance/{partner}",
        "Figures of a period, the same on both sides: by side, kind and service, promises, meetings, and year by year",
    );
    vec![
        (
            reading(
                "/api/v1/reviews",
                "Whose contents are due for review, and what is erased where nobody decides",
            ),
            get(read::reviews),
        ),
        (
            with(
                reading(
                    "/api/v1/commitments",
                    "Commitments of all declarations: how many stand where by theme, each with its chain and evidence",
                ),
                COMMITMENTS,
            ),
            get(commitments::of),
        ),
        (
            with(reading("/api/v1/ledger", "Obligations"), LEDGER),
            get(read::ledger),
        ),
        (with(figures, PERIOD), get(read::balance)),
        (
            reading(
                "/api/v1/statistics",
                "The statistics published last: no filter, and no parameter but the month",
            ),
            get(read::statistics),
        ),
        (
            reading(
                "/api/v1/statistics/{month}",
                "Statistics of a month, as YYYY-MM",
            ),
            get(read::statistics_of),
        ),
        (
            reading("/api/v1/links", "Links and how they are"),
            get(read::links),
        ),
        (
            reading("/api/v1/partners/{node}", "One partner"),
            get(read::partner),
        ),
        (
            reading(
                "/api/v1/partners/{node}/courier",
                "The courier towards a partner: last bundles, term of its key",
            ),
            get(read::courier),
        ),
        (
            giving(pack, "application/octet-stream"),
            post(write::courier_pack),
        ),
        (
            writing(
                "/api/v1/courier/unpack",
                "Unpack a courier bundle; says what it carried",
                "CourierBundle",
            ),
            post(write::courier_unpack),
        ),
        (
            giving(
                public(reading("/api/v1/card", "Our card, armoured")),
                "text/plain",
            ),
            get(read::card),
        ),
    ]
}

fn oversight_routes() -> Vec<Entry> {
    let give =
        "Give a reason for a search, for entering a dossier that others work in, or for an export";
    let check = "Whether access records are whole, who witnessed them, how often inspectors looked";
    vec![
        (
            writing("/api/v1/reasons", give, "Reason"),
            post(oversight::give),
        ),
        (
            with(
                reading("/api/v1/access", "Access records, for inspectors"),
                ACCESS,
            ),
            get(oversight::list),
        ),
        (
            giving(
                with(
                    reading("/api/v1/access/export", "Access records in a signed file"),
                    ACCESS,
                ),
                "text/plain",
            ),
            get(oversight::export),
        ),
        (
            giving(
                with(
                    writing(
                        "/api/v1/access/export",
                        "Access records in a signed file, sealed to the key of an inspector",
                        "SealedExport",
                    ),
                    ACCESS,
                ),
                "text/plain",
            ),
            post(oversight::export_to),
        ),
        (
            reading("/api/v1/access/findings", "Patterns in access records"),
            get(oversight::findings),
        ),
        (
            reading("/api/v1/access/check", check),
            get(oversight::check),
        ),
        (
            reading("/api/v1/access/records/{n}", "One access record"),
            get(oversight::record),
        ),
    ]
}

/// The API's router.
pub fn router() -> Router<Shared> {
    table()
        .into_iter()
        .fold(Router::new(), |router, (route, handler)| {
            router.route(route.path, handler)
        })
}

/// Every address of the API.
pub fn addresses() -> Vec<&'static str> {
    table().into_iter().map(|(route, _)| route.path).collect()
}

/// A program or page that is signed in, by bearer token or cookie.
pub struct Api(pub Cx);

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(|t| t.trim().to_owned())
}

/// Who asks. With a cookie, anything but reading also needs the session's form secret and our own origin; a bearer token cannot
/// be sent by another site's page.
async fn identify(
    headers: &HeaderMap,
    uri: &Uri,
    method: &Method,
    shared: &Shared,
) -> Result<Cx, Fail> {
    let token = bearer(headers);
    let by_cookie = token.is_none();
    let Guest(cx) = match token {
        Some(token) => signed_with(token, headers, uri, shared).await?,
        None => crate::context::read(headers, uri, shared).await?,
    };
    let mut cx = cx.let_in()?;
    cx.why = why(uri);
    if by_cookie && method != Method::GET && method != Method::HEAD {
        let sent = headers
            .get("x-entente-csrf")
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        if !own_origin(headers) || !equal(sent, &cx.csrf) {
            return Err(Fail::foreign_form());
        }
    }
    Ok(cx)
}

/// The reason that a request brings with it.
fn why(uri: &Uri) -> Option<(Reason, String)> {
    let query = Query::<BTreeMap<String, String>>::try_from_uri(uri).ok()?;
    let reason = Reason::parse(query.get("reason")?)?;
    Some((reason, query.get("why").cloned().unwrap_or_default()))
}

impl FromRequestParts<Shared> for Api {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Fail> {
        identify(&parts.headers, &parts.uri, &parts.method, shared)
            .await
            .map(Self)
    }
}

/// A JSON body from somebody signed in.
pub struct Sent {
    pub cx: Cx,
    pub body: Value,
}

impl FromRequest<Shared> for Sent {
    type Rejection = Fail;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Fail> {
        let cx = identify(request.headers(), request.uri(), request.method(), shared).await?;
        Ok(Self {
            body: body(request, &cx).await?,
            cx,
        })
    }
}

/// An entry from somebody signed in, with files: as JSON, or as a form whose field `entry` is that JSON and whose files are sealed as they
/// come, however large.
pub struct Brought {
    pub cx: Cx,
    pub body: Value,
    pub files: Vec<NewFile>,
}

impl FromRequest<Shared> for Brought {
    type Rejection = Fail;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Fail> {
        let cx = identify(request.headers(), request.uri(), request.method(), shared).await?;
        if !upload::is_multipart(request.headers()) {
            let body = body(request, &cx).await?;
            let files = Vec::new();
            return Ok(Self { cx, body, files });
        }
        let keeps = match cx.writes() {
            true => Keeps::Sealed,
            false => Keeps::Counted,
        };
        let sent = upload::fields(request, &cx, keeps, None).await?;
        let body = json_of(sent.last("entry").as_bytes())?;
        if let Some(refused) = sent.refused {
            return Err(refused);
        }
        let files = sent.files.take().unwrap_or_default();
        Ok(Self { cx, body, files })
    }
}

/// Reads a JSON body of somebody signed in, within limits: base64 makes files a third larger.
///
/// # Errors
/// Too large; not JSON.
async fn body(request: Request, cx: &Cx) -> Result<Value, Fail> {
    let most = usize::try_from(cx.shared.max_upload.min(MAX_HELD)).unwrap_or(usize::MAX);
    let limit = most.saturating_mul(4) / 3 + crate::MAX_FORM;
    let _held = upload::place(&cx.shared.held, cx).await?;
    read_json(request, limit).await
}

/// The same of anybody: little, and beside the uploads of those who are signed in.
///
/// # Errors
/// Too large; not JSON.
pub async fn guest_body(request: Request) -> Result<Value, Fail> {
    read_json(request, MAX_GUEST).await
}

async fn read_json(mut request: Request, limit: usize) -> Result<Value, Fail> {
    DefaultBodyLimit::max(limit).apply(&mut request);
    let json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with(JSON));
    if !json {
        return Err(Fail::input("send application/json"));
    }
    let bytes = Bytes::from_request(request, &())
        .await
        .map_err(|_| Fail::too_large(u64::try_from(limit).unwrap_or(u64::MAX)))?;
    json_of(&bytes)
}

fn json_of(bytes: &[u8]) -> Result<Value, Fail> {
    serde_json::from_slice(bytes).map_err(|e| {
        Fail::input(format!(
            "not JSON at line {}, column {}",
            e.line(),
            e.column()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_every_route() {
        let document = openapi::document(entente_core::label::Lang::En);
        for (route, _) in table() {
            let found = &document["paths"][route.path][route.method];
            assert!(found.is_object(), "{} {}", route.method, route.path);
            for part in route.path.split('/').filter_map(|p| p.strip_prefix('{')) {
                let name = part.trim_end_matches('}');
                let named = found["parameters"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|p| p["name"] == name && p["in"] == "path");
                assert!(named, "{}: {name}", route.path);
            }
            if let Some(body) = route.body {
                assert!(
                    document["components"]["schemas"][body].is_object(),
                    "{body}"
                );
            }
        }
        for kind in entente_core::kinds::ALL {
            for entry in kind.entries {
                // What the program alone writes has no form.
                assert_eq!(
                    document["components"]["schemas"][entry.name].is_object(),
                    !entry.is_written_beside(),
                    "{}",
                    entry.name
                );
            }
        }
    }
}
