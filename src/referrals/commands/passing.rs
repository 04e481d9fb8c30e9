//! Putting a referral to a receiver: the first, or the next after one declined or did not answer.

use serde_json::{Value, json};

use super::Matter;
use crate::circles::policy::{ConsentPath, Policy};
use crate::circles::views as circles;
use crate::db::Tx;
use crate::introductions::model::Attestation;
use crate::kernel::clock::hours;
use crate::kernel::event::HANDED;
use crate::kernel::id::{BusinessId, Identifier, OfferId, ReferralId};
use crate::kernel::{Answer, EventKind, Failure, Principal};
use crate::reciprocity::rings::Clearings;
use crate::reciprocity::suggestions::views as suggestions;
use crate::referrals::checks;
use crate::referrals::honesty;
use crate::referrals::model::{Move, OFFERS_MAX, OfferState, ReferralState, Warning};
use crate::referrals::store::{self, OfferRow, ProspectRow};
use crate::referrals::views::{Sought, is_duplicate};
use crate::timers::{self, TimerKind};

/// A referral that was put to a receiver.
#[derive(Debug, Clone)]
pub struct Passed {
    /// The offer.
    pub offer: OfferId,
    /// What the giver should know.
    pub warnings: Vec<Warning>,
}

/// Puts a draft to its receiver, or to the best suggestion.
pub fn pass(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, to_best: bool, attestation: Option<&Attestation>) -> Answer<Passed> {
    lock_giver(tx, principal)?;
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Pass)?;
    // The giver is bound by the rules of the day on which he passes, not of the day on which he began to write.
    let (version, policy) = circles::policy(tx, matter.row.circle_id, None)?;
    matter.row.policy_version = version;
    let prospect = prospect_of(tx, id)?;
    // Without a trade nobody can be suggested, and the draft is not complete anyway.
    if to_best && matter.row.trade().is_some() {
        matter.row.receiver_business_id = Some(best(tx, &matter, &prospect)?);
    }
    checks::complete(&matter.row, &prospect, &policy).finish()?;
    let receiver = matter.row.receiver_business_id.ok_or_else(|| Failure::internal("a complete draft has a receiver"))?;
    put_to(tx, principal, &mut matter, &prospect, &policy, receiver, attestation)
}

/// Puts a referral that was declined or not answered to another receiver, or to the best suggestion.
pub fn pass_on(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, receiver: Option<BusinessId>, attestation: Option<&Attestation>) -> Answer<Passed> {
    lock_giver(tx, principal)?;
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::PassOn)?;
    let policy = matter.policy(tx)?;
    let prospect = prospect_of(tx, id)?;
    if store::offers_of(tx, id)?.len() >= OFFERS_MAX {
        return Err(Failure::conflict("too_many_offers", format!("a referral is put to at most {OFFERS_MAX} receivers")));
    }
    let receiver = match receiver {
        Some(receiver) => receiver,
        None => best(tx, &matter, &prospect)?,
    };
    put_to(tx, principal, &mut matter, &prospect, &policy, receiver, attestation)
}

/// What a giver may pass in a day, and to one receiver in a month, is counted over all circles: he passes one at a time.
fn lock_giver(tx: &mut Tx<'_>, principal: &Principal) -> Answer<()> {
    principal.business.map_or(Ok(()), |business| tx.lock(business))
}

/// The best suggestion. On the path "attested" the prospect agreed to one receiver, whom only the giver can name.
fn best(tx: &mut Tx<'_>, matter: &Matter, prospect: &ProspectRow) -> Answer<BusinessId> {
    if matter.row.consent_path == ConsentPath::Attested {
        return Err(Failure::field("receiver", "required", "the prospect agreed to one receiver: name it"));
    }
    let (now, clearings) = (tx.now(), tx.memory::<Clearings>());
    suggestions::best(tx, &clearings, &checks::need(&matter.row, prospect), now)
}

fn prospect_of(tx: &mut Tx<'_>, id: ReferralId) -> Answer<ProspectRow> {
    store::prospect(tx, id)?.ok_or_else(|| Failure::conflict("prospect_wiped", "the prospect's data was wiped: begin a new referral"))
}

