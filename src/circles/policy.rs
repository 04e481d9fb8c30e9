//! A circle's policy: clocks, credits and consent paths. Versioned; a referral keeps the version it was passed under.
//!
//! Whoever puts a version in force says every rule: what is left out is refused, never reset in silence. Versions that were stored
//! before a rule existed are read with the usual one ([`Policy::stored`]).

mod ceilings;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::businesses::trade::TradeCode;
use crate::kernel::{Answer, Fields};
use crate::reciprocity::clearing::RingLength;

pub use ceilings::{CEILINGS_MAX, Ceiling};

crate::coded_enum! {
    /// How the prospect is reached and his consent recorded.
    pub enum ConsentPath {
        /// The giver sends a personal link from his own mailbox or messenger.
        Share = 1 "share",
        /// Consent was given before; one neutral mail asks to confirm it.
        Attested = 2 "attested",
        /// The server asks by mail. Only where the operator has switched it on.
        Ask = 3 "ask",
    }
}

/// The rules of a circle. Hours and days are whole; credits are integers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Running clocks.
    pub clocks: Clocks,
    /// What is posted for what.
    pub credits: Credits,
    /// Which ways to the prospect the circle allows; at least one.
    pub consent_paths: Vec<ConsentPath>,
    /// For how long a prospect referred to somebody is not referred again, in days.
    pub claim_window_days: u32,
    /// Rings of up to so many members are closed first, 2 to 8; 0 closes the most that can be closed, however long the rings.
    pub ring_length: u8,
    /// What keeps made-up leads from paying.
    pub limits: Limits,
    /// The most that business won brings, by the trade that was needed; at most 20.
    #[schema(max_items = 20)]
    pub ceilings: Vec<Ceiling>,
    /// What counts when a receiver is suggested.
    pub weights: Weights,
}

/// Rules that stored versions may lack, because they are younger.
const YOUNGER_RULES: [&str; 4] = ["ring_length", "limits", "ceilings", "weights"];

/// How much each part counts when a receiver is suggested: 0 to 100, and not all of them 0. Alike unless the circle decides otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// How well trade and region fit.
    pub fit: u32,
    /// How often business came of what was received.
    pub conversion: u32,
    /// How soon offers are answered.
    pub response: u32,
    /// How much room there is for another referral.
    pub load: u32,
    /// How much more comes round through rings.
    pub ring: u32,
    /// Whether more is owed to the candidate than to the giver.
    pub evenness: u32,
    /// Whose turn it is.
    pub turn: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { fit: 1, conversion: 1, response: 1, load: 1, ring: 1, evenness: 1, turn: 1 }
    }
}

impl Weights {
    /// The weights with their names, in the order in which the parts are shown.
    pub const fn named(&self) -> [(&'static str, u32); 7] {
        [
            ("weights.fit", self.fit),
            ("weights.conversion", self.conversion),
            ("weights.response", self.response),
            ("weights.load", self.load),
            ("weights.ring", self.ring),
            ("weights.evenness", self.evenness),
            ("weights.turn", self.turn),
        ]
    }

    /// All of them together.
    pub fn sum(&self) -> u32 {
        self.named().iter().fold(0, |sum, (_, weight)| sum.saturating_add(*weight))
    }
}

/// The clocks of a circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// An offer is answered within so many hours.
    pub answer_hours: u32,
    /// The reminder comes after so many hours.
    pub answer_reminder_hours: u32,
    /// First contact is due so many hours after the introduction.
    pub first_contact_hours: u32,
    /// A silent referral is asked about every so many days.
    pub nudge_days: u32,
    /// A referral ends after so many days.
    pub close_days: u32,
}

/// What a circle posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credits {
    /// When the introduction happened.
    pub introduced: i64,
    /// When business was closed.
    pub won: i64,
    /// For each full 1,000 of value won.
    pub won_per_thousand: i64,
    /// The most that value adds.
    pub won_value_cap: i64,
    /// When a third side gained.
    pub third_win: i64,
}

