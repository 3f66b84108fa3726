//! Failures as answers: a calm page or an RFC 9457 problem, sorted by who can mend it.
//!
//! A handler fails with [`Fail`]; the outermost layer turns it into a page in the reader's language or into JSON.

use crate::context::Cx;
use crate::demo::{DemoError, DemoFault};
use crate::faults;
use crate::i18n::{Digits, Words};
use crate::layout;
use crate::pages::{admission, import, reason};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use entente_app::courier::CourierFault;
use entente_app::restart::RestartFault;
use entente_app::{AppError, InputFault, LinkFault, ReasonWanted, SigningFault};
use entente_core::access::Reason;
use entente_core::field::FieldError;
use entente_core::kind::ComposeError;
use entente_core::kinds::declaration::text::ImportError;
use entente_core::label::{Label, Lang};
use maud::{Markup, html};
use serde_json::{Value, json};
use std::fmt::Display;

/// A failure: status, a stable code for programs, and what there is to say.
#[derive(Clone, Debug)]
pub struct Fail {
    pub status: StatusCode,
    pub code: &'static str,
    pub says: Says,
}

/// Particulars of a failure. Never contents of the partner, names or secrets.
#[derive(Clone, Debug)]
pub enum Says {
    /// The title says it all.
    Nothing,
    /// Words of the domain.
    Label(Label),
    /// Words for programs, in English: only the API says them.
    Text(String),
    /// Fields to mend.
    Fields(Vec<FieldError>),
    /// The limit in bytes.
    Limit(u64),
    /// A message of ours.
    Key(&'static str),
    /// How many seconds to wait.
    Wait(u32),
    /// Why a courier bundle was refused.
    Courier(CourierFault),
    /// Why a register cannot begin again.
    Restart(RestartFault),
    /// Why a declaration or a register was refused.
    Import(ImportError),
    /// What is wrong with what was given.
    Input(InputFault),
    /// What the link does not allow.
    Link(LinkFault),
    /// Which signature is missing.
    Signing(SigningFault),
    /// Why a control of the demonstration did nothing.
    Demo(DemoFault),
    /// For what a reason is needed.
    Reason(ReasonWanted),
}

/// What handlers return.
pub type Reply = Result<Response, Fail>;

impl Fail {
    fn new(status: StatusCode, code: &'static str, says: Says) -> Self {
        Self { status, code, says }
    }
    /// Does not exist, or may not be seen.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", Says::Nothing)
    }
    /// Nobody is signed in.
    pub fn sign_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign-in", Says::Nothing)
    }
    /// Nothing is open before the officer has a second factor.
    pub fn enrol() -> Self {
        Self::new(StatusCode::FORBIDDEN, "second-factor", Says::Nothing)
    }
    /// The password fits, and a program sent no code with it.
    pub fn code_needed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "code-needed", Says::Nothing)
    }
    /// The form's secret or its origin is not ours.
    pub fn foreign_form() -> Self {
        Self::new(StatusCode::FORBIDDEN, "foreign-form", Says::Nothing)
    }
    /// Input that cannot be read.
    pub fn input(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "input", Says::Text(text.into()))
    }
    /// Input that cannot be read, said in our words.
    pub fn input_key(key: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "input", Says::Key(key))
    }
    /// More bytes than allowed.
    pub fn too_large(limit: u64) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            Says::Limit(limit),
        )
    }
    /// As many do this as may at a time: try again in so many seconds.
    pub fn busy(seconds: u32) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", Says::Wait(seconds))
    }
    /// Our own bug.
    pub fn bug() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "bug", Says::Nothing)
    }

    /// The message key of the title.
    pub fn title(&self, words: Words) -> String {
        if let Says::Input(_) | Says::Demo(_) = self.says {
            return words.t("fail-refused");
        }
        if matches!(self.says, Says::Key("storage-full")) {
            return words.t("fail-full");
        }
        match self.code {
            "not-found" => words.t("fail-not-found"),
            "sign-in" => words.t("fail-sign-in"),
            "second-factor" => words.t("fail-second-factor"),
            "wait" => words.t("fail-wait"),
            "busy" => words.t("fail-busy"),
            "foreign-form" => words.t("fail-foreign-form"),
            "forbidden" => words.t("fail-forbidden"),
            "condition" => words.t("fail-condition"),
            "reason" => words.t("fail-reason"),
            "fields" => words.t("fail-fields"),
            "stale" => words.t("fail-stale"),
            "irregular" => words.t("fail-irregular"),
            "too-large" => words.t("fail-too-large"),
            "link" => words.t("fail-link"),
            "signature" => words.t("fail-signature"),
            "courier" => words.t("fail-courier"),
            "storage" => words.t("fail-storage"),
            "closed" => words.t("fail-closed"),
            "bug" => words.t("fail-bug"),
            _ => words.t("fail-input"),
        }
    }

    /// Whose matter it is, in one sentence.
    fn blame(&self, words: Words) -> String {
        if let Says::Courier(CourierFault::Interrupted(_)) = &self.says {
            return words.t("blame-courier-part");
        }
        match self.code {
            "not-found" => words.t("blame-not-found"),
            "sign-in" => words.t("blame-sign-in"),
            "second-factor" => words.t("blame-second-factor"),
            "wait" => words.t("blame-wait"),
            "busy" => words.t("blame-busy"),
            "foreign-form" => words.t("blame-foreign-form"),
            "forbidden" => words.t("blame-forbidden"),
            "condition" => words.t("blame-condition"),
            "reason" => words.t("blame-reason"),
            "stale" => words.t("blame-stale"),
            "courier" => words.t("blame-courier"),
            "link" => words.t("blame-link"),
            "signature" => words.t("blame-signature"),
            "storage" | "bug" => words.t("blame-ours"),
            "closed" => words.t("blame-closed"),
            _ => words.t("blame-input"),
        }
    }

    /// The particulars in the reader's language, a sentence each, as far as there are any: for pages and the command line alike.
    pub fn sentences(&self, words: Words) -> Vec<String> {
        let one = match &self.says {
            Says::Nothing => return Vec::new(),
            Says::Fields(errors) => {
                let mend = |e: &FieldError| {
                    format!(
                        "{}: {}",
                        words.label(e.label),
                        crate::form::problem(words, e.problem)
                    )
                };
                return errors.iter().map(mend).collect();
            }
            Says::Label(label) => words.label(*label).to_owned(),
            Says::Text(text) => text.clone(),
            Says::Key(key) => words.t(key),
            Says::Wait(seconds) => wait_text(words, *seconds),
            Says::Courier(fault) => crate::pages::courier::refused(words, fault),
            Says::Import(fault) => import::refused(words, fault),
            Says::Input(fault) => faults::input(words, *fault),
            Says::Link(fault) => faults::link(words, *fault),
            Says::Signing(fault) => faults::signing(words, *fault),
            Says::Restart(fault) => faults::restart(words, *fault),
            Says::Demo(fault) => faults::demo(words, *fault),
            Says::Reason(on) => words.t(reason::asked(on.wanted)),
            Says::Limit(limit) => words.s("limit-is", &words.size(*limit)),
        };
        vec![one]
    }

    /// The same as part of a page.
    pub fn says(&self, words: Words) -> Markup {
        let said = self.sentences(words);
        match &self.says {
            Says::Fields(_) => html! { ul { @for sentence in &said { li { (sentence) } } } },
            Says::Text(_) => {
                html! { @for sentence in &said { p lang="en" dir="ltr" { (sentence) } } }
            }
            Says::Courier(fault) => crate::pages::courier::refusal(words, fault),
            _ => html! { @for sentence in &said { p { (sentence) } } },
        }
    }

    fn section(&self, words: Words, title: &str) -> Markup {
        html! {
            section.calm {
                h1 { (title) }
                (self.says(words))
                p.quiet { (self.blame(words)) }
                p { a.button href="/" { (words.t("go-today")) } }
            }
        }
    }

    fn answered(&self, page: Markup) -> Response {
        let mut response = (self.status, layout::html_response(page)).into_response();
        self.say_when(&mut response);
        response
    }

    /// As a page for whoever is not signed in.
    pub fn page(&self, frame: &layout::Frame<'_>) -> Response {
        let title = self.title(frame.words);
        let main = self.section(frame.words, &title);
        self.answered(layout::bare(frame, &title, &main))
    }

    /// The form by which a reason is given, if that is what failed; `back` is what was asked for.
    pub fn reason_form(&self, cx: &Cx, back: &str) -> Option<Response> {
        let Says::Reason(on) = self.says else {
            return None;
        };
        let main = reason::form(cx, on, back);
        let page = layout::still(cx, &self.title(cx.words), &main);
        Some(self.answered(page))
    }

    /// As a page that keeps the menu of whoever is signed in. It is the same for what does not exist and for what may not be seen.
    pub fn page_with_menu(&self, cx: &Cx) -> Response {
        let title = self.title(cx.words);
        let offered = self.code == "not-found" && admission::offers(cx);
        let main = html! {
            (self.section(cx.words, &title))
            @if offered { (admission::form(cx)) }
        };
        self.answered(layout::still(cx, &title, &main))
    }

    /// Says when to try again, where the answer is to wait.
    pub fn say_when(&self, response: &mut Response) {
        if let Says::Wait(seconds) = self.says {
            let value = header::HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
    }

    /// As a problem document (RFC 9457).
    pub fn problem(&self) -> Response {
        let mut out = json!({"type": format!("urn:entente:problem:{}", self.code), "title": self.code, "status": self.status.as_u16()});
        let (key, value): (&str, Value) = match &self.says {
            Says::Nothing => ("detail", json!(self.code)),
            Says::Label(label) => ("detail", json!(label.en)),
            Says::Text(text) => ("detail", json!(text)),
            Says::Key(key) => {
                let english = Words::new(Lang::En, Digits::Latin).t(key);
                coded(key, &english)
            }
            Says::Courier(fault) => coded(fault.name(), fault),
            Says::Import(fault) => coded(fault.name(), fault),
            Says::Input(fault) => coded(fault.name(), fault),
            Says::Link(fault) => coded(fault.name(), fault),
            Says::Signing(fault) => coded(fault.name(), fault),
            Says::Restart(fault) => coded(fault.name(), fault),
            Says::Demo(fault) => coded(fault.name(), fault),
            Says::Reason(on) => ("needed", needed(*on)),
            Says::Limit(limit) => ("limit", json!(limit)),
            Says::Wait(seconds) => ("retry_after", json!(seconds)),
            Says::Fields(errors) => ("errors", field_errors(errors)),
        };
        if let Some(map) = out.as_object_mut() {
            map.insert(key.to_owned(), value);
            // The same for what does not exist and for what may not be seen.
            if self.code == "not-found" {
                map.insert("ask_access".to_owned(), json!("/api/v1/admissions"));
            }
        }
        let mut response = (self.status, Json(out)).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("application/problem+json"),
        );
        self.say_when(&mut response);
        response
    }
}

