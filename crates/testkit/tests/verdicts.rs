//! What the judge says of entries that a lying partner signs (rule 3): one lie for each reason that no other test names, the exact
//! verdict, and that nothing took effect. Each lie is told of an entry that is regular without it.
//!
//! The other reasons are in `rules.rs` and `invariants.rs`, where they belong; the last test here holds them all to account.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_core::act::{Act, Config, OnAct};
use entente_core::charter::Terms;
use entente_core::codes::{Ask, Class, Ground, Phase, Purpose, Role, Urgency};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::judge::{Irregular, Verdict};
use entente_core::kind::first_config;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::{Writing, node_name};
use entente_testkit::pair::{Side, TestPair};

/// `ma` asked `fr` something; one of the two lies from now on to the other.
struct Court {
    pair: TestPair,
    liar: Liar,
    side: Side,
    dossier: DossierId,
    asked: ObligationId,
    salt: u8,
}

impl Court {
    fn with(side: Side) -> Self {
        let mut pair = TestPair::linked(160);
        let (dossier, asked) = pair.ask(Side::Ma, "normal");
        pair.settle();
        let liar = Liar::of(&pair, side);
        Self {
            pair,
            liar,
            side,
            dossier,
            asked,
            salt: 0,
        }
    }

    /// The next entry of the liar in the dossier of the ask, in all honesty.
    fn next(&self, kind: &str, acts: Vec<Act>) -> Header {
        next_header(&self.pair, self.side, self.dossier, kind, acts)
    }

    fn on(&self, act: OnAct) -> Vec<Act> {
        vec![Act::On {
            obligation: self.asked,
            act,
        }]
    }

    /// The opening of an investigation by the liar, in all honesty, with a configuration of one's own.
    fn opening(&self, bend: impl Fn(&mut Config)) -> Header {
        let (own, other) = (self.own(), self.liar.to.clone());
        let parties = [&own, &other].map(|n| service(n, "liaison")).to_vec();
        let mut config = first_config(&own, parties, Purpose::Justice, Class::Restricted);
        bend(&mut config);
        let open = Act::Open {
            kind: "investigation".into(),
            number: 900,
            config,
        };
        let ask = ask(Ask::Decide, &service(&other, "liaison"));
        let mut header = self.next("investigation.open", vec![open, ask]);
        (header.dossier, header.seq) = (None, 1);
        header.after.clear();
        header.under.config = None;
        header.purpose = Purpose::Justice;
        header
    }

    fn own(&self) -> NodeName {
        self.liar.name.clone()
    }

    /// Signs an entry, tells it, and gives the other side's word on it.
    fn judged(&mut self, mut header: Header) -> (EntryId, Verdict) {
        self.salt += 1;
        commit(&mut header, &[self.salt; 16], b"");
        let id = self.liar.push(&header, [self.salt; 16], b"");
        self.liar.tell(&mut self.pair);
        let row = self
            .pair
            .node(self.side.other())
            .entry(id)
            .unwrap()
            .unwrap();
        (id, Verdict::from_number(row.verdict))
    }

    /// Everything that an entry may have an effect on, at the honest side.
    fn effects(&self) -> String {
        let node = self.pair.node(self.side.other());
        let all = entente_store::DossierFilter {
            limit: 10_000,
            ..Default::default()
        };
        let mut out = Vec::new();
        for row in node.look(|tx| tx.dossiers(&all)).unwrap() {
            let config = node.look(|tx| tx.latest_config(row.id)).unwrap();
            let left = node.look(|tx| tx.left(row.id)).unwrap();
            out.push(format!(
                "{} {} {:?} {:?} {} {config:?} {left:?}",
                row.id, row.kind, row.purpose, row.phase, row.nodes
            ));
        }
        // The order is that of the last entry, and an entry without effect is one too.
        out.sort();
        let owed = node.obligations(None).unwrap();
        out.extend(owed.iter().map(|row| format!("{row:?}")));
        let terms = node.look(|tx| tx.terms_with(&self.liar.name)).unwrap();
        let flags = node.look(|tx| tx.flags(&self.liar.name)).unwrap();
        out.push(format!("{terms:?} {flags:?}"));
        out.join("\n")
    }

