//! A filled form of every type, for tests and for whoever reads the definitions.

use crate::kind::Sample;

/// Of every type.
pub(super) static ALL: [Sample; 12] = [
    (
        "lesson.open",
        &[
            ("title", "Retours dans les enquêtes communes"),
            ("theme", "feedback"),
            ("subject", "Ce qui retarde les retours et ce qui les hâte."),
        ],
    ),
    (
        "lesson.observation",
        &[
            ("title", "Réponses sans suite dite"),
            (
                "observed",
                "Une réponse sur trois restait sans retour au bout de six mois.",
            ),
            ("context", "Demandes de renseignements de l’année."),
            ("matters", "Qui répond ne sait pas ce qui sert."),
        ],
    ),
    (
        "lesson.own_observation",
        &[
            ("title", "Pièces illisibles"),
            (
                "observed",
                "Des pièces numérisées ont dû être demandées deux fois.",
            ),
            ("context", "Envois de pièces au printemps."),
            ("matters", "Deux semaines perdues à chaque fois."),
            ("due", "2030-03-01"),
        ],
    ),
    (
        "lesson.identified",
        &[
            ("title", "Le retour se demande à l’ouverture"),
            ("root_cause", "Personne n’est désigné pour le retour."),
            (
                "remedy",
                "Nommer à l’ouverture la fonction qui fait le retour.",
            ),
            ("owner", "les deux services de liaison"),
        ],
    ),
    (
        "lesson.rejected",
        &[("ground", "known"), ("text", "Déjà traité l’an dernier.")],
    ),
    ("lesson.endorse", &[("text", "Partagé.")]),
    ("lesson.not_endorsed", &[("text", "La cause est ailleurs.")]),
    (
        "lesson.action",
        &[
            (
                "text",
                "Une fonction nommée dans chaque ouverture, trois mois.",
            ),
            ("owner", "service de liaison"),
            ("due", "2030-06-30"),
        ],
    ),
    (
        "lesson.entrust",
        &[
            (
                "text",
                "Une fonction nommée dans chaque ouverture, trois mois.",
            ),
            ("owner", "service de liaison"),
            ("due", "2030-06-30"),
        ],
    ),
    (
        "lesson.report",
        &[
            ("result", "worked"),
            ("changed", "Neuf retours sur dix dans les temps."),
        ],
    ),
    (
        "lesson.learned",
        &[(
            "changed",
            "Toute ouverture nomme la fonction qui fait le retour.",
        )],
    ),
    ("lesson.noted", &[("text", "Effet trop faible.")]),
];
