//! One partner: what it does and wishes for, how it answers, and the way to pass it a referral.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::partners::badges;
use crate::businesses::fields::trade_names;
use crate::businesses::model::{Direction, Profile};
use crate::businesses::{commands, views};
use crate::circles::views::{self as circles, CircleCard};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::Answer;
use crate::kernel::id::BusinessId;
use crate::referrals::views::{self as referrals, ANSWERS_MIN, Answering};
use crate::web::icon::{Icon, icon};
use crate::web::rights::{Needs, owners_do_this};
use crate::web::{self as site, Heading, PageContext, components, forms};

/// What the page shows.
struct Shown {
    profile: Profile,
    own: Option<BusinessId>,
    /// The circles in which both are members.
    shared: Vec<CircleCard>,
    answering: Option<Answering>,
    excluded: Vec<Direction>,
    /// The last part of the address of its public page, when that is switched on.
    public: Option<String>,
}

impl Shown {
    fn is_own(&self) -> bool {
        self.own == Some(self.profile.id)
    }
}

/// `GET /partners/{id}`.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<BusinessId>) -> Answer<HttpResponse> {
    let (id, own, now) = (id.0, caller.principal.business, state.now());
    let read = move |conn: &mut crate::db::AnyConn| {
        let profile = views::profile(conn, id)?;
        let excluded = own.map_or_else(|| Ok(Vec::new()), |own| views::exclusions(conn, own))?;
        let excluded = excluded.into_iter().filter(|(_, other)| *other == id).map(|(direction, _)| direction).collect();
        let mut shared = own.filter(|own| *own != id).map_or_else(|| Ok(Vec::new()), |own| circles::circles_of(conn, own))?;
        if !shared.is_empty() {
            let theirs = circles::circles_of(conn, id)?;
            shared.retain(|circle| theirs.iter().any(|other| other.id == circle.id));
        }
        let page = views::own_public_page(conn, id)?;
        let public = page.slug.filter(|_| page.choice.is_on);
        Ok(Shown { profile, own, shared, answering: referrals::answering(conn, id, now)?, excluded, public })
    };
    let shown = state.db.read(read).await?;
    let trail = Some(("/partners".to_owned(), context.t("businesses-partners")));
    let heading = Heading { title: &shown.profile.name, trail, actions: actions(&context, &shown), ..Heading::default() };
    Ok(site::page_with(&context, StatusCode::OK, &heading, content(&context, &shown)))
}

fn actions(context: &PageContext, shown: &Shown) -> Markup {
    html! {
        @if shown.is_own() {
            (components::quiet_link("/settings/business/public", Icon::Qr, &context.t("public-title")))
            @if context.may(Needs::Owner) { (components::link_button("/settings/business", Icon::Pencil, &context.t("businesses-edit"))) }
        } @else if !shown.shared.is_empty() && !shown.profile.paused {
            (components::link_button(&pass_address(shown), Icon::Pass, &context.t("businesses-pass-referral")))
        }
    }
}

/// The form of a referral with this partner and its main trade; with the circle when there is only one.
fn pass_address(shown: &Shown) -> String {
    let mut query = Serializer::new(String::new());
    if let [only] = shown.shared.as_slice() {
        query.append_pair("circle", &only.id.to_string());
    }
    query.append_pair("receiver", &shown.profile.id.to_string());
    if let Some(trade) = shown.profile.trades.first() {
        query.append_pair("trade", trade.as_str());
    }
    format!("/referrals/new?{}", query.finish())
}

fn content(context: &PageContext, shown: &Shown) -> Markup {
    let profile = &shown.profile;
    html! {
        (badges(context, profile.paused, profile.is_regulated))
        div class="columns" {
            div {
                section class="card" {
                    h2 { (context.t("businesses-ideal-referral")) }
                    @if profile.ideal_referral.is_empty() {
                        p class="soft" { (context.t(if shown.is_own() { "businesses-no-ideal-own" } else { "businesses-no-ideal" })) }
                    } @else { p { (lines(&profile.ideal_referral)) } }
                }
                @if !profile.description.is_empty() {
                    section class="card" { h2 { (context.t("businesses-description")) } p { (lines(&profile.description)) } }
                }
            }
            div {
                section class="card" {
                    (facts(context, profile, shown.public.as_deref()))
                    @if profile.is_regulated { p class="soft small" { (context.t("businesses-regulated-why")) } }
                }
                section class="card" { (answering(context, shown)) }
            }
        }
        @if shown.is_own() { (owners_do_this(context)) } @else if context.may(Needs::Owner) { (exclusions(context, profile.id, &shown.excluded)) }
    }
}

