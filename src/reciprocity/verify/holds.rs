//! Holds: each resolved once, the posted ones with their transfer, and what is pending the sum of the open ones (I7).

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::report::{Report, Rule};
use super::{PAGE, shown};
use crate::db::AnyConn;
use crate::db::schema::{balance, circle, hold, transfer};
use crate::kernel::Answer;
use crate::reciprocity::model::{AMOUNT_MAX, HoldState, Idem, Reason, TransferKind};

/// A hold as it lies there.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = hold)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) circle_id: i64,
    pub(super) referral_id: i64,
    pub(super) giver_business_id: i64,
    pub(super) receiver_business_id: i64,
    pub(super) amount: i64,
    pub(super) state: i16,
    pub(super) placed_at: i64,
    pub(super) resolved_at: Option<i64>,
}

/// The part of a transfer that must repeat its hold.
type Posted = (String, i64, i64, i64, i64, i16, Option<i64>);

/// Checks every hold, then what is pending in every circle.
pub(super) fn check(connection: &mut AnyConn, report: &mut Report) -> Answer<()> {
    let mut last = i64::MIN;
    loop {
        let page: Vec<Row> = hold::table.filter(hold::id.gt(last)).order(hold::id).limit(PAGE).select(Row::as_select()).load(connection)?;
        let Some(newest) = page.last() else { break };
        last = newest.id;
        let posted = posted_for(connection, &page)?;
        for row in &page {
            report.checked.holds += 1;
            check_one(row, &posted, report);
        }
    }
    check_postings(connection, report)?;
    let mut last = i64::MIN;
    loop {
        let circles: Vec<i64> = circle::table.filter(circle::id.gt(last)).order(circle::id).limit(PAGE).select(circle::id).load(connection)?;
        let Some(newest) = circles.last() else { return Ok(()) };
        last = *newest;
        for circle in circles {
            check_pending(connection, circle, report)?;
        }
    }
}

/// The transfers that took the places of a page's holds, by their keys.
fn posted_for(connection: &mut AnyConn, page: &[Row]) -> Answer<HashMap<String, Posted>> {
    let keys: Vec<String> = page.iter().map(|row| Idem::of_hold(shown::hold(row.id)).into_string()).collect();
    let rows: Vec<Posted> = transfer::table
        .filter(transfer::idem.eq_any(keys))
        .select((
            transfer::idem,
            transfer::circle_id,
            transfer::giver_business_id,
            transfer::receiver_business_id,
            transfer::amount,
            transfer::reason,
            transfer::referral_id,
        ))
        .load(connection)?;
    Ok(rows.into_iter().map(|row| (row.0.clone(), row)).collect())
}

fn check_one(row: &Row, posted: &HashMap<String, Posted>, report: &mut Report) {
    let key = Idem::of_hold(shown::hold(row.id)).into_string();
    let mut wrong = |rule: Rule, detail: &str| report.add(rule, "hold", shown::hold(row.id), detail);
    if !(1..=AMOUNT_MAX).contains(&row.amount) || row.giver_business_id == row.receiver_business_id {
        wrong(Rule::LimitsKept, "its amount lies outside the limits, or giver and receiver are the same");
    }
    let is_open = row.state == HoldState::Open.code();
    if !HoldState::ALL.iter().any(|state| state.code() == row.state) {
        wrong(Rule::LimitsKept, "it has no known state");
    } else if is_open != row.resolved_at.is_none() || row.resolved_at.is_some_and(|resolved| resolved < row.placed_at) {
        wrong(Rule::HoldsResolveOnce, "its state and the moment it was resolved contradict each other");
    }
    let transfer = posted.get(&key);
    let expected = (key, row.circle_id, row.giver_business_id, row.receiver_business_id, row.amount, Reason::Introduced.code(), Some(row.referral_id));
    match (row.state == HoldState::Posted.code(), transfer) {
        (true, None) => wrong(Rule::HoldsResolveOnce, "is posted, but there is no transfer"),
        (true, Some(transfer)) if *transfer != expected => wrong(Rule::HoldsResolveOnce, "is posted, but the transfer says something else"),
        (false, Some(_)) => wrong(Rule::HoldsResolveOnce, "has a transfer although it was not posted"),
        _ => {}
    }
}

/// Every posting for an introduction took the place of a hold.
fn check_postings(connection: &mut AnyConn, report: &mut Report) -> Answer<()> {
    let mut last = i64::MIN;
    loop {
        let page: Vec<(i64, String)> = transfer::table
            .filter(transfer::id.gt(last).and(transfer::kind.eq(TransferKind::Post)).and(transfer::reason.eq(Reason::Introduced)))
            .order(transfer::id)
            .limit(PAGE)
            .select((transfer::id, transfer::idem))
            .load(connection)?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = newest.0;
        let named = |idem: &str| idem.split_once(':').and_then(|(_, id)| id.parse::<crate::kernel::id::HoldId>().ok());
        let ids: Vec<_> = page.iter().filter_map(|(_, idem)| named(idem)).collect();
        let found: Vec<crate::kernel::id::HoldId> = hold::table.filter(hold::id.eq_any(ids)).select(hold::id).load(connection)?;
        let found: std::collections::HashSet<_> = found.into_iter().collect();
        for (id, idem) in &page {
            if named(idem).is_none_or(|hold| !found.contains(&hold)) {
                report.add(Rule::HoldsResolveOnce, "transfer", shown::transfer(*id), "was posted for an introduction without a hold");
            }
        }
    }
}

fn check_pending(connection: &mut AnyConn, circle: i64, report: &mut Report) -> Answer<()> {
    // A literal state, so that the index of open holds is used.
    let is_open = || diesel::dsl::sql::<Bool>("hold.state = 1");
    let mut expected: BTreeMap<i64, (i128, i128)> = BTreeMap::new();
    let mut last = i64::MIN;
    loop {
        let page: Vec<(i64, i64, i64, i64)> = hold::table
            .filter(hold::circle_id.eq(circle).and(hold::id.gt(last)).and(is_open()))
            .order(hold::id)
            .limit(PAGE)
            .select((hold::id, hold::giver_business_id, hold::receiver_business_id, hold::amount))
            .load(connection)?;
        let Some(newest) = page.last() else { break };
        last = newest.0;
        for (_, giver, receiver, amount) in page {
            expected.entry(giver).or_default().0 += i128::from(amount);
            expected.entry(receiver).or_default().1 += i128::from(amount);
        }
    }
    let rows: Vec<(i64, i64, i64)> = balance::table
        .filter(balance::circle_id.eq(circle))
        .select((balance::business_id, balance::pending_given, balance::pending_received))
        .load(connection)?;
    let stored: BTreeMap<i64, (i128, i128)> = rows.into_iter().map(|(business, given, received)| (business, (given.into(), received.into()))).collect();
    for business in stored.keys().chain(expected.keys().filter(|business| !stored.contains_key(business))) {
        let (is, should) = (stored.get(business).copied().unwrap_or_default(), expected.get(business).copied().unwrap_or_default());
        if is != should {
            let subject = format!("{} in {}", shown::business(*business), shown::circle(circle));
            report.add(Rule::HoldsResolveOnce, "balance", subject, format!("pending {} and {}; the open holds say {} and {}", is.0, is.1, should.0, should.1));
        }
    }
    Ok(())
}
