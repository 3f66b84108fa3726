//! The part of a charter's form in which its terms are changed: drawn from the terms that it amends, read back as a draft.
//!
//! All names begin with `_terms.`, so that they never meet a field of a definition. What is not understood is an error beside its
//! part; whether terms can stand is for `entente_core::terms` alone to say.

use crate::context::Cx;
use crate::form::Filled;
use crate::i18n::Words;
use crate::pages::charter::{clock_label, pairs};
use entente_core::charter::{ClockRule, Compare, Equivalence, Escalation, Inform, Quotas, Terms};
use entente_core::codes::{Ask, Class, DeferGround, Purpose, Urgency};
use entente_core::field::{FieldError, Problem};
use entente_core::ids::NodeName;
use entente_core::instant::Span;
use entente_core::kinds;
use entente_core::terms::{
    CompareDraft, ENTRIES_A_DAY, FILE_BYTES, HIGHEST_CEILING, InformDraft, Part, TermsDraft,
    TermsProblem,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What every name of this part begins with.
pub const PREFIX: &str = "_terms.";
/// Said by the form that it holds terms: ticks that are gone say nothing by themselves.
const GIVEN: &str = "_terms.given";
/// Empty lines offered for more clocks, and for more equivalences.
const MORE: usize = 3;
const MIB: u64 = 1 << 20;

/// What somebody sent, or what the terms say, by name.
type Raw = BTreeMap<String, Vec<String>>;

/// The terms to change, folded away where a first charter needs no change.
pub fn fields(cx: &Cx, base: &Terms, filled: &Filled) -> Markup {
    let raw = if filled.terms.is_empty() {
        shown(base)
    } else {
        filled.terms.clone()
    };
    let drawn = Drawn {
        words: cx.words,
        base,
        raw: &raw,
        errors: &filled.errors,
    };
    let open = base.version > 1 || !filled.terms.is_empty();
    html! {
        details.folded.terms-form open[open] {
            summary { (cx.words.label(Part::TERMS.label)) }
            input type="hidden" name=(GIVEN) value="yes";
            input type="hidden" name=(name(Part::VERSION)) value=(first(&raw, &name(Part::VERSION)));
            @if let Some(error) = filled.errors.iter().find(|e| e.field == Part::TERMS.name) { p.error { (error.problem.text(cx.words.lang)) } }
            p.quiet { (cx.words.t("terms-form-about")) }
            (drawn.clocks())
            (drawn.lengths())
            (drawn.choices())
            (drawn.duties())
            (drawn.compares())
            (drawn.limits())
            (drawn.equivalences())
        }
    }
}

/// The changes that a form sent; none where it holds no terms.
///
/// # Errors
/// Every part that is not understood.
pub fn read(raw: &Raw, base: &Terms) -> Result<Option<TermsDraft>, Vec<FieldError>> {
    if first(raw, GIVEN).is_empty() {
        return Ok(None);
    }
    let mut reader = Reader {
        raw,
        errors: Vec::new(),
    };
    let draft = TermsDraft {
        version: first(raw, &name(Part::VERSION)).parse().ok(),
        purposes: Some(reader.codes(Part::PURPOSES, Purpose::parse)),
        kinds: Some(all(raw, &name(Part::KINDS)).to_vec()),
        ceiling: reader.code(Part::CEILING, Class::parse),
        equivalences: Some(reader.equivalences()),
        clocks: Some(reader.clocks()),
        feedback: Some(!first(raw, &name(Part::FEEDBACK)).is_empty()),
        four_eyes: Some(!first(raw, &name(Part::FOUR_EYES)).is_empty()),
        inform: Some(reader.duties()),
        compare: Some(reader.compares()),
        escalation: Some(reader.escalation()),
        quotas: Some(reader.quotas(&base.quotas)),
        transit: Some(reader.length(Part::TRANSIT, &name(Part::TRANSIT))),
        delivery: Some(reader.length(Part::DELIVERY, &name(Part::DELIVERY))),
        delivery_urgent: Some(reader.length(Part::DELIVERY_URGENT, &name(Part::DELIVERY_URGENT))),
        ..TermsDraft::default()
    };
    if reader.errors.is_empty() {
        Ok(Some(draft))
    } else {
        Err(reader.errors)
    }
}

fn name(part: Part) -> String {
    format!("{PREFIX}{}", part.name)
}

fn clock_name(ask: Ask, urgency: Urgency) -> String {
    format!("{PREFIX}clock.{ask}.{urgency}")
}

fn more_name(line: usize) -> String {
    format!("{PREFIX}more.{line}")
}

fn equal_name(line: usize) -> String {
    format!("{PREFIX}equal.{line}")
}

/// The four steps of chasing, by their names in a form.
const STEPS: [&str; 4] = ["soon", "liaison", "coordinator", "meeting"];

fn step_name(step: &str) -> String {
    format!("{PREFIX}{step}")
}

fn observations_name() -> String {
    name(Part::INFORM) + ".observations"
}

fn points_name() -> String {
    name(Part::COMPARE) + ".points"
}

fn answer_name() -> String {
    name(Part::COMPARE) + ".answer"
}

fn grounds_name() -> String {
    name(Part::INFORM) + ".ground"
}

fn first<'a>(raw: &'a Raw, name: &str) -> &'a str {
    all(raw, name).first().map_or("", String::as_str)
}

