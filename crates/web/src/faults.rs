//! The closed lists of faults in the reader's words: of input, of links, of cards, of the demonstration's controls.

use crate::demo::DemoFault;
use crate::i18n::Words;
use crate::pages::tour::proof_check;
use entente_app::restart::RestartFault;
use entente_app::{CardFault, CompromiseFault, InputFault, LinkFault, PeopleFault, SigningFault};

/// What a link does not allow.
#[must_use]
pub fn link(words: Words, fault: LinkFault) -> String {
    words.t(match fault {
        LinkFault::Cut => "link-fault-cut",
        LinkFault::NotCut => "link-fault-not-cut",
        LinkFault::Driven => "link-fault-driven",
        LinkFault::LanesForked => "link-fault-lanes",
        LinkFault::OwnKeyCompromised => "link-fault-own-key-compromised",
        LinkFault::PartnerKeyCompromised => "link-fault-partner-key-compromised",
        LinkFault::NeverLeft => "link-fault-never-left",
        LinkFault::NoCharter => "link-fault-no-charter",
        LinkFault::NoDuties => "link-fault-no-duties",
        LinkFault::NoComparing => "link-fault-no-comparing",
        LinkFault::NoPartner => "link-fault-no-partner",
        LinkFault::NotReceived => "link-fault-not-received",
        LinkFault::NotStopped => "link-fault-not-stopped",
        LinkFault::PartnerUnnamed => "link-fault-unnamed",
        LinkFault::SessionUp => "link-fault-session",
        LinkFault::StateContinues => "link-fault-state-continues",
        LinkFault::StateNoCharter => "link-fault-state-no-charter",
        LinkFault::StateNotAdmitted => "link-fault-state-not-admitted",
        LinkFault::StateUnlinked => "link-fault-state-unlinked",
        LinkFault::StateVersion => "link-fault-state-version",
        LinkFault::StatesTooMany => "link-fault-states",
        LinkFault::Stopped => "link-fault-stopped",
        LinkFault::TakenOver => "link-fault-taken-over",
        LinkFault::VersionOlder => "link-fault-version-older",
    })
}

/// Why something is not signed, or does not leave without.
#[must_use]
pub fn signing(words: Words, fault: SigningFault) -> String {
    words.t(match fault {
        SigningFault::NoGround { most } => {
            return counted(words, "signing-fault-no-ground", most);
        }
        SigningFault::AuthorGone => "signing-fault-author-gone",
        SigningFault::Lost => "signing-fault-lost",
        SigningFault::NeedsPasskey => "signing-fault-needs-passkey",
        SigningFault::NoPasskey => "signing-fault-no-passkey",
        SigningFault::NeedsSecond => "signing-fault-needs-second",
        SigningFault::Own => "signing-fault-own",
        SigningFault::Nobody => "signing-fault-nobody",
    })
}

/// Why a register cannot begin again.
#[must_use]
pub fn restart(words: Words, fault: RestartFault) -> String {
    words.t(match fault {
        RestartFault::Damaged => "restart-fault-damaged",
        RestartFault::Broken => "restart-fault-broken",
        RestartFault::OtherNodes => "restart-fault-other-nodes",
        RestartFault::Generation => "restart-fault-generation",
        RestartFault::UnknownKey => "restart-fault-unknown-key",
        RestartFault::NotOurs => "restart-fault-not-ours",
        RestartFault::HeldLess { held } => return words.count("restart-fault-held-less", held),
        RestartFault::KeyChanged => "restart-fault-key-changed",
        RestartFault::Differs => "restart-fault-differs",
        RestartFault::LeavesMissing => "restart-fault-leaves-missing",
        RestartFault::NoSealingKey => "restart-fault-no-sealing-key",
        RestartFault::Unopened => "restart-fault-unopened",
        RestartFault::SameKey => "restart-fault-same-key",
        RestartFault::NewKey => "restart-fault-new-key",
        RestartFault::NotProposed => "restart-fault-not-proposed",
        RestartFault::Proposed => "restart-fault-proposed",
        RestartFault::TooOften => "restart-fault-too-often",
        RestartFault::OtherProposal => "restart-fault-other-proposal",
    })
}

