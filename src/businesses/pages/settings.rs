//! One's own profile: several small forms on one page. A form that fails is shown again with what was typed.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::settings_view::{Settings, Typed, settings_page};
use crate::businesses::model::{ProfileInput, Regions, TRADES_MAX, Trades};
use crate::businesses::{api, commands, fields, views};
use crate::http::{Caller, Form, State};
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Failure, FieldError};
use crate::web::{self as site, PageContext};

const HERE: &str = "/settings/business";

/// `GET /settings/business`.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    let settings = read(&state, caller.principal.owned_business()?).await?;
    Ok(site::page(&context, StatusCode::OK, &context.t("businesses-settings"), settings_page(&context, &settings, &Typed::default(), &[])))
}

async fn read(state: &State, id: BusinessId) -> Answer<Settings> {
    let view = move |conn: &mut crate::db::AnyConn| {
        let exclusions = views::exclusions(conn, id)?;
        let others: Vec<BusinessId> = exclusions.iter().map(|(_, other)| *other).collect();
        let cards = views::cards(conn, &others)?;
        let exclusions = exclusions.into_iter().filter_map(|(direction, other)| Some((direction, other, cards.get(&other)?.name.clone()))).collect();
        Ok(Settings {
            profile: views::profile(conn, id)?,
            has_tax_number: views::has_tax_number(conn, id)?,
            customers_count: views::customers_count(conn, id)?,
            exclusions,
            imported: None,
        })
    };
    state.db.read(view).await
}

/// Goes back to the page after a success, or shows the form again with its errors.
async fn finish(state: &State, context: &PageContext, id: BusinessId, typed: Typed, outcome: Answer<()>) -> Answer<HttpResponse> {
    match outcome {
        Ok(()) => Ok(site::see_other(HERE, Some("businesses-saved"))),
        Err(failure) => again(state, context, id, &typed, &failure.into_form_errors()?).await,
    }
}

async fn again(state: &State, context: &PageContext, id: BusinessId, typed: &Typed, errors: &[FieldError]) -> Answer<HttpResponse> {
    let settings = read(state, id).await?;
    let content = settings_page(context, &settings, typed, errors);
    Ok(site::page(context, StatusCode::UNPROCESSABLE_ENTITY, &context.t("businesses-settings"), content))
}

fn same(version: i32) -> impl FnOnce(i32) -> Answer<()> {
    move |present| if present == version { Ok(()) } else { Err(Failure::Stale) }
}

#[derive(Debug, Deserialize)]
pub(super) struct ProfileForm {
    version: i32,
    name: String,
    description: String,
    ideal_referral: String,
    website: String,
    phone: String,
    #[serde(default)]
    tax_number: String,
    #[serde(default)]
    remove_tax_number: String,
    country: String,
    postal_code: String,
    city: String,
    open_referrals_max: String,
    #[serde(default)]
    commission_sentence: String,
}

/// `POST /settings/business`.
pub(super) async fn edit_profile(state: web::Data<State>, context: PageContext, caller: Caller, form: Form<ProfileForm>) -> Answer<HttpResponse> {
    let id = caller.principal.owned_business()?;
    let form = form.0;
    // It is never shown, so that an empty field does not mean that it goes.
    let tax_number = if form.remove_tax_number == "yes" { Some(String::new()) } else { Some(form.tax_number).filter(|text| !text.trim().is_empty()) };
    let input = ProfileInput {
        tax_number,
        name: Some(form.name),
        description: Some(form.description),
        ideal_referral: Some(form.ideal_referral),
        website: Some(form.website),
        phone: Some(form.phone),
        country: Some(form.country),
        postal_code: Some(form.postal_code),
        city: Some(form.city),
        // Anything that is no number lies outside the bounds.
        open_referrals_max: Some(form.open_referrals_max.trim().parse().unwrap_or(0)),
        commission_sentence: Some(form.commission_sentence),
    };
    let typed = Typed { profile: Some(input.clone()), ..Typed::default() };
    let outcome = state.db.write(move |tx| commands::edit_profile(tx, &caller.principal, id, same(form.version), &input)).await;
    finish(&state, &context, id, typed, outcome).await
}

#[derive(Debug, Deserialize)]
pub(super) struct TradesForm {
    version: i32,
    #[serde(default)]
    trade: Vec<String>,
}

/// `POST /settings/business/trades`.
pub(super) async fn set_trades(state: web::Data<State>, context: PageContext, caller: Caller, form: Form<TradesForm>) -> Answer<HttpResponse> {
    let id = caller.principal.owned_business()?;
    let form = form.0;
    let named = form.trade.iter().take(TRADES_MAX + 1).filter(|text| !text.trim().is_empty());
    let codes: Vec<String> = named.map(|text| fields::typed_code(text, context.language)).collect();
    let typed = Typed { trades: Some(form.trade), ..Typed::default() };
    let outcome = match Trades::parse(&codes) {
        Ok(trades) => state.db.write(move |tx| commands::set_trades(tx, &caller.principal, id, same(form.version), &trades)).await,
        Err(problem) => Err(problem.of("trades")),
    };
    finish(&state, &context, id, typed, outcome).await
}

#[derive(Debug, Deserialize)]
pub(super) struct RegionsForm {
    version: i32,
    regions: String,
}

/// `POST /settings/business/regions`.
pub(super) async fn set_regions(state: web::Data<State>, context: PageContext, caller: Caller, form: Form<RegionsForm>) -> Answer<HttpResponse> {
    let id = caller.principal.owned_business()?;
    let form = form.0;
    let outcome = match Regions::parse(&form.regions) {
        Ok(regions) => state.db.write(move |tx| commands::set_regions(tx, &caller.principal, id, same(form.version), &regions)).await,
        Err(problem) => Err(problem.of("regions")),
    };
    finish(&state, &context, id, Typed { regions: Some(form.regions), ..Typed::default() }, outcome).await
}

#[derive(Debug, Deserialize)]
pub(super) struct PauseForm {
    paused: String,
}

/// `POST /settings/business/pause`.
pub(super) async fn set_paused(state: web::Data<State>, caller: Caller, form: Form<PauseForm>) -> Answer<HttpResponse> {
    let id = caller.principal.owned_business()?;
    state.db.write(move |tx| commands::set_paused(tx, &caller.principal, id, form.0.paused == "yes")).await?;
    Ok(site::see_other(HERE, Some("businesses-saved")))
}

#[derive(Debug, Deserialize)]
pub(super) struct CustomersForm {
    list: String,
}

/// `POST /settings/business/customers`: shows the count and never the list. Sending it again changes nothing.
pub(super) async fn import_customers(state: web::Data<State>, context: PageContext, caller: Caller, form: Form<CustomersForm>) -> Answer<HttpResponse> {
    let id = caller.principal.owned_business()?;
    match api::import(&state, caller, id, &form.0.list).await {
        Ok(imported) => {
            let settings = Settings { imported: Some(imported), ..read(&state, id).await? };
            Ok(site::page(&context, StatusCode::OK, &context.t("businesses-settings"), settings_page(&context, &settings, &Typed::default(), &[])))
        }
        Err(failure) => again(&state, &context, id, &Typed { customers: Some(form.0.list), ..Typed::default() }, &failure.into_form_errors()?).await,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// `POST /settings/business/customers/forget`.
pub(super) async fn forget_customers(state: web::Data<State>, caller: Caller, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let id = caller.principal.owned_business()?;
    state.db.write(move |tx| commands::forget_customers(tx, &caller.principal, id)).await?;
    Ok(site::see_other(HERE, Some("businesses-customers-forgotten")))
}
