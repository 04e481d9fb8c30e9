//! Reading a list page by page, each in a look of its own, so that a long one keeps nobody waiting.

use super::List;
use crate::db::AnyConn;
use crate::http::State;
use crate::kernel::cursor::LIMIT_MAX;
use crate::kernel::{Answer, Page, PageQuery};

/// Reads pages until the list ends, or is as long as the file takes.
pub(super) async fn all<T, F>(state: &State, page: F) -> Answer<List<T>>
where
    T: Send + 'static,
    F: Fn(&mut AnyConn, &PageQuery) -> Answer<Page<T>> + Clone + Send + 'static,
{
    let mut list = List::new();
    let mut cursor = None;
    loop {
        let (page, query) = (page.clone(), PageQuery { limit: Some(LIMIT_MAX), cursor });
        let found = state.db.read(move |connection| page(connection, &query)).await?;
        cursor = list.add(found);
        if cursor.is_none() {
            return Ok(list);
        }
    }
}
