//! The pages of businesses: partners, one partner, one's own profile.

mod partners;
mod profile;
mod public;
mod settings;
mod settings_view;
mod sharing;

use actix_web::web;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/partners", web::get().to(partners::list))
        .route("/partners/{id}", web::get().to(profile::show))
        .route("/partners/{id}/exclude", web::post().to(profile::exclude))
        .route("/b/{slug}.vcf", web::get().to(public::card))
        .route("/b/{slug}.svg", web::get().to(public::code))
        .route("/b/{slug}", web::get().to(public::show))
        .route("/settings/business/public", web::get().to(sharing::show))
        .route("/settings/business/public", web::post().to(sharing::choose))
        .route("/settings/business", web::get().to(settings::show))
        .route("/settings/business", web::post().to(settings::edit_profile))
        .route("/settings/business/trades", web::post().to(settings::set_trades))
        .route("/settings/business/regions", web::post().to(settings::set_regions))
        .route("/settings/business/pause", web::post().to(settings::set_paused))
        .route("/settings/business/customers", web::post().to(settings::import_customers))
        .route("/settings/business/customers/forget", web::post().to(settings::forget_customers));
}
