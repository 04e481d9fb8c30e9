//! Referrals against the ledger and the log: their holds, their credits, the event of their offer.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::holds::Row as Hold;
use super::report::{Report, Rule};
use super::{PAGE, shown};
use crate::businesses::trade::TradeCode;
use crate::circles::policy::{Credits, Policy};
use crate::db::AnyConn;
use crate::db::schema::{circle_policy, event, hold, offer, referral, timer, transfer, trust_case, trust_case_referral};
use crate::kernel::money::Currency;
use crate::kernel::{Answer, EventKind};
use crate::reciprocity::model::{HoldState, Reason, TransferKind};
use crate::referrals::model::ReferralState as State;
use crate::timers::TimerKind;
use crate::trust::model::Outcome;

/// Versions of policies that are kept in memory.
const POLICIES_MAX: usize = 1_000;

/// A referral as it lies there.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = referral)]
struct Row {
    id: i64,
    circle_id: i64,
    giver_business_id: i64,
    receiver_business_id: Option<i64>,
    state: i16,
    policy_version: i32,
    trade: String,
    currency: String,
    won_value_minor: Option<i64>,
}

/// The part of a transfer that is held against its referral.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = transfer)]
struct Posted {
    id: i64,
    circle_id: i64,
    giver_business_id: i64,
    receiver_business_id: i64,
    amount: i64,
    kind: i16,
    reason: i16,
    reverses: Option<i64>,
    referral_id: Option<i64>,
}

/// Everything about one page of referrals.
struct Around {
    holds: HashMap<i64, Vec<Hold>>,
    entries: HashMap<i64, Vec<Posted>>,
    with_event: HashSet<i64>,
    with_offer: HashSet<i64>,
    /// Whose credits an organiser took back in a case.
    taken_back: HashSet<i64>,
    /// Those of them that a timer has yet to take back.
    waiting: HashSet<i64>,
}

/// What a circle's policies post, by circle and version; none for a version that is missing or broken.
type Policies = HashMap<(i64, i32), Option<Policy>>;

/// Checks every referral.
pub(super) fn check(connection: &mut AnyConn, report: &mut Report) -> Answer<()> {
    let mut policies = Policies::new();
    let mut last = i64::MIN;
    loop {
        let page: Vec<Row> = referral::table.filter(referral::id.gt(last)).order(referral::id).limit(PAGE).select(Row::as_select()).load(connection)?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = newest.id;
        let around = around(connection, &page)?;
        load_policies(connection, &page, &mut policies)?;
        for row in &page {
            report.checked.referrals += 1;
            check_one(row, &around, &policies, report);
        }
    }
}

fn around(connection: &mut AnyConn, page: &[Row]) -> Answer<Around> {
    let ids: Vec<i64> = page.iter().map(|row| row.id).collect();
    let holds: Vec<Hold> = hold::table.filter(hold::referral_id.eq_any(ids.clone())).select(Hold::as_select()).load(connection)?;
    let entries: Vec<Posted> = transfer::table.filter(transfer::referral_id.eq_any(ids.clone())).select(Posted::as_select()).load(connection)?;
    let with_event: Vec<Option<i64>> = event::table
        .filter(event::referral_id.eq_any(ids.clone()).and(event::kind.eq(EventKind::ReferralOffered)))
        .select(event::referral_id)
        .distinct()
        .load(connection)?;
    let taken_back: Vec<i64> = trust_case_referral::table
        .inner_join(trust_case::table.on(trust_case::id.eq(trust_case_referral::case_id)))
        .filter(trust_case_referral::referral_id.eq_any(ids.clone()).and(trust_case::outcome.eq(Outcome::Reversed)))
        .select(trust_case_referral::referral_id)
        .load(connection)?;
    let waiting: Vec<i64> = trust_case_referral::table
        .inner_join(timer::table.on(timer::subject_id.eq(trust_case_referral::case_id)))
        .filter(trust_case_referral::referral_id.eq_any(ids.clone()).and(timer::kind.eq(TimerKind::TrustTakeBack)))
        .select(trust_case_referral::referral_id)
        .load(connection)?;
    let with_offer: Vec<i64> = offer::table.filter(offer::referral_id.eq_any(ids)).select(offer::referral_id).distinct().load(connection)?;
    Ok(Around {
        holds: grouped(holds, |hold| Some(hold.referral_id)),
        entries: grouped(entries, |entry| entry.referral_id),
        with_event: with_event.into_iter().flatten().collect(),
        with_offer: with_offer.into_iter().collect(),
        taken_back: taken_back.into_iter().collect(),
        waiting: waiting.into_iter().collect(),
    })
}

fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> Option<i64>) -> HashMap<i64, Vec<T>> {
    let mut groups: HashMap<i64, Vec<T>> = HashMap::new();
    for row in rows {
        if let Some(key) = key(&row) {
            groups.entry(key).or_default().push(row);
        }
    }
    groups
}

fn load_policies(connection: &mut AnyConn, page: &[Row], policies: &mut Policies) -> Answer<()> {
    if policies.len() > POLICIES_MAX {
        policies.clear();
    }
    for row in page {
        let key = (row.circle_id, row.policy_version);
        if let Entry::Vacant(place) = policies.entry(key) {
            let body: Option<String> = circle_policy::table
                .filter(circle_policy::circle_id.eq(key.0).and(circle_policy::version.eq(key.1)))
                .select(circle_policy::body)
                .first(connection)
                .optional()?;
            place.insert(body.and_then(|body| Policy::stored(&body).ok()));
        }
    }
    Ok(())
}

fn check_one(row: &Row, around: &Around, policies: &Policies, report: &mut Report) {
    let subject = shown::referral(row.id);
    let Some(state) = State::ALL.iter().copied().find(|state| state.code() == row.state) else {
        report.add(Rule::LimitsKept, "referral", subject, format!("there is no state {}", row.state));
        return;
    };
    let holds = around.holds.get(&row.id).map_or(&[][..], Vec::as_slice);
    let entries = around.entries.get(&row.id).map_or(&[][..], Vec::as_slice);
    // A draft may be taken back before it was ever offered.
    let was_offered = around.with_offer.contains(&row.id) || !matches!(state, State::Draft | State::Withdrawn);
    if was_offered && !around.with_event.contains(&row.id) {
        report.add(Rule::EventsFollowReferrals, "event", subject, format!("the referral is {state}, but no event tells of its offer"));
    }
    let is_taken_back = around.taken_back.contains(&row.id);
    let policy = policies.get(&(row.circle_id, row.policy_version)).and_then(Option::as_ref);
    match policy {
        Some(policy) => {
            check_holds(row, state, holds, &policy.credits, report);
            check_won(row, state, entries, is_taken_back || holds.iter().any(|hold| hold.state == HoldState::Exempt.code()), policy, report);
        }
        None if state == State::Draft => {}
        None => report.add(Rule::CreditsFollowReferrals, "circle_policy", subject, format!("version {} cannot be read", row.policy_version)),
    }
    check_once(row, entries, report);
    if state == State::Invalid || (is_taken_back && !around.waiting.contains(&row.id)) {
        check_reversed(row, entries, report);
    }
}

/// Each kind of credit stands once at the most.
fn check_once(row: &Row, entries: &[Posted], report: &mut Report) {
    let reversed: HashSet<i64> = entries.iter().filter_map(|entry| entry.reverses).collect();
    let mut standing = HashSet::new();
    for entry in entries.iter().filter(|entry| entry.kind == TransferKind::Post.code() && !reversed.contains(&entry.id)) {
        if !standing.insert(entry.reason) {
            let detail = format!("{} posts what stands in the ledger already", shown::transfer(entry.id));
            report.add(Rule::CreditsFollowReferrals, "transfer", shown::referral(row.id), detail);
        }
    }
}

