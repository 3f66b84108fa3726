//! What the investigation in mid-life does: exhibits that pass from hand to hand, tasks in every state, a joint action day that is over and one
//! that lies ahead, and what came before a court.
//!
//! Both sides do the same: each seizes, hands over and gives a receipt; each asks and is late once; each proposes a day and says go.

use entente_proof::digest::sha256;
use serde_json::{Value, json};

use super::check::Facts;
use super::scene::{By, Scene};
use super::when;
use super::world::Nodes;
use super::{Api, DemoError};

const MA: By = ("ma", "enquete");
const FR: By = ("fr", "enquete");
const MA_JUDGE: By = ("ma", "magistrature");
const FR_JUDGE: By = ("fr", "magistrature");

/// The copy of the device that travels to the other side.
const COPY: &[u8] =
    b"rang;date;numero;sens\n1;03-17;+212 0 00 00 00 12;sortant\n2;03-21;+212 0 00 00 00 12;entrant\n";

/// What is begun before the first action day, and taken up after it.
pub struct Begun {
    task_done: String,
    past_day: String,
    ledger: String,
    of_fr: String,
    of_ma: String,
}

/// Both seize, ask, plan and contribute; what has to be answered at once is.
///
/// # Errors
/// [`DemoError`].
pub async fn begin(nodes: &mut Nodes, dossier: &str) -> Result<Begun, DemoError> {
    let dossier = dossier.to_owned();
    let mut scene = Scene { nodes, dossier };
    let ledger = exhibits(&mut scene).await?;
    let task_done = tasks(&mut scene).await?;
    let past_day = past_day(&mut scene).await?;
    let (of_fr, of_ma) = before_courts(&mut scene).await?;
    Ok(Begun {
        task_done,
        past_day,
        ledger,
        of_fr,
        of_ma,
    })
}

/// The day is over: its results, what was done, what comes next, and what the court decided.
///
/// # Errors
/// [`DemoError`].
pub async fn carry_on(nodes: &mut Nodes, dossier: &str, begun: &Begun) -> Result<(), DemoError> {
    let dossier = dossier.to_owned();
    let mut scene = Scene { nodes, dossier };
    results(&mut scene, &begun.past_day).await?;
    let back = json!({
        "exhibit": begun.ledger, "by": when::day(14), "to": "fr/investigation",
        "text": "تطلب النيابة العامة الأصل لجلسة الاستماع المقبلة.",
    });
    scene.say(MA, "investigation.ask_return", back).await?;
    let done = json!({"text": "Huit nuits relevées : deux chargements, le mardi et le vendredi, vers deux heures.", "source": "A", "accuracy": "1"});
    let on = (begun.task_done.as_str(), 0);
    scene
        .answer(FR, (on, "investigation.task_done"), done)
        .await?;
    scene.settled().await?;
    let taken = json!({"text": "توصلنا بالنتيجة، وهي تطابق ما لدينا."});
    scene
        .answer(MA, (on, "investigation.task_agreed"), taken)
        .await?;
    day_ahead(&mut scene).await?;
    decided(&mut scene, begun).await
}

/// `fr` seizes a device, sends a transit copy of it; `ma` seizes a ledger and hands the original over. Both give their receipt. The ledger.
async fn exhibits(scene: &mut Scene<'_>) -> Result<String, DemoError> {
    let device = json!({
        "name": "Téléphone trouvé au dépôt nord, écran fendu", "mark": "PAS-1", "exhibit_sort": "device", "seized_at": when::hour(-460),
        "seized_where": "Dépôt nord, quai fictif", "seized_by": "unité d’enquête", "seal": "bag", "seal_number": "S-0412", "source": "A", "accuracy": "1",
    });
    let device = scene.say(FR, "investigation.exhibit", device).await?;
    for step in of_device(&device) {
        scene.say(FR, "investigation.custody", step).await?;
    }
    let ledger = json!({
        "name": "دفتر حسابات بغلاف أخضر", "mark": "م-7", "exhibit_sort": "paper", "seized_at": when::hour(-450),
        "seized_where": "مستودع الحي الصناعي الوهمي", "seized_by": "وحدة التحقيق", "seal": "bag", "seal_number": "خ-118", "source": "A", "accuracy": "1",
    });
    let ledger = scene.say(MA, "investigation.exhibit", ledger).await?;
    let stored = json!({
        "exhibit": ledger, "step": "stored", "done_at": when::hour(-446), "from_whom": "وحدة التحقيق", "to_whom": "مخزن المحجوزات",
        "what_for": "الحفظ إلى حين التسليم", "seal_found": "intact", "seal_left": "intact", "seal_number": "خ-118",
    });
    scene.say(MA, "investigation.custody", stored).await?;
    scene.settled().await?;
    hand_over(scene, &device, &ledger).await?;
    Ok(ledger)
}

