//! Confirming an address by the link in the mail, and asking for the mail again.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::{Markup, html};
use serde::Deserialize;

use super::fields;
use crate::accounts::acts::registering;
use crate::accounts::commands::people;
use crate::accounts::views;
use crate::accounts::visitor::Visitor;
use crate::businesses;
use crate::capabilities::{self, Purpose};
use crate::db::AnyConn;
use crate::http::{Form, State};
use crate::kernel::id::{Identifier, PersonId};
use crate::kernel::{Answer, Failure, FieldError};
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

/// `GET /confirm/{token}`: shows what would be confirmed. The button does it, for machines follow links too.
pub(super) async fn show(state: actix::Data<State>, context: PageContext, token: actix::Path<String>) -> Answer<HttpResponse> {
    let now = state.now();
    let read = move |connection: &mut AnyConn| {
        let link = capabilities::find(connection, Purpose::ConfirmAddress, &token, now)?;
        let person = views::person(connection, PersonId::from_raw(link.subject_id))?;
        let business = person.business.map(|business| businesses::views::card(connection, business)).transpose()?;
        Ok((link.used_at.is_some(), person, business))
    };
    match state.db.read(read).await {
        Ok((true, ..)) => Ok(web::page(&context, StatusCode::OK, &context.t("accounts-confirm-title"), confirmed(&context))),
        Ok((false, person, business)) => {
            let content = html! {
                p { (context.t("accounts-confirm-what")) }
                ul {
                    li { (person.name) " · " (person.email) }
                    @if let Some(business) = business { li { (business.name) ", " (business.city) } }
                }
                form method="post" { (forms::csrf(&context)) button { (context.t("accounts-confirm-button")) } }
                p class="soft" { (context.t("accounts-confirm-not-you")) }
            };
            Ok(web::page(&context, StatusCode::OK, &context.t("accounts-confirm-title"), content))
        }
        Err(Failure::NotFound(_)) => Ok(again(&context, StatusCode::NOT_FOUND, true, "", &[])),
        Err(other) => Err(other),
    }
}

fn confirmed(context: &PageContext) -> Markup {
    html! {
        p { (context.t("accounts-confirmed-already")) }
        p { a class="button" href="/sign-in" { (context.t("sign-in")) } }
    }
}

/// `POST /confirm/{token}`
pub(super) async fn take(state: actix::Data<State>, context: PageContext, token: actix::Path<String>, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    match state.db.write(move |tx| people::confirm_by_link(tx, &token)).await {
        Ok(()) => Ok(web::see_other("/sign-in", Some("accounts-confirmed"))),
        Err(Failure::NotFound(_)) => Ok(again(&context, StatusCode::NOT_FOUND, true, "", &[])),
        Err(other) => Err(other),
    }
}

/// An address.
#[derive(Deserialize)]
pub(super) struct AddressForm {
    #[serde(default)]
    email: String,
}

/// `GET /confirm`
pub(super) async fn show_again(context: PageContext) -> HttpResponse {
    again(&context, StatusCode::OK, false, "", &[])
}

/// `POST /confirm`
pub(super) async fn send_again(state: actix::Data<State>, visitor: Visitor, context: PageContext, form: Form<AddressForm>) -> Answer<HttpResponse> {
    match registering::send_again(&state, &visitor, &form.0.email).await {
        Ok(()) => Ok(web::see_other("/sign-in", Some("accounts-mail-sent"))),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            Ok(again(&context, status, false, &form.0.email, &errors))
        }
    }
}

fn again(context: &PageContext, status: StatusCode, link_is_dead: bool, typed: &str, errors: &[FieldError]) -> HttpResponse {
    let content = html! {
        (forms::summary(context, Errors(errors)))
        p { (context.t(if link_is_dead { "accounts-link-dead" } else { "accounts-confirm-again-how" })) }
        form method="post" action="/confirm" {
            (forms::csrf(context))
            (fields::input(context, Errors(errors), ("email", "email", "accounts-email"), typed, "username"))
            button { (context.t("accounts-send-again")) }
        }
    };
    web::page(context, status, &context.t("accounts-confirm-title"), content)
}
