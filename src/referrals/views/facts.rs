//! The facts of a referral for the other rooms, and, apart from them, its prospect.

use std::collections::HashMap;

use crate::businesses::trade::TradeCode;
use crate::circles::policy::ConsentPath;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, PersonId, ReferralId};
use crate::kernel::money::Currency;
use crate::kernel::phone::PhoneNumber;
use crate::kernel::region::Region;
use crate::kernel::{Answer, EmailAddress, Failure, KeyedHash, Language, Timestamp};
use crate::referrals::model::{ContactBy, Effort, ReferralState};
use crate::referrals::store::{self, ReferralRow};

/// What a referral might be worth, in the smallest unit of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// At least.
    pub min_minor: i64,
    /// At most; not less than the least.
    pub max_minor: i64,
}

/// A referral without its prospect.
#[derive(Debug, Clone)]
pub struct ReferralFacts {
    /// Its id.
    pub id: ReferralId,
    /// Where it was passed.
    pub circle: CircleId,
    /// Who passed it.
    pub giver: BusinessId,
    /// Which of the giver's people.
    pub giver_person: PersonId,
    /// The present receiver, or the last one asked.
    pub receiver: Option<BusinessId>,
    /// Where it stands.
    pub state: ReferralState,
    /// The trade that is needed.
    pub trade: TradeCode,
    /// What is needed.
    pub need: String,
    /// What the giver expects of the receiver.
    pub expectation: Option<String>,
    /// Where.
    pub region: Region,
    /// What it might be worth.
    pub worth: Option<Worth>,
    /// What the giver did for it.
    pub effort: Effort,
    /// Who makes the first contact.
    pub contact_by: ContactBy,
    /// Within how many hours after the introduction.
    pub contact_within_hours: u32,
    /// How the prospect is asked.
    pub consent_path: ConsentPath,
    /// The version of the circle's policy it was passed under.
    pub policy_version: i32,
    /// What was won, in the smallest unit. Not for the giver's eyes.
    pub won_value_minor: Option<i64>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// The referral it came out of.
    pub origin: Option<ReferralId>,
    /// Whether the giver's own business buys.
    pub inside: bool,
    /// Whether the prospect's data was wiped.
    pub wiped: bool,
}

/// The third person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// The name.
    pub name: String,
    /// The address; there is an address or a number.
    pub email: Option<EmailAddress>,
    /// The number.
    pub phone: Option<PhoneNumber>,
    /// The business of the prospect.
    pub company: Option<String>,
    /// The language to write in.
    pub language: Language,
    /// The giver's words to the prospect.
    pub words: Option<String>,
}

/// The facts of a referral that was passed. A draft is nobody else's business and is not found.
pub fn facts(connection: &mut AnyConn, id: ReferralId) -> Answer<ReferralFacts> {
    let row = store::referral(connection, id)?;
    if row.state == ReferralState::Draft { Err(Failure::NotFound("referral")) } else { facts_of(&row) }
}

/// What tells referrals apart where their words are not for the reader: the trade, and the moment at which each was begun.
pub fn labels(connection: &mut AnyConn, ids: &[ReferralId]) -> Answer<HashMap<ReferralId, (Option<TradeCode>, Timestamp)>> {
    Ok(store::labels(connection, ids)?.into_iter().map(|(id, trade, begun_at)| (id, (TradeCode::parse(&trade), begun_at))).collect())
}

/// The trades that these referrals need.
pub fn trades(connection: &mut AnyConn, ids: &[ReferralId]) -> Answer<HashMap<ReferralId, TradeCode>> {
    Ok(store::trades(connection, ids)?.into_iter().filter_map(|(id, trade)| Some((id, TradeCode::parse(&trade)?))).collect())
}

pub(in crate::referrals) fn facts_of(row: &ReferralRow) -> Answer<ReferralFacts> {
    let broken = |what: &str| Failure::internal(format!("{} has no valid {what}", row.id));
    Ok(ReferralFacts {
        id: row.id,
        circle: row.circle_id,
        giver: row.giver_business_id,
        giver_person: row.giver_person_id,
        receiver: row.receiver_business_id,
        state: row.state,
        trade: row.trade().ok_or_else(|| broken("trade"))?,
        need: row.need.clone(),
        expectation: row.expectation.clone(),
        region: row.region(),
        worth: row.worth_min_minor.zip(row.worth_max_minor).map(|(min_minor, max_minor)| Worth { min_minor, max_minor }),
        effort: Effort::parse(row.effort.into()).map_err(|_| broken("effort"))?,
        contact_by: row.contact_by,
        contact_within_hours: row.contact_within_hours(),
        consent_path: row.consent_path,
        policy_version: row.policy_version,
        won_value_minor: row.won_value_minor,
        currency: row.currency()?,
        origin: row.origin_referral_id,
        inside: row.inside,
        wiped: row.wiped_at.is_some(),
    })
}

/// The prospect of a referral; none when wiped. For introductions and for this room, never for a page of the receiver
/// before both agreed.
pub fn prospect(connection: &mut AnyConn, id: ReferralId) -> Answer<Option<Prospect>> {
    let Some(row) = store::prospect(connection, id)? else { return Ok(None) };
    let broken = |what: &str| Failure::internal(format!("the prospect of {id} has no valid {what}"));
    let email = row.email.as_deref().map(EmailAddress::parse).transpose().map_err(|_| broken("address"))?;
    let phone = row.phone.as_deref().map(|stored| PhoneNumber::parse(stored, "")).transpose().map_err(|_| broken("phone number"))?;
    Ok(Some(Prospect { name: row.name, email, phone, company: row.company, language: row.language, words: row.words }))
}

/// By what the prospect's tax number is compared; nothing when it was not stated, or wiped.
pub fn prospect_tax_key(connection: &mut AnyConn, id: ReferralId) -> Answer<Option<KeyedHash>> {
    Ok(store::prospect(connection, id)?.and_then(|row| row.tax_key))
}

/// The keyed hashes of the prospect's address, phone and tax number; empty when wiped.
pub fn prospect_keys(connection: &mut AnyConn, id: ReferralId) -> Answer<Vec<KeyedHash>> {
    Ok(store::prospect(connection, id)?.map(|row| row.keys()).unwrap_or_default())
}
