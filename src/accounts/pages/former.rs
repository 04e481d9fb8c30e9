//! `/my-data/{token}`: what is kept about somebody who was removed from a business, and being forgotten. He cannot sign in: that the
//! link came to his address proves who he is. Everything else is as on the page of those who can.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web as actix};
use fluent_templates::fluent_bundle::FluentValue;
use maud::{Markup, html};
use serde::Deserialize;

use crate::accounts::commands::erasure as commands;
use crate::accounts::erasure::{GOES_OF_FORMER, STAYS};
use crate::accounts::views::{self, Former};
use crate::businesses::views as businesses;
use crate::db::AnyConn;
use crate::http::State;
use crate::kernel::{Answer, Failure, Timestamp};
use crate::web::{PageContext, bare};

/// What the page's forms and its address say.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    language: Option<String>,
}

/// What the page shows.
struct Look {
    former: Former,
    business: Option<String>,
    context: PageContext,
}

/// `GET /my-data/{token}`
pub(super) async fn show(state: actix::Data<State>, request: HttpRequest, token: actix::Path<String>, asked: actix::Query<Asked>) -> Answer<HttpResponse> {
    let Some(look) = load(&state, &request, &token, &asked).await? else { return Ok(gone(&request, &asked)) };
    let now = state.now();
    let content = html! {
        (kept(&look))
        @match look.former.leaving {
            Some(due_at) => (countdown(&look.context, &token, due_at, now)),
            None => (erasure(&look.context, &token)),
        }
    };
    Ok(bare::page(&look.context, StatusCode::OK, &look.context.t("own-data-title"), &content))
}

/// `POST /my-data/{token}/erase`
pub(super) async fn erase(state: actix::Data<State>, request: HttpRequest, token: actix::Path<String>, sent: actix::Form<Asked>) -> Answer<HttpResponse> {
    let Some(look) = load(&state, &request, &token, &sent).await? else { return Ok(gone(&request, &sent)) };
    let own = token.clone();
    if look.former.leaving.is_none() {
        state.db.write(move |tx| commands::ask_by_link(tx, &own)).await?;
    }
    Ok(bare::back_to(&look.context, &format!("/my-data/{token}")))
}

/// `POST /my-data/{token}/keep`
pub(super) async fn keep(state: actix::Data<State>, request: HttpRequest, token: actix::Path<String>, sent: actix::Form<Asked>) -> Answer<HttpResponse> {
    let Some(look) = load(&state, &request, &token, &sent).await? else { return Ok(gone(&request, &sent)) };
    let own = token.clone();
    if look.former.leaving.is_some() {
        state.db.write(move |tx| commands::take_back_by_link(tx, &own)).await?;
    }
    Ok(bare::back_to(&look.context, &format!("/my-data/{token}")))
}

async fn load(state: &State, request: &HttpRequest, token: &str, asked: &Asked) -> Answer<Option<Look>> {
    let (now, own) = (state.now(), token.to_owned());
    let read = move |connection: &mut AnyConn| {
        let former = views::former_of_link(connection, &own, now)?;
        let business = former.person.business.map(|business| businesses::card(connection, business)).transpose()?;
        Ok((former, business.map(|business| business.name)))
    };
    match state.db.read(read).await {
        Ok((former, business)) => {
            let own = Some((former.person.language, former.person.time_zone.clone()));
            let context = PageContext::of_visitor(request, asked.language.as_deref(), own, format!("/my-data/{token}?"));
            Ok(Some(Look { former, business, context }))
        }
        Err(Failure::NotFound("link")) => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn gone(request: &HttpRequest, asked: &Asked) -> HttpResponse {
    bare::gone(&PageContext::of_visitor(request, asked.language.as_deref(), None, "?".to_owned()), "own-data-former-gone")
}

fn kept(look: &Look) -> Markup {
    let (context, person) = (&look.context, &look.former.person);
    let business = look.business.clone().unwrap_or_default();
    html! {
        p { (context.t_with("own-data-former-words", &[("business", FluentValue::from(business))])) }
        dl class="card" {
            dt { (context.t("own-data-former-name")) } dd { (person.name) }
            dt { (context.t("own-data-former-address")) } dd { (person.email) }
        }
    }
}

fn countdown(context: &PageContext, token: &str, due_at: Timestamp, now: Timestamp) -> Markup {
    let days = due_at.since(now).as_secs().div_ceil(86_400);
    let arguments = [("days", FluentValue::from(days)), ("date", FluentValue::from(context.date_time(due_at)))];
    html! {
        section class="card" {
            h2 { (context.t("own-data-leaving-title")) }
            p role="status" { (context.t_with("own-data-leaving-until", &arguments)) }
            form method="post" action=(format!("/my-data/{token}/keep")) {
                (bare::language_field(context))
                button { (context.t("own-data-keep")) }
            }
        }
    }
}

fn erasure(context: &PageContext, token: &str) -> Markup {
    let list = |keys: &[&str]| html! { ul { @for key in keys { li { (context.t(key)) } } } };
    html! {
        section class="card" {
            h2 { (context.t("own-data-erase")) }
            p { (context.t("own-data-former-how")) }
            h3 { (context.t("own-data-goes")) }
            (list(GOES_OF_FORMER))
            h3 { (context.t("own-data-stays")) }
            (list(STAYS))
            form method="post" action=(format!("/my-data/{token}/erase")) {
                (bare::language_field(context))
                button class="danger" { (context.t("own-data-erase-button")) }
            }
        }
    }
}
