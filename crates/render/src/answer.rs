//! What the process that reads a document writes for the one that asked: a letter for the sort, numbers in four bytes (big-endian), then the bytes
//! themselves. The reader of it believes nothing: it takes what is whole and within its limits, or nothing.

use crate::Refused;

/// Most bytes of an answer: a picture of the largest size without any compression fits.
pub const MOST_ANSWER: usize = 32 << 20;
/// How every picture begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a page came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// How many pages the document has, and the letters of the page that was asked for: none where the document does not say them.
    Letters {
        /// Pages of the document.
        pages: u32,
        /// Lines of the page.
        letters: String,
    },
    /// A picture as PNG.
    Picture(Vec<u8>),
}

/// Bytes of an answer or of a refusal.
#[must_use]
pub fn encode(answer: &Result<Answer, Refused>) -> Vec<u8> {
    match answer {
        Ok(Answer::Letters { pages, letters }) => {
            [b"l", &pages.to_be_bytes()[..], letters.as_bytes()].concat()
        }
        Ok(Answer::Picture(png)) => [b"p", png.as_slice()].concat(),
        Err(Refused::Locked) => b"xlocked".to_vec(),
        Err(Refused::NoPage) => b"xpage".to_vec(),
        Err(Refused::Broken | Refused::Spent) => b"xbroken".to_vec(),
    }
}

/// Reads an answer; what is none says that the process ended before it was done.
///
/// # Errors
/// [`Refused`], as the process said it or as its silence says.
pub fn decode(bytes: &[u8]) -> Result<Answer, Refused> {
    let (sort, rest) = bytes.split_first().ok_or(Refused::Spent)?;
    match (sort, rest) {
        _ if bytes.len() > MOST_ANSWER => Err(Refused::Spent),
        (b'l', rest) => {
            let (pages, letters) = rest.split_first_chunk().ok_or(Refused::Spent)?;
            let letters = str::from_utf8(letters).map_err(|_| Refused::Spent)?;
            Ok(Answer::Letters {
                pages: u32::from_be_bytes(*pages),
                letters: letters.to_owned(),
            })
        }
        (b'p', png) if png.starts_with(PNG) => Ok(Answer::Picture(png.to_vec())),
        (b'x', b"locked") => Err(Refused::Locked),
        (b'x', b"page") => Err(Refused::NoPage),
        (b'x', b"broken") => Err(Refused::Broken),
        _ => Err(Refused::Spent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What one end writes the other reads, and what is cut or is something else is an ended process. Take out: the check of `PNG`, or that of
    /// [`MOST_ANSWER`].
    #[test]
    fn an_answer_comes_back_and_anything_else_is_an_ended_process() {
        let letters = Answer::Letters {
            pages: 3,
            letters: "محضر\nProcès-verbal".into(),
        };
        let picture = Answer::Picture([PNG, b"..."].concat());
        for answer in [
            Ok(letters),
            Ok(picture),
            Err(Refused::Locked),
            Err(Refused::NoPage),
            Err(Refused::Broken),
        ] {
            assert_eq!(decode(&encode(&answer)), answer);
        }
        let html = b"p<html><script>";
        let large = [b"p", PNG, &vec![0; MOST_ANSWER]].concat();
        for strange in [&b""[..], b"l\0\0", b"l\0\0\0\x01\xff", b"z", html, &large] {
            assert_eq!(decode(strange), Err(Refused::Spent));
        }
    }
}
