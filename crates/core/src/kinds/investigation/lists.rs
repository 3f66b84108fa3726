//! Closed lists of things and links, with their words. None says what anybody believes, where they come from or how dangerous they are.

use crate::label::{Label, label};

type Codes = Vec<(&'static str, Label)>;

/// The choices of a name's language and script, as BCP 47 writes them.
pub(super) const SCRIPTS: crate::field::Choices = scripts;

/// A name's language and script, as BCP 47 writes them.
#[must_use]
pub fn scripts() -> Codes {
    vec![
        ("ar-Arab", label("arabe", "العربية", "Arabic")),
        (
            "ar-Latn",
            label(
                "arabe en lettres latines",
                "العربية بحروف لاتينية",
                "Arabic in Latin letters",
            ),
        ),
        ("fr-Latn", label("français", "الفرنسية", "French")),
        ("en-Latn", label("anglais", "الإنجليزية", "English")),
        ("es-Latn", label("espagnol", "الإسبانية", "Spanish")),
        (
            "zgh-Tfng",
            label(
                "amazighe en tifinaghe",
                "الأمازيغية بحروف تيفيناغ",
                "Amazigh in Tifinagh",
            ),
        ),
        (
            "zgh-Latn",
            label(
                "amazighe en lettres latines",
                "الأمازيغية بحروف لاتينية",
                "Amazigh in Latin letters",
            ),
        ),
        (
            "und-Latn",
            label(
                "autre langue, lettres latines",
                "لغة أخرى بحروف لاتينية",
                "another language, Latin letters",
            ),
        ),
        (
            "und-Arab",
            label(
                "autre langue, lettres arabes",
                "لغة أخرى بحروف عربية",
                "another language, Arabic letters",
            ),
        ),
        ("und", label("autre écriture", "خط آخر", "another script")),
    ]
}

/// Sorts of accounts.
pub(super) fn accounts() -> Codes {
    vec![
        ("bank", label("bancaire", "بنكي", "bank")),
        (
            "mobile_money",
            label("argent mobile", "أداء عبر الهاتف", "mobile money"),
        ),
        (
            "transfer",
            label("transfert d’argent", "تحويل الأموال", "money transfer"),
        ),
        ("online", label("en ligne", "عبر الإنترنت", "online")),
        (
            "virtual_asset",
            label("actif virtuel", "أصل افتراضي", "virtual asset"),
        ),
        ("other", label("autre", "آخر", "other")),
    ]
}

/// Sorts of documents.
pub(super) fn documents() -> Codes {
    vec![
        (
            "identity",
            label("titre d’identité", "وثيقة هوية", "identity document"),
        ),
        (
            "travel",
            label("titre de voyage", "وثيقة سفر", "travel document"),
        ),
        ("ticket", label("titre de transport", "تذكرة نقل", "ticket")),
        (
            "invoice",
            label(
                "facture ou paiement",
                "فاتورة أو أداء",
                "invoice or payment",
            ),
        ),
        ("contract", label("contrat", "عقد", "contract")),
        (
            "record",
            label("pièce de procédure", "وثيقة مسطرة", "paper of a procedure"),
        ),
        (
            "correspondence",
            label("correspondance", "مراسلة", "correspondence"),
        ),
        ("other", label("autre", "أخرى", "other")),
    ]
}

/// How one thing stands to another. A directed one is read from the first to the second by `label`, the other way by `inverse`.
#[derive(Clone, Copy, Debug)]
pub struct LinkSort {
    /// Its code in entries.
    pub code: &'static str,
    /// Whether it leads from one to the other, rather than both ways.
    pub directed: bool,
    /// Read from the first thing to the second.
    pub label: Label,
    /// Read from the second to the first.
    pub inverse: Label,
}

const fn directed(code: &'static str, words: Label, inverse: Label) -> LinkSort {
    LinkSort {
        code,
        directed: true,
        label: words,
        inverse,
    }
}

const fn mutual(code: &'static str, words: Label) -> LinkSort {
    LinkSort {
        code,
        directed: false,
        label: words,
        inverse: words,
    }
}

/// Every sort of link, in the order in which they are offered.
pub const LINKS: &[LinkSort] = &[
    directed(
        "owns",
        label("possède", "يملك", "owns"),
        label("appartient à", "مملوك لـ", "is owned by"),
    ),
    directed(
        "uses",
        label("utilise", "يستعمل", "uses"),
        label("est utilisé par", "يستعمله", "is used by"),
    ),
    directed(
        "holds",
        label("détient", "يحوز", "holds"),
        label("est détenu par", "في حوزة", "is held by"),
    ),
    directed(
        "directs",
        label("dirige", "يدير", "directs"),
        label("est dirigé par", "يديره", "is directed by"),
    ),
    directed(
        "works_for",
        label("travaille pour", "يعمل لدى", "works for"),
        label("emploie", "يشغل", "employs"),
    ),
    directed(
        "member_of",
        label("fait partie de", "ينتمي إلى", "is part of"),
        label("a pour membre", "من أعضائه", "has as a member"),
    ),
    mutual(
        "relative_of",
        label("est parent de", "قريب لـ", "is a relative of"),
    ),
    mutual(
        "in_contact_with",
        label("est en contact avec", "على اتصال بـ", "is in contact with"),
    ),
    mutual("acted_with", label("a agi avec", "تصرف مع", "acted with")),
    mutual(
        "travelled_with",
        label("a voyagé avec", "سافر مع", "travelled with"),
    ),
    directed(
        "called",
        label("a appelé", "اتصل بـ", "called"),
        label("a été appelé par", "تلقى اتصالا من", "was called by"),
    ),
    directed(
        "wrote_to",
        label("a écrit à", "راسل", "wrote to"),
        label(
            "a reçu un message de",
            "تلقى رسالة من",
            "had a message from",
        ),
    ),
    directed(
        "paid",
        label(
            "a payé ou viré à",
            "أدى أو حول إلى",
            "paid or transferred to",
        ),
        label("a reçu un paiement de", "تلقى أداء من", "was paid by"),
    ),
    directed(
        "delivered_to",
        label("a livré à", "سلم إلى", "delivered to"),
        label("a reçu livraison de", "تسلم من", "had a delivery from"),
    ),
    directed(
        "stays_at",
        label(
            "habite ou séjourne à",
            "يسكن أو يقيم في",
            "lives or stays at",
        ),
        label("est la demeure de", "مسكن", "is where it lives or stays"),
    ),
    directed(
        "located_at",
        label("se trouve à", "يوجد في", "is located at"),
        label("est le lieu de", "يوجد به", "is the location of"),
    ),
    directed(
        "went_to",
        label("s’est rendu à", "توجه إلى", "went to"),
        label("a reçu la venue de", "قدم إليه", "was reached by"),
    ),
    directed(
        "present_at",
        label("était présent à", "كان حاضرا في", "was present at"),
        label("a eu pour présent", "حضره", "was attended by"),
    ),
    directed(
        "happened_at",
        label("s’est produit à", "وقع في", "happened at"),
        label("a vu se produire", "شهد وقوع", "saw happen"),
    ),
    directed(
        "named_in",
        label("est cité dans", "مذكور في", "is named in"),
        label("cite", "يذكر", "names"),
    ),
    directed(
        "issued_to",
        label("est délivré à", "صادر لفائدة", "is issued to"),
        label("est titulaire de", "صاحب", "is the holder of"),
    ),
    directed(
        "installed_in",
        label("est installé dans", "مركب في", "is installed in"),
        label("contient", "يحتوي على", "contains"),
    ),
    directed(
        "follows",
        label("suit", "يلي", "follows"),
        label("précède", "يسبق", "precedes"),
    ),
    mutual(
        "other",
        label(
            "a un autre lien avec",
            "له رابط آخر مع",
            "has another link with",
        ),
    ),
];

/// The codes of [`LINKS`] as choices.
pub(super) fn link_codes() -> Codes {
    LINKS.iter().map(|sort| (sort.code, sort.label)).collect()
}

/// The sort of link of a code.
#[must_use]
pub fn link_sort(code: &str) -> Option<&'static LinkSort> {
    LINKS.iter().find(|sort| sort.code == code)
}

