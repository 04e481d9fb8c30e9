//! The page behind an invitation's link. Looking at it decides nothing; joining needs a business and its owner.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

use super::list::kind_of;
use super::{chosen_trade, trade_options};
use crate::businesses;
use crate::businesses::trade::TradeCode;
use crate::circles::model::MemberState;
use crate::circles::views::Invited;
use crate::circles::{commands, views};
use crate::http::{Caller, Form, State};
use crate::kernel::{Answer, FieldError};
use crate::web::form_key::press_key;
use crate::web::forms::{self, Errors};
use crate::web::rights::{Needs, owners_do_this};
use crate::web::{self as site, PageContext};

#[derive(Debug, Default, Deserialize)]
pub(super) struct JoinForm {
    #[serde(default)]
    trade: String,
}

/// `GET /invitation/{token}`.
pub(super) async fn show(state: web::Data<State>, context: PageContext, token: web::Path<String>) -> Answer<HttpResponse> {
    page(&state, &context, &token, StatusCode::OK, "", &[]).await
}

async fn page(state: &State, context: &PageContext, token: &str, status: StatusCode, chosen: &str, errors: &[FieldError]) -> Answer<HttpResponse> {
    let business = context.caller.as_ref().and_then(|caller| caller.principal.business);
    let (owned, now) = (token.to_owned(), state.now());
    let read = move |conn: &mut crate::db::AnyConn| {
        let invited = views::invited(conn, &owned, now)?;
        let trades = business.map_or(Ok(Vec::new()), |business| businesses::views::card(conn, business).map(|card| card.trades))?;
        let own = business.map_or(Ok(None), |business| views::membership(conn, invited.circle.id, business))?;
        Ok((invited, trades, own.map(|own| own.state)))
    };
    let (invited, trades, standing) = state.db.read(read).await?;
    let content = content(context, token, &invited, &trades, standing, chosen, Errors(errors));
    Ok(site::page(context, status, &invited.circle.name, content))
}

fn content(
    context: &PageContext,
    token: &str,
    invited: &Invited,
    trades: &[TradeCode],
    standing: Option<MemberState>,
    chosen: &str,
    errors: Errors<'_>,
) -> Markup {
    let inviter = invited.inviter.clone();
    let from = match &invited.inviter_business {
        Some(business) => context.t_with("circles-invited-by-of", &[("name", inviter.into()), ("business", business.clone().into())]),
        None => context.t_with("circles-invited-by", &[("name", inviter.into())]),
    };
    html! {
        p { (from) }
        p class="soft" { (kind_of(context, invited.circle.kind)) }
        @for line in invited.circle.description.lines() { p { (line) } }
        @if let Some(words) = &invited.words { blockquote { (words) } }
        @if standing == Some(MemberState::Active) {
            p class="done" { (context.t("circles-you-are-in")) }
            p { a class="button" href=(format!("/circles/{}", invited.circle.id)) { (context.t("circles-go-there")) } }
        } @else if !invited.works {
            p { (context.t("circles-invitation-used-up")) }
        } @else if context.caller.is_none() {
            (way_to_sign_in(context, token))
        } @else if context.may(Needs::Business) && !context.may(Needs::Owner) {
            (owners_do_this(context))
        } @else if trades.is_empty() {
            p { (context.t("circles-no-business")) }
        } @else {
            (forms::summary(context, errors))
            form method="post" action=(format!("/invitation/{token}")) class="card" {
                (forms::csrf(context)) (press_key(context))
                (forms::select(context, errors, "trade", "circles-your-trade", &trade_options(context, trades), chosen))
                button { (context.t("circles-join")) }
            }
        }
    }
}

fn way_to_sign_in(context: &PageContext, token: &str) -> Markup {
    let next: String = byte_serialize(format!("/invitation/{token}").as_bytes()).collect();
    html! {
        p { (context.t("circles-join-how")) }
        p class="row" {
            a class="button" href=(format!("/register?next={next}")) { (context.t("register")) }
            a class="button quiet" href=(format!("/sign-in?next={next}")) { (context.t("sign-in")) }
        }
        p class="soft" { (context.t("circles-join-come-back")) }
    }
}

/// `POST /invitation/{token}`.
pub(super) async fn join(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    token: web::Path<String>,
    form: Form<JoinForm>,
) -> Answer<HttpResponse> {
    let (token, principal) = (token.into_inner(), caller.principal);
    let named = if form.0.trade.is_empty() { Ok(None) } else { chosen_trade(&form.0.trade).map(Some) };
    let outcome = match named {
        Ok(trade) => {
            let token = token.clone();
            state.db.write(move |tx| commands::accept(tx, &principal, &token, trade)).await
        }
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok((circle, MemberState::Waiting)) => Ok(site::see_other(&format!("/circles/{circle}"), Some("circles-waiting"))),
        Ok((circle, _)) => Ok(site::see_other(&format!("/circles/{circle}"), Some("circles-joined"))),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            page(&state, &context, &token, status, &form.0.trade, &errors).await
        }
    }
}
