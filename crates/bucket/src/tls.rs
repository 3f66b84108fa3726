//! A certificate for the server, from an authority of the tests' own.

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// Two authorities, and a certificate of the first.
const CERTIFY: &str = "set -e
new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj /CN=authority
openssl req -x509 $new -keyout other.key -out other-ca.pem -days 2 -subj /CN=another
openssl req $new -keyout server.key -out server.csr -subj /CN=server
printf 'subjectAltName=IP:127.0.0.1' >server.ext
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.crt
";

/// A folder with both authorities and the certificate.
pub(crate) fn certify() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let certify = Command::new("sh")
        .args(["-c", CERTIFY])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&certify.stderr);
    assert!(certify.status.success(), "{said}");
    folder
}

/// The server's side of TLS with that certificate.
pub(crate) fn acceptor(folder: &Path) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_file(folder.join("server.crt")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}
