//! Dossiers: the list with its search, and one dossier's page.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::codec::cell;
use crate::error::{AppError, Result};
use crate::keeping::is_evidence;
use crate::search::Wanted;
use crate::views::{
    BodyView, DossierLine, DossierList, DossierQuery, DossierView, EntryView, Given, GivenList,
    Hit, ObligationView, PointView,
};
use crate::{Actor, App};
use entente_core::act::Config;
use entente_core::codes::Ask;
use entente_core::conditions::{Answer, Use};
use entente_core::field::{Field, FieldType, Values};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kind::{EntryType, Kind};
use entente_core::kinds;
use entente_core::kinds::investigation::things::NAME;
use entente_core::kinds::release::RELEASE;
use entente_store::{
    Direction, DossierFilter, DossierRow, EntryRow, ObligationFilter, Read, StoreExt,
};
use std::collections::{BTreeMap, BTreeSet};

/// Dossiers on one page of the list.
const PAGE: u32 = 50;
/// Most entries that full text shows.
const HITS: u32 = 50;
/// Words shown around a match.
const WORDS: usize = 24;

impl App {
    /// The dossiers that the actor belongs to; with a text, also the entries of these that hold it.
    ///
    /// # Errors
    /// Storage only.
    pub fn dossiers(&self, actor: &Actor, query: &DossierQuery) -> Result<DossierList> {
        self.note_listing(actor, query)?;
        let sees = self.sees(actor);
        let filter = DossierFilter {
            kind: query.kind.clone(),
            phase: query.phase,
            node: query.partner.clone(),
            services: sees.services,
            among: sees.among,
            limit: PAGE,
            offset: query.page.saturating_mul(PAGE),
            ..DossierFilter::default()
        };
        self.inner.store.view("dossiers", |tx| {
            let mut showing = Showing::new(self, tx);
            if query.text.trim().is_empty() {
                let rows = tx.dossiers(&filter)?;
                return Ok(DossierList {
                    lines: showing.lines(&rows)?,
                    total: tx.count_dossiers(&filter)?,
                    hits: Vec::new(),
                    numbered: Vec::new(),
                });
            }
            self.search(actor, tx, &mut showing, query, &filter)
        })
    }

    /// Records a list or a search before its result is shown.
    fn note_listing(&self, actor: &Actor, query: &DossierQuery) -> Result<()> {
        let text = query.text.trim();
        if text.is_empty() {
            return self.looked(actor, Operation::Consult, "dossiers", None, None);
        }
        self.note_search(actor, (text, query.within), "dossiers")
    }

    /// Records a search before it is made, with its reason where one is asked, keyed digests of its words, and for which dossier it is.
    pub(crate) fn note_search(
        &self,
        actor: &Actor,
        (text, within): (&str, Option<DossierId>),
        verb: &'static str,
    ) -> Result<()> {
        let searching = |tx: &dyn Read| self.searching(tx, actor, (text, within));
        let (dossier, why) = self.inner.store.view("searching", searching)?;
        let record = AccessRecord {
            words: self.searched(text),
            reason: why.reason,
            ..AccessRecord::by(actor, Operation::Search, verb)
        };
        self.noted(match dossier {
            Some(dossier) => record.within(dossier, why),
            None => record,
        })
    }

    /// Keyed digests of the words of a search. A word is the same whatever its stem in another language: the first token stands for it.
    pub(crate) fn searched(&self, text: &str) -> Vec<String> {
        let words = self.query_words(text).into_iter();
        let words = words.filter_map(|tokens| tokens.into_iter().min().map(hex::encode));
        words.collect()
    }

