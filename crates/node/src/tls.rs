//! The transport between two nodes: TLS 1.3 only, raw Ed25519 public keys on both sides (RFC 7250), pinned against partners' cards.
//!
//! In scope: the two rustls configurations, the pins, ALPN `entente/1`, the key exchange X25519MLKEM768 and no other. No X.509, no
//! certificate authority, no resumption (a pin taken back would live on in a ticket), no early data. Not in scope: sockets (`links`).
//!
//! A trap of TLS 1.3: a client's handshake completes before the server has judged the client's key. So a refused client sees an
//! alert at its first read, not at `connect`.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use entente_core::ids::NodeName;
use entente_proof::presence::{Binding, EXPORTER_LABEL};
use entente_proof::sign::VerifyingKey;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{AlwaysResolvesClientRawPublicKeys, Resumption};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use rustls::pki_types::{
    CertificateDer, PrivatePkcs8KeyDer, ServerName, SubjectPublicKeyInfoDer, UnixTime,
};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{AlwaysResolvesServerRawPublicKeys, NoServerSessionStorage};
use rustls::sign::CertifiedKey;
use rustls::{
    CertificateError, ClientConfig, ConnectionCommon, DigitallySignedStruct, DistinguishedName,
    Error, ServerConfig, SignatureScheme,
};

/// The protocol of the link, as ALPN names it.
pub const ALPN: &[u8] = b"entente/1";
/// Named in the handshake where TLS wants a server name; never sent, never checked: keys are pinned.
const SERVER_NAME: &str = "entente.invalid";

/// First bytes of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 4).
const SPKI_PREFIX: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
/// First bytes of an Ed25519 private key in PKCS #8 (RFC 8410 section 7).
const PKCS8_PREFIX: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// The TLS keys of the partners, by name. Changes count for the next connection.
#[derive(Clone, Debug, Default)]
pub struct Pins(Arc<RwLock<BTreeMap<NodeName, VerifyingKey>>>);

impl Pins {
    /// Replaces all pins.
    pub fn set(&self, pins: BTreeMap<NodeName, VerifyingKey>) {
        *self
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = pins;
    }

    /// The partner whose key this is.
    #[must_use]
    pub fn owner(&self, spki: &[u8]) -> Option<NodeName> {
        let pins = self
            .0
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        pins.iter()
            .find(|(_, key)| spki_of(key) == spki)
            .map(|(node, _)| node.clone())
    }

    /// The key of a partner.
    #[must_use]
    pub fn of(&self, node: &NodeName) -> Option<VerifyingKey> {
        self.0
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get(node)
            .copied()
    }
}

/// This node's end of TLS: its key, and whom it trusts.
#[derive(Clone, Debug)]
pub struct LinkTls {
    provider: Arc<CryptoProvider>,
    key: Arc<CertifiedKey>,
    pins: Pins,
}

impl LinkTls {
    /// From the seed of the TLS key.
    ///
    /// # Errors
    /// When the library refuses the key: our bug, or a damaged key file.
    pub fn new(tls_seed: &[u8; 32], pins: Pins) -> Result<Self, Error> {
        let public = entente_proof::sign::SigningKey::from_seed(*tls_seed).verifying_key();
        let pkcs8 = PrivatePkcs8KeyDer::from([&PKCS8_PREFIX[..], tls_seed].concat());
        let key = aws_lc_rs::sign::any_eddsa_type(&pkcs8)?;
        let certified = CertifiedKey::new(vec![CertificateDer::from(spki_of(&public))], key);
        Ok(Self {
            provider: Arc::new(provider()),
            key: Arc::new(certified),
            pins,
        })
    }

    /// The pins.
    #[must_use]
    pub fn pins(&self) -> &Pins {
        &self.pins
    }

