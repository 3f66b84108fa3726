//! What the meetings of heads of government set going: the declarations that followed the twelfth meeting, tied to it point by point, the series
//! of High-Level Meetings, the training of imams from an idea under study to a commitment that both call kept, and a lesson being tried.
//!
//! Dates, places and what follows what are public facts; every word is ours, and no instrument is quoted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::DemoError;
use super::check::Facts;
use super::scene::{By, Scene};
use super::when;
use super::world::Nodes;

const MA: By = ("ma", "coordination");
const FR: By = ("fr", "coordination");
/// Points by their label, as `dossier:entry`.
type Points = BTreeMap<String, String>;

/// What was played, for checking.
#[derive(Clone, Debug)]
pub struct Files {
    meetings: String,
    programme: String,
    lessons: String,
}

/// A declaration that came after: label, day, place, by whom it is recorded, its title.
struct Instrument {
    label: &'static str,
    day: &'static str,
    place: &'static str,
    by: By,
    title: &'static str,
    points: &'static [Point],
}

/// A point: label, type and class, theme, its words in French, Arabic and English, and what of before it follows.
struct Point {
    label: &'static str,
    sort: (&'static str, &'static str),
    topic: &'static str,
    texts: [&'static str; 3],
    follows: &'static [(&'static str, &'static str)],
}

/// The point of the twelfth meeting that studies an agreement on the training of imams.
const IMAMS: &str = "R12/7";
const PROMISE: &str = "declaration.commitment";
const STATEMENT: &str = "declaration.point";

const FOLLOWED: [Instrument; 5] = [
    Instrument {
        label: "IM15",
        day: "2015-09-19",
        place: "Tanger",
        by: FR,
        title: "Déclaration sur la formation d’imams",
        points: &[Point {
            label: "IM15/1",
            sort: (STATEMENT, "fulfilment"),
            topic: "training",
            texts: [
                "Le Maroc prend en charge la formation d’élèves imams à Rabat ; la France y ajoute une formation universitaire.",
                "يتكفل المغرب بتكوين طلبة أئمة بالرباط، وتضيف فرنسا تكوينا جامعيا.",
                "Morocco takes charge of training student imams in Rabat; France adds a university course.",
            ],
            follows: &[("answers", IMAMS)],
        }],
    },
    Instrument {
        label: "IN15",
        day: "2015-12-03",
        place: "Paris",
        by: MA,
        title: "لقاء وزيري الداخلية",
        points: &[Point {
            label: "IN15/1",
            sort: (PROMISE, "restatement"),
            topic: "feedback",
            texts: [
                "Renforcer encore le retour d’informations et les enquêtes conjointes, et les étendre à la cybercriminalité.",
                "مواصلة تعزيز الإفادة بالنتائج والأبحاث المشتركة، مع توسيعها إلى الجريمة الإلكترونية.",
                "Strengthen feedback and joint investigations again, and widen them to cybercrime.",
            ],
            follows: &[("restates", "R12/1"), ("widens", "R12/1")],
        }],
    },
    Instrument {
        label: "R13",
        day: "2017-11-16",
        place: "Rabat",
        by: MA,
        title: "التزامات الاجتماع الثالث عشر رفيع المستوى",
        points: &[
            Point {
                label: "R13/1",
                sort: (STATEMENT, "acknowledgement"),
                topic: "training",
                texts: [
                    "Les deux parties se félicitent que la déclaration de 2015 sur les imams s’applique.",
                    "يرحب الطرفان بتنفيذ إعلان 2015 حول الأئمة.",
                    "Both welcome that the declaration of 2015 on imams is carried out.",
                ],
                follows: &[("acknowledges", "IM15/1")],
            },
            Point {
                label: "R13/2",
                sort: (PROMISE, "commitment"),
                topic: "coordination",
                texts: [
                    "Achever l’arrangement du programme de sécurité intérieure 2018-2020, cybercriminalité comprise.",
                    "استكمال ترتيب برنامج الأمن الداخلي 2018-2020، بما فيه الجريمة الإلكترونية.",
                    "Finish the arrangement of the internal-security programme 2018-2020, cybercrime included.",
                ],
                follows: &[("continues", "IN15/1")],
            },
        ],
    },
    Instrument {
        label: "FU19",
        day: "2019-09-12",
        place: "Paris",
        by: FR,
        title: "Suivi de la treizième rencontre",
        points: &[Point {
            label: "FU19/1",
            sort: (STATEMENT, "milestone"),
            topic: "meetings",
            texts: [
                "Les responsables examinent ce qui a été fait depuis la treizième rencontre et préparent la quatorzième.",
                "يستعرض المسؤولون ما أنجز منذ الاجتماع الثالث عشر ويعدون للرابع عشر.",
                "Officials review what was done since the thirteenth meeting and prepare the fourteenth.",
            ],
            follows: &[("prepares", "R13/2")],
        }],
    },
    Instrument {
        label: "R14",
        day: "2019-12-19",
        place: "Paris",
        by: FR,
        title: "Déclaration de la quatorzième rencontre de haut niveau",
        points: &[Point {
            label: "R14/1",
            sort: (STATEMENT, "position"),
            topic: "other",
            texts: [
                "Les deux parties soutiennent les quatre espaces du partenariat entre le Maroc et l’Union européenne.",
                "يدعم الطرفان الفضاءات الأربعة للشراكة بين المغرب والاتحاد الأوروبي.",
                "Both support the four spaces of the partnership between Morocco and the European Union.",
            ],
            follows: &[],
        }],
    },
];

/// The three meetings: when each began (midday of its day: the hour is not known), where, and what its minutes say.
const MEETINGS: [(&str, &str, [&str; 2]); 3] = [
    (
        "2015-05-28T12:00",
        "Paris",
        [
            "اعتمد الإعلان؛ وتتبع التزاماته في الملف R12.",
            "Déclaration adoptée ; ses engagements sont suivis dans le dossier R12.",
        ],
    ),
    (
        "2017-11-16T12:00",
        "Rabat",
        [
            "اعتمد الإعلان؛ وتتبع التزاماته في الملف R13.",
            "Déclaration adoptée ; ses engagements sont suivis dans le dossier R13.",
        ],
    ),
    (
        "2019-12-19T12:00",
        "Paris",
        [
            "اعتمد الإعلان؛ وتتبع نقاطه في الملف R14.",
            "Déclaration adoptée ; ses points sont suivis dans le dossier R14.",
        ],
    ),
];

/// Plays all of it, from the declaration of the twelfth meeting on.
///
/// # Errors
/// [`DemoError`].
pub async fn play(nodes: &mut Nodes, declaration: &str) -> Result<Files, DemoError> {
    let mut points = points_of(nodes, declaration).await?;
    for instrument in &FOLLOWED {
        follow(nodes, instrument, &mut points).await?;
    }
    Ok(Files {
        meetings: high_level(nodes).await?,
        programme: imams(nodes, declaration, known(&points, IMAMS)?).await?,
        lessons: lesson(nodes).await?,
    })
}

async fn points_of(nodes: &mut Nodes, declaration: &str) -> Result<Points, DemoError> {
    let path = format!("/api/v1/dossiers/{declaration}");
    let view = nodes.ma.get("coordination", &path).await?;
    let text = |point: &Value, name: &str| point[name].as_str().unwrap_or_default().to_owned();
    let points = view["points"].as_array().into_iter().flatten();
    let place = |point| format!("{declaration}:{}", text(point, "entry"));
    Ok(points
        .map(|point| (text(point, "point"), place(point)))
        .collect())
}

fn known<'a>(points: &'a Points, label: &str) -> Result<&'a str, DemoError> {
    let found = points.get(label).map(String::as_str);
    found.ok_or_else(|| DemoError::Story(format!("no point is called {label}")))
}

