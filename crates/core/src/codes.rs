//! Closed code lists that travel in headers: each code is a small number that never changes its meaning.
//!
//! Every list has labels in the three languages beside it, so that a coded field is read before anyone translates.

use crate::label::Label;
use serde::{Deserialize, Serialize};

/// Declares a closed list: an enum, its stable numbers, its names in text form and its labels.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $n:literal, $text:literal, $fr:literal, $ar:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode, Serialize, Deserialize)]
        #[cbor(index_only)]
        pub enum $name {
            $($(#[$vdoc])* #[n($n)] #[serde(rename = $text)] $variant,)+
        }
        impl $name {
            /// Every code of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The stable number that is stored and sent.
            #[must_use]
            pub fn number(self) -> u8 {
                match self { $(Self::$variant => $n,)+ }
            }
            /// The code of a number, if this version knows it.
            #[must_use]
            pub fn from_number(n: u8) -> Option<Self> {
                match n { $($n => Some(Self::$variant),)+ _ => None }
            }
            /// The name used in interfaces and files.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
            /// The code of a name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
            /// What a person reads.
            #[must_use]
            pub fn label(self) -> Label {
                match self { $(Self::$variant => Label { fr: $fr, ar: $ar, en: $en },)+ }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What an obligation asks for (DESIGN section 2).
    Ask {
        /// Say that it arrived and who deals with it.
        Acknowledge = 0, "acknowledge", "accuser réception", "الإشعار بالتوصل", "acknowledge";
        /// Answer the question.
        Answer = 1, "answer", "répondre", "الجواب", "answer";
        /// Say what became of what was given.
        Feedback = 2, "feedback", "retour d’informations", "الإفادة", "feedback";
        /// Do what was promised.
        Act = 3, "act", "agir", "التنفيذ", "act";
        /// Decide.
        Decide = 4, "decide", "décider", "البت", "decide";
        /// Report on what came of it.
        Report = 5, "report", "rendre compte", "تقديم تقرير", "report";
        /// Correct wrong data.
        Correct = 6, "correct", "rectifier", "التصحيح", "correct";
        /// Destroy data, with evidence.
        Erase = 7, "erase", "effacer", "المحو", "erase";
        /// Give something back.
        Return = 8, "return", "restituer", "الإرجاع", "return";
        /// Attend.
        Attend = 9, "attend", "participer", "الحضور", "attend";
    }
}

codes! {
    /// How pressing an ask is; the charter gives each its clock (FIELD B7).
    Urgency {
        /// Ordinary.
        Normal = 0, "normal", "ordinaire", "عادي", "normal";
        /// Urgent, and the data must be got from others.
        UrgentIndirect = 1, "urgent_indirect", "urgent, données à obtenir de tiers", "مستعجل، معطيات تطلب من الغير", "urgent, data held by others";
        /// Urgent, and the data are directly accessible.
        UrgentDirect = 2, "urgent_direct", "urgent, données directement accessibles", "مستعجل، معطيات متاحة مباشرة", "urgent, data directly accessible";
        /// Life is in danger.
        Life = 3, "life", "vie en danger", "حياة في خطر", "danger to life";
    }
}

codes! {
    /// The one lawful purpose of a dossier. Four walled groups (invariant 7).
    Purpose {
        /// Prevention, detection and investigation of crime.
        Justice = 0, "justice", "justice et sécurité", "العدالة والأمن", "justice and security";
        /// Rescue at sea and tracing of families.
        Rescue = 1, "rescue", "secours et recherche des familles", "الإنقاذ والبحث عن العائلات", "rescue and tracing";
        /// Support to persons: prevention, regularisation, integration.
        Support = 2, "support", "accompagnement des personnes", "مواكبة الأشخاص", "support to persons";
        /// Governance and training.
        Governance = 3, "governance", "gouvernance et formation", "الحكامة والتكوين", "governance and training";
    }
}

codes! {
    /// Sensitivity of content. Equivalences between national levels are in the charter (FIELD B4).
    Class {
        /// May be published.
        Open = 0, "open", "public", "عمومي", "open";
        /// For the services concerned.
        Internal = 1, "internal", "interne", "داخلي", "internal";
        /// Diffusion Restreinte and its equivalents: the default ceiling.
        Restricted = 2, "restricted", "diffusion restreinte", "توزيع محدود", "restricted";
        /// Above the default ceiling: only with a declared accreditation.
        Confidential = 3, "confidential", "confidentiel", "سري", "confidential";
    }
}

codes! {
    /// A person's part in a dossier (DESIGN section 1). French and Arabic name what is done and not who does it: whoever does it has a gender.
    Role {
        /// Investigates.
        Investigator = 0, "investigator", "enquête", "التحقيق", "investigator";
        /// Analyses.
        Analyst = 1, "analyst", "analyse", "التحليل", "analyst";
        /// Keeps the link with the partner.
        Liaison = 2, "liaison", "liaison", "الاتصال", "liaison officer";
        /// Validates a transmission.
        Magistrate = 3, "magistrate", "magistrature", "القضاء", "magistrate";
        /// Coordinates the joint commission.
        Coordinator = 4, "coordinator", "coordination", "التنسيق", "coordinator";
        /// Coordinates a rescue.
        RescueCoordinator = 5, "rescue_coordinator", "coordination des secours", "تنسيق الإنقاذ", "rescue coordinator";
        /// Follows persons.
        CaseWorker = 6, "case_worker", "suivi des personnes", "المتابعة الاجتماعية", "case worker";
        /// Inspects.
        Inspector = 7, "inspector", "inspection", "التفتيش", "inspector";
        /// Administers a node without reading it.
        Administrator = 8, "administrator", "administration", "إدارة النظام", "administrator";
    }
}

codes! {
    /// Why an ask is refused (FIELD B6). The reason may be withheld only on the two security grounds.
    Ground {
        /// The information is not available.
        NotAvailable = 0, "not_available", "information non disponible", "المعلومة غير متوفرة", "not available";
        /// A judge refused the authorisation.
        JudgeRefused = 1, "judge_refused", "autorisation judiciaire refusée", "رفض الإذن القضائي", "authorisation refused by a judge";
        /// Disproportionate or irrelevant.
        Disproportionate = 2, "disproportionate", "disproportionnée ou sans rapport", "غير متناسب أو غير ذي صلة", "disproportionate or irrelevant";
        /// Essential security interests (a security ground).
        EssentialSecurity = 3, "essential_security", "intérêts essentiels de sécurité", "مصالح أمنية أساسية", "essential security interests";
        /// Jeopardises an investigation or a person's safety (a security ground).
        Jeopardises = 4, "jeopardises", "compromet une enquête ou la sécurité d’une personne", "يعرض تحقيقا أو سلامة شخص للخطر", "jeopardises an investigation or a person’s safety";
        /// Would disclose a specific intelligence activity.
        DisclosesActivity = 5, "discloses_activity", "révélerait une activité de renseignement précise", "يكشف عن نشاط استخباراتي محدد", "discloses a specific intelligence activity";
        /// A minor offence.
        MinorOffence = 6, "minor_offence", "infraction mineure", "جريمة بسيطة", "minor offence";
        /// Politically tinged, or not an offence.
        Political = 7, "political", "caractère politique ou absence d’infraction", "طابع سياسي أو عدم وجود جريمة", "politically tinged, or not an offence";
        /// Serious risk of torture or ill-treatment.
        Torture = 8, "torture", "risque sérieux de torture ou de mauvais traitements", "خطر جدي للتعذيب أو سوء المعاملة", "serious risk of torture or ill-treatment";
        /// Death penalty without an assurance.
        DeathPenalty = 9, "death_penalty", "peine de mort sans assurance", "عقوبة الإعدام دون ضمانة", "death penalty without assurance";
        /// Persecution.
        Persecution = 10, "persecution", "persécution", "اضطهاد", "persecution";
        /// Flagrantly unfair trial.
        UnfairTrial = 11, "unfair_trial", "procès manifestement inéquitable", "محاكمة غير عادلة بشكل صارخ", "flagrantly unfair trial";
    }
}

impl Ground {
    /// Whether the reason may be withheld: only on the two security grounds (FIELD B6).
    #[must_use]
    pub fn may_withhold(self) -> bool {
        matches!(self, Self::EssentialSecurity | Self::Jeopardises)
    }
}

codes! {
    /// Why a magistrate defers informing the other Party (FIELD B12): a charter names those that exist on its link.
    DeferGround {
        /// The secrecy of an investigation that goes on.
        Secrecy = 0, "secrecy", "secret de l’enquête en cours", "سرية البحث الجاري", "secrecy of the investigation under way";
        /// Somebody's safety: a victim, a witness, whoever is concerned.
        Safety = 1, "safety", "sécurité d’une personne", "سلامة شخص", "a person’s safety";
        /// An allegation of torture or ill-treatment is to be looked into first.
        Torture = 2, "torture", "allégation de torture ou de mauvais traitements", "ادعاء تعذيب أو سوء معاملة", "allegation of torture or ill-treatment";
        /// The rights of the defence would suffer.
        Defence = 3, "defence", "droits de la défense", "حقوق الدفاع", "rights of the defence";
        /// A guarantee is awaited, such as an assurance or the view of a court.
        Guarantee = 4, "guarantee", "garantie attendue de l’autre Partie", "ضمانة منتظرة من الطرف الآخر", "a guarantee awaited from the other Party";
    }
}

codes! {
    /// What became of what was given (FIELD B8).
    Outcome {
        /// An ordinary answer, no outcome stated.
        None = 0, "none", "sans objet", "لا ينطبق", "not stated";
        /// A case was opened.
        OpenedCase = 1, "opened_case", "a ouvert une affaire", "فتحت قضية", "opened a case";
        /// It supported a case.
        SupportedCase = 2, "supported_case", "a étayé une affaire", "دعمت قضية", "supported a case";
        /// It corroborated.
        Corroborated = 3, "corroborated", "a corroboré", "أكدت معطيات", "corroborated";
        /// It eliminated a lead.
        EliminatedLead = 4, "eliminated_lead", "a écarté une piste", "استبعدت فرضية", "eliminated a lead";
        /// It led to an arrest.
        Arrest = 5, "arrest", "interpellation", "توقيف", "arrest";
        /// It led to a seizure.
        Seizure = 6, "seizure", "saisie", "حجز", "seizure";
        /// Something was prevented.
        Prevention = 7, "prevention", "prévention", "وقاية", "prevention";
        /// Someone was rescued.
        Rescue = 8, "rescue", "secours", "إنقاذ", "rescue";
        /// Not used yet: a later date says when we tell more.
        NotYet = 9, "not_yet", "pas encore exploité", "لم تستعمل بعد", "not used yet";
        /// No use: known already.
        KnownAlready = 20, "known_already", "sans usage : déjà connu", "دون استعمال: معروفة من قبل", "no use: known already";
        /// No use: too late.
        TooLate = 21, "too_late", "sans usage : trop tard", "دون استعمال: متأخرة", "no use: too late";
        /// No use: wrong service.
        WrongService = 22, "wrong_service", "sans usage : mauvais service", "دون استعمال: مصلحة غير معنية", "no use: wrong service";
        /// No use: not verifiable.
        NotVerifiable = 23, "not_verifiable", "sans usage : invérifiable", "دون استعمال: غير قابلة للتحقق", "no use: not verifiable";
        /// No use: too vague.
        TooVague = 24, "too_vague", "sans usage : trop vague", "دون استعمال: غامضة", "no use: too vague";
        /// No use: another reason.
        NoUseOther = 25, "no_use_other", "sans usage : autre raison", "دون استعمال: سبب آخر", "no use: other reason";
    }
}

impl Outcome {
    /// Whether this says "no use": its share is shown apart from useful feedback (DESIGN section 6).
    #[must_use]
    pub fn is_no_use(self) -> bool {
        self.number() >= 20
    }
    /// The buttons of "no use, because".
    pub fn no_use() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|o| o.is_no_use())
    }
    /// The outcomes of something that was used.
    pub fn useful() -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|o| (1..=8).contains(&o.number()))
    }
}

