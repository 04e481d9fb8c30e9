//! Whose turn it is: a counter of what each candidate is owed of the leads that went round (deficit round robin).
//!
//! Every lead is one unit, shared alike among all who could have taken it; who takes it pays all the shares. So the counters
//! of a circle always add up to 0, and of n candidates between whom nothing else decides each gets exactly k of n·k leads.

use crate::kernel::Timestamp;
use crate::kernel::id::BusinessId;

/// One lead in the unit of the counters.
pub const ONE_LEAD: i64 = 1_000_000;

/// Where a member stands in the order of turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turn {
    /// What it is owed, in millionths of a lead; below zero when it got more than its share.
    pub deficit: i64,
    /// When a lead was last put to it; never comes before everything else.
    pub received_at: Option<Timestamp>,
}

/// How the counters change when a lead for which there were these candidates goes to `receiver`. Adds up to 0. A receiver that
/// was no candidate (the giver may choose freely) pays as well: it had its turn.
pub fn changes(candidates: &[BusinessId], receiver: BusinessId) -> Vec<(BusinessId, i64)> {
    let count = i64::try_from(candidates.len()).unwrap_or(i64::MAX).max(1);
    let share = ONE_LEAD / count;
    let paid = candidates.iter().map(|_| share).sum::<i64>();
    let mut changes: Vec<(BusinessId, i64)> = candidates.iter().filter(|candidate| **candidate != receiver).map(|candidate| (*candidate, share)).collect();
    let own = if candidates.contains(&receiver) { share - paid } else { -paid };
    changes.push((receiver, own));
    changes.retain(|(_, change)| *change != 0);
    changes
}
