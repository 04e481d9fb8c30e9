//! How one's own profile is shown.

use maud::{Markup, html};

use crate::businesses::customers::Imported;
use crate::businesses::fields::{trade_list, typed_code};
use crate::businesses::model::{COMMISSION_SENTENCE_MAX, DESCRIPTION_MAX, Direction, Profile, ProfileInput, TRADES_MAX};
use crate::businesses::trade::TradeCode;
use crate::kernel::FieldError;
use crate::kernel::id::BusinessId;
use crate::web::PageContext;
use crate::web::components::{self, Tone};
use crate::web::forms::{self, Errors, Input};

/// What the page shows.
pub(super) struct Settings {
    pub profile: Profile,
    pub has_tax_number: bool,
    pub customers_count: i64,
    pub exclusions: Vec<(Direction, BusinessId, String)>,
    pub imported: Option<Imported>,
}

/// What was typed into the form that failed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub profile: Option<ProfileInput>,
    pub trades: Option<Vec<String>>,
    pub regions: Option<String>,
    pub customers: Option<String>,
}

/// The whole page.
pub(super) fn settings_page(context: &PageContext, settings: &Settings, typed: &Typed, errors: &[FieldError]) -> Markup {
    let errors = Errors(errors);
    html! {
        (crate::web::settings::navigation(context))
        (forms::summary(context, errors))
        @if let Some(imported) = &settings.imported { (imported_lines(context, imported)) }
        (pause_form(context, settings.profile.paused))
        (profile_form(context, settings, typed.profile.as_ref(), errors))
        (trades_form(context, &settings.profile, typed.trades.as_deref(), errors))
        (regions_form(context, &settings.profile, typed.regions.as_deref(), errors))
        (customers_forms(context, settings.customers_count, typed.customers.as_deref(), errors))
        (exclusions(context, &settings.exclusions))
    }
}

fn pause_form(context: &PageContext, paused: bool) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("businesses-capacity")) }
            p { (context.t(if paused { "businesses-is-paused" } else { "businesses-is-open" })) }
            form method="post" action="/settings/business/pause" {
                (forms::csrf(context))
                input type="hidden" name="paused" value=(if paused { "no" } else { "yes" });
                button class="quiet" { (context.t(if paused { "businesses-resume" } else { "businesses-pause" })) }
            }
        }
    }
}

fn version(profile: &Profile) -> Markup {
    html! { input type="hidden" name="version" value=(profile.version); }
}

fn profile_form(context: &PageContext, settings: &Settings, typed: Option<&ProfileInput>, errors: Errors<'_>) -> Markup {
    let profile = &settings.profile;
    let pick = |typed: Option<&String>, present: &str| typed.map_or_else(|| present.to_owned(), Clone::clone);
    let text = |get: fn(&ProfileInput) -> Option<&String>, present: &str| pick(typed.and_then(get), present);
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let open = typed.and_then(|typed| typed.open_referrals_max).unwrap_or(profile.open_referrals_max).to_string();
    html! {
        section class="card" {
            h2 { (context.t("businesses-profile")) }
            form method="post" action="/settings/business" {
                (forms::csrf(context)) (version(profile))
                (forms::input(context, errors, "name", "text", "businesses-name", &text(|t| t.name.as_ref(), &profile.name), true))
                (forms::area(context, errors, "description", "businesses-description", &text(|t| t.description.as_ref(), &profile.description), DESCRIPTION_MAX, false))
                (forms::area(context, errors, "ideal_referral", "businesses-ideal-referral", &text(|t| t.ideal_referral.as_ref(), &profile.ideal_referral), DESCRIPTION_MAX, false))
                (forms::input(context, errors, "city", "text", "businesses-city", &text(|t| t.city.as_ref(), &profile.city), true))
                (forms::input(context, errors, "postal_code", "text", "businesses-postal-code", &text(|t| t.postal_code.as_ref(), &profile.postal_code), false))
                (forms::input(context, errors, "country", "text", "businesses-country", &text(|t| t.country.as_ref(), &profile.country), true))
                (forms::input(context, errors, "website", "url", "businesses-website", &text(|t| t.website.as_ref(), &optional(&profile.website)), false))
                (forms::input(context, errors, "phone", "tel", "businesses-phone", &text(|t| t.phone.as_ref(), &optional(&profile.phone)), false))
                (tax_number(context, settings.has_tax_number, &text(|t| t.tax_number.as_ref(), ""), errors))
                (forms::input(context, errors, "open_referrals_max", "number", "businesses-open-referrals-max", &open, true))
                @if profile.is_regulated {
                    p class="soft" { (context.t("businesses-regulated-why")) }
                } @else {
                    (forms::area(context, errors, "commission_sentence", "businesses-commission-sentence",
                        &text(|t| t.commission_sentence.as_ref(), &optional(&profile.commission_sentence)), COMMISSION_SENTENCE_MAX, false))
                    p class="soft" { (context.t("businesses-commission-sentence-why")) }
                }
                button { (context.t("businesses-save")) }
            }
        }
    }
}