    fn search(
        &self,
        actor: &Actor,
        tx: &dyn Read,
        showing: &mut Showing<'_>,
        query: &DossierQuery,
        filter: &DossierFilter,
    ) -> Result<DossierList> {
        let all = DossierFilter {
            limit: 100_000,
            offset: 0,
            ..filter.clone()
        };
        let rows: BTreeMap<DossierId, DossierRow> =
            tx.dossiers(&all)?.into_iter().map(|r| (r.id, r)).collect();
        let within: Vec<DossierId> = rows.keys().copied().collect();
        let found = tx.search(&self.query_words(&query.text), &within, HITS)?;
        let numbered = self.numbered(actor, tx, showing, &query.text)?;
        let mut lines = numbered_dossiers(showing, &rows, &numbered, &query.text)?;
        let mut hits = Vec::new();
        crate::ahead::of_words(tx, &found)?;
        crate::ahead::of_corrections(tx, &found)?;
        let of_hits: BTreeSet<DossierId> = found.iter().map(|(dossier, _)| *dossier).collect();
        let of_hits: Vec<DossierRow> = of_hits
            .iter()
            .filter_map(|d| rows.get(d).cloned())
            .collect();
        let known = showing.lines(&of_hits)?;
        for (dossier, entry) in found {
            let line = known.iter().find(|line| line.id == dossier).cloned();
            let (Some(row), Some(line)) = (tx.entry(entry)?, line) else {
                continue;
            };
            // Whose words one may not read, one does not find by them either.
            if !self.may_with(tx, actor, Action::Read, &row)? {
                continue;
            }
            if !lines.iter().any(|l| l.id == dossier) {
                lines.push(line.clone());
            }
            let words = self.first_words(tx, actor, &row)?;
            hits.push(Hit {
                dossier: line,
                entry,
                kind: row.kind.clone(),
                words,
                printed: self.prints(tx, actor, &row)?,
                corrected: self.is_corrected(tx, &row)?,
                at: Instant(row.at_ms),
            });
        }
        Ok(DossierList {
            total: lines.len() as u64,
            lines,
            hits,
            numbered,
        })
    }

    /// Obligations that the actor may see under a number such as `MA-12`, `ma 12` or `12`.
    fn numbered(
        &self,
        actor: &Actor,
        tx: &dyn Read,
        showing: &mut Showing<'_>,
        text: &str,
    ) -> Result<Vec<ObligationView>> {
        let Some(wanted) = Wanted::read(text) else {
            return Ok(Vec::new());
        };
        let sees = self.sees(actor);
        let filter = ObligationFilter {
            number: Some(wanted.number),
            visible_to: sees.services,
            among: sees.among,
            limit: HITS,
            ..ObligationFilter::default()
        };
        let mut out = Vec::new();
        let rows = tx.obligations(&filter)?;
        self.ahead_of_obligations(tx, &rows)?;
        for row in rows {
            let found = showing.obligation(actor, &row)?;
            out.extend(found.filter(|o| wanted.fits(&o.number)));
        }
        Ok(out)
    }

    /// What can be read of an entry's body, whoever may: of a release, what it wraps.
    pub(crate) fn values_of(&self, tx: &dyn Read, row: &EntryRow) -> Result<Option<Values>> {
        let Some((_, bytes)) = self.body(tx, row.dossier, row.id)? else {
            return Ok(None);
        };
        if row.kind != RELEASE.name {
            return Ok(Values::from_bytes(&bytes).ok());
        }
        let header = Header::from_bytes(&row.header);
        Ok(header.ok().and_then(|h| crate::release::read(&h, &bytes)))
    }

    /// Whether an entry's words may be printed.
    pub(crate) fn prints(&self, tx: &dyn Read, actor: &Actor, row: &EntryRow) -> Result<bool> {
        Ok(self.use_to(tx, actor, Use::Print, row)?.allowed())
    }

    /// What a use of an entry comes to under its originator's conditions.
    fn use_to(&self, tx: &dyn Read, actor: &Actor, what: Use, row: &EntryRow) -> Result<Answer> {
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
        self.answer_to(tx, actor, what, (row, &header))
    }

    /// What an actor who sees the dossier may read of an entry's body.
    pub(crate) fn read_by(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
    ) -> Result<Option<Values>> {
        match self.may_with(tx, actor, Action::Read, row)? {
            true => self.values_of(tx, row),
            false => Ok(None),
        }
    }

    /// The first words of an entry, as far as an actor who sees the dossier may read them.
    pub(crate) fn first_words(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
    ) -> Result<String> {
        let Some(values) = self.read_by(tx, actor, row)? else {
            return Ok(String::new());
        };
        let free = |field: &&Field| matches!(field.holds, FieldType::Text(_));
        let defined = kinds::entry(&row.kind);
        let others = defined.into_iter().flat_map(|entry| entry.fields);
        let others = others.filter(free).map(|field| field.name);
        let text = ["title", NAME, "text", "question"]
            .into_iter()
            .chain(others)
            .find_map(|name| values.text(name).filter(|text| !text.trim().is_empty()))
            .unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut out = words
            .iter()
            .take(WORDS)
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        if words.len() > WORDS {
            out.push('…');
        }
        Ok(out)
    }

