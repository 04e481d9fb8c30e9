//! Meetings: when and where a circle meets next.
//!
//! What must hold: a meeting belongs to one circle, and only its members know of it; organisers plan, change, call off and put
//! back, and only as long as it has not begun; a moment is kept in UTC, and what is typed is the clock on the circle's wall.

mod api;
pub mod calendar;
pub mod commands;
pub mod model;
pub mod pages;
mod store;
pub mod views;
pub mod when;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}
