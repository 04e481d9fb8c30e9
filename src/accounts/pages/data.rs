//! My data: take it along, see what is held back for me, be forgotten.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use fluent_templates::fluent_bundle::FluentValue;
use maud::{Markup, html};
use serde::Deserialize;

use super::fields;
use crate::accounts::acts;
use crate::accounts::commands::erasure as commands;
use crate::accounts::commands::notifications;
use crate::accounts::erasure::{Behind, GOES, GOES_WITH_BUSINESS, STAYS};
use crate::accounts::views;
use crate::accounts::visitor::Visitor;
use crate::businesses::model::Direction;
use crate::businesses::views as businesses;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::http::{Caller, Form, PathId, State};
use crate::introductions::record::{Suppression, SuppressionScope};
use crate::introductions::views as introductions;
use crate::kernel::actor::PersonRole;
use crate::kernel::id::SuppressionId;
use crate::kernel::{Answer, FieldError, PageQuery, Principal, Secret, Timestamp};
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

const HERE: &str = "/settings/data";

/// What the page shows.
struct Look {
    /// Until when the erasure can be taken back.
    leaving: Option<Timestamp>,
    behind: Behind,
    /// Circles that must be handed over first.
    orphaned: Vec<String>,
    /// The business's own stop-list; for owners.
    exclusions: Option<Vec<(Direction, String)>>,
    /// Which mails the own address does not want.
    stopped: Vec<Suppression>,
}

fn look(connection: &mut AnyConn, principal: &Principal, secret: &Secret) -> Answer<Look> {
    let behind = views::behind(connection, principal)?;
    let business = principal.business.filter(|_| principal.role == PersonRole::Owner);
    let orphaned = match business.filter(|_| behind == Behind::Nobody) {
        Some(business) => circles::orphaned_by(connection, business)?.into_iter().map(|circle| circle.name).collect(),
        None => Vec::new(),
    };
    let exclusions = match business {
        Some(business) => {
            let found = businesses::exclusions(connection, business)?;
            let cards = businesses::cards(connection, &found.iter().map(|(_, other)| *other).collect::<Vec<_>>())?;
            Some(found.into_iter().filter_map(|(direction, other)| Some((direction, cards.get(&other)?.name.clone()))).collect())
        }
        None => None,
    };
    let key = views::address_key(connection, principal.person, secret)?;
    let stopped = introductions::suppressions(connection, Some(key), &PageQuery { limit: Some(100), cursor: None })?.items;
    Ok(Look { leaving: views::leaving(connection, principal.person)?, behind, orphaned, exclusions, stopped })
}

/// `GET /settings/data`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    page(&state, &context, &caller, StatusCode::OK, &[]).await
}

/// The password again, and for the last of a business that it is closed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct EraseForm {
    current_password: String,
    closes_business: String,
}

/// `POST /settings/data/erase`
pub(super) async fn erase(state: actix::Data<State>, visitor: Visitor, context: PageContext, caller: Caller, form: Form<EraseForm>) -> Answer<HttpResponse> {
    let closes = form.0.closes_business == "yes";
    match acts::erasure::ask(&state, &visitor, &caller, &form.0.current_password, closes).await {
        Ok(_) => Ok(web::see_other(HERE, Some("own-data-leaving"))),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            page(&state, &context, &caller, status, &errors).await
        }
    }
}

/// `POST /settings/data/keep`
pub(super) async fn keep(state: actix::Data<State>, caller: Caller, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    state.db.write(move |tx| commands::take_back(tx, &caller.principal)).await?;
    Ok(web::see_other(HERE, Some("own-data-kept")))
}

/// `POST /settings/data/stopped/{id}/lift`: mails through again that he stopped himself.
pub(super) async fn lift(state: actix::Data<State>, caller: Caller, id: PathId<SuppressionId>, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    state.db.write(move |tx| notifications::lift(tx, &caller.principal, id.0)).await?;
    Ok(web::see_other(HERE, Some("own-data-lifted")))
}

async fn page(state: &State, context: &PageContext, caller: &Caller, status: StatusCode, errors: &[FieldError]) -> Answer<HttpResponse> {
    let (principal, secret, now) = (caller.principal, state.secret().clone(), state.now());
    let look = state.db.read(move |connection| look(connection, &principal, &secret)).await?;
    let content = html! {
        (crate::web::settings::navigation(context))
        @if let Some(due_at) = look.leaving { (countdown(context, due_at, now)) }
        (export(context, principal.role))
        (stop_lists(context, &look))
        @if look.leaving.is_none() { (erasure(context, &look, Errors(errors))) }
    };
    Ok(web::page(context, status, &context.t("own-data-title"), content))
}