codes! {
    /// Why a date cannot be met (FIELD B7: say so and give a new one).
    Delay {
        /// A judge must authorise.
        JudicialAuthorisation = 0, "judicial_authorisation", "autorisation judiciaire en attente", "في انتظار إذن قضائي", "judicial authorisation pending";
        /// Data must come from a third party.
        ThirdParty = 1, "third_party", "données attendues d’un tiers", "معطيات منتظرة من الغير", "data awaited from a third party";
        /// More work than foreseen.
        Workload = 2, "workload", "recherches plus longues que prévu", "بحث أطول من المتوقع", "more work than foreseen";
        /// Translation is under way.
        Translation = 3, "translation", "traduction en cours", "ترجمة جارية", "translation under way";
        /// The result will take longer to show.
        ResultPending = 4, "result_pending", "résultat attendu", "النتيجة منتظرة", "result pending";
        /// Another reason, given in the body.
        Other = 5, "other", "autre raison", "سبب آخر", "other reason";
    }
}

codes! {
    /// Why contents are kept beyond the day of their review (FIELD B5: reasons are recorded).
    KeepReason {
        /// What they serve goes on.
        StillNeeded = 0, "still_needed", "toujours nécessaires à ce pour quoi elles ont été transmises", "لا تزال لازمة لما أرسلت من أجله", "still needed for what they were sent for";
        /// New facts came.
        NewFacts = 1, "new_facts", "faits nouveaux", "وقائع جديدة", "new facts";
        /// Proceedings are expected or under way.
        Proceedings = 2, "proceedings", "procédure en cours ou attendue", "مسطرة جارية أو منتظرة", "proceedings under way or expected";
        /// The law asks for a longer time.
        Law = 3, "law", "durée exigée par la loi", "مدة يفرضها القانون", "a time that the law demands";
    }
}

