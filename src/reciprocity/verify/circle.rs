//! One circle's ledger: its chain, and the counters that must be its replay (I1–I4, I6, I8).

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::report::{Report, Rule};
use super::{PAGE, shown};
use crate::db::AnyConn;
use crate::db::schema::{balance, ledger_head, pair, transfer};
use crate::kernel::Answer;
use crate::reciprocity::hash::{LedgerHash, Link};
use crate::reciprocity::model::{AMOUNT_MAX, COUNTER_MAX, Idem, Reason, TransferKind};

/// A transfer as it lies there.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = transfer)]
struct Row {
    id: i64,
    circle_id: i64,
    seq: i64,
    idem: String,
    giver_business_id: i64,
    receiver_business_id: i64,
    amount: i64,
    kind: i16,
    reason: i16,
    reverses: Option<i64>,
    referral_id: Option<i64>,
    at: i64,
    prev_hash: String,
    hash: String,
}

/// What a member gave and received.
type Sums = BTreeMap<i64, (i128, i128)>;

/// The state of the replay after some transfers.
struct Replay {
    seq: i64,
    hash: LedgerHash,
    members: Sums,
    /// By giver and receiver.
    directions: BTreeMap<(i64, i64), i128>,
    /// By debtor and creditor; below zero where more was settled or taken back than posted.
    owed: Owed,
}

/// What is owed, by debtor and creditor.
pub(super) type Owed = BTreeMap<(i64, i64), i128>;

/// Checks one circle; answers what its transfers leave owed.
pub(super) fn check(connection: &mut AnyConn, circle: i64, report: &mut Report) -> Answer<Owed> {
    let mut replay = Replay { seq: 0, hash: LedgerHash::ZERO, members: Sums::new(), directions: BTreeMap::new(), owed: Owed::new() };
    let mut last = (0_i64, i64::MIN);
    loop {
        let page = page(connection, circle, last)?;
        let Some(newest) = page.last() else { break };
        last = (newest.seq, newest.id);
        let originals = originals(connection, &page)?;
        for row in &page {
            report.checked.transfers += 1;
            check_limits(row, report);
            check_key(row, report);
            check_reversal(row, &originals, report);
            replay.take(row, report);
        }
    }
    check_head(connection, circle, &replay, report)?;
    let members = check_balances(connection, circle, &replay, report)?;
    check_pairs(connection, circle, &replay, &members, report)?;
    Ok(replay.owed)
}

/// The next transfers of a circle in their order. Two with the same number, which must not be, are both seen.
fn page(connection: &mut AnyConn, circle: i64, (seq, id): (i64, i64)) -> Answer<Vec<Row>> {
    Ok(transfer::table
        .filter(transfer::circle_id.eq(circle).and(transfer::seq.ge(seq)))
        .filter(transfer::seq.gt(seq).or(transfer::id.gt(id)))
        .order((transfer::seq, transfer::id))
        .limit(PAGE)
        .select(Row::as_select())
        .load(connection)?)
}

