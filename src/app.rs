//! The composition root: builds the application from its settings and the parts that are handed in.

use std::sync::{Arc, LazyLock};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, web};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use crate::accounts::{Accounts, SessionAuthenticator};
use crate::config::Config;
use crate::db::{Db, Environment, Limits, Memories};
use crate::http::caller::{self, Authenticator};
use crate::http::openapi::{self, ApiDocument};
use crate::http::rate::RateLimits;
use crate::http::{self, State, form_once, headers, idempotency, methods, pages, rate, trace};
use crate::kernel::clock::Clock;
use crate::kernel::id::IdMaker;
use crate::kernel::{Answer, EmailAddress, Failure, Random, Secret};
use crate::live::{Hub, Pace};
use crate::reactions;
use crate::reciprocity::rings::Clearings;

/// The parts that tests and the demo replace.
pub struct Parts {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives randomness.
    pub random: Arc<dyn Random>,
    /// The installation's secret.
    pub secret: Secret,
}

/// Opens the (migrated) database and puts the application together.
pub fn build(config: Config, parts: Parts) -> Answer<State> {
    let location = config.location().map_err(Failure::Internal)?;
    let limits = Limits { pool_size: config.database.pool_size, ..Limits::default() };
    let clock = Arc::clone(&parts.clock);
    let accounts = Arc::new(Accounts::new(&config, Arc::clone(&clock)));
    let clearings = Arc::new(Clearings::default());
    let environment = Environment {
        clock: parts.clock,
        ids: Arc::new(IdMaker::new(config.server.node)),
        random: parts.random,
        secret: parts.secret,
        reactions: reactions::react,
        mail_domain: EmailAddress::parse(&config.mail.from).map_err(|problem| problem.of("mail.from"))?.domain().into(),
        ask_allowed: config.introductions.ask_allowed,
        memories: Memories::default().with(Arc::clone(&clearings)),
    };
    let db = Db::open(&location, &limits, environment)?;
    let live = Arc::new(Hub::new(&config.limits, Pace::default()));
    let limits = Arc::new(RateLimits::new(&config.limits, &clock));
    Ok(State { db, limits, config: Arc::new(config), accounts, worker_pulse: Arc::default(), clearings, live })
}

/// The HTTP application with all its routes.
pub fn application(
    state: &State,
) -> App<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody + use<>>, Error = Error, InitError = ()> + use<>> {
    let authenticator: Arc<dyn Authenticator> = Arc::new(SessionAuthenticator::new(state.clone()));
    App::new()
        .app_data(web::Data::new(state.clone()))
        .app_data(web::Data::from(authenticator))
        .app_data(web::Data::from(api_document()))
        .configure(http::routes)
        .into_utoipa_app()
        .service(utoipa_actix_web::scope("/api/v1").configure(api_routes))
        .into_app()
        .configure(page_routes)
        .default_service(web::to(pages::nothing_here))
        // The last one is the outermost: it sees a request first and its answer last.
        .wrap(from_fn(crate::accounts::keep_typing))
        .wrap(from_fn(pages::present_failures))
        .wrap(from_fn(form_once::form_once))
        .wrap(from_fn(idempotency::idempotency))
        .wrap(from_fn(rate::by_person))
        .wrap(from_fn(caller::identify))
        .wrap(from_fn(rate::by_address))
        .wrap(from_fn(methods::methods))
        .wrap(Compress::default())
        .wrap(from_fn(headers::protect))
        .wrap(from_fn(trace::trace))
}

/// The API's own description, made from its handlers once.
pub fn api_document() -> Arc<ApiDocument> {
    static DOCUMENT: LazyLock<Arc<ApiDocument>> = LazyLock::new(|| {
        let base = App::new().into_utoipa_app().openapi(openapi::Base::openapi());
        let (_, api) = base.service(utoipa_actix_web::scope("/api/v1").configure(api_routes)).split_for_parts();
        Arc::new(ApiDocument::new(&api))
    });
    Arc::clone(&DOCUMENT)
}

/// The routes of the API: JSON under `/api/v1`.
fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .configure(crate::accounts::api_routes)
        .configure(crate::businesses::api_routes)
        .configure(crate::circles::api_routes)
        .configure(crate::referrals::api_routes)
        .configure(crate::introductions::api_routes)
        .configure(crate::reciprocity::api_routes)
        .configure(crate::trust::api_routes)
        .configure(crate::insight::api_routes)
        .configure(crate::meetings::api_routes)
        .configure(crate::live::api_routes)
        .configure(crate::export::api_routes)
        .configure(crate::outbox::api_routes);
}

/// The pages.
fn page_routes(config: &mut web::ServiceConfig) {
    config
        .configure(crate::home::page_routes)
        .configure(crate::accounts::page_routes)
        .configure(crate::businesses::page_routes)
        .configure(crate::circles::page_routes)
        .configure(crate::referrals::page_routes)
        .configure(crate::introductions::page_routes)
        .configure(crate::reciprocity::page_routes)
        .configure(crate::trust::page_routes)
        .configure(crate::insight::page_routes)
        .configure(crate::meetings::page_routes)
        .configure(crate::outbox::page_routes)
        .configure(crate::live::page_routes)
        .configure(crate::web::styleguide::routes);
}
