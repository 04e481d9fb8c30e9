//! The exact words of consent, in every language. They are versioned: whoever changes a text of this file's keys raises
//! [`VERSION`], so that the record says which words a person read.

use fluent_templates::fluent_bundle::FluentValue;

use super::model::ProspectAnswer;
use crate::kernel::Language;
use crate::referrals::views::Prospect;
use crate::web::texts;

/// The version of the words of consent.
pub const VERSION: &str = "2026-11-28";

/// What a person was asked, or said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The words.
    pub wording: String,
    /// Their version.
    pub version: &'static str,
    /// Their language.
    pub language: Language,
}

/// Who introduces whom to whom, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The giver's person.
    pub giver_name: String,
    /// The giver's business.
    pub giver_business: String,
    /// The receiver's business.
    pub receiver_business: String,
    /// What the prospect needs.
    pub need: String,
}

/// Which data of the prospect is passed on, beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// The business.
    pub company: bool,
    /// An e-mail address.
    pub email: bool,
    /// A phone number.
    pub phone: bool,
}

impl Shared {
    /// Nothing but the name.
    pub const NOTHING: Self = Self { company: false, email: false, phone: false };

    /// What is known of a prospect.
    pub fn of(prospect: &Prospect) -> Self {
        Self { company: prospect.company.is_some(), email: prospect.email.is_some(), phone: prospect.phone.is_some() }
    }
}

/// The purpose of every consent here.
pub fn purpose(language: Language) -> String {
    texts::text(language, "introductions-purpose")
}

/// The question that a prospect is asked.
pub fn question(language: Language, names: &Names, shared: Shared) -> Statement {
    named(language, "introductions-question", names, shared)
}

/// What a prospect says with an answer.
pub fn answer(language: Language, answer: ProspectAnswer, names: &Names, shared: Shared) -> Statement {
    match answer {
        ProspectAnswer::Yes => named(language, "introductions-consent", names, shared),
        refusal => refused(language, refusal),
    }
}

/// What a prospect says who refuses; needs no names.
pub fn refused(language: Language, refusal: ProspectAnswer) -> Statement {
    let key = match refusal {
        ProspectAnswer::Yes | ProspectAnswer::No => "introductions-said-no",
        ProspectAnswer::NotNow => "introductions-said-not-now",
        ProspectAnswer::NeverAgain => "introductions-said-never-again",
    };
    plain(language, key)
}

/// What a prospect says who takes an answer back.
pub fn taken_back(language: Language) -> Statement {
    plain(language, "introductions-said-taken-back")
}

/// What a prospect says who withdraws the consent.
pub fn withdrawn(language: Language) -> Statement {
    plain(language, "introductions-said-withdrawn")
}

/// The data that is passed on, in words: "name, e-mail address and phone number".
pub fn shared(language: Language, shared: Shared) -> String {
    let parts = [
        (true, "introductions-shared-name"),
        (shared.company, "introductions-shared-company"),
        (shared.email, "introductions-shared-email"),
        (shared.phone, "introductions-shared-phone"),
    ];
    let words: Vec<String> = parts.into_iter().filter(|(known, _)| *known).map(|(_, key)| texts::text(language, key)).collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} {} {last}", before.join(", "), texts::text(language, "introductions-and")),
        _ => words.concat(),
    }
}

/// The names as arguments of a text.
pub fn arguments(language: Language, names: &Names, which: Shared) -> Vec<(&'static str, FluentValue<'static>)> {
    vec![
        ("giver", names.giver_name.clone().into()),
        ("giver_business", names.giver_business.clone().into()),
        ("receiver", names.receiver_business.clone().into()),
        // The sentence around it ends with a full stop of its own.
        ("need", names.need.trim_end_matches('.').to_owned().into()),
        ("shared", shared(language, which).into()),
    ]
}

fn named(language: Language, key: &str, names: &Names, which: Shared) -> Statement {
    Statement { wording: texts::text_with(language, key, &arguments(language, names, which)), version: VERSION, language }
}

fn plain(language: Language, key: &str) -> Statement {
    Statement { wording: texts::text(language, key), version: VERSION, language }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_on_reads_as_a_list() {
        let all = Shared { company: true, email: true, phone: true };
        assert_eq!(shared(Language::En, all), "name, company, e-mail address and phone number");
        assert_eq!(shared(Language::De, Shared { phone: true, ..Shared::NOTHING }), "Name und Telefonnummer");
        assert_eq!(shared(Language::Ru, Shared::NOTHING), "имя");
    }

    #[test]
    fn the_words_of_consent_name_everybody_in_every_language() {
        let names =
            Names { giver_name: "Gina".to_owned(), giver_business: "Gina Ltd".to_owned(), receiver_business: "Rolf Ltd".to_owned(), need: "wiring".to_owned() };
        for language in Language::ALL {
            for statement in [question(*language, &names, Shared::NOTHING), answer(*language, ProspectAnswer::Yes, &names, Shared::NOTHING)] {
                for part in ["Gina", "Gina Ltd", "Rolf Ltd", "wiring"] {
                    assert!(statement.wording.contains(part), "{part}: {}", statement.wording);
                }
            }
            for refusal in [ProspectAnswer::No, ProspectAnswer::NotNow, ProspectAnswer::NeverAgain] {
                assert!(!answer(*language, refusal, &names, Shared::NOTHING).wording.starts_with("introductions-"));
            }
        }
    }
}
