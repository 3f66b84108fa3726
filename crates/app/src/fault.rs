//! Why a verb refuses what it was given, or what a link does not allow: closed lists, so that pages and the command line say each in
//! the reader's language. Texts are English, for programs and logs; they hold no contents, names or secrets.

use entente_proof::card::CardError;

/// What a link does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// People cut it, until people mend it.
    #[error("this link was cut on purpose")]
    Cut,
    /// Another process holds the lease.
    #[error("another process drives this link")]
    Driven,
    /// The partner forked its lanes so often that the link stops.
    #[error("the partner forked its lanes too often")]
    LanesForked,
    /// Our register is signed by a key that we declared compromised, and no change leads on from it.
    #[error(
        "this node's register is signed by a key that was declared compromised: it must begin again with another one"
    )]
    OwnKeyCompromised,
    /// The newest key that we know of the partner was declared compromised.
    #[error(
        "the newest key known of this partner was declared compromised: take its new one first"
    )]
    PartnerKeyCompromised,
    /// The entry was for our own node only.
    #[error("this entry never left its node")]
    NeverLeft,
    /// There is nothing to mend.
    #[error("this link is not cut")]
    NotCut,
    /// The two nodes agreed on no terms yet.
    #[error("no charter is in force with this partner yet")]
    NoCharter,
    /// The charter does not have the legal duties to inform.
    #[error("the charter with this partner does not have the legal duties to inform")]
    NoDuties,
    /// The charter does not allow comparing plans.
    #[error("the charter with this partner does not allow comparing what is planned")]
    NoComparing,
    /// No partner's card was pinned.
    #[error("no partner is linked yet")]
    NoPartner,
    /// The other side did not cosign the entry yet.
    #[error("not yet received by the other side: there is nothing to prove")]
    NotReceived,
    /// There is no alarm to lift.
    #[error("no alarm stopped this link")]
    NotStopped,
    /// There is more than one partner.
    #[error("name the partner")]
    PartnerUnnamed,
    /// A courier bundle has to wait for the session.
    #[error(
        "this link is being driven: a session is up, or was a moment ago; what waits flows by itself, or try again in a few seconds"
    )]
    SessionUp,
    /// A state to take part runs a version in which a dossier continues no earlier one.
    #[error("one of these states runs a version in which a dossier continues no earlier one")]
    StateContinues,
    /// A state to take part has no charter with ours.
    #[error("no charter is in force with one of these states yet")]
    StateNoCharter,
    /// The charter with a state to take part does not admit such a dossier.
    #[error("the charter with one of these states does not admit this")]
    StateNotAdmitted,
    /// A state to take part is no partner of ours.
    #[error("one of these states is not linked to ours")]
    StateUnlinked,
    /// A state to take part does not judge such dossiers yet.
    #[error("one of these states runs a version without dossiers of three states or more")]
    StateVersion,
    /// More states than one dossier can have.
    #[error("more states than one dossier can have")]
    StatesTooMany,
    /// Contradicting signatures stopped it, until people lift the alarm.
    #[error("this link was stopped by an alarm")]
    Stopped,
    /// The lease went to another process while we held it.
    #[error("another process took this link over")]
    TakenOver,
    /// A program that takes part, ours or a partner's, is too old to judge what is to be written.
    #[error("a node that takes part runs a version that cannot judge this")]
    VersionOlder,
}

impl LinkFault {
    /// Whether a partner's program lacks what is asked of it.
    #[must_use]
    pub fn is_of_version(self) -> bool {
        matches!(self, Self::StateVersion | Self::VersionOlder)
    }

    /// Whether what was to be done is no part of the charter.
    #[must_use]
    pub fn is_of_charter(self) -> bool {
        matches!(self, Self::NoComparing | Self::NoDuties)
    }

