//! What an originator requires of whoever receives is a condition that obliges them (DESIGN section 7): it is written as the H3 text of
//! the entry, which an officer of the recipient's reads and confirms, under signature and for both sides to keep, before anything of the
//! content is shown. No version that knows H3 needs to know more. The text is in the language of the entry; whoever reads another one is
//! told by the codes, which bind.

use crate::error::{AppError, Result};
use crate::{App, Recording};
use entente_core::field::{Bind, Field, FieldType, Problem, Value, Values};
use entente_core::handling::HandlingCodes;
use entente_core::kind::EntryType;
use entente_core::kinds::conditions::CONDITION;
use entente_core::kinds::persons::{ASSURANCES, ASSURED};
use entente_core::label::{Label, Lang, label};

impl App {
    /// The same entry to come, with what it requires of the recipient as its condition. Said twice, it is said once.
    ///
    /// # Errors
    /// [`AppError::Fields`] where there is no room for it beside what was written.
    pub(crate) fn oblige(&self, mut recording: Recording) -> Result<Recording> {
        let entry_type = self.entry_type_of(&recording)?;
        let lang = recording.values.lang.unwrap_or(self.inner.settings.lang);
        as_condition(entry_type, &mut recording.values, lang)?;
        Ok(recording)
    }
}

fn as_condition(entry_type: &EntryType, values: &mut Values, lang: Lang) -> Result<()> {
    let field = |fits: &dyn Fn(&Field) -> bool| entry_type.fields.iter().find(|f| fits(f));
    let required = required(field(&|f| f.name == ASSURED), values, lang);
    let (handling, condition) = (
        field(&|f| f.bind == Bind::Handling),
        field(&|f| f.name == CONDITION),
    );
    let (Some(required), Some(handling), Some(condition)) = (required, handling, condition) else {
        return Ok(());
    };
    let given = values.text(handling.name).and_then(HandlingCodes::parse);
    let codes = given.unwrap_or_default().union(HandlingCodes::H3);
    let codes: Vec<&str> = codes.names().map(|(name, _)| name).collect();
    let own = values.text(CONDITION).unwrap_or_default().trim().to_owned();
    let text = match own.as_str() {
        "" => required,
        own if own.contains(&required) => own.to_owned(),
        own => format!("{own}\n{required}"),
    };
    if let FieldType::Text(max) = condition.holds
        && text.chars().count() > max
    {
        return Err(AppError::Fields(vec![
            condition.error(Problem::TooLong(max)),
        ]));
    }
    let mut put =
        |name: &str, text: String| values.values.insert(name.to_owned(), Value::Text(text));
    put(handling.name, codes.join("+"));
    put(CONDITION, text);
    Ok(())
}

/// Those of the closed list that the condition of an entry says: what is read in any language before it is confirmed. None where the
/// text does not say them, as that of a program of before, whose readers confirm no more than its words.
pub(crate) fn said_in(values: &Values) -> Vec<(&'static str, Label)> {
    let condition = values.text(CONDITION).unwrap_or_default();
    let says = |lang: &Lang| {
        let sentence = required(Some(&ASSURANCES), values, *lang);
        sentence.is_some_and(|sentence| condition.contains(&sentence))
    };
    if !Lang::ALL.iter().any(says) {
        return Vec::new();
    }
    let known = ASSURANCES.choices().unwrap_or_default();
    let ticked = values.list(ASSURED);
    let given = known.into_iter();
    given
        .filter(|(code, _)| ticked.iter().any(|one| one == code))
        .collect()
}

