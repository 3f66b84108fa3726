//! The words of English declarations.

use super::Act;
use super::actors::Words;
use super::clause::{ATTRIBUTION, BARE, INF, Lexicon, REPORTS, RESTATES, Rule, STRICT};
use super::pattern::Fillers;

/// English.
pub(super) static LEXICON: Lexicon = Lexicon {
    actors: ACTORS,
    fillers: Fillers {
        words: &[
            "also", "further", "furthermore", "moreover", "again", "both", "together", "all", "thus", "therefore", "hereby", "have",
            "has", "had", "once", "more", "likewise", "then", "now", "too", "do", "does", "did", "not", "only", "in", "addition", "turn",
            "jointly", "inter", "alia", "themselves", "been", "be", "being", "today", "fully", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "still", "then",
        ],
        endings: &["ly"],
        nouns: &["italy", "family", "supply", "assembly", "july", "apply", "reply", "ally", "early", "friendly", "comply", "anomaly", "rely", "multiply"],
    },
    rules: RULES,
    auxiliary: "have|has|had",
    relatives: &["which", "who", "whose", "whom", "that", "as", "where", "when", "if", "than", "how", "what", "why"],
    not_finite: &[
        "to", "the", "a", "an", "their", "our", "its", "his", "her", "this", "these", "those", "any", "such", "of", "for", "with", "by",
        "in", "on", "at", "from", "through", "under", "no", "some", "other", "into", "shared", "common", "mutual", "strong", "firm", "my",
        "your", "would", "could", "should", "may", "might", "can", "must", "cannot", "'s",
    ],
    that: &["that"],
    openers: &["while", "whereas", "and", "but", "whilst", "noting", "that", "with"],
    done: &[
        "establish*", "creat*", "set", "form", "formed", "launch*", "conven*", "held", "organi*", "sign", "signed", "conclud*", "submit*",
        "present", "presented", "publish*", "exchang*", "shared", "implement*", "review*", "strengthen*", "expand*", "develop*", "appoint*",
        "designat*", "open", "opened", "provid*", "given", "carried", "undertak*", "finali*", "adopt*", "examin*", "assess*", "evaluat*",
        "put", "increas*", "intensif*", "enhanc*", "reinforc*", "improv*", "deepen*", "extend*", "pursu*", "allocat*", "dedicat*", "made",
        "taken", "introduc*", "activat*", "drawn", "prepar*", "report*", "transmit*", "circulat*", "train*", "step*", "scaled", "doubl*",
        "convoked", "monitor*", "coordinat*", "agreed", "renew*", "resum*", "built", "stationed", "deployed", "integrat*", "maintain*",
        "ensur*", "invit*", "tasked", "mandated", "instructed", "completed", "sent", "informed", "notified",
    ],
    powerless: &["remain", "be", "help", "enable", "allow", "benefit", "contribute", "depend", "require", "need", "look", "face", "have", "see"],
    imperatives: IMPERATIVES,
    object_marks: &["to"],
    views: &["importance", "need", "necessity", "relevance", "urgency", "value", "centrality", "usefulness", "significance"],
    towards: &["on", "upon", "to"],
    towards_end: &["to", "that", "for", ",", ";", "."],
};

