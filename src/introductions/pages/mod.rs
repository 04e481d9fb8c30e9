//! The pages of introductions: the recipient's, the one that stops mails, and the printable record.

mod question;
mod recipient;
mod record;
mod standing;
mod stop;

use actix_web::web;

/// The routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/i/{token}").route(web::get().to(recipient::show)).route(web::post().to(recipient::answer)))
        .route("/i/{token}/undo", web::post().to(recipient::undo))
        .route("/i/{token}/withdraw", web::post().to(recipient::withdraw))
        .service(web::resource("/stop/{token}").route(web::get().to(stop::show)).route(web::post().to(stop::stop)))
        .route("/stop/{token}/undo", web::post().to(stop::undo))
        .route("/referrals/{id}/consent", web::get().to(record::show));
}
