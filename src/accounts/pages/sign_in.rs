//! Signing in and out with a browser.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::html;
use serde::Deserialize;

use super::{browser, fields};
use crate::accounts::acts::sign_in;
use crate::accounts::commands::sessions;
use crate::accounts::model::SessionKind;
use crate::accounts::visitor::Visitor;
use crate::http::caller::Via;
use crate::http::{Form, MaybeCaller, State};
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
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct SignInForm {
    email: String,
    password: String,
    next: String,
}

/// `GET /sign-in`
pub(super) async fn show(context: PageContext, caller: MaybeCaller, asked: actix::Query<Asked>) -> HttpResponse {
    if caller.0.is_some() {
        return web::see_other(browser::next(&asked.next), None);
    }
    page(&context, StatusCode::OK, "", &asked.next, None)
}

/// `POST /sign-in`
pub(super) async fn take(state: actix::Data<State>, visitor: Visitor, context: PageContext, form: Form<SignInForm>) -> Answer<HttpResponse> {
    let SignInForm { email, password, next } = form.0;
    let again = |failure: &Failure, said: &str| page(&context, failure.status(), &email, &next, Some(said));
    match sign_in::sign_in(&state, visitor, &email, &password, SessionKind::Browser).await {
        Ok(opened) => browser::remember(&state, web::see_other(browser::next(&next), None), opened),
        Err(failure @ Failure::Unauthenticated { .. }) => Ok(again(&failure, "accounts-wrong-credentials")),
        Err(failure @ Failure::Forbidden { .. }) => Ok(again(&failure, "accounts-not-confirmed")),
        Err(other) => Err(other),
    }
}

fn page(context: &PageContext, status: StatusCode, email: &str, next: &str, said: Option<&str>) -> HttpResponse {
    let content = html! {
        @if let Some(said) = said { div class="errors" role="alert" { p { (context.t(said)) } } }
        form method="post" action="/sign-in" {
            (forms::csrf(context))
            input type="hidden" name="next" value=(next);
            (fields::input(context, Errors::default(), ("email", "email", "accounts-email"), email, "username"))
            (fields::password(context, Errors::default(), "password", "accounts-password", "current-password"))
            button { (context.t("sign-in")) }
        }
        ul {
            li { a href="/password" { (context.t("accounts-forgotten")) } }
            li { a href="/confirm" { (context.t("accounts-no-mail")) } }
            li { a href="/register" { (context.t("accounts-register-title")) } }
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
