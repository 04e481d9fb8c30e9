//! Writing a referral: nobody but the giver knows of it yet.

use serde_json::json;

use super::Matter;
use crate::businesses::views as businesses;
use crate::circles::{model::MemberState, views as circles};
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{CircleId, ReferralId};
use crate::kernel::money::Currency;
use crate::kernel::{Answer, EventKind, Failure, Principal};
use crate::referrals::input::{Draft, ReferralInput};
use crate::referrals::model::{ContactBy, Effort, Move, ReferralState};
use crate::referrals::store::{self, ProspectRow, ReferralRow};

/// Begins a referral in a circle of which the giver is an active member.
pub fn draft(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, input: &ReferralInput) -> Answer<ReferralId> {
    begin(tx, principal, circle, None, input)
}

/// Begins a referral that came out of one this business received. It is passed in the same circle unless another is named.
pub fn spin_off(tx: &mut Tx<'_>, principal: &Principal, origin: ReferralId, circle: Option<CircleId>, input: &ReferralInput) -> Answer<ReferralId> {
    let matter = Matter::locked(tx, origin)?;
    matter.require(tx, principal, Move::SpinOff)?;
    begin(tx, principal, circle.unwrap_or(matter.row.circle_id), Some(origin), input)
}

/// Changes a draft, if its version is one that `fits` (nobody overwrites what he has not seen).
pub fn edit(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, fits: &dyn Fn(i32) -> Answer<()>, input: &ReferralInput) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Edit)?;
    fits(matter.row.version)?;
    if input.circle.is_some_and(|circle| circle != matter.row.circle_id) {
        return Err(Failure::field("circle", "fixed", "begin a new referral to pass it in another circle"));
    }
    let mut prospect = match store::prospect(tx, id)? {
        Some(prospect) => prospect,
        None => nobody(tx, id, &matter.row)?,
    };
    Draft { row: &mut matter.row, prospect: &mut prospect }.apply(input, tx.secret()).finish()?;
    if input.prospect.is_some() {
        matter.row.wiped_at = None;
    }
    store::save_referral(tx, &mut matter.row)?;
    store::save_prospect(tx, &prospect)?;
    matter.wind_clocks(tx)
}

/// Writes a draft anew, if it is still one of this circle; answers whether it was.
pub fn rewrite(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, circle: CircleId, input: &ReferralInput) -> Answer<bool> {
    let may = Matter::locked(tx, id).and_then(|matter| matter.require(tx, principal, Move::Edit).map(|_| matter.row.circle_id == circle));
    match may {
        Ok(true) => edit(tx, principal, id, &|_| Ok(()), input).map(|()| true),
        Ok(false) | Err(Failure::NotFound(_) | Failure::Conflict { .. } | Failure::Forbidden { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

fn begin(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, origin: Option<ReferralId>, input: &ReferralInput) -> Answer<ReferralId> {
    let giver = principal.business()?;
    let membership = circles::membership(tx, circle, giver)?.filter(|membership| membership.state == MemberState::Active);
    if membership.is_none() {
        return Err(Failure::field("circle", "not_a_member", "only active members pass referrals in a circle"));
    }
    let mut row = blank(tx, principal, circle, origin)?;
    let mut prospect = nobody(tx, row.id, &row)?;
    Draft { row: &mut row, prospect: &mut prospect }.apply(input, tx.secret()).finish()?;
    store::insert_referral(tx, &row)?;
    store::save_prospect(tx, &prospect)?;
    let matter = Matter { row, offer: None, dispute: None, way_back: None };
    matter.wind_clocks(tx)?;
    let data = origin.map_or_else(|| json!({}), |origin| json!({ "origin": origin }));
    let event = NewEvent::new(EventKind::ReferralDrafted, principal.actor()).circle(circle).referral(matter.row.id).data(data);
    events::record(tx, event)?;
    Ok(matter.row.id)
}

/// An empty draft with the circle's usual terms.
fn blank(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, origin: Option<ReferralId>) -> Answer<ReferralRow> {
    let giver = principal.business()?;
    let (policy_version, policy) = circles::policy(tx, circle, None)?;
    let card = businesses::card(tx, giver)?;
    let path = policy.consent_paths.first().copied().ok_or_else(|| Failure::internal(format!("{circle} allows no consent path")))?;
    let now = tx.now();
    Ok(ReferralRow {
        id: tx.new_id(),
        circle_id: circle,
        giver_business_id: giver,
        giver_person_id: principal.person,
        receiver_business_id: None,
        state: ReferralState::Draft,
        policy_version,
        trade: String::new(),
        need: String::new(),
        expectation: None,
        country: card.country,
        postal_code: card.postal_code,
        worth_min_minor: None,
        worth_max_minor: None,
        currency: Currency::EUR.to_string(),
        effort: Effort::LEAST.value(),
        contact_by: ContactBy::Receiver,
        contact_within_hours: policy.clocks.first_contact_hours.cast_signed(),
        consent_path: path,
        inside: false,
        origin_referral_id: origin,
        case_id: None,
        won_value_minor: None,
        reason: None,
        created_at: now,
        state_since: now,
        introduced_at: None,
        contacted_at: None,
        closed_at: None,
        wiped_at: None,
        version: 1,
    })
}

/// A prospect of whom nothing is written yet; he is addressed in the circle's language.
fn nobody(tx: &mut Tx<'_>, id: ReferralId, row: &ReferralRow) -> Answer<ProspectRow> {
    let language = circles::circle(tx, row.circle_id)?.language;
    Ok(ProspectRow {
        referral_id: id,
        name: String::new(),
        email: None,
        phone: None,
        company: None,
        language,
        words: None,
        email_key: None,
        phone_key: None,
        tax_key: None,
    })
}
