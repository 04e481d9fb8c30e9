//! What must be right before a referral is put to a receiver, and what its giver should know.

use std::time::Duration;

use crate::circles::policy::Policy;
use crate::circles::{model::MemberState, views as circles};
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, EmailAddress, Failure, Fields};

use super::model::{Hindrance, PASSES_PER_DAY, Warning};
use super::reveal;
use super::store::{self, ProspectRow, ReferralRow};
use super::views::{Need, receivers};

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
pub fn receiver(connection: &mut AnyConn, row: &ReferralRow, prospect: &ProspectRow, receiver: BusinessId) -> Answer<(Fields, Vec<Warning>)> {
    let mut fields = Fields::new();
    let need = need(row, prospect);
    let found = receivers(connection, &need, &[receiver])?;
    let found = found.first().ok_or(Failure::NotFound("business"))?.eligibility;
    // Whose the prospect is, and under which field, is said by `honesty::prospect_is_outside`.
    for hindrance in found.hindrances().into_iter().filter(|hindrance| *hindrance != Hindrance::IsParty) {
        fields.add("receiver", hindrance.as_str(), hindrance.detail());
    }
    Ok((fields, found.warnings()))
}

/// What is asked of a receiver of this referral.
pub fn need(row: &ReferralRow, prospect: &ProspectRow) -> Need {
    Need {
        circle: row.circle_id,
        giver: row.giver_business_id,
        referral: Some(row.id),
        trade: row.trade(),
        region: row.region(),
        prospect_email: prospect.email.as_deref().and_then(|email| EmailAddress::parse(email).ok()),
        prospect_phone: prospect.phone.clone(),
        prospect_tax_key: prospect.tax_key.clone(),
    }
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
