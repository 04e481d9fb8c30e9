//! The daily look, and an organiser's decision.

use std::collections::BTreeSet;

use serde_json::json;

use super::detection::{Group, WINDOW_DAYS, detect};
use super::evidence::Evidence;
use super::facts::Facts;
use super::model::{CaseState, Decision, LOOK_DAYS};
use super::store::{self, CaseRow};
use super::views;
use crate::db::Tx;
use crate::events;
use crate::kernel::clock::days;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{BusinessId, CircleId, Identifier, TrustCaseId};
use crate::kernel::{Actor, Answer, EventKind, Failure, Principal};
use crate::timers::{self, TimerKind};

/// Something new happened in a circle: it is looked at within a day, and not before if the clock runs already.
pub fn wind(tx: &mut Tx<'_>, circle: CircleId) -> Answer<()> {
    let due = tx.now().after(days(LOOK_DAYS));
    timers::schedule_unless_running(tx, TimerKind::TrustLook, circle.raw(), due)
}

/// Looks at a circle: opens a case for every group that is worth a look, or refreshes the open one about the same members.
/// Referrals of decided cases are not counted again, so that a decided case comes back only when new ones are enough by
/// themselves.
pub fn look(tx: &mut Tx<'_>, circle: CircleId) -> Answer<()> {
    tx.lock(circle)?;
    let since = tx.now().before(days(WINDOW_DAYS));
    let evidence = Evidence::gather(tx, circle, since)?;
    let decided = store::decided_referrals(tx, circle, since)?;
    let groups = detect(&evidence.passed(&decided));
    if groups.is_empty() {
        return Ok(());
    }
    let mut open = with_members(tx, circle)?;
    for group in groups {
        let facts = evidence.facts(tx, &group)?;
        let shared = |(_, members): &(CaseRow, BTreeSet<BusinessId>)| group.members.iter().filter(|member| members.contains(member)).count();
        match open.iter().position(|case| shared(case) >= 2) {
            Some(place) => refresh(tx, open.remove(place).0, &group, &facts)?,
            None => open_case(tx, circle, &group, &facts)?,
        }
    }
    Ok(())
}

fn with_members(tx: &mut Tx<'_>, circle: CircleId) -> Answer<Vec<(CaseRow, BTreeSet<BusinessId>)>> {
    let rows = store::open_cases(tx, circle)?;
    let ids: Vec<TrustCaseId> = rows.iter().map(|row| row.id).collect();
    let members = store::members(tx, &ids)?;
    let of = |case: TrustCaseId| members.iter().filter(|(found, _)| *found == case).map(|(_, member)| *member).collect();
    Ok(rows.into_iter().map(|row| (row.clone(), of(row.id))).collect())
}

fn open_case(tx: &mut Tx<'_>, circle: CircleId, group: &Group, facts: &Facts) -> Answer<()> {
    let now = tx.now();
    let row = CaseRow {
        id: tx.new_id(),
        circle_id: circle,
        state: CaseState::Open,
        facts: written(facts)?,
        opened_at: now,
        refreshed_at: now,
        outcome: None,
        note: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    store::insert(tx, &row)?;
    store::set_parts(tx, row.id, &group.members, &group.referrals)?;
    let event = NewEvent::new(EventKind::TrustCaseOpened, Actor::Clock).circle(circle).data(json!({ "case": row.id }));
    events::record(tx, event).map(drop)
}

fn refresh(tx: &mut Tx<'_>, mut row: CaseRow, group: &Group, facts: &Facts) -> Answer<()> {
    row.facts = written(facts)?;
    row.refreshed_at = tx.now();
    store::save(tx, &mut row)?;
    store::set_parts(tx, row.id, &group.members, &group.referrals)
}

fn written(facts: &Facts) -> Answer<String> {
    serde_json::to_string(facts).map_err(|error| Failure::internal(format!("facts: {error}")))
}

/// Decides a case. An owner of an organising business that the case does not name decides; an operator when it names every
/// organiser. What follows (suspension, reversal) follows from the event.
pub fn decide(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, case: TrustCaseId, decision: &Decision) -> Answer<()> {
    tx.lock(circle)?;
    let reader = views::reader(tx, principal, circle)?;
    let mut row = store::case(tx, circle, case)?;
    let members = store::members_of(tx, case)?;
    reader.require(&members)?;
    if !principal.is_operator {
        principal.owned_business()?;
    }
    if row.state != CaseState::Open {
        return Err(Failure::conflict("case_decided", "this case was decided already"));
    }
    let concerned = decision.concerned(&members)?;
    row.state = CaseState::Decided;
    row.outcome = Some(decision.outcome);
    row.note = Some(decision.note.as_str().to_owned());
    row.decided_by = Some(principal.person);
    row.decided_at = Some(tx.now());
    store::save(tx, &mut row)?;
    // The note stays with the case: the log is read by more people.
    let data = json!({ "case": case, "outcome": decision.outcome, "members": concerned });
    events::record(tx, NewEvent::new(EventKind::TrustCaseDecided, principal.actor()).circle(circle).data(data)).map(drop)
}
