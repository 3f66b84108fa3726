//! Types and actions of a package of evidence in words: those of CASE and UCO that packages are made of, in the reader's language. What is not in
//! this list is shown as the package says it; so is what is, beside its words, because that name alone can be looked up.

use crate::i18n::Words;
use entente_core::field::Field;
use entente_core::kinds::investigation::custody::{CUSTODY, STEP};
use entente_core::label::{Label, label};
use entente_evidence::vocabulary::{CASE, UCO};

/// Types by their last part within the ontologies, in the order of the alphabet.
const TYPES: [(&str, Label); 48] = [
    ("action/Action", label("action", "عمل", "action")),
    ("analysis/Analysis", label("analyse", "تحليل", "analysis")),
    (
        "analysis/AnalyticResult",
        label("résultat d’analyse", "نتيجة تحليل", "result of an analysis"),
    ),
    (
        "core/Annotation",
        label("annotation", "تعليق", "annotation"),
    ),
    ("core/Bundle", label("ensemble", "مجموعة", "bundle")),
    ("core/Event", label("événement", "حدث", "event")),
    ("core/Relationship", label("lien", "رابط", "link")),
    ("identity/Identity", label("identité", "هوية", "identity")),
    (
        "identity/Organization",
        label("organisation", "هيئة", "organisation"),
    ),
    ("identity/Person", label("personne", "شخص", "person")),
    (
        "investigation/Investigation",
        label("enquête", "تحقيق", "investigation"),
    ),
    (
        "investigation/InvestigativeAction",
        label("acte d’enquête", "إجراء تحقيق", "investigative action"),
    ),
    (
        "investigation/ProvenanceRecord",
        label("relevé de provenance", "سجل مصدر", "provenance record"),
    ),
    ("location/Location", label("lieu", "مكان", "place")),
    ("observable/Account", label("compte", "حساب", "account")),
    (
        "observable/Application",
        label("application", "تطبيق", "application"),
    ),
    (
        "observable/ApplicationAccount",
        label("compte d’application", "حساب تطبيق", "application account"),
    ),
    ("observable/Call", label("appel", "مكالمة", "call")),
    (
        "observable/CellSite",
        label("relais de téléphonie", "محطة اتصال", "cell site"),
    ),
    (
        "observable/Computer",
        label("ordinateur", "حاسوب", "computer"),
    ),
    (
        "observable/Contact",
        label("contact", "جهة اتصال", "contact"),
    ),
    (
        "observable/ContentData",
        label("contenu", "محتوى", "content"),
    ),
    ("observable/Device", label("appareil", "جهاز", "device")),
    (
        "observable/DigitalAccount",
        label("compte numérique", "حساب رقمي", "digital account"),
    ),
    (
        "observable/DiskPartition",
        label("partition de disque", "قسم من القرص", "disk partition"),
    ),
    (
        "observable/DomainName",
        label("nom de domaine", "اسم نطاق", "domain name"),
    ),
    (
        "observable/EmailAccount",
        label(
            "compte de messagerie",
            "حساب بريد إلكتروني",
            "e-mail account",
        ),
    ),
    (
        "observable/EmailAddress",
        label("adresse électronique", "عنوان إلكتروني", "e-mail address"),
    ),
    (
        "observable/EmailMessage",
        label("courriel", "رسالة إلكترونية", "e-mail"),
    ),
    ("observable/File", label("fichier", "مرفق", "file")),
    (
        "observable/IPv4Address",
        label("adresse IPv4", "عنوان IPv4", "IPv4 address"),
    ),
    (
        "observable/IPv6Address",
        label("adresse IPv6", "عنوان IPv6", "IPv6 address"),
    ),
    (
        "observable/Image",
        label("image de support", "نسخة دعامة", "image of a medium"),
    ),
    ("observable/Message", label("message", "رسالة", "message")),
    (
        "observable/MessageThread",
        label("fil de messages", "سلسلة رسائل", "thread of messages"),
    ),
    (
        "observable/MobileAccount",
        label("compte mobile", "حساب هاتف محمول", "mobile account"),
    ),
    (
        "observable/MobileDevice",
        label("appareil mobile", "جهاز محمول", "mobile device"),
    ),
    (
        "observable/NetworkConnection",
        label("connexion au réseau", "اتصال بالشبكة", "network connection"),
    ),
    (
        "observable/ObservableRelationship",
        label("lien observé", "رابط مرصود", "observed link"),
    ),
    (
        "observable/OperatingSystem",
        label("système d’exploitation", "نظام تشغيل", "operating system"),
    ),
    (
        "observable/PhoneAccount",
        label("ligne téléphonique", "خط هاتفي", "telephone account"),
    ),
    (
        "observable/RasterPicture",
        label("photo", "صورة", "picture"),
    ),
    (
        "observable/SIMCard",
        label("carte SIM", "بطاقة SIM", "SIM card"),
    ),
    (
        "observable/SMSMessage",
        label("SMS", "رسالة قصيرة", "text message"),
    ),
    (
        "observable/Software",
        label("logiciel", "برنامج", "software"),
    ),
    (
        "observable/URL",
        label("adresse web", "عنوان ويب", "web address"),
    ),
    ("tool/Tool", label("outil", "أداة", "tool")),
    ("types/Hash", label("empreinte", "بصمة", "hash")),
];