fn all<'a>(raw: &'a Raw, name: &str) -> &'a [String] {
    raw.get(name).map_or(&[], Vec::as_slice)
}

/// Terms as the form shows them before anybody typed.
fn shown(terms: &Terms) -> Raw {
    let mut raw = Raw::new();
    let mut put = |name: String, value: String| {
        raw.entry(name).or_default().push(value);
    };
    put(name(Part::VERSION), terms.version.to_string());
    for purpose in &terms.purposes {
        put(name(Part::PURPOSES), purpose.to_string());
    }
    for kind in &terms.kinds {
        put(name(Part::KINDS), kind.clone());
    }
    put(name(Part::CEILING), terms.ceiling.to_string());
    if terms.feedback {
        put(name(Part::FEEDBACK), "yes".to_owned());
    }
    if terms.four_eyes {
        put(name(Part::FOUR_EYES), "yes".to_owned());
    }
    let duties = terms.inform.clone();
    if duties.is_some() {
        put(name(Part::INFORM), "yes".to_owned());
    }
    let duties = duties.unwrap_or_else(Inform::modelled);
    let (count, unit) = duties.observations.in_whole_units();
    put(observations_name(), count.to_string());
    put(observations_name() + ".unit", unit.to_owned());
    for ground in &duties.grounds {
        put(grounds_name(), ground.to_string());
    }
    if terms.compare.is_some() {
        put(name(Part::COMPARE), "yes".to_owned());
    }
    let compare = terms.compare.unwrap_or_else(Compare::modelled);
    let (count, unit) = compare.answer.in_whole_units();
    put(points_name(), compare.points_a_day.to_string());
    put(answer_name(), count.to_string());
    put(answer_name() + ".unit", unit.to_owned());
    for (line, equal) in terms.equivalences.iter().enumerate() {
        put(equal_name(line) + ".class", equal.class.to_string());
        put(equal_name(line) + ".party", equal.party.to_string());
        put(equal_name(line) + ".level", equal.level.to_string());
    }
    let steps = &terms.escalation;
    let steps = [steps.soon, steps.liaison, steps.coordinator, steps.meeting];
    let parts = [
        (name(Part::TRANSIT), terms.transit),
        (name(Part::DELIVERY), terms.delivery),
        (name(Part::DELIVERY_URGENT), terms.delivery_urgent),
    ];
    let clocks = terms.clocks.iter();
    let clocks = clocks.map(|c| (clock_name(c.ask, c.urgency), c.allowed));
    let steps = STEPS.into_iter().map(step_name).zip(steps);
    for (name, length) in clocks.chain(steps).chain(parts) {
        let (count, unit) = length.in_whole_units();
        put(name.clone(), count.to_string());
        put(name + ".unit", unit.to_owned());
    }
    let quotas = &terms.quotas;
    put(
        name(Part::QUOTAS) + ".entries",
        quotas.entries_a_day.to_string(),
    );
    put(
        name(Part::QUOTAS) + ".file",
        (quotas.file_bytes / MIB).to_string(),
    );
    raw
}