    /// That an entry is judged so, and changes nothing.
    fn refuses(&mut self, header: Header, why: Irregular) {
        let before = self.effects();
        let (_, verdict) = self.judged(header);
        assert_eq!(verdict, Verdict::Irregular(why));
        assert_eq!(self.effects(), before, "{why:?} took effect");
        self.pair.node(self.side.other()).check().unwrap();
    }
}

/// A lie of `fr` to `ma`: regular without it.
fn lie(why: Irregular, honest: impl Fn(&Court) -> Header, bend: impl Fn(&mut Header)) {
    lie_of(Side::Fr, why, honest, bend);
}

fn lie_of(
    side: Side,
    why: Irregular,
    honest: impl Fn(&Court) -> Header,
    bend: impl Fn(&mut Header),
) {
    let mut court = Court::with(side);
    let mut bent = honest(&court);
    bend(&mut bent);
    court.refuses(bent, why);
    let mut court = Court::with(side);
    let unbent = honest(&court);
    assert_eq!(court.judged(unbent).1, Verdict::Regular, "{why:?}");
}

fn service(node: &NodeName, unit: &str) -> ServiceName {
    format!("{node}/{unit}").parse().unwrap()
}

fn ask(ask: Ask, of: &ServiceName) -> Act {
    Act::Ask {
        ask,
        of: of.clone(),
        urgency: Urgency::Normal,
        by: None,
        number: 901,
        about: None,
        to: None,
    }
}

fn note(court: &Court) -> Header {
    court.next("note", Vec::new())
}

/// A note that asks `ma` for an answer.
fn asking(court: &Court) -> Header {
    let of = service(&node_name("ma"), "liaison");
    court.next("note", vec![ask(Ask::Answer, &of)])
}

/// Bends the configuration that an opening or an invitation carries.
fn config(header: &mut Header, bend: impl Fn(&mut Config)) {
    let config = header.acts.known.iter_mut().find_map(|act| match act {
        Act::Open { config, .. } | Act::Configure { config } => Some(config),
        _ => None,
    });
    bend(config.unwrap());
}

#[test]
fn an_entry_of_another_purpose() {
    lie(Irregular::Purpose, note, |h| {
        h.purpose = Purpose::Governance;
    });
    // An opening for a purpose that its kind does not have, though the terms do.
    lie(
        Irregular::Purpose,
        |court| court.opening(|_| {}),
        |h| {
            h.purpose = Purpose::Governance;
            config(h, |c| c.purpose = Purpose::Governance);
        },
    );
    // A dossier's purpose never changes, not by its convenor either.
    lie_of(Side::Ma, Irregular::Purpose, inviting, |h| {
        config(h, |c| c.purpose = Purpose::Support);
    });
}

#[test]
fn an_entry_above_the_ceiling() {
    lie(Irregular::Ceiling, note, |h| {
        h.handling.class = Class::Confidential;
    });
}

/// What `ma`, who convened the dossier, says to let another service of `fr` in.
fn inviting(court: &Court) -> Header {
    let node = court.pair.node(court.side.other());
    let row = node.look(|tx| tx.latest_config(court.dossier)).unwrap();
    let mut config: Config = minicbor::decode(&row.unwrap().config).unwrap();
    config
        .participants
        .push(service(&node_name("fr"), "police"));
    config.participants.sort();
    court.next("invite", vec![Act::Configure { config }])
}

#[test]
fn a_dossier_that_the_charter_does_not_admit() {
    let opening = |court: &Court| court.opening(|_| {});
    lie(Irregular::NotAdmitted, opening, |h| {
        config(h, |c| c.ceiling = Class::Confidential);
    });
    // A third state that is no party to the terms.
    let third = node_name("es");
    lie(Irregular::NotAdmitted, opening, |h| {
        config(h, |c| c.participants.insert(0, service(&third, "liaison")));
        h.audience.insert(0, third.clone());
    });
    lie_of(Side::Ma, Irregular::NotAdmitted, inviting, |h| {
        config(h, |c| c.ceiling = Class::Confidential);
    });
}

