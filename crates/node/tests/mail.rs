//! Mail over a real SMTP server (Debian's aiosmtpd, `scripts/need.sh mail`): TLS or nothing, every answer by its kind, nothing lost and nothing
//! twice when the server dies in the middle.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::BTreeMap;
use std::fs;

use entente_app::{By, Mail, MailFailure, MailOutcome, NoticeSettings};
use entente_core::codes::Class;
use entente_core::instant::Instant;
use entente_node::config::Config;
use entente_node::mail::{Mailer, open, send_due};
use entente_node::metrics::Metrics;
use entente_testkit::desk::{PASSWORD, again};
use entente_testkit::pair::{Side, TestPair};

use super::smtp::{PYTHON, Smtp, code_in, write_secret};

fn mailer(server: &Smtp, security: &str, authority: &str) -> Mailer {
    let table = server.table(security, authority);
    let text = format!("node = \"ma\"\n[http]\npublic_url = \"https://node.example\"\n{table}");
    let config = Config::parse(&text, &server.path(), &BTreeMap::new()).unwrap();
    open(&config).unwrap().unwrap()
}

fn try_it(server: &Smtp, security: &str, authority: &str) -> MailOutcome {
    let mailer = mailer(server, security, authority);
    let at = Instant(1_764_000_000_000);
    mailer.test("liaison@mail.example", "0badcafe", at)
}

/// What the server does wrong from now on.
fn fault(server: &Smtp, what: &str) {
    fs::write(server.path().join("fault"), what).unwrap();
}

fn failed(why: MailFailure) -> MailOutcome {
    MailOutcome::Failed(why)
}

/// Take out: a kind of line in `tls`, or the password.
#[test]
fn mail_goes_by_tls_by_starttls_and_in_clear_to_this_machine() {
    for mode in ["tls", "starttls", "plain"] {
        let Some(server) = Smtp::start(mode) else {
            return;
        };
        assert_eq!(
            try_it(&server, mode, "ca.pem"),
            MailOutcome::Taken,
            "{mode}"
        );
        let mail = server.taken().remove(0);
        for line in [
            "X-To: liaison@mail.example",
            "From: Entente <entente@node.example>",
            "To: liaison@mail.example",
            "Subject: Entente ma: test",
            "Message-ID: <0badcafe@node.example>",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <https://node.example/account/notices>",
            "Content-Type: text/plain; charset=utf-8",
            "Date: Mon, 24 Nov 2025 16:00:00 +0000",
        ] {
            assert!(
                mail.lines().any(|l| l == line),
                "{mode}: no {line} in {mail}"
            );
        }
    }
}

/// Take out: `Tls::Required`, the authorities, or the password.
#[test]
fn nothing_is_handed_to_whom_one_does_not_know() {
    let Some(mut server) = Smtp::start("plain") else {
        return;
    };
    // It offers no STARTTLS: whoever took the offer away gets nothing.
    assert_eq!(
        try_it(&server, "starttls", "ca.pem"),
        failed(MailFailure::Untrusted)
    );
    server.end();
    server.mode = "tls";
    server.begin();
    assert_eq!(
        try_it(&server, "tls", "other-ca.pem"),
        failed(MailFailure::Untrusted)
    );
    write_secret(&server.path(), "another one");
    assert_eq!(
        try_it(&server, "tls", "ca.pem"),
        failed(MailFailure::Credentials)
    );
    server.end();
    assert_eq!(
        try_it(&server, "tls", "ca.pem"),
        failed(MailFailure::Unreachable)
    );
    assert_eq!(server.taken(), Vec::<String>::new());
}

/// Take out: an arm of `failure`.
#[test]
fn every_answer_is_told_by_its_kind() {
    let Some(server) = Smtp::start("tls") else {
        return;
    };
    for (wrong, why) in [
        ("later", MailFailure::Later),
        ("refuse", MailFailure::Refused),
    ] {
        fault(&server, wrong);
        assert_eq!(try_it(&server, "tls", "ca.pem"), failed(why));
    }
    fault(&server, "");
    assert_eq!(try_it(&server, "tls", "ca.pem"), MailOutcome::Taken);
    let mailer = mailer(&server, "tls", "ca.pem");
    let hostile = "a@b\r\nBcc: victim@mail.example";
    assert_eq!(
        mailer.test(hostile, "1", Instant(0)),
        failed(MailFailure::Refused)
    );
    assert_eq!(server.taken().len(), 1, "no header was made of an address");
}