codes! {
    /// Why contents must not be erased for now.
    HoldGround {
        /// Proceedings before a court need them.
        Proceedings = 0, "proceedings", "procédure judiciaire", "مسطرة قضائية", "court proceedings";
        /// A person exercises their rights, and the answer needs them.
        Rights = 1, "rights", "demande d’une personne concernée", "طلب شخص معني", "a request of the person concerned";
        /// A complaint is examined.
        Complaint = 2, "complaint", "réclamation en examen", "شكاية قيد الفحص", "a complaint under examination";
        /// An inspector or a supervisory authority inquires.
        Inquiry = 3, "inquiry", "contrôle d’un inspecteur ou d’une autorité", "تحقيق مفتش أو سلطة رقابة", "an inquiry by an inspector or a supervisory authority";
        /// A court ordered it.
        CourtOrder = 4, "court_order", "ordonnance d’un tribunal", "أمر محكمة", "an order of a court";
    }
}

codes! {
    /// Why this is necessary to send (invariant 8).
    Necessity {
        /// Needed to answer what the partner asked.
        AnswersAsk = 0, "answers_ask", "nécessaire pour répondre à une demande", "ضروري للجواب على طلب", "needed to answer a request";
        /// Needed for an inquiry that both conduct.
        JointInquiry = 1, "joint_inquiry", "nécessaire à une enquête conjointe", "ضروري لتحقيق مشترك", "needed for a joint inquiry";
        /// Needed to prevent serious harm.
        PreventHarm = 2, "prevent_harm", "nécessaire pour prévenir un dommage grave", "ضروري لمنع ضرر جسيم", "needed to prevent serious harm";
        /// No personal data in it.
        NoPersonalData = 3, "no_personal_data", "aucune donnée personnelle", "لا يتضمن معطيات شخصية", "no personal data in it";
        /// Needed to save life.
        SavesLife = 4, "saves_life", "nécessaire pour sauver une vie", "ضروري لإنقاذ حياة", "needed to save life";
    }
}

