//! Whom encrypted connections to a database, a file store or an OpenID provider trust: the authorities of a file, nobody else.

use crate::{Result, StoreError};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::Arc;

/// A client's side of TLS that trusts the authorities of a PEM file; without a file, nobody.
///
/// # Errors
/// [`StoreError::Failed`] if the file cannot be read or names nobody.
pub fn client(authorities: Option<&Path>) -> Result<ClientConfig> {
    let roots = authorities.map_or(Ok(RootCertStore::empty()), read)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Failed(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

fn read(authorities: &Path) -> Result<RootCertStore> {
    let unreadable =
        || StoreError::Failed("the file of certificate authorities cannot be read".to_owned());
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(authorities).map_err(|_| unreadable())? {
        let certificate = certificate.map_err(|_| unreadable())?;
        roots.add(certificate).map_err(|_| unreadable())?;
    }
    if roots.is_empty() {
        return Err(unreadable());
    }
    Ok(roots)
}
