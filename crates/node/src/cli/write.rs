//! `entente write TYPE ...`: an entry of any type. Its flags are made from the definition that also makes the form, so that the
//! command line never lags behind the pages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Args};
use entente_app::{Actor, App, NewFile, Recording, Submitted};
use entente_core::field::{Bind, Field, FieldType, MAX_FILE, Value, Values};
use entente_core::ids::{EntryId, NodeName};
use entente_core::instant::{Instant, Span};
use entente_core::kind::{Effect, EntryType};
use entente_core::kinds;
use entente_core::kinds::common::NOTE;
use entente_core::label::Lang;
use serde_json::json;

use super::link::{unreadable, warn_of_stopped};
use super::{CliError, Context, lang, pick, say};

/// `entente write`. Its help is that of the type, where one is named.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub struct Write {
    /// Type of the entry, such as request.open or investigation.contribute; --help after it shows its fields
    #[arg(value_name = "TYPE", allow_hyphen_values = true)]
    entry_type: String,
    /// Where it goes, who writes it, and its fields
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "FLAGS"
    )]
    rest: Vec<String>,
}

/// `entente note`.
#[derive(Debug, Args)]
pub struct Note {
    /// The text
    text: String,
    /// Dossier; left out, the standing desk with the partner
    #[arg(long)]
    dossier: Option<String>,
    /// Partner, for the standing desk
    #[arg(long)]
    partner: Option<NodeName>,
    /// Officer who writes
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    /// Language of the text [default: the officer's]
    #[arg(long, value_parser = lang)]
    language: Option<Lang>,
    /// I need an answer
    #[arg(long)]
    needs_answer: bool,
    /// File to attach; may be repeated
    #[arg(long = "file")]
    files: Vec<PathBuf>,
}

/// The definition of an entry type, whatever kind takes it.
pub fn definition(name: &str) -> Option<&'static EntryType> {
    let found = kinds::entry(name);
    found.filter(|entry| !entry.is_written_beside())
}

/// Runs `entente write`.
pub fn run(context: &Context, write: &Write) -> Result<(), CliError> {
    if matches!(write.entry_type.as_str(), "--help" | "-h" | "help") {
        super::help_of("write");
        return Ok(());
    }
    run_type(
        context,
        &write.entry_type,
        &format!("entente write {}", write.entry_type),
        &write.rest,
    )
}

/// Reads the flags of a type and records the entry.
pub fn run_type(
    context: &Context,
    name: &str,
    said_as: &str,
    rest: &[String],
) -> Result<(), CliError> {
    let Some(entry_type) = definition(name) else {
        let mut names: Vec<&str> = kinds::ALL
            .iter()
            .flat_map(|kind| kind.entries)
            .filter(|entry| !entry.is_written_beside())
            .map(|entry| entry.name)
            .collect();
        names.sort_unstable();
        names.dedup();
        return Err(CliError::Usage(say::two(
            "cli-no-type",
            name,
            names.join(", "),
        )));
    };
    let words = std::iter::once(said_as.to_owned()).chain(rest.iter().cloned());
    match command(entry_type, said_as).try_get_matches_from(words) {
        Ok(matches) => record(context, entry_type, &matches),
        Err(error) => {
            // Help is no error: both print as clap wants, with its exit code.
            let code = error.exit_code();
            let _closed = error.print();
            if code == 0 {
                Ok(())
            } else {
                Err(CliError::Usage(say::s("cli-see-help", said_as)))
            }
        }
    }
}

