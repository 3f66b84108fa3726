//! `entente access`: access records for inspectors, patterns found in them, and whether they are whole.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use entente_app::access::Operation;
use entente_app::views::{AccessLine, AccessPlace, AccessQuery, FindingView};
use entente_app::{Actor, App, AppError, Giving, ReasonWanted};
use entente_core::access::Reason;
use entente_core::ids::{DossierId, ServiceName};
use entente_core::instant::{Instant, Span};
use serde_json::json;

use super::{CliError, Context, pick, say};

/// Commands on access records.
#[derive(Debug, Subcommand)]
pub enum Access {
    /// Records, newest first
    List(List),
    /// The records that the filters find, in a file that the node signs: see `entente verify`
    Export(List),
    /// One record in words
    Show {
        /// Its number, as the list says it
        record: u64,
        /// Inspector who looks
        #[arg(long = "as", value_name = "OFFICER")]
        officer: Option<String>,
    },
    /// Patterns found: each a line to look at, from which nothing follows by itself
    Findings {
        /// Inspector who looks
        #[arg(long = "as", value_name = "OFFICER")]
        officer: Option<String>,
    },
    /// Whether every lane and the journal are unbroken, and who witnessed them
    Check {
        /// Inspector who looks
        #[arg(long = "as", value_name = "OFFICER")]
        officer: Option<String>,
    },
}

/// Filters of `entente access list`.
#[derive(Debug, Args)]
pub struct List {
    /// Of this officer or process only
    #[arg(long)]
    officer: Option<String>,
    /// Of whoever acted for this service only
    #[arg(long)]
    service: Option<ServiceName>,
    /// Days back from now
    #[arg(long)]
    days: Option<u16>,
    /// What was done: view, search and so on, by its code
    #[arg(long, value_parser = operation)]
    operation: Option<Operation>,
    /// About this dossier, by number or identifier
    #[arg(long)]
    dossier: Option<String>,
    /// Only where the officer does not work in the dossier
    #[arg(long)]
    outside: bool,
    /// With this reason only
    #[arg(long, value_parser = reason())]
    reason: Option<Reason>,
    /// Where the page begins, as the page before said it
    #[arg(long, value_parser = place, value_name = "PLACE")]
    before: Option<AccessPlace>,
    /// Inspector who looks
    #[arg(long = "as", value_name = "OFFICER")]
    inspector: Option<String>,
}

impl List {
    /// The inspector who looks.
    pub fn actor(&self, app: &App) -> Result<Actor, CliError> {
        pick::actor(app, self.inspector.as_deref())
    }

    /// What is looked for.
    pub fn query(&self, app: &App) -> AccessQuery {
        let from: Option<Instant> = self
            .days
            .map(|days| app.now() - Span::days(i64::from(days)));
        AccessQuery {
            actor: self.officer.clone().unwrap_or_default(),
            service: self.service.clone(),
            from,
            to: None,
            operation: self.operation,
            dossier: self.dossier.clone().unwrap_or_default(),
            outside: self.outside,
            reason: self.reason,
            before: self.before,
            limit: AccessQuery::PAGE,
        }
    }
}

/// Why somebody looks outside the dossiers that they work in.
#[derive(Debug, Args)]
pub struct Why {
    /// Why, where a reason is asked
    #[arg(long, value_parser = reason())]
    reason: Option<Reason>,
    /// A line of text that goes with the reason
    #[arg(long, default_value = "")]
    why: String,
}

impl Why {
    /// Runs what may ask for a reason, more than once where it draws on several dossiers: where one is asked the reason of the command line is
    /// given, and recorded, for that dossier, and the actor has it from then on. Where none is asked nothing is recorded of it.
    pub fn wherever_asked<T>(
        &self,
        app: &App,
        actor: &mut Actor,
        mut run: impl FnMut(&Actor) -> Result<T, AppError>,
    ) -> Result<T, CliError> {
        loop {
            match run(actor) {
                Err(AppError::ReasonNeeded(on)) => match self.reason_for(actor, on) {
                    Some(giving) => *actor = app.with_reason(actor, &giving)?,
                    None => return Err(AppError::ReasonNeeded(on).into()),
                },
                done => return Ok(done?),
            }
        }
    }