fn of_device(device: &str) -> [Value; 2] {
    [
        json!({
            "exhibit": device, "step": "handed_over", "done_at": when::hour(-454), "from_whom": "unité d’enquête", "to_whom": "laboratoire",
            "what_for": "copie du support", "seal_found": "intact", "seal_left": "intact", "seal_number": "S-0412",
        }),
        json!({
            "exhibit": device, "step": "copied", "done_at": when::hour(-430), "from_whom": "laboratoire", "to_whom": "laboratoire",
            "what_for": "relevé des appels de mars", "seal_found": "intact", "seal_left": "intact", "seal_number": "S-0431",
            "text": "Scellé S-0412 ouvert devant témoin et remplacé par S-0431.",
        }),
    ]
}

/// Each hands over, and the other gives its receipt; the hash is that of the file.
async fn hand_over(scene: &mut Scene<'_>, device: &str, ledger: &str) -> Result<(), DemoError> {
    let digest = sha256(COPY).to_string();
    let copy = json!({
        "exhibit": device, "handed": "transit_copy", "done_at": when::hour(-400), "from_whom": "laboratoire", "to_whom": "وحدة التحقيق",
        "carried": "par ce dossier", "hash_method": "sha256", "hash": digest, "copy_until": when::day(8), "to": "ma/investigation",
        "text": "Relevé des appels de mars ; à effacer une fois les recoupements faits.",
    });
    let file = [("appels-mars.csv", "text/csv", COPY)];
    let copy = scene
        .write(FR, (None, "investigation.transfer"), copy, &file)
        .await?;
    let original = json!({
        "exhibit": ledger, "handed": "original", "done_at": when::hour(-402), "from_whom": "مخزن المحجوزات", "to_whom": "unité d’enquête",
        "carried": "تسليم باليد عند ضابط الاتصال", "seal": "bag", "seal_number": "خ-118", "to": "fr/investigation",
    });
    let original = scene.say(MA, "investigation.transfer", original).await?;
    scene.settled().await?;
    let read = json!({
        "done_at": when::hour(-398), "to_whom": "وحدة التحقيق", "seal_found": "none", "hash_method": "sha256", "hash": digest,
        "text": "أعيد حساب البصمة فوجدت مطابقة.",
    });
    let receipt = (copy.entry.as_str(), 0);
    scene
        .answer(MA, (receipt, "investigation.received"), read)
        .await?;
    let taken = json!({"done_at": when::hour(-397), "to_whom": "unité d’enquête", "seal_found": "intact", "seal_number": "خ-118"});
    let receipt = (original.as_str(), 0);
    scene
        .answer(FR, (receipt, "investigation.received"), taken)
        .await?;
    scene.settled().await
}

