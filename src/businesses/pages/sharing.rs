//! `/settings/business/public`: the switch of the public page, and what to share once it is on.

use actix_web::{HttpResponse, http::StatusCode, web};
use maud::{Markup, html};
use serde::Deserialize;

use crate::businesses::public::PublicChoice;
use crate::businesses::views::OwnPublicPage;
use crate::businesses::{commands, views};
use crate::http::{Caller, Form, State};
use crate::kernel::Answer;
use crate::web::charts::qr::qr;
use crate::web::components::{self, Tone};
use crate::web::icon::{Icon, icon};
use crate::web::{Heading, PageContext, forms, page_with, see_other};

const HERE: &str = "/settings/business/public";

/// `GET /settings/business/public`, for all people of the business.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    let business = caller.principal.business()?;
    let (own, name) = state.db.read(move |conn| Ok((views::own_public_page(conn, business)?, views::card(conn, business)?.name))).await?;
    let is_owner = caller.principal.owned_business().is_ok();
    let back = (format!("/partners/{business}"), name.clone());
    let heading = Heading { title: &context.t("public-title"), trail: Some(back), ..Heading::default() };
    let content = html! {
        (crate::web::settings::navigation(&context))
        p class="soft" { (context.t("public-explained")) }
        @match own.slug.as_ref().filter(|_| own.choice.is_on) {
            Some(slug) => (share(&context, &state, slug, &name)),
            None => @if !is_owner { (components::note(Icon::Info, &context.t("public-is-off"))) },
        }
        @if is_owner { (switch(&context, &own)) }
    };
    Ok(page_with(&context, StatusCode::OK, &heading, content))
}

/// The link to pass on, the code to show or print, the card to keep.
fn share(context: &PageContext, state: &State, slug: &str, name: &str) -> Markup {
    let path = format!("/b/{slug}");
    let address = state.url(&path);
    let told = context.t_with("public-code-told", &[("business", name.to_owned().into())]);
    html! {
        section class="card" {
            p { (components::badge(Tone::Good, &context.t("public-is-on"))) }
            div class="sharing" {
                @if let Some(code) = qr(&address, &told) { (code) }
                div {
                    h2 { (context.t("public-link")) }
                    p { a id="public-link" href=(path) { (address) } }
                    p class="row" {
                        button type="button" class="quiet" data-copy="public-link" data-copied=(context.t("public-copied")) hidden { (icon(Icon::Link)) span { (context.t("public-copy")) } }
                        a class="button quiet" href=(format!("{path}.svg")) download { (icon(Icon::Qr)) (context.t("public-code")) }
                        a class="button quiet" href=(format!("{path}.vcf")) download { (icon(Icon::Download)) (context.t("public-card")) }
                    }
                    p class="soft small" { (context.t("public-what")) }
                }
            }
        }
    }
}

fn switch(context: &PageContext, own: &OwnPublicPage) -> Markup {
    html! {
        form method="post" action=(HERE) class="card" {
            h2 { (context.t("public-choose")) }
            (forms::csrf(context))
            (forms::checkbox(context, "is_on", "public-on", own.choice.is_on))
            (forms::checkbox(context, "is_indexed", "public-indexed", own.choice.is_indexed))
            p class="soft small" { (context.t("public-address-stays")) }
            button { (context.t("businesses-save")) }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct PublicForm {
    #[serde(default)]
    is_on: String,
    #[serde(default)]
    is_indexed: String,
}

/// `POST /settings/business/public`.
pub(super) async fn choose(state: web::Data<State>, caller: Caller, form: Form<PublicForm>) -> Answer<HttpResponse> {
    let id = caller.principal.owned_business()?;
    let choice = PublicChoice { is_on: form.0.is_on == "yes", is_indexed: form.0.is_indexed == "yes" };
    state.db.write(move |tx| commands::set_public(tx, &caller.principal, id, choice)).await?;
    Ok(see_other(HERE, Some("businesses-saved")))
}
