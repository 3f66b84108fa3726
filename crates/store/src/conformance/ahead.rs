//! Reading ahead changes no answer: not of what is there, not of what is missing, and not after a change in the same transaction.

use super::*;

/// Every verb that reading ahead serves.
fn answers(tx: &dyn Read) -> Result<String> {
    let mut said = String::new();
    for n in 0..6 {
        let (dossier, entry) = (dossier_id(n), entry_id(n));
        let here = (
            tx.dossier(dossier)?,
            tx.entry(entry)?,
            tx.verdict(entry)?,
            tx.body(dossier_id(1), entry)?,
            tx.object_key(dossier_id(1), &entry.0)?,
            tx.attachments(entry)?,
        );
        let obligation = (
            tx.obligation(obligation_id(n))?,
            tx.acts(obligation_id(n))?,
            tx.translations(dossier_id(1), entry)?,
            tx.officer_behind(dossier_id(1), [u8::try_from(n).unwrap_or(0); 8])?,
        );
        let related = tx.relations(entry)?;
        said.push_str(&format!("{n}: {here:?}, {obligation:?}, {related:?}\n"));
        for direction in [Direction::Out, Direction::In] {
            let place = tx.leaf_place(&node("ma"), direction, entry)?;
            let receipt = match place {
                Some(place) => tx.receipt(&node("ma"), place.register, place.position)?,
                None => None,
            };
            said.push_str(&format!("{direction:?}: {place:?}, {receipt:?}\n"));
        }
    }
    Ok(said)
}

/// Line by line: whole answers are long.
fn same(expected: &str, found: &str) {
    for (expected, found) in expected.lines().zip(found.lines()) {
        assert_eq!(expected, found);
    }
    assert_eq!(expected.lines().count(), found.lines().count());
}

/// All of it, and some twice.
fn everything() -> Ahead {
    let mut ahead = Ahead::default();
    for n in [0, 1, 2, 3, 4, 5, 1] {
        let pair = (dossier_id(1), entry_id(n));
        ahead.dossiers.push(dossier_id(n));
        ahead.entries.push(entry_id(n));
        ahead.bodies.push(pair);
        ahead.keys.push((dossier_id(1), entry_id(n).0.to_vec()));
        ahead.files.push(entry_id(n));
        ahead.translations.push(pair);
        ahead.relations.push(entry_id(n));
        let pseudonym = [u8::try_from(n).unwrap_or(0); 8];
        ahead.pseudonyms.push((dossier_id(1), pseudonym));
        ahead.obligations.push(obligation_id(n));
        ahead.acts.push(obligation_id(n));
        for direction in [Direction::Out, Direction::In] {
            ahead.places.push((node("ma"), direction, entry_id(n)));
        }
    }
    ahead
}

fn act(on: u64, n: u64) -> ActRow {
    ActRow {
        dossier: dossier_id(1),
        obligation: obligation_id(on),
        entry: entry_id(n),
        index: 1,
        node: node("ma"),
        at_ms: 9,
        depth: 4,
        seq: 2,
        lane: vec![1],
        act: vec![2, 3],
    }
}

fn file(n: u64, index: u32) -> AttachmentRow {
    AttachmentRow {
        dossier: dossier_id(1),
        entry: entry_id(n),
        index,
        partner: None,
        size: 9,
        state: AttachmentState::Held,
        next_chunk: 1,
        blob: format!("blob{n}{index}"),
    }
}

/// Rows of every sort.
fn fill(tx: &mut dyn Write) -> Result<()> {
    tx.put_dossier(&dossier_row(1))?;
    for n in 1..=4 {
        tx.insert_entry(&entry_row(1, n))?;
    }
    let sealed = |state, sealed| BodyRow { state, sealed };
    tx.put_body(
        dossier_id(1),
        entry_id(1),
        &sealed(BodyState::Here, vec![8; 30]),
    )?;
    tx.put_body(
        dossier_id(1),
        entry_id(2),
        &sealed(BodyState::Owed, Vec::new()),
    )?;
    for n in [1, 3] {
        tx.put_object_key(dossier_id(1), &entry_id(n).0, &[7; 40])?;
    }
    for (n, index) in [(1, 0), (1, 1), (3, 0)] {
        tx.put_attachment(&file(n, index))?;
    }
    for n in [3, 2] {
        tx.put_translation(dossier_id(1), entry_id(1), entry_id(n))?;
    }
    for (entry, from, to) in [(9, 1, 2), (3, 3, 1), (8, 2, 1)] {
        tx.insert_relation(&RelationRow {
            entry: entry_id(entry),
            from: entry_id(from),
            to: entry_id(to),
            to_dossier: dossier_id(1),
            relation: 102,
        })?;
    }
    tx.put_pseudonym(dossier_id(1), "liaison", [1; 8])?;
    for n in [1, 2] {
        tx.put_obligation(&obligation_row(1, n))?;
    }
    for (on, n) in [(1, 3), (1, 2), (2, 3)] {
        tx.insert_act(&act(on, n))?;
    }
    let leaves = [1, 2, 3].map(|n| LeafRow {
        position: n - 1,
        leaf: vec![0; 33],
        entry: Some(entry_id(n)),
    });
    let appended = Append {
        leaves: leaves.to_vec(),
        ..append(0, 0)
    };
    tx.append_register(&node("ma"), Direction::Out, &appended)?;
    for (size, leaf) in [(2, 0), (1, 4)] {
        let receipt = ReceiptRow {
            size,
            root: [6; 32],
            time_ms: 70,
            leaf,
            arrived_ms: Some(80),
        };
        tx.insert_receipt(&node("ma"), Direction::Out, &receipt)?;
    }
    Ok(())
}

