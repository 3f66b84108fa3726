//! The story, act by act. Between acts the demo clock jumps: a month passes after the charter, then twenty days.

use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::DemoError;
use super::api::{Attachment, Recorded, Writing, recorded};
use super::words::{self, Ask};
use super::world::{BEGINS_HOURS_AGO, Nodes, language, other};
use super::{duties, governance, inquiry, intelligence, meetings, operations, when};

/// What was played, for checking.
#[derive(Clone, Debug)]
pub struct Tale {
    /// The declaration's dossier.
    pub declaration: String,
    /// The joint investigation's dossier.
    pub investigation: String,
    /// The dossier of the joint investigation in mid-life.
    pub inquiry: String,
    /// The dossiers of what both reported unasked.
    pub intelligence: intelligence::Reports,
    /// The dossiers of the duties to inform.
    pub duties: duties::Files,
    /// What followed the twelfth meeting.
    pub governance: governance::Files,
    /// The dossier of the series of meetings.
    pub meetings: String,
    /// The two answered requests: dossier, and the answering entry.
    pub answered: Vec<(String, Recorded)>,
    /// The dossiers of the requests that stay overdue.
    pub overdue: Vec<String>,
    /// Proposals of the declaration that a person confirmed.
    pub confirmed: usize,
}

/// The one who tells: both nodes, and where each act is announced.
struct Teller<'a> {
    nodes: &'a mut Nodes,
    say: &'a dyn Fn(&str),
    passed: i64,
}

/// Plays the whole story.
///
/// # Errors
/// [`DemoError`] at the first thing that goes otherwise than told.
pub async fn play(nodes: &mut Nodes, say: &dyn Fn(&str)) -> Result<Tale, DemoError> {
    let mut teller = Teller {
        nodes,
        say,
        passed: 0,
    };
    teller.charter().await?;
    teller.rights().await?;
    teller.notes().await?;
    teller.later(32 * 24).await?;
    let (declaration, confirmed) = teller.declaration().await?;
    let meeting = teller.meet().await?;
    let investigation = teller.open_investigation().await?;
    teller.later(20).await?;
    let answered = teller.ask_both(&words::ANSWERED).await?;
    let overdue = teller.ask_both(&words::OVERDUE).await?;
    teller.join_and_contribute(&investigation).await?;
    teller.later(24).await?;
    let refused = teller.ask_both(&words::REFUSED).await?;
    let extended = teller.ask_both(&words::EXTENDED).await?;
    teller.later(40).await?;
    teller.refuse(&refused).await?;
    teller.extend(&extended).await?;
    let answers = teller.answer(&answered).await?;
    let meetings = teller.met(meeting).await?;
    let inquiry = teller.inquiry().await?;
    let begun = teller.operate(&inquiry).await?;
    teller.tell(
        "each tells the other something unasked; one report is evaluated otherwise, one corrected",
    );
    let intelligence = intelligence::play(teller.nodes).await?;
    teller.later(30).await?;
    teller.feedback(&investigation, &answered).await?;
    teller.claim(&declaration).await?;
    let governance = teller.governance(&declaration).await?;
    teller.carry_on(&inquiry, &begun).await?;
    let duties = teller.duties().await?;
    teller.later(BEGINS_HOURS_AGO - teller.passed).await?;
    teller.nodes.settled().await?;
    let answered = answered.into_iter().zip(answers).collect();
    Ok(Tale {
        declaration,
        investigation,
        inquiry,
        intelligence,
        duties,
        governance,
        meetings,
        answered,
        overdue,
        confirmed,
    })
}

