//! The words of French declarations. Words are compared without accents, except `à`.

use super::Act;
use super::actors::Words;
use super::clause::{ATTRIBUTION, AUX, INF, Lexicon, REPORTS, RESTATES, Rule, STRICT};
use super::pattern::Fillers;

/// French.
pub(super) static LEXICON: Lexicon = Lexicon {
    actors: ACTORS,
    fillers: Fillers {
        words: &[
            "aussi", "egalement", "ainsi", "par", "ailleurs", "en", "outre", "tous", "toutes", "deux", "plus", "bien", "toujours", "encore", "ete",
            "d'", "autre", "part", "de", "meme", "notamment", "enfin", "donc", "alors", "mutuellement", "ensemble", "ne", "pas", "tout",
            "particulier", "se", "s'", "nous", "leur", "lui", "a", "ont", "avons", "sont", "est", "sommes", "soient", "quant", "elles", "eux", "des",
            "lors", "desormais", "hautement", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "hier", "aujourd", "hui", "fort", "tres", "conjointement",
        ],
        endings: &["ment"],
        nouns: &[
            "gouvernement", "parlement", "developpement", "renforcement", "financement", "demantelement", "blanchiment", "engagement", "lancement", "departement", "reglement", "mouvement",
            "evenement", "etablissement", "traitement", "enseignement", "environnement", "fonctionnement", "changement", "armement", "recrutement", "investissement", "logement", "document",
            "moment", "element", "instrument", "argument", "sentiment", "batiment", "complement", "supplement", "amenagement", "retablissement", "accompagnement", "encadrement",
            "perfectionnement", "elargissement", "approfondissement", "paiement", "jugement", "accroissement", "desarmement", "regroupement", "commencement", "rapprochement", "detachement",
            "fondement", "equipement", "deploiement", "placement", "deplacement", "raisonnement", "comportement", "testament", "medicament", "ciment", "segment", "rayonnement",
        ],
    },
    rules: RULES,
    auxiliary: "a|ont|avons|avaient|avait|aura|auront|ayant",
    relatives: &["qui", "que", "qu'", "dont", "ou", "lequel", "laquelle", "lesquels", "lesquelles", "comme", "auquel", "auxquels", "si", "quand"],
    not_finite: &[
        "de", "d'", "à", "pour", "le", "la", "les", "l'", "un", "une", "des", "leur", "leurs", "son", "sa", "ses", "notre", "nos", "ce", "cet", "cette",
        "ces", "du", "au", "aux", "sans", "par", "en", "tout", "toute", "afin", "il", "sur", "avec", "dans",
    ],
    that: &["que", "qu'"],
    openers: &["et", "mais", "tandis", "alors", "que", "qu'", "notant", "qui", "ainsi", "puis", "avant", "soulignant", "rappelant", "precisant", "ajoutant", "relevant", "indiquant"],
    done: &[
        "cre*", "mis", "mise", "mises", "etabli*", "constitu*", "instaur*", "institu*", "lanc*", "organis*", "tenu", "tenue", "tenues", "tenus", "convoqu*",
        "sign*", "conclu", "conclue", "conclus", "conclues", "remis", "remise", "soumis*", "present*", "publi*", "echang*", "partag*", "appliqu*",
        "renforc*", "elargi*", "developp*", "design*", "nomm*", "ouvert*", "fourni*", "men", "mene", "menee", "menees", "menes", "finalis*", "adopt*",
        "examin*", "evalu*", "intensifi*", "accru*", "amelior*", "approfondi*", "etendu*", "poursuivi*", "consacr*", "prise", "prises", "pris", "activ*",
        "elabor*", "prepar*", "transmis*", "form", "formes", "formees", "double*", "suivi", "suivie", "suivies", "coordonn*", "renouvel*", "repris*",
        "deploy*", "maintenu*", "assur*", "charg*", "invit*", "realis*", "communiqu*", "redig*", "envoy*", "informe*", "dresse*", "confie*", "fix*", "reuni*",
        "effectu*", "etudi*", "mobilis*", "accord*", "associe*", "represent*", "arrete*",
    ],
    powerless: &["pourr*", "permettr*", "faudr*", "sera", "seront", "serons", "conviendr*", "contribuer*", "aura", "auront", "aurons", "aidera", "beneficier*", "dependr*", "resteront", "restera", "demeurer*"],
    imperatives: &[],
    object_marks: &["de", "d'", "à"],
    views: &["importance", "necessite", "urgence", "interet", "pertinence", "utilite", "besoin"],
    towards: &["à", "au", "aux", "l'", "les", "la", "le"],
    towards_end: &["à", "de", "d'", "pour", ",", ";", ".", "afin"],
};

