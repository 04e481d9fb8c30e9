//! The SQL behind the rings: a circle's transfers summed by direction, its settlements, and the referrals behind an obligation.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::schema::{settlement, transfer};
use crate::db::{AnyConn, Tx};
use crate::kernel::id::{BusinessId, CircleId, Identifier, PersonId, ReferralId, SettlementId};
use crate::kernel::{Answer, Timestamp};
use crate::reciprocity::hash::LedgerHash;
use crate::reciprocity::model::{Reason, Transfer, TransferKind};

/// What passed from one member to another in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Direction {
    /// Who gave.
    #[diesel(sql_type = BigInt)]
    pub giver: BusinessId,
    /// Who received.
    #[diesel(sql_type = BigInt)]
    pub receiver: BusinessId,
    /// Posted, or unsettled again: the receiver owes the giver so much more.
    #[diesel(sql_type = BigInt)]
    pub raised: i64,
    /// Taken back, or settled: the giver owes the receiver so much less.
    #[diesel(sql_type = BigInt)]
    pub lowered: i64,
}

/// The sums of a circle's transfers up to and including number `seq`, by direction. One pass over the circle's transfers.
pub(in crate::reciprocity) fn directions(connection: &mut AnyConn, circle: CircleId, seq: i64) -> Answer<Vec<Direction>> {
    let (post, reversal, clear) = (TransferKind::Post.code(), TransferKind::Reversal.code(), TransferKind::Clear.code());
    let settlement = Reason::Settlement.code();
    let raises = format!("kind = {post} OR (kind = {reversal} AND reason = {settlement})");
    let lowers = format!("kind = {clear} OR (kind = {reversal} AND reason <> {settlement})");
    let statement = format!(
        "SELECT giver_business_id AS giver, receiver_business_id AS receiver, \
         CAST(SUM(CASE WHEN {raises} THEN amount ELSE 0 END) AS BIGINT) AS raised, \
         CAST(SUM(CASE WHEN {lowers} THEN amount ELSE 0 END) AS BIGINT) AS lowered \
         FROM transfer WHERE circle_id = $1 AND seq <= $2 GROUP BY giver_business_id, receiver_business_id ORDER BY 1, 2"
    );
    Ok(diesel::sql_query(statement).bind::<BigInt, _>(circle.raw()).bind::<BigInt, _>(seq).load(connection)?)
}

/// A settlement's row.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = settlement)]
pub(super) struct SettlementRow {
    pub id: SettlementId,
    pub circle_id: CircleId,
    #[diesel(serialize_as = String)]
    pub before_hash: LedgerHash,
    pub first_seq: i64,
    pub last_seq: i64,
    pub ring_length: i16,
    pub cleared: i64,
    pub rings: i32,
    pub actor_person_id: Option<PersonId>,
    pub at: Timestamp,
    pub undone_by_person_id: Option<PersonId>,
    pub undone_at: Option<Timestamp>,
}

pub(super) fn insert(tx: &mut Tx<'_>, new: SettlementRow) -> Answer<()> {
    diesel::insert_into(settlement::table).values(new).execute(&mut **tx)?;
    Ok(())
}

/// Whether a settlement was made on this head of a circle's ledger.
pub(super) fn was_settled(connection: &mut AnyConn, circle: CircleId, before: LedgerHash) -> Answer<bool> {
    let made = settlement::table.filter(settlement::circle_id.eq(circle).and(settlement::before_hash.eq(before.to_string())));
    Ok(diesel::select(diesel::dsl::exists(made)).get_result(connection)?)
}

/// A settlement of this circle.
pub(super) fn settlement(connection: &mut AnyConn, circle: CircleId, id: SettlementId) -> Answer<Option<SettlementRow>> {
    let found = settlement::table.filter(settlement::id.eq(id).and(settlement::circle_id.eq(circle)));
    Ok(found.select(SettlementRow::as_select()).first(connection).optional()?)
}

/// The settlements of a circle below an id, newest first.
pub(super) fn settlements(connection: &mut AnyConn, circle: CircleId, below: SettlementId, limit: usize) -> Answer<Vec<SettlementRow>> {
    Ok(settlement::table
        .filter(settlement::circle_id.eq(circle).and(settlement::id.lt(below)))
        .order(settlement::id.desc())
        .limit(limit as i64)
        .select(SettlementRow::as_select())
        .load(connection)?)
}

/// Marks a settlement as taken back.
pub(super) fn mark_undone(tx: &mut Tx<'_>, id: SettlementId, by: PersonId) -> Answer<()> {
    let now = tx.now();
    let changes = (settlement::undone_at.eq(now), settlement::undone_by_person_id.eq(by));
    diesel::update(settlement::table.find(id)).set(changes).execute(&mut **tx)?;
    Ok(())
}

/// The transfers of a settlement in their order.
pub(super) fn batch(connection: &mut AnyConn, row: &SettlementRow) -> Answer<Vec<Transfer>> {
    Ok(transfer::table
        .filter(transfer::circle_id.eq(row.circle_id).and(transfer::seq.between(row.first_seq, row.last_seq)))
        .order(transfer::seq)
        .limit(row.last_seq - row.first_seq + 1)
        .select(Transfer::as_select())
        .load(connection)?)
}

/// Credits that were posted for a referral and stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub(super) struct Behind {
    pub giver: BusinessId,
    pub receiver: BusinessId,
    pub referral: Option<ReferralId>,
    pub credits: i64,
    pub at: Timestamp,
}

/// The newest postings of a circle that have a referral and were not taken back: all of them, or those of one business.
pub(super) fn behind(connection: &mut AnyConn, circle: CircleId, party: Option<BusinessId>, limit: i64) -> Answer<Vec<Behind>> {
    let reversal = diesel::alias!(transfer as reversal);
    let taken_back = diesel::dsl::exists(reversal.filter(reversal.field(transfer::reverses).eq(transfer::id.nullable())));
    let standing = transfer::table
        .filter(transfer::circle_id.eq(circle).and(transfer::kind.eq(TransferKind::Post)).and(transfer::referral_id.is_not_null()))
        .filter(diesel::dsl::not(taken_back))
        .order(transfer::seq.desc())
        .limit(limit)
        .select((transfer::giver_business_id, transfer::receiver_business_id, transfer::referral_id, transfer::amount, transfer::at))
        .into_boxed();
    let standing = match party {
        Some(business) => standing.filter(transfer::giver_business_id.eq(business).or(transfer::receiver_business_id.eq(business))),
        None => standing,
    };
    Ok(standing.load(connection)?)
}