fn check_holds(row: &Row, state: State, holds: &[Hold], credits: &Credits, report: &mut Report) {
    let count = |wanted: HoldState| holds.iter().filter(|hold| hold.state == wanted.code()).count();
    let (open, posted, exempt) = (count(HoldState::Open), count(HoldState::Posted), count(HoldState::Exempt));
    let mut wrong = |table: &'static str, detail: String| report.add(Rule::HoldsFollowReferrals, table, shown::referral(row.id), detail);
    for hold in holds.iter().filter(|hold| [HoldState::Open.code(), HoldState::Posted.code()].contains(&hold.state)) {
        let sides = (Some(hold.receiver_business_id), hold.giver_business_id, hold.circle_id);
        if sides != (row.receiver_business_id, row.giver_business_id, row.circle_id) || hold.amount != credits.introduced {
            wrong("hold", format!("{} does not say what the referral and its policy say", shown::hold(hold.id)));
        }
    }
    let holds_credits = credits.introduced > 0 && exempt == 0;
    let (open_expected, posted_expected) = match state {
        State::Accepted => (usize::from(holds_credits), 0),
        state if state.was_introduced() => (0, usize::from(holds_credits)),
        _ => (0, 0),
    };
    // A mark of exemption may stand for the won credits alone, or for trades that were changed later.
    let is_enough = |is: usize, expected: usize| is == expected || (exempt > 0 && is <= 1 && state.was_introduced());
    if open != open_expected {
        wrong("hold", format!("the referral is {state} and has {open} open holds instead of {open_expected}"));
    }
    if !is_enough(posted, posted_expected) {
        wrong("hold", format!("the referral is {state} and has {posted} posted holds instead of {posted_expected}"));
    }
}

fn check_won(row: &Row, state: State, entries: &[Posted], brings_none: bool, policy: &Policy, report: &mut Report) {
    let subject = shown::referral(row.id);
    let mut wrong = |detail: String| report.add(Rule::CreditsFollowReferrals, "transfer", subject, detail);
    let won: Vec<&Posted> = entries.iter().filter(|entry| entry.kind == TransferKind::Post.code() && entry.reason == Reason::Won.code()).collect();
    let decimals = Currency::parse(&row.currency).map_or(2, |currency| currency.decimals());
    let amount = policy.credits_for_won(TradeCode::parse(&row.trade), row.won_value_minor, decimals);
    match (state, won.as_slice()) {
        (State::Won, []) if amount > 0 && !brings_none => wrong(format!("was won, but its {amount} credits were not posted")),
        (State::Won, [entry]) if entry.amount != amount => wrong(format!("was won for {amount} credits, but {} were posted", entry.amount)),
        (State::Won, [_, _, ..]) => wrong("its credits for business won were posted more than once".to_owned()),
        (State::Won, _) | (_, []) => {}
        _ => wrong(format!("is {state}, but has credits for business won")),
    }
    for entry in entries.iter().filter(|entry| entry.kind == TransferKind::Post.code()) {
        let sides = (entry.circle_id, entry.giver_business_id, Some(entry.receiver_business_id));
        if sides != (row.circle_id, row.giver_business_id, row.receiver_business_id) {
            wrong(format!("{} is between others than the referral", shown::transfer(entry.id)));
        }
    }
}

/// Nothing stands that was posted for a referral which is invalid, or whose credits an organiser took back.
fn check_reversed(row: &Row, entries: &[Posted], report: &mut Report) {
    let reversed: HashSet<i64> = entries.iter().filter_map(|entry| entry.reverses).collect();
    for entry in entries.iter().filter(|entry| entry.kind != TransferKind::Reversal.code() && !reversed.contains(&entry.id)) {
        let detail = format!("the referral is invalid or its credits were taken back, but {} was not reversed", shown::transfer(entry.id));
        report.add(Rule::CreditsFollowReferrals, "transfer", shown::referral(row.id), detail);
    }
}
