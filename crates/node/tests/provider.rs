//! The OpenID provider over real HTTP and TLS: a real one that signs somebody in, and servers that do what none should.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use entente_app::{Brought, By, Came, Errand, InputFault, NewOfficer, PeopleFault};
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_node::config::{Config, FILE, NewFile, StoreConfig};
use entente_node::node::{self, Node, NodeError};
use entente_testkit::provider::pairs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tempfile::TempDir;

use crate::glewlwyd;

const URL: &str = "http://localhost:8499";

/// A node with these lines in its configuration.
fn configured(data: &Path, lines: &str) -> Result<Node, NodeError> {
    if !data.join(FILE).exists() {
        let file = NewFile {
            node: "ma".parse().unwrap(),
            title: "Nœud ma (fictif)".to_owned(),
            language: Lang::Fr,
            clocks: Vec::new(),
            http: ([127, 0, 0, 1], 8499).into(),
            link: ([127, 0, 0, 1], 8498).into(),
            demo: None,
            store: StoreConfig::Embedded,
        };
        drop(node::create(data, &file).unwrap());
    }
    let config = data.join(FILE);
    let text = std::fs::read_to_string(&config).unwrap();
    let text = text.split("\n[oidc]").next().unwrap().to_owned();
    let text = match text.contains("public_url") {
        true => text,
        false => text.replace("[http]\n", &format!("[http]\npublic_url = \"{URL}\"\n")),
    };
    std::fs::write(&config, format!("{text}{lines}")).unwrap();
    node::open(Config::load(data, &BTreeMap::new())?, "test")
}

fn is(done: entente_app::Result<()>, wanted: PeopleFault, what: &str) {
    match done {
        Err(entente_app::AppError::Input(InputFault::People(fault))) if fault == wanted => {}
        other => panic!("{what}: {other:?}"),
    }
}

/// A browser without pages signs in there; the way there answers at once, since its person agreed before.
async fn visit(provider: &glewlwyd::Glewlwyd, address: &str) -> String {
    let client = provider.client();
    let (name, password) = glewlwyd::PERSON;
    provider.enter(&client, name, password).await;
    let answer = client
        .get(format!("{address}&g_continue"))
        .send()
        .await
        .unwrap();
    let location = answer.headers().get(reqwest::header::LOCATION).unwrap();
    location.to_str().unwrap().to_owned()
}

/// Through Debian's glewlwyd: invited, taken up at the provider, signed in there again, and out when it is gone.
#[test]
fn a_real_provider_signs_somebody_in() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(mut provider) = runtime.block_on(glewlwyd::Glewlwyd::start(URL)) else {
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let data = data.path().join("ma");
    std::fs::create_dir(&data).unwrap();
    let node = configured(&data, "").unwrap();
    drop(node);
    let node = configured(&data, &provider.configuration(&data)).unwrap();
    node.app.look_at_provider().unwrap();
    let officer = NewOfficer {
        id: "agent".into(),
        name: "Personne inventée".into(),
        services: vec!["ma/liaison".parse().unwrap()],
        roles: vec![Role::Liaison],
        password: None,
        lang: Lang::Fr,
    };
    let link = node.app.invite_officer(By::Machine, &officer).unwrap();
    let comes = |errand: Errand<'_>, session: &str| {
        let going = node.app.begin_provider(errand, "/ledger").unwrap();
        let back = runtime.block_on(visit(&provider, &going.address));
        assert!(
            back.starts_with(&format!("{URL}/sign-in/provider/back?")),
            "{back}"
        );
        let query = pairs(back.split_once('?').unwrap().1);
        let brought = Brought {
            kept: &going.kept,
            state: &query["state"],
            code: query.get("code").map_or("", String::as_str),
            issuer: query.get("iss").map(String::as_str),
            error: query.contains_key("error"),
        };
        assert!(brought.issuer.is_some(), "RFC 9207");
        let came = node.app.finish_provider(&brought, session, "");
        // The code was good once.
        let again = node.app.finish_provider(&brought, session, "").map(drop);
        (came, again)
    };
    let (came, _) = comes(Errand::Invitation(&link), "");
    assert!(matches!(came, Ok(Came::SignedIn(..))), "{came:?}");
    let (came, again) = comes(Errand::SignIn, "");
    is(again, PeopleFault::ProviderWrong, "a code brought twice");
    let Ok(Came::SignedIn(signed, next)) = came else {
        panic!("{came:?}");
    };
    assert_eq!(next, "/ledger");
    let session = node.app.signed_in(&signed.token, "").unwrap();
    assert_eq!(session.actor.id, "agent");
    let farewell = node.app.provider_farewell(&signed.token).unwrap().unwrap();
    assert!(farewell.contains("end_session") && farewell.contains("id_token_hint="));
    // This provider says that people entered in 1970: its word does not stand in for a password.
    let (came, _) = comes(Errand::Prove(&session.actor, &signed.token), &signed.token);
    is(
        came.map(drop),
        PeopleFault::ProviderWrong,
        "when one entered",
    );
    provider.end();
    is(
        node.app.look_at_provider(),
        PeopleFault::ProviderSilent,
        "it is gone",
    );
}

