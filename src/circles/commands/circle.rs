//! A circle itself: founded, renamed, its policy and its links.

use super::{check_own_trade, organised};
use crate::circles::model::{CircleInput, CircleKind, CircleValues, Links, MemberState, NewCircle, ORGANISED_MAX, SeatTrades, checked_policy};
use crate::circles::policy::Policy;
use crate::circles::store::{self, MemberRow};
use crate::circles::views;
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, EventKind, Failure, Fields, Principal};

/// Founds a circle; the founder is its first member and organiser.
pub fn create(tx: &mut Tx<'_>, principal: &Principal, new: NewCircle, ask_allowed: bool) -> Answer<CircleId> {
    let business = principal.owned_business()?;
    check_own_trade(tx, business, new.trade)?;
    if new.kind == CircleKind::Networking && !new.links.as_slice().is_empty() {
        return Err(Failure::field("links", "not_a_value_chain", "only a value chain has links"));
    }
    tx.lock(business)?;
    if store::count_organised(tx, business)? >= ORGANISED_MAX {
        return Err(Failure::conflict("too_many_circles", format!("a business organises at most {ORGANISED_MAX} circles")));
    }
    let policy = checked_policy(new.policy.clone(), ask_allowed)?;
    let (id, now) = (tx.new_id(), tx.now());
    store::insert(tx, id, &new)?;
    store::insert_policy(tx, id, 1, &policy, principal.person)?;
    store::set_links(tx, id, &new.links)?;
    let founder = MemberRow {
        id: tx.new_id(),
        circle_id: id,
        business_id: business,
        state: MemberState::Active,
        is_organiser: true,
        trade: new.trade,
        words: None,
        applied_at: now,
        joined_at: Some(now),
        ended_at: None,
        suspended_at: None,
        version: 1,
    };
    store::save_member(tx, new.kind, &founder, true)?;
    events::record(tx, NewEvent::new(EventKind::CircleCreated, principal.actor()).circle(id).business(business))?;
    Ok(id)
}

/// Changes name, description, language, time zone, openness. `fits` judges the present version of the circle.
pub fn edit(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, fits: impl FnOnce(i32) -> Answer<()>, input: &CircleInput) -> Answer<()> {
    let (present, _) = organised(tx, principal, circle)?;
    fits(present.version)?;
    let mut fields = Fields::new();
    let values = CircleValues::parse(
        &mut fields,
        input.name.as_deref().unwrap_or(&present.name),
        input.description.as_deref().unwrap_or(&present.description),
        input.language.unwrap_or(present.language),
        input.time_zone.as_deref().unwrap_or(&present.time_zone),
        input.open_to_applications.unwrap_or(present.open_to_applications),
    );
    let values = fields.into_result(values)?;
    if !store::update(tx, &present, &values)? {
        return Err(Failure::Stale);
    }
    events::record(tx, NewEvent::new(EventKind::CircleChanged, principal.actor()).circle(circle))?;
    Ok(())
}

/// Puts a new version of the policy in force; answers its number. The same rules again make no new version.
/// `fits` judges the version in force.
pub fn set_policy(
    tx: &mut Tx<'_>,
    principal: &Principal,
    circle: CircleId,
    fits: impl FnOnce(i32) -> Answer<()>,
    policy: Policy,
    ask_allowed: bool,
) -> Answer<i32> {
    let (present, _) = organised(tx, principal, circle)?;
    fits(present.policy_version)?;
    let policy = checked_policy(policy, ask_allowed)?;
    let (version, in_force) = views::policy(tx, circle, None)?;
    if policy == in_force {
        return Ok(version);
    }
    store::insert_policy(tx, circle, version + 1, &policy, principal.person)?;
    let data = serde_json::json!({ "version": version + 1 });
    events::record(tx, NewEvent::new(EventKind::PolicyChanged, principal.actor()).circle(circle).data(data))?;
    Ok(version + 1)
}

/// Sets the links of a value chain, all of them and in their order. `fits` judges the present version of the circle.
pub fn set_links(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, fits: impl FnOnce(i32) -> Answer<()>, links: &Links) -> Answer<()> {
    let (present, _) = organised(tx, principal, circle)?;
    if present.kind != CircleKind::ValueChain {
        return Err(Failure::conflict("not_a_value_chain", "only a value chain has links"));
    }
    fits(present.version)?;
    if store::links(tx, circle)? == links.as_slice() {
        return Ok(());
    }
    store::set_links(tx, circle, links)?;
    store::touch(tx, circle)?;
    let data = serde_json::json!({ "links": links.as_slice() });
    events::record(tx, NewEvent::new(EventKind::LinksChanged, principal.actor()).circle(circle).data(data))?;
    Ok(())
}

/// Sets which trades have a seat in a networking circle; whoever holds another one keeps it. `fits` judges the present version
/// of the circle.
pub fn set_seats(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, fits: impl FnOnce(i32) -> Answer<()>, seats: &SeatTrades) -> Answer<()> {
    let (present, _) = organised(tx, principal, circle)?;
    if present.kind != CircleKind::Networking {
        return Err(Failure::conflict("not_a_networking_circle", "only a networking circle has seats"));
    }
    fits(present.version)?;
    if store::wanted_seats(tx, circle)? == seats.as_slice() {
        return Ok(());
    }
    store::set_wanted_seats(tx, circle, seats)?;
    store::touch(tx, circle)?;
    let data = serde_json::json!({ "seats": seats.as_slice() });
    events::record(tx, NewEvent::new(EventKind::LinksChanged, principal.actor()).circle(circle).data(data))?;
    Ok(())
}
