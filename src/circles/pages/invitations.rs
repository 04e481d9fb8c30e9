//! Invitations, for organisers: by mail, by link, and taken back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::Nothing;
use crate::circles::frame::{self, Above, Room};
use crate::circles::model::{INVITATION_DAYS_DEFAULT, INVITATION_DAYS_MAX, INVITATION_USES_MAX, InvitationKind, NewInvitation, WORDS_MAX};
use crate::circles::views::InvitationView;
use crate::circles::{commands, views};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::{CircleId, InvitationId};
use crate::kernel::{Answer, FieldError, Page, PageQuery};
use crate::web::components::{self, Tone};
use crate::web::form_key::form_key;
use crate::web::forms::{self, Errors};
use crate::web::{self as site, PageContext, live};

#[derive(Debug, Deserialize)]
pub(super) struct InvitationForm {
    kind: InvitationKind,
    #[serde(default)]
    email: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    uses: String,
    #[serde(default)]
    days: String,
}

impl InvitationForm {
    fn parse(&self) -> Answer<NewInvitation> {
        match self.kind {
            InvitationKind::Mail => NewInvitation::mail(&self.email, Some(&self.words)),
            // What is no number lies outside the bounds.
            InvitationKind::Link => NewInvitation::link(self.uses.trim().parse().unwrap_or(0), self.days.trim().parse().unwrap_or(0)),
        }
    }
}

/// `GET /circles/{id}/invitations`.
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
    typed: Option<&InvitationForm>,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let (business, now, secret) = (caller.principal.business, state.now(), state.secret().clone());
    caller.principal.owned_business()?;
    let read = move |conn: &mut crate::db::AnyConn| {
        views::require_organiser(conn, id, business)?;
        Ok((views::place(conn, id, business)?, views::working_invitations(conn, id, now, &query, &secret)?))
    };
    let (place, page) = state.db.read(read).await?;
    let content = html! {
        (forms::summary(context, Errors(errors)))
        (mail_form(context, id, typed, Errors(errors)))
        (link_form(context, id, typed, Errors(errors)))
        (live::region(context, "invitations", &format!("circle:{id}"), &working(state, context, id, &page)))
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let below = Some((format!("/circles/{id}/members"), context.t("circles-members")));
    let above = Above { title: &context.t("circles-invitations"), below, ..Above::default() };
    Ok(frame::page(context, status, &place, Room::Members, above, &content))
}

fn mail_form(context: &PageContext, id: CircleId, typed: Option<&InvitationForm>, errors: Errors<'_>) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("circles-invite-by-mail")) }
            p class="soft" { (context.t("circles-invite-by-mail-why")) }
            form method="post" action=(format!("/circles/{id}/invitations")) {
                (forms::csrf(context)) (form_key(context))
                input type="hidden" name="kind" value=(InvitationKind::Mail);
                (forms::input(context, errors, "email", "email", "circles-invite-email", typed.map_or("", |typed| &typed.email), true))
                (forms::area(context, errors, "words", "circles-invite-words", typed.map_or("", |typed| &typed.words), WORDS_MAX, false))
                button { (context.t("circles-invite")) }
            }
        }
    }
}

fn link_form(context: &PageContext, id: CircleId, typed: Option<&InvitationForm>, errors: Errors<'_>) -> Markup {
    let days = INVITATION_DAYS_DEFAULT.to_string();
    let typed = typed.filter(|typed| typed.kind == InvitationKind::Link);
    html! {
        section class="card" {
            h2 { (context.t("circles-invite-by-link")) }
            p class="soft" {
                (context.t_with("circles-invite-by-link-why", &[("uses", i64::from(INVITATION_USES_MAX).into()), ("days", i64::from(INVITATION_DAYS_MAX).into())]))
            }
            form method="post" action=(format!("/circles/{id}/invitations")) {
                (forms::csrf(context)) (form_key(context))
                input type="hidden" name="kind" value=(InvitationKind::Link);
                (forms::input(context, errors, "uses", "number", "circles-invite-uses", typed.map_or("5", |typed| &typed.uses), true))
                (forms::input(context, errors, "days", "number", "circles-invite-days", typed.map_or(&days, |typed| &typed.days), true))
                button { (context.t("circles-make-link")) }
            }
        }
    }
}

fn working(state: &State, context: &PageContext, id: CircleId, page: &Page<InvitationView>) -> Markup {
    html! {
        h2 { (context.t("circles-invitations-working")) }
        @if page.items.is_empty() { p { (context.t("circles-invitations-none")) } }
        @for invitation in &page.items {
            section class="card" {
                @if let Some(email) = &invitation.email { p { (email) } }
                @if let Some(path) = &invitation.link_path {
                    p class="field" {
                        label for=(format!("link-{}", invitation.id)) { (context.t("circles-link-to-pass-on")) }
                        input id=(format!("link-{}", invitation.id)) readonly value=(state.url(path));
                    }
                }
                p class="soft" {
                    (context.t_with("circles-invitation-until", &[("uses", invitation.uses_left.into()), ("date", context.date(invitation.expires_at).into())]))
                }
                (revocation(context, id, invitation))
            }
        }
        @if let Some(cursor) = &page.next_cursor {
            p { a class="button quiet" href=(format!("/circles/{id}/invitations?cursor={cursor}")) { (context.t("circles-more")) } }
        }
    }
}

fn revocation(context: &PageContext, id: CircleId, invitation: &InvitationView) -> Markup {
    let content = html! {
        h2 { (context.t("circles-invitation-revoke-sure")) }
        p { (context.t("circles-invitation-revoke-means")) }
        form method="post" action=(format!("/circles/{id}/invitations/{}/revoke", invitation.id)) {
            (forms::csrf(context))
            button class="danger" { (context.t("circles-invitation-revoke")) }
        }
    };
    components::ask(&format!("revoke-{}", invitation.id), Tone::Bad, &context.t("circles-invitation-revoke"), false, &content)
}

/// `POST /circles/{id}/invitations`.
pub(super) async fn invite(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    form: Form<InvitationForm>,
) -> Answer<HttpResponse> {
    let (id, principal, form) = (id.0, caller.principal, form.0);
    let outcome = match form.parse() {
        Ok(new) => state.db.write(move |tx| commands::invite(tx, &principal, id, new)).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(_) => Ok(site::see_other(&format!("/circles/{id}/invitations"), Some("circles-invited"))),
        Err(failure) => page(&state, &context, &caller, id, PageQuery::default(), Some(&form), &failure.into_form_errors()?).await,
    }
}

/// `POST /circles/{id}/invitations/{invitation}/revoke`.
pub(super) async fn revoke(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, InvitationId)>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let (_, invitation) = path.into_inner();
    let circle = state.db.write(move |tx| commands::revoke(tx, &caller.principal, invitation)).await?;
    Ok(site::see_other(&format!("/circles/{circle}/invitations"), Some("circles-revoked")))
}
