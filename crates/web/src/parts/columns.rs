//! A paper in several languages side by side. What is read from the left stands on the left and what is read from the right on the right, whatever
//! the reader's own language.

use crate::i18n::Words;
use entente_core::label::Lang;
use maud::{Markup, html};

/// Columns from left to right.
const COLUMNS: [Lang; 3] = [Lang::Fr, Lang::En, Lang::Ar];

/// The languages that are wanted, in the order of the columns.
pub fn languages(wanted: impl Fn(&Lang) -> bool) -> Vec<Lang> {
    COLUMNS.into_iter().filter(wanted).collect()
}

/// Words of each of these languages, with the reader's own numerals.
pub fn words_in(reader: Words, langs: &[Lang]) -> Vec<Words> {
    let of = |lang: &Lang| Words::new(*lang, reader.numerals());
    langs.iter().map(of).collect()
}

/// The same in each language, side by side.
pub fn row(both: &[Words], what: &dyn Fn(Words) -> Markup) -> Markup {
    html! {
        section.both.three[both.len() > 2] dir="ltr" {
            @for words in both { div lang=(words.lang) dir=(words.lang.dir()) { (what(*words)) } }
        }
    }
}
