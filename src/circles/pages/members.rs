//! Members: everybody sees who is in; organisers decide who comes and goes.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

use super::Nothing;
use crate::circles::frame::{self, Above, Room};
use crate::circles::model::{APPLY_AGAIN_DAYS, MemberState, WORDS_MAX, Words};
use crate::circles::views::{MemberView, Membership, Place};
use crate::circles::{commands, views};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::{BusinessId, CircleId, MemberId};
use crate::kernel::{Answer, FieldError, Page, PageQuery};
use crate::live::LiveKind;
use crate::web::components::{self, Tone};
use crate::web::forms::{self, Errors};
use crate::web::icon::Icon;
use crate::web::rights::{Needs, owners_do_this};
use crate::web::{self as site, PageContext};

/// What the page shows.
struct Shown {
    place: Place,
    own: Membership,
    applied: Page<MemberView>,
    waiting: Page<MemberView>,
    active: Page<MemberView>,
    /// Where this page of them begins.
    cursor: String,
}

/// A removal that was not taken: for its words, or because of how things stand.
struct Refused {
    member: MemberId,
    words: String,
    status: StatusCode,
    errors: Vec<FieldError>,
}

/// `GET /circles/{id}/members`.
pub(super) async fn show(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    query: web::Query<PageQuery>,
) -> Answer<HttpResponse> {
    page(&state, &context, &caller, id.0, query.0, None).await
}

async fn page(state: &State, context: &PageContext, caller: &Caller, id: CircleId, query: PageQuery, refused: Option<&Refused>) -> Answer<HttpResponse> {
    let business = caller.principal.business;
    let read = move |conn: &mut crate::db::AnyConn| {
        let own = views::require_member(conn, id, business)?;
        let first = PageQuery { limit: Some(crate::kernel::cursor::LIMIT_MAX), cursor: None };
        let nobody = || Page { items: Vec::new(), next_cursor: None };
        let (applied, waiting) = if own.is_organiser {
            (views::members(conn, id, &own, MemberState::Applied, &first)?, views::members(conn, id, &own, MemberState::Waiting, &first)?)
        } else {
            (nobody(), nobody())
        };
        let active = views::members(conn, id, &own, MemberState::Active, &query)?;
        Ok(Shown { place: views::place(conn, id, business)?, own, applied, waiting, active, cursor: query.cursor.unwrap_or_default() })
    };
    let shown = state.db.read(read).await?;
    let decides = context.may_decide(shown.own.is_organiser);
    let invite = html! { @if decides { (components::link_button(&format!("/circles/{id}/invitations"), Icon::Mail, &context.t("circles-invite"))) } };
    let above = Above { title: &context.t("circles-members"), actions: invite, hears: &[LiveKind::Circle], ..Above::default() };
    let status = refused.map_or(StatusCode::OK, |refused| refused.status);
    Ok(frame::page(context, status, &shown.place, Room::Members, above, &content(context, id, &shown, refused)))
}

fn content(context: &PageContext, id: CircleId, shown: &Shown, refused: Option<&Refused>) -> Markup {
    html! {
        // Who was to be removed may be gone by now.
        @if let Some(refused) = refused.filter(|refused| !shown.active.items.iter().any(|member| member.id == refused.member)) {
            (forms::summary(context, Errors(&refused.errors)))
            @if !refused.words.is_empty() { blockquote { (refused.words) } }
        }
        @if shown.own.is_organiser {
            h2 { (context.t("circles-applications")) }
            @if shown.applied.items.is_empty() { p class="soft" { (context.t("circles-no-applications")) } }
            @for member in &shown.applied.items { (applicant(context, id, member)) }
            @if !shown.waiting.items.is_empty() {
                h2 { (context.t("circles-waiting-list")) }
                p class="soft" { (context.t("circles-waiting-why")) }
                @for member in &shown.waiting.items { (applicant(context, id, member)) }
            }
        }
        @if shown.own.is_organiser { (owners_do_this(context)) h2 { (context.t("circles-active")) } }
        div class="grid" { @for member in &shown.active.items { (active(context, id, member, shown, refused.filter(|refused| refused.member == member.id))) } }
        @if let Some(cursor) = &shown.active.next_cursor {
            p { a class="button quiet" href=(format!("/circles/{id}/members?cursor={cursor}")) { (context.t("circles-more")) } }
        }
    }
}

