//! Identifiers of the ontologies that the views read: CASE 1.x (investigations) on UCO 1.x (things), and the datatypes of XML Schema.

macro_rules! names {
    ($base:literal: $($name:ident = $rest:literal),* $(,)?) => {
        $(#[doc = concat!("`", $base, $rest, "`")] pub const $name: &str = concat!($base, $rest);)*
    };
}

names! { "http://www.w3.org/2001/XMLSchema#":
    XSD_BOOLEAN = "boolean",
    XSD_DOUBLE = "double",
    XSD_HEX = "hexBinary",
    XSD_INTEGER = "integer",
    XSD_STRING = "string",
    XSD_TIME = "dateTime",
}

names! { "https://ontology.caseontology.org/case/investigation/":
    EXHIBIT = "exhibitNumber",
    INVESTIGATIVE_ACTION = "InvestigativeAction",
    PROVENANCE_RECORD = "ProvenanceRecord",
    ROOT_EXHIBIT = "rootExhibitNumber",
}

names! { "https://ontology.unifiedcyberontology.org/uco/":
    ACTION = "action/Action",
    ACTION_END = "action/endTime",
    ACTION_ENVIRONMENT = "action/environment",
    ACTION_INSTRUMENT = "action/instrument",
    ACTION_LOCATION = "action/location",
    ACTION_OBJECT = "action/object",
    ACTION_PERFORMER = "action/performer",
    ACTION_RESULT = "action/result",
    ACTION_START = "action/startTime",
    ANALYSIS = "analysis/Analysis",
    ANNOTATION = "core/Annotation",
    CREATED_BY = "core/createdBy",
    CREATED = "core/objectCreatedTime",
    DESCRIPTION = "core/description",
    CORE_END = "core/endTime",
    CORE_START = "core/startTime",
    HAS_FACET = "core/hasFacet",
    IS_DIRECTIONAL = "core/isDirectional",
    KIND_OF_RELATIONSHIP = "core/kindOfRelationship",
    NAME = "core/name",
    OBJECT = "core/object",
    RELATIONSHIP = "core/Relationship",
    RELATION_SOURCE = "core/source",
    RELATION_TARGET = "core/target",
    FAMILY_NAME = "identity/familyName",
    GIVEN_NAME = "identity/givenName",
    ORGANIZATION = "identity/Organization",
    PERSON = "identity/Person",
    LOCALITY = "location/locality",
    ACCOUNT_IDENTIFIER = "observable/accountIdentifier",
    ADDRESS_VALUE = "observable/addressValue",
    CONTENT_DATA_FACET = "observable/ContentDataFacet",
    CONTENT_DATA = "observable/ContentData",
    DISPLAY_NAME = "observable/displayName",
    FILE_FACET = "observable/FileFacet",
    FILE = "observable/File",
    FILE_NAME = "observable/fileName",
    FILE_PATH = "observable/filePath",
    FROM = "observable/from",
    FULL_VALUE = "observable/fullValue",
    HASH = "observable/hash",
    IMAGE = "observable/Image",
    IMEI = "observable/IMEI",
    MESSAGE_TEXT = "observable/messageText",
    MIME_TYPE = "observable/mimeType",
    MODEL = "observable/model",
    MSISDN = "observable/MSISDN",
    OBSERVABLE = "observable/ObservableObject",
    OBSERVABLE_RELATIONSHIP = "observable/ObservableRelationship",
    OWNER = "observable/owner",
    PARTICIPANT = "observable/participant",
    PHONE_NUMBER = "observable/phoneNumber",
    RASTER_PICTURE = "observable/RasterPicture",
    SERIAL_NUMBER = "observable/serialNumber",
    SIZE = "observable/sizeInBytes",
    TO = "observable/to",
    TOOL = "tool/Tool",
    HASH_METHOD = "types/hashMethod",
    HASH_TYPE = "types/Hash",
    HASH_VALUE = "types/hashValue",
}

/// Where the ontologies of CASE are.
pub const CASE: &str = "https://ontology.caseontology.org/case/";
/// Where those of UCO are.
pub const UCO: &str = "https://ontology.unifiedcyberontology.org/uco/";
/// Vocabularies that say nothing of evidence and are used beside it: of RDF, of datatypes, of ordered collections.
pub const BESIDE: &[&str] = &[
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2001/XMLSchema#",
    "http://purl.org/co/",
];

/// The vocabulary of an identifier: all before its last part.
#[must_use]
pub fn namespace(iri: &str) -> &str {
    match iri.rfind(['#', '/', ':']) {
        Some(end) => iri.get(..=end).unwrap_or(iri),
        None => "",
    }
}

/// Whether what this identifier means is in the ontologies that packages of evidence are written in.
#[must_use]
pub fn is_known(iri: &str) -> bool {
    iri.starts_with(CASE) || iri.starts_with(UCO) || BESIDE.contains(&namespace(iri))
}