/// One declaration that came after, and what each of its points follows.
async fn follow(
    nodes: &mut Nodes,
    instrument: &Instrument,
    points: &mut Points,
) -> Result<(), DemoError> {
    let by = instrument.by;
    let opening = json!({
        "title": instrument.title, "reference": instrument.label, "date": instrument.day, "place": instrument.place, "parties": "FR, MA",
    });
    let (mut scene, _) = Scene::open(nodes, by, ("declaration.open", opening)).await?;
    for point in instrument.points {
        let [fr, ar, en] = point.texts;
        let (entry_type, class) = point.sort;
        let title = if by.0 == "ma" { ar } else { fr };
        let values = json!({
            "title": title, "point": point.label, "class": class, "topic": point.topic, "text_fr": fr, "text_ar": ar, "text_en": en, "debtors": "fr, ma",
            "creditors": "fr, ma",
        });
        let entry = scene.say(by, entry_type, values).await?;
        for (relation, earlier) in point.follows {
            let values =
                json!({"relation": relation, "from": entry, "earlier": known(points, earlier)?});
            scene.say(by, "declaration.relate", values).await?;
        }
        let place = format!("{}:{entry}", scene.dossier);
        points.insert(point.label.to_owned(), place);
    }
    scene.settled().await
}

/// The three meetings entered afterwards, with the minutes that both approve, and the next one to which both are invited.
async fn high_level(nodes: &mut Nodes) -> Result<String, DemoError> {
    let series = json!({
        "title": "Rencontres de haut niveau", "aim": "Faire le point des engagements, et en prendre d’autres.", "form": "series",
        "level": "high_level", "cadence": 730, "languages": ["ar", "fr"], "interpreters": true, "to": "ma/coordination",
    });
    let (mut scene, opening) = Scene::open(nodes, FR, ("meeting.open", series)).await?;
    let joins = json!({"delegation": "منسقة اللجنة المشتركة"});
    scene
        .answer(MA, ((&opening, 0), "meeting.attend"), joins)
        .await?;
    scene.settled().await?;
    for (place, meeting) in MEETINGS.iter().enumerate() {
        one_meeting(&mut scene, place + 12, meeting).await?;
    }
    let next = json!({
        "title": "الاجتماع الخامس عشر رفيع المستوى", "reply_by": when::day(20), "at": when::at(75, "09:00"), "lasts": 480, "mode": "place", "place": "الرباط",
        "languages": ["ar", "fr"], "interpreters": true,
    });
    scene.say(MA, "meeting.convene", next).await?;
    scene.settled().await?;
    Ok(scene.dossier)
}

