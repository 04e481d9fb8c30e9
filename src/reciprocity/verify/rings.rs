//! Rings: what closes is proven by its certificate (I9), and settlements are whole.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::circle::Owed;
use super::report::{Report, Rule};
use super::{PAGE, shown};
use crate::circles::policy::Policy;
use crate::db::AnyConn;
use crate::db::schema::{circle as circle_table, circle_policy, settlement, transfer};
use crate::kernel::Answer;
use crate::kernel::id::{BusinessId, CircleId, Identifier};
use crate::reciprocity::clearing::{self, Clearing, Obligations, RingLength};
use crate::reciprocity::model::{Reason, TransferKind};
use crate::reciprocity::rings::{self, store};

/// Checks the rings of one circle against what its transfers leave owed, and its settlements.
pub(super) fn check(connection: &mut AnyConn, circle: i64, owed: &Owed, report: &mut Report) -> Answer<()> {
    check_obligations(connection, circle, owed, report)?;
    check_certificate(circle, owed, ring_length_of(connection, circle)?, report);
    let known = check_settlements(connection, circle, report)?;
    check_strays(connection, circle, &known, report)
}

/// The sums from which rings are read must be those of the transfers, one by one.
fn check_obligations(connection: &mut AnyConn, circle: i64, owed: &Owed, report: &mut Report) -> Answer<()> {
    let mut summed = Owed::new();
    for direction in store::directions(connection, CircleId::from_raw(circle), i64::MAX)? {
        let (giver, receiver) = (direction.giver.raw(), direction.receiver.raw());
        *summed.entry((receiver, giver)).or_default() += i128::from(direction.raised);
        *summed.entry((giver, receiver)).or_default() -= i128::from(direction.lowered);
    }
    let pairs: BTreeSet<&(i64, i64)> = summed.keys().chain(owed.keys()).collect();
    for pair in pairs {
        let (stored, expected) = (summed.get(pair).copied().unwrap_or(0), owed.get(pair).copied().unwrap_or(0));
        if stored != expected {
            let subject = format!("{} to {} in {}", shown::business(pair.0), shown::business(pair.1), shown::circle(circle));
            report.add(Rule::ClearingProven, "transfer", subject, format!("owes {stored} by the sums, {expected} by the transfers one by one"));
        }
    }
    Ok(())
}

/// The ring length in force; the usual one where the policy cannot be read, which the check of referrals tells.
fn ring_length_of(connection: &mut AnyConn, circle: i64) -> Answer<RingLength> {
    let body: Option<String> = circle_table::table
        .inner_join(circle_policy::table.on(circle_policy::circle_id.eq(circle_table::id).and(circle_policy::version.eq(circle_table::policy_version))))
        .filter(circle_table::id.eq(circle))
        .select(circle_policy::body)
        .first(connection)
        .optional()?;
    Ok(body.and_then(|body| Policy::stored(&body).ok()).unwrap_or_default().ring_length())
}

/// Clears what is owed, with the circle's ring length and for the maximum, and lets the independent verifier judge both. What the server
/// keeps in memory was computed so from the same head.
fn check_certificate(circle: i64, owed: &Owed, ring_length: RingLength, report: &mut Report) {
    let mut turned: BTreeMap<(i64, i64), i128> = BTreeMap::new();
    for ((debtor, creditor), amount) in owed {
        let sides = if *amount > 0 { (*debtor, *creditor) } else { (*creditor, *debtor) };
        *turned.entry(sides).or_default() += amount.abs();
    }
    turned.retain(|(debtor, creditor), amount| *amount > 0 && debtor != creditor);
    let members: BTreeSet<i64> = turned.keys().flat_map(|(debtor, creditor)| [*debtor, *creditor]).collect();
    let number: HashMap<i64, u32> = members.iter().enumerate().map(|(number, member)| (*member, number as u32)).collect();
    let list = turned.iter().map(|((debtor, creditor), amount)| {
        let of = |member: &i64| number.get(member).copied().unwrap_or(u32::MAX);
        (of(debtor), of(creditor), i64::try_from(*amount).unwrap_or(i64::MAX))
    });
    let mut wrong = |detail: String| report.add(Rule::ClearingProven, "transfer", shown::circle(circle), detail);
    let obligations = match Obligations::build(members.len(), list) {
        Ok(obligations) => obligations,
        Err(error) => return wrong(error.to_string()),
    };
    for ring_length in BTreeSet::from([ring_length, RingLength::MAXIMUM]) {
        if let Err(flaw) = proven(&obligations, &clearing::clear(&obligations, ring_length), ring_length) {
            wrong(flaw);
        }
    }
}

