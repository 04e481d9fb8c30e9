//! Which mails the person wants.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::{Markup, html};

use crate::accounts::commands::notifications;
use crate::accounts::views;
use crate::http::{Caller, Form, State};
use crate::kernel::actor::PersonRole;
use crate::kernel::{Answer, Failure, FieldError};
use crate::outbox::MailTopic;
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

const HERE: &str = "/settings/notifications";
/// What reaches somebody who is no owner: news of what he passed himself.
const OF_STAFF: &[MailTopic] = &[MailTopic::News];

fn offered(role: PersonRole) -> &'static [MailTopic] {
    if role == PersonRole::Owner { MailTopic::ALL } else { OF_STAFF }
}

const fn words(topic: MailTopic) -> (&'static str, &'static str) {
    match topic {
        MailTopic::Offers => ("notifications-offers", "notifications-offers-more"),
        MailTopic::News => ("notifications-news", "notifications-news-more"),
        MailTopic::Reminders => ("notifications-reminders", "notifications-reminders-more"),
        MailTopic::Circles => ("notifications-circles", "notifications-circles-more"),
        MailTopic::Settlements => ("notifications-settlements", "notifications-settlements-more"),
    }
}

/// `GET /settings/notifications`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    let person = caller.principal.person;
    let unwanted = state.db.read(move |connection| views::unwanted_by(connection, person)).await?;
    Ok(page(&context, StatusCode::OK, caller.principal.role, &unwanted, &[]))
}

/// `POST /settings/notifications`: the boxes that are ticked.
pub(super) async fn take(state: actix::Data<State>, context: PageContext, caller: Caller, form: Form<Vec<(String, String)>>) -> Answer<HttpResponse> {
    let (principal, person) = (caller.principal, caller.principal.person);
    let ticked = |topic: &MailTopic| form.0.iter().any(|(name, value)| name == topic.as_str() && value == "yes");
    let mut unwanted: Vec<MailTopic> = offered(principal.role).iter().copied().filter(|topic| !ticked(topic)).collect();
    // What the form does not offer stays as it was.
    let kept = state.db.read(move |connection| views::unwanted_by(connection, person)).await?;
    unwanted.extend(kept.into_iter().filter(|topic| !offered(principal.role).contains(topic)));
    let wished = unwanted.clone();
    match state.db.write(move |tx| notifications::set_unwanted(tx, &principal, &wished)).await {
        Ok(()) => Ok(web::see_other(HERE, Some("accounts-saved"))),
        Err(Failure::Invalid(errors)) => Ok(page(&context, StatusCode::UNPROCESSABLE_ENTITY, principal.role, &unwanted, &errors)),
        Err(other) => Err(other),
    }
}

fn page(context: &PageContext, status: StatusCode, role: PersonRole, unwanted: &[MailTopic], errors: &[FieldError]) -> HttpResponse {
    let content = html! {
        (crate::web::settings::navigation(context))
        p { (context.t("notifications-what")) }
        (forms::summary(context, Errors(errors)))
        form method="post" action=(HERE) class="card" {
            (forms::csrf(context))
            @for topic in offered(role) { (choice(context, *topic, !unwanted.contains(topic), errors)) }
            button { (context.t("accounts-save")) }
        }
        p class="soft" { (context.t("notifications-always")) }
        @if role != PersonRole::Owner { p class="soft" { (context.t("notifications-owners")) } }
    };
    web::page(context, status, &context.t("notifications-title"), content)
}

fn choice(context: &PageContext, topic: MailTopic, wanted: bool, errors: &[FieldError]) -> Markup {
    let (label, more) = words(topic);
    html! {
        (forms::checkbox(context, topic.as_str(), label, wanted))
        p class="hint" { (context.t(more)) }
        @for error in errors.iter().filter(|error| error.field == topic.as_str()) { p class="error" { (forms::error_text(context, error)) } }
    }
}
