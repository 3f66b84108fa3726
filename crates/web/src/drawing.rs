//! Pages of a PDF, read by somebody who can be lost: the node does it in a process of its own with limits, see [`Drawing`].

use entente_app::Result;
pub use entente_render::{Answer, MOST, MOST_PAGES, Refused, Wanted};

/// The decrypted chunks of a file, in order.
pub type Chunks = Box<dyn Iterator<Item = Result<Vec<u8>>> + Send>;

/// Reads one page of a PDF. Blocking; whatever the file holds, the caller goes on.
pub trait Drawing: Send + Sync {
    /// The page of this number, from 1, of the file that these chunks are.
    ///
    /// # Errors
    /// Storage, while the file was read. What the file itself is to blame for is within: [`Refused`].
    fn page(
        &self,
        file: Chunks,
        number: u32,
        wanted: Wanted,
    ) -> Result<std::result::Result<Answer, Refused>>;
}

/// Nobody reads: what a node has that cannot start processes.
pub struct Nobody;

impl Drawing for Nobody {
    fn page(&self, _: Chunks, _: u32, _: Wanted) -> Result<std::result::Result<Answer, Refused>> {
        Ok(Err(Refused::Spent))
    }
}