/// What an application verb failed with, as one sentence in the reader's language: for the command line.
#[must_use]
pub fn explain(error: AppError, words: Words) -> String {
    // Whoever runs a node by hand can mend storage, and is told what it said.
    let detail = match &error {
        AppError::Store(error) => Some(error.to_string()),
        AppError::Bug(what) => Some((*what).to_owned()),
        _ => None,
    };
    let fail = Fail::from(error);
    let title = fail.title(words);
    let said = fail.sentences(words);
    let more = match &fail.says {
        Says::Nothing => detail.unwrap_or_else(|| fail.blame(words)),
        Says::Courier(_) => format!("{} {}", said.join(" "), fail.blame(words)),
        Says::Reason(_) => format!(
            "{} {}",
            said.join(" "),
            words.s("cli-reason-how", &codes_of_reasons())
        ),
        _ => said.join("; "),
    };
    words.two("cli-explained", &title, &more)
}

/// The codes that `--reason` takes.
fn codes_of_reasons() -> String {
    let codes: Vec<&str> = Reason::given().iter().map(|one| one.as_str()).collect();
    codes.join(", ")
}

/// How long to wait, in words: in seconds below a minute and a half.
pub fn wait_text(words: Words, seconds: u32) -> String {
    if seconds < 90 {
        words.n("wait-seconds", seconds.into())
    } else {
        words.n("wait-minutes", seconds.div_ceil(60).into())
    }
}

