//! Writing a referral: one form for a new one, a spin-off and a draft.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::{parts, suggested};
use crate::businesses::fields::{trade_input, trade_list, typed_code};
use crate::businesses::views as businesses;
use crate::circles::policy::ConsentPath;
use crate::circles::views::{self as circles, CircleCard, MemberCard};
use crate::db::AnyConn;
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::{BusinessId, CircleId, ReferralId};
use crate::kernel::money::{Currency, parse_amount};
use crate::kernel::phone::PhoneNumber;
use crate::kernel::region::Region;
use crate::kernel::{Answer, EmailAddress, Failure, FieldError, Fields, Language, Principal};
use crate::reciprocity::suggestions::views::{self as suggestions, SuggestionsView};
use crate::referrals::commands;
use crate::referrals::input::{ProspectInput, ReferralInput, RegionInput, WorthInput, parse_trade};
use crate::referrals::model::{ContactBy, Move, NEED_MAX, WORDS_MAX};
use crate::referrals::views::{self, Need, ReferralView};
use crate::web::forms::{self, Errors};
use crate::web::{PageContext, page, see_other};

/// Everything as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    circle: String,
    origin: String,
    receiver: String,
    /// The card that is marked, when partners are suggested.
    suggested: String,
    /// Set by the button that suggests partners instead of keeping the draft.
    suggest: String,
    trade: String,
    need: String,
    expectation: String,
    country: String,
    postal_code: String,
    worth_min: String,
    worth_max: String,
    currency: String,
    effort: String,
    contact_by: String,
    contact_within_hours: String,
    consent_path: String,
    inside: String,
    #[serde(rename = "prospect.name")]
    name: String,
    #[serde(rename = "prospect.email")]
    email: String,
    #[serde(rename = "prospect.phone")]
    phone: String,
    #[serde(rename = "prospect.company")]
    company: String,
    #[serde(rename = "prospect.language")]
    language: String,
    #[serde(rename = "prospect.words")]
    words: String,
}

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
        })
    }
}

impl Typed {
    fn begin(begin: &Begin, choices: &Choices, reader: Language) -> Self {
        Self {
            circle: choices.circle.id.to_string(),
            origin: begin.origin.clone(),
            receiver: begin.receiver.clone(),
            trade: crate::businesses::trade::TradeCode::parse(&begin.trade).map_or_else(String::new, |code| code.name(reader).to_owned()),
            country: choices.country.clone(),
            postal_code: choices.postal_code.clone(),
            currency: Currency::EUR.as_str().to_owned(),
            effort: "1".to_owned(),
            contact_by: ContactBy::Receiver.as_str().to_owned(),
            contact_within_hours: choices.hours.to_string(),
            consent_path: choices.paths.first().map_or_else(String::new, |path| path.as_str().to_owned()),
            language: choices.circle.language.as_str().to_owned(),
            ..Self::default()
        }
    }