struct Reader<'a> {
    raw: &'a Raw,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn wrong(&mut self, part: Part, problem: Problem) {
        let error = part.wrong(problem);
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    fn code<T>(&mut self, part: Part, parse: fn(&str) -> Option<T>) -> Option<T> {
        let code = parse(first(self.raw, &name(part)));
        if code.is_none() {
            self.wrong(part, Problem::NotInList);
        }
        code
    }

    fn codes<T>(&mut self, part: Part, parse: fn(&str) -> Option<T>) -> Vec<T> {
        let given = all(self.raw, &name(part));
        let codes: Vec<T> = given.iter().filter_map(|text| parse(text)).collect();
        if codes.len() < given.len() {
            self.wrong(part, Problem::NotInList);
        }
        codes
    }

    /// A number and its unit; what is empty or no length is wrong.
    fn length(&mut self, part: Part, name: &str) -> Span {
        let count = first(self.raw, name).trim();
        let unit = first(self.raw, &format!("{name}.unit"));
        let plain = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
        let length = plain
            .then(|| Span::parse(&format!("{count}{unit}")))
            .flatten();
        length.unwrap_or_else(|| {
            self.wrong(part, TermsProblem::NotALength.into());
            Span(0)
        })
    }

    /// Clocks that stand, less those emptied, and those added.
    fn clocks(&mut self) -> Vec<ClockRule> {
        let mut out = Vec::new();
        for (ask, urgency) in pairs() {
            let name = clock_name(ask, urgency);
            if !first(self.raw, &name).trim().is_empty() {
                let allowed = self.length(Part::CLOCKS, &name);
                out.push(ClockRule {
                    ask,
                    urgency,
                    allowed,
                });
            }
        }
        for line in 0..MORE {
            out.extend(self.added(&more_name(line)));
        }
        out
    }

    fn added(&mut self, name: &str) -> Option<ClockRule> {
        if first(self.raw, name).trim().is_empty() {
            return None;
        }
        let ask = Ask::parse(first(self.raw, &format!("{name}.ask")));
        let urgency = Urgency::parse(first(self.raw, &format!("{name}.urgency")));
        let allowed = self.length(Part::CLOCKS, name);
        let (Some(ask), Some(urgency)) = (ask, urgency) else {
            self.wrong(Part::CLOCKS, Problem::NotInList);
            return None;
        };
        Some(ClockRule {
            ask,
            urgency,
            allowed,
        })
    }

    /// Off, or on with a time and grounds.
    fn duties(&mut self) -> InformDraft {
        if first(self.raw, &name(Part::INFORM)).is_empty() {
            return InformDraft::Whether(false);
        }
        let given = all(self.raw, &grounds_name());
        let grounds: Vec<DeferGround> =
            given.iter().filter_map(|g| DeferGround::parse(g)).collect();
        if grounds.len() < given.len() {
            self.wrong(Part::INFORM, Problem::NotInList);
        }
        InformDraft::On(Inform {
            observations: self.length(Part::INFORM, &observations_name()),
            grounds,
        })
    }

    /// Off, or on with an amount and a time.
    fn compares(&mut self) -> CompareDraft {
        if first(self.raw, &name(Part::COMPARE)).is_empty() {
            return CompareDraft::Whether(false);
        }
        let points = first(self.raw, &points_name()).trim().parse();
        if points.is_err() {
            self.wrong(Part::COMPARE, Problem::Missing);
        }
        CompareDraft::On(Compare {
            points_a_day: points.unwrap_or_default(),
            answer: self.length(Part::COMPARE, &answer_name()),
        })
    }

    fn escalation(&mut self) -> Escalation {
        let mut step = |name| self.length(Part::ESCALATION, &step_name(name));
        Escalation {
            soon: step(STEPS[0]),
            liaison: step(STEPS[1]),
            coordinator: step(STEPS[2]),
            meeting: step(STEPS[3]),
        }
    }

    fn number(&mut self, field: &str, (least, most): (i64, i64)) -> u64 {
        let text = first(self.raw, &format!("{}.{field}", name(Part::QUOTAS)));
        text.trim().parse().unwrap_or_else(|_| {
            self.wrong(Part::QUOTAS, Problem::OutOfRange(least, most));
            0
        })
    }

    /// A file's size is typed in whole MiB; one that was not touched stays to the byte.
    fn quotas(&mut self, base: &Quotas) -> Quotas {
        let entries = self.number("entries", ENTRIES_A_DAY);
        let file = self.number("file", FILE_BYTES);
        Quotas {
            entries_a_day: u32::try_from(entries).unwrap_or(u32::MAX),
            body_bytes: base.body_bytes,
            file_bytes: match file == base.file_bytes / MIB {
                true => base.file_bytes,
                false => file.saturating_mul(MIB),
            },
        }
    }

    /// Lines whose level is given, whatever stands beside the others.
    fn equivalences(&mut self) -> Vec<Equivalence> {
        let mut out = Vec::new();
        for line in 0..self.raw.len() {
            let name = equal_name(line);
            let of = |field: &str| first(self.raw, &format!("{name}.{field}")).trim();
            let level = of("level");
            if level.is_empty() {
                continue;
            }
            match (
                Class::parse(of("class")),
                of("party").parse::<NodeName>(),
                level.parse::<NodeName>(),
            ) {
                (Some(class), Ok(party), Ok(level)) => out.push(Equivalence {
                    class,
                    party,
                    level,
                }),
                (_, _, Err(_)) => self.wrong(Part::EQUIVALENCES, TermsProblem::NotACode.into()),
                _ => self.wrong(Part::EQUIVALENCES, Problem::NotInList),
            }
        }
        out
    }
}

