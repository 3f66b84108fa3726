//! What waits for signatures, in every state, with hostile words in it.

use super::{HOSTILE, NOW, dossier_id, entry_id, line, node, service};
use entente_app::views::{DraftLine, DraftState, DraftView, PreviewFile, PreviewView};
use entente_app::{AskedAgain, Challenge, DraftId, OfficerSigned, SignatureAsked, SignedState};
use entente_core::act::Acts;
use entente_core::codes::{Basis, Class, Necessity, Purpose, Role};
use entente_core::field::{Value, Values};
use entente_core::handling::{Evaluation, Handling, HandlingCodes};
use entente_core::header::{Author, HEADER_VERSION, Header, Release, Under};
use entente_core::ids::Pseudonym;
use entente_core::kinds;
use entente_core::label::Lang;

/// The states by the first letter of a draft's name.
const STATES: [DraftState; 4] = [
    DraftState::Waits,
    DraftState::Returned,
    DraftState::Unsigned,
    DraftState::Refused,
];

/// A draft of a state, the reader's own or another's; of those that wait, the last opens a dossier.
pub fn draft_id(state: u8, mine: bool) -> DraftId {
    let mut id = [0; 16];
    (id[0], id[1]) = (state, u8::from(mine));
    DraftId(id)
}

/// All of them.
pub fn draft_lines() -> Vec<DraftLine> {
    let each =
        (0u8..4).flat_map(|state| [false, true].map(|mine| draft_line(draft_id(state, mine))));
    each.collect()
}

pub fn draft_line(id: DraftId) -> DraftLine {
    let state = STATES[usize::from(id.0[0] % 4)];
    let mine = id.0[1] == 1;
    let kind = kinds::find("investigation").unwrap();
    let opens = mine && state == DraftState::Waits;
    let left = matches!(state, DraftState::Unsigned | DraftState::Refused);
    let name = match opens {
        true => "investigation.open",
        false => "investigation.contribute",
    };
    DraftLine {
        id,
        state,
        kind,
        entry_type: kind.entry(name).unwrap(),
        dossier: (!opens).then(|| line("investigation")),
        entry: left.then(|| entry_id(9)),
        author: HOSTILE.into(),
        service: service("ma/liaison"),
        mine,
        at: NOW,
        due: NOW,
        overdue: !mine,
    }
}

pub fn draft_view(id: DraftId) -> DraftView {
    let line = draft_line(id);
    let waits = matches!(line.state, DraftState::Waits | DraftState::Returned);
    DraftView {
        preview: waits.then(preview),
        stale: (line.state == DraftState::Returned).then_some("stale"),
        lost: false,
        grounds: match line.state {
            DraftState::Waits => Vec::new(),
            _ => vec![HOSTILE.into(), "مستعجل".into()],
        },
        form: (waits && line.mine).then(Values::default),
        target: None,
        line,
    }
}

pub fn preview() -> PreviewView {
    let kind = kinds::find("investigation").unwrap();
    let entry_type = kind.entry("investigation.contribute").unwrap();
    let text = |name: &str, text: &str| (name.to_owned(), Value::Text(text.into()));
    PreviewView {
        kind,
        entry_type,
        header: header(),
        values: Values {
            lang: Some(Lang::Fr),
            values: [text("title", HOSTILE), text("text", HOSTILE)].into(),
        },
        fields: entry_type.fields,
        files: vec![PreviewFile {
            name: HOSTILE.into(),
            media: "text/html".into(),
            size: 3,
        }],
        readers: vec![service("fr/enquetes")],
        own_only: false,
        named: true,
    }
}

/// A signature of a hostile officer.
pub fn signed() -> SignedState {
    SignedState::Valid(Box::new(OfficerSigned {
        officer: HOSTILE.into(),
        wrote: true,
        passkey: HOSTILE.into(),
        host: HOSTILE.into(),
        registered: NOW,
        told: false,
    }))
}

/// An act of weight that waits for a passkey, asked for once more.
pub fn asked() -> SignatureAsked {
    SignatureAsked {
        challenge: Challenge {
            token: "token-of-a-challenge".into(),
            options: format!("{{\"publicKey\":{{\"rpId\":{HOSTILE:?}}}}}"),
        },
        entry: entry_id(9),
        preview: preview(),
        rest: 2,
        waits: vec![DraftId([3; 16])],
        again: Some(AskedAgain::Moved),
    }
}

fn header() -> Header {
    Header {
        version: HEADER_VERSION,
        dossier: Some(dossier_id(7)),
        kind: "investigation.contribute".into(),
        kind_version: 1,
        author: Author {
            service: service("ma/liaison"),
            officer: Pseudonym([7; 8]),
            role: Role::Liaison,
        },
        at: NOW,
        seq: 1,
        after: Vec::new(),
        under: Under::default(),
        audience: vec![node("fr"), node("ma")],
        purpose: Purpose::Justice,
        handling: Handling {
            class: Class::Restricted,
            codes: HandlingCodes::H1,
            evaluation: Some(Evaluation::X4),
        },
        release: Some(Release {
            necessity: Necessity::JointInquiry,
            basis: Basis::Instrument,
            approver: Pseudonym([7; 8]),
        }),
        acts: Acts::default(),
        body: None,
        attachments: Vec::new(),
    }
}
