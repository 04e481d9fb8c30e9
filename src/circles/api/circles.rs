//! Circles: found, list, read, edit.

use actix_web::http::header;
use actix_web::{HttpResponse, get, patch, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::businesses::trade::TradeCode;
use crate::circles::model::{CircleInput, CircleKind, CircleValues, Links, NewCircle};
use crate::circles::policy::Policy;
use crate::circles::views::{CircleCard, CircleDetail, CircleSummary};
use crate::circles::{commands, views};
use crate::http::etag::{self, IfMatch};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::failure::FieldProblem;
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Fields, Language, Page, PageQuery};

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_circles).service(create_circle).service(get_circle).service(edit_circle);
}

crate::coded_enum! {
    /// Which circles are listed.
    pub enum Which {
        /// Those in which the caller's business is an active member.
        Mine = 1 "mine",
        /// Those that invite the caller's business by mail.
        Invited = 2 "invited",
        /// Those that anybody may apply to.
        Open = 3 "open",
    }
}

/// Which circles are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct CirclesQuery {
    /// `mine` (when left out), `invited` or `open`.
    #[param(inline)]
    which: Option<Which>,
    /// 1 to 100, 25 when left out; for `open`.
    limit: Option<u32>,
    /// `next_cursor` of the page before; for `open`.
    cursor: Option<String>,
}

#[utoipa::path(tag = "circles", summary = "Circles: mine, those that invite me, or those open to applications", params(CirclesQuery),
    responses((status = 200, body = Page<CircleSummary>)))]
#[get("/circles")]
async fn list_circles(state: web::Data<State>, caller: Caller, query: web::Query<CirclesQuery>) -> Answer<web::Json<Page<CircleSummary>>> {
    let query = query.into_inner();
    let (business, now) = (caller.principal.business, state.now());
    let view = move |conn: &mut crate::db::AnyConn| {
        let whole = |cards: Vec<CircleCard>| Page { items: cards.into_iter().map(CircleSummary::from).collect(), next_cursor: None };
        match (query.which.unwrap_or(Which::Mine), business) {
            (Which::Open, _) => views::open_circles(conn, &PageQuery { limit: query.limit, cursor: query.cursor }),
            (Which::Mine, Some(business)) => views::circles_of(conn, business).map(whole),
            (Which::Invited, Some(business)) => views::invitations_of(conn, business, now).map(whole),
            (Which::Mine | Which::Invited, None) => Ok(whole(Vec::new())),
        }
    };
    state.db.read(view).await.map(web::Json)
}

/// A circle to be founded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCircleInput {
    /// Value chain or networking.
    kind: CircleKind,
    /// Its name.
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
    /// The caller's language when left out.
    language: Option<Language>,
    /// IANA name; the caller's time zone when left out.
    time_zone: Option<String>,
    /// Whether strangers see it and may apply.
    #[serde(default)]
    open_to_applications: bool,
    /// The trade with which the founder is a member, one of his own.
    trade: String,
    /// The trades of a value chain in their order.
    #[serde(default)]
    links: Vec<String>,
    /// The usual rules when left out.
    policy: Option<Policy>,
}

impl NewCircleInput {
    fn parse(self, caller: &Caller) -> Answer<NewCircle> {
        let mut fields = Fields::new();
        let language = self.language.unwrap_or(caller.language);
        let time_zone = self.time_zone.as_deref().unwrap_or(&caller.time_zone);
        let values = CircleValues::parse(&mut fields, &self.name, &self.description, language, time_zone, self.open_to_applications);
        let trade = fields.take("trade", TradeCode::parse(&self.trade).ok_or_else(|| FieldProblem::new("not_a_trade", "no trade has this code")));
        let links = fields.take("links", Links::parse(&self.links));
        let (kind, policy) = (self.kind, self.policy.unwrap_or_default());
        let new = || Some(NewCircle { kind, values: values?, trade: trade?, links: links?, policy });
        fields.into_result(new())
    }
}

#[utoipa::path(tag = "circles", summary = "Found a circle and organise it", request_body = NewCircleInput,
    responses((status = 201, body = CircleDetail, headers(("Location" = String))), (status = 422, body = Problem)))]
#[post("/circles")]
async fn create_circle(state: web::Data<State>, caller: Caller, input: Json<NewCircleInput>) -> Answer<HttpResponse> {
    let new = input.0.parse(&caller)?;
    let (principal, ask_allowed, now) = (caller.principal, state.config.introductions.ask_allowed, state.now());
    let detail = state
        .db
        .write(move |tx| {
            let id = commands::create(tx, &principal, new, ask_allowed)?;
            views::detail(tx, id, principal.business, now)
        })
        .await?;
    Ok(HttpResponse::Created().insert_header((header::LOCATION, format!("/api/v1/circles/{}", detail.id))).json(detail))
}

#[utoipa::path(tag = "circles", summary = "One circle; its inside is for members", params(("id" = CircleId, Path)),
    responses((status = 200, body = CircleDetail), (status = 404, body = Problem)))]
#[get("/circles/{id}")]
async fn get_circle(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<HttpResponse> {
    answer(&state, &caller, id.0).await
}

async fn answer(state: &State, caller: &Caller, id: CircleId) -> Answer<HttpResponse> {
    let (business, now) = (caller.principal.business, state.now());
    let detail = state.db.read(move |conn| views::detail(conn, id, business, now)).await?;
    let mut response = HttpResponse::Ok();
    if let Some(inside) = &detail.inside {
        response.insert_header(etag::of(inside.version));
    }
    Ok(response.json(detail))
}

#[utoipa::path(tag = "circles", summary = "Change a circle (organisers)", params(("id" = CircleId, Path)), request_body = CircleInput,
    responses((status = 200, body = CircleDetail), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[patch("/circles/{id}")]
async fn edit_circle(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, if_match: IfMatch, input: Json<CircleInput>) -> Answer<HttpResponse> {
    let (id, principal) = (id.0, caller.principal);
    state.db.write(move |tx| commands::edit(tx, &principal, id, |version| if_match.check(version), &input.0)).await?;
    answer(&state, &caller, id).await
}
