//! Every fault of input, of links, of cards and of the tour is said in the reader's language, on pages and in one line; the API says
//! its code and English.

use super::real::Person;
use super::{ask, html, text, world};
use crate::context::percent;
use crate::demo::DemoFault;
use crate::fail::explain;
use crate::faults;
use crate::i18n::{Digits, Words};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entente_app::restart::RestartFault;
use entente_app::{AppError, CardFault, CompromiseFault, InputFault, LinkFault, PeopleFault};
use entente_core::label::Lang;
use entente_testkit::pair::TestPair;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The next link fault. A fault that is not in this match does not compile, and one that is left out of the row shortens it.
fn link_after(fault: LinkFault) -> Option<LinkFault> {
    use LinkFault as F;
    Some(match fault {
        F::Cut => F::NotCut,
        F::NotCut => F::Driven,
        F::Driven => F::LanesForked,
        F::LanesForked => F::NeverLeft,
        F::NeverLeft => F::OwnKeyCompromised,
        F::OwnKeyCompromised => F::PartnerKeyCompromised,
        F::PartnerKeyCompromised => F::NoCharter,
        F::NoCharter => F::NoDuties,
        F::NoDuties => F::NoComparing,
        F::NoComparing => F::NoPartner,
        F::NoPartner => F::NotReceived,
        F::NotReceived => F::NotStopped,
        F::NotStopped => F::PartnerUnnamed,
        F::PartnerUnnamed => F::SessionUp,
        F::SessionUp => F::StateContinues,
        F::StateContinues => F::StateNoCharter,
        F::StateNoCharter => F::StateNotAdmitted,
        F::StateNotAdmitted => F::StateUnlinked,
        F::StateUnlinked => F::StateVersion,
        F::StateVersion => F::StatesTooMany,
        F::StatesTooMany => F::Stopped,
        F::Stopped => F::TakenOver,
        F::TakenOver => F::VersionOlder,
        F::VersionOlder => return None,
    })
}

fn people_after(fault: PeopleFault) -> Option<PeopleFault> {
    use PeopleFault as F;
    Some(match fault {
        F::CodeWrong => F::FactorNone,
        F::FactorNone => F::FactorRequired,
        F::FactorRequired => F::OfferOver,
        F::OfferOver => F::PasswordWrong,
        F::PasswordWrong => F::AdministratorAtMachine,
        F::AdministratorAtMachine => F::NoReset,
        F::NoReset => F::NotInvited,
        F::NotInvited => F::Oneself,
        F::Oneself => F::SecondAdministrator,
        F::SecondAdministrator => F::NoPasskeys,
        F::NoPasskeys => F::PasskeysMost,
        F::PasskeysMost => F::PasskeyWrong,
        F::PasskeyWrong => F::NoProvider,
        F::NoProvider => F::ProofNeeded,
        F::ProofNeeded => F::ProviderDenied,
        F::ProviderDenied => F::ProviderLast,
        F::ProviderLast => F::ProviderSilent,
        F::ProviderSilent => F::ProviderTaken,
        F::ProviderTaken => F::ProviderUnknown,
        F::ProviderUnknown => F::ProviderWeak,
        F::ProviderWeak => F::ProviderWrong,
        F::ProviderWrong => F::StandInContents,
        F::StandInContents => F::StandInMagistrate,
        F::StandInMagistrate => F::StandInMost,
        F::StandInMost => F::StandInPeriod,
        F::StandInPeriod => F::StandInWalled,
        F::StandInWalled => F::MailAddress,
        F::MailAddress => F::MailDomain,
        F::MailDomain => F::MailCodesMost,
        F::MailCodesMost => F::MailCodeWrong,
        F::MailCodeWrong => F::MailHours,
        F::MailHours => F::NoMail,
        F::NoMail => F::NoFeed,
        F::NoFeed => return None,
    })
}

