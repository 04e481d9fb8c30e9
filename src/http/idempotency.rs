//! `Idempotency-Key`: a client that does not know whether its write arrived sends it again, and it is done once.
//!
//! For writes of the API. The same caller, key and request get the first answer again, marked `idempotency-replayed: true`;
//! the same key with another request is 409. Answers that hold secrets (tokens) are never kept: the header is ignored there.
//! The key and the request are kept as keyed hashes, because a body may hold what must not lie in a backup.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, HttpResponse};

use super::caller::Caller;
use super::{State, body, client, pages, trace};
use crate::db::once::{self, Claim, KeptAnswer};
use crate::kernel::id::RequestId;
use crate::kernel::{Answer, Failure, secret};

/// The header of the request.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header of an answer that is given again.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The longest key in characters.
pub const KEY_MAX: usize = 100;
/// Under these paths answers hold tokens, or bodies hold passwords.
const NEVER_KEPT: &[&str] = &["/api/v1/sessions", "/api/v1/password", "/api/v1/registrations/confirm", "/api/v1/colleague-invitations/"];

/// Whether writes under this path take the header.
pub fn takes_key(path: &str) -> bool {
    path.starts_with("/api/") && !NEVER_KEPT.iter().any(|prefix| path.starts_with(prefix))
}

/// Middleware, inside the one that knows the caller and outside the one that shows failures.
pub async fn idempotency<B: MessageBody>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let applies = !request.method().is_safe() && request.headers().contains_key(IDEMPOTENCY_KEY) && takes_key(request.path());
    let (Some(state), Some(id), true) = (request.app_data::<Data<State>>().cloned(), trace::request_id(request.request()), applies) else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    match claim(&state, id, &mut request).await {
        Ok(Claim::New) => {
            let response = once::under(id, next.call(request)).await?;
            keep(&state, id, response).await.map(ServiceResponse::map_into_right_body)
        }
        Ok(Claim::Answered(kept)) => Ok(request.into_response(replayed(kept)).map_into_right_body()),
        other => {
            let shown = pages::shown(request.request(), &refusal(other));
            Ok(request.into_response(shown).map_into_right_body())
        }
    }
}

fn refusal(claim: Answer<Claim>) -> Failure {
    match claim {
        Err(failure) => failure,
        Ok(Claim::OtherRequest) => Failure::conflict("idempotency_key_reused", "this Idempotency-Key was used for another request"),
        Ok(Claim::AnswerLost) => {
            Failure::conflict("answer_lost", "the first request with this Idempotency-Key was carried out, but its answer was lost: look at the result")
        }
        Ok(_) => Failure::conflict("in_progress", "the first request with this Idempotency-Key is still being worked on: try again in a moment"),
    }
}

async fn claim(state: &State, id: RequestId, request: &mut ServiceRequest) -> Answer<Claim> {
    let key = key(request.headers())?;
    let payload = request.take_payload();
    let bytes = body::read(request.request(), payload).await?;
    let hash = request_hash(state, request, &bytes);
    request.set_payload(Payload::from(bytes));
    let caller = caller(request);
    let key = state.secret().keyed_hash("idempotency", &key);
    state.db.write(move |tx| once::claim(tx, id, &caller, key.as_str(), &hash)).await
}

/// 1 to 100 printable ASCII characters.
fn key(headers: &HeaderMap) -> Answer<String> {
    let text = headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok()).unwrap_or("");
    let fits = (1..=KEY_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if fits { Ok(text.to_owned()) } else { Err(Failure::Malformed("Idempotency-Key: 1 to 100 printable ASCII characters".to_owned())) }
}

fn request_hash(state: &State, request: &ServiceRequest, bytes: &Bytes) -> String {
    let body = secret::hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref());
    let if_match = request.headers().get(header::IF_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    let text = format!("{} {}?{}\n{if_match}\n{body}", request.method(), request.path(), request.query_string());
    state.secret().keyed_hash("idempotency", &text).as_str().to_owned()
}

/// The person, or for a stranger his household.
pub(super) fn caller(request: &ServiceRequest) -> String {
    match request.extensions().get::<Caller>() {
        Some(caller) => caller.principal.person.to_string(),
        None => client::address(request.request()).map_or_else(|| "stranger".to_owned(), |address| client::household(address).to_string()),
    }
}

/// Keeps what was answered, unless the server itself failed.
async fn keep<B: MessageBody>(state: &State, id: RequestId, response: ServiceResponse<B>) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, response) = response.into_parts();
    let (response, body) = response.into_parts();
    let bytes = actix_web::body::to_bytes(body).await.map_err(|error| Failure::internal(error.into().to_string()))?;
    let written = match std::str::from_utf8(&bytes) {
        Ok(text) if response.status() < StatusCode::INTERNAL_SERVER_ERROR => {
            let kept = KeptAnswer { body: text.to_owned(), ..without_body(&response) };
            state.db.write(move |tx| once::keep(tx, id, &kept)).await
        }
        _ => state.db.write(move |tx| once::release(tx, id)).await,
    };
    if let Err(failure) = written {
        // The change stands and is marked; only the answer cannot be given again.
        tracing::error!(%failure, "an answer was not kept");
    }
    Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(bytes))))
}

/// What is kept of an answer, but for its body.
pub(super) fn without_body<B>(response: &HttpResponse<B>) -> KeptAnswer {
    let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    KeptAnswer {
        status: response.status().as_u16().cast_signed(),
        content_type: header(header::CONTENT_TYPE),
        location: header(header::LOCATION),
        etag: header(header::ETAG),
        body: String::new(),
    }
}

/// A kept answer, given again.
pub(super) fn replayed(kept: KeptAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(kept.status.cast_unsigned()).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::with_body(status, BoxBody::new(kept.body));
    for (name, value) in [(header::CONTENT_TYPE, kept.content_type), (header::LOCATION, kept.location), (header::ETAG, kept.etag)] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