async fn one_meeting(
    scene: &mut Scene<'_>,
    number: usize,
    (at, place, [ar, fr]): &(&str, &str, [&str; 2]),
) -> Result<(), DemoError> {
    let invitation = json!({
        "title": format!("{number}e rencontre de haut niveau"), "at": at, "lasts": 480, "mode": "place", "place": place,
        "languages": ["ar", "fr"], "interpreters": true, "text": "Saisie après coup.",
    });
    let invitation = scene.say(FR, "meeting.convene", invitation).await?;
    scene.settled().await?;
    let came = json!({"delegation": "رئاسة الحكومة"});
    scene
        .answer(MA, ((&invitation, 0), "meeting.attend"), came)
        .await?;
    let minutes = json!({
        "of": invitation, "held": at, "present": "رئاستا الحكومتين", "text": ar, "other_lang": "fr", "other_text": fr,
    });
    let minutes = scene.say(MA, "meeting.minutes", minutes).await?;
    scene.settled().await?;
    let approves = json!({"text": "Conforme."});
    scene
        .answer(FR, ((&minutes, 0), "meeting.approve"), approves)
        .await?;
    scene.settled().await
}

/// Number, then heading and text in French and in Arabic.
const CLAUSES: [(u8, [&str; 2], [&str; 2]); 3] = [
    (
        1,
        [
            "Objet",
            "Former ensemble des imams, selon les règles de chaque institut.",
        ],
        ["الموضوع", "تكوين أئمة بصفة مشتركة، وفق قواعد كل معهد."],
    ),
    (
        2,
        [
            "Places",
            "Une promotion de cinquante places est ouverte chaque année, pendant trois ans.",
        ],
        ["المقاعد", "يفتح كل سنة فوج من خمسين مقعدا، لمدة ثلاث سنوات."],
    ),
    (
        3,
        [
            "Suivi",
            "Un mécanisme de suivi se réunit chaque année ; ceux qui suivent les cours les évaluent, et personne n’évalue leur doctrine.",
        ],
        [
            "التتبع",
            "تجتمع آلية للتتبع كل سنة؛ ويقيّم المستفيدون الدروس، ولا يقيّم أحد معتقدهم.",
        ],
    ),
];