/// Tasks: one that will be done, one accepted, one just asked, and one that each side lets pass. The first.
async fn tasks(scene: &mut Scene<'_>) -> Result<String, DemoError> {
    let done = json!({"title": "مراقبة المستودع الشمالي ليلا", "to": "fr/investigation", "by": when::day(-10), "text": "ثماني ليال، من العاشرة إلى الرابعة صباحا.", "place": "Dépôt nord, quai fictif"});
    let done = scene.say(MA, "investigation.task", done).await?;
    let late_fr = json!({"title": "تحديد صاحب الحساب FR00", "to": "fr/investigation", "by": when::day(-4), "text": "الاسم المسجل وتاريخ الفتح فقط."});
    let late_fr = scene.say(MA, "investigation.task", late_fr).await?;
    let late_ma = json!({"title": "Vérifier le registre du hangar", "to": "ma/investigation", "by": when::day(-4), "text": "Entrées de véhicules du 20 au 28 mars."});
    let late_ma = scene.say(FR, "investigation.task", late_ma).await?;
    let accepted = json!({"title": "Traduire le cahier à couverture verte", "to": "ma/investigation", "by": when::day(9), "text": "Les pages 12 à 30 d’abord."});
    let accepted = scene.say(FR, "investigation.task", accepted).await?;
    let asked = json!({"title": "إعداد لائحة الأرقام التسلسلية للمعدات المسروقة", "to": "fr/investigation", "by": when::day(20)});
    scene.say(MA, "investigation.task", asked).await?;
    scene.settled().await?;
    for (by, task) in [(FR, &done), (FR, &late_fr), (MA, &late_ma), (MA, &accepted)] {
        let on = (task.as_str(), 0);
        scene.answer(by, (on, "acknowledge"), json!({})).await?;
    }
    scene.settled().await?;
    Ok(done)
}

/// A day that both decide, and that lies a day ahead when they do.
async fn past_day(scene: &mut Scene<'_>) -> Result<String, DemoError> {
    let day = json!({
        "name": "Passerelle, contrôle simultané des deux dépôts", "zero": when::hour(-372),
        "steps": "-01:00 | fr/investigation | Dépôt nord, quai fictif | mise en place\n-01:00 | ma/investigation | مستودع الحي الصناعي الوهمي | تمركز الفرق\n\
            +00:00 | fr/investigation | Dépôt nord, quai fictif | contrôle des engins et des papiers\n+00:00 | ma/investigation | مستودع الحي الصناعي الوهمي | مراقبة المعدات والوثائق",
        "text": "Personne n’est interpellé sans l’accord du parquet du lieu. L’une ou l’autre partie peut tout arrêter.",
    });
    let day = scene.say(FR, "investigation.day", day).await?;
    scene.settled().await?;
    both_say_go(
        scene,
        (&day, [MA, FR]),
        ["الفرق في أماكنها.", "Équipes prévenues."],
    )
    .await?;
    Ok(day)
}

/// The other side decides first, then the one that proposed.
async fn both_say_go(
    scene: &mut Scene<'_>,
    (day, order): (&str, [By; 2]),
    words: [&str; 2],
) -> Result<(), DemoError> {
    for ((index, by), text) in (0..).zip(order).zip(words) {
        let on = (day, index);
        scene
            .answer(by, (on, "investigation.go"), json!({"text": text}))
            .await?;
    }
    scene.settled().await
}

/// What each side's steps came to on the day, and what they gave.
async fn results(scene: &mut Scene<'_>, day: &str) -> Result<(), DemoError> {
    for (by, step, hours) in [(FR, 1, -373), (MA, 2, -373), (FR, 3, -371), (MA, 4, -370)] {
        let done = json!({"day": day, "step": step, "state": "done", "at": when::hour(hours)});
        scene.say(by, "investigation.step", done).await?;
    }
    let found = json!({"day": day, "step": 3, "text": "Deux engins retrouvés sous de fausses factures ; pièces saisies, personne d’interpellé.", "source": "A", "accuracy": "1"});
    scene.say(FR, "investigation.step_result", found).await?;
    let found = json!({"day": day, "step": 4, "text": "عثر على حفارة واحدة ووثيقتي شحن مزورتين؛ ولم يوقف أحد.", "source": "A", "accuracy": "1"});
    scene.say(MA, "investigation.step_result", found).await?;
    scene.settled().await
}

