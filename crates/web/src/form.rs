//! Forms made from the definitions: each field type its control, folded fields folded, errors beside their field, values kept.

use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::pages::meetings::dates;
use crate::pages::terms;
use crate::parts::{party, title};
use crate::post::Fields;
use crate::zone;
use entente_app::views::FormView;
use entente_core::codes::{Basis, Necessity, Outcome};
use entente_core::field::{
    Bind, Choices, Field, FieldError, FieldType, MAX_FILE, Problem, Value, Values,
};
use entente_core::ids::{EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::{Effect, EntryType};
use entente_core::kinds::investigation::agreement::{GROUPS, binds, proposes};
use entente_core::kinds::investigation::day::GO;
use entente_core::kinds::investigation::plan::TASK;
use entente_core::kinds::investigation::steps;
use entente_core::kinds::programme;
use entente_core::label::{Label, Lang};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What a form is drawn with: values as typed or preset, and what is wrong with them.
#[derive(Clone, Default)]
pub struct Filled {
    pub raw: BTreeMap<String, Vec<String>>,
    /// Times as they were typed, by the clock of our state; what they come to in UTC is in `raw`.
    pub typed: BTreeMap<String, String>,
    pub errors: Vec<FieldError>,
    /// Language of the free text.
    pub lang: Option<Lang>,
    /// Proposal of charter terms that is signed or enacted.
    pub proposal: String,
    pub own_only: bool,
    /// Why there is no time for a second signature.
    pub alone: String,
    /// The draft that this is written again from.
    pub draft: String,
    /// Charter terms as typed, by the names of [`crate::pages::terms`].
    pub terms: BTreeMap<String, Vec<String>>,
}

impl Filled {
    /// The presets of a form, overridden by an address's query.
    pub fn preset(form: &FormView, query: &BTreeMap<String, String>) -> Self {
        let mut out = Self {
            proposal: query.get("proposal").cloned().unwrap_or_default(),
            draft: query.get("draft").cloned().unwrap_or_default(),
            ..Self::default()
        };
        out.take(&form.preset);
        out.lang = form.preset.lang;
        for field in form.entry_type.fields {
            if let Some(value) = query.get(field.name) {
                // Several entries are named in an address as they are on the command line.
                let named = match field.holds {
                    FieldType::Entries => value.split(',').map(str::to_owned).collect(),
                    _ => vec![value.clone()],
                };
                out.raw.insert(field.name.to_owned(), named);
            }
        }
        out
    }

    /// The same with values that were read elsewhere, to be looked over: a proposal.
    pub fn proposed(form: &FormView, values: &Values) -> Self {
        let mut out = Self::preset(form, &BTreeMap::new());
        out.take(values);
        out.lang = values.lang;
        out
    }

    /// A translation is most often into the language that one reads.
    pub fn default_to_readers_language(&mut self, lang: Lang) {
        self.raw
            .entry(INTO.to_owned())
            .or_insert_with(|| vec![lang.as_str().to_owned()]);
    }

    fn take(&mut self, values: &Values) {
        for (name, value) in &values.values {
            self.raw.insert(name.clone(), texts(value));
        }
    }

    /// What somebody sent.
    pub fn sent(form: &Fields) -> Self {
        let own = |name: &&String| {
            !name.contains('#')
                && (!name.starts_with('_') || matches!(name.as_str(), "_necessity" | "_basis"))
        };
        let mut raw: BTreeMap<String, Vec<String>> = form
            .fields
            .iter()
            .filter(|(n, _)| own(n))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        // The click is the reason, whatever the list below says.
        match form.last(NO_USE) {
            "" => {}
            reason => {
                // What was filled beside it says something else: of no use, and nothing more.
                raw.retain(|name, _| matches!(name.as_str(), "covers" | "_necessity" | "_basis"));
                raw.insert("outcome".to_owned(), vec![reason.to_owned()]);
            }
        }
        let proposal = raw
            .remove("proposal")
            .and_then(|v| v.into_iter().next())
            .unwrap_or_default();
        Self {
            raw,
            typed: BTreeMap::new(),
            errors: Vec::new(),
            lang: Lang::parse(form.last("_lang")),
            proposal,
            own_only: form.flag("_own"),
            alone: form.last(ALONE).to_owned(),
            draft: form.last(DRAFT).to_owned(),
            terms: with_prefix(form, terms::PREFIX),
        }
    }

    /// Reads the values by their definitions.
    ///
    /// # Errors
    /// Every field to mend.
    pub fn values(&self, fields: &[Field]) -> Result<Values, Vec<FieldError>> {
        Values::parse(fields, &self.raw, self.lang)
    }

    /// The decision to send, where it differs from what was offered.
    pub fn release(&self) -> (Option<Necessity>, Option<Basis>) {
        (
            Necessity::parse(self.first("_necessity")),
            Basis::parse(self.first("_basis")),
        )
    }

    fn first(&self, name: &str) -> &str {
        self.raw
            .get(name)
            .and_then(|v| v.first())
            .map_or("", String::as_str)
    }
    fn has(&self, name: &str, item: &str) -> bool {
        self.raw.get(name).is_some_and(|v| {
            v.iter()
                .any(|s| s.split(['+', ',', ' ']).any(|p| p == item))
        })
    }
    fn error(&self, name: &str) -> Option<&FieldError> {
        self.errors.iter().find(|e| e.field == name)
    }
}

fn with_prefix(form: &Fields, prefix: &str) -> BTreeMap<String, Vec<String>> {
    let fields = form.fields.iter();
    fields
        .filter(|(name, _)| name.starts_with(prefix))
        .map(|(name, values)| (name.clone(), values.clone()))
        .collect()
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.clone()],
        Value::Number(n) => vec![n.to_string()],
        Value::Flag(yes) => vec![if *yes { "on".to_owned() } else { String::new() }],
        Value::List(items) => items.clone(),
    }
}

