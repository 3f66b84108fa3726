//! The transport over real loopback sockets: the right pair connects, everybody else is refused.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use entente_node::tls::{LinkTls, Pins, Tried, binding, server_name, speaks_entente, spki_of};
use entente_proof::presence::Binding;
use entente_proof::sign::{SigningKey, VerifyingKey};
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, ClientConnection, ServerConnection, StreamOwned};

const MA: [u8; 32] = [1; 32];
const FR: [u8; 32] = [2; 32];
const STRANGER: [u8; 32] = [3; 32];

fn public(seed: [u8; 32]) -> VerifyingKey {
    SigningKey::from_seed(seed).verifying_key()
}

/// A node that trusts one other key.
fn node(seed: [u8; 32], trusts: [u8; 32]) -> LinkTls {
    let pins = Pins::default();
    pins.set(BTreeMap::from([(
        "partner".parse().unwrap(),
        vec![public(trusts)],
    )]));
    LinkTls::new(&[SigningKey::from_seed(seed)], pins).unwrap()
}

/// What the server saw: the SPKI and ALPN of a client that got through and was echoed, and what their connection has; or an error.
type Seen = Result<(Vec<u8>, Option<Vec<u8>>, Binding), String>;

/// What the client saw: the key exchange, and what the connection has.
type Met = (Option<rustls::NamedGroup>, Binding);

/// Serves one connection: echoes four bytes.
fn serve(tls: &LinkTls) -> (std::net::SocketAddr, std::thread::JoinHandle<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let config = tls.server().unwrap();
    let handle = std::thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), socket);
        let mut four = [0; 4];
        stream.read_exact(&mut four).map_err(|e| e.to_string())?;
        stream.write_all(&four).map_err(|e| e.to_string())?;
        stream.flush().map_err(|e| e.to_string())?;
        let key = stream.conn.peer_certificates().unwrap()[0].to_vec();
        let alpn = stream.conn.alpn_protocol().map(<[u8]>::to_vec);
        Ok((key, alpn, binding(&stream.conn).unwrap()))
    });
    (address, handle)
}

/// Sends four bytes and wants them back.
fn dial(address: std::net::SocketAddr, config: Arc<ClientConfig>) -> Result<Met, String> {
    let socket = TcpStream::connect(address).unwrap();
    let mut stream = StreamOwned::new(
        ClientConnection::new(config, server_name().unwrap()).unwrap(),
        socket,
    );
    stream.write_all(b"ping").map_err(|e| e.to_string())?;
    let mut four = [0; 4];
    stream.read_exact(&mut four).map_err(|e| e.to_string())?;
    assert_eq!(&four, b"ping");
    assert!(speaks_entente(stream.conn.alpn_protocol()));
    let group = stream.conn.negotiated_key_exchange_group();
    let group = group.map(rustls::crypto::SupportedKxGroup::name);
    Ok((group, binding(&stream.conn).unwrap()))
}

#[test]
fn the_right_pair_connects_with_a_hybrid_key_exchange() {
    let (address, server) = serve(&node(FR, MA));
    let (group, _) = dial(
        address,
        node(MA, FR)
            .client(&[public(FR)], Tried::default())
            .unwrap(),
    )
    .unwrap();
    assert_eq!(group, Some(rustls::NamedGroup::X25519MLKEM768));
    let (key, alpn, _) = server.join().unwrap().unwrap();
    assert_eq!(key, spki_of(&public(MA)));
    assert!(speaks_entente(alpn.as_deref()));
}

/// Both ends export one value, which no other connection of the same two keys has: what a proof of presence is bound to (rule 15).
#[test]
fn rule_15_both_ends_know_their_connection_and_no_other() {
    let mut met = Vec::new();
    for _ in 0..2 {
        let (address, server) = serve(&node(FR, MA));
        let (_, ours) = dial(
            address,
            node(MA, FR)
                .client(&[public(FR)], Tried::default())
                .unwrap(),
        )
        .unwrap();
        let (_, _, theirs) = server.join().unwrap().unwrap();
        assert!(ours == theirs && !met.contains(&ours));
        met.push(ours);
    }
    let config = node(MA, FR)
        .client(&[public(FR)], Tried::default())
        .unwrap();
    let unshaken = ClientConnection::new(config, server_name().unwrap()).unwrap();
    assert!(
        binding(&unshaken).is_err(),
        "not before the handshake is over"
    );
}

