//! Trades: what a business does, as a tree of groups (Building) and the trades in them (Roofing).
//!
//! The tree is embedded in the binary and read once. Its invariants hold by construction: a [`TradeCode`] always names
//! a trade that exists, a parent stands before its children, so there are no cycles, and a tree has two levels. A
//! business chooses trades, never groups.
//!
//! A trade is *regulated* when most of those who follow it in Germany are forbidden to give or take an advantage for a
//! referral: by the codes of lawyers, notaries, tax advisers and auditors, of the health professions (also § 299a of
//! the criminal code), of chamber architects and engineers, of publicly appointed experts, and of advisers who may be
//! paid by their clients alone. Where one member of a trade is bound and another is not, the flag errs towards bound.

mod file;
mod search;
mod stored;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use crate::kernel::locale::Language;

pub use file::{RowFault, TradeFileError};
pub use search::folded_words;

/// The longest name of a trade, so that lists and buttons can be laid out for it.
pub const NAME_LENGTH_MAX: usize = 60;
/// The longest code of a trade, so that columns can be sized for it.
pub const CODE_LENGTH_MAX: usize = 40;

static TREE: LazyLock<Result<TradeTree, TradeFileError>> = LazyLock::new(|| file::read(include_str!("trades.csv")));
static NO_TRADES: LazyLock<TradeTree> = LazyLock::new(TradeTree::default);

/// The tree that is embedded in the binary. Were its file broken the tree would be empty and every code refused;
/// [`embedded_fault`] says why, and a test keeps such a binary from being built.
pub fn tree() -> &'static TradeTree {
    match TREE.as_ref() {
        Ok(tree) => tree,
        Err(_) => &NO_TRADES,
    }
}

/// What is wrong with the embedded file, for the start of the server and its self-check; `None` when it is sound.
pub fn embedded_fault() -> Option<&'static TradeFileError> {
    TREE.as_ref().err()
}

/// The code of a group or trade that exists, such as `electrician`. Cheap to copy.
#[derive(Clone, Copy, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct TradeCode(&'static Trade);

/// A group or a trade.
#[derive(Debug)]
pub struct Trade {
    code: Box<str>,
    parent: Option<TradeCode>,
    regulated: bool,
    names: Names,
}

/// What a trade is called in each language.
#[derive(Debug)]
struct Names {
    en: Box<str>,
    de: Box<str>,
    ru: Box<str>,
}

/// All groups and trades, in the order in which they are shown.
#[derive(Debug, Default)]
pub struct TradeTree {
    codes: Vec<TradeCode>,
    by_code: HashMap<&'static str, TradeCode>,
    search: search::Index,
}

impl TradeCode {
    /// The code, if a group or trade of the embedded tree has it. Codes are compared exactly.
    pub fn parse(code: &str) -> Option<Self> {
        tree().find(code)
    }

    /// The code as it is stored and sent.
    pub fn as_str(self) -> &'static str {
        &self.0.code
    }

    /// What the code stands for.
    pub fn trade(self) -> &'static Trade {
        self.0
    }

    /// The group this trade is in; none for a group.
    pub fn parent(self) -> Option<Self> {
        self.0.parent
    }

    /// Groups hold trades and may not be chosen as the trade of a business.
    pub fn is_group(self) -> bool {
        self.0.parent.is_none()
    }

    /// Whether those who follow this trade may give or take no advantage for a referral.
    pub fn is_regulated(self) -> bool {
        self.0.regulated
    }

    /// The name shown to people.
    pub fn name(self, language: Language) -> &'static str {
        self.0.name(language)
    }

    /// Whether this is `ancestor` itself or lies under it.
    pub fn is_same_or_child(self, ancestor: Self) -> bool {
        let mut current = Some(self);
        while let Some(code) = current {
            if code == ancestor {
                return true;
            }
            current = code.parent();
        }
        false
    }
}

impl Trade {
    /// The code as it is stored and sent.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The group this trade is in; none for a group.
    pub fn parent(&self) -> Option<TradeCode> {
        self.parent
    }

    /// Whether those who follow this trade may give or take no advantage for a referral.
    pub fn is_regulated(&self) -> bool {
        self.regulated
    }

    /// The name shown to people.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::En => &self.names.en,
            Language::De => &self.names.de,
            Language::Ru => &self.names.ru,
        }
    }
}

impl TradeTree {
    /// The group or trade with exactly this code.
    pub fn find(&self, code: &str) -> Option<TradeCode> {
        self.by_code.get(code).copied()
    }

    /// Every group and trade, a group before its trades.
    pub fn all(&self) -> impl Iterator<Item = TradeCode> + '_ {
        self.codes.iter().copied()
    }

    /// The groups, which have no parent.
    pub fn groups(&self) -> impl Iterator<Item = TradeCode> + '_ {
        self.all().filter(|code| code.is_group())
    }

    /// The trades a business may choose from.
    pub fn trades(&self) -> impl Iterator<Item = TradeCode> + '_ {
        self.all().filter(|code| !code.is_group())
    }

    /// The trades of a group.
    pub fn children(&self, group: TradeCode) -> impl Iterator<Item = TradeCode> + '_ {
        self.all().filter(move |code| code.parent() == Some(group))
    }

    /// Up to `limit` trades that fit all the words, best first. Reads every language, prefers `language`, and never
    /// returns a group: a word that names only the group finds its trades, after those it names themselves.
    pub fn search(&self, words: &str, language: Language, limit: usize) -> Vec<TradeCode> {
        self.search.find(words, language, limit)
    }
}

impl PartialEq for TradeCode {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for TradeCode {}

impl Hash for TradeCode {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialOrd for TradeCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TradeCode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Debug for TradeCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TradeCode({})", self.as_str())
    }
}

impl fmt::Display for TradeCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}
