//! The verbs that pages call: those of [`App`], behind a trait so that pages are tested on sample views too.

use entente_app::courier::{CourierReport, CourierView, Source};
use entente_app::court::Bundling;
use entente_app::restart::{Ground, RestartStep, RestartView, Restarts};
use entente_app::views::{
    AbsenceView, Absences, AccessCheck, AccessLine, AccessList, AccessQuery, AccountView,
    AdmissionFigures, Admissions, AgreementView, AllMeetings, BalanceView, CalendarAnswer,
    CalendarFile, CaseFile, ChartUse, ChartView, CommitmentsView, CourtPart, CourtView, DayView,
    DossierList, DossierQuery, DossierView, DraftLine, DraftView, DutyFile, EntryView,
    EvaluationView, ExhibitView, Exhibits, FeedFile, FeedView, FindingView, Follow, FormView,
    HeldFiles, InspectionFigure, LedgerQuery, LedgerView, LessonsView, LetterView, LinkView,
    MeetingsView, NearLesson, NotTaken, NoticesView, ObligationView, ObservingView, OfficerLine,
    OfficerView, PackageLine, PartnerView, Persona, PlanView, PreviewView, ProgrammeView, Reading,
    ReleaseView, ReviewList, ReviewView, SpeaksOf, StatisticsView, ThingPages, ThingView, Things,
    TodayView,
};
use entente_app::{
    Absence, Actor, App, Asking, Brought, By, Came, Challenge, Change, CompromiseView,
    DeclarationImport, DraftId, Errand, FileReader, Fingerprint, FormQuery, GivenReason, Giving,
    Going, Incoming, NewOfficer, NewPasskey, NodeSettings, OfficerChange, Reauthenticating,
    Recorded, Recording, Releasing, Reopening, Result, Session, SignatureAsked, SignedIn,
    SigningKeysView, Submitted, Tried, Weighed,
};
use entente_core::access::Refusal;
use entente_core::field::Values;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::instant::Instant;
use entente_core::kind::Kind;
use entente_core::label::Lang;
use entente_core::notice::Wishes;
use entente_core::statistics::Month;
use entente_core::wall::Across;
use entente_evidence::Package;

/// Declares the trait and hands every call on to [`App`].
macro_rules! verbs {
    ($(fn $name:ident(&self $(, $arg:ident: $ty:ty)*) $(-> $out:ty)?;)+) => {
        /// See [`App`]: the same methods. All block; call them on a blocking thread.
        pub trait Verbs: Send + Sync {
            $(
                #[doc = concat!("See `App::", stringify!($name), "`.")]
                fn $name(&self $(, $arg: $ty)*) $(-> $out)?;
            )+
        }
        impl Verbs for App {
            $(fn $name(&self $(, $arg: $ty)*) $(-> $out)? { App::$name(self $(, $arg)*) })+
        }
    };
}

