//! Insight: the figures by which organisers see how their circle does.
//!
//! It keeps no data of its own: everything is computed from what the ledger and the referrals let others read, in a fixed number of
//! queries. Reversals, what they take back, and settlements of rings count nowhere (they were never given).
//!
//! **Who sees what.** Where a member stands is the member's own affair. An organiser sees everything here, also by member, as the
//! circle's balances show it to him already: figures, table of members, exports. Every member of the circle sees **breadth and ranges** only: for
//! each business to how many members it gave and from how many it received, and for the circle between which sums the middle
//! half lies, rounded outwards and only where enough members took part that nobody can be told from it. Nobody but organisers and the
//! member itself ever sees a sum, a balance or a ratio of one member. Whoever is no member learns nothing.

mod api;
pub mod csv;
mod figures;
pub mod measures;
mod pages;
pub mod period;
mod table;
pub mod views;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}
