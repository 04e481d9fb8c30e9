//! Businesses and trades under `/api/v1`.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::customers::{CustomerKeys, Imported};
use super::model::{Direction, Profile, ProfileInput, Regions, Trades};
use super::public::PublicChoice;
use super::trade::{self, TradeCode};
use super::views::{BusinessCard, OwnPublicPage, Search};
use super::{commands, views};
use crate::db::Tx;
use crate::http::etag::{self, IfMatch};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::BusinessId;
use crate::kernel::region::Region;
use crate::kernel::{Answer, Failure, Fields, Language, Page, PageQuery};

/// The most trades a search answers.
const TRADES_FOUND_MAX: usize = 20;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_businesses)
        .service(get_business)
        .service(edit_business)
        .service(set_trades)
        .service(set_regions)
        .service(pause)
        .service(resume)
        .service(get_public_page)
        .service(set_public_page)
        .service(get_exclusions)
        .service(set_exclusions)
        .service(clear_exclusions)
        .service(import_customers)
        .service(forget_customers)
        .service(list_trades);
}

/// What the directory is asked for. Blank texts count as left out, as forms send them.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct DirectoryQuery {
    /// A trade, or a group for all trades in it.
    pub trade: Option<String>,
    /// Two letters.
    pub country: Option<String>,
    /// A place that must be served; needs the country.
    pub postal_code: Option<String>,
    /// Words of the profile; all of them must fit.
    pub words: Option<String>,
    /// 1 to 100, 25 when left out.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl DirectoryQuery {
    /// The parsed search and its page.
    pub fn parse(&self) -> Answer<(Search, PageQuery)> {
        let text = |value: &Option<String>| value.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let mut fields = Fields::new();
        let trade = text(&self.trade).map(|code| TradeCode::parse(&code));
        if trade == Some(None) {
            fields.add("trade", "not_a_trade", "no trade has this code");
        }
        let region = match (text(&self.country), text(&self.postal_code)) {
            (None, None) => None,
            (None, Some(_)) => {
                fields.add("country", "required", "a postal code needs its country");
                None
            }
            (Some(country), postal_code) => {
                let field = if Region::parse(&country, "").is_err() { "country" } else { "postal_code" };
                fields.take(field, Region::parse(&country, postal_code.as_deref().unwrap_or("")))
            }
        };
        fields.finish()?;
        let search = Search { trade: trade.flatten(), region, words: self.words.clone().unwrap_or_default() };
        Ok((search, PageQuery { limit: self.limit, cursor: self.cursor.clone() }))
    }
}

#[utoipa::path(tag = "businesses", summary = "The directory, newest first", params(DirectoryQuery),
    responses((status = 200, body = Page<BusinessCard>), (status = 422, body = Problem)))]
#[get("/businesses")]
async fn list_businesses(state: web::Data<State>, _caller: Caller, query: web::Query<DirectoryQuery>) -> Answer<web::Json<Page<BusinessCard>>> {
    let (search, page) = query.parse()?;
    state.db.read(move |conn| views::search(conn, &search, &page)).await.map(web::Json)
}

#[utoipa::path(tag = "businesses", summary = "One business", params(("id" = BusinessId, Path)),
    responses((status = 200, body = Profile), (status = 404, body = Problem)))]
#[get("/businesses/{id}")]
async fn get_business(state: web::Data<State>, _caller: Caller, id: PathId<BusinessId>) -> Answer<HttpResponse> {
    answer(&state, id.0).await
}

async fn answer(state: &State, id: BusinessId) -> Answer<HttpResponse> {
    let profile = state.db.read(move |conn| views::profile(conn, id)).await?;
    Ok(HttpResponse::Ok().insert_header(etag::of(profile.version)).json(profile))
}

#[utoipa::path(tag = "businesses", summary = "Change one's own profile", params(("id" = BusinessId, Path)), request_body = ProfileInput,
    responses((status = 200, body = Profile), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[patch("/businesses/{id}")]
async fn edit_business(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, if_match: IfMatch, input: Json<ProfileInput>) -> Answer<HttpResponse> {
    let id = id.0;
    state.db.write(move |tx| commands::edit_profile(tx, &caller.principal, id, |version| if_match.check(version), &input.0)).await?;
    answer(&state, id).await
}

/// The trades of a business.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TradesInput {
    /// One to five codes, the main trade first.
    trades: Vec<String>,
}

