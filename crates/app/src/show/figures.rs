//! Figures of the points of a declaration: what each side holds, and whether both agree. All of it follows from what was asked and by what each
//! answered; the numbers are in bodies, and what may not be read is not counted.

use super::Showing;
use crate::charter::regular;
use crate::codec::all_of;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{FigureView, ObligationView};
use crate::{Actor, App};
use entente_core::field::{Problem, Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::kind::EntryType;
use entente_core::kinds::declaration::figures::{
    AGREE_FIGURE, Exchange, FIGURE, NUMBER, OF, OWN_FIGURE, REPLACES, SINCE, UNIT, UNTIL, WHAT,
    Word, answered_by_all, held, standing,
};
use entente_core::kinds::declaration::is_point;
use entente_core::obligation::State;
use entente_store::{EntryRow, Read};
use std::collections::{BTreeMap, BTreeSet};

/// Most figures that answer one another, and most figures of one point, the newest: a partner could write without end.
const FOLLOWED: usize = 64;

/// The figures of one declaration by point.
pub(crate) type Figures = BTreeMap<EntryId, Vec<FigureView>>;

/// A figure as it was first stated, with all that was said on it.
struct Told {
    of: EntryId,
    replaces: Option<EntryId>,
    at: (u64, EntryId),
    exchange: Exchange,
    view: FigureView,
}

/// What was met on the way through figures that answer one another.
#[derive(Default)]
struct Met {
    exchange: Exchange,
    /// What is still asked.
    asks: Vec<ObligationView>,
    /// Whether the condition of one bars printing it.
    barred: bool,
    /// Each is followed once.
    seen: BTreeSet<EntryId>,
    /// Figures in answer that are still to be followed.
    next: Vec<(EntryRow, Header)>,
}

impl App {
    /// The figures of a declaration's points, in their order. One whose place a later one took is not among them.
    pub(crate) fn figures(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        dossier: DossierId,
    ) -> Result<Figures> {
        let mut rows = all_of(tx, dossier, &[FIGURE.name, OWN_FIGURE.name])?;
        rows.retain(|row| regular(row).is_some());
        if rows.is_empty() {
            return Ok(Figures::new());
        }
        self.ahead_of_points(tx, &rows)?;
        let mut counts: BTreeMap<EntryId, usize> = BTreeMap::new();
        let mut told: Vec<Told> = Vec::new();
        // The newest first: of more than are told, the oldest are not.
        for row in rows.iter().rev().filter(|row| row.kind == FIGURE.name) {
            let Some((header, values)) = regular(row).zip(self.read_by(tx, actor, row)?) else {
                continue;
            };
            let Some(of) = named(&values, OF) else {
                continue;
            };
            let many = counts.entry(of).or_default();
            *many = many.saturating_add(1);
            if *many > FOLLOWED {
                continue;
            }
            let by = header.author.service.node();
            let met = self.exchange(tx, actor, showing, (row.clone(), header))?;
            told.push(Told {
                of,
                replaces: named(&values, REPLACES),
                at: (row.depth, row.id),
                exchange: met.exchange.clone(),
                view: view((row.id, by), &values, met),
            });
        }
        told.reverse();
        Ok(latest(told))
    }

    /// Everything that was said on a figure.
    fn exchange(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        first: (EntryRow, Header),
    ) -> Result<Met> {
        let mut met = Met {
            seen: BTreeSet::from([first.0.id]),
            next: vec![first],
            ..Met::default()
        };
        while let Some((row, header)) = met.next.pop() {
            let values = self.read_by(tx, actor, &row)?;
            met.barred |= !self.prints(tx, actor, &row)?;
            let word = Word {
                by: header.author.service.node(),
                figure: row.id,
                number: values.as_ref().and_then(|values| values.number(NUMBER)),
                at: (row.depth, row.id),
            };
            met.exchange.sides.insert(word.by.clone());
            for ask in showing.asked_by(actor, (row.id, &header))? {
                // What a side asks of itself is no word of the other.
                if ask.owing.node() != word.by {
                    met.exchange.sides.insert(ask.owing.node());
                    answer(tx, &mut met, (&word, ask))?;
                }
            }
            met.exchange.words.push(word);
        }
        Ok(met)
    }

    /// Refuses a figure of what is no point of this declaration, one of a period that ends before it begins, and one that takes the place of what
    /// is no figure of its own side for the same point.
    pub(crate) fn refuse_strange_figure(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
        values: &Values,
    ) -> Result<()> {
        if entry_type.name != FIGURE.name {
            return Ok(());
        }
        let refused = |field: &str| Err(AppError::field(entry_type, field, Problem::NotInList));
        let of = named(values, OF);
        let here = |id: EntryId| -> Result<Option<EntryRow>> {
            let row = tx.entry(id)?.filter(|row| row.dossier == dossier);
            Ok(row.filter(|row| regular(row).is_some()))
        };
        let point = of.map(here).transpose()?.flatten();
        if point.is_none_or(|row| !is_point(&row.kind)) {
            return refused(OF);
        }
        if values
            .text(SINCE)
            .is_some_and(|since| Some(since) > values.text(UNTIL))
        {
            return Err(AppError::field(entry_type, UNTIL, Problem::BeforeBeginning));
        }
        let Some(earlier) = named(values, REPLACES) else {
            return Ok(());
        };
        let row = here(earlier)?.filter(|row| row.kind == FIGURE.name);
        let Some(header) = row.as_ref().and_then(regular) else {
            return refused(REPLACES);
        };
        let before = match &row {
            Some(row) => self.read_by(tx, actor, row)?,
            None => None,
        };
        let same = before.is_some_and(|before| named(&before, OF) == of);
        match same && header.author.service.node() == self.inner.me {
            true => Ok(()),
            false => refused(REPLACES),
        }
    }

    /// What the form of a later figure starts from: the one whose place it takes.
    pub(super) fn figure_to_follow(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, chosen): (DossierId, &[EntryId]),
    ) -> Result<Values> {
        let row = chosen.first().map(|id| tx.entry(*id)).transpose()?;
        let row = row.flatten();
        let ours = |row: &EntryRow| {
            regular(row).is_some_and(|header| header.author.service.node() == self.inner.me)
        };
        let stated = |row: &EntryRow| row.dossier == dossier && row.kind == FIGURE.name;
        let Some(row) = row.filter(|row| stated(row) && ours(row)) else {
            return Ok(Values::default());
        };
        let mut values = self.read_by(tx, actor, &row)?.unwrap_or_default();
        for gone in [NUMBER, "text", crate::files::FILES] {
            values.values.remove(gone);
        }
        let earlier = Value::Text(row.id.to_string());
        values.values.insert(REPLACES.to_owned(), earlier);
        Ok(values)
    }
}

