//! The command line: one file per command. Exit codes: 0 done, 1 refused or a check failed, 2 wrong usage, 3 the node's keys do not open.

mod access;
mod admission;
mod backup;
mod balance;
mod card;
mod chart;
mod charter;
mod commitments;
mod compare;
mod compromise;
mod courier;
mod court;
mod demo;
mod doctor;
mod draft;
mod duties;
mod evidence;
mod exhibits;
mod files;
mod import;
mod init;
mod key;
mod ledger;
mod lessons;
mod link;
mod made;
mod mail;
mod meetings;
mod migrate;
mod officer;
mod oversight;
mod pick;
mod plan;
mod policy;
mod programme;
mod proof;
mod recover;
mod register;
mod release;
mod render;
mod request;
mod reviews;
mod rights;
mod say;
mod statistics;
mod verify;
mod wrap;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use entente_app::AppError;
use entente_core::kind::ComposeError;
use entente_core::label::Lang;

use crate::config::{self, Config, ConfigError};
use crate::keys::sources::{CREDENTIAL, Sources};
use crate::memory;
use crate::node::{self, Node, NodeError};

/// Federated exchange between the services of states: nothing that one side asks of the other goes unanswered.
#[derive(Debug, Parser)]
#[command(name = "entente", version, about, arg_required_else_help = true)]
struct Args {
    /// Data directory of the node [default: ENTENTE_DATA, else ./entente-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print JSON, for programs
    #[arg(long, global = true)]
    json: bool,
    /// Language of results and errors: fr, ar or en [default: that of LC_ALL, LC_MESSAGES or LANG, else en]
    #[arg(long, global = true, value_parser = lang, value_name = "CODE")]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a node: data directory, keys, configuration, first administrator and officer
    Init(init::Init),
    /// Serve the node's pages and links until told to stop
    Serve {
        /// Stop when standard input ends: for a parent process
        #[arg(long, hide = true)]
        until_stdin_closes: bool,
    },
    /// Print the node's card and its fingerprint, for a partner
    Card,
    /// The node's signing key
    #[command(subcommand)]
    Key(key::Key),
    /// Partners
    #[command(subcommand)]
    Link(link::Link),
    /// A register that begins again, after a fork or without its key
    #[command(subcommand)]
    Register(register::Register),
    /// Officers
    #[command(subcommand)]
    Officer(officer::Officer),
    /// Access records, for inspectors
    #[command(subcommand)]
    Access(access::Access),
    /// Access asked for by a dossier's number
    Admission(admission::Admission),
    /// Access records sealed to an inspector's key, and that key
    #[command(subcommand)]
    Oversight(oversight::Oversight),
    /// Who may do what: policies, and why
    #[command(subcommand)]
    Policy(policy::Policy),
    /// The standing agreement of a link
    #[command(subcommand)]
    Charter(charter::Charter),
    /// Bundles in files that people carry, where there is no line
    #[command(subcommand)]
    Courier(courier::Courier),
    /// Import a declaration or a register of commitments
    #[command(subcommand)]
    Import(import::Import),
    /// Requests for information, from the ask to the feedback
    Request(request::Request),
    /// Write a note into a dossier or onto the standing desk
    Note(write::Note),
    /// Write an entry of any type, in a dossier or to open one
    Write(write::Write),
    /// Show what our node wrote in an earlier dossier to those of one that continues it
    Release(release::Release),
    /// What waits for a second signature: read it, approve it, give it back
    Draft(draft::Draft),
    /// Rights of persons: the letter that answers, who received what was wrong
    #[command(subcommand)]
    Rights(rights::Rights),
    /// The things of an investigation and the links between them
    Chart(chart::Chart),
    /// The exhibits of an investigation with their chain of custody
    Exhibits(exhibits::Exhibits),
    /// The action plan of an investigation: its tasks and joint action days
    Plan(plan::Plan),
    /// Commitments of declarations: how many stand where, each of them, the report to the next meeting
    #[command(subcommand)]
    Commitments(commitments::Commitments),
    /// Lessons: how far each has come, who owes the next step
    #[command(subcommand)]
    Lessons(lessons::Lessons),
    /// A programme: how its clauses stand, who signed, its cohorts in numbers
    Programme(programme::Programme),
    /// Meetings of a series: the agenda of the next, files for calendars and their answers
    #[command(subcommand)]
    Meetings(meetings::Meetings),
    /// What is planned, compared with the other states without telling them
    #[command(subcommand)]
    Compare(compare::Compare),
    /// An investigation before the courts: what may be produced, the bundle, verifying one
    #[command(subcommand)]
    Court(court::Court),
    /// Duties to inform: the magistrates' files, judicial review with its proofs, verifying one
    #[command(subcommand)]
    Duties(duties::Duties),
    /// Who owes whom what, by when
    Ledger(ledger::Ledger),
    /// Whose contents are due for review, and what is erased where nobody decides
    Reviews(reviews::Reviews),
    /// What was given and received with a partner, in figures
    Balance(balance::Balance),
    /// Published statistics of a month
    Statistics(statistics::Statistics),
    /// Export the proof of an entry
    Proof(proof::Proof),
    /// Verify an exported proof, offline and without a node
    Verify(verify::Verify),
    /// Packages of evidence (CASE/UCO): offline those in files, of a node those of a dossier
    #[command(subcommand)]
    Evidence(evidence::Evidence),
    /// Mail: try the server
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Check the node: registers, bodies, files, permissions, clock, disk
    Doctor,
    /// Copy the node to a new directory, keys apart
    Backup(backup::Backup),
    /// Make a data directory from a backup
    Restore(backup::Restore),
    /// Bring sealed files from a folder to where the configuration keeps them, or copy them out
    Files(files::Files),
    /// After a restore: what came back, what cannot, and opening without waiting for partners
    Recover(recover::Recover),
    /// Move the node from SQLite to PostgreSQL
    Migrate(migrate::Migrate),
    /// Read one page of a PDF from standard input: for a parent process, which bounds what a file may cost
    #[command(hide = true)]
    Render(render::Render),
    /// Two fictional nodes on this machine that play the main job
    Demo(demo::Demo),
}

