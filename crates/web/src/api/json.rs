//! Views as JSON: codes, identifiers and RFC 3339 instants; nothing translated but labels that are asked for.

pub mod drafts;

use crate::pages::commitments::figures::standing_code;
use crate::pages::release::reason;
use crate::time::rfc3339;
use entente_app::Stays;
use entente_app::courier::{CourierReport, CourierView};
use entente_app::views::{
    BalanceView, BodyView, BroughtView, ConditionsView, CorrectionView, DossierLine, DossierList,
    DossierView, Ending, EntryView, FigureView, FileView, FormView, Given, Lapsed, LedgerView,
    LetterView, LinkView, NearbyLine, NewsLine, ObligationView, OtherwiseView, PartnerView,
    PointStatus, PointView, Proposal, RecipientView, RelatedDossier, ReleasableView, ReleaseView,
    ReleasedView, ReviewHead, ReviewLine, ReviewList, ReviewsDue, Rung, StatisticsView, TodayView,
    Told, TranslationView, Via, WaitLine,
};
use entente_core::conditions::{Answer, Use, Uses};
use entente_core::field::Values;
use entente_core::handling::Handling;
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::keeping::Because;
use entente_core::kinds::declaration::figures::Standing;
use entente_core::kinds::document;
use entente_core::label::Lang;
use entente_core::released::Mismatch;
use entente_core::statistics::{Cell, FLOOR, Line, Sheet};
use serde_json::{Value, json};

pub(super) fn time(at: Instant) -> Value {
    json!(rfc3339(at))
}
fn maybe(at: Option<Instant>) -> Value {
    at.map_or(Value::Null, time)
}
fn all<T>(items: &[T], one: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(one).collect())
}

/// See [`TodayView`].
pub fn today(v: &TodayView) -> Value {
    json!({
        "drafts": all(&v.drafts, drafts::line), "we_owe": all(&v.we_owe, obligation), "we_owe_total": v.we_owe_total,
        "owed_to_us": all(&v.owed_to_us, obligation), "owed_to_us_total": v.owed_to_us_total,
        "not_received": all(&v.not_received, obligation), "meeting": all(&v.meeting, obligation), "waits": all(&v.waits.lines, wait),
        "waits_more": v.waits.more, "waits_uncounted": v.waits.uncounted,
        "across": v.across, "admissions": all(&v.admissions, super::admission::task), "reviews": reviews_due(v.reviews),
        "nearby": all(&v.nearby, nearby), "news": all(&v.news, news), "news_more": v.news_more, "news_since": time(v.news_since), "at": time(v.at),
        "links": all(&v.links, link),
    })
}

fn nearby(near: &NearbyLine) -> Value {
    json!({
        "dossier": line(&near.dossier), "entry": near.entry.to_string(), "day": near.day, "typed": near.typed, "name": near.name,
    })
}

fn wait(w: &WaitLine) -> Value {
    json!({
        "dossier": w.dossier.as_ref().map(line), "entry": w.entry.to_string(), "by": w.service, "came": time(w.came),
        "missing": w.missing.to_string(),
    })
}

fn reviews_due(due: ReviewsDue) -> Value {
    json!({"soon": due.soon, "pressing": due.pressing, "passed": due.passed})
}

fn stays(why: Stays) -> &'static str {
    match why {
        Stays::Owed => "owed",
        Stays::Held => "held",
        Stays::Released => "released",
    }
}

/// See [`ReviewList`].
pub fn reviews(v: &ReviewList) -> Value {
    let one = |l: &ReviewLine| {
        let why: Vec<&str> = l.stays.iter().map(|why| stays(*why)).collect();
        json!({"dossier": line(&l.dossier), "due": time(l.due), "erased_from": time(l.erased_from), "passed": l.passed, "stays": why})
    };
    json!({"lines": all(&v.lines, one), "due": reviews_due(v.due)})
}

fn news(n: &NewsLine) -> Value {
    json!({"dossier": line(&n.dossier), "count": n.count, "newest": n.newest, "service": n.service, "at": time(n.at)})
}

