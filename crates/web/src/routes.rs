//! Every address of the pages, in one table: the router is made of it, and so are the tests that try every door.

use crate::pages::{
    absence, account, admission, agreement, balance, chart, commitments, compromise, courier,
    court, day, dossier, dossiers, drafts, duties, entry, evaluation, exhibits, feed, import,
    in_place, ledger, lessons, letter, meetings, notices, officers, oversight, package, partners,
    passkey, plan, probes, programme, provider, reason, release, restart, reviews, sign_in,
    statistics, things, today, tour, weigh, welcome, write,
};
use crate::state::Shared;
use crate::{assets, events};
use axum::Router;
use axum::routing::MethodRouter;

/// One address and the methods that it takes, as in HTTP but in lower case.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// The path; `{name}` stands for one segment.
    pub path: &'static str,
    /// `get`, `post`.
    pub methods: &'static [&'static str],
    /// Whether only a demonstration has it.
    pub demo: bool,
}

type Entry = (Address, MethodRouter<Shared>);

macro_rules! table {
    (demo: $demo:literal; $($path:literal: $($method:ident $handler:path),+;)+) => {
        vec![$((
            Address { path: $path, methods: &[$(stringify!($method)),+], demo: $demo },
            MethodRouter::new()$(.$method($handler))+,
        )),+]
    };
}

/// Every address of the pages; the API has a table of its own, which its OpenAPI document shows.
#[must_use]
pub fn addresses() -> Vec<Address> {
    let every = everywhere()
        .into_iter()
        .chain(of_people())
        .chain(in_demonstration());
    every.map(|(address, _)| address).collect()
}

/// The routes of a node, or of one in a demonstration.
pub fn router(demo: bool) -> Router<Shared> {
    let every = everywhere()
        .into_iter()
        .chain(of_people())
        .chain(in_demonstration());
    every
        .filter(|(address, _)| demo || !address.demo)
        .fold(Router::new(), |router, (address, methods)| {
            router.route(address.path, methods)
        })
}

/// Whoever signs in, and what they change of their account; officers, and who is let in where.
fn of_people() -> Vec<Entry> {
    table! { demo: false;
        "/sign-in": get sign_in::show, post sign_in::enter;
        "/sign-in/code": get sign_in::show_code, post sign_in::enter_code;
        "/account": get account::show;
        "/account/factor": post account::offer;
        "/account/factor/confirm": post account::confirm;
        "/account/factor/remove": post account::remove;
        "/account/passkey": post passkey::begin;
        "/account/passkey/add": post passkey::add;
        "/account/passkey/remove": post passkey::remove;
        "/account/passkey/prove": post passkey::prove;
        "/account/passkey/prove/answer": post passkey::proved;
        "/sign-in/passkey": post passkey::ask;
        "/sign-in/passkey/answer": post passkey::answer;
        "/account/provider": post provider::bind;
        "/account/provider/prove": post provider::prove;
        "/account/provider/cut": post provider::cut;
        "/sign-in/provider": post provider::begin;
        "/sign-in/provider/back": get provider::finish;
        "/sign-in/provider/logout": post provider::logout;
        "/account/recovery": post account::renew;
        "/account/password": post account::password;
        "/account/sessions": post account::end;
        "/account/notices": get notices::show, post notices::act;
        "/account/calendar": get feed::show, post feed::act;
        // Whoever holds the address is the officer's own program.
        "/calendar/{file}": get feed::fetch;
        "/admission": get admission::show, post admission::ask;
        "/admission/{name}": post admission::decide;
        "/account/absence": post absence::own;
        "/account/act-for": post absence::act_for;
        "/officers": get officers::list, post officers::invite;
        "/officers/{id}": get officers::show, post officers::act;
        "/welcome/{token}": get welcome::show, post welcome::accept;
        "/welcome/{token}/provider": post provider::accept;
        "/sign-out": post sign_in::leave;
    }
}