/// What is wrong with what was given.
#[must_use]
pub fn input(words: Words, fault: InputFault) -> String {
    words.t(match fault {
        InputFault::Card(fault) => return card(words, fault),
        InputFault::Compromise(fault) => return compromise(words, fault),
        InputFault::People(fault) => return people(words, fault),
        InputFault::KeyChanges { most } => return counted(words, "input-fault-key-changes", most),
        InputFault::TlsChanges { most } => return counted(words, "input-fault-tls-changes", most),
        InputFault::Password { least } => return counted(words, "input-fault-password", least),
        InputFault::Reason { most } => return counted(words, "input-fault-reason", most),
        InputFault::AdmissionMost { most } => {
            return counted(words, "input-fault-admission-most", most);
        }
        InputFault::BalanceYears => "input-years",
        InputFault::MinutesAnswered => "input-fault-minutes-answered",
        InputFault::TrainsImams => "input-fault-trains-imams",
        InputFault::DecisionOwed => "input-fault-decision-owed",
        InputFault::NotOrdered => "input-fault-not-ordered",
        InputFault::TimeRunning => "input-fault-time-running",
        InputFault::ComparedMost => "input-fault-compared-most",
        InputFault::ComparesNothing => "input-fault-compares-nothing",
        InputFault::ComparesTooMuch => "input-fault-compares-too-much",
        InputFault::ComparesStrange => "input-fault-compares-strange",
        InputFault::AdmissionNumber => "input-fault-admission-number",
        InputFault::CardName => "input-fault-card-name",
        InputFault::FingerprintDiffers => "input-fault-fingerprint-differs",
        InputFault::FingerprintForm => "input-fault-fingerprint-form",
        InputFault::ReasonText => "input-fault-reason-text",
        InputFault::InspectorKey => "input-fault-inspector-key",
        InputFault::ExtractLarge => "input-fault-extract-large",
        InputFault::NotProducible => "input-fault-not-producible",
        InputFault::CourtFile => "input-fault-court-file",
        InputFault::Held => "input-fault-held",
        InputFault::KeyFile => "input-fault-key-file",
        InputFault::MissingHeader => "input-fault-missing-header",
        InputFault::NodeOpen => "input-fault-node-open",
        InputFault::NoReason => "input-fault-no-reason",
        InputFault::OfficerId => "input-fault-officer-id",
        InputFault::OfficerServices => "input-fault-officer-services",
        InputFault::OfficerTaken => "input-fault-officer-taken",
        InputFault::OtherCard => "input-fault-other-card",
        InputFault::PasswordGuessable => "input-fault-password-guessable",
        InputFault::OtherStore => "input-fault-other-store",
        InputFault::OwnCard => "input-fault-own-card",
        InputFault::OwnOnly => "input-fault-own-only",
        InputFault::StorageKeyUnderWay => "input-fault-storage-key-under-way",
        InputFault::StorageKeyGone => "input-fault-storage-key-gone",
        InputFault::TlsChanging => "input-fault-tls-changing",
        InputFault::TlsPartners => "input-fault-tls-partners",
    })
}

fn counted(words: Words, key: &str, n: usize) -> String {
    words.count(key, u64::try_from(n).unwrap_or(u64::MAX))
}

/// Why a key is not taken to be compromised.
#[must_use]
pub fn compromise(words: Words, fault: CompromiseFault) -> String {
    words.t(match fault {
        CompromiseFault::Damaged => "compromise-fault-damaged",
        CompromiseFault::Most => "compromise-fault-most",
        CompromiseFault::Newest => "compromise-fault-newest",
        CompromiseFault::OtherNode => "compromise-fault-other-node",
        CompromiseFault::Signature => "compromise-fault-signature",
        CompromiseFault::Signer => "compromise-fault-signer",
        CompromiseFault::Time => "compromise-fault-time",
        CompromiseFault::UnknownKey => "compromise-fault-unknown-key",
    })
}

