//! The organiser's pages: which groups to look at, what was counted, and what becomes of it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::commands;
use super::facts::Facts;
use super::model::{CaseState, Decision, NOTE_MAX, Outcome};
use super::views::{self, TrustCaseDetail, TrustCaseView};
use crate::businesses::trade::TradeCode;
use crate::circles::frame::{self, Above, Room};
use crate::circles::views as circles;
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::{BusinessId, CircleId, ReferralId, TrustCaseId};
use crate::kernel::{Answer, Failure, FieldError, Page, PageQuery, Timestamp};
use crate::live::LiveKind;
use crate::referrals::views as referral_views;
use crate::web::forms::{self, Errors};
use crate::web::icon::Icon;
use crate::web::rights::{Needs, owners_do_this};
use crate::web::{self as site, PageContext, components};

/// Registers the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/circles/{id}/trust", web::get().to(list))
        .route("/circles/{id}/trust/{case}", web::get().to(show))
        .route("/circles/{id}/trust/{case}/decide", web::post().to(decide));
}

/// `GET /circles/{id}/trust`.
async fn list(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<CircleId>, query: web::Query<PageQuery>) -> Answer<HttpResponse> {
    let (id, principal) = (id.0, caller.principal);
    let read = move |connection: &mut crate::db::AnyConn| {
        let cases = views::cases(connection, &principal, id, None, &query)?;
        Ok((circles::place(connection, id, principal.business)?, cases))
    };
    let (place, cases) = state.db.read(read).await?;
    let above = Above { title: &context.t("circles-trust"), hears: &[LiveKind::Circle], ..Above::default() };
    Ok(frame::page(&context, StatusCode::OK, &place, Room::Trust, above, &list_content(&context, id, &cases)))
}

fn list_content(context: &PageContext, id: CircleId, cases: &Page<TrustCaseView>) -> Markup {
    html! {
        p { (context.t("trust-explained")) }
        p class="soft" { (context.t("trust-who-sees")) }
        @if cases.items.is_empty() {
            (components::empty(&context.t("trust-nothing"), &components::quiet_link(&format!("/circles/{id}"), Icon::Circle, &context.t("circles-back"))))
        }
        @for case in &cases.items {
            section class="card" {
                h2 { a href=(format!("/circles/{id}/trust/{}", case.id)) { (names(case)) } }
                p { (inside_sentence(context, &case.facts)) }
                p { (confirmed_sentence(context, &case.facts)) }
                p class="soft" { (standing(context, case)) }
                p { (since_sentence(context, case)) }
            }
        }
        @if let Some(cursor) = &cases.next_cursor {
            p { a class="button quiet" rel="next" href=(format!("/circles/{id}/trust?cursor={cursor}")) { (context.t("trust-older")) } }
        }
    }
}

/// What tells the referrals of a case apart.
type Labels = HashMap<ReferralId, (Option<TradeCode>, Timestamp)>;

/// The form of a decision.
#[derive(Debug, Default, Deserialize)]
struct DecisionForm {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    member: Vec<BusinessId>,
}

/// `GET /circles/{id}/trust/{case}`.
async fn show(state: web::Data<State>, caller: Caller, context: PageContext, path: web::Path<(CircleId, TrustCaseId)>) -> Answer<HttpResponse> {
    let (circle, case) = path.into_inner();
    page(&state, &caller, &context, circle, case, None, &[]).await
}

async fn page(
    state: &State,
    caller: &Caller,
    context: &PageContext,
    circle: CircleId,
    case: TrustCaseId,
    typed: Option<&DecisionForm>,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let principal = caller.principal;
    let read = move |connection: &mut crate::db::AnyConn| {
        let found = views::case(connection, &principal, circle, case)?;
        let labels = referral_views::labels(connection, &found.referrals)?;
        Ok((circles::place(connection, circle, principal.business)?, found, labels))
    };
    let (place, found, labels) = state.db.read(read).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let content = html! {
        p class="soft" { (standing(context, &found.case)) }
        p { (since_sentence(context, &found.case)) }
        p { (context.t("trust-no-verdict")) }
        (facts(context, &found.case))
        (connections(context, &found, &labels))
        @match found.case.state {
            CaseState::Open if !context.may(Needs::Owner) => (owners_do_this(context)),
            CaseState::Open => (form(context, &found.case, typed, Errors(errors))),
            CaseState::Decided => (outcome(context, &found.case)),
        }
    };
    let below = Some((format!("/circles/{circle}/trust"), context.t("trust-back")));
    Ok(frame::page(context, status, &place, Room::Trust, Above { title: &names(&found.case), below, ..Above::default() }, &content))
}