/// What a command shares with the others.
pub struct Context {
    data: PathBuf,
    /// What `--data` said, if it was said.
    named_data: Option<PathBuf>,
    environment: std::collections::BTreeMap<String, String>,
    /// Print JSON.
    pub json: bool,
}

impl Context {
    /// The data directory named by flag or environment.
    #[must_use]
    pub fn data(&self) -> &std::path::Path {
        &self.data
    }

    /// The configuration of the data directory.
    ///
    /// # Errors
    /// [`CliError`].
    pub fn config(&self) -> Result<Config, CliError> {
        self.config_of(&self.data)
    }

    /// The configuration of a data directory, with all that may open its keys: what this process was given, and the terminal.
    ///
    /// # Errors
    /// [`CliError`].
    pub fn config_of(&self, data: &std::path::Path) -> Result<Config, CliError> {
        let mut config = Config::load(data, &self.environment)?;
        let given = config.keys.sources.descriptor;
        config.keys.sources = Sources::new(given, config::credentials().as_deref(), CREDENTIAL);
        Ok(config)
    }

    /// The node, opened beside a serving process if there is one.
    ///
    /// # Errors
    /// [`CliError`].
    pub fn open(&self) -> Result<Node, CliError> {
        Ok(node::open(self.config()?, "cli")?)
    }
}

/// Why a command ends with something else than 0.
#[derive(Debug)]
pub enum CliError {
    /// Refused, or a check failed: exit code 1, this sentence on standard error.
    Refused(String),
    /// The command was said wrongly: exit code 2.
    Usage(String),
    /// The node's keys do not open: exit code 3, so that a service manager does not try a passphrase or a PIN again and again.
    Keys(String),
    /// Refused; what is to be said was printed already.
    Said,
}

impl From<NodeError> for CliError {
    fn from(error: NodeError) -> Self {
        match error {
            NodeError::App(error) => error.into(),
            NodeError::Config(ConfigError::Absent(_)) => Self::Usage(error.to_string()),
            NodeError::Keys(error) => error.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        NodeError::from(error).into()
    }
}

impl From<AppError> for CliError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Fields(fields) => Self::Usage(say::fields(&fields)),
            AppError::Compose(ComposeError::Field(field)) => Self::Usage(say::fields(&[field])),
            other => Self::Refused(entente_web::explain(other, say::words())),
        }
    }
}

pub(crate) use wrap::asked_for_keys;