/// Names of actions: those that this program writes, and those of CASE's own examples.
const ACTIONS: [(&str, Label); 12] = [
    ("annotated", label("annoté", "علق عليه", "annotated")),
    (
        "asked_back",
        label("restitution demandée", "طلب رده", "asked back"),
    ),
    (
        "derived",
        label("tiré d’une pièce", "مستخرج من محجوز", "derived"),
    ),
    ("extracted", label("extrait", "مستخرج", "extracted")),
    (
        "imaged",
        label("copié en image", "أخذت نسخة مطابقة له", "imaged"),
    ),
    ("parsed", label("dépouillé", "حُللت معطياته", "parsed")),
    (
        "photo_taken",
        label("photographié", "أُخذت له صورة", "photographed"),
    ),
    ("received", label("reçu", "استلم", "received")),
    (
        "recorded",
        label(
            "inscrit au dossier",
            "قيد في الملف",
            "recorded in the dossier",
        ),
    ),
    ("returned", label("rendu", "رد", "returned")),
    ("seized", label("saisi", "حجز", "seized")),
    ("transferred", label("transmis", "أحيل", "transferred")),
];

/// A type in words; of a facet what it says more of. Nothing of what is in neither ontology, or not in this list.
#[must_use]
pub fn of_type(words: Words, iri: &str) -> Option<String> {
    let name = iri.strip_prefix(UCO).or_else(|| iri.strip_prefix(CASE))?;
    let known = |name: &str| {
        let at = TYPES
            .binary_search_by(|(known, _)| (*known).cmp(name))
            .ok()?;
        TYPES.get(at).map(|(_, label)| words.label(*label))
    };
    match (known(name), name.strip_suffix("Facet").and_then(known)) {
        (Some(words), _) => Some(words.to_owned()),
        (None, Some(of)) => Some(words.s("package-facet", of)),
        (None, None) => None,
    }
}

/// The name of an action in words, where it is one of the list.
#[must_use]
pub fn of_action(words: Words, name: &str) -> Option<&'static str> {
    let at = ACTIONS
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok();
    let known = at.and_then(|at| ACTIONS.get(at)).map(|(_, label)| *label);
    // Of our own steps of custody the list is that of the form.
    let steps = CUSTODY.fields.iter().find(|field| field.name == STEP);
    let step = || {
        let mut steps = steps.and_then(Field::choices)?.into_iter();
        steps.find_map(|(code, label)| (code == name).then_some(label))
    };
    known.or_else(step).map(|label| words.label(label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Digits;
    use entente_core::label::Lang;

    /// Every name is found by the search for it, in three languages; and a name that only looks like one is none.
    ///
    /// Take out: any line's place in the order of the alphabet, or the ontologies of `of_type`.
    #[test]
    fn types_and_actions_of_packages_are_said_in_words() {
        for lang in Lang::ALL {
            let words = Words::new(lang, Digits::Latin);
            for (name, label) in TYPES {
                let base = if name.starts_with("investigation/") {
                    CASE
                } else {
                    UCO
                };
                assert_eq!(
                    of_type(words, &format!("{base}{name}")).as_deref(),
                    Some(words.label(label)),
                    "{name}"
                );
            }
            for (name, label) in ACTIONS {
                assert_eq!(of_action(words, name), Some(words.label(label)), "{name}");
            }
        }
        let en = Words::new(Lang::En, Digits::Latin);
        let said = |name: &str| of_type(en, name);
        assert_eq!(
            said(&format!("{UCO}observable/FileFacet")).as_deref(),
            Some("details of: file")
        );
        assert_eq!(said("http://maker.example/observable/File"), None);
        assert_eq!(said(&format!("{UCO}observable/Nothing")), None);
        assert_eq!(of_action(en, "examined"), Some("examined"));
        assert_eq!(of_action(en, "Seized"), None);
    }
}