#[test]
fn an_unpinned_client_is_refused() {
    let (address, server) = serve(&node(FR, MA));
    // Its connect succeeds, as TLS 1.3 has it; the refusal shows at its first read.
    assert!(
        dial(
            address,
            node(STRANGER, FR)
                .client(&[public(FR)], Tried::default())
                .unwrap()
        )
        .is_err()
    );
    assert!(server.join().unwrap().is_err());
}

#[test]
fn an_unpinned_server_is_refused() {
    let (address, server) = serve(&node(STRANGER, MA));
    let error = dial(
        address,
        node(MA, FR)
            .client(&[public(FR)], Tried::default())
            .unwrap(),
    )
    .unwrap_err();
    assert!(error.contains("certificate"), "{error}");
    assert!(server.join().unwrap().is_err());
}

/// A pin taken back counts for the next connection: nothing is resumed.
#[test]
fn a_pin_taken_back_counts_at_once() {
    let fr = node(FR, MA);
    let client = node(MA, FR)
        .client(&[public(FR)], Tried::default())
        .unwrap();
    let (address, server) = serve(&fr);
    assert!(dial(address, client.clone()).is_ok() && server.join().unwrap().is_ok());
    fr.pins().set(BTreeMap::new());
    let (address, server) = serve(&fr);
    assert!(dial(address, client).is_err() && server.join().unwrap().is_err());
}

/// A node with several keys of its own, shown in this order, that trusts these.
fn changing(seeds: &[[u8; 32]], trusts: &[[u8; 32]]) -> LinkTls {
    let pins = Pins::default();
    let trusted = trusts.iter().map(|seed| public(*seed)).collect();
    pins.set(BTreeMap::from([("partner".parse().unwrap(), trusted)]));
    let keys: Vec<SigningKey> = seeds.iter().map(|s| SigningKey::from_seed(*s)).collect();
    LinkTls::new(&keys, pins).unwrap()
}

const NEXT: [u8; 32] = [4; 32];

/// While a node changes its key, either of two opens, from either end.
#[test]
fn rule_15_either_of_two_pinned_keys_opens() {
    for shown in [MA, NEXT] {
        let (address, server) = serve(&changing(&[FR], &[MA, NEXT]));
        let client = node(shown, FR).client(&[public(FR)], Tried::default());
        assert!(dial(address, client.unwrap()).is_ok());
        assert_eq!(server.join().unwrap().unwrap().0, spki_of(&public(shown)));
        let (address, server) = serve(&changing(&[shown], &[FR]));
        let client = node(FR, MA).client(&[public(MA), public(NEXT)], Tried::default());
        assert!(dial(address, client.unwrap()).is_ok());
        assert!(server.join().unwrap().is_ok());
    }
}

/// Who knows only another key asks for it, and shows another one of its own; what is asked for and is not there changes nothing.
#[test]
fn rule_15_a_dialler_that_knows_another_key_asks_for_it() {
    let fr = changing(&[NEXT, FR], &[MA]);
    let ma = changing(&[STRANGER, MA], &[FR]);
    let tried = |own, other| ma.client(&[public(FR)], Tried { own, other }).unwrap();
    for (own, other, opens) in [
        (0, 0, false),
        (1, 0, false),
        (0, 1, false),
        (1, 1, true),
        (3, 3, true),
        (1, 2, false),
        // Beyond all that is counted: the first one.
        (1, 33, false),
    ] {
        let (address, server) = serve(&fr);
        let met = dial(address, tried(own, other));
        assert_eq!(met.is_ok(), opens, "{own} {other}: {met:?}");
        assert_eq!(server.join().unwrap().is_ok(), opens);
    }
}

