//! Where the person is signed in.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::{Markup, html};

use super::fields;
use crate::accounts::commands::sessions;
use crate::accounts::model::SessionKind;
use crate::accounts::views::{self, SessionEntry};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::Answer;
use crate::kernel::id::SessionId;
use crate::web::components::{self, Tone};
use crate::web::{self, PageContext, forms};

const HERE: &str = "/settings/sessions";

/// `GET /settings/sessions`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    let now = state.now();
    let entries = state.db.read(move |connection| views::own_sessions(connection, &caller.principal, caller.via.session(), now)).await?;
    let content = html! {
        (crate::web::settings::navigation(&context))
        p { (context.t("accounts-sessions-what")) }
        ul class="list" { @for entry in &entries { li { (line(&context, entry)) } } }
    };
    Ok(web::page(&context, StatusCode::OK, &context.t("accounts-nav-sessions"), content))
}

fn line(context: &PageContext, entry: &SessionEntry) -> Markup {
    let kind = context.t(if entry.kind == SessionKind::Browser { "accounts-session-browser" } else { "accounts-session-program" });
    html! {
        div class="item" {
            span class="main" title=(entry.user_agent) {
                (device(&entry.user_agent).unwrap_or(kind))
                @if entry.is_current { " " (components::badge(Tone::Good, &context.t("accounts-session-this"))) }
            }
            form class="end" method="post" action=(format!("{HERE}/{}/end", entry.id)) {
                (forms::csrf(context))
                button class="danger" { (context.t("accounts-session-end")) }
            }
            span class="soft" { (context.t("accounts-session-seen")) " " (context.date_time(entry.seen_at)) }
        }
    }
}

/// Browser and system as people call them, when the browser tells something known: the more special names come first, because
/// browsers imitate each other.
fn device(user_agent: &str) -> Option<String> {
    const BROWSERS: &[(&str, &str)] = &[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("YaBrowser", "Yandex"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name);
    let known: Vec<&str> = [named(BROWSERS), named(SYSTEMS)].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

/// `POST /settings/sessions/{id}/end`
pub(super) async fn end(state: actix::Data<State>, caller: Caller, id: PathId<SessionId>, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    state.db.write(move |tx| sessions::end(tx, &caller.principal, id.0)).await?;
    Ok(web::see_other(HERE, Some("accounts-session-ended")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_as_people_call_it() {
        for (user_agent, shown) in [
            ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36", Some("Chrome · Linux")),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1", Some("Safari · iPhone")),
            ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0", Some("Firefox · Windows")),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", Some("Edge · Windows")),
            ("curl/8.0", None),
            ("", None),
        ] {
            assert_eq!(device(user_agent).as_deref(), shown, "{user_agent}");
        }
    }
}
