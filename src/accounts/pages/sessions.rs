//! Where the person is signed in.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::html;

use super::fields;
use crate::accounts::commands::sessions;
use crate::accounts::model::SessionKind;
use crate::accounts::views;
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::Answer;
use crate::kernel::id::SessionId;
use crate::web::{self, PageContext, forms};

const HERE: &str = "/settings/sessions";

/// `GET /settings/sessions`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    let now = state.now();
    let entries = state.db.read(move |connection| views::own_sessions(connection, &caller.principal, caller.via.session(), now)).await?;
    let content = html! {
        (fields::settings_navigation(&context))
        p { (context.t("accounts-sessions-what")) }
        ul class="plain" {
            @for entry in &entries {
                li class="card" {
                    p {
                        b { (context.t(if entry.kind == SessionKind::Browser { "accounts-session-browser" } else { "accounts-session-program" })) }
                        @if entry.is_current { " " span class="badge" { (context.t("accounts-session-this")) } }
                    }
                    @if !entry.user_agent.is_empty() { p class="soft" { (entry.user_agent) } }
                    p { (context.t("accounts-session-seen")) " " (context.date_time(entry.seen_at)) }
                    form method="post" action=(format!("{HERE}/{}/end", entry.id)) {
                        (forms::csrf(&context))
                        button class="danger" { (context.t("accounts-session-end")) }
                    }
                }
            }
        }
    };
    Ok(web::page(&context, StatusCode::OK, &context.t("accounts-nav-sessions"), content))
}

/// `POST /settings/sessions/{id}/end`
pub(super) async fn end(state: actix::Data<State>, caller: Caller, id: PathId<SessionId>, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    state.db.write(move |tx| sessions::end(tx, &caller.principal, id.0)).await?;
    Ok(web::see_other(HERE, Some("accounts-session-ended")))
}