const ACTORS: Words = Words {
    authors: &[
        "we",
        "they",
        "both|two ?heads ?of sides|countries|parties|governments|nations|presidents|leaders|ministers|delegations|states|partners|capitals|chiefs|monarchs|republics|peoples|administrations|state|government|secretaries|officials|teams|services",
        "the|our|these|participating|signatory|contracting ?two|three|four|five|both sides|parties|presidents|leaders|ministers|delegations|participants|signatories|secretaries",
        "our|the|participating|signatory two|three|four|five|six|seven countries|governments|nations|states|administrations|institutions",
        "our countries|governments|nations|administrations",
        "participating|signatory countries|states|governments|parties",
        "the governments",
        "each|either party|side|country|government|state|participant",
        "?the heads of state|government|delegation ?and|or ?of ?government",
        "both",
        "the contracting parties",
    ],
    bodies: &[
        "?the|a ?new ?joint|bilateral|mixed|standing|permanent|binational|technical working group|party|groups|parties",
        "?the|a ?new joint|mixed|bilateral|steering|coordination|follow-up|monitoring|standing|high-level|permanent|binational|ad committee|commission|council|group|mechanism|team|teams|dialogue|task|secretariat|unit|centre|center|platform|taskforce|hoc",
        "?the ?competent|relevant|respective|cabinet|sub-cabinet|senior|technical|law|national|security ?security|intelligence|police|customs|border|judicial|enforcement officials|experts|authorities|agencies|services|teams|departments|ministries|officers|investigators|prosecutors|representatives|coordinators|institutions|units|focal",
        "?their|our ?competent|respective|relevant|law officials|experts|authorities|agencies|services|teams|departments|ministries|enforcement|representatives",
        "the committee|commission|secretariat|taskforce|dialogue|council",
        "the task force",
    ],
    thirds: &[
        "?the international community|partners|organizations|organisations|donors|institutions",
        "all|other|third|neighbouring|neighboring|regional|african|european|arab|allied|member|every ?other states|countries|partners|nations|parties|allies|actors|stakeholders|state|country|concerned",
        "?the private sector", "civil society", "?the partners|allies|authorities of", "those who|states|countries|responsible",
        "no one", "everyone", "anyone", "?the people|peoples|citizens", "european partners|allies",
    ],
    it: &["it", "he", "she"],
    roles: &[
        "side", "delegation", "government", "president", "minister", "secretary", "authorities", "party", "king", "kingdom", "republic",
        "chancellor", "head", "heads", "ministers", "chief", "director", "administration", "parliament",
    ],
    and: &["and", "&", "/", "as", "well"],
    articles: &["the", "of", "republic", "kingdom", "state", "both", "on", "behalf", "government", "governments", "people's", "co-operative", "cooperative", "federal", "plurinational", "prime", "vice", "deputy", "foreign", "interior", "his", "her", "majesty", "excellency"],
    of: &["of", "for", "from", "in", "between", "by", "among", "with", "'s", "'", "to", "on", "at"],
};

