//! What must be right before a referral is put to a receiver, and what its giver should know.

use std::time::Duration;

use crate::businesses::views::{self as businesses, BusinessCard};
use crate::circles::policy::Policy;
use crate::circles::{model::MemberState, views as circles};
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Failure, Fields};

use super::honesty;
use super::model::PASSES_PER_DAY;
use super::reveal;
use super::store::{self, ProspectRow, ReferralRow};

crate::coded_enum! {
    /// Something that does not hinder, but that the giver should know.
    pub enum Warning {
        /// The receiver does not name this trade.
        TradeNotServed = 1 "trade_not_served",
        /// The receiver does not name this region.
        RegionNotServed = 2 "region_not_served",
    }
}

/// What is still lacking in a draft, all at once.
pub fn complete(row: &ReferralRow, prospect: &ProspectRow, policy: &Policy) -> Fields {
    let mut fields = Fields::new();
    let mut require = |there: bool, field: &str, detail: &str| {
        if !there {
            fields.add(field, "required", detail);
        }
    };
    require(row.receiver_business_id.is_some(), "receiver", "choose who receives it");
    require(row.trade().is_some(), "trade", "choose the trade that is needed");
    require(!row.need.is_empty(), "need", "say what is needed");
    require(!prospect.name.is_empty(), "prospect.name", "name the prospect");
    require(prospect.email.is_some() || prospect.phone.is_some(), "prospect.email", "give an address or a phone number");
    if !policy.consent_paths.contains(&row.consent_path) {
        fields.add("consent_path", "not_allowed", "the circle does not allow this way to the prospect");
    }
    for (field, text) in [("need", row.need.as_str()), ("expectation", row.expectation.as_deref().unwrap_or(""))] {
        if reveal::names(prospect, text) {
            fields.add(field, "reveals_prospect", "the receiver reads this before the prospect agreed: leave out name, address and number");
        }
    }
    fields
}

/// Whether this receiver can be asked by this giver at all; what the giver should know besides.
pub fn receiver(connection: &mut AnyConn, row: &ReferralRow, receiver: BusinessId) -> Answer<(Fields, Vec<Warning>)> {
    let mut fields = Fields::new();
    if receiver == row.giver_business_id {
        fields.add("receiver", "same_business", "giver and receiver are the same business");
        return Ok((fields, Vec::new()));
    }
    if !is_active(connection, row.circle_id, receiver)? {
        fields.add("receiver", "not_a_member", "the receiver is no active member of the circle");
        return Ok((fields, Vec::new()));
    }
    let card = businesses::card(connection, receiver)?;
    // Others need not know that a member is suspended.
    if card.paused || honesty::is_suspended(connection, row.circle_id, receiver)? {
        fields.add("receiver", "paused", "the receiver takes no referrals at present");
    } else if store::count_filling_places(connection, receiver)? >= i64::from(card.open_referrals_max) {
        fields.add("receiver", "at_capacity", "the receiver has as many open referrals as it can take");
    }
    if businesses::excluded_between(connection, row.giver_business_id, receiver)? {
        fields.add("receiver", "excluded", "these two businesses exchange no referrals");
    }
    let warnings = warnings(connection, row, &card)?;
    Ok((fields, warnings))
}

fn warnings(connection: &mut AnyConn, row: &ReferralRow, receiver: &BusinessCard) -> Answer<Vec<Warning>> {
    let Some(trade) = row.trade() else { return Ok(Vec::new()) };
    if !receiver.trades.contains(&trade) {
        return Ok(vec![Warning::TradeNotServed]);
    }
    Ok(if businesses::serves(connection, receiver.id, trade, &row.region())? { Vec::new() } else { vec![Warning::RegionNotServed] })
}

/// Whether a business is an active member.
pub fn is_active(connection: &mut AnyConn, circle: CircleId, business: BusinessId) -> Answer<bool> {
    Ok(circles::membership(connection, circle, business)?.is_some_and(|membership| membership.state == MemberState::Active))
}

/// Refuses a giver who passed too much within a day.
pub fn passes_left(tx: &mut Tx<'_>, giver: BusinessId) -> Answer<()> {
    let (now, day) = (tx.now(), days(1));
    let passed = store::passed_since(tx, giver, now.before(day), PASSES_PER_DAY as i64)?;
    match passed.get(PASSES_PER_DAY - 1) {
        Some(oldest) => Err(Failure::TooMany { code: "passes_per_day", retry_after_seconds: seconds_until(oldest.after(day), now) }),
        None => Ok(()),
    }
}

/// How many whole seconds to wait.
pub fn seconds_until(then: Timestamp, now: Timestamp) -> u32 {
    let wait: Duration = then.since(now);
    u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
}
