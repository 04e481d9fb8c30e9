//! The policy of a circle: what is in force, what was, and (for organisers) the form for a new version.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::{ceilings, same};
use crate::accounts;
use crate::circles::frame::{self, Above, Room};
use crate::circles::policy::{Clocks, ConsentPath, Credits, Limits, Policy, Weights};
use crate::circles::views::PolicyVersion;
use crate::circles::{commands, views};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::{CircleId, PersonId};
use crate::kernel::{Answer, FieldError, Language, Page, PageQuery};
use crate::web::forms::{self, Errors, Input};
use crate::web::{self as site, PageContext};

/// The rules in numbers: the form's field, the text that names it, how it is read.
type Rule = (&'static str, &'static str, fn(&Policy) -> i64);

const RULES: [Rule; 21] = [
    ("answer_hours", "circles-answer-hours", |policy| policy.clocks.answer_hours.into()),
    ("answer_reminder_hours", "circles-answer-reminder-hours", |policy| policy.clocks.answer_reminder_hours.into()),
    ("first_contact_hours", "circles-first-contact-hours", |policy| policy.clocks.first_contact_hours.into()),
    ("nudge_days", "circles-nudge-days", |policy| policy.clocks.nudge_days.into()),
    ("close_days", "circles-close-days", |policy| policy.clocks.close_days.into()),
    ("claim_window_days", "circles-claim-window-days", |policy| policy.claim_window_days.into()),
    ("recycled_days", "circles-recycled-days", |policy| policy.limits.recycled_days.into()),
    ("pair_per_month", "circles-pair-per-month", |policy| policy.limits.pair_per_month.into()),
    ("introduced", "circles-credits-introduced", |policy| policy.credits.introduced),
    ("won", "circles-credits-won", |policy| policy.credits.won),
    ("won_per_thousand", "circles-credits-won-per-thousand", |policy| policy.credits.won_per_thousand),
    ("won_value_cap", "circles-credits-won-value-cap", |policy| policy.credits.won_value_cap),
    ("third_win", "circles-credits-third-win", |policy| policy.credits.third_win),
    ("ring_length", "circles-ring-length", |policy| policy.ring_length.into()),
    ("fit", "circles-weight-fit", |policy| policy.weights.fit.into()),
    ("conversion", "circles-weight-conversion", |policy| policy.weights.conversion.into()),
    ("response", "circles-weight-response", |policy| policy.weights.response.into()),
    ("load", "circles-weight-load", |policy| policy.weights.load.into()),
    ("ring", "circles-weight-ring", |policy| policy.weights.ring.into()),
    ("evenness", "circles-weight-evenness", |policy| policy.weights.evenness.into()),
    ("turn", "circles-weight-turn", |policy| policy.weights.turn.into()),
];

/// The rules by what they are about: the text that names it, and which of [`RULES`].
const GROUPS: [(&str, (usize, usize)); 4] =
    [("circles-rules-clocks", (0, 5)), ("circles-rules-limits", (5, 8)), ("circles-rules-credits", (8, 14)), ("circles-rules-suggestions", (14, 21))];

/// The form, every number as it was typed.
#[derive(Debug, Deserialize)]
pub(super) struct PolicyForm {
    version: i32,
    answer_hours: String,
    answer_reminder_hours: String,
    first_contact_hours: String,
    nudge_days: String,
    close_days: String,
    claim_window_days: String,
    recycled_days: String,
    pair_per_month: String,
    introduced: String,
    won: String,
    won_per_thousand: String,
    won_value_cap: String,
    third_win: String,
    ring_length: String,
    fit: String,
    conversion: String,
    response: String,
    load: String,
    ring: String,
    evenness: String,
    turn: String,
    #[serde(default)]
    ceiling_trade: Vec<String>,
    #[serde(default)]
    ceiling_credits: Vec<String>,
    #[serde(default)]
    consent_path: Vec<ConsentPath>,
}

impl PolicyForm {
    fn typed(&self) -> [&str; 21] {
        [
            &self.answer_hours,
            &self.answer_reminder_hours,
            &self.first_contact_hours,
            &self.nudge_days,
            &self.close_days,
            &self.claim_window_days,
            &self.recycled_days,
            &self.pair_per_month,
            &self.introduced,
            &self.won,
            &self.won_per_thousand,
            &self.won_value_cap,
            &self.third_win,
            &self.ring_length,
            &self.fit,
            &self.conversion,
            &self.response,
            &self.load,
            &self.ring,
            &self.evenness,
            &self.turn,
        ]
    }

