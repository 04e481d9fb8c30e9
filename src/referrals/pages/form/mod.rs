//! Writing a referral: one form for a new one, a spin-off and a draft. First what is needed, then who gets it, then for whom.

mod fields;
mod typed;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::html;
use serde::Deserialize;

use super::suggested;
use crate::businesses::views as businesses;
use crate::circles::policy::ConsentPath;
use crate::circles::views::{self as circles, CircleCard, MemberCard};
use crate::db::AnyConn;
use crate::http::form_once::LedBefore;
use crate::http::{Caller, Form, PathId, State};
use crate::introductions::preview::{self as introductions, Preview};
use crate::kernel::id::{CircleId, ReferralId};
use crate::kernel::{Answer, Failure, Principal};
use crate::reciprocity::suggestions::views::{self as suggestions, SuggestionsView};
use crate::referrals::commands;
use crate::referrals::model::Move;
use crate::referrals::views::{self, Need};
use crate::web::components;
use crate::web::icon::Icon;
use crate::web::{PageContext, page, see_other};
pub(super) use fields::STEPS;
use fields::form;
use typed::Typed;

/// `?circle=&receiver=&trade=&origin=`: with what the form begins.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Begin {
    circle: String,
    receiver: String,
    trade: String,
    origin: String,
}

/// What the form offers to choose from.
struct Choices {
    circle: CircleCard,
    members: Vec<MemberCard>,
    paths: Vec<ConsentPath>,
    hours: u32,
    country: String,
    postal_code: String,
    suggestions: Option<SuggestionsView>,
    /// What the prospect would read.
    preview: Option<Preview>,
}

impl Choices {
    fn of(connection: &mut AnyConn, principal: &Principal, circle: CircleId) -> Answer<Self> {
        let own = principal.business()?;
        if !crate::referrals::checks::is_active(connection, circle, own)? {
            return Err(Failure::NotFound("circle"));
        }
        let (_, policy) = circles::policy(connection, circle, None)?;
        let card = businesses::card(connection, own)?;
        Ok(Self {
            circle: circles::circle(connection, circle)?,
            members: circles::active_members(connection, circle)?.into_iter().filter(|member| !member.is_suspended && member.business != own).collect(),
            paths: policy.consent_paths,
            hours: policy.clocks.first_contact_hours,
            country: card.country,
            postal_code: card.postal_code,
            suggestions: None,
            preview: None,
        })
    }
}

/// Where a new referral is sent.
const NEW: &str = "/referrals/new";

/// `GET /referrals/new`: the form, or first the choice of the circle.
pub async fn show_new(state: web::Data<State>, caller: Caller, context: PageContext, begin: web::Query<Begin>) -> Answer<HttpResponse> {
    let (principal, begin) = (caller.principal, begin.into_inner());
    let business = principal.business()?;
    let mine = state.db.read(move |connection| circles::circles_of(connection, business)).await?;
    let only = if let [only] = mine.as_slice() { Some(only.id) } else { None };
    let Some(circle) = begin.circle.parse::<CircleId>().ok().or(only) else { return Ok(choose_circle(&context, &begin, &mine)) };
    let choices = state.db.read(move |connection| Choices::of(connection, &principal, circle)).await?;
    let typed = Typed::begin(&begin, &choices, context.language);
    Ok(form(&context, StatusCode::OK, &choices, &typed, &[], NEW, "referrals-new"))
}

fn choose_circle(context: &PageContext, begin: &Begin, mine: &[CircleCard]) -> HttpResponse {
    let link = |circle: CircleId| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("circle", &circle.to_string());
        for (name, value) in [("receiver", &begin.receiver), ("trade", &begin.trade), ("origin", &begin.origin)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("/referrals/new?{}", query.finish())
    };
    let content = html! {
        @if mine.is_empty() {
            (components::empty(&context.t("referrals-no-circle"), &components::link_button("/circles", Icon::Circle, &context.t("referrals-to-circles"))))
        } @else {
            p { (context.t("referrals-choose-circle")) }
            ul class="list" { @for circle in mine { li { a href=(link(circle.id)) { span class="main" { (circle.name) } } } } }
        }
    };
    page(context, StatusCode::OK, &context.t("referrals-new"), content)
}

/// `POST /referrals/new`: keeps the draft and shows what will be sent.
///
/// Who comes back from there and changes a word writes the same draft anew.
pub async fn create(state: web::Data<State>, caller: Caller, context: PageContext, led: LedBefore, typed: Form<Typed>) -> Answer<HttpResponse> {
    let (principal, mut typed) = (caller.principal, typed.0);
    let begun: Option<ReferralId> = led.0.and_then(|path| path.strip_prefix("/referrals/")?.strip_suffix("/pass")?.parse().ok());
    let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
    if !typed.suggest.is_empty() {
        return suggest(&state, &caller, &context, &typed, None).await;
    }
    let origin: Option<ReferralId> = typed.origin.parse().ok();
    let best = take_best(&state, &caller, &context, &mut typed, None).await;
    let written = match best.map(|()| typed.read(context.language)) {
        Ok(input) => {
            let write = state.db.write(move |tx| match (begun, origin) {
                (Some(begun), _) if commands::rewrite(tx, &principal, begun, circle, &input)? => Ok(begun),
                (_, Some(origin)) => commands::spin_off(tx, &principal, origin, Some(circle), &input),
                (_, None) => commands::draft(tx, &principal, circle, &input),
            });
            write.await
        }
        Err(failure) => Err(failure),
    };
    match written {
        Ok(id) => Ok(see_other(&format!("/referrals/{id}/pass"), None)),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            let choices = state.db.read(move |connection| Choices::of(connection, &principal, circle)).await?;
            Ok(form(&context, status, &choices, &typed, &errors, NEW, "referrals-new"))
        }
    }
}

