//! Referrals given and received.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::parts;
use crate::circles::views::{self as circles, CircleCard};
use crate::http::{Caller, State};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Page, PageQuery, Timestamp};
use crate::referrals::model::ReferralState;
use crate::referrals::views::{self, ListEntry, ListFilter, SOUGHT_MAX};
use crate::web::components;
use crate::web::forms::{self, Errors, Input};
use crate::web::icon::{Icon, icon};
use crate::web::{Heading, Needs, PageContext, live, page_with};

/// `?side=&state=&circle=&words=&cursor=&done=`
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    side: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    circle: String,
    #[serde(default)]
    words: String,
    cursor: Option<String>,
}

impl Query {
    fn is_received(&self) -> bool {
        self.side == "received"
    }

    /// Only what exists is sought: a state or circle that is none means all of them.
    fn sought(&self) -> Answer<ListFilter> {
        ListFilter::parse(ReferralState::parse(&self.state).into_iter().collect(), self.circle.parse().ok(), &self.words)
    }

    /// Whether less than everything is shown.
    fn narrows(&self) -> bool {
        ReferralState::parse(&self.state).is_some() || self.circle.parse::<CircleId>().is_ok() || !self.words.trim().is_empty() || self.cursor.is_some()
    }

    /// The address of the same list from this cursor on.
    fn address(&self, cursor: &str) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("side", side(self));
        for (name, value) in [("state", query_state(self)), ("circle", self.circle.as_str()), ("words", self.words.trim())] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("/referrals?{}", query.append_pair("cursor", cursor).finish())
    }
}

/// `GET /referrals`.
pub async fn show(state: web::Data<State>, caller: Caller, context: PageContext, query: web::Query<Query>) -> Answer<HttpResponse> {
    let (principal, query, now) = (caller.principal, query.into_inner(), state.now());
    let (sought, errors) = match query.sought() {
        Ok(sought) => (Some(sought), Vec::new()),
        Err(failure) => (None, failure.into_form_errors()?),
    };
    let page = PageQuery { limit: None, cursor: query.cursor.clone() };
    let received = query.is_received();
    let read = move |connection: &mut crate::db::AnyConn| {
        let circles = circles::circles_of(connection, principal.business()?)?;
        let found = match sought {
            None => Page { items: Vec::new(), next_cursor: None },
            Some(sought) if received => views::received(connection, &principal, &sought, &page)?,
            Some(sought) => views::given(connection, &principal, &sought, &page)?,
        };
        Ok((circles, found))
    };
    let (circles, found) = state.db.read(read).await?;
    let title = context.t("referrals-title");
    let heading =
        Heading { title: &title, actions: components::link_button("/referrals/new", Icon::Pass, &context.t("referrals-pass-one")), ..Heading::default() };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page_with(&context, status, &heading, content(&context, &query, &circles, &found, Errors(&errors), now)))
}

fn content(context: &PageContext, query: &Query, circles: &[CircleCard], found: &Page<ListEntry>, errors: Errors<'_>, now: Timestamp) -> Markup {
    let list = match found.items.is_empty() {
        true if !errors.0.is_empty() => html! {},
        // None among those that were looked through; the button below goes on.
        true if found.next_cursor.is_some() => html! { p { (context.t("referrals-none-so-far")) } },
        true => nothing(context, query),
        false => components::items(&found.items.iter().map(|entry| parts::item(context, entry, now)).collect::<Vec<_>>()),
    };
    let way = |name: &str, label: &str| (format!("/referrals?side={name}"), context.t(label), side(query) == name);
    html! {
        (components::tabs(&context.t("referrals-title"), &[way("given", "referrals-given"), way("received", "referrals-received")]))
        (filter(context, query, circles, errors))
        (live::region(context, "referrals", "referral", &list))
        @if let Some(cursor) = &found.next_cursor {
            p { a class="button quiet" rel="next" href=(query.address(cursor)) { (context.t("referrals-more")) } }
        }
    }
}

/// Nothing at all, or nothing of what is sought.
fn nothing(context: &PageContext, query: &Query) -> Markup {
    if query.narrows() {
        let way = |side: &str, label: &str| html! { a class="button quiet" href=(format!("/referrals?side={side}")) { (context.t(label)) } };
        let ways = match query.is_received() {
            true => html! { (way("received", "referrals-show-all-received")) (way("given", "referrals-given")) },
            false => html! { (way("given", "referrals-show-all-given")) (way("received", "referrals-received")) },
        };
        return components::empty(&format!("{} {}", context.t("referrals-none-like-this"), context.t("referrals-widen")), &ways);
    }
    match query.is_received() {
        true => components::empty(
            &context.t("referrals-none-received"),
            &html! { @if context.may(Needs::Owner) { (components::quiet_link("/settings/business", Icon::Pencil, &context.t("referrals-tell-ideal"))) } },
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

fn filter(context: &PageContext, query: &Query, circles: &[CircleCard], errors: Errors<'_>) -> Markup {
    let every = (String::new(), context.t("referrals-every-state"));
    let states = ReferralState::ALL.iter().map(|state| (state.as_str().to_owned(), parts::state(context, *state)));
    let states: Vec<(String, String)> = std::iter::once(every).chain(states).collect();
    let every = (String::new(), context.t("referrals-every-circle"));
    let circles: Vec<(String, String)> = std::iter::once(every).chain(circles.iter().map(|circle| (circle.id.to_string(), circle.name.clone()))).collect();
    html! {
        form method="get" action="/referrals" role="search" class="searchbar" {
            input type="hidden" name="side" value=(side(query));
            (Input::new("words", "referrals-words-sought", &query.words).kind("search").max(SOUGHT_MAX).show(context, errors))
            button class="quiet" { (icon(Icon::Search)) (context.t("referrals-show")) }
            details open[!query_state(query).is_empty() || !query.circle.is_empty()] {
                summary { (context.t("referrals-narrow")) }
                div class="pair" {
                    (forms::select(context, errors, "state", "referrals-state", &states, query_state(query)))
                    (forms::select(context, errors, "circle", "referrals-circle", &circles, &query.circle))
                }
            }
        }
    }
}