/// A pair whose `ma` has an officer who is told by this server; the code is read from the mail.
fn told(server: &Smtp, mailer: &Mailer) -> TestPair {
    let mut pair = TestPair::linked(921);
    pair.nodes[0].set_notices(NoticeSettings {
        mail: Some(Class::Restricted),
        ..NoticeSettings::default()
    });
    pair.restart(Side::Ma);
    pair.settle();
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    let link = app.invite_again(By::Machine, &actor.id).unwrap();
    app.accept_invitation(&link, PASSWORD, "").unwrap();
    app.ask_mail_address(&actor, &again("", PASSWORD, ""), "liaison@mail.example")
        .unwrap();
    send(&pair, mailer);
    let mail = server.taken().pop().unwrap();
    app.confirm_mail_address(&actor, &code_in(&mail)).unwrap();
    pair
}

fn send(pair: &TestPair, mailer: &Mailer) {
    send_due(&pair.ma().app, mailer, &Metrics::default()).unwrap();
}

/// Take out: settling after the answer, or the mail kept until then.
#[test]
fn a_server_that_dies_midway_loses_nothing_and_gets_nothing_twice() {
    let Some(mut server) = Smtp::start("starttls") else {
        return;
    };
    let mailer = mailer(&server, "starttls", "ca.pem");
    let mut pair = told(&server, &mailer);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let actor = pair.ma().officer("liaison").unwrap();
    let at = pair.ma().app.notices(&actor).unwrap().next.unwrap();
    let now = pair.ma().app.now();
    pair.time.advance((at - now).0 + 1_000);
    fault(&server, "die");
    send(&pair, &mailer);
    assert_eq!(server.taken().len(), 1, "only the code");
    server.end();
    let failed = pair.ma().app.notices(&actor).unwrap().failed.unwrap();
    assert_eq!(failed.1, MailFailure::Unreachable);
    fault(&server, "");
    server.begin();
    pair.time.advance(2 * 60_000);
    // Our process dies too, before it tries again.
    pair.restart(Side::Ma);
    send(&pair, &mailer);
    send(&pair, &mailer);
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    let digest = &taken[1];
    assert!(digest.contains("Subject: Entente "), "{digest}");
    // As far as quoted-printable leaves words whole.
    for word in ["hicule", "utilitaire", "lou="] {
        assert!(!digest.contains(word), "{digest}");
    }
    pair.time.advance(3_600_000);
    send(&pair, &mailer);
    assert_eq!(server.taken().len(), 2, "once");
}

/// Take out: a translation, or the direction of the text.
#[test]
fn every_language_arrives_as_it_was_written() {
    let Some(server) = Smtp::start("tls") else {
        return;
    };
    let mailer = mailer(&server, "tls", "ca.pem");
    let from = entente_web::mail::Sender {
        node: "ma",
        url: Some("https://node.example"),
    };
    let code = Mail::Code("ABCDEFGH".to_owned());
    for lang in entente_core::label::Lang::ALL {
        let said = entente_web::mail::text(&code, lang, from);
        let sent = mailer.hand_over(
            "liaison@mail.example",
            "7",
            (Instant(0), lang),
            said.clone(),
        );
        assert_eq!(sent, MailOutcome::Taken);
        let mail = server.taken().pop().unwrap();
        let read = std::process::Command::new(PYTHON)
            .args(["-c", "import sys, email, email.policy\nm = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\nsys.stdout.buffer.write((m['subject'] + '\\n' + m['content-language'] + '\\n' + m.get_content()).encode())"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn();
        let mut read = read.unwrap();
        std::io::Write::write_all(&mut read.stdin.take().unwrap(), mail.as_bytes()).unwrap();
        let out = String::from_utf8(read.wait_with_output().unwrap().stdout).unwrap();
        let wanted = format!("{}\n{lang}\n{}", said.subject, said.body);
        assert_eq!(out.replace("\r\n", "\n").trim_end(), wanted.trim_end());
    }
}