/// Prints the help of a subcommand.
pub(crate) fn help_of(name: &str) {
    let mut all = Args::command();
    // Only a built command knows what it inherits.
    all.build();
    if let Some(found) = all.find_subcommand_mut(name) {
        // A closed output is nobody's fault.
        let _closed = found.print_long_help();
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    // Before anything secret is in it.
    memory::guard();
    let args = Args::parse();
    say::speak(args.lang.or_else(config::locale).unwrap_or(Lang::En));
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(CliError::Said) => ExitCode::from(1),
        Err(CliError::Keys(sentence)) => {
            say::problem(&sentence);
            ExitCode::from(3)
        }
        Err(CliError::Refused(sentence)) => {
            say::problem(&sentence);
            ExitCode::from(1)
        }
        Err(CliError::Usage(sentence)) => {
            say::problem(&sentence);
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<(), CliError> {
    let environment = config::environment();
    let data = config::data_dir(args.data.as_deref(), &environment);
    let context = Context {
        data,
        named_data: args.data,
        environment,
        json: args.json,
    };
    match args.command {
        Command::Init(init) => init::run(&context, init),
        Command::Serve { until_stdin_closes } => {
            Ok(crate::serve::run(context.config()?, until_stdin_closes)?)
        }
        Command::Card => card::run(&context),
        Command::Key(key) => key::run(&context, &key),
        Command::Link(link) => link::run(&context, link),
        Command::Register(register) => register::run(&context, &register),
        Command::Officer(officer) => officer::run(&context, officer),
        Command::Access(access) => access::run(&context, &access),
        Command::Admission(admission) => admission::run(&context, &admission),
        Command::Oversight(oversight) => oversight::run(&context, &oversight),
        Command::Policy(policy) => policy::run(&context, &policy),
        Command::Charter(charter) => charter::run(&context, charter),
        Command::Courier(courier) => courier::run(&context, courier),
        Command::Import(import) => import::run(&context, import),
        Command::Request(request) => request::run(&context, request),
        Command::Note(note) => write::note(&context, note),
        Command::Write(write) => write::run(&context, &write),
        Command::Release(release) => release::run(&context, &release),
        Command::Draft(draft) => draft::run(&context, &draft),
        Command::Rights(rights) => rights::run(&context, &rights),
        Command::Chart(chart) => chart::run(&context, &chart),
        Command::Exhibits(wanted) => exhibits::run(&context, &wanted),
        Command::Plan(plan) => plan::run(&context, &plan),
        Command::Commitments(commitments) => commitments::run(&context, &commitments),
        Command::Lessons(lessons) => lessons::run(&context, &lessons),
        Command::Programme(programme) => programme::run(&context, &programme),
        Command::Meetings(meetings) => meetings::run(&context, &meetings),
        Command::Compare(compare) => compare::run(&context, &compare),
        Command::Court(court) => court::run(&context, &court),
        Command::Duties(duties) => duties::run(&context, &duties),
        Command::Ledger(ledger) => ledger::run(&context, &ledger),
        Command::Reviews(reviews) => reviews::run(&context, &reviews),
        Command::Balance(balance) => balance::run(&context, &balance),
        Command::Statistics(statistics) => statistics::run(&context, &statistics),
        Command::Proof(proof) => proof::run(&context, &proof),
        Command::Verify(verify) => verify::run(&context, &verify),
        Command::Evidence(evidence) => evidence::run(&context, &evidence),
        Command::Doctor => doctor::run(&context),
        Command::Mail(command) => mail::run(&context, &command),
        Command::Backup(backup) => backup::backup(&context, &backup),
        Command::Restore(restore) => backup::restore(&context, &restore),
        Command::Files(files) => files::run(&context, &files),
        Command::Recover(recover) => recover::run(&context, &recover),
        Command::Migrate(migrate) => migrate::run(&context, migrate),
        Command::Render(render) => render::run(&render),
        Command::Demo(demo) => demo::run(&context, demo),
    }
}

/// The help of every command, for documentation and a golden test.
#[must_use]
pub fn help() -> String {
    fn add(command: &mut clap::Command, out: &mut String) {
        out.push_str(&format!("{}\n", command.render_long_help()));
        let names: Vec<String> = command
            .get_subcommands()
            .filter(|c| !c.is_hide_set())
            .map(|c| c.get_name().to_owned())
            .collect();
        for name in names.iter().filter(|name| *name != "help") {
            if let Some(sub) = command.find_subcommand_mut(name) {
                out.push_str("────────\n");
                add(sub, out);
            }
        }
    }
    let mut command = Args::command().term_width(100).disable_version_flag(true);
    command.build();
    let mut out = String::new();
    add(&mut command, &mut out);
    out.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// A language code on the command line.
fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "one of fr, ar, en".to_owned())
}
