//! The SQL of the ledger.
//!
//! A writer takes the circle's head first and keeps it until its commit; whatever else it reads and writes of that circle's
//! ledger stands still meanwhile. No other room touches these rows, and nobody holds two heads, so there is no deadlock here.

mod months;
mod postings;

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::upsert::excluded;

use super::hash::LedgerHash;
use super::model::{Counters, Head, Hold, HoldState, Pair, PairKey, Transfer, TransferKind};
use crate::db::schema::{balance, hold, ledger_head, pair, transfer};
use crate::db::{AnyConn, Tx, unique_violation};
use crate::kernel::id::{BusinessId, CircleId, HoldId, Identifier, ReferralId, TransferId};
use crate::kernel::{Answer, Failure, Timestamp};
use crate::on_each;

pub(super) use months::month_sums;
pub use postings::Posted;
pub(super) use postings::{postings_since, transfers_between};

/// Locks a circle's ledger until the end of the transaction and answers its last entry.
pub(super) fn lock_head(tx: &mut Tx<'_>, circle: CircleId) -> Answer<Head> {
    let found = match &mut **tx {
        // The one writer needs no lock.
        AnyConn::Sqlite(_) => return head(tx, circle),
        AnyConn::Postgres(inner) => {
            let query = || ledger_head::table.find(circle).select((ledger_head::seq, ledger_head::hash)).for_update();
            let found: Option<(i64, LedgerHash)> = query().first(inner).optional()?;
            match found {
                Some(found) => found,
                None => {
                    let empty = (ledger_head::circle_id.eq(circle), ledger_head::seq.eq(0_i64), ledger_head::hash.eq(LedgerHash::ZERO.to_string()));
                    diesel::insert_into(ledger_head::table).values(empty).on_conflict_do_nothing().execute(inner)?;
                    query().first(inner)?
                }
            }
        }
    };
    Ok(Head { seq: found.0, hash: found.1 })
}

/// The last entry of a circle's ledger.
pub(super) fn head(connection: &mut AnyConn, circle: CircleId) -> Answer<Head> {
    let found: Option<(i64, LedgerHash)> = ledger_head::table.find(circle).select((ledger_head::seq, ledger_head::hash)).first(connection).optional()?;
    Ok(found.map_or(Head::EMPTY, |(seq, hash)| Head { seq, hash }))
}

/// The last entries of these circles' ledgers; an empty ledger has none.
pub(super) fn heads(connection: &mut AnyConn, circles: &[CircleId]) -> Answer<HashMap<CircleId, Head>> {
    if circles.is_empty() {
        return Ok(HashMap::new());
    }
    let of_these = ledger_head::table.filter(ledger_head::circle_id.eq_any(circles.to_vec()));
    let rows: Vec<(CircleId, i64, LedgerHash)> = of_these.select((ledger_head::circle_id, ledger_head::seq, ledger_head::hash)).load(connection)?;
    Ok(rows.into_iter().map(|(circle, seq, hash)| (circle, Head { seq, hash })).collect())
}

/// Writes a circle's last entry.
pub(super) fn save_head(connection: &mut AnyConn, circle: CircleId, head: Head) -> Answer<()> {
    on_each!(connection, inner => diesel::insert_into(ledger_head::table)
        .values((ledger_head::circle_id.eq(circle), ledger_head::seq.eq(head.seq), ledger_head::hash.eq(head.hash.to_string())))
        .on_conflict(ledger_head::circle_id)
        .do_update()
        .set((ledger_head::seq.eq(excluded(ledger_head::seq)), ledger_head::hash.eq(excluded(ledger_head::hash))))
        .execute(inner))?;
    Ok(())
}

/// A member's counters in a circle; zeros when nothing was ever posted or held.
pub(super) fn counters(connection: &mut AnyConn, circle: CircleId, business: BusinessId) -> Answer<Counters> {
    let found: Option<(i64, i64, i64, i64)> = balance::table
        .find((circle, business))
        .select((balance::given, balance::received, balance::pending_given, balance::pending_received))
        .first(connection)
        .optional()?;
    Ok(found.map_or_else(Counters::default, |(given, received, pending_given, pending_received)| Counters { given, received, pending_given, pending_received }))
}

/// Writes a member's counters.
pub(super) fn save_counters(connection: &mut AnyConn, circle: CircleId, business: BusinessId, counters: Counters) -> Answer<()> {
    let row = (
        balance::circle_id.eq(circle),
        balance::business_id.eq(business),
        balance::given.eq(counters.given),
        balance::received.eq(counters.received),
        balance::pending_given.eq(counters.pending_given),
        balance::pending_received.eq(counters.pending_received),
    );
    on_each!(connection, inner => diesel::insert_into(balance::table)
        .values(row)
        .on_conflict((balance::circle_id, balance::business_id))
        .do_update()
        .set((
            balance::given.eq(excluded(balance::given)),
            balance::received.eq(excluded(balance::received)),
            balance::pending_given.eq(excluded(balance::pending_given)),
            balance::pending_received.eq(excluded(balance::pending_received)),
        ))
        .execute(inner))?;
    Ok(())
}