#[test]
fn terms_that_nobody_signed() {
    let proposal = |court: &Court| {
        let node = court.pair.node(court.side.other());
        let row = node.look(|tx| tx.terms_with(&court.liar.name)).unwrap();
        let row = row.unwrap();
        let mut terms: Terms = minicbor::decode(&row.terms).unwrap();
        terms.version += 1;
        (row.entry, terms)
    };
    let charter = |court: &Court, kind: &str, act: Act| {
        let dossier = court.pair.charter.unwrap();
        next_header(&court.pair, court.side, dossier, kind, vec![act])
    };
    // A signature under what nobody proposed.
    let mut court = Court::with(Side::Fr);
    let nothing = Act::Sign {
        proposal: EntryId([7; 32]),
    };
    let header = charter(&court, "charter.sign", nothing);
    court.refuses(header, Irregular::Charter);
    // Terms for other parties than the link's, or that leave an answer without a clock.
    for bend in [
        (|t: &mut Terms| t.parties.push(node_name("tn"))) as fn(&mut Terms),
        |t| t.clocks.retain(|c| c.ask != Ask::Answer),
        |t| t.convenor = node_name("fr"),
    ] {
        let mut court = Court::with(Side::Fr);
        let mut terms = proposal(&court).1;
        bend(&mut terms);
        let header = charter(&court, "charter.propose", Act::ProposeTerms { terms });
        court.refuses(header, Irregular::Charter);
    }
    // The convenor brings its own proposal into force without the other's signature, or in another order.
    let mut court = Court::with(Side::Ma);
    let (in_force, terms) = proposal(&court);
    let act = Act::ProposeTerms { terms };
    let header = charter(&court, "charter.propose", act);
    let (proposed, verdict) = court.judged(header);
    assert_eq!(verdict, Verdict::Regular);
    for (signatures, predecessor) in [
        (Vec::new(), Some(in_force)),
        (vec![proposed], Some(in_force)),
        (vec![EntryId([8; 32])], Some(in_force)),
        (Vec::new(), None),
    ] {
        let act = Act::Enact {
            proposal: proposed,
            signatures,
            predecessor,
        };
        let header = charter(&court, "charter.enact", act);
        court.refuses(header, Irregular::Charter);
    }
}

#[test]
fn a_role_that_does_not_write() {
    for role in [Role::Inspector, Role::Administrator] {
        lie(Irregular::Role, note, |h| h.author.role = role);
    }
}

#[test]
fn a_reason_withheld_without_right() {
    let refusal = |ground, withheld| OnAct::Refuse { ground, withheld };
    for &ground in Ground::ALL.iter().filter(|g| !g.may_withhold()) {
        let mut court = Court::with(Side::Fr);
        let header = court.next("refuse", court.on(refusal(ground, true)));
        court.refuses(header, Irregular::Withheld);
    }
    for (ground, withheld) in [(Ground::Political, false), (Ground::Jeopardises, true)] {
        let mut court = Court::with(Side::Fr);
        let header = court.next("refuse", court.on(refusal(ground, withheld)));
        assert_eq!(court.judged(header).1, Verdict::Regular);
    }
}

#[test]
fn a_state_or_service_that_takes_no_part() {
    // Who put itself out of a dossier does not write there any more.
    let mut court = Court::with(Side::Fr);
    let opening = court.opening(|_| {});
    let (opened, verdict) = court.judged(opening);
    assert_eq!(verdict, Verdict::Regular);
    let dossier = DossierId(opened.0);
    let waive = Act::On {
        obligation: ObligationId {
            entry: opened,
            index: 1,
        },
        act: OnAct::Waive,
    };
    let waived = next_header(&court.pair, Side::Fr, dossier, "waive", vec![waive]);
    assert_eq!(court.judged(waived).1, Verdict::Regular);
    let row = court.pair.ma().look(|tx| tx.latest_config(dossier));
    let mut alone: Config = minicbor::decode(&row.unwrap().unwrap().config).unwrap();
    alone.participants = vec![service(&node_name("ma"), "liaison")];
    let act = Act::Configure { config: alone };
    let without = next_header(&court.pair, Side::Fr, dossier, "invite", vec![act]);
    assert_eq!(court.judged(without).1, Verdict::Regular);
    let late = next_header(&court.pair, Side::Fr, dossier, "note", Vec::new());
    court.refuses(late, Irregular::NotParticipant);

    // Nobody leaves in another service's name.
    let leaving = |court: &Court| {
        let service = service(&court.own(), "liaison");
        court.next("leave", vec![Act::Leave { service }])
    };
    lie(Irregular::NotParticipant, leaving, |h| {
        let service = service(&node_name("ma"), "liaison");
        h.acts.known = vec![Act::Leave { service }];
    });
}

