//! The words of the ledger and its arithmetic, without I/O.
//!
//! Every amount is a whole number of credits, every sum is checked. A side's counters only ever rise; what stands open in
//! holds is kept apart. The bounds are chosen so that no counter can overflow and that whatever was once posted can be
//! reversed: see [`COUNTER_MAX`].

use crate::kernel::failure::FieldProblem;
use crate::kernel::id::{BusinessId, CircleId, HoldId, Identifier, PersonId, ReferralId, SettlementId, TransferId};
use crate::kernel::text::Line;
use crate::kernel::{Actor, Answer, Failure, Timestamp};

use super::hash::LedgerHash;
use crate::db::schema::{hold, transfer};

/// The most credits one transfer moves.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;
/// Up to here a side's `given + pending_given` (and the same of what it received) may be raised by postings and holds: every
/// browser shows it exactly. Reversals may raise a counter further, but never past twice this bound, for what a side gives
/// back it once received.
pub const COUNTER_MAX: i64 = 1_000_000_000_000_000;
/// The longest idempotency key of a transfer.
pub const IDEM_LENGTH_MAX: usize = 120;

crate::coded_enum! {
    /// What kind of entry a transfer is.
    pub enum TransferKind {
        /// Credits for something that happened.
        Post = 1 "post",
        /// Takes one earlier posting back: the same amount with the sides swapped.
        Reversal = 2 "reversal",
        /// Part of a settlement that closes rings and leaves every balance as it was.
        Clear = 3 "clear",
    }
}

crate::coded_enum! {
    /// For what credits were given. A reversal keeps the reason of what it reverses.
    pub enum Reason {
        /// The prospect and the receiver were introduced.
        Introduced = 1 "introduced",
        /// Business was closed.
        Won = 2 "won",
        /// A third side gained.
        ThirdWin = 3 "third_win",
        /// An organiser put something right.
        Correction = 4 "correction",
        /// Rings were settled.
        Settlement = 5 "settlement",
    }
}

crate::coded_enum! {
    /// Where a hold stands. It is open once and resolved once.
    pub enum HoldState {
        /// Waits for the introduction.
        Open = 1 "open",
        /// The introduction happened: a transfer took its place.
        Posted = 2 "posted",
        /// The referral ended without an introduction.
        Void = 3 "void",
        /// Nobody answered in time.
        Expired = 4 "expired",
        /// One side's trade is regulated: it is only recorded that nothing was posted.
        Exempt = 5 "exempt",
    }
}

/// A whole number of credits that can be moved: 1 to [`AMOUNT_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::BigInt)]
pub struct Amount(i64);

impl Amount {
    /// Reads an amount within its bounds.
    pub fn parse(credits: i64) -> Result<Self, FieldProblem> {
        if (1..=AMOUNT_MAX).contains(&credits) { Ok(Self(credits)) } else { Err(FieldProblem::new("out_of_range", format!("between 1 and {AMOUNT_MAX}"))) }
    }

    /// The number of credits.
    pub fn credits(self) -> i64 {
        self.0
    }
}

impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for Amount
where
    i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for Amount
where
    i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Ok(Self::parse(i64::from_sql(bytes)?)?)
    }
}

/// By which a repeated posting is known. It begins with what it is for, so that the chain, which covers it, binds the reason
/// and the referral too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idem(String);

impl Idem {
    /// For what follows from a referral: at most one posting for each reason.
    pub fn of_referral(reason: Reason, referral: ReferralId) -> Self {
        Self(format!("{reason}:{referral}"))
    }

    /// For the posting that takes a hold's place.
    pub fn of_hold(hold: HoldId) -> Self {
        Self(format!("{}:{hold}", Reason::Introduced))
    }

    /// For the reversal of a transfer.
    pub fn of_reversal(transfer: TransferId) -> Self {
        Self(format!("{}:{transfer}", TransferKind::Reversal))
    }

    /// For a transfer of a settlement, numbered from 1.
    pub fn of_settlement(settlement: SettlementId, number: usize) -> Self {
        Self(format!("{}:{settlement}:{number}", Reason::Settlement))
    }

