//! Who calls.
//!
//! A middleware asks the [`Authenticator`] once a request; handlers take [`Caller`] (somebody must be signed in) or
//! [`MaybeCaller`]. The HTTP layer does not know how sessions and tokens are kept: accounts hands the authenticator in.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};

use crate::kernel::id::SessionId;
use crate::kernel::{Answer, Failure, Language, Principal};

/// The name of the browser's session cookie.
pub const SESSION_COOKIE: &str = "kularing_session";

/// A signed-in person and how he is signed in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who, and what he may.
    pub principal: Principal,
    /// How the screens call him.
    pub name: String,
    /// His language.
    pub language: Language,
    /// His time zone (IANA name).
    pub time_zone: String,
    /// Browser session or access token.
    pub via: Via,
}

/// How a caller is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A browser's session; `csrf` must come back with every form.
    Browser {
        /// The session.
        session: SessionId,
        /// The token of its forms.
        csrf: String,
    },
    /// An access token of the API.
    Token {
        /// The session whose refresh token it belongs to.
        session: SessionId,
    },
}

impl Via {
    /// The session, of either kind.
    pub fn session(&self) -> SessionId {
        match self {
            Self::Browser { session, .. } | Self::Token { session } => *session,
        }
    }
}

/// What an authenticator answers.
pub type AuthenticatorFuture = Pin<Box<dyn Future<Output = Answer<Option<Caller>>> + Send>>;

/// Knows people by what they show.
pub trait Authenticator: Send + Sync + 'static {
    /// By a browser's cookie; nobody when the session ended.
    fn by_session_cookie(&self, cookie: String) -> AuthenticatorFuture;
    /// By an access token; a bad token is a failure.
    fn by_access_token(&self, token: String) -> AuthenticatorFuture;
}

/// Middleware: finds out who calls and leaves it for the extractors. A bad access token ends the request.
pub async fn identify<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let authenticator = request.app_data::<web::Data<dyn Authenticator>>().map(|data| Arc::clone(data));
    if let Some(authenticator) = authenticator.filter(|_| !request.path().starts_with("/static/")) {
        let bearer = request
            .headers()
            .get(actix_web::http::header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(str::to_owned);
        let cookie = request.cookie(SESSION_COOKIE).map(|cookie| cookie.value().to_owned());
        let caller = match (bearer, cookie) {
            (Some(token), _) => authenticator.by_access_token(token).await,
            (None, Some(cookie)) => authenticator.by_session_cookie(cookie).await,
            (None, None) => Ok(None),
        };
        let allowed = caller.and_then(|caller| check_api_write(&request, caller.as_ref()).map(|()| caller));
        match allowed {
            Ok(Some(caller)) => drop(request.extensions_mut().insert(caller)),
            Ok(None) => {}
            Err(failure) => {
                let shown = super::pages::shown(request.request(), &failure);
                return Ok(request.into_response(shown).map_into_right_body());
            }
        }
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

/// A write of the API under a cookie carries the session's token in its header, also when it has no body that an extractor
/// would look at. Forms carry it in their body.
fn check_api_write(request: &ServiceRequest, caller: Option<&Caller>) -> Answer<()> {
    let applies = request.path().starts_with("/api/") && !request.method().is_safe() && caller.is_some();
    if applies { super::csrf::check(request.request(), caller, None) } else { Ok(()) }
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<Answer<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().cloned().ok_or(Failure::Unauthenticated { code: "sign_in_required" }))
    }
}

/// Whoever calls, signed in or not.
#[derive(Debug, Clone)]
pub struct MaybeCaller(pub Option<Caller>);

impl FromRequest for MaybeCaller {
    type Error = Failure;
    type Future = Ready<Answer<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.extensions().get::<Caller>().cloned())))
    }
}