/// See [`ObligationView`].
pub fn obligation(o: &ObligationView) -> Value {
    json!({
        "id": o.id, "number": o.number, "dossier": o.dossier.to_string(), "title": o.title, "kind": o.kind, "ask": o.ask,
        "creditor": o.creditor, "owing": o.owing, "urgency": o.urgency, "state": o.state, "turn": o.turn, "ours": o.ours,
        "asked": time(o.asked), "received": maybe(o.received), "due": maybe(o.due), "stopped": maybe(o.stopped), "ended": maybe(o.ended),
        "overdue": o.overdue, "on_time": o.on_time, "chase": o.chase,
        "extended": o.extended.map(|(until, reason)| json!({"until": time(until), "reason": reason})),
        "contested": o.contested, "refused": o.refused.map(|(ground, withheld)| json!({"ground": ground, "withheld": withheld})),
        "outcome": o.outcome, "not_received": o.not_received, "asked_by": o.asked_by.to_string(),
        "answered_by": o.answered_by.map(|e| e.to_string()), "joined": all(&o.joined, |e| json!(e.to_string())),
        "receipt_time": receipt_time(o), "offers": all(&o.offers, |t| json!(t.name)), "seen": o.seen,
    })
}

/// What is said about receipt times in doubt (rule 10).
fn receipt_time(o: &ObligationView) -> Value {
    json!({
        "proposed": all(&o.proposed, |p| json!({"entry": p.entry.to_string(), "by": p.by, "of": p.of.to_string(), "at": time(p.at)})),
        "agreed": all(&o.agreed, |(of, at)| json!({"of": of.to_string(), "at": time(*at)})),
        "doubtful": o.doubtful.map(|d| json!({"of": d.of.to_string(), "received": time(d.received), "arrived": time(d.arrived)})),
    })
}

/// See [`DossierLine`].
pub fn line(d: &DossierLine) -> Value {
    json!({
        "id": d.id.to_string(), "number": d.number, "title": d.title, "kind": d.kind.name, "purpose": d.purpose, "phase": d.phase,
        "nodes": d.nodes, "opened": time(d.opened), "updated": time(d.updated), "open": d.open, "overdue": d.overdue,
    })
}

/// See [`DossierList`].
pub fn dossiers(v: &DossierList) -> Value {
    let hits = all(
        &v.hits,
        |h| json!({"dossier": line(&h.dossier), "entry": h.entry.to_string(), "type": h.kind, "words": h.words, "corrected": h.corrected, "at": time(h.at)}),
    );
    json!({"lines": all(&v.lines, line), "total": v.total, "hits": hits, "numbered": all(&v.numbered, obligation)})
}

/// See [`DossierView`].
pub fn dossier(v: &DossierView) -> Value {
    let charter = v.charter.as_ref().map(|c| {
        json!({"in_force": c.in_force, "proposals": all(&c.proposals, proposal), "lapsed": all(&c.lapsed, lapsed), "suspended": {"ours": c.suspended.0, "theirs": c.suspended.1}})
    });
    let versions = v.declaration.as_ref().map(|d| {
        all(
            &d.versions,
            |(lang, p)| json!({"lang": lang, "proposal": p}),
        )
    });
    json!({
        "line": line(&v.line), "config": v.config, "entries": all(&v.entries, entry), "total": v.total, "page": v.page + 1,
        "obligations": all(&v.obligations, obligation), "forms": all(&v.forms, |t| json!(t.name)), "given": all(&v.given, given),
        "got": all(&v.got, given), "points": all(&v.points, point), "declaration": versions, "charter": charter, "seen": v.seen,
        "unreceipted": v.unreceipted, "continues": all(&v.continues, related), "continued_by": all(&v.continued_by, related),
        "brought": all(&v.brought, brought), "review": v.review.as_ref().map(review),
    })
}

/// See [`ReviewHead`].
fn review(r: &ReviewHead) -> Value {
    let (because, reason) = match r.because {
        _ if r.again => ("erased_before", None),
        Because::Opened => ("opened", None),
        Because::Agreed => ("agreed", None),
        Because::Closed => ("closed", None),
        Because::Kept(reason) => ("kept", Some(reason)),
    };
    json!({
        "due": time(r.due), "because": because, "reason": reason, "each": r.each, "erased_from": maybe(r.erased_from),
        "stays": all(&r.stays, |why| json!(stays(*why))),
    })
}

