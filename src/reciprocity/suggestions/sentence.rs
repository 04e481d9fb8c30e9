//! The sentence that says why somebody is suggested.

use super::model::SuggestionReason;
use crate::kernel::Language;
use crate::web::{text, text_with};

/// How many reasons a sentence has.
const REASONS_MAX: usize = 3;

/// The strongest reasons in the reader's words: "closes Ana → Carla → Ben → Ana; is owed most; answers in 40 min". `ring` holds
/// the names of the ring that closes.
pub(super) fn sentence(language: Language, reasons: &[SuggestionReason], ring: &[&str], answer_median_seconds: Option<i64>) -> String {
    let words: Vec<String> = reasons
        .iter()
        .take(REASONS_MAX)
        .map(|reason| match reason {
            SuggestionReason::ClosesRing => {
                let round: Vec<&str> = ring.iter().chain(ring.first()).copied().collect();
                text_with(language, "suggestions-reason-closes-ring", &[("ring", round.join(" → ").into())])
            }
            SuggestionReason::AnswersSoon => answers_in(language, answer_median_seconds.unwrap_or(0)),
            other => text(language, &format!("suggestions-reason-{}", other.as_str().replace('_', "-"))),
        })
        .collect();
    if words.is_empty() { text(language, "suggestions-reason-none") } else { words.join("; ") }
}

/// "answers in 40 min": up to an hour and a half in minutes, then in hours, rounded.
fn answers_in(language: Language, seconds: i64) -> String {
    let minutes = (seconds / 60).max(1);
    if minutes <= 90 {
        text_with(language, "suggestions-answers-in-minutes", &[("count", minutes.into())])
    } else {
        text_with(language, "suggestions-answers-in-hours", &[("count", ((minutes + 30) / 60).into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_put_together_from_the_reasons() {
        let reasons = [SuggestionReason::ClosesRing, SuggestionReason::IsOwedMost, SuggestionReason::AnswersSoon, SuggestionReason::HasRoom];
        let ring = ["Ana", "Carla", "Ben"];
        assert_eq!(sentence(Language::En, &reasons, &ring, Some(2_400)), "closes Ana → Carla → Ben → Ana; is owed most; answers in 40 min");
        assert_eq!(sentence(Language::De, &reasons, &ring, Some(2_400)), "schließt Ana → Carla → Ben → Ana; hat am meisten Punkte gut; antwortet in 40 Min.");
        assert_eq!(sentence(Language::Ru, &[SuggestionReason::AnswersSoon], &[], Some(7_300)), "отвечает за 2 ч");
        assert_eq!(sentence(Language::En, &[], &[], None), "can be asked");
    }
}
