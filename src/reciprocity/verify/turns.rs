//! Turns: the counters that suggestions order by are what the kept suggestions say, and add up to 0.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::report::{Report, Rule};
use super::{PAGE, shown};
use crate::db::AnyConn;
use crate::db::schema::{suggestion, turn};
use crate::kernel::Answer;
use crate::kernel::id::{BusinessId, Identifier};
use crate::reciprocity::suggestions::model::KeptCandidate;
use crate::reciprocity::suggestions::turns::changes;

/// A member's counter: what it is owed, and when a lead was last put to it.
type Counter = (i64, Option<i64>);

/// Replays the suggestions of one circle and holds them against its counters.
pub(super) fn check(connection: &mut AnyConn, circle: i64, report: &mut Report) -> Answer<()> {
    let replayed = replay(connection, circle, report)?;
    let rows: Vec<(i64, i64, Option<i64>)> =
        turn::table.filter(turn::circle_id.eq(circle)).select((turn::business_id, turn::deficit, turn::received_at)).load(connection)?;
    let stored: BTreeMap<i64, Counter> = rows.into_iter().map(|(business, deficit, received_at)| (business, (deficit, received_at))).collect();
    for business in stored.keys().chain(replayed.keys().filter(|business| !stored.contains_key(business))) {
        let (is, expected) = (stored.get(business).copied().unwrap_or_default(), replayed.get(business).copied().unwrap_or_default());
        let subject = || format!("{} in {}", shown::business(*business), shown::circle(circle));
        if is.0 != expected.0 {
            report.add(Rule::TurnsAreReplay, "turn", subject(), format!("is owed {} millionths of a lead, {} by what was suggested", is.0, expected.0));
        }
        if is.1 != expected.1 {
            report.add(Rule::TurnsAreReplay, "turn", subject(), "a lead was last put to it at another moment".to_owned());
        }
    }
    let sum: i128 = stored.values().map(|(deficit, _)| i128::from(*deficit)).sum();
    if sum != 0 {
        report.add(Rule::TurnsAreReplay, "turn", shown::circle(circle), format!("the counters add up to {sum}"));
    }
    Ok(())
}

/// The counters as the kept suggestions make them. A turn that was given back counts as if it had never been.
fn replay(connection: &mut AnyConn, circle: i64, report: &mut Report) -> Answer<BTreeMap<i64, Counter>> {
    let (mut counters, mut last) = (BTreeMap::<i64, Counter>::new(), i64::MIN);
    loop {
        let page: Vec<(i64, i64, String, bool, i64)> = suggestion::table
            .filter(suggestion::circle_id.eq(circle).and(suggestion::offer_id.gt(last)))
            .order(suggestion::offer_id)
            .limit(PAGE)
            .select((suggestion::offer_id, suggestion::receiver_business_id, suggestion::candidates, suggestion::turn_returned, suggestion::created_at))
            .load(connection)?;
        let Some(newest) = page.last() else { return Ok(counters) };
        last = newest.0;
        for (offer, receiver, candidates, is_returned, at) in page {
            let received = &mut counters.entry(receiver).or_default().1;
            *received = (*received).max(Some(at));
            let Ok(candidates) = serde_json::from_str::<Vec<KeptCandidate>>(&candidates) else {
                report.add(Rule::TurnsAreReplay, "suggestion", shown::offer(offer), "its candidates cannot be read".to_owned());
                continue;
            };
            let ids: Vec<BusinessId> = candidates.iter().map(|candidate| candidate.business).collect();
            for (business, change) in changes(&ids, BusinessId::from_raw(receiver)).into_iter().filter(|_| !is_returned) {
                counters.entry(business.raw()).or_default().0 += change;
            }
        }
    }
}
