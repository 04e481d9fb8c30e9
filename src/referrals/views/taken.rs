//! "Already your customer, or referred already?" answered yes or no from keyed hashes, never by showing data.

use crate::businesses::views as businesses;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{BusinessId, CircleId, ReferralId};
use crate::kernel::{Answer, Failure, KeyedHash, Principal};
use crate::referrals::{checks, store};

/// A person, by keyed hashes, who would be referred to a receiver in a circle.
#[derive(Debug, Clone)]
pub struct Sought {
    /// In which circle.
    pub circle: CircleId,
    /// To whom.
    pub receiver: BusinessId,
    /// Of the address.
    pub email_key: Option<KeyedHash>,
    /// Of the number.
    pub phone_key: Option<KeyedHash>,
    /// Of the tax number.
    pub tax_key: Option<KeyedHash>,
}

/// Whether the person is taken; only members ask, and only about members.
pub fn is_taken(connection: &mut AnyConn, principal: &Principal, sought: &Sought, now: Timestamp) -> Answer<bool> {
    if !checks::is_active(connection, sought.circle, principal.business()?)? {
        return Err(Failure::NotFound("circle"));
    }
    if !checks::is_active(connection, sought.circle, sought.receiver)? {
        return Err(Failure::field("receiver", "not_a_member", "the receiver is no active member of the circle"));
    }
    is_duplicate(connection, sought, now, None)
}

/// Whether the person is the receiver's customer already, or referred to somebody in this circle within the claim window.
pub(in crate::referrals) fn is_duplicate(connection: &mut AnyConn, sought: &Sought, now: Timestamp, except: Option<ReferralId>) -> Answer<bool> {
    let keys: Vec<KeyedHash> = sought.email_key.iter().chain(&sought.phone_key).chain(&sought.tax_key).cloned().collect();
    if keys.is_empty() {
        return Ok(false);
    }
    if businesses::has_customer(connection, sought.receiver, &keys)? {
        return Ok(true);
    }
    let (_, policy) = circles::policy(connection, sought.circle, None)?;
    let since = now.before(days(policy.claim_window_days));
    let keys = [&sought.email_key, &sought.phone_key, &sought.tax_key].map(Option::as_ref);
    store::claimed(connection, sought.circle, keys, since, except)
}
