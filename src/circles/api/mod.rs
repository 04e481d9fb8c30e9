//! Circles under `/api/v1`.

mod circles;
mod invitations;
mod members;
mod rules;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    circles::routes(config);
    members::routes(config);
    rules::routes(config);
    invitations::routes(config);
}