codes! {
    /// The legal basis of a transfer (FIELD B5, `transfer_basis`).
    Basis {
        /// A bilateral instrument, named in the charter.
        Instrument = 0, "instrument", "instrument bilatéral", "صك ثنائي", "bilateral instrument";
        /// An adequacy decision.
        Adequacy = 1, "adequacy", "décision d’adéquation", "قرار ملاءمة", "adequacy decision";
        /// Safeguards that were assessed.
        Safeguards = 2, "safeguards", "garanties évaluées", "ضمانات مقيمة", "assessed safeguards";
        /// Vital interest of a person.
        VitalInterest = 3, "vital_interest", "intérêt vital d’une personne", "مصلحة حيوية لشخص", "vital interest of a person";
        /// Immediate serious threat.
        ImmediateThreat = 4, "immediate_threat", "menace grave et immédiate", "تهديد خطير ووشيك", "immediate serious threat";
        /// No personal data are transferred.
        NotPersonal = 5, "not_personal", "sans données personnelles", "دون معطيات شخصية", "no personal data";
    }
}

codes! {
    /// Reliability of a source, 4x4 system (FIELD B2, Regulation 2016/794 article 29).
    Source {
        /// No doubt about authenticity, trust, competence.
        A = 0, "A", "A : aucun doute", "A: لا شك في المصدر", "A: no doubt";
        /// Mostly reliable.
        B = 1, "B", "B : le plus souvent fiable", "B: موثوق غالبا", "B: mostly reliable";
        /// Mostly unreliable.
        C = 2, "C", "C : le plus souvent non fiable", "C: غير موثوق غالبا", "C: mostly unreliable";
        /// Cannot be assessed.
        X = 3, "X", "X : non évaluable", "X: لا يمكن تقييمه", "X: cannot be assessed";
    }
}