    /// One dossier. Without a page: the newest entries.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor belongs to.
    pub fn dossier(&self, actor: &Actor, id: DossierId, page: Option<u32>) -> Result<DossierView> {
        let (why, brought) = self.inner.store.view("visible", |tx| {
            let row = self.visible(tx, actor, id)?;
            let why = self.entering(tx, actor, &row)?;
            Ok::<_, AppError>((why, self.brought_into(tx, id)?))
        })?;
        let read = |tx: &dyn Read| self.dossier_view(tx, actor, id, page);
        let view = self.inner.store.view("dossier", read)?;
        let record = AccessRecord::by(actor, Operation::Consult, "dossier").within(id, why);
        self.noted(record.drawing_on(view.points.iter().flat_map(PointView::drawn_on)))?;
        for (_, entry) in brought {
            let record = AccessRecord::by(actor, Operation::Consult, "other_purpose").on(entry);
            self.noted(record.within(id, why))?;
        }
        Ok(view)
    }

    /// One line of the list of dossiers, for what needs no more of it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if the list has none such.
    pub fn dossier_line(&self, actor: &Actor, id: DossierId) -> Result<DossierLine> {
        self.note_listing(actor, &DossierQuery::default())?;
        self.inner.store.view("number", |tx| {
            let row = self.visible(tx, actor, id)?;
            let line = Showing::new(self, tx).line(&row)?;
            line.ok_or(AppError::NotFound)
        })
    }

    /// The number of a dossier, for whoever has just opened it: no content, and the record of opening it stands already.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor belongs to.
    pub fn dossier_number(&self, actor: &Actor, id: DossierId) -> Result<String> {
        self.inner.store.view("number", |tx| {
            let row = self.visible(tx, actor, id)?;
            Ok(super::number(&row.convenor, row.number))
        })
    }