fn input_after(fault: InputFault) -> Option<InputFault> {
    use InputFault as F;
    Some(match fault {
        F::Card(CardFault::Damaged) => F::Card(CardFault::History),
        F::Card(CardFault::History) => F::Card(CardFault::Signature),
        F::Card(CardFault::Signature) => F::Card(CardFault::Version),
        F::Card(CardFault::Version) => F::CardName,
        F::CardName => F::Compromise(CompromiseFault::ALL[0]),
        F::Compromise(fault) => {
            let place = CompromiseFault::ALL.iter().position(|one| *one == fault);
            match CompromiseFault::ALL.get(place.map_or(0, |place| place + 1)) {
                Some(next) => F::Compromise(*next),
                None => F::FingerprintDiffers,
            }
        }
        F::FingerprintDiffers => F::FingerprintForm,
        F::FingerprintForm => F::Held,
        F::Held => F::KeyChanges { most: 64 },
        F::KeyChanges { .. } => F::KeyFile,
        F::KeyFile => F::MissingHeader,
        F::MissingHeader => F::NodeOpen,
        F::NodeOpen => F::NoReason,
        F::NoReason => F::OfficerId,
        F::OfficerId => F::OfficerServices,
        F::OfficerServices => F::OfficerTaken,
        F::OfficerTaken => F::OtherCard,
        F::OtherCard => F::OtherStore,
        F::OtherStore => F::OwnCard,
        F::OwnCard => F::OwnOnly,
        F::OwnOnly => F::Password { least: 12 },
        F::Password { .. } => F::PasswordGuessable,
        F::PasswordGuessable => F::People(PeopleFault::CodeWrong),
        F::People(fault) => people_after(fault).map_or(F::Reason { most: 300 }, F::People),
        F::Reason { .. } => F::ReasonText,
        F::ReasonText => F::InspectorKey,
        F::InspectorKey => F::ExtractLarge,
        F::ExtractLarge => F::NotProducible,
        F::NotProducible => F::CourtFile,
        F::CourtFile => F::TlsChanges { most: 16 },
        F::TlsChanges { .. } => F::TlsChanging,
        F::TlsChanging => F::TlsPartners,
        F::TlsPartners => F::StorageKeyUnderWay,
        F::StorageKeyUnderWay => F::StorageKeyGone,
        F::StorageKeyGone => F::BalanceYears,
        F::BalanceYears => F::MinutesAnswered,
        F::MinutesAnswered => F::TrainsImams,
        F::TrainsImams => F::AdmissionNumber,
        F::AdmissionNumber => F::AdmissionMost { most: 5 },
        F::AdmissionMost { .. } => F::DecisionOwed,
        F::DecisionOwed => F::NotOrdered,
        F::NotOrdered => F::TimeRunning,
        F::TimeRunning => F::ComparedMost,
        F::ComparedMost => F::ComparesNothing,
        F::ComparesNothing => F::ComparesTooMuch,
        F::ComparesTooMuch => F::ComparesStrange,
        F::ComparesStrange => return None,
    })
}

fn demo_after(fault: DemoFault) -> Option<DemoFault> {
    use DemoFault as F;
    Some(match fault {
        F::ClockFile => F::FarAhead,
        F::FarAhead => F::Jump,
        F::Jump => F::NoLiaison,
        F::NoLiaison => F::NothingYet,
        F::NothingYet => F::Unverified("body"),
        F::Unverified(_) => return None,
    })
}

/// What a fault is called, and what it is told as.
type Told = (&'static str, Box<dyn Fn(Words) -> String>);

fn every() -> Vec<Told> {
    let links = std::iter::successors(Some(LinkFault::Cut), |f| link_after(*f));
    let inputs = std::iter::successors(Some(InputFault::Card(CardFault::Damaged)), |f| {
        input_after(*f)
    });
    let demos = std::iter::successors(Some(DemoFault::ClockFile), |f| demo_after(*f));
    let links = links.map(|f| -> Told { (f.name(), Box::new(move |w| explain(f.into(), w))) });
    let inputs = inputs.map(|f| -> Told { (f.name(), Box::new(move |w| explain(f.into(), w))) });
    let demos = demos.map(|f| -> Told { (f.name(), Box::new(move |w| faults::demo(w, f))) });
    let other: Told = (
        "other-history",
        Box::new(|w| explain(AppError::OtherHistory, w)),
    );
    let restarts = RestartFault::ALL.into_iter();
    let restarts =
        restarts.map(|f| -> Told { (f.name(), Box::new(move |w| explain(f.into(), w))) });
    let others = restarts.chain([other]);
    links.chain(inputs).chain(demos).chain(others).collect()
}

#[test]
fn every_fault_is_told_in_three_languages() {
    let faults = every();
    assert_eq!(faults.len(), 24 + 53 + 34 + 6 + 18 + 1);
    let names: BTreeSet<_> = faults.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), faults.len(), "a code says which fault it is");
    let mut lines = BTreeSet::new();
    for (name, told) in &faults {
        for lang in Lang::ALL {
            let line = told(Words::new(lang, Digits::Latin));
            assert!(!line.contains('⟦'), "{name}: no message in {lang}");
            let arabic = line.chars().any(|c| ('\u{620}'..'\u{64b}').contains(&c));
            assert_eq!(arabic, lang == Lang::Ar, "{name} in {lang}: {line}");
            let english = line.contains(" the ") || line.contains("This ");
            assert!(lang == Lang::En || !english, "{name} in {lang}: {line}");
            assert!(lines.insert(line.clone()), "{name} in {lang}: {line}");
        }
    }
}