/// See [`BroughtView`].
fn brought(b: &BroughtView) -> Value {
    json!({
        "entry": b.entry.to_string(), "type": b.type_name, "service": b.service, "at": time(b.at), "handling": handling(b.handling),
        "values": b.said.as_ref().map(values_of), "corrected": b.corrected, "answer": b.answer.as_str(), "decision": b.decision.to_string(),
        "decided": time(b.decided), "ground": b.ground, "purpose": b.purpose, "from": b.from.as_ref().map(related),
    })
}

/// Another dossier; without a title where the reader does not belong to it.
fn related(d: &RelatedDossier) -> Value {
    json!({"id": d.id.to_string(), "number": d.number, "title": d.title, "visible": d.visible})
}

/// See [`ReleaseView`].
pub fn releasable(v: &ReleaseView) -> Value {
    let one = |r: &ReleasableView| {
        let cannot = r.cannot.map(|why| reason(Lang::En, why));
        json!({"entry": entry(&r.entry), "cannot": cannot})
    };
    let earlier = all(
        &v.earlier,
        |e| json!({"dossier": related(&e.dossier), "entries": all(&e.entries, one), "left_out": e.left_out}),
    );
    json!({"line": line(&v.line), "recipients": v.recipients, "earlier": earlier})
}

fn released(r: &ReleasedView) -> Value {
    let original = r.original.as_ref().map(|o| {
        json!({
            "type": o.type_name, "known": o.entry_type.is_some(), "service": o.service, "officer": o.officer, "role": o.role,
            "at": time(o.at), "handling": handling(o.handling),
        })
    });
    json!({
        "entry": r.entry.to_string(), "dossier": related(&r.dossier), "held": r.held, "original": original,
        "mismatch": r.mismatch.map(Mismatch::name),
    })
}

fn handling(h: Handling) -> Value {
    json!({"class": h.class, "codes": h.codes.names().map(|(n, _)| n).collect::<Vec<_>>(), "evaluation": h.evaluation.map(|v| v.code())})
}

fn proposal(p: &Proposal) -> Value {
    json!({
        "entry": p.entry.to_string(), "by": p.by, "terms": p.terms, "signed": p.signed, "asks": p.asks.map(|on| on.to_string()),
        "overtaken": p.overtaken, "may_sign": p.may_sign, "may_enact": p.may_enact, "may_decline": p.may_decline,
        "may_withdraw": p.may_withdraw,
    })
}

fn lapsed(l: &Lapsed) -> Value {
    let how = match l.how {
        Ending::Declined => "declined",
        Ending::Withdrawn => "withdrawn",
    };
    json!({"proposal": l.proposal.to_string(), "by": l.by, "version": l.version, "how": how, "entry": l.entry.to_string()})
}

fn given(g: &Given) -> Value {
    json!({
        "entry": g.entry.to_string(), "title": g.title, "service": g.service, "at": time(g.at),
        "feedback": g.feedback.as_ref().map(obligation), "words": g.words, "waits": g.waits, "corrected": g.corrected,
    })
}

/// See [`PointStatus`].
pub(super) fn point_status(status: &PointStatus) -> Value {
    match status {
        PointStatus::None => json!({"state": "none"}),
        PointStatus::Open => json!({"state": "open"}),
        PointStatus::Claimed(by) => json!({"state": "claimed", "by": by}),
        PointStatus::Agreed => json!({"state": "agreed"}),
    }
}

pub(super) fn point(p: &PointView) -> Value {
    let status = point_status(&p.status);
    json!({
        "entry": p.entry.to_string(), "point": p.point, "title": p.title, "class": p.class, "topic": p.topic,
        "texts": all(&p.texts, |(lang, text)| json!({"lang": lang, "text": text})), "because": p.because, "debtors": p.debtors,
        "due_text": p.due_text, "obligations": all(&p.obligations, obligation), "status": status,
        "relates": all(&p.relates, |(r, to)| json!({"relation": r, "to": to})),
        "related_by": all(&p.related_by, |(r, from)| json!({"relation": r, "from": from})),
        "programmes": all(&p.programmes, line), "evidence": all(&p.evidence, super::programme::evidence), "cut": p.cut,
        "figures": all(&p.figures, figure),
    })
}