    /// For what people decide: a key of their own choice, one line.
    pub fn chosen(reason: Reason, key: &str) -> Result<Self, FieldProblem> {
        let key = Line::<{ IDEM_LENGTH_MAX - 20 }>::parse(key)?;
        Ok(Self(format!("{reason}:{}", key.as_str())))
    }

    /// The text in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text in the database, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// What shall be posted: the receiver owes the giver `amount` more.
#[derive(Debug, Clone)]
pub struct Posting {
    /// In which circle.
    pub circle: CircleId,
    /// Who gave.
    pub giver: BusinessId,
    /// Who received.
    pub receiver: BusinessId,
    /// How many credits; nothing happens when it is 0.
    pub amount: i64,
    /// For what.
    pub reason: Reason,
    /// For which referral.
    pub referral: Option<ReferralId>,
    /// By whom.
    pub actor: Actor,
    /// By which a repetition is known.
    pub idem: Idem,
}

/// What shall be held until the introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldFacts {
    /// In which circle.
    pub circle: CircleId,
    /// For which referral.
    pub referral: ReferralId,
    /// Who gives.
    pub giver: BusinessId,
    /// Who receives.
    pub receiver: BusinessId,
    /// How many credits; nothing happens when it is 0.
    pub amount: i64,
}

/// An entry of the ledger. Never changes.
#[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
#[diesel(table_name = transfer)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// In which circle.
    pub circle_id: CircleId,
    /// Its number in the circle: 1, 2, 3 … without a gap.
    pub seq: i64,
    /// By which a repetition is known.
    pub idem: String,
    /// Who gave.
    pub giver_business_id: BusinessId,
    /// Who received, and now owes.
    pub receiver_business_id: BusinessId,
    /// How many credits.
    pub amount: Amount,
    /// What kind of entry.
    pub kind: TransferKind,
    /// For what.
    pub reason: Reason,
    /// Which transfer it takes back.
    pub reverses: Option<TransferId>,
    /// For which referral.
    pub referral_id: Option<ReferralId>,
    /// Who caused it, if a person did.
    pub actor_person_id: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// The hash of the entry before it in the circle.
    #[diesel(serialize_as = String)]
    pub prev_hash: LedgerHash,
    /// Its own hash.
    #[diesel(serialize_as = String)]
    pub hash: LedgerHash,
}

impl Transfer {
    /// Whether it says what this posting says.
    pub fn says(&self, posting: &Posting) -> bool {
        self.circle_id == posting.circle
            && self.giver_business_id == posting.giver
            && self.receiver_business_id == posting.receiver
            && self.amount.credits() == posting.amount
            && self.reason == posting.reason
            && self.referral_id == posting.referral
    }
}

/// A credit that will be posted if the introduction happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
#[diesel(table_name = hold)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// In which circle.
    pub circle_id: CircleId,
    /// For which referral.
    pub referral_id: ReferralId,
    /// Who gives.
    pub giver_business_id: BusinessId,
    /// Who receives.
    pub receiver_business_id: BusinessId,
    /// How many credits.
    pub amount: Amount,
    /// Where it stands.
    pub state: HoldState,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When it was resolved.
    pub resolved_at: Option<Timestamp>,
}

/// The last entry of a circle's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 for an empty ledger.
    pub seq: i64,
    /// Its hash; zeros for an empty ledger.
    pub hash: LedgerHash,
}

impl Head {
    /// The head of an empty ledger.
    pub const EMPTY: Self = Self { seq: 0, hash: LedgerHash::ZERO };
}

/// One side of a transfer or hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Gives, and is owed.
    Giver,
    /// Receives, and owes.
    Receiver,
}

/// What a member gave and received in one circle, and what waits in open holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Everything ever given; never falls.
    pub given: i64,
    /// Everything ever received; never falls.
    pub received: i64,
    /// What open holds will add to `given`.
    pub pending_given: i64,
    /// What open holds will add to `received`.
    pub pending_received: i64,
}

impl Counters {
    /// What the circle owes the member; below zero when the member owes.
    pub fn balance(self) -> i64 {
        self.given - self.received
    }

