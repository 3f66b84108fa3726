//! What kinds of one sort take besides their own types, in the order in which it is offered: said once, so that what is added for one sort is
//! there for all kinds of it, and what every sort ends with for all.

/// Types up to those that part and hand over, and after them what every sort ends with: contesting and who takes part, types in between,
/// erasure and keeping, conditions and bridges where they apply, rectification, closing.
macro_rules! ending {
    ([$($before:expr),+ $(,)?], [$($between:expr),* $(,)?], [$($conditions:expr),* $(,)?]) => {
        &[
            $($before,)+
            &$crate::kinds::common::CONTEST,
            &$crate::kinds::common::RECEIPT_TIME,
            &$crate::kinds::common::AGREE_RECEIPT_TIME,
            &$crate::kinds::common::HAND_OVER,
            &$crate::kinds::common::INVITE,
            &$crate::kinds::common::LEAVE,
            $($between,)*
            &$crate::kinds::erasure::ERASE,
            &$crate::kinds::erasure::ASK_ERASURE,
            &$crate::kinds::erasure::ATTEST_ERASURE,
            &$crate::kinds::keeping::KEEP,
            &$crate::kinds::keeping::HOLD,
            &$crate::kinds::keeping::LIFT_HOLD,
            &$crate::kinds::keeping::EXPIRED,
            &$crate::kinds::weight::OFFICER_SIGNATURE,
            $($conditions,)*
            &$crate::kinds::rectify::RECTIFY,
            &$crate::kinds::rectify::RECTIFIED,
            &$crate::kinds::common::CLOSE,
        ]
    };
}
pub(super) use ending;

/// The same with an originator's conditions and the bridges between purposes.
macro_rules! ending_with_conditions {
    ($before:tt, $between:tt) => {
        $crate::kinds::sets::ending!(
            $before,
            $between,
            [
                &$crate::kinds::conditions::ASK_PERMISSION,
                &$crate::kinds::conditions::PERMIT,
                &$crate::kinds::conditions::TIGHTEN,
                &$crate::kinds::conditions::CONFIRM,
                &$crate::kinds::bridges::CHANGE_PURPOSE,
                &$crate::kinds::bridges::PUT_FORWARD,
            ]
        )
    };
}
pub(super) use ending_with_conditions;

/// Types of entries of a kind's own, and after them those that every case takes in which each side contributes and is told what came of it.
macro_rules! of_a_case {
    ($($own:expr),+ $(,)?) => {
        $crate::kinds::sets::ending_with_conditions!([
            $($own,)+
            &$crate::kinds::common::FEEDBACK,
            &$crate::kinds::common::NOTE,
            &$crate::kinds::common::TRANSLATION,
            &$crate::kinds::release::RELEASE,
            &$crate::kinds::common::REPLY,
            &$crate::kinds::common::ACKNOWLEDGE,
            &$crate::kinds::common::PROGRESS,
            &$crate::kinds::common::AWAIT,
            &$crate::kinds::common::EXTEND,
            &$crate::kinds::common::REFUSE,
            &$crate::kinds::common::DETAILS_NEEDED,
            &$crate::kinds::common::DETAILS,
            &$crate::kinds::common::GO_ON,
            &$crate::kinds::common::WITHDRAW,
            &$crate::kinds::common::WAIVE,
        ], [])
    };
}
pub(super) use of_a_case;

/// The types of a kind of governance, its own first: after them what is done to obligations, erasure, keeping, rectification, closing.
macro_rules! of_governance {
    ($($own:expr),+ $(,)?) => {
        $crate::kinds::sets::ending!([
            $($own,)+
            &$crate::kinds::common::ACKNOWLEDGE,
            &$crate::kinds::common::PROGRESS,
            &$crate::kinds::common::EXTEND,
            &$crate::kinds::common::REFUSE,
            &$crate::kinds::common::DETAILS_NEEDED,
            &$crate::kinds::common::DETAILS,
            &$crate::kinds::common::GO_ON,
            &$crate::kinds::common::WAIVE,
            &$crate::kinds::common::WITHDRAW,
        ], [], [])
    };
}
pub(super) use of_governance;

/// The types of a request between authorities, its own first with what answers it: after them contesting, handing over, notes, erasure,
/// keeping, conditions, bridges, rectification, closing.
macro_rules! of_a_request {
    ($($own:expr),+ $(,)?) => {
        $crate::kinds::sets::ending_with_conditions!([$($own,)+], [
            &$crate::kinds::common::NOTE,
            &$crate::kinds::common::TRANSLATION,
        ])
    };
}
pub(super) use of_a_request;
