//! A business goes for good: it leaves every circle at once, and leaves none without an organiser.

use super::membership::{end, record_by};
use crate::circles::model::MemberState;
use crate::circles::store::{self, CircleRow, MemberRow, invitations};
use crate::db::Tx;
use crate::kernel::id::{BusinessId, PersonId};
use crate::kernel::{Actor, Answer, EmailAddress, EventKind, Failure};

/// Leaves every circle, takes back every application and forgets its words. Where the business is the last organiser, whoever
/// is a member longest takes over; a circle that stays empty takes no applications any more.
pub fn leave_all(tx: &mut Tx<'_>, business: BusinessId) -> Answer<()> {
    let open: Vec<MemberRow> = store::memberships_of(tx, business)?.into_iter().map(|(row, _)| row).filter(|row| !row.state.is_over()).collect();
    for seen in open {
        tx.lock(seen.circle_id)?;
        let circle = store::circle(tx, seen.circle_id)?.ok_or(Failure::NotFound("circle"))?;
        // The lock was taken after the row was read.
        let Some(row) = store::membership(tx, circle.id, business)?.filter(|row| !row.state.is_over()) else { continue };
        if row.is_organiser && store::organisers(tx, circle.id)?.len() == 1 {
            hand_on(tx, &circle, business)?;
        }
        let was = row.state;
        let row = end(tx, &circle, row, MemberState::Left)?;
        record_by(tx, Actor::Clock, EventKind::MemberLeft, &row, serde_json::json!({ "was": was }), None)?;
    }
    store::forget_words(tx, business)
}

fn hand_on(tx: &mut Tx<'_>, circle: &CircleRow, from: BusinessId) -> Answer<()> {
    let successor = store::members_in(tx, circle.id, &[MemberState::Active], 2)?.into_iter().find(|row| row.business_id != from);
    match successor {
        Some(mut successor) => {
            successor.is_organiser = true;
            store::save_member(tx, circle.kind, &successor, false)?;
            record_by(tx, Actor::Clock, EventKind::CircleHandedOver, &successor, serde_json::json!({ "remain": false }), None)
        }
        None => store::close_to_applications(tx, circle.id),
    }
}

/// Takes back what invitations to an address still work, and forgets it.
pub fn forget_address(tx: &mut Tx<'_>, address: &EmailAddress) -> Answer<()> {
    invitations::forget_address(tx, address.normalised())
}

/// Takes out what a person wrote to those he invited, and what his business wrote when it applied, where it holds one of these words.
pub fn take_out_words(tx: &mut Tx<'_>, person: PersonId, business: BusinessId, words: &[String]) -> Answer<()> {
    invitations::take_out_words(tx, person, business, words)
}