codes! {
    /// Accuracy of information, 4x4 system (FIELD B2).
    Accuracy {
        /// Accuracy not in doubt.
        One = 0, "1", "1 : exactitude certaine", "1: دقة مؤكدة", "1: accuracy not in doubt";
        /// Known personally to the source, not to the officer passing it on.
        Two = 1, "2", "2 : connue personnellement de la source", "2: يعرفها المصدر شخصيا", "2: known personally to the source";
        /// Not known personally, corroborated.
        Three = 2, "3", "3 : corroborée par d’autres informations", "3: تؤكدها معلومات أخرى", "3: corroborated by recorded information";
        /// Not known personally, cannot be corroborated.
        Four = 3, "4", "4 : ne peut être corroborée", "4: لا يمكن تأكيدها", "4: cannot be corroborated";
    }
}

codes! {
    /// How a commitment relates to an earlier one (DESIGN section 1).
    Relation {
        /// Does what the earlier one promised.
        Answers = 0, "answers", "répond à", "يستجيب ل", "answers";
        /// Says it again; never closes it.
        Restates = 1, "restates", "réitère", "يكرر", "restates";
        /// Widens it.
        Widens = 2, "widens", "élargit", "يوسع", "widens";
        /// Acknowledges that it is being carried out.
        Acknowledges = 3, "acknowledges", "prend acte de", "يشيد بتنفيذ", "acknowledges";
        /// Prepares it.
        Prepares = 4, "prepares", "prépare", "يمهد ل", "prepares";
        /// Says what follows from it.
        Regulates = 5, "regulates", "règle la suite de", "ينظم ما يترتب على", "rules on what follows";
        /// Comes after it, without more being said.
        Continues = 6, "continues", "fait suite à", "يلي", "follows";
    }
}

codes! {
    /// A dossier's phase. Kinds use the ones that their transitions name.
    Phase {
        /// Drawn up, not in force.
        Draft = 0, "draft", "en préparation", "قيد الإعداد", "being drawn up";
        /// Open.
        Open = 1, "open", "ouvert", "مفتوح", "open";
        /// In force.
        InForce = 2, "in_force", "en vigueur", "ساري المفعول", "in force";
        /// Of an investigation: operations go on.
        Operational = 3, "operational", "phase opérationnelle", "المرحلة الميدانية", "operational phase";
        /// Of an investigation: before the courts.
        Prosecution = 4, "prosecution", "phase de poursuites", "مرحلة المتابعة القضائية", "prosecution phase";
        /// Of an investigation: looked back upon.
        Evaluation = 5, "evaluation", "phase d’évaluation", "مرحلة التقييم", "evaluation phase";
        /// Closed: final.
        Closed = 9, "closed", "clos", "مغلق", "closed";
    }
}

impl Phase {
    /// Whether it came with the phases of investigations: a dossier is led into it and out of it by a type of entry that sets a phase.
    #[must_use]
    pub fn is_led(self) -> bool {
        matches!(
            self,
            Self::Operational | Self::Prosecution | Self::Evaluation
        )
    }
}

codes! {
    /// What is contested.
    Contested {
        /// The time of a receipt is implausible (rule 10).
        ReceiptTime = 0, "receipt_time", "heure de réception", "وقت التوصل", "receipt time";
        /// The answer does not answer.
        Answer = 1, "answer", "réponse insuffisante", "جواب غير كاف", "answer insufficient";
        /// The ground of refusal.
        Ground = 2, "ground", "motif de refus", "سبب الرفض", "ground of refusal";
        /// The new date.
        Extension = 3, "extension", "nouveau délai", "الأجل الجديد", "new date";
    }
}