/// Another key in the place of the one before counts from the next connection on, without a new configuration.
#[test]
fn rule_15_another_key_is_shown_from_the_next_connection_on() {
    let fr = changing(&[FR], &[MA]);
    let ma = node(MA, FR);
    let expects = |seed| ma.client(&[public(seed)], Tried::default()).unwrap();
    let (address, server) = serve(&fr);
    assert!(dial(address, expects(FR)).is_ok() && server.join().unwrap().is_ok());
    fr.show(&[SigningKey::from_seed(NEXT)]).unwrap();
    assert_eq!(fr.shown(), [public(NEXT)]);
    let (address, server) = serve(&fr);
    assert!(dial(address, expects(FR)).is_err() && server.join().unwrap().is_err());
    let (address, server) = serve(&fr);
    assert!(dial(address, expects(NEXT)).is_ok() && server.join().unwrap().is_ok());
}

#[test]
fn a_client_without_key_is_refused() {
    let (address, server) = serve(&node(FR, MA));
    let mut config = ClientConfig::clone(
        &node(MA, FR)
            .client(&[public(FR)], Tried::default())
            .unwrap(),
    );
    config.client_auth_cert_resolver = Arc::new(NoKey);
    assert!(dial(address, Arc::new(config)).is_err());
    assert!(server.join().unwrap().is_err());
}

#[derive(Debug)]
struct NoKey;
impl rustls::client::ResolvesClientCert for NoKey {
    fn resolve(
        &self,
        _: &[&[u8]],
        _: &[rustls::SignatureScheme],
    ) -> Option<Arc<rustls::sign::CertifiedKey>> {
        None
    }
    fn has_certs(&self) -> bool {
        false
    }
}

#[test]
fn a_classical_key_exchange_is_refused() {
    let (address, server) = serve(&node(FR, MA));
    let right = node(MA, FR)
        .client(&[public(FR)], Tried::default())
        .unwrap();
    let mut provider = rustls::crypto::CryptoProvider::clone(right.crypto_provider());
    provider.kx_groups = vec![aws_lc_rs::kx_group::X25519];
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody))
        .with_client_cert_resolver(right.client_auth_cert_resolver.clone());
    config.alpn_protocols = vec![entente_node::tls::ALPN.to_vec()];
    assert!(dial(address, Arc::new(config)).is_err());
    assert!(server.join().unwrap().is_err());
}

/// Trusts every raw key: what a careless client would do.
#[derive(Debug)]
struct Anybody;
impl rustls::client::danger::ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &rustls::pki_types::CertificateDer<'_>,
        _: &[rustls::pki_types::CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &rustls::pki_types::CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }
    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &rustls::pki_types::CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }
    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        vec![rustls::SignatureScheme::ED25519]
    }
    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

/// A ClientHello of TLS 1.2, by hand: no supported_versions extension.
#[test]
fn tls_1_2_is_refused() {
    let (address, server) = serve(&node(FR, MA));
    let mut hello = vec![0x03, 0x03];
    hello.extend_from_slice(&[7; 32]);
    // No session id; suite ECDHE-ECDSA-AES128-GCM-SHA256; null compression; extensions: groups x25519, signatures ed25519.
    hello.extend_from_slice(&[0, 0, 2, 0xc0, 0x2b, 1, 0]);
    let extensions = [0, 10, 0, 4, 0, 2, 0, 29, 0, 13, 0, 4, 0, 2, 8, 7];
    hello.extend_from_slice(&[0, u8::try_from(extensions.len()).unwrap()]);
    hello.extend_from_slice(&extensions);
    let length = u8::try_from(hello.len()).unwrap();
    let record = [&[0x16, 3, 1, 0, length + 4, 1, 0, 0, length][..], &hello].concat();
    let mut socket = TcpStream::connect(address).unwrap();
    socket.write_all(&record).unwrap();
    let mut answer = Vec::new();
    let _closed = socket.read_to_end(&mut answer);
    // A fatal alert, protocol_version (70).
    assert_eq!(answer, [0x15, 3, 3, 0, 2, 2, 70]);
    assert!(server.join().unwrap().is_err());
}

#[test]
fn bytes_that_are_no_tls_are_refused() {
    for garbage in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        &[0; 64],
        &[0x16, 3, 1, 0xff, 0xff],
    ] {
        let (address, server) = serve(&node(FR, MA));
        let mut socket = TcpStream::connect(address).unwrap();
        socket.write_all(garbage).unwrap();
        socket.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _closed = socket.read_to_end(&mut answer);
        assert!(server.join().unwrap().is_err());
    }
}
