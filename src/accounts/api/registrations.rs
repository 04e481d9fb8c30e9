//! Registering and confirming. Nothing here tells whether an address has an account.

use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};

use crate::accounts::acts::registering;
use crate::accounts::commands::people;
use crate::accounts::registration::RegistrationInput;
use crate::accounts::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::{Json, State};
use crate::kernel::Answer;

/// What happens next.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MailSent {
    /// Always `mail_sent`: whoever reads that address's mail finds there how to go on.
    pub next: &'static str,
}

pub(super) fn mail_sent() -> HttpResponse {
    HttpResponse::Accepted().json(MailSent { next: "mail_sent" })
}

/// Register a business and its first person
///
/// A mail with a link confirms the address. The answer is the same when the address has an account already; its owner is told by mail.
#[utoipa::path(tag = "accounts", request_body = RegistrationInput, responses(
    (status = 202, body = MailSent), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/registrations")]
pub async fn register(state: web::Data<State>, visitor: Visitor, input: Json<RegistrationInput>) -> Answer<HttpResponse> {
    registering::take(&state, &visitor, input.0.parse()?).await?;
    Ok(mail_sent())
}

/// The token of a link.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    /// What stands at the end of the link.
    pub token: String,
}

/// Confirm an address
#[utoipa::path(tag = "accounts", request_body = LinkToken, responses((status = 204), (status = 404, body = Problem)))]
#[post("/registrations/confirm")]
pub async fn confirm(state: web::Data<State>, input: Json<LinkToken>) -> Answer<HttpResponse> {
    state.db.write(move |tx| people::confirm_by_link(tx, &input.0.token)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// An address.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressInput {
    /// The address.
    pub email: String,
}

/// Send the link again that confirms an address
#[utoipa::path(tag = "accounts", request_body = AddressInput, responses(
    (status = 202, body = MailSent), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/registrations/resend")]
pub async fn resend(state: web::Data<State>, visitor: Visitor, input: Json<AddressInput>) -> Answer<HttpResponse> {
    registering::send_again(&state, &visitor, &input.0.email).await?;
    Ok(mail_sent())
}
