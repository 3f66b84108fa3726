//! On what the clocks of a charter are modelled: one line, which says too that no instrument requires them here.

use crate::i18n::Words;
use entente_core::charter::Terms;
use entente_core::codes::Ask;
use entente_core::instrument::{Instrument, modelled_on};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The line; nothing where the parties chose every limit themselves.
pub fn line(words: Words, terms: &Terms) -> Markup {
    let models: BTreeSet<(Instrument, Ask)> = terms
        .clocks
        .iter()
        .filter_map(|clock| Some((modelled_on(clock)?, clock.ask)))
        .collect();
    let each = models.iter().map(|(instrument, ask)| {
        let (ask, cited) = (words.label(ask.label()), words.label(instrument.label()));
        words.composed(&words.two("cli-explained", ask, cited))
    });
    let each = each.collect::<Vec<_>>().join(" · ");
    html! { @if !models.is_empty() { p.quiet.models { (words.s("terms-modelled", &words.composed(&each))) } } }
}