/// What the provider's certificate must come from is the file's alone.
fn lines(issuer: &str, data: &Path, authority: &Path) -> String {
    std::fs::write(data.join("oidc.secret"), "fictional-secret\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(data.join("oidc.secret"), mode).unwrap();
    format!(
        "\n[oidc]\nissuer = \"{issuer}\"\nclient_id = \"entente\"\nsecret_file = \"oidc.secret\"\nauthorities_file = \"{}\"\nname = \"Annuaire\"\n",
        authority.display()
    )
}

/// A TLS server that does, by the path, what a provider must not.
struct Hostile {
    address: String,
    folder: TempDir,
    /// Bytes that were taken of an answer without end.
    taken: Arc<AtomicUsize>,
    /// Connections to the machine inside, where an answer leads.
    inside: Arc<AtomicUsize>,
}

impl Hostile {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        glewlwyd::certify(folder.path());
        let certificate = CertificateDer::from_pem_file(folder.path().join("server.crt")).unwrap();
        let key = PrivateKeyDer::from_pem_file(folder.path().join("server.key")).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let within = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!(
            "https://127.0.0.1:{}",
            listener.local_addr().unwrap().port()
        );
        let lead = format!("https://127.0.0.1:{}/", within.local_addr().unwrap().port());
        let (taken, inside) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counted = inside.clone();
        std::thread::spawn(move || {
            for _led in within.incoming() {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        let (config, sent, own) = (Arc::new(config), taken.clone(), address.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let stream = StreamOwned::new(connection, stream);
                let (lead, own, sent) = (lead.clone(), own.clone(), sent.clone());
                std::thread::spawn(move || answer(stream, &own, &lead, &sent));
            }
        });
        Self {
            address,
            folder,
            taken,
            inside,
        }
    }
}

/// Answers one request; what cannot be written any more is nobody's loss.
fn answer(
    stream: StreamOwned<ServerConnection, TcpStream>,
    own: &str,
    lead: &str,
    sent: &AtomicUsize,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? <= 2 {
            break;
        }
    }
    let out = reader.get_mut();
    let mut say = |text: &str| {
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .ok()
    };
    let json = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n";
    match path.split('/').nth(1)? {
        "leads" => say(&format!(
            "HTTP/1.1 302 Found\r\nlocation: {lead}\r\ncontent-length: 0\r\n\r\n"
        )),
        "fails" => say("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"),
        "refuses" => say("HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n"),
        "waits" => {
            std::thread::sleep(std::time::Duration::from_secs(60));
            Some(())
        }
        "endless" => {
            say(json)?;
            let piece = " ".repeat(16 << 10);
            loop {
                say(&piece)?;
                sent.fetch_add(piece.len(), Ordering::SeqCst);
            }
        }
        "another" => say(&whole(&describe("https://other.example", own))),
        "keyless" if path.ends_with("/keys") => say(&whole("{\"keys\": []}")),
        "keyless" => say(&whole(&describe(&format!("{own}/keyless"), own))),
        _ => say(&whole("not json")),
    }
}