/// From an idea under study to the commitment that both call kept.
async fn imams(
    nodes: &mut Nodes,
    declaration: &str,
    commitment: &str,
) -> Result<String, DemoError> {
    let opening = json!({
        "title": "Formation d’imams", "owner": "institute", "idea": "Un accord entre les deux États pour former des imams.",
        "owners": "un institut de formation et des universités", "commitment": commitment, "to": "ma/coordination",
    });
    let (mut scene, opening) = Scene::open(nodes, FR, ("imam_training.open", opening)).await?;
    let studied = json!({"finding": "pursue", "text": "الدراسة إيجابية: المعهد مستعد لاستقبال خمسين طالبا كل سنة."});
    scene
        .answer(MA, ((&opening, 0), "programme.studied"), studied)
        .await?;
    scene.settled().await?;
    scene
        .say(
            FR,
            "programme.to_drafting",
            json!({"text": "Étude favorable."}),
        )
        .await?;
    draft(&mut scene).await?;
    let version = scene
        .say(
            FR,
            "programme.version",
            json!({"text": "Toutes les clauses acceptées."}),
        )
        .await?;
    scene.settled().await?;
    scene
        .answer(
            MA,
            ((&version, 0), "programme.sign"),
            json!({"text": "قرئ ووفق عليه."}),
        )
        .await?;
    scene.settled().await?;
    scene
        .say(
            FR,
            "programme.to_force",
            json!({"text": "Signé par les deux parties."}),
        )
        .await?;
    let cohort = json!({
        "title": "Promotion 2016", "places": 50, "place": "Rabat", "begins": "2016-01-11", "ends": "2018-12-14", "languages": ["ar", "fr"],
    });
    let cohort = scene.say(FR, "programme.cohort", cohort).await?;
    scene.settled().await?;
    let programme = scene.dossier;
    let evidence = format!("{programme}:{version} {programme}:{cohort}");
    kept(nodes, (declaration, commitment), &evidence).await?;
    Ok(programme)
}

async fn draft(scene: &mut Scene<'_>) -> Result<(), DemoError> {
    for (number, [heading, text], [other_heading, other_text]) in CLAUSES {
        let clause = json!({
            "number": number, "heading": heading, "text": text, "other_lang": "ar", "other_heading": other_heading, "other_text": other_text,
        });
        let clause = scene.say(FR, "programme.clause", clause).await?;
        scene.settled().await?;
        scene
            .answer(MA, ((&clause, 0), "programme.accept_clause"), json!({}))
            .await?;
    }
    scene.settled().await
}

/// Each side says that it kept the commitment, by the agreement in force and its cohort; the other agrees. What both promised is asked of
/// whoever recorded it first.
async fn kept(
    nodes: &mut Nodes,
    (declaration, commitment): (&str, &str),
    evidence: &str,
) -> Result<(), DemoError> {
    let entry = commitment.rsplit(':').next().unwrap_or_default();
    let mut scene = Scene {
        nodes,
        dossier: declaration.to_owned(),
    };
    for (place, (by, other), said, agreed) in [
        (
            1,
            (FR, MA),
            "L’accord est en vigueur et la première promotion ouverte.",
            "صحيح.",
        ),
        (
            0,
            (MA, FR),
            "الاتفاق ساري المفعول والفوج الأول مفتوح.",
            "C’est exact.",
        ),
    ] {
        let claim = json!({"text": said, "evidence": evidence});
        scene
            .answer(by, ((entry, place), "declaration.claim"), claim)
            .await?;
        scene.settled().await?;
        let agrees = json!({"text": agreed});
        scene
            .answer(other, ((entry, place), "agree"), agrees)
            .await?;
        scene.settled().await?;
    }
    Ok(())
}