    /// A stable name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::NotCut => "not-cut",
            Self::Driven => "driven",
            Self::LanesForked => "lanes-forked",
            Self::OwnKeyCompromised => "own-key-compromised",
            Self::PartnerKeyCompromised => "partner-key-compromised",
            Self::NeverLeft => "never-left",
            Self::NoCharter => "no-charter",
            Self::NoDuties => "no-duties",
            Self::NoComparing => "no-comparing",
            Self::NoPartner => "no-partner",
            Self::NotReceived => "not-received",
            Self::NotStopped => "not-stopped",
            Self::PartnerUnnamed => "partner-unnamed",
            Self::SessionUp => "session-up",
            Self::StateContinues => "state-continues",
            Self::StateNoCharter => "state-no-charter",
            Self::StateNotAdmitted => "state-not-admitted",
            Self::StateUnlinked => "state-unlinked",
            Self::StateVersion => "state-version",
            Self::StatesTooMany => "states-too-many",
            Self::Stopped => "stopped",
            Self::TakenOver => "taken-over",
            Self::VersionOlder => "version-older",
        }
    }
}

/// Why something is not signed, or does not leave without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningFault {
    /// Whoever wrote it may not write there any more.
    #[error("its author may not write here any more")]
    AuthorGone,
    /// A node that was restored has the draft's row, and its key is in no backup.
    #[error("its words were in no backup: it has to be written again")]
    Lost,
    /// An act of weight of whoever has a passkey.
    #[error("your own passkey has to sign this: do it on a page of this node, in a browser")]
    NeedsPasskey,
    /// An act of weight of whoever has none, where no policy permits it.
    #[error(
        "this node's policies ask for a passkey's signature here: add a passkey on your account's page"
    )]
    NoPasskey,
    /// A second officer has to sign.
    #[error("this leaves only with the signature of a second officer")]
    NeedsSecond,
    /// What is done by one signature, or refused, says why.
    #[error("say why in one line of 1 to {most} characters")]
    NoGround {
        /// In characters.
        most: usize,
    },
    /// Nobody signs what they wrote.
    #[error("another officer has to sign what you wrote")]
    Own,
    /// No officer of the node may sign it.
    #[error("no other officer of this node may sign this")]
    Nobody,
}

impl SigningFault {
    /// All of them, for tests.
    pub const ALL: [Self; 8] = [
        Self::AuthorGone,
        Self::Lost,
        Self::NeedsPasskey,
        Self::NoPasskey,
        Self::NeedsSecond,
        Self::NoGround { most: 300 },
        Self::Own,
        Self::Nobody,
    ];

    /// A stable name for programs; behind `signing-fault-`, that of its message.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AuthorGone => "author-gone",
            Self::Lost => "lost",
            Self::NeedsPasskey => "needs-passkey",
            Self::NoPasskey => "no-passkey",
            Self::NeedsSecond => "needs-second",
            Self::NoGround { .. } => "no-ground",
            Self::Own => "own",
            Self::Nobody => "nobody",
        }
    }
}

