//! Which signatures an entry needs before it leaves: its author's, or another officer's too.
//!
//! A second one is needed where the author may not approve it (a magistrate's gate is a policy that says so), where no policy lets
//! the author approve it alone, and where a charter of whoever it goes to asks for two. It is looked at once more in the transaction
//! that records, so that no way of recording leads around it.

use crate::apply::BodyIn;
use crate::attach::SealedFile;
use crate::authorise::Leaving;
use crate::error::{AppError, Result};
use crate::fault::SigningFault;
use crate::record::{DESK_TITLE, Scene, handling_in};
use crate::weight::PasskeySigned;
use crate::{Actor, App, Recording};
use entente_core::field::{Bind, Field, FieldType};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_core::kind::{Effect, EntryType};
use entente_store::Read;

/// What an entry needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// No more than its author.
    Open,
    /// Another officer.
    Second,
}

/// By whom an entry is signed that is being recorded.
#[derive(Clone, Copy)]
pub(crate) enum Signing<'a> {
    /// By its author.
    Own,
    /// By its author and another officer.
    Second(&'a Actor),
    /// By its author, who owes another officer's signature.
    Alone,
    /// By nobody: the node writes what follows from a rule that both states agreed to.
    Rule,
    /// By nobody: it is undone again.
    Rehearsal,
    /// By whose passkey signed what it is written beside.
    Beside,
}

/// Whether the officer's own passkey signs an act of weight.
#[derive(Clone, Copy)]
pub(crate) enum ByPasskey<'a> {
    /// It does not.
    No,
    /// It follows of itself from an act that was signed.
    Follows,
    /// It will be asked to, once the header is known: what is recorded now is undone again.
    Asked,
    /// It did, over exactly one header.
    Signed(&'a PasskeySigned),
}

/// What an entry that is being recorded consists of.
#[derive(Clone, Copy)]
pub(crate) struct Content<'a> {
    pub(crate) body: &'a BodyIn,
    pub(crate) files: &'a [SealedFile],
    pub(crate) signing: Signing<'a>,
    pub(crate) passkey: ByPasskey<'a>,
}

impl<'a> Content<'a> {
    /// Signed by its author.
    pub(crate) fn own(body: &'a BodyIn, files: &'a [SealedFile]) -> Self {
        Self {
            body,
            files,
            signing: Signing::Own,
            passkey: ByPasskey::No,
        }
    }
}

impl App {
    /// What an entry of this author needs.
    pub(crate) fn gate(
        &self,
        tx: &dyn Read,
        author: &Actor,
        (recording, scene): (&Recording, &Scene),
        files: bool,
    ) -> Result<Gate> {
        // Nobody goes over a bridge alone, though nothing leaves.
        if scene.entry_type.bridge().is_some() {
            return Ok(Gate::Second);
        }
        let others: Vec<&NodeName> = self.others_of(scene);
        if others.is_empty() {
            return Ok(Gate::Open);
        }
        let row = scene.dossier.map(|id| tx.dossier(id)).transpose()?;
        let row = row.flatten();
        let about = leaving(scene, recording);
        let may = |action| self.may_let_leave(author, action, row.as_ref(), &about);
        if !may(Action::Approve) {
            return Ok(Gate::Second);
        }
        if !says_something(scene.entry_type, recording, files) {
            return Ok(Gate::Open);
        }
        let two = !may(Action::ApproveAlone) || self.charter_wants_two(tx, scene, &others)?;
        Ok(match two {
            true => Gate::Second,
            false => Gate::Open,
        })
    }