/// The particulars for a program: a stable name, and English.
fn coded(name: &str, english: &dyn Display) -> (&'static str, Value) {
    ("detail", json!(format!("{name}: {english}")))
}

/// For a program: for what a reason is needed, and which there are.
fn needed(on: ReasonWanted) -> Value {
    json!({"wanted": on.wanted, "dossier": on.dossier.map(|dossier| dossier.to_string()), "reasons": Reason::given()})
}

fn field_errors(errors: &[FieldError]) -> Value {
    let one = |e: &FieldError| json!({"field": e.field, "detail": e.problem.text(Lang::En)});
    Value::Array(errors.iter().map(one).collect())
}

impl From<AppError> for Fail {
    fn from(error: AppError) -> Self {
        use StatusCode as S;
        match error {
            AppError::Fields(errors) => {
                Self::new(S::UNPROCESSABLE_ENTITY, "fields", Says::Fields(errors))
            }
            AppError::Compose(ComposeError::Field(error)) => {
                Self::new(S::UNPROCESSABLE_ENTITY, "fields", Says::Fields(vec![error]))
            }
            AppError::Compose(ComposeError::Target) => {
                Self::new(S::CONFLICT, "irregular", Says::Key("compose-target"))
            }
            AppError::Compose(ComposeError::Nobody) => Self::new(
                S::UNPROCESSABLE_ENTITY,
                "irregular",
                Says::Key("compose-nobody"),
            ),
            AppError::Compose(ComposeError::NoConfig) => {
                Self::new(S::INTERNAL_SERVER_ERROR, "bug", Says::Nothing)
            }
            AppError::Irregular(reason) => {
                Self::new(S::CONFLICT, "irregular", Says::Label(reason.label()))
            }
            AppError::Stale => Self::new(S::CONFLICT, "stale", Says::Nothing),
            AppError::NotFound => Self::not_found(),
            AppError::SignIn => Self::sign_in(),
            AppError::Wait(wait) => {
                let seconds =
                    u32::try_from(wait.0.max(1)).map_or(u32::MAX, |ms| ms.div_ceil(1_000));
                Self::new(S::TOO_MANY_REQUESTS, "wait", Says::Wait(seconds))
            }
            AppError::ReasonNeeded(on) => Self::new(S::FORBIDDEN, "reason", Says::Reason(on)),
            AppError::Forbidden => Self::new(S::FORBIDDEN, "forbidden", Says::Nothing),
            AppError::Condition(answer) => {
                Self::new(S::FORBIDDEN, "condition", Says::Label(answer.label()))
            }
            AppError::Input(fault) => Self::new(S::BAD_REQUEST, "input", Says::Input(fault)),
            AppError::Import(fault) => Self::new(S::BAD_REQUEST, "input", Says::Import(fault)),
            AppError::TooLarge(limit) => Self::too_large(limit),
            AppError::Closed => Self::new(S::SERVICE_UNAVAILABLE, "closed", Says::Nothing),
            AppError::KeyMissing => Self::new(
                S::SERVICE_UNAVAILABLE,
                "link",
                Says::Key("signing-key-missing"),
            ),
            AppError::OtherHistory => Self::new(S::CONFLICT, "link", Says::Key("other-history")),
            AppError::Link(fault) => Self::new(S::CONFLICT, "link", Says::Link(fault)),
            AppError::Signing(fault) => Self::new(S::CONFLICT, "signature", Says::Signing(fault)),
            AppError::Restart(fault) => Self::new(S::CONFLICT, "link", Says::Restart(fault)),
            AppError::Courier(fault) => {
                Self::new(S::UNPROCESSABLE_ENTITY, "courier", Says::Courier(fault))
            }
            AppError::Store(error) if error.is_full() => {
                tracing::error!("no room is left for what a page brings");
                Self::new(
                    S::INSUFFICIENT_STORAGE,
                    "storage",
                    Says::Key("storage-full"),
                )
            }
            AppError::Store(error) => {
                tracing::error!(%error, "storage failed under a page");
                Self::new(S::SERVICE_UNAVAILABLE, "storage", Says::Nothing)
            }
            AppError::Bug(what) => {
                tracing::error!(what, "internal error under a page");
                Self::bug()
            }
        }
    }
}

impl From<DemoError> for Fail {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::App(error) => Self::from(error),
            DemoError::Demo(fault) => {
                Self::new(StatusCode::BAD_REQUEST, "input", Says::Demo(fault))
            }
        }
    }
}

impl IntoResponse for Fail {
    /// Only carries the failure outward: see [`crate::headers::finish`].
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Any other path.
pub async fn nothing_here() -> Fail {
    Fail::not_found()
}
