//! What a business changes about itself.

use super::model::{Direction, EXCLUSIONS_MAX, NewBusiness, Profile, ProfileInput, Regions, Trades};
use super::public::{PublicChoice, free_slug, slug_base};
use super::{store, views};
use crate::circles;
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::BusinessId;
use crate::kernel::{Actor, Answer, EventKind, Failure, KeyedHash, Principal};

/// The most keys of customers that a business keeps.
const CUSTOMERS_MAX: i64 = 200_000;

/// Makes a business. Part of the registration, which records the event.
pub fn create(tx: &mut Tx<'_>, new: NewBusiness) -> Answer<BusinessId> {
    let id = tx.new_id();
    store::insert(tx, id, &new)?;
    Ok(id)
}

/// Closes a business whose last person goes: what follows from it follows while its name is still known, then the profile is
/// wiped. The name that stays names nobody.
pub fn close(tx: &mut Tx<'_>, id: BusinessId, nobody: &str) -> Answer<()> {
    events::record(tx, NewEvent::new(EventKind::BusinessClosed, Actor::Clock).business(id))?;
    store::wipe(tx, id, nobody)
}

/// Changes the profile. `fits` judges the present version.
pub fn edit_profile(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, fits: impl FnOnce(i32) -> Answer<()>, input: &ProfileInput) -> Answer<()> {
    let present = own(tx, principal, id)?;
    fits(present.version)?;
    let values = input.over(&present)?;
    if !store::update_profile(tx, &present, &values)? {
        return Err(Failure::Stale);
    }
    if let Some(number) = values.tax_number {
        let key = number.map(|number| number.key(tx.secret()));
        store::set_tax_key(tx, id, key.as_ref())?;
    }
    record(tx, principal, id, EventKind::ProfileChanged, serde_json::json!({ "part": "profile" }))
}

/// Sets the trades. A trade with which the business is a member of a circle stays, and a commission that was promised must go
/// before a regulated trade comes.
pub fn set_trades(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, fits: impl FnOnce(i32) -> Answer<()>, trades: &Trades) -> Answer<()> {
    let present = own(tx, principal, id)?;
    fits(present.version)?;
    if present.trades == trades.as_slice() {
        return Ok(());
    }
    let missing = circles::views::trades_in_use(tx, id)?.into_iter().find(|used| !trades.as_slice().contains(used));
    if let Some(missing) = missing {
        return Err(Failure::conflict("trade_in_use", format!("the business is a member of a circle as {missing}: leave it first")));
    }
    if present.commission_sentence.is_some() && trades.as_slice().iter().any(|code| code.is_regulated()) {
        return Err(Failure::conflict("commission_promised", "a regulated trade promises no commission: clear the sentence first"));
    }
    store::set_trades(tx, id, trades)?;
    store::touch(tx, &present, trades.as_slice())?;
    record(tx, principal, id, EventKind::ProfileChanged, serde_json::json!({ "part": "trades" }))
}

/// Sets the regions it serves.
pub fn set_regions(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, fits: impl FnOnce(i32) -> Answer<()>, regions: &Regions) -> Answer<()> {
    let present = own(tx, principal, id)?;
    fits(present.version)?;
    if present.regions == regions.as_slice() {
        return Ok(());
    }
    store::set_regions(tx, id, regions)?;
    store::touch(tx, &present, &present.trades)?;
    record(tx, principal, id, EventKind::ProfileChanged, serde_json::json!({ "part": "regions" }))
}

/// Takes no referrals for a while, or takes them again. To say it twice changes nothing.
pub fn set_paused(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, paused: bool) -> Answer<()> {
    own(tx, principal, id)?;
    if store::set_paused(tx, id, paused)? {
        let kind = if paused { EventKind::BusinessPaused } else { EventKind::BusinessResumed };
        record(tx, principal, id, kind, serde_json::json!({}))?;
    }
    Ok(())
}

