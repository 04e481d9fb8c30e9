//! Inviting a colleague, and joining by the link in the mail.

use serde::Deserialize;

use super::sign_in;
use crate::accounts::commands::colleagues::{self, NewColleague};
use crate::accounts::model::TimeZone;
use crate::accounts::password::Password;
use crate::accounts::views::{self, InvitationFacts};
use crate::accounts::visitor::Visitor;
use crate::capabilities::{self, Purpose};
use crate::http::State;
use crate::kernel::actor::PersonRole;
use crate::kernel::id::{Identifier, InvitationId, PersonId};
use crate::kernel::text::Name;
use crate::kernel::{Answer, EmailAddress, Failure, Fields, Language, Principal};

/// Invites by mail.
pub(in crate::accounts) async fn invite(state: &State, visitor: &Visitor, principal: Principal, email: &str, role: PersonRole) -> Answer<InvitationId> {
    principal.owned_business()?;
    let email = EmailAddress::parse(email).map_err(|problem| problem.of("email"))?;
    state.accounts.limits.mail(visitor, email.normalised())?;
    state.db.write(move |tx| colleagues::invite(tx, &principal, &email, role)).await
}

/// What an invited colleague says about himself.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinInput {
    /// What stands at the end of the link.
    pub token: String,
    /// The name.
    pub name: String,
    /// At least ten characters.
    pub password: String,
    /// The language of screens and mails; English when left out.
    pub language: Option<Language>,
    /// A name of the IANA database; Europe/Berlin when left out.
    pub time_zone: Option<String>,
}

/// The invitation behind an unused link.
pub(in crate::accounts) async fn invited(state: &State, token: &str) -> Answer<InvitationFacts> {
    let now = state.now();
    let token = token.to_owned();
    let read = move |connection: &mut crate::db::AnyConn| {
        let link = capabilities::find(connection, Purpose::JoinBusiness, &token, now)?;
        if link.used_at.is_some() {
            return Err(Failure::conflict("link_used", "this link was used before"));
        }
        views::invitation(connection, InvitationId::from_raw(link.subject_id))
    };
    state.db.read(read).await
}

/// Joins the business of an invitation.
pub(in crate::accounts) async fn join(state: &State, input: JoinInput) -> Answer<PersonId> {
    let invitation = invited(state, &input.token).await?;
    let mut fields = Fields::new();
    let name = fields.take("name", Name::parse(&input.name));
    let password = fields.take("password", Password::choose(&input.password, &[&invitation.email, input.name.trim()]));
    let time_zone = fields.take("time_zone", input.time_zone.as_deref().map_or_else(|| Ok(TimeZone::usual()), TimeZone::parse));
    let whole = || Some((name?, password?, time_zone?));
    let (name, password, time_zone) = fields.into_result(whole())?;
    let password = sign_in::hash(state, password).await?;
    let colleague = NewColleague { name, password, language: input.language.unwrap_or(Language::En), time_zone };
    state.db.write(move |tx| colleagues::join(tx, &input.token, colleague)).await
}