/// Where a form posts to, and whether what it records never leaves the node.
pub struct Sending {
    /// Address.
    pub action: String,
    /// Whether it stays.
    pub stays: bool,
}

/// Draws a form.
pub fn draw(cx: &Cx, form: &FormView, filled: &Filled, sending: &Sending) -> Markup {
    let words = cx.words;
    let feedback = form.entry_type.name == "feedback";
    let weight = weight(form.entry_type, filled, sending.stays);
    let shown = |f: &&Field| {
        !(matches!(f.holds, FieldType::Document(_))
            || feedback && f.name == "outcome"
            || f.bind == Bind::Continues && filled.error(f.name).is_none())
    };
    let (folded, open): (Vec<&Field>, Vec<&Field>) = form
        .entry_type
        .fields
        .iter()
        .filter(shown)
        .partition(|f| stays_folded(form, filled, f));
    html! {
        form.entry-form id=(ID) method="post" action=(sending.action) enctype=[form.entry_type.files.then_some("multipart/form-data")] novalidate {
            (csrf(cx))
            (zone::hidden(form.entry_type.fields))
            input type="hidden" name="_seen" value=(form.seen);
            @if let Some(target) = &form.target { input type="hidden" name="_on" value=(target.id); }
            @if let Some(partner) = form.partner.as_ref().filter(|_| form.others.is_empty()) { input type="hidden" name="_partner" value=(partner); }
            @if let Some(earlier) = &form.continues { input type="hidden" name="continues" value=(earlier.id); }
            @if !filled.proposal.is_empty() { input type="hidden" name="proposal" value=(filled.proposal); }
            @if feedback { (no_use(cx)) (outcomes(cx, filled)) }
            @for (heading, fields) in grouped(form.entry_type, &open) { (group(cx, (form, filled), heading, fields)) }
            @if !form.others.is_empty() { (asked_of(cx, form)) }
            @if form.entry_type.files { (file_control(cx, filled)) }
            @if !folded.is_empty() {
                details.folded {
                    summary { (words.t("form-more")) }
                    @for field in &folded { (control(cx, form, filled, field)) }
                }
            }
            @if let Some(base) = &form.terms { (terms::fields(cx, base, filled)) }
            @if form.entry_type.bridge().is_none() { (recorded_with(cx, form, filled)) }
            @if !filled.draft.is_empty() { input type="hidden" name=(DRAFT) value=(filled.draft); }
            @if form.release.second { (second(cx, form, filled)) }
            @if let Some(weight) = &weight { (sure(cx, weight)) }
            p.submit {
                button.main type="submit" { (submit(words, (form, filled), weight.is_some(), sending.stays)) }
                @if weight.is_none() && previewed(form) { " " (preview(cx, sending)) }
                @if !form.entry_type.fields.iter().any(|f| f.name == INTO) { " " (language(cx, filled)) }
            }
        }
    }
}

/// What the last button says: the act itself where it weighs, with what it destroys, else that the entry is recorded, and sent unless it stays.
fn submit(words: Words, (form, filled): (&FormView, &Filled), weighs: bool, stays: bool) -> String {
    match weighs {
        true => match destroyed(form.entry_type, filled) {
            Some(Destroyed::File) => words.t("erase-file"),
            Some(Destroyed::Entry) => words.t("entry-erase"),
            Some(Destroyed::All) => words.t("erase-all"),
            None => words.label(form.entry_type.verb).to_owned(),
        },
        false if form.release.second => words.t("form-submit"),
        false if stays => words.t("form-record"),
        false => words.t("form-send"),
    }
}