/// What is wrong with what was asked of an officer's account.
#[must_use]
pub fn people(words: Words, fault: PeopleFault) -> String {
    words.t(match fault {
        PeopleFault::AdministratorAtMachine => "people-fault-administrator",
        PeopleFault::CodeWrong => "people-fault-code-wrong",
        PeopleFault::FactorNone => "people-fault-factor-none",
        PeopleFault::FactorRequired => "people-fault-factor-required",
        PeopleFault::NoPasskeys => "people-fault-no-passkeys",
        PeopleFault::MailAddress => "people-fault-mail-address",
        PeopleFault::MailDomain => "people-fault-mail-domain",
        PeopleFault::MailCodesMost => "people-fault-mail-codes-most",
        PeopleFault::MailCodeWrong => "people-fault-mail-code-wrong",
        PeopleFault::MailHours => "people-fault-mail-hours",
        PeopleFault::NoMail => "people-fault-no-mail",
        PeopleFault::NoFeed => "people-fault-no-feed",
        PeopleFault::PasskeysMost => "people-fault-passkeys-most",
        PeopleFault::PasskeyWrong => "people-fault-passkey-wrong",
        PeopleFault::NoProvider => "people-fault-no-provider",
        PeopleFault::ProofNeeded => "people-fault-proof-needed",
        PeopleFault::ProviderDenied => "people-fault-provider-denied",
        PeopleFault::ProviderLast => "people-fault-provider-last",
        PeopleFault::ProviderSilent => "people-fault-provider-silent",
        PeopleFault::ProviderTaken => "people-fault-provider-taken",
        PeopleFault::ProviderUnknown => "people-fault-provider-unknown",
        PeopleFault::ProviderWeak => "people-fault-provider-weak",
        PeopleFault::ProviderWrong => "people-fault-provider-wrong",
        PeopleFault::NoReset => "people-fault-no-reset",
        PeopleFault::NotInvited => "people-fault-not-invited",
        PeopleFault::OfferOver => "people-fault-offer-over",
        PeopleFault::Oneself => "people-fault-oneself",
        PeopleFault::SecondAdministrator => "people-fault-second",
        PeopleFault::StandInContents => "people-fault-stand-in-contents",
        PeopleFault::StandInMagistrate => "people-fault-stand-in-magistrate",
        PeopleFault::StandInMost => "people-fault-stand-in-most",
        PeopleFault::StandInPeriod => "people-fault-stand-in-period",
        PeopleFault::StandInWalled => "people-fault-stand-in-walled",
        PeopleFault::PasswordWrong => "people-fault-password-wrong",
    })
}

/// Why a card is refused.
#[must_use]
pub fn card(words: Words, fault: CardFault) -> String {
    words.t(match fault {
        CardFault::Damaged => "card-fault-damaged",
        CardFault::History => "card-fault-history",
        CardFault::Signature => "card-fault-signature",
        CardFault::Version => "card-fault-version",
    })
}

/// Why a button of the tour did nothing.
#[must_use]
pub fn demo(words: Words, fault: DemoFault) -> String {
    words.t(match fault {
        DemoFault::ClockFile => "demo-fault-clock-file",
        DemoFault::FarAhead => "demo-fault-far-ahead",
        DemoFault::Jump => "demo-fault-jump",
        DemoFault::NoLiaison => "demo-fault-no-liaison",
        DemoFault::NothingYet => "demo-fault-nothing-yet",
        DemoFault::Unverified(check) => {
            return words.s("demo-fault-unverified", &proof_check(words, check));
        }
    })
}