/// What is wrong with what a verb was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputFault {
    /// What access is asked to is no number of a dossier.
    #[error("a dossier's number names its node, such as MA-12")]
    AdmissionNumber,
    /// As many requests for access as an officer makes within a day.
    #[error("no more than {most} requests for access within a day")]
    AdmissionMost {
        /// So many.
        most: usize,
    },
    /// More years than are counted at once.
    #[error("at most ten years are counted at once")]
    BalanceYears,
    /// Minutes of that meeting were approved or amended already.
    #[error(
        "other minutes of this meeting were approved or amended already: refuse these, or let their author withdraw them"
    )]
    MinutesAnswered,
    /// An officer who works in justice and security, in a service that trains imams.
    #[error(
        "a service that takes part in a training of imams has no officer who investigates or analyses"
    )]
    TrainsImams,
    /// A magistrate's file is not closed without a decision, nor before what was decided was sent.
    #[error(
        "a magistrate's decision is owed in this file, or what was decided was not carried out yet"
    )]
    DecisionOwed,
    /// What is to be sent cites no magistrate's decision that stands for it.
    #[error(
        "a magistrate has to decide to transmit this first, in a file about the same duty and the same Party; a decision is carried out once"
    )]
    NotOrdered,
    /// The time within which an answer is awaited goes on, or the ask did not arrive.
    #[error("the agreed time is not over since the other side received what was asked")]
    TimeRunning,
    /// As much was compared today as the charter allows.
    #[error("as much was compared today as the charter allows")]
    ComparedMost,
    /// What is to be compared has no place and time, or is over.
    #[error("nothing of this has a place and a time to come, and lasts a month at most")]
    ComparesNothing,
    /// More is planned than fits into a comparison.
    #[error("more is planned than can be compared at once")]
    ComparesTooMuch,
    /// What the other side sent is no comparison.
    #[error("what the other side sent cannot be compared")]
    ComparesStrange,
    /// The partner's card cannot be read, or does not verify.
    #[error(transparent)]
    Card(CardFault),
    /// The card verifies, and what it names is no node's name.
    #[error("the card names no node")]
    CardName,
    /// A declaration that a key is compromised is not taken.
    #[error(transparent)]
    Compromise(CompromiseFault),
    /// The card has another fingerprint than the one read aloud.
    #[error("the fingerprints differ: do not link; compare again over another channel")]
    FingerprintDiffers,
    /// What was read aloud cannot be a fingerprint.
    #[error("a fingerprint is eight groups of four hexadecimal digits")]
    FingerprintForm,
    /// What access records were to be sealed to is no inspector's key.
    #[error("this is no public key of an inspector")]
    InspectorKey,
    /// More access records than one signed file takes.
    #[error("more access records than one file takes: narrow the filters")]
    ExtractLarge,
    /// An entry that was to be produced in court may not be, or no more.
    #[error("an entry may not be produced in court, or no more: look at the list")]
    NotProducible,
    /// The bundle cannot be written where it was to be.
    #[error("the bundle cannot be written there")]
    CourtFile,
    /// A reason without the line of text that it needs, or with too long a one, or one that nobody gives.
    #[error("choose a reason; with \"other\" goes a line of text of at most 200 characters")]
    ReasonText,
    /// Our node holds it: whoever set the hold lifts it first.
    #[error(
        "a hold is set on it, or it was released into a dossier that goes on: lift the hold first"
    )]
    Held,
    /// As many key changes as a proof can carry.
    #[error("this node changed its signing key {most} times: a proof carries no more changes")]
    KeyChanges {
        /// So many.
        most: usize,
    },
    /// These bytes are no seed file.
    #[error("this is not a key file of an Entente node")]
    KeyFile,
    /// An entry is named and its header left out, which no receipt could cover.
    #[error("the partner named an entry without sending its header")]
    MissingHeader,
    /// The node is open already.
    #[error("this node is open")]
    NodeOpen,
    /// Opening without waiting for partners needs a reason.
    #[error("say why, for the inspector")]
    NoReason,
    /// An officer's identifier has another form.
    #[error("an officer's identifier is 1 to 64 of a-z, 0-9, '.' and '-'")]
    OfficerId,
    /// An officer without a service, or of another node's.
    #[error("an officer belongs to at least one service of this node")]
    OfficerServices,
    /// There is an officer of this identifier.
    #[error("this identifier is taken")]
    OfficerTaken,
    /// The partner is pinned with a card that this one does not continue.
    #[error(
        "a partner of this name is pinned with another card, and the key changes in this one do not lead to it from the key that we know: a key that was lost cannot be replaced under the same name"
    )]
    OtherCard,
    /// The store was made by another node, or under other keys.
    #[error("this store belongs to another node or to other keys")]
    OtherStore,
    /// The card to pin is our own.
    #[error("this is this node's own card")]
    OwnCard,
    /// A dossier cannot be opened for our own node only.
    #[error("a dossier is opened towards a partner: it cannot be for our own node only")]
    OwnOnly,
    /// The password is too short.
    #[error("a password has at least {least} characters")]
    Password {
        /// In characters.
        least: usize,
    },
    /// The password is one that guessers try first.
    #[error("this password is among those that are guessed first")]
    PasswordGuessable,
    /// A change of the storage key that cannot end yet.
    #[error(
        "not everything is under the new storage key, or processes that run had less than ten minutes to learn it"
    )]
    StorageKeyUnderWay,
    /// The storage key that this process has was given up elsewhere.
    #[error(
        "the storage key was changed on another machine of this node, and node.keys here has only the one of before: bring the newest one here"
    )]
    StorageKeyGone,
    /// Of an officer, or of what an officer signs in with.
    #[error(transparent)]
    People(#[from] PeopleFault),
    /// As many changes of TLS key as a card can name.
    #[error("this node changed its TLS key {most} times: its card names no more changes")]
    TlsChanges {
        /// So many.
        most: usize,
    },
    /// The change before is not complete.
    #[error("the TLS key is being changed: not every partner has confirmed the newest one yet")]
    TlsChanging,
    /// A partner would refuse the new key.
    #[error("the program of a partner does not follow a change of TLS key")]
    TlsPartners,
    /// The reason for lifting an alarm is missing or too long.
    #[error("say why in 1 to {most} characters")]
    Reason {
        /// In characters.
        most: usize,
    },
}