/// Empty rows for steps below those that are filled.
const FREE_STEPS: usize = 6;

/// Name of the line that says why something leaves by one signature.
pub const ALONE: &str = "_alone";

/// Name of the draft that a form was opened from.
pub const DRAFT: &str = "_draft";

/// Said where words leave only with a second signature, with the way for when there is no time.
fn second(cx: &Cx, form: &FormView, filled: &Filled) -> Markup {
    let words = cx.words;
    // No want of time does without the second officer where a purpose changes.
    if form.entry_type.bridge().is_some() {
        return html! { p.second { strong { (words.t("second-needed")) } " " (words.t("bridge-second")) } };
    }
    html! {
        p.second { strong { (words.t("second-needed")) } " " (words.t("second-means")) }
        details.folded open[!filled.alone.is_empty()] {
            summary { (words.t("alone")) }
            div.field {
                label for="f-alone" { (words.t("alone-why")) }
                input #f-alone name=(ALONE) maxlength="300" value=(filled.alone) aria-describedby="f-alone-h";
                small.help #f-alone-h { (words.t("alone-means")) }
            }
        }
    }
}

/// Whether a form's entry is read beforehand: what carries words or files to a partner. Charters show their terms in their own way.
fn previewed(form: &FormView) -> bool {
    let words = |f: &Field| {
        matches!(
            f.holds,
            FieldType::Line(_) | FieldType::Text(_) | FieldType::Paragraphs(_) | FieldType::Steps
        )
    };
    let says = form.entry_type.files || form.entry_type.fields.iter().any(words);
    says && form.kind.name != "charter" && !form.entry_type.releases()
}

/// In a window of its own, so that this one keeps what is typed and the files that were chosen.
fn preview(cx: &Cx, sending: &Sending) -> Markup {
    let path = format!("{}/preview", sending.action);
    let key = match sending.stays {
        true => "preview-button-here",
        false => "preview-button",
    };
    html! { button type="submit" formaction=(path) formtarget="_blank" { (cx.words.t(key)) } }
}

/// Who is asked where several states take part: all of them, or the one that is named.
fn asked_of(cx: &Cx, form: &FormView) -> Markup {
    let words = cx.words;
    html! {
        div.field {
            label for="f-_partner" { (words.t("form-asked-of")) }
            select id="f-_partner" name="_partner" {
                option value="" { (words.t("form-asked-of-all")) }
                @for node in &form.others { option value=(node) selected[form.partner.as_ref() == Some(node)] { (node) } }
            }
        }
    }
}

/// Name of the box that says: yes, do it.
pub const SURE: &str = "_sure";

/// The form on its page, for boxes that stand beside it.
pub const ID: &str = "entry-form";

/// What an act of weight means, the box that confirms it, and what is said where the box is not ticked: keys of messages.
pub struct Weight {
    means: &'static str,
    sure: &'static str,
    /// Said where the box is not ticked.
    pub not_sure: &'static str,
    /// What the box sends: how much is destroyed, where its words say so.
    scope: &'static str,
}

/// What the box sends whose words name no scope: a form that was drawn blank. Everything of a dossier is never meant by them.
const ANY: &str = "yes";

impl Weight {
    /// Whether the box that was ticked confirms this: one whose words named less, or something else, does not.
    pub fn confirmed(&self, ticked: &str) -> bool {
        ticked == self.scope || ticked == ANY && self.scope != Destroyed::All.scope()
    }
}

