//! A form for every move that the reader can make now, and what it does.

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
use crate::referrals::model::{DeclineReason, DisputeReason, LoseReason, Move, NOTE_MAX};
use crate::referrals::views::ReferralView;
use crate::web::forms::{self, Errors};
use crate::web::{PageContext, see_other};

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

/// A move that was tried and refused for its fields.
#[derive(Debug, Clone)]
pub struct Attempt {
    made: Move,
    typed: Typed,
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
        Err(Failure::Invalid(errors)) => whole::shown(&state, &caller, &context, id, Some(&Attempt { made, typed, errors })).await,
        Err(other) => Err(other),
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
pub fn chosen<R>(name: &str, parse: fn(&str) -> Option<R>) -> Answer<R> {
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

/// The moves that are possible now: what leads on stands open, what ends stands folded.
pub fn forms_of(context: &PageContext, view: &ReferralView, attempt: Option<&Attempt>) -> Markup {
    html! {
        @if !view.possible.is_empty() { h2 { (context.t("referrals-possible")) } }
        @for made in &view.possible { (form_of(context, view, *made, attempt.filter(|attempt| attempt.made == *made))) }
    }
}

fn form_of(context: &PageContext, view: &ReferralView, made: Move, attempt: Option<&Attempt>) -> Markup {
    let link = match made {
        Move::Edit => Some(format!("/referrals/{}/edit", view.id)),
        Move::Pass | Move::PassOn => Some(format!("/referrals/{}/pass", view.id)),
        Move::SpinOff => Some(format!("/referrals/new?circle={}&origin={}", view.circle, view.id)),
        _ => None,
    };
    let label = context.t(&format!("referrals-move-{made}"));
    if let Some(link) = link {
        return html! { p { a class="button quiet" href=(link) { (label) } } };
    }
    let is_end = matches!(made, Move::Decline | Move::Withdraw | Move::Lose | Move::Dispute);
    html! {
        details class="card" open[!is_end || attempt.is_some()] {
            summary { (label) }
            form method="post" action=(format!("/referrals/{}/moves/{made}", view.id)) {
                (forms::csrf(context))
                (fields_of(context, view, made, attempt))
                button class=[is_end.then_some("danger")] { (label) }
            }
        }
    }
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
    let shown = if typed.currency.is_empty() { currency.as_str().to_owned() } else { typed.currency.clone() };
    html! {
        p class="soft" { (context.t("referrals-amount-why")) }
        (forms::input(context, errors, "amount", "text", "referrals-amount", &typed.amount, false))
        (forms::input(context, errors, "currency", "text", "referrals-currency", &shown, false))
    }
}
