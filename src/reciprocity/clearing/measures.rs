//! What can be said about obligations without solving, and what pairs do by themselves.

use super::graph::Obligations;

/// NID, the net internal debt: what net creditors are owed. No clearing can make the total smaller than this.
pub fn net_internal_debt(nets: &[i64]) -> i64 {
    nets.iter().map(|net| (*net).max(0)).sum()
}

/// What is cleared of each obligation when every two members cancel what they owe each other, and nothing more.
/// The sum is R1. Linear: for each member, what he owes and what he is owed are merged in order.
pub fn pairs(obligations: &Obligations) -> Vec<i64> {
    pairs_of(obligations, obligations.amounts())
}

/// The same when these are the amounts.
pub(super) fn pairs_of(obligations: &Obligations, amounts: &[i64]) -> Vec<i64> {
    let mut cleared = vec![0; obligations.count()];
    // Debtors come in ascending order, so each creditor's obligations are asked for in ascending order.
    let mut next: Vec<usize> = (0..obligations.members()).map(|member| obligations.of(member).start).collect();
    for debtor in 0..obligations.members() {
        for number in obligations.of(debtor) {
            let creditor = obligations.creditors()[number] as usize;
            let end = obligations.of(creditor).end;
            let mut at = next[creditor];
            while at < end && (obligations.creditors()[at] as usize) < debtor {
                at += 1;
            }
            next[creditor] = at;
            if at < end && obligations.creditors()[at] as usize == debtor {
                cleared[number] = amounts[number].min(amounts[at]);
            }
        }
    }
    cleared
}
