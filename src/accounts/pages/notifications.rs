//! Which mails the person wants.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::{Markup, html};

use crate::accounts::commands::notifications;
use crate::accounts::views;
use crate::db::Tx;
use crate::http::{Caller, Form, State};
use crate::kernel::actor::PersonRole;
use crate::kernel::id::PersonId;
use crate::kernel::{Answer, FieldError};
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
    let (mut unwanted, are_stopped) = wishes(&state, caller.principal.person).await?;
    if are_stopped && !unwanted.contains(&MailTopic::Reminders) {
        unwanted.push(MailTopic::Reminders);
    }
    Ok(page(&context, StatusCode::OK, &Shown { role: caller.principal.role, unwanted: &unwanted, are_stopped, errors: &[] }))
}

/// `POST /settings/notifications`: the boxes that are ticked.
pub(super) async fn take(state: actix::Data<State>, context: PageContext, caller: Caller, form: Form<Vec<(String, String)>>) -> Answer<HttpResponse> {
    let principal = caller.principal;
    let ticked = |topic: &MailTopic| form.0.iter().any(|(name, value)| name == topic.as_str() && value == "yes");
    let mut unwanted: Vec<MailTopic> = offered(principal.role).iter().copied().filter(|topic| !ticked(topic)).collect();
    // What the form does not offer stays as it was.
    let (kept, are_stopped) = wishes(&state, principal.person).await?;
    unwanted.extend(kept.iter().copied().filter(|topic| !offered(principal.role).contains(topic)));
    let wants_reminders = offered(principal.role).contains(&MailTopic::Reminders) && ticked(&MailTopic::Reminders);
    let mut wished = unwanted.clone();
    if are_stopped && !kept.contains(&MailTopic::Reminders) {
        // A mail's link took the tick away, not he: when that is taken back they reach him again.
        wished.retain(|topic| *topic != MailTopic::Reminders);
    }
    let write = move |tx: &mut Tx<'_>| {
        notifications::set_unwanted(tx, &principal, &wished)?;
        if wants_reminders { notifications::welcome_reminders(tx, &principal) } else { Ok(()) }
    };
    match state.db.write(write).await {
        Ok(()) => Ok(web::see_other(HERE, Some("accounts-saved"))),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            Ok(page(&context, status, &Shown { role: principal.role, unwanted: &unwanted, are_stopped, errors: &errors }))
        }
    }
}

/// What a person switched off, and whether something else stops reminders to him.
async fn wishes(state: &State, person: PersonId) -> Answer<(Vec<MailTopic>, bool)> {
    let secret = state.secret().clone();
    state.db.read(move |connection| Ok((views::unwanted_by(connection, person)?, views::reminders_are_stopped(connection, person, &secret)?))).await
}

/// What the page shows.
struct Shown<'s> {
    role: PersonRole,
    unwanted: &'s [MailTopic],
    are_stopped: bool,
    errors: &'s [FieldError],
}

fn page(context: &PageContext, status: StatusCode, shown: &Shown<'_>) -> HttpResponse {
    let Shown { role, unwanted, are_stopped, errors } = *shown;
    let content = html! {
        (crate::web::settings::navigation(context))
        p { (context.t("notifications-what")) }
        (forms::summary(context, Errors(errors)))
        form method="post" action=(HERE) class="card" {
            (forms::csrf(context))
            @for topic in offered(role) {
                (choice(context, *topic, !unwanted.contains(topic), errors))
                @if are_stopped && *topic == MailTopic::Reminders {
                    p class="hint" { (context.t("notifications-reminders-stopped")) " " a href="/settings/data" { (context.t("own-data-title")) } }
                }
            }
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
