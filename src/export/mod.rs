//! Everything that is kept about a person and, for an owner, about the business: one file to take along.
//!
//! It is gathered from the rooms' views, so that it shows nothing that the person does not see on the screens. Every list is
//! read page by page and ends at [`ITEMS_MAX`]; it says so, and the API reads on from there.

mod api;
mod business;
mod gather;
mod person;

pub use business::BusinessPart;
pub use person::PersonPart;

use serde::Serialize;

use crate::kernel::Page;
use crate::kernel::clock::Timestamp;

/// The most items of one list of the file.
pub const ITEMS_MAX: usize = 5_000;
/// The name and version of the file's form; the version rises when a field goes or changes its meaning.
pub const FORMAT: &str = "kularing-own-data/1";

/// What is kept, as one file.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OwnData {
    /// The form of this file.
    pub format: &'static str,
    /// How to read it.
    pub notes: [&'static str; 5],
    /// When it was made.
    pub made_at: Timestamp,
    /// What is kept about the person who asked.
    pub person: PersonPart,
    /// What is kept about the business; for its owners.
    pub business: Option<BusinessPart>,
}

/// How to read the file.
const NOTES: [&str; 5] = [
    "Times are RFC 3339 in UTC; money is amount_minor in the smallest unit of its currency.",
    "Identifiers are those of the API; its description is at /api/v1/openapi.json.",
    "Lists are newest first. Where `complete` is false the list is longer: read on in the API.",
    "A prospect appears as far as you see him on the screens: what you gave, and whom you were introduced to.",
    "Passwords, links and tokens are kept as hashes only, from which they cannot be read back; they are not in this file.",
];

/// A list of the file.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct List<T> {
    /// Newest first.
    pub items: Vec<T>,
    /// Whether these are all.
    pub complete: bool,
}

impl<T> List<T> {
    fn new() -> Self {
        Self { items: Vec::new(), complete: false }
    }

    /// Adds a page; answers where the next one begins, if one is wanted.
    fn add(&mut self, page: Page<T>) -> Option<String> {
        self.items.extend(page.items);
        self.complete = page.next_cursor.is_none();
        page.next_cursor.filter(|_| self.items.len() < ITEMS_MAX)
    }
}

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::export);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_and_says_so() {
        let page = |next: Option<&str>| Page { items: vec![0; 100], next_cursor: next.map(str::to_owned) };
        let mut list = List::new();
        for _ in 1..ITEMS_MAX / 100 {
            assert_eq!(list.add(page(Some("x"))).as_deref(), Some("x"));
        }
        assert_eq!(list.add(page(Some("x"))), None);
        assert!(!list.complete);
        let mut short = List::new();
        assert_eq!(short.add(page(None)), None);
        assert!(short.complete);
    }
}