const RULES: &[Rule] = &[
    Rule {
        act: Act::Commits,
        flags: INF,
        patterns: &[
            "agree|agrees|agreed ~ to|on|upon|that",
            "agree|agrees|agreed the|a|as|following",
            "agreement was|is reached on|to|that",
            "reached|reach agreement|consensus on|to",
            "commit|commits|committed ?ourselves|themselves|itself ~ to",
            "are|is|were|was|am ~ committed ~ to",
            "are|is|were|was ~ determined|resolved|prepared|ready|willing ~ to",
            "stand|stands ~ ready to",
            "are|is going to",
            "agree|agrees|agreed :",
            "pledge|pledges|pledged|vow|vows|vowed|promise|promises|promised|undertake|undertakes|undertook|undertaken ~ to|that",
            "intend|intends|intended ~ to",
            "resolve|resolves|resolved|decide|decides|decided ~ to|on|upon|that",
            "determined|resolved to",
            "strive|strives|endeavor|endeavors|endeavour|endeavours ~ to",
            "have|has made|make|makes|made ?a ?firm ?joint commitment|commitments ~ to",
            "assume|assumed|undertake|undertook the|an obligation|commitment to",
        ],
    },
    Rule {
        act: Act::Commits,
        flags: STRICT | INF,
        patterns: &[
            "plan|plans|planned|aim|aims|aimed|seek|seeks|sought|propose|proposes|proposed|wish|wishes|wished|expect|desire|desires ~ to",
            "commit|commits|pledge|pledges|pledged|undertake|promise|promises",
            "has|have ~ committed",
            "affirm|affirms|affirmed|express|expresses|expressed|declare|declares|declared|confirm|confirms|confirmed|stated|share|shares|shared|voice|voiced|announce|announced|announces|indicated|signalled|manifested|convey|conveyed|have|demonstrated <5> commitment|commitments|determination|intention|intent|resolve|readiness|willingness|will <2> to",
            "announce|announces|announced <6> creation|launch|establishment|plans|intention|decision|opening|setting|resumption|deployment",
            "announce|announces|announced ?a|an|new|the joint|new",
            "?have|has ~ instruct|instructs|instructed|tasked|task|tasks|charged|charge|directed|direct|mandated|mandate|entrusted|entrust|empowered <8> to|with",
            "establish|establishes|launch|launches|create|creates|institute ~ a|an|the|new",
            "are|is launching|establishing|creating|expanding|increasing|stepping|strengthening",
            "dedicate|allocate|allocates|set aside|themselves|the|a",
        ],
    },
    Rule {
        act: Act::Reaffirms,
        flags: RESTATES | INF,
        patterns: &[
            "reaffirm|reaffirms|reaffirmed|re-affirm*|reiterate|reiterates|reiterated|renew|renews|renewed|restate|restates|restated|recall|recalls|recalled|confirm|confirmed|repeat|repeated <6> commitment|commitments|determination|will|willingness|resolve|intention|intent|readiness|pledge|pledges|engagement|dedication",
            "stress|stresses|stressed|underline|underlines|underlined|underscore|underscores|underscored|emphasize|emphasise|emphasized|emphasised|emphasizes|emphasises|highlight|highlights|highlighted their|our|its|the <3> commitment|determination|resolve|willingness|readiness|will|intention",
            "recommit|recommits|recommitted|re-commit*",
            "remain|remains|remained ~ committed|determined|resolved|dedicated ~ to",
        ],
    },
    Rule {
        act: Act::Reaffirms,
        flags: STRICT,
        patterns: &["reaffirm|reaffirms|reaffirmed|reiterate|reiterates|reiterated|re-affirm*|renew|renews|renewed|restate|restated"],
    },
    Rule {
        act: Act::StudiesTowards,
        flags: STRICT | INF | BARE,
        patterns: &[
            "will|shall ~ study|examine|explore|consider|assess|investigate <4> possibility|possibilities|feasibility|opportunity|options|modalities|prospect",
            "?are|is study|studies|studied|studying|examine|examines|examined|examining|explore|explores|explored|exploring|consider|considering|considered|assess|assessing|investigating <6> possibility|possibilities|ways|means|options|option|feasibility|how|scope|opportunities|opportunity|modalities|creation|establishment|prospect|prospects|conclusion|signing|agreement|memorandum|arrangement",
            "?are|is work|works|worked|working ~ toward|towards|on <6> agreement|arrangement|memorandum|treaty|convention|conclusion|conclude|concluding|signing|signature|protocol|accord|arrangements",
            "?are|is negotiate|negotiating|negotiated|drafting|finalising|finalizing|preparing ~ a|an|the",
            "?have|has opened|started|begun|begin|open ?exploratory negotiations|talks on|for|towards|with",
        ],
    },
    Rule {
        act: Act::IsConcerned,
        flags: STRICT,
        patterns: &[
            "express|expresses|expressed|voice|voices|voiced|share|shares|shared|reiterate|reiterated|convey|conveyed|reaffirmed <6> concern|concerns|alarm|worry|anxiety|dismay",
            "is|are|were|was|remain|remains|remained ~ concerned|alarmed|worried|preoccupied|troubled|dismayed",
            "deplore|deplores|deplored|regret|regrets|regretted|lament|lamented",
        ],
    },
    Rule {
        act: Act::Condemns,
        flags: STRICT,
        patterns: &[
            "condemn|condemns|condemned|denounce|denounces|denounced|reject|rejects|rejected|abhor",
            "express|expressed|reiterate|reiterated|reaffirm|reaffirmed <6> condemnation|rejection",
        ],
    },
    Rule {
        act: Act::Supports,
        flags: STRICT | BARE,
        patterns: &[
            "support|supports|supported|back|backs|backed|endorse|endorses|endorsed",
            "continue|continues ~ to support",
            "stand|stands|stood with|by",
        ],
    },
    Rule {
        act: Act::Supports,
        flags: STRICT,
        patterns: &[
            "express|expresses|expressed|reaffirm|reaffirms|reaffirmed|reiterate|reiterates|reiterated|affirm|affirms|affirmed|renew|renewed|voice|voiced|restated|underlined|stressed|confirmed <5> support|solidarity|backing",
        ],
    },
    Rule {
        act: Act::Welcomes,
        flags: STRICT,
        patterns: &[
            "welcome|welcomes|welcomed|commend|commends|commended|applaud|applauds|applauded|salute|salutes|saluted|hail|hails|hailed|praise|praises|praised|appreciate|appreciates|appreciated|congratulate*|thank|thanks|thanked|celebrate|celebrated|celebrates",
            "pay|paid|pays tribute",
            "express|expresses|expressed <6> appreciation|satisfaction|gratitude|thanks|congratulations|pride|pleasure",
            "take|takes|took|note with satisfaction|appreciation",
            "took|take note with satisfaction|appreciation",
            "are|is|were ~ pleased|proud|grateful|encouraged|gratified|satisfied",
        ],
    },
    Rule {
        act: Act::CallsOn,
        flags: INF,
        patterns: &["call|calls|called ~ on|upon", "appeal|appeals|appealed ~ to", "launch|launched|issue|issued|make|made an appeal|call to|for"],
    },
    Rule {
        act: Act::CallsOn,
        flags: STRICT | INF,
        patterns: &["call|calls|called ~ for", "urge|urges|urged|request|requests|requested|exhort*|demand|demands|demanded|ask|asks|asked|implore"],
    },
    Rule { act: Act::CallsOn, flags: STRICT | BARE | INF, patterns: &["encourage|encourages|encouraged|invite|invites|invited"] },
    Rule {
        act: Act::DecidesProcedural,
        flags: STRICT,
        patterns: &[
            "adopt|adopts|adopted|make|makes|made|issue|issues|issued|sign|signed|initialled ~ this|the|present <2> declaration|statement|communique|agenda|minutes",
            "?will|shall enter|enters|entered into force",
            "?will|shall remain|remains in force",
            "sign|signed|initialled|concluded <4> agreement|agreements|memorandum|protocol|arrangement|convention|treaty|memoranda",
            "elect|elected|appointed|appoint",
        ],
    },
    Rule {
        act: Act::Notes,
        flags: STRICT | REPORTS,
        patterns: &[
            "note|notes|noted|announce|announced|announces|confirm|confirms|confirmed|recall|recalled|recalls|said|say|stated|declared|indicated",
        ],
    },
    Rule {
        act: Act::Notes,
        flags: STRICT | BARE,
        patterns: &[
            "recognize|recognise|recognizes|recognises|recognized|recognised|acknowledge|acknowledges|acknowledged|value|values|valued|address|respect|consider|considers|considered|discuss|discusses|discussed|review|reviews|reviewed|share|shares|shared|examined|embrace|embraces|understand|highlight|highlights|highlighted|heed",
            "underline|underlines|underlined|underscore|underscores|underscored|stress|stresses|stressed|emphasize|emphasise|emphasizes|emphasises|emphasized|emphasised",
        ],
    },
    Rule {
        act: Act::Notes,
        flags: STRICT,
        patterns: &[
            "affirm|affirms|affirmed|believe|believes|believed|concur|concurs|concurred|reject|agree|agreed|agrees with|about",
            "exchange|exchanged|held views|talks|discussions|consultations",
            "look|looks|looked forward to",
            "?will look forward to",
            "need|needs|needed ~ to",
            "met|meet",
        ],
    },
    Rule {
        act: Act::Notes,
        flags: ATTRIBUTION,
        patterns: &[
            "according to the|a joint|statement|communique|declaration|final|source|same|press",
            "the|a ?joint|same|final|press statement|communique|source|declaration|release|text said|says|added|adds|reads|stated|indicates|concluded",
            "reads|said the ?joint|same|final|press statement|communique|source|declaration|release",
        ],
    },
];