/// Whether an entry does what one click should not: bind two states, suspend the link between them, or destroy. `stays`: what is
/// destroyed never left.
pub fn weight(entry: &EntryType, filled: &Filled, stays: bool) -> Option<Weight> {
    let one_file = matches!(destroyed(entry, filled), Some(Destroyed::File));
    if entry.name == GO.name {
        return Some(Weight {
            means: "day-go-means",
            sure: "day-go-sure",
            not_sure: "day-go-not-sure",
            scope: ANY,
        });
    }
    if programme::binds(entry.name) {
        return Some(Weight {
            means: "programme-means",
            sure: "sign-sure",
            not_sure: "sign-not-sure",
            scope: ANY,
        });
    }
    if binds(entry.name) {
        return Some(Weight {
            means: "agreement-means",
            sure: "sign-sure",
            not_sure: "sign-not-sure",
            scope: ANY,
        });
    }
    entry.effects.iter().find_map(|effect| match effect {
        Effect::Flag(true) => Some(Weight {
            means: "suspend-means",
            sure: "suspend-sure",
            not_sure: "suspend-not-sure",
            scope: ANY,
        }),
        Effect::Erase => Some(Weight {
            means: match (one_file, stays) {
                (true, false) => "erase-file-means",
                (false, false) => "erase-means",
                (true, true) => "erase-file-means-here",
                (false, true) => "erase-means-here",
            },
            sure: match destroyed(entry, filled) {
                Some(Destroyed::File) => "erase-sure-file",
                Some(Destroyed::Entry) => "erase-sure-entry",
                Some(Destroyed::All) => "erase-sure-all",
                None => "erase-sure",
            },
            not_sure: "erase-not-sure",
            scope: destroyed(entry, filled).map_or(ANY, Destroyed::scope),
        }),
        Effect::Expired => Some(Weight {
            means: "expired-means",
            sure: "expired-sure",
            not_sure: "erase-not-sure",
            scope: ANY,
        }),
        Effect::Sign => Some(Weight {
            means: "sign-means",
            sure: "sign-sure",
            not_sure: "sign-not-sure",
            scope: ANY,
        }),
        Effect::Enact => Some(Weight {
            means: "enact-means",
            sure: "enact-sure",
            not_sure: "enact-not-sure",
            scope: ANY,
        }),
        _ => None,
    })
}

/// What an erasure destroys, where its form says so already.
enum Destroyed {
    /// One file of an entry.
    File,
    /// One entry, and what is ticked beside it.
    Entry,
    /// All that our node wrote in the dossier.
    All,
}

impl Destroyed {
    fn scope(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Entry => "entry",
            Self::All => "all",
        }
    }
}

fn destroyed(entry: &EntryType, filled: &Filled) -> Option<Destroyed> {
    let given = |bind: Bind| {
        let mut of = entry.fields.iter().filter(|field| field.bind == bind);
        of.any(|field| !filled.first(field.name).is_empty())
    };
    if given(Bind::EraseFile) {
        return Some(Destroyed::File);
    }
    if given(Bind::EraseAll) {
        return Some(Destroyed::All);
    }
    given(Bind::Erase).then_some(Destroyed::Entry)
}

fn sure(cx: &Cx, weight: &Weight) -> Markup {
    html! {
        p.alert { (cx.words.t(weight.means)) }
        label.check { input type="checkbox" name=(SURE) value=(weight.scope) required; " " (cx.words.t(weight.sure)) }
    }
}

/// Said above what is written towards a partner while cooperation is suspended.
pub fn waits(cx: &Cx, (ours, theirs): (bool, bool)) -> Markup {
    html! { @if ours || theirs { p.alert { (cx.words.t("form-suspended")) } } }
}

/// A folded field comes to light when it is wrong, filled, or what the form is about.
fn stays_folded(form: &FormView, filled: &Filled, field: &Field) -> bool {
    let about = form.entry_type.name == "feedback" && matches!(field.name, "covers" | "until");
    let whom = form.continues.is_some() && matches!(field.bind, Bind::AskOf | Bind::Invite);
    field.folded && filled.error(field.name).is_none() && !about && !whom
}

/// What became of it: the useful outcomes as a list; "no use, because" is a row of buttons of its own above.
fn outcomes(cx: &Cx, filled: &Filled) -> Markup {
    let words = cx.words;
    html! {
        fieldset.choices {
            legend { (words.t("feedback-outcome")) }
            @if let Some(error) = filled.error("outcome") { p.error id="f-outcome-e" { (problem(words, error.problem)) } }
            @for outcome in Outcome::useful().chain([Outcome::NotYet]) {
                label {
                    input type="radio" name="outcome" value=(outcome) checked[filled.first("outcome") == outcome.as_str()];
                    " " (words.label(outcome.label()))
                }
            }
        }
    }
}

/// Field of a translation that says in which language its text is.
const INTO: &str = "into";

/// Name of the buttons whose click is the reason why something was of no use.
const NO_USE: &str = "_no_use";

/// "No use, because": the click is the reason, so it comes first and needs nothing else.
fn no_use(cx: &Cx) -> Markup {
    let words = cx.words;
    html! {
        // Enter in a field presses a form's first button: that must never be a reason.
        button.default type="submit" tabindex="-1" aria-hidden="true" {}
        fieldset.no-use {
            legend { (words.t("feedback-no-use")) }
            div.row {
                @for outcome in Outcome::no_use() {
                    button type="submit" name=(NO_USE) value=(outcome) { (reason(words.label(outcome.label()))) }
                }
            }
            p.quiet { (words.t("feedback-one-click")) }
        }
    }
}