impl InputFault {
    /// A stable name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AdmissionNumber => "admission-number",
            Self::BalanceYears => "balance-years",
            Self::MinutesAnswered => "minutes-answered",
            Self::TrainsImams => "trains-imams",
            Self::DecisionOwed => "decision-owed",
            Self::NotOrdered => "not-ordered",
            Self::TimeRunning => "time-running",
            Self::ComparedMost => "compared-most",
            Self::ComparesNothing => "compares-nothing",
            Self::ComparesTooMuch => "compares-too-much",
            Self::ComparesStrange => "compares-strange",
            Self::AdmissionMost { .. } => "admission-most",
            Self::Card(fault) => fault.name(),
            Self::CardName => "card-name",
            Self::Compromise(fault) => fault.name(),
            Self::FingerprintDiffers => "fingerprint-differs",
            Self::FingerprintForm => "fingerprint-form",
            Self::ReasonText => "reason-text",
            Self::InspectorKey => "inspector-key",
            Self::ExtractLarge => "extract-large",
            Self::NotProducible => "not-producible",
            Self::CourtFile => "court-file",
            Self::Held => "held",
            Self::KeyChanges { .. } => "key-changes",
            Self::KeyFile => "key-file",
            Self::MissingHeader => "missing-header",
            Self::NodeOpen => "node-open",
            Self::NoReason => "no-reason",
            Self::OfficerId => "officer-id",
            Self::OfficerServices => "officer-services",
            Self::OfficerTaken => "officer-taken",
            Self::OtherCard => "other-card",
            Self::OtherStore => "other-store",
            Self::OwnCard => "own-card",
            Self::OwnOnly => "own-only",
            Self::Password { .. } => "password",
            Self::PasswordGuessable => "password-guessable",
            Self::People(fault) => fault.name(),
            Self::Reason { .. } => "reason",
            Self::StorageKeyUnderWay => "storage-key-under-way",
            Self::StorageKeyGone => "storage-key-gone",
            Self::TlsChanges { .. } => "tls-changes",
            Self::TlsChanging => "tls-changing",
            Self::TlsPartners => "tls-partners",
        }
    }
}

