//! The place of sealed files that a configuration names, opened and checked.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::Arc;

use entente_store::blobs::bucket::{BucketError, Credentials, Options, Versions};
use entente_store::blobs::{Blobs, FolderBlobs, S3Blobs};

use crate::config::Config;
use crate::config::files::{FilesConfig, S3Config};
use crate::node::{NodeError, file_error};

/// Most bytes of a file of credentials.
const MAX_CREDENTIALS: u64 = 64 * 1024;

/// The sealed files of a node.
pub enum Files {
    /// In a folder.
    Folder(Arc<FolderBlobs>),
    /// In a bucket.
    Bucket(Arc<S3Blobs>),
}

impl Files {
    /// Opens the place that a configuration names. Of a bucket nothing is asked yet.
    ///
    /// # Errors
    /// [`NodeError`] of the folder, of a file that the bucket needs, of settings that do not go together.
    pub fn open(config: &Config) -> Result<Self, NodeError> {
        match &config.files {
            FilesConfig::Folder(folder) => Ok(Self::Folder(Arc::new(FolderBlobs::open(folder)?))),
            FilesConfig::S3(s3) => Ok(Self::Bucket(Arc::new(S3Blobs::open(&options(s3)?)?))),
        }
    }

    /// As blobs, wherever they are.
    #[must_use]
    pub fn blobs(&self) -> Arc<dyn Blobs> {
        match self {
            Self::Folder(folder) => folder.clone(),
            Self::Bucket(bucket) => bucket.clone(),
        }
    }

    /// What a bucket says when it is tried; none for a folder.
    ///
    /// # Errors
    /// [`BucketError`].
    pub fn check(&self) -> Option<Result<Versions, BucketError>> {
        match self {
            Self::Folder(_) => None,
            Self::Bucket(bucket) => Some(bucket.check(&format!("{:08x}", std::process::id()))),
        }
    }

    /// The bucket, if files are in one.
    #[must_use]
    pub fn bucket(&self) -> Option<Arc<S3Blobs>> {
        match self {
            Self::Folder(_) => None,
            Self::Bucket(bucket) => Some(bucket.clone()),
        }
    }
}

fn options(s3: &S3Config) -> Result<Options, NodeError> {
    let credentials = credentials(&s3.credentials_file)?;
    Ok(Options {
        region: s3.region.clone(),
        prefix: s3.prefix.clone(),
        hosted: s3.bucket_in_host,
        authorities: s3.authorities_file.clone(),
        ..Options::new(&s3.endpoint, &s3.bucket, credentials)
    })
}

fn credentials(path: &Path) -> Result<Credentials, NodeError> {
    let about = fs::metadata(path).map_err(file_error(path))?;
    if about.mode() & 0o007 != 0 {
        return Err(NodeError::KeysOpen(path.to_owned()));
    }
    let text = if about.len() > MAX_CREDENTIALS {
        String::new()
    } else {
        fs::read_to_string(path).map_err(file_error(path))?
    };
    Credentials::parse(&text).ok_or_else(|| NodeError::Credentials(path.to_owned()))
}