fn name_line(context: &PageContext, member: &MemberView) -> Markup {
    html! {
        p { b { a href=(format!("/partners/{}", member.business)) { (member.name) } } br; (member.trade.name(context.language))
            @if let Some(joined_at) = member.joined_at { br; span class="soft small" { (context.t_with("circles-joined-at", &[("date", context.date(joined_at).into())])) } }
        }
        @if member.is_organiser || member.suspended_at.is_some() { p class="row" {
            @if member.is_organiser { (components::badge(Tone::Going, &context.t("circles-organiser"))) }
            @if member.suspended_at.is_some() { (components::badge(Tone::Bad, &context.t("circles-suspended"))) }
        } }
    }
}

fn button(context: &PageContext, id: CircleId, member: MemberId, step: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(format!("/circles/{id}/members/{member}/{step}")) class="inline" {
            (forms::csrf(context))
            button class=(class) { (context.t(label)) }
        }
    }
}

fn applicant(context: &PageContext, id: CircleId, member: &MemberView) -> Markup {
    html! {
        section class="card" {
            (name_line(context, member))
            p class="soft" { (context.t_with("circles-applied-at", &[("date", context.date(member.applied_at).into())])) }
            @if let Some(words) = &member.words { blockquote { (words) } }
            @if context.may(Needs::Owner) { div class="row" {
                (button(context, id, member.id, "admit", "", "circles-admit"))
                (refusal(context, id, member))
            } }
        }
    }
}

fn refusal(context: &PageContext, id: CircleId, member: &MemberView) -> Markup {
    let content = html! {
        h2 { (context.t_with("circles-refuse-whom", &[("name", member.name.clone().into())])) }
        p { (context.t_with("circles-refuse-means", &[("days", i64::from(APPLY_AGAIN_DAYS).into())])) }
        (button(context, id, member.id, "refuse", "danger", "circles-refuse"))
    };
    components::ask(&format!("refuse-{}", member.id), Tone::Plain, &context.t("circles-refuse"), false, &content)
}

/// Whoever was made an organiser stays one as long as he wants: asked before it is done.
fn handing_over(context: &PageContext, id: CircleId, member: &MemberView) -> Markup {
    let content = html! {
        h2 { (context.t_with("circles-hand-over-whom", &[("name", member.name.clone().into())])) }
        p { (context.t("circles-hand-over-means")) }
        form method="post" action=(format!("/circles/{id}/hand-over")) class="row" {
            (forms::csrf(context))
            input type="hidden" name="business" value=(member.business);
            button name="remain" value="yes" { (context.t("circles-share-organising")) }
            button name="remain" value="no" class="danger" { (context.t("circles-hand-over")) }
        }
    };
    components::ask(&format!("hand-over-{}", member.id), Tone::Plain, &context.t("circles-hand-over-asks"), false, &content)
}

fn removal(context: &PageContext, id: CircleId, member: &MemberView, cursor: &str, refused: Option<&Refused>) -> Markup {
    let (words, errors) = refused.map_or(("", Errors::default()), |refused| (&refused.words, Errors(&refused.errors)));
    let content = html! {
        h2 { (context.t_with("circles-remove-whom", &[("name", member.name.clone().into())])) }
        p { (context.t("circles-remove-means")) }
        (forms::summary(context, errors))
        form method="post" action=(format!("/circles/{id}/members/{}/remove", member.id)) {
            (forms::csrf(context))
            input type="hidden" name="cursor" value=(cursor);
            (forms::area(&context.within(&member.id.to_string()), errors, "words", "circles-remove-words", words, WORDS_MAX, false))
            button class="danger" { (context.t("circles-remove")) }
        }
    };
    components::ask(&format!("remove-{}", member.id), Tone::Bad, &context.t("circles-remove"), refused.is_some(), &content)
}