/// The flags of an entry type, made from its definition.
#[must_use]
pub fn command(entry_type: &'static EntryType, said_as: &str) -> clap::Command {
    let mut command = clap::Command::new(said_as.to_owned())
        .no_binary_name(false)
        .about(say::words().label(entry_type.label))
        .arg(
            Arg::new("as")
                .long("as")
                .value_name("OFFICER")
                .help("Officer who writes"),
        )
        .arg(
            Arg::new("dossier")
                .long("dossier")
                .value_name("NUMBER")
                .help("Dossier, by number or identifier"),
        )
        .arg(
            Arg::new("partner")
                .long("partner")
                .value_name("NODE")
                .help("Partner, to open a dossier with"),
        )
        .arg(
            Arg::new("on")
                .long("on")
                .value_name("NUMBER")
                .help("Obligation acted on, by number or identifier"),
        )
        .arg(
            Arg::new("language")
                .long("language")
                .value_name("CODE")
                .value_parser(["fr", "ar", "en"])
                .help("Language of the free text"),
        )
        .arg(
            Arg::new("field")
                .long("field")
                .value_name("NAME=VALUE")
                .action(ArgAction::Append)
                .help("A field by name, as in the API"),
        )
        .arg(
            Arg::new("own-only")
                .long("own-only")
                .action(ArgAction::SetTrue)
                .help("For our own node only: never sent"),
        )
        .arg(
            Arg::new("alone")
                .long("alone")
                .value_name("WHY")
                .help("Life in danger or an urgent clock: leaves by one signature where two are needed; why, in one line"),
        )
        .args(said_before())
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Print JSON, for programs"),
        );
    if let Some(weight) = weight(entry_type) {
        command = command.arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help(weight.help()),
        );
    }
    if entry_type.files {
        command = command.arg(
            Arg::new("file")
                .long("file")
                .value_name("PATH")
                .action(ArgAction::Append)
                .help("File to attach"),
        );
    }
    for field in entry_type
        .fields
        .iter()
        .filter(|f| !matches!(f.holds, FieldType::Document(_)))
    {
        command = command.arg(flag_of(field));
    }
    command
}

/// What a command does not do unasked.
#[derive(Clone, Copy)]
enum Weight {
    /// Bind two states.
    Binds,
    /// Destroy.
    Destroys,
}

impl Weight {
    fn help(self) -> &'static str {
        match self {
            Self::Binds => "Do it: the terms bind our state",
            Self::Destroys => "Destroy it: it cannot be brought back",
        }
    }

    /// What is said where nobody confirmed it.
    fn unsaid(self) -> String {
        match self {
            Self::Binds => say::t("cli-binds-sure"),
            Self::Destroys => say::t("cli-erase-sure"),
        }
    }
}

fn weight(entry_type: &EntryType) -> Option<Weight> {
    entry_type.effects.iter().find_map(|effect| match effect {
        Effect::Sign | Effect::Enact => Some(Weight::Binds),
        Effect::Erase | Effect::Expired => Some(Weight::Destroys),
        _ => None,
    })
}

/// The flag of a field.
fn flag_of(field: &'static Field) -> Arg {
    let needed = if field.required {
        format!(" ({})", say::t("form-required"))
    } else {
        String::new()
    };
    let arg = Arg::new(format!("field-{}", field.name))
        .long(field.name.replace('_', "-"))
        .help(format!("{}{needed}", say::words().label(field.label)));
    match field.holds {
        FieldType::Flag => arg.action(ArgAction::SetTrue),
        FieldType::Services | FieldType::Entries => arg.action(ArgAction::Append).value_name("ID"),
        FieldType::Code(choices) => arg
            .value_name("CODE")
            .value_parser(choices().iter().map(|(code, _)| *code).collect::<Vec<_>>()),
        FieldType::Codes(choices) => arg
            .action(ArgAction::Append)
            .value_name("CODE")
            .value_parser(choices().iter().map(|(code, _)| *code).collect::<Vec<_>>()),
        // Several joined by `+` are taken too: the field says what it cannot read.
        FieldType::CodeSet(_) => arg.action(ArgAction::Append).value_name("CODE"),
        FieldType::Date => arg.value_name("YYYY-MM-DD"),
        FieldType::PartialDate => arg.value_name("YYYY[-MM[-DD]]"),
        // The Z says that it is in UTC.
        FieldType::Moment => arg.value_name("YYYY-MM-DDTHH:MMZ"),
        // Steps of a day begin with a time such as -01:00.
        FieldType::Steps => arg.value_name("TEXT").allow_hyphen_values(true),
        _ => arg.value_name("TEXT"),
    }
}

/// What is said before the command everywhere, and taken here too.
fn said_before() -> [Arg; 2] {
    let hidden = |name: &'static str| Arg::new(name).long(name).hide(true);
    [
        hidden("data").value_name("DIR"),
        hidden("lang").value_name("CODE"),
    ]
}

fn raw_fields(
    entry_type: &EntryType,
    matches: &ArgMatches,
) -> Result<BTreeMap<String, Vec<String>>, CliError> {
    let mut raw: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in matches.get_many::<String>("field").into_iter().flatten() {
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| CliError::Usage(say::t("cli-field-form")))?;
        if !entry_type.fields.iter().any(|f| f.name == name) {
            return Err(CliError::Usage(say::two(
                "cli-no-field",
                entry_type.name,
                name,
            )));
        }
        raw.entry(name.to_owned())
            .or_default()
            .push(value.to_owned());
    }
    for field in entry_type
        .fields
        .iter()
        .filter(|f| !matches!(f.holds, FieldType::Document(_)))
    {
        let id = format!("field-{}", field.name);
        if matches!(field.holds, FieldType::Flag) {
            if matches.get_flag(&id) {
                raw.insert(field.name.to_owned(), vec!["on".to_owned()]);
            }
        } else if let Some(values) = matches.get_many::<String>(&id) {
            raw.entry(field.name.to_owned())
                .or_default()
                .extend(values.cloned());
        }
    }
    Ok(raw)
}