/// What keeps made-up leads from paying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The most referrals one business passes to another within 30 days.
    pub pair_per_month: u32,
    /// For how long somebody who was introduced by one giver is not passed as a new lead by another, in days.
    pub recycled_days: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pair_per_month: 20, recycled_days: 180 }
    }
}

/// The greatest number of credits a rule may give.
const CREDITS_MAX: i64 = 1_000_000;
/// The greatest weight of a part of a suggestion.
const WEIGHT_MAX: i64 = 100;

impl Default for Policy {
    fn default() -> Self {
        Self {
            clocks: Clocks { answer_hours: 48, answer_reminder_hours: 24, first_contact_hours: 48, nudge_days: 14, close_days: 180 },
            credits: Credits { introduced: 10, won: 20, won_per_thousand: 10, won_value_cap: 200, third_win: 5 },
            consent_paths: vec![ConsentPath::Share, ConsentPath::Attested],
            claim_window_days: 180,
            // Threes are easily understood.
            ring_length: 3,
            limits: Limits::default(),
            ceilings: Vec::new(),
            weights: Weights::default(),
        }
    }
}

impl Policy {
    /// Reads a version as it was stored. A rule that did not exist then is the usual one.
    pub fn stored(body: &str) -> serde_json::Result<Self> {
        let mut stored: Value = serde_json::from_str(body)?;
        let usual = serde_json::to_value(Self::default())?;
        if let Value::Object(rules) = &mut stored {
            for name in YOUNGER_RULES {
                rules.entry(name).or_insert_with(|| usual[name].clone());
            }
        }
        serde_json::from_value(stored)
    }

    /// Up to how many members the rings have that are closed first.
    pub fn ring_length(&self) -> RingLength {
        // A policy was checked before it was stored.
        RingLength::new(self.ring_length).unwrap_or_default()
    }

    /// Whether every rule lies within its bounds.
    pub fn check(&self) -> Answer<()> {
        let mut fields = Fields::new();
        let clocks = &self.clocks;
        let mut range = |field: &str, value: i64, least: i64, most: i64| {
            if !(least..=most).contains(&value) {
                fields.add(field, "out_of_range", format!("between {least} and {most}"));
            }
        };
        range("clocks.answer_hours", clocks.answer_hours.into(), 2, 720);
        range("clocks.answer_reminder_hours", clocks.answer_reminder_hours.into(), 1, i64::from(clocks.answer_hours) - 1);
        range("clocks.first_contact_hours", clocks.first_contact_hours.into(), 1, 720);
        range("clocks.nudge_days", clocks.nudge_days.into(), 1, 180);
        range("clocks.close_days", clocks.close_days.into(), 7, 1_095);
        range("credits.introduced", self.credits.introduced, 0, CREDITS_MAX);
        range("credits.won", self.credits.won, 0, CREDITS_MAX);
        range("credits.won_per_thousand", self.credits.won_per_thousand, 0, CREDITS_MAX);
        range("credits.won_value_cap", self.credits.won_value_cap, 0, CREDITS_MAX);
        range("credits.third_win", self.credits.third_win, 0, CREDITS_MAX);
        range("claim_window_days", self.claim_window_days.into(), 0, 1_095);
        range("limits.pair_per_month", self.limits.pair_per_month.into(), 1, 600);
        range("limits.recycled_days", self.limits.recycled_days.into(), 0, 1_095);
        for (field, weight) in self.weights.named() {
            range(field, weight.into(), 0, WEIGHT_MAX);
        }
        ceilings::check(&self.ceilings, &mut fields);
        if RingLength::new(self.ring_length).is_none() {
            fields.add("ring_length", "ring_length", "0, or between 2 and 8");
        }
        if self.weights.sum() == 0 {
            fields.add("weights.fit", "out_of_range", "at least one part counts");
        }
        if self.consent_paths.is_empty() {
            fields.add("consent_paths", "required", "a circle allows at least one way to the prospect");
        }
        fields.finish()
    }