/// See [`FigureView`].
fn figure(one: &FigureView) -> Value {
    let agreed = match one.standing {
        Standing::Agreed(number) => number,
        _ => None,
    };
    json!({
        "entry": one.entry.to_string(), "by": one.by, "what": one.what, "unit": one.unit, "since": one.since, "until": one.until,
        "standing": standing_code(one.standing), "agreed": agreed, "held": one.held, "printed": one.printed, "asks": all(&one.asks, obligation),
    })
}

/// See [`EntryView`].
pub fn entry(e: &EntryView) -> Value {
    let body = match &e.body {
        BodyView::None => json!({"state": "none"}),
        BodyView::Here(values) => {
            json!({"state": "here", "lang": values.lang, "values": values_of(values)})
        }
        BodyView::Unreadable => json!({"state": "unreadable"}),
        BodyView::Erased => json!({"state": "erased"}),
        BodyView::Owed => json!({"state": "owed"}),
        BodyView::Withheld => {
            let answer = e.conditions.answer(Use::Read);
            let why = if e.rights.by_policy {
                answer.as_str()
            } else {
                "role"
            };
            json!({"state": "withheld", "why": why})
        }
    };
    json!({
        "id": e.id.to_string(), "dossier": e.dossier.to_string(), "type": e.type_name, "known": e.entry_type.is_some(), "ours": e.ours,
        "service": e.service, "officer": e.officer, "role": e.role, "at": time(e.at), "here": time(e.here),
        "handling": handling(e.handling), "conditions": conditions(&e.conditions), "released": e.released.as_ref().map(released),
        "release": e.release.as_ref().map(|r| json!({"necessity": r.necessity, "basis": r.basis, "approver": r.approver.to_string()})),
        "audience": e.audience, "verdict": verdict(e.verdict), "body": body, "acts": acts(e),
        "opened": e.opened, "files": all(&e.files, file), "ladder": all(&e.ladder, rung), "translations": all(&e.translations, translation),
        "evaluations": all(&e.evaluations, evaluated), "corrections": all(&e.corrections, correction), "recipients": all(&e.recipients, recipient),
        "signed": e.signed.as_ref().map(super::weight::state), "left_standing": maybe(e.left_standing),
    })
}

/// See [`OtherwiseView`].
fn evaluated(e: &OtherwiseView) -> Value {
    json!({
        "entry": e.entry.to_string(), "service": e.service, "at": time(e.at), "paragraph": e.paragraph, "evaluation": e.evaluation.code(),
        "text": e.text, "lang": e.lang,
        "settled": e.settled.as_ref().map(|s| json!({
            "entry": s.entry.to_string(), "service": s.service, "at": time(s.at), "agreed": s.agreed.map(|agreed| agreed.code()),
            "text": s.text, "lang": s.lang,
        })),
    })
}

/// See [`ConditionsView`].
fn conditions(c: &ConditionsView) -> Value {
    let names = |uses: Uses| -> Vec<&str> { uses.names().map(|(name, _)| name).collect() };
    let answers = c.answers.iter().map(|(what, answer)| {
        let opens = match answer {
            Answer::Permission(uses) => json!(names(*uses)),
            Answer::Acknowledge(by) => json!(by.to_string()),
            Answer::Ended(at) => time(*at),
            Answer::Allowed => Value::Null,
        };
        (
            what.as_str().to_owned(),
            json!({"answer": answer.as_str(), "by": opens}),
        )
    });
    json!({
        "codes": c.codes.names().map(|(n, _)| n).collect::<Vec<_>>(), "until": maybe(c.until),
        "tightened": all(&c.tightened, |by| json!(by.to_string())),
        "texts": all(&c.texts, |t| json!({"entry": t.by.to_string(), "text": t.text, "lang": t.lang, "assurances": t.assured.iter().map(|(code, _)| *code).collect::<Vec<_>>(), "read": t.read})),
        "uses": answers.collect::<serde_json::Map<_, _>>(),
        "granted": all(&c.granted, |g| json!({
            "entry": g.entry.to_string(), "to": g.to, "uses": names(g.uses), "until": maybe(g.until), "holds": g.holds,
            "proceedings": g.proceedings, "to_whom": g.to_whom,
        })),
        "asked": all(&c.wanted, |w| json!({"entry": w.entry.to_string(), "uses": names(w.uses)})),
    })
}