/// What one ask of a figure came to.
fn answer(tx: &dyn Read, met: &mut Met, (word, ask): (&Word, ObligationView)) -> Result<()> {
    if ask.state.is_open() {
        met.exchange.waits = true;
        met.asks.push(ask);
        return Ok(());
    }
    let by = ask.answered_by.filter(|_| ask.state == State::Answered);
    let row = by.map(|id| tx.entry(id)).transpose()?.flatten();
    let Some((header, row)) = row.and_then(|row| Some((regular(&row)?, row))) else {
        return Ok(());
    };
    if row.kind == AGREE_FIGURE.name {
        met.exchange.words.push(Word {
            by: header.author.service.node(),
            at: (row.depth, row.id),
            ..word.clone()
        });
    } else if row.kind == OWN_FIGURE.name && met.seen.len() < FOLLOWED && met.seen.insert(row.id) {
        met.next.push((row, header));
    }
    Ok(())
}

fn view((entry, by): (EntryId, NodeName), values: &Values, met: Met) -> FigureView {
    let text = |name: &str| values.text(name).unwrap_or_default().to_owned();
    let holds = held(&met.exchange).into_iter();
    FigureView {
        entry,
        by,
        what: text(WHAT),
        unit: text(UNIT),
        since: text(SINCE),
        until: text(UNTIL),
        held: holds
            .map(|(node, word)| (node.clone(), word.number))
            .collect(),
        standing: standing(&met.exchange),
        asks: met.asks,
        printed: !met.barred,
    }
}

/// By point, without those whose place a later one of the same side took that every side has answered. What they still ask stands at the later one.
fn latest(mut told: Vec<Told>) -> Figures {
    let mut gone: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    for later in told.iter().filter(|one| answered_by_all(&one.exchange)) {
        let takes = |one: &&Told| {
            Some(one.view.entry) == later.replaces
                && one.of == later.of
                && one.view.by == later.view.by
                && one.at < later.at
        };
        if let Some(earlier) = told.iter().find(takes) {
            gone.insert(earlier.view.entry, later.view.entry);
        }
    }
    let mut owed: BTreeMap<EntryId, Vec<ObligationView>> = BTreeMap::new();
    for one in &mut told {
        let entry = one.view.entry;
        let mut asks = owed.remove(&entry).unwrap_or_default();
        asks.append(&mut one.view.asks);
        match gone.get(&entry) {
            Some(later) => owed.entry(*later).or_default().append(&mut asks),
            None => one.view.asks = asks,
        }
    }
    let mut out = Figures::new();
    for one in told {
        if !gone.contains_key(&one.view.entry) {
            out.entry(one.of).or_default().push(one.view);
        }
    }
    out
}
