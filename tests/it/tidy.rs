//! The house stays tidy: sizes, arrows, words and texts are checked as code is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;
const LANGUAGES: &[&str] = &["en", "de", "ru"];
/// Rooms that keep data of their own; none of them reads another's store.
const FEATURES: &[&str] =
    &["accounts", "businesses", "circles", "export", "insight", "introductions", "live", "meetings", "outbox", "reciprocity", "referrals", "trust"];
/// The lower floors, which know nothing of the features above them.
const LOWER_FLOORS: &[&str] = &["kernel", "db", "events", "capabilities", "timers", "config"];
/// Keys that the code puts together from a prefix and a name. Each is held against the names by the test of its room.
const PUT_TOGETHER: &[&str] =
    &["field-", "problem-", "done-", "mail-attested-how-", "mail-circle-kind-", "mail-contact-by-", "mail-giver-news-", "mail-receiver-news-"];
/// Who may command another room directly: registration makes a person and his business in one act; the link in a reminder
/// stops reminders to an address, which introductions keeps with all other wishes of this kind.
const MAY_COMMAND: &[(&str, &str)] = &[("accounts", "businesses"), ("outbox", "introductions")];
/// One table after another, as the database has them: there is nothing to split.
const MAY_BE_LONG: &[&str] = &["src/db/schema.rs"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

const TESTS_BEGIN: &str = "#[cfg(test)]\nmod ";

/// A source file: its path below the root, and its text without what only tests see.
struct Source {
    name: String,
    text: String,
}

impl Source {
    fn is_test(&self) -> bool {
        self.name.ends_with("tests.rs") || self.name.contains("/tests/") || self.name.ends_with("fault_server.rs")
    }

    /// The text before the tests that stand at the end of the file (`mod tests;` alone ends nothing).
    fn serving(&self) -> &str {
        let ends = |at: &usize| self.text[at + TESTS_BEGIN.len()..].lines().next().is_some_and(|line| line.ends_with('{'));
        let end = self.text.match_indices(TESTS_BEGIN).map(|(at, _)| at).find(ends);
        if self.is_test() { "" } else { &self.text[..end.unwrap_or(self.text.len())] }
    }

    /// The top-level folder or file.
    fn room(&self) -> &str {
        self.name.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("")
    }
}

fn sources() -> Vec<Source> {
    let read = |path: PathBuf| Source { name: path.strip_prefix(root()).unwrap().display().to_string(), text: fs::read_to_string(&path).unwrap() };
    files(&root().join("src"), "rs").into_iter().map(read).collect()
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn files_and_functions_stay_short() {
    let mut long = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > FILE_LINES_MAX && !MAY_BE_LONG.contains(&source.name.as_str()) {
            long.push(format!("{}: {lines} lines, {FILE_LINES_MAX} at the most", source.name));
        }
        for (name, at, lines) in functions(source.serving()) {
            if lines > FUNCTION_LINES_MAX {
                long.push(format!("{}:{at}: {name} has {lines} lines, {FUNCTION_LINES_MAX} at the most", source.name));
            }
        }
    }
    assert_none("too long", &long);
}

#[test]
fn the_measure_itself_is_right() {
    let text = "impl A {\n    pub async fn long<T>(a: T)\n    where\n        T: B,\n    {\n        c();\n    }\n}\nfn short() {}\n";
    assert_eq!(functions(text), [("long".to_owned(), 2, 6), ("short".to_owned(), 9, 1)]);
    let source = Source { name: "src/a.rs".to_owned(), text: "a\n#[cfg(test)]\nmod tests;\nb\n#[cfg(test)]\nmod more {\nc\n}\n".to_owned() };
    assert!(source.serving().ends_with("b\n"), "{}", source.serving());
}

/// The functions of a formatted file: name, line and length, from `fn` to the brace in the same column.
fn functions(text: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let words = code.trim_start_matches("pub ").trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ");
        let words = words.trim_start_matches("const ").trim_start_matches("async ");
        let Some(rest) = words.strip_prefix("fn ") else { continue };
        let end = format!("{}}}", &line[..line.len() - code.len()]);
        let length = lines[at..].iter().position(|candidate| *candidate == end).map_or(1, |length| length + 1);
        found.push((rest.split(['(', '<']).next().unwrap_or("").to_owned(), at + 1, length));
    }
    found
}

#[test]
fn nothing_that_serves_people_can_panic_or_reads_a_global_clock() {
    let forbidden = [
        ".unwrap()",
        ".expect(",
        "panic!(",
        "unreachable!(",
        "unimplemented!(",
        "todo!(",
        "dbg!(",
        "SystemTime::now",
        "Timestamp::now(",
        "Zoned::now(",
        "rand::random",
        "thread_rng",
        "print!(",
        "println!(",
        "eprintln!(",
    ];
    let mut found = Vec::new();
    for source in sources() {
        for (at, line) in source.serving().lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            let speaks_at_the_command_line = source.room() == "cli" && (line.contains("println!(") || line.contains("print!("));
            let is_the_clock = source.name == "src/kernel/clock.rs" && line.contains("Timestamp::now(");
            let word = forbidden.iter().find(|word| line.contains(**word));
            if let Some(word) = word.filter(|_| !speaks_at_the_command_line && !is_the_clock) {
                found.push(format!("{}:{}: {word}", source.name, at + 1));
            }
        }
    }
    assert_none("forbidden where people are served", &found);
}