#[test]
fn a_value_is_kept_in_the_readers_numerals() {
    let words = Words::new(Lang::Ar, Digits::Arabic);
    let line = explain(InputFault::Reason { most: 300 }.into(), words);
    assert!(line.contains("٣٠٠"), "{line}");
    let words = Words::new(Lang::Fr, Digits::Latin);
    let line = explain(InputFault::Password { least: 12 }.into(), words);
    assert!(line.contains("12 caractères"), "{line}");
}

const REQUEST: [(&str, &str); 5] = [
    ("title", "Camionnette"),
    ("question", "À qui était-elle louée ?"),
    ("facts", "Vue sur trois lieux."),
    ("country_link", "Immatriculée chez vous."),
    ("offence", "property"),
];

fn in_arabic(who: &Person, request: axum::http::request::Builder, body: String) -> Request<Body> {
    request
        .header(
            header::COOKIE,
            format!("{}; entente-ma-lang=ar", who.cookie),
        )
        .body(Body::from(body))
        .unwrap()
}

/// An answer as a page in Arabic: well formed, and with nothing of the fault in English.
async fn page(who: &Person, request: Request<Body>) -> (StatusCode, String) {
    let response = ask(&who.router, request).await;
    let (status, page) = (response.status(), text(response).await);
    let problems = html::problems(&page);
    assert!(problems.is_empty(), "{problems:?}");
    let (_, main) = page.split_once("<main").expect("a main part");
    assert!(!main.contains("<p lang=\"en\""), "{main}");
    (status, page)
}

async fn open(who: &Person, more: &[(&str, &str)]) -> Request<Body> {
    let fields: Vec<String> = [("_csrf", who.csrf.as_str())]
        .iter()
        .chain(&REQUEST)
        .chain(more)
        .map(|(name, value)| format!("{name}={}", percent(value)))
        .collect();
    let post = Request::post("/open/request")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    in_arabic(who, post, fields.join("&"))
}

#[tokio::test]
async fn a_page_in_arabic_says_what_is_wrong_with_input_and_what_a_link_does_not_allow() {
    let pair = TestPair::linked(34);
    let who = Person::of(pair.ma(), "agent", "liaison").await;
    let (status, refused) = page(&who, open(&who, &[("_own", "yes")]).await).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(refused.contains("يفتح الملف مع شريك"), "{refused}");

    let opened = ask(&who.router, open(&who, &[]).await).await;
    assert_eq!(opened.status(), StatusCode::SEE_OTHER);
    let dossier = super::location(&opened)
        .split('#')
        .next()
        .unwrap()
        .to_owned();
    let seen = who.get(&dossier).await;
    let (_, rest) = seen.split_once("href=\"/entries/").expect("an entry");
    let proof = format!("/entries/{}/proof", rest.split('"').next().unwrap());
    let request = in_arabic(&who, Request::get(&proof), String::new());
    let (status, refused) = page(&who, request).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        refused.contains("لم يتسلم الطرف الآخر هذا القيد بعد"),
        "{refused}"
    );

    let api = in_arabic(&who, Request::get(format!("/api/v1{proof}")), String::new());
    let problem: Value = serde_json::from_str(&text(ask(&who.router, api).await).await).unwrap();
    assert_eq!(problem["title"], "link");
    assert_eq!(
        problem["detail"],
        "not-received: not yet received by the other side: there is nothing to prove"
    );
}

#[tokio::test]
async fn the_api_says_the_code_of_a_fault_and_english() {
    let pair = TestPair::linked(35);
    let who = Person::of(pair.ma(), "agent", "liaison").await;
    let values: Value = REQUEST.iter().map(|(k, v)| (*k, *v)).collect();
    let body = json!({"type": "request.open", "values": values, "own_only": true});
    let post = Request::post("/api/v1/entries")
        .header(header::CONTENT_TYPE, "application/json")
        .header("x-entente-csrf", &who.csrf);
    let answer = ask(&who.router, in_arabic(&who, post, body.to_string())).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let problem: Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!(problem["title"], "input");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.starts_with("own-only: a dossier is"), "{detail}");
}

#[tokio::test]
async fn a_button_of_the_tour_that_does_nothing_says_so_in_the_readers_language() {
    let (router, _) = world();
    for (lang, said) in [
        ("fr", "assez en avance"),
        ("ar", "تقدمت الساعة بما يكفي"),
        ("en", "far enough ahead"),
    ] {
        let body = format!("_csrf={}", super::sample::CSRF);
        let request = Request::post("/tour/jump")
            .header(
                header::COOKIE,
                format!(
                    "entente-ma={}; entente-ma-lang={lang}",
                    super::sample::TOKEN
                ),
            )
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let response = ask(&router, request).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{lang}");
        let page = text(response).await;
        assert!(page.contains(said), "{lang}: {page}");
        assert!(!page.contains("<p lang=\"en\""), "{lang}");
    }
}