fn proven(obligations: &Obligations, clearing: &Clearing, ring_length: RingLength) -> Result<(), String> {
    let told = |flaw: clearing::Flaw| flaw.to_string();
    let cleared = &clearing.cleared_per_obligation;
    let sum = clearing::verify_clearing(obligations, cleared).map_err(told)?;
    clearing::verify_rings(obligations, cleared, &clearing.rings).map_err(told)?;
    clearing::verify(obligations, &clearing.most_per_obligation, &clearing.potentials).map_err(told)?;
    if ring_length == RingLength::MAXIMUM && *cleared != clearing.most_per_obligation {
        return Err("clears something else than the maximum that was asked for".to_owned());
    }
    let bound = clearing::bound(obligations, &clearing.potentials).map_err(told)?;
    if sum != clearing.cleared || bound != i128::from(clearing.most) || sum > clearing.most {
        return Err(format!("{sum} close, {} are claimed; {bound} could, {} are claimed", clearing.cleared, clearing.most));
    }
    let (total, nets) = (obligations.total(), obligations.nets());
    let nid = clearing::net_internal_debt(&nets);
    let pairs = clearing::pairs(obligations).iter().sum();
    let found = (total, total - sum, nid, total - clearing.most - nid, pairs);
    let claimed = (clearing.total, clearing.residual_total, clearing.nid, clearing.chain_slack, clearing.pairs);
    if found != claimed || nets != clearing.nets || !(0..=clearing.most - pairs).contains(&clearing.rings_extra) {
        return Err(format!("total, residual, nid, slack and pairs are {found:?}, {claimed:?} are claimed; or nets or rings_extra are wrong"));
    }
    Ok(())
}

/// A settlement as it lies there.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = settlement)]
struct Row {
    id: i64,
    before_hash: String,
    first_seq: i64,
    last_seq: i64,
    cleared: i64,
    undone_at: Option<i64>,
}

/// A transfer of a settlement: seq, key, giver, receiver, amount, kind, hash before, id.
type Entry = (i64, String, i64, i64, i64, i16, String, i64);

/// Checks each settlement of a circle; answers the numbers of all their transfers as ranges.
fn check_settlements(connection: &mut AnyConn, circle: i64, report: &mut Report) -> Answer<Vec<(i64, i64)>> {
    let (mut known, mut last) = (Vec::new(), i64::MIN);
    loop {
        let page: Vec<Row> = settlement::table
            .filter(settlement::circle_id.eq(circle).and(settlement::id.gt(last)))
            .order(settlement::id)
            .limit(PAGE)
            .select(Row::as_select())
            .load(connection)?;
        let Some(newest) = page.last() else { return Ok(known) };
        last = newest.id;
        for row in page {
            report.checked.settlements += 1;
            check_batch(connection, circle, &row, report)?;
            known.push((row.first_seq, row.last_seq));
        }
    }
}