/// The reason alone, of a label such as "no use: too late".
fn reason(label: &str) -> &str {
    label
        .split_once(':')
        .map_or(label, |(_, reason)| reason.trim())
}

fn file_control(cx: &Cx, filled: &Filled) -> Markup {
    let words = cx.words;
    let each = MAX_FILE.min(cx.shared.max_upload);
    html! {
        div.field {
            label for="f-files" { (words.t("form-files")) }
            input #f-files type="file" name="_files" multiple data-most=(cx.shared.max_upload) data-each=(each)
                data-large=(words.s("sending-large", &cx.upload_limit())) data-large-each=(words.s("sending-large-each", &words.size(each)))
                data-sending=(words.t("sending")) data-kept=(words.t("sending-kept"))
                data-stop=(words.t("sending-stop")) data-stopped=(words.t("sending-stopped")) data-broken=(words.t("sending-broken"));
            @if let Some(error) = filled.error("files") { p.error id="f-files-e" { (problem(words, error.problem)) } }
            small.help { (words.two("form-files-limit", &cx.upload_limit(), &words.size(each))) }
        }
    }
}

fn language(cx: &Cx, filled: &Filled) -> Markup {
    let chosen = filled.lang.unwrap_or(cx.words.lang);
    html! {
        label.lang-of {
            (cx.words.t("form-lang")) " "
            select name="_lang" {
                @for lang in Lang::ALL { option value=(lang) lang=(lang) selected[lang == chosen] { (lang.own_name()) } }
            }
        }
    }
}

/// What is recorded without being typed, as one line that can be changed.
fn recorded_with(cx: &Cx, form: &FormView, filled: &Filled) -> Markup {
    let words = cx.words;
    let release = &form.release;
    let (necessity, basis) = filled.release();
    let necessity = necessity.unwrap_or(release.necessity);
    let basis = basis.unwrap_or(release.basis);
    html! {
        details.release {
            summary {
                span.quiet { (words.t("release-with")) } " "
                (words.label(release.purpose.label())) (dot()) (words.label(necessity.label())) (dot()) (words.label(basis.label()))
                (dot()) (words.t("release-by")) " " bdi { (release.approver) }
                " " span.link { (words.t("change")) }
            }
            (decision(words, "f", necessity, basis))
            label.check { input type="checkbox" name="_own" checked[filled.own_only]; " " (words.t("release-own-only")) }
        }
    }
}

/// Necessity and basis of a sending, to choose. `form`: begins the identifiers of the controls.
pub fn decision(words: Words, form: &str, necessity: Necessity, basis: Basis) -> Markup {
    let (necessity_id, basis_id) = (format!("{form}-necessity"), format!("{form}-basis"));
    html! {
        div.field {
            label for=(necessity_id) { (words.t("release-necessity")) }
            select id=(necessity_id) name="_necessity" {
                @for n in Necessity::ALL { option value=(n) selected[*n == necessity] { (words.label(n.label())) } }
            }
        }
        div.field {
            label for=(basis_id) { (words.t("release-basis")) }
            select id=(basis_id) name="_basis" {
                @for b in Basis::ALL { option value=(b) selected[*b == basis] { (words.label(b.label())) } }
            }
        }
    }
}