const ACTORS: Words = Words {
    authors: &[
        "nous",
        "ils",
        "elles",
        "les|nos|ces|leurs deux|trois|quatre|cinq|six|sept <1> pays|parties|gouvernements|ministres|presidents|etats|delegations|dirigeants|capitales|responsables|cotes|nations|royaumes|republiques|chefs|partenaires|institutions|peuples|homologues|souverains|hommes|services|secretaires|administrations|polices",
        "les parties ?contractantes|signataires",
        "les ministres|presidents|participants|delegations|signataires|dirigeants|gouvernements",
        "les etats|pays signataires|participants|parties",
        "les chefs d' etat ?et ?de ?gouvernement",
        "les chefs de|des gouvernement|gouvernements|delegation|delegations",
        "chaque|toute partie|pays|etat|gouvernement",
        "chacune|chacun des ?deux parties|pays|etats",
        "nos pays|gouvernements|etats|deux",
        "l' un et l' autre",
        "l' une et l' autre",
        "les uns et les autres",
        "tous deux",
        "de part et d' autre",
    ],
    bodies: &[
        "le|un|ce|les|des groupe|groupes de|d' travail|experts|contact|suivi|haut",
        "le|un|ce|la|une|cette comite|commission|conseil|mecanisme|secretariat|equipe|forum|cellule|dialogue|plateforme|centre|unite ~ ?conjoint|conjointe|mixte|bilateral|bilaterale|permanent|permanente|commun|commune|technique|de ?pilotage|suivi",
        "les|leurs|nos|des ?hauts services|experts|autorites|administrations|ministeres|agences|forces|polices|douanes|responsables|fonctionnaires|magistrats|enqueteurs|equipes|officiers|policiers|points|representants ?focaux ?competents|competentes|respectifs|respectives|specialises|specialisees|de|concernes|concernees ?securite|police|renseignement",
        "des|les equipes communes|conjointes ?d'|enquete",
    ],
    thirds: &[
        "la communaute internationale",
        "les|ses|leurs|d'|des|aux|tous|toutes|autres ?les|autres partenaires|autres|pays|etats|allies|acteurs|bailleurs|organisations|institutions ?partenaires|tiers|voisins|membres|concernes|riverains|africains|europeens|arabes|internationaux|internationales|du|de ?sud|nord|region",
        "l'|d' ensemble|tous des|les <2> acteurs|etats|pays|parties|partenaires",
        "le secteur prive",
        "la societe civile",
        "nul|chacun",
        "toute|chaque personne",
        "tout|chaque individu",
        "ceux qui",
    ],
    it: &["il", "elle", "celui-ci", "celle-ci", "ce dernier", "cette derniere"],
    roles: &[
        "partie", "cote", "delegation", "gouvernement", "president", "ministre", "roi", "royaume", "republique", "chancelier", "autorites", "chef", "chefs",
        "secretaire", "presidente", "ministres", "directeur", "parlement", "premier",
    ],
    and: &["et", "&", "/", "ainsi", "que"],
    articles: &["le", "la", "les", "l'", "du", "de", "d'", "des", "royaume", "republique", "gouvernement", "premier", "son", "homologue", "vice", "sa", "majeste"],
    of: &["de", "du", "des", "d'", "en", "entre", "par", "avec", "pour", "aux", "au", "à", "dans", "sur", "chez", "vers"],
};