/// The sentence to which whoever confirms the condition commits, in the language of the entry.
fn required(field: Option<&Field>, values: &Values, lang: Lang) -> Option<String> {
    let known = field?.choices()?;
    let ticked = values.list(ASSURED);
    let said = known
        .iter()
        .filter(|(code, _)| ticked.iter().any(|one| one == code));
    let said: Vec<&str> = said.map(|(_, words)| words.get(lang)).collect();
    let commits = label(
        "Qui confirme s’y engage pour son service :",
        "من يؤكد يلتزم باسم مصلحته:",
        "Whoever confirms commits their service to this:",
    );
    let between = match lang {
        Lang::Ar => "؛ ",
        Lang::Fr => " ; ",
        Lang::En => "; ",
    };
    (!said.is_empty()).then(|| format!("{} {}.", commits.get(lang), said.join(between)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::kinds;

    fn answer() -> &'static EntryType {
        let request = kinds::find("request").unwrap();
        request.entry("request.answer").unwrap()
    }

    fn values(fields: &[(&str, &str)]) -> Values {
        let raw = fields
            .iter()
            .map(|(n, v)| ((*n).to_owned(), vec![(*v).to_owned()]));
        Values::parse(answer().fields, &raw.collect(), Some(Lang::En)).unwrap()
    }

    #[test]
    fn an_assurance_is_a_condition_beside_those_that_were_written() {
        let mut alone = values(&[("text", "x"), (ASSURED, "no_torture,fair_trial")]);
        as_condition(answer(), &mut alone, Lang::En).unwrap();
        assert_eq!(alone.text("handling"), Some("H3"));
        let said = "Whoever confirms commits their service to this: no torture or ill-treatment; fair trial.";
        assert_eq!(alone.text(CONDITION), Some(said));
        let once = alone.clone();
        as_condition(answer(), &mut alone, Lang::En).unwrap();
        assert_eq!(alone, once, "said twice, it is said once");
        let mut beside = values(&[
            ("text", "x"),
            ("handling", "H1"),
            (CONDITION, "Not before the trial."),
            (ASSURED, "no_torture"),
        ]);
        as_condition(answer(), &mut beside, Lang::Fr).unwrap();
        assert_eq!(beside.text("handling"), Some("H1+H3"));
        let text = beside.text(CONDITION).unwrap();
        assert!(
            text.starts_with("Not before the trial.\nQui confirme"),
            "{text}"
        );
        let mut none = values(&[("text", "x"), ("handling", "H1")]);
        as_condition(answer(), &mut none, Lang::En).unwrap();
        assert_eq!(none, values(&[("text", "x"), ("handling", "H1")]));
    }

    #[test]
    fn where_there_is_no_room_for_it_the_field_says_so() {
        let long = "x".repeat(990);
        let mut full = values(&[("text", "x"), (CONDITION, &long), (ASSURED, "no_torture")]);
        let refused = as_condition(answer(), &mut full, Lang::Ar);
        assert!(matches!(refused, Err(AppError::Fields(_))), "{refused:?}");
    }

    /// What is confirmed is what the words say: codes alone, beside a text that does not say them, are read out to nobody.
    #[test]
    fn only_what_the_condition_says_is_read_in_other_languages() {
        let mut said = values(&[("text", "x"), (ASSURED, "no_torture,fair_trial")]);
        assert!(said_in(&said).is_empty(), "not yet said");
        as_condition(answer(), &mut said, Lang::Ar).unwrap();
        let read = said_in(&said);
        let read: Vec<&str> = read.iter().map(|(_, words)| words.en).collect();
        assert_eq!(read, ["no torture or ill-treatment", "fair trial"]);
        said.values.insert(
            CONDITION.to_owned(),
            Value::Text("Ask us first.".to_owned()),
        );
        assert!(said_in(&said).is_empty());
    }

    /// Whatever form asks for assurances can say them as a condition.
    #[test]
    fn every_entry_type_with_assurances_takes_a_condition() {
        let all = kinds::ALL.iter().flat_map(|kind| kind.entries);
        let asking = all.filter(|entry| entry.fields.iter().any(|f| f.name == ASSURED));
        let mut count = 0;
        for entry in asking {
            let has = |fits: fn(&Field) -> bool| entry.fields.iter().any(fits);
            assert!(
                has(|f| f.bind == Bind::Handling) && has(|f| f.name == CONDITION),
                "{}",
                entry.name
            );
            count += 1;
        }
        assert!(count > 2);
    }
}
