//! Parts that take turns of their own: dialogs, toasts, lists that help with typing, progress.

use maud::{Markup, html};

use crate::kernel::FieldError;
use crate::web::components::{self, Tone};
use crate::web::context::PageContext;
use crate::web::forms::{self, Errors, Input};
use crate::web::icon::{Icon, icon};

/// A dialog: asked for, open, and open with what is wrong in it.
pub(super) fn dialogs(context: &PageContext) -> Markup {
    let wrong = [FieldError { field: "amount".to_owned(), code: "not_an_amount", detail: String::new() }];
    html! {
        (components::ask("example", Tone::Bad, "Delete", false, &html! {
            h2 { "Delete it?" }
            p { "It can be taken back for seven days." }
            button class="danger" { "Delete" }
        }))
        h3 { "Open" }
        div class="sample" { dialog open aria-labelledby="sample-dialog" {
            button type="button" class="dialog-close text" aria-label="Close" { "×" }
            h2 id="sample-dialog" { "Delete it?" }
            p { "It can be taken back for seven days." }
            button class="danger" { "Delete" }
        } }
        h3 { "Open, with what is wrong" }
        div class="sample" { dialog open aria-labelledby="sample-wrong" {
            button type="button" class="dialog-close text" aria-label="Close" { "×" }
            h2 id="sample-wrong" { "Business was closed" }
            (Input::new("amount", "referrals-won-value", "a lot").show(context, Errors(&wrong)))
            button { "Tell it" }
        } }
    }
}

/// Toasts: with a way back, without, with many words.
pub(super) fn toasts() -> Markup {
    html! {
        div class="sample" {
            div class="toast" { p { "Contact was made." } button type="button" { "Undo" } }
            div class="toast" { p { "That was not sent: everything stands as before." } }
            div class="toast" { p { "The referral to Sanitär- und Heizungstechnik Zimmermann-Oberhuber was declined, and its giver has been told." } button type="button" { "Undo" } }
        }
    }
}

/// A field that offers what fits: empty, filled, wrong, and with its list open.
pub(super) fn typeahead(context: &PageContext) -> Markup {
    let wrong = [FieldError { field: "trade-wrong".to_owned(), code: "unknown_trade", detail: String::new() }];
    html! {
        datalist id="sample-trades" { @for name in ["Architect", "Electrician", "Electrical planner", "Roofer", "Plumber"] { option value=(name) {} } }
        (Input::new("trade-empty", "referrals-trade", "").list("sample-trades").autocomplete("off").show(context, Errors::default()))
        (Input::new("trade-filled", "referrals-trade", "Electrician").list("sample-trades").autocomplete("off").show(context, Errors::default()))
        (Input::new("trade-wrong", "referrals-trade", "Elektronaut").list("sample-trades").autocomplete("off").show(context, Errors(&wrong)))
        div class="field" {
            label for="trade-open" { "With its list open" }
            div class="typeahead sample" {
                input id="trade-open" value="elec" role="combobox" aria-autocomplete="list" aria-expanded="true" aria-controls="trade-open-list" aria-activedescendant="trade-open-1" autocomplete="off";
                ul id="trade-open-list" role="listbox" aria-label="With its list open" {
                    li id="trade-open-0" role="option" aria-selected="false" { "Electrician" }
                    li id="trade-open-1" role="option" aria-selected="true" { "Electrical planner" }
                }
            }
        }
    }
}

/// Progress: not begun, under way, done.
pub(super) fn progress() -> Markup {
    html! {
        @for (name, done, all) in [("Not begun", 0, 8), ("Under way", 3, 8), ("Done", 8, 8), ("Nothing to do", 0, 0)] {
            p { (name) br; (components::progress(name, done, all)) }
        }
    }
}

/// News that wait because somebody types.
pub(super) fn news(context: &PageContext) -> Markup {
    html! {
        div class="sample" { div class="note news" { p { (context.t("live-news")) } button type="button" { (context.t("live-show")) } } }
        div class="note row" { p { "You began to write this before." } button type="button" class="quiet" { "Take it over" } button type="button" class="text" { "Drop it" } }
        div class="done" { (icon(Icon::Check)) p { "It was saved." } button type="button" class="quiet" { (icon(Icon::Undo)) "Undo" } }
    }
}

/// Fields that are wrong, each kind of them.
pub(super) fn wrong_fields(context: &PageContext) -> Markup {
    let wrong: Vec<FieldError> = ["wrong-select", "wrong-area", "wrong-choice"]
        .iter()
        .map(|field| FieldError { field: (*field).to_owned(), code: "required", detail: String::new() })
        .collect();
    let errors = Errors(&wrong);
    let options = [
        ("a".to_owned(), "The first".to_owned()),
        ("b".to_owned(), "The second, with so long a name that it does not fit into one line on a phone".to_owned()),
    ];
    let told: Vec<_> = options.iter().map(|(value, shown)| (value.clone(), shown.clone(), String::new())).collect();
    html! {
        (forms::summary(context, errors))
        (forms::select(context, errors, "wrong-select", "nav-circles", &options, "b"))
        (forms::area_with_hint(context, errors, ("wrong-area", "nav-partners", Some("footer-line")), "", 500, true))
        (forms::choice(context, errors, "wrong-choice", "nav-standing", &told, ""))
        (forms::checkbox(context, "unticked", "nav-settings", false))
    }
}