    /// Fails when a posting or hold would raise this side past [`COUNTER_MAX`].
    pub fn check_room(self, side: Side, amount: Amount) -> Answer<()> {
        let (settled, pending) = match side {
            Side::Giver => (self.given, self.pending_given),
            Side::Receiver => (self.received, self.pending_received),
        };
        let after = settled.checked_add(pending).and_then(|sum| sum.checked_add(amount.credits()));
        match after {
            Some(sum) if sum <= COUNTER_MAX => Ok(()),
            _ => Err(Failure::conflict("ledger_limit", format!("a member's credits in a circle are limited to {COUNTER_MAX}"))),
        }
    }

    /// After a transfer.
    pub fn moved(mut self, side: Side, amount: Amount) -> Answer<Self> {
        let counter = match side {
            Side::Giver => &mut self.given,
            Side::Receiver => &mut self.received,
        };
        *counter = added(*counter, amount.credits())?;
        Ok(self)
    }

    /// After a hold was placed.
    pub fn held(mut self, side: Side, amount: Amount) -> Answer<Self> {
        let counter = self.pending(side);
        *counter = added(*counter, amount.credits())?;
        Ok(self)
    }

    /// After a hold was resolved, however.
    pub fn released(mut self, side: Side, amount: Amount) -> Answer<Self> {
        let counter = self.pending(side);
        *counter = added(*counter, -amount.credits())?;
        Ok(self)
    }

    fn pending(&mut self, side: Side) -> &mut i64 {
        match side {
            Side::Giver => &mut self.pending_given,
            Side::Receiver => &mut self.pending_received,
        }
    }
}

/// A counter after a change; it stays between 0 and what a reversal of everything can reach.
fn added(counter: i64, change: i64) -> Answer<i64> {
    counter
        .checked_add(change)
        .filter(|after| (0..=2 * COUNTER_MAX).contains(after))
        .ok_or_else(|| Failure::internal(format!("a counter of the ledger would leave its bounds: {counter} {change:+}")))
}

/// Two members in a fixed order, so that there is one row for both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PairKey {
    /// The member with the lower id.
    pub low: BusinessId,
    /// The member with the higher id.
    pub high: BusinessId,
}

impl PairKey {
    /// The pair of two members.
    pub fn of(one: BusinessId, other: BusinessId) -> Self {
        Self { low: one.min(other), high: one.max(other) }
    }
}

/// What two members gave each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pair {
    /// What the one with the lower id gave.
    pub low_to_high: i64,
    /// What the one with the higher id gave.
    pub high_to_low: i64,
}

impl Pair {
    /// After a transfer by `giver`.
    pub fn moved(mut self, key: PairKey, giver: BusinessId, amount: Amount) -> Answer<Self> {
        let counter = if giver == key.low { &mut self.low_to_high } else { &mut self.high_to_low };
        *counter = added(*counter, amount.credits())?;
        Ok(self)
    }
}

/// Refuses a transfer to oneself.
pub fn check_sides(giver: BusinessId, receiver: BusinessId) -> Answer<()> {
    if giver == receiver { Err(Failure::field("receiver", "same_business", format!("{} cannot give to itself", giver.raw()))) } else { Ok(()) }
}

impl Hold {
    /// An open hold.
    pub fn placed(id: HoldId, facts: &HoldFacts, amount: Amount, at: Timestamp) -> Self {
        Self {
            id,
            circle_id: facts.circle,
            referral_id: facts.referral,
            giver_business_id: facts.giver,
            receiver_business_id: facts.receiver,
            amount,
            state: HoldState::Open,
            placed_at: at,
            resolved_at: None,
        }
    }

    /// Both sides with their businesses.
    pub fn sides(&self) -> [(Side, BusinessId); 2] {
        [(Side::Giver, self.giver_business_id), (Side::Receiver, self.receiver_business_id)]
    }

    /// Whether it holds what these facts say.
    pub fn says(&self, facts: &HoldFacts) -> bool {
        self.circle_id == facts.circle
            && self.referral_id == facts.referral
            && self.giver_business_id == facts.giver
            && self.receiver_business_id == facts.receiver
            && self.amount.credits() == facts.amount
    }
}
