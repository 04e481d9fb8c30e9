//! The page of a referral: where it stands, what can be done, and what happened.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use super::moves::{self, Attempt};
use super::pass::terms_of;
use super::{parts, suggested};
use crate::http::{Caller, PathId, State};
use crate::introductions::reading;
use crate::introductions::share::{self, Share};
use crate::kernel::id::ReferralId;
use crate::kernel::{Answer, Failure};
use crate::outbox::MailKind;
use crate::reciprocity::suggestions::views::{self as suggestions, SuggestionsView};
use crate::referrals::model::{ReferralState, Relation};
use crate::referrals::views::{self, ProspectView, ReferralView, TimelineEntry};
use crate::web::components::{self, Tone};
use crate::web::icon::{Icon, icon};
use crate::web::{Heading, PageContext, live, page_with};

/// `GET /referrals/{id}`.
pub async fn show(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<ReferralId>) -> Answer<HttpResponse> {
    shown(&state, &caller, &context, *id, None).await
}

/// What the page shows.
struct Whole {
    view: ReferralView,
    timeline: Vec<TimelineEntry>,
    share: Option<Share>,
    /// Why this receiver: for the giver alone.
    why: Option<SuggestionsView>,
    /// Whether the reader may see the consent record.
    has_record: bool,
}

/// The page, with a move that failed shown again as it was typed.
pub async fn shown(state: &State, caller: &Caller, context: &PageContext, id: ReferralId, attempt: Option<&Attempt>) -> Answer<HttpResponse> {
    let (principal, now, language) = (caller.principal, state.now(), context.language);
    let (secret, base_url) = (state.secret().clone(), state.config.server.base_url.clone());
    let read = move |connection: &mut crate::db::AnyConn| {
        let view = views::whole(connection, &principal, id, now)?;
        let timeline = views::timeline(connection, &principal, id, now)?;
        // Who has the link can answer as the prospect: it is for the giver alone.
        let why = match view.role == Relation::Giver && view.state != ReferralState::Draft {
            true => match suggestions::kept(connection, id, language) {
                Ok(kept) => Some(kept),
                Err(Failure::NotFound(_)) => None,
                Err(other) => return Err(other),
            },
            false => None,
        };
        let share = if view.role == Relation::Giver { share::of_referral(connection, &secret, &base_url, id, now)? } else { None };
        let has_record = view.introduction.is_some() && reading::sees_record(connection, &principal, id)?;
        Ok(Whole { view, timeline, share, why, has_record })
    };
    let found = state.db.read(read).await?;
    let view = &found.view;
    let status = attempt.map_or(StatusCode::OK, |attempt| attempt.status);
    let title = parts::trade(context, view.trade);
    let trail = Some((format!("/referrals?side={}", if view.role == Relation::Receiver { "received" } else { "given" }), context.t("referrals-title")));
    let heading = Heading { title: &title, trail, undo: moves::undo_of(context, view), ..Heading::default() };
    Ok(page_with(context, status, &heading, content(context, &found, attempt)))
}

fn content(context: &PageContext, found: &Whole, attempt: Option<&Attempt>) -> Markup {
    let view = &found.view;
    let shown = html! {
        p class="row" {
            span data-state { (parts::badge(context, view.state)) }
            @if view.dispute.is_some() { (components::badge(Tone::Bad, &context.t("referrals-disputed"))) }
            @if let Some(reason) = view.reason { span class="soft" { (parts::reason(context, reason)) } }
            span class="soft" { (context.t("referrals-since")) " " (parts::moment(context, view.state_since)) }
        }
        div class="columns" {
            div {
                (moves::forms_of(context, view, attempt))
                @if let Some(share) = &found.share { (sharing(context, share)) }
                (dispute(context, view))
                (facts(context, view))
                (prospect(context, view, found.has_record))
                (other_side(context, view))
                @if let Some(why) = &found.why { (suggested::why(context, why)) }
                (relatives(context, view))
            }
            section class="card" {
                h2 { (context.t("referrals-timeline")) }
                ol class="timeline" { @for entry in &found.timeline { (step(context, entry)) } }
            }
        }
    };
    live::region(context, "referral", &format!("referral:{}", view.id), &shown)
}

/// What the other side sees of it now, in words.
fn other_side(context: &PageContext, view: &ReferralView) -> Markup {
    let key = match view.role {
        Relation::Giver if view.state == ReferralState::Draft => "referrals-sees-draft",
        Relation::Giver if view.state.was_introduced() => "referrals-sees-receiver-all",
        Relation::Giver => "referrals-sees-receiver",
        Relation::Receiver => "referrals-sees-giver",
        _ => return html! {},
    };
    html! { details class="card" { summary { (icon(Icon::Eye)) " " (context.t("referrals-other-side")) } p { (context.t(key)) } } }
}

