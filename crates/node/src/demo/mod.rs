//! `entente demo`: two fictional nodes on this machine, two real processes linked over TLS, playing the main job.
//!
//! Everything is done by the same verbs that a person uses: the JSON API of each node, signed in as one of its personas. Lateness is
//! computed: the shared demo clock starts in the past and jumps as the story plays. Nothing is seeded into a database.

mod alone;
mod api;
mod caviar;
mod check;
mod control;
mod desk;
mod duties;
mod governance;
mod inputs;
mod inquiry;
mod intelligence;
mod meetings;
mod operations;
mod scene;
mod story;
mod when;
mod words;
pub mod world;

use std::path::PathBuf;

pub use api::{Api, ApiError, Attachment, Recorded, Writing};
pub use control::Control;
pub use desk::{Pair, desk};

use crate::cli::CliError;
use crate::config::{self, LogFormat};
use world::World;

/// What to play, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// Check and end, instead of staying.
    pub check: bool,
    /// Where the two data directories are.
    pub dir: PathBuf,
    /// Go on with what is there.
    pub keep: bool,
    /// First of four ports; 0 takes free ones.
    pub port_base: u16,
    /// Folder of real inputs to run too.
    pub inputs: Option<PathBuf>,
}

/// Why the demonstration stopped.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A node refused, or did not answer.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// A node cannot be made or started.
    #[error(transparent)]
    Node(#[from] crate::node::NodeError),
    /// Something did not come about in time.
    #[error("waited in vain for {0}")]
    Waited(&'static str),
    /// The story met something that it does not expect.
    #[error("the story cannot go on: {0}")]
    Story(String),
}

/// Runs the demonstration.
///
/// # Errors
/// [`CliError::Said`] when a fact failed, [`CliError::Refused`] when it could not be played.
pub fn run(options: &Options) -> Result<(), CliError> {
    crate::log::start(LogFormat::Plain, "warn");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| CliError::Refused(error.to_string()))?;
    runtime
        .block_on(play(options))
        .map_err(|error| match error {
            End::Failed => CliError::Said,
            End::Broken(error) => CliError::Refused(error.to_string()),
        })
}

enum End {
    Failed,
    Broken(DemoError),
}

impl<E: Into<DemoError>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

async fn play(options: &Options) -> Result<(), End> {
    let fresh = !options.keep || !options.dir.join("ma").join(config::FILE).exists();
    let world = if fresh {
        World::create(&options.dir, options.port_base)?
    } else {
        World::open(&options.dir)?
    };
    let mut nodes = world.start().await?;
    if !options.check {
        say(&format!("ma  {}\nfr  {}", nodes.ma.url, nodes.fr.url));
    }
    let tale = if fresh {
        Some(
            story::play(&mut nodes, &|act| {
                if !options.check {
                    say(act)
                }
            })
            .await?,
        )
    } else {
        None
    };
    if options.check {
        let mut facts = check::Facts::default();
        check::story(&mut nodes, &world, tale.as_ref(), &mut facts).await?;
        if let Some(inputs) = &options.inputs {
            inputs::check(&mut nodes, inputs, &mut facts).await?;
            check::agreement(&mut nodes, &mut facts).await?;
        }
        facts.add("both nodes stopped in order", nodes.stop());
        return if facts.all_hold() {
            Ok(())
        } else {
            Err(End::Failed)
        };
    }
    say(&format!(
        "\nOpen {}: its first page is a tour in six steps, which sign in whom they need. Any of the personas signs in with one \
         click at /sign-in; a browser stays signed in to both.\n\
         All of it is fictional and endorsed by no government. Ctrl-C ends both nodes; --keep goes on with them later.",
        nodes.ma.url
    ));
    let interrupted = tokio::signal::ctrl_c().await;
    nodes.stop();
    interrupted.map_err(|_| End::Failed)
}

fn say(text: &str) {
    use std::io::Write as _;
    let mut stdout = std::io::stdout().lock();
    // Whoever closed the pipe has seen enough; the nodes stay.
    let _closed = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
}
