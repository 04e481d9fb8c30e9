//! The rows of prospects: apart from the referral, so that they can be wiped.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::AnyConn;
use crate::db::schema::{prospect, referral};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{CircleId, ReferralId};
use crate::kernel::{Answer, KeyedHash, Language};
use crate::referrals::model::ReferralState;

/// How many of a person's referrals are looked at, the newest first: more than anybody gets in a claim window.
const NAMESAKES_MAX: i64 = 500;

/// A prospect as he is stored, with the keyed hashes by which duplicates are found.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = prospect)]
pub struct ProspectRow {
    pub referral_id: ReferralId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub company: Option<String>,
    pub language: Language,
    pub words: Option<String>,
    pub email_key: Option<KeyedHash>,
    pub phone_key: Option<KeyedHash>,
    pub tax_key: Option<KeyedHash>,
}

impl ProspectRow {
    /// The keyed hashes of address, phone and tax number.
    pub fn keys(&self) -> Vec<KeyedHash> {
        self.email_key.iter().chain(&self.phone_key).chain(&self.tax_key).cloned().collect()
    }
}

pub fn prospect(connection: &mut AnyConn, of: ReferralId) -> Answer<Option<ProspectRow>> {
    Ok(prospect::table.find(of).select(ProspectRow::as_select()).first(connection).optional()?)
}

/// Keeps this prospect instead of the one before.
pub fn save_prospect(connection: &mut AnyConn, row: &ProspectRow) -> Answer<()> {
    wipe(connection, row.referral_id)?;
    diesel::insert_into(prospect::table).values(row).execute(connection)?;
    Ok(())
}

/// Forgets a prospect, the keyed hashes included.
pub fn wipe(connection: &mut AnyConn, of: ReferralId) -> Answer<()> {
    diesel::delete(prospect::table.find(of)).execute(connection)?;
    Ok(())
}

/// Whether another referral of this circle, made since a moment, claims the person with one of these hashes.
pub fn claimed(
    connection: &mut AnyConn,
    circle: CircleId,
    [email_key, phone_key, tax_key]: [Option<&KeyedHash>; 3],
    since: Timestamp,
    except: Option<ReferralId>,
) -> Answer<bool> {
    let mut namesakes: Vec<ReferralId> = Vec::new();
    // One query a key, so that each goes by its own index; the person decides, not the size of the circle.
    if let Some(key) = email_key {
        let same = prospect::table.filter(prospect::email_key.eq(key)).order(prospect::referral_id.desc()).limit(NAMESAKES_MAX);
        namesakes.extend(same.select(prospect::referral_id).load::<ReferralId>(connection)?);
    }
    if let Some(key) = phone_key {
        let same = prospect::table.filter(prospect::phone_key.eq(key)).order(prospect::referral_id.desc()).limit(NAMESAKES_MAX);
        namesakes.extend(same.select(prospect::referral_id).load::<ReferralId>(connection)?);
    }
    if let Some(key) = tax_key {
        let same = prospect::table.filter(prospect::tax_key.eq(key)).order(prospect::referral_id.desc()).limit(NAMESAKES_MAX);
        namesakes.extend(same.select(prospect::referral_id).load::<ReferralId>(connection)?);
    }
    namesakes.retain(|id| Some(*id) != except);
    if namesakes.is_empty() {
        return Ok(false);
    }
    let states = ReferralState::all_that(ReferralState::claims_prospect);
    let claiming = referral::table
        .filter(referral::id.eq_any(namesakes))
        .filter(referral::circle_id.eq(circle).and(referral::created_at.ge(since)).and(referral::state.eq_any(states)));
    Ok(claiming.count().get_result::<i64>(connection)? > 0)
}

/// Several prospects in one look; the wiped ones are left out.
pub fn prospects(connection: &mut AnyConn, of: &[ReferralId]) -> Answer<HashMap<ReferralId, ProspectRow>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<ProspectRow> = prospect::table.filter(prospect::referral_id.eq_any(of.to_vec())).select(ProspectRow::as_select()).load(connection)?;
    Ok(rows.into_iter().map(|row| (row.referral_id, row)).collect())
}

/// The names of several prospects in one look; the wiped ones are left out.
pub fn prospect_names(connection: &mut AnyConn, of: &[ReferralId]) -> Answer<HashMap<ReferralId, String>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ReferralId, String)> =
        prospect::table.filter(prospect::referral_id.eq_any(of.to_vec())).select((prospect::referral_id, prospect::name)).load(connection)?;
    Ok(rows.into_iter().collect())
}