/// Sorts of exhibits.
pub(super) fn exhibits() -> Codes {
    vec![
        ("device", label("appareil", "جهاز", "device")),
        (
            "medium",
            label("support de données", "حامل معطيات", "storage medium"),
        ),
        (
            "image",
            label("copie d’un support", "نسخة حامل", "image of a medium"),
        ),
        (
            "extract",
            label("données extraites", "معطيات مستخرجة", "extracted data"),
        ),
        ("recording", label("enregistrement", "تسجيل", "recording")),
        ("paper", label("document papier", "وثيقة ورقية", "paper")),
        ("photograph", label("photographie", "صورة", "photograph")),
        (
            "trace",
            label("trace, prélèvement", "أثر أو عينة", "trace, sample"),
        ),
        ("object", label("objet", "شيء", "object")),
        (
            "cash",
            label("espèces, valeurs", "نقود وقيم", "cash, valuables"),
        ),
        ("other", label("autre", "غير ذلك", "other")),
    ]
}

/// How something is sealed.
pub(super) fn seals() -> Codes {
    vec![
        (
            "bag",
            label("sachet de sécurité", "كيس مؤمن", "tamper-evident bag"),
        ),
        (
            "label",
            label(
                "étiquette ou cire, signée",
                "ملصق أو شمع موقع",
                "signed label or wax",
            ),
        ),
        ("case", label("caisse plombée", "صندوق مرصص", "sealed case")),
        (
            "electronic",
            label(
                "scellé numérique (empreinte)",
                "ختم رقمي (بصمة)",
                "electronic seal (hash)",
            ),
        ),
        ("other", label("autrement", "بطريقة أخرى", "otherwise")),
        ("none", label("sans scellé", "دون ختم", "not sealed")),
    ]
}

