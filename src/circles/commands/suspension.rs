//! Suspension: a member stays one, but neither passes nor receives until an organiser lets it again.

use crate::circles::model::MemberState;
use crate::circles::store::{self, MemberRow};
use crate::circles::views;
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{BusinessId, CircleId, MemberId};
use crate::kernel::{Actor, Answer, EventKind, Failure, Principal};

/// Suspends a member, as was decided elsewhere. Does nothing when it is suspended already or is no active member any more.
pub fn suspend(tx: &mut Tx<'_>, circle: CircleId, business: BusinessId, actor: Actor) -> Answer<()> {
    tx.lock(circle)?;
    let row = store::membership(tx, circle, business)?.filter(|row| row.state == MemberState::Active && row.suspended_at.is_none());
    let Some(mut row) = row else { return Ok(()) };
    row.suspended_at = Some(tx.now());
    save(tx, circle, &row, EventKind::MemberSuspended, actor)
}

/// Lets a suspended member pass and receive again. Nobody lifts his own suspension: another organiser does, or an operator
/// when there is no other.
pub fn reinstate(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, member: MemberId) -> Answer<()> {
    tx.lock(circle)?;
    let found = store::member(tx, circle, member)?;
    let subject = found.as_ref().map(|row| row.business_id);
    let organisers = store::organisers(tx, circle)?;
    let stands_in = principal.is_operator && principal.business != subject && organisers.iter().all(|organiser| Some(*organiser) == subject);
    if !stands_in {
        views::require_organiser(tx, circle, principal.business)?;
        if Some(principal.owned_business()?) == subject {
            return Err(Failure::forbidden("own_suspension", "another organiser, or an operator, lifts your suspension"));
        }
    }
    let mut row = found.ok_or(Failure::NotFound("member"))?;
    if row.suspended_at.is_none() {
        return Err(Failure::conflict("not_suspended", "this member is not suspended"));
    }
    row.suspended_at = None;
    save(tx, circle, &row, EventKind::MemberReinstated, principal.actor())
}

fn save(tx: &mut Tx<'_>, circle: CircleId, row: &MemberRow, kind: EventKind, actor: Actor) -> Answer<()> {
    let found = store::circle(tx, circle)?.ok_or(Failure::NotFound("circle"))?;
    store::save_member(tx, found.kind, row, false)?;
    let event = NewEvent::new(kind, actor).circle(circle).business(row.business_id).data(serde_json::json!({ "member": row.id }));
    events::record(tx, event).map(drop)
}
