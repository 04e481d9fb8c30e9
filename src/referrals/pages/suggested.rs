//! Who is suggested as a receiver, as cards to choose from, and why the others are not.

use maud::{Markup, html};

use crate::reciprocity::suggestions::model::LeftOut;
use crate::reciprocity::suggestions::views::{CandidateView, SuggestionsView};
use crate::web::PageContext;
use crate::web::icon::{Icon, icon};

/// What a select for receivers sends instead of a business: the best suggestion shall get it.
pub const BEST: &str = "suggest";
/// How many names a reason is shown with.
const NAMES_SHOWN: usize = 20;

/// One card a candidate. The chosen one is marked, otherwise the best.
pub fn cards(context: &PageContext, view: &SuggestionsView, chosen: &str) -> Markup {
    let is_among = view.candidates.iter().any(|candidate| candidate.business.id.to_string() == chosen);
    let is_marked = |candidate: &CandidateView| if is_among { candidate.business.id.to_string() == chosen } else { candidate.rank == 1 };
    html! {
        div id="suggestions" class="choice field" role="radiogroup" aria-label=(context.t("suggestions-title")) {
            @if view.candidates.is_empty() { p { (context.t("suggestions-nobody")) } } @else {
                p class="soft small" { (context.t_with("suggestions-order", &[("count", view.candidates_count.into())])) }
            }
            @for candidate in &view.candidates { (card(context, candidate, is_marked(candidate))) }
        }
        (left_out(context, view))
    }
}

fn card(context: &PageContext, candidate: &CandidateView, marked: bool) -> Markup {
    let id = format!("suggested-{}", candidate.rank);
    html! {
        div class="option" {
            input id=(id) name="suggested" type="radio" value=(candidate.business.id) checked[marked];
            div class="fill" {
                label for=(id) { b { (candidate.business.name) } br; span class="hint" { (candidate.sentence) } }
                (parts(context, candidate))
            }
        }
    }
}

/// Why the receiver was chosen, as it was known when the referral was passed; nothing when nobody fitted then.
pub fn why(context: &PageContext, kept: &SuggestionsView) -> Markup {
    let chosen = kept.candidates.iter().find(|candidate| Some(candidate.business.id) == kept.chosen);
    html! {
        @if let Some(candidate) = chosen {
            details class="card" {
                summary { (icon(Icon::Spark)) " " (context.t_with("suggestions-why-chosen", &[("receiver", candidate.business.name.clone().into())])) }
                p { (candidate.sentence) }
                p class="soft small" { (context.t_with("suggestions-rank", &[("rank", candidate.rank.into()), ("count", kept.candidates_count.into())])) }
                (parts(context, candidate))
            }
        }
    }
}

/// Part by part, as a bar and in words.
fn parts(context: &PageContext, candidate: &CandidateView) -> Markup {
    html! {
        details {
            summary { (context.t("suggestions-why")) }
            table { tbody {
                @for (part, level) in candidate.levels.named() {
                    tr {
                        th scope="row" { (context.t(&format!("suggestions-part-{part}"))) }
                        td { meter min="0" max="4" value=(level) {} " " (context.t(&format!("suggestions-level-{level}"))) }
                    }
                }
            } }
        }
    }
}

fn left_out(context: &PageContext, view: &SuggestionsView) -> Markup {
    let count = i64::try_from(view.left_out.len()).unwrap_or(i64::MAX);
    html! {
        @if count > 0 {
            details {
                summary { (context.t_with("suggestions-left-out", &[("count", count.into())])) }
                dl {
                    @for reason in LeftOut::ALL {
                        @let names: Vec<&str> = view.left_out.iter().filter(|member| member.reasons.contains(reason)).map(|member| member.business.name.as_str()).collect();
                        @if !names.is_empty() {
                            dt { (context.t(&format!("suggestions-out-{}", reason.as_str().replace('_', "-")))) }
                            dd { (names[..names.len().min(NAMES_SHOWN)].join(", ")) @if names.len() > NAMES_SHOWN { " …" } }
                        }
                    }
                }
            }
        }
    }
}
