//! What nothing asks, filters, counts or orders by (invariant 9): religion, doctrine, sermons, origin, opinion, nationality, a score of a person.

/// Beginnings of words, in the languages of the pages and of the wire.
const NEVER: [&str; 36] = [
    "belief",
    "birthplace",
    "creed",
    "croyan",
    "culte",
    "dangerosit",
    "dangerousness",
    "doctrin",
    "ethni",
    "faith",
    "muslim",
    "musulman",
    "nationalit",
    "opinion",
    "origine_eth",
    "philosoph",
    "profil",
    "race",
    "racial",
    "relig",
    "risk_score",
    "riskscore",
    "score",
    "sect",
    "sermon",
    "suspicion",
    "tribe",
    "trustworth",
    "الدين",
    "العقيدة",
    "الخطبة",
    "دين",
    "العرق",
    "المذهب",
    "الجنسية",
    "الطائفة",
];

/// Words that begin alike and mean something else: a section, a sector, a dinar.
const ELSE: [&str; 4] = ["section", "secteur", "sector", "دينار"];

/// The first word of a text that nothing may ask; letters in any case, words parted by whatever is no letter.
#[must_use]
pub fn asked(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic() && c != '_');
    let named = |word: &&str| {
        let begins = |list: &[&str]| list.iter().any(|never| word.starts_with(never));
        begins(&NEVER) && !begins(&ELSE)
    };
    let parts = |word: &str| word.split('_').map(str::to_owned).collect::<Vec<_>>();
    let whole = words.clone().find(named).map(str::to_owned);
    let apart = || words.flat_map(parts).find(|part| named(&part.as_str()));
    whole.or_else(apart)
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn what_must_not_be_asked_is_found_and_other_words_are_not() {
        for found in [
            "Religion",
            "by_religion",
            "origine ethnique",
            "Race:",
            "risk_score",
            "الدين",
            "العقيدة",
            "الخطبة",
            "Nationalité",
        ] {
            assert!(asked(found).is_some(), "{found}");
        }
        for fine in [
            "trace",
            "insects",
            "terrace",
            "المدين",
            "section 2",
            "origine du renseignement",
        ] {
            assert_eq!(asked(fine), None, "{fine}");
        }
    }
}