/// What two members gave each other in a circle.
pub(super) fn pair(connection: &mut AnyConn, circle: CircleId, key: PairKey) -> Answer<Pair> {
    let found: Option<(i64, i64)> =
        pair::table.find((circle, key.low, key.high)).select((pair::low_to_high, pair::high_to_low)).first(connection).optional()?;
    Ok(found.map_or_else(Pair::default, |(low_to_high, high_to_low)| Pair { low_to_high, high_to_low }))
}

/// Writes what two members gave each other.
pub(super) fn save_pair(connection: &mut AnyConn, circle: CircleId, key: PairKey, sums: Pair) -> Answer<()> {
    let row = (
        pair::circle_id.eq(circle),
        pair::low_business_id.eq(key.low),
        pair::high_business_id.eq(key.high),
        pair::low_to_high.eq(sums.low_to_high),
        pair::high_to_low.eq(sums.high_to_low),
    );
    on_each!(connection, inner => diesel::insert_into(pair::table)
        .values(row)
        .on_conflict((pair::circle_id, pair::low_business_id, pair::high_business_id))
        .do_update()
        .set((pair::low_to_high.eq(excluded(pair::low_to_high)), pair::high_to_low.eq(excluded(pair::high_to_low))))
        .execute(inner))?;
    Ok(())
}

/// Appends an entry. A key that another circle used is a conflict; within the circle the caller has looked before.
pub(super) fn insert_transfer(connection: &mut AnyConn, new: &Transfer) -> Answer<()> {
    match diesel::insert_into(transfer::table).values(new.clone()).execute(connection) {
        Ok(_) => Ok(()),
        Err(error) if unique_violation(&error, "transfer.idem|transfer_idem_key") => Err(idem_conflict()),
        Err(error) => Err(error.into()),
    }
}

/// The key was used for something else.
pub(super) fn idem_conflict() -> Failure {
    Failure::conflict("idem_conflict", "this key was used for another posting")
}

/// The entry with this key.
pub(super) fn transfer_by_idem(connection: &mut AnyConn, idem: &str) -> Answer<Option<Transfer>> {
    Ok(transfer::table.filter(transfer::idem.eq(idem)).select(Transfer::as_select()).first(connection).optional()?)
}

/// An entry by its id.
pub(super) fn transfer(connection: &mut AnyConn, id: TransferId) -> Answer<Transfer> {
    transfer::table.find(id).select(Transfer::as_select()).first(connection).optional()?.ok_or(Failure::NotFound("transfer"))
}

/// The reversal of an entry, if there is one.
pub(super) fn reversal_of(connection: &mut AnyConn, id: TransferId) -> Answer<Option<Transfer>> {
    Ok(transfer::table.filter(transfer::reverses.eq(id)).select(Transfer::as_select()).first(connection).optional()?)
}

/// Every entry of a referral, oldest first. There are a handful at the most.
pub(super) fn transfers_of_referral(connection: &mut AnyConn, referral: ReferralId) -> Answer<Vec<Transfer>> {
    Ok(transfer::table.filter(transfer::referral_id.eq(referral)).order(transfer::id).limit(100).select(Transfer::as_select()).load(connection)?)
}

/// Referrals that one statement asks for.
const REFERRALS_AT_ONCE: usize = 500;

/// Those of these referrals for which something stands that was posted.
pub(super) fn standing(connection: &mut AnyConn, referrals: &[ReferralId]) -> Answer<BTreeSet<ReferralId>> {
    let reversal = diesel::alias!(transfer as reversal);
    let mut found = BTreeSet::new();
    for part in referrals.chunks(REFERRALS_AT_ONCE) {
        let taken_back = diesel::dsl::exists(reversal.filter(reversal.field(transfer::reverses).eq(transfer::id.nullable())));
        let rows: Vec<Option<ReferralId>> = transfer::table
            .filter(transfer::referral_id.eq_any(part.to_vec()).and(transfer::kind.eq(TransferKind::Post)))
            .filter(diesel::dsl::not(taken_back))
            .select(transfer::referral_id)
            .distinct()
            .load(connection)?;
        found.extend(rows.into_iter().flatten());
    }
    Ok(found)
}

/// The newest entries in which a business gave or received, below an id, in every circle or in one. Two index ranges, merged.
pub(super) fn transfers_of_business(
    connection: &mut AnyConn,
    business: BusinessId,
    circle: Option<CircleId>,
    below: TransferId,
    limit: usize,
) -> Answer<Vec<Transfer>> {
    let rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let newest = || {
        let query = transfer::table.filter(transfer::id.lt(below)).order(transfer::id.desc()).limit(rows).select(Transfer::as_select()).into_boxed();
        match circle {
            Some(circle) => query.filter(transfer::circle_id.eq(circle)),
            None => query,
        }
    };
    let mut found: Vec<Transfer> = newest().filter(transfer::giver_business_id.eq(business)).load(connection)?;
    let received: Vec<Transfer> = newest().filter(transfer::receiver_business_id.eq(business)).load(connection)?;
    found.extend(received);
    found.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.id));
    found.truncate(limit);
    Ok(found)
}

