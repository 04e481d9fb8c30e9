//! Signing keys.

use diesel::prelude::*;

use crate::db::schema::signing_key;
use crate::db::{AnyConn, Tx};
use crate::kernel::Answer;
use crate::kernel::clock::Timestamp;

/// A key as it is stored; the private half is sealed.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_key)]
pub(in crate::accounts) struct KeyRow {
    pub kid: String,
    pub private_key_sealed: String,
    pub public_key: String,
    pub created_at: Timestamp,
    pub signs_from: Timestamp,
}

/// The keys that are not retired, in the order in which they sign.
pub(in crate::accounts) fn live(connection: &mut AnyConn) -> Answer<Vec<KeyRow>> {
    Ok(signing_key::table
        .filter(signing_key::retired_at.is_null())
        .order((signing_key::signs_from, signing_key::created_at))
        .select(KeyRow::as_select())
        .load(connection)?)
}

/// The public halves that are not retired: (kid, key).
pub(in crate::accounts) fn published(connection: &mut AnyConn) -> Answer<Vec<(String, String)>> {
    Ok(signing_key::table
        .filter(signing_key::retired_at.is_null())
        .order(signing_key::signs_from)
        .select((signing_key::kid, signing_key::public_key))
        .load(connection)?)
}

pub(in crate::accounts) fn insert(tx: &mut Tx<'_>, row: &KeyRow) -> Answer<()> {
    diesel::insert_into(signing_key::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Takes a key out of use and destroys its private half.
pub(in crate::accounts) fn retire(tx: &mut Tx<'_>, kid: &str) -> Answer<()> {
    let now = tx.now();
    diesel::update(signing_key::table.filter(signing_key::kid.eq(kid)))
        .set((signing_key::retired_at.eq(now), signing_key::private_key_sealed.eq("")))
        .execute(&mut **tx)?;
    Ok(())
}
