//! The SQL of businesses.

mod public_pages;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::{Direction, NewBusiness, OPEN_REFERRALS_DEFAULT, Profile, ProfileValues, Regions, Trades, search_words};
use super::trade::{self, TradeCode};
use super::views::BusinessCard;
use crate::db::schema::{business, business_exclusion, business_region, business_trade, customer_key, public_page};
use crate::db::{AnyConn, Tx};
use crate::kernel::id::BusinessId;
use crate::kernel::region::Region;
use crate::kernel::{Answer, KeyedHash, Timestamp};
use crate::on_each;

pub(super) use public_pages::{public_page_of, save_public_page, shown_at, slugs_like};

/// Words that the directory looks for at the most.
const SEARCH_WORDS_MAX: usize = 6;
/// Rows of one insert.
const BATCH: usize = 500;

/// What the directory is asked for; everything left out fits.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// A trade, or a group for all trades in it.
    pub trade: Option<TradeCode>,
    /// A place that must be served.
    pub region: Option<Region>,
    /// Words of the profile; all of them must fit.
    pub words: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = business)]
struct CardRow {
    id: BusinessId,
    name: String,
    city: String,
    country: String,
    postal_code: String,
    paused: bool,
    open_referrals_max: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = business)]
struct ProfileRow {
    id: BusinessId,
    name: String,
    description: String,
    ideal_referral: String,
    website: Option<String>,
    phone: Option<String>,
    country: String,
    postal_code: String,
    city: String,
    open_referrals_max: i32,
    paused: bool,
    commission_sentence: Option<String>,
    created_at: Timestamp,
    version: i32,
}

pub(super) fn insert(tx: &mut Tx<'_>, id: BusinessId, new: &NewBusiness) -> Answer<()> {
    let now = tx.now();
    diesel::insert_into(business::table)
        .values((
            business::id.eq(id),
            business::name.eq(new.name.as_str()),
            business::description.eq(""),
            business::ideal_referral.eq(""),
            business::country.eq(&new.place.country),
            business::postal_code.eq(&new.place.postal_code),
            business::city.eq(new.city.as_str()),
            business::open_referrals_max.eq(OPEN_REFERRALS_DEFAULT),
            business::paused.eq(false),
            business::search_words.eq(search_words(new.name.as_str(), new.city.as_str(), ["", ""], new.trades.as_slice())),
            business::created_at.eq(now),
            business::version.eq(1),
        ))
        .execute(&mut **tx)?;
    set_trades(tx, id, &new.trades)?;
    set_regions(tx, id, &new.regions)
}

pub(super) fn cards(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<BusinessCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CardRow> = business::table.filter(business::id.eq_any(ids.to_vec())).select(CardRow::as_select()).load(conn)?;
    let mut trades = trades_of(conn, ids)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let trades: Vec<TradeCode> = trades.extract_if(.., |(id, _)| *id == row.id).map(|(_, code)| code).collect();
            BusinessCard {
                id: row.id,
                name: row.name,
                city: row.city,
                country: row.country,
                postal_code: row.postal_code,
                is_regulated: trades.iter().any(|code| code.is_regulated()),
                trades,
                paused: row.paused,
                open_referrals_max: row.open_referrals_max,
            }
        })
        .collect())
}

fn trades_of(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<(BusinessId, TradeCode)>> {
    Ok(business_trade::table
        .filter(business_trade::business_id.eq_any(ids.to_vec()))
        .order((business_trade::business_id, business_trade::position))
        .select((business_trade::business_id, business_trade::trade))
        .load(conn)?)
}

pub(super) fn trades(conn: &mut AnyConn, id: BusinessId) -> Answer<Vec<TradeCode>> {
    Ok(trades_of(conn, &[id])?.into_iter().map(|(_, code)| code).collect())
}

pub(super) fn regions_of(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<(BusinessId, Region)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(BusinessId, String, String)> = business_region::table
        .filter(business_region::business_id.eq_any(ids.to_vec()))
        .order((business_region::business_id, business_region::country, business_region::postal_prefix))
        .select((business_region::business_id, business_region::country, business_region::postal_prefix))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, country, postal_code)| (id, Region { country, postal_code })).collect())
}

