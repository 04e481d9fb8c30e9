//! A form for every move that the reader can make now, and what it does.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::{parts, whole};
use crate::db::Tx;
use crate::http::{Caller, Form, State};
use crate::kernel::id::ReferralId;
use crate::kernel::money::{Currency, Money, parse_amount};
use crate::kernel::{Answer, Failure, FieldError, Principal};
use crate::referrals::commands::{self, Verdict};
use crate::referrals::model::{DeclineReason, DisputeReason, LoseReason, Move, NOTE_MAX, ReferralState};
use crate::referrals::views::ReferralView;
use crate::web::components::{self, Tone};
use crate::web::forms::{self, Errors};
use crate::web::icon::{Icon, icon};
use crate::web::{PageContext, bare, see_other};

/// What was typed into the form of a move.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    note: String,
    reason: String,
    words: String,
    amount: String,
    currency: String,
}

/// A move that was tried and refused: for its fields, or because it is not possible now.
#[derive(Debug, Clone)]
pub struct Attempt {
    made: Move,
    typed: Typed,
    /// How the answer is marked.
    pub(super) status: StatusCode,
    errors: Vec<FieldError>,
}

/// `POST /referrals/{id}/moves/{move}`.
pub async fn make(
    state: web::Data<State>,
    caller: Caller,
    context: PageContext,
    path: web::Path<(String, String)>,
    typed: Form<Typed>,
) -> Answer<HttpResponse> {
    let (id, made) = path.into_inner();
    let id: ReferralId = id.parse().map_err(|_| Failure::NotFound("referral"))?;
    let made = Move::parse(&made).ok_or(Failure::NotFound("move"))?;
    let (principal, typed) = (caller.principal, typed.0);
    let sent = typed.clone();
    match state.db.write(move |tx| carry_out(tx, &principal, id, made, &sent)).await {
        // Who declined sees no more of it.
        Ok(()) if made == Move::Decline => Ok(see_other("/referrals?side=received", Some("referrals-declined"))),
        Ok(()) => Ok(see_other(&format!("/referrals/{id}"), Some("referrals-moved"))),
        Err(failure) => {
            let status = failure.form_status();
            let attempt = Attempt { made, typed, status, errors: failure.into_form_errors()? };
            whole::shown(&state, &caller, &context, id, Some(&attempt)).await
        }
    }
}

fn carry_out(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, made: Move, typed: &Typed) -> Answer<()> {
    let note = Some(typed.note.as_str());
    match made {
        Move::Accept => commands::accept(tx, principal, id, note),
        Move::Decline => commands::decline(tx, principal, id, chosen(&typed.reason, DeclineReason::parse)?, note),
        Move::Withdraw => commands::withdraw(tx, principal, id, note),
        Move::Contact => commands::contact(tx, principal, id, note),
        Move::Quote => commands::quote(tx, principal, id, note),
        Move::Win => commands::win(tx, principal, id, typed.value()?.as_ref(), note),
        Move::Lose => commands::lose(tx, principal, id, chosen(&typed.reason, LoseReason::parse)?, note),
        Move::Undo => commands::undo(tx, principal, id),
        Move::Dispute => commands::dispute(tx, principal, id, chosen(&typed.reason, DisputeReason::parse)?, &typed.words).map(|_| ()),
        Move::Uphold => commands::decide_dispute(tx, principal, id, Verdict::Uphold, &typed.words),
        Move::Reject => commands::decide_dispute(tx, principal, id, Verdict::Reject, &typed.words),
        Move::Edit | Move::Pass | Move::PassOn | Move::SpinOff | Move::Expire | Move::Introduce | Move::Close => Err(Failure::NotFound("move")),
    }
}

/// The reason that was chosen; none is preselected.
fn chosen<R>(name: &str, parse: fn(&str) -> Option<R>) -> Answer<R> {
    parse(name).ok_or_else(|| Failure::field("reason", "required", "choose a reason"))
}

impl Typed {
    fn value(&self) -> Answer<Option<Money>> {
        if self.amount.trim().is_empty() {
            return Ok(None);
        }
        let currency = Currency::parse(self.currency.trim()).map_err(|problem| problem.of("currency"))?;
        let amount_minor = parse_amount(&self.amount, currency).map_err(|problem| problem.of("amount"))?;
        Ok(Some(Money { amount_minor, currency }))
    }
}

/// The moves that are possible now: what leads on as buttons, what ends or needs more words is asked for first.
pub fn forms_of(context: &PageContext, view: &ReferralView, attempt: Option<&Attempt>) -> Markup {
    html! {
        @if let Some(attempt) = attempt.filter(|attempt| !view.possible.contains(&attempt.made)) { (too_late(context, attempt)) }
        @if !view.possible.is_empty() {
            section class="card" data-moves {
                h2 { (context.t("referrals-possible")) }
                @for made in &view.possible { (move_of(context, view, *made, attempt.filter(|attempt| attempt.made == *made))) }
            }
        }
    }
}

/// A move that is not possible any more: why, and the words that were written for it.
fn too_late(context: &PageContext, attempt: &Attempt) -> Markup {
    let words = [&attempt.typed.note, &attempt.typed.words];
    html! {
        (forms::summary(context, Errors(&attempt.errors)))
        @for words in words.into_iter().filter(|words| !words.trim().is_empty()) {
            section class="card" { p class="soft" { (context.t("referrals-you-wrote")) } blockquote { (bare::lines(words)) } }
        }
    }
}