/// Acts hold identifiers, which are written as text.
fn acts(e: &EntryView) -> Value {
    use entente_core::act::{Act, OnAct};
    all(&e.acts, |act| match act {
        Act::Open {
            kind,
            number,
            config,
        } => json!({"act": "open", "kind": kind, "number": number, "config": config}),
        Act::Configure { config } => json!({"act": "configure", "config": config}),
        Act::Leave { service } => json!({"act": "leave", "service": service}),
        Act::ProposeTerms { terms } => json!({"act": "propose_terms", "terms": terms}),
        Act::Sign { proposal } => json!({"act": "sign", "proposal": proposal.to_string()}),
        Act::Enact { proposal, .. } => json!({"act": "enact", "proposal": proposal.to_string()}),
        Act::Flag { suspended } => json!({"act": "flag", "suspended": suspended}),
        Act::Ask {
            ask,
            of,
            urgency,
            by,
            number,
            about,
            to,
        } => {
            json!({"act": "ask", "ask": ask, "of": of, "urgency": urgency, "by": maybe(*by), "number": number, "about": about, "to": to})
        }
        Act::On { obligation, act } => {
            let name = format!("{:?}", entente_core::kind::On::of(act)).to_lowercase();
            let more = match act {
                OnAct::Extend { until, reason } => json!({"until": time(*until), "reason": reason}),
                OnAct::Answer { partial, outcome } => {
                    json!({"partial": partial, "outcome": outcome})
                }
                OnAct::Refuse { ground, withheld } => {
                    json!({"ground": ground, "withheld": withheld})
                }
                OnAct::Contest { what } => json!({"what": what}),
                OnAct::HandOver { to } => json!({"to": to}),
                OnAct::ProposeTime { of, at } => {
                    json!({"of": of.to_string(), "received_at": time(*at)})
                }
                OnAct::AgreeTime { proposal } => json!({"proposal": proposal.to_string()}),
                _ => Value::Null,
            };
            json!({"act": "on", "obligation": obligation, "how": name, "with": more})
        }
        Act::Relate {
            relation,
            from,
            to,
            to_dossier,
        } => {
            json!({"act": "relate", "relation": relation, "from": from.to_string(), "to": to.to_string(), "to_dossier": to_dossier.to_string()})
        }
        Act::Wants { entry, uses } => {
            json!({"act": "wants", "entry": entry.to_string(), "uses": uses.names().map(|(n, _)| n).collect::<Vec<_>>()})
        }
        Act::Permit { entry, uses, until } => {
            json!({"act": "permit", "entry": entry.to_string(), "uses": uses.names().map(|(n, _)| n).collect::<Vec<_>>(), "until": maybe(*until)})
        }
        Act::Tighten {
            entry,
            codes,
            until,
        } => {
            json!({"act": "tighten", "entry": entry.to_string(), "codes": codes.names().map(|(n, _)| n).collect::<Vec<_>>(), "until": maybe(*until)})
        }
        Act::Confirm { condition } => json!({"act": "confirm", "condition": condition.to_string()}),
        Act::Keep { until, reason } => {
            json!({"act": "keep", "until": time(*until), "reason": reason})
        }
        Act::Hold {
            entry,
            ground,
            until,
        } => {
            json!({"act": "hold", "entry": entry.map(|e| e.to_string()), "ground": ground, "until": time(*until)})
        }
        Act::Lift { hold } => json!({"act": "lift", "hold": hold.to_string()}),
        Act::Expired { before } => json!({"act": "expired", "before": time(*before)}),
        Act::Erase { entry } => json!({"act": "erase", "entry": entry.to_string()}),
        Act::EraseFile { entry, index } => {
            json!({"act": "erase_file", "entry": entry.to_string(), "index": index})
        }
        Act::Continues { earlier } => {
            json!({"act": "continues", "earlier": all(earlier, |e| json!({"dossier": e.dossier.to_string(), "convenor": e.convenor, "number": e.number}))})
        }
        Act::Release { entry, dossier } => {
            json!({"act": "release", "entry": entry.to_string(), "dossier": dossier.to_string()})
        }
    })
}

fn verdict(v: Option<Verdict>) -> Value {
    match v {
        None => json!({"state": "waiting"}),
        Some(Verdict::Regular) => json!({"state": "regular"}),
        Some(Verdict::Irregular(reason)) => json!({"state": "irregular", "reason": reason}),
        Some(Verdict::NotEvaluated) => json!({"state": "not_evaluated"}),
    }
}

