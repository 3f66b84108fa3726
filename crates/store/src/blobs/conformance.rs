//! What every blob store does alike, as assertions: to be run on an empty one.

#![expect(clippy::unwrap_used, reason = "a suite for tests: any failure ends it")]

use super::{Blobs, MAX_SEALED_CHUNK};

/// All that a blob store does.
///
/// # Panics
/// On a difference.
pub fn behave(blobs: &dyn Blobs) {
    blobs.begin("tmp-00ff").unwrap();
    blobs
        .write("tmp-00ff", 0, &vec![1; MAX_SEALED_CHUNK])
        .unwrap();
    assert!(blobs.write("tmp-00ff", 2, b"gap").is_err());
    blobs.write("tmp-00ff", 1, b"torn").unwrap();
    blobs.begin("tmp-00ff").unwrap();
    blobs.write("tmp-00ff", 1, b"last").unwrap();
    blobs.sync("tmp-00ff").unwrap();
    assert!(!blobs.exists("abcdef").unwrap());
    blobs.finish("tmp-00ff", "abcdef").unwrap();
    blobs.finish("tmp-00ff", "abcdef").unwrap();
    assert!(blobs.finish("tmp-00ff", "abcd00").is_err());
    assert_eq!(
        blobs.read("abcdef", 0).unwrap(),
        Some(vec![1; MAX_SEALED_CHUNK])
    );
    assert_eq!(blobs.read("abcdef", 1).unwrap(), Some(b"last".to_vec()));
    assert_eq!(blobs.read("abcdef", 2).unwrap(), None);
    assert_eq!(blobs.read("abcdef", u32::MAX).unwrap(), None);
    assert_eq!(blobs.read("beef", 0).unwrap(), None);
    blobs.begin("tmp-01").unwrap_err();
    blobs.begin("tmp-0102").unwrap();
    assert_eq!(blobs.list().unwrap(), ["abcdef", "tmp-0102"]);
    blobs.remove("abcdef").unwrap();
    blobs.remove("abcdef").unwrap();
    assert_eq!(blobs.list().unwrap(), ["tmp-0102"]);
    assert!(blobs.write("tmp-0102", 0, b"").is_err());
    assert!(
        blobs
            .write("tmp-0102", 0, &vec![0; MAX_SEALED_CHUNK + 1])
            .is_err()
    );
    assert!(
        blobs.write("abcdef", 0, b"x").is_err(),
        "lasting blobs never change"
    );
    removed_and_begun_again(blobs);
    replaced(blobs);
    for bad in [
        "",
        "..",
        "../../etc/passwd",
        "tmp-../x",
        "ABCD",
        "ab/cd",
        "abc",
        "tmp-",
        "/abcd",
    ] {
        assert!(blobs.exists(bad).is_err(), "{bad}");
        assert!(blobs.read(bad, 0).is_err(), "{bad}");
        assert!(blobs.begin(bad).is_err(), "{bad}");
        assert!(blobs.remove(bad).is_err(), "{bad}");
    }
}

/// What was removed while it was written begins empty again, and an earlier chunk may be written again.
fn removed_and_begun_again(blobs: &dyn Blobs) {
    let temp = "tmp-0304";
    blobs.begin(temp).unwrap();
    for index in 0..3 {
        blobs.write(temp, index, b"before").unwrap();
    }
    blobs.remove(temp).unwrap();
    assert!(!blobs.exists(temp).unwrap());
    assert!(blobs.sync(temp).is_err() && blobs.write(temp, 0, b"x").is_err());
    blobs.begin(temp).unwrap();
    assert_eq!(blobs.read(temp, 0).unwrap(), None);
    assert!(blobs.write(temp, 1, b"gap").is_err());
    blobs.write(temp, 0, b"after").unwrap();
    blobs.remove(temp).unwrap();
}

/// A blob given the name of another takes its place.
fn replaced(blobs: &dyn Blobs) {
    for (temp, bytes) in [("tmp-0a01", b"first"), ("tmp-0a02", b"again")] {
        blobs.begin(temp).unwrap();
        blobs.write(temp, 0, bytes).unwrap();
        blobs.finish(temp, "0a0a").unwrap();
        assert_eq!(blobs.read("0a0a", 0).unwrap(), Some(bytes.to_vec()));
    }
    blobs.remove("0a0a").unwrap();
    assert_eq!(blobs.read("0a0a", 0).unwrap(), None);
}