fn whole(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

fn describe(issuer: &str, own: &str) -> String {
    format!(
        "{{\"issuer\": \"{issuer}\", \"authorization_endpoint\": \"{own}/keyless/auth\", \"token_endpoint\": \"{own}/keyless/token\", \
         \"jwks_uri\": \"{own}/keyless/keys\"}}"
    )
}

/// Too many bytes, no answer, ways elsewhere, other certificates: each ends within its limits and is told apart.
#[test]
fn a_hostile_server_costs_little_and_leads_nowhere() {
    let hostile = Hostile::start();
    let data = hostile.folder.path().join("ma");
    std::fs::create_dir(&data).unwrap();
    let authority = hostile.folder.path().join("ca.pem");
    let looked = |path: &str, authority: &Path| {
        let issuer = format!("{}/{path}", hostile.address);
        let node = configured(&data, &lines(&issuer, &data, authority)).unwrap();
        node.app.look_at_provider()
    };
    for (path, wanted) in [
        ("leads", PeopleFault::ProviderWrong),
        ("refuses", PeopleFault::ProviderWrong),
        ("endless", PeopleFault::ProviderWrong),
        ("another", PeopleFault::ProviderWrong),
        ("keyless", PeopleFault::ProviderWrong),
        ("nonsense", PeopleFault::ProviderWrong),
        ("fails", PeopleFault::ProviderSilent),
        ("waits", PeopleFault::ProviderSilent),
    ] {
        is(looked(path, &authority), wanted, path);
    }
    assert_eq!(
        hostile.inside.load(Ordering::SeqCst),
        0,
        "a way elsewhere was followed"
    );
    let taken = hostile.taken.load(Ordering::SeqCst);
    assert!(taken < 16 << 20, "{taken} bytes of an answer without end");
    let other = hostile.folder.path().join("other-ca.pem");
    is(
        looked("keyless", &other),
        PeopleFault::ProviderSilent,
        "another authority",
    );
}

/// What a provider needs is looked at when the node starts, and named without what stands in it. Where it lacks, nobody signs in there, and the
/// node goes on with all else (invariant 13).
/// Take out: in `node/src/provider.rs::open`, the second arm.
#[test]
fn invariant_13_a_node_opens_without_what_its_provider_needs_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    glewlwyd::certify(folder.path());
    let (data, authority) = (folder.path().join("ma"), folder.path().join("ca.pem"));
    std::fs::create_dir(&data).unwrap();
    let whole = lines("https://sso.example", &data, &authority);
    // Nobody is asked: a node starts while its provider is away.
    assert!(configured(&data, &whole).unwrap().provider_off.is_none());
    let secret = data.join("oidc.secret");
    let said = |lines: &str| {
        let node = configured(&data, lines).unwrap();
        let off = |lang| node.app.provider_off(lang);
        assert_eq!(
            Lang::ALL.map(off),
            Lang::ALL.map(|_| Some("Annuaire".into()))
        );
        assert_eq!(node.app.provider_name(Lang::Fr), None, "no way in there");
        let begun = node.app.begin_provider(Errand::SignIn, "/").map(drop);
        is(begun, PeopleFault::ProviderSilent, "off");
        assert!(node.app.check().is_ok(), "all else goes on");
        node.provider_off.as_ref().unwrap().to_string()
    };
    std::fs::write(&secret, "\n").unwrap();
    assert!(said(&whole).contains("does not hold a secret"));
    std::fs::write(&secret, "s3cret").unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(&secret, open).unwrap();
    let error = said(&whole);
    assert!(error.contains("can be read by others") && !error.contains("s3cret"));
    std::fs::remove_file(&secret).unwrap();
    assert!(said(&whole).contains("oidc.secret"));
    let wrong = lines(
        "https://sso.example",
        &data,
        &folder.path().join("sign.pub"),
    );
    assert!(said(&wrong).contains("cannot be read as certificate authorities"));
}
