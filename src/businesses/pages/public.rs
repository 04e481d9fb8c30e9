//! `/b/{slug}`: what a business shows to everybody. One column, no login, no cookie, no script; nothing tells who reads it.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use maud::{DOCTYPE, Markup, html};

use super::profile::lines;
use crate::businesses::public::vcard::vcard;
use crate::businesses::views::{self, PublicPage};
use crate::http::State;
use crate::kernel::{Answer, Failure, Language};
use crate::web::charts::qr::qr;
use crate::web::icon::mark;
use crate::web::layout::head;
use crate::web::texts::{text, text_with};

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

async fn found(state: &State, slug: String) -> Answer<PublicPage> {
    state.db.read(move |conn| views::public_page(conn, &slug)).await
}

/// The language of the browser: whoever reads here is nobody we know.
fn language(request: &HttpRequest) -> Language {
    Language::from_accept_language(request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or(""))
}

fn respond(page: &PublicPage) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::REFERRER_POLICY, "no-referrer")).insert_header((header::VARY, HeaderValue::from_static("accept-language")));
    if !page.is_indexed {
        response.insert_header((ROBOTS, "noindex, nofollow"));
    }
    response
}

/// `GET /b/{slug}`.
pub(super) async fn show(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    let page = found(&state, slug.clone()).await?;
    Ok(respond(&page).content_type("text/html; charset=utf-8").body(whole(language(&request), &slug, &page).into_string()))
}

/// `GET /b/{slug}.vcf`.
pub(super) async fn card(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    let page = found(&state, slug.clone()).await?;
    let card = vcard(&page, &state.url(&format!("/b/{slug}")), language(&request));
    let mut response = respond(&page);
    response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.vcf\"")));
    Ok(response.content_type("text/vcard; charset=utf-8").body(card))
}

/// `GET /b/{slug}.svg`: the QR code, to print.
pub(super) async fn code(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    let page = found(&state, slug.clone()).await?;
    let told = text_with(language(&request), "public-code-told", &[("business", page.name.clone().into())]);
    let code = qr(&state.url(&format!("/b/{slug}")), &told).ok_or_else(|| Failure::internal(format!("the address of {slug} is too long for a code")))?;
    let mut response = respond(&page);
    response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.svg\"")));
    Ok(response.content_type("image/svg+xml").body(code.into_string()))
}

fn whole(language: Language, slug: &str, page: &PublicPage) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.as_str()) {
            head {
                @if !page.is_indexed { meta name="robots" content="noindex, nofollow"; }
                (head(&page.name, "letter.css"))
            }
            body class="letter public" {
                header { span class="brand" { (mark()) "Kularing" } }
                main id="content" { h1 { (page.name) } (content(language, slug, page)) }
            }
        }
    }
}

fn content(language: Language, slug: &str, page: &PublicPage) -> Markup {
    let t = |key: &str| text(language, key);
    let regions = page.regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    html! {
        p class="trades" { (page.trades.iter().map(|trade| trade.name(language)).collect::<Vec<_>>().join(" · ")) }
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
        p class="row" { a class="button" href=(format!("/b/{slug}.vcf")) download { (t("public-card")) } }
        @if page.is_regulated { p class="hint" { (t("businesses-regulated-why")) } }
    }
}
