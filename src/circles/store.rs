//! The SQL of circles, members, links and policies.

pub(super) mod invitations;

use diesel::prelude::*;

use super::model::{CircleKind, CircleValues, Links, MemberState, NewCircle, SeatTrades};
use super::policy::Policy;
use crate::businesses::trade::TradeCode;
use crate::db::schema::{chain_link, circle, circle_policy, member, wanted_seat};
use crate::db::{AnyConn, Tx, unique_violation};
use crate::kernel::id::{BusinessId, CircleId, MemberId, PersonId};
use crate::kernel::{Answer, Failure, Language, Timestamp};

/// As many memberships of one business are read at once; nobody has a tenth of that.
const MEMBERSHIPS_MAX: i64 = 10_000;

/// A circle's row.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = circle)]
pub(super) struct CircleRow {
    pub id: CircleId,
    pub kind: CircleKind,
    pub name: String,
    pub description: String,
    pub language: Language,
    pub time_zone: String,
    pub policy_version: i32,
    pub open_to_applications: bool,
    pub created_at: Timestamp,
    pub version: i32,
}

/// A member's row.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = member)]
pub(super) struct MemberRow {
    pub id: MemberId,
    pub circle_id: CircleId,
    pub business_id: BusinessId,
    pub state: MemberState,
    pub is_organiser: bool,
    pub trade: TradeCode,
    pub words: Option<String>,
    pub applied_at: Timestamp,
    pub joined_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub suspended_at: Option<Timestamp>,
    pub version: i32,
}

/// A version of a policy.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = circle_policy)]
pub(super) struct PolicyRow {
    pub version: i32,
    pub body: String,
    pub created_by: Option<PersonId>,
    pub created_at: Timestamp,
}

