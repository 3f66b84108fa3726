//! Things: what an investigation is about, each recorded by the side that brings it. One type of entry for each sort, so that its form
//! asks what the sort has and nothing else; every sort has its name in `name`, and its dates in `from_date` and `to_date`.
//!
//! All of it is in bodies: a thing changes no state and obliges nobody. What is not known is left empty: a date may be a year alone.

use super::super::conditions::CONDITION_TEXT;
use super::super::{common as c, persons, request};
use super::lists::{self, SCRIPTS};
use super::phases::GATHERING;
use crate::field::{Field, FieldType};
use crate::kind::EntryType;
use crate::label::{Label, label};

/// Field of every thing: what it is called, or the number by which it is known.
pub const NAME: &str = "name";
/// Field of every thing: language and script of [`NAME`].
pub const SCRIPT: &str = "script";
/// Further names of what has names in several scripts, each with the field of its language and script.
pub const NAMES: [(&str, &str); 3] = [
    (NAME, SCRIPT),
    ("second_name", "second_script"),
    ("third_name", "third_script"),
];
/// Field of a person: category of FIELD B5, article 6.
pub const CATEGORY: &str = "category";
/// Field of things and links: fact or assessment.
pub const NATURE: &str = "nature";
/// Field of things and links: the entry of this dossier that they rest on.
pub const RESTS_ON: &str = "rests_on";
/// Field of things and links: the beginning, as far as it is known.
pub const FROM_DATE: &str = "from_date";
/// Field of things and links: the end, as far as it is known.
pub const TO_DATE: &str = "to_date";

/// Sorts of things: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThingSort {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A phone number.
    Phone,
    /// An account, at a bank or online.
    Account,
    /// A vehicle.
    Vehicle,
    /// A vessel.
    Vessel,
    /// An address.
    Address,
    /// A device.
    Device,
    /// A document.
    Document,
    /// Something that happened.
    Event,
    /// A place.
    Place,
}

impl ThingSort {
    /// All sorts, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Organisation,
        Self::Phone,
        Self::Account,
        Self::Vehicle,
        Self::Vessel,
        Self::Address,
        Self::Device,
        Self::Document,
        Self::Event,
        Self::Place,
    ];

    /// The type of entry that records a thing of this sort.
    #[must_use]
    pub fn entry_type(self) -> &'static EntryType {
        match self {
            Self::Person => &PERSON,
            Self::Organisation => &ORGANISATION,
            Self::Phone => &PHONE,
            Self::Account => &ACCOUNT,
            Self::Vehicle => &VEHICLE,
            Self::Vessel => &VESSEL,
            Self::Address => &ADDRESS,
            Self::Device => &DEVICE,
            Self::Document => &DOCUMENT,
            Self::Event => &EVENT,
            Self::Place => &PLACE,
        }
    }

    /// The sort that entries of this type record; none if they record no thing.
    #[must_use]
    pub fn of(entry_type: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|sort| sort.entry_type().name == entry_type)
    }

    /// Name in files and interfaces.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let name = self.entry_type().name;
        name.split_once('.').map_or(name, |(_, sort)| sort)
    }

    /// What several of them are called.
    #[must_use]
    pub fn plural(self) -> Label {
        match self {
            Self::Person => label("personnes", "أشخاص", "persons"),
            Self::Organisation => label("organisations", "هيئات", "organisations"),
            Self::Phone => label("téléphones", "هواتف", "phones"),
            Self::Account => label("comptes", "حسابات", "accounts"),
            Self::Vehicle => label("véhicules", "مركبات", "vehicles"),
            Self::Vessel => label("navires", "سفن", "vessels"),
            Self::Address => label("adresses", "عناوين", "addresses"),
            Self::Device => label("appareils", "أجهزة", "devices"),
            Self::Document => label("documents", "وثائق", "documents"),
            Self::Event => label("faits et événements", "وقائع وأحداث", "events"),
            Self::Place => label("lieux", "أماكن", "places"),
        }
    }
}

/// What every thing and every link says of where it comes from and of how it may be used.
pub(super) const SOURCE: Field = Field {
    folded: false,
    ..c::SOURCE
};
pub(super) const ACCURACY: Field = Field {
    folded: false,
    ..c::ACCURACY
};
pub(super) const NATURE_FIELD: Field = Field::new(
    NATURE,
    label(
        "fait ou appréciation",
        "واقعة أم تقدير",
        "fact or assessment",
    ),
    FieldType::Code(request::natures),
)
.required();
pub(super) const RESTS_ON_FIELD: Field = Field::new(
    RESTS_ON,
    label(
        "repose sur l’écriture",
        "يستند إلى القيد",
        "rests on the entry",
    ),
    FieldType::Entry,
)
.folded()
.help(label(
    "la contribution de ce dossier d’où cela vient",
    "المساهمة في هذا الملف التي أخذ منها ذلك",
    "the contribution of this dossier that it comes from",
));

const REMARKS: Field = Field::new(
    "text",
    label("ce qu’on en sait", "ما يعرف عنه", "what is known"),
    FieldType::Text(8_000),
);