fn everywhere() -> Vec<Entry> {
    table! { demo: false;
        "/": get today::show;
        "/news": post today::saw;
        "/reason": post reason::give;
        "/oversight": get oversight::show;
        "/oversight/records/{n}": get oversight::record;
        "/oversight/check": get oversight::check;
        "/oversight/export": get oversight::export, post oversight::export_to;
        "/lang/{code}": post sign_in::language;
        "/digits/{code}": post sign_in::digits;
        "/dossiers": get dossiers::show;
        "/dossiers/{id}": get dossier::show;
        "/dossiers/{id}/write/{kind}": get write::show, post write::record;
        "/dossiers/{id}/write/{kind}/preview": post write::preview;
        "/dossiers/{id}/confirm": get import::confirm_form, post import::confirm;
        "/dossiers/{id}/release": get release::show, post release::record;
        "/dossiers/{id}/letter": get letter::show;
        "/dossiers/{id}/review": get duties::review;
        "/dossiers/{id}/review/file": get duties::file_of;
        "/dossiers/{id}/things": get things::list;
        "/dossiers/{id}/chart": get chart::show;
        "/dossiers/{id}/chart/{name}": get chart::file;
        "/things/{id}": get things::show;
        "/dossiers/{id}/exhibits": get exhibits::list;
        "/exhibits/{id}": get exhibits::show;
        "/dossiers/{id}/plan": get plan::show;
        "/dossiers/{id}/days/{entry}": get day::show;
        "/dossiers/{id}/agreement": get agreement::show;
        "/dossiers/{id}/meetings": get meetings::show;
        "/meetings": get meetings::all::show;
        "/dossiers/{id}/lessons": get lessons::show;
        "/entries/{id}/observe": get lessons::observe;
        "/dossiers/{id}/meetings/answer": post meetings::take;
        "/dossiers/{id}/meetings/agenda": get meetings::paper::agenda;
        "/dossiers/{id}/meetings/minutes/{entry}": get meetings::paper::minutes;
        "/dossiers/{id}/programme": get programme::show;
        "/dossiers/{id}/programme/agreement": get programme::paper::show;
        "/entries/{id}/calendar": get meetings::calendar;
        "/dossiers/{id}/evaluation": get evaluation::show;
        "/dossiers/{id}/court": get court::show, post court::act;
        "/dossiers/{id}/court/{entry}/bundle": get court::bundle;
        "/open/{kind}": get write::show_opening, post write::record_opening;
        "/open/{kind}/preview": post write::preview_opening;
        "/drafts/{id}": get drafts::show, post drafts::act;
        "/drafts/{id}/files/{n}": get drafts::file;
        "/entries/{id}": get entry::show;
        "/entries/{id}/proof": get entry::proof;
        "/entries/{id}/signature": post weigh::disclose;
        "/weigh": post weigh::finish;
        "/entries/{id}/files/{n}": get entry::file;
        "/entries/{id}/package": get package::show;
        "/entries/{id}/files/{n}/view": get in_place::show;
        "/entries/{id}/files/{n}/picture": get in_place::picture;
        "/ledger": get ledger::show;
        "/ledger/meeting": get ledger::meeting;
        "/commitments": get commitments::show;
        "/commitments/report": get commitments::report::show;
        "/reviews": get reviews::show;
        "/balance/{partner}": get balance::show;
        // The same on paper, in two languages side by side.
        "/balance/{partner}/paper": get balance::paper::show;
        "/statistics": get statistics::show;
        "/statistics/{month}": get statistics::month;
        "/statistics/{month}/csv": get statistics::file;
        "/partners": get partners::list;
        "/partners/{node}": get partners::show;
        "/partners/{node}/courier/pack": post courier::pack;
        "/partners/{node}/courier/unpack": post courier::unpack;
        "/partners/{node}/restart/propose": get restart::form, post restart::propose;
        "/partners/{node}/restart/proposal": get restart::proposal;
        "/partners/{node}/restart/answer/{generation}": get restart::answer;
        "/partners/{node}/restart/agreed/{generation}": get restart::agreed;
        "/partners/{node}/restart/read": post restart::read;
        "/partners/{node}/restart/take": post restart::take;
        "/partners/{node}/restart/withdraw": post restart::withdraw;
        "/partners/{node}/compromised": get compromise::form, post compromise::declare;
        "/partners/{node}/compromised/read": post compromise::read;
        "/partners/{node}/compromised/take": post compromise::take;
        "/keys/compromised": get compromise::own_form, post compromise::own;
        "/import/declaration": get import::show, post import::declaration;
        "/import/register": post import::register;
        "/events": get events::stream;
        "/assets/{name}": get assets::serve;
        "/healthz": get probes::alive;
        "/readyz": get probes::ready;
        "/metrics": get probes::metrics;
    }
}

fn in_demonstration() -> Vec<Entry> {
    table! { demo: true;
        "/tour": get tour::show;
        "/tour/see": get tour::see;
        "/tour/ask": post tour::ask;
        "/tour/cut": post tour::cut;
        "/tour/jump": post tour::jump;
        "/tour/tamper": post tour::tamper;
    }
}