/// An observation that became a lesson, endorsed and being tried, and one that waits for its analysis.
async fn lesson(nodes: &mut Nodes) -> Result<String, DemoError> {
    let opening = json!({"title": "دروس حول الإفادة بالنتائج", "theme": "feedback"});
    let (mut scene, _) = Scene::open(nodes, MA, ("lesson.open", opening)).await?;
    let seen = json!({
        "title": "أجوبة بقيت دون إفادة", "observed": "جواب من كل ثلاثة لم يعرف صاحبه ما آل إليه.", "context": "طلبات معلومات، خلال سنة.",
        "matters": "من يجيب دون أن يعرف ما ينفع، يجيب أقل.",
    });
    let seen = scene.say(MA, "lesson.observation", seen).await?;
    scene.settled().await?;
    let identified = json!({
        "title": "Le retour se demande dès la demande", "root_cause": "Personne n’est désigné pour le donner.",
        "remedy": "Nommer, dans chaque demande, la fonction qui donnera le retour.", "owner": "services de liaison",
    });
    let identified = scene
        .answer(FR, ((&seen, 0), "lesson.identified"), identified)
        .await?;
    scene.settled().await?;
    let endorses = json!({"text": "نوافق على هذا الدرس."});
    let endorsed = scene
        .answer(MA, ((&identified, 0), "lesson.endorse"), endorses)
        .await?;
    scene.settled().await?;
    let tries = json!({
        "text": "Une fonction nommée dans chaque demande, pendant trois mois.", "owner": "services de liaison", "due": when::day(60),
    });
    scene
        .answer(FR, ((&endorsed, 0), "lesson.action"), tries)
        .await?;
    let second = json!({
        "title": "Interprètes convenus trop tard", "observed": "Deux opérations ont attendu leurs traductions.",
        "context": "Enquêtes conjointes de l’année.", "matters": "Une vérification attend moins qu’une traduction.",
    });
    scene.say(FR, "lesson.observation", second).await?;
    scene.settled().await?;
    Ok(scene.dossier)
}

/// Both nodes tell the same chains, hold three meetings with approved minutes, a commitment that both call kept by a programme in force, and a
/// lesson that is being tried.
///
/// # Errors
/// [`DemoError`].
pub async fn check(nodes: &mut Nodes, files: &Files, facts: &mut Facts) -> Result<(), DemoError> {
    let ma = nodes.ma.get("coordination", "/api/v1/commitments").await?;
    let fr = nodes.fr.get("coordination", "/api/v1/commitments").await?;
    let studied = |view: &Value| {
        let mut points = view["points"].as_array().into_iter().flatten();
        points.any(|one| {
            one["point"]["point"] == IMAMS
                && one["point"]["class"] == "studies_towards"
                && one["point"]["status"]["state"] == "agreed"
        })
    };
    facts.add(
        "governance: both call the study of an agreement kept, by the programme that came of it",
        studied(&ma) && studied(&fr),
    );
    let [ma, fr] = [super::inputs::tied(&ma), super::inputs::tied(&fr)];
    let tie = |(later, point): (&Point, &(&str, &str))| {
        [later.label, point.0, point.1].map(str::to_owned)
    };
    let points = FOLLOWED.iter().flat_map(|one| one.points);
    let told =
        points.flat_map(|point| point.follows.iter().map(move |before| tie((point, before))));
    facts.add(
        "governance: the chain from the twelfth to the fourteenth meeting is told alike by both",
        ma == fr && told.into_iter().all(|tie| ma.contains(&tie)),
    );
    let (mut held, mut open) = (Vec::new(), Vec::new());
    for api in [&mut nodes.ma, &mut nodes.fr] {
        held.push(
            count(
                api,
                &files.meetings,
                ("meeting.approve", ("attend", "open")),
            )
            .await?,
        );
        open.push((
            count(
                api,
                &files.programme,
                ("programme.cohort", ("decide", "answered")),
            )
            .await?,
            count(api, &files.lessons, ("lesson.action", ("report", "open"))).await?,
        ));
    }
    facts.add(
        "governance: minutes of three High-Level Meetings approved by both, both invited to the next",
        held == [(MEETINGS.len(), 1); 2],
    );
    facts.add(
        "governance: an agreement on the training of imams in force with its cohort, and a lesson being tried",
        open == [((1, CLAUSES.len() + 1), (1, 1)); 2],
    );
    Ok(())
}

/// How many entries of a type a dossier has, and how many obligations of a sort in a state.
async fn count(
    api: &mut super::Api,
    dossier: &str,
    (entry_type, (ask, state)): (&str, (&str, &str)),
) -> Result<(usize, usize), DemoError> {
    let entries = api.entries("coordination", dossier).await?;
    let path = format!("/api/v1/dossiers/{dossier}");
    let view = api.get("coordination", &path).await?;
    let asked = view["obligations"].as_array().into_iter().flatten();
    Ok((
        entries
            .iter()
            .filter(|entry| entry["type"] == entry_type)
            .count(),
        asked
            .filter(|one| one["ask"] == ask && one["state"] == state)
            .count(),
    ))
}
