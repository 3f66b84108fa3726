//! Erasure, which every kind takes: destroying what one's own node wrote, asking the other side to destroy, and attesting that it
//! is done (invariant 10).
//!
//! The erasure itself is an entry of its own and carries nothing else: so it overtakes what waits while a link is suspended (rule
//! 11), and a node of an older version destroys all the same. It has no verdict on the request to attest, though: until it is
//! updated, the two ledgers are said to differ. The erasure of one file alone it does not know, and would destroy nothing: where a
//! partner's card says so it is refused when it is written, and the whole entry can be erased ([`crate::able`]).

use super::common::{REASON, TEXT, plain};
use crate::codes::Ask;
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Destroys the body and files of an entry of one's own, or of all of them in the dossier.
pub static ERASE: EntryType = plain(
    "erase",
    label("effacement", "محو", "erasure"),
    label("effacer une écriture", "محو قيد", "erase an entry"),
    &[
        Field::new(
            "entry",
            label("écriture à effacer", "القيد المراد محوه", "entry to erase"),
            FieldType::Line(64),
        )
        .bound(Bind::Erase),
        Field::new(
            FILE,
            label(
                "un seul de ses fichiers, compté à partir de 1 ; le reste demeure",
                "مرفق واحد منه، يعد ابتداء من 1، ويبقى الباقي",
                "one of its files alone, counted from 1; the rest stays",
            ),
            FieldType::Number(1, MOST_FILES),
        )
        .bound(Bind::EraseFile)
        .folded(),
        Field::new(
            ALL,
            label(
                "tout ce que notre nœud a écrit dans ce dossier",
                "كل ما كتبته عقدتنا في هذا الملف",
                "everything our node wrote in this dossier",
            ),
            FieldType::Flag,
        )
        .bound(Bind::EraseAll),
        REASON,
    ],
    &[Effect::Erase],
);

/// Copies that stay because the law requires it: the text says which.
pub const KEPT: &str = "kept_by_law";
/// Field of a request to erase: the entry concerned.
pub const OF: &str = "of";
/// Field of a request to erase: it is about the whole dossier.
pub const WHOLE: &str = "whole";
/// Field of an erasure and of a request to erase: which file of the entry, counted from 1.
pub const FILE: &str = "file";
/// The highest number of a file that can be named: more do not fit a header.
const MOST_FILES: i64 = 999;
/// Field of an erasure: everything that our node wrote in the dossier.
pub const ALL: &str = "all";

/// Asks the other side to destroy what it holds of something and to attest it. Our node writes it with each erasure that the
/// partner must follow; a person writes it for copies and for what the partner derived.
pub static ASK_ERASURE: EntryType = plain(
    "ask_erasure",
    label("demande d’effacement", "طلب محو", "request to erase"),
    label(
        "demander un effacement attesté",
        "طلب محو مشهود به",
        "ask for an attested erasure",
    ),
    &[
        Field::new(
            OF,
            label("écriture concernée", "القيد المعني", "entry concerned"),
            FieldType::Entry,
        ),
        Field::new(
            FILE,
            label(
                "un seul de ses fichiers, compté à partir de 1",
                "مرفق واحد منه، يعد ابتداء من 1",
                "one of its files alone, counted from 1",
            ),
            FieldType::Number(1, MOST_FILES),
        )
        .folded(),
        Field::new(
            WHOLE,
            label("tout le dossier", "الملف كله", "the whole dossier"),
            FieldType::Flag,
        ),
        TEXT,
    ],
    &[Effect::Ask(Ask::Erase, When::Always)],
);

/// Attests under signature that something is destroyed, with what became of copies.
pub static ATTEST_ERASURE: EntryType = EntryType {
    files: true,
    ..plain(
        "attest_erasure",
        label(
            "attestation d’effacement",
            "شهادة محو",
            "attestation of erasure",
        ),
        label(
            "attester l’effacement",
            "الشهادة بالمحو",
            "attest the erasure",
        ),
        &[
            Field::new(
                "copies",
                label("copies", "النسخ", "copies"),
                FieldType::Code(copies),
            )
            .required(),
            TEXT,
        ],
        &[Effect::On(On::Answer, &[Ask::Erase])],
    )
};

/// What became of copies outside the node: printed, exported, quoted.
fn copies() -> Vec<(&'static str, Label)> {
    vec![
        (
            "none",
            label("aucune n’a été faite", "لم تؤخذ أي نسخة", "none were made"),
        ),
        (
            "destroyed",
            label("toutes détruites", "أتلفت كلها", "all destroyed"),
        ),
        (
            KEPT,
            label(
                "certaines restent, la loi l’exige (préciser)",
                "بقي بعضها بحكم القانون (يوضح)",
                "some stay, the law requires it (say which)",
            ),
        ),
    ]
}
