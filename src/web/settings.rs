//! The way between the pages of the settings, which several rooms have.

use maud::Markup;

use super::components::tabs;
use super::context::PageContext;
use super::rights::Needs;

/// The pages, the keys of their names, and who can open them.
const PAGES: &[(&str, &str, Needs)] = &[
    ("/settings", "accounts-nav-own", Needs::Account),
    ("/settings/business", "accounts-nav-business", Needs::Owner),
    ("/settings/business/public", "public-title", Needs::Business),
    ("/settings/people", "accounts-nav-people", Needs::Business),
    ("/settings/notifications", "notifications-title", Needs::Account),
    ("/settings/sessions", "accounts-nav-sessions", Needs::Account),
    ("/settings/data", "own-data-title", Needs::Account),
];

/// The way between those that the reader can open.
pub fn navigation(context: &PageContext) -> Markup {
    let open = PAGES.iter().filter(|(_, _, needs)| context.may(*needs));
    let ways: Vec<_> = open.map(|(path, label, _)| ((*path).to_owned(), context.t(label), context.path == *path)).collect();
    tabs(&context.t("nav-settings"), &ways)
}