pub(super) fn insert(tx: &mut Tx<'_>, id: CircleId, new: &NewCircle) -> Answer<()> {
    let now = tx.now();
    diesel::insert_into(circle::table)
        .values((
            circle::id.eq(id),
            circle::kind.eq(new.kind),
            circle::name.eq(new.values.name.as_str()),
            circle::description.eq(&new.values.description),
            circle::language.eq(new.values.language),
            circle::time_zone.eq(&new.values.time_zone),
            circle::policy_version.eq(0),
            circle::open_to_applications.eq(new.values.open_to_applications),
            circle::created_at.eq(now),
            circle::version.eq(1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub(super) fn circle(conn: &mut AnyConn, id: CircleId) -> Answer<Option<CircleRow>> {
    Ok(circle::table.find(id).select(CircleRow::as_select()).first(conn).optional()?)
}

/// The names of circles; unknown ids are left out.
pub(super) fn names(conn: &mut AnyConn, ids: &[CircleId]) -> Answer<Vec<(CircleId, String)>> {
    Ok(circle::table.filter(circle::id.eq_any(ids.to_vec())).select((circle::id, circle::name)).load(conn)?)
}

/// Writes what can be changed if the circle still has this version; false when somebody was faster.
pub(super) fn update(tx: &mut Tx<'_>, present: &CircleRow, values: &CircleValues) -> Answer<bool> {
    let same = circle::table.filter(circle::id.eq(present.id).and(circle::version.eq(present.version)));
    let changed = diesel::update(same)
        .set((
            circle::name.eq(values.name.as_str()),
            circle::description.eq(&values.description),
            circle::language.eq(values.language),
            circle::time_zone.eq(&values.time_zone),
            circle::open_to_applications.eq(values.open_to_applications),
            circle::version.eq(present.version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}

/// The circles in which a business is an active member, newest first.
pub(super) fn circles_of(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<CircleRow>> {
    Ok(circle::table
        .inner_join(member::table.on(member::circle_id.eq(circle::id)))
        .filter(member::business_id.eq(business).and(member::state.eq(MemberState::Active)))
        .order(circle::id.desc())
        .select(CircleRow::as_select())
        .load(conn)?)
}

/// The circles that a business organises, the newest first.
pub(super) fn organised_by(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<CircleRow>> {
    Ok(circle::table
        .inner_join(member::table.on(member::circle_id.eq(circle::id)))
        .filter(member::business_id.eq(business).and(member::state.eq(MemberState::Active)).and(member::is_organiser.eq(true)))
        .order(circle::id.desc())
        .select(CircleRow::as_select())
        .load(conn)?)
}

/// How many applied to each of these circles and wait for a decision; none is left out that has any.
pub(super) fn applications_in(conn: &mut AnyConn, circles: &[CircleId]) -> Answer<Vec<(CircleId, i64)>> {
    let applied = member::table.filter(member::circle_id.eq_any(circles.to_vec()).and(member::state.eq(MemberState::Applied)));
    Ok(applied.group_by(member::circle_id).select((member::circle_id, diesel::dsl::count_star())).load(conn)?)
}

/// Every membership of a business, also those that are over, the newest circle first, with the circle's name.
pub(super) fn memberships_of(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<(MemberRow, String)>> {
    Ok(member::table
        .inner_join(circle::table.on(circle::id.eq(member::circle_id)))
        .filter(member::business_id.eq(business))
        .order(circle::id.desc())
        .limit(MEMBERSHIPS_MAX)
        .select((MemberRow::as_select(), circle::name))
        .load(conn)?)
}

/// The active members of every circle that a business organises: circle, business, whether it organises.
pub(super) fn members_beside(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<(CircleId, BusinessId, bool)>> {
    let organised: Vec<CircleId> = member::table
        .filter(member::business_id.eq(business).and(member::state.eq(MemberState::Active)).and(member::is_organiser.eq(true)))
        .select(member::circle_id)
        .load(conn)?;
    if organised.is_empty() {
        return Ok(Vec::new());
    }
    Ok(member::table
        .filter(member::circle_id.eq_any(organised).and(member::state.eq(MemberState::Active)))
        .order((member::circle_id, member::id))
        .select((member::circle_id, member::business_id, member::is_organiser))
        .load(conn)?)
}

/// Lets no stranger apply any more.
pub(super) fn close_to_applications(tx: &mut Tx<'_>, id: CircleId) -> Answer<()> {
    diesel::update(circle::table.find(id)).set((circle::open_to_applications.eq(false), circle::version.eq(circle::version + 1))).execute(&mut **tx)?;
    Ok(())
}

/// Forgets the words with which a business applied anywhere.
pub(super) fn forget_words(tx: &mut Tx<'_>, business: BusinessId) -> Answer<()> {
    diesel::update(member::table.filter(member::business_id.eq(business))).set(member::words.eq(None::<String>)).execute(&mut **tx)?;
    Ok(())
}

/// Circles below an id that strangers may apply to, newest first, one more than `limit`.
pub(super) fn open_circles(conn: &mut AnyConn, below: CircleId, limit: usize) -> Answer<Vec<CircleRow>> {
    Ok(circle::table
        .filter(circle::id.lt(below).and(circle::open_to_applications.eq(true)))
        .order(circle::id.desc())
        .limit(limit as i64 + 1)
        .select(CircleRow::as_select())
        .load(conn)?)
}

pub(super) fn insert_policy(tx: &mut Tx<'_>, id: CircleId, version: i32, policy: &Policy, by: PersonId) -> Answer<()> {
    let now = tx.now();
    let body = serde_json::to_string(policy).map_err(|error| Failure::internal(format!("policy of {id}: {error}")))?;
    diesel::insert_into(circle_policy::table)
        .values((
            circle_policy::circle_id.eq(id),
            circle_policy::version.eq(version),
            circle_policy::body.eq(body),
            circle_policy::created_by.eq(by),
            circle_policy::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    diesel::update(circle::table.find(id)).set(circle::policy_version.eq(version)).execute(&mut **tx)?;
    Ok(())
}

/// The versions of a circle's policy below one, newest first.
pub(super) fn policies(conn: &mut AnyConn, id: CircleId, below: i32, limit: usize) -> Answer<Vec<PolicyRow>> {
    Ok(circle_policy::table
        .filter(circle_policy::circle_id.eq(id).and(circle_policy::version.lt(below)))
        .order(circle_policy::version.desc())
        .limit(limit as i64)
        .select(PolicyRow::as_select())
        .load(conn)?)
}

pub(super) fn policy(conn: &mut AnyConn, id: CircleId, version: i32) -> Answer<Option<PolicyRow>> {
    Ok(circle_policy::table.find((id, version)).select(PolicyRow::as_select()).first(conn).optional()?)
}

/// The policies in force of these circles.
pub(super) fn policies_in_force(conn: &mut AnyConn, ids: &[CircleId]) -> Answer<Vec<(CircleId, PolicyRow)>> {
    let in_force = circle_policy::table.on(circle_policy::circle_id.eq(circle::id).and(circle_policy::version.eq(circle::policy_version)));
    Ok(circle::table.inner_join(in_force).filter(circle::id.eq_any(ids.to_vec())).select((circle::id, PolicyRow::as_select())).load(conn)?)
}

pub(super) fn links(conn: &mut AnyConn, id: CircleId) -> Answer<Vec<TradeCode>> {
    Ok(chain_link::table.filter(chain_link::circle_id.eq(id)).order(chain_link::position).select(chain_link::trade).load(conn)?)
}

pub(super) fn set_links(tx: &mut Tx<'_>, id: CircleId, links: &Links) -> Answer<()> {
    diesel::delete(chain_link::table.filter(chain_link::circle_id.eq(id))).execute(&mut **tx)?;
    for (position, code) in (0..).zip(links.as_slice()) {
        diesel::insert_into(chain_link::table)
            .values((chain_link::circle_id.eq(id), chain_link::position.eq(position), chain_link::trade.eq(*code)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The trades that shall have a seat, by their codes.
pub(super) fn wanted_seats(conn: &mut AnyConn, id: CircleId) -> Answer<Vec<TradeCode>> {
    Ok(wanted_seat::table.filter(wanted_seat::circle_id.eq(id)).order(wanted_seat::trade).select(wanted_seat::trade).load(conn)?)
}

pub(super) fn set_wanted_seats(tx: &mut Tx<'_>, id: CircleId, seats: &SeatTrades) -> Answer<()> {
    diesel::delete(wanted_seat::table.filter(wanted_seat::circle_id.eq(id))).execute(&mut **tx)?;
    for code in seats.as_slice() {
        diesel::insert_into(wanted_seat::table).values((wanted_seat::circle_id.eq(id), wanted_seat::trade.eq(*code))).execute(&mut **tx)?;
    }
    Ok(())
}

/// Counts an edit of the circle.
pub(super) fn touch(tx: &mut Tx<'_>, id: CircleId) -> Answer<()> {
    diesel::update(circle::table.find(id)).set(circle::version.eq(circle::version + 1)).execute(&mut **tx)?;
    Ok(())
}

pub(super) fn membership(conn: &mut AnyConn, id: CircleId, business: BusinessId) -> Answer<Option<MemberRow>> {
    Ok(member::table.filter(member::circle_id.eq(id).and(member::business_id.eq(business))).select(MemberRow::as_select()).first(conn).optional()?)
}

pub(super) fn member(conn: &mut AnyConn, id: CircleId, member_id: MemberId) -> Answer<Option<MemberRow>> {
    Ok(member::table.filter(member::id.eq(member_id).and(member::circle_id.eq(id))).select(MemberRow::as_select()).first(conn).optional()?)
}

/// Members in one of these states, oldest first.
pub(super) fn members_in(conn: &mut AnyConn, id: CircleId, states: &[MemberState], limit: i64) -> Answer<Vec<MemberRow>> {
    Ok(member::table
        .filter(member::circle_id.eq(id).and(member::state.eq_any(states.to_vec())))
        .order(member::id.asc())
        .limit(limit)
        .select(MemberRow::as_select())
        .load(conn)?)
}

/// Which of several businesses are active members, and whether each is suspended.
pub(super) fn active_among(conn: &mut AnyConn, id: CircleId, businesses: &[BusinessId]) -> Answer<Vec<(BusinessId, bool)>> {
    if businesses.is_empty() {
        return Ok(Vec::new());
    }
    Ok(member::table
        .filter(member::circle_id.eq(id).and(member::state.eq(MemberState::Active)))
        .filter(member::business_id.eq_any(businesses.to_vec()))
        .select((member::business_id, member::suspended_at.is_not_null()))
        .load(conn)?)
}

/// Which of these businesses are active members of which of these circles, and whether each organises it.
pub(super) fn active_in(conn: &mut AnyConn, circles: &[CircleId], businesses: &[BusinessId]) -> Answer<Vec<(CircleId, BusinessId, bool)>> {
    if circles.is_empty() || businesses.is_empty() {
        return Ok(Vec::new());
    }
    Ok(member::table
        .filter(member::circle_id.eq_any(circles.to_vec()).and(member::state.eq(MemberState::Active)))
        .filter(member::business_id.eq_any(businesses.to_vec()))
        .select((member::circle_id, member::business_id, member::is_organiser))
        .load(conn)?)
}

/// Members in one state below an id, newest first, one more than `limit`.
pub(super) fn page_of_members(conn: &mut AnyConn, id: CircleId, state: MemberState, below: MemberId, limit: usize) -> Answer<Vec<MemberRow>> {
    Ok(member::table
        .filter(member::circle_id.eq(id).and(member::state.eq(state)).and(member::id.lt(below)))
        .order(member::id.desc())
        .limit(limit as i64 + 1)
        .select(MemberRow::as_select())
        .load(conn)?)
}

pub(super) fn count_members(conn: &mut AnyConn, id: CircleId, states: &[MemberState]) -> Answer<i64> {
    Ok(member::table.filter(member::circle_id.eq(id).and(member::state.eq_any(states.to_vec()))).count().get_result(conn)?)
}

pub(super) fn organisers(conn: &mut AnyConn, id: CircleId) -> Answer<Vec<BusinessId>> {
    Ok(member::table
        .filter(member::circle_id.eq(id).and(member::state.eq(MemberState::Active)).and(member::is_organiser.eq(true)))
        .order(member::id.asc())
        .select(member::business_id)
        .load(conn)?)
}

pub(super) fn count_organised(conn: &mut AnyConn, business: BusinessId) -> Answer<i64> {
    Ok(member::table
        .filter(member::business_id.eq(business).and(member::state.eq(MemberState::Active)).and(member::is_organiser.eq(true)))
        .count()
        .get_result(conn)?)
}

/// The trades with which a business is an active member somewhere.
pub(super) fn trades_in_use(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<TradeCode>> {
    let open = vec![MemberState::Active, MemberState::Waiting, MemberState::Applied];
    Ok(member::table.filter(member::business_id.eq(business).and(member::state.eq_any(open))).select(member::trade).distinct().load(conn)?)
}

pub(super) fn seat_is_taken(conn: &mut AnyConn, id: CircleId, trade: TradeCode) -> Answer<bool> {
    let holder = member::table.filter(member::circle_id.eq(id).and(member::seat.eq(trade))).select(member::id).first::<MemberId>(conn);
    Ok(holder.optional()?.is_some())
}

/// Writes a membership: a new row, or the business's old one anew.
pub(super) fn save_member(tx: &mut Tx<'_>, kind: CircleKind, row: &MemberRow, is_new: bool) -> Answer<()> {
    let seat = (kind == CircleKind::Networking && row.state == MemberState::Active).then_some(row.trade);
    let values = (
        member::state.eq(row.state),
        member::is_organiser.eq(row.is_organiser),
        member::trade.eq(row.trade),
        member::seat.eq(seat),
        member::words.eq(&row.words),
        member::applied_at.eq(row.applied_at),
        member::joined_at.eq(row.joined_at),
        member::ended_at.eq(row.ended_at),
        member::suspended_at.eq(row.suspended_at),
    );
    let written = if is_new {
        diesel::insert_into(member::table)
            .values((member::id.eq(row.id), member::circle_id.eq(row.circle_id), member::business_id.eq(row.business_id), values, member::version.eq(1)))
            .execute(&mut **tx)
    } else {
        let same = member::table.filter(member::id.eq(row.id).and(member::version.eq(row.version)));
        diesel::update(same).set((values, member::version.eq(row.version + 1))).execute(&mut **tx)
    };
    match written {
        Ok(1) => Ok(()),
        Ok(_) => Err(Failure::Stale),
        Err(error) if unique_violation(&error, "member.circle_id, member.seat|member_seat") => Err(seat_taken()),
        Err(error) => Err(error.into()),
    }
}

/// The seat has a holder.
pub(super) fn seat_taken() -> Failure {
    Failure::conflict("seat_taken", "another member holds the seat of this trade")
}