/// The transfers that those of a page take back, by id.
fn originals(connection: &mut AnyConn, page: &[Row]) -> Answer<HashMap<i64, Row>> {
    let ids: Vec<i64> = page.iter().filter_map(|row| row.reverses).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = transfer::table.filter(transfer::id.eq_any(ids)).select(Row::as_select()).load(connection)?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn check_limits(row: &Row, report: &mut Report) {
    let mut wrong = |detail: String| report.add(Rule::LimitsKept, "transfer", shown::transfer(row.id), detail);
    if !(1..=AMOUNT_MAX).contains(&row.amount) {
        wrong(format!("the amount is {}", row.amount));
    }
    if row.giver_business_id == row.receiver_business_id {
        wrong("giver and receiver are the same".to_owned());
    }
    if !TransferKind::ALL.iter().any(|kind| kind.code() == row.kind) {
        wrong(format!("there is no kind {}", row.kind));
    }
    if !Reason::ALL.iter().any(|reason| reason.code() == row.reason) {
        wrong(format!("there is no reason {}", row.reason));
    }
}

/// The key begins with the reason and names what it was for; as the chain covers the key, it covers these too.
fn check_key(row: &Row, report: &mut Report) {
    let Some(reason) = Reason::ALL.iter().find(|reason| reason.code() == row.reason) else { return };
    let expected = match (row.reverses, reason, row.referral_id) {
        (Some(original), _, _) => Idem::of_reversal(shown::transfer(original)).into_string(),
        (None, Reason::Won | Reason::ThirdWin, Some(referral)) => Idem::of_referral(*reason, shown::referral(referral)).into_string(),
        _ => format!("{reason}:"),
    };
    if !row.idem.starts_with(&expected) {
        report.add(Rule::KeysPostOnce, "transfer", shown::transfer(row.id), format!("its key is {:?}, which should begin with {expected:?}", row.idem));
    }
}

fn check_reversal(row: &Row, originals: &HashMap<i64, Row>, report: &mut Report) {
    let mut wrong = |detail: &str| report.add(Rule::ReversalsNet, "transfer", shown::transfer(row.id), detail);
    match (row.kind == TransferKind::Reversal.code(), row.reverses) {
        (false, None) => {}
        (false, Some(_)) => wrong("reverses another although it is no reversal"),
        (true, None) => wrong("is a reversal of nothing"),
        (true, Some(id)) => match originals.get(&id) {
            None => wrong("reverses a transfer that is not there"),
            Some(original) if original.kind == TransferKind::Reversal.code() => wrong("reverses a reversal"),
            Some(original) if !nets(row, original) => wrong("does not net to zero with what it reverses"),
            Some(_) => {}
        },
    }
}

fn nets(row: &Row, original: &Row) -> bool {
    row.circle_id == original.circle_id
        && row.seq > original.seq
        && row.giver_business_id == original.receiver_business_id
        && row.receiver_business_id == original.giver_business_id
        && row.amount == original.amount
        && row.reason == original.reason
        && row.referral_id == original.referral_id
}

impl Replay {
    fn take(&mut self, row: &Row, report: &mut Report) {
        let mut wrong = |detail: String| report.add(Rule::ChainHolds, "transfer", shown::transfer(row.id), detail);
        if row.seq != self.seq + 1 {
            wrong(format!("has number {} after {}", row.seq, self.seq));
        }
        let prev = LedgerHash::parse(&row.prev_hash);
        if prev != Some(self.hash) {
            wrong("does not name the hash of the one before".to_owned());
        }
        let link = Link {
            prev: prev.unwrap_or(self.hash),
            circle: row.circle_id,
            seq: row.seq,
            giver: row.giver_business_id,
            receiver: row.receiver_business_id,
            amount: row.amount,
            at: row.at,
            kind: row.kind,
            reverses: row.reverses,
            idem: &row.idem,
        };
        let hash = link.hash();
        if row.hash != hash.to_string() {
            wrong("its hash is not that of its content".to_owned());
        }
        // Going on with what is written keeps one wrong row from accusing all that follow.
        (self.seq, self.hash) = (row.seq, LedgerHash::parse(&row.hash).unwrap_or(hash));
        let amount = i128::from(row.amount);
        self.members.entry(row.giver_business_id).or_default().0 += amount;
        self.members.entry(row.receiver_business_id).or_default().1 += amount;
        *self.directions.entry((row.giver_business_id, row.receiver_business_id)).or_default() += amount;
        self.owe(row, amount);
    }

    /// A posting makes the receiver owe; taking it back, and settling, lower what the giver of that entry owes.
    fn owe(&mut self, row: &Row, amount: i128) {
        let is_settlement = row.reason == Reason::Settlement.code();
        let raises = row.kind == TransferKind::Post.code() || (row.kind == TransferKind::Reversal.code() && is_settlement);
        if raises {
            *self.owed.entry((row.receiver_business_id, row.giver_business_id)).or_default() += amount;
        } else {
            *self.owed.entry((row.giver_business_id, row.receiver_business_id)).or_default() -= amount;
        }
    }
}

fn check_head(connection: &mut AnyConn, circle: i64, replay: &Replay, report: &mut Report) -> Answer<()> {
    let stored: Option<(i64, String)> =
        ledger_head::table.filter(ledger_head::circle_id.eq(circle)).select((ledger_head::seq, ledger_head::hash)).first(connection).optional()?;
    let (seq, hash) = stored.unwrap_or_else(|| (0, LedgerHash::ZERO.to_string()));
    if seq != replay.seq || hash != replay.hash.to_string() {
        let detail = format!("is at {seq} ({hash}), the last transfer at {} ({})", replay.seq, replay.hash);
        report.add(Rule::ChainHolds, "ledger_head", shown::circle(circle), detail);
    }
    Ok(())
}

/// Holds the balances against the replay; answers what the rows themselves say, for the pairs.
fn check_balances(connection: &mut AnyConn, circle: i64, replay: &Replay, report: &mut Report) -> Answer<Sums> {
    let rows: Vec<(i64, i64, i64, i64, i64)> = balance::table
        .filter(balance::circle_id.eq(circle))
        .select((balance::business_id, balance::given, balance::received, balance::pending_given, balance::pending_received))
        .load(connection)?;
    let mut members = Sums::new();
    for (business, given, received, pending_given, pending_received) in rows {
        report.checked.balances += 1;
        members.insert(business, (given.into(), received.into()));
        if [given, received, pending_given, pending_received].iter().any(|counter| !(0..=2 * COUNTER_MAX).contains(counter)) {
            report.add(Rule::LimitsKept, "balance", name(circle, business), "a counter lies outside its limits");
        }
    }
    for business in members.keys().chain(replay.members.keys().filter(|business| !members.contains_key(business))) {
        let (given, received) = members.get(business).copied().unwrap_or_default();
        let (expected_given, expected_received) = replay.members.get(business).copied().unwrap_or_default();
        if (given, received) != (expected_given, expected_received) {
            let detail = format!("gave {given} and received {received}; the transfers say {expected_given} and {expected_received}");
            report.add(Rule::BalancesAreReplay, "balance", name(circle, *business), detail);
        }
    }
    let (given, received) = members.values().fold((0, 0), |sums, member| (sums.0 + member.0, sums.1 + member.1));
    if given != received {
        report.add(Rule::GivenIsReceived, "balance", shown::circle(circle), format!("{given} given, {received} received"));
    }
    Ok(members)
}

fn check_pairs(connection: &mut AnyConn, circle: i64, replay: &Replay, members: &Sums, report: &mut Report) -> Answer<()> {
    let rows: Vec<(i64, i64, i64, i64)> = pair::table
        .filter(pair::circle_id.eq(circle))
        .select((pair::low_business_id, pair::high_business_id, pair::low_to_high, pair::high_to_low))
        .load(connection)?;
    let (mut directions, mut sums) = (BTreeMap::new(), Sums::new());
    for (low, high, low_to_high, high_to_low) in rows {
        report.checked.pairs += 1;
        let subject = format!("{} with {}", name(circle, low), shown::business(high));
        if low >= high || [low_to_high, high_to_low].iter().any(|counter| !(0..=2 * COUNTER_MAX).contains(counter)) {
            report.add(Rule::LimitsKept, "pair", &subject, "its members are not in order or a counter lies outside its limits");
        }
        for (giver, receiver, sum) in [(low, high, i128::from(low_to_high)), (high, low, i128::from(high_to_low))] {
            sums.entry(giver).or_default().0 += sum;
            sums.entry(receiver).or_default().1 += sum;
            directions.insert((giver, receiver), sum);
        }
    }
    for direction in directions.keys().chain(replay.directions.keys().filter(|direction| !directions.contains_key(direction))) {
        let stored = directions.get(direction).copied().unwrap_or(0);
        let expected = replay.directions.get(direction).copied().unwrap_or(0);
        if stored != expected {
            let subject = format!("{} to {}", name(circle, direction.0), shown::business(direction.1));
            report.add(Rule::PairsAreReplay, "pair", subject, format!("says {stored}; the transfers say {expected}"));
        }
    }
    for (business, balance) in members {
        if sums.get(business).copied().unwrap_or_default() != *balance {
            report.add(Rule::PairsAreReplay, "pair", name(circle, *business), "the pairs of this member do not add up to its balance");
        }
    }
    Ok(())
}

fn name(circle: i64, business: i64) -> String {
    format!("{} in {}", shown::business(business), shown::circle(circle))
}