/// Fields under a heading, or under none.
type Group<'f> = (Option<Label>, &'f [&'f Field]);

/// The fields of a form by what they are about, where a form has so many that it has groups: that of an agreement.
fn grouped<'f>(of: &EntryType, mut open: &'f [&'f Field]) -> Vec<Group<'f>> {
    if !proposes(of.name) {
        return vec![(None, open)];
    }
    let mut groups = Vec::new();
    let mut heading = None;
    for (first, next) in GROUPS {
        let until = open.iter().position(|field| field.name == *first);
        let (before, rest) = open.split_at(until.unwrap_or(0));
        groups.push((heading, before));
        (heading, open) = (Some(*next), rest);
    }
    groups.push((heading, open));
    groups
}

/// A group of fields: it stands open where something of it must be filled or mended, else it says how much of it is written.
fn group(
    cx: &Cx,
    (form, filled): (&FormView, &Filled),
    heading: Option<Label>,
    fields: &[&Field],
) -> Markup {
    let words = cx.words;
    let drawn = html! { @for fields in fields.chunk_by(|_, next| next.beside) { (controls(cx, form, filled, fields)) } };
    let Some(heading) = heading else {
        return drawn;
    };
    let open = fields
        .iter()
        .any(|field| field.required || filled.error(field.name).is_some());
    let written = fields.iter().filter(|f| !filled.first(f.name).is_empty());
    let number = |n: usize| words.digits(&n.to_string());
    let many = words.two(
        "form-written",
        &number(written.count()),
        &number(fields.len()),
    );
    html! {
        details.folded.group open[open] {
            summary { (words.label(heading)) " " span.count { (many) } }
            (drawn)
        }
    }
}

/// A field, with its text in another language beside it where it has one: both are written, read and signed together.
fn controls(cx: &Cx, form: &FormView, filled: &Filled, fields: &[&Field]) -> Markup {
    let drawn = html! { @for field in fields { (control(cx, form, filled, field)) } };
    match fields.len() {
        1 => drawn,
        _ => html! { div.languages { (drawn) } },
    }
}

/// One field: label, help, control, error.
fn control(cx: &Cx, form: &FormView, filled: &Filled, field: &Field) -> Markup {
    let words = cx.words;
    let id = format!("f-{}", field.name);
    let error = filled.error(field.name);
    let wrong = error.map(|_| format!("{id}-e"));
    let clock = matches!(field.holds, FieldType::Moment).then(|| zone::described(&id));
    let described: Vec<String> = wrong.into_iter().chain(clock).collect();
    let one = Control {
        cx,
        form,
        filled,
        field,
        id: &id,
        wrong: error.is_some(),
        described: (!described.is_empty()).then(|| described.join(" ")),
    };
    html! {
        div.field.wrong[error.is_some()] {
            @match field.holds {
                FieldType::Flag => (one.flag()),
                FieldType::Services | FieldType::Entries | FieldType::Codes(_) | FieldType::CodeSet(_) => (one.ticks()),
                _ => {
                    label for=(id) {
                        (words.label(field.label))
                        @if field.required { " " abbr.required title=(words.t("form-required")) { "*" } }
                    }
                    (one.single())
                }
            }
            @let help = words.label(field.help);
            @if !help.is_empty() { small.help { (help) } }
            @if let Some(error) = error { p.error id=(format!("{id}-e")) { (problem(words, error.problem)) } }
        }
    }
}

struct Control<'a> {
    cx: &'a Cx,
    form: &'a FormView,
    filled: &'a Filled,
    field: &'a Field,
    id: &'a str,
    wrong: bool,
    described: Option<String>,
}

impl Control<'_> {
    fn value(&self) -> &str {
        self.filled.first(self.field.name)
    }
    fn invalid(&self) -> Option<&'static str> {
        self.wrong.then_some("true")
    }

    fn flag(&self) -> Markup {
        let (name, on) = (self.field.name, !self.value().is_empty());
        html! {
            label.check { input id=(self.id) type="checkbox" name=(name) checked[on]; " " (self.cx.words.label(self.field.label)) }
        }
    }

    fn single(&self) -> Markup {
        let f = self.field;
        let (id, described, invalid, required) =
            (self.id, &self.described, self.invalid(), f.required);
        // In which language the text beside it is written is chosen in the form itself.
        let lang = (!f.beside).then(|| self.filled.lang.unwrap_or(self.cx.words.lang));
        match (f.holds, f.bind) {
            (
                FieldType::Line(_),
                Bind::Erase | Bind::Release | Bind::RelateFrom | Bind::ReceiptOf,
            ) if !self.form.entries.is_empty() => self.select(self.entries()),
            (FieldType::Entry, _) => self.select(self.entries()),
            (FieldType::Thing, _) => self.select(named(&self.form.things)),
            (FieldType::PartialDate, _) => html! {
                input id=(id) type="text" name=(f.name) value=(self.value()) maxlength="10" required[required] dir="ltr" inputmode="numeric"
                    placeholder="1987-05" aria-describedby=[described.as_ref()] aria-invalid=[invalid];
            },
            (FieldType::Line(_), Bind::RelateTo) => self.earlier(),
            (FieldType::Line(max), _) => html! {
                input id=(id) type="text" name=(f.name) value=(self.value()) maxlength=(max) required[required] lang=[lang] dir="auto"
                    aria-describedby=[described.as_ref()] aria-invalid=[invalid];
            },
            (FieldType::Text(max) | FieldType::Paragraphs(max), _) => html! {
                textarea id=(id) name=(f.name) maxlength=(max) required[required] lang=[lang] dir="auto" rows=(if max > 4_000 { "5" } else { "3" })
                    aria-describedby=[described.as_ref()] aria-invalid=[invalid] { (self.value()) }
            },
            (FieldType::Code(choices), _) => {
                let label = |l: Label| self.cx.words.label(l).to_owned();
                self.select(
                    choices()
                        .into_iter()
                        .map(|(code, l)| (code.to_owned(), label(l)))
                        .collect(),
                )
            }
            (FieldType::Date, _) => html! {
                input id=(id) type="date" name=(f.name) value=(self.value()) required[required] placeholder="2025-12-31"
                    aria-describedby=[described.as_ref()] aria-invalid=[invalid];
            },
            (FieldType::Moment, _) => html! {
                @let value = zone::value(self.cx, self.filled, f.name, self.value());
                input id=(id) type="datetime-local" step="1" name=(f.name) value=(value) required[required] placeholder="2025-12-31T14:30"
                    aria-describedby=[described.as_ref()] aria-invalid=[invalid];
                (zone::beside(self.cx, (id, f.name), (&value, self.value())))
                @if dates::is_date(f) { (dates::under(self.cx, self.value())) }
            },
            (FieldType::Number(min, max), _) => html! {
                input id=(id) type="number" name=(f.name) value=(self.value()) min=(min) max=(max) required[required]
                    aria-describedby=[described.as_ref()] aria-invalid=[invalid];
            },
            (FieldType::Steps, _) => self.steps(),
            (FieldType::Service, _) => self.select(
                self.services()
                    .into_iter()
                    .map(|s| (s.to_string(), s.to_string()))
                    .collect(),
            ),
            (
                FieldType::Flag
                | FieldType::Services
                | FieldType::Entries
                | FieldType::Codes(_)
                | FieldType::CodeSet(_)
                | FieldType::Document(_),
                _,
            ) => html! {},
        }
    }

    /// A row of four cells for each step, those that are filled and some more; none of them is needed.
    fn steps(&self) -> Markup {
        let words = self.cx.words;
        let raw = self.filled.raw.get(self.field.name);
        let mut rows = steps::cells(raw.map_or(&[][..], Vec::as_slice));
        let more = rows.len().saturating_add(FREE_STEPS).min(steps::MOST);
        rows.resize(more, Default::default());
        let heads = ["day-when", "day-who", "day-where", "day-what"].map(|key| words.t(key));
        html! {
            div.scroll {
                table.step-rows id=(self.id) {
                    thead { tr { @for head in &heads { th scope="col" { (head) } } } }
                    tbody { @for (number, row) in (1u64..).zip(&rows) { (self.step_row(number, row, &heads)) } }
                }
            }
        }
    }

    fn step_row(&self, number: u64, row: &[String; steps::CELLS], heads: &[String; 4]) -> Markup {
        let name = self.field.name;
        let [at, who, place, what] = row;
        let said = |at: usize| {
            let head = heads.get(at).map_or("", String::as_str);
            self.cx.words.two("form-step", &number.to_string(), head)
        };
        html! {
            tr {
                td { input type="text" name=(name) value=(at) maxlength="7" size="7" dir="ltr" placeholder="+00:30" aria-label=(said(0)); }
                td {
                    select name=(name) aria-label=(said(1)) {
                        option value="" { "—" }
                        @for one in self.services() { option value=(one) selected[one.to_string() == *who] { (one) } }
                    }
                }
                td { input type="text" name=(name) value=(place) maxlength=(steps::MOST_IN_CELL) dir="auto" placeholder=[heads.get(2)] aria-label=(said(2)); }
                td { input type="text" name=(name) value=(what) maxlength=(steps::MOST_IN_CELL) dir="auto" placeholder=[heads.get(3)] aria-label=(said(3)); }
            }
        }
    }

    fn select(&self, options: Vec<(String, String)>) -> Markup {
        let chosen = self.value();
        let unknown = !chosen.is_empty() && !options.iter().any(|(code, _)| code == chosen);
        html! {
            select id=(self.id) name=(self.field.name) required[self.field.required]
                aria-describedby=[self.described.as_ref()] aria-invalid=[self.invalid()] {
                @if !self.field.required || chosen.is_empty() { option value="" { "—" } }
                @if unknown { option value=(chosen) selected { (chosen) } }
                @for (code, label) in &options { option value=(code) selected[code == chosen] { (label) } }
            }
        }
    }

    /// An earlier point: one of this dossier, or `dossier:entry` of another, pasted.
    fn earlier(&self) -> Markup {
        let dossier = self
            .form
            .dossier
            .as_ref()
            .map(|d| d.id.to_string())
            .unwrap_or_default();
        html! {
            input id=(self.id) type="text" name=(self.field.name) value=(self.value()) maxlength="129" required[self.field.required] dir="ltr"
                list=(format!("{}-list", self.id)) aria-describedby=[self.described.as_ref()] aria-invalid=[self.invalid()];
            datalist id=(format!("{}-list", self.id)) {
                @for (entry, words) in &self.form.entries { option value=(format!("{dossier}:{entry}")) { (words) } }
            }
        }
    }

    /// Services that may be named here: of the other side when asking, of our own when handing over.
    fn services(&self) -> Vec<&ServiceName> {
        let me = self.cx.me();
        let fits = |s: &&ServiceName| match self.field.bind {
            // A task may be one's own side's: then it is promised.
            Bind::AskOf => s.node() != *me || self.form.entry_type.name == TASK.name,
            Bind::HandOver => s.node() == *me,
            _ => true,
        };
        self.form.services.iter().filter(fits).collect()
    }

    /// Entries that may be chosen, by their first words; by the beginning of their identifier where they have none.
    fn entries(&self) -> Vec<(String, String)> {
        let mut all = named(&self.form.entries);
        for (id, words) in &mut all {
            if let Some(at) = self.moment(id) {
                *words = format!("{words} · {}", zone::said(self.cx, at));
            }
        }
        all
    }

    /// When what a choice stands for takes place.
    fn moment(&self, choice: &str) -> Option<Instant> {
        let mut all = self.form.moments.iter();
        all.find_map(|(of, at)| (of == choice).then_some(*at))
    }

    /// Codes to be ticked; where some stand for dates that were proposed, those dates.
    fn codes(&self, choices: Choices) -> Vec<(String, String)> {
        let words = self.cx.words;
        let all = choices();
        let dated = all.iter().any(|(code, _)| self.moment(code).is_some());
        let one = |(code, label): (&str, Label)| match (dated, self.moment(code)) {
            (true, at) => Some((code.to_owned(), zone::said(self.cx, at?))),
            (false, _) => Some((code.to_owned(), words.label(label).to_owned())),
        };
        all.into_iter().filter_map(one).collect()
    }

    fn ticks(&self) -> Markup {
        let words = self.cx.words;
        let options: Vec<(String, String)> = match self.field.holds {
            FieldType::Services => self
                .services()
                .into_iter()
                .map(|s| (s.to_string(), s.to_string()))
                .collect(),
            FieldType::Codes(choices) | FieldType::CodeSet(choices) => self.codes(choices),
            _ => self.entries(),
        };
        html! {
            fieldset.choices {
                legend { (words.label(self.field.label)) @if self.field.required { " " abbr.required title=(words.t("form-required")) { "*" } } }
                @if options.is_empty() { p.quiet { (words.t("nothing")) } }
                @for (value, text) in &options {
                    label { input type="checkbox" name=(self.field.name) value=(value) checked[self.filled.has(self.field.name, value)]; " " bdi { (text) } }
                }
            }
        }
    }
}