    /// Configuration of the accepting end: any pinned partner may connect.
    ///
    /// # Errors
    /// When the library refuses the configuration: our bug.
    pub fn server(&self) -> Result<Arc<ServerConfig>, Error> {
        let verifier = Pinned {
            trusted: Trusted::AnyOf(self.pins.clone()),
            algorithms: self.provider.signature_verification_algorithms,
        };
        let mut config = ServerConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_client_cert_verifier(Arc::new(verifier))
            .with_cert_resolver(Arc::new(AlwaysResolvesServerRawPublicKeys::new(
                self.key.clone(),
            )));
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Arc::new(config))
    }

    /// Configuration of the dialling end: exactly this key must answer.
    ///
    /// # Errors
    /// When the library refuses the configuration: our bug.
    pub fn client(&self, expected: &VerifyingKey) -> Result<Arc<ClientConfig>, Error> {
        let verifier = Pinned {
            trusted: Trusted::Only(spki_of(expected)),
            algorithms: self.provider.signature_verification_algorithms,
        };
        let mut config = ClientConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_client_cert_resolver(Arc::new(AlwaysResolvesClientRawPublicKeys::new(
                self.key.clone(),
            )));
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.resumption = Resumption::disabled();
        config.enable_sni = false;
        Ok(Arc::new(config))
    }
}

/// The server name that a dialler gives to the library.
///
/// # Errors
/// Never, but the library's constructor is fallible.
pub fn server_name() -> Result<ServerName<'static>, rustls::pki_types::InvalidDnsNameError> {
    ServerName::try_from(SERVER_NAME)
}

/// Whether a connection agreed on our protocol. A peer that offers none is let through by the library, not by us.
#[must_use]
pub fn speaks_entente(alpn: Option<&[u8]>) -> bool {
    alpn == Some(ALPN)
}

/// What this connection has and no other: both ends export the same value (RFC 9266; RFC 8446 section 7.5), and nobody between them knows it.
///
/// # Errors
/// Before the handshake is complete: our bug.
pub fn binding<Data>(connection: &ConnectionCommon<Data>) -> Result<Binding, Error> {
    let value = connection.export_keying_material([0; 32], EXPORTER_LABEL, Some(&[]))?;
    Ok(Binding(value))
}

/// The SubjectPublicKeyInfo of an Ed25519 key.
#[must_use]
pub fn spki_of(key: &VerifyingKey) -> Vec<u8> {
    [&SPKI_PREFIX[..], key.as_bytes()].concat()
}

fn provider() -> CryptoProvider {
    CryptoProvider {
        kx_groups: vec![aws_lc_rs::kx_group::X25519MLKEM768],
        ..aws_lc_rs::default_provider()
    }
}

/// Accepts pinned keys and nothing else.
#[derive(Debug)]
struct Pinned {
    trusted: Trusted,
    algorithms: WebPkiSupportedAlgorithms,
}

#[derive(Debug)]
enum Trusted {
    /// The accepting end: any partner.
    AnyOf(Pins),
    /// The dialling end: this SubjectPublicKeyInfo.
    Only(Vec<u8>),
}

impl Pinned {
    fn check(
        &self,
        end_entity: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
    ) -> Result<(), Error> {
        let trusted = match &self.trusted {
            Trusted::AnyOf(pins) => pins.owner(end_entity).is_some(),
            Trusted::Only(spki) => spki.as_slice() == end_entity.as_ref(),
        };
        if trusted && others.is_empty() {
            Ok(())
        } else {
            Err(Error::InvalidCertificate(
                CertificateError::ApplicationVerificationFailure,
            ))
        }
    }

    fn signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let spki = SubjectPublicKeyInfoDer::from(key.as_ref());
        rustls::crypto::verify_tls13_signature_with_raw_key(message, &spki, dss, &self.algorithms)
    }
}

fn no_tls12() -> Error {
    Error::PeerIncompatible(rustls::PeerIncompatible::Tls12NotOffered)
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.check(end_entity, intermediates)
            .map(|()| ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(no_tls12())
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signature(message, key, dss)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

impl ClientCertVerifier for Pinned {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }
    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.check(end_entity, intermediates)
            .map(|()| ClientCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(no_tls12())
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signature(message, key, dss)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}