pub(super) fn values_of(values: &Values) -> Value {
    Value::Object(
        values
            .values
            .iter()
            .map(|(n, v)| (n.clone(), v.json()))
            .collect(),
    )
}

fn file(f: &FileView) -> Value {
    let erased = f.erased.as_ref().map(|e| {
        json!({
            "by": e.by.to_string(), "service": e.service, "officer": e.officer, "at": time(e.at),
            "reason": e.reason.as_ref().map(|(text, _)| text),
        })
    });
    json!({
        "index": f.index, "number": u64::from(f.index) + 1, "name": f.name, "media": f.media, "size": f.size, "state": f.state,
        "percent": f.percent, "erased": erased, "limit": f.limit.as_ref().map(|(most, by)| json!({"bytes": most, "not_fetched_by": by})),
    })
}

fn correction(c: &CorrectionView) -> Value {
    json!({"entry": c.entry, "why": c.why, "text": c.text, "lang": c.lang, "service": c.service, "at": rfc3339(c.at)})
}

/// See [`RecipientView`].
pub fn recipient(r: &RecipientView) -> Value {
    let into = match r.via {
        Via::Translation(lang) => lang,
        _ => None,
    };
    json!({
        "node": r.node, "entry": r.entry, "dossier": r.dossier.visible.then(|| r.dossier.id.to_string()), "via": r.via.name(), "into": into,
        "files": r.files, "received": maybe(r.received), "correction": r.correction, "asked": r.asked.as_ref().map(obligation),
    })
}

/// See [`LetterView`]: by codes, and the officer's paragraphs.
pub fn letter(l: Option<&LetterView>) -> Value {
    let Some(l) = l else {
        return json!({"letter": null});
    };
    let told = match &l.told {
        Told::Decided(result, competent) => json!({"result": result, "competent": competent}),
        Told::Refused(ground) => json!({"result": "refused", "ground": ground}),
        Told::Neither => json!({"result": "neither"}),
        Told::Extended(until, reason) => {
            json!({"result": "extended", "until": time(*until), "reason": reason})
        }
    };
    let (lang, text) = l.words.clone().unzip();
    json!({"letter": {
        "dossier": line(&l.dossier), "lang": l.lang, "right": l.right, "received": l.received, "entry": l.entry, "service": l.service,
        "at": time(l.at), "told": told, "text": text, "text_lang": lang.flatten(),
    }})
}

fn translation(t: &TranslationView) -> Value {
    json!({"entry": t.entry, "lang": t.lang, "origin": t.origin, "machine": t.machine, "text": t.text, "service": t.service, "at": rfc3339(t.at)})
}

fn rung(r: &Rung) -> Value {
    json!({"node": r.node, "accepted": time(r.accepted), "position": r.position, "received": maybe(r.received), "answered": maybe(r.answered)})
}

/// See [`LinkView`].
pub fn link(l: &LinkView) -> Value {
    let agreement = l.agreement.as_ref().map(|a| {
        json!({"out_size": a.out_size, "in_size": a.in_size, "at": time(a.at), "digest": a.digest, "equal": a.equal})
    });
    json!({
        "partner": l.partner, "connected": l.connected, "stopped": l.stopped, "since": maybe(l.since), "out_size": l.out_size,
        "out_held": l.out_held, "in_size": l.in_size, "waiting": l.waiting, "files_wanted": l.files_wanted, "agreement": agreement,
        "suspended": {"ours": l.suspended.0, "theirs": l.suspended.1}, "clock_ahead_ms": l.ahead_ms,
        "compromised": all(&l.compromised, |c| json!({
            "fingerprint": c.print, "since": time(c.since), "by": c.by, "declared": time(c.declared), "here": time(c.here), "declaration": c.text,
        })),
    })
}

/// All links.
pub fn links(all_links: &[LinkView]) -> Value {
    json!({"links": all(all_links, link)})
}

/// See [`PartnerView`].
pub fn partner(p: &PartnerView) -> Value {
    json!({
        "link": link(&p.link), "fingerprint": p.fingerprint, "own_fingerprint": p.own_fingerprint, "card": p.card, "address": p.address,
        "pinned": time(p.pinned), "terms": p.terms, "charter": p.charter.map(|d| d.to_string()), "desk": p.desk.map(|d| d.to_string()),
        "evidence": all(&p.evidence, |e| json!({"at": time(e.at), "what": e.what, "reason": e.reason})),
        "irregular": all(&p.irregular, |(e, d, v)| json!({"entry": e.to_string(), "dossier": d.to_string(), "verdict": verdict(Some(*v))})),
    })
}