/// Whether one was stated is said, and never which.
fn tax_number(context: &PageContext, is_stated: bool, typed: &str, errors: Errors<'_>) -> Markup {
    let hint = if is_stated { "businesses-tax-number-stated" } else { "businesses-tax-number-hint" };
    html! {
        (Input::new("tax_number", "businesses-tax-number", typed).hint(hint).autocomplete("off").max(40).show(context, errors))
        @if is_stated { (forms::checkbox(context, "remove_tax_number", "businesses-tax-number-remove", false)) }
    }
}

fn trades_form(context: &PageContext, profile: &Profile, typed: Option<&[String]>, errors: Errors<'_>) -> Markup {
    let names: Vec<String> = profile.trades.iter().map(|code| code.name(context.language).to_owned()).collect();
    let values = typed.unwrap_or(&names);
    let error = errors.0.iter().find(|error| error.field == "trades");
    html! {
        section class="card" {
            h2 { (context.t("businesses-trades")) }
            p class="soft" { (context.t("businesses-trades-how")) }
            form method="post" action="/settings/business/trades" {
                (forms::csrf(context)) (version(profile))
                @if let Some(error) = error { p class="error" id="trades-error" { (forms::error_text(context, error)) } }
                @for number in 0..TRADES_MAX {
                    @let value = values.get(number).map_or("", String::as_str);
                    p class="field" {
                        label for=(format!("trade-{number}")) { (context.t(if number == 0 { "businesses-main-trade" } else { "businesses-further-trade" })) }
                        input id=(format!("trade-{number}")) name="trade" list="trades" autocomplete="off" maxlength="80" required[number == 0]
                            aria-invalid=[(error.is_some() && !is_trade(context, number, value)).then_some("true")]
                            aria-describedby=[error.map(|_| "trades-error")] value=(value);
                    }
                }
                (trade_list(context))
                button { (context.t("businesses-save")) }
            }
        }
    }
}

/// Whether the list of trades can take this line; only the first must not be empty.
fn is_trade(context: &PageContext, number: usize, value: &str) -> bool {
    if value.trim().is_empty() { number > 0 } else { TradeCode::parse(&typed_code(value, context.language)).is_some_and(|code| !code.is_group()) }
}

fn regions_form(context: &PageContext, profile: &Profile, typed: Option<&str>, errors: Errors<'_>) -> Markup {
    let present = profile.regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    html! {
        section class="card" {
            h2 { (context.t("businesses-regions")) }
            p class="soft" { (context.t("businesses-regions-how")) }
            form method="post" action="/settings/business/regions" {
                (forms::csrf(context)) (version(profile))
                (forms::area(context, errors, "regions", "businesses-regions-list", typed.unwrap_or(&present), 800, true))
                button { (context.t("businesses-save")) }
            }
        }
    }
}

fn customers_forms(context: &PageContext, count: i64, typed: Option<&str>, errors: Errors<'_>) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("businesses-customers")) }
            p class="soft" { (context.t("businesses-customers-why")) }
            p { (context.t_with("businesses-customers-count", &[("count", count.into())])) }
            form method="post" action="/settings/business/customers" {
                (forms::csrf(context))
                (forms::area(context, errors, "list", "businesses-customers-list", typed.unwrap_or_default(), 250_000, true))
                button { (context.t("businesses-customers-remember")) }
            }
            @if count > 0 {
                (components::ask("forget-customers", Tone::Bad, &context.t("businesses-customers-forget"), false, &html! {
                    p { (context.t("businesses-customers-forget-means")) }
                    form method="post" action="/settings/business/customers/forget" {
                        (forms::csrf(context))
                        button class="danger" { (context.t("businesses-customers-forget")) }
                    }
                }))
            }
        }
    }
}

fn imported_lines(context: &PageContext, imported: &Imported) -> Markup {
    let count = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    html! {
        div class="done" role="status" {
            p { (context.t_with("businesses-imported-added", &[("count", count(imported.added).into())])) }
            @if imported.known > 0 { p { (context.t_with("businesses-imported-known", &[("count", count(imported.known).into())])) } }
            @if imported.unreadable > 0 {
                p {
                    (context.t_with("businesses-imported-unreadable", &[("count", count(imported.unreadable).into())])) " "
                    (imported.unreadable_at.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
                }
            }
        }
    }
}

fn exclusions(context: &PageContext, list: &[(Direction, BusinessId, String)]) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("businesses-exclusions")) }
            p class="soft" { (context.t("businesses-exclusions-why")) }
            @if list.is_empty() { p { (context.t("businesses-exclusions-none")) } }
            ul {
                @for (direction, other, name) in list {
                    li {
                        a href=(format!("/partners/{other}")) { (name) } ": "
                        (context.t(if *direction == Direction::NotFrom { "businesses-not-from-short" } else { "businesses-not-to-short" }))
                    }
                }
            }
        }
    }
}
