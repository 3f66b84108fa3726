//! Alignment of versions: by number, missing and extra numbers, by order.

use super::super::align as align_versions;
use super::read;

#[test]
fn numbers_align_across_scripts_and_faults_are_reported() {
    let fr = read(
        "Les parties saluent la coopération.\n\nArticle premier\nLes deux pays échangent.\n\nArticle 2\nLes deux pays se réunissent.\n\nArticle 3\nLes parties coopèrent.",
    );
    let ar = read(
        "يرحب الطرفان بالتعاون.\n\nالمادة ١\nيتبادل البلدان المعلومات.\n\nالمادة ٣\nيتعاون الطرفان.\n\nالمادة ٤\nيجتمع الطرفان.",
    );
    let a = align_versions(&[fr, ar]);
    let keys: Vec<_> = a.rows.iter().filter_map(|r| r.key.as_deref()).collect();
    assert_eq!(keys, ["1", "2", "3", "4"]);
    assert_eq!(a.missing, [vec!["4".to_owned()], vec!["2".to_owned()]]);
    assert_eq!(a.extra, [vec!["2".to_owned()], vec!["4".to_owned()]]);
    assert!(a.rows[0].by_order && a.rows[0].paragraphs == [vec![1], vec![1]]);
}

#[test]
fn numbering_that_starts_again_stays_apart() {
    let en = read(
        "I. Security\n\n1. The sides agree to meet.\n\n2. They agree to share.\n\nII. Migration\n\n1. They agree to train the guards.",
    );
    let fr = read(
        "I. Sécurité\n\n1. Les parties conviennent de se réunir.\n\n2. Elles conviennent de partager.\n\nII. Migration\n\n1. Elles conviennent de former les gardes.",
    );
    let a = align_versions(&[en, fr]);
    let keys: Vec<_> = a.rows.iter().filter_map(|r| r.key.as_deref()).collect();
    assert_eq!(keys, ["1", "2", "1#2"]);
    assert!(!a.by_order);
}

#[test]
fn texts_without_numbers_align_by_order_and_length() {
    let one = read(
        "The two countries agree to meet every year in order to review the whole of their cooperation.\n\nThey welcome the results of the first programme for the training of officers.",
    );
    let two = read(
        "Les deux pays conviennent de se réunir chaque année.\n\nIls feront le point de toute leur coopération.\n\nIls saluent les résultats du premier programme de formation des officiers.",
    );
    let a = align_versions(&[one, two]);
    assert!(a.by_order);
    assert_eq!(a.rows.len(), 2);
    assert_eq!(a.rows[0].paragraphs, [vec![1], vec![1, 2]]);
    assert_eq!(a.rows[1].paragraphs, [vec![2], vec![3]]);
    assert!(align_versions(&[]).rows.is_empty());
}
