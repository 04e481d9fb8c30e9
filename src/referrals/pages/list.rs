//! Referrals given and received.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::parts;
use crate::http::{Caller, State};
use crate::kernel::{Answer, Page, PageQuery};
use crate::referrals::model::ReferralState;
use crate::referrals::views::{self, ListEntry};
use crate::web::PageContext;

/// `?side=&state=&cursor=&done=`
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    side: String,
    #[serde(default)]
    state: String,
    cursor: Option<String>,
}

impl Query {
    fn is_received(&self) -> bool {
        self.side == "received"
    }
}

/// `GET /referrals`.
pub async fn show(state: web::Data<State>, caller: Caller, context: PageContext, query: web::Query<Query>) -> Answer<HttpResponse> {
    let (principal, query) = (caller.principal, query.into_inner());
    let states: Vec<ReferralState> = ReferralState::parse(&query.state).into_iter().collect();
    let page = PageQuery { limit: None, cursor: query.cursor.clone() };
    let received = query.is_received();
    let found =
        state.db.read(
            move |connection| {
                if received { views::received(connection, &principal, &states, &page) } else { views::given(connection, &principal, &states, &page) }
            },
        );
    let found = found.await?;
    Ok(crate::web::page(&context, StatusCode::OK, &context.t("referrals-title"), content(&context, &query, &found)))
}

fn content(context: &PageContext, query: &Query, found: &Page<ListEntry>) -> Markup {
    html! {
        p class="row" {
            a class="button" href="/referrals/new" { (context.t("referrals-pass-one")) }
            (tab(context, query, "given", "referrals-given"))
            (tab(context, query, "received", "referrals-received"))
        }
        (filter(context, query))
        @if found.items.is_empty() {
            p { (context.t(if query.is_received() { "referrals-none-received" } else { "referrals-none-given" })) }
        } @else {
            div class="scroll" {
                div class="scroll" tabindex="0" {
                    table {
                        thead { tr {
                            th scope="col" { (context.t("referrals-trade")) }
                            th scope="col" { (context.t(if query.is_received() { "referrals-giver" } else { "referrals-receiver" })) }
                            th scope="col" { (context.t("referrals-prospect")) }
                            th scope="col" { (context.t("referrals-state")) }
                            th scope="col" { (context.t("referrals-since")) }
                        } }
                        tbody { @for entry in &found.items { (row(context, entry)) } }
                    }
                }
            }
        }
        @if let Some(cursor) = &found.next_cursor {
            p { a class="button quiet" href=(format!("/referrals?side={}&state={}&cursor={cursor}", side(query), query_state(query))) { (context.t("referrals-more")) } }
        }
    }
}

fn side(query: &Query) -> &'static str {
    if query.is_received() { "received" } else { "given" }
}

/// Only a state that exists is repeated in a link.
fn query_state(query: &Query) -> &'static str {
    ReferralState::parse(&query.state).map_or("", ReferralState::as_str)
}

fn tab(context: &PageContext, query: &Query, name: &str, label: &str) -> Markup {
    let here = side(query) == name;
    html! { a class="button quiet" href=(format!("/referrals?side={name}")) aria-current=[here.then_some("page")] { (context.t(label)) } }
}

fn filter(context: &PageContext, query: &Query) -> Markup {
    let every = (String::new(), context.t("referrals-every-state"));
    let states = ReferralState::ALL.iter().map(|state| (state.as_str().to_owned(), parts::state(context, *state)));
    let options: Vec<(String, String)> = std::iter::once(every).chain(states).collect();
    html! {
        form method="get" action="/referrals" class="inline" {
            input type="hidden" name="side" value=(side(query));
            (crate::web::forms::select(context, crate::web::forms::Errors::default(), "state", "referrals-state", &options, query_state(query)))
            button class="quiet" { (context.t("referrals-show")) }
        }
    }
}

fn row(context: &PageContext, entry: &ListEntry) -> Markup {
    let name = parts::trade(context, entry.trade);
    html! {
        tr {
            td {
                // Who declined sees no more of it than this line.
                @if entry.state.is_some() { a href=(format!("/referrals/{}", entry.id)) { (name) } } @else { (name) }
            }
            td { @if let Some(partner) = &entry.partner { (partner.name) } }
            td { @if let Some(prospect) = &entry.prospect_name { (prospect) } }
            td {
                @if let Some(state) = entry.state { (parts::badge(context, state)) }
                @else if let Some(offer) = entry.offer { span class="badge" { (context.t(&parts::key("offer", offer.as_str()))) } }
                @if let Some(due) = entry.answer_due_at { " " (context.t("referrals-answer-by")) " " (parts::moment(context, due)) }
            }
            td { (parts::moment(context, entry.since)) }
        }
    }
}
