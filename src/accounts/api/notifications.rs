//! Which mails the person wants.

use actix_web::{get, put, web};
use serde::{Deserialize, Serialize};

use crate::accounts::commands::notifications;
use crate::accounts::views;
use crate::db::{AnyConn, Tx};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, State};
use crate::kernel::Answer;
use crate::outbox::MailTopic;

/// Which mails one wants. What is always sent stands here not: the own account, invitations, disputes, introductions.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Notifications {
    /// Referrals that are offered and wait for an answer. One owner of a business always reads them.
    pub offers: bool,
    /// What became of the referrals one gave or received.
    pub news: bool,
    /// What was not done yet.
    pub reminders: bool,
    /// Members who apply, come and go.
    pub circles: bool,
    /// Rings that were settled.
    pub settlements: bool,
}

impl Notifications {
    fn of(unwanted: &[MailTopic], reminders_are_stopped: bool) -> Self {
        let wants = |topic| !unwanted.contains(&topic);
        Self {
            offers: wants(MailTopic::Offers),
            news: wants(MailTopic::News),
            reminders: wants(MailTopic::Reminders) && !reminders_are_stopped,
            circles: wants(MailTopic::Circles),
            settlements: wants(MailTopic::Settlements),
        }
    }

    fn unwanted(self) -> Vec<MailTopic> {
        let wants = |topic: MailTopic| match topic {
            MailTopic::Offers => self.offers,
            MailTopic::News => self.news,
            MailTopic::Reminders => self.reminders,
            MailTopic::Circles => self.circles,
            MailTopic::Settlements => self.settlements,
        };
        MailTopic::ALL.iter().copied().filter(|topic| !wants(*topic)).collect()
    }
}

/// Which mails do I want?
#[utoipa::path(tag = "accounts", operation_id = "notifications", responses((status = 200, body = Notifications), (status = 401, body = Problem)))]
#[get("/me/notifications")]
pub async fn show(state: web::Data<State>, caller: Caller) -> Answer<web::Json<Notifications>> {
    let person = caller.principal.person;
    let secret = state.secret().clone();
    let read = move |connection: &mut AnyConn| Ok((views::unwanted_by(connection, person)?, views::reminders_are_stopped(connection, person, &secret)?));
    let (unwanted, are_stopped) = state.db.read(read).await?;
    Ok(web::Json(Notifications::of(&unwanted, are_stopped)))
}

/// Say which mails I want
///
/// Of the owners of a business one always reads what is offered to it. Wanting reminders also takes back what the stop link of
/// one did.
#[utoipa::path(tag = "accounts", operation_id = "set_notifications", request_body = Notifications,
    responses((status = 200, body = Notifications), (status = 422, body = Problem)))]
#[put("/me/notifications")]
pub async fn set(state: web::Data<State>, caller: Caller, input: Json<Notifications>) -> Answer<web::Json<Notifications>> {
    let wished = input.0;
    let write = move |tx: &mut Tx<'_>| {
        notifications::set_unwanted(tx, &caller.principal, &wished.unwanted())?;
        if wished.reminders { notifications::welcome_reminders(tx, &caller.principal) } else { Ok(()) }
    };
    state.db.write(write).await?;
    Ok(web::Json(input.0))
}