impl Teller<'_> {
    fn tell(&self, act: &str) {
        (self.say)(&format!("day {:>2}  {act}", self.passed / 24 + 1));
    }

    async fn later(&mut self, hours: i64) -> Result<(), DemoError> {
        self.nodes.settled().await?;
        self.nodes.jump(hours).await?;
        self.passed += hours;
        Ok(())
    }

    async fn write(
        &mut self,
        node: &str,
        persona: &str,
        entry_type: &str,
        writing: Writing<'_>,
    ) -> Result<Recorded, DemoError> {
        Ok(self
            .nodes
            .api(node)
            .record(persona, entry_type, writing)
            .await?)
    }

    /// The open obligation of a dossier that a node owes.
    async fn owed(&mut self, node: &str, dossier: &str, ask: &str) -> Result<String, DemoError> {
        self.nodes.api(node).owed("liaison", (dossier, ask)).await
    }

    async fn charter(&mut self) -> Result<(), DemoError> {
        self.tell(
            "fr proposes a charter, ma signs it, fr puts it into force; a standing desk opens",
        );
        let open = Writing {
            partner: Some("ma"),
            lang: "fr",
            values: json!({"title": "Charte de coopération (fictive)"}),
            terms: Some(json!({"inform": true, "compare": true})),
            ..Writing::default()
        };
        let charter = self
            .write("fr", "coordination", "charter.open", open)
            .await?
            .dossier;
        self.nodes.settled().await?;
        let within = || Writing {
            dossier: Some(&charter),
            lang: "fr",
            values: json!({}),
            ..Writing::default()
        };
        let proposal = self.proposal("ma", &charter).await?;
        let sign = Writing {
            values: json!({"proposal": proposal, "text": "Lu et approuvé."}),
            ..within()
        };
        self.write("ma", "coordination", "charter.sign", sign)
            .await?;
        self.nodes.settled().await?;
        let enact = Writing {
            values: json!({"proposal": proposal}),
            ..within()
        };
        self.write("fr", "coordination", "charter.enact", enact)
            .await?;
        self.nodes.settled().await
    }

    /// Twelve persons write to `ma` and are answered in time: more than ten, so that the statistics of the month may tell how many.
    async fn rights(&mut self) -> Result<(), DemoError> {
        self.tell("twelve persons ask ma what was exchanged about them; fr answers, ma decides");
        let received = when::day(-BEGINS_HOURS_AGO / 24);
        let mut dossiers = Vec::new();
        for n in 1..=words::PERSONS {
            let open = Writing {
                partner: Some("fr"),
                lang: "fr",
                values: words::rights(n, &received),
                ..Writing::default()
            };
            let opened = self.write("ma", "liaison", "rights.open", open).await?;
            dossiers.push(opened.dossier);
        }
        self.nodes.settled().await?;
        self.on_each(
            "fr",
            &dossiers,
            "answer",
            ("rights.answer", words::no_data()),
        )
        .await?;
        self.on_each(
            "ma",
            &dossiers,
            "decide",
            ("rights.decide", words::decided()),
        )
        .await?;
        for dossier in &dossiers {
            let close = Writing {
                dossier: Some(dossier),
                lang: "fr",
                values: json!({}),
                ..Writing::default()
            };
            self.write("ma", "liaison", "close", close).await?;
        }
        self.nodes.settled().await
    }

    /// The same act on what a node owes in each dossier.
    async fn on_each(
        &mut self,
        node: &str,
        dossiers: &[String],
        owed: &str,
        (entry_type, values): (&str, Value),
    ) -> Result<(), DemoError> {
        for dossier in dossiers {
            let on = self.owed(node, dossier, owed).await?;
            let act = Writing {
                dossier: Some(dossier),
                on: Some(&on),
                lang: "fr",
                values: values.clone(),
                ..Writing::default()
            };
            self.write(node, "liaison", entry_type, act).await?;
        }
        self.nodes.settled().await
    }

    async fn proposal(&mut self, node: &str, charter: &str) -> Result<String, DemoError> {
        let view = self
            .nodes
            .api(node)
            .get("coordination", &format!("/api/v1/dossiers/{charter}"))
            .await?;
        let entry = view
            .pointer("/charter/proposals/0/entry")
            .and_then(Value::as_str)
            .map(str::to_owned);
        entry.ok_or_else(|| DemoError::Story("no proposal arrived".into()))
    }

    async fn declaration(&mut self) -> Result<(String, usize), DemoError> {
        self.tell("ma imports the commitments of the meeting in three languages; a person confirms each proposal");
        let versions: Vec<Value> = words::DECLARATION
            .iter()
            .map(|(lang, name, text)| json!({"lang": lang, "file_name": name, "text": text}))
            .collect();
        let body = json!({
            "partner": "fr", "title": "Engagements de la douzième rencontre de haut niveau", "reference": "R12", "date": "2015-05-28",
            "place": "Paris", "versions": versions,
        });
        let dossier = recorded(
            &self
                .nodes
                .ma
                .post("coordination", "/api/v1/declarations", &body)
                .await?,
        )
        .dossier;
        let view = self
            .nodes
            .ma
            .get("coordination", &format!("/api/v1/dossiers/{dossier}"))
            .await?;
        let proposed = view
            .pointer("/declaration/0/proposal/commitments")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        for (index, commitment) in proposed.iter().enumerate() {
            // `paragraph` and `statement` for interfaces that name a proposal by its place in the text.
            let body =
                json!({"index": index, "paragraph": commitment["paragraph"], "statement": index});
            self.nodes
                .ma
                .post(
                    "coordination",
                    &format!("/api/v1/dossiers/{dossier}/confirm"),
                    &body,
                )
                .await?;
        }
        self.nodes.settled().await?;
        Ok((dossier, proposed.len()))
    }

    async fn open_investigation(&mut self) -> Result<String, DemoError> {
        self.tell("ma opens a joint investigation and invites fr");
        let open = Writing {
            partner: Some("fr"),
            lang: "fr",
            values: words::investigation(),
            ..Writing::default()
        };
        let opened = self
            .write("ma", "enquete", "investigation.open", open)
            .await?;
        self.nodes.settled().await?;
        Ok(opened.dossier)
    }

    async fn join_and_contribute(&mut self, dossier: &str) -> Result<(), DemoError> {
        self.tell("fr joins and contributes; ma contributes too");
        let decide = self.owed("fr", dossier, "decide").await?;
        let values = json!({"text": "Nous participons.", "leader": "cheffe de l’unité d’enquête"});
        let join = Writing {
            dossier: Some(dossier),
            on: Some(&decide),
            lang: "fr",
            values,
            ..Writing::default()
        };
        self.write("fr", "enquete", "investigation.join", join)
            .await?;
        let models: Attachment<'_> = (
            "modeles.csv",
            "text/csv",
            b"modele;mention\n1;retour a l'expediteur\n2;retour a l'expeditaire\n3;sans retour\n",
        );
        let first = Writing {
            dossier: Some(dossier),
            lang: "fr",
            values: words::first_contribution(),
            files: &[models],
            ..Writing::default()
        };
        self.write("fr", "enquete", "investigation.contribute", first)
            .await?;
        self.nodes.settled().await?;
        let second = Writing {
            dossier: Some(dossier),
            lang: "fr",
            values: words::second_contribution(),
            ..Writing::default()
        };
        self.write("ma", "enquete", "investigation.contribute", second)
            .await?;
        self.nodes.settled().await
    }

    /// Each side asks; the dossiers in the order of the asks.
    async fn ask_both(&mut self, asks: &[Ask; 2]) -> Result<Vec<String>, DemoError> {
        self.tell("each side asks the other for information");
        let mut dossiers = Vec::new();
        for ask in asks {
            let partner = other(ask.from);
            let open = Writing {
                partner: Some(partner),
                lang: ask.lang,
                values: ask.values(),
                ..Writing::default()
            };
            dossiers.push(
                self.write(ask.from, "enquete", "request.open", open)
                    .await?
                    .dossier,
            );
        }
        self.nodes.settled().await?;
        Ok(dossiers)
    }

    /// One act of the asked side on each of two requests.
    async fn act(
        &mut self,
        dossiers: &[String],
        entry_type: &str,
        values: [Value; 2],
    ) -> Result<(), DemoError> {
        for ((dossier, asker), values) in dossiers.iter().zip(["ma", "fr"]).zip(values) {
            let owing = other(asker);
            let on = self.owed(owing, dossier, "answer").await?;
            let writing = Writing {
                dossier: Some(dossier),
                on: Some(&on),
                lang: "fr",
                values,
                ..Writing::default()
            };
            self.write(owing, "enquete", entry_type, writing).await?;
        }
        self.nodes.settled().await
    }

    async fn refuse(&mut self, dossiers: &[String]) -> Result<(), DemoError> {
        self.tell("each side refuses one request, with its ground");
        let first = json!({"ground": "disproportionate", "reason": "La demande vise tous les abonnés ; une demande sur un compte précis serait examinée."});
        let second = json!({"ground": "not_available", "reason": "Les images sont effacées après sept jours."});
        self.act(dossiers, "refuse", [first, second]).await
    }

    async fn extend(&mut self, dossiers: &[String]) -> Result<(), DemoError> {
        self.tell("each side says that it cannot meet one date, and gives another");
        self.act(dossiers, "acknowledge", [json!({}), json!({})])
            .await?;
        let first = json!({"until": when::day(10), "delay": "judicial_authorisation", "reason": "Un juge doit autoriser la communication."});
        let second = json!({"until": when::day(10), "delay": "third_party", "reason": "Le distributeur a été saisi."});
        self.act(dossiers, "extend", [first, second]).await
    }

    async fn answer(&mut self, dossiers: &[String]) -> Result<Vec<Recorded>, DemoError> {
        self.tell("each side answers one request, with a file");
        let timetable = words::timetable();
        let given: [(&str, Attachment<'_>); 2] = [
            (
                "Douze mille départs déclarés ; le relevé complet est joint.",
                ("departs.csv", "text/csv", &timetable),
            ),
            (
                "La société est radiée ; l’extrait est joint.",
                ("extrait.csv", "text/csv", words::EXTRACT),
            ),
        ];
        let mut answers = Vec::new();
        for ((dossier, asker), (text, file)) in dossiers.iter().zip(["ma", "fr"]).zip(given) {
            let owing = other(asker);
            let on = self.owed(owing, dossier, "answer").await?;
            let values = json!({"text": text, "nature": "fact", "source": "A", "accuracy": "1"});
            let writing = Writing {
                dossier: Some(dossier),
                on: Some(&on),
                lang: "fr",
                values,
                files: &[file],
                ..Writing::default()
            };
            answers.push(
                self.write(owing, "enquete", "request.answer", writing)
                    .await?,
            );
        }
        self.nodes.settled().await?;
        Ok(answers)
    }

    async fn feedback(
        &mut self,
        investigation: &str,
        answered: &[String],
    ) -> Result<(), DemoError> {
        self.tell("ma tells fr what became of its contribution; each asker tells what the answer was good for");
        let given = [
            (
                "ma",
                investigation,
                "opened_case",
                "Le deuxième modèle a permis d’ouvrir une seconde affaire : la faute constante y est aussi.",
            ),
            (
                "ma",
                answered.first().map_or("", String::as_str),
                "supported_case",
                "Le relevé situe les dépôts ; l’affaire est étayée.",
            ),
            (
                "fr",
                answered.get(1).map_or("", String::as_str),
                "corroborated",
                "La radiation confirme que le cachet est faux.",
            ),
        ];
        for (node, dossier, outcome, text) in given {
            let on = self.owed(node, dossier, "feedback").await?;
            let values = json!({"outcome": outcome, "text": text, "timely": 4, "complete": 4, "accurate": 5, "new_to_you": true});
            let writing = Writing {
                dossier: Some(dossier),
                on: Some(&on),
                lang: "fr",
                values,
                ..Writing::default()
            };
            self.write(node, "enquete", "feedback", writing).await?;
        }
        self.nodes.settled().await
    }

    /// Each side claims one of its promises done; the other agrees to one of the two.
    async fn claim(&mut self, declaration: &str) -> Result<(), DemoError> {
        self.tell("each side says that it kept a promise; each agrees to the other’s");
        for node in ["ma", "fr"] {
            let on = self.owed(node, declaration, "act").await?;
            let values = json!({"text": "Le retour d’informations est donné dans chaque enquête conjointe ouverte.", "evidence": "enquête Estuaire"});
            let claim = Writing {
                dossier: Some(declaration),
                on: Some(&on),
                lang: "fr",
                values,
                ..Writing::default()
            };
            self.write(node, "coordination", "declaration.claim", claim)
                .await?;
            self.nodes.settled().await?;
            let agree = Writing {
                dossier: Some(declaration),
                on: Some(&on),
                lang: "fr",
                values: json!({"text": "C’est le cas."}),
                ..Writing::default()
            };
            self.write(other(node), "coordination", "agree", agree)
                .await?;
            self.nodes.settled().await?;
        }
        Ok(())
    }

    /// From the twelfth High-Level Meeting to the next.
    async fn governance(&mut self, declaration: &str) -> Result<governance::Files, DemoError> {
        self.tell("the meetings after the twelfth, a training of imams from study to a commitment kept, a lesson being tried");
        governance::play(self.nodes, declaration).await
    }

    /// A second joint investigation, opened by `fr`, in mid-life.
    async fn inquiry(&mut self) -> Result<String, DemoError> {
        self.tell("fr opens a second joint investigation; both sign its agreement, and extend it");
        let last_year = last_year();
        let open = Writing {
            partner: Some("ma"),
            lang: "fr",
            values: inquiry::values(inquiry::OPENING, &last_year),
            ..Writing::default()
        };
        let opened = self.write("fr", "enquete", "investigation.open", open);
        let dossier = opened.await?.dossier;
        self.nodes.settled().await?;
        let join = json!({"text": "نشارك."});
        self.decide("ma", &dossier, "investigation.join", join)
            .await?;
        let (begins, ends) = (when::day(-40), when::day(140));
        let first = inquiry::agreement((&begins, &ends), None);
        let first = self.agree(&dossier, first).await?;
        let longer = when::day(300);
        let second = inquiry::agreement((&begins, &longer), Some(&first));
        self.agree(&dossier, second).await?;
        self.in_dossier(
            ("fr", "fr"),
            &dossier,
            "investigation.to_operational",
            json!({"text": "L’accord est signé des deux côtés."}),
        )
        .await?;
        self.things(&dossier, &last_year).await?;
        let words = json!({
            "setting_up": "Les points de contact étaient connus dès le premier jour.",
            "operations": "Les traductions ont pris plus de temps que les vérifications.",
            "next_time": "Convenir des interprètes avant la première opération.",
        });
        self.in_dossier(("fr", "fr"), &dossier, "investigation.midterm", words)
            .await?;
        self.nodes.settled().await?;
        Ok(dossier)
    }

    async fn operate(&mut self, dossier: &str) -> Result<operations::Begun, DemoError> {
        self.tell("both seize and hand over exhibits, assign tasks, agree on a day of action, and ask leave to produce");
        operations::begin(self.nodes, dossier).await
    }

    async fn carry_on(
        &mut self,
        dossier: &str,
        begun: &operations::Begun,
    ) -> Result<(), DemoError> {
        self.tell("the day of action is over: results, a day ahead, an exhibit asked back, a court’s decision told");
        operations::carry_on(self.nodes, dossier, begun).await
    }

    async fn duties(&mut self) -> Result<duties::Files, DemoError> {
        self.tell(
            "magistrates: fr informs ma by a decision; on each side a file waits for a magistrate",
        );
        duties::play(self.nodes).await
    }

    async fn meet(&mut self) -> Result<(String, String), DemoError> {
        self.tell("ma sets up a series of meetings; both are invited to the first");
        meetings::convene(self.nodes).await
    }

    /// The dossier of the meetings.
    async fn met(&mut self, meeting: (String, String)) -> Result<String, DemoError> {
        self.tell("the first meeting was held: minutes approved by both, a decision for each side, the next convened");
        let dossier = meeting.0.clone();
        meetings::held(self.nodes, meeting).await?;
        Ok(dossier)
    }

    /// An entry of the second investigation that acts on nothing: by which node, in which language.
    async fn in_dossier(
        &mut self,
        (node, lang): (&str, &str),
        dossier: &str,
        entry_type: &str,
        values: Value,
    ) -> Result<String, DemoError> {
        let writing = Writing {
            dossier: Some(dossier),
            lang,
            values,
            ..Writing::default()
        };
        let written = self.write(node, "enquete", entry_type, writing);
        Ok(written.await?.entry)
    }

    /// What a node answers to what it is to decide.
    async fn decide(
        &mut self,
        node: &str,
        dossier: &str,
        entry_type: &str,
        values: Value,
    ) -> Result<(), DemoError> {
        let on = self.owed(node, dossier, "decide").await?;
        let writing = Writing {
            dossier: Some(dossier),
            on: Some(&on),
            lang: "ar",
            values,
            ..Writing::default()
        };
        self.write(node, "enquete", entry_type, writing).await?;
        self.nodes.settled().await
    }

    /// `fr` proposes a version, `ma` signs it; the entry of the version.
    async fn agree(&mut self, dossier: &str, terms: Value) -> Result<String, DemoError> {
        let version = self
            .in_dossier(("fr", "fr"), dossier, "investigation.agreement", terms)
            .await?;
        self.nodes.settled().await?;
        let sign = json!({"text": "قرئ ووفق عليه."});
        self.decide("ma", dossier, "investigation.sign", sign)
            .await?;
        Ok(version)
    }

    /// Both bring what they have, link it, and decide about two pairs that look alike.
    async fn things(&mut self, dossier: &str, last_year: &str) -> Result<(), DemoError> {
        self.tell(
            "both bring things and the links between them; people say which records are the same",
        );
        let mut entries: BTreeMap<&str, String> = BTreeMap::new();
        for (key, by, sort, fields) in inquiry::THINGS {
            let kind = format!("investigation.{sort}");
            let values = inquiry::values(fields, last_year);
            let entry = self
                .in_dossier((by, language(by)), dossier, &kind, values)
                .await?;
            entries.insert(key, entry);
        }
        self.nodes.settled().await?;
        for link in inquiry::LINKS {
            let values = inquiry::link(link, &entries, last_year);
            self.in_dossier(
                (link.0, language(link.0)),
                dossier,
                "investigation.link",
                values,
            )
            .await?;
        }
        self.nodes.settled().await?;
        let pair = |one: &str, other: &str, text: &str| json!({"one": entries.get(one), "other": entries.get(other), "text": text});
        let same = pair(
            "tel_fr",
            "tel_ma",
            "Même numéro, relevé des deux côtés la même semaine.",
        );
        self.in_dossier(("fr", "fr"), dossier, "investigation.same", same)
            .await?;
        let not = pair(
            "mistral",
            "nakkal",
            "ليس الشخص نفسه: كان أحدهما في مكان آخر يوم التفريغ.",
        );
        self.in_dossier(("ma", "ar"), dossier, "investigation.not_same", not)
            .await?;
        self.nodes.settled().await
    }

    async fn notes(&mut self) -> Result<(), DemoError> {
        self.tell("notes on the standing desk, one of them answered");
        let partner = self.nodes.fr.get("liaison", "/api/v1/partners/ma").await?;
        let desk = partner["desk"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| DemoError::Story("no standing desk was opened".into()))?;
        let note = |text: &str, asks: bool| json!({"text": text, "needs_answer": asks});
        let writing = |values| Writing {
            dossier: Some(&desk),
            lang: "fr",
            values,
            ..Writing::default()
        };
        self.write(
            "ma",
            "liaison",
            "note",
            writing(note(
                "La permanence de vendredi est assurée jusqu’à vingt heures.",
                false,
            )),
        )
        .await?;
        self.write(
            "fr",
            "liaison",
            "note",
            writing(note(
                "La réunion de jeudi peut-elle commencer à dix heures ?",
                true,
            )),
        )
        .await?;
        self.nodes.settled().await?;
        let on = self.owed("ma", &desk, "answer").await?;
        let reply = Writing {
            dossier: Some(&desk),
            on: Some(&on),
            lang: "fr",
            values: json!({"text": "Oui, à dix heures."}),
            ..Writing::default()
        };
        self.write("ma", "liaison", "reply", reply).await?;
        self.nodes.settled().await
    }
}

/// The year before this one.
fn last_year() -> String {
    let today = when::day(0);
    let year = today.get(..4).and_then(|year| year.parse::<i16>().ok());
    year.map_or_else(String::new, |year| (year - 1).to_string())
}
