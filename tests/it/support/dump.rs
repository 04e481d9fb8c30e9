//! The whole database as text, to show that nothing changed.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Text;
use kularing::db::AnyConn;

use super::TestApp;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(connection: &mut AnyConn, query: String) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(query).load(connection).unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

impl TestApp {
    /// Every row of every table.
    pub async fn dump(&self) -> BTreeMap<String, Vec<String>> {
        let dumped = self.state.db.read(|connection| Ok(if connection.is_sqlite() { sqlite(connection) } else { postgres(connection) }));
        dumped.await.unwrap()
    }
}

fn postgres(connection: &mut AnyConn) -> BTreeMap<String, Vec<String>> {
    let tables = lines(connection, "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public'".to_owned());
    tables.into_iter().map(|table| (table.clone(), lines(connection, format!("SELECT t::text AS line FROM \"{table}\" t ORDER BY 1")))).collect()
}

fn sqlite(connection: &mut AnyConn) -> BTreeMap<String, Vec<String>> {
    let tables = lines(connection, "SELECT name AS line FROM sqlite_master WHERE type = 'table'".to_owned());
    let dump = |table: String| {
        let columns = lines(connection, format!("SELECT 'quote(\"' || name || '\")' AS line FROM pragma_table_info('{table}')")).join(" || '|' || ");
        let rows = lines(connection, format!("SELECT {columns} AS line FROM \"{table}\" ORDER BY 1"));
        (table, rows)
    };
    tables.into_iter().map(dump).collect()
}