/// How long is left, and the one button that takes it back.
fn countdown(context: &PageContext, due_at: Timestamp, now: Timestamp) -> Markup {
    let days = due_at.since(now).as_secs().div_ceil(86_400);
    let arguments = [("days", FluentValue::from(days)), ("date", FluentValue::from(context.date_time(due_at)))];
    html! {
        section class="card" {
            h2 { (context.t("own-data-leaving-title")) }
            p { (context.t_with("own-data-leaving-until", &arguments)) }
            form method="post" action="/settings/data/keep" {
                (forms::csrf(context))
                button { (context.t("own-data-keep")) }
            }
        }
    }
}

fn export(context: &PageContext, role: PersonRole) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("own-data-export")) }
            p { (context.t("own-data-export-person")) }
            @if role == PersonRole::Owner { p { (context.t("own-data-export-business")) } }
            p { a class="button" href="/api/v1/me/export" download { (context.t("own-data-download")) } }
        }
    }
}

fn stop_lists(context: &PageContext, look: &Look) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("own-data-stop-lists")) }
            @if look.stopped.is_empty() { p { (context.t("own-data-not-stopped")) } } @else {
                p { (context.t("own-data-stopped")) }
                ul class="plain" { @for listed in &look.stopped { li class="row" { (stop_line(context, listed)) } } }
            }
            @if let Some(exclusions) = &look.exclusions {
                @if exclusions.is_empty() { p { (context.t("own-data-no-exclusions")) } } @else {
                    ul {
                        @for (direction, name) in exclusions {
                            li { (context.t(if *direction == Direction::NotFrom { "own-data-not-from" } else { "own-data-not-to" })) " " (name) }
                        }
                    }
                }
                p { a href="/settings/business" { (context.t("own-data-to-business")) } }
            }
        }
    }
}

/// One line of the stop-list, with the way off it where the person put it there.
fn stop_line(context: &PageContext, line: &Suppression) -> Markup {
    let words = match line.scope {
        SuppressionScope::Everything => "own-data-stopped-everything",
        SuppressionScope::Circle => "own-data-stopped-circle",
        SuppressionScope::Reminders => "own-data-stopped-reminders",
        SuppressionScope::Digests => "own-data-stopped-digests",
    };
    html! {
        span class="fill" { (context.t(words)) " " span class="soft" { (context.t_with("since", &[("when", context.date(line.created_at).into())])) } }
        @if line.reason.is_the_persons() {
            form method="post" action=(format!("{HERE}/stopped/{}/lift", line.id)) class="inline" {
                (forms::csrf(context))
                button class="quiet" { (context.t("own-data-lift")) }
            }
        } @else { span class="soft small" { (context.t("own-data-not-yours-to-lift")) } }
    }
}

fn erasure(context: &PageContext, look: &Look, errors: Errors<'_>) -> Markup {
    let closes = look.behind == Behind::Nobody;
    let list = |keys: &[&str]| html! { ul { @for key in keys { li { (context.t(key)) } } } };
    html! {
        section class="card" {
            h2 { (context.t("own-data-erase")) }
            p { (context.t("own-data-erase-how")) }
            h3 { (context.t("own-data-goes")) }
            (list(GOES))
            @if closes { p { (context.t("own-data-goes-with-business")) } (list(GOES_WITH_BUSINESS)) }
            h3 { (context.t("own-data-stays")) }
            (list(STAYS))
            @if look.behind == Behind::NoOwner {
                p class="note" { (context.t("own-data-owner-first")) " " a href="/settings/people" { (context.t("accounts-nav-people")) } }
            } @else if !look.orphaned.is_empty() {
                p class="note" { (context.t("own-data-circles-first")) }
                ul { @for name in &look.orphaned { li { (name) } } }
            } @else {
                (forms::summary(context, errors))
                form method="post" action="/settings/data/erase" {
                    (forms::csrf(context))
                    @if closes {
                        (forms::checkbox(context, "closes_business", "own-data-closes-business", false))
                        @for error in errors.0.iter().filter(|error| error.field == "closes_business") { p class="error" { (forms::error_text(context, error)) } }
                    }
                    (fields::password(context, errors, "current_password", "accounts-current-password", "current-password"))
                    button class="danger" { (context.t("own-data-erase-button")) }
                }
            }
        }
    }
}
