//! The calendar of an officer, as far as the channel that it goes over may say it (docs/notices.md, *Calendar feed*). A calendar lies on telephones
//! and on servers of others, as mail does: the same rule ([`Place::telling`]) decides here of every meeting and of every date.

use crate::codes::{Ask, Class};
use crate::instant::{Instant, Span};
use crate::label::{Label, label};
use crate::notice::{Place, Telling};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How far back a calendar goes: what is late stands on the day it was due.
pub const BACK: Span = Span::days(31);
/// How far ahead.
pub const AHEAD: Span = Span::days(366);
/// Most meetings, and most dates, that are told by themselves; beyond it they are counted.
pub const MOST: usize = 500;

/// Before the date of an obligation: its time follows.
pub const DUE: Label = label("Échéance", "أجل", "Due");
/// Before a figure of meetings of a day.
pub const MEETINGS: Label = label("Rencontres", "اجتماعات", "Meetings");
/// Before a figure of dates of a day.
pub const DATES: Label = label("Échéances", "آجال", "Due dates");
/// Of what is not even counted: the words of the mail.
pub const SOMETHING: Label = label(
    "Autre chose vous attend.",
    "هناك أمر آخر ينتظركم.",
    "Something else waits for you.",
);
/// Of a meeting whose title its originator keeps off paper, or that has none.
pub const MEETING: Label = label("Rencontre", "اجتماع", "Meeting");
/// In the last week of an address.
pub const ENDS: Label = label(
    "Entente : l’adresse de ce calendrier prend fin cette semaine. Une autre se crée dans « Mon compte ».",
    "Entente: ينتهي عنوان هذا التقويم هذا الأسبوع. يمكن إنشاء عنوان آخر في «حسابي».",
    "Entente: the address of this calendar ends this week. Another is made on My account.",
);

/// Something that could be told. `M` is a meeting in whatever words there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<M> {
    /// Where.
    pub place: Place,
    /// Whether the reader would be asked no reason to look into it. What takes a reason is counted: nobody typed one.
    pub unasked: bool,
    /// On which day, by the clock of the node's state.
    pub day: Date,
    /// What.
    pub what: What<M>,
}

/// See [`Item`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What<M> {
    /// A meeting that takes place.
    Meeting(M),
    /// A meeting that was cancelled: told to whoever could have been told of it, and to nobody else.
    Cancelled(M),
    /// The date of an obligation where it is the reader's side's turn.
    Due(Due),
}

/// The date of an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What names it in a calendar, whoever asks: no number.
    pub uid: String,
    /// Number for reading.
    pub number: String,
    /// Kind of its dossier.
    pub kind: String,
    /// What is asked.
    pub ask: Ask,
    /// Due at, UTC.
    pub due: Instant,
    /// When it was asked, UTC.
    pub asked: Instant,
}

/// What waits on a day, of that which is only counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Meetings.
    pub meetings: u64,
    /// Dates of obligations.
    pub due: u64,
}

/// What a calendar says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed<M> {
    /// Meetings told by themselves, with their days.
    pub meetings: Vec<(Date, M)>,
    /// The same of those that were cancelled.
    pub cancelled: Vec<(Date, M)>,
    /// Dates told by themselves, with their days.
    pub due: Vec<(Date, Due)>,
    /// What is counted, by day.
    pub days: BTreeMap<Date, Day>,
    /// Whether there is something that is not even counted, and of which no day is told: days would be a figure too.
    pub something: bool,
}

impl<M> Feed<M> {
    /// What a channel of this class may say of these.
    #[must_use]
    pub fn of(items: impl IntoIterator<Item = Item<M>>, channel: Class) -> Self {
        let mut out = Self {
            meetings: Vec::new(),
            cancelled: Vec::new(),
            due: Vec::new(),
            days: BTreeMap::new(),
            something: false,
        };
        for item in items {
            out.add(item, channel);
        }
        out.meetings.sort_by_key(|(day, _)| *day);
        out.due
            .sort_by(|(_, a), (_, b)| (a.due, &a.number).cmp(&(b.due, &b.number)));
        out.cancelled.truncate(MOST);
        // Nothing falls off the far end unsaid.
        for (day, _) in out.meetings.split_off(out.meetings.len().min(MOST)) {
            out.days.entry(day).or_default().meetings += 1;
        }
        for (day, _) in out.due.split_off(out.due.len().min(MOST)) {
            out.days.entry(day).or_default().due += 1;
        }
        out
    }