/// `POST /circles/{id}/trust/{case}/decide`.
async fn decide(
    state: web::Data<State>,
    caller: Caller,
    context: PageContext,
    path: web::Path<(CircleId, TrustCaseId)>,
    form: Form<DecisionForm>,
) -> Answer<HttpResponse> {
    let ((circle, case), principal, form) = (path.into_inner(), caller.principal, form.0);
    let chosen = Outcome::parse(&form.outcome).ok_or_else(|| Failure::field("outcome", "required", "choose what becomes of it"));
    // The boxes stand there for every outcome; only a suspension means them.
    let members = if form.outcome == Outcome::Suspended.as_str() { form.member.clone() } else { Vec::new() };
    let parsed = match chosen {
        Ok(outcome) => Decision::parse(outcome, &form.note, members),
        // What is wrong with the words is told at the same time.
        Err(failure) => Err(failure.and(Decision::parse(Outcome::Talked, &form.note, Vec::new()).err())),
    };
    let outcome = match parsed {
        Ok(decision) => state.db.write(move |tx| commands::decide(tx, &principal, circle, case, &decision)).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => Ok(site::see_other(&format!("/circles/{circle}/trust/{case}"), Some("trust-decided"))),
        Err(failure) => page(&state, &caller, &context, circle, case, Some(&form), &failure.into_form_errors()?).await,
    }
}

fn names(case: &TrustCaseView) -> String {
    case.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(" · ")
}

fn standing(context: &PageContext, case: &TrustCaseView) -> String {
    match case.outcome.zip(case.decided_at) {
        Some((outcome, at)) => {
            format!("{} · {}", context.t(&format!("trust-outcome-{outcome}")), context.date_time(at))
        }
        None => context.t_with("trust-open-since", &[("date", context.date(case.opened_at).into()), ("counted", context.date(case.refreshed_at).into())]),
    }
}

/// What passed among them since the case was opened, or decided.
fn since_sentence(context: &PageContext, case: &TrustCaseView) -> String {
    let key = if case.state == CaseState::Open { "trust-since-opened" } else { "trust-since-decided" };
    let (referrals, confirmed) = (i64::from(case.since.referrals), i64::from(case.since.confirmed));
    context.t_with(key, &[("count", referrals.into()), ("shown", number(context, referrals).into()), ("confirmed", number(context, confirmed).into())])
}

fn number(context: &PageContext, value: i64) -> String {
    context.language.number(value)
}

fn inside_sentence(context: &PageContext, facts: &Facts) -> String {
    let shown = [("inside", number(context, facts.referrals_inside.into()).into()), ("all", number(context, facts.referrals_of_members.into()).into())];
    context.t_with("trust-inside", &shown)
}

fn confirmed_sentence(context: &PageContext, facts: &Facts) -> String {
    context.t_with(
        "trust-confirmed",
        &[
            ("confirmed", number(context, facts.confirmed_inside.into()).into()),
            ("inside", number(context, facts.referrals_inside.into()).into()),
            ("circle", number(context, facts.confirmed_in_circle.into()).into()),
            ("all", number(context, facts.referrals_in_circle.into()).into()),
        ],
    )
}

/// The facts in plain words, each with what it may mean.
fn facts(context: &PageContext, case: &TrustCaseView) -> Markup {
    let facts = &case.facts;
    let of = |part: i64, whole: i64| context.t_with("trust-of", &[("part", number(context, part).into()), ("whole", number(context, whole).into())]);
    let back = facts.return_after_seconds.map_or_else(
        || context.t("trust-never"),
        |seconds| context.t_with("trust-hours", &[("count", (seconds / 3_600).into()), ("shown", number(context, seconds / 3_600).into())]),
    );
    let new: Vec<&str> = case.members.iter().filter(|member| facts.new_members.contains(&member.id)).map(|member| member.name.as_str()).collect();
    let rows = [
        ("trust-fact-inside", of(facts.referrals_inside.into(), facts.referrals_of_members.into()), "trust-legend-inside"),
        ("trust-fact-credits", of(facts.credits_inside, facts.credits_of_members), "trust-legend-credits"),
        ("trust-fact-confirmed", of(facts.confirmed_inside.into(), facts.referrals_inside.into()), "trust-legend-confirmed"),
        ("trust-fact-circle", of(facts.confirmed_in_circle.into(), facts.referrals_in_circle.into()), "trust-legend-circle"),
        ("trust-fact-equal", of(facts.equal_edges.into(), i64::try_from(facts.edges.len()).unwrap_or(i64::MAX)), "trust-legend-equal"),
        ("trust-fact-back", back, "trust-legend-back"),
        ("trust-fact-quick", of(facts.quick_answers.into(), facts.answers.into()), "trust-legend-quick"),
        ("trust-fact-new", if new.is_empty() { context.t("trust-nobody") } else { new.join(", ") }, "trust-legend-new"),
    ];
    html! {
        section class="card" {
            h2 { (context.t_with("trust-facts", &[("days", i64::from(facts.window_days).into())])) }
            dl {
                @for (label, value, legend) in rows {
                    dt { (context.t(label)) }
                    dd { b { (value) } br; span class="soft small" { (context.t(legend)) } }
                }
            }
        }
    }
}