/// State of a seal.
pub(super) fn seal_states() -> Codes {
    vec![
        ("intact", label("intact", "سليم", "intact")),
        ("damaged", label("abîmé", "متضرر", "damaged")),
        ("broken", label("rompu", "مفضوض", "broken")),
        ("none", label("aucun scellé", "لا ختم", "no seal")),
        (
            "unchecked",
            label("non vérifié", "لم يتحقق منه", "not checked"),
        ),
    ]
}

/// What was done in a step of custody.
pub(super) fn custody_steps() -> Codes {
    vec![
        ("handed_over", label("remis", "تسليم", "handed over")),
        ("stored", label("mis en dépôt", "إيداع", "put into storage")),
        ("opened", label("scellé ouvert", "فض الختم", "seal opened")),
        ("examined", label("examiné", "فحص", "examined")),
        ("copied", label("copié", "نسخ", "copied")),
        ("sealed", label("mis sous scellé", "ختم", "sealed")),
        ("shown", label("présenté", "عرض", "shown")),
        (
            "released",
            label(
                "rendu à l’ayant droit",
                "رد إلى صاحب الحق",
                "released to its owner",
            ),
        ),
        ("destroyed", label("détruit", "إتلاف", "destroyed")),
    ]
}

/// What is handed over.
pub(super) fn handed() -> Codes {
    vec![
        ("original", label("l’original", "الأصل", "the original")),
        ("copy", label("une copie", "نسخة", "a copy")),
        (
            "transit_copy",
            label(
                "une copie en transit, effacée après une date",
                "نسخة عابرة تمحى بعد تاريخ",
                "a transit copy, erased after a date",
            ),
        ),
    ]
}

/// Hash methods with the number of hexadecimal digits of each. The last two no longer prove by themselves that two files are the same.
const HASHES: [(&str, &str, usize); 8] = [
    ("sha256", "SHA-256", 64),
    ("sha384", "SHA-384", 96),
    ("sha512", "SHA-512", 128),
    ("sha3_256", "SHA3-256", 64),
    ("sha3_384", "SHA3-384", 96),
    ("sha3_512", "SHA3-512", 128),
    ("sha1", "SHA-1", 40),
    ("md5", "MD5", 32),
];

/// Hash methods.
pub(super) fn hash_methods() -> Codes {
    HASHES
        .into_iter()
        .map(|(code, name, _)| (code, label(name, name, name)))
        .collect()
}

/// Hexadecimal digits that a hash method gives.
#[must_use]
pub fn hash_digits(method: &str) -> Option<usize> {
    let known = HASHES.iter().find(|(code, ..)| *code == method);
    known.map(|(.., digits)| *digits)
}

/// Whether a method no longer proves by itself that two files are the same: somebody can make another with the same hash.
#[must_use]
pub fn hash_is_weak(method: &str) -> bool {
    method == "sha1" || method == "md5"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn links_are_told_apart_in_both_directions_and_in_every_language() {
        let codes: BTreeSet<&str> = LINKS.iter().map(|sort| sort.code).collect();
        assert_eq!(codes.len(), LINKS.len());
        for lang in Lang::ALL {
            let mut read = BTreeSet::new();
            for sort in LINKS {
                let (there, back) = (sort.label.get(lang), sort.inverse.get(lang));
                assert!(read.insert(there), "{} in {lang}: {there}", sort.code);
                assert_eq!(sort.directed, there != back, "{} in {lang}", sort.code);
                assert!(
                    !sort.directed || read.insert(back),
                    "{} in {lang}: {back}",
                    sort.code
                );
            }
        }
        assert!(link_sort("owns").is_some_and(|sort| sort.directed));
        assert!(link_sort("nothing").is_none());
    }
}