/// See [`LedgerView`].
pub fn ledger(v: &LedgerView) -> Value {
    json!({"lines": all(&v.lines, obligation), "total": v.total})
}

/// See [`BalanceView`].
pub fn balance(v: &BalanceView) -> Value {
    json!({
        "partner": v.partner, "from": time(v.from), "to": time(v.to), "ours": v.ours(), "theirs": v.theirs(),
        "rights": v.rights.as_ref().map(|(ours, theirs)| json!({"ours": ours, "theirs": theirs})),
        "by_service": all(&v.by_service, |(s, f)| json!({"service": s, "figures": f})),
        "by_kind": v.by_kind, "sides": v.reading.sides, "meetings_held": v.reading.held,
        "meeting_target": v.target.map(|t| json!({"series": t.series, "a_year": t.a_year})),
        "commitments_by_theme": v.themes.as_ref().map(|themes| json!(themes.by)),
        "years": all(&v.years, year_of_balance), "lags": v.lags,
    })
}

/// A year without medians: the database counts years in groups, of which there is none.
fn year_of_balance(year: &entente_core::balance::Year) -> Value {
    let mut said = json!(year);
    let sides = said.get_mut("sides").and_then(Value::as_object_mut);
    for side in sides.into_iter().flat_map(|sides| sides.values_mut()) {
        if let Some(figures) = side.get_mut("figures").and_then(Value::as_object_mut) {
            figures.remove("median");
            figures.remove("median_gap");
        }
    }
    said
}

/// See [`StatisticsView`]: a figure is a number, or the word that says why there is none.
pub fn statistics(v: &StatisticsView) -> Value {
    let cell = |cell: &Cell| match cell {
        Cell::Figure(n) => json!(n),
        hidden => json!(hidden.text()),
    };
    let lines = |line: &Line| json!({"line": line.head.map(|(name, _)| name), "figures": all(&line.cells, cell), "total": cell(&line.total)});
    let sheet = |s: &Sheet| json!({"table": s.table.name, "of_persons": s.table.persons.is_some(), "columns": all(&s.columns, |(name, _)| json!(name)), "lines": all(&s.lines, lines)});
    let published = v.published.as_ref().map(|published| {
        json!({"month": published.month, "at": time(published.at), "floor": FLOOR, "tables": all(&published.sheets(), sheet)})
    });
    json!({"months": v.months, "statistics": published})
}

/// See [`FormView`].
pub fn form(v: &FormView, lang: Lang) -> Value {
    json!({
        "type": v.entry_type.name, "kind": v.kind.name, "dossier": v.dossier.as_ref().map(line), "target": v.target.as_ref().map(obligation),
        "partner": v.partner, "others": v.others, "preset": values_of(&v.preset), "services": v.services,
        "entries": all(&v.entries, |(id, words)| json!({"id": id.to_string(), "words": words})), "seen": v.seen,
        "release": {"purpose": v.release.purpose, "necessity": v.release.necessity, "basis": v.release.basis, "approver": v.release.approver, "second": v.release.second},
        "schema": document::schema(v.entry_type, lang), "files": v.entry_type.files, "continues": v.continues.as_ref().map(related),
    })
}

/// What a bundle carried.
pub fn courier_report(report: &CourierReport) -> Value {
    json!({
        "bundle": report.bundle, "partner": report.partner, "made": time(Instant(report.made_ms)), "here": time(Instant(report.here_ms)),
        "entries": report.entries, "files": report.files, "bytes": report.bytes, "held": report.held,
        "stopped_by_quota": report.stopped_by_quota,
    })
}

/// The courier towards a partner.
pub fn courier(view: &CourierView) -> Value {
    json!({
        "partner": view.partner.to_string(), "packed": view.packed.as_ref().map(courier_report),
        "unpacked": view.unpacked.as_ref().map(courier_report), "key_until": maybe(view.key_until), "key_past": view.key_past,
        "not_received": view.not_received, "may_carry": view.may_carry,
    })
}
