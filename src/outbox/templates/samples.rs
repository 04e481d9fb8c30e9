//! A mail of every kind filled with likely facts: for the preview and for the test that renders everything.

use std::collections::BTreeMap;

use super::needs::needs;
use crate::kernel::Language;
use crate::outbox::model::MailKind;

/// One filled mail.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Empty, or which of the kind's variants this is.
    pub variant: &'static str,
    /// Every fact of the kind, none of them empty.
    pub facts: BTreeMap<String, String>,
    /// Every link.
    pub links: BTreeMap<String, String>,
}

/// The samples of a kind: one for each news or stage it can tell.
pub fn samples(kind: MailKind, language: Language) -> Vec<Sample> {
    let (fact, variants): (&str, &[&'static str]) = match kind {
        MailKind::GiverNews => ("news", &["accepted", "declined", "expired", "introduced", "contacted", "quoted", "won", "lost", "closed"]),
        MailKind::ReceiverNews => ("news", &["withdrawn", "refused", "not_now", "no_answer"]),
        MailKind::Dispute => ("stage", &["opened", "upheld", "rejected"]),
        MailKind::RingsSettled => ("stage", &["settled", "undone"]),
        MailKind::Nudge => ("days", &["1", "2", "14", "21"]),
        _ => ("", &[""]),
    };
    variants.iter().map(|variant| sample(kind, language, fact, variant)).collect()
}

fn sample(kind: MailKind, language: Language, varied: &str, variant: &'static str) -> Sample {
    let needs = needs(kind);
    let mut facts: BTreeMap<String, String> = needs.facts.iter().map(|name| ((*name).to_owned(), fact(name, language).to_owned())).collect();
    if !varied.is_empty() {
        facts.insert(varied.to_owned(), variant.to_owned());
    }
    let stop: &[&str] = if kind.is_reminder() { &["stop"] } else { &[] };
    let links = needs.links.iter().chain(stop).map(|name| ((*name).to_owned(), link(name))).collect();
    Sample { variant, facts, links }
}

fn fact(name: &str, language: Language) -> &'static str {
    let words = match language {
        Language::En => &EN,
        Language::De => &DE,
        Language::Ru => &RU,
    };
    words.iter().chain(&COMMON).find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

fn link(name: &str) -> String {
    let path = match name {
        "confirm" => "/confirm/",
        "reset" => "/password/",
        "join" => "/invitation/",
        "answer" => "/i/",
        "stop" => "/stop/",
        "data" => "/my-data/",
        "keep" => return "https://kularing.example/settings/data".to_owned(),
        "sign_in" => return "https://kularing.example/sign-in".to_owned(),
        "case" => return "https://kularing.example/circles/cir_0000000000001/trust/tru_0000000000001".to_owned(),
        "circle" | "review" => return "https://kularing.example/circles/cir_0000000000001".to_owned(),
        _ => return "https://kularing.example/referrals/ref_0000000000001".to_owned(),
    };
    format!("https://kularing.example{path}Zk3v9Qx1Lw8Rf2Tn6Yb4Hc7Md0Ps5Ug3Ja1Ke9Vo2Xi")
}

/// Names, numbers and codes that are the same in every language.
const COMMON: [(&str, &str); 21] = [
    ("answer_by", "2026-03-04T08:00:00Z"),
    ("at", "2026-03-02T08:00:00Z"),
    ("attested_how", "phone"),
    ("circle_kind", "value_chain"),
    ("closed", "20"),
    ("code", "4711"),
    ("confirmed", "1"),
    ("contact_by", "receiver"),
    ("contact_within_hours", "48"),
    ("days", "14"),
    ("members", "3"),
    ("prospect_email", "ilya.petrov@example.net"),
    ("prospect_phone", "+49 30 1234567"),
    ("receiver_email", "werkstatt@example.com"),
    ("receiver_phone", "+49 30 7654321"),
    ("referrals", "18"),
    ("retention_days", "30"),
    ("rings", "3"),
    ("stage", "opened"),
    ("total", "81"),
    ("news", "accepted"),
];

const EN: [(&str, &str); 20] = [
    ("attested_when", "27 Feb 2026"),
    ("business_name", "Hill & Sons Joinery"),
    ("circle_name", "House and Home Berlin"),
    ("commission", "Arch Studio receives 2% of the price for this introduction."),
    ("effort", "3 of 5: recommended in words"),
    ("expectation", "A visit next week"),
    ("giver_business", "Arch Studio"),
    ("giver_name", "Anna Miller"),
    ("inviter_name", "Anna Miller"),
    ("name", "Anna Miller"),
    ("need", "New windows for an old house, 14 pieces"),
    ("note", "They liked the quick answer.\nMore in spring."),
    ("prospect_name", "Ilya Petrov"),
    ("receiver_business", "Hill & Sons Joinery"),
    ("receiver_name", "Robert Hill"),
    ("region", "Berlin"),
    ("shared", "your name, your e-mail address, your phone number and what you need"),
    ("trade", "Joiner"),
    ("words", "We talked about your windows.\nRobert did mine."),
    ("worth", "€8,000 to €12,000"),
];

const DE: [(&str, &str); 20] = [
    ("attested_when", "27.02.2026"),
    ("business_name", "Tischlereigenossenschaft Donaudampfschifffahrtsgesellschaftsviertel eG"),
    ("circle_name", "Haus und Hof Berlin"),
    ("commission", "Das Architekturbüro Müller erhält für diese Vorstellung 2 % des Preises."),
    ("effort", "3 von 5: mit Worten empfohlen"),
    ("expectation", "Ein Ortstermin in der nächsten Woche"),
    ("giver_business", "Architekturbüro Müller"),
    ("giver_name", "Anna Müller"),
    ("inviter_name", "Anna Müller"),
    ("name", "Anna Müller"),
    ("need", "Neue Fenster für ein altes Haus, 14 Stück"),
    ("note", "Die schnelle Antwort hat gefallen.\nIm Frühjahr mehr."),
    ("prospect_name", "Ilja Petrow"),
    ("receiver_business", "Tischlereigenossenschaft Donaudampfschifffahrtsgesellschaftsviertel eG"),
    ("receiver_name", "Robert Hügel"),
    ("region", "Berlin"),
    ("shared", "Ihr Name, Ihre E-Mail-Adresse, Ihre Telefonnummer und Ihr Anliegen"),
    ("trade", "Wärmedämmverbundsystemherstellung"),
    ("words", "Wir haben über Ihre Fenster gesprochen.\nRobert hat meine gebaut."),
    ("worth", "8.000 € bis 12.000 €"),
];

const RU: [(&str, &str); 20] = [
    ("attested_when", "27.02.2026"),
    ("business_name", "Столярная мастерская «Дуб»"),
    ("circle_name", "Дом и двор"),
    ("commission", "Бюро «Арка» получает за это знакомство 2 % от цены."),
    ("effort", "3 из 5: рекомендовано на словах"),
    ("expectation", "Встреча на следующей неделе"),
    ("giver_business", "Бюро «Арка»"),
    ("giver_name", "Анна Мельникова"),
    ("inviter_name", "Анна Мельникова"),
    ("name", "Анна Мельникова"),
    ("need", "Новые окна для старого дома, 14 штук"),
    ("note", "Понравился быстрый ответ.\nВесной будет больше."),
    ("prospect_name", "Илья Петров"),
    ("receiver_business", "Столярная мастерская «Дуб»"),
    ("receiver_name", "Роман Холмов"),
    ("region", "Москва"),
    ("shared", "ваше имя, адрес электронной почты, телефон и ваш запрос"),
    ("trade", "Столяр"),
    ("words", "Мы говорили о ваших окнах.\nРоман делал мои."),
    ("worth", "от 800 000 до 1 200 000 ₽"),
];
