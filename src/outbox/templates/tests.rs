//! Every template in every language.

use std::collections::{BTreeMap, BTreeSet};

use super::needs::needs;
use super::*;
use crate::circles::model::CircleKind;
use crate::introductions::record::Channel;
use crate::referrals::model::ContactBy;
use crate::web::texts;

/// Facts that choose a sentence instead of standing in it.
const CHOOSING: [&str; 2] = ["news", "stage"];
/// Facts that are written as dates or in words.
const REWRITTEN: [&str; 5] = ["at", "answer_by", "attested_how", "circle_kind", "contact_by"];

fn every_sample() -> impl Iterator<Item = (MailKind, Language, Sample)> {
    let pairs = MailKind::ALL.iter().flat_map(|kind| Language::ALL.iter().map(move |language| (*kind, *language)));
    pairs.flat_map(|(kind, language)| samples(kind, language).into_iter().map(move |sample| (kind, language, sample)))
}

fn rendered(kind: MailKind, language: Language, sample: &Sample) -> Rendered {
    render(kind, language, &sample.facts, &sample.links).unwrap_or_else(|failure| panic!("{kind} {} {language}: {failure}", sample.variant))
}

#[test]
fn every_mail_is_whole_in_every_language() {
    for (kind, language, sample) in every_sample() {
        let name = format!("{kind} {} {language}", sample.variant);
        let mail = rendered(kind, language, &sample);
        for part in [&mail.subject, &mail.text, &mail.html] {
            assert!(!part.contains("{$") && !part.contains("{ $") && !part.contains("mail-"), "{name}: {part}");
        }
        assert!((5..=150).contains(&mail.subject.chars().count()), "{name}: {}", mail.subject);
        assert!(mail.html.len() < crate::outbox::mime::PART_MAX_BYTES / 4, "{name}: {} bytes", mail.html.len());
        for link in sample.links.values() {
            assert!(mail.text.lines().any(|line| line == link), "{name}: the text lacks {link}");
            assert!(mail.html.contains(&format!("href=\"{link}\"")), "{name}: the HTML lacks {link}");
        }
        let addresses = mail.html.matches("://").count();
        assert_eq!(addresses, sample.links.len(), "{name}: nothing but its links leads or loads from outside");
        assert!(!mail.html.contains("<img") && !mail.html.contains("<link") && !mail.html.contains("url("), "{name}");
    }
}

#[test]
fn every_fact_is_used() {
    for (kind, language, sample) in every_sample() {
        for fact in needs(kind).facts.iter().filter(|fact| !CHOOSING.contains(fact)) {
            let mut marked = sample.clone();
            marked.facts.insert((*fact).to_owned(), "Kennzeichen".to_owned());
            let mail = rendered(kind, language, &marked);
            assert!(mail.text.contains("Kennzeichen") && mail.html.contains("Kennzeichen"), "{kind} in {language} does not use {fact}");
        }
        for (fact, value) in sample.facts.iter().filter(|(fact, _)| !CHOOSING.contains(&fact.as_str()) && !REWRITTEN.contains(&fact.as_str())) {
            let mail = rendered(kind, language, &sample);
            assert!(value.lines().all(|line| mail.text.contains(line)), "{kind} in {language}: {fact} = {value} is not in\n{}", mail.text);
        }
    }
}

#[test]
fn a_business_in_no_ring_hears_the_sums_alone() {
    let words = [(Language::En, "had no part"), (Language::De, "nicht beteiligt"), (Language::Ru, "не участвовала")];
    for (_, language, mut sample) in every_sample().filter(|(kind, _, _)| *kind == MailKind::RingsSettled) {
        sample.facts.insert("closed".to_owned(), "0".to_owned());
        let text = rendered(MailKind::RingsSettled, language, &sample).text;
        let told = words.iter().any(|(of, words)| *of == language && text.contains(words));
        assert!(told && text.contains("81") && !text.contains("20"), "{language}: {text}");
    }
}

#[test]
fn no_fact_reaches_html_unescaped() {
    let attack = "\"><script>alert(1)</script><img src=x onerror=y>";
    for (kind, language, mut sample) in every_sample() {
        for (fact, value) in &mut sample.facts {
            if !CHOOSING.contains(&fact.as_str()) {
                *value = attack.to_owned();
            }
        }
        sample.facts.insert("recipient_name".to_owned(), attack.to_owned());
        let html = rendered(kind, language, &sample).html;
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("\"\">"), "{kind} in {language}: {html}");
        assert!(html.contains("&lt;script&gt;"), "{kind} in {language}");
    }
}

#[test]
fn what_may_be_empty_leaves_no_trace() {
    let filled = ["name", "news", "stage", "days", "retention_days", "giver_name", "giver_business", "receiver_business", "business_name", "circle_name"];
    for (kind, language, mut sample) in every_sample() {
        for (fact, value) in &mut sample.facts {
            if !filled.contains(&fact.as_str()) {
                value.clear();
            }
        }
        let mail = rendered(kind, language, &sample);
        assert!(!mail.text.lines().any(|line| line.ends_with(": ") || line == ">"), "{kind} in {language}:\n{}", mail.text);
    }
    let mut sample = samples(MailKind::Introduction, Language::En).remove(0);
    sample.facts.insert("commission".to_owned(), String::new());
    assert!(rendered(MailKind::Introduction, Language::En, &sample).text.contains("Nobody receives a commission for this."));
}