/// A unit of time as the form names it.
fn unit_name(words: Words, unit: &str) -> String {
    match unit {
        "ms" => words.t("unit-ms"),
        "s" => words.t("unit-s"),
        "min" => words.t("unit-min"),
        "h" => words.t("unit-h"),
        _ => words.t("unit-d"),
    }
}

struct Drawn<'a> {
    words: Words,
    base: &'a Terms,
    raw: &'a Raw,
    errors: &'a [FieldError],
}

impl Drawn<'_> {
    fn group(&self, part: Part, help: &str, inside: &Markup) -> Markup {
        let error = self.errors.iter().find(|e| e.field == part.name);
        let id = format!("t-{}-e", part.name);
        html! {
            fieldset.field.wrong[error.is_some()] aria-describedby=[error.map(|_| &id)] {
                legend { (self.words.label(part.label)) }
                @if let Some(error) = error { p.error id=(id) { (error.problem.text(self.words.lang)) } }
                @if !help.is_empty() { small.help { (help) } }
                (inside)
            }
        }
    }

    /// A number and its unit. `label` is what a screen reader says of the number where no text stands beside it.
    fn length(&self, name: &str, label: &str) -> Markup {
        let unit = first(self.raw, &format!("{name}.unit"));
        let mut units = vec!["min", "h", "d"];
        if matches!(unit, "s" | "ms") {
            units.insert(0, unit);
        }
        let chosen = if unit.is_empty() { "d" } else { unit };
        html! {
            span.length {
                input type="number" min="0" step="1" name=(name) value=(first(self.raw, name)) aria-label=(label);
                select name=(format!("{name}.unit")) aria-label=(self.words.t("terms-unit")) {
                    @for unit in units { option value=(unit) selected[unit == chosen] { (unit_name(self.words, unit)) } }
                }
            }
        }
    }

    fn clocks(&self) -> Markup {
        let here =
            |(ask, urgency): &(Ask, Urgency)| self.raw.contains_key(&clock_name(*ask, *urgency));
        let rows = html! {
            div.lengths {
                @for (ask, urgency) in pairs().filter(here) {
                    @let label = clock_label(self.words, ask, urgency);
                    span { (label) } (self.length(&clock_name(ask, urgency), &label))
                }
                @for line in 0..MORE { (self.another_clock(&more_name(line))) }
            }
        };
        self.group(Part::CLOCKS, &self.words.t("terms-clocks-help"), &rows)
    }

    fn another_clock(&self, name: &str) -> Markup {
        let (ask, urgency) = (format!("{name}.ask"), format!("{name}.urgency"));
        html! {
            span.pair {
                select name=(ask) aria-label=(self.words.t("col-ask")) {
                    @for a in Ask::ALL { option value=(a) selected[first(self.raw, &ask) == a.as_str()] { (self.words.label(a.label())) } }
                }
                select name=(urgency) aria-label=(self.words.t("terms-urgency")) {
                    @for u in Urgency::ALL { option value=(u) selected[first(self.raw, &urgency) == u.as_str()] { (self.words.label(u.label())) } }
                }
            }
            (self.length(name, &self.words.t("terms-another-clock")))
        }
    }

    /// Chasing, and what transport may take.
    fn lengths(&self) -> Markup {
        let step = |key: &str, name: &str| {
            let label = self.words.t(key);
            html! { span { (label) } (self.length(&step_name(name), &label)) }
        };
        let steps = html! {
            div.lengths {
                (step("terms-step-soon", STEPS[0])) (step("terms-step-liaison", STEPS[1]))
                (step("terms-step-coordinator", STEPS[2])) (step("terms-step-meeting", STEPS[3]))
            }
        };
        let alone = |part: Part| {
            let length = self.length(&name(part), self.words.label(part.label));
            self.group(part, "", &length)
        };
        html! {
            (self.group(Part::ESCALATION, "", &steps))
            (alone(Part::TRANSIT)) (alone(Part::DELIVERY)) (alone(Part::DELIVERY_URGENT))
        }
    }

    /// What may be opened, under which ceiling, and whether feedback is owed.
    fn choices(&self) -> Markup {
        let ticked =
            |part: Part, value: &str| all(self.raw, &name(part)).iter().any(|v| v == value);
        let tick = |part: Part, value: &str, label: &str| {
            html! { label.check { input type="checkbox" name=(name(part)) value=(value) checked[ticked(part, value)]; " " (label) } }
        };
        let purposes = html! { @for p in Purpose::ALL { (tick(Part::PURPOSES, p.as_str(), self.words.label(p.label()))) } };
        let kinds = html! {
            @for kind in kinds::ALL.iter().filter(|k| k.needs_charter && !kinds::is_of_duties(k.name)) { (tick(Part::KINDS, kind.name, self.words.label(kind.label))) }
        };
        let ceiling = html! {
            select name=(name(Part::CEILING)) aria-label=(self.words.label(Part::CEILING.label)) {
                @for c in Class::ALL.iter().filter(|c| **c <= HIGHEST_CEILING) { option value=(c) selected[first(self.raw, &name(Part::CEILING)) == c.as_str()] { (self.words.label(c.label())) } }
            }
        };
        html! {
            (self.group(Part::PURPOSES, "", &purposes)) (self.group(Part::KINDS, "", &kinds))
            (self.group(Part::CEILING, &self.words.t("terms-ceiling-help"), &ceiling))
            (self.group(Part::FEEDBACK, "", &tick(Part::FEEDBACK, "yes", &self.words.t("terms-feedback-owed"))))
            (self.group(Part::FOUR_EYES, "", &tick(Part::FOUR_EYES, "yes", &self.words.t("terms-four-eyes"))))
        }
    }

    /// The legal duties to inform: whether they apply, the time for observations, the grounds to defer.
    fn duties(&self) -> Markup {
        let tick = |name: String, value: &str, label: &str| {
            let ticked = all(self.raw, &name).iter().any(|v| v == value);
            html! { label.check { input type="checkbox" name=(name) value=(value) checked[ticked]; " " (label) } }
        };
        let time = self.words.t("terms-inform-time");
        let inside = html! {
            (tick(name(Part::INFORM), "yes", &self.words.t("terms-inform-on")))
            div.lengths { span { (time) } (self.length(&observations_name(), &time)) }
            p { (self.words.t("terms-inform-grounds")) }
            @for ground in DeferGround::ALL { (tick(grounds_name(), ground.as_str(), self.words.label(ground.label()))) }
        };
        self.group(Part::INFORM, &self.words.t("terms-inform-help"), &inside)
    }

    /// Comparing plans: whether it is allowed, how much in a day, and by when it is answered.
    fn compares(&self) -> Markup {
        let ticked = !first(self.raw, &name(Part::COMPARE)).is_empty();
        let (points, time) = (
            self.words.t("terms-compare-points"),
            self.words.t("terms-compare-time"),
        );
        let inside = html! {
            label.check { input type="checkbox" name=(name(Part::COMPARE)) value="yes" checked[ticked]; " " (self.words.t("terms-compare-on")) }
            div.lengths {
                span { (points) } input type="number" min="64" max="65536" step="1" name=(points_name()) value=(first(self.raw, &points_name())) aria-label=(points);
                span { (time) } (self.length(&answer_name(), &time))
            }
        };
        self.group(Part::COMPARE, &self.words.t("terms-compare-help"), &inside)
    }

    fn limits(&self) -> Markup {
        let number = |key: &str, field: &str| {
            let (label, name) = (self.words.t(key), format!("{}.{field}", name(Part::QUOTAS)));
            html! { span { (label) } input type="number" min="0" step="1" name=(name) value=(first(self.raw, &name)) aria-label=(label); }
        };
        let inside = html! {
            div.lengths { (number("terms-limit-entries", "entries")) (number("terms-limit-file", "file")) }
        };
        self.group(Part::QUOTAS, "", &inside)
    }

    fn equivalences(&self) -> Markup {
        let given = (0..).take_while(|line| self.raw.contains_key(&(equal_name(*line) + ".level")));
        let given =
            given.filter(|line| !first(self.raw, &(equal_name(*line) + ".level")).is_empty());
        let lines = given.last().map_or(0, |last| last + 1) + MORE - 1;
        let rows = html! { div.equivalences { @for line in 0..lines { (self.equivalence(&equal_name(line))) } } };
        self.group(
            Part::EQUIVALENCES,
            &self.words.t("terms-equivalences-help"),
            &rows,
        )
    }

    fn equivalence(&self, line: &str) -> Markup {
        let [class, party, level] =
            ["class", "party", "level"].map(|field| format!("{line}.{field}"));
        html! {
            div.row {
                select name=(class) aria-label=(self.words.t("terms-level-here")) {
                    @for c in Class::ALL { option value=(c) selected[first(self.raw, &class) == c.as_str()] { (self.words.label(c.label())) } }
                }
                span { "=" }
                select name=(party) aria-label=(self.words.label(Part::PARTIES.label)) {
                    @for p in &self.base.parties { option value=(p) selected[first(self.raw, &party) == p.as_str()] { (p) } }
                }
                input type="text" name=(level) value=(first(self.raw, &level)) maxlength="32" dir="ltr" aria-label=(self.words.t("terms-level")) placeholder="diffusion-restreinte";
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Terms {
        let node = |name: &str| name.parse().unwrap();
        let mut terms = Terms::modelled(&node("ma"), &node("fr"), &node("fr"), kinds::chartered());
        terms.quotas.file_bytes -= 1;
        terms.transit = Span(1_500);
        terms.equivalences.push(Equivalence {
            class: Class::Restricted,
            party: node("fr"),
            level: node("diffusion-restreinte"),
        });
        terms
    }

    fn sent(change: impl FnOnce(&mut Raw)) -> Result<Terms, Vec<FieldError>> {
        let mut raw = shown(&base());
        raw.insert(GIVEN.to_owned(), vec!["yes".to_owned()]);
        change(&mut raw);
        read(&raw, &base())?.unwrap().amend(&base())
    }

    fn set(raw: &mut Raw, name: &str, value: &str) {
        raw.insert(format!("{PREFIX}{name}"), vec![value.to_owned()]);
    }

    #[test]
    fn what_the_form_shows_reads_back_as_it_was() {
        let mut same = sent(|_| {}).unwrap();
        // Clocks come in the order of the lists.
        same.clocks.sort_by_key(|c| (c.ask, c.urgency));
        let mut expected = base();
        expected.clocks.sort_by_key(|c| (c.ask, c.urgency));
        assert_eq!(same, expected);
        assert_eq!(read(&shown(&base()), &base()), Ok(None));
    }

    #[test]
    fn every_part_can_be_changed() {
        let terms = sent(|raw| {
            set(raw, "clock.answer.normal", "5");
            set(raw, "clock.answer.urgent_indirect", "");
            set(raw, "more.1", "90");
            set(raw, "more.1.unit", "min");
            set(raw, "more.1.ask", "acknowledge");
            set(raw, "more.1.urgency", "urgent_direct");
            set(raw, "meeting", "14");
            set(raw, "transit", "2");
            set(raw, "transit.unit", "h");
            set(raw, "quotas.file", "10");
            set(raw, "version", "1");
            set(raw, "ceiling", "internal");
            set(raw, "equal.0.level", "");
            set(raw, "equal.1.class", "confidential");
            set(raw, "equal.1.party", "ma");
            set(raw, "equal.1.level", "sirri");
            raw.remove(&name(Part::FEEDBACK));
        })
        .unwrap();
        assert_eq!(
            terms.allowed(Ask::Answer, Urgency::Normal),
            Some(Span::days(5))
        );
        // Without a clock of its own the ordinary one counts.
        assert_eq!(
            terms.allowed(Ask::Answer, Urgency::UrgentIndirect),
            Some(Span::days(5))
        );
        assert_eq!(
            terms.allowed(Ask::Acknowledge, Urgency::UrgentDirect),
            Some(Span::minutes(90))
        );
        assert_eq!(terms.escalation.meeting, Span::days(14));
        assert_eq!(terms.transit, Span::hours(2));
        assert_eq!(terms.quotas.file_bytes, 10 << 20);
        assert_eq!(terms.ceiling, Class::Internal);
        assert!(!terms.feedback);
        let levels: Vec<&str> = terms
            .equivalences
            .iter()
            .map(|e| e.level.as_str())
            .collect();
        assert_eq!(levels, ["sirri"]);
    }

    #[test]
    fn what_is_not_understood_is_said_of_its_part() {
        let wrong = |name: &str, value: &str| {
            let errors = sent(|raw| set(raw, name, value)).unwrap_err();
            assert_eq!(errors.len(), 1, "{name} {value}: {errors:?}");
            (errors[0].field, errors[0].problem)
        };
        for value in ["x", "-1", "1.5", "99999999999999999999", "٧"] {
            assert_eq!(
                wrong("clock.answer.normal", value),
                ("clocks", TermsProblem::NotALength.into())
            );
        }
        assert_eq!(
            wrong("clock.answer.normal.unit", "years"),
            ("clocks", TermsProblem::NotALength.into())
        );
        assert_eq!(
            wrong("clock.answer.normal", ""),
            ("clocks", TermsProblem::ClockMissing(Ask::Answer).into())
        );
        assert_eq!(
            wrong("delivery", ""),
            ("delivery", TermsProblem::NotALength.into())
        );
        assert_eq!(
            wrong("purposes", "rescue"),
            ("kinds", TermsProblem::PurposeNotAdmitted.into())
        );
        assert_eq!(wrong("purposes", "other"), ("purposes", Problem::NotInList));
        assert_eq!(
            wrong("kinds", "request"),
            ("kinds", TermsProblem::DeskMissing.into())
        );
        assert_eq!(wrong("ceiling", "secret"), ("ceiling", Problem::NotInList));
        assert_eq!(
            wrong("equal.0.level", "Très Secret"),
            ("equivalences", TermsProblem::NotACode.into())
        );
        assert_eq!(
            wrong("equal.0.party", "es"),
            ("equivalences", TermsProblem::NotThisCharter.into())
        );
        let (field, problem) = wrong("quotas.entries", "many");
        assert_eq!(
            (field, problem),
            (
                "quotas",
                Problem::OutOfRange(ENTRIES_A_DAY.0, ENTRIES_A_DAY.1)
            )
        );
    }
}