fn put_to(
    tx: &mut Tx<'_>,
    principal: &Principal,
    matter: &mut Matter,
    prospect: &ProspectRow,
    policy: &Policy,
    receiver: BusinessId,
    attestation: Option<&Attestation>,
) -> Answer<Passed> {
    // Two givers who refer the same person in one circle at once: one is the duplicate.
    tx.lock(matter.row.circle_id)?;
    let warnings = check(tx, matter, prospect, policy, receiver, attestation)?;
    let now = tx.now();
    let offer = OfferRow {
        id: tx.new_id(),
        referral_id: matter.row.id,
        giver_business_id: matter.row.giver_business_id,
        receiver_business_id: receiver,
        state: OfferState::Open,
        offered_at: now,
        answer_due_at: now.after(hours(policy.clocks.answer_hours)),
        answered_at: None,
        answered_by: None,
        reason: None,
    };
    store::insert_offer(tx, &offer)?;
    timers::schedule(tx, TimerKind::OfferReminder, offer.id.raw(), now.after(hours(policy.clocks.answer_reminder_hours)))?;
    timers::schedule(tx, TimerKind::OfferExpiry, offer.id.raw(), offer.answer_due_at)?;
    let id = offer.id;
    let data = event_data(id, matter.row.policy_version, attestation)?;
    matter.row.receiver_business_id = Some(receiver);
    matter.row.giver_person_id = principal.person;
    matter.offer = Some(offer);
    matter.enter(tx, ReferralState::Offered, EventKind::ReferralOffered, principal.actor(), None, data)?;
    Ok(Passed { offer: id, warnings })
}

fn check(
    tx: &mut Tx<'_>,
    matter: &Matter,
    prospect: &ProspectRow,
    policy: &Policy,
    receiver: BusinessId,
    attestation: Option<&Attestation>,
) -> Answer<Vec<Warning>> {
    let row = &matter.row;
    if !checks::is_active(tx, row.circle_id, row.giver_business_id)? {
        return Err(Failure::field("circle", "not_a_member", "only active members pass referrals in a circle"));
    }
    honesty::not_suspended(tx, row.circle_id, row.giver_business_id)?;
    match (row.consent_path == ConsentPath::Attested, attestation.is_some()) {
        (true, false) => return Err(Failure::field("attestation", "required", "say how, when and in which words the person agreed")),
        (false, true) => return Err(Failure::field("attestation", "not_allowed", "only the path attested takes an attestation")),
        _ => {}
    }
    let (fields, warnings) = checks::receiver(tx, row, prospect, receiver)?;
    fields.finish()?;
    honesty::prospect_is_outside(tx, row, prospect, receiver)?.finish()?;
    checks::passes_left(tx, row.giver_business_id)?;
    honesty::pair_has_room(tx, row.giver_business_id, receiver, policy)?;
    let sought = Sought {
        circle: row.circle_id,
        receiver,
        email_key: prospect.email_key.clone(),
        phone_key: prospect.phone_key.clone(),
        tax_key: prospect.tax_key.clone(),
    };
    let now = tx.now();
    if is_duplicate(tx, &sought, now, Some(row.id))? {
        return Err(Failure::conflict("duplicate_prospect", "already this receiver's customer, or already referred to somebody in this circle"));
    }
    honesty::lead_is_new(tx, row, prospect, policy)?;
    Ok(warnings)
}

fn event_data(offer: OfferId, policy_version: i32, attestation: Option<&Attestation>) -> Answer<Value> {
    let mut data = json!({ "offer": offer, "policy_version": policy_version });
    if let (Some(attestation), Some(object)) = (attestation, data.as_object_mut()) {
        let value = serde_json::to_value(attestation).map_err(|error| Failure::internal(error.to_string()))?;
        // The words of a third person: for the record of consents, and not for the log, which keeps everything.
        object.insert(HANDED.to_owned(), json!({ "attestation": value }));
    }
    Ok(data)
}
