//! Ceilings by trade: how many credits business won can bring at the most.
//!
//! A roof is worth a hundred haircuts, and whoever makes up leads chooses the trade with the large sums. A circle may therefore say
//! for a trade, or for a group of trades, what a won referral brings at the most.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::CREDITS_MAX;
use crate::businesses::trade::TradeCode;
use crate::kernel::Fields;

/// The most ceilings of one policy.
pub const CEILINGS_MAX: usize = 20;

/// The most credits that a won referral brings when this trade was needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// A trade, or a group: then it holds for every trade of the group that has no ceiling of its own.
    pub trade: TradeCode,
    /// The most credits, for won and value together.
    pub credits: i64,
}

/// The ceiling for a need of this trade: its own, or that of its group.
pub fn ceiling_of(ceilings: &[Ceiling], trade: TradeCode) -> Option<i64> {
    let of = |wanted: TradeCode| ceilings.iter().find(|ceiling| ceiling.trade == wanted).map(|ceiling| ceiling.credits);
    of(trade).or_else(|| trade.parent().and_then(of))
}

/// Adds what is wrong with these ceilings to the errors.
pub(super) fn check(ceilings: &[Ceiling], fields: &mut Fields) {
    if ceilings.len() > CEILINGS_MAX {
        fields.add("ceilings", "too_many", format!("at most {CEILINGS_MAX} trades have a ceiling"));
    }
    let mut seen = HashSet::new();
    for ceiling in ceilings {
        if !seen.insert(ceiling.trade) {
            fields.add("ceilings", "named_twice", format!("{} is named twice", ceiling.trade.as_str()));
        }
        if !(0..=CREDITS_MAX).contains(&ceiling.credits) {
            fields.add("ceilings", "out_of_range", format!("between 0 and {CREDITS_MAX}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trade(code: &str) -> TradeCode {
        TradeCode::parse(code).unwrap()
    }

    #[test]
    fn the_ceiling_of_a_group_holds_where_the_trade_has_none_of_its_own() {
        let roofer = trade("roofer");
        let group = roofer.parent().unwrap();
        let ceilings = [Ceiling { trade: group, credits: 50 }, Ceiling { trade: roofer, credits: 120 }];
        assert_eq!(ceiling_of(&ceilings, roofer), Some(120), "higher or lower: its own counts");
        let sibling = crate::businesses::trade::tree().children(group).find(|other| *other != roofer).unwrap();
        assert_eq!(ceiling_of(&ceilings, sibling), Some(50));
        let stranger = crate::businesses::trade::tree().trades().find(|other| other.parent() != Some(group)).unwrap();
        assert_eq!(ceiling_of(&ceilings, stranger), None);
        assert_eq!(ceiling_of(&[], roofer), None);
    }

    #[test]
    fn a_list_is_short_and_names_each_trade_once() {
        let faults = |ceilings: &[Ceiling]| {
            let mut fields = Fields::new();
            check(ceilings, &mut fields);
            match fields.finish() {
                Err(crate::kernel::Failure::Invalid(errors)) => errors.into_iter().map(|error| error.code).collect::<Vec<_>>(),
                _ => Vec::new(),
            }
        };
        let all: Vec<Ceiling> = crate::businesses::trade::tree().trades().map(|trade| Ceiling { trade, credits: 10 }).collect();
        assert!(faults(&all[..CEILINGS_MAX]).is_empty());
        assert_eq!(faults(&all[..=CEILINGS_MAX]), ["too_many"]);
        assert_eq!(faults(&[all[0], all[0]]), ["named_twice"]);
        assert_eq!(faults(&[Ceiling { credits: -1, ..all[0] }]), ["out_of_range"]);
        assert!(faults(&[Ceiling { credits: 0, ..all[0] }]).is_empty());
    }
}