    /// The reason of the command line for this, if there is one and it was not given for the same already.
    fn reason_for(&self, actor: &Actor, on: ReasonWanted) -> Option<Giving> {
        let new = actor.reasons.iter().all(|given| given.on != on);
        Some(Giving {
            on,
            reason: self.reason.filter(|_| new)?,
            text: self.why.clone(),
        })
    }
}

/// Which dossier is looked at, and by whom.
#[derive(Debug, Args)]
pub struct Looking {
    /// Dossier, by number or identifier
    dossier: String,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: Why,
}

impl Looking {
    /// What the officer sees there, with the reason of the command line where one is asked.
    pub fn at<T>(
        &self,
        app: &App,
        mut look: impl FnMut(&Actor, DossierId) -> Result<T, AppError>,
    ) -> Result<T, CliError> {
        let mut actor = pick::actor(app, self.officer.as_deref())?;
        let dossier = pick::dossier(app, &actor, &self.dossier)?;
        let looks = |actor: &Actor| look(actor, dossier);
        self.why.wherever_asked(app, &mut actor, looks)
    }
}

fn operation(text: &str) -> Result<Operation, String> {
    let names: Vec<&str> = Operation::ALL.iter().map(|one| one.as_str()).collect();
    Operation::parse(text).ok_or_else(|| format!("one of {}", names.join(", ")))
}

/// The reasons that a person may give: the help lists them, and so does what is said of any other.
fn reason() -> impl TypedValueParser<Value = Reason> {
    let codes = Reason::given().iter().map(|one| one.as_str());
    PossibleValuesParser::new(codes).try_map(|code| Reason::parse(&code).ok_or("no such reason"))
}

fn place(text: &str) -> Result<AccessPlace, String> {
    entente_web::access_place(text).ok_or_else(|| "as the page before said it".to_owned())
}

/// Runs a command on access records.
pub fn run(context: &Context, access: &Access) -> Result<(), CliError> {
    let node = context.open()?;
    match access {
        Access::List(list) => listed(context, &node.app, list),
        Access::Export(list) => {
            let actor = list.actor(&node.app)?;
            let text = node.app.access_export(&actor, &list.query(&node.app))?;
            match context.json {
                true => say::json(&json!({"extract": text})),
                false => say::out(&text),
            }
            Ok(())
        }
        Access::Show { record, officer } => {
            let actor = pick::actor(&node.app, officer.as_deref())?;
            let line = node.app.access_record(&actor, *record)?;
            match context.json {
                true => say::json(&entente_web::access_line(&line)),
                false => shown(&line),
            }
            Ok(())
        }
        Access::Findings { officer } => {
            let actor = pick::actor(&node.app, officer.as_deref())?;
            let found = node.app.access_findings(&actor, 0)?;
            findings(context, &found);
            Ok(())
        }
        Access::Check { officer } => {
            let actor = pick::actor(&node.app, officer.as_deref())?;
            check(context, &node.app, &actor)
        }
    }
}

fn listed(context: &Context, app: &App, list: &List) -> Result<(), CliError> {
    let actor = list.actor(app)?;
    let query = list.query(app);
    let found = app.access_list(&actor, &query)?;
    let next = found.next.map(entente_web::access_place_text);
    if context.json {
        let lines: Vec<_> = found.lines.iter().map(entente_web::access_line).collect();
        say::json(&json!({"records": lines, "next": next}));
        return Ok(());
    }
    if found.lines.is_empty() {
        say::line(&say::t("oversight-none"));
    }
    for line in &found.lines {
        said(line);
    }
    if let Some(next) = next {
        say::line(&say::s("cli-access-next", next));
    }
    Ok(())
}

fn said(line: &AccessLine) {
    let words = say::words();
    let record = &line.record;
    let columns = [
        (line.n.to_string(), 8),
        (say::time(line.at), 20),
        (record.actor.clone(), 16),
        (words.label(record.operation.label()).to_owned(), 14),
        (entente_web::access_deed(words, &record.verb), 16),
    ];
    let mut last = line.numbers.join(" ");
    if record.outside {
        last = format!("{last} ({})", say::t("oversight-outside-mark"));
    }
    if let Some(why) = record.refused {
        let why = entente_web::access_refused(words, why, record.times);
        last = format!("{last} {why}");
    }
    if let Some(reason) = record.reason {
        last = format!("{last} {}", words.label(reason.label()));
    }
    say::line(&say::row(&columns, &last));
}

