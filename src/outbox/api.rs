//! The fate of a referral's mails, for its giver.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::views::{self, MailFate};
use crate::http::problem::Problem;
use crate::http::{Caller, State};
use crate::kernel::id::ReferralId;
use crate::kernel::{Answer, Failure, Page, PageQuery};
use crate::referrals;

/// The routes.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(list);
}

/// `?referral=&limit=&cursor=`
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MailsQuery {
    /// Whose mails.
    referral: ReferralId,
    /// 1 to 100, 25 when left out.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The fate of a referral's mails, for its giver: what was sent, came back, or is unknown. Never what a mail says.
#[utoipa::path(
    tag = "mails",
    summary = "List the fate of a referral's mails",
    params(MailsQuery),
    responses((status = 200, body = Page<MailFate>), (status = 401, body = Problem), (status = 404, body = Problem))
)]
#[get("/mails")]
async fn list(state: web::Data<State>, caller: Caller, query: web::Query<MailsQuery>) -> Answer<HttpResponse> {
    let MailsQuery { referral, limit, cursor } = query.into_inner();
    let business = caller.principal.business()?;
    let page = PageQuery { limit, cursor };
    let rows = state
        .db
        .read(move |connection| {
            if referrals::views::facts(connection, referral)?.giver != business {
                return Err(Failure::NotFound("referral"));
            }
            let rows = views::of_referral(connection, referral, page.below(), page.limit() as i64 + 1)?;
            Ok(Page::of(rows, page.limit(), |fate: &MailFate| fate.id))
        })
        .await?;
    Ok(HttpResponse::Ok().json(rows))
}