fn connections(context: &PageContext, found: &TrustCaseDetail, labels: &Labels) -> Markup {
    let case = &found.case;
    let name = |id: BusinessId| case.members.iter().find(|member| member.id == id).map_or("", |member| member.name.as_str());
    let columns = ["trust-edge-referrals", "trust-edge-expected", "trust-edge-confirmed", "trust-edge-credits"];
    html! {
        section class="card" {
            h2 { (context.t("trust-edges")) }
            p class="soft" { (context.t("trust-legend-edges")) }
            div class="scroll" tabindex="0" role="region" aria-label=(context.t("trust-edges")) { table {
                thead { tr {
                    th scope="col" { (context.t("trust-edge")) }
                    @for column in columns { th scope="col" class="number" { (context.t(column)) } }
                } }
                tbody { @for edge in &case.facts.edges { tr {
                    th scope="row" { (name(edge.giver)) " → " (name(edge.receiver)) }
                    td class="number" { (number(context, edge.referrals.into())) }
                    td class="number" { (number(context, (edge.expected_hundredths + 50) / 100)) }
                    td class="number" { (number(context, edge.confirmed.into())) }
                    td class="number" { (number(context, edge.credits)) }
                } } }
            } }
            (referrals(context, found, labels))
        }
    }
}

fn referrals(context: &PageContext, found: &TrustCaseDetail, labels: &Labels) -> Markup {
    let label = |id: &ReferralId| {
        let (trade, begun_at) = labels.get(id)?;
        Some(format!(
            "{}, {}",
            trade.map_or_else(|| context.t("trust-a-referral"), |trade| trade.name(context.language).to_owned()),
            context.date_time(*begun_at)
        ))
    };
    html! {
        details {
            summary { (context.t_with("trust-referrals", &[("count", i64::from(found.case.facts.referrals_inside).into())])) }
            ul { @for id in &found.referrals { li { a href=(format!("/referrals/{id}")) { (label(id).unwrap_or_else(|| context.t("trust-a-referral"))) } } } }
        }
    }
}

fn form(context: &PageContext, case: &TrustCaseView, typed: Option<&DecisionForm>, errors: Errors<'_>) -> Markup {
    let options: Vec<(String, String)> = std::iter::once((String::new(), context.t("trust-choose")))
        .chain(Outcome::ALL.iter().map(|outcome| (outcome.as_str().to_owned(), context.t(&format!("trust-outcome-{outcome}")))))
        .collect();
    let chosen = |id: BusinessId| typed.is_none_or(|typed| typed.member.contains(&id));
    html! {
        section class="card" {
            h2 { (context.t("trust-decide")) }
            p class="soft" { (context.t("trust-decide-explained")) }
            (forms::summary(context, errors))
            form method="post" action=(format!("/circles/{}/trust/{}/decide", case.circle, case.id)) {
                (forms::csrf(context))
                (forms::select(context, errors, "outcome", "trust-outcome", &options, typed.map_or("", |typed| &typed.outcome)))
                fieldset {
                    legend { (context.t("trust-whom")) }
                    @for member in &case.members {
                        p class="field check" {
                            input id=(format!("member-{}", member.id)) name="member" type="checkbox" value=(member.id) checked[chosen(member.id)];
                            label for=(format!("member-{}", member.id)) { (member.name) }
                        }
                    }
                }
                (forms::area(context, errors, "note", "trust-note", typed.map_or("", |typed| &typed.note), NOTE_MAX, true))
                button { (context.t("trust-record")) }
            }
        }
    }
}

fn outcome(context: &PageContext, case: &TrustCaseView) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("trust-decided")) }
            @if let Some(outcome) = case.outcome { p { (context.t(&format!("trust-outcome-{outcome}"))) } }
            @if let Some(note) = &case.note { blockquote { (note) } }
            @if case.outcome == Some(Outcome::Suspended) {
                p { a href=(format!("/circles/{}/members", case.circle)) { (context.t("trust-to-members")) } }
            }
        }
    }
}