fn shown(line: &AccessLine) {
    let words = say::words();
    let record = &line.record;
    let told = |key: &str, value: String| {
        if !value.is_empty() {
            say::line(&say::two("cli-access-record", say::t(key), value));
        }
    };
    told("oversight-when", say::time(line.at));
    told("oversight-who", say::plain(&record.actor));
    let service = record.service.as_ref();
    told(
        "oversight-service",
        service.map_or(String::new(), say::plain),
    );
    let what = words.label(record.operation.label());
    let deed = entente_web::access_deed(words, &record.verb);
    told(
        "oversight-what",
        format!("{what} · {deed} ({})", record.verb),
    );
    told("oversight-about", line.numbers.join(" "));
    if record.outside {
        say::line(&say::t("oversight-outside-mark"));
    }
    if let Some(why) = record.refused {
        say::line(&entente_web::access_refused(words, why, record.times));
    }
    let object = record.object.clone();
    told("oversight-object", object.unwrap_or_default());
    let reason = record.reason.map(|reason| words.label(reason.label()));
    let text = record.text.as_ref().map(say::free);
    let reason = [reason.map(str::to_owned), text];
    told(
        "oversight-reason",
        reason.into_iter().flatten().collect::<Vec<_>>().join(" "),
    );
    told("oversight-recipients", record.recipients.join(" "));
    told("oversight-lane", format!("{} {}", line.lane, line.seq));
}

fn findings(context: &Context, found: &[FindingView]) {
    if context.json {
        say::json(&found.iter().map(entente_web::access_finding).collect());
        return;
    }
    if found.is_empty() {
        say::line(&say::t("oversight-findings-none"));
    }
    for one in found {
        let what = say::words().label(one.finding.pattern.label());
        let who = format!("{what}, {}", say::plain(&one.actor));
        let told = entente_web::access_told(say::words(), one);
        say::line(&say::two("cli-access-record", who, told));
    }
}

fn check(context: &Context, app: &App, actor: &Actor) -> Result<(), CliError> {
    let check = app.access_check(actor)?;
    let whole = check.holds();
    if context.json {
        let lanes = check.lanes.iter().map(|lane| {
            json!({"lane": lane.lane, "from": lane.from, "to": lane.to, "unbroken": lane.unbroken})
        });
        let witnesses = check.witnesses.iter().map(|one| {
            json!({"partner": one.partner, "line": one.line, "same": one.same, "cosigned": one.cosigned,
                "received": one.receipted.map(say::time)})
        });
        say::json(&json!({
            "whole": whole, "records": check.records, "journal_lines": check.journal_lines,
            "journal_unbroken": check.journal_unbroken, "lanes": lanes.collect::<Vec<_>>(), "witnesses": witnesses.collect::<Vec<_>>(),
        }));
    } else {
        let records = say::words().number(check.records);
        say::line(&say::two(
            "cli-access-record",
            say::t("oversight-records"),
            records,
        ));
        for lane in check.lanes.iter().filter(|lane| !lane.unbroken) {
            let broken = say::t("check-lane-broken");
            say::line(&say::two(
                "cli-access-record",
                say::plain(&lane.lane),
                broken,
            ));
        }
        for one in &check.witnesses {
            let line = say::s("check-witness-line", one.line);
            let since = match one.receipted {
                Some(at) => format!("{} {}", say::t("check-witness-since"), say::time(at)),
                None if one.cosigned => say::t("check-witness-cosigned"),
                None => say::t("check-witness-waits"),
            };
            let told = format!("{line}, {since}");
            say::line(&say::two(
                "cli-access-record",
                say::plain(&one.partner),
                told,
            ));
        }
    }
    match (whole, context.json) {
        (true, false) => say::line(&say::t("check-whole")),
        (true, true) => {}
        (false, true) => return Err(CliError::Said),
        (false, false) => return Err(CliError::Refused(say::t("check-broken"))),
    }
    Ok(())
}
