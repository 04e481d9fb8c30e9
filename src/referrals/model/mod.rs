//! What a referral is: its states, its reasons, and who may move it where. Pure: no clock, no database.

mod eligibility;
mod moves;
mod reasons;
#[cfg(test)]
mod tests;

use crate::kernel::failure::FieldProblem;

pub use eligibility::{Eligibility, Hindrance, Warning};
pub use moves::{Move, Next, Relation, Situation, TABLE, possible};
pub use reasons::{CloseReason, DeclineReason, DisputeReason, LoseReason};

crate::coded_enum! {
    /// Where a referral stands.
    pub enum ReferralState {
        /// Being written; nobody but the giver knows of it.
        Draft = 1 "draft",
        /// Put to a receiver who has not answered.
        Offered = 2 "offered",
        /// The receiver agreed; the prospect's consent is awaited.
        Accepted = 3 "accepted",
        /// Both agreed and know each other's address.
        Introduced = 4 "introduced",
        /// First contact was made.
        Contacted = 5 "contacted",
        /// A quote was made.
        Quoted = 6 "quoted",
        /// Business was closed.
        Won = 7 "won",
        /// No business came of it.
        Lost = 8 "lost",
        /// The receiver declined; the giver may pass it on.
        Declined = 9 "declined",
        /// The receiver did not answer in time; the giver may pass it on.
        Expired = 10 "expired",
        /// Ended without an introduction.
        Closed = 11 "closed",
        /// Taken back by the giver.
        Withdrawn = 12 "withdrawn",
        /// Disputed by the receiver, and the organiser agreed.
        Invalid = 13 "invalid",
    }
}

impl ReferralState {
    /// Nothing more happens to it, but that a dispute may still be opened or decided.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Won | Self::Lost | Self::Closed | Self::Withdrawn | Self::Invalid)
    }

    /// The receiver works on it: introduced and not over.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Introduced | Self::Contacted | Self::Quoted)
    }

    /// The introduction happened, so that receiver and prospect know each other's address.
    pub const fn was_introduced(self) -> bool {
        matches!(self, Self::Introduced | Self::Contacted | Self::Quoted | Self::Won | Self::Lost | Self::Invalid)
    }

    /// It takes one of the receiver's places: asked, agreed or under way.
    pub const fn fills_a_place(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted) || self.is_under_way()
    }

    /// It claims its prospect for the claim window: somebody else's referral of the same person is a duplicate.
    pub const fn claims_prospect(self) -> bool {
        self.fills_a_place() || matches!(self, Self::Won | Self::Lost)
    }

    /// The states of which `test` is true.
    pub fn all_that(test: impl Fn(Self) -> bool) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|state| test(*state)).collect()
    }
}

crate::coded_enum! {
    /// Where an offer stands. At most one offer of a referral is open.
    pub enum OfferState {
        /// Waits for the receiver.
        Open = 1 "open",
        /// The receiver agreed.
        Accepted = 2 "accepted",
        /// The receiver declined.
        Declined = 3 "declined",
        /// The receiver did not answer in time.
        Expired = 4 "expired",
        /// Ended before the receiver answered: the giver took it back, or the prospect refused.
        Withdrawn = 5 "withdrawn",
    }
}

impl OfferState {
    /// The receiver may see what the offer says.
    pub const fn shows_referral(self) -> bool {
        matches!(self, Self::Open | Self::Accepted)
    }
}

crate::coded_enum! {
    /// Where a dispute stands. While one is open, nothing else moves the referral.
    pub enum DisputeState {
        /// Waits for the organiser.
        Open = 1 "open",
        /// The organiser agreed: the referral is invalid.
        Upheld = 2 "upheld",
        /// The organiser found it unfounded.
        Rejected = 3 "rejected",
    }
}

crate::coded_enum! {
    /// Who makes the first contact after the introduction.
    pub enum ContactBy {
        /// The receiver calls or writes.
        Receiver = 1 "receiver",
        /// The prospect calls or writes.
        Prospect = 2 "prospect",
        /// The giver brings both together.
        Giver = 3 "giver",
    }
}

/// What the giver did for the referral, 1 (a name passed, and the person knows) to 5 (introduced in person).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effort(i16);

impl Effort {
    /// The least effort.
    pub const LEAST: Self = Self(1);

    /// Reads 1 to 5.
    pub fn parse(raw: i64) -> Result<Self, FieldProblem> {
        match i16::try_from(raw) {
            Ok(value @ 1..=5) => Ok(Self(value)),
            _ => Err(FieldProblem::new("out_of_range", "between 1 and 5")),
        }
    }

    /// 1 to 5.
    pub const fn value(self) -> i16 {
        self.0
    }
}

/// How many hours after the introduction the first contact may be agreed for.
pub const CONTACT_WITHIN_HOURS_MAX: u32 = 720;
/// For how long the receiver may take back a move, in seconds.
pub const UNDO_SECONDS: u32 = 120;
/// How many referrals a giver may pass within 24 hours.
pub const PASSES_PER_DAY: usize = 20;
/// For how long a prospect's data is kept when nothing comes of the referral, in days.
pub const RETENTION_DAYS: u32 = 30;
/// For how long the link in an offer's mail works, in days.
pub const ANSWER_LINK_DAYS: u32 = 14;
/// How many receivers a referral may be put to, one after the other.
pub const OFFERS_MAX: usize = 20;
/// The longest words about a need.
pub const NEED_MAX: usize = 1_000;
/// The longest words to the prospect.
pub const WORDS_MAX: usize = 300;
/// The longest note to a move.
pub const NOTE_MAX: usize = 500;
