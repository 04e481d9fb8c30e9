//! The API of accounts.

mod colleagues;
mod erasure;
mod jwks;
mod me;
mod notifications;
mod passwords;
mod registrations;
mod sessions;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) use jwks::jwks;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(registrations::register)
        .service(registrations::confirm)
        .service(registrations::resend)
        .service(sessions::sign_in)
        .service(sessions::refresh)
        .service(sessions::list)
        .service(sessions::end)
        .service(me::show)
        .service(me::edit)
        .service(erasure::show)
        .service(erasure::ask)
        .service(erasure::take_back)
        .service(notifications::show)
        .service(notifications::set)
        .service(passwords::forgotten)
        .service(passwords::reset)
        .service(passwords::change)
        .service(colleagues::list)
        .service(colleagues::change_role)
        .service(colleagues::remove)
        .service(colleagues::accept)
        .service(colleagues::invitations)
        .service(colleagues::invite)
        .service(colleagues::revoke);
}
