//! Referrals given and received.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::parts;
use crate::http::{Caller, State};
use crate::kernel::{Answer, Page, PageQuery, Timestamp};
use crate::referrals::model::ReferralState;
use crate::referrals::views::{self, ListEntry};
use crate::web::components;
use crate::web::icon::Icon;
use crate::web::{Heading, PageContext, live, page_with};

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
    let (principal, query, now) = (caller.principal, query.into_inner(), state.now());
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
    let title = context.t("referrals-title");
    let heading =
        Heading { title: &title, actions: components::link_button("/referrals/new", Icon::Pass, &context.t("referrals-pass-one")), ..Heading::default() };
    Ok(page_with(&context, StatusCode::OK, &heading, content(&context, &query, &found, now)))
}

fn content(context: &PageContext, query: &Query, found: &Page<ListEntry>, now: Timestamp) -> Markup {
    let list = match found.items.is_empty() {
        true => nothing(context, query),
        false => components::items(&found.items.iter().map(|entry| parts::item(context, entry, now)).collect::<Vec<_>>()),
    };
    let way = |name: &str, label: &str| (format!("/referrals?side={name}"), context.t(label), side(query) == name);
    html! {
        (components::tabs(&context.t("referrals-title"), &[way("given", "referrals-given"), way("received", "referrals-received")]))
        (filter(context, query))
        (live::region(context, "referrals", "referral", &list))
        @if let Some(cursor) = &found.next_cursor {
            p { a class="button quiet" href=(format!("/referrals?side={}&state={}&cursor={cursor}", side(query), query_state(query))) { (context.t("referrals-more")) } }
        }
    }
}

/// Nothing at all, or nothing in the chosen state.
fn nothing(context: &PageContext, query: &Query) -> Markup {
    if !query_state(query).is_empty() || query.cursor.is_some() {
        let all = format!("/referrals?side={}", side(query));
        return components::empty(
            &context.t("referrals-none-like-this"),
            &html! { a class="button quiet" href=(all) { (context.t("referrals-every-state")) } },
        );
    }
    match query.is_received() {
        true => components::empty(
            &context.t("referrals-none-received"),
            &components::quiet_link("/settings/business", Icon::Pencil, &context.t("referrals-tell-ideal")),
        ),
        false => {
            components::empty(&context.t("referrals-none-given"), &components::link_button("/referrals/new", Icon::Pass, &context.t("referrals-pass-one")))
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

fn filter(context: &PageContext, query: &Query) -> Markup {
    let every = (String::new(), context.t("referrals-every-state"));
    let states = ReferralState::ALL.iter().map(|state| (state.as_str().to_owned(), parts::state(context, *state)));
    let options: Vec<(String, String)> = std::iter::once(every).chain(states).collect();
    html! {
        form method="get" action="/referrals" class="searchbar" {
            input type="hidden" name="side" value=(side(query));
            (crate::web::forms::select(context, crate::web::forms::Errors::default(), "state", "referrals-state", &options, query_state(query)))
            button class="quiet" { (context.t("referrals-show")) }
        }
    }
}
