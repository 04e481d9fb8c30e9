//! Signing in and out with a browser.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web as actix};
use maud::html;
use serde::Deserialize;

use super::kept::Kept;
use super::{browser, fields, resume};
use crate::accounts::acts::sign_in;
use crate::accounts::commands::sessions;
use crate::accounts::model::SessionKind;
use crate::accounts::views;
use crate::accounts::visitor::Visitor;
use crate::http::caller::Via;
use crate::http::{Form, MaybeCaller, State};
use crate::kernel::id::PersonId;
use crate::kernel::{Answer, Failure};
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

/// Where to go afterwards.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SignInForm {
    email: String,
    password: String,
    next: String,
    /// What was typed elsewhere before the session ended, sealed.
    kept: String,
}

/// What the page shows and carries along.
#[derive(Clone, Copy, Default)]
struct Shown<'s> {
    email: &'s str,
    next: &'s str,
    kept: &'s str,
    said: Option<&'s str>,
}

/// `GET /sign-in`
pub(super) async fn show(context: PageContext, caller: MaybeCaller, asked: actix::Query<Asked>) -> HttpResponse {
    if caller.0.is_some() {
        return web::see_other(browser::next(&asked.next), None);
    }
    page(&context, StatusCode::OK, Shown { next: &asked.next, ..Shown::default() })
}

/// The page for somebody whose session ended while he typed.
pub(super) fn page_that_keeps(context: &PageContext, next: &str, kept: &str) -> HttpResponse {
    page(context, StatusCode::UNAUTHORIZED, Shown { next, kept, said: Some("accounts-typing-kept"), ..Shown::default() })
}

/// `POST /sign-in`
pub(super) async fn take(
    state: actix::Data<State>,
    visitor: Visitor,
    context: PageContext,
    request: HttpRequest,
    form: Form<SignInForm>,
) -> Answer<HttpResponse> {
    let SignInForm { email, password, next, kept } = form.0;
    let again = |failure: &Failure, said: &str| page(&context, failure.status(), Shown { email: &email, next: &next, kept: &kept, said: Some(said) });
    match sign_in::sign_in(&state, visitor, &email, &password, SessionKind::Browser).await {
        Ok(opened) => {
            let next = browser::next_or_remembered(&request, &next);
            let response = match Kept::open(&kept, state.secret(), state.now()) {
                Some(kept) => resume::after_sign_in(&state, context, &opened, &kept, &next).await?,
                None => web::see_other(&after(&state, opened.person, next.clone()).await?, None),
            };
            browser::remember(&state, browser::forget_next(&state, &request, response)?, opened)
        }
        Err(failure @ Failure::Unauthenticated { .. }) => Ok(again(&failure, "accounts-wrong-credentials")),
        Err(failure @ Failure::Forbidden { .. }) => Ok(again(&failure, "accounts-not-confirmed")),
        Err(other) => Err(other),
    }
}

/// Who asked to be forgotten reads first how long that can be taken back.
async fn after(state: &State, person: PersonId, next: String) -> Answer<String> {
    let leaving = state.db.read(move |connection| views::leaving(connection, person)).await?;
    Ok(if leaving.is_some() { "/settings/data".to_owned() } else { next })
}

fn page(context: &PageContext, status: StatusCode, shown: Shown<'_>) -> HttpResponse {
    let content = html! {
        @if let Some(said) = shown.said { div class="errors" role="alert" { p { (context.t(said)) } } }
        form method="post" action="/sign-in" class="card narrow" {
            (forms::csrf(context))
            input type="hidden" name="next" value=(shown.next);
            @if !shown.kept.is_empty() { input type="hidden" name="kept" value=(shown.kept); }
            (fields::input(context, Errors::default(), ("email", "email", "accounts-email"), shown.email, "username"))
            (fields::password(context, Errors::default(), "password", "accounts-password", "current-password"))
            button { (context.t("sign-in")) }
        }
        ul class="plain" {
            li { a href="/password" { (context.t("accounts-forgotten")) } }
            li { a href="/confirm" { (context.t("accounts-no-mail")) } }
            li { a href=(browser::with_next("/register", shown.next)) { (context.t("accounts-register-title")) } }
        }
    };
    web::page(context, status, &context.t("sign-in"), content)
}

/// `POST /sign-out`
pub(super) async fn leave(state: actix::Data<State>, caller: MaybeCaller, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    if let Some(caller) = caller.0
        && let Via::Browser { session, .. } = caller.via
    {
        match state.db.write(move |tx| sessions::end(tx, &caller.principal, session)).await {
            // It ended in this very moment.
            Ok(()) | Err(Failure::NotFound(_)) => {}
            Err(other) => return Err(other),
        }
    }
    browser::forget(&state, web::see_other("/", Some("accounts-signed-out")))
}