#[test]
fn a_number_out_of_turn() {
    lie(Irregular::Sequence, note, |h| h.seq += 1);
    lie(Irregular::Sequence, note, |h| h.seq -= 1);
    lie(
        Irregular::Sequence,
        |court| court.opening(|_| {}),
        |h| h.seq = 2,
    );
}

#[test]
fn an_ask_of_the_wrong_service() {
    // Of oneself, of a third state, or for somebody else.
    for of in ["fr/police", "es/liaison"] {
        lie(Irregular::Asked, asking, |h| {
            h.acts.known = vec![ask(Ask::Answer, &of.parse().unwrap())];
        });
    }
    lie(Irregular::Asked, asking, |h| {
        let Some(Act::Ask { to, .. }) = h.acts.known.first_mut() else {
            panic!("no ask");
        };
        *to = Some("es/liaison".parse().unwrap());
    });
    // A hand-over to a service of the other side.
    let handing = |court: &Court| {
        let to = service(&court.own(), "police");
        court.next("hand_over", court.on(OnAct::HandOver { to }))
    };
    lie(Irregular::Asked, handing, |h| {
        let Some(Act::On { act, .. }) = h.acts.known.first_mut() else {
            panic!("no act");
        };
        *act = OnAct::HandOver {
            to: "ma/police".parse().unwrap(),
        };
    });
}

#[test]
fn an_act_that_its_type_does_not_have() {
    let court = Court::with(Side::Fr);
    let acknowledge = court.on(OnAct::Acknowledge);
    let flag = Act::Flag { suspended: true };
    for acts in [acknowledge, vec![flag.clone()], vec![flag.clone(), flag]] {
        lie(Irregular::Act, note, |h| h.acts.known = acts.clone());
    }
    // An opening that opens nothing, and participants out of order.
    lie(
        Irregular::Act,
        |court| court.opening(|_| {}),
        |h| drop(h.acts.known.remove(0)),
    );
    lie_of(Side::Ma, Irregular::Act, inviting, |h| {
        config(h, |c| c.participants.reverse());
    });
}

#[test]
fn a_type_or_a_phase_that_does_not_fit() {
    lie(Irregular::Type, note, |h| h.kind = "nothing.of_this".into());
    lie(Irregular::Type, note, |h| h.kind = "request.open".into());
    let mut court = Court::with(Side::Fr);
    let acts = court.on(OnAct::Refuse {
        ground: Ground::Political,
        withheld: false,
    });
    let refused = court.next("refuse", acts);
    assert_eq!(court.judged(refused).1, Verdict::Regular);
    let ma = court.pair.ma();
    ma.write("close", &Writing::on(court.dossier, &[])).unwrap();
    let row = ma.look(|tx| tx.dossier(court.dossier)).unwrap().unwrap();
    assert_eq!(row.phase, Phase::Closed);
    let late = note(&court);
    court.refuses(late, Irregular::Phase);
}

/// A new reason without a test is noticed here.
#[test]
fn every_reason_is_named_by_a_test() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let texts: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap_or_default())
        .collect();
    let all = texts.concat();
    for reason in Irregular::ALL {
        let name = format!("Irregular::{reason:?}");
        let whole = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        assert!(all.split(&name).skip(1).any(whole), "{reason:?}");
    }
}