#[utoipa::path(tag = "businesses", summary = "Set one's own trades", params(("id" = BusinessId, Path)), request_body = TradesInput,
    responses((status = 200, body = Profile), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/businesses/{id}/trades")]
async fn set_trades(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, if_match: IfMatch, input: Json<TradesInput>) -> Answer<HttpResponse> {
    let id = id.0;
    let trades = Trades::parse(&input.0.trades).map_err(|problem| problem.of("trades"))?;
    state.db.write(move |tx| commands::set_trades(tx, &caller.principal, id, |version| if_match.check(version), &trades)).await?;
    answer(&state, id).await
}

/// A country and the beginning of a postal code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegionInput {
    /// Two letters.
    country: String,
    /// Up to ten letters and digits; left out for the whole country.
    #[serde(default)]
    postal_code: String,
}

/// The regions a business serves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegionsInput {
    /// One to fifty.
    regions: Vec<RegionInput>,
}

#[utoipa::path(tag = "businesses", summary = "Set the regions one serves", params(("id" = BusinessId, Path)), request_body = RegionsInput,
    responses((status = 200, body = Profile), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/businesses/{id}/regions")]
async fn set_regions(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, if_match: IfMatch, input: Json<RegionsInput>) -> Answer<HttpResponse> {
    let id = id.0;
    let regions = input.0.regions.iter().map(|region| Region::parse(&region.country, &region.postal_code)).collect::<Result<_, _>>();
    let regions = regions.and_then(Regions::of).map_err(|problem| problem.of("regions"))?;
    state.db.write(move |tx| commands::set_regions(tx, &caller.principal, id, |version| if_match.check(version), &regions)).await?;
    answer(&state, id).await
}

#[utoipa::path(tag = "businesses", summary = "Take no referrals for a while", params(("id" = BusinessId, Path)),
    responses((status = 200, body = Profile), (status = 403, body = Problem)))]
#[post("/businesses/{id}/pause")]
async fn pause(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>) -> Answer<HttpResponse> {
    set_paused(&state, caller, id.0, true).await
}

#[utoipa::path(tag = "businesses", summary = "Take referrals again", params(("id" = BusinessId, Path)),
    responses((status = 200, body = Profile), (status = 403, body = Problem)))]
#[post("/businesses/{id}/resume")]
async fn resume(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>) -> Answer<HttpResponse> {
    set_paused(&state, caller, id.0, false).await
}

async fn set_paused(state: &State, caller: Caller, id: BusinessId, paused: bool) -> Answer<HttpResponse> {
    state.db.write(move |tx| commands::set_paused(tx, &caller.principal, id, paused)).await?;
    answer(state, id).await
}

#[utoipa::path(tag = "businesses", summary = "One's own public page", params(("id" = BusinessId, Path)),
    responses((status = 200, body = OwnPublicPage), (status = 403, body = Problem)))]
#[get("/businesses/{id}/public-page")]
async fn get_public_page(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>) -> Answer<web::Json<OwnPublicPage>> {
    let id = id.0;
    if caller.principal.business()? != id {
        return Err(Failure::forbidden("not_your_business", "this is another business"));
    }
    state.db.read(move |conn| views::own_public_page(conn, id)).await.map(web::Json)
}

#[utoipa::path(tag = "businesses", summary = "Show one's own business to everybody, or no more", params(("id" = BusinessId, Path)),
    request_body = PublicChoice, responses((status = 200, body = OwnPublicPage), (status = 403, body = Problem)))]
#[put("/businesses/{id}/public-page")]
async fn set_public_page(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, input: Json<PublicChoice>) -> Answer<web::Json<OwnPublicPage>> {
    let (id, choice) = (id.0, input.0);
    let write = move |tx: &mut Tx<'_>| {
        commands::set_public(tx, &caller.principal, id, choice)?;
        views::own_public_page(tx, id)
    };
    state.db.write(write).await.map(web::Json)
}

/// Whom a business takes nothing from and gives nothing to. Nobody else sees these lists.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct Exclusions {
    /// It takes no referrals from these.
    not_from: Vec<BusinessId>,
    /// It gives no referrals to these.
    not_to: Vec<BusinessId>,
}

#[utoipa::path(tag = "businesses", summary = "Whom one's own business excludes", params(("id" = BusinessId, Path)),
    responses((status = 200, body = Exclusions), (status = 403, body = Problem)))]
