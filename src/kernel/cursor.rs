//! Pages of a list: newest first, by keyset. The cursor is the last id seen.

use serde::{Deserialize, Serialize};

use super::id::Identifier;

/// The most items a page may hold.
pub const LIMIT_MAX: u32 = 100;
const LIMIT_DEFAULT: u32 = 25;

/// `?limit=&cursor=` of a list. Other parameters are let be: a page's address may also say what was just done.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// 1 to 100, 25 when left out.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    /// How many items are wanted.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX) as usize
    }

    /// The id below which the page begins; the newest when there is no (or no valid) cursor.
    pub fn below<I: Identifier>(&self) -> I {
        self.cursor.as_deref().and_then(|text| text.parse().ok()).unwrap_or_else(|| I::from_raw(i64::MAX))
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// Newest first.
    pub items: Vec<T>,
    /// Give it as `cursor` to read on; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// From up to `limit + 1` rows: the one too many only tells that there is a next page.
    pub fn of<I: Identifier>(mut rows: Vec<T>, limit: usize, id: impl Fn(&T) -> I) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(|row| id(row).to_string());
        Self { items: rows, next_cursor }
    }

    /// The same page with its items turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), next_cursor: self.next_cursor }
    }
}
