//! The embedded tree is sound, and a broken table is refused with its reason.

use std::collections::HashSet;

use super::*;

const LANGUAGES: [Language; 3] = [Language::En, Language::De, Language::Ru];

/// Every regulated trade by name: a flag that is lost or won by accident is seen here.
const REGULATED: [&str; 34] = [
    "auditor",
    "care-home",
    "child-psychotherapist",
    "clinic",
    "dentist",
    "dietitian",
    "elderly-day-care",
    "fee-based-insurance-adviser",
    "fee-based-investment-adviser",
    "general-practitioner",
    "home-nursing-service",
    "income-tax-association",
    "lawyer",
    "medical-laboratory",
    "medical-massage-therapist",
    "medical-specialist",
    "midwife",
    "notary",
    "occupational-physician",
    "occupational-therapist",
    "orthodontist",
    "osteopath",
    "patent-attorney",
    "pharmacist",
    "physiotherapist",
    "plastic-surgeon",
    "podiatrist",
    "psychotherapist",
    "publicly-appointed-expert",
    "publicly-appointed-surveyor",
    "speech-therapist",
    "sworn-accountant",
    "tax-adviser",
    "veterinarian",
];

fn code(text: &str) -> TradeCode {
    TradeCode::parse(text).unwrap_or_else(|| panic!("no trade {text}"))
}

fn first(words: &str, language: Language) -> &'static str {
    tree().search(words, language, 1).first().map_or("nothing", |code| code.as_str())
}

#[test]
fn embedded_file_is_sound() {
    assert!(embedded_fault().is_none(), "{}", embedded_fault().unwrap());
    assert!((20..=25).contains(&tree().groups().count()));
    assert!(tree().trades().count() >= 230, "{}", tree().trades().count());
    assert!(tree().groups().all(|group| tree().children(group).count() >= 5));
}

#[test]
fn codes_are_unique_and_name_themselves() {
    let codes: HashSet<&str> = tree().all().map(TradeCode::as_str).collect();
    assert_eq!(codes.len(), tree().all().count());
    for code in tree().all() {
        assert_eq!(TradeCode::parse(code.as_str()), Some(code));
        assert_eq!(code.to_string(), code.trade().code());
    }
    for unknown in ["", "Electrician", " electrician", "electricians", "no-such-trade"] {
        assert_eq!(TradeCode::parse(unknown), None);
    }
}

#[test]
fn parents_stand_before_their_children_and_are_groups() {
    let mut seen = HashSet::new();
    for code in tree().all() {
        if let Some(parent) = code.parent() {
            assert!(seen.contains(&parent), "{code} stands before {parent}");
            assert!(parent.is_group());
        }
        seen.insert(code);
    }
}

#[test]
fn trades_stand_together_with_their_group() {
    let shown: Vec<TradeCode> = tree().groups().flat_map(|group| std::iter::once(group).chain(tree().children(group))).collect();
    assert_eq!(shown, tree().all().collect::<Vec<_>>());
}

#[test]
fn names_are_filled_short_and_unique_in_each_language() {
    for language in LANGUAGES {
        let mut seen = HashSet::new();
        for code in tree().all() {
            let name = code.name(language);
            let length = name.chars().count();
            assert!((2..=NAME_LENGTH_MAX).contains(&length), "{code}: {name}");
            assert!(seen.insert(name.to_lowercase()), "{name} twice in {language:?}");
        }
    }
}

#[test]
fn names_are_written_in_the_letters_of_their_language() {
    let is_cyrillic = |letter: char| ('\u{400}'..='\u{4ff}').contains(&letter);
    for code in tree().all() {
        assert!(code.name(Language::Ru).contains(is_cyrillic), "{code}");
        assert!(!code.name(Language::En).contains(is_cyrillic), "{code}");
        assert!(!code.name(Language::De).contains(is_cyrillic), "{code}");
    }
}

#[test]
fn regulated_are_exactly_the_expected() {
    let regulated: HashSet<&str> = tree().all().filter(|code| code.is_regulated()).map(TradeCode::as_str).collect();
    assert_eq!(regulated, HashSet::from(REGULATED));
}

#[test]
fn groups_may_not_be_chosen() {
    assert!(code("building").is_group());
    assert!(!code("roofer").is_group());
    assert!(tree().trades().all(|code| !code.is_group()));
    assert_eq!(tree().groups().count() + tree().trades().count(), tree().all().count());
}

#[test]
fn is_same_or_child_looks_upwards_only() {
    assert!(code("roofer").is_same_or_child(code("roofer")));
    assert!(code("roofer").is_same_or_child(code("building")));
    assert!(!code("building").is_same_or_child(code("roofer")));
    assert!(!code("roofer").is_same_or_child(code("health")));
    assert!(!code("roofer").is_same_or_child(code("tiler")));
}

#[test]
fn search_finds_by_name_in_every_language() {
    assert_eq!(first("roof", Language::En), "roofer");
    assert_eq!(first("DACHDECKER", Language::De), "roofer");
    assert_eq!(first("кровельные", Language::Ru), "roofer");
    assert_eq!(first("steuerberatung", Language::En), "tax-adviser");
    assert_eq!(first("налоговое", Language::De), "tax-adviser");
}