fn facts(context: &PageContext, profile: &Profile, public: Option<&str>) -> Markup {
    html! {
        dl class="stacked" {
            dt { (context.t("businesses-trades")) } dd { (trade_names(context, &profile.trades)) }
            dt { (context.t("businesses-place")) } dd { (profile.postal_code) " " (profile.city) ", " (profile.country) }
            dt { (context.t("businesses-regions")) } dd { (profile.regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
            @if let Some(website) = &profile.website { dt { (context.t("businesses-website")) } dd { a href=(website) rel="noopener noreferrer nofollow" { (website) } } }
            @if let Some(slug) = public {
                dt { (context.t("public-title")) }
                dd { a href=(format!("/b/{slug}")) { "/b/" (slug) } br; a href=(format!("/b/{slug}.vcf")) download { (icon(Icon::Download)) " " (context.t("public-card")) } }
            }
            @if let Some(phone) = &profile.phone { dt { (context.t("businesses-phone")) } dd { a href=(format!("tel:{phone}")) { (phone) } } }
        }
    }
}

/// How the partner answers, and where both meet.
fn answering(context: &PageContext, shown: &Shown) -> Markup {
    html! {
        h2 { (context.t("businesses-answers")) }
        @match shown.answering {
            Some(found) => {
                p { (context.t_with("businesses-answers-within", &[("span", context.span(found.median_seconds).into())])) }
                p { (context.t_with("businesses-answers-accepted", &[("percent", found.accepted_percent.into())])) }
            }
            None => p class="soft" { (context.t_with("businesses-answers-few", &[("needed", ANSWERS_MIN.into())])) },
        }
        @if !shown.is_own() && shown.own.is_some() {
            h2 { (context.t("businesses-together")) }
            @if shown.shared.is_empty() { p class="soft" { (context.t("businesses-together-none")) " " a href="/circles" { (context.t("businesses-invite-them")) } } }
            @else { ul class="plain" { @for circle in &shown.shared { li { a href=(format!("/circles/{}", circle.id)) { (circle.name) } } } } }
        }
    }
}

fn exclusions(context: &PageContext, other: BusinessId, excluded: &[Direction]) -> Markup {
    html! {
        details open[!excluded.is_empty()] {
            summary { (context.t("businesses-exclusions")) }
            p class="soft" { (context.t("businesses-exclusions-why")) }
            div class="row" { @for direction in Direction::ALL { (exclusion(context, other, *direction, excluded.contains(direction))) } }
        }
    }
}

fn exclusion(context: &PageContext, other: BusinessId, direction: Direction, excluded: bool) -> Markup {
    let label = match (direction, excluded) {
        (Direction::NotFrom, false) => "businesses-not-from",
        (Direction::NotFrom, true) => "businesses-from-again",
        (Direction::NotTo, false) => "businesses-not-to",
        (Direction::NotTo, true) => "businesses-to-again",
    };
    html! {
        form method="post" action=(format!("/partners/{other}/exclude")) class="inline" {
            (forms::csrf(context))
            input type="hidden" name="direction" value=(direction);
            input type="hidden" name="excluded" value=(if excluded { "no" } else { "yes" });
            button class="quiet" { (context.t(label)) }
        }
    }
}

pub(super) fn lines(text: &str) -> Markup {
    html! { @for (index, line) in text.lines().enumerate() { @if index > 0 { br; } (line) } }
}

#[derive(Debug, Deserialize)]
pub(super) struct ExcludeForm {
    direction: Direction,
    excluded: String,
}

/// `POST /partners/{id}/exclude`.
pub(super) async fn exclude(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, form: Form<ExcludeForm>) -> Answer<HttpResponse> {
    let (other, form) = (id.0, form.0);
    state.db.write(move |tx| commands::exclude(tx, &caller.principal, form.direction, other, form.excluded == "yes")).await?;
    Ok(site::see_other(&format!("/partners/{other}"), Some("businesses-saved")))
}
