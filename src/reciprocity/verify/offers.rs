//! Referrals against their offers, their prospects' data, and the clocks that keep them moving.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::report::{Report, Rule};
use super::{PAGE, shown};
use crate::db::AnyConn;
use crate::db::schema::{introduction, offer, prospect, referral, timer};
use crate::introductions::model::IntroductionState;
use crate::kernel::Answer;
use crate::kernel::id::{Identifier, IntroductionId, OfferId};
use crate::referrals::model::{OfferState, ReferralState as State};
use crate::timers::TimerKind;

/// A referral as it lies there.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = referral)]
struct Row {
    id: i64,
    receiver_business_id: Option<i64>,
    state: i16,
    wiped_at: Option<i64>,
}

/// An offer as it lies there.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = offer)]
struct Offer {
    id: i64,
    referral_id: i64,
    receiver_business_id: i64,
    state: i16,
}

/// Everything about one page of referrals.
struct Around {
    offers: HashMap<i64, Vec<Offer>>,
    with_prospect: HashSet<i64>,
    with_expiry: HashSet<i64>,
}

/// Checks every referral, then every introduction that both agreed to.
pub(super) fn check(connection: &mut AnyConn, report: &mut Report) -> Answer<()> {
    let mut last = i64::MIN;
    loop {
        let page: Vec<Row> = referral::table.filter(referral::id.gt(last)).order(referral::id).limit(PAGE).select(Row::as_select()).load(connection)?;
        let Some(newest) = page.last() else { break };
        last = newest.id;
        let around = around(connection, &page)?;
        for row in &page {
            check_one(row, &around, report);
        }
    }
    check_introductions(connection, report)
}

fn around(connection: &mut AnyConn, page: &[Row]) -> Answer<Around> {
    let ids: Vec<i64> = page.iter().map(|row| row.id).collect();
    let rows: Vec<Offer> = offer::table.filter(offer::referral_id.eq_any(ids.clone())).select(Offer::as_select()).load(connection)?;
    let open: Vec<i64> = rows.iter().filter(|offer| offer.state == OfferState::Open.code()).map(|offer| offer.id).collect();
    let with_prospect: Vec<i64> = prospect::table.filter(prospect::referral_id.eq_any(ids)).select(prospect::referral_id).load(connection)?;
    let mut offers: HashMap<i64, Vec<Offer>> = HashMap::new();
    for row in rows {
        offers.entry(row.referral_id).or_default().push(row);
    }
    Ok(Around { offers, with_prospect: with_prospect.into_iter().collect(), with_expiry: with_timer(connection, TimerKind::OfferExpiry, open)? })
}

fn with_timer(connection: &mut AnyConn, kind: TimerKind, subjects: Vec<i64>) -> Answer<HashSet<i64>> {
    if subjects.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<i64> = timer::table.filter(timer::kind.eq(kind).and(timer::subject_id.eq_any(subjects))).select(timer::subject_id).load(connection)?;
    Ok(found.into_iter().collect())
}

fn check_one(row: &Row, around: &Around, report: &mut Report) {
    // A state that does not exist is told elsewhere.
    let Some(state) = State::ALL.iter().copied().find(|state| state.code() == row.state) else { return };
    let subject = shown::referral(row.id);
    let offers = around.offers.get(&row.id).map_or(&[][..], Vec::as_slice);
    let expected = match state {
        State::Offered => Some(OfferState::Open),
        State::Accepted => Some(OfferState::Accepted),
        state if state.was_introduced() => Some(OfferState::Accepted),
        _ => None,
    };
    let of_state = |wanted: OfferState| offers.iter().filter(move |offer| offer.state == wanted.code());
    if let Some(expected) = expected {
        let fitting: Vec<&Offer> = of_state(expected).collect();
        if !matches!(fitting.as_slice(), [only] if Some(only.receiver_business_id) == row.receiver_business_id) {
            report.add(Rule::OffersFollowReferrals, "offer", subject, format!("the referral is {state}, but has no {expected} offer to its receiver alone"));
        }
    }
    for open in of_state(OfferState::Open) {
        let id = OfferId::from_raw(open.id);
        if state != State::Offered {
            report.add(Rule::OffersFollowReferrals, "offer", subject, format!("{id} is open although the referral is {state}"));
        }
        if !around.with_expiry.contains(&open.id) {
            report.add(Rule::ClocksRun, "timer", id, "the offer is open, but no clock will end it");
        }
    }
    match (row.wiped_at, around.with_prospect.contains(&row.id)) {
        (Some(_), true) => report.add(Rule::WipedIsWiped, "prospect", subject, "is marked as wiped, but the prospect's data is there"),
        (None, false) if !offers.is_empty() => report.add(Rule::WipedIsWiped, "prospect", subject, "the prospect's data is gone without a mark"),
        _ => {}
    }
}

/// Both agreed: only the clock connects them, so it must be there.
fn check_introductions(connection: &mut AnyConn, report: &mut Report) -> Answer<()> {
    let mut last = i64::MIN;
    loop {
        let page: Vec<(i64, i16)> = introduction::table
            .filter(introduction::id.gt(last))
            .order(introduction::id)
            .limit(PAGE)
            .select((introduction::id, introduction::state))
            .load(connection)?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = newest.0;
        let agreed: Vec<i64> = page.iter().filter(|row| row.1 == IntroductionState::Agreed.code()).map(|row| row.0).collect();
        let with_clock = with_timer(connection, TimerKind::IntroductionDue, agreed.clone())?;
        for id in agreed.into_iter().filter(|id| !with_clock.contains(id)) {
            report.add(Rule::ClocksRun, "timer", IntroductionId::from_raw(id), "both agreed, but no clock will connect them");
        }
    }
}
