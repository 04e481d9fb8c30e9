//! The own settings: name, language, time zone, password.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::html;
use serde::Deserialize;

use super::fields;
use crate::accounts::acts::passwords;
use crate::accounts::commands::people::{self, ProfileChange};
use crate::accounts::views::{self, Me};
use crate::accounts::visitor::Visitor;
use crate::http::{Caller, Form, State};
use crate::kernel::{Answer, FieldError, Language};
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

const HERE: &str = "/settings";

/// `GET /settings`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    page(&state, &context, &caller, None, &[]).await
}

/// What was typed.
#[derive(Deserialize)]
pub(super) struct ProfileForm {
    name: String,
    language: String,
    time_zone: String,
}

/// `POST /settings`
pub(super) async fn take_profile(state: actix::Data<State>, context: PageContext, caller: Caller, form: Form<ProfileForm>) -> Answer<HttpResponse> {
    let form = form.0;
    let change = ProfileChange::parse(Some(&form.name), Language::parse(&form.language), Some(&form.time_zone));
    let principal = caller.principal;
    let outcome = match change {
        Ok(change) => state.db.write(move |tx| people::change_profile(tx, &principal, |_| Ok(()), change)).await,
        Err(failure) => Err(failure),
    };
    finish(&state, &context, &caller, Some(&form), outcome, "accounts-saved").await
}

/// The current password and the next.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    current_password: String,
    password: String,
}

/// `POST /settings/password`
pub(super) async fn take_password(
    state: actix::Data<State>,
    visitor: Visitor,
    context: PageContext,
    caller: Caller,
    form: Form<PasswordForm>,
) -> Answer<HttpResponse> {
    let outcome = passwords::replace(&state, &visitor, caller.clone(), &form.0.current_password, &form.0.password).await;
    finish(&state, &context, &caller, None, outcome, "accounts-password-changed").await
}

async fn finish(state: &State, context: &PageContext, caller: &Caller, typed: Option<&ProfileForm>, outcome: Answer<()>, done: &str) -> Answer<HttpResponse> {
    match outcome {
        Ok(()) => Ok(web::see_other(HERE, Some(done))),
        Err(failure) => page(state, context, caller, typed, &failure.into_form_errors()?).await,
    }
}

async fn page(state: &State, context: &PageContext, caller: &Caller, typed: Option<&ProfileForm>, errors: &[FieldError]) -> Answer<HttpResponse> {
    let principal = caller.principal;
    let me: Me = state.db.read(move |connection| views::me(connection, &principal)).await?;
    let name = typed.map_or(&me.name, |typed| &typed.name);
    let time_zone = typed.map_or(&me.time_zone, |typed| &typed.time_zone);
    let language = typed.and_then(|typed| Language::parse(&typed.language)).unwrap_or(me.language);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let errors = Errors(errors);
    let content = html! {
        (crate::web::settings::navigation(context))
        (forms::summary(context, errors))
        section class="card" {
            h2 { (context.t("accounts-you")) }
            p { (context.t("accounts-email")) ": " b { (me.email) } }
            form method="post" action="/settings" {
                (forms::csrf(context))
                (fields::input(context, errors, ("name", "text", "accounts-name"), name, "name"))
                (fields::language(context, errors, language))
                (fields::time_zone(context, errors, time_zone))
                button { (context.t("accounts-save")) }
            }
        }
        section class="card" {
            h2 { (context.t("accounts-password")) }
            p { (context.t("accounts-password-ends-sessions")) }
            form method="post" action="/settings/password" {
                (forms::csrf(context))
                (fields::password(context, errors, "current_password", "accounts-current-password", "current-password"))
                (fields::password(context, errors, "password", "accounts-new-password", "new-password"))
                button { (context.t("accounts-set-password")) }
            }
        }
    };
    Ok(web::page(context, status, &context.t("nav-settings"), content))
}
