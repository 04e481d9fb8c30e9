//! The people of the own business, and who is invited.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::{Markup, html};
use serde::Deserialize;

use super::fields;
use crate::accounts::acts::joining;
use crate::accounts::commands::colleagues;
use crate::accounts::views::{self, Colleague, ColleagueInvitation};
use crate::accounts::visitor::Visitor;
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::actor::PersonRole;
use crate::kernel::id::{InvitationId, PersonId};
use crate::kernel::{Answer, Failure, FieldError};
use crate::web::components::{self, Tone};
use crate::web::form_key::press_key;
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

const HERE: &str = "/settings/people";

/// `GET /settings/people`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    page(&state, &context, &caller, None, &[]).await
}

/// Whom to invite.
#[derive(Deserialize)]
pub(super) struct InvitationForm {
    email: String,
    #[serde(default)]
    role: String,
}

/// `POST /settings/people/invitations`
pub(super) async fn invite(
    state: actix::Data<State>,
    visitor: Visitor,
    context: PageContext,
    caller: Caller,
    form: Form<InvitationForm>,
) -> Answer<HttpResponse> {
    let role = PersonRole::parse(&form.0.role).unwrap_or(PersonRole::Staff);
    match joining::invite(&state, &visitor, caller.principal, &form.0.email, role).await {
        Ok(_) => Ok(web::see_other(HERE, Some("accounts-invited"))),
        Err(failure) => page(&state, &context, &caller, Some((&form.0.email, role)), &failure.into_form_errors()?).await,
    }
}

/// `POST /settings/people/invitations/{id}/revoke`
pub(super) async fn revoke(state: actix::Data<State>, caller: Caller, id: PathId<InvitationId>, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    state.db.write(move |tx| colleagues::revoke_invitation(tx, &caller.principal, id.0)).await?;
    Ok(web::see_other(HERE, Some("accounts-invitation-revoked")))
}

/// A role.
#[derive(Deserialize)]
pub(super) struct RoleForm {
    role: String,
}

/// `POST /settings/people/{id}/role`
pub(super) async fn change_role(state: actix::Data<State>, caller: Caller, id: PathId<PersonId>, form: Form<RoleForm>) -> Answer<HttpResponse> {
    let role = PersonRole::parse(&form.0.role).ok_or_else(|| Failure::field("role", "wrong_shape", "owner or staff"))?;
    state.db.write(move |tx| colleagues::change_role(tx, &caller.principal, id.0, role)).await?;
    Ok(web::see_other(HERE, Some("accounts-saved")))
}

/// `POST /settings/people/{id}/remove`
pub(super) async fn remove(state: actix::Data<State>, caller: Caller, id: PathId<PersonId>, _form: Form<fields::Nothing>) -> Answer<HttpResponse> {
    state.db.write(move |tx| colleagues::remove(tx, &caller.principal, id.0)).await?;
    Ok(web::see_other(HERE, Some("accounts-removed")))
}

async fn page(state: &State, context: &PageContext, caller: &Caller, typed: Option<(&str, PersonRole)>, errors: &[FieldError]) -> Answer<HttpResponse> {
    let principal = caller.principal;
    let now = state.now();
    let is_owner = principal.role == PersonRole::Owner;
    let read = move |connection: &mut crate::db::AnyConn| {
        let invitations = if is_owner { views::colleague_invitations(connection, &principal, now)? } else { Vec::new() };
        Ok((views::colleagues(connection, &principal)?, invitations))
    };
    let (people, invitations) = state.db.read(read).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let content = html! {
        (crate::web::settings::navigation(context))
        ul class="plain" { @for colleague in &people { (person(context, caller, is_owner, colleague)) } }
        @if is_owner {
            (invitation_form(context, typed, Errors(errors)))
            (open_invitations(context, &invitations))
        } @else {
            p class="soft" { (context.t("accounts-owners-invite")) }
        }
    };
    Ok(web::page(context, status, &context.t("accounts-nav-people"), content))
}

