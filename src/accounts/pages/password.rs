//! Forgotten passwords.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::html;
use serde::Deserialize;

use super::fields;
use crate::accounts::acts::passwords;
use crate::accounts::visitor::Visitor;
use crate::http::{Form, State};
use crate::kernel::{Answer, Failure, FieldError};
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

/// An address.
#[derive(Deserialize)]
pub(super) struct AddressForm {
    #[serde(default)]
    email: String,
}

/// `GET /password`
pub(super) async fn show_forgotten(context: PageContext) -> HttpResponse {
    forgotten(&context, StatusCode::OK, "accounts-forgotten-how", "", &[])
}

/// `POST /password`
pub(super) async fn take_forgotten(state: actix::Data<State>, visitor: Visitor, context: PageContext, form: Form<AddressForm>) -> Answer<HttpResponse> {
    match passwords::forget(&state, &visitor, &form.0.email).await {
        Ok(()) => Ok(web::see_other("/sign-in", Some("accounts-mail-sent"))),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            Ok(forgotten(&context, status, "accounts-forgotten-how", &form.0.email, &errors))
        }
    }
}

fn forgotten(context: &PageContext, status: StatusCode, said: &str, typed: &str, errors: &[FieldError]) -> HttpResponse {
    let content = html! {
        (forms::summary(context, Errors(errors)))
        p { (context.t(said)) }
        form method="post" action="/password" {
            (forms::csrf(context))
            (fields::input(context, Errors(errors), ("email", "email", "accounts-email"), typed, "username"))
            button { (context.t("accounts-send-reset")) }
        }
    };
    web::page(context, status, &context.t("accounts-forgotten"), content)
}

/// A new password.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    password: String,
}

/// `GET /password/{token}`
pub(super) async fn show_reset(state: actix::Data<State>, context: PageContext, token: actix::Path<String>) -> Answer<HttpResponse> {
    match passwords::person_of_link(&state, &token).await {
        Ok(_) => Ok(reset(&context, StatusCode::OK, &[])),
        Err(failure) => dead_or(&context, failure),
    }
}

/// `POST /password/{token}`
pub(super) async fn take_reset(state: actix::Data<State>, context: PageContext, token: actix::Path<String>, form: Form<PasswordForm>) -> Answer<HttpResponse> {
    match passwords::set_anew(&state, token.into_inner(), &form.0.password).await {
        Ok(()) => Ok(web::see_other("/sign-in", Some("accounts-password-set"))),
        Err(Failure::Invalid(errors)) => Ok(reset(&context, StatusCode::UNPROCESSABLE_ENTITY, &errors)),
        Err(failure) => dead_or(&context, failure),
    }
}

fn dead_or(context: &PageContext, failure: Failure) -> Answer<HttpResponse> {
    match failure {
        Failure::NotFound(_) => Ok(forgotten(context, StatusCode::NOT_FOUND, "accounts-link-dead", "", &[])),
        other => Err(other),
    }
}

fn reset(context: &PageContext, status: StatusCode, errors: &[FieldError]) -> HttpResponse {
    let content = html! {
        p { (context.t("accounts-reset-how")) }
        form method="post" {
            (forms::csrf(context))
            (fields::password(context, Errors(errors), "password", "accounts-new-password", "new-password"))
            button { (context.t("accounts-set-password")) }
        }
    };
    web::page(context, status, &context.t("accounts-reset-title"), content)
}
