//! The access record in codes (invariant 11, FIELD B5): what was done, and why somebody looked outside the dossiers that they work in.

use crate::codes::codes;
use crate::label::Label;
use serde::{Deserialize, Serialize};

codes! {
    /// What was done, as an access record names it: a closed list.
    Operation {
        /// Signed in, out, or proved who one is again.
        Session = 0, "session", "session", "جلسة", "session";
        /// Looked at a page, a list or an entry.
        Consult = 1, "consult", "consultation", "اطلاع", "view";
        /// Searched by words.
        Search = 2, "search", "recherche", "بحث", "search";
        /// Wrote what stays at our node, or took something in.
        Collect = 3, "collect", "écriture interne", "كتابة داخلية", "internal writing";
        /// Wrote what leaves for a partner, or packed it.
        Disclose = 4, "disclose", "communication", "تبليغ", "disclosure";
        /// Took something out: a proof, a signed file.
        Export = 5, "export", "export", "تصدير", "export";
        /// Destroyed a body, a file or a dossier.
        Erase = 6, "erase", "effacement", "محو", "erasure";
        /// Administered the node: links, keys, settings.
        Administer = 7, "administer", "administration", "إدارة", "administration";
        /// Passed into the register of a partner, and so out of the node: by the link's driver.
        Transmit = 8, "transmit", "transmission", "إرسال", "transmission";
        /// Unsealed a file or a bundle.
        Decrypt = 9, "decrypt", "déchiffrement", "فك الختم", "decryption";
        /// Changed who may do what: officers, roles, services, factors.
        Permit = 10, "permit", "changement de droits", "تغيير الصلاحيات", "change of rights";
        /// Looked at access records.
        Inspect = 11, "inspect", "inspection", "تفتيش", "inspection";
        /// Said why one looks outside the dossiers that one works in.
        Explain = 12, "explain", "motif donné", "تعليل", "reason given";
        /// Asked for access to a dossier by its number, whether there is one or not.
        Ask = 13, "ask_access", "demande d’accès", "طلب ولوج", "request for access";
        /// Tried what was refused.
        Refused = 14, "refused", "essai refusé", "محاولة مرفوضة", "refused attempt";
    }
}

codes! {
    /// Why an attempt was refused: a closed list.
    Refusal {
        /// Seen, and not open to the role.
        Forbidden = 0, "forbidden", "non ouvert au rôle", "غير متاح للدور", "not open to the role";
        /// Not there, or not to be seen: whoever tried it is not told which.
        NotFound = 1, "not_found", "absent ou invisible pour lui", "غير موجود أو غير مرئي له", "not there, or not to be seen by them";
        /// Its originator's condition bars it.
        Condition = 2, "condition", "condition de l’émetteur", "شرط المرسل", "originator’s condition";
    }
}

codes! {
    /// Why somebody looks outside the dossiers that they work in: a closed list.
    Reason {
        /// The dossier one works in: nobody types it.
        OwnDossier = 0, "own_dossier", "dossier traité", "ملف قيد المعالجة", "the dossier worked in";
        /// Given to deal with it, or with the person.
        Assigned = 1, "assigned", "affaire confiée", "قضية مسندة", "assigned to me";
        /// In place of a colleague.
        StandIn = 2, "stand_in", "remplacement d’un collègue", "نيابة عن زميل", "standing in for a colleague";
        /// Looking whether another dossier is about the same.
        Coordination = 3, "coordination", "recoupement avec un autre dossier", "تنسيق مع ملف آخر", "coordination with another dossier";
        /// Answers for what others do.
        Supervision = 4, "supervision", "contrôle hiérarchique", "إشراف", "supervision";
        /// Asked by a court or a magistrate.
        Court = 5, "court", "demande d’un magistrat", "طلب من قاض", "asked by a magistrate";
        /// The person whom the data are about exercises their rights.
        DataSubject = 6, "data_subject", "droits de la personne concernée", "حقوق الشخص المعني", "rights of the person concerned";
        /// Somebody's life is in danger.
        Danger = 7, "danger", "danger pour la vie", "خطر على الحياة", "danger to life";
        /// None of these: a line of text says it.
        Other = 8, "other", "autre", "سبب آخر", "other";
    }
}

impl Reason {
    /// Those that a person may give. That one works in the dossier is known without being said.
    #[must_use]
    pub fn given() -> &'static [Self] {
        Self::ALL.get(1..).unwrap_or_default()
    }
    /// Whether a line of text must go with it.
    #[must_use]
    pub fn needs_text(self) -> bool {
        self == Self::Other
    }
}

codes! {
    /// For what a reason is asked: a closed list.
    Wanted {
        /// Searching by words outside a dossier.
        Search = 0, "search", "recherche hors dossier", "بحث خارج ملف", "a search outside a dossier";
        /// Opening a dossier that others of the service work in.
        Enter = 1, "enter", "dossier traité par d’autres", "ملف يعالجه آخرون", "a dossier that others work in";
        /// Taking something out.
        Export = 2, "export", "export", "تصدير", "an export";
    }
}

/// Longest line of text that goes with a reason, in characters.
pub const TEXT_MAX: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_to_say_what_is_known() {
        assert!(!Reason::given().contains(&Reason::OwnDossier));
        assert_eq!(Reason::given().len() + 1, Reason::ALL.len());
    }

    /// Records of before name operations by these words.
    #[test]
    fn words_of_stored_records_still_stand() {
        let stored = [
            "session",
            "consult",
            "search",
            "collect",
            "disclose",
            "export",
            "erase",
            "administer",
        ];
        for (number, word) in (0..).zip(stored) {
            let found = Operation::parse(word).unwrap();
            assert_eq!(found.number(), number);
            assert_eq!(
                serde_json::to_string(&found).unwrap(),
                format!("\"{word}\"")
            );
        }
    }
}
