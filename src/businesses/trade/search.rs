//! Finds trades by the words people type: in any of the three languages, with or without umlauts, in any order, and
//! also by the person's form ("Elektriker" finds Elektroinstallation). Every typed word must fit; lower scores are better.

use super::{Language, TradeCode};

/// Longer input is cut: nobody types more, and the work stays small.
const TYPED_LETTERS_MAX: usize = 80;
const TYPED_WORDS_MAX: usize = 8;
/// Shorter pieces are found inside too many compounds.
const COMPOUND_LETTERS_MIN: usize = 3;
/// Words that share fewer letters at their beginning are not of one stem.
const STEM_LETTERS_MIN: usize = 5;

// A name that begins with what was typed comes before one that holds it as a later word ("Roofing" before "Façade and
// roof cleaning"), and both before pieces and stems.
const PREFIX: u32 = 4;
const LATER_WORD: u32 = 6;
const OTHER_LANGUAGE: u32 = 5;
const INSIDE_COMPOUND: u32 = 30;
const SAME_STEM: u32 = 40;
const GROUP: u32 = 100;

/// The words of every trade, prepared for searching.
#[derive(Debug, Default)]
pub(super) struct Index(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    code: TradeCode,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    text: String,
    /// None for the words of the code, which are nobody's reading language.
    language: Option<Language>,
    is_first: bool,
    is_of_group: bool,
}

impl Index {
    pub(super) fn new(codes: &[TradeCode]) -> Self {
        let trades = codes.iter().filter(|code| !code.is_group());
        Self(trades.map(|code| Entry::new(*code)).collect())
    }

    pub(super) fn find(&self, typed: &str, language: Language, limit: usize) -> Vec<TradeCode> {
        let cut: String = typed.chars().take(TYPED_LETTERS_MAX).collect();
        let typed: Vec<String> = split(&cut).take(TYPED_WORDS_MAX).collect();
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u32, TradeCode)> = self.0.iter().filter_map(|entry| Some((entry.score(&typed, language)?, entry.code))).collect();
        // The sort is stable: equally good trades stay in the order of the tree.
        found.sort_by_key(|(score, _)| *score);
        found.into_iter().take(limit).map(|(_, code)| code).collect()
    }
}

impl Entry {
    fn new(code: TradeCode) -> Self {
        let mut words = Vec::new();
        add_words(&mut words, code, false);
        if let Some(group) = code.parent() {
            add_words(&mut words, group, true);
        }
        Self { code, words }
    }

    /// The sum over all typed words, or nothing if one of them does not fit.
    fn score(&self, typed: &[String], language: Language) -> Option<u32> {
        typed.iter().map(|typed| self.words.iter().filter_map(|word| word.score(typed, language)).min()).sum()
    }
}

impl Word {
    fn score(&self, typed: &str, language: Language) -> Option<u32> {
        let fit = fit(typed, &self.text)?;
        let later = if self.is_first { 0 } else { LATER_WORD };
        let other = if self.language == Some(language) { 0 } else { OTHER_LANGUAGE };
        let group = if self.is_of_group { GROUP } else { 0 };
        Some(fit + later + other + group)
    }
}

fn add_words(words: &mut Vec<Word>, code: TradeCode, is_of_group: bool) {
    let texts = [
        (code.as_str(), None),
        (code.name(Language::En), Some(Language::En)),
        (code.name(Language::De), Some(Language::De)),
        (code.name(Language::Ru), Some(Language::Ru)),
    ];
    for (text, language) in texts {
        for (position, text) in split(text).enumerate() {
            words.push(Word { text, language, is_first: position == 0, is_of_group });
        }
    }
}

/// How well a typed word fits a word of a name: the same, its beginning, a part of a compound, or of the same stem.
fn fit(typed: &str, word: &str) -> Option<u32> {
    if word == typed {
        return Some(0);
    }
    if word.starts_with(typed) {
        return Some(PREFIX);
    }
    let typed_length = typed.chars().count();
    if typed_length >= COMPOUND_LETTERS_MIN && word.contains(typed) {
        return Some(INSIDE_COMPOUND);
    }
    let shared = typed.chars().zip(word.chars()).take_while(|(left, right)| left == right).count();
    let shorter = typed_length.min(word.chars().count());
    let is_same_stem = shared >= STEM_LETTERS_MIN && shared * 5 >= shorter * 3;
    is_same_stem.then_some(SAME_STEM)
}

/// The words of a text in the spelling by which they are compared: letters and digits only.
pub fn folded_words(text: &str) -> impl Iterator<Item = String> + '_ {
    split(text)
}

fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold)
}

/// One spelling for what people spell differently: case, umlauts as letters, as pairs or left out, accents, ё.
fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'à' | 'á' | 'â' => folded.push('a'),
            'ö' | 'ó' | 'ô' => folded.push('o'),
            'ü' | 'ú' | 'û' => folded.push('u'),
            'é' | 'è' | 'ê' => folded.push('e'),
            'ç' => folded.push('c'),
            'ß' => folded.push_str("ss"),
            'ё' => folded.push('е'),
            // "ae", "oe" and "ue" lose their e everywhere, in names as in what is typed, so both stay comparable.
            'e' if folded.ends_with(['a', 'o', 'u']) => {}
            other => folded.push(other),
        }
    }
    folded
}
