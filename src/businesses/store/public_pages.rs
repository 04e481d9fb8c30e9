//! The SQL of public pages.

use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::businesses::public::PublicChoice;
use crate::db::schema::public_page;
use crate::db::{AnyConn, Tx};
use crate::kernel::Answer;
use crate::kernel::id::BusinessId;
use crate::on_each;

/// Addresses with the same beginning that are looked at for a free one.
const TAKEN_MAX: i64 = 10_000;

/// The address of a business's page and what its owner chose, if there ever was one.
pub(in crate::businesses) fn public_page_of(conn: &mut AnyConn, business: BusinessId) -> Answer<Option<(String, PublicChoice)>> {
    let row: Option<(String, bool, bool)> =
        public_page::table.find(business).select((public_page::slug, public_page::is_on, public_page::is_indexed)).first(conn).optional()?;
    Ok(row.map(|(slug, is_on, is_indexed)| (slug, PublicChoice { is_on, is_indexed })))
}

/// The business whose page at this address is switched on, and whether search engines may list it.
pub(in crate::businesses) fn shown_at(conn: &mut AnyConn, slug: &str) -> Answer<Option<(BusinessId, bool)>> {
    let found = public_page::table.filter(public_page::slug.eq(slug).and(public_page::is_on.eq(true)));
    Ok(found.select((public_page::business_id, public_page::is_indexed)).first(conn).optional()?)
}

/// The addresses that begin so, alone or with a number.
pub(in crate::businesses) fn slugs_like(conn: &mut AnyConn, base: &str) -> Answer<Vec<String>> {
    // A beginning holds letters, digits and hyphens only: nothing to escape.
    let like = public_page::slug.eq(base).or(public_page::slug.like(format!("{base}-%")));
    Ok(public_page::table.filter(like).limit(TAKEN_MAX).select(public_page::slug).load(conn)?)
}

/// Writes what the owner chose; the address of an earlier choice stays.
pub(in crate::businesses) fn save_public_page(tx: &mut Tx<'_>, business: BusinessId, slug: &str, choice: PublicChoice) -> Answer<()> {
    let row = (
        public_page::business_id.eq(business),
        public_page::slug.eq(slug),
        public_page::is_on.eq(choice.is_on),
        public_page::is_indexed.eq(choice.is_indexed),
        public_page::changed_at.eq(tx.now()),
    );
    on_each!(&mut **tx, inner => diesel::insert_into(public_page::table)
        .values(row)
        .on_conflict(public_page::business_id)
        .do_update()
        .set((
            public_page::is_on.eq(excluded(public_page::is_on)),
            public_page::is_indexed.eq(excluded(public_page::is_indexed)),
            public_page::changed_at.eq(excluded(public_page::changed_at)),
        ))
        .execute(inner))?;
    Ok(())
}
