//! Joining a business as an invited colleague.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use fluent_templates::fluent_bundle::FluentValue;
use maud::html;
use serde::Deserialize;

use super::{browser, fields};
use crate::accounts::acts::joining::{self, JoinInput};
use crate::accounts::commands::sessions;
use crate::accounts::model::SessionKind;
use crate::accounts::views::InvitationFacts;
use crate::accounts::visitor::Visitor;
use crate::businesses;
use crate::http::{Form, State};
use crate::kernel::{Answer, Failure, FieldError, Language};
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct JoinForm {
    name: String,
    password: String,
    language: String,
    time_zone: String,
}

/// `GET /join/{token}`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, token: actix::Path<String>) -> Answer<HttpResponse> {
    match joining::invited(&state, &token).await {
        Ok(invitation) => {
            let empty = JoinForm { time_zone: invitation.inviter.time_zone.clone(), ..JoinForm::default() };
            page(&state, &context, StatusCode::OK, invitation, &empty, &[]).await
        }
        Err(failure) => closed_or(&context, failure),
    }
}

/// `POST /join/{token}`
pub(super) async fn take(
    state: actix::Data<State>,
    visitor: Visitor,
    context: PageContext,
    token: actix::Path<String>,
    form: Form<JoinForm>,
) -> Answer<HttpResponse> {
    let language = Language::parse(&form.0.language).unwrap_or(context.language);
    let input = JoinInput {
        token: token.clone(),
        name: form.0.name.clone(),
        password: form.0.password.clone(),
        language: Some(language),
        time_zone: Some(form.0.time_zone.clone()).filter(|zone| !zone.is_empty()),
    };
    match joining::join(&state, input).await {
        Ok(person) => {
            let opened = state.db.write(move |tx| sessions::open(tx, person, SessionKind::Browser, &visitor.user_agent)).await?;
            browser::remember(&state, web::see_other("/", Some("accounts-joined")), opened)
        }
        Err(Failure::Invalid(errors)) => {
            let invitation = joining::invited(&state, &token).await?;
            page(&state, &context, StatusCode::UNPROCESSABLE_ENTITY, invitation, &form.0, &errors).await
        }
        Err(failure) => closed_or(&context, failure),
    }
}

/// An invitation that was used, taken back, or ran out.
fn closed_or(context: &PageContext, failure: Failure) -> Answer<HttpResponse> {
    let said = match &failure {
        Failure::NotFound(_) => "accounts-invitation-dead",
        Failure::Conflict { code: "link_used", .. } => "accounts-joined-already",
        Failure::Conflict { code: "address_taken", .. } => "accounts-address-taken",
        _ => return Err(failure),
    };
    let content = html! {
        p { (context.t(said)) }
        p { a class="button" href="/sign-in" { (context.t("sign-in")) } }
    };
    Ok(web::page(context, failure.status(), &context.t("accounts-join-title"), content))
}

async fn page(
    state: &State,
    context: &PageContext,
    status: StatusCode,
    invitation: InvitationFacts,
    typed: &JoinForm,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let business = invitation.business;
    let business = state.db.read(move |connection| businesses::views::card(connection, business)).await?;
    let arguments = [("inviter", FluentValue::from(invitation.inviter.name)), ("business", FluentValue::from(business.name))];
    let errors = Errors(errors);
    let content = html! {
        p { (context.t_with("accounts-join-what", &arguments)) }
        p { (context.t("accounts-email")) ": " b { (invitation.email) } }
        (forms::summary(context, errors))
        form method="post" {
            (forms::csrf(context))
            (fields::input(context, errors, ("name", "text", "accounts-name"), &typed.name, "name"))
            (fields::password(context, errors, "password", "accounts-password", "new-password"))
            (fields::language(context, errors, Language::parse(&typed.language).unwrap_or(context.language)))
            (fields::time_zone(context, errors, &typed.time_zone))
            button { (context.t("accounts-join-button")) }
        }
    };
    Ok(web::page(context, status, &context.t("accounts-join-title"), content))
}
