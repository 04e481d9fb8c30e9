//! What is kept with an offer, and the turns that follow from it. Both run in the transaction of what caused them.

use super::compute::compute;
use super::model::KeptCandidate;
use super::store::{self, SuggestionRow};
use super::turns::changes;
use crate::db::Tx;
use crate::kernel::id::{BusinessId, OfferId, ReferralId};
use crate::kernel::{Answer, Failure};
use crate::reciprocity::rings::Clearings;
use crate::referrals::views::{self as referrals, Need};

/// Keeps what is suggested at the moment in which a referral is put to a receiver, and counts the turn. Computed anew: what a
/// page showed earlier may have changed, and nobody can make it up.
pub fn keep(tx: &mut Tx<'_>, referral: ReferralId, offer: OfferId) -> Answer<()> {
    let facts = referrals::facts(tx, referral)?;
    let receiver = facts.receiver.ok_or_else(|| Failure::internal(format!("{referral} was put to nobody")))?;
    tx.lock(facts.circle)?;
    let (prospect_email, phone) = referrals::prospect(tx, referral)?.map_or((None, None), |prospect| (prospect.email, prospect.phone));
    let need = Need {
        circle: facts.circle,
        giver: facts.giver,
        referral: Some(referral),
        trade: Some(facts.trade),
        region: facts.region,
        prospect_email,
        prospect_phone: phone.map(|phone| phone.as_str().to_owned()),
        prospect_tax_key: referrals::prospect_tax_key(tx, referral)?,
    };
    let (now, clearings) = (tx.now(), tx.memory::<Clearings>());
    let computed = compute(tx, &clearings, &need, now)?;
    let position = computed.candidates.iter().position(|candidate| candidate.business == receiver);
    let row = SuggestionRow {
        offer_id: offer,
        referral_id: referral,
        circle_id: need.circle,
        policy_version: computed.policy_version,
        receiver_business_id: receiver,
        receiver_rank: position.and_then(|position| i32::try_from(position + 1).ok()),
        candidates: serde_json::to_string(&computed.candidates).map_err(|error| Failure::internal(format!("suggestion of {offer}: {error}")))?,
        turn_returned: false,
        created_at: now,
    };
    store::insert(tx, &row)?;
    store::add_turns(tx, need.circle, &changes(&ids(&computed.candidates), receiver))?;
    store::note_received(tx, need.circle, receiver)
}

/// Gives the turn back when a referral came to nothing through no fault of its receiver. Once.
pub fn return_turn(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    let Some(row) = store::latest(tx, referral)?.filter(|row| !row.turn_returned) else { return Ok(()) };
    tx.lock(row.circle_id)?;
    let back: Vec<(BusinessId, i64)> =
        changes(&ids(&row.candidates()?), row.receiver_business_id).into_iter().map(|(business, change)| (business, -change)).collect();
    store::add_turns(tx, row.circle_id, &back)?;
    store::mark_returned(tx, row.offer_id)
}

fn ids(candidates: &[KeptCandidate]) -> Vec<BusinessId> {
    candidates.iter().map(|candidate| candidate.business).collect()
}