verbs! {
    fn me(&self) -> &NodeName;
    fn now(&self) -> Instant;
    fn refolding(&self) -> bool;
    fn settings(&self) -> &NodeSettings;
    fn may(&self, actor: &Actor, action: Action) -> bool;
    fn may_open(&self, actor: &Actor, kind: &Kind) -> bool;
    fn sign_in(&self, id: &str, password: &str, known: &str) -> Result<SignedIn>;
    fn sign_in_persona(&self, id: &str) -> Result<SignedIn>;
    fn personas(&self) -> Result<Vec<Persona>>;
    fn signed_in(&self, token: &str, device: &str) -> Result<Session>;
    fn second_step(&self, token: &str, code: &str, known: &str) -> Result<SignedIn>;
    fn sign_out(&self, token: &str) -> Result<()>;
    fn account(&self, actor: &Actor, token: &str) -> Result<AccountView>;
    fn notices(&self, actor: &Actor) -> Result<NoticesView>;
    fn ask_mail_address(&self, actor: &Actor, by: &Reauthenticating<'_>, address: &str) -> Result<()>;
    fn confirm_mail_address(&self, actor: &Actor, code: &str) -> Result<()>;
    fn remove_mail_address(&self, actor: &Actor) -> Result<()>;
    fn calendar_address(&self, actor: &Actor) -> Result<FeedView>;
    fn make_calendar_address(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<String>;
    fn revoke_calendar_address(&self, actor: &Actor) -> Result<()>;
    fn calendar_feed(&self, secret: &str, program: &str) -> Result<FeedFile>;
    fn wish_notices(&self, actor: &Actor, wishes: &Wishes) -> Result<()>;
    fn saw_news(&self, actor: &Actor, until: Instant) -> Result<()>;
    fn change_password(&self, actor: &Actor, by: &Reauthenticating<'_>, fresh: &str) -> Result<()>;
    fn offer_factor(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()>;
    fn confirm_factor(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<Vec<String>>;
    fn remove_factor(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()>;
    fn renew_recovery_codes(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<Vec<String>>;
    fn has_passkeys(&self) -> bool;
    fn begin_passkey(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<Challenge>;
    fn add_passkey(&self, actor: &Actor, session: &str, new: &NewPasskey<'_>) -> Result<Vec<String>>;
    fn remove_passkey(&self, actor: &Actor, by: &Reauthenticating<'_>, name: &str) -> Result<()>;
    fn ask_passkey_again(&self, actor: &Actor, session: &str) -> Result<Challenge>;
    fn prove_by_passkey(&self, actor: &Actor, session: &str, answer: (&str, &str)) -> Result<()>;
    fn ask_passkey(&self, id: &str) -> Result<Challenge>;
    fn passkey_sign_in(&self, token: &str, answer: &str, known: &str) -> Result<SignedIn>;
    fn provider_off(&self, reader: Lang) -> Option<String>;
    fn provider_name(&self, reader: Lang) -> Option<String>;
    fn begin_provider(&self, errand: Errand<'_>, next: &str) -> Result<Going>;
    fn finish_provider(&self, brought: &Brought<'_>, session: &str, known: &str) -> Result<Came>;
    fn provider_logout(&self, token: &str) -> Result<()>;
    fn provider_farewell(&self, token: &str) -> Result<Option<String>>;
    fn cut_own_provider(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()>;
    fn cut_provider(&self, by: By<'_>, id: &str) -> Result<()>;
    fn end_own_session(&self, actor: &Actor, name: &str) -> Result<()>;
    fn end_other_sessions(&self, actor: &Actor, token: &str) -> Result<()>;
    fn appoint(&self, by: By<'_>, absence: &Absence) -> Result<()>;
    fn end_absence(&self, by: By<'_>, officer: &str, name: &str) -> Result<()>;
    fn absences(&self, by: By<'_>, officer: &str) -> Result<Absences>;
    fn may_act_for(&self, actor: &Actor) -> Result<Vec<AbsenceView>>;
    fn act_for(&self, actor: &Actor, token: &str, absent: Option<&str>) -> Result<()>;
    fn all_officers(&self, by: By<'_>) -> Result<Vec<OfficerLine>>;
    fn one_officer(&self, by: By<'_>, id: &str) -> Result<OfficerView>;
    fn invite_officer(&self, by: By<'_>, officer: &NewOfficer) -> Result<String>;
    fn invite_again(&self, by: By<'_>, id: &str) -> Result<String>;
    fn invited(&self, token: &str, reader: Lang) -> Result<String>;
    fn accept_invitation(&self, token: &str, password: &str, known: &str) -> Result<SignedIn>;
    fn change_officer(&self, by: By<'_>, id: &str, change: &OfficerChange) -> Result<()>;
    fn set_active(&self, by: By<'_>, id: &str, active: bool) -> Result<()>;
    fn end_sessions_of(&self, by: By<'_>, id: &str) -> Result<()>;
    fn ask_reset(&self, by: By<'_>, id: &str) -> Result<()>;
    fn withdraw_reset(&self, by: By<'_>, id: &str) -> Result<()>;
    fn confirm_reset(&self, by: By<'_>, id: &str) -> Result<String>;
    fn ask_admission(&self, actor: &Actor, asking: &Asking) -> Result<()>;
    fn admissions(&self, actor: &Actor) -> Result<Admissions>;
    fn decide_admission(&self, actor: &Actor, name: &str, grant: bool) -> Result<Option<Submitted>>;
    fn admission_figures(&self, actor: &Actor) -> Result<AdmissionFigures>;
    fn agenda_across(&self, actor: &Actor) -> Result<Across>;
    fn give_reason(&self, actor: &Actor, token: &str, giving: &Giving) -> Result<GivenReason>;
    fn note_refused(&self, actor: &Actor, tried: &Tried, why: Refusal) -> Result<()>;
    fn access_list(&self, actor: &Actor, query: &AccessQuery) -> Result<AccessList>;
    fn access_export(&self, actor: &Actor, query: &AccessQuery) -> Result<String>;
    fn access_export_to(&self, actor: &Actor, query: &AccessQuery, key: &str) -> Result<String>;
    fn access_record(&self, actor: &Actor, n: u64) -> Result<AccessLine>;
    fn access_findings(&self, actor: &Actor, before: u64) -> Result<Vec<FindingView>>;
    fn access_check(&self, actor: &Actor) -> Result<AccessCheck>;
    fn inspections(&self, actor: &Actor) -> Result<Vec<InspectionFigure>>;
    fn today(&self, actor: &Actor) -> Result<TodayView>;
    fn dossiers(&self, actor: &Actor, q: &DossierQuery) -> Result<DossierList>;
    fn dossier(&self, actor: &Actor, id: DossierId, page: Option<u32>) -> Result<DossierView>;
    fn entry(&self, actor: &Actor, id: EntryId) -> Result<EntryView>;
    fn things(&self, actor: &Actor, dossier: DossierId, text: &str) -> Result<Things>;
    fn chart(&self, actor: &Actor, dossier: DossierId, wanted: ChartUse) -> Result<ChartView>;
    fn thing(&self, actor: &Actor, id: EntryId, at: ThingPages) -> Result<ThingView>;
    fn thing_or_erased(&self, actor: &Actor, id: EntryId, at: ThingPages) -> Result<Option<ThingView>>;
    fn exhibits(&self, actor: &Actor, dossier: DossierId) -> Result<Exhibits>;
    fn exhibit(&self, actor: &Actor, id: EntryId) -> Result<ExhibitView>;
    fn plan_of(&self, actor: &Actor, dossier: DossierId) -> Result<PlanView>;
    fn speaks_of(&self, actor: &Actor, entry: EntryId) -> Result<SpeaksOf>;
    fn day(&self, actor: &Actor, dossier: DossierId, entry: EntryId) -> Result<DayView>;
    fn agreement(&self, actor: &Actor, dossier: DossierId) -> Result<AgreementView>;
    fn meetings(&self, actor: &Actor, dossier: DossierId) -> Result<MeetingsView>;
    fn all_meetings(&self, actor: &Actor, text: &str) -> Result<AllMeetings>;
    fn meetings_on_paper(&self, actor: &Actor, dossier: DossierId) -> Result<MeetingsView>;
    fn follow_up(&self, actor: &Actor, follow: &Follow) -> Result<CommitmentsView>;
    fn lessons(&self, actor: &Actor, dossier: DossierId) -> Result<LessonsView>;
    fn lessons_near(&self, actor: &Actor, words: &str) -> Result<Vec<NearLesson>>;
    fn lessons_near_dossier(&self, actor: &Actor, dossier: DossierId) -> Result<Vec<NearLesson>>;
    fn observing(&self, actor: &Actor, entry: EntryId) -> Result<ObservingView>;
    fn programme(&self, actor: &Actor, dossier: DossierId) -> Result<ProgrammeView>;
    fn meeting_file(&self, actor: &Actor, meeting: EntryId) -> Result<CalendarFile>;
    fn meeting_answer(&self, actor: &Actor, dossier: DossierId, file: &[u8]) -> Result<std::result::Result<CalendarAnswer, NotTaken>>;
    fn evaluation(&self, actor: &Actor, dossier: DossierId) -> Result<EvaluationView>;
    fn court(&self, actor: &Actor, dossier: DossierId, part: &CourtPart) -> Result<CourtView>;
    fn court_bundle(&self, actor: &Actor, wanted: &Bundling<'_>, out: &mut std::io::Cursor<Vec<u8>>) -> Result<u64>;
    fn duty_files(&self, actor: &Actor) -> Result<Vec<DutyFile>>;
    fn review(&self, actor: &Actor, dossier: DossierId) -> Result<ReviewView>;
    fn review_file(&self, actor: &Actor, dossier: DossierId) -> Result<ReviewView>;
    fn obligation(&self, actor: &Actor, id: ObligationId) -> Result<ObligationView>;
    fn form(&self, actor: &Actor, q: &FormQuery) -> Result<FormView>;
    fn begin_file(&self, name: &str, media: &str) -> Result<Incoming>;
    fn record(&self, actor: &Actor, r: Recording) -> Result<Recorded>;
    fn submit(&self, actor: &Actor, r: Recording, alone: Option<&str>) -> Result<Submitted>;
    fn preview(&self, actor: &Actor, r: Recording) -> Result<PreviewView>;
    fn drafts(&self, actor: &Actor) -> Result<Vec<DraftLine>>;
    fn draft(&self, actor: &Actor, id: DraftId) -> Result<DraftView>;
    fn draft_file(&self, actor: &Actor, id: DraftId, index: u32) -> Result<FileReader>;
    fn ask_to_approve(&self, actor: &Actor, id: DraftId) -> Result<Option<SignatureAsked>>;
    fn finish_weighty(&self, actor: &Actor, token: &str, answer: &str) -> Result<Weighed>;
    fn disclose_signature(&self, actor: &Actor, entry: EntryId) -> Result<Recorded>;
    fn approve_draft(&self, actor: &Actor, id: DraftId) -> Result<Recorded>;
    fn return_draft(&self, actor: &Actor, id: DraftId, ground: &str) -> Result<()>;
    fn take_draft_back(&self, actor: &Actor, id: DraftId) -> Result<()>;
    fn sign_afterwards(&self, actor: &Actor, id: DraftId) -> Result<()>;
    fn refuse_afterwards(&self, actor: &Actor, id: DraftId, ground: &str) -> Result<()>;
    fn settle_refused(&self, actor: &Actor, id: DraftId) -> Result<()>;
    fn releasable(&self, actor: &Actor, dossier: DossierId) -> Result<ReleaseView>;
    fn release(&self, actor: &Actor, r: &Releasing) -> Result<Vec<Submitted>>;
    fn letter(&self, actor: &Actor, dossier: DossierId) -> Result<Option<LetterView>>;
    fn ledger(&self, actor: &Actor, q: &LedgerQuery) -> Result<LedgerView>;
    fn reviews(&self, actor: &Actor) -> Result<ReviewList>;
    fn balance(&self, actor: &Actor, partner: &NodeName, from: Instant, to: Instant) -> Result<BalanceView>;
    fn statistics(&self, actor: &Actor, month: Option<Month>) -> Result<StatisticsView>;
    fn links(&self, actor: &Actor) -> Result<Vec<LinkView>>;
    fn partner(&self, actor: &Actor, node: &NodeName) -> Result<PartnerView>;
    fn file(&self, actor: &Actor, entry: EntryId, index: u32) -> Result<FileReader>;
    fn held(&self, actor: &Actor, place: (EntryId, u32), package: &Package, most: u64) -> Result<HeldFiles>;
    fn packages(&self, actor: &Actor, of: (DossierId, Reading), take: &mut dyn FnMut(PackageLine)) -> Result<()>;
    fn case(&self, actor: &Actor, dossier: DossierId, most: u64) -> Result<CaseFile>;
    fn proof(&self, actor: &Actor, entry: EntryId) -> Result<String>;
    fn courier(&self, actor: &Actor, partner: &NodeName) -> Result<CourierView>;
    fn courier_pack(&self, actor: &Actor, partner: &NodeName, out: &mut dyn std::io::Write, progress: &mut dyn FnMut(u64, u64)) -> Result<CourierReport>;
    fn courier_unpack(&self, actor: &Actor, from: Option<&NodeName>, source: &mut dyn Source, progress: &mut dyn FnMut(u64, u64)) -> Result<CourierReport>;
    fn own_card(&self) -> String;
    fn reopening(&self) -> Result<Option<Reopening>>;
    fn untold_erasures(&self, reader: Option<&Actor>) -> Result<Vec<(DossierId, EntryId)>>;
    fn restarts(&self, partner: &NodeName) -> Result<Restarts>;
    fn propose_restart(&self, actor: &Actor, partner: &NodeName, ground: Ground) -> Result<String>;
    fn proposal_file(&self, actor: &Actor, partner: &NodeName) -> Result<String>;
    fn answer_file(&self, actor: &Actor, partner: &NodeName, generation: u32) -> Result<String>;
    fn agreed_file(&self, actor: &Actor, partner: &NodeName, generation: u32, from: Option<u64>) -> Result<String>;
    fn read_restart(&self, text: &str) -> Result<RestartView>;
    fn accept_restart(&self, actor: &Actor, text: &str, fingerprint: &str) -> Result<RestartStep>;
    fn withdraw_restart(&self, actor: &Actor, partner: &NodeName) -> Result<()>;
    fn signing_keys(&self) -> Result<SigningKeysView>;
    fn declare_compromised(&self, by: By<'_>, print: Option<Fingerprint>, since: Instant) -> Result<CompromiseView>;
    fn read_compromised(&self, actor: &Actor, partner: &NodeName, text: &str) -> Result<CompromiseView>;
    fn take_compromised(&self, by: By<'_>, partner: &NodeName, text: &str) -> Result<CompromiseView>;
    fn note_compromised(&self, by: By<'_>, partner: &NodeName, print: Fingerprint, since: Instant) -> Result<CompromiseView>;
    fn propose_declaration(&self, bytes: &[u8], file_name: &str, lang: Option<Lang>) -> Result<serde_json::Value>;
    fn import_declaration(&self, actor: &Actor, i: DeclarationImport) -> Result<Recorded>;
    fn import_register(&self, actor: &Actor, partner: Option<NodeName>, bytes: &[u8]) -> Result<Vec<Recorded>>;
    fn proposed(&self, actor: &Actor, dossier: DossierId, index: u32) -> Result<(&'static str, Values)>;
    fn confirm(&self, actor: &Actor, dossier: DossierId, index: u32) -> Result<Recorded>;
    fn dismiss(&self, actor: &Actor, dossier: DossierId, index: u32) -> Result<Recorded>;
    fn on_change(&self, f: Box<dyn Fn(Change) + Send + Sync>);
}
