//! The storage traits over one transaction.

use super::cells::Tx;

crate::verbs::implement_verbs!(Tx);
