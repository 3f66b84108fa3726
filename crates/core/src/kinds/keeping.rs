//! What every kind takes about how long its contents are kept (FIELD B5): a review that prolongs, a hold and its lifting, and a node's word
//! that it destroyed what it held.
//!
//! Headers carry days and closed codes; what people add in words is in the body (rule 7). Programs of before do not know these types: where
//! a partner's card says so they stay at home, and each node still keeps and erases by its own.

use super::common::{REASON, plain};
use crate::codes::Ask;
use crate::field::{self, Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On};
use crate::label::label;

/// Keeps the contents of the dossier beyond the day of their review.
pub static KEEP: EntryType = plain(
    "keep",
    label(
        "réexamen : contenus conservés",
        "مراجعة: إبقاء المحتويات",
        "review: contents kept",
    ),
    label(
        "réexaminer et conserver",
        "مراجعة المحتويات وإبقاؤها",
        "review and keep",
    ),
    &[
        Field::new(
            "until",
            label(
                "prochain réexamen le",
                "المراجعة المقبلة في",
                "next review on",
            ),
            FieldType::Date,
        )
        .required()
        .bound(Bind::Lasts)
        .help(label(
            "au plus tard au terme que fixent la charte et le type de dossier ; un jour plus proche que le réexamen prévu ne l’avance pas",
            "في أجل لا يتجاوز ما يحدده الميثاق ونوع الملف، واليوم الأقرب من المراجعة المقررة لا يقدمها",
            "no later than the term that the charter and the kind of dossier set; a day before the review that stands does not bring it forward",
        )),
        Field::new(
            "why",
            label("motif", "السبب", "reason"),
            FieldType::Code(field::keep_reasons),
        )
        .required()
        .bound(Bind::KeepReason),
        REASON,
    ],
    &[Effect::Keep],
);

/// Holds the contents of the dossier, or of one entry: they do not go because nobody decided.
pub static HOLD: EntryType = plain(
    "hold",
    label("gel de l’effacement", "تعليق المحو", "hold on erasure"),
    label("geler l’effacement", "تعليق المحو", "hold erasure"),
    &[
        Field::new(
            "entry",
            label(
                "écriture concernée (sinon tout le dossier)",
                "القيد المعني (وإلا فالملف كله)",
                "entry concerned (otherwise the whole dossier)",
            ),
            FieldType::Entry,
        )
        .bound(Bind::Held),
        Field::new(
            "ground",
            label("motif", "السبب", "ground"),
            FieldType::Code(field::hold_grounds),
        )
        .required()
        .bound(Bind::HoldGround),
        Field::new(
            "until",
            label("jusqu’au", "إلى غاية", "until"),
            FieldType::Date,
        )
        .required()
        .bound(Bind::Lasts)
        .help(label(
            "un an au plus ; un nouveau gel le prolonge",
            "سنة على الأكثر، ويمدده تعليق جديد",
            "a year at most; a new hold prolongs it",
        )),
        REASON,
    ],
    &[Effect::Hold],
);

/// Lifts a hold of one's own node before its end.
pub static LIFT_HOLD: EntryType = plain(
    "lift_hold",
    label("levée du gel", "رفع التعليق", "hold lifted"),
    label(
        "lever le gel de l’effacement",
        "رفع تعليق المحو",
        "lift the hold on erasure",
    ),
    &[
        Field::new(
            "hold",
            label("gel concerné", "التعليق المعني", "hold concerned"),
            FieldType::Entry,
        )
        .required()
        .bound(Bind::Lifted),
        REASON,
    ],
    &[Effect::Lift],
);

/// Says under signature that the author's node destroyed what it held of the dossier, because its term had passed. The node writes it, or
/// an officer who decides at the review that all of it goes.
pub static EXPIRED: EntryType = plain(
    "expired",
    label(
        "effacement au terme de la conservation",
        "محو عند نهاية مدة الحفظ",
        "erased at the end of its term",
    ),
    label(
        "effacer tout ce que nous détenons du dossier",
        "محو كل ما نحفظه من الملف",
        "erase all that we hold of the dossier",
    ),
    &[REASON],
    &[Effect::Expired, Effect::On(On::Answer, &[Ask::Erase])],
);