/// What is wrong with what was asked of an officer's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeopleFault {
    /// Who administers is decided at the machine.
    #[error("the role of administrator is given and taken at the machine, by the command line")]
    AdministratorAtMachine,
    /// The code is of no step of now, or was used already, or is no recovery code that is left.
    #[error("this code does not fit, or was used already")]
    CodeWrong,
    /// What was typed is no address of a mailbox.
    #[error("this is no address of a mailbox, such as name@mail.example")]
    MailAddress,
    /// The operator named the domains that mail may end at, and this is none of them.
    #[error("this node sends mail to other domains only")]
    MailDomain,
    /// As many codes as are sent for an officer within a day.
    #[error("no more codes are sent by mail today")]
    MailCodesMost,
    /// The code is not the one that was sent, or none is awaited any more.
    #[error("this is not the code that was sent, or none is awaited: have another one sent")]
    MailCodeWrong,
    /// What was chosen are no hours, or hours of a zone that is not offered.
    #[error("these hours, or their time zone, cannot be chosen")]
    MailHours,
    /// The operator named no mail server.
    #[error("this node sends no mail")]
    NoMail,
    /// The operator lets nobody have a calendar address.
    #[error("this node gives out no calendars")]
    NoFeed,
    /// The officer has no second factor.
    #[error("there is no second factor")]
    FactorNone,
    /// The node's setting asks every officer for one.
    #[error("this node requires a second factor")]
    FactorRequired,
    /// The node does not know under which name browsers reach it.
    #[error("this node has no passkeys: http.public_url is not set")]
    NoPasskeys,
    /// The node has no OpenID provider, or does not know under which name browsers reach it.
    #[error("this node has no OpenID provider: oidc or http.public_url is not set")]
    NoProvider,
    /// No reset waits for a second administrator.
    #[error("nobody asked for this, or too long ago")]
    NoReset,
    /// Somebody who can sign in already needs a reset, not an invitation.
    #[error("this officer can sign in already: what is lost is reset by two administrators")]
    NotInvited,
    /// The secret of a second factor was not offered, or an hour ago.
    #[error("begin again: the secret is no longer offered")]
    OfferOver,
    /// Nobody changes their own standing.
    #[error("nobody changes their own roles, services or standing")]
    Oneself,
    /// As many passkeys as an officer may have.
    #[error("no more passkeys: take one away first")]
    PasskeysMost,
    /// The answer of a browser does not fit its challenge, or came too late.
    #[error("this passkey does not fit, or the answer came too late")]
    PasskeyWrong,
    /// The password of somebody signed in does not fit.
    #[error("this password does not fit")]
    PasswordWrong,
    /// Whoever has no password shows by the provider first that they are there.
    #[error("without a password, show yourself again at the OpenID provider first")]
    ProofNeeded,
    /// The provider says that it signed nobody in.
    #[error("the OpenID provider signed nobody in")]
    ProviderDenied,
    /// Nothing else would open the account.
    #[error("nothing else would open this account: set a password or add a passkey first")]
    ProviderLast,
    /// The provider does not answer, or too many ask it just now.
    #[error(
        "the OpenID provider does not answer: try again in a moment, or sign in by another way"
    )]
    ProviderSilent,
    /// The account at the provider opens an officer already, or the officer has one.
    #[error("this account at the OpenID provider is in use here already, or you have one")]
    ProviderTaken,
    /// The account at the provider opens nobody here.
    #[error("this account at the OpenID provider opens none here")]
    ProviderUnknown,
    /// The provider showed less than the operator asks for.
    #[error("the OpenID provider did not ask for what this node requires")]
    ProviderWeak,
    /// What was brought back from the provider does not fit, or came too late.
    #[error("what came back from the OpenID provider does not fit, or came too late: begin again")]
    ProviderWrong,
    /// Whoever asked for a reset does not confirm it.
    #[error("another administrator must confirm this")]
    SecondAdministrator,
    /// One of the two has no rights on contents to hand on.
    #[error("nobody stands in for, or as, whoever administers or inspects")]
    StandInContents,
    /// A magistrate's decisions are a magistrate's.
    #[error("a magistrate is stood in for by a magistrate")]
    StandInMagistrate,
    /// As many colleagues as may stand in for one officer.
    #[error("no more colleagues: end one first")]
    StandInMost,
    /// The days are past, the wrong way round, or too many.
    #[error("from today on, the first day before the last, and at most three months")]
    StandInPeriod,
    /// The two belong to different groups of purposes.
    #[error("the two work on different sides of a wall between purposes")]
    StandInWalled,
}

