//! `/styleguide`: every component in each of its states, on one page. It exists only where no mail is sent, as the mailbox does.

mod charts;
mod states;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use super::components::{self, Item, Tone};
use super::context::PageContext;
use super::forms::{self, Errors, Input};
use super::icon::{Icon, icon};
use super::layout::{Heading, page_with};
use crate::config::MailTransport;
use crate::http::State;
use crate::kernel::{Answer, Failure, FieldError};

/// The route.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/styleguide", web::get().to(show));
}

async fn show(state: web::Data<State>, context: PageContext) -> Answer<HttpResponse> {
    if state.config.mail.transport != MailTransport::Mailbox {
        return Err(Failure::NotFound("page"));
    }
    let heading = Heading { title: "Style guide", trail: Some(("/".to_owned(), "Home".to_owned())), ..Heading::default() };
    Ok(page_with(&context, StatusCode::OK, &heading, content(&context)))
}

fn content(context: &PageContext) -> Markup {
    html! {
        p class="soft" { "For those who build Kularing. Every part in every state; take these before drawing new ones." }
        (colours())
        (part("Icons", &icons()))
        (part("Buttons", &buttons()))
        (part("Fields", &fields(context)))
        (part("Fields that are wrong", &states::wrong_fields(context)))
        (part("A field that offers what fits", &states::typeahead(context)))
        (part("Badges", &html! { p class="row" { @for tone in Tone::ALL { (components::badge(*tone, &format!("{tone:?}"))) } } }))
        (part("Notices", &notices()))
        (part("Messages that wait for somebody", &states::news(context)))
        (part("Toasts", &states::toasts()))
        (part("Tabs", &components::tabs("Example", &[("#one".to_owned(), "Here".to_owned(), true), ("#two".to_owned(), "There".to_owned(), false)])))
        (part("Steps", &components::steps(context, &["nav-home", "nav-referrals", "nav-standing"], 1)))
        (part("Figures", &components::stats([("Given".to_owned(), "120"), ("Received".to_owned(), "90"), ("Balance".to_owned(), "+30")])))
        h2 { "List" }
        (list())
        (part("Table", &table()))
        (part("Timeline", &timeline()))
        h2 { "Empty state" }
        (components::empty("Nothing was passed yet. Whom could somebody of your circle help?", &components::link_button("#", Icon::Pass, "Pass a referral")))
        (part("Dialog: asked before it is done", &states::dialogs(context)))
        (part("Progress", &states::progress()))
        (charts::content())
    }
}

fn part(name: &str, shown: &Markup) -> Markup {
    html! { section class="card" { h2 { (name) } (shown) } }
}

fn colours() -> Markup {
    html! {
        section class="card" {
            h2 { "Colours" }
            ul class="swatches" {
                @for name in ["pearl", "surface", "sunken", "line", "line-strong", "ink", "soft", "lagoon", "lagoon-deep", "lagoon-wash", "shell", "shell-wash", "reef", "reef-wash", "sand", "sand-wash"] {
                    li { span class=(format!("swatch {name}")) {} (name) }
                }
            }
        }
    }
}

fn icons() -> Markup {
    html! { ul class="swatches" { @for one in Icon::ALL { li { (icon(*one)) (one.name()) } } } }
}

fn buttons() -> Markup {
    html! {
        p class="row" { button class="big" { (icon(Icon::Pass)) "The one big thing" } }
        p class="row" {
            button { "First" }
            button class="quiet" { "Second" }
            button class="danger" { "It hurts" }
            button class="text" { "By the way" }
            button disabled { "Not now" }
            button aria-busy="true" { "Busy" }
            (components::link_button("#", Icon::Plus, "Leads on"))
            (components::quiet_link("#", Icon::Download, "Download"))
        }
    }
}

fn fields(context: &PageContext) -> Markup {
    let wrong = [FieldError { field: "wrong".to_owned(), code: "not_an_email_address", detail: String::new() }];
    let options = [("a".to_owned(), "The first".to_owned(), "With a sentence about it.".to_owned()), ("b".to_owned(), "The second".to_owned(), String::new())];
    let plain: Vec<_> = options.iter().map(|(value, shown, _)| (value.clone(), shown.clone())).collect();
    html! {
        (Input::new("plain", "nav-home", "What was typed").show(context, Errors::default()))
        (Input::new("hinted", "sign-in", "").hint("footer-line").show(context, Errors::default()))
        (Input::new("wrong", "register", "anna@").kind("email").show(context, Errors(&wrong)))
        (forms::select(context, Errors::default(), "select", "nav-circles", &plain, "b"))
        (forms::area(context, Errors::default(), "area", "nav-partners", "Several lines\nof text", 500, false))
        (forms::choice(context, Errors::default(), "choice", "nav-standing", &options, "a"))
        (forms::checkbox(context, "check", "nav-settings", true))
    }
}

fn notices() -> Markup {
    html! {
        div class="done" { (icon(Icon::Check)) p { "It was saved." } }
        (components::note(Icon::Clock, "It must be answered by tomorrow."))
        div class="errors" { p { "Please look at the marked fields." } }
    }
}

fn list() -> Markup {
    let item = |href: Option<&str>, tone| Item {
        href: href.map(str::to_owned),
        main: html! { "Electrical installation" },
        end: components::badge(tone, "Accepted"),
        more: vec!["Meyer GmbH".to_owned(), "since yesterday".to_owned()],
    };
    let long = Item {
        href: Some("#".to_owned()),
        main: html! { "Wärmedämmverbundsysteme und Fassadensanierung eines denkmalgeschützten Mehrfamilienhauses" },
        end: components::badge(Tone::Waits, "Answer within 47 hours"),
        more: vec!["Sanitär- und Heizungstechnik Zimmermann-Oberhuber & Söhne GmbH & Co. KG".to_owned(), "since 22 Nov 2026".to_owned()],
    };
    components::items(&[item(Some("#"), Tone::Going), item(Some("#"), Tone::Waits), item(None, Tone::Plain), long])
}

fn table() -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Example" { table {
            thead { tr { th scope="col" { "Partner" } th scope="col" class="number" { "Given" } th scope="col" class="number" { "Received" } } }
            tbody { @for (name, given, received) in [("Elektro Engel", "1,250", "90"), ("Zimmerei Zimmermann", "40", "−20")] {
                tr { th scope="row" { (name) } td class="number" { (given) } td class="number" { (received) } }
            } }
        } }
    }
}

fn timeline() -> Markup {
    html! {
        ol class="timeline" {
            @for (what, when) in [("Offered to Elektro Engel", "today, 9:30"), ("The prospect is asked", "today, 9:30"), ("Accepted", "just now")] {
                li { b { (what) } p class="soft small" { (when) } }
            }
        }
    }
}