/// A day that both agreed to and that lies some days ahead.
async fn day_ahead(scene: &mut Scene<'_>) -> Result<(), DemoError> {
    let day = json!({
        "name": "الجسر: مراقبة متزامنة على الرصيف وفي المستودع", "zero": when::at(6, "04:30"),
        "steps": "-02:00 | ma/investigation | رصيف المعدات (وهمي) | تمركز الفرق\n-02:00 | fr/investigation | Quai des engins (fictif) | mise en place\n\
            +00:00 | ma/investigation | رصيف المعدات (وهمي) | مراقبة الحمولة\n+00:00 | fr/investigation | Quai des engins (fictif) | contrôle du chargement\n\
            +03:00 | ma/investigation | مقر الوحدة | تبادل أولي للنتائج",
        "text": "لا توقيف دون إذن النيابة العامة المختصة. لكل طرف أن يوقف كل شيء في أي لحظة.",
    });
    let day = scene.say(MA, "investigation.day", day).await?;
    scene.settled().await?;
    both_say_go(
        scene,
        (&day, [FR, MA]),
        ["Les équipes seront en place.", "الفرق معبأة."],
    )
    .await
}

/// What each contributes with a court in view, where it is tried, and permission to produce what is under a condition.
async fn before_courts(scene: &mut Scene<'_>) -> Result<(String, String), DemoError> {
    let of_fr = json!({"title": "Comparaison des trois factures", "text": "Les trois factures sortent de la même presse : même défaut au bord gauche.", "nature": "fact", "source": "A", "accuracy": "1"});
    let of_fr = scene.say(FR, "investigation.contribute", of_fr).await?;
    let of_ma = json!({"title": "كشف دخول المركبات إلى المستودع", "text": "دخلت الشاحنة الصغيرة ثلاث مرات في الأسبوع نفسه.", "nature": "fact", "source": "A", "accuracy": "2", "handling": "H1"});
    let of_ma = scene
        .say(MA_JUDGE, "investigation.contribute", of_ma)
        .await?;
    for (by, court, part) in [
        (
            FR_JUDGE,
            "juge d’instruction du lieu du dépôt",
            "Fabrication des fausses factures.",
        ),
        (
            MA_JUDGE,
            "قاضي التحقيق بمكان المستودع",
            "إخفاء المعدات المسروقة.",
        ),
    ] {
        let open =
            json!({"court": court, "stage": "judicial", "since": when::day(-18), "part": part});
        scene.say(by, "investigation.proceedings", open).await?;
    }
    let venue = json!({"part": "Fabrication des fausses factures.", "authority": "fr/justice", "grounds": ["place", "evidence"], "text": "L’atelier et les pièces s’y trouvent."});
    let venue = scene.say(FR_JUDGE, "investigation.venue", venue).await?;
    scene.settled().await?;
    let agreed = json!({"text": "نوافق: الورشة والوثائق توجد لديكم."});
    scene
        .answer(MA_JUDGE, ((&venue, 0), "investigation.venue_agree"), agreed)
        .await?;
    let wish = json!({"entry": of_ma, "court": true, "proceedings": "Fabrication des fausses factures, devant le tribunal du lieu du dépôt.", "reason": "Le relevé étaye la date des livraisons."});
    let wish = scene.say(FR_JUDGE, "ask_permission", wish).await?;
    scene.settled().await?;
    let permit =
        json!({"court": true, "proceedings": "المسطرة المعروضة على محكمة مكان المستودع الشمالي."});
    scene
        .answer(MA_JUDGE, ((&wish, 0), "permit"), permit)
        .await?;
    scene.settled().await?;
    Ok((of_fr, of_ma))
}