fn check_batch(connection: &mut AnyConn, circle: i64, row: &Row, report: &mut Report) -> Answer<()> {
    let mut nets: BTreeMap<i64, i128> = BTreeMap::new();
    let mut left = rings::owed(&store::directions(connection, CircleId::from_raw(circle), row.first_seq - 1)?);
    let (mut sum, mut count, mut taken_back, mut last) = (0_i128, 0_i64, 0_i64, i64::MIN);
    let mut wrong = |detail: String| report.add(Rule::SettlementsWhole, "settlement", shown::settlement(row.id), detail);
    loop {
        let page: Vec<Entry> = transfer::table
            .filter(transfer::circle_id.eq(circle).and(transfer::seq.between(row.first_seq, row.last_seq)).and(transfer::seq.gt(last)))
            .order(transfer::seq)
            .limit(PAGE)
            .select((
                transfer::seq,
                transfer::idem,
                transfer::giver_business_id,
                transfer::receiver_business_id,
                transfer::amount,
                transfer::kind,
                transfer::prev_hash,
                transfer::id,
            ))
            .load(connection)?;
        let Some(newest) = page.last() else { break };
        last = newest.0;
        let ids: Vec<i64> = page.iter().map(|entry| entry.7).collect();
        taken_back += transfer::table.filter(transfer::reverses.eq_any(ids)).count().get_result::<i64>(connection)?;
        for (seq, idem, giver, receiver, amount, kind, prev_hash, _) in page {
            if kind != TransferKind::Clear.code() || idem != format!("{}:{}:{}", Reason::Settlement, shown::settlement(row.id), seq - row.first_seq + 1) {
                wrong(format!("transfer {seq} in {} is none of its own", shown::circle(circle)));
            }
            if seq == row.first_seq && prev_hash != row.before_hash {
                wrong("was not made on the head it names".to_owned());
            }
            let owed = left.entry((BusinessId::from_raw(giver), BusinessId::from_raw(receiver))).or_default();
            *owed = owed.saturating_sub(amount);
            if *owed < 0 {
                wrong(format!("transfer {seq} in {} closes more than was owed", shown::circle(circle)));
            }
            *nets.entry(giver).or_default() += i128::from(amount);
            *nets.entry(receiver).or_default() -= i128::from(amount);
            (sum, count) = (sum + i128::from(amount), count + 1);
        }
    }
    if count != row.last_seq - row.first_seq + 1 || sum != i128::from(row.cleared) {
        wrong(format!("has {count} transfers of {sum} credits, not {} of {}", row.last_seq - row.first_seq + 1, row.cleared));
    }
    if let Some((member, net)) = nets.iter().find(|(_, net)| **net != 0) {
        wrong(format!("changes the net of {} by {net}", shown::business(*member)));
    }
    if taken_back != if row.undone_at.is_some() { count } else { 0 } {
        wrong(format!("{taken_back} of its {count} transfers were taken back"));
    }
    Ok(())
}

/// What settles rings belongs to a settlement.
fn check_strays(connection: &mut AnyConn, circle: i64, known: &[(i64, i64)], report: &mut Report) -> Answer<()> {
    let mut last = i64::MIN;
    loop {
        let page: Vec<(i64, i64)> = transfer::table
            .filter(transfer::circle_id.eq(circle).and(transfer::kind.eq(TransferKind::Clear)).and(transfer::seq.gt(last)))
            .order(transfer::seq)
            .limit(PAGE)
            .select((transfer::seq, transfer::id))
            .load(connection)?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = newest.0;
        for (_, id) in page.iter().filter(|(seq, _)| !known.iter().any(|(first, end)| (first..=end).contains(&seq))) {
            report.add(Rule::SettlementsWhole, "transfer", shown::transfer(*id), "settles something without a settlement");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes one figure of a clearing.
    type Change = fn(&mut Clearing);

    const CHANGES: [(&str, Change); 13] = [
        ("total", |clearing| clearing.total += 1),
        ("cleared", |clearing| clearing.cleared -= 1),
        ("most", |clearing| clearing.most += 1),
        ("residual_total", |clearing| clearing.residual_total += 1),
        ("nid", |clearing| clearing.nid += 1),
        ("pairs", |clearing| clearing.pairs -= 1),
        ("rings_extra", |clearing| clearing.rings_extra = clearing.most - clearing.pairs + 1),
        ("chain_slack", |clearing| clearing.chain_slack += 1),
        ("nets", |clearing| clearing.nets[0] += 1),
        ("potentials", |clearing| clearing.potentials[0] += 100),
        ("cleared_per_obligation", |clearing| clearing.cleared_per_obligation[0] -= 1),
        ("most_per_obligation", |clearing| clearing.most_per_obligation[0] -= 1),
        ("rings", |clearing| clearing.rings[0].amount += 1),
    ];

    #[test]
    fn every_figure_that_is_off_by_one_is_seen() {
        // A pair with a ring over it: closing the pair first clears 20, the most is 40.
        let list = [(0, 1, 10), (1, 0, 10), (0, 2, 10), (2, 3, 10), (3, 1, 10), (0, 4, 5)];
        let obligations = Obligations::build(5, list).unwrap();
        for ring_length in [RingLength::MAXIMUM, RingLength::new(3).unwrap()] {
            let clearing = clearing::clear(&obligations, ring_length);
            proven(&obligations, &clearing, ring_length).unwrap();
            for (what, change) in CHANGES {
                let mut changed = clearing.clone();
                change(&mut changed);
                assert!(proven(&obligations, &changed, ring_length).is_err(), "{what} with {ring_length:?}");
            }
        }
        let first = clearing::clear(&obligations, RingLength::new(2).unwrap());
        assert_eq!((first.cleared, first.most), (20, 40));
        assert!(proven(&obligations, &first, RingLength::MAXIMUM).unwrap_err().contains("something else than the maximum"));
    }
}