#[test]
fn what_lacks_is_named() {
    let sample = samples(MailKind::Offer, Language::De).remove(0);
    for name in needs(MailKind::Offer).facts {
        let mut facts = sample.facts.clone();
        facts.remove(*name);
        let failure = render(MailKind::Offer, Language::De, &facts, &sample.links).unwrap_err().to_string();
        assert!(failure.contains(name), "{failure}");
    }
    let failure = render(MailKind::Offer, Language::De, &sample.facts, &BTreeMap::new()).unwrap_err().to_string();
    assert!(failure.contains("answer"), "{failure}");
}

/// Every code that a mail may have to say, as the rooms that send it spell it.
fn every_code() -> Vec<(MailKind, &'static str, &'static str, &'static str)> {
    let ways = Channel::ALL.iter().filter(|way| way.is_personal());
    let mut codes: Vec<_> = ways.map(|way| (MailKind::IntroductionAttested, "attested_how", "mail-attested-how", way.as_str())).collect();
    codes.extend(CircleKind::ALL.iter().map(|of| (MailKind::CircleInvitation, "circle_kind", "mail-circle-kind", of.as_str())));
    for kind in [MailKind::Offer, MailKind::OfferReminder, MailKind::ThreeWay] {
        codes.extend(ContactBy::ALL.iter().map(|by| (kind, "contact_by", "mail-contact-by", by.as_str())));
    }
    codes
}

#[test]
fn every_code_is_said_in_words() {
    for (kind, fact, prefix, code) in every_code() {
        for language in Language::ALL {
            let words = texts::text(*language, &format!("{prefix}-{}", code.replace('_', "-")));
            let mut sample = samples(kind, *language).remove(0);
            sample.facts.insert(fact.to_owned(), code.to_owned());
            let mail = rendered(kind, *language, &sample);
            assert!(mail.text.contains(&format!(": {words}")), "{kind} in {language} does not say {code} as {words}:\n{}", mail.text);
        }
    }
    let mut sample = samples(MailKind::IntroductionAttested, Language::De).remove(0);
    sample.facts.insert("attested_how".to_owned(), "by_pigeon".to_owned());
    let failure = render(MailKind::IntroductionAttested, Language::De, &sample.facts, &sample.links).unwrap_err().to_string();
    assert!(failure.contains("mail-attested-how-by-pigeon"), "no mail shows a code: {failure}");
}

#[test]
fn plurals_follow_each_language() {
    let of = |language, days: &str| {
        let mut sample = samples(MailKind::Nudge, language).remove(0);
        sample.facts.insert("days".to_owned(), days.to_owned());
        rendered(MailKind::Nudge, language, &sample).text
    };
    for (language, days, words) in [
        (Language::En, "1", "1 day."),
        (Language::En, "14", "14 days."),
        (Language::De, "1", "1 Tag "),
        (Language::De, "14", "14 Tagen "),
        (Language::Ru, "1", "1 день "),
        (Language::Ru, "2", "2 дня "),
        (Language::Ru, "14", "14 дней "),
        (Language::Ru, "21", "21 день "),
    ] {
        assert!(of(language, days).contains(words), "{language} {days}: {}", of(language, days));
    }
}

/// A key whose arguments differ would silently fall back to English.
#[test]
fn the_languages_have_the_same_keys_and_arguments() {
    for file in ["mails", "mailbox"] {
        let keys: Vec<_> = ["en", "de", "ru"].iter().map(|language| keys_of(language, file)).collect();
        assert!(keys[0].len() > 30);
        assert_eq!(keys[0], keys[1], "{file} in German");
        assert_eq!(keys[0], keys[2], "{file} in Russian");
    }
}

fn keys_of(language: &str, file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!("{}/locales/{language}/{file}.ftl", env!("CARGO_MANIFEST_DIR"));
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| !key.starts_with([' ', '#', '}'])) {
            current = key.to_owned();
            assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "{language}: {current} stands twice");
        }
        let arguments = line.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned());
        keys.entry(current.clone()).or_default().extend(arguments);
    }
    keys.remove("");
    keys
}

/// The words themselves, for reading: a change of a sentence is seen in review.
#[test]
fn the_text_parts_are_as_reviewed() {
    for language in Language::ALL {
        let mut all = String::new();
        for (kind, _, sample) in every_sample().filter(|(_, of, _)| of == language) {
            let mail = rendered(kind, *language, &sample);
            all.push_str(&format!("=== {kind} {}\nSubject: {}\n\n{}\n", sample.variant, mail.subject, mail.text));
        }
        insta::assert_snapshot!(format!("text_parts_{language}"), all);
    }
}