const RULES: &[Rule] = &[
    Rule {
        act: Act::Commits,
        flags: INF | AUX,
        patterns: &[
            "convenu ~ de|d'|que|qu'|du|des|à|:",
            "convenu|decide ce qui suit",
            "decide|arrete ~ :",
            "promis ~ de|d'",
            "fixe <2> pour objectif|but|ambition",
            "opte pour",
            "decide ~ de|d'|que|qu'|la|le|les|l'|un|une",
            "resolu de|d'",
            "choisi de|d'",
            "pris <3> engagement|engagements ~ de|d'",
            "donne <4> accord pour|à|au",
            "pour|comme|l'|intention|objectif|ambition|but ?objectif|ambition|but|intention ~ de|d'",
            "exprime|affirme|marque|manifeste|declare|indique|confirme|partage|temoigne|signifie|montre|annonce <4> volonte|determination|intention|engagement|disponibilite|disposition|resolution <3> de|d'|à",
            "fait part de <4> volonte|determination|intention|engagement|disponibilite|disposition",
            "annonce <5> creation|lancement|mise|ouverture|intention|decision|reprise|deploiement|tenue",
            "charge|mandate|instruit <8> de|d'",
            "demande|donne à|aux ?leurs|instruction|instructions|mission|mandat",
            "accepte de|d'",
            "prevu de|d'",
        ],
    },
    Rule {
        act: Act::Commits,
        flags: INF,
        patterns: &[
            "sont|est|sommes|etaient|etait|etant|soient ~ convenu|convenus|convenue|convenues ~ de|d'|que|qu'|des|du|à|:",
            "conviennent|convenons ~ de|d'|que|qu'|des|du|:",
            "il a|est ?ete ~ convenu|decide ~ de|d'|que|qu'|:",
            "sont|est|sommes ~ tombe|tombes|tombees d' accord",
            "promettent|promettons|obligent|engagent ~ de|d'|à",
            "vont|allons",
            "se|nous ?sont|sommes|est ~ mettent|mettons|mis|mettent d' accord ~ sur|pour|afin",
            "s'|se|nous ?sont|sommes|est ~ @accord ~ sur|pour|à",
            "s'|se|nous ?sont|sommes|est|etaient ~ @engag ~ à|en|dans|pour|sur|au|d'",
            "s'|nous engagent|engageons|engage",
            "ont|avons|a ?pour ?l' intention de|d'",
            "prennent|prend|prenons <3> engagement|engagements ~ de|d'",
            "decident|decidons ~ de|d'|que|qu'|la|le|les|l'|un|une",
            "sont|est|sommes|etaient|se|disent|declarent ~ determine|determines|determinee|determinees|resolu|resolus|resolue|resolues|decides|prets|prete|pret|disposes|dispose|engages|engagees ~ à",
            "se|s' sont|est|disent|declarent|declare|dit ~ ?dits|declares|dit|declare|dite|declaree|disent ~ determine|determines|determinee|resolu|resolus|resolue|pret|prets|prete|dispose|disposes|disposee|favorable ~ à",
            "entendent|entendons",
        ],
    },
    Rule {
        act: Act::Commits,
        flags: INF | STRICT,
        patterns: &[
            "decide|convient ~ de|d'|que|qu'|la|le|les|l'|un|une",
            "entend",
            "va",
            "prevoient|prevoit|prevoyons|projettent|projette|projetons|ambitionnent|proposent|proposons|acceptent|acceptons|choisissent ~ de|d'",
            "comptent|comptons|souhaitent|souhaitons|souhaite|desirent|veulent|voulons",
            "cherchent|cherche|cherchons|visent|veillent|veillons|veille|oeuvrent|oeuvrons ~ à",
            "s'|nous|se ~ emploient|employons|emploie|efforcent|efforcons|efforce|attachent|attachons|attache|evertuent|engagent ~ à|de|d'",
            "expriment|exprime|exprimons|affirment|affirme|affirmons|partagent|partageons|confirment|confirmons|marquent|manifestent|declarent|annoncent|annoncons <4> volonte|determination|intention|engagement|disponibilite|disposition|resolution <3> de|d'|à",
            "annoncent|annonce|annoncons <5> creation|lancement|mise|ouverture|intention|decision|reprise|deploiement|tenue",
            "chargent|charge|chargeons|mandatent <8> de|d'",
            "donnent|donnons instruction|instructions|mission|mandat",
            "lancent|lancons|creent|creons|instituent|mettent|mettons|etablissent ~ un|une|le|la|en|sur",
        ],
    },
    Rule {
        act: Act::Reaffirms,
        flags: RESTATES | INF | AUX,
        patterns: &[
            "reaffirme|reitere|renouvele|rappele|confirme|souligne|redit|rappelle|reconfirme|insiste <5> engagement|engagements|volonte|determination|resolution|disposition|disponibilite|intention|ambition",
            "reaffirme|reitere vouloir",
        ],
    },
    Rule {
        act: Act::Reaffirms,
        flags: RESTATES | INF,
        patterns: &[
            "reaffirment|reaffirme|reaffirmons|reiterent|reitere|reiterons|renouvellent|renouvelons|renouvelle|rappellent|rappelons|soulignent|redisent|confirment <5> engagement|engagements|volonte|determination|resolution|disposition|disponibilite|intention|ambition",
            "restent|demeurent|restons|demeurons|reste|demeure ~ determine*|resolu*|engage*|mobilise*|attaches|decides ~ à",
        ],
    },
    Rule { act: Act::Reaffirms, flags: AUX, patterns: &["reaffirme|reitere|renouvele|redit"] },
    Rule { act: Act::Reaffirms, flags: STRICT, patterns: &["reaffirment|reaffirme|reaffirmons|reaffirmant|reiterent|reitere|reiterons|reiterant|renouvellent|redisent"] },
    Rule {
        act: Act::StudiesTowards,
        flags: INF | AUX,
        patterns: &[
            "etudie|examine|explore|envisage <4> possibilite|possibilites|moyens|moyen|modalites|opportunite|voies|faisabilite|pistes|perspectives|perspective|conclusion|signature|creation|options|projet",
            "entame|engage|ouvert|lance <3> negociation|negociations|pourparlers|reflexion|discussions",
        ],
    },
    Rule {
        act: Act::StudiesTowards,
        flags: INF | STRICT,
        patterns: &[
            "etudient|etudie|etudions|etudieront|etudierons|examinent|examine|examinons|examineront|examinerons|explorent|explorons|explore|exploreront|explorerons <4> possibilite|possibilites|moyens|moyen|modalites|opportunite|voies|faisabilite|pistes|perspectives|perspective|conclusion|signature|creation|options|projet",
            "etudient|etudions|envisagent|envisageons|envisage|negocient|negocions",
            "travaillent|travaillons ~ à|sur <3> accord|projet|convention|protocole|conclusion|signature|elaboration",
            "reflechissent|reflechissons ~ à|aux|sur",
        ],
    },
    Rule {
        act: Act::IsConcerned,
        flags: AUX,
        patterns: &["exprime|fait|manifeste|partage|reitere|marque|dit <6> preoccupation|preoccupations|inquietude|inquietudes|consternation|indignation", "deplore|regrette"],
    },
    Rule {
        act: Act::IsConcerned,
        flags: STRICT,
        patterns: &[
            "expriment|exprime|exprimons|partagent|partageons|manifestent|reiterent|marquent <5> preoccupation|preoccupations|inquietude|inquietudes|consternation",
            "?se ?sont|est|disent|declarent|dits|declares|declare|dit|sommes|restent|demeurent|nous|disons ~ ?disent|declarent|declares|dits|dit|declare ~ preoccupe|preoccupes|preoccupee|preoccupees|inquiet|inquiets|inquietes|alarmes|alarme|consternes",
            "deplorent|deplore|deplorons|regrettent|regrette|regrettons|s' inquietent|alarment",
        ],
    },
    Rule { act: Act::Condemns, flags: AUX, patterns: &["condamne|denonce|rejete|reprouve", "exprime|reitere|reaffirme <5> condamnation|rejet"] },
    Rule {
        act: Act::Condemns,
        flags: STRICT,
        patterns: &[
            "condamnent|condamne|condamnons|condamnant|denoncent|denonce|denoncons|rejettent|rejette|rejetons|reprouvent",
            "expriment|reiterent|reaffirment|exprime <5> condamnation|rejet",
        ],
    },
    Rule {
        act: Act::Supports,
        flags: AUX,
        patterns: &[
            "soutenu|appuye|approuve|endosse",
            "exprime|reaffirme|reitere|apporte|affirme|renouvele|redit|manifeste|marque|souligne|rappele|assure|confirme <6> soutien|appui|solidarite",
        ],
    },
    Rule {
        act: Act::Supports,
        flags: STRICT,
        patterns: &[
            "soutiennent|soutient|soutenons|appuient|appuie|appuyons|approuvent|approuvons",
            "continuent|continuons ~ à|de soutenir|appuyer",
            "expriment|exprime|exprimons|reaffirment|reaffirme|reaffirmons|reiterent|apportent|affirment|renouvellent|redisent|soulignent|rappellent|confirment <6> soutien|appui|solidarite",
        ],
    },
    Rule {
        act: Act::Welcomes,
        flags: AUX,
        patterns: &[
            "salue|loue|accueilli|felicite|remercie|applaudi|apprecie",
            "rendu hommage", "rendu un ~ hommage",
            "exprime|fait|manifeste|marque <5> satisfaction|gratitude|reconnaissance|remerciements|appreciation",
            "pris note avec satisfaction",
        ],
    },
    Rule {
        act: Act::Welcomes,
        flags: STRICT,
        patterns: &[
            "saluent|salue|saluons|saluant|louent|accueillent|accueillons|felicitent|remercient|remercie|remercions|applaudissent|applaudissons|apprecient|apprecions|appreciant",
            "se|nous ?sont|est|sommes ~ @felicit",
            "se|nous ?sont|est|sommes ~ rejouissent|rejouis|rejouit|rejouissons",
            "rendent|rendons ~ ?un hommage",
            "expriment|exprime|exprimons|marquent <5> satisfaction|gratitude|reconnaissance|remerciements|appreciation",
            "prennent|prenons note avec satisfaction",
        ],
    },
    Rule {
        act: Act::CallsOn,
        flags: AUX | INF,
        patterns: &["appele|exhorte|invite|encourage|incite|presse|engage|enjoint|sollicite", "lance|adresse <3> appel", "demande à|aux|au|que", "insiste aupres"],
    },
    Rule {
        act: Act::CallsOn,
        flags: STRICT | INF,
        patterns: &[
            "appellent|appelle|appelons|exhortent|exhorte|exhortons|invitent|invite|invitons|encouragent|encourageons|encourage|incitent|pressent|enjoignent|sollicitent",
            "lancent|lancons|adressent <3> appel",
            "demandent|demande|demandons ~ à|aux|au|que|qu'",
            "en|lance|font appellent|appel",
        ],
    },
    Rule {
        act: Act::DecidesProcedural,
        flags: AUX,
        patterns: &[
            "adopte|fait|approuve <2> declaration|communique|ordre|presente|texte",
            "signe|paraphe <4> accord|accords|convention|conventions|memorandum|protocole|arrangement|declaration|traite|instruments",
            "elu|designe",
        ],
    },
    Rule {
        act: Act::DecidesProcedural,
        flags: 0,
        patterns: &[
            "?entrera|entre|entreront en vigueur ?le|à|apres|des",
            "adoptent|faisons|adoptons|approuvent ~ la|le|cette presente|declaration|communique",
            "signent|signons <4> accord|accords|convention|memorandum|protocole|arrangement",
            "demeurera|restera|demeure en vigueur",
        ],
    },
    Rule {
        act: Act::Notes,
        flags: AUX | REPORTS,
        patterns: &["note|annonce|confirme|rappele|indique|declare|precise|ajoute|releve|souligne|constate|affirme|informe"],
    },
    Rule {
        act: Act::Notes,
        flags: STRICT | REPORTS,
        patterns: &["notent|note|notons|annoncent|confirment|rappellent|rappelle|rappelons|indiquent|precisent|relevent|constatent|constatons|soulignent|souligne|soulignons|affirment|affirmons|notant|rappelant|soulignant"],
    },
    Rule {
        act: Act::Notes,
        flags: AUX,
        patterns: &["reconnu|insiste|considere|estime|evoque|examine|partage|passe|procede|echange|discute|aborde|mis|fait|pris", "souhaite que|la|le"],
    },
    Rule {
        act: Act::Notes,
        flags: STRICT,
        patterns: &[
            "reconnaissent|reconnait|reconnaissons|insistent|insiste|insistons|considerent|considerons|estiment|estimons|partagent|partageons|accordent|accordons|mesurent|croient|croyons",
            "s'|se ?sont entretiennent|entretenus|reunis|rencontres|rejouissent",
            "nous|s' y @engag",
            "il convient|conviendra|conviendrait|importe|faut|faudra",
            "prennent|prenons|prend note|acte",
            "souhaitent|souhaite|souhaitons que|qu'",
        ],
    },
    Rule {
        act: Act::Notes,
        flags: ATTRIBUTION,
        patterns: &[
            "lit-on|a-t-on|ajoute-t-on|precise-t-on|indique-t-on|souligne-t-on|releve-t-on|apprend-on|rappelle-t-on",
            "ajoute|ajoutent|precise|precisent|indique|indiquent|souligne|soulignent|rapporte|conclut|poursuit|releve ~ la|le|ce|cette|l'|les meme|source|texte|document|communique|declaration|agence|deux",
            "selon|d'|apres ?apres le|la|un|une communique|declaration|meme|source|texte|document",
        ],
    },
];
