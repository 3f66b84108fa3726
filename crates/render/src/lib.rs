//! Pages of a PDF as pictures and as letters. Pure: bytes in, bytes out; no file, no network, no clock. Nothing of a document runs: its scripts,
//! actions, forms and embedded files are not read at all.
//!
//! What stands here bounds what it can count: pages, pixels, letters. A document may still ask for more memory or time than anybody has, so that the
//! node calls this only in a process of its own with limits (`crates/node/src/cli/render.rs`): what it loses then is that process.

mod answer;
mod letters;
mod picture;

pub use answer::{Answer, MOST_ANSWER, decode, encode};
pub use picture::WIDTH;

use hayro::hayro_syntax::{LoadPdfError, Pdf};

/// Most pages of a document that are counted and can be looked at.
pub const MOST_PAGES: u32 = 5_000;

/// Most bytes of a document that is read.
pub const MOST: u64 = 64 << 20;

/// What is wanted of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// How many pages there are, and the letters of this one.
    Letters,
    /// Its picture, as PNG.
    Picture,
}

impl Wanted {
    /// Its name, by which a process is told.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Picture => "picture",
        }
    }

    /// What has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut all = [Self::Letters, Self::Picture].into_iter();
        all.find(|wanted| wanted.name() == name)
    }
}

/// Why a page is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The document opens with a password only, or is enciphered in a way that is not known here.
    Locked,
    /// No PDF, or one that is broken.
    Broken,
    /// There is no page of that number, from 1.
    NoPage,
    /// It took too long, too much memory, or ended the process that read it.
    Spent,
}

/// One page of a document, its number from 1.
///
/// # Errors
/// [`Refused`].
pub fn page(bytes: Vec<u8>, number: u32, wanted: Wanted) -> Result<Answer, Refused> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refused::Locked,
        LoadPdfError::Invalid => Refused::Broken,
    })?;
    let all = pdf.pages();
    let pages = u32::try_from(all.len()).unwrap_or(u32::MAX);
    if pages == 0 {
        return Err(Refused::Broken);
    }
    let index = number.checked_sub(1).filter(|_| number <= MOST_PAGES);
    let index = index.and_then(|index| usize::try_from(index).ok());
    let page = index.and_then(|index| all.get(index));
    let page = page.ok_or(Refused::NoPage)?;
    match wanted {
        Wanted::Letters => Ok(Answer::Letters {
            pages,
            letters: letters::of(page),
        }),
        Wanted::Picture => picture::of(page)
            .map(Answer::Picture)
            .ok_or(Refused::Broken),
    }
}
