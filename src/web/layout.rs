//! The frame of every page.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::{DOCTYPE, Markup, html};

use super::components;
use super::context::PageContext;
use super::icon::{Icon, icon, mark};
use super::rights::Needs;
use crate::http::{Caller, assets};

/// What stands above a page's content.
#[derive(Debug, Default)]
pub struct Heading<'h> {
    /// The page's name.
    pub title: &'h str,
    /// The way back: address and words.
    pub trail: Option<(String, String)>,
    /// What one most often does here, at the title's side.
    pub actions: Markup,
    /// Takes back what was done a moment ago; stands beside the message that it was done.
    pub undo: Markup,
    /// What the whole page is read anew for, as [`super::live::region`] writes it; empty for none.
    pub hears: &'h str,
}

/// A whole page inside the frame, as a response.
pub fn page(context: &PageContext, status: StatusCode, title: &str, content: Markup) -> HttpResponse {
    page_with(context, status, &Heading { title, ..Heading::default() }, content)
}

/// The same with more above its content.
pub fn page_with(context: &PageContext, status: StatusCode, heading: &Heading<'_>, content: Markup) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(frame(context, heading, &content).into_string())
}

/// After a form was taken: go there and show the message `done-<done>`.
pub fn see_other(path: &str, done: Option<&str>) -> HttpResponse {
    let target = done.map_or_else(|| path.to_owned(), |done| format!("{path}{}done={done}", if path.contains('?') { '&' } else { '?' }));
    HttpResponse::SeeOther().insert_header((header::LOCATION, target)).finish()
}

/// What every page's head has, the pages for people without an account too.
pub fn head(title: &str, sheet: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        title { (title) }
        link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
        link rel="stylesheet" href=(assets::address(sheet));
    }
}

fn frame(context: &PageContext, heading: &Heading<'_>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(context.language.as_str()) {
            head {
                (head(&format!("{} · Kularing", heading.title), "kularing.css"))
                script type="module" src=(assets::address("js/kularing.js")) {}
            }
            body data-reader=[context.caller.as_ref().map(|caller| caller.principal.person)] data-busy=(context.t("busy")) data-undo=(context.t("undo")) data-close=(context.t("close")) data-unsent=(context.t("unsent")) {
                a class="skip" href="#content" { (context.t("skip-to-content")) }
                (top(context))
                main id="content" {
                    @if let Some((href, words)) = &heading.trail { (components::trail(href, words)) }
                    @if let Some(done) = &context.done {
                        div class="done" role="status" { (icon(Icon::Check)) p { (context.t(done)) } (heading.undo) }
                    }
                    @if heading.hears.is_empty() { (titled(heading, content)) }
                    @else { (super::live::region(context, "page", heading.hears, &titled(heading, content))) }
                }
                footer class="foot" { p { (context.t("footer-line")) } (super::language_choice(context)) }
            }
        }
    }
}

fn titled(heading: &Heading<'_>, content: &Markup) -> Markup {
    html! {
        div class="title-row" { h1 { (heading.title) } @if !heading.actions.0.is_empty() { div class="row" { (heading.actions) } } }
        (content)
    }
}

/// Where a signed-in person can go from everywhere, and what each room needs of him.
const ROOMS: &[(&str, &str, Icon, Needs)] = &[
    ("/", "nav-home", Icon::Home, Needs::Account),
    ("/referrals", "nav-referrals", Icon::Referral, Needs::Business),
    ("/partners", "nav-partners", Icon::Partners, Needs::Account),
    ("/circles", "nav-circles", Icon::Circle, Needs::Account),
    ("/standing", "nav-standing", Icon::Standing, Needs::Business),
];

/// Whether a page lies in a room: `/referrals/new` lies in `/referrals`, and only `/` in `/`.
fn is_in(page: &str, room: &str) -> bool {
    page == room || (room != "/" && page.strip_prefix(room).is_some_and(|rest| rest.starts_with('/')))
}

fn top(context: &PageContext) -> Markup {
    html! {
        header class="top" {
            div class="top-row" {
                a class="brand" href="/" { (mark()) "Kularing" }
                @if let Some(caller) = &context.caller {
                    nav class="rooms" aria-label=(context.t("navigation")) {
                        @for (path, label, shown, _) in ROOMS.iter().filter(|room| context.may(room.3)) {
                            a href=(path) aria-current=[is_in(&context.path, path).then_some("page")] { (icon(*shown)) span { (context.t(label)) } }
                        }
                    }
                    div class="top-end" { (own_menu(context, caller)) }
                } @else {
                    div class="top-end" {
                        nav aria-label=(context.t("navigation")) {
                            a class="button text" href="/sign-in" { (context.t("sign-in")) }
                            a class="button" href="/register" { (context.t("register")) }
                        }
                    }
                }
            }
        }
    }
}

/// What belongs to the person: settings, and the way out.
fn own_menu(context: &PageContext, caller: &Caller) -> Markup {
    let name = caller.name.as_str();
    // Owners change their business, their colleagues look at it.
    let business = match caller.principal.business {
        Some(_) if context.may(Needs::Owner) => Some("/settings/business".to_owned()),
        business => business.map(|own| format!("/partners/{own}")),
    };
    html! {
        details class="menu" {
            summary {
                // What is seen is a part of what is heard: on a phone only the initials are seen.
                (components::initials(name)) span class="who-name" aria-hidden="true" { (name) } (icon(Icon::Down))
                span class="unseen" { (context.t_with("own-menu", &[("name", name.to_owned().into())])) }
            }
            div class="sheet" {
                p { b { (name) } }
                a href="/settings" { (icon(Icon::Settings)) (context.t("nav-settings")) }
                @if let Some(business) = business { a href=(business) { (icon(Icon::Partners)) (context.t("own-business")) } }
                form method="post" action="/sign-out" {
                    input type="hidden" name="csrf" value=(context.csrf());
                    button { (icon(Icon::Leave)) (context.t("sign-out")) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lies_in_one_room() {
        let rooms = |page: &str| ROOMS.iter().filter(|(room, ..)| is_in(page, room)).count();
        for (page, count) in [("/", 1), ("/referrals", 1), ("/referrals/new", 1), ("/referralsx", 0), ("/docs", 0)] {
            assert_eq!(rooms(page), count, "{page}");
        }
    }
}
