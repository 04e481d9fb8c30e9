//! The API of suggestions. It only reads: what was suggested is kept when the referral is passed.

use actix_web::{get, web};
use serde::Deserialize;

use super::views::{self, SuggestionsView};
use crate::businesses::trade::TradeCode;
use crate::http::problem::Problem;
use crate::http::{Caller, PathId, State};
use crate::kernel::failure::FieldProblem;
use crate::kernel::id::{CircleId, ReferralId};
use crate::kernel::region::Region;
use crate::kernel::{Answer, Fields};
use crate::referrals::views::Need;

/// Registers the routes.
pub(super) fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(for_need).service(for_referral);
}

/// `?trade=&country=&postal_code=`
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NeedQuery {
    /// The code of the trade that is needed.
    trade: String,
    /// Where: two letters.
    country: String,
    /// The postal code, or its beginning.
    #[serde(default)]
    postal_code: String,
}

impl NeedQuery {
    fn parse(&self) -> Answer<(TradeCode, Region)> {
        let mut fields = Fields::new();
        let trade = TradeCode::parse(&self.trade).filter(|code| !code.is_group());
        let trade = fields.take("trade", trade.ok_or_else(|| FieldProblem::new("unknown_trade", "choose a trade from the list")));
        let region = fields.take("country", Region::parse(&self.country, &self.postal_code));
        fields.into_result(trade.zip(region))
    }
}

/// Who should get a lead.
#[utoipa::path(
    tag = "reciprocity",
    summary = "Who should get a lead, the best five first",
    description = "Nothing is changed and nothing is kept. Levels stand for figures, so that nobody's balance can be read from them.",
    params(("id" = CircleId, Path), NeedQuery),
    responses(
        (status = 200, description = "Candidates and who is left out", body = SuggestionsView),
        (status = 404, description = "There is no such circle, or the caller's business is no member", body = Problem),
        (status = 422, description = "Unknown trade or place", body = Problem),
    )
)]
#[get("/circles/{id}/suggestions")]
async fn for_need(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<NeedQuery>) -> Answer<web::Json<SuggestionsView>> {
    let (giver, language, now, kept) = (caller.principal.business, caller.language, state.now(), state.clearings.clone());
    let circle = *id;
    let view = move |connection: &mut crate::db::AnyConn| {
        crate::circles::views::require_member(connection, circle, giver)?;
        let (trade, region) = query.parse()?;
        let giver = giver.ok_or(crate::kernel::Failure::NotFound("circle"))?;
        let need = Need { circle, giver, referral: None, trade: Some(trade), region, prospect_email: None, prospect_phone: None, prospect_tax_key: None };
        views::suggest(connection, &kept, &need, language, now)
    };
    state.db.read(view).await.map(web::Json)
}

/// Who should get a draft, or what was suggested.
#[utoipa::path(
    tag = "reciprocity",
    summary = "Who should get a draft; what was suggested when a referral was passed",
    params(("id" = ReferralId, Path)),
    responses(
        (status = 200, description = "Computed now while it can be passed, afterwards what was kept (`kept_at`)", body = SuggestionsView),
        (status = 404, description = "There is no such referral, or it is another's", body = Problem),
        (status = 422, description = "The draft names no trade", body = Problem),
    )
)]
#[get("/referrals/{id}/suggestions")]
async fn for_referral(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>) -> Answer<web::Json<SuggestionsView>> {
    let (principal, id, language, now, kept) = (caller.principal, *id, caller.language, state.now(), state.clearings.clone());
    state.db.read(move |connection| views::of_referral(connection, &kept, &principal, id, language, now)).await.map(web::Json)
}