/// Takes the last step back; for the message that tells of it.
pub fn undo_of(context: &PageContext, view: &ReferralView) -> Markup {
    html! {
        @if view.possible.contains(&Move::Undo) {
            form method="post" action=(format!("/referrals/{}/moves/undo", view.id)) class="inline" {
                (forms::csrf(context))
                button class="quiet" { (icon(Icon::Undo)) (context.t("undo")) }
            }
        }
    }
}

/// How a move is offered.
enum Offered {
    /// It leads to another page.
    Link(String, Icon),
    /// One press, with a note for who wants to write one.
    Press(Icon),
    /// Opened first, because it ends something or needs more.
    Asked(Tone),
}

fn offered(view: &ReferralView, made: Move) -> Offered {
    match made {
        Move::Edit => Offered::Link(format!("/referrals/{}/edit", view.id), Icon::Pencil),
        Move::Pass | Move::PassOn => Offered::Link(format!("/referrals/{}/pass", view.id), Icon::Pass),
        Move::SpinOff => Offered::Link(format!("/referrals/new?circle={}&origin={}", view.circle, view.id), Icon::Plus),
        Move::Undo => Offered::Press(Icon::Undo),
        Move::Decline | Move::Withdraw | Move::Lose | Move::Dispute => Offered::Asked(Tone::Bad),
        Move::Win | Move::Uphold | Move::Reject => Offered::Asked(Tone::Going),
        _ => Offered::Press(Icon::Check),
    }
}

fn move_of(context: &PageContext, view: &ReferralView, made: Move, attempt: Option<&Attempt>) -> Markup {
    let label = context.t(&format!("referrals-move-{made}"));
    let context = &context.within(made.as_str());
    let action = format!("/referrals/{}/moves/{made}", view.id);
    match offered(view, made) {
        Offered::Link(href, shown) => html! { p { (components::quiet_link(&href, shown, &label)) } },
        Offered::Press(shown) => html! {
            form method="post" action=(action) class="move" data-words=(context.t("done-referrals-moved")) data-after=[after(context, made)] {
                (forms::csrf(context))
                button class=[(made == Move::Undo).then_some("quiet")] { (icon(shown)) (label) }
                @if made != Move::Undo { details { summary { (context.t("referrals-add-note")) } (fields_of(context, view, made, attempt)) } }
            }
        },
        Offered::Asked(tone) => {
            let inner = html! {
                h2 { (label) }
                form method="post" action=(action) {
                    (forms::csrf(context))
                    (fields_of(context, view, made, attempt))
                    button class=[(tone == Tone::Bad).then_some("danger")] { (label) }
                }
            };
            components::ask(&format!("move-{made}"), tone, &label, attempt.is_some(), &inner)
        }
    }
}

/// The state that a move leads to, shown while it is being sent.
fn after(context: &PageContext, made: Move) -> Option<String> {
    let state = match made {
        Move::Accept => ReferralState::Accepted,
        Move::Contact => ReferralState::Contacted,
        Move::Quote => ReferralState::Quoted,
        _ => return None,
    };
    Some(parts::state(context, state))
}

fn fields_of(context: &PageContext, view: &ReferralView, made: Move, attempt: Option<&Attempt>) -> Markup {
    let nothing = Typed::default();
    let typed = attempt.map_or(&nothing, |attempt| &attempt.typed);
    let errors = Errors(attempt.map_or(&[], |attempt| attempt.errors.as_slice()));
    let reasons =
        |names: Vec<&'static str>| forms::select(context, errors, "reason", "referrals-reason", &parts::reasons(context, names.into_iter()), &typed.reason);
    html! {
        (forms::summary(context, errors))
        @match made {
            Move::Decline => (reasons(DeclineReason::ALL.iter().map(|reason| reason.as_str()).collect())),
            Move::Lose => (reasons(LoseReason::ALL.iter().map(|reason| reason.as_str()).collect())),
            Move::Dispute => (reasons(DisputeReason::ALL.iter().map(|reason| reason.as_str()).collect())),
            Move::Win => (value_fields(context, view, errors, typed)),
            _ => {},
        }
        @match made {
            Move::Undo => {},
            Move::Dispute | Move::Uphold | Move::Reject => (forms::area(context, errors, "words", "referrals-words", &typed.words, NOTE_MAX, true)),
            _ => (forms::area(context, errors, "note", "referrals-note", &typed.note, NOTE_MAX, false)),
        }
    }
}

fn value_fields(context: &PageContext, view: &ReferralView, errors: Errors<'_>, typed: &Typed) -> Markup {
    let currency = view.worth.map_or(Currency::EUR, |worth| worth.currency);
    let shown = if typed.currency.is_empty() { currency.to_string() } else { typed.currency.clone() };
    html! {
        p class="soft" { (context.t("referrals-amount-why")) }
        (forms::input(context, errors, "amount", "text", "referrals-amount", &typed.amount, false))
        (forms::input(context, errors, "currency", "text", "referrals-currency", &shown, false))
    }
}