    fn dossier_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        id: DossierId,
        page: Option<u32>,
    ) -> Result<DossierView> {
        let row = self.visible(tx, actor, id)?;
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let config_row = tx
            .latest_config(id)?
            .ok_or(AppError::Bug("dossier without configuration"))?;
        let config: Config = cell(&config_row.config, "config", "config")?;
        let total = tx.count_entries(id)?;
        let last =
            u32::try_from(total.saturating_sub(1) / u64::from(DossierView::PAGE)).unwrap_or(0);
        let page = page.unwrap_or(last).min(last);
        let from = page.saturating_mul(DossierView::PAGE);
        let rows = tx.entries(id, false, DossierView::PAGE, from)?;
        let mut entries = self.entry_views(tx, actor, rows)?;
        let named = self.names_in(tx, actor, (id, &entries))?;
        for entry in &mut entries {
            entry.named = named.clone();
        }
        let obligations = self.dossier_obligations(actor, &mut showing, id)?;
        let (given, got) = self.given_and_got(tx, actor, &obligations)?;
        let others = self.others_in(&config);
        let partner = others.first().cloned();
        let kind = line.kind;
        let (continues, continued_by) = self.related_dossiers(tx, actor, id)?;
        let readable = entries.iter().any(is_content);
        Ok(DossierView {
            duty: self.duty_head(tx, actor, &row)?,
            review: self.review_head(tx, id, readable)?,
            may_widen: kind.opening().is_some_and(EntryType::gathers) && self.may_open(actor, kind),
            forms: self.forms(
                actor,
                (kind, &row),
                &config,
                continues.iter().any(|d| d.visible),
            ),
            continues,
            continued_by,
            brought: self.brought(tx, actor, &row)?,
            points: if kind.name == "declaration" {
                self.points(tx, actor, &mut showing, id)?
            } else {
                Vec::new()
            },
            declaration: if kind.name == "declaration" {
                self.declaration_view(tx, actor, id)?
            } else {
                None
            },
            charter: match (&partner, kind.name) {
                (Some(partner), "charter") => Some(self.charter_view(tx, id, partner)?),
                _ => None,
            },
            suspended: self.flags_among(tx, &config)?,
            unreceipted: self.unreceipted(tx, &entries, &others)?,
            seen: crate::record::seen_terms(
                &config_row,
                self.terms_of_dossier(tx, id, &config)?
                    .map(|(entry, _)| entry),
            ),
            line,
            config,
            entries,
            total,
            page,
            obligations,
            given_total: given.total,
            given: given.lines,
            got_total: got.total,
            got: got.lines,
        })
    }

    pub(super) fn dossier_obligations(
        &self,
        actor: &Actor,
        showing: &mut Showing<'_>,
        id: DossierId,
    ) -> Result<Vec<ObligationView>> {
        let mut out = Vec::new();
        for open in [true, false] {
            let filter = ObligationFilter {
                dossier: Some(id),
                open: Some(open),
                limit: 200,
                ..ObligationFilter::default()
            };
            out.extend(showing.obligations(actor, &filter)?);
        }
        Ok(out)
    }

    /// What each side gave, with the feedback that covers it: "what you gave and what came of it" beside "what you got".
    fn given_and_got(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        obligations: &[ObligationView],
    ) -> Result<(GivenList, GivenList)> {
        let (given, got) = self.covered(obligations);
        let told = given.told().chain(got.told()).collect::<Vec<_>>();
        crate::ahead::of_words(tx, &told)?;
        crate::ahead::of_corrections(tx, &told)?;
        let mut lists = (GivenList::default(), GivenList::default());
        for (covered, list) in [(&given, &mut lists.0), (&got, &mut lists.1)] {
            list.total = covered.total;
            for (feedback, entries) in &covered.shown {
                self.given_of(tx, actor, (feedback, entries), &mut list.lines)?;
            }
        }
        lists.0.lines.sort_by_key(|g| std::cmp::Reverse(g.at));
        lists.1.lines.sort_by_key(|g| g.at);
        Ok(lists)
    }

    /// The entries that feedback covers: what our side gave, the newest feedback first, and what it got and has not answered, the oldest first.
    fn covered<'a>(&self, obligations: &'a [ObligationView]) -> (Covered<'a>, Covered<'a>) {
        let mut feedback: Vec<&ObligationView> = obligations
            .iter()
            .filter(|o| o.ask == Ask::Feedback)
            .collect();
        feedback.sort_by_key(|o| o.asked);
        let ours = |o: &&&ObligationView| o.creditor.node() == self.inner.me;
        let theirs = |o: &&&ObligationView| !ours(o) && o.state.is_open();
        (
            Covered::of(feedback.iter().rev().filter(ours).copied()),
            Covered::of(feedback.iter().filter(theirs).copied()),
        )
    }

    /// The lines of entries that one obligation to give feedback covers.
    fn given_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (feedback, entries): (&ObligationView, &[EntryId]),
        lines: &mut Vec<Given>,
    ) -> Result<()> {
        let answer = feedback.answered_by.map(|id| tx.entry(id));
        let (words, printed) = match answer.transpose()?.flatten() {
            Some(row) => {
                let values = self.read_by(tx, actor, &row)?;
                let words = values.and_then(|v| v.text("text").map(str::to_owned));
                (words.unwrap_or_default(), self.prints(tx, actor, &row)?)
            }
            None => (String::new(), true),
        };
        for entry in entries {
            let Some(row) = tx.entry(*entry)? else {
                continue;
            };
            let Ok(service) = row.service.parse::<entente_core::ids::ServiceName>() else {
                continue;
            };
            lines.push(Given {
                entry: *entry,
                title: self.first_words(tx, actor, &row)?,
                waits: matches!(
                    self.use_to(tx, actor, Use::Read, &row)?,
                    Answer::Acknowledge(_)
                ),
                corrected: self.is_corrected(tx, &row)?,
                service,
                at: Instant(row.at_ms),
                feedback: Some(feedback.clone()),
                words: words.clone(),
                printed: printed && self.prints(tx, actor, &row)?,
            });
        }
        Ok(())
    }

    fn unreceipted(
        &self,
        tx: &dyn Read,
        entries: &[EntryView],
        others: &[NodeName],
    ) -> Result<u64> {
        let mut count = 0;
        for entry in entries.iter().filter(|e| e.ours) {
            let mut received = true;
            for partner in others.iter().filter(|n| entry.audience.contains(n)) {
                received &= match tx.leaf_place(partner, Direction::Out, entry.id)? {
                    Some(at) => tx.receipt(partner, at.register, at.position)?.is_some(),
                    None => false,
                };
            }
            count += u64::from(!received);
        }
        Ok(count)
    }

    /// Entries of a dossier that may be ticked in a form: identifier and words.
    pub(crate) fn tickable(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        ids: &[EntryId],
    ) -> Result<Vec<(EntryId, String)>> {
        let mut out = Vec::new();
        crate::ahead::of_words(tx, &ids.iter().map(|id| (dossier, *id)).collect::<Vec<_>>())?;
        for id in ids {
            if let Some(row) = tx.entry(*id)? {
                out.push((*id, self.first_words(tx, actor, &row)?));
            }
        }
        Ok(out)
    }
}