    /// The rows of ceilings in which something was typed.
    fn ceilings(&self) -> Vec<ceilings::Row> {
        let rows = self.ceiling_trade.iter().cloned().zip(self.ceiling_credits.iter().cloned());
        rows.filter(|(trade, credits)| !trade.is_empty() || !credits.is_empty()).collect()
    }

    /// The policy, with every error of every field at once.
    fn policy(&self, language: Language) -> Answer<Policy> {
        // What is no number lies outside every rule's bounds, and the policy's own check says so.
        let small = |text: &str| text.trim().parse().unwrap_or(u32::MAX);
        let large = |text: &str| text.trim().parse().unwrap_or(-1);
        let (ceilings, unread) = match ceilings::parse(&self.ceiling_trade, &self.ceiling_credits, language) {
            Ok(ceilings) => (ceilings, None),
            Err(failure) => (Vec::new(), Some(failure)),
        };
        let policy = Policy {
            clocks: Clocks {
                answer_hours: small(&self.answer_hours),
                answer_reminder_hours: small(&self.answer_reminder_hours),
                first_contact_hours: small(&self.first_contact_hours),
                nudge_days: small(&self.nudge_days),
                close_days: small(&self.close_days),
            },
            credits: Credits {
                introduced: large(&self.introduced),
                won: large(&self.won),
                won_per_thousand: large(&self.won_per_thousand),
                won_value_cap: large(&self.won_value_cap),
                third_win: large(&self.third_win),
            },
            consent_paths: self.consent_path.clone(),
            claim_window_days: small(&self.claim_window_days),
            ring_length: self.ring_length.trim().parse().unwrap_or(u8::MAX),
            ceilings,
            limits: Limits { pair_per_month: small(&self.pair_per_month), recycled_days: small(&self.recycled_days) },
            weights: Weights {
                fit: small(&self.fit),
                conversion: small(&self.conversion),
                response: small(&self.response),
                load: small(&self.load),
                ring: small(&self.ring),
                evenness: small(&self.evenness),
                turn: small(&self.turn),
            },
        };
        match unread {
            Some(failure) => Err(failure.and(policy.check().err())),
            None => Ok(policy),
        }
    }
}

/// `GET /circles/{id}/policy`.
pub(super) async fn show(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    query: web::Query<PageQuery>,
) -> Answer<HttpResponse> {
    page(&state, &context, &caller, id.0, query.into_inner(), None, &[]).await
}

