//! What a business shows to everybody, when its owner wants it.

use serde::Serialize;

use super::{Answer, AnyConn, BusinessId, Failure, Region, TradeCode, profile};
use crate::businesses::public::PublicChoice;
use crate::businesses::store;

/// What everybody reads at the address. No phone number: that may be a person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPage {
    /// Its name.
    pub name: String,
    /// The referral it wishes for.
    pub ideal_referral: String,
    /// Its website.
    pub website: Option<String>,
    /// Country of its seat, two letters.
    pub country: String,
    /// Postal code of its seat.
    pub postal_code: String,
    /// Place of its seat.
    pub city: String,
    /// What it does, the main trade first.
    pub trades: Vec<TradeCode>,
    /// Where it works.
    pub regions: Vec<Region>,
    /// Whether one of its trades may give or take no advantage for a referral.
    pub is_regulated: bool,
    /// Whether search engines may list the page.
    pub is_indexed: bool,
}

/// One's own public page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct OwnPublicPage {
    /// What the owner chose.
    #[serde(flatten)]
    pub choice: PublicChoice,
    /// The end of its address, `/b/…`; null until it was switched on for the first time.
    pub slug: Option<String>,
}

/// The page at an address. One that is switched off is answered like one that never was.
pub fn public_page(conn: &mut AnyConn, slug: &str) -> Answer<PublicPage> {
    let (business, is_indexed) = store::shown_at(conn, slug)?.ok_or(Failure::NotFound("page"))?;
    let found = profile(conn, business)?;
    Ok(PublicPage {
        name: found.name,
        ideal_referral: found.ideal_referral,
        website: found.website,
        country: found.country,
        postal_code: found.postal_code,
        city: found.city,
        trades: found.trades,
        regions: found.regions,
        is_regulated: found.is_regulated,
        is_indexed,
    })
}

/// A business's own page, for its people.
pub fn own_public_page(conn: &mut AnyConn, business: BusinessId) -> Answer<OwnPublicPage> {
    let found = store::public_page_of(conn, business)?;
    Ok(found.map_or_else(OwnPublicPage::default, |(slug, choice)| OwnPublicPage { choice, slug: Some(slug) }))
}
