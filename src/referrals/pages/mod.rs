//! The pages of referrals. Everything works without scripts: a form a move, and the page is the timeline.

mod answer;
mod form;
mod list;
mod moves;
pub mod parts;
mod pass;
mod suggested;
mod whole;

use actix_web::web;

/// The pages' routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/referrals", web::get().to(list::show))
        .route("/referrals/new", web::get().to(form::show_new))
        .route("/referrals/new", web::post().to(form::create))
        .route("/referrals/{id}", web::get().to(whole::show))
        .route("/referrals/{id}/edit", web::get().to(form::show_edit))
        .route("/referrals/{id}/edit", web::post().to(form::change))
        .route("/referrals/{id}/pass", web::get().to(pass::show))
        .route("/referrals/{id}/pass", web::post().to(pass::pass))
        .route("/referrals/{id}/moves/{move}", web::post().to(moves::make))
        .route("/o/{token}", web::get().to(answer::show))
        .route("/o/{token}", web::post().to(answer::decide));
}
