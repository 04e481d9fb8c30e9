//! The SQL of invitations.

use diesel::prelude::*;

use crate::circles::model::InvitationKind;
use crate::circles::store::CircleRow;
use crate::db::schema::{circle, circle_invitation, member};
use crate::db::{AnyConn, Tx};
use crate::kernel::id::{BusinessId, CapabilityId, CircleId, InvitationId, MemberId, PersonId};
use crate::kernel::text::holds_any;
use crate::kernel::{Answer, Timestamp};

/// As many words of one person or business are looked through; nobody has a tenth of that.
const WORDS_MAX: i64 = 10_000;

/// An invitation's row.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = circle_invitation)]
pub(in crate::circles) struct InvitationRow {
    pub id: InvitationId,
    pub circle_id: CircleId,
    pub kind: InvitationKind,
    pub email: Option<String>,
    pub email_normalised: Option<String>,
    pub words: Option<String>,
    pub capability_id: CapabilityId,
    pub uses_left: i32,
    pub invited_by: PersonId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl InvitationRow {
    /// Whether it lets somebody in.
    pub fn works(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.uses_left > 0 && now < self.expires_at
    }
}

pub(in crate::circles) fn insert(tx: &mut Tx<'_>, row: InvitationRow) -> Answer<()> {
    diesel::insert_into(circle_invitation::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub(in crate::circles) fn find(conn: &mut AnyConn, id: InvitationId) -> Answer<Option<InvitationRow>> {
    Ok(circle_invitation::table.find(id).select(InvitationRow::as_select()).first(conn).optional()?)
}

/// Takes one use; what works by mail keeps no address afterwards. False when none was left.
pub(in crate::circles) fn use_up(tx: &mut Tx<'_>, id: InvitationId) -> Answer<bool> {
    let usable = circle_invitation::table.filter(circle_invitation::id.eq(id).and(circle_invitation::uses_left.gt(0)));
    let nobody: Option<String> = None;
    let taken = diesel::update(usable)
        .set((
            circle_invitation::uses_left.eq(circle_invitation::uses_left - 1),
            circle_invitation::email.eq(nobody.clone()),
            circle_invitation::email_normalised.eq(nobody),
        ))
        .execute(&mut **tx)?;
    Ok(taken == 1)
}

/// Takes an invitation back and forgets its address.
pub(in crate::circles) fn revoke(tx: &mut Tx<'_>, id: InvitationId) -> Answer<()> {
    let (now, nobody) = (tx.now(), None::<String>);
    diesel::update(circle_invitation::table.find(id))
        .set((circle_invitation::revoked_at.eq(now), circle_invitation::email.eq(nobody.clone()), circle_invitation::email_normalised.eq(nobody)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Invitations of a circle that work, below an id, newest first, one more than `limit`.
pub(in crate::circles) fn working(conn: &mut AnyConn, id: CircleId, now: Timestamp, below: InvitationId, limit: usize) -> Answer<Vec<InvitationRow>> {
    Ok(circle_invitation::table
        .filter(circle_invitation::circle_id.eq(id).and(circle_invitation::id.lt(below)))
        .filter(circle_invitation::revoked_at.is_null().and(circle_invitation::uses_left.gt(0)).and(circle_invitation::expires_at.gt(now)))
        .order(circle_invitation::id.desc())
        .limit(limit as i64 + 1)
        .select(InvitationRow::as_select())
        .load(conn)?)
}

pub(in crate::circles) fn count_working(conn: &mut AnyConn, id: CircleId, now: Timestamp) -> Answer<i64> {
    Ok(circle_invitation::table
        .filter(circle_invitation::circle_id.eq(id))
        .filter(circle_invitation::revoked_at.is_null().and(circle_invitation::uses_left.gt(0)).and(circle_invitation::expires_at.gt(now)))
        .count()
        .get_result(conn)?)
}

/// How many mails a circle's invitations caused since a moment.
pub(in crate::circles) fn count_mails_since(conn: &mut AnyConn, id: CircleId, since: Timestamp) -> Answer<i64> {
    Ok(circle_invitation::table
        .filter(circle_invitation::circle_id.eq(id).and(circle_invitation::kind.eq(InvitationKind::Mail)).and(circle_invitation::created_at.gt(since)))
        .count()
        .get_result(conn)?)
}

/// The circles to which one of these addresses is invited.
pub(in crate::circles) fn inviting(conn: &mut AnyConn, addresses: &[String], now: Timestamp) -> Answer<Vec<CircleRow>> {
    let invited = circle_invitation::table
        .filter(circle_invitation::email_normalised.eq_any(addresses.to_vec()))
        .filter(circle_invitation::revoked_at.is_null().and(circle_invitation::uses_left.gt(0)).and(circle_invitation::expires_at.gt(now)))
        .select(circle_invitation::circle_id);
    Ok(circle::table.filter(circle::id.eq_any(invited)).order(circle::id.desc()).limit(100).select(CircleRow::as_select()).load(conn)?)
}

/// Takes back the open invitations of an address and forgets it.
pub(in crate::circles) fn forget_address(tx: &mut Tx<'_>, email_normalised: &str) -> Answer<()> {
    let (now, nobody) = (tx.now(), None::<String>);
    diesel::update(circle_invitation::table.filter(circle_invitation::email_normalised.eq(email_normalised)))
        .set((
            circle_invitation::revoked_at.eq(now),
            circle_invitation::email.eq(nobody.clone()),
            circle_invitation::email_normalised.eq(nobody.clone()),
            circle_invitation::words.eq(nobody),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes out the words that a person wrote to those he invited, and that his business wrote when it applied, where they hold one of
/// these.
pub(in crate::circles) fn take_out_words(tx: &mut Tx<'_>, person: PersonId, business: BusinessId, words: &[String]) -> Answer<()> {
    let nothing = None::<String>;
    let invited = circle_invitation::table.filter(circle_invitation::invited_by.eq(person).and(circle_invitation::words.is_not_null()));
    let invited: Vec<(InvitationId, Option<String>)> =
        invited.order(circle_invitation::id.asc()).limit(WORDS_MAX).select((circle_invitation::id, circle_invitation::words)).load(&mut **tx)?;
    let applied = member::table.filter(member::business_id.eq(business).and(member::words.is_not_null()));
    let applied: Vec<(MemberId, Option<String>)> = applied.order(member::id.asc()).limit(WORDS_MAX).select((member::id, member::words)).load(&mut **tx)?;
    let tells = |said: &Option<String>| said.as_ref().is_some_and(|said| holds_any(said, words));
    let (invited, applied): (Vec<_>, Vec<_>) = (
        invited.into_iter().filter(|(_, said)| tells(said)).map(|(id, _)| id).collect(),
        applied.into_iter().filter(|(_, said)| tells(said)).map(|(id, _)| id).collect(),
    );
    diesel::update(circle_invitation::table.filter(circle_invitation::id.eq_any(invited))).set(circle_invitation::words.eq(&nothing)).execute(&mut **tx)?;
    diesel::update(member::table.filter(member::id.eq_any(applied))).set(member::words.eq(&nothing)).execute(&mut **tx)?;
    Ok(())
}
