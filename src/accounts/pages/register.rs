//! Registering a business and its first person.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use maud::{Markup, html};
use serde::Deserialize;

use super::{browser, fields};
use crate::accounts::acts::registering;
use crate::accounts::registration::RegistrationInput;
use crate::accounts::visitor::Visitor;
use crate::businesses::fields::{trade_input, trade_list, typed_code};
use crate::http::{Form, State};
use crate::kernel::{Answer, FieldError, Language};
use crate::web::form_key::form_key;
use crate::web::forms::{self, Errors};
use crate::web::{self, PageContext};

/// Trades that the form asks for; more can be named later.
const TRADE_FIELDS: usize = 3;

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RegistrationForm {
    business_name: String,
    country: String,
    postal_code: String,
    city: String,
    trade: Vec<String>,
    name: String,
    email: String,
    password: String,
    language: String,
    time_zone: String,
    /// Where to go when the account works.
    next: String,
}

/// `?next=`: where to go when the account works.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

impl RegistrationForm {
    fn input(&self, context: &PageContext) -> RegistrationInput {
        let typed = self.trade.iter().take(TRADE_FIELDS).filter(|text| !text.trim().is_empty());
        RegistrationInput {
            business_name: self.business_name.clone(),
            country: self.country.clone(),
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            trades: typed.map(|text| typed_code(text, context.language)).collect(),
            regions: Vec::new(),
            name: self.name.clone(),
            email: self.email.clone(),
            password: self.password.clone(),
            language: Some(self.language(context)),
            time_zone: Some(self.time_zone.clone()).filter(|zone| !zone.is_empty()),
        }
    }

    fn language(&self, context: &PageContext) -> Language {
        Language::parse(&self.language).unwrap_or(context.language)
    }
}

/// `GET /register`
pub(super) async fn show(context: PageContext, asked: actix::Query<Asked>) -> HttpResponse {
    let next = asked.into_inner().next;
    let empty = RegistrationForm { country: "DE".to_owned(), time_zone: "Europe/Berlin".to_owned(), next, ..RegistrationForm::default() };
    page(&context, StatusCode::OK, &empty, &[])
}

/// `POST /register`
pub(super) async fn take(state: actix::Data<State>, visitor: Visitor, context: PageContext, form: Form<RegistrationForm>) -> Answer<HttpResponse> {
    let outcome = match form.0.input(&context).parse() {
        Ok(registration) => registering::take(&state, &visitor, registration).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => {
            let sent = web::see_other(&browser::with_next("/sign-in", &form.0.next), Some("accounts-mail-sent"));
            browser::remember_next(&state, sent, &form.0.next)
        }
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            Ok(page(&context, status, &form.0, &errors))
        }
    }
}

fn page(context: &PageContext, status: StatusCode, typed: &RegistrationForm, errors: &[FieldError]) -> HttpResponse {
    let errors = Errors(errors);
    let content = html! {
        (forms::summary(context, errors))
        form method="post" action="/register" {
            (forms::csrf(context))
            (form_key(context))
            input type="hidden" name="next" value=(typed.next);
            (business(context, typed, errors))
            (person(context, typed, errors))
            button { (context.t("accounts-register")) }
        }
        p { (context.t("accounts-registered-already")) " " a href=(browser::with_next("/sign-in", &typed.next)) { (context.t("sign-in")) } }
    };
    web::page(context, status, &context.t("accounts-register-title"), content)
}

fn business(context: &PageContext, typed: &RegistrationForm, errors: Errors<'_>) -> Markup {
    let trade = |number: usize| typed.trade.get(number).map_or("", String::as_str);
    html! {
        fieldset {
            legend { (context.t("accounts-your-business")) }
            (fields::input(context, errors, ("business_name", "text", "accounts-business-name"), &typed.business_name, "organization"))
            div class="pair" {
                (forms::input(context, errors, "postal_code", "text", "accounts-postal-code", &typed.postal_code, false))
                (fields::input(context, errors, ("city", "text", "accounts-city"), &typed.city, "address-level2"))
            }
            (fields::input(context, errors, ("country", "text", "accounts-country"), &typed.country, "country"))
            (trade_list(context))
            (trade_input(context, errors, "trade", "accounts-main-trade", trade(0), true))
            @for error in errors.0.iter().filter(|error| error.field == "trades") { p class="error" { (forms::error_text(context, error)) } }
            details open[typed.trade.iter().skip(1).any(|name| !name.trim().is_empty())] {
                summary { (context.t("accounts-further-trades")) }
                @for number in 1..TRADE_FIELDS { (further_trade(context, number, trade(number))) }
            }
        }
    }
}

/// A further field of the same name; its id must differ.
fn further_trade(context: &PageContext, number: usize, value: &str) -> Markup {
    let id = format!("trade-{number}");
    html! {
        p class="field" {
            label for=(id) { (context.t("accounts-further-trade")) }
            input id=(id) name="trade" value=(value) list="trades" autocomplete="off" maxlength="80";
        }
    }
}

fn person(context: &PageContext, typed: &RegistrationForm, errors: Errors<'_>) -> Markup {
    html! {
        fieldset {
            legend { (context.t("accounts-you")) }
            (fields::input(context, errors, ("name", "text", "accounts-name"), &typed.name, "name"))
            (fields::input(context, errors, ("email", "email", "accounts-email"), &typed.email, "username"))
            (fields::password(context, errors, "password", "accounts-password", "new-password"))
            (fields::language(context, errors, typed.language(context)))
            (fields::time_zone(context, errors, &typed.time_zone))
        }
    }
}
