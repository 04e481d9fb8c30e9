//! The question: who introduces whom to whom and why, equal answers, and what becomes of the data.

use maud::{Markup, html};

use crate::circles::policy::ConsentPath;
use crate::introductions::model::{Introduction, ProspectAnswer, RETENTION_DAYS};
use crate::introductions::sources::Sources;
use crate::introductions::wording;
use crate::kernel::clock::days;
use crate::referrals::views::Prospect;
use crate::web::PageContext;
use crate::web::bare::{self, lines};

/// Keeps out of sight what only machines press.
const UNSEEN: &str = "unseen";

/// What stands beside the form when it is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing was chosen.
    NoChoice,
    /// The code is needed.
    CodeNeeded,
    /// That was not the code.
    CodeWrong,
    /// The code was mistyped too often.
    CodeLocked,
}

/// Everything the question page shows.
pub(super) struct Question<'q> {
    pub context: &'q PageContext,
    pub introduction: &'q Introduction,
    pub sources: &'q Sources,
    pub prospect: &'q Prospect,
    pub action: &'q str,
    /// What was chosen in the mail; it is marked, never chosen.
    pub marked: Option<ProspectAnswer>,
    /// What was sent before the form was shown again.
    pub sent: Option<ProspectAnswer>,
    pub trouble: Option<Trouble>,
    /// Who runs this server.
    pub operator: &'q str,
}

impl Question<'_> {
    /// The page's content.
    pub fn markup(&self) -> Markup {
        html! {
            (self.trouble_markup())
            p { (self.t("introductions-page-hello", &[("prospect", &self.prospect.name)])) }
            p { (self.named("introductions-page-who")) }
            section class="card" {
                h2 { (self.context.t("introductions-page-need")) }
                p { (lines(&self.sources.names.need)) }
                @if let Some(words) = &self.prospect.words {
                    h2 { (self.named("introductions-page-words")) }
                    blockquote { (lines(words)) }
                }
            }
            (self.attested())
            p { (self.named("introductions-page-shared")) }
            p { b { (self.commission()) } }
            (self.form())
            (self.data())
        }
    }

    fn t(&self, key: &str, arguments: &[(&'static str, &str)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, (*value).to_owned().into())).collect();
        self.context.t_with(key, &arguments)
    }

    /// A text that names the three parties.
    fn named(&self, key: &str) -> String {
        let mut arguments = wording::arguments(self.context.language, &self.sources.names, self.sources.shared());
        arguments.push(("city", self.sources.receiver_city.clone().into()));
        arguments.push(("days", RETENTION_DAYS.into()));
        self.context.t_with(key, &arguments)
    }

    fn commission(&self) -> String {
        if self.sources.commission.is_empty() { self.context.t("introductions-no-commission") } else { self.sources.commission.clone() }
    }

    fn trouble_markup(&self) -> Markup {
        let key = match self.trouble {
            None => return html! {},
            Some(Trouble::NoChoice) => "introductions-answer-required",
            Some(Trouble::CodeNeeded) => "introductions-code-why",
            Some(Trouble::CodeWrong) => "introductions-code-wrong",
            Some(Trouble::CodeLocked) => "introductions-code-locked",
        };
        html! { div id="trouble" class="errors" role="alert" { p { (self.named(key)) } } }
    }

    fn attested(&self) -> Markup {
        let introduction = self.introduction;
        let Some((how, when)) = introduction.attested_how.zip(introduction.attested_when).filter(|_| introduction.consent_path == ConsentPath::Attested) else {
            return html! {};
        };
        let how = self.context.t(&format!("introductions-channel-{}", how.as_str().replace('_', "-")));
        let date = self.sources.attested_day(self.context.language, when);
        let giver = &self.sources.names.giver_name;
        html! {
            p { (self.t("introductions-page-attested", &[("giver", giver), ("date", &date), ("how", &how)])) }
            blockquote { (lines(introduction.attested_words.as_deref().unwrap_or(""))) }
            p { (self.context.t("introductions-page-attested-ask")) }
        }
    }

    fn form(&self) -> Markup {
        let until = self.context.date(self.introduction.expires_at);
        let wiped = self.context.date(self.introduction.created_at.after(days(RETENTION_DAYS)));
        let unanswered = self.trouble == Some(Trouble::NoChoice);
        html! {
            form method="post" action=(self.action) {
                (bare::language_field(self.context))
                fieldset aria-describedby=[unanswered.then_some("trouble")] {
                    legend { h2 { (self.context.t("introductions-answer-legend")) } }
                    div class="choice" { @for answer in ProspectAnswer::ALL { (self.choice(*answer)) } }
                }
                (self.code())
                p { button { (self.context.t("introductions-answer-send")) } }
                p class="soft" { (self.t("introductions-answer-until", &[("date", &until), ("wiped", &wiped)])) }
                // Behind the button that sends: the Enter key presses the first one.
                (self.traps())
            }
        }
    }

    /// The whole card is the target, and no answer looks better than another.
    fn choice(&self, answer: ProspectAnswer) -> Markup {
        let id = format!("answer-{answer}");
        let statement = wording::answer(self.context.language, answer, &self.sources.names, self.sources.shared());
        let marked = self.marked == Some(answer);
        html! {
            label class=(if marked { "option marked" } else { "option" }) for=(id) {
                // Only what this person sent himself a moment ago is chosen again; a link in a mail never chooses.
                input id=(id) type="radio" name="answer" value=(answer.as_str()) checked[self.sent == Some(answer)];
                span {
                    (statement.wording)
                    @if marked { span class="hint" { (self.context.t("introductions-answer-marked")) } }
                }
            }
        }
    }

    /// A field and a button that no person sees or reaches with the keyboard: whoever uses them is a machine.
    fn traps(&self) -> Markup {
        html! {
            div class=(UNSEEN) aria-hidden="true" {
                label for="website" { (self.context.t("introductions-trap-field")) }
                input id="website" name="website" type="text" tabindex="-1" autocomplete="off";
                button name="press" value="everything" tabindex="-1" { (self.context.t("introductions-trap-button")) }
            }
        }
    }

    fn code(&self) -> Markup {
        let asked = self.introduction.scanner_suspected || matches!(self.trouble, Some(Trouble::CodeNeeded | Trouble::CodeWrong));
        html! {
            @if asked && self.trouble != Some(Trouble::CodeLocked) {
                p class="field" {
                    label for="code" { (self.context.t("introductions-code-label")) }
                    @if self.trouble != Some(Trouble::CodeNeeded) { span id="code-why" class="hint" { (self.context.t("introductions-code-why")) } }
                    input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="4" pattern="[0-9]{4}"
                        aria-invalid=[(self.trouble == Some(Trouble::CodeWrong)).then_some("true")]
                        aria-describedby=(if self.trouble == Some(Trouble::CodeNeeded) { "trouble" } else { "code-why" });
                }
            }
        }
    }

    fn data(&self) -> Markup {
        let responsible = self.t("introductions-data-responsible-is", &[("giver_business", &self.sources.names.giver_business), ("address", self.operator)]);
        html! {
            section class="about" {
                h2 { (self.context.t("introductions-data-title")) }
                dl {
                    @for part in ["source", "purpose", "recipient", "retention", "rights"] {
                        dt { (self.context.t(&format!("introductions-data-{part}"))) }
                        dd { (self.named(&format!("introductions-data-{part}-is"))) }
                    }
                    dt { (self.context.t("introductions-data-commission")) }
                    dd { (self.commission()) }
                    dt { (self.context.t("introductions-data-responsible")) }
                    dd { (responsible) }
                }
            }
        }
    }
}
