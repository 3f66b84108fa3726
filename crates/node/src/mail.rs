//! Mail, sent: SMTP over TLS to the one server that the configuration names, and the job that sends what is due. Nothing of a mail, no address
//! and no word of the server stands in a log: only the closed list of what went wrong.

use std::fs;
use std::time::{Duration, SystemTime};

use entente_app::{App, Mail, MailFailure, MailOutcome, Outgoing};
use entente_core::instant::Instant;
use entente_core::label::Lang;
use entente_web::mail::{MailText, Sender, text};
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{Address, Message, SmtpTransport, Transport as _};

use crate::config::Config;
use crate::config::mail::{MailConfig, Security};
use crate::metrics::Metrics;
use crate::node::{NodeError, file_error};
use crate::provider::secret;

/// Longest silence of the server: of a connection, of each read and of each write. A server that goes on sending a little may hold a conversation as
/// long as it likes, past the lease of `entente_app` too: whatever it says then counts no more, and the mail is tried again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most mails that are taken at a time: they are sent one after the other, within one lease if the server answers as servers do.
const AT_ONCE: u32 = 2;
/// Most times that further ones are taken in one go.
const ROUNDS: usize = 50;

/// A line to the mail server; it is called anew for every mail.
pub struct Mailer {
    transport: SmtpTransport,
    from: Address,
    node: String,
    url: Option<String>,
}

/// The line of a configuration, if it has one. The server is not called yet.
///
/// # Errors
/// [`NodeError`] if the file of the password or of the authorities cannot be used.
pub fn open(config: &Config) -> Result<Option<Mailer>, NodeError> {
    let Some(mail) = &config.mail else {
        return Ok(None);
    };
    let mut builder = SmtpTransport::builder_dangerous(&mail.server)
        .port(mail.port)
        .tls(tls(mail)?)
        .timeout(Some(PATIENCE));
    if let Some((user, file)) = &mail.credentials {
        builder = builder.credentials(Credentials::new(user.clone(), secret(file)?));
    }
    Ok(Some(Mailer {
        transport: builder.build(),
        from: mail.from.parse().map_err(|_| NodeError::MailFrom)?,
        node: config.node.to_string(),
        url: config.public_url.clone(),
    }))
}

/// STARTTLS is demanded, never taken if offered: whoever sits on the line could take the offer away.
fn tls(mail: &MailConfig) -> Result<Tls, NodeError> {
    if mail.security == Security::Plain {
        return Ok(Tls::None);
    }
    let path = &mail.authorities_file;
    let wrong = || NodeError::Authorities(path.clone());
    let pem = fs::read(path).map_err(file_error(path))?;
    let authorities = Certificate::from_pem(&pem).map_err(|_| wrong())?;
    let parameters = TlsParameters::builder(mail.server.clone())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(authorities)
        .build_rustls()
        .map_err(|_| wrong())?;
    Ok(match mail.security {
        Security::StartTls => Tls::Required(parameters),
        Security::Tls | Security::Plain => Tls::Wrapper(parameters),
    })
}

impl Mailer {
    /// Sends what was taken.
    #[must_use]
    pub fn send(&self, out: &Outgoing) -> MailOutcome {
        let from = Sender {
            node: &self.node,
            url: self.url.as_deref(),
        };
        let said = text(&out.mail, out.lang, from);
        self.hand_over(&out.to, &out.id, (out.made, out.lang), said)
    }

    /// Sends a mail that says nothing, to see whether the line works.
    #[must_use]
    pub fn test(&self, to: &str, id: &str, now: Instant) -> MailOutcome {
        let said = MailText {
            subject: format!("Entente {}: test", self.node),
            body: "Entente\n".to_owned(),
        };
        self.hand_over(to, id, (now, Lang::En), said)
    }

    /// Hands a mail to the server.
    pub fn hand_over(
        &self,
        to: &str,
        id: &str,
        (made, lang): (Instant, Lang),
        said: MailText,
    ) -> MailOutcome {
        let Some(message) = self.message(to, id, (made, lang), said) else {
            return MailOutcome::Failed(MailFailure::Refused);
        };
        match self.transport.send(&message) {
            Ok(_) => MailOutcome::Taken,
            Err(error) => MailOutcome::Failed(failure(&error)),
        }
    }

    /// The message; none if the address is none. Every header is of ours, of a checked address or encoded: none can begin another.
    fn message(
        &self,
        to: &str,
        id: &str,
        (made, lang): (Instant, Lang),
        said: MailText,
    ) -> Option<Message> {
        let to: Address = to.parse().ok()?;
        let since = Duration::from_millis(u64::try_from(made.0).ok()?);
        let mut message = Message::builder()
            .from(Mailbox::new(Some("Entente".to_owned()), self.from.clone()))
            .to(Mailbox::new(None, to))
            .date(SystemTime::UNIX_EPOCH + since)
            .message_id(Some(format!("<{id}@{}>", self.from.domain())))
            .subject(said.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(said.body)
            .ok()?;
        let mut add = |name: &'static str, value: String| {
            let name = HeaderName::new_from_ascii_str(name);
            message
                .headers_mut()
                .insert_raw(HeaderValue::new(name, value));
        };
        // No program answers a program (RFC 3834).
        add("Auto-Submitted", "auto-generated".to_owned());
        add("Content-Language", lang.to_string());
        if let Some(url) = &self.url {
            // The page where one signs in and stops it: no secret, so that whoever sees the mail can stop nothing.
            add("List-Unsubscribe", format!("<{url}/account/notices>"));
        }
        Some(message)
    }
}

/// What went wrong, without a word of the server's.
fn failure(error: &SmtpError) -> MailFailure {
    let status = error.status().map(u16::from);
    match status {
        Some(530 | 534 | 535 | 538) => MailFailure::Credentials,
        Some(500..) => MailFailure::Refused,
        Some(_) => MailFailure::Later,
        None if error.is_tls() || error.is_client() || distrusts(error) => MailFailure::Untrusted,
        None => MailFailure::Unreachable,
    }
}

/// Whether TLS broke off, somewhere below.
fn distrusts(error: &SmtpError) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(here) = source {
        let io = here.downcast_ref::<std::io::Error>();
        let inner = io.and_then(std::io::Error::get_ref);
        if inner.is_some_and(|inner| inner.is::<rustls::Error>()) || here.is::<rustls::Error>() {
            return true;
        }
        source = here.source();
    }
    false
}

/// Sends what is due. What fails waits for another try, and is no failure of the job.
///
/// # Errors
/// Storage, in words.
pub fn send_due(app: &App, mailer: &Mailer, metrics: &Metrics) -> Result<(), String> {
    for _ in 0..ROUNDS {
        let taken = app.take_mails(AT_ONCE).map_err(|error| error.to_string())?;
        if taken.is_empty() {
            break;
        }
        for out in taken {
            let outcome = mailer.send(&out);
            let settled = app.settle_mail(&out, outcome);
            settled.map_err(|error| error.to_string())?;
            told(&out, outcome, metrics);
        }
    }
    Ok(())
}

fn told(out: &Outgoing, outcome: MailOutcome, metrics: &Metrics) {
    let what = match out.mail {
        Mail::Digest(_) => "digest",
        Mail::Code(_) => "code",
    };
    match outcome {
        MailOutcome::Taken => metrics.mail("taken"),
        MailOutcome::Failed(why) => {
            metrics.mail(why.name());
            tracing::warn!(what, why = why.name(), "a mail was not sent");
        }
    }
}
