//! Invitations: organisers invite by mail or by a link; whoever holds the link joins with his business.

use super::membership::{enter, record};
use super::{check_own_trade, needs_taken_seat, organised};
use crate::businesses;
use crate::businesses::trade::TradeCode;
use crate::capabilities::{self, Purpose};
use crate::circles::model::{INVITATION_DAYS_DEFAULT, INVITATION_MAILS_PER_DAY, INVITATIONS_OPEN_MAX, InvitationKind, MemberState, NewInvitation, Words};
use crate::circles::store::{self, invitations};
use crate::circles::views;
use crate::db::Tx;
use crate::events;
use crate::kernel::clock::days;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{BusinessId, CircleId, Identifier, InvitationId};
use crate::kernel::{Answer, EmailAddress, EventKind, Failure, Principal};

const DAY_SECONDS: u32 = 86_400;

/// Invites by mail (the reaction sends it) or makes a link.
pub fn invite(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, new: NewInvitation) -> Answer<InvitationId> {
    organised(tx, principal, circle)?;
    let now = tx.now();
    if invitations::count_working(tx, circle, now)? >= INVITATIONS_OPEN_MAX {
        return Err(Failure::conflict("too_many_circle_invitations", format!("at most {INVITATIONS_OPEN_MAX} invitations of a circle work at the same time")));
    }
    let kind = new.kind();
    let (email, words, uses_left, span) = match new {
        NewInvitation::Mail { email, words } => {
            check_mail(tx, circle, &email)?;
            (Some(email), words, 1, INVITATION_DAYS_DEFAULT)
        }
        NewInvitation::Link { uses, days } => (None, None, uses, days),
    };
    let id: InvitationId = tx.new_id();
    let expires_at = now.after(days(span));
    let link = capabilities::issue(tx, Purpose::JoinCircle, id.raw(), Some(expires_at))?;
    let row = invitations::InvitationRow {
        id,
        circle_id: circle,
        kind,
        email: email.as_ref().map(|email| email.as_str().to_owned()),
        email_normalised: email.as_ref().map(|email| email.normalised().to_owned()),
        words: words.map(Words::into_string),
        capability_id: link.id,
        uses_left,
        invited_by: principal.person,
        created_at: now,
        expires_at,
        revoked_at: None,
    };
    invitations::insert(tx, row)?;
    let data = serde_json::json!({ "invitation": id, "kind": kind });
    events::record(tx, NewEvent::new(EventKind::MemberInvited, principal.actor()).circle(circle).data(data))?;
    Ok(id)
}

/// One open invitation an address, and not too many mails a day.
fn check_mail(tx: &mut Tx<'_>, circle: CircleId, email: &EmailAddress) -> Answer<()> {
    let now = tx.now();
    if views::inviting_circles(tx, &[email.normalised().to_owned()], now)?.iter().any(|card| card.id == circle) {
        return Err(Failure::field("email", "already_invited", "an invitation to this address still works"));
    }
    if invitations::count_mails_since(tx, circle, now.before(days(1)))? >= INVITATION_MAILS_PER_DAY {
        return Err(Failure::TooMany { code: "too_many_invitation_mails", retry_after_seconds: DAY_SECONDS });
    }
    Ok(())
}

/// Takes an invitation back; its link leads nowhere from now on.
pub fn revoke(tx: &mut Tx<'_>, principal: &Principal, invitation: InvitationId) -> Answer<CircleId> {
    let missing = || Failure::NotFound("invitation");
    let circle = invitations::find(tx, invitation)?.ok_or_else(missing)?.circle_id;
    organised(tx, principal, circle)?;
    let row = invitations::find(tx, invitation)?.filter(|row| row.revoked_at.is_none()).ok_or_else(missing)?;
    invitations::revoke(tx, row.id)?;
    capabilities::revoke(tx, Purpose::JoinCircle, row.id.raw())?;
    let data = serde_json::json!({ "invitation": invitation });
    events::record(tx, NewEvent::new(EventKind::InvitationRevoked, principal.actor()).circle(circle).data(data))?;
    Ok(circle)
}

/// Joins by the link of an invitation. Where the seat of the trade is taken the business waits.
pub fn accept(tx: &mut Tx<'_>, principal: &Principal, token: &str, trade: Option<TradeCode>) -> Answer<(CircleId, MemberState)> {
    let business = principal.owned_business()?;
    let now = tx.now();
    let link = capabilities::find(tx, Purpose::JoinCircle, token, now)?;
    let missing = || Failure::NotFound("invitation");
    let circle = invitations::find(tx, InvitationId::from_raw(link.subject_id))?.ok_or_else(missing)?.circle_id;
    tx.lock(circle)?;
    let row = invitations::find(tx, InvitationId::from_raw(link.subject_id))?.filter(|row| row.revoked_at.is_none()).ok_or_else(missing)?;
    let found = store::circle(tx, circle)?.ok_or_else(missing)?;
    let own = store::membership(tx, circle, business)?;
    if own.as_ref().is_some_and(|own| own.state == MemberState::Active) {
        return Err(Failure::conflict("already_a_member", "your business is a member of this circle"));
    }
    let trade = chosen_trade(tx, business, trade)?;
    if !invitations::use_up(tx, row.id)? {
        return Err(Failure::conflict("link_used", "this invitation is used up"));
    }
    if row.kind == InvitationKind::Mail {
        capabilities::spend(tx, &link)?;
    }
    let (state, kind) =
        if needs_taken_seat(tx, &found, trade)? { (MemberState::Waiting, EventKind::MemberWaiting) } else { (MemberState::Active, EventKind::MemberAdmitted) };
    let entered = enter(tx, &found, own, business, trade, state, None)?;
    record(tx, principal, kind, &entered, serde_json::json!({ "applied": true, "invitation": row.id }), None)?;
    Ok((circle, state))
}

/// The trade that was named, or the only one of the business.
fn chosen_trade(tx: &mut Tx<'_>, business: BusinessId, trade: Option<TradeCode>) -> Answer<TradeCode> {
    if let Some(trade) = trade {
        check_own_trade(tx, business, trade)?;
        return Ok(trade);
    }
    match businesses::views::card(tx, business)?.trades.as_slice() {
        [only] => Ok(*only),
        _ => Err(Failure::field("trade", "required", "say with which of your trades you join")),
    }
}