    fn of_view(view: &ReferralView, reader: Language) -> Self {
        let prospect = view.prospect.clone();
        let unit = |minor: i64, currency: Currency| amount_text(minor, currency);
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            circle: view.circle.to_string(),
            origin: String::new(),
            suggested: String::new(),
            suggest: String::new(),
            receiver: view.receiver.as_ref().map(|receiver| receiver.id.to_string()).unwrap_or_default(),
            trade: view.trade.map_or_else(String::new, |code| code.name(reader).to_owned()),
            need: text(&view.need),
            expectation: text(&view.expectation),
            country: view.region.country.clone(),
            postal_code: view.region.postal_code.clone(),
            worth_min: view.worth.map(|worth| unit(worth.min_minor, worth.currency)).unwrap_or_default(),
            worth_max: view.worth.map(|worth| unit(worth.max_minor, worth.currency)).unwrap_or_default(),
            currency: view.worth.map_or_else(|| Currency::EUR.as_str().to_owned(), |worth| worth.currency.as_str().to_owned()),
            effort: view.effort.to_string(),
            contact_by: view.contact_by.as_str().to_owned(),
            contact_within_hours: view.contact_within_hours.to_string(),
            consent_path: view.consent_path.as_str().to_owned(),
            inside: if view.inside { "yes".to_owned() } else { String::new() },
            name: prospect.as_ref().map(|prospect| prospect.name.clone()).unwrap_or_default(),
            email: prospect.as_ref().map(|prospect| text(&prospect.email)).unwrap_or_default(),
            phone: prospect.as_ref().map(|prospect| text(&prospect.phone)).unwrap_or_default(),
            company: prospect.as_ref().map(|prospect| text(&prospect.company)).unwrap_or_default(),
            language: prospect.as_ref().map_or_else(String::new, |prospect| prospect.language.as_str().to_owned()),
            words: prospect.as_ref().map(|prospect| text(&prospect.words)).unwrap_or_default(),
        }
    }

    /// As the API would be sent it; what cannot be read is an error of its field.
    fn read(&self, reader: Language) -> Answer<ReferralInput> {
        let mut fields = Fields::new();
        let worth = self.worth(&mut fields);
        let effort = self.effort.trim().parse().ok();
        let hours: Option<i64> = self.contact_within_hours.trim().parse().ok();
        if hours.is_none() && !self.contact_within_hours.trim().is_empty() {
            fields.add("contact_within_hours", "out_of_range", "whole hours");
        }
        fields.finish()?;
        Ok(ReferralInput {
            circle: self.circle.parse().ok(),
            receiver: self.receiver.parse().or_else(|_| self.suggested.parse()).ok(),
            trade: Some(typed_code(&self.trade, reader)),
            need: Some(self.need.clone()),
            expectation: Some(self.expectation.clone()),
            region: Some(RegionInput { country: self.country.clone(), postal_code: self.postal_code.clone() }),
            worth,
            effort,
            contact_by: ContactBy::parse(&self.contact_by),
            contact_within_hours: hours,
            consent_path: ConsentPath::parse(&self.consent_path),
            inside: Some(self.inside == "yes"),
            prospect: Some(ProspectInput {
                name: Some(self.name.clone()),
                email: Some(self.email.clone()),
                phone: Some(self.phone.clone()),
                company: Some(self.company.clone()),
                language: Language::parse(&self.language),
                words: Some(self.words.clone()),
            }),
        })
    }

    /// What is needed, as far as suggestions ask for it.
    fn need(&self, giver: BusinessId, circle: CircleId, referral: Option<ReferralId>, reader: Language) -> Answer<Need> {
        let mut fields = Fields::new();
        let trade = fields.take("trade", parse_trade(&typed_code(&self.trade, reader)));
        let region = fields.take("country", Region::parse(&self.country, &self.postal_code));
        let (trade, region) = fields.into_result(trade.zip(region))?;
        let prospect_email = EmailAddress::parse(self.email.trim()).ok();
        let prospect_phone = PhoneNumber::parse(self.phone.trim(), &region.country).ok().map(|phone| phone.as_str().to_owned());
        Ok(Need { circle, giver, referral, trade: Some(trade), region, prospect_email, prospect_phone })
    }

    /// One amount alone is both ends of the range.
    fn worth(&self, fields: &mut Fields) -> Option<WorthInput> {
        let (low, high) = (self.worth_min.trim(), self.worth_max.trim());
        if low.is_empty() && high.is_empty() {
            return None;
        }
        let currency = fields.take("currency", Currency::parse(self.currency.trim()))?;
        let min = fields.take("worth_min", parse_amount(if low.is_empty() { high } else { low }, currency));
        let max = fields.take("worth_max", parse_amount(if high.is_empty() { low } else { high }, currency));
        Some(WorthInput { min_minor: min?, max_minor: max?, currency })
    }
}

fn amount_text(minor: i64, currency: Currency) -> String {
    let unit = 10_i64.pow(currency.decimals());
    let (whole, fraction) = (minor / unit, minor % unit);
    if fraction == 0 { whole.to_string() } else { format!("{whole}.{fraction:0width$}", width = currency.decimals() as usize) }
}

/// `GET /referrals/new`: the form, or first the choice of the circle.
pub async fn show_new(state: web::Data<State>, caller: Caller, context: PageContext, begin: web::Query<Begin>) -> Answer<HttpResponse> {
    let (principal, begin) = (caller.principal, begin.into_inner());
    let business = principal.business()?;
    let mine = state.db.read(move |connection| circles::circles_of(connection, business)).await?;
    let only = if let [only] = mine.as_slice() { Some(only.id) } else { None };
    let Some(circle) = begin.circle.parse::<CircleId>().ok().or(only) else { return Ok(choose_circle(&context, &begin, &mine)) };
    let choices = state.db.read(move |connection| Choices::of(connection, &principal, circle)).await?;
    let typed = Typed::begin(&begin, &choices, context.language);
    Ok(form(&context, StatusCode::OK, &choices, &typed, &[], "/referrals/new", "referrals-new"))
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
            p { (context.t("referrals-no-circle")) }
            p { a class="button" href="/circles" { (context.t("referrals-to-circles")) } }
        } @else {
            p { (context.t("referrals-choose-circle")) }
            ul { @for circle in mine { li { a href=(link(circle.id)) { (circle.name) } } } }
        }
    };
    page(context, StatusCode::OK, &context.t("referrals-new"), content)
}

