//! What changes circles. Every command locks the circle first, so that seats, organisers and links are decided one by one.

mod circle;
mod closing;
mod invitation;
mod membership;
mod suspension;

pub use circle::{create, edit, set_links, set_policy, set_seats};
pub use closing::{forget_address, leave_all, take_out_words};
pub use invitation::{accept, invite, revoke};
pub use membership::{admit, apply, hand_over, leave, refuse, remove};
pub use suspension::{reinstate, suspend};

use super::model::{CircleKind, MemberState};
use super::store::{self, CircleRow, MemberRow};
use crate::businesses;
use crate::businesses::trade::TradeCode;
use crate::db::Tx;
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Failure, Principal};

/// Locks a circle and reads it with the caller's membership; whoever is no active member knows nothing of it.
fn locked(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId) -> Answer<(CircleRow, MemberRow)> {
    let business = principal.owned_business()?;
    tx.lock(circle)?;
    let found = store::circle(tx, circle)?.ok_or(Failure::NotFound("circle"))?;
    let own = store::membership(tx, circle, business)?.filter(|own| own.state == MemberState::Active).ok_or(Failure::NotFound("circle"))?;
    Ok((found, own))
}

/// The same, for what only organisers may do.
fn organised(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId) -> Answer<(CircleRow, MemberRow)> {
    let (found, own) = locked(tx, principal, circle)?;
    if own.is_organiser { Ok((found, own)) } else { Err(Failure::forbidden("organiser_only", "only an organiser of the circle may do this")) }
}

/// Refuses a trade that the business does not do.
fn check_own_trade(tx: &mut Tx<'_>, business: BusinessId, trade: TradeCode) -> Answer<()> {
    let card = businesses::views::card(tx, business)?;
    if card.trades.contains(&trade) { Ok(()) } else { Err(Failure::field("trade", "not_your_trade", "choose one of the trades of your business")) }
}

/// Whether somebody holds the seat that this trade needs.
fn needs_taken_seat(tx: &mut Tx<'_>, circle: &CircleRow, trade: TradeCode) -> Answer<bool> {
    Ok(circle.kind == CircleKind::Networking && store::seat_is_taken(tx, circle.id, trade)?)
}