async fn page(
    state: &State,
    context: &PageContext,
    caller: &Caller,
    id: CircleId,
    query: PageQuery,
    typed: Option<&PolicyForm>,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let business = caller.principal.business;
    let read = move |conn: &mut crate::db::AnyConn| {
        let own = views::require_member(conn, id, business)?;
        let (history, before) = views::policy_history(conn, id, &query)?;
        let authors: Vec<PersonId> = history.items.iter().filter_map(|version| version.created_by).collect();
        let people = accounts::views::names_of(conn, &authors)?;
        Ok((own, views::place(conn, id, business)?, views::policy(conn, id, None)?, (history, before), people))
    };
    let (own, place, (version, policy), history, people) = state.db.read(read).await?;
    let ask_allowed = state.config.introductions.ask_allowed;
    let content = html! {
        p class="soft" { (context.t_with("circles-policy-version", &[("version", version.into())])) }
        @if context.may_decide(own.is_organiser) { (form(context, id, version, &policy, typed, ask_allowed, Errors(errors))) } @else { section class="card" { (rules(context, &policy)) } }
        (versions(context, id, &history.0, history.1.as_ref(), &people))
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let above = Above { title: &context.t("circles-policy"), ..Above::default() };
    Ok(frame::page(context, status, &place, Room::Policy, above, &content))
}

fn path_name(context: &PageContext, path: ConsentPath) -> String {
    context.t(match path {
        ConsentPath::Share => "circles-path-share",
        ConsentPath::Attested => "circles-path-attested",
        ConsentPath::Ask => "circles-path-ask",
    })
}

fn rules(context: &PageContext, policy: &Policy) -> Markup {
    html! {
        @for (title, range) in GROUPS {
            h2 { (context.t(title)) }
            table { tbody {
                @for (_, label, value) in RULES.iter().take(range.1).skip(range.0) {
                    tr { th scope="row" { (context.t(label)) } td class="number" { (context.language.number(value(policy))) } }
                }
            } }
        }
        (ceilings::list(context, policy))
        h2 { (context.t("circles-paths")) }
        ul { @for path in &policy.consent_paths { li { (path_name(context, *path)) } } }
    }
}

fn form(context: &PageContext, id: CircleId, version: i32, policy: &Policy, typed: Option<&PolicyForm>, ask_allowed: bool, errors: Errors<'_>) -> Markup {
    // The policy names its fields with their group; the form's fields are the last part.
    let own: Vec<FieldError> =
        errors.0.iter().map(|error| FieldError { field: error.field.rsplit('.').next().unwrap_or_default().to_owned(), ..error.clone() }).collect();
    let errors = Errors(&own);
    let values: Vec<String> = match typed {
        Some(typed) => typed.typed().map(str::to_owned).into(),
        None => RULES.iter().map(|(_, _, value)| value(policy).to_string()).collect(),
    };
    let ceilings = match typed {
        Some(typed) => typed.ceilings(),
        None => ceilings::rows_of(policy, context.language),
    };
    let ceiling_error = own.iter().find(|error| error.field == "ceilings");
    let chosen = typed.map_or(&policy.consent_paths, |typed| &typed.consent_path);
    let path_error = own.iter().find(|error| error.field == "consent_paths");
    html! {
        (forms::summary(context, errors))
        p class="soft" { (context.t("circles-policy-why")) }
        form method="post" action=(format!("/circles/{id}/policy")) class="card" {
            (forms::csrf(context))
            input type="hidden" name="version" value=(version);
            @for (title, range) in GROUPS {
                h2 { (context.t(title)) }
                div class="numbers" {
                    @for ((name, label, _), value) in RULES.iter().zip(&values).take(range.1).skip(range.0) {
                        (Input::new(name, label, value).kind("number").required(true).show(context, errors))
                    }
                }
            }
            (ceilings::fields(context, &ceilings, ceiling_error))
            fieldset aria-describedby=[path_error.map(|_| "consent-path-error")] {
                legend { (context.t("circles-paths")) }
                @for path in ConsentPath::ALL.iter().filter(|path| ask_allowed || **path != ConsentPath::Ask) {
                    p class="field check" {
                        input id=(format!("path-{path}")) name="consent_path" type="checkbox" value=(path) checked[chosen.contains(path)];
                        label for=(format!("path-{path}")) { (path_name(context, *path)) }
                    }
                }
                @if let Some(error) = path_error { p class="error" id="consent-path-error" { (forms::error_text(context, error)) } }
            }
            button { (context.t("circles-policy-change")) }
        }
    }
}

/// What a version changed: each number before and after.
fn changes(context: &PageContext, earlier: &Policy, later: &Policy) -> Markup {
    let changed = RULES.iter().filter(|(_, _, value)| value(earlier) != value(later));
    html! {
        ul class="small" {
            @for (_, label, value) in changed {
                li { (context.t(label)) ": " (context.language.number(value(earlier))) " → " b { (context.language.number(value(later))) } }
            }
            (ceilings::changes(context, earlier, later))
            @if earlier.consent_paths != later.consent_paths {
                li { (context.t("circles-paths")) ": " b { (later.consent_paths.iter().map(|path| path_name(context, *path)).collect::<Vec<_>>().join("; ")) } }
            }
        }
    }
}

/// The versions of a page; `before` are the rules before its oldest.
fn versions(context: &PageContext, id: CircleId, history: &Page<PolicyVersion>, before: Option<&Policy>, people: &HashMap<PersonId, String>) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("circles-policy-history")) }
            ol class="timeline" { @for (at, version) in history.items.iter().enumerate() { li {
                b { (context.t_with("circles-policy-of", &[("version", version.version.into()), ("date", context.date_time(version.created_at).into())])) }
                @if let Some(name) = version.created_by.and_then(|id| people.get(&id)) {
                    p class="soft small" { (context.t_with("circles-policy-by", &[("name", name.clone().into())])) }
                }
                @if let Some(earlier) = history.items.get(at + 1).map(|earlier| &earlier.policy).or(before) { (changes(context, earlier, &version.policy)) }
                details { summary { (context.t("circles-policy-all-rules")) } (rules(context, &version.policy)) }
            } } }
        }
        @if let Some(cursor) = &history.next_cursor {
            p { a class="button quiet" href=(format!("/circles/{id}/policy?cursor={cursor}")) { (context.t("circles-more")) } }
        }
    }
}

/// `POST /circles/{id}/policy`.
pub(super) async fn change(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    form: Form<PolicyForm>,
) -> Answer<HttpResponse> {
    let (id, principal, ask_allowed, form) = (id.0, caller.principal, state.config.introductions.ask_allowed, form.0);
    let version = form.version;
    let outcome = match form.policy(context.language) {
        Ok(policy) => state.db.write(move |tx| commands::set_policy(tx, &principal, id, same(version), policy, ask_allowed)).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(_) => Ok(site::see_other(&format!("/circles/{id}/policy"), Some("circles-saved"))),
        Err(failure) => page(&state, &context, &caller, id, PageQuery::default(), Some(&form), &failure.into_form_errors()?).await,
    }
}