#[test]
fn search_finds_by_the_persons_form() {
    assert_eq!(first("electrician", Language::En), "electrician");
    assert_eq!(first("Elektriker", Language::De), "electrician");
    assert_eq!(first("электрик", Language::Ru), "electrician");
    assert_eq!(first("Steuerberaterin", Language::De), "tax-adviser");
    assert_eq!(first("Rechtsanwältin", Language::De), "lawyer");
    assert_eq!(first("адвокат", Language::Ru), "lawyer");
}

#[test]
fn search_forgives_umlauts_and_order() {
    for words in ["Bäckerei", "baeckerei", "backerei"] {
        assert_eq!(first(words, Language::De), "baker");
    }
    assert_eq!(first("лестничные подъемники", Language::Ru), "stairlift-installer");
    assert_eq!(first("landschaftsbau garten", Language::De), "landscaper");
}

#[test]
fn search_puts_the_best_first_and_keeps_to_the_limit() {
    let found = tree().search("Küchen", Language::De, 10);
    assert_eq!(found.first(), Some(&code("kitchen-fitter")));
    assert!(found.contains(&code("kitchen-studio")));
    assert_eq!(first("Bau", Language::De), "builder");
    assert_eq!(tree().search("bau", Language::De, 3).len(), 3);
    assert!(tree().search("bau", Language::De, 0).is_empty());
}

#[test]
fn search_prefers_the_readers_language() {
    assert_eq!(first("pension", Language::De), "guest-house");
    assert_eq!(first("pension", Language::En), "pension-rights-adviser");
}

#[test]
fn search_by_a_group_returns_its_trades_and_never_groups() {
    let found = tree().search("Handwerk", Language::De, 100);
    assert!(found.contains(&code("joiner")));
    assert!(found.iter().all(|code| !code.is_group()));
}

#[test]
fn search_needs_every_word_and_something_to_look_for() {
    assert!(tree().search("roofing zebra", Language::En, 10).is_empty());
    assert!(tree().search("", Language::En, 10).is_empty());
    assert!(tree().search(" -,. ", Language::En, 10).is_empty());
}

#[test]
fn search_reads_only_the_beginning_of_long_input() {
    let endless = format!("{}zebra", "dach ".repeat(100_000));
    let found = tree().search(&endless, Language::De, 10);
    assert!(!found.is_empty());
    assert_eq!(found, tree().search("dach", Language::De, 10));
}

#[test]
fn every_trade_is_found_by_its_own_name() {
    for language in LANGUAGES {
        for trade in tree().trades() {
            let found = tree().search(trade.name(language), language, 5);
            assert!(found.contains(&trade), "{trade} is not found by {}", trade.name(language));
        }
    }
}

fn row_fault(rows: &str) -> RowFault {
    let text = format!("code,parent,regulated,en,de,ru\n{rows}");
    match file::read(&text) {
        Err(TradeFileError::Row { fault, .. }) => fault,
        other => panic!("{rows} gave {other:?}"),
    }
}

#[test]
fn a_broken_row_is_refused_with_its_reason() {
    let long = "x".repeat(NAME_LENGTH_MAX + 1);
    for (rows, fault) in [
        ("Roof,,false,A,B,C", RowFault::WrongCode),
        ("roof--er,,false,A,B,C", RowFault::WrongCode),
        (",,false,A,B,C", RowFault::WrongCode),
        ("a,,false,A,B,C\na,,false,D,E,F", RowFault::DuplicateCode),
        ("a,b,false,A,B,C\nb,,false,D,E,F", RowFault::UnknownParent),
        ("a,a,false,A,B,C", RowFault::UnknownParent),
        ("a,,false,A,B,C\nb,a,false,D,E,F\nc,b,false,G,H,I", RowFault::TooDeep),
        ("a,,yes,A,B,C", RowFault::WrongRegulated),
        ("a,,true,A,B,C", RowFault::WrongRegulated),
        ("a,,false,A,,C", RowFault::WrongName),
        ("a,,false,A, B,C", RowFault::WrongName),
        (&format!("a,,false,A,B,{long}"), RowFault::WrongName),
        ("a,,false,A,B,C\nb,,false,D,b,F", RowFault::DuplicateName),
    ] {
        assert_eq!(row_fault(rows), fault, "{rows}");
    }
}

#[test]
fn a_broken_table_is_refused() {
    let header = file::read("code,parent,en,de,ru\n");
    assert!(matches!(header, Err(TradeFileError::WrongHeader)), "{header:?}");
    let short = file::read("code,parent,regulated,en,de,ru\na,,false,A,B\n");
    assert!(matches!(short, Err(TradeFileError::Unreadable(_))), "{short:?}");
}

#[test]
fn a_fault_names_its_line() {
    let Err(error) = file::read("code,parent,regulated,en,de,ru\na,,false,A,B,C\nb,x,false,D,E,F\n") else {
        panic!("an unknown parent was accepted");
    };
    assert_eq!(error.to_string(), "line 3 of the table of trades: the parent must stand above its children");
}
