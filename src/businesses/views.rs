//! What others may know of businesses.

mod public;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::model::{Direction, Profile};
use super::store;
use super::trade::TradeCode;
use crate::db::AnyConn;
use crate::kernel::id::BusinessId;
use crate::kernel::region::Region;
use crate::kernel::{Answer, Failure, KeyedHash, Page, PageQuery, Timestamp};

pub use super::store::Search;
pub use public::{OwnPublicPage, PublicPage, own_public_page, public_page};

/// A business in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BusinessCard {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
    /// Place of its seat.
    pub city: String,
    /// Country of its seat, two letters.
    pub country: String,
    /// Postal code of its seat.
    pub postal_code: String,
    /// What it does, the main trade first.
    pub trades: Vec<TradeCode>,
    /// Whether it takes no referrals for a while.
    pub paused: bool,
    /// How many referrals it wants open at once.
    pub open_referrals_max: i32,
    /// Whether one of its trades may give or take no advantage for a referral.
    pub is_regulated: bool,
}

/// One business.
pub fn card(conn: &mut AnyConn, id: BusinessId) -> Answer<BusinessCard> {
    cards(conn, &[id])?.remove(&id).ok_or(Failure::NotFound("business"))
}

/// Several businesses in two queries; unknown ids are left out.
pub fn cards(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<HashMap<BusinessId, BusinessCard>> {
    Ok(store::cards(conn, ids)?.into_iter().map(|card| (card.id, card)).collect())
}

/// The whole profile.
pub fn profile(conn: &mut AnyConn, id: BusinessId) -> Answer<Profile> {
    store::profile(conn, id)?.ok_or(Failure::NotFound("business"))
}

/// A page of the directory, newest first, in two queries.
pub fn search(conn: &mut AnyConn, search: &Search, query: &PageQuery) -> Answer<Page<BusinessCard>> {
    let ids = store::search(conn, search, query.below(), query.limit())?;
    let page = Page::of(ids, query.limit(), |id| *id);
    let mut cards = cards(conn, &page.items)?;
    let items = page.items.iter().filter_map(|id| cards.remove(id)).collect();
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// Where each of several businesses works, in one query.
pub fn regions_of(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<HashMap<BusinessId, Vec<Region>>> {
    let mut regions: HashMap<BusinessId, Vec<Region>> = HashMap::new();
    for (id, region) in store::regions_of(conn, ids)? {
        regions.entry(id).or_default().push(region);
    }
    Ok(regions)
}

/// The receivers that take nothing from the giver or that the giver gives nothing to, in two queries. It is not told who
/// excludes whom.
pub fn excluded_from(conn: &mut AnyConn, giver: BusinessId, receivers: &[BusinessId]) -> Answer<HashSet<BusinessId>> {
    let mut excluded: HashSet<BusinessId> = store::excluding(conn, receivers, Direction::NotFrom, giver)?.into_iter().collect();
    let given_nothing = store::exclusions(conn, giver)?.into_iter().filter(|(direction, _)| *direction == Direction::NotTo);
    excluded.extend(given_nothing.map(|(_, other)| other).filter(|other| receivers.contains(other)));
    Ok(excluded)
}

/// Whom a business excludes. For its own people only.
pub fn exclusions(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<(Direction, BusinessId)>> {
    store::exclusions(conn, business)
}

/// Whether one of these keyed hashes belongs to a customer of the business.
pub fn has_customer(conn: &mut AnyConn, business: BusinessId, keys: &[KeyedHash]) -> Answer<bool> {
    store::has_customer(conn, business, keys)
}

/// How many keys of customers a business keeps.
pub fn customers_count(conn: &mut AnyConn, business: BusinessId) -> Answer<i64> {
    store::customers_count(conn, business)
}

/// When businesses registered; unknown ones are left out.
pub fn registered_at(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<(BusinessId, Timestamp)>> {
    store::registered_at(conn, ids)
}

/// The businesses with this phone number.
pub fn with_phone(conn: &mut AnyConn, phone: &str) -> Answer<Vec<BusinessId>> {
    store::with_phones(conn, &[phone.to_owned()])
}

/// The businesses with this tax number.
pub fn with_tax_key(conn: &mut AnyConn, key: &KeyedHash) -> Answer<Vec<BusinessId>> {
    store::with_tax_keys(conn, std::slice::from_ref(key))
}

/// Whether a business stated its tax number. For its own people only.
pub fn has_tax_number(conn: &mut AnyConn, id: BusinessId) -> Answer<bool> {
    Ok(!store::tax_keys_of(conn, &[id])?.is_empty())
}

/// The businesses that share their phone number or their tax number with one of these: as good as one business. Those asked for are
/// among them.
pub fn linked(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<BusinessId>> {
    let phones = store::phones_of(conn, ids)?;
    let mut found = if phones.is_empty() { Vec::new() } else { store::with_phones(conn, &phones)? };
    let keys = store::tax_keys_of(conn, ids)?;
    if !keys.is_empty() {
        found.extend(store::with_tax_keys(conn, &keys)?);
    }
    found.extend_from_slice(ids);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