/// What is wrong with a field, with days as the reader writes them.
pub fn problem(words: Words, problem: Problem) -> String {
    match problem {
        Problem::TooLate(last) => {
            let day = crate::time::day_words(words, last);
            Problem::no_later(&day, words.lang)
        }
        other => other.text(words.lang),
    }
}

fn named(entries: &[(EntryId, String)]) -> Vec<(String, String)> {
    let one = |(id, words): &(EntryId, String)| {
        let words = Some(words.clone()).filter(|words| !words.is_empty());
        (id.to_string(), words.unwrap_or_else(|| id.short()))
    };
    entries.iter().map(one).collect()
}

/// What a form acts on, beside it.
pub fn about(cx: &Cx, form: &FormView) -> Markup {
    html! {
        @if let Some(line) = &form.dossier {
            p.ob-facts { a href=(format!("/dossiers/{}", line.id)) { bdi { (line.number) } " " (title(cx.words, &line.title)) } (dot()) (cx.words.label(line.kind.label)) }
        }
        @if let Some(review) = &form.review { (crate::pages::reviews::standing(cx, review)) }
        @if let Some(partner) = &form.partner { p.ob-facts { (cx.words.t("form-towards")) " " (crate::parts::side(cx, partner)) } }
        @if let Some(earlier) = &form.continues {
            p.ob-facts { (cx.words.t("form-continues")) " " (crate::parts::related(earlier)) }
            p.quiet { (cx.words.t("form-continues-means")) }
            @if form.others_words { p.quiet { (cx.words.t("form-others-words")) } }
        }
        @if let Some(target) = &form.target {
            p.ob-facts {
                strong { bdi { (target.number) } " " (cx.words.label(target.ask.label())) }
                (dot()) (party(cx, &target.creditor)) " " span.arrow role="img" aria-label=(cx.words.t("ob-asks")) { "→" } " " (party(cx, &target.owing)) (dot()) (crate::time::due_words(cx.words, target, cx.now))
            }
        }
    }
}
