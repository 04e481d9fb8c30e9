//! The application under test and the requests to it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test;
use kularing::app::{self, Parts};
use kularing::config::Config;
use kularing::http::State;
use kularing::kernel::Secret;
use kularing::kernel::clock::{Clock, ManualClock, Timestamp};
use kularing::kernel::random::SystemRandom;
use serde_json::Value;

use super::database::{Backend, TestDatabase};

/// 2026-03-02T08:00:00Z, a Monday.
pub const START: Timestamp = Timestamp::from_micros(1_772_438_400_000_000);

/// The laid-out application: a request in, its reply out.
type Routes = Rc<dyn Fn(test::TestRequest) -> Pin<Box<dyn Future<Output = Reply>>>>;

/// An application with a database of its own.
pub struct TestApp {
    pub state: State,
    pub clock: Arc<ManualClock>,
    pub backend: Backend,
    pub database: TestDatabase,
    /// Laid out once for the settings beside it, since that takes longer than most requests.
    routes: RefCell<Option<(Arc<Config>, Routes)>>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    /// The body as JSON after a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        if self.body.is_empty() { Value::Null } else { self.json() }
    }

    /// Asserts a failure with this status and code.
    #[track_caller]
    pub fn fails(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{}", self.body);
        problem
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl TestApp {
    pub fn start(backend: Backend) -> Self {
        Self::start_with(backend, |_| {})
    }

    /// Starts with changed settings.
    pub fn start_with(backend: Backend, change: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::new(backend);
        let mut config = Config::defaults().unwrap();
        config.database.url = database.url().into();
        config.database.pool_size = 4;
        // Tests write faster than people; those about the limits set their own.
        config.limits.writes_per_minute_by_address = 0;
        config.limits.writes_per_minute_by_person = 0;
        config.operators.emails = vec!["operator@kularing.example".to_owned()];
        change(&mut config);
        let clock = Arc::new(ManualClock::new(START));
        let parts = Parts { clock: Arc::clone(&clock) as Arc<dyn Clock>, random: Arc::new(SystemRandom::default()), secret: Secret::new(&[42; 32]).unwrap() };
        let state = app::build(config, parts).unwrap();
        Self { state, clock, backend, database, routes: RefCell::default() }
    }

    /// Moves the clock and runs what is due, step by step, so that nothing due in between is overslept.
    pub async fn pass_time(&self, span: Duration) {
        let end = self.clock.now().after(span);
        while self.clock.now() < end {
            let step = Duration::from_secs(3_600).min(end.since(self.clock.now()));
            self.clock.advance(step);
            self.run_due().await;
        }
    }

    /// Runs everything that is due now.
    pub async fn run_due(&self) {
        while kularing::worker::run_due_timers(&self.state.db).await.unwrap() + kularing::worker::send_due_mails(&self.state).await.unwrap() > 0 {}
    }

    /// Sends a request.
    pub async fn send(&self, request: test::TestRequest) -> Reply {
        let routes = self.routes().await;
        routes(request).await
    }

    async fn routes(&self) -> Routes {
        let laid_out = self.routes.borrow().as_ref().filter(|(config, _)| Arc::ptr_eq(config, &self.state.config)).map(|(_, routes)| Rc::clone(routes));
        if let Some(routes) = laid_out {
            return routes;
        }
        let service = Rc::new(test::init_service(app::application(&self.state)).await);
        let routes: Routes = Rc::new(move |request| Box::pin(call(Rc::clone(&service), request)));
        *self.routes.borrow_mut() = Some((Arc::clone(&self.state.config), Rc::clone(&routes)));
        routes
    }

    /// An API request with an access token (empty for nobody) and a JSON body (null for none).
    pub async fn api(&self, token: &str, method: Method, path: &str, body: Value) -> Reply {
        let mut request = test::TestRequest::default().method(method).uri(&format!("/api/v1{path}"));
        if !token.is_empty() {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        if !body.is_null() {
            request = request.set_json(body);
        }
        self.send(request).await
    }

    pub async fn get(&self, token: &str, path: &str) -> Reply {
        self.api(token, Method::GET, path, Value::Null).await
    }

    pub async fn post(&self, token: &str, path: &str, body: Value) -> Reply {
        self.api(token, Method::POST, path, body).await
    }

    /// A page as a browser asks for it; `cookie` is the session's, or empty.
    pub async fn page(&self, cookie: &str, path: &str) -> Reply {
        let mut request = test::TestRequest::get().uri(path).insert_header(("accept", "text/html")).insert_header(("accept-language", "en"));
        if !cookie.is_empty() {
            request = request.insert_header(("cookie", format!("kularing_session={cookie}")));
        }
        self.send(request).await
    }

    /// A page that one comes to by a link in a mail, light enough for a bad line: all that it loads is counted, uncompressed; it
    /// loads neither scripts nor fonts, and leaves no cookie with its reader.
    pub async fn assert_small_and_forgetful(&self, page: &Reply) {
        assert!(page.header("set-cookie").is_none(), "{:?}", page.headers);
        assert!(!page.body.contains("<script") && !page.body.contains("@import"), "{}", page.body);
        let mut weight = page.body.len();
        for address in page.body.split(['"', '\'']).filter(|part| part.starts_with("/static/")).collect::<BTreeSet<_>>() {
            let file = self.page("", address.split('#').next().unwrap()).await;
            assert_eq!(file.status, 200, "{address}");
            weight += file.body.len();
        }
        assert!((5_000..30_000).contains(&weight), "{weight} bytes");
    }

    /// A form as a browser sends it.
    pub async fn submit(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut request = test::TestRequest::post()
            .uri(path)
            .insert_header(("accept", "text/html"))
            .insert_header(("accept-language", "en"))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_form(fields);
        if !cookie.is_empty() {
            request = request.insert_header(("cookie", format!("kularing_session={cookie}")));
        }
        self.send(request).await
    }
}

async fn call<S, B, E>(service: Rc<S>, request: test::TestRequest) -> Reply
where
    S: Service<actix_http::Request, Response = ServiceResponse<B>, Error = E>,
    B: MessageBody,
    E: std::fmt::Debug,
{
    let response = service.call(request.to_request()).await.expect("failures are responses");
    let status = response.status();
    let headers = response.headers().clone();
    let body = test::read_body(response).await;
    Reply { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}