    /// The credits for closed business of this value: `won` plus `won_per_thousand` for each full 1,000 of the main unit, capped; and
    /// all of it never more than the ceiling of the trade that was needed. A trade that exists no more has no ceiling.
    pub fn credits_for_won(&self, trade: Option<TradeCode>, value_minor: Option<i64>, decimals: u32) -> i64 {
        let thousand = 1_000_i64.saturating_mul(10_i64.saturating_pow(decimals));
        let thousands = value_minor.unwrap_or(0).max(0) / thousand;
        let credits = self.credits.won + thousands.saturating_mul(self.credits.won_per_thousand).min(self.credits.won_value_cap);
        trade.and_then(|trade| ceilings::ceiling_of(&self.ceilings, trade)).map_or(credits, |ceiling| credits.min(ceiling))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trade(code: &str) -> TradeCode {
        TradeCode::parse(code).unwrap()
    }

    #[test]
    fn the_default_policy_is_valid_and_counts_as_described() {
        let (policy, roofer) = (Policy::default(), Some(trade("roofer")));
        assert!(policy.check().is_ok());
        assert_eq!(policy.credits_for_won(roofer, None, 2), 20);
        assert_eq!(policy.credits_for_won(roofer, Some(99_999), 2), 20);
        assert_eq!(policy.credits_for_won(roofer, Some(1_250_000), 2), 20 + 120);
        assert_eq!(policy.credits_for_won(roofer, Some(i64::MAX), 2), 220);
    }

    #[test]
    fn a_ceiling_caps_everything_that_business_won_brings() {
        let (roofer, painter) = (trade("roofer"), trade("painter"));
        let policy = Policy { ceilings: vec![Ceiling { trade: roofer, credits: 60 }], ..Policy::default() };
        let (needs_roofer, needs_painter) = (Some(roofer), Some(painter));
        assert!(policy.check().is_ok());
        assert_eq!(policy.credits_for_won(needs_roofer, None, 2), 20);
        assert_eq!(policy.credits_for_won(needs_roofer, Some(1_250_000), 2), 60);
        assert_eq!(policy.credits_for_won(needs_painter, Some(1_250_000), 2), 140);
        let nothing = Policy { ceilings: vec![Ceiling { trade: roofer, credits: 0 }], ..Policy::default() };
        assert_eq!(nothing.credits_for_won(needs_roofer, Some(1_250_000), 2), 0);
    }

    #[test]
    fn a_stored_policy_that_is_older_than_a_rule_has_the_usual_one() {
        for name in YOUNGER_RULES {
            let mut stored = serde_json::to_value(Policy::default()).unwrap();
            stored.as_object_mut().unwrap().remove(name);
            assert_eq!(Policy::stored(&stored.to_string()).unwrap(), Policy::default(), "{name}");
            assert!(serde_json::from_value::<Policy>(stored).is_err(), "whoever sends rules sends {name}");
        }
        let kept = Policy { ring_length: 5, ..Policy::default() };
        assert_eq!(Policy::stored(&serde_json::to_string(&kept).unwrap()).unwrap(), kept);
        assert!(Policy::stored("nonsense").is_err() && Policy::stored("[]").is_err());
    }

    #[test]
    fn every_rule_has_bounds() {
        let mut policy = Policy { consent_paths: Vec::new(), ..Policy::default() };
        policy.clocks.answer_reminder_hours = 48;
        policy.credits.won = -1;
        policy.weights.turn = 101;
        let Err(crate::kernel::Failure::Invalid(errors)) = policy.check() else { panic!("must be refused") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["clocks.answer_reminder_hours", "credits.won", "weights.turn", "consent_paths"]);
        let nothing_counts = Weights { fit: 0, conversion: 0, response: 0, load: 0, ring: 0, evenness: 0, turn: 0 };
        assert!(Policy { weights: nothing_counts, ..Policy::default() }.check().is_err());
        for (ring_length, is_valid) in [(0, true), (1, false), (2, true), (8, true), (9, false)] {
            assert_eq!(Policy { ring_length, ..Policy::default() }.check().is_ok(), is_valid, "{ring_length}");
        }
    }
}
