//! The pages of accounts.

mod browser;
mod confirm;
mod data;
mod fields;
mod former;
mod join;
mod kept;
mod notifications;
mod password;
mod people;
mod register;
mod resume;
mod sessions;
mod settings;
mod sign_in;

pub use resume::keep_typing;

use actix_web::web::{ServiceConfig, get, post};

/// The pages.
pub fn page_routes(config: &mut ServiceConfig) {
    config
        .route("/register", get().to(register::show))
        .route("/register", post().to(register::take))
        .route("/sign-in", get().to(sign_in::show))
        .route("/sign-in", post().to(sign_in::take))
        .route("/sign-out", post().to(sign_in::leave))
        .route("/confirm", get().to(confirm::show_again))
        .route("/confirm", post().to(confirm::send_again))
        .route("/confirm/{token}", get().to(confirm::show))
        .route("/confirm/{token}", post().to(confirm::take))
        .route("/password", get().to(password::show_forgotten))
        .route("/password", post().to(password::take_forgotten))
        .route("/password/{token}", get().to(password::show_reset))
        .route("/password/{token}", post().to(password::take_reset))
        .route("/join/{token}", get().to(join::show))
        .route("/join/{token}", post().to(join::take))
        .route("/settings", get().to(settings::show))
        .route("/settings", post().to(settings::take_profile))
        .route("/settings/password", post().to(settings::take_password))
        .route("/settings/people", get().to(people::show))
        .route("/settings/people/invitations", post().to(people::invite))
        .route("/settings/people/invitations/{id}/revoke", post().to(people::revoke))
        .route("/settings/people/{id}/role", post().to(people::change_role))
        .route("/settings/people/{id}/remove", post().to(people::remove))
        .route("/settings/notifications", get().to(notifications::show))
        .route("/settings/notifications", post().to(notifications::take))
        .route("/settings/data", get().to(data::show))
        .route("/settings/data/erase", post().to(data::erase))
        .route("/settings/data/keep", post().to(data::keep))
        .route("/settings/data/stopped/{id}/lift", post().to(data::lift))
        .route("/my-data/{token}", get().to(former::show))
        .route("/my-data/{token}/erase", post().to(former::erase))
        .route("/my-data/{token}/keep", post().to(former::keep))
        .route("/settings/sessions", get().to(sessions::show))
        .route("/settings/sessions/{id}/end", post().to(sessions::end));
}