/// Places a hold.
pub(super) fn insert_hold(connection: &mut AnyConn, new: &Hold) -> Answer<()> {
    diesel::insert_into(hold::table).values(new).execute(connection)?;
    Ok(())
}

/// The newest hold of a referral, exempt ones left out.
pub(super) fn latest_hold(connection: &mut AnyConn, referral: ReferralId) -> Answer<Option<Hold>> {
    Ok(hold::table
        .filter(hold::referral_id.eq(referral).and(hold::state.ne(HoldState::Exempt)))
        .order(hold::id.desc())
        .select(Hold::as_select())
        .first(connection)
        .optional()?)
}

/// Resolves an open hold.
pub(super) fn resolve_hold(connection: &mut AnyConn, id: HoldId, state: HoldState, at: Timestamp) -> Answer<()> {
    let open = hold::table.filter(hold::id.eq(id).and(hold::state.eq(HoldState::Open)));
    match diesel::update(open).set((hold::state.eq(state), hold::resolved_at.eq(at))).execute(connection)? {
        1 => Ok(()),
        _ => Err(Failure::internal(format!("{id} was resolved although its ledger was locked"))),
    }
}

/// The balances of a business, by circle, newest circle first.
pub(super) fn balances_of(connection: &mut AnyConn, business: BusinessId, limit: i64) -> Answer<Vec<(CircleId, Counters)>> {
    let rows: Vec<(CircleId, i64, i64, i64, i64)> = balance::table
        .filter(balance::business_id.eq(business))
        .order(balance::circle_id.desc())
        .limit(limit)
        .select((balance::circle_id, balance::given, balance::received, balance::pending_given, balance::pending_received))
        .load(connection)?;
    Ok(rows
        .into_iter()
        .map(|(id, given, received, pending_given, pending_received)| (id, Counters { given, received, pending_given, pending_received }))
        .collect())
}

/// The balances of a circle, by member.
pub(super) fn balances_in(connection: &mut AnyConn, circle: CircleId) -> Answer<Vec<(BusinessId, Counters)>> {
    let rows: Vec<(BusinessId, i64, i64, i64, i64)> = balance::table
        .filter(balance::circle_id.eq(circle))
        .order(balance::business_id)
        .select((balance::business_id, balance::given, balance::received, balance::pending_given, balance::pending_received))
        .load(connection)?;
    Ok(rows
        .into_iter()
        .map(|(id, given, received, pending_given, pending_received)| (id, Counters { given, received, pending_given, pending_received }))
        .collect())
}

/// What one member gave another in a circle, without what was taken back or settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub(super) struct Flow {
    #[diesel(sql_type = BigInt)]
    pub(super) circle: CircleId,
    #[diesel(sql_type = BigInt)]
    pub(super) giver: BusinessId,
    #[diesel(sql_type = BigInt)]
    pub(super) receiver: BusinessId,
    #[diesel(sql_type = BigInt)]
    pub(super) credits: i64,
}

/// What of the ledger still stands: what was posted (kind 1) and not taken back. Reversals and settlements are neither.
const STANDS: &str = "t.kind = 1 AND NOT EXISTS (SELECT 1 FROM transfer r WHERE r.reverses = t.id)";

/// What passed between the members of a circle.
pub(super) fn flows_in(connection: &mut AnyConn, circle: CircleId) -> Answer<Vec<Flow>> {
    flows_since(connection, circle, Timestamp::from_micros(0))
}

/// What a business gave and received, in every circle.
pub(super) fn flows_of(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<Flow>> {
    let mut found = flows(connection, "giver_business_id", business.raw(), Timestamp::from_micros(0))?;
    found.extend(flows(connection, "receiver_business_id", business.raw(), Timestamp::from_micros(0))?);
    Ok(found)
}

/// What passed between the members of a circle since a moment.
pub(super) fn flows_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<Vec<Flow>> {
    flows(connection, "circle_id", circle.raw(), since)
}

/// Sums of what stands, by circle and direction.
fn flows(connection: &mut AnyConn, column: &'static str, id: i64, since: Timestamp) -> Answer<Vec<Flow>> {
    let statement = format!(
        "SELECT t.circle_id AS circle, t.giver_business_id AS giver, t.receiver_business_id AS receiver, CAST(SUM(t.amount) AS BIGINT) AS credits \
         FROM transfer t WHERE t.{column} = $1 AND t.at >= $2 AND {STANDS} \
         GROUP BY t.circle_id, t.giver_business_id, t.receiver_business_id ORDER BY 1, 2, 3"
    );
    Ok(diesel::sql_query(statement).bind::<BigInt, _>(id).bind::<BigInt, _>(since.as_micros()).load(connection)?)
}
