//! What the verifier found.

use std::fmt;

use serde::Serialize;

/// The most violations that are kept; the rest is counted.
const KEPT_MAX: usize = 1_000;

/// What must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// I1.
    GivenIsReceived,
    /// I2.
    BalancesAreReplay,
    /// I3.
    PairsAreReplay,
    /// I4.
    ChainHolds,
    /// I5.
    KeysPostOnce,
    /// I6.
    ReversalsNet,
    /// I7.
    HoldsResolveOnce,
    /// I8.
    LimitsKept,
    /// I9.
    ClearingProven,
    /// Settlements are whole.
    SettlementsWhole,
    /// Turns are what the kept suggestions say.
    TurnsAreReplay,
    /// Holds and referrals tell the same story.
    HoldsFollowReferrals,
    /// Postings and referrals tell the same story.
    CreditsFollowReferrals,
    /// What happened to a referral was recorded.
    EventsFollowReferrals,
    /// Offers and referrals tell the same story.
    OffersFollowReferrals,
    /// What waits for a clock has one.
    ClocksRun,
    /// Wiped data is gone, and no other.
    WipedIsWiped,
}

impl Rule {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GivenIsReceived => "I1",
            Self::BalancesAreReplay => "I2",
            Self::PairsAreReplay => "I3",
            Self::ChainHolds => "I4",
            Self::KeysPostOnce => "I5",
            Self::ReversalsNet => "I6",
            Self::HoldsResolveOnce => "I7",
            Self::LimitsKept => "I8",
            Self::ClearingProven => "I9",
            Self::SettlementsWhole => "settlements",
            Self::TurnsAreReplay => "turns",
            Self::HoldsFollowReferrals => "referral_holds",
            Self::CreditsFollowReferrals => "referral_credits",
            Self::EventsFollowReferrals => "referral_events",
            Self::OffersFollowReferrals => "referral_offers",
            Self::ClocksRun => "clocks",
            Self::WipedIsWiped => "wiped",
        }
    }

    /// What it says.
    pub const fn says(self) -> &'static str {
        match self {
            Self::GivenIsReceived => "in a circle as much is given as received",
            Self::BalancesAreReplay => "balances are the replay of the transfers",
            Self::PairsAreReplay => "pairs are the replay of the transfers and add up to the balances",
            Self::ChainHolds => "transfers are numbered without a gap and chained by hash up to the head",
            Self::KeysPostOnce => "a key posts once, and says what it was for",
            Self::ReversalsNet => "a transfer is reversed at most once, and then nets to zero",
            Self::HoldsResolveOnce => "a hold is resolved once; what is pending is what open holds add up to",
            Self::LimitsKept => "amounts, counters and codes keep within their limits",
            Self::ClearingProven => "what closes in rings is computed from what the transfers say, and its certificate verifies",
            Self::SettlementsWhole => "what settles rings belongs to a settlement that changes nobody's net, and is taken back as a whole or not at all",
            Self::TurnsAreReplay => "whose turn it is follows from what was suggested, and adds up to zero",
            Self::HoldsFollowReferrals => "a referral's hold is open while it is accepted, posted once it is introduced, and ended otherwise",
            Self::CreditsFollowReferrals => {
                "won referrals have their credits, once; invalid ones, and those of a case that was decided so, have them taken back"
            }
            Self::EventsFollowReferrals => "every referral past its draft has the event of its first offer",
            Self::OffersFollowReferrals => "a referral's one open or accepted offer is that of its receiver",
            Self::ClocksRun => "an open offer has a clock that ends it, an agreed introduction one that makes it",
            Self::WipedIsWiped => "a prospect's data is there until it is wiped, and then it is not",
        }
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// The table whose row is wrong, or lacks one.
    pub table: &'static str,
    /// Which thing.
    pub subject: String,
    /// What is wrong with it.
    pub detail: String,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Checked {
    /// Circles.
    pub circles: u64,
    /// Transfers.
    pub transfers: u64,
    /// Balances.
    pub balances: u64,
    /// Pairs.
    pub pairs: u64,
    /// Holds.
    pub holds: u64,
    /// Referrals.
    pub referrals: u64,
    /// Settlements.
    pub settlements: u64,
}

/// The outcome of a verification.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// How much was looked at.
    pub checked: Checked,
    /// How many violations there are.
    pub violations_count: u64,
    /// The first of them.
    pub violations: Vec<Violation>,
    /// What is no violation but worth a look.
    pub notes: Vec<String>,
}

impl Report {
    /// Whether everything holds.
    pub fn is_clean(&self) -> bool {
        self.violations_count == 0
    }

    pub(super) fn add(&mut self, rule: Rule, table: &'static str, subject: impl fmt::Display, detail: impl Into<String>) {
        self.violations_count += 1;
        if self.violations.len() < KEPT_MAX {
            self.violations.push(Violation { rule, table, subject: subject.to_string(), detail: detail.into() });
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checked { circles, transfers, balances, pairs, holds, referrals, settlements } = self.checked;
        write!(f, "checked: {circles} circles, {transfers} transfers, {balances} balances, {pairs} pairs, {holds} holds, ")?;
        writeln!(f, "{referrals} referrals, {settlements} settlements")?;
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        let mut rules: Vec<Rule> = self.violations.iter().map(|violation| violation.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            writeln!(f, "\n{} is broken: {}", rule.code(), rule.says())?;
            for violation in self.violations.iter().filter(|violation| violation.rule == rule) {
                writeln!(f, "  {}: {}: {}", violation.table, violation.subject, violation.detail)?;
            }
        }
        let kept = self.violations.len() as u64;
        match self.violations_count {
            0 => write!(f, "everything holds"),
            count if count > kept => write!(f, "\n{count} violations; the first {kept} are listed"),
            count => write!(f, "\n{count} violations"),
        }
    }
}