/// Both pieces are produced; what the court decided is the feedback on what `ma` gave, and `ma` says what it made of what `fr` gave.
async fn decided(scene: &mut Scene<'_>, begun: &Begun) -> Result<(), DemoError> {
    let court = "tribunal du lieu du dépôt";
    let produced = json!({"court": court, "reference": "00/117", "entries": [begun.of_fr, begun.of_ma], "text": "Audience sur la confiscation."});
    scene
        .say(FR_JUDGE, "investigation.produced", produced)
        .await?;
    let outcome = json!({
        "result": "confiscation", "day": when::day(-16), "court": court, "entries": [begun.of_ma], "outcome": "supported_case",
        "text": "Le tribunal a retenu le relevé des entrées et ordonné la confiscation des deux engins.",
    });
    scene
        .say(FR_JUDGE, "investigation.outcome", outcome)
        .await?;
    let useful = json!({"outcome": "corroborated", "text": "العيب نفسه يظهر في وثيقتي الشحن اللتين عثرنا عليهما.", "timely": 4, "complete": 4, "accurate": 5, "new_to_you": true});
    scene
        .answer(MA, ((&begun.of_fr, 0), "feedback"), useful)
        .await?;
    scene.settled().await
}

/// Both nodes show the same exhibits, tasks, days and outcome.
///
/// # Errors
/// [`DemoError`].
pub async fn check(nodes: &mut Nodes, dossier: &str, facts: &mut Facts) -> Result<(), DemoError> {
    let (mut chains, mut owed, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for api in [&mut nodes.ma, &mut nodes.fr] {
        let path = format!("/api/v1/dossiers/{dossier}");
        chains.push(chain_of(
            &api.get("enquete", &format!("{path}/exhibits")).await?,
        ));
        let view = api.get("enquete", &path).await?;
        owed.push(owed_in(&view));
        told.push(told_in(api, dossier).await?);
    }
    facts.add(
        "exhibits: two at both nodes, handed over with receipts and without a gap; a copy to be erased and a return stay owed",
        chains == [(2, 2, 0); 2] && owed.iter().all(|of| of["erase"] == json!(["open"]) && of["return"] == json!(["open"])),
    );
    let states = ["acknowledged", "agreed", "late", "late", "open"];
    facts.add(
        "tasks: done, accepted, asked, and one that each side lets pass, in both ledgers",
        owed.iter().all(|of| of["act"] == json!(states)),
    );
    facts.add(
        "action days: one over with results, one ahead, each on by a go of both sides",
        told.iter().all(|of| of == &[2, 4, 4, 2]),
    );
    let feedback = |of: &Value| {
        of["feedback"]
            .as_array()
            .is_some_and(|all| all.contains(&json!("supported_case")))
    };
    facts.add(
        "court: what was permitted is produced, and the decision is the feedback on it",
        owed.iter().all(feedback),
    );
    Ok(())
}

/// How many exhibits there are, how many receipts, and how many gaps.
fn chain_of(view: &Value) -> (usize, usize, usize) {
    let all = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let exhibits = all(view, "exhibits");
    let moments = exhibits.iter().flat_map(|one| all(one, "moments"));
    let gaps = exhibits.iter().map(|one| all(one, "gaps").len()).sum();
    (
        exhibits.len(),
        moments.filter(|m| m["what"] == "received").count(),
        gaps,
    )
}

/// The states of what is asked, by ask, in order; of what ended well its outcome, of what is overdue that it is.
fn owed_in(view: &Value) -> Value {
    let mut out = json!({});
    for line in view["obligations"].as_array().into_iter().flatten() {
        let state = match (line["overdue"] == true, line["outcome"].as_str()) {
            (true, _) => "late",
            (false, Some(outcome)) if outcome != "none" => outcome,
            _ => line["state"].as_str().unwrap_or_default(),
        };
        let ask = line["ask"].as_str().unwrap_or_default();
        if let Some(of) = out[ask].as_array_mut() {
            of.push(json!(state));
            of.sort_by_key(Value::to_string);
        } else {
            out[ask] = json!([state]);
        }
    }
    out
}

/// How many days were proposed, how often somebody said go, how many steps are told of, how many results there are.
async fn told_in(api: &mut Api, dossier: &str) -> Result<[usize; 4], DemoError> {
    let entries = api.entries("enquete", dossier).await?;
    let of = |name: &str| entries.iter().filter(|e| e["type"] == name).count();
    Ok([
        "investigation.day",
        "investigation.go",
        "investigation.step",
        "investigation.step_result",
    ]
    .map(of))
}