impl PeopleFault {
    /// A stable name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AdministratorAtMachine => "administrator-at-machine",
            Self::CodeWrong => "code-wrong",
            Self::MailAddress => "mail-address",
            Self::MailDomain => "mail-domain",
            Self::MailCodesMost => "mail-codes-most",
            Self::MailCodeWrong => "mail-code-wrong",
            Self::MailHours => "mail-hours",
            Self::NoMail => "no-mail",
            Self::NoFeed => "no-feed",
            Self::FactorNone => "factor-none",
            Self::FactorRequired => "factor-required",
            Self::NoPasskeys => "no-passkeys",
            Self::PasskeysMost => "passkeys-most",
            Self::PasskeyWrong => "passkey-wrong",
            Self::NoProvider => "no-provider",
            Self::NoReset => "no-reset",
            Self::NotInvited => "not-invited",
            Self::OfferOver => "offer-over",
            Self::Oneself => "oneself",
            Self::PasswordWrong => "password-wrong",
            Self::ProofNeeded => "proof-needed",
            Self::ProviderDenied => "provider-denied",
            Self::ProviderLast => "provider-last",
            Self::ProviderSilent => "provider-silent",
            Self::ProviderTaken => "provider-taken",
            Self::ProviderUnknown => "provider-unknown",
            Self::ProviderWeak => "provider-weak",
            Self::ProviderWrong => "provider-wrong",
            Self::SecondAdministrator => "second-administrator",
            Self::StandInContents => "stand-in-contents",
            Self::StandInMagistrate => "stand-in-magistrate",
            Self::StandInMost => "stand-in-most",
            Self::StandInPeriod => "stand-in-period",
            Self::StandInWalled => "stand-in-walled",
        }
    }
}

/// Why a card is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
    /// Cut short, altered, or no card at all.
    #[error("this is no whole card")]
    Damaged,
    /// The changes that it names do not lead to its signing key.
    #[error("the key changes of this card do not lead to its key")]
    History,
    /// Not signed by the key that it names.
    #[error("this card is not signed by the key that it names")]
    Signature,
    /// Of a later version than ours.
    #[error("this card is of a version that this node does not know")]
    Version,
}

impl CardFault {
    /// A stable name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Damaged => "card-damaged",
            Self::History => "card-history",
            Self::Signature => "card-signature",
            Self::Version => "card-version",
        }
    }
}

impl From<CardError> for CardFault {
    fn from(error: CardError) -> Self {
        match error {
            CardError::Armour(_) | CardError::Cbor(_) | CardError::Field => Self::Damaged,
            CardError::History | CardError::TlsHistory => Self::History,
            CardError::Signature(_) | CardError::WrongKey => Self::Signature,
            CardError::Version => Self::Version,
        }
    }
}

impl From<CardError> for InputFault {
    fn from(error: CardError) -> Self {
        Self::Card(error.into())
    }
}

/// Why a key is not taken to be compromised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompromiseFault {
    /// Cut short, altered, or no declaration at all.
    #[error("this is no whole declaration of a compromised key")]
    Damaged,
    /// As many as a node keeps of one other.
    #[error("no more keys of one node can be declared compromised")]
    Most,
    /// The newest key signs the declaration: it must be another one.
    #[error("this is the newest key: change it first, for the new one declares it")]
    Newest,
    /// Of another node than the partner, or by another.
    #[error("this declaration is not the partner's own")]
    OtherNode,
    /// Its signature does not hold.
    #[error("the signature of this declaration does not hold")]
    Signature,
    /// By a key that is not known as a newer one of the partner, or is compromised itself.
    #[error(
        "this declaration is signed by no newer key that is known of the partner: pin its new card first"
    )]
    Signer,
    /// A time to come, or none since 1970.
    #[error("a key is compromised since a time that has passed")]
    Time,
    /// No key of this fingerprint.
    #[error("no key of this fingerprint is known of that node")]
    UnknownKey,
}

impl CompromiseFault {
    /// All of them, for tests.
    pub const ALL: [Self; 8] = [
        Self::Damaged,
        Self::Most,
        Self::Newest,
        Self::OtherNode,
        Self::Signature,
        Self::Signer,
        Self::Time,
        Self::UnknownKey,
    ];

    /// A stable name for programs; with `compromise-fault-` before what follows its first hyphen, that of its message.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Damaged => "compromise-damaged",
            Self::Most => "compromise-most",
            Self::Newest => "compromise-newest",
            Self::OtherNode => "compromise-other-node",
            Self::Signature => "compromise-signature",
            Self::Signer => "compromise-signer",
            Self::Time => "compromise-time",
            Self::UnknownKey => "compromise-unknown-key",
        }
    }
}
