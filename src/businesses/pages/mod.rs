//! The pages of businesses: partners, one partner, one's own profile.

mod partners;
mod settings;
mod settings_view;

use actix_web::web;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/partners", web::get().to(partners::list))
        .route("/partners/{id}", web::get().to(partners::one))
        .route("/partners/{id}/exclude", web::post().to(partners::exclude))
        .route("/settings/business", web::get().to(settings::show))
        .route("/settings/business", web::post().to(settings::edit_profile))
        .route("/settings/business/trades", web::post().to(settings::set_trades))
        .route("/settings/business/regions", web::post().to(settings::set_regions))
        .route("/settings/business/pause", web::post().to(settings::set_paused))
        .route("/settings/business/customers", web::post().to(settings::import_customers))
        .route("/settings/business/customers/forget", web::post().to(settings::forget_customers));
}
