//! What the memory of this process gives away: no core dump, no debugger of the same user, and no page on the swap where the operator lets
//! pages be locked.
//!
//! Whoever is root reads it all the same.

use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, dumpable_behavior, getrlimit, set_dumpable_behavior,
    setrlimit,
};

/// Closes the memory of this process: called before anything secret is read.
///
/// Where the system refuses, nothing is said here: [`is_guarded`] tells.
pub fn guard() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _told_by_is_guarded = setrlimit(Resource::Core, none);
    let _told_by_is_guarded = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Whether no other process of this user may read the memory, and no core is written.
#[must_use]
pub fn is_guarded() -> bool {
    let closed = dumpable_behavior().is_ok_and(|how| how == DumpableBehavior::NotDumpable);
    closed && getrlimit(Resource::Core).maximum == Some(0)
}

/// Keeps all pages of this process in memory, if it may lock as many as it likes (`LimitMEMLOCK=infinity` of systemd); whether they are.
///
/// A limit would be met in the middle of work, as a failed allocation: with one, nothing is locked.
#[must_use]
pub fn keep_from_swap() -> bool {
    let limit = getrlimit(Resource::Memlock);
    let flags = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    limit.current.is_none() && mlockall(flags).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_process_leaves_no_core_and_is_read_by_nobody_of_its_user() {
        guard();
        assert!(is_guarded());
        let status = std::fs::read_to_string("/proc/self/limits").unwrap();
        let core = status.lines().find(|line| line.starts_with("Max core"));
        let numbers: Vec<&str> = core.unwrap().split_whitespace().collect();
        assert_eq!(numbers[4..6], ["0", "0"], "{core:?}");
    }
}