#[get("/businesses/{id}/exclusions")]
async fn get_exclusions(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>) -> Answer<web::Json<Exclusions>> {
    let id = id.0;
    if caller.principal.business()? != id {
        return Err(Failure::forbidden("not_your_business", "this is another business"));
    }
    let pairs = state.db.read(move |conn| views::exclusions(conn, id)).await?;
    let side = |direction| pairs.iter().filter(|(found, _)| *found == direction).map(|(_, other)| *other).collect();
    Ok(web::Json(Exclusions { not_from: side(Direction::NotFrom), not_to: side(Direction::NotTo) }))
}

#[utoipa::path(tag = "businesses", summary = "Set whom one's own business excludes", params(("id" = BusinessId, Path)), request_body = Exclusions,
    responses((status = 204), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[put("/businesses/{id}/exclusions")]
async fn set_exclusions(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, input: Json<Exclusions>) -> Answer<HttpResponse> {
    let id = id.0;
    let not_from = input.0.not_from.into_iter().map(|other| (Direction::NotFrom, other));
    let pairs = not_from.chain(input.0.not_to.into_iter().map(|other| (Direction::NotTo, other))).collect();
    state.db.write(move |tx| commands::set_exclusions(tx, &caller.principal, id, pairs)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(tag = "businesses", summary = "Exclude nobody any more", params(("id" = BusinessId, Path)),
    responses((status = 204), (status = 403, body = Problem)))]
#[delete("/businesses/{id}/exclusions")]
async fn clear_exclusions(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>) -> Answer<HttpResponse> {
    let id = id.0;
    state.db.write(move |tx| commands::set_exclusions(tx, &caller.principal, id, Vec::new())).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Addresses and phone numbers of customers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomersInput {
    /// One a line, or separated by commas, semicolons or tabs; at most 5,000. Hashed at once, never stored or shown.
    list: String,
}

#[utoipa::path(tag = "businesses", summary = "Remember one's own customers by keyed hashes", params(("id" = BusinessId, Path)), request_body = CustomersInput,
    responses((status = 200, body = Imported), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/businesses/{id}/customers")]
async fn import_customers(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, input: Json<CustomersInput>) -> Answer<web::Json<Imported>> {
    import(&state, caller, id.0, &input.0.list).await.map(web::Json)
}

/// Hashes a pasted list and remembers what is new.
pub(super) async fn import(state: &State, caller: Caller, id: BusinessId, list: &str) -> Answer<Imported> {
    let country = state.db.read(move |conn| views::card(conn, id)).await?.country;
    let read = CustomerKeys::read(list, &country, state.secret())?;
    state
        .db
        .write(move |tx| {
            let added = commands::import_customers(tx, &caller.principal, id, &read.keys)?;
            Ok(read.imported(added))
        })
        .await
}

#[utoipa::path(tag = "businesses", summary = "Forget all customers' hashes", params(("id" = BusinessId, Path)),
    responses((status = 204), (status = 403, body = Problem)))]
#[delete("/businesses/{id}/customers")]
async fn forget_customers(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>) -> Answer<HttpResponse> {
    let id = id.0;
    state.db.write(move |tx| commands::forget_customers(tx, &caller.principal, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What trades are looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct TradesQuery {
    /// In any language; left out for the whole tree.
    words: Option<String>,
    /// `en`, `de` or `ru`: names in this language come first.
    language: Option<Language>,
}

/// A group or a trade.
#[derive(Debug, Serialize, ToSchema)]
struct TradeView {
    /// Its code.
    code: TradeCode,
    /// The group it is in; null for a group, which no business may choose.
    group: Option<TradeCode>,
    /// Whether those who follow it may give or take no advantage for a referral.
    is_regulated: bool,
    /// Its names.
    names: TradeNames,
}

/// A trade's name in every language.
#[derive(Debug, Serialize, ToSchema)]
struct TradeNames {
    en: &'static str,
    de: &'static str,
    ru: &'static str,
}

#[utoipa::path(tag = "businesses", summary = "Trades by words, or the whole tree", params(TradesQuery), responses((status = 200, body = Vec<TradeView>)))]
#[get("/trades")]
async fn list_trades(query: web::Query<TradesQuery>) -> Answer<web::Json<Vec<TradeView>>> {
    let view = |code: TradeCode| TradeView {
        code,
        group: code.parent(),
        is_regulated: code.is_regulated(),
        names: TradeNames { en: code.name(Language::En), de: code.name(Language::De), ru: code.name(Language::Ru) },
    };
    let words = query.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let found = words.map(|words| trade::tree().search(words, query.language.unwrap_or(Language::En), TRADES_FOUND_MAX));
    Ok(web::Json(found.unwrap_or_else(|| trade::tree().all().collect()).into_iter().map(view).collect()))
}
