//! Forgotten and changed passwords.

use actix_web::{HttpResponse, post, web};
use serde::Deserialize;

use super::registrations::{AddressInput, MailSent, mail_sent};
use crate::accounts::acts::passwords;
use crate::accounts::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::{Caller, Json, State};
use crate::kernel::Answer;

/// Ask for a new password
///
/// The answer is the same whether there is such an account or not.
#[utoipa::path(tag = "accounts", operation_id = "password_forgotten", request_body = AddressInput, responses(
    (status = 202, body = MailSent), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/password/forgotten")]
pub async fn forgotten(state: web::Data<State>, visitor: Visitor, input: Json<AddressInput>) -> Answer<HttpResponse> {
    passwords::forget(&state, &visitor, &input.0.email).await?;
    Ok(mail_sent())
}

/// A link's token and a new password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetInput {
    /// What stands at the end of the link.
    pub token: String,
    /// At least ten characters.
    pub password: String,
}

/// Set a new password by the link in the mail
///
/// Ends every session of the person.
#[utoipa::path(tag = "accounts", operation_id = "password_reset", request_body = ResetInput, responses(
    (status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[post("/password/reset")]
pub async fn reset(state: web::Data<State>, input: Json<ResetInput>) -> Answer<HttpResponse> {
    passwords::set_anew(&state, input.0.token, &input.0.password).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The current password and the next.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present one.
    pub current_password: String,
    /// At least ten characters.
    pub password: String,
}

/// Change the own password
///
/// Ends every other session of the person.
#[utoipa::path(tag = "accounts", operation_id = "password_change", request_body = PasswordChange, responses(
    (status = 204), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/password/change")]
pub async fn change(state: web::Data<State>, visitor: Visitor, caller: Caller, input: Json<PasswordChange>) -> Answer<HttpResponse> {
    passwords::replace(&state, &visitor, caller, &input.0.current_password, &input.0.password).await?;
    Ok(HttpResponse::NoContent().finish())
}
