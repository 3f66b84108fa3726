//! What the kinds of dossier that hold conditions take about an originator's conditions (invariant 6): asking it for permission, giving it, adding
//! conditions or an end to what was sent, and confirming that a condition was read.
//!
//! Asking is an obligation like any other, with the charter's clock for a decision; it is refused with a ground, as all others are.
//! Headers carry the entry, the uses and the days; to whom, in which proceedings and why is free text and in the body (rule 7).

use super::common::{REASON, plain};
use crate::codes::Ask;
use crate::conditions::Uses;
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// In the body of an entry under H3, or of what adds H3: the condition itself.
pub const CONDITION: &str = "condition";
/// In the body of an ask for permission and of a permission: the proceedings.
pub const PROCEEDINGS: &str = "proceedings";
/// In the body of both: to whom, by function.
pub const TO_WHOM: &str = "to_whom";

/// The free text of H3, shown before the content.
pub(super) const CONDITION_TEXT: Field = Field::new(
    CONDITION,
    label("condition (H3)", "الشرط (H3)", "condition (H3)"),
    FieldType::Text(1_000),
)
.folded()
.help(label(
    "obligatoire avec H3 : le destinataire la lit et la confirme avant de voir le contenu",
    "إلزامي مع H3: يقرؤه المتلقي ويؤكده قبل الاطلاع على المضمون",
    "required with H3: the recipient reads and confirms it before seeing the content",
));

const OF: Field = Field::new(
    "entry",
    label("écriture concernée", "القيد المعني", "entry concerned"),
    FieldType::Entry,
)
.required()
.bound(Bind::Of);

const fn ticked(name: &'static str, words: Label, uses: Uses) -> Field {
    Field::new(name, words, FieldType::Flag).bound(Bind::Use(uses))
}

const COURT: Field = ticked(
    "court",
    label(
        "produire en justice",
        "الإدلاء به أمام القضاء",
        "produce in court",
    ),
    Uses::COURT,
);
const FORWARD: Field = ticked(
    "forward",
    label(
        "transmettre à un autre service",
        "الإحالة على مصلحة أخرى",
        "pass on to another service",
    ),
    Uses::FORWARD,
);
const QUOTE: Field = ticked(
    "quote",
    label(
        "citer, traduire pour autrui",
        "الاقتباس والترجمة للغير",
        "quote, translate for others",
    ),
    Uses::QUOTE,
);
const PURPOSE: Field = ticked(
    "purpose",
    label(
        "employer à une autre fin",
        "الاستعمال لغاية أخرى",
        "use for another purpose",
    ),
    Uses::PURPOSE,
);
const IN_PROCEEDINGS: Field = Field::new(
    PROCEEDINGS,
    label(
        "pour quelle procédure",
        "في أي مسطرة",
        "for which proceedings",
    ),
    FieldType::Line(200),
);
const FOR_WHOM: Field = Field::new(
    TO_WHOM,
    label(
        "pour quel service, par sa fonction",
        "لأي مصلحة، بحسب وظيفتها",
        "for which service, by its function",
    ),
    FieldType::Line(200),
);

/// Asks the originator to permit uses that its conditions bar.
pub static ASK_PERMISSION: EntryType = plain(
    "ask_permission",
    label(
        "demande d’autorisation",
        "طلب إذن",
        "request for permission",
    ),
    label(
        "demander l’autorisation de son auteur",
        "طلب إذن صاحب القيد",
        "ask its originator for permission",
    ),
    &[
        OF,
        COURT,
        FORWARD,
        QUOTE,
        PURPOSE,
        IN_PROCEEDINGS,
        FOR_WHOM,
        REASON,
    ],
    &[Effect::Ask(Ask::Decide, When::Always), Effect::Wants],
);

/// Permits what was asked for, or part of it. It opens exactly that, and ends.
pub static PERMIT: EntryType = plain(
    "permit",
    label("autorisation", "إذن", "permission"),
    label("autoriser", "الإذن", "permit"),
    &[
        COURT,
        FORWARD,
        QUOTE,
        PURPOSE,
        Field::new(
            "until",
            label("jusqu’au", "إلى غاية", "until"),
            FieldType::Date,
        )
        .bound(Bind::Lasts),
        IN_PROCEEDINGS,
        FOR_WHOM,
        REASON,
    ],
    &[Effect::On(On::Answer, &[Ask::Decide]), Effect::Permit],
);

/// Adds conditions, an end or both to an entry that was sent. Nothing is loosened by it.
pub static TIGHTEN: EntryType = plain(
    "tighten",
    label("conditions durcies", "تشديد الشروط", "conditions tightened"),
    label(
        "durcir les conditions d’une écriture",
        "تشديد شروط قيد",
        "tighten the conditions of an entry",
    ),
    &[
        OF,
        Field::new(
            "handling",
            label("conditions ajoutées", "الشروط المضافة", "conditions added"),
            FieldType::CodeSet(super::common::handling_choices),
        )
        .bound(Bind::MoreCodes),
        Field::new(
            "end",
            label("plus aucun usage après le", "لا استعمال بعد", "no use after"),
            FieldType::Date,
        )
        .bound(Bind::Ends)
        .help(label(
            "le contenu n’est plus montré ensuite, et l’autre partie atteste sa destruction",
            "لا يعرض المضمون بعد ذلك ويشهد الطرف الآخر بإتلافه",
            "after it the content is shown no more, and the other side attests that it is destroyed",
        )),
        CONDITION_TEXT,
        REASON,
    ],
    &[Effect::Tighten, Effect::Ask(Ask::Erase, When::Ends)],
);

/// An officer's word that they read the free text of a condition; only then is the content shown to them.
pub static CONFIRM: EntryType = plain(
    "confirm_condition",
    label("condition lue", "شرط مقروء", "condition read"),
    label(
        "confirmer que la condition est lue",
        "تأكيد قراءة الشرط",
        "confirm that the condition was read",
    ),
    &[OF],
    &[Effect::Confirm],
);
