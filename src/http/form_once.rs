//! A form that is pressed twice is taken once, and both presses lead to the same page.
//!
//! Such forms carry a key of their own ([`crate::web::form_key`]). It is claimed like an API's `Idempotency-Key`, together
//! with what was typed: somebody who goes back and changes a word sends another form, and its handler is told where the first led
//! ([`LedBefore`]). The work goes on when the browser lets go of the first press, for that is what a second press does.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};

use super::page_form::{FORM_KEY, PRESSED, PageForm};
use super::{State, idempotency, pages, trace};
use crate::db::Tx;
use crate::db::once::{self, Claim};
use crate::kernel::id::RequestId;
use crate::kernel::{Answer, Failure};

/// The longest key in characters.
const KEY_MAX: usize = 64;
/// How often a second press looks whether the first was answered, and how long it waits between two looks.
const LOOKS: u32 = 50;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Middleware, inside the one that knows the caller and outside the one that shows failures.
pub async fn form_once<B: MessageBody + 'static>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let keys = match PageForm::of(&mut request).await {
        Ok(form) => form.and_then(|form| keys(&request, &form)),
        Err(failure) => return Ok(shown(request, &failure)),
    };
    let (Some(keys), Some(state), Some(id)) = (keys, request.app_data::<Data<State>>().cloned(), trace::request_id(request.request())) else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    let caller = idempotency::caller(&request);
    match claimed(&state, id, &caller, &keys).await {
        Ok((Claim::New, led)) => {
            request.extensions_mut().insert(LedBefore(led));
            let work = next.call(request);
            let done = actix_web::rt::spawn(async move { keep(&state, id, (caller, keys.form), once::under(id, work).await?).await }).await;
            done.map_err(|_| Failure::internal("a form's work was given up"))?.map(ServiceResponse::map_into_left_body)
        }
        Ok((Claim::Answered(kept), _)) => Ok(request.into_response(idempotency::replayed(kept)).map_into_right_body()),
        Ok(_) => Ok(shown(request, &Failure::conflict("in_progress", "this form was sent before and is still being worked on"))),
        Err(failure) => Ok(shown(request, &failure)),
    }
}

fn shown<B>(request: ServiceRequest, failure: &Failure) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let shown = pages::shown(request.request(), failure);
    request.into_response(shown).map_into_right_body()
}

/// For so many microseconds two presses of a form that moves something are the same.
const AT_ONCE_MICROS: i64 = 120_000_000;

/// Where this form led when it was taken before with other words: somebody went back and changed one. A form that creates
/// something then writes that anew instead of creating a second.
#[derive(Debug, Clone, Default)]
pub struct LedBefore(pub Option<String>);

impl FromRequest for LedBefore {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(request.extensions().get::<Self>().cloned().unwrap_or_default()))
    }
}

/// By what a form is known again.
struct Keys {
    /// What two presses of the same form have in common: its key, where it goes and what was typed, hashed.
    press: String,
    /// The same without what was typed; a form that only moves something has none.
    form: Option<String>,
}

fn keys(request: &ServiceRequest, form: &PageForm) -> Option<Keys> {
    let own = form.value(FORM_KEY).filter(|key| (1..=KEY_MAX).contains(&key.len()))?;
    let state = request.app_data::<Data<State>>()?;
    let fields: Vec<_> = form.fields().collect();
    let typed = serde_html_form::to_string(&fields).ok()?;
    let is_move = own.starts_with(PRESSED);
    let moment = if is_move { state.now().as_micros() / AT_ONCE_MICROS } else { 0 };
    let hash = |text: &str| state.secret().keyed_hash("form", text).as_str().to_owned();
    Some(Keys { press: hash(&format!("{own} {moment}\n{}\n{typed}", request.uri())), form: (!is_move).then(|| hash(&format!("{own}\n{}", request.uri()))) })
}

/// Claims the press; a second one waits for the answer to the first. Answers as well where the form led before.
async fn claimed(state: &State, id: RequestId, caller: &str, keys: &Keys) -> Answer<(Claim, Option<String>)> {
    for _ in 0..LOOKS {
        let (caller, press, form) = (caller.to_owned(), keys.press.clone(), keys.form.clone());
        let write = move |tx: &mut Tx<'_>| {
            let claim = once::claim(tx, id, &caller, &press, form.as_ref().unwrap_or(&press))?;
            let led = form.filter(|_| claim == Claim::New).map(|form| once::way(tx, id, &caller, &form)).transpose()?;
            Ok((claim, led.flatten()))
        };
        match state.db.write(write).await? {
            (Claim::Running, _) => actix_web::rt::time::sleep(BETWEEN_LOOKS).await,
            claim => return Ok(claim),
        }
    }
    Ok((Claim::Running, None))
}

/// Keeps where a form that was taken leads. One that was not taken may be sent again at once.
async fn keep<B>(state: &State, id: RequestId, (caller, form): (String, Option<String>), response: ServiceResponse<B>) -> Result<ServiceResponse<B>, Error> {
    let kept = (response.status() == StatusCode::SEE_OTHER).then(|| idempotency::without_body(response.response()));
    let written = match kept {
        Some(kept) => {
            let write = move |tx: &mut Tx<'_>| {
                if let Some((form, location)) = form.zip(kept.location.as_deref()) {
                    once::note_way(tx, &caller, &form, location)?;
                }
                once::keep(tx, id, &kept)
            };
            state.db.write(write).await
        }
        None => state.db.write(move |tx| once::release(tx, id)).await,
    };
    if let Err(failure) = written {
        tracing::error!(%failure, "where a form leads was not kept");
    }
    Ok(response)
}
