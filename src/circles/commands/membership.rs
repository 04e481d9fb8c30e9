//! Members: they apply, are admitted or wait, leave, are removed, and hand the circle over.

use super::{check_own_trade, needs_taken_seat, organised};
use crate::businesses::trade::TradeCode;
use crate::circles::model::{APPLY_AGAIN_DAYS, MEMBERS_MAX, MemberMove, MemberState, Words};
use crate::circles::store::{self, CircleRow, MemberRow};
use crate::circles::views;
use crate::db::Tx;
use crate::events;
use crate::kernel::clock::days;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{BusinessId, CircleId, MemberId};
use crate::kernel::{Actor, Answer, EventKind, Failure, Principal};

/// Asks to become a member with one of the business's trades. Where the seat is taken the business waits at once.
pub fn apply(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, trade: TradeCode, words: Option<Words>) -> Answer<MemberState> {
    let business = principal.owned_business()?;
    tx.lock(circle)?;
    let found = store::circle(tx, circle)?.ok_or(Failure::NotFound("circle"))?;
    let own = store::membership(tx, circle, business)?;
    let now = tx.now();
    let knows_it = found.open_to_applications || own.as_ref().is_some_and(|own| !own.state.is_over());
    if !knows_it && !views::invitations_of(tx, business, now)?.iter().any(|card| card.id == circle) {
        return Err(Failure::NotFound("circle"));
    }
    if let Some(own) = &own {
        own.state.check(MemberMove::Apply)?;
        check_wait(tx, own)?;
    }
    check_own_trade(tx, business, trade)?;
    let state = if needs_taken_seat(tx, &found, trade)? { MemberState::Waiting } else { MemberState::Applied };
    let row = enter(tx, &found, own, business, trade, state, words.map(Words::into_string))?;
    let kind = if state == MemberState::Waiting { EventKind::MemberWaiting } else { EventKind::MemberApplied };
    record(tx, principal, kind, &row, serde_json::json!({ "applied": true }), row.words.clone())?;
    Ok(state)
}

/// Lets an applicant in. Where the seat is taken an applicant waits; one who waits already cannot be admitted yet.
pub fn admit(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, member: MemberId) -> Answer<MemberState> {
    let (found, _) = organised(tx, principal, circle)?;
    let mut row = moved(tx, circle, member, MemberMove::Admit)?;
    if needs_taken_seat(tx, &found, row.trade)? {
        if row.state == MemberState::Waiting {
            return Err(store::seat_taken());
        }
        row.state = MemberState::Waiting;
        store::save_member(tx, found.kind, &row, false)?;
        record(tx, principal, EventKind::MemberWaiting, &row, serde_json::json!({}), None)?;
        return Ok(row.state);
    }
    row.state = MemberState::Active;
    row.joined_at = Some(tx.now());
    store::save_member(tx, found.kind, &row, false)?;
    record(tx, principal, EventKind::MemberAdmitted, &row, serde_json::json!({}), None)?;
    Ok(row.state)
}

/// Does not let an applicant in.
pub fn refuse(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, member: MemberId) -> Answer<()> {
    let (found, _) = organised(tx, principal, circle)?;
    let row = moved(tx, circle, member, MemberMove::Refuse)?;
    end(tx, &found, row, MemberState::Refused).and_then(|row| record(tx, principal, EventKind::MemberRefused, &row, serde_json::json!({}), None))
}

/// Ends a membership against the member's will. An organiser is not removed by another: he hands over and leaves.
pub fn remove(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, member: MemberId, words: Option<Words>) -> Answer<()> {
    let (found, _) = organised(tx, principal, circle)?;
    let row = moved(tx, circle, member, MemberMove::Remove)?;
    if row.is_organiser {
        return Err(Failure::conflict("organiser_stays", "an organiser is not removed: he hands the circle over and leaves"));
    }
    let row = end(tx, &found, row, MemberState::Removed)?;
    record(tx, principal, EventKind::MemberRemoved, &row, serde_json::json!({}), words.map(Words::into_string))
}