fn active(context: &PageContext, id: CircleId, member: &MemberView, shown: &Shown, refused: Option<&Refused>) -> Markup {
    let decides = context.may_decide(shown.own.is_organiser);
    html! {
        section class="card" {
            (name_line(context, member))
            @if decides && member.suspended_at.is_some() { (button(context, id, member.id, "reinstate", "quiet", "circles-reinstate")) }
            @if decides && !member.is_organiser {
                details id=(format!("more-{}", member.id)) open[refused.is_some()] {
                    summary { (context.t("circles-member-more")) }
                    div class="row" {
                        (handing_over(context, id, member))
                        (removal(context, id, member, &shown.cursor, refused))
                    }
                }
            }
        }
    }
}

/// `POST /circles/{id}/members/{member}/admit`.
pub(super) async fn admit(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, MemberId)>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let (circle, member) = path.into_inner();
    let standing = state.db.write(move |tx| commands::admit(tx, &caller.principal, circle, member)).await?;
    let done = if standing == MemberState::Waiting { "circles-made-to-wait" } else { "circles-admitted" };
    Ok(site::see_other(&format!("/circles/{circle}/members"), Some(done)))
}

/// `POST /circles/{id}/members/{member}/refuse`.
pub(super) async fn refuse(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, MemberId)>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let (circle, member) = path.into_inner();
    state.db.write(move |tx| commands::refuse(tx, &caller.principal, circle, member)).await?;
    Ok(site::see_other(&format!("/circles/{circle}/members"), Some("circles-refused")))
}

/// `POST /circles/{id}/members/{member}/reinstate`.
pub(super) async fn reinstate(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, MemberId)>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let (circle, member) = path.into_inner();
    state.db.write(move |tx| commands::reinstate(tx, &caller.principal, circle, member)).await?;
    Ok(site::see_other(&format!("/circles/{circle}/members"), Some("circles-reinstated")))
}

#[derive(Debug, Deserialize)]
pub(super) struct RemoveForm {
    #[serde(default)]
    words: String,
    /// Which page of the list it stands on.
    #[serde(default)]
    cursor: String,
}

/// `POST /circles/{id}/members/{member}/remove`.
pub(super) async fn remove(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    path: web::Path<(CircleId, MemberId)>,
    form: Form<RemoveForm>,
) -> Answer<HttpResponse> {
    let ((circle, member), typed, principal) = (path.into_inner(), form.0.words, caller.principal);
    let query = PageQuery { limit: None, cursor: Some(form.0.cursor).filter(|cursor| !cursor.is_empty()) };
    let outcome = match Words::optional(Some(&typed)) {
        Ok(words) => state.db.write(move |tx| commands::remove(tx, &principal, circle, member, words)).await,
        Err(problem) => Err(problem.of("words")),
    };
    match outcome {
        Ok(()) => {
            let page = query.cursor.map_or_else(String::new, |cursor| format!("?cursor={}", byte_serialize(cursor.as_bytes()).collect::<String>()));
            Ok(site::see_other(&format!("/circles/{circle}/members{page}"), Some("circles-removed")))
        }
        Err(failure) => {
            let refused = Refused { member, words: typed, status: failure.form_status(), errors: failure.into_form_errors()? };
            page(&state, &context, &caller, circle, query, Some(&refused)).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct HandOverForm {
    business: BusinessId,
    remain: String,
}

/// `POST /circles/{id}/hand-over`.
pub(super) async fn hand_over(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, form: Form<HandOverForm>) -> Answer<HttpResponse> {
    let (circle, form) = (id.0, form.0);
    state.db.write(move |tx| commands::hand_over(tx, &caller.principal, circle, form.business, form.remain == "yes")).await?;
    Ok(site::see_other(&format!("/circles/{circle}"), Some("circles-handed-over")))
}