pub(super) fn regions(conn: &mut AnyConn, id: BusinessId) -> Answer<Vec<Region>> {
    Ok(regions_of(conn, &[id])?.into_iter().map(|(_, region)| region).collect())
}

pub(super) fn profile(conn: &mut AnyConn, id: BusinessId) -> Answer<Option<Profile>> {
    let row: Option<ProfileRow> = business::table.find(id).select(ProfileRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let trades = trades(conn, id)?;
    Ok(Some(Profile {
        id: row.id,
        name: row.name,
        description: row.description,
        ideal_referral: row.ideal_referral,
        website: row.website,
        phone: row.phone,
        country: row.country,
        postal_code: row.postal_code,
        city: row.city,
        is_regulated: trades.iter().any(|code| code.is_regulated()),
        trades,
        regions: regions(conn, id)?,
        open_referrals_max: row.open_referrals_max,
        paused: row.paused,
        commission_sentence: row.commission_sentence,
        created_at: row.created_at,
        version: row.version,
    }))
}

/// Ids below `below`, newest first, one more than `limit`.
pub(super) fn search(conn: &mut AnyConn, search: &Search, below: BusinessId, limit: usize) -> Answer<Vec<BusinessId>> {
    let open = business::table.filter(business::id.lt(below).and(business::closed_at.is_null()));
    let mut query = open.order(business::id.desc()).limit(limit as i64 + 1).select(business::id).into_boxed();
    if let Some(trade) = search.trade {
        let codes: Vec<TradeCode> = if trade.is_group() { trade::tree().children(trade).collect() } else { vec![trade] };
        // The few that do it are found by the index on trades, then looked at: sixty times faster than asking each business.
        let doing = business_trade::table.filter(business_trade::trade.eq_any(codes)).select(business_trade::business_id);
        query = query.filter(business::id.eq_any(doing));
    }
    if let Some(place) = &search.region {
        // Every beginning of the postal code: a region is served when its prefix is one of them.
        let prefixes: Vec<String> = (0..=place.postal_code.len()).filter_map(|end| place.postal_code.get(..end)).map(str::to_owned).collect();
        let serving = business_region::table
            .filter(business_region::business_id.eq(business::id))
            .filter(business_region::country.eq(place.country.clone()))
            .filter(business_region::postal_prefix.eq_any(prefixes));
        query = query.filter(exists(serving));
    }
    for word in trade::folded_words(&search.words).take(SEARCH_WORDS_MAX) {
        // Folded words hold letters and digits only: nothing to escape.
        query = query.filter(business::search_words.like(format!("%{word}%")));
    }
    Ok(query.load(conn)?)
}

/// Writes a profile if it still has this version; false when somebody was faster.
pub(super) fn update_profile(tx: &mut Tx<'_>, present: &Profile, values: &ProfileValues) -> Answer<bool> {
    let words = search_words(values.name.as_str(), values.city.as_str(), [&values.description, &values.ideal_referral], &present.trades);
    let same = business::table.filter(business::id.eq(present.id).and(business::version.eq(present.version)));
    let changed = diesel::update(same)
        .set((
            business::name.eq(values.name.as_str()),
            business::description.eq(&values.description),
            business::ideal_referral.eq(&values.ideal_referral),
            business::website.eq(&values.website),
            business::phone.eq(values.phone.as_ref().map(|phone| phone.as_str().to_owned())),
            business::country.eq(&values.place.country),
            business::postal_code.eq(&values.place.postal_code),
            business::city.eq(values.city.as_str()),
            business::open_referrals_max.eq(values.open_referrals_max),
            business::commission_sentence.eq(&values.commission_sentence),
            business::search_words.eq(words),
            business::version.eq(present.version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}

pub(super) fn set_trades(tx: &mut Tx<'_>, id: BusinessId, trades: &Trades) -> Answer<()> {
    diesel::delete(business_trade::table.filter(business_trade::business_id.eq(id))).execute(&mut **tx)?;
    for (position, code) in (0..).zip(trades.as_slice()) {
        diesel::insert_into(business_trade::table)
            .values((business_trade::business_id.eq(id), business_trade::trade.eq(*code), business_trade::position.eq(position)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

pub(super) fn set_regions(tx: &mut Tx<'_>, id: BusinessId, regions: &Regions) -> Answer<()> {
    diesel::delete(business_region::table.filter(business_region::business_id.eq(id))).execute(&mut **tx)?;
    for region in regions.as_slice() {
        diesel::insert_into(business_region::table)
            .values((business_region::business_id.eq(id), business_region::country.eq(&region.country), business_region::postal_prefix.eq(&region.postal_code)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Counts an edit of trades or regions and keeps the words of the directory true.
pub(super) fn touch(tx: &mut Tx<'_>, present: &Profile, trades: &[TradeCode]) -> Answer<()> {
    let words = search_words(&present.name, &present.city, [&present.description, &present.ideal_referral], trades);
    diesel::update(business::table.find(present.id)).set((business::version.eq(present.version + 1), business::search_words.eq(words))).execute(&mut **tx)?;
    Ok(())
}

/// False when it was so already.
pub(super) fn set_paused(tx: &mut Tx<'_>, id: BusinessId, paused: bool) -> Answer<bool> {
    let others = business::table.filter(business::id.eq(id).and(business::paused.ne(paused)));
    Ok(diesel::update(others).set((business::paused.eq(paused), business::version.eq(business::version + 1))).execute(&mut **tx)? == 1)
}

/// Which of several businesses exclude another in this direction.
pub(super) fn excluding(conn: &mut AnyConn, ids: &[BusinessId], direction: Direction, other: BusinessId) -> Answer<Vec<BusinessId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(business_exclusion::table
        .filter(business_exclusion::business_id.eq_any(ids.to_vec()))
        .filter(business_exclusion::direction.eq(direction).and(business_exclusion::other_business_id.eq(other)))
        .select(business_exclusion::business_id)
        .load(conn)?)
}

pub(super) fn exclusions(conn: &mut AnyConn, id: BusinessId) -> Answer<Vec<(Direction, BusinessId)>> {
    Ok(business_exclusion::table
        .filter(business_exclusion::business_id.eq(id))
        .order((business_exclusion::direction, business_exclusion::other_business_id))
        .select((business_exclusion::direction, business_exclusion::other_business_id))
        .load(conn)?)
}

pub(super) fn set_exclusions(tx: &mut Tx<'_>, id: BusinessId, pairs: &[(Direction, BusinessId)]) -> Answer<()> {
    let now = tx.now();
    diesel::delete(business_exclusion::table.filter(business_exclusion::business_id.eq(id))).execute(&mut **tx)?;
    for (direction, other) in pairs {
        diesel::insert_into(business_exclusion::table)
            .values((
                business_exclusion::business_id.eq(id),
                business_exclusion::direction.eq(*direction),
                business_exclusion::other_business_id.eq(*other),
                business_exclusion::created_at.eq(now),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

pub(super) fn has_customer(conn: &mut AnyConn, id: BusinessId, keys: &[KeyedHash]) -> Answer<bool> {
    let found = customer_key::table
        .filter(customer_key::business_id.eq(id).and(customer_key::key_hash.eq_any(keys.to_vec())))
        .select(customer_key::business_id)
        .first::<BusinessId>(conn);
    Ok(found.optional()?.is_some())
}

pub(super) fn customers_count(conn: &mut AnyConn, id: BusinessId) -> Answer<i64> {
    Ok(customer_key::table.filter(customer_key::business_id.eq(id)).count().get_result(conn)?)
}

/// Answers how many were new.
pub(super) fn insert_customers(tx: &mut Tx<'_>, id: BusinessId, keys: &[KeyedHash]) -> Answer<usize> {
    let now = tx.now();
    let mut added = 0;
    for chunk in keys.chunks(BATCH) {
        let rows: Vec<_> =
            chunk.iter().map(|key| (customer_key::business_id.eq(id), customer_key::key_hash.eq(key.clone()), customer_key::created_at.eq(now))).collect();
        added += on_each!(&mut **tx, inner => diesel::insert_into(customer_key::table).values(rows).on_conflict_do_nothing().execute(inner))?;
    }
    Ok(added)
}

pub(super) fn delete_customers(tx: &mut Tx<'_>, id: BusinessId) -> Answer<usize> {
    Ok(diesel::delete(customer_key::table.filter(customer_key::business_id.eq(id))).execute(&mut **tx)?)
}

/// When businesses registered; unknown ones are left out.
pub(super) fn registered_at(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<(BusinessId, Timestamp)>> {
    Ok(business::table.filter(business::id.eq_any(ids.to_vec())).select((business::id, business::created_at)).load(conn)?)
}

/// The businesses with one of these phone numbers.
pub(super) fn with_phones(conn: &mut AnyConn, phones: &[String]) -> Answer<Vec<BusinessId>> {
    Ok(business::table.filter(business::phone.eq_any(phones.to_vec())).select(business::id).load(conn)?)
}

/// Keeps by what a business's tax number is compared.
pub(super) fn set_tax_key(tx: &mut Tx<'_>, id: BusinessId, key: Option<&KeyedHash>) -> Answer<()> {
    diesel::update(business::table.find(id)).set(business::tax_key.eq(key)).execute(&mut **tx)?;
    Ok(())
}

/// The businesses with one of these tax numbers.
pub(super) fn with_tax_keys(conn: &mut AnyConn, keys: &[KeyedHash]) -> Answer<Vec<BusinessId>> {
    Ok(business::table.filter(business::tax_key.eq_any(keys.to_vec())).select(business::id).load(conn)?)
}

/// By what the tax numbers of businesses are compared.
pub(super) fn tax_keys_of(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<KeyedHash>> {
    let found: Vec<Option<KeyedHash>> = business::table.filter(business::id.eq_any(ids.to_vec())).select(business::tax_key).load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// The phone numbers of businesses.
pub(super) fn phones_of(conn: &mut AnyConn, ids: &[BusinessId]) -> Answer<Vec<String>> {
    let found: Vec<Option<String>> = business::table.filter(business::id.eq_any(ids.to_vec())).select(business::phone).load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// Leaves nothing of a business but its number, its trades and a name that names nobody.
pub(super) fn wipe(tx: &mut Tx<'_>, id: BusinessId, nobody: &str) -> Answer<()> {
    let now = tx.now();
    diesel::update(business::table.find(id))
        .set((
            business::name.eq(nobody),
            business::description.eq(""),
            business::ideal_referral.eq(""),
            business::website.eq(None::<String>),
            business::phone.eq(None::<String>),
            business::tax_key.eq(None::<String>),
            business::postal_code.eq(""),
            business::city.eq(""),
            business::commission_sentence.eq(None::<String>),
            business::search_words.eq(""),
            business::paused.eq(true),
            business::closed_at.eq(now),
            business::version.eq(business::version + 1),
        ))
        .execute(&mut **tx)?;
    diesel::delete(business_region::table.filter(business_region::business_id.eq(id))).execute(&mut **tx)?;
    diesel::delete(customer_key::table.filter(customer_key::business_id.eq(id))).execute(&mut **tx)?;
    // Its address holds the name.
    diesel::delete(public_page::table.filter(public_page::business_id.eq(id))).execute(&mut **tx)?;
    let exclusions = business_exclusion::table.filter(business_exclusion::business_id.eq(id).or(business_exclusion::other_business_id.eq(id)));
    diesel::delete(exclusions).execute(&mut **tx)?;
    Ok(())
}
