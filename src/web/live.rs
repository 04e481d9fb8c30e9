//! Parts of a page that renew themselves while it is shown; without scripts they are parts like any other.

use maud::{Markup, html};

use super::context::PageContext;

/// A part of a page that is read anew when something it shows happened. `hears` names kinds of messages, each alone or with the
/// id that it must name: `referral`, `referral:ref_…`, `circle:cir_… standing`. The id must be the only one on the page.
pub fn region(context: &PageContext, id: &str, hears: &str, content: &Markup) -> Markup {
    html! {
        div id=(id) data-live=(hears) data-news=(context.t("live-news")) data-show=(context.t("live-show")) data-updated=(context.t("live-updated")) {
            (content)
        }
    }
}
