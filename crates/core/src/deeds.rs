//! What an access record names beside its operation, in words: the page that was looked at, or the act. Records keep the code, which never
//! changes its meaning; what writes an entry is named by the entry's type, and a refused attempt by its address.

use crate::access::Wanted;
use crate::kinds;
use crate::label::{Label, label};

/// The words of a code, if it is a page, an act or a type of entry that this version knows.
#[must_use]
pub fn deed(code: &str) -> Option<Label> {
    let found = DEEDS.binary_search_by_key(&code, |(known, _)| known);
    let own = found.ok().and_then(|place| DEEDS.get(place));
    let reason = || Wanted::parse(code).map(Wanted::label);
    own.map(|(_, words)| *words)
        .or_else(reason)
        .or_else(|| of_entry(code))
}

fn of_entry(code: &str) -> Option<Label> {
    let named = kinds::entry(code);
    named.map(|entry| entry.label)
}

/// By code, in the order of the alphabet.
static DEEDS: &[(&str, Label)] = &[
    (
        "absences",
        label("absences du personnel", "حالات الغياب", "absences"),
    ),
    (
        "accept_invitation",
        label("invitation acceptée", "قبول دعوة", "invitation accepted"),
    ),
    (
        "accept_restart",
        label(
            "nouveau début d’un registre accepté",
            "قبول بدء سجل من جديد",
            "new beginning of a register accepted",
        ),
    ),
    (
        "access",
        label("traces d’accès", "سجلات الاطلاع", "access records"),
    ),
    (
        "access_check",
        label(
            "intégrité des traces",
            "سلامة السجلات",
            "wholeness of the records",
        ),
    ),
    (
        "access_export",
        label(
            "traces exportées",
            "تصدير سجلات الاطلاع",
            "access records exported",
        ),
    ),
    (
        "access_findings",
        label(
            "schémas relevés dans les traces",
            "أنماط في السجلات",
            "patterns found in the records",
        ),
    ),
    (
        "access_record",
        label("une trace d’accès", "سجل اطلاع واحد", "one access record"),
    ),
    (
        "account",
        label("son propre compte", "حسابه الخاص", "their own account"),
    ),
    (
        "act_for",
        label(
            "agit en l’absence d’un collègue",
            "التصرف في غياب زميل",
            "acting in a colleague’s absence",
        ),
    ),
    (
        "action_day",
        label(
            "journée d’action conjointe",
            "يوم العمل المشترك",
            "joint action day",
        ),
    ),
    (
        "add_officer",
        label("agent ajouté", "إضافة ضابط", "officer added"),
    ),
    (
        "add_passkey",
        label("clé d’accès ajoutée", "إضافة مفتاح مرور", "passkey added"),
    ),
    (
        "admission_figures",
        label(
            "nombre des demandes d’accès",
            "عدد طلبات الولوج",
            "number of requests for access",
        ),
    ),
    (
        "admissions",
        label("demandes d’accès", "طلبات الولوج", "requests for access"),
    ),
    (
        "agenda",
        label(
            "ordre du jour de la rencontre",
            "جدول أعمال الاجتماع",
            "agenda of the meeting",
        ),
    ),
    (
        "agreement",
        label(
            "accord d’enquête",
            "اتفاق التحقيق",
            "agreement of an investigation",
        ),
    ),
    (
        "all_meetings",
        label("toutes les rencontres", "كل الاجتماعات", "all meetings"),
    ),
    (
        "appoint_stand_in",
        label("suppléant désigné", "تعيين نائب", "stand-in appointed"),
    ),
    (
        "approve",
        label("envoi approuvé", "الموافقة على إرسال", "release approved"),
    ),
    (
        "ask_admission",
        label(
            "accès demandé par numéro",
            "طلب ولوج بالرقم",
            "access asked for by number",
        ),
    ),
    (
        "ask_mail_address",
        label(
            "code envoyé à une adresse",
            "إرسال رمز إلى عنوان",
            "code sent to an address",
        ),
    ),
    (
        "ask_passkey",
        label(
            "acte lu avant d’être signé par une clé d’accès",
            "قراءة عمل قبل توقيعه بمفتاح مرور",
            "act read before a passkey signs it",
        ),
    ),
    (
        "ask_reset",
        label(
            "rétablissement demandé",
            "طلب إعادة التعيين",
            "reset asked for",
        ),
    ),
    ("balance", label("bilan", "الحصيلة", "balance")),
    (
        "begin_signing_key",
        label(
            "nouvelle clé de signature, sans lien avec l’ancienne",
            "مفتاح توقيع جديد لا صلة له بالسابق",
            "new signing key, unconnected with the old one",
        ),
    ),
    (
        "begin_storage_key",
        label(
            "changement de la clé de stockage commencé",
            "بدء تغيير مفتاح التخزين",
            "change of the storage key begun",
        ),
    ),
    (
        "bind_provider",
        label(
            "compte du fournisseur lié",
            "ربط حساب المزود",
            "provider account bound",
        ),
    ),
    (
        "calendar_address",
        label("adresse de calendrier", "عنوان التقويم", "calendar address"),
    ),
    (
        "calendar_feed",
        label(
            "calendrier remis à un logiciel",
            "تقويم سُلّم إلى برنامج",
            "calendar given to a program",
        ),
    ),
    (
        "case",
        label(
            "dossier emporté comme paquet de preuves",
            "ملف مأخوذ كحزمة أدلة",
            "a dossier taken out as a package of evidence",
        ),
    ),
    (
        "change_officer",
        label(
            "compte d’un agent modifié",
            "تعديل حساب ضابط",
            "officer’s account changed",
        ),
    ),
    (
        "change_password",
        label("mot de passe changé", "تغيير كلمة السر", "password changed"),
    ),
    (
        "chart",
        label("schéma relationnel", "مخطط الروابط", "link chart"),
    ),
    (
        "code_refused",
        label(
            "code à usage unique refusé",
            "رفض رمز لاستعمال واحد",
            "one-time code refused",
        ),
    ),
    (
        "conclude_restart",
        label(
            "nouveau début de notre registre conclu",
            "إتمام بدء سجلنا من جديد",
            "new beginning of our register concluded",
        ),
    ),
    (
        "confirm_clock",
        label(
            "horloge du nœud confirmée",
            "تأكيد ساعة العقدة",
            "node’s clock confirmed",
        ),
    ),
    (
        "confirm_factor",
        label(
            "second facteur pris",
            "إضافة عامل تحقق ثان",
            "second factor taken",
        ),
    ),
    (
        "confirm_mail_address",
        label(
            "adresse de messagerie confirmée",
            "تأكيد عنوان البريد",
            "mail address confirmed",
        ),
    ),
    (
        "confirm_reset",
        label(
            "rétablissement confirmé",
            "تأكيد إعادة التعيين",
            "reset confirmed",
        ),
    ),
    ("courier", label("courrier", "البريد اليدوي", "courier")),
    (
        "courier_apply",
        label(
            "contenu d’un pli de courrier appliqué",
            "تطبيق محتوى ظرف بريد",
            "content of a courier bundle applied",
        ),
    ),
    (
        "courier_pack",
        label(
            "pli de courrier préparé",
            "إعداد ظرف بريد",
            "courier bundle prepared",
        ),
    ),
    (
        "courier_packed",
        label(
            "pli de courrier remis",
            "تسليم ظرف بريد",
            "courier bundle given out",
        ),
    ),
    (
        "courier_unpack",
        label(
            "pli de courrier ouvert",
            "فتح ظرف بريد",
            "courier bundle opened",
        ),
    ),
    (
        "court",
        label("page des tribunaux", "صفحة المحاكم", "page of the courts"),
    ),
    (
        "court_bundle",
        label(
            "liasse pour un tribunal remise",
            "تسليم حافظة المحكمة",
            "court bundle given out",
        ),
    ),
    (
        "court_piece",
        label(
            "écriture remise pour un tribunal",
            "تسليم قيد للمحكمة",
            "entry given out for a court",
        ),
    ),
    (
        "cut_provider",
        label(
            "compte du fournisseur délié",
            "فك ربط حساب المزود",
            "provider account unbound",
        ),
    ),
    (
        "deactivate",
        label("agent désactivé", "إيقاف ضابط", "officer deactivated"),
    ),
    (
        "declare_compromised",
        label(
            "clé déclarée compromise",
            "إعلان اختراق مفتاح",
            "key declared compromised",
        ),
    ),
    (
        "destroy_sealing_keys",
        label(
            "clés du courrier remplacées et détruites",
            "استبدال مفاتيح البريد وإتلافها",
            "courier keys replaced and destroyed",
        ),
    ),
    ("dossier", label("un dossier", "ملف", "a dossier")),
    (
        "dossiers",
        label("liste des dossiers", "لائحة الملفات", "list of dossiers"),
    ),
    (
        "draft",
        label(
            "brouillon en attente de signature",
            "مسودة تنتظر التوقيع",
            "draft that waits for a signature",
        ),
    ),
    (
        "draft_file",
        label("fichier d’un brouillon", "مرفق مسودة", "file of a draft"),
    ),
    (
        "drafts",
        label(
            "brouillons en attente de signature",
            "مسودات تنتظر التوقيع",
            "drafts that wait for signatures",
        ),
    ),
    (
        "duties",
        label(
            "dossiers des magistrats, devoirs d’information",
            "ملفات القضاة، واجبات الإخبار",
            "magistrates’ files, duties to inform",
        ),
    ),
    (
        "end_other_sessions",
        label(
            "ses autres sessions closes",
            "إنهاء جلساته الأخرى",
            "their other sessions ended",
        ),
    ),
    (
        "end_session",
        label("session close", "إنهاء جلسة", "session ended"),
    ),
    (
        "end_sessions",
        label(
            "sessions d’un agent closes",
            "إنهاء جلسات ضابط",
            "officer’s sessions ended",
        ),
    ),
    (
        "end_stand_in",
        label("suppléance terminée", "إنهاء نيابة", "standing in ended"),
    ),
    (
        "end_storage_key",
        label(
            "ancienne clé de stockage abandonnée",
            "ترك مفتاح التخزين السابق",
            "old storage key given up",
        ),
    ),
    ("entry", label("une écriture", "قيد", "an entry")),
    (
        "evaluation",
        label(
            "évaluation d’une enquête",
            "تقييم تحقيق",
            "evaluation of an investigation",
        ),
    ),
    ("exhibit", label("pièce à conviction", "محجوز", "exhibit")),
    (
        "exhibits",
        label("pièces à conviction", "المحجوزات", "exhibits"),
    ),
    ("file", label("un fichier", "مرفق", "a file")),
    (
        "file_hashes",
        label(
            "fichiers comparés aux empreintes d’un paquet",
            "مرفقات قورنت ببصمات حزمة",
            "files held against the hashes of a package",
        ),
    ),
    (
        "follow_up",
        label(
            "suivi des engagements",
            "تتبع الالتزامات",
            "follow-up of commitments",
        ),
    ),
    ("form", label("un formulaire", "نموذج", "a form")),
    (
        "grant_admission",
        label(
            "accès par numéro accordé",
            "منح الولوج بالرقم",
            "access by number granted",
        ),
    ),
    (
        "inspections",
        label(
            "consultations des inspecteurs",
            "اطلاع المفتشين",
            "inspectors’ looks",
        ),
    ),
    (
        "invite_again",
        label(
            "nouveau lien d’invitation",
            "رابط دعوة جديد",
            "new invitation link",
        ),
    ),
    (
        "invite_officer",
        label("agent invité", "دعوة ضابط", "officer invited"),
    ),
    (
        "ledger",
        label(
            "registre des obligations",
            "سجل الالتزامات",
            "ledger of obligations",
        ),
    ),
    (
        "lessons",
        label("enseignements", "الدروس المستخلصة", "lessons"),
    ),
    (
        "lessons_near",
        label(
            "enseignements proches de ce qui s’écrit",
            "دروس قريبة مما يكتب",
            "lessons near to what is being written",
        ),
    ),
    (
        "letter",
        label(
            "lettre à la personne",
            "الرسالة إلى الشخص",
            "letter to the person",
        ),
    ),
    (
        "links",
        label(
            "liens et registres",
            "الروابط والسجلات",
            "links and registers",
        ),
    ),
    (
        "mail_digest",
        label(
            "récapitulatif envoyé par courriel",
            "ملخص مرسل بالبريد",
            "digest sent by mail",
        ),
    ),
    (
        "make_calendar_address",
        label(
            "adresse de calendrier créée",
            "إنشاء عنوان تقويم",
            "calendar address made",
        ),
    ),
    (
        "meeting_answer",
        label(
            "réponse d’un logiciel d’agenda lue",
            "قراءة جواب برنامج تقويم",
            "answer of a calendar program read",
        ),
    ),
    (
        "meeting_file",
        label(
            "rencontre pour un agenda",
            "اجتماع لتقويم خارجي",
            "meeting for a calendar",
        ),
    ),
    (
        "meeting_list",
        label(
            "liste pour la rencontre",
            "لائحة الاجتماع",
            "list for the meeting",
        ),
    ),
    ("meetings", label("rencontres", "الاجتماعات", "meetings")),
    (
        "meetings_on_paper",
        label(
            "ordre du jour ou compte rendu imprimé",
            "جدول أعمال أو محضر مطبوع",
            "agenda or minutes on paper",
        ),
    ),
    (
        "notices",
        label("avis par courriel", "الإشعارات بالبريد", "notices by mail"),
    ),
    (
        "obligation",
        label("une obligation", "التزام", "an obligation"),
    ),
    (
        "offer_factor",
        label(
            "second facteur proposé",
            "اقتراح عامل تحقق ثان",
            "second factor offered",
        ),
    ),
    (
        "officer",
        label("compte d’un agent", "حساب ضابط", "an officer’s account"),
    ),
    (
        "officers",
        label("liste des agents", "لائحة الضباط", "list of officers"),
    ),
    (
        "other_purpose",
        label(
            "écriture employée à une autre fin",
            "قيد مستعمل لغاية أخرى",
            "entry used for another purpose",
        ),
    ),
    (
        "packages",
        label(
            "paquets de preuves d’un dossier",
            "حزم الأدلة في ملف",
            "packages of evidence of a dossier",
        ),
    ),
    (
        "partner",
        label("page d’un partenaire", "صفحة شريك", "a partner’s page"),
    ),
    (
        "passkey_refused",
        label("clé d’accès refusée", "رفض مفتاح مرور", "passkey refused"),
    ),
    (
        "password_refused",
        label("mot de passe refusé", "رفض كلمة السر", "password refused"),
    ),
    (
        "permitted",
        label(
            "export permis par l’auteur",
            "تصدير بإذن صاحبه",
            "export that its originator permitted",
        ),
    ),
    (
        "pin_partner",
        label(
            "carte d’un partenaire épinglée",
            "تثبيت بطاقة شريك",
            "partner’s card pinned",
        ),
    ),
    ("plan", label("plan d’action", "خطة العمل", "action plan")),
    (
        "planned_compared",
        label(
            "ce qui est prévu, comparé pour un autre État",
            "مقارنة ما هو مقرر لفائدة دولة أخرى",
            "what is planned, compared for another state",
        ),
    ),
    (
        "planned_near",
        label(
            "prévu au même endroit et au même moment : appris",
            "العلم بما هو مقرر في المكان والوقت نفسيهما",
            "told of what is planned at the same place and time",
        ),
    ),
    (
        "policy_explain",
        label("règles expliquées", "شرح القواعد", "policies explained"),
    ),
    (
        "preview",
        label(
            "lecture avant l’enregistrement",
            "قراءة قبل التسجيل",
            "read before it is recorded",
        ),
    ),
    ("programme", label("programme", "برنامج", "programme")),
    (
        "proof",
        label("preuve d’une écriture", "إثبات قيد", "proof of an entry"),
    ),
    (
        "propose_restart",
        label(
            "nouveau début de notre registre proposé",
            "اقتراح بدء سجلنا من جديد",
            "new beginning of our register proposed",
        ),
    ),
    (
        "proposed",
        label(
            "propositions lues par la machine",
            "مقترحات قرأتها الآلة",
            "proposals that the machine read",
        ),
    ),
    (
        "provider_logout",
        label(
            "déconnexion chez le fournisseur",
            "تسجيل الخروج لدى المزود",
            "sign-out at the provider",
        ),
    ),
    (
        "provider_refused",
        label(
            "compte du fournisseur refusé",
            "رفض حساب المزود",
            "provider account refused",
        ),
    ),
    (
        "reactivate",
        label("agent réactivé", "إعادة تفعيل ضابط", "officer reactivated"),
    ),
    (
        "recovery_code",
        label(
            "code de secours employé",
            "استعمال رمز استرجاع",
            "recovery code used",
        ),
    ),
    (
        "refuse_admission",
        label(
            "accès par numéro refusé",
            "رفض الولوج بالرقم",
            "access by number refused",
        ),
    ),
    (
        "register",
        label(
            "inscription au registre du partenaire",
            "تقييد في السجل الموجه إلى الشريك",
            "lines put into the register for the partner",
        ),
    ),
    (
        "release",
        label(
            "communication à un dossier ultérieur",
            "عرض في ملف لاحق",
            "release into a later dossier",
        ),
    ),
    (
        "release_alone",
        label(
            "envoi sous une seule signature",
            "إرسال بتوقيع واحد",
            "sent by one signature",
        ),
    ),
    (
        "remove_factor",
        label(
            "second facteur retiré",
            "إزالة عامل التحقق الثاني",
            "second factor removed",
        ),
    ),
    (
        "remove_mail_address",
        label(
            "adresse de messagerie retirée",
            "حذف عنوان البريد",
            "mail address removed",
        ),
    ),
    (
        "remove_passkey",
        label("clé d’accès retirée", "إزالة مفتاح مرور", "passkey removed"),
    ),
    (
        "renew_recovery_codes",
        label(
            "codes de secours renouvelés",
            "تجديد رموز الاسترجاع",
            "recovery codes renewed",
        ),
    ),
    (
        "reopened",
        label(
            "nœud rouvert après une sauvegarde",
            "إعادة فتح العقدة بعد استرجاعها",
            "node opened again after a restore",
        ),
    ),
    (
        "restart-agreed",
        label(
            "ce qui a été convenu pour un registre",
            "ما اتفق عليه بشأن سجل",
            "what was agreed about a register",
        ),
    ),
    (
        "restart-answer",
        label(
            "réponse à un nouveau début de registre",
            "رد على بدء سجل من جديد",
            "answer to a register’s new beginning",
        ),
    ),
    (
        "restart-proposal",
        label(
            "proposition d’un nouveau début de registre",
            "اقتراح بدء سجل من جديد",
            "proposal that a register begins again",
        ),
    ),
    (
        "restored",
        label(
            "nœud rétabli depuis une sauvegarde",
            "استرجاع العقدة من نسخة احتياطية",
            "node restored from a backup",
        ),
    ),
    (
        "resume_link",
        label(
            "alarme d’un lien levée",
            "رفع إنذار رابط",
            "alarm of a link lifted",
        ),
    ),
    (
        "return_draft",
        label(
            "brouillon rendu à son auteur",
            "إعادة مسودة إلى كاتبها",
            "draft given back to its author",
        ),
    ),
    (
        "review",
        label(
            "dossier d’un devoir d’information, pour le juge",
            "ملف واجب إخبار لرقابة القضاء",
            "dossier of a duty to inform, for judicial review",
        ),
    ),
    (
        "review_file",
        label(
            "le même, emporté avec ses preuves",
            "الملف نفسه مأخوذا مع إثباتاته",
            "the same, taken out with its proofs",
        ),
    ),
    (
        "reviews",
        label(
            "dossiers à réexaminer",
            "ملفات للمراجعة",
            "dossiers due for review",
        ),
    ),
    (
        "revoke_calendar_address",
        label(
            "adresse de calendrier retirée",
            "إلغاء عنوان التقويم",
            "calendar address revoked",
        ),
    ),
    (
        "rotate_sealing_key",
        label(
            "clé du courrier renouvelée",
            "تجديد مفتاح البريد",
            "courier key renewed",
        ),
    ),
    (
        "rotate_signing_key",
        label(
            "clé de signature changée",
            "تغيير مفتاح التوقيع",
            "signing key changed",
        ),
    ),
    (
        "rotate_tls_key",
        label("clé TLS changée", "تغيير مفتاح TLS", "TLS key changed"),
    ),
    (
        "saw_news",
        label(
            "nouveautés marquées comme vues",
            "تعليم الجديد بأنه اطلع عليه",
            "news marked as seen",
        ),
    ),
    (
        "second_signature",
        label(
            "seconde signature donnée après coup",
            "توقيع ثان لاحق",
            "second signature given afterwards",
        ),
    ),
    (
        "second_signature_refused",
        label(
            "seconde signature refusée",
            "رفض التوقيع الثاني",
            "second signature refused",
        ),
    ),
    (
        "second_signature_settled",
        label(
            "suites d’un refus données",
            "تسوية ما ترتب على رفض",
            "what followed a refusal is done",
        ),
    ),
    (
        "show_tls_key",
        label(
            "nouvelle clé TLS en service",
            "بدء استعمال مفتاح TLS الجديد",
            "new TLS key in use",
        ),
    ),
    ("sign_in", label("connexion", "تسجيل الدخول", "sign-in")),
    (
        "sign_in_refused",
        label("connexion refusée", "رفض الدخول", "sign-in refused"),
    ),
    ("sign_out", label("déconnexion", "تسجيل الخروج", "sign-out")),
    (
        "speaks_of",
        label(
            "ce qui parle d’une écriture à effacer",
            "ما يذكر قيدا مرادا محوه",
            "what speaks of an entry to erase",
        ),
    ),
    (
        "statistics",
        label("statistiques", "إحصائيات", "statistics"),
    ),
    (
        "take_back",
        label(
            "brouillon repris et détruit",
            "استرجاع مسودة وإتلافها",
            "draft taken back and destroyed",
        ),
    ),
    (
        "take_restart_again",
        label(
            "nouveau début d’un registre repris",
            "أخذ بدء سجل من جديد مرة أخرى",
            "new beginning of a register taken again",
        ),
    ),
    (
        "thing",
        label(
            "élément d’une enquête",
            "عنصر من التحقيق",
            "thing of an investigation",
        ),
    ),
    (
        "things",
        label(
            "éléments d’une enquête",
            "عناصر التحقيق",
            "things of an investigation",
        ),
    ),
    (
        "today",
        label("page « Aujourd’hui »", "صفحة «اليوم»", "the page Today"),
    ),
    (
        "wish_notices",
        label(
            "rythme des avis changé",
            "تغيير مواعيد الإشعارات",
            "times of notices changed",
        ),
    ),
    (
        "withdraw_reset",
        label(
            "demande de rétablissement retirée",
            "سحب طلب إعادة التعيين",
            "request for a reset taken back",
        ),
    ),
    (
        "withdraw_restart",
        label(
            "proposition de nouveau début retirée",
            "سحب اقتراح البدء من جديد",
            "proposal of a new beginning taken back",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Lang;

    #[test]
    fn codes_stand_in_order_and_no_two_say_the_same() {
        assert!(DEEDS.is_sorted_by(|a, b| a.0 < b.0));
        for lang in Lang::ALL {
            let mut said: Vec<&str> = DEEDS.iter().map(|(_, words)| words.get(lang)).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), DEEDS.len(), "{lang}");
        }
    }

    #[test]
    fn an_entry_is_named_by_its_type_and_what_nobody_knows_by_nothing() {
        assert_eq!(deed("erase"), Some(kinds::erasure::ERASE.label));
        assert_eq!(deed("sign_in").map(|words| words.en), Some("sign-in"));
        assert_eq!(deed("enter"), Some(Wanted::Enter.label()));
        assert_eq!(deed("/dossiers/{id}"), None);
        assert_eq!(deed("of_a_later_version"), None);
    }
}