const fn called(words: Label) -> Field {
    Field::new(NAME, words, FieldType::Line(200)).required()
}

const CALLED: Field = called(label("nom", "الاسم", "name"));

const fn written(name: &'static str, words: Label) -> Field {
    Field::new(name, words, FieldType::Code(SCRIPTS))
}

const WRITTEN: Field = written(
    SCRIPT,
    label(
        "langue et écriture du nom",
        "لغة الاسم وخطه",
        "language and script of the name",
    ),
);
const SECOND: Field = Field::new(
    "second_name",
    label(
        "le même nom dans une autre écriture",
        "الاسم نفسه بخط آخر",
        "the same name in another script",
    ),
    FieldType::Line(200),
);
const SECOND_WRITTEN: Field = written(
    "second_script",
    label(
        "langue et écriture de ce deuxième nom",
        "لغة هذا الاسم الثاني وخطه",
        "language and script of this second name",
    ),
);
const THIRD: Field = Field::new(
    "third_name",
    label("autre nom connu", "اسم آخر معروف", "another known name"),
    FieldType::Line(200),
)
.folded();
const THIRD_WRITTEN: Field = written(
    "third_script",
    label(
        "langue et écriture de cet autre nom",
        "لغة هذا الاسم الآخر وخطه",
        "language and script of this other name",
    ),
)
.folded();

const fn dated(name: &'static str, words: Label) -> Field {
    Field::new(name, words, FieldType::PartialDate).help(label(
        "année, année-mois ou jour : ce qu’on en sait",
        "سنة، أو سنة وشهر، أو يوم: بقدر ما هو معروف",
        "a year, a year and month, or a day: what is known of it",
    ))
}

pub(super) const SINCE: Field = dated(FROM_DATE, label("depuis", "منذ", "since"));
pub(super) const UNTIL: Field = dated(TO_DATE, label("jusqu’à", "إلى غاية", "until"));

const fn line(name: &'static str, words: Label, most: usize) -> Field {
    Field::new(name, words, FieldType::Line(most))
}

const POSITION: Field = line(
    "position",
    label(
        "position (latitude, longitude)",
        "الموقع (خط العرض، خط الطول)",
        "position (latitude, longitude)",
    ),
    60,
)
.folded();
const COUNTRY: Field = line("country", label("pays", "البلد", "country"), 80);
const TOWN: Field = line("town", label("localité", "المدينة أو القرية", "town"), 120);

/// Fields of a thing's own, and after them what every thing says of where it comes from and of how it may be used.
macro_rules! told {
    ($($own:expr),+ $(,)?) => {
        &[$($own,)+ NATURE_FIELD, REMARKS, SOURCE, ACCURACY, RESTS_ON_FIELD, c::HANDLING, CONDITION_TEXT]
    };
}

/// A type of entry that records a thing.
const fn thing(
    name: &'static str,
    words: Label,
    verb: Label,
    fields: &'static [Field],
) -> EntryType {
    EntryType {
        name,
        version: 1,
        label: words,
        verb,
        fields,
        effects: &[],
        phases: GATHERING,
        files: true,
    }
}