#[test]
fn arrows_point_one_way() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let room = source.room();
        for (at, line) in source.serving().lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let place = format!("{}:{}", source.name, at + 1);
            for feature in FEATURES.iter().filter(|feature| **feature != room) {
                if line.contains(&format!("{feature}::store")) {
                    found.push(format!("{place}: reads the store of {feature}"));
                }
                if LOWER_FLOORS.contains(&room) && line.contains(&format!("crate::{feature}::")) {
                    found.push(format!("{place}: {room} knows {feature}"));
                }
                if FEATURES.contains(&room) && !MAY_COMMAND.contains(&(room, *feature)) && line.contains(&format!("{feature}::commands")) {
                    found.push(format!("{place}: {room} commands {feature}"));
                }
            }
            let is_page_or_api = source.name.contains("/api") || source.name.contains("/pages") || room == "web";
            if is_page_or_api && (line.contains("diesel::") || line.contains("db::schema")) {
                found.push(format!("{place}: SQL in a handler"));
            }
            let is_store = source.name.contains("/store") || source.name.ends_with("model.rs") || source.name.contains("/model/");
            if is_store && line.contains("actix_web") {
                found.push(format!("{place}: HTTP in a store or model"));
            }
        }
    }
    assert_none("arrows in the wrong direction", &found);
}

#[test]
fn every_module_says_why_it_exists_and_nothing_is_left_for_later() {
    let later = ["TODO", "FIXME", "HACK"];
    let mut found = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//!") {
            found.push(format!("{}: begins without a //! comment", source.name));
        }
        for (at, line) in source.text.lines().enumerate() {
            if let Some(word) = later.iter().find(|word| line.split(|c: char| !c.is_alphanumeric()).any(|part| part == **word)) {
                found.push(format!("{}:{}: {word}", source.name, at + 1));
            }
        }
    }
    assert_none("untidy", &found);
}

/// The keys of a language, with the file each is in.
fn keys(language: &str) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for path in files(&root().join("locales").join(language), "ftl") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(&path).unwrap().lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| is_key(key)) {
                let earlier = keys.insert(key.to_owned(), name.clone());
                assert!(earlier.is_none(), "{language}: {key} is in {name} and in {}", earlier.unwrap_or_default());
            }
        }
    }
    keys
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[test]
fn every_text_exists_in_every_language() {
    let english = keys("en");
    let mut found = Vec::new();
    for language in LANGUAGES {
        let own = keys(language);
        found.extend(english.iter().filter(|(key, _)| !own.contains_key(*key)).map(|(key, file)| format!("{language} lacks {key} ({file})")));
        found.extend(own.iter().filter(|(key, _)| !english.contains_key(*key)).map(|(key, file)| format!("only {language} has {key} ({file})")));
        found.extend(
            own.iter()
                .filter(|(key, file)| english.get(*key).is_some_and(|other| other != *file))
                .map(|(key, _)| format!("{language}: {key} is in another file")),
        );
    }
    assert_none("texts", &found);
}

#[test]
fn texts_use_the_same_variables_in_every_language() {
    let mut found = Vec::new();
    let all: Vec<BTreeMap<String, BTreeSet<String>>> = LANGUAGES.iter().map(|language| variables(language)).collect();
    for (key, english) in &all[0] {
        for (language, own) in LANGUAGES.iter().zip(&all).skip(1) {
            let own = own.get(key).cloned().unwrap_or_default();
            if &own != english {
                found.push(format!("{language}: {key} has {own:?}, en has {english:?}"));
            }
        }
    }
    assert_none("variables", &found);
}

fn variables(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files(&root().join("locales").join(language), "ftl") {
        let mut key = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            if let Some((own, _)) = line.split_once(" =").filter(|(own, _)| is_key(own)) {
                own.clone_into(&mut key);
            }
            let names =
                line.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').next().unwrap_or("").to_owned());
            found.entry(key.clone()).or_default().extend(names);
        }
    }
    found
}

/// Every string literal of the code (tests left out).
fn literals() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources() {
        for line in source.serving().lines().filter(|line| !line.trim_start().starts_with("//")) {
            found.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// Whether a key may be put together by this literal: `"offer-state-{state}"` makes every key with that beginning.
fn beginnings(literals: &BTreeSet<String>) -> Vec<String> {
    let cut = literals.iter().filter_map(|literal| literal.split_once('{').map(|(before, _)| before.to_owned()));
    let beginnings = cut.chain(PUT_TOGETHER.iter().map(|prefix| (*prefix).to_owned()));
    beginnings.filter(|text| text.len() >= 4 && text.ends_with('-') && is_key(text.trim_end_matches('-'))).collect()
}

#[test]
fn every_text_that_is_named_exists() {
    let keys = keys("en");
    let mut found = Vec::new();
    for source in sources() {
        for (at, line) in source.serving().lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for call in ["t(\"", "t_with(\"", "text(language, \"", "text_with(language, \""] {
                for (before, rest) in line.match_indices(call).map(|(index, _)| (&line[..index], &line[index + call.len()..])) {
                    let is_call = !before.ends_with(|c: char| c.is_alphanumeric());
                    let key = rest.split('"').next().unwrap_or("");
                    if is_call && is_key(key) && !keys.contains_key(key) {
                        found.push(format!("{}:{}: {key}", source.name, at + 1));
                    }
                }
            }
        }
    }
    assert_none("texts that do not exist", &found);
}

#[test]
fn no_text_is_left_over() {
    let literals = literals();
    let beginnings = beginnings(&literals);
    let used_by_texts: BTreeSet<String> = files(&root().join("locales/en"), "ftl")
        .iter()
        .flat_map(|path| {
            fs::read_to_string(path).unwrap().split('{').skip(1).map(|rest| rest.trim().split([' ', '}']).next().unwrap_or("").to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let is_used = |key: &str| literals.contains(key) || used_by_texts.contains(key) || beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()));
    let left: Vec<String> = keys("en").into_iter().filter(|(key, _)| !is_used(key)).map(|(key, file)| format!("{key} ({file})")).collect();
    assert_none("texts that nobody shows", &left);
}
