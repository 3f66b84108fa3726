//! What officers sign in with beside a password, and their tokens: kept, changed, ended, each officer's apart.

use super::*;

fn session(digest: u8, officer: &str, begun_ms: i64) -> SessionRow {
    SessionRow {
        digest: vec![digest; 32],
        officer: officer.to_owned(),
        csrf: "c".to_owned(),
        begun_ms,
        ends_ms: 900,
        sort: SessionSort::SignedIn,
        seen_ms: 0,
        device: String::new(),
        state: Vec::new(),
    }
}

/// Tokens of an officer, of every sort: the oldest first, and what is noted of them.
///
/// # Panics
/// On a difference.
pub fn tokens(make: Make<'_>) {
    let store = make();
    let sorts = [
        SessionSort::SignedIn,
        SessionSort::Code,
        SessionSort::Invitation,
        SessionSort::Passkey,
        SessionSort::Reset,
        SessionSort::StandIn,
        SessionSort::Asks,
        SessionSort::Provider,
        SessionSort::Address,
        SessionSort::Feed,
        SessionSort::News,
    ];
    let mut all: Vec<SessionRow> = (1..)
        .zip(sorts)
        .map(|(n, sort)| SessionRow {
            sort,
            state: vec![n; usize::from(n) - 1],
            ..session(n, "a", 100 - i64::from(n))
        })
        .collect();
    for row in all.clone().into_iter().chain([session(20, "b", 1)]) {
        write(&*store, move |tx| tx.insert_session(&row));
    }
    all.reverse();
    assert_eq!(view(&*store, |tx| tx.sessions("a")), all);
    let of = |sort| all.iter().filter(move |row| row.sort == sort);
    let listed = |sort| of(sort).cloned().collect::<Vec<_>>();
    let (asked, absent) = (listed(SessionSort::Reset), listed(SessionSort::StandIn));
    let asks = listed(SessionSort::Asks);
    assert_eq!(view(&*store, |tx| tx.access_asks()), asks);
    assert_eq!(view(&*store, |tx| tx.resets()), asked);
    assert_eq!(view(&*store, |tx| tx.stand_ins()), absent);
    assert_eq!(view(&*store, |tx| tx.sessions("b")), [session(20, "b", 1)]);
    assert_eq!(view(&*store, |tx| tx.sessions("c")), []);
    write(&*store, |tx| {
        tx.see_session(&[20; 32], 77, "Example, System", b"x")?;
        tx.see_session(&[21; 32], 77, "nobody's", b"")
    });
    let seen = SessionRow {
        seen_ms: 77,
        device: "Example, System".to_owned(),
        state: b"x".to_vec(),
        ..session(20, "b", 1)
    };
    assert_eq!(view(&*store, |tx| tx.session(&[20; 32])), Some(seen));
    assert_eq!(view(&*store, |tx| tx.session(&[21; 32])), None);
    assert_eq!(view(&*store, |tx| tx.sessions("a")), all);
}

/// Factors by sort and identifier, each officer's apart.
///
/// # Panics
/// On a difference.
pub fn factors(make: Make<'_>) {
    let store = make();
    let factor = |officer: &str, sort, id: &[u8], last| FactorRow {
        officer: officer.to_owned(),
        sort,
        id: id.to_vec(),
        label: "Example".to_owned(),
        since_ms: 5,
        last,
        sealed: vec![9; 48],
    };
    let app = move |last| factor("a", FactorSort::App, b"", last);
    let recovery = move |n: u8| factor("a", FactorSort::Recovery, &[n; 32], 0);
    write(&*store, move |tx| {
        for n in [3, 1, 2] {
            tx.put_factor(&recovery(n))?;
        }
        tx.put_factor(&factor("a", FactorSort::Passkey, b"key", 4))?;
        tx.put_factor(&factor("a", FactorSort::Offered, b"", 0))?;
        tx.put_factor(&app(i64::MIN))?;
        tx.put_factor(&factor("b", FactorSort::App, b"", 1))?;
        tx.put_factor(&app(60_000_000_000))
    });
    let of = |officer: &str| view(&*store, |tx| tx.factors(officer));
    let key = factor("a", FactorSort::Passkey, b"key", 4);
    let offered = factor("a", FactorSort::Offered, b"", 0);
    let mut wanted = vec![offered, app(60_000_000_000)];
    wanted.extend([1, 2, 3].map(recovery));
    wanted.push(key.clone());
    assert_eq!(of("a"), wanted);
    write(&*store, |tx| {
        tx.drop_factor("a", FactorSort::Recovery, &[2; 32])?;
        tx.drop_factor("a", FactorSort::Offered, b"")?;
        tx.drop_factor("a", FactorSort::App, b"none such")?;
        tx.drop_factor("c", FactorSort::App, b"")
    });
    let left = [app(60_000_000_000), recovery(1), recovery(3), key];
    assert_eq!(of("a"), left);
    assert_eq!(of("b"), [factor("b", FactorSort::App, b"", 1)]);
}

/// An account at an OpenID provider opens one officer: another one's is an error, and nothing of it stays.
///
/// # Panics
/// On a difference.
pub fn bound(make: Make<'_>) {
    let store = make();
    let row = |officer: &str, sort, id: &[u8]| FactorRow {
        officer: officer.to_owned(),
        sort,
        id: id.to_vec(),
        label: String::new(),
        since_ms: 5,
        last: 6,
        sealed: Vec::new(),
    };
    let account = row("a", FactorSort::Provider, b"account");
    let kept = account.clone();
    write(&*store, move |tx| {
        // The same identifier of another sort is something else.
        tx.put_factor(&row("b", FactorSort::Passkey, b"account"))?;
        tx.put_factor(&kept)?;
        tx.put_factor(&kept)
    });
    assert_eq!(view(&*store, |tx| tx.bound(b"account")), Some(account));
    assert_eq!(view(&*store, |tx| tx.bound(b"other")), None);
    let second = store.update("second", move |tx| {
        tx.put_factor(&row("c", FactorSort::Provider, b"account"))
    });
    assert!(second.is_err());
    assert_eq!(view(&*store, |tx| tx.factors("c")), []);
    write(&*store, |tx| {
        tx.drop_factor("a", FactorSort::Provider, b"account")
    });
    assert_eq!(view(&*store, |tx| tx.bound(b"account")), None);
}