    fn add(&mut self, item: Item<M>, channel: Class) {
        let telling = match item.place.telling(channel) {
            Telling::Line if !item.unasked => Telling::Count,
            telling => telling,
        };
        let Item { day, what, .. } = item;
        match (telling, what) {
            // What does not take place waits for nobody.
            (Telling::Something | Telling::Count, What::Cancelled(_)) => {}
            (Telling::Something, _) => self.something = true,
            (Telling::Count, What::Meeting(_)) => self.days.entry(day).or_default().meetings += 1,
            (Telling::Count, What::Due(_)) => self.days.entry(day).or_default().due += 1,
            (Telling::Line, What::Meeting(one)) => self.meetings.push((day, one)),
            (Telling::Line, What::Cancelled(one)) => self.cancelled.push((day, one)),
            (Telling::Line, What::Due(due)) => self.due.push((day, due)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Purpose;
    use proptest::prelude::*;

    fn any_item() -> impl Strategy<Value = Item<u32>> {
        let kinds = vec!["request", "meeting", "rights"];
        let place = (
            prop::sample::select(Purpose::ALL.to_vec()),
            prop::sample::select(kinds),
            prop::sample::select(Class::ALL.to_vec()),
        );
        let place = place.prop_map(|(purpose, kind, ceiling)| Place {
            purpose,
            kind: kind.to_owned(),
            ceiling,
        });
        (place, any::<bool>(), 1..28i8, 0..3u8, 1..9_999u32).prop_map(
            |(place, unasked, day, sort, number)| Item {
                unasked,
                day: Date::new(2026, 12, day).unwrap(),
                what: match sort {
                    0 => What::Meeting(number),
                    1 => What::Cancelled(number),
                    _ => What::Due(Due {
                        uid: number.to_string(),
                        number: format!("ZZ-{number}"),
                        kind: place.kind.clone(),
                        ask: Ask::Answer,
                        due: Instant(i64::from(number)),
                        asked: Instant(0),
                    }),
                },
                place,
            },
        )
    }

    fn items() -> impl Strategy<Value = Vec<Item<u32>>> {
        prop::collection::vec(any_item(), 0..40)
    }

    fn channel() -> impl Strategy<Value = Class> {
        prop::sample::select(Class::ALL.to_vec())
    }

    proptest! {
        /// Take out: `place.telling(channel)` or `unasked`, or tell a line of what is counted.
        #[test]
        fn invariant_07_what_stands_by_itself_is_of_what_the_channel_may_carry(items in items(), channel in channel()) {
            let feed = Feed::of(items.clone(), channel);
            let may = |place: &Place| place.ceiling <= channel && place.kind != "rights"
                && matches!(place.purpose, Purpose::Justice | Purpose::Governance);
            let lines = |wanted: fn(&What<u32>) -> bool| {
                items.iter().filter(|i| may(&i.place) && i.unasked && wanted(&i.what)).count()
            };
            prop_assert_eq!(feed.due.len(), lines(|what| matches!(what, What::Due(_))));
            prop_assert_eq!(feed.meetings.len(), lines(|what| matches!(what, What::Meeting(_))));
            prop_assert_eq!(feed.cancelled.len(), lines(|what| matches!(what, What::Cancelled(_))));
            for (_, due) in &feed.due {
                let same = |i: &&Item<u32>| matches!(&i.what, What::Due(one) if one == due) && may(&i.place);
                prop_assert!(items.iter().any(|i| same(&i)));
            }
        }

        /// Take out: the arm of `Telling::Something`.
        #[test]
        fn invariant_07_what_helps_persons_changes_no_figure_and_no_day(items in items(), channel in channel()) {
            let silent = |i: &Item<u32>| i.place.telling(channel) == Telling::Something;
            let all = Feed::of(items.clone(), channel);
            let others = Feed::of(items.iter().filter(|i| !silent(i)).cloned(), channel);
            let waits = |i: &Item<u32>| silent(i) && !matches!(i.what, What::Cancelled(_));
            prop_assert_eq!(all.something, items.iter().any(waits));
            prop_assert_eq!(Feed { something: false, ..all }, others);
        }

        /// Take out: a figure of `add`, or count what was cancelled.
        #[test]
        fn what_is_above_the_class_is_counted_on_its_day(items in items(), channel in channel()) {
            let feed = Feed::of(items.clone(), channel);
            for day in 1..28 {
                let day = Date::new(2026, 12, day).unwrap();
                let counted = |i: &&Item<u32>| {
                    let telling = i.place.telling(channel);
                    i.day == day && (telling == Telling::Count || telling == Telling::Line && !i.unasked)
                };
                let of = |wanted: fn(&What<u32>) -> bool| {
                    items.iter().filter(counted).filter(|i| wanted(&i.what)).count() as u64
                };
                let wanted = Day {
                    meetings: of(|what| matches!(what, What::Meeting(_))),
                    due: of(|what| matches!(what, What::Due(_))),
                };
                prop_assert_eq!(feed.days.get(&day).copied().unwrap_or_default(), wanted);
            }
        }
    }

    /// Take out: a loop over `split_off`.
    #[test]
    fn what_is_beyond_the_most_is_counted() {
        let day = Date::new(2026, 12, 1).unwrap();
        let many = (0..).take(MOST + 3).map(|n| Item {
            place: Place {
                purpose: Purpose::Governance,
                kind: "meeting".to_owned(),
                ceiling: Class::Open,
            },
            unasked: true,
            day,
            what: What::Meeting(n),
        });
        let feed = Feed::of(many, Class::Open);
        assert_eq!(feed.meetings.len(), MOST);
        let counted = Day {
            meetings: 3,
            due: 0,
        };
        assert_eq!(feed.days.get(&day), Some(&counted));
    }
}
