//! A filled form of every type, for tests and for whoever reads the definitions.

use crate::kind::Sample;

const A: &str = "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa";
const B: &str = "6f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa";

const OPENING: Sample = (
    "programme.open",
    &[
        ("title", "Formation conjointe de magistrats"),
        ("template", "magistrates"),
        ("idea", "Former ensemble, un an dans chaque pays."),
        ("owners", "un ministère et une école nationale"),
    ],
);
const OPENING_IMAMS: Sample = (
    "imam_training.open",
    &[
        ("title", "Formation d’imams"),
        ("idea", "Étudier un accord entre les deux États."),
        ("owner", "institute"),
        ("owners", "un institut de formation et des universités"),
        ("to", "ma/institute"),
    ],
);

const REST: [Sample; 25] = [
    (
        "programme.studied",
        &[("finding", "pursue"), ("text", "L’étude est favorable.")],
    ),
    ("programme.to_drafting", &[("text", "Étude favorable.")]),
    (
        "programme.clause",
        &[
            ("number", "1"),
            ("heading", "Objet"),
            ("text", "Les deux parties forment ensemble."),
            ("other_lang", "ar"),
            ("other_heading", "الموضوع"),
            ("other_text", "يكوّن الطرفان معا."),
        ],
    ),
    (
        "programme.counter",
        &[
            ("number", "1"),
            ("heading", "Objet"),
            ("text", "Les deux parties forment ensemble, chaque année."),
            ("other_lang", "ar"),
            ("other_heading", "الموضوع"),
            ("other_text", "يكوّن الطرفان معا كل سنة."),
        ],
    ),
    ("programme.accept_clause", &[("text", "Lu.")]),
    (
        "programme.version",
        &[("text", "Toutes les clauses acceptées.")],
    ),
    ("programme.sign", &[("text", "Lu et approuvé.")]),
    ("programme.to_force", &[("text", "Signé par les deux.")]),
    (
        "programme.cohort",
        &[
            ("title", "Promotion 2016"),
            ("places", "50"),
            ("place", "Rabat"),
            ("begins", "2016-01-11"),
            ("ends", "2018-12-14"),
            ("languages", "ar"),
            ("cost", "12500000"),
            ("currency", "MAD"),
        ],
    ),
    (
        "programme.session",
        &[
            ("of", A),
            ("title", "Droit comparé"),
            ("at", "2016-02-01T09:00"),
            ("lasts", "180"),
            ("place", "Rabat"),
        ],
    ),
    (
        "programme.participant",
        &[
            ("of", A),
            ("name", "Personne Fictive"),
            ("consented", "2016-01-04"),
        ],
    ),
    ("programme.attendance", &[("of", A), ("present", B)]),
    ("programme.certified", &[("of", A), ("present", B)]),
    ("programme.withdrew", &[("of", B)]),
    (
        "programme.figures",
        &[
            ("of", A),
            ("selected", "50"),
            ("present", "50"),
            ("certified", "40"),
            ("withdrawn", "0"),
        ],
    ),
    (
        "programme.evaluation",
        &[
            ("of", A),
            ("when", "end"),
            ("content_good", "30"),
            ("content_fair", "10"),
            ("content_poor", "2"),
        ],
    ),
    (
        "programme.cost",
        &[
            ("of", A),
            ("cost", "11800000"),
            ("currency", "MAD"),
            ("title", "hébergement"),
        ],
    ),
    (
        "programme.result",
        &[("text", "Quarante diplômés."), ("commitment", COMMITMENT)],
    ),
    (
        "programme.selection",
        &[
            ("of", A),
            ("rules", "Licence, et réussite à l’épreuve de l’institut."),
            (
                "selected_by",
                "l’institut, sur proposition des associations",
            ),
            ("until", "2015-11-30"),
        ],
    ),
    (
        "programme.university",
        &[
            ("of", A),
            ("universities", "deux universités de la seconde partie"),
            ("curriculum", "Droit, sociologie, langue."),
            ("hours", "120"),
            ("begins", "2017-09-18"),
        ],
    ),
    (
        "programme.placement",
        &[
            ("of", A),
            ("institute", "institut de formation"),
            ("host", "associations d’accueil"),
            ("placed", "40"),
            ("begins", "2019-01-07"),
        ],
    ),
    (
        "programme.follow_up",
        &[("text", "Placements et logement."), ("by", "2027-06-30")],
    ),
    ("programme.followed", &[("text", "Tous sont logés.")]),
    (
        "programme.to_review",
        &[("text", "Trois promotions formées.")],
    ),
    (
        "programme.review",
        &[("text", "À poursuivre."), ("finding", "pursue")],
    ),
];

const COMMITMENT: &str = "5f1c90aa5f1c90aa5f1c90aa5f1c90aa:6f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa";

const fn with(opening: Sample) -> [Sample; 26] {
    let [
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
        i,
        j,
        k,
        l,
        m,
        n,
        o,
        p,
        q,
        r,
        s,
        t,
        u,
        v,
        w,
        x,
        y,
    ] = REST;
    [
        opening, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y,
    ]
}

/// Of a programme.
pub(super) static PROGRAMME: [Sample; 26] = with(OPENING);
/// Of the training of imams.
pub(super) static IMAMS: [Sample; 26] = with(OPENING_IMAMS);