/// A person: category told apart, fact and assessment too; neither origin nor belief nor any mark of worth.
pub static PERSON: EntryType = thing(
    "investigation.person",
    label("personne", "شخص", "person"),
    label("ajouter une personne", "إضافة شخص", "add a person"),
    &[
        CALLED,
        WRITTEN,
        SECOND,
        SECOND_WRITTEN,
        THIRD,
        THIRD_WRITTEN,
        Field::new(
            CATEGORY,
            label("catégorie de personne", "فئة الشخص", "category of person"),
            FieldType::Code(persons::categories),
        )
        .required(),
        dated(
            FROM_DATE,
            label("date de naissance", "تاريخ الميلاد", "date of birth"),
        ),
        NATURE_FIELD,
        REMARKS,
        SOURCE,
        ACCURACY,
        RESTS_ON_FIELD,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
);

pub(super) static ORGANISATION: EntryType = thing(
    "investigation.organisation",
    label("organisation", "هيئة", "organisation"),
    label(
        "ajouter une organisation",
        "إضافة هيئة",
        "add an organisation",
    ),
    told![
        CALLED,
        WRITTEN,
        SECOND,
        SECOND_WRITTEN,
        THIRD,
        THIRD_WRITTEN,
        line(
            "form",
            label(
                "forme (société, association…)",
                "الشكل (شركة، جمعية...)",
                "form (company, association…)",
            ),
            120,
        ),
        line(
            "registered",
            label(
                "numéro d’immatriculation",
                "رقم التسجيل",
                "registration number",
            ),
            80,
        )
        .folded(),
        COUNTRY.folded(),
        SINCE,
        UNTIL,
    ],
);

pub(super) static PHONE: EntryType = thing(
    "investigation.phone",
    label("téléphone", "هاتف", "phone"),
    label("ajouter un téléphone", "إضافة هاتف", "add a phone"),
    told![
        called(label("numéro", "الرقم", "number")),
        line("operator", label("opérateur", "المشغل", "operator"), 120).folded(),
        SINCE,
        UNTIL,
    ],
);

pub(super) static ACCOUNT: EntryType = thing(
    "investigation.account",
    label("compte", "حساب", "account"),
    label("ajouter un compte", "إضافة حساب", "add an account"),
    told![
        called(label(
            "numéro ou identifiant",
            "الرقم أو المعرف",
            "number or identifier",
        )),
        Field::new(
            "account_sort",
            label("sorte de compte", "نوع الحساب", "sort of account"),
            FieldType::Code(lists::accounts),
        ),
        line(
            "held_at",
            label(
                "tenu par (établissement, plateforme)",
                "لدى (مؤسسة أو منصة)",
                "held at (institution, platform)",
            ),
            160,
        ),
        SINCE,
        UNTIL,
    ],
);

pub(super) static VEHICLE: EntryType = thing(
    "investigation.vehicle",
    label("véhicule", "مركبة", "vehicle"),
    label("ajouter un véhicule", "إضافة مركبة", "add a vehicle"),
    told![
        called(label("immatriculation", "رقم اللوحة", "registration plate")),
        line(
            "model",
            label("marque et modèle", "الصانع والطراز", "make and model"),
            120,
        ),
        line("colour", label("couleur", "اللون", "colour"), 60).folded(),
        line(
            "frame",
            label("numéro de châssis", "رقم الهيكل", "frame number"),
            60,
        )
        .folded(),
        COUNTRY.folded(),
        SINCE,
        UNTIL,
    ],
);

pub(super) static VESSEL: EntryType = thing(
    "investigation.vessel",
    label("navire", "سفينة", "vessel"),
    label("ajouter un navire", "إضافة سفينة", "add a vessel"),
    told![
        CALLED,
        WRITTEN,
        SECOND,
        SECOND_WRITTEN,
        line(
            "imo",
            label(
                "numéro OMI ou indicatif",
                "رقم المنظمة البحرية أو نداء السفينة",
                "IMO number or call sign",
            ),
            40,
        ),
        line(
            "flag",
            label("pavillon (pays)", "علم البلد", "flag (country)"),
            80,
        ),
        SINCE,
        UNTIL,
    ],
);

pub(super) static ADDRESS: EntryType = thing(
    "investigation.address",
    label("adresse", "عنوان", "address"),
    label("ajouter une adresse", "إضافة عنوان", "add an address"),
    told![
        called(label("adresse", "العنوان", "address")),
        WRITTEN,
        SECOND,
        SECOND_WRITTEN,
        TOWN,
        COUNTRY,
        POSITION,
        SINCE.folded(),
        UNTIL.folded(),
    ],
);

pub(super) static DEVICE: EntryType = thing(
    "investigation.device",
    label("appareil", "جهاز", "device"),
    label("ajouter un appareil", "إضافة جهاز", "add a device"),
    told![
        called(label(
            "numéro de série ou IMEI",
            "الرقم التسلسلي أو IMEI",
            "serial number or IMEI",
        )),
        line(
            "model",
            label("marque et modèle", "الصانع والطراز", "make and model"),
            120,
        ),
        SINCE,
        UNTIL,
    ],
);

pub(super) static DOCUMENT: EntryType = thing(
    "investigation.document",
    label("document", "وثيقة", "document"),
    label("ajouter un document", "إضافة وثيقة", "add a document"),
    told![
        called(label(
            "numéro ou intitulé",
            "الرقم أو العنوان",
            "number or title",
        )),
        WRITTEN.folded(),
        Field::new(
            "document_sort",
            label("sorte de document", "نوع الوثيقة", "sort of document"),
            FieldType::Code(lists::documents),
        ),
        line(
            "issued_by",
            label(
                "délivré par (fonction)",
                "جهة الإصدار",
                "issued by (function)",
            ),
            160,
        ),
        dated(FROM_DATE, label("date", "التاريخ", "date")),
        dated(
            TO_DATE,
            label("valable jusqu’à", "صالحة إلى غاية", "valid until"),
        )
        .folded(),
    ],
);

pub(super) static EVENT: EntryType = thing(
    "investigation.event",
    label("événement", "حدث", "event"),
    label("ajouter un événement", "إضافة حدث", "add an event"),
    told![
        called(label("ce qui s’est passé", "ما حدث", "what happened")),
        WRITTEN.folded(),
        SECOND.folded(),
        SECOND_WRITTEN.folded(),
        dated(FROM_DATE, label("quand", "متى", "when")),
        UNTIL,
    ],
);

pub(super) static PLACE: EntryType = thing(
    "investigation.place",
    label("lieu", "مكان", "place"),
    label("ajouter un lieu", "إضافة مكان", "add a place"),
    told![
        CALLED,
        WRITTEN,
        SECOND,
        SECOND_WRITTEN,
        COUNTRY,
        POSITION,
        SINCE.folded(),
        UNTIL.folded(),
    ],
);