fn facts(context: &PageContext, view: &ReferralView) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("referrals-what-is-it")) }
            dl {
                (parts::fact(context, "referrals-giver", Some(&format!("{} ({})", view.giver.name, view.giver_person))))
                (parts::fact(context, "referrals-receiver", view.receiver.as_ref().map(|receiver| receiver.name.as_str())))
                dt { (context.t("referrals-circle")) } dd { a href=(format!("/circles/{}", view.circle)) { (view.circle_name) } }
                (parts::terms(context, &terms_of(view)))
                @if view.inside { (parts::fact(context, "referrals-kind", Some(&context.t("referrals-inside")))) }
                @if let Some(value) = &view.won_value { (parts::fact(context, "referrals-won-value", Some(&context.language.money(value)))) }
            }
        }
    }
}

fn prospect(context: &PageContext, view: &ReferralView, has_record: bool) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("referrals-prospect")) }
            @if let Some(prospect) = &view.prospect { (contact_data(context, prospect)) }
            @else if view.wiped { p class="soft" { (context.t("referrals-wiped")) } }
            @else if view.role == Relation::Receiver { p class="soft" { (context.t("referrals-prospect-later")) } }
            @else { p class="soft" { (context.t("referrals-prospect-hidden")) } }
            @if has_record { p { a href=(format!("/referrals/{}/consent", view.id)) { (context.t("referrals-consent-record")) } } }
        }
    }
}

fn contact_data(context: &PageContext, prospect: &ProspectView) -> Markup {
    html! {
        dl {
            (parts::fact(context, "referrals-prospect-name", Some(&prospect.name)))
            (parts::fact(context, "referrals-prospect-company", prospect.company.as_deref()))
            @if let Some(email) = &prospect.email { dt { (context.t("referrals-prospect-email")) } dd { a href=(format!("mailto:{email}")) { (email) } } }
            @if let Some(phone) = &prospect.phone { dt { (context.t("referrals-prospect-phone")) } dd { a href=(format!("tel:{phone}")) { (phone) } } }
            (parts::fact(context, "referrals-words-to-prospect", prospect.words.as_deref()))
        }
    }
}

fn sharing(context: &PageContext, share: &Share) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("referrals-share")) }
            p { (context.t("referrals-share-why")) }
            pre id="share-text" { (share.text) }
            p { button type="button" class="quiet" data-copy="share-text" data-copied=(context.t("copied")) hidden { (icon(Icon::Link)) span { (context.t("copy")) } } }
        }
    }
}

fn dispute(context: &PageContext, view: &ReferralView) -> Markup {
    html! {
        @if let Some(dispute) = &view.dispute {
            section class="card" {
                h2 { (context.t("referrals-disputed")) }
                p { b { (parts::reason(context, dispute.reason.as_str())) } }
                p { (parts::lines(&dispute.words)) }
            }
        }
    }
}

/// What it came out of, and what came out of it.
fn relatives(context: &PageContext, view: &ReferralView) -> Markup {
    html! {
        @if let Some(origin) = view.origin {
            p {
                (context.t("referrals-came-out-of")) " "
                // Only its giver received the origin and can open it.
                @if view.role == Relation::Giver { a href=(format!("/referrals/{origin}")) { (context.t("referrals-origin")) } } @else { (context.t("referrals-origin")) }
            }
        }
        @if !view.spin_offs.is_empty() {
            h2 { (context.t("referrals-spin-offs")) }
            ul {
                @for spin_off in &view.spin_offs {
                    li {
                        @if view.role == Relation::Receiver { a href=(format!("/referrals/{}", spin_off.id)) { (parts::trade(context, spin_off.trade)) } }
                        @else { (parts::trade(context, spin_off.trade)) }
                        " · " (parts::moment(context, spin_off.created_at))
                    }
                }
            }
        }
    }
}

fn step(context: &PageContext, entry: &TimelineEntry) -> Markup {
    let receiver = entry.receiver.as_ref().map(|receiver| receiver.name.clone()).unwrap_or_default();
    let mail = entry.mail.map_or("", MailKind::as_str);
    let who = entry.by.iter().chain(entry.by_business.iter().map(|business| &business.name)).cloned().collect::<Vec<_>>().join(", ");
    html! {
        li {
            b { (context.t_with(&parts::key("event", entry.kind.as_str()), &[("receiver", receiver.into()), ("mail", mail.into())])) }
            @if let Some(reason) = &entry.reason { ": " (parts::reason(context, reason)) }
            br;
            span class="soft" { (parts::moment(context, entry.at)) @if !who.is_empty() { " · " (who) } }
            @if let Some(note) = &entry.note { p { (parts::lines(note)) } }
        }
    }
}
