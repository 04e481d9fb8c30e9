//! Tables for spreadsheets: comma-separated, UTF-8, a header first.
//!
//! A spreadsheet runs what begins like a formula. Names come from strangers, so a text that begins so gets an apostrophe before it.

use std::borrow::Cow;

use crate::kernel::{Answer, Failure};

/// What a formula begins with; the wide forms are understood by some programs too.
const FORMULA_BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text as it may stand in a cell.
pub fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_BEGINNINGS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Rows as lines of a file. Cells must have gone through [`cell`] where people wrote them.
pub fn lines<'r>(rows: impl IntoIterator<Item = Vec<Cow<'r, str>>>) -> Answer<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell.as_bytes())).map_err(|error| Failure::internal(format!("a table's row: {error}")))?;
    }
    writer.into_inner().map_err(|error| Failure::internal(format!("a table: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for dangerous in ["=1+1", "+49 30 1", "-1", "@sum", "\t=1", "\r=1", "\n=1", "＝1"] {
            assert_eq!(cell(dangerous), format!("'{dangerous}"));
        }
        for harmless in ["Anna & Co", "'=1", "1-1", "", " a", "Ölwerk"] {
            assert_eq!(cell(harmless), harmless);
        }
    }

    #[test]
    fn what_a_table_says_is_read_back() {
        let names = ["a,b", "say \"hi\"", "two\nlines", "=cmd()", ""];
        let bytes = lines(names.iter().map(|name| vec![cell(name), Cow::Borrowed("x")])).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let read: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        assert_eq!(read, ["a,b", "say \"hi\"", "two\nlines", "'=cmd()", ""]);
    }
}