const IMPERATIVES: &[&str] = &[
    "accelerate", "achieve", "act", "adapt", "address", "adopt", "advance", "align", "allocate", "allow", "appoint", "apply", "arrange",
    "assess", "assist", "associate", "attend", "boost", "bring", "broaden", "build", "carry", "certify", "circulate", "close", "collaborate", "combat",
    "complete", "conclude", "conduct", "connect", "consider", "consolidate", "consult", "continue", "contribute", "convene", "cooperate", "coordinate",
    "counter", "create", "deepen", "define", "deliver", "deny", "deploy", "deter", "designate", "detect", "determine", "develop", "devise", "digitise",
    "digitize", "disclose", "dismantle", "disrupt", "disseminate", "double", "draft", "draw", "eliminate", "elaborate", "enable", "encourage", "end", "enforce",
    "engage", "enhance", "ensure", "equip", "eradicate", "establish", "evaluate", "examine", "exchange", "execute", "expand", "expedite", "explore",
    "extend", "facilitate", "fight", "finalise", "finalize", "finance", "follow", "foster", "freeze", "fulfil", "fulfill", "fund", "further", "give", "grant",
    "guarantee", "harmonise", "harmonize", "help", "hold", "host", "identify", "implement", "improve", "include", "increase", "inform", "initiate", "integrate",
    "intensify", "introduce", "invest", "investigate", "invite", "join", "keep", "launch", "leverage", "limit", "link", "lower", "maintain", "make",
    "manage", "map", "maximise", "maximize", "measure", "meet", "mobilise", "mobilize", "modernise", "modernize", "monitor", "multiply", "negotiate", "notify",
    "offer", "open", "operate", "organise", "organize", "oversee", "participate", "pilot", "plan", "prepare", "present", "preserve", "prevent", "prioritise",
    "prioritize", "professionalize", "promote", "propose", "prosecute", "protect", "provide", "publish", "pursue", "put", "raise", "ratify", "reach", "recover", "reduce",
    "reinforce", "renew", "repatriate", "report", "rescue", "resolve", "respond", "restore", "resume", "return", "review", "revise", "run", "safeguard", "scale", "secure",
    "seek", "seize", "send", "set", "share", "sign", "simplify", "speed", "stand", "start", "step", "stop", "streamline", "strengthen", "study",
    "submit", "support", "sustain", "tackle", "take", "target", "trace", "track", "train", "transfer", "transmit", "translate", "treat", "undertake", "update", "upgrade",
    "use", "verify", "widen", "work", "convoke", "convey", "respect", "reform", "rehabilitate", "reintegrate", "uphold", "welcome",
];