/// Entries that feedback covers, as far as one page shows them.
struct Covered<'a> {
    shown: Vec<(&'a ObligationView, Vec<EntryId>)>,
    total: u64,
}

impl<'a> Covered<'a> {
    fn of(feedback: impl Iterator<Item = &'a ObligationView>) -> Self {
        let mut covered = Self {
            shown: Vec::new(),
            total: 0,
        };
        let mut room = GivenList::MOST;
        for one in feedback {
            let all = 1 + one.joined.len();
            covered.total += u64::try_from(all).unwrap_or(u64::MAX);
            let entries = std::iter::once(&one.asked_by).chain(&one.joined);
            let entries: Vec<EntryId> = entries.take(room).copied().collect();
            room -= entries.len();
            if !entries.is_empty() {
                covered.shown.push((one, entries));
            }
        }
        covered
    }

    /// The entries whose words tell what was given and what came of it.
    fn told(&self) -> impl Iterator<Item = (DossierId, EntryId)> {
        self.shown.iter().flat_map(|(feedback, entries)| {
            let all = entries.iter().copied().chain(feedback.answered_by);
            all.map(|entry| (feedback.dossier, entry))
        })
    }
}

/// Dossiers of the obligations found by their number, then those that carry the number themselves.
fn numbered_dossiers(
    showing: &mut Showing<'_>,
    rows: &BTreeMap<DossierId, DossierRow>,
    found: &[ObligationView],
    text: &str,
) -> Result<Vec<DossierLine>> {
    let Some(wanted) = Wanted::read(text) else {
        return Ok(Vec::new());
    };
    let own = |r: &&DossierRow| wanted.fits(&super::number(&r.convenor, r.number));
    let of_found = found.iter().filter_map(|o| rows.get(&o.dossier));
    let mut wanted: Vec<DossierRow> = Vec::new();
    for row in of_found.chain(rows.values().filter(own)) {
        if !wanted.iter().any(|known| known.id == row.id) {
            wanted.push(row.clone());
        }
    }
    showing.lines(&wanted)
}

impl App {
    /// What an actor may write in a dossier now, acts on obligations left out: those are offered beside the obligation.
    fn forms(
        &self,
        actor: &Actor,
        (kind, row): (&'static Kind, &DossierRow),
        config: &Config,
        continues: bool,
    ) -> Vec<&'static EntryType> {
        let convenes = actor.service.node() == config.convenor;
        let only_convenor = |e: &EntryType| {
            use entente_core::kind::Effect;
            e.effects
                .iter()
                .any(|f| matches!(f, Effect::SetPhase(_) | Effect::Invite | Effect::Enact))
                // What follows is for the authority that is seised, which opened the dossier.
                || e.name == entente_core::kinds::proceedings::DECIDE.name
        };
        kind.in_phase(config.phase)
            .filter(|e| !e.is_written_beside())
            .filter(|e| !e.on_obligation() && (convenes || !only_convenor(e)))
            // What is about a partner's entry is offered beside it.
            .filter(|e| !e.wants() && !e.confirms())
            // A bridge leads from the side that it is written on.
            .filter(|e| e.bridge().is_none_or(|b| b.from == config.purpose))
            // Only for who belongs to something earlier to release from.
            .filter(|e| continues || !e.releases())
            .filter(|e| self.may_in(actor, Action::of(e), row))
            .collect()
    }
}

impl BodyView {
    /// The values, if the body is here and readable.
    #[must_use]
    pub fn values(&self) -> Option<&Values> {
        if let Self::Here(values) = self {
            Some(values)
        } else {
            None
        }
    }
}

/// Whether an entry says something that is reviewed: it is here, and no evidence of an erasure.
fn is_content(entry: &EntryView) -> bool {
    let here = matches!(
        entry.body,
        BodyView::Here(_) | BodyView::Unreadable | BodyView::Withheld
    );
    here && entry.verdict.is_some() && !is_evidence(&entry.type_name)
}