/// The files to attach.
fn files_of(
    app: &App,
    entry_type: &EntryType,
    matches: &ArgMatches,
) -> Result<Vec<NewFile>, CliError> {
    if !entry_type.files {
        return Ok(Vec::new());
    }
    let paths = matches.get_many::<String>("file").into_iter().flatten();
    paths.map(|path| attach(app, Path::new(path))).collect()
}

fn record(
    context: &Context,
    entry_type: &'static EntryType,
    matches: &ArgMatches,
) -> Result<(), CliError> {
    let text = |id: &str| matches.get_one::<String>(id);
    let node = match text("data") {
        Some(data) => crate::node::open(context.config_of(Path::new(data))?, "cli")?,
        None => context.open()?,
    };
    if let Some(weight) = weight(entry_type).filter(|_| !matches.get_flag("yes")) {
        return Err(CliError::Usage(weight.unsaid()));
    }
    let actor = pick::actor(&node.app, text("as").map(String::as_str))?;
    let language = text("language")
        .and_then(|code| Lang::parse(code))
        .unwrap_or(actor.lang);
    let mut raw = raw_fields(entry_type, matches)?;
    // What people type is its number.
    let continues = |f: &&Field| f.bind == Bind::Continues;
    for field in entry_type.fields.iter().filter(continues) {
        for text in raw.get_mut(field.name).into_iter().flatten() {
            *text = pick::dossier(&node.app, &actor, text)?.to_string();
        }
    }
    let values = Values::parse(entry_type.fields, &raw, Some(language))
        .map_err(|e| CliError::Usage(say::fields(&e)))?;
    let target = text("on")
        .map(|number| pick::obligation(&node.app, &actor, number))
        .transpose()?;
    let dossier = match (text("dossier"), target) {
        (Some(number), _) => Some(pick::dossier(&node.app, &actor, number)?),
        (None, Some(obligation)) => Some(node.app.obligation(&actor, obligation)?.dossier),
        (None, None) => None,
    };
    let opens = entry_type.opens();
    if !opens && dossier.is_none() {
        return Err(CliError::Usage(say::t("cli-where")));
    }
    let named = text("partner")
        .map(|name| name.parse::<NodeName>())
        .transpose()
        .map_err(|error| CliError::Usage(error.to_string()))?;
    let partner = if opens {
        Some(pick::partner(&node.app, named.as_ref())?)
    } else {
        // Of several states that take part, the one that is asked.
        named
    };
    let own_only = matches.get_flag("own-only");
    let files = files_of(&node.app, entry_type, matches)?;
    let recording = Recording {
        dossier,
        partner,
        entry_type: entry_type.name.to_owned(),
        values,
        target,
        files,
        own_only,
        ..Recording::default()
    };
    let submitted = node
        .app
        .submit(&actor, recording, text("alone").map(String::as_str))?;
    let submitted = say::unsigned(submitted)?;
    let Submitted::Recorded(recorded) = submitted else {
        match context.json || matches.get_flag("json") {
            true => say::json(&say::submitted_json(&submitted)),
            false => say::submitted(say::words().label(entry_type.label), submitted),
        }
        return Ok(());
    };
    if !own_only {
        warn_of_stopped(&node.app, recorded.dossier)?;
    }
    let number = match opens {
        true => Some(node.app.dossier_number(&actor, recorded.dossier)?),
        false => None,
    };
    let left = left_by(&node.app, &actor, (entry_type, recorded.entry))?;
    if context.json || matches.get_flag("json") {
        say::json(
            &json!({"dossier": recorded.dossier.to_string(), "number": number, "entry": recorded.entry.to_string(), "left_standing": left.map(say::time)}),
        );
        return Ok(());
    }
    let what = say::words().label(entry_type.label);
    say::line(&say::two("cli-recorded", what, recorded.entry));
    say_beside(number, left);
    Ok(())
}

