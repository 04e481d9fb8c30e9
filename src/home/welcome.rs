//! What Kularing is, for whoever is not signed in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::html;

use crate::web::icon::{Icon, icon, motif};
use crate::web::{self, PageContext};

/// The three promises: what it is for, and what each means.
const PROMISES: &[(Icon, &str)] = &[(Icon::Pass, "home-welcome-pass"), (Icon::Shield, "home-welcome-consent"), (Icon::Circle, "home-welcome-back")];

/// The page.
pub(super) fn page(context: &PageContext) -> HttpResponse {
    let content = html! {
        div class="hero" {
            (motif())
            p class="lead" { (context.t("home-welcome-what")) }
            p class="row" {
                a class="button big" href="/register" { (context.t("accounts-register")) }
                a class="button quiet big" href="/sign-in" { (context.t("sign-in")) }
            }
        }
        ul class="grid plain" { @for (shown, words) in PROMISES { li class="card" { p { (icon(*shown)) } p { (context.t(words)) } } } }
        p class="soft" { (context.t("home-welcome-name")) }
    };
    web::page(context, StatusCode::OK, &context.t("home-welcome-title"), content)
}
