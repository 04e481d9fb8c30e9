//! A form that is pressed twice is taken once, and both presses lead to the same page.
//!
//! Such forms carry a key of their own ([`crate::web::form_key`]). It is claimed like an API's `Idempotency-Key`, together
//! with what was typed: somebody who goes back and changes a word sends another form. The work goes on when the browser lets go of the first press, for that is what a second press does.

use std::time::Duration;

use actix_web::Error;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::page_form::{FORM_KEY, PRESSED, PageForm};
use super::{State, idempotency, pages, trace};
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
    let key = match PageForm::of(&mut request).await {
        Ok(form) => form.and_then(|form| key(&request, &form)),
        Err(failure) => return Ok(shown(request, &failure)),
    };
    let (Some(key), Some(state), Some(id)) = (key, request.app_data::<Data<State>>().cloned(), trace::request_id(request.request())) else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    match claimed(&state, id, idempotency::caller(&request), &key).await {
        Ok(Claim::New) => {
            let work = next.call(request);
            let done = actix_web::rt::spawn(async move { keep(&state, id, once::under(id, work).await?).await }).await;
            done.map_err(|_| Failure::internal("a form's work was given up"))?.map(ServiceResponse::map_into_left_body)
        }
        Ok(Claim::Answered(kept)) => Ok(request.into_response(idempotency::replayed(kept)).map_into_right_body()),
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

/// What two presses of the same form have in common: its key, where it goes and what was typed, hashed.
fn key(request: &ServiceRequest, form: &PageForm) -> Option<String> {
    let own = form.value(FORM_KEY).filter(|key| (1..=KEY_MAX).contains(&key.len()))?;
    let state = request.app_data::<Data<State>>()?;
    let fields: Vec<_> = form.fields().collect();
    let typed = serde_html_form::to_string(&fields).ok()?;
    let moment = if own.starts_with(PRESSED) { state.now().as_micros() / AT_ONCE_MICROS } else { 0 };
    Some(state.secret().keyed_hash("form", &format!("{own} {moment}\n{}\n{typed}", request.uri())).as_str().to_owned())
}

/// Claims the key; a second press waits for the answer to the first.
async fn claimed(state: &State, id: RequestId, caller: String, key: &str) -> Answer<Claim> {
    for _ in 0..LOOKS {
        let (caller, own) = (caller.clone(), key.to_owned());
        match state.db.write(move |tx| once::claim(tx, id, &caller, &own, &own)).await? {
            Claim::Running => actix_web::rt::time::sleep(BETWEEN_LOOKS).await,
            claim => return Ok(claim),
        }
    }
    Ok(Claim::Running)
}

/// Keeps where a form that was taken leads. One that was not taken may be sent again at once.
async fn keep<B>(state: &State, id: RequestId, response: ServiceResponse<B>) -> Result<ServiceResponse<B>, Error> {
    let kept = (response.status() == StatusCode::SEE_OTHER).then(|| idempotency::without_body(response.response()));
    let written = match kept {
        Some(kept) => state.db.write(move |tx| once::keep(tx, id, &kept)).await,
        None => state.db.write(move |tx| once::release(tx, id)).await,
    };
    if let Err(failure) = written {
        tracing::error!(%failure, "where a form leads was not kept");
    }
    Ok(response)
}