    /// Refuses an entry whose signatures are not those that it needs.
    pub(crate) fn refuse_unsigned(
        &self,
        tx: &dyn Read,
        author: &Actor,
        (recording, scene): (&Recording, &Scene),
        content: Content<'_>,
    ) -> Result<()> {
        let files = !content.files.is_empty();
        let signer = match content.signing {
            Signing::Rehearsal | Signing::Beside => return Ok(()),
            // What follows from a rule says nothing that anybody could read before it leaves.
            Signing::Rule => {
                return match says_something(scene.entry_type, recording, files) {
                    false => Ok(()),
                    true => Err(SigningFault::NeedsSecond.into()),
                };
            }
            Signing::Own => {
                return match self.gate(tx, author, (recording, scene), files)? {
                    Gate::Open => Ok(()),
                    Gate::Second => Err(SigningFault::NeedsSecond.into()),
                };
            }
            Signing::Second(other) if other.id == author.id => {
                return Err(SigningFault::Own.into());
            }
            Signing::Second(other) => other,
            Signing::Alone if scene.entry_type.bridge().is_some() => {
                return Err(SigningFault::NeedsSecond.into());
            }
            Signing::Alone => author,
        };
        match self.may_sign(tx, signer, (recording, scene), Action::Approve)? {
            true => Ok(()),
            // No time is no reason to do without whom the law names.
            false if matches!(content.signing, Signing::Alone) => {
                Err(SigningFault::NeedsSecond.into())
            }
            false => Err(AppError::Forbidden),
        }
    }

    /// Whether an officer may do this with what is to leave.
    pub(crate) fn may_sign(
        &self,
        tx: &dyn Read,
        signer: &Actor,
        (recording, scene): (&Recording, &Scene),
        action: Action,
    ) -> Result<bool> {
        let row = scene.dossier.map(|id| tx.dossier(id)).transpose()?;
        let about = leaving(scene, recording);
        Ok(self.may_let_leave(signer, action, row.flatten().as_ref(), &about))
    }

    fn others_of<'s>(&self, scene: &'s Scene) -> Vec<&'s NodeName> {
        let others = scene.audience.iter();
        others.filter(|node| **node != self.inner.me).collect()
    }

    /// Whether terms ask for two: those of the dossier, or of a link over which it goes. What leads to terms is signed by both states
    /// in any case, and a declaration is what both published.
    fn charter_wants_two(
        &self,
        tx: &dyn Read,
        scene: &Scene,
        others: &[&NodeName],
    ) -> Result<bool> {
        if matches!(scene.kind.name, "charter" | "declaration") {
            return Ok(false);
        }
        let own = scene.terms.as_ref().map(|(_, terms)| terms.four_eyes);
        let carried = scene.carried.as_ref().map(|terms| terms.four_eyes);
        if own.unwrap_or(false) || carried.unwrap_or(false) {
            return Ok(true);
        }
        for node in others {
            let terms = self.terms_with(tx, Some(node))?;
            if terms.is_some_and(|(_, terms)| terms.four_eyes) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What is to leave, for a decision about it.
pub(super) fn leaving(scene: &Scene, recording: &Recording) -> Leaving {
    let handling = handling_in(scene, &recording.values);
    Leaving {
        kind: scene.kind,
        entry_type: scene.entry_type,
        purpose: scene.config.purpose,
        class: handling.class,
        codes: handling.codes,
        service: scene.service.clone(),
    }
}

/// Whether an entry says more than codes: words of its author, a file, or an entry of an earlier dossier. A click waits for nobody, nor
/// do what destroys and the desk that the program opens.
fn says_something(entry_type: &EntryType, recording: &Recording, files: bool) -> bool {
    let destroys = [Effect::Erase, Effect::Expired];
    if destroys.iter().any(|e| entry_type.effects.contains(e)) {
        return false;
    }
    let free = |field: &&Field| {
        let words = matches!(
            field.holds,
            FieldType::Line(_)
                | FieldType::Text(_)
                | FieldType::Paragraphs(_)
                | FieldType::PartialDate
                | FieldType::Steps
                | FieldType::Thing
                | FieldType::Document(_)
        );
        words && field.bind == Bind::Body
    };
    let said = |field: &Field| {
        let text = recording.values.text(field.name);
        text.is_some_and(|text| !text.trim().is_empty() && text != DESK_TITLE)
    };
    let fields = entry_type.fields.iter();
    files || entry_type.releases() || fields.filter(free).any(said)
}
