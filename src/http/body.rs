//! Bodies and paths, read with limits and clear errors.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use serde::de::DeserializeOwned;

use super::caller::{Caller, Via};
use super::{csrf, page_form};
use crate::kernel::id::Identifier;
use crate::kernel::{Answer, Failure};

/// The greatest body in bytes.
pub const BODY_MAX_BYTES: usize = 256 * 1024;
/// How long a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// A JSON body. Unknown fields are errors when the type says `deny_unknown_fields` (all of ours do).
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A form's body, with its CSRF token checked.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// A body as it came, of whatever type, within the limits of size and time.
#[derive(Debug)]
pub struct Raw(pub Bytes);

type BodyFuture<T> = Pin<Box<dyn Future<Output = Answer<T>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Failure;
    type Future = BodyFuture<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            if !request.content_type().eq_ignore_ascii_case("application/json") {
                return Err(Failure::Malformed("send the body as Content-Type: application/json".to_owned()));
            }
            let caller = request.extensions().get::<Caller>().cloned();
            if matches!(caller.as_ref().map(|caller| &caller.via), Some(Via::Browser { .. })) {
                csrf::check(&request, caller.as_ref(), None)?;
            }
            parse_json(&read(&request, payload).await?).map(Json)
        })
    }
}

/// Parses JSON; a field that does not fit is named.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() { Failure::field(path, "wrong_shape", inner.to_string()) } else { Failure::Malformed(inner.to_string()) }
    })?;
    deserializer.end().map_err(|error| Failure::Malformed(error.to_string()))?;
    Ok(value)
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Failure;
    type Future = BodyFuture<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            if !request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
                return Err(Failure::Malformed("send the form urlencoded".to_owned()));
            }
            let body = read(&request, payload).await?;
            let mut pairs: Vec<(String, String)> = serde_html_form::from_bytes(&body).map_err(|error| Failure::Malformed(error.to_string()))?;
            pairs.retain(|(name, _)| name != page_form::FORM_KEY);
            let token = pairs.iter().position(|(name, _)| name == page_form::CSRF).map(|at| pairs.remove(at).1);
            let caller = request.extensions().get::<Caller>().cloned();
            csrf::check(&request, caller.as_ref(), token.as_deref())?;
            let encoded = serde_html_form::to_string(&pairs).map_err(|error| Failure::Malformed(error.to_string()))?;
            serde_html_form::from_str(&encoded).map(Form).map_err(|error| Failure::Malformed(error.to_string()))
        })
    }
}

impl FromRequest for Raw {
    type Error = Failure;
    type Future = BodyFuture<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move { read(&request, payload).await.map(Raw) })
    }
}

/// Reads a whole body within the limits of size and time.
pub(super) async fn read(request: &HttpRequest, mut payload: Payload) -> Answer<Bytes> {
    use actix_web::web::Buf;
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|length| length > BODY_MAX_BYTES) {
        return Err(Failure::TooLarge);
    }
    let whole = async {
        let mut body = BytesMut::new();
        while let Some(chunk) = std::future::poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut payload), context)).await {
            let chunk = chunk.map_err(|error| Failure::Malformed(error.to_string()))?;
            if body.len() + chunk.remaining() > BODY_MAX_BYTES {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    tokio::time::timeout(BODY_PATIENCE, whole).await.unwrap_or_else(|_| Err(Failure::Malformed("the body did not arrive within 30 seconds".to_owned())))
}

/// An identifier in the path (the segment `{id}`). Anything that is no identifier of this kind does not exist.
#[derive(Debug, Clone, Copy)]
pub struct PathId<I>(pub I);

impl<I> Deref for PathId<I> {
    type Target = I;

    fn deref(&self) -> &I {
        &self.0
    }
}

impl<I: Identifier> FromRequest for PathId<I> {
    type Error = Failure;
    type Future = Ready<Answer<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = request.match_info().get("id").and_then(|text| text.parse().ok());
        ready(parsed.map(Self).ok_or(Failure::NotFound("thing with this id")))
    }
}