/// Shows the business to everybody, or no more. The address is made of its name at the first time and stays.
pub fn set_public(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, choice: PublicChoice) -> Answer<()> {
    let present = own(tx, principal, id)?;
    let found = views::own_public_page(tx, id)?;
    if found.choice == choice {
        return Ok(());
    }
    let slug = match found.slug {
        Some(slug) => slug,
        None => {
            let base = slug_base(&present.name);
            free_slug(&base, &store::slugs_like(tx, &base)?)
        }
    };
    store::save_public_page(tx, id, &slug, choice)?;
    record(tx, principal, id, EventKind::ProfileChanged, serde_json::json!({ "part": "public_page", "is_on": choice.is_on, "is_indexed": choice.is_indexed }))
}

/// Sets whom the business takes nothing from and gives nothing to. The log does not say whom.
pub fn set_exclusions(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, mut pairs: Vec<(Direction, BusinessId)>) -> Answer<()> {
    own(tx, principal, id)?;
    pairs.sort();
    pairs.dedup();
    for direction in Direction::ALL {
        let others: Vec<BusinessId> = pairs.iter().filter(|(found, _)| found == direction).map(|(_, other)| *other).collect();
        if others.len() > EXCLUSIONS_MAX {
            return Err(Failure::field(direction.as_str(), "too_many", format!("at most {EXCLUSIONS_MAX} businesses")));
        }
        if others.contains(&id) || views::cards(tx, &others)?.len() != others.len() {
            return Err(Failure::field(direction.as_str(), "not_a_business", "name other businesses that exist"));
        }
    }
    store::set_exclusions(tx, id, &pairs)?;
    record(tx, principal, id, EventKind::ProfileChanged, serde_json::json!({ "part": "exclusions" }))
}

/// Puts one business on a list of exclusions, or takes it off.
pub fn exclude(tx: &mut Tx<'_>, principal: &Principal, direction: Direction, other: BusinessId, excluded: bool) -> Answer<()> {
    let id = principal.owned_business()?;
    tx.lock(id)?;
    let mut pairs = views::exclusions(tx, id)?;
    pairs.retain(|pair| *pair != (direction, other));
    if excluded {
        pairs.push((direction, other));
    }
    set_exclusions(tx, principal, id, pairs)
}

/// Remembers the keyed hashes of a customer's address and phone; answers how many were new.
pub fn remember_customer(tx: &mut Tx<'_>, business: BusinessId, keys: &[KeyedHash]) -> Answer<usize> {
    store::insert_customers(tx, business, keys)
}

/// Remembers many customers by keyed hashes; answers how many were new.
pub fn import_customers(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, keys: &[KeyedHash]) -> Answer<usize> {
    own(tx, principal, id)?;
    if views::customers_count(tx, id)? > CUSTOMERS_MAX {
        return Err(Failure::conflict("too_many_customers", format!("a business keeps at most {CUSTOMERS_MAX} keys of customers")));
    }
    let added = store::insert_customers(tx, id, keys)?;
    if added > 0 {
        record(tx, principal, id, EventKind::ProfileChanged, serde_json::json!({ "part": "customers", "added": added }))?;
    }
    Ok(added)
}

/// Forgets every customer's keys.
pub fn forget_customers(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId) -> Answer<()> {
    own(tx, principal, id)?;
    let removed = store::delete_customers(tx, id)?;
    if removed > 0 {
        record(tx, principal, id, EventKind::ProfileChanged, serde_json::json!({ "part": "customers", "removed": removed }))?;
    }
    Ok(())
}

/// Locks and reads the caller's own business; only its owners change it.
fn own(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId) -> Answer<Profile> {
    if principal.business()? != id {
        views::card(tx, id)?;
        return Err(Failure::forbidden("not_your_business", "this is another business"));
    }
    principal.owned_business()?;
    tx.lock(id)?;
    views::profile(tx, id)
}

fn record(tx: &mut Tx<'_>, principal: &Principal, id: BusinessId, kind: EventKind, data: serde_json::Value) -> Answer<()> {
    events::record(tx, NewEvent::new(kind, principal.actor()).business(id).data(data)).map(drop)
}
