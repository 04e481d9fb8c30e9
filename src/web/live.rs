//! Parts of a page that renew themselves while it is shown; without scripts they are parts like any other.

use maud::{Markup, html};

use super::context::PageContext;

/// A part of a page that is read anew when something it shows happened. `hears` names kinds of messages, each alone or with the
/// id that it must name: `referral`, `referral:ref_…`, `circle:cir_… standing:cir_…`. The id must be the only one on the page.
pub fn region(context: &PageContext, id: &str, hears: &str, content: &Markup) -> Markup {
    region_of(context, id, hears, None, content)
}

/// The same where another stream than that of the log tells of it: its address.
pub fn region_of(context: &PageContext, id: &str, hears: &str, stream: Option<&str>, content: &Markup) -> Markup {
    html! {
        div id=(id) data-live=(hears) data-stream=[stream] data-news=(context.t("live-news")) data-show=(context.t("live-show")) data-updated=(context.t("live-updated")) {
            (content)
        }
    }
}