/// The number of what was opened; the day of the review that stays, since an earlier one was named.
fn say_beside(number: Option<String>, left: Option<Instant>) {
    if let Some(number) = number {
        say::line(&say::s("cli-opened", number));
    }
    if let Some(end) = left {
        let day = say::day(end - Span(1));
        say::line(&format!("{} {day}", say::t("act-leaves-review")));
    }
}

/// The day of the review that an entry leaves as it stood, of one that may move it.
fn left_by(
    app: &App,
    actor: &Actor,
    (entry_type, entry): (&EntryType, EntryId),
) -> Result<Option<Instant>, CliError> {
    let prolongs = |effect: &Effect| matches!(effect, Effect::Keep);
    Ok(match entry_type.effects.iter().any(prolongs) {
        true => app.leaves_standing(actor, entry)?,
        false => None,
    })
}

/// A file to attach, from its path: sealed chunk by chunk as it is read.
pub fn attach(app: &App, path: &Path) -> Result<NewFile, CliError> {
    let unreadable = |error: std::io::Error| unreadable(path, &error);
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > MAX_FILE {
        return Err(CliError::Refused(say::two(
            "cli-too-large",
            path.display(),
            MAX_FILE,
        )));
    }
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(app.take_file(&name, media_of(&name), &mut file)?)
}

/// The media type that a file name suggests.
#[must_use]
pub fn media_of(name: &str) -> &'static str {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    match ending.as_str() {
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "txt" | "log" => "text/plain",
        "md" => "text/markdown",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "ics" => "text/calendar",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

/// Runs `entente note`.
pub fn note(context: &Context, note: Note) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, note.officer.as_deref())?;
    let dossier = match &note.dossier {
        Some(number) => pick::dossier(&node.app, &actor, number)?,
        None => {
            let partner = pick::partner(&node.app, note.partner.as_ref())?;
            let desk = node.app.partner(&actor, &partner)?.desk;
            desk.ok_or_else(|| CliError::Refused(say::t("cli-no-desk")))?
        }
    };
    let mut values = Values {
        lang: Some(note.language.unwrap_or(actor.lang)),
        ..Values::default()
    };
    values.values.insert("text".into(), Value::Text(note.text));
    if note.needs_answer {
        values
            .values
            .insert("needs_answer".into(), Value::Flag(true));
    }
    let files = note
        .files
        .iter()
        .map(|path| attach(&node.app, path))
        .collect::<Result<_, _>>()?;
    let recording = Recording {
        dossier: Some(dossier),
        entry_type: "note".into(),
        values,
        files,
        ..Recording::default()
    };
    let submitted = node.app.submit(&actor, recording, None)?;
    warn_of_stopped(&node.app, dossier)?;
    match context.json {
        true => say::json(&say::submitted_json(&submitted)),
        false => say::submitted(say::words().label(NOTE.label), submitted),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field of every definition is a flag of its own; clap panics on two flags of one name.
    #[test]
    fn every_definition_makes_a_command() {
        for kind in kinds::ALL {
            for entry_type in kind.entries {
                command(entry_type, "entente write").debug_assert();
            }
        }
    }

    #[test]
    fn every_sample_is_sayable() {
        for kind in kinds::ALL {
            for (name, sample) in kind.samples {
                let entry_type = definition(name).unwrap();
                let mut words = vec!["entente write".to_owned()];
                for (field, value) in *sample {
                    let holds = entry_type
                        .fields
                        .iter()
                        .find(|f| f.name == *field)
                        .unwrap()
                        .holds;
                    match holds {
                        FieldType::Document(_) => continue,
                        FieldType::Flag => words.push(format!("--{}", field.replace('_', "-"))),
                        // Several are said one by one.
                        FieldType::Codes(_) => words.extend(value.split(", ").flat_map(|code| {
                            [format!("--{}", field.replace('_', "-")), code.to_owned()]
                        })),
                        _ => words.extend([
                            format!("--{}", field.replace('_', "-")),
                            (*value).to_owned(),
                        ]),
                    }
                }
                let matches = command(entry_type, "entente write")
                    .try_get_matches_from(words)
                    .unwrap();
                let raw = raw_fields(entry_type, &matches).unwrap();
                let documents = sample.iter().filter(|(f, _)| {
                    entry_type
                        .fields
                        .iter()
                        .any(|d| d.name == *f && matches!(d.holds, FieldType::Document(_)))
                });
                assert_eq!(raw.len() + documents.count(), sample.len(), "{name}");
            }
        }
    }

    #[test]
    fn media_types_come_from_the_ending() {
        assert_eq!(media_of("case.JSON"), "application/json");
        assert_eq!(media_of("noending"), "application/octet-stream");
    }
}