/// `POST /referrals/new`: keeps the draft and shows what will be sent.
pub async fn create(state: web::Data<State>, caller: Caller, context: PageContext, typed: Form<Typed>) -> Answer<HttpResponse> {
    let (principal, mut typed) = (caller.principal, typed.0);
    let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
    if !typed.suggest.is_empty() {
        return suggest(&state, &caller, &context, &typed, None).await;
    }
    let origin: Option<ReferralId> = typed.origin.parse().ok();
    let best = take_best(&state, &caller, &context, &mut typed, None).await;
    let written = match best.and_then(|()| typed.read(context.language)) {
        Ok(input) => {
            let write = state.db.write(move |tx| match origin {
                Some(origin) => commands::spin_off(tx, &principal, origin, Some(circle), &input),
                None => commands::draft(tx, &principal, circle, &input),
            });
            write.await
        }
        Err(failure) => Err(failure),
    };
    match written {
        Ok(id) => Ok(see_other(&format!("/referrals/{id}/pass"), None)),
        Err(Failure::Invalid(errors)) => {
            let choices = state.db.read(move |connection| Choices::of(connection, &principal, circle)).await?;
            Ok(form(&context, StatusCode::UNPROCESSABLE_ENTITY, &choices, &typed, &errors, "/referrals/new", "referrals-new"))
        }
        Err(other) => Err(other),
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
    let (principal, id, mut typed) = (caller.principal, *id, typed.0);
    if !typed.suggest.is_empty() {
        return suggest(&state, &caller, &context, &typed, Some(id)).await;
    }
    let best = take_best(&state, &caller, &context, &mut typed, Some(id)).await;
    let written = match best.and_then(|()| typed.read(context.language)) {
        Ok(input) => state.db.write(move |tx| commands::edit(tx, &principal, id, &|_| Ok(()), &input)).await,
        Err(failure) => Err(failure),
    };
    match written {
        Ok(()) => Ok(see_other(&format!("/referrals/{id}/pass"), None)),
        Err(Failure::Invalid(errors)) => {
            let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
            let choices = state.db.read(move |connection| Choices::of(connection, &principal, circle)).await?;
            Ok(form(&context, StatusCode::UNPROCESSABLE_ENTITY, &choices, &typed, &errors, &format!("/referrals/{id}/edit"), "referrals-edit"))
        }
        Err(other) => Err(other),
    }
}

/// Shows the form as it was typed, and above it who is suggested. Nothing is kept.
async fn suggest(state: &State, caller: &Caller, context: &PageContext, typed: &Typed, referral: Option<ReferralId>) -> Answer<HttpResponse> {
    let (principal, now, language) = (caller.principal, state.now(), context.language);
    let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
    let need = typed.need(principal.business()?, circle, referral, language);
    let read = move |connection: &mut AnyConn| {
        let mut choices = Choices::of(connection, &principal, circle)?;
        if let Some(id) = referral {
            // Who asks by a referral's number must be its giver.
            views::whole(connection, &principal, id, now)?;
        }
        let errors = match need {
            Ok(need) => {
                choices.suggestions = Some(suggestions::suggest(connection, &need, language, now)?);
                Vec::new()
            }
            Err(Failure::Invalid(errors)) => errors,
            Err(other) => return Err(other),
        };
        Ok((choices, errors))
    };
    let (choices, errors) = state.db.read(read).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (action, title) = referral.map_or(("/referrals/new".to_owned(), "referrals-new"), |id| (format!("/referrals/{id}/edit"), "referrals-edit"));
    Ok(form(context, status, &choices, typed, &errors, &action, title))
}

/// Puts the best suggestion in the place of "the best suggestion".
async fn take_best(state: &State, caller: &Caller, context: &PageContext, typed: &mut Typed, referral: Option<ReferralId>) -> Answer<()> {
    if typed.receiver != suggested::BEST {
        return Ok(());
    }
    let (principal, now) = (caller.principal, state.now());
    let circle: CircleId = typed.circle.parse().map_err(|_| Failure::NotFound("circle"))?;
    let need = typed.need(principal.business()?, circle, referral, context.language)?;
    typed.receiver = state.db.read(move |connection| suggestions::best(connection, &need, now)).await?.to_string();
    Ok(())
}

fn form(context: &PageContext, status: StatusCode, choices: &Choices, typed: &Typed, errors: &[FieldError], action: &str, title: &str) -> HttpResponse {
    // The form's fields have finer names than the API's.
    let renamed = |error: &FieldError| match error.field.as_str() {
        "region" => FieldError { field: "country".to_owned(), ..error.clone() },
        "worth" => FieldError { field: "worth_min".to_owned(), ..error.clone() },
        _ => error.clone(),
    };
    let errors: Vec<FieldError> = errors.iter().map(renamed).collect();
    let errors = Errors(&errors);
    let content = html! {
        p class="soft" { (context.t_with("referrals-in-circle", &[("circle", choices.circle.name.clone().into())])) }
        (forms::summary(context, errors))
        form method="post" action=(action) {
            (forms::csrf(context))
            input type="hidden" name="circle" value=(typed.circle);
            input type="hidden" name="origin" value=(typed.origin);
            fieldset { legend { (context.t("referrals-about-need")) } (need_fields(context, errors, choices, typed)) }
            fieldset { legend { (context.t("referrals-about-prospect")) } (prospect_fields(context, errors, choices, typed)) }
            fieldset { legend { (context.t("referrals-about-terms")) } (terms_fields(context, errors, typed)) }
            button { (context.t("referrals-to-preview")) }
        }
        (trade_list(context))
    };
    page(context, status, &context.t(title), content)
}

fn need_fields(context: &PageContext, errors: Errors<'_>, choices: &Choices, typed: &Typed) -> Markup {
    let member = |card: &MemberCard| (card.business.to_string(), format!("{} — {}", card.name, card.trade.name(context.language)));
    // Once somebody is suggested, the marked card counts unless another is named here.
    let has_cards = choices.suggestions.as_ref().is_some_and(|suggestions| !suggestions.candidates.is_empty());
    let nobody = (String::new(), context.t(if has_cards { "suggestions-marked" } else { "referrals-choose" }));
    let best = (suggested::BEST.to_owned(), context.t("suggestions-best"));
    let receivers: Vec<(String, String)> = [nobody, best].into_iter().chain(choices.members.iter().map(member)).collect();
    html! {
        (trade_input(context, errors, "trade", "referrals-trade", &typed.trade, false))
        (forms::area(context, errors, "need", "referrals-need-label", &typed.need, NEED_MAX, false))
        (forms::input(context, errors, "country", "text", "referrals-country", &typed.country, true))
        (forms::input(context, errors, "postal_code", "text", "referrals-postal-code", &typed.postal_code, false))
        @if let Some(suggestions) = &choices.suggestions { (suggested::cards(context, suggestions, &typed.suggested)) }
        (forms::select(context, errors, "receiver", "referrals-receiver", &receivers, if has_cards { "" } else { &typed.receiver }))
        p { button class="quiet" name="suggest" value="yes" formnovalidate { (context.t("suggestions-button")) } }
    }
}

fn prospect_fields(context: &PageContext, errors: Errors<'_>, choices: &Choices, typed: &Typed) -> Markup {
    let paths: Vec<(String, String)> = choices.paths.iter().map(|path| (path.as_str().to_owned(), context.t(&parts::key("path", path.as_str())))).collect();
    let languages: Vec<(String, String)> =
        Language::ALL.iter().map(|language| (language.as_str().to_owned(), context.t(&parts::key("language", language.as_str())))).collect();
    html! {
        (forms::input(context, errors, "prospect.name", "text", "referrals-prospect-name", &typed.name, false))
        (forms::input(context, errors, "prospect.email", "email", "referrals-prospect-email", &typed.email, false))
        (forms::input(context, errors, "prospect.phone", "tel", "referrals-prospect-phone", &typed.phone, false))
        (forms::input(context, errors, "prospect.company", "text", "referrals-prospect-company", &typed.company, false))
        (forms::select(context, errors, "prospect.language", "referrals-prospect-language", &languages, &typed.language))
        (forms::area(context, errors, "prospect.words", "referrals-prospect-words", &typed.words, WORDS_MAX, false))
        (forms::select(context, errors, "consent_path", "referrals-consent-path", &paths, &typed.consent_path))
        (forms::checkbox(context, "inside", "referrals-inside", typed.inside == "yes"))
    }
}

fn terms_fields(context: &PageContext, errors: Errors<'_>, typed: &Typed) -> Markup {
    let efforts: Vec<(String, String)> = (1..=5).map(|effort| (effort.to_string(), context.t(&format!("referrals-effort-{effort}")))).collect();
    let sides: Vec<(String, String)> = ContactBy::ALL.iter().map(|by| (by.as_str().to_owned(), context.t(&parts::key("contact", by.as_str())))).collect();
    html! {
        (forms::select(context, errors, "effort", "referrals-effort", &efforts, &typed.effort))
        (forms::select(context, errors, "contact_by", "referrals-contact-by", &sides, &typed.contact_by))
        (forms::input(context, errors, "contact_within_hours", "number", "referrals-contact-within-hours", &typed.contact_within_hours, true))
        (forms::input(context, errors, "worth_min", "text", "referrals-worth-min", &typed.worth_min, false))
        (forms::input(context, errors, "worth_max", "text", "referrals-worth-max", &typed.worth_max, false))
        (forms::input(context, errors, "currency", "text", "referrals-currency", &typed.currency, false))
        (forms::area(context, errors, "expectation", "referrals-expectation-label", &typed.expectation, WORDS_MAX, false))
    }
}