/// Goes, or takes an application back. The last organiser hands the circle over first.
pub fn leave(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId) -> Answer<()> {
    let business = principal.owned_business()?;
    tx.lock(circle)?;
    let found = store::circle(tx, circle)?.ok_or(Failure::NotFound("circle"))?;
    let row = store::membership(tx, circle, business)?.filter(|own| !own.state.is_over()).ok_or(Failure::NotFound("circle"))?;
    if row.is_organiser && store::organisers(tx, circle)?.len() == 1 {
        let detail = "the last organiser hands the circle over before he leaves".to_owned();
        return Err(Failure::Conflict { code: "last_organiser", detail, possible: vec!["hand_over"] });
    }
    let was = row.state;
    let row = end(tx, &found, row, MemberState::Left)?;
    record(tx, principal, EventKind::MemberLeft, &row, serde_json::json!({ "was": was }), None)
}

/// Makes another active member an organiser; the caller stays one only if he wants to.
pub fn hand_over(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, to: BusinessId, remain: bool) -> Answer<()> {
    let (found, mut own) = organised(tx, principal, circle)?;
    let successor = store::membership(tx, circle, to)?.filter(|row| row.state == MemberState::Active && row.id != own.id);
    let mut successor = successor.ok_or_else(|| Failure::field("business", "not_another_member", "choose another active member"))?;
    if !successor.is_organiser {
        successor.is_organiser = true;
        store::save_member(tx, found.kind, &successor, false)?;
    }
    if !remain {
        own.is_organiser = false;
        store::save_member(tx, found.kind, &own, false)?;
    }
    record(tx, principal, EventKind::CircleHandedOver, &successor, serde_json::json!({ "remain": remain }), None)
}

/// Writes a business into the circle: a new row, or its old one anew.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    circle: &CircleRow,
    old: Option<MemberRow>,
    business: BusinessId,
    trade: TradeCode,
    state: MemberState,
    words: Option<String>,
) -> Answer<MemberRow> {
    if store::count_members(tx, circle.id, &[MemberState::Applied, MemberState::Waiting, MemberState::Active])? >= MEMBERS_MAX {
        return Err(Failure::conflict("circle_full", format!("a circle has at most {MEMBERS_MAX} members and applicants")));
    }
    let now = tx.now();
    let (id, version) = old.as_ref().map_or_else(|| (tx.new_id(), 1), |old| (old.id, old.version));
    // Whoever leaves and comes back is suspended as before.
    let suspended_at = old.as_ref().and_then(|old| old.suspended_at);
    let joined_at = (state == MemberState::Active).then_some(now);
    let row = MemberRow {
        id,
        circle_id: circle.id,
        business_id: business,
        state,
        is_organiser: false,
        trade,
        words,
        applied_at: now,
        joined_at,
        ended_at: None,
        suspended_at,
        version,
    };
    store::save_member(tx, circle.kind, &row, old.is_none())?;
    Ok(row)
}

/// Records what happened to a member.
pub(super) fn record(tx: &mut Tx<'_>, principal: &Principal, kind: EventKind, row: &MemberRow, data: serde_json::Value, note: Option<String>) -> Answer<()> {
    record_by(tx, principal.actor(), kind, row, data, note)
}

/// The same, by whomever.
pub(super) fn record_by(tx: &mut Tx<'_>, actor: Actor, kind: EventKind, row: &MemberRow, mut data: serde_json::Value, note: Option<String>) -> Answer<()> {
    if let Some(facts) = data.as_object_mut() {
        facts.insert("member".to_owned(), serde_json::json!(row.id));
        facts.insert("trade".to_owned(), serde_json::json!(row.trade));
    }
    let event = NewEvent::new(kind, actor).circle(row.circle_id).business(row.business_id);
    events::record(tx, event.note(note).data(data)).map(drop)
}

fn moved(tx: &mut Tx<'_>, circle: CircleId, member: MemberId, wanted: MemberMove) -> Answer<MemberRow> {
    let row = store::member(tx, circle, member)?.ok_or(Failure::NotFound("member"))?;
    row.state.check(wanted)?;
    Ok(row)
}

pub(super) fn end(tx: &mut Tx<'_>, circle: &CircleRow, mut row: MemberRow, state: MemberState) -> Answer<MemberRow> {
    row.state = state;
    row.is_organiser = false;
    row.ended_at = Some(tx.now());
    store::save_member(tx, circle.kind, &row, false)?;
    Ok(row)
}

fn check_wait(tx: &mut Tx<'_>, own: &MemberRow) -> Answer<()> {
    let again_from = own.ended_at.unwrap_or(own.applied_at).after(days(APPLY_AGAIN_DAYS));
    if own.state != MemberState::Left && tx.now() < again_from {
        return Err(Failure::conflict("too_early_to_apply", format!("apply again from {again_from} on, or ask for an invitation")));
    }
    Ok(())
}
