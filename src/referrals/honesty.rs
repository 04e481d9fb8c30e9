//! What keeps made-up leads out at the door: nobody is referred to himself, no lead is passed twice as new, and no pair passes
//! more than the circle allows. Every answer is yes or no and shows nothing of what was compared.

use std::collections::HashSet;
use std::time::Duration;

use crate::accounts::views as accounts;
use crate::businesses::views as businesses;
use crate::circles::policy::Policy;
use crate::circles::views as circles;
use crate::db::{AnyConn, Tx};
use crate::introductions::views as introductions;
use crate::kernel::clock::days;
use crate::kernel::id::{BusinessId, CircleId, Identifier, ReferralId};
use crate::kernel::{Answer, EmailAddress, Failure, Fields, KeyedHash, Timestamp};

use super::checks;
use super::store::{self, ProspectRow, ReferralRow};
use super::views::Need;

/// The month over which a pair's referrals are counted.
const MONTH: Duration = days(30);

/// Whether the prospect is one of the parties, or of another member, or linked to one. Members know each other without a
/// referral; only an inside referral names the giver's own people: there the giver's business buys.
///
/// Compared are the address (of people, and of colleagues who were invited), and the phone number and the tax number of businesses.
/// Businesses with one phone number or tax number are as good as one.
pub fn prospect_is_outside(connection: &mut AnyConn, row: &ReferralRow, prospect: &ProspectRow, receiver: BusinessId) -> Answer<Fields> {
    let mut fields = Fields::new();
    let address = prospect.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    let [by_address, by_phone, by_tax_number] = businesses_of(connection, address.as_ref(), prospect.phone.as_deref(), prospect.tax_key.as_ref())?;
    for (field, found) in [("prospect.email", by_address), ("prospect.phone", by_phone), ("prospect.tax_number", by_tax_number)] {
        if found.is_empty() {
            continue;
        }
        let own = Some(row.giver_business_id).filter(|_| row.inside);
        let linked: Vec<BusinessId> = businesses::linked(connection, &found)?.into_iter().filter(|business| Some(*business) != own).collect();
        if linked.contains(&receiver) || linked.contains(&row.giver_business_id) {
            fields.add(field, "is_party", "this is an address or a number of the giver or the receiver");
            break;
        }
        if own.is_none_or(|own| !found.contains(&own)) && !circles::active_among(connection, row.circle_id, &linked)?.is_empty() {
            fields.add(field, "is_member", "this person belongs to a member of the circle, or is linked to one");
            break;
        }
    }
    Ok(fields)
}

/// The businesses to which a prospect belongs: by address, by phone number, and by tax number.
pub fn businesses_of(
    connection: &mut AnyConn,
    address: Option<&EmailAddress>,
    phone: Option<&str>,
    tax_key: Option<&KeyedHash>,
) -> Answer<[Vec<BusinessId>; 3]> {
    Ok([
        address.map_or(Ok(Vec::new()), |address| accounts::businesses_of_address(connection, address.normalised()))?,
        phone.map_or(Ok(Vec::new()), |phone| businesses::with_phone(connection, phone))?,
        tax_key.map_or(Ok(Vec::new()), |key| businesses::with_tax_key(connection, key))?,
    ])
}

/// Refuses a lead that is none: in this circle another giver introduced the person within the circle's time, or the giver was
/// introduced to the person himself. What came out of a referral he received is passed as its spin-off.
pub fn lead_is_new(tx: &mut Tx<'_>, row: &ReferralRow, prospect: &ProspectRow, policy: &Policy) -> Answer<()> {
    let since = tx.now().before(days(policy.limits.recycled_days));
    let giver = row.giver_business_id;
    let keys = [&prospect.email_key, &prospect.phone_key, &prospect.tax_key].map(Option::as_ref);
    let before = introductions::introduced_before(tx, giver, keys, since)?;
    let is_recycled = |one: &introductions::IntroducedBefore| {
        Some(one.referral) != row.origin_referral_id && one.referral != row.id && (one.circle == row.circle_id || one.receiver == giver)
    };
    if before.iter().any(is_recycled) {
        return Err(Failure::conflict("recycled_lead", "this person was introduced here, or to you, not long ago: that is no new lead"));
    }
    Ok(())
}

/// Refuses a giver who passed as many referrals to this receiver within 30 days as the circle allows.
pub fn pair_has_room(tx: &mut Tx<'_>, giver: BusinessId, receiver: BusinessId, policy: &Policy) -> Answer<()> {
    let (now, most) = (tx.now(), policy.limits.pair_per_month);
    let passed = store::passed_to_since(tx, giver, receiver, now.before(MONTH), most.into())?;
    if passed.len() < most as usize {
        return Ok(());
    }
    let free_at = passed.last().map_or(now, |oldest| oldest.after(MONTH));
    Err(Failure::TooMany { code: "passes_per_pair", retry_after_seconds: checks::seconds_until(free_at, now) })
}

/// To whom a giver may pass no more within this month.
pub fn full_pairs(connection: &mut AnyConn, need: &Need, policy: &Policy, now: Timestamp) -> Answer<HashSet<BusinessId>> {
    let this = need.referral.unwrap_or_else(|| ReferralId::from_raw(0));
    let passed = store::passed_to_each_since(connection, need.giver, now.before(MONTH), this)?;
    Ok(passed.into_iter().filter(|(_, count)| *count >= i64::from(policy.limits.pair_per_month)).map(|(receiver, _)| receiver).collect())
}

/// Refuses a business that an organiser suspended.
pub fn not_suspended(connection: &mut AnyConn, circle: CircleId, business: BusinessId) -> Answer<()> {
    if is_suspended(connection, circle, business)? {
        return Err(Failure::conflict("suspended", "the membership in this circle is suspended: talk to an organiser"));
    }
    Ok(())
}

/// Whether an organiser suspended this business.
pub fn is_suspended(connection: &mut AnyConn, circle: CircleId, business: BusinessId) -> Answer<bool> {
    Ok(circles::membership(connection, circle, business)?.is_some_and(|membership| membership.is_suspended))
}
