//! Being forgotten: how an account goes, and what goes with it. Pure.

use std::time::Duration;

use crate::kernel::Failure;
use crate::kernel::clock::days;

/// So long it can be taken back.
pub const GRACE: Duration = days(7);

/// Where an account stands on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is kept.
    Kept,
    /// Its person asked to be forgotten, and can take it back.
    Leaving,
    /// Nothing but its number is left.
    Erased,
}

/// What can happen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The person asks to be forgotten.
    Ask,
    /// The person takes it back.
    TakeBack,
    /// The time for taking it back is over.
    Elapse,
}

/// The whole way: in this stage, this step leads there.
#[rustfmt::skip]
pub const TABLE: &[(Stage, Step, Stage)] = &[
    (Stage::Kept,    Step::Ask,      Stage::Leaving),
    (Stage::Leaving, Step::TakeBack, Stage::Kept),
    (Stage::Leaving, Step::Elapse,   Stage::Erased),
];

impl Stage {
    /// Where a step leads; a conflict when it is not possible now.
    pub fn step(self, step: Step) -> Result<Self, Failure> {
        let next = TABLE.iter().find(|(from, by, _)| *from == self && *by == step).map(|(.., to)| *to);
        next.ok_or_else(|| match self {
            Self::Leaving => Failure::conflict("already_leaving", "this account is erased soon: that can be taken back"),
            Self::Kept | Self::Erased => Failure::conflict("not_leaving", "nobody asked to erase this account, or it was taken back"),
        })
    }
}

/// What somebody leaves behind in the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// There is no business, or others own it too.
    Others,
    /// Nobody: the business is closed with the account.
    Nobody,
    /// Colleagues of whom none is an owner: one of them must become one first.
    NoOwner,
}

impl Behind {
    /// By who is left: how many people, and how many of them are owners.
    pub const fn of(has_business: bool, others: usize, other_owners: usize) -> Self {
        match (has_business, others, other_owners) {
            (false, ..) => Self::Others,
            (true, 0, _) => Self::Nobody,
            (true, _, 0) => Self::NoOwner,
            _ => Self::Others,
        }
    }
}

/// What is deleted (keys of texts).
pub const GOES: &[&str] =
    &["own-data-goes-account", "own-data-goes-sessions", "own-data-goes-mails", "own-data-goes-invitations", "own-data-goes-name", "own-data-goes-words"];
/// What is deleted of somebody who was removed from his business before.
pub const GOES_OF_FORMER: &[&str] = &["own-data-goes-address", "own-data-goes-mails", "own-data-goes-invitations", "own-data-goes-name", "own-data-goes-words"];
/// What is deleted as well when the business is closed with the account.
pub const GOES_WITH_BUSINESS: &[&str] = &["own-data-goes-profile", "own-data-goes-circles", "own-data-goes-drafts", "own-data-goes-customers"];
/// What stays, and why.
pub const STAYS: &[&str] = &["own-data-stays-ledger", "own-data-stays-log", "own-data-stays-consent", "own-data-stays-words", "own-data-stays-stop"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_can_be_taken_back_and_what_was_erased_stays_so() {
        assert_eq!(Stage::Kept.step(Step::Ask).unwrap(), Stage::Leaving);
        assert_eq!(Stage::Leaving.step(Step::TakeBack).unwrap(), Stage::Kept);
        assert_eq!(Stage::Leaving.step(Step::Elapse).unwrap(), Stage::Erased);
        for step in [Step::Ask, Step::TakeBack, Step::Elapse] {
            assert!(Stage::Erased.step(step).is_err());
        }
        assert_eq!(Stage::Leaving.step(Step::Ask).unwrap_err().code(), "already_leaving");
        assert_eq!(Stage::Kept.step(Step::Elapse).unwrap_err().code(), "not_leaving");
    }

    #[test]
    fn a_business_is_never_left_without_an_owner() {
        assert_eq!(Behind::of(false, 0, 0), Behind::Others);
        assert_eq!(Behind::of(true, 0, 0), Behind::Nobody);
        assert_eq!(Behind::of(true, 2, 0), Behind::NoOwner);
        assert_eq!(Behind::of(true, 2, 1), Behind::Others);
    }
}
