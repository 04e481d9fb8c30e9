//! The way between the pages of the settings, which several rooms have.

use maud::Markup;

use super::components::tabs;
use super::context::PageContext;

/// The pages and the keys of their names.
const PAGES: &[(&str, &str)] = &[
    ("/settings", "accounts-nav-own"),
    ("/settings/business", "accounts-nav-business"),
    ("/settings/business/public", "public-title"),
    ("/settings/people", "accounts-nav-people"),
    ("/settings/notifications", "notifications-title"),
    ("/settings/sessions", "accounts-nav-sessions"),
    ("/settings/data", "own-data-title"),
];

/// The way between them.
pub fn navigation(context: &PageContext) -> Markup {
    let ways: Vec<_> = PAGES.iter().map(|(path, label)| ((*path).to_owned(), context.t(label), context.path == *path)).collect();
    tabs(&context.t("nav-settings"), &ways)
}
