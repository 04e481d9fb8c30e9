//! `/b/{slug}`: what a business shows to everybody. One column, no login, no cookie, no script; nothing tells who reads it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::profile::lines;
use crate::businesses::public::vcard::vcard;
use crate::businesses::views::{self, PublicPage};
use crate::http::State;
use crate::kernel::{Answer, Failure};
use crate::web::charts::qr::qr;
use crate::web::{PageContext, bare};

async fn found(state: &State, slug: String) -> Answer<PublicPage> {
    state.db.read(move |conn| views::public_page(conn, &slug)).await
}

/// `?language=`
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    language: Option<String>,
}

/// Whoever reads here is nobody we know: the language is the one chosen in the address, or the browser's.
fn visitor(request: &HttpRequest, chosen: &Chosen) -> PageContext {
    PageContext::of_visitor(request, chosen.language.as_deref(), None, "?".to_owned())
}

fn respond(page: &PublicPage) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    bare::protect_open(&mut response, page.is_indexed);
    response
}

/// `GET /b/{slug}`.
pub(super) async fn show(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>, chosen: web::Query<Chosen>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    let page = found(&state, slug.clone()).await?;
    let context = visitor(&request, &chosen);
    Ok(bare::open_page(&context, &page.name, page.is_indexed, &content(&context, &slug, &page)))
}

/// `GET /b/{slug}.vcf`.
pub(super) async fn card(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>, chosen: web::Query<Chosen>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    let page = found(&state, slug.clone()).await?;
    let card = vcard(&page, &state.url(&format!("/b/{slug}")), visitor(&request, &chosen).language);
    let mut response = respond(&page);
    response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.vcf\"")));
    Ok(response.content_type("text/vcard; charset=utf-8").body(card))
}

/// `GET /b/{slug}.svg`: the QR code, to print.
pub(super) async fn code(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>, chosen: web::Query<Chosen>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    let page = found(&state, slug.clone()).await?;
    let told = visitor(&request, &chosen).t_with("public-code-told", &[("business", page.name.clone().into())]);
    let code = qr(&state.url(&format!("/b/{slug}")), &told).ok_or_else(|| Failure::internal(format!("the address of {slug} is too long for a code")))?;
    let mut response = respond(&page);
    response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.svg\"")));
    Ok(response.content_type("image/svg+xml").body(code.into_string()))
}

fn content(context: &PageContext, slug: &str, page: &PublicPage) -> Markup {
    let t = |key: &str| context.t(key);
    let regions = page.regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    html! {
        p class="trades" { (page.trades.iter().map(|trade| trade.name(context.language)).collect::<Vec<_>>().join(" · ")) }
        @if !page.ideal_referral.is_empty() {
            section class="card" {
                h2 { (t("businesses-ideal-referral")) }
                p { (lines(&page.ideal_referral)) }
            }
        }
        dl {
            dt { (t("businesses-place")) } dd { (page.postal_code) " " (page.city) ", " (page.country) }
            dt { (t("businesses-regions")) } dd { (regions) }
            @if let Some(website) = &page.website { dt { (t("businesses-website")) } dd { a href=(website) rel="noopener noreferrer nofollow" { (website) } } }
        }
        p class="row" { a class="button" href=(format!("/b/{slug}.vcf?language={}", context.language)) download { (t("public-card")) } }
        @if page.is_regulated { p class="hint" { (t("businesses-regulated-why")) } }
    }
}
