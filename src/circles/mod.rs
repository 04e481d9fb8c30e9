//! Circles: where referrals are passed.
//!
//! A circle is a value chain (ordered links, stage 2) or a networking circle (one seat a trade, stage 3). A circle always
//! has an organiser. A seat has one holder: the unique index on (circle, seat) says so, whatever the code does. Policies are
//! versioned and never edited: a referral keeps the version it was passed under.

mod api;
pub mod commands;
pub mod frame;
pub mod model;
mod pages;
pub mod policy;
mod store;
pub mod views;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}