/// `GET /referrals/{id}/edit`.
pub async fn show_edit(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<ReferralId>) -> Answer<HttpResponse> {
    let (principal, id, now) = (caller.principal, *id, state.now());
    let (view, choices) = state
        .db
        .read(move |connection| {
            let view = views::whole(connection, &principal, id, now)?;
            if !view.possible.contains(&Move::Edit) {
                return Err(Failure::conflict("move_not_possible", "only a draft is changed"));
            }
            let choices = Choices::of(connection, &principal, view.circle)?;
            Ok((view, choices))
        })
        .await?;
    let typed = Typed::of_view(&view, context.language);
    Ok(form(&context, StatusCode::OK, &choices, &typed, &[], &format!("/referrals/{id}/edit"), "referrals-edit"))
}

/// `POST /referrals/{id}/edit`.
pub async fn change(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<ReferralId>, typed: Form<Typed>) -> Answer<HttpResponse> {
    let (principal, id, mut typed, now) = (caller.principal, *id, typed.0, state.now());
    let version = typed.version;
    if !typed.suggest.is_empty() {
        return suggest(&state, &caller, &context, &typed, Some(id)).await;
    }
    let best = take_best(&state, &caller, &context, &mut typed, Some(id)).await;
    let written = match best.map(|()| typed.read(context.language)) {
        Ok(input) => {
            let fits = move |present| if present == version { Ok(()) } else { Err(Failure::Stale) };
            state.db.write(move |tx| commands::edit(tx, &principal, id, &fits, &input)).await
        }
        Err(failure) => Err(failure),
    };
    match written {
        Ok(()) => Ok(see_other(&format!("/referrals/{id}/pass"), None)),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
            let read =
                move |connection: &mut AnyConn| Ok((Choices::of(connection, &principal, circle)?, views::whole(connection, &principal, id, now)?.version));
            let (choices, present) = state.db.read(read).await?;
            // Who was told that somebody else changed it, and saves again, means the version that is there now.
            typed.version = present;
            Ok(form(&context, status, &choices, &typed, &errors, &format!("/referrals/{id}/edit"), "referrals-edit"))
        }
    }
}

/// Shows the form as it was typed, with who is suggested and what the prospect would read. Nothing is kept.
async fn suggest(state: &State, caller: &Caller, context: &PageContext, typed: &Typed, referral: Option<ReferralId>) -> Answer<HttpResponse> {
    let (principal, now, language) = (caller.principal, state.now(), context.language);
    let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
    let need = typed.need(principal.business()?, circle, referral, language, state.secret());
    let (mut typed, base_url, kept) = (typed.clone(), state.config.server.base_url.clone(), state.clearings.clone());
    let read = move |connection: &mut AnyConn| {
        let mut choices = Choices::of(connection, &principal, circle)?;
        if let Some(id) = referral {
            // Who asks by a referral's number must be its giver.
            views::whole(connection, &principal, id, now)?;
        }
        let errors = match need {
            Ok(need) => {
                let need = with_kept(connection, need)?;
                let found = suggestions::suggest(connection, &kept, &need, language, now)?;
                typed.mark(found.candidates.first().map(|best| best.business.id));
                choices.suggestions = Some(found);
                Vec::new()
            }
            Err(Failure::Invalid(errors)) => errors,
            Err(other) => return Err(other),
        };
        if let Some(draft) = typed.for_prospect(&principal, &choices) {
            choices.preview = Some(introductions::preview(connection, &base_url, &draft)?);
        }
        Ok((choices, typed, errors))
    };
    let (choices, typed, errors) = state.db.read(read).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (action, title) = referral.map_or((NEW.to_owned(), "referrals-new"), |id| (format!("/referrals/{id}/edit"), "referrals-edit"));
    Ok(form(context, status, &choices, &typed, &errors, &action, title))
}

/// Puts the best suggestion in the place of "the best suggestion".
async fn take_best(state: &State, caller: &Caller, context: &PageContext, typed: &mut Typed, referral: Option<ReferralId>) -> Answer<()> {
    if typed.receiver != suggested::BEST {
        return Ok(());
    }
    let (principal, now, kept) = (caller.principal, state.now(), state.clearings.clone());
    let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
    let need = typed.need(principal.business()?, circle, referral, context.language, state.secret())?;
    let read = move |connection: &mut AnyConn| {
        if let Some(id) = referral {
            views::whole(connection, &principal, id, now)?;
        }
        let need = with_kept(connection, need)?;
        suggestions::best(connection, &kept, &need, now)
    };
    typed.receiver = state.db.read(read).await?.to_string();
    Ok(())
}

/// A tax number that was stated before is not in the form, and counts all the same.
fn with_kept(connection: &mut AnyConn, need: Need) -> Answer<Need> {
    match (need.referral, &need.prospect_tax_key) {
        (Some(id), None) => Ok(Need { prospect_tax_key: views::prospect_tax_key(connection, id)?, ..need }),
        _ => Ok(need),
    }
}
