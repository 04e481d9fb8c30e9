//! What somebody looks for in the lists of his own referrals: states, a circle, words.
//!
//! Words are compared as the reader sees an entry and in one spelling for what people spell differently, which neither database
//! knows; so the entries are read by the index, a batch at a time, and a page looks through a bounded number of them.

use crate::businesses::trade;
use crate::db::AnyConn;
use crate::kernel::id::{CircleId, Identifier};
use crate::kernel::{Answer, Failure, Page, PageQuery};
use crate::referrals::model::ReferralState;

use super::lists::ListEntry;

/// The most letters of what is sought.
pub const SOUGHT_MAX: usize = 100;
/// How many entries are read at once when words are sought.
const BATCH: usize = 200;
/// How many entries a page looks through at the most; the next page goes on from there.
const LOOKED_MAX: usize = 2_000;

/// What is sought; by default everything.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// In these states; in all when there are none.
    pub states: Vec<ReferralState>,
    /// Passed in this circle.
    pub circle: Option<CircleId>,
    /// Each of these is found in the entry.
    words: Vec<String>,
}

impl ListFilter {
    /// States, a circle, and words as they were typed.
    pub fn parse(states: Vec<ReferralState>, circle: Option<CircleId>, words: &str) -> Answer<Self> {
        if words.chars().count() > SOUGHT_MAX {
            return Err(Failure::field("words", "too_long", format!("at most {SOUGHT_MAX} characters")));
        }
        Ok(Self { states, circle, words: trade::folded_words(words).collect() })
    }

    /// Whether an entry, as its reader sees it, holds every word: in the need, the prospect's name or the partner's.
    fn finds(&self, entry: &ListEntry) -> bool {
        let seen = [entry.need.as_deref(), entry.prospect_name.as_deref(), entry.partner.as_ref().map(|partner| partner.name.as_str())];
        let seen: Vec<String> = seen.into_iter().flatten().flat_map(trade::folded_words).collect();
        self.words.iter().all(|word| seen.iter().any(|other| other.contains(word.as_str())))
    }

    /// A page of what is found. `read` answers the entries below a cursor with their own cursors, at most so many.
    pub(super) fn page<I: Identifier>(
        &self,
        connection: &mut AnyConn,
        query: &PageQuery,
        mut read: impl FnMut(&mut AnyConn, I, usize) -> Answer<Vec<(I, ListEntry)>>,
    ) -> Answer<Page<ListEntry>> {
        let limit = query.limit();
        if self.words.is_empty() {
            let rows = read(connection, query.below(), limit + 1)?;
            return Ok(Page::of(rows, limit, |(cursor, _)| *cursor).map(|(_, entry)| entry));
        }
        let (mut below, mut looked, mut found): (I, usize, Vec<(I, ListEntry)>) = (query.below(), 0, Vec::new());
        loop {
            let batch = read(connection, below, BATCH)?;
            let is_last = batch.len() < BATCH;
            looked += batch.len();
            below = batch.last().map_or(below, |(cursor, _)| *cursor);
            found.extend(batch.into_iter().filter(|(_, entry)| self.finds(entry)));
            if found.len() > limit || is_last {
                return Ok(Page::of(found, limit, |(cursor, _)| *cursor).map(|(_, entry)| entry));
            }
            if looked >= LOOKED_MAX {
                return Ok(Page { items: found.into_iter().map(|(_, entry)| entry).collect(), next_cursor: Some(below.to_string()) });
            }
        }
    }
}
