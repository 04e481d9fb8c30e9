//! Reads the table of trades into a tree, and refuses a table that would break the tree's invariants.

use std::collections::{HashMap, HashSet};
use std::fmt;

use csv::StringRecord;

use super::{CODE_LENGTH_MAX, NAME_LENGTH_MAX, Names, Trade, TradeCode, TradeTree, search};

const HEADER: [&str; 6] = ["code", "parent", "regulated", "en", "de", "ru"];

/// Why a table of trades was refused.
#[derive(Debug)]
pub enum TradeFileError {
    /// The text is not a table with equally long rows.
    Unreadable(csv::Error),
    /// The first row is not `code,parent,regulated,en,de,ru`.
    WrongHeader,
    /// A row breaks a rule of the tree.
    Row {
        /// The line of the file, counted from one.
        line: u64,
        /// The rule that is broken.
        fault: RowFault,
    },
}

/// A rule of the tree that a row breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    /// The code is not lower-case English words joined by hyphens, or too long.
    WrongCode,
    /// Another row above has the same code.
    DuplicateCode,
    /// No row above has the parent's code.
    UnknownParent,
    /// The parent has a parent itself.
    TooDeep,
    /// `regulated` is neither `true` nor `false`, or a group is regulated.
    WrongRegulated,
    /// A name is empty, too long or has spaces at its ends.
    WrongName,
    /// Another row above has the same name in the same language.
    DuplicateName,
}

impl fmt::Display for RowFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::WrongCode => "the code must be lower-case words joined by hyphens",
            Self::DuplicateCode => "the code is used twice",
            Self::UnknownParent => "the parent must stand above its children",
            Self::TooDeep => "a trade may not hold trades",
            Self::WrongRegulated => "regulated must be true or false, and false for a group",
            Self::WrongName => "a name is empty, too long or has spaces at its ends",
            Self::DuplicateName => "the name is used twice in one language",
        })
    }
}

impl fmt::Display for TradeFileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(formatter, "the table of trades cannot be read: {error}"),
            Self::WrongHeader => {
                write!(formatter, "the table of trades must begin with {}", HEADER.join(","))
            }
            Self::Row { line, fault } => {
                write!(formatter, "line {line} of the table of trades: {fault}")
            }
        }
    }
}

impl std::error::Error for TradeFileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::WrongHeader | Self::Row { .. } => None,
        }
    }
}

impl From<csv::Error> for TradeFileError {
    fn from(error: csv::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// Reads a whole table. What is read stays in memory until the program ends, so this is called once for each table.
pub(super) fn read(text: &str) -> Result<TradeTree, TradeFileError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    if reader.headers()? != HEADER.as_slice() {
        return Err(TradeFileError::WrongHeader);
    }
    let mut rows = Rows::default();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.add(&record).map_err(|fault| TradeFileError::Row { line, fault })?;
    }
    let search = search::Index::new(&rows.codes);
    Ok(TradeTree { codes: rows.codes, by_code: rows.by_code, search })
}

/// The rows read so far.
#[derive(Default)]
struct Rows {
    codes: Vec<TradeCode>,
    by_code: HashMap<&'static str, TradeCode>,
    names: HashSet<(usize, String)>,
}

impl Rows {
    fn add(&mut self, record: &StringRecord) -> Result<(), RowFault> {
        let field = |index| record.get(index).unwrap_or_default();
        let code = parse_code(field(0))?;
        if self.by_code.contains_key(code) {
            return Err(RowFault::DuplicateCode);
        }
        let parent = self.parse_parent(field(1))?;
        let regulated = parse_regulated(field(2), parent)?;
        let names = Names { en: self.parse_name(3, field(3))?, de: self.parse_name(4, field(4))?, ru: self.parse_name(5, field(5))? };
        // Codes point at trades for as long as the program runs, which lets them be copied and never be dangling.
        let trade = Box::leak(Box::new(Trade { code: code.into(), parent, regulated, names }));
        let code = TradeCode(trade);
        self.by_code.insert(code.as_str(), code);
        self.codes.push(code);
        Ok(())
    }

    fn parse_parent(&self, text: &str) -> Result<Option<TradeCode>, RowFault> {
        if text.is_empty() {
            return Ok(None);
        }
        let parent = *self.by_code.get(text).ok_or(RowFault::UnknownParent)?;
        if parent.is_group() { Ok(Some(parent)) } else { Err(RowFault::TooDeep) }
    }

    fn parse_name(&mut self, column: usize, text: &str) -> Result<Box<str>, RowFault> {
        let length = text.chars().count();
        if length == 0 || length > NAME_LENGTH_MAX || text.trim() != text {
            return Err(RowFault::WrongName);
        }
        if !self.names.insert((column, text.to_lowercase())) {
            return Err(RowFault::DuplicateName);
        }
        Ok(text.into())
    }
}

fn parse_code(text: &str) -> Result<&str, RowFault> {
    let is_word = |word: &str| {
        let mut letters = word.chars();
        !word.is_empty() && letters.all(|letter| letter.is_ascii_lowercase())
    };
    if text.len() <= CODE_LENGTH_MAX && text.split('-').all(is_word) { Ok(text) } else { Err(RowFault::WrongCode) }
}

fn parse_regulated(text: &str, parent: Option<TradeCode>) -> Result<bool, RowFault> {
    match (text, parent) {
        ("false", _) => Ok(false),
        // A flag on a group would say nothing about the trades in it, and somebody would read it otherwise.
        ("true", Some(_)) => Ok(true),
        _ => Err(RowFault::WrongRegulated),
    }
}