fn role_name(role: PersonRole) -> &'static str {
    match role {
        PersonRole::Owner => "accounts-role-owner",
        PersonRole::Staff => "accounts-role-staff",
    }
}

fn person(context: &PageContext, caller: &Caller, is_owner: bool, colleague: &Colleague) -> Markup {
    let other = match colleague.role {
        PersonRole::Owner => (PersonRole::Staff, "accounts-make-staff"),
        PersonRole::Staff => (PersonRole::Owner, "accounts-make-owner"),
    };
    html! {
        li class="card" {
            p {
                b { (colleague.name) } " " span class="badge" { (context.t(role_name(colleague.role))) }
                @if colleague.id == caller.principal.person { " " span class="soft small" { (context.t("accounts-this-is-you")) } }
                br; span class="soft small" { (colleague.email) }
            }
            @if is_owner {
                div class="row" {
                    form method="post" action=(format!("{HERE}/{}/role", colleague.id)) {
                        (forms::csrf(context))
                        input type="hidden" name="role" value=(other.0);
                        button class="quiet" { (context.t(other.1)) }
                    }
                    (removal(context, colleague))
                }
            }
        }
    }
}

fn removal(context: &PageContext, colleague: &Colleague) -> Markup {
    let inner = html! {
        h2 { (context.t_with("accounts-remove-whom", &[("name", colleague.name.clone().into())])) }
        p { (context.t("accounts-remove-means")) }
        form method="post" action=(format!("{HERE}/{}/remove", colleague.id)) {
            (forms::csrf(context))
            button class="danger" { (context.t("accounts-remove")) }
        }
    };
    components::ask(&format!("remove-{}", colleague.id), Tone::Bad, &context.t("accounts-remove"), false, &inner)
}

fn invitation_form(context: &PageContext, typed: Option<(&str, PersonRole)>, errors: Errors<'_>) -> Markup {
    let (email, role) = typed.unwrap_or(("", PersonRole::Staff));
    let roles: Vec<_> = [PersonRole::Staff, PersonRole::Owner].iter().map(|role| (role.to_string(), context.t(role_name(*role)))).collect();
    html! {
        section class="card" {
            h2 { (context.t("accounts-invite-title")) }
            p { (context.t("accounts-invite-how")) }
            (forms::summary(context, errors))
            form method="post" action="/settings/people/invitations" {
                (forms::csrf(context)) (press_key(context))
                (fields::input(context, errors, ("email", "email", "accounts-email"), email, "off"))
                (forms::select(context, errors, "role", "accounts-role", &roles, role.as_str()))
                button { (context.t("accounts-invite-button")) }
            }
        }
    }
}

fn revocation(context: &PageContext, invitation: &ColleagueInvitation) -> Markup {
    let content = html! {
        h2 { (context.t_with("accounts-revoke-whose", &[("email", invitation.email.clone().into())])) }
        p { (context.t("accounts-revoke-means")) }
        form method="post" action=(format!("{HERE}/invitations/{}/revoke", invitation.id)) {
            (forms::csrf(context))
            button class="danger" { (context.t("accounts-revoke")) }
        }
    };
    components::ask(&format!("revoke-{}", invitation.id), Tone::Plain, &context.t("accounts-revoke"), false, &content)
}

fn open_invitations(context: &PageContext, invitations: &[ColleagueInvitation]) -> Markup {
    html! {
        @if !invitations.is_empty() {
            h2 { (context.t("accounts-open-invitations")) }
            ul class="plain" {
                @for invitation in invitations {
                    li class="row" {
                        span { (invitation.email) " · " (context.t(role_name(invitation.role))) " · " (context.t("accounts-until")) " " (context.date(invitation.expires_at)) }
                        (revocation(context, invitation))
                    }
                }
            }
        }
    }
}