/// Changes of every sort to what was read ahead.
fn change(tx: &mut dyn Write) -> Result<()> {
    let mut dossier = dossier_row(1);
    dossier.title = vec![1];
    tx.put_dossier(&dossier)?;
    tx.touch_dossier(dossier_id(1), 9_999)?;
    tx.insert_entry(&entry_row(1, 5))?;
    tx.judge_entry(entry_id(2), 7, 70, &[1])?;
    tx.erase_body(dossier_id(1), entry_id(1))?;
    tx.put_object_key(dossier_id(1), &entry_id(3).0, &[])?;
    tx.put_object_key(dossier_id(1), &entry_id(4).0, &[1; 40])?;
    tx.put_attachment(&file(4, 0))?;
    tx.put_translation(dossier_id(1), entry_id(4), entry_id(5))?;
    tx.put_pseudonym(dossier_id(1), "analyst", [2; 8])?;
    tx.put_obligation(&obligation_row(1, 4))?;
    tx.insert_act(&act(4, 5))?;
    let appended = Append {
        leaves: vec![LeafRow {
            position: 3,
            leaf: vec![0; 33],
            entry: Some(entry_id(4)),
        }],
        ..append(3, 0)
    };
    tx.append_register(&node("ma"), Direction::Out, &appended)?;
    let receipt = ReceiptRow {
        size: 4,
        root: [5; 32],
        time_ms: 71,
        leaf: 9,
        arrived_ms: None,
    };
    tx.insert_receipt(&node("ma"), Direction::Out, &receipt)
}

/// Reading ahead in a snapshot, and in a transaction that writes.
///
/// # Panics
/// When it changes an answer.
pub fn reading_ahead(make: Make<'_>) {
    let store = make();
    let none = view(&*store, answers);
    same(
        &none,
        &view(&*store, |tx| {
            tx.ahead(&everything())?;
            answers(tx)
        }),
    );
    write(&*store, fill);
    let filled = view(&*store, answers);
    assert!(none != filled);
    let ahead = view(&*store, |tx| {
        tx.ahead(&everything())?;
        let once = answers(tx)?;
        tx.ahead(&everything())?;
        same(&once, &answers(tx)?);
        Ok(once)
    });
    same(&filled, &ahead);
    let (before, after) = write(&*store, |tx| {
        tx.ahead(&everything())?;
        let before = answers(tx.as_read())?;
        change(tx)?;
        Ok((before, answers(tx.as_read())?))
    });
    same(&filled, &before);
    let changed = view(&*store, answers);
    assert!(filled != changed);
    same(&changed, &after);
}

/// What is open in several dossiers at once is what each one's own filters count.
///
/// # Panics
/// On a difference.
pub fn open_in_dossiers(make: Make<'_>) {
    let store = make();
    let rows = varied_obligations();
    let stored = rows.clone();
    write(&*store, move |tx| {
        stored.iter().try_for_each(|row| tx.put_obligation(row))
    });
    let dossiers: Vec<DossierId> = (0..6).map(dossier_id).collect();
    for now_ms in [i64::MIN, 0, 50, 500, i64::MAX] {
        let found = view(&*store, |tx| tx.open_in(&dossiers, now_ms));
        for dossier in &dossiers {
            let open = ObligationFilter {
                dossier: Some(*dossier),
                open: Some(true),
                ..ObligationFilter::default()
            };
            let overdue = ObligationFilter {
                due_before_ms: Some(now_ms),
                turn: Some(Side::Debtor),
                ..open.clone()
            };
            let of = |filter: &ObligationFilter| {
                rows.iter().filter(|row| matches(filter, row)).count() as u64
            };
            let line = found.iter().find(|line| line.dossier == *dossier);
            let counted = line.map_or((0, 0), |line| (line.open, line.overdue));
            assert_eq!(counted, (of(&open), of(&overdue)));
        }
    }
    assert_eq!(view(&*store, |tx| tx.open_in(&[], 0)), []);
}
