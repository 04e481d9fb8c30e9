//! Where I stand: in each circle the figures first, then over time, with whom, in rings, and what was posted last.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::{balance_sentence, figures, number_cell};
use crate::http::{Caller, State};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Page, PageQuery};
use crate::reciprocity::model::{Reason, TransferKind};
use crate::reciprocity::rings::views::{self as rings, PartnerRings};
use crate::reciprocity::rings::{RingStanding, looks};
use crate::reciprocity::views::{self, Balance, CircleBalance, MonthCredits, PartnerSums, TransferCard};
use crate::web::charts::months::{self, Month};
use crate::web::icon::{Icon, icon};
use crate::web::{Heading, PageContext, components, page_with};

/// Entries on one page: the newest say most.
const TRANSFERS_SHOWN: u32 = 12;

/// Which circle, and from where the list of transfers goes on.
#[derive(Debug, Deserialize)]
pub(super) struct StandingQuery {
    circle: Option<CircleId>,
    cursor: Option<String>,
}

/// One circle's figures.
struct InCircle {
    business: BusinessId,
    balance: CircleBalance,
    partners: Vec<PartnerSums>,
    months: Vec<MonthCredits>,
    rings: Option<(RingStanding, Vec<PartnerRings>)>,
    transfers: Page<TransferCard>,
}

/// `GET /standing`.
pub(super) async fn show(state: web::Data<State>, caller: Caller, context: PageContext, query: web::Query<StandingQuery>) -> Answer<HttpResponse> {
    let (business, kept, now) = (caller.principal.business()?, state.clearings.clone(), state.now());
    let (query, zone) = (query.into_inner(), context.time_zone().to_owned());
    let read = move |connection: &mut crate::db::AnyConn| {
        let balances = views::circle_balances_of(connection, business)?;
        let Some(balance) = chosen(&balances, query.circle) else { return Ok((balances, None)) };
        let circle = balance.circle;
        let mut partners = views::partners_of(connection, business)?;
        partners.retain(|partner| partner.circle == circle);
        let below = PageQuery { limit: Some(TRANSFERS_SHOWN), cursor: query.cursor };
        let shown = InCircle {
            business,
            partners,
            months: views::months_of(connection, business, now, &zone)?.remove(&circle).unwrap_or_default(),
            rings: if balance.is_member { Some(rings::covered(connection, &kept, circle, business)?) } else { None },
            transfers: views::transfers_page(connection, business, Some(circle), &below)?,
            balance,
        };
        Ok((balances, Some(shown)))
    };
    let (balances, shown) = state.db.read(read).await?;
    // What is pending changes with a referral's own steps, what is posted with the ledger's.
    let heading = Heading { title: &context.t("reciprocity-standing"), hears: "standing referral", ..Heading::default() };
    Ok(page_with(&context, StatusCode::OK, &heading, content(&context, &balances, shown.as_ref())))
}

/// The circle that was asked for; otherwise the newest in which something happened, or the newest.
fn chosen(balances: &[CircleBalance], asked: Option<CircleId>) -> Option<CircleBalance> {
    let found = balances.iter().find(|row| Some(row.circle) == asked);
    let used = || balances.iter().find(|row| row.balance != Balance::default());
    found.or_else(used).or_else(|| balances.first()).cloned()
}

fn content(context: &PageContext, balances: &[CircleBalance], shown: Option<&InCircle>) -> Markup {
    html! {
        p class="soft" { (context.t("reciprocity-explained")) }
        @match shown {
            None => (components::empty(
                &context.t("reciprocity-no-circle"),
                &components::link_button("/circles", Icon::Circle, &context.t("reciprocity-to-circles")),
            )),
            Some(shown) => {
                @if balances.len() > 1 { (circles(context, balances, shown)) }
                @if shown.balance.balance == Balance::default() {
                    (components::empty(
                        &context.t("reciprocity-nothing-yet"),
                        &components::link_button("/referrals/new", Icon::Pass, &context.t("reciprocity-pass-referral")),
                    ))
                } @else { (in_circle(context, shown)) }
                p class="soft small" { (icon(Icon::Shield)) " " (context.t("reciprocity-private")) }
            }
        }
    }
}

fn circles(context: &PageContext, balances: &[CircleBalance], shown: &InCircle) -> Markup {
    let way = |row: &CircleBalance| (format!("/standing?circle={}", row.circle), row.circle_name.clone(), row.circle == shown.balance.circle);
    components::tabs(&context.t("circles-title"), &balances.iter().map(way).collect::<Vec<_>>())
}

fn in_circle(context: &PageContext, shown: &InCircle) -> Markup {
    // What was taken back is left out on both sides, so that only what stands is shown; the difference is the same.
    let given: i64 = shown.partners.iter().map(|partner| partner.given).sum();
    let received: i64 = shown.partners.iter().map(|partner| partner.received).sum();
    let balance = &shown.balance.balance;
    html! {
        section class="card" {
            h2 { (shown.balance.circle_name) }
            (figures(context, &[
                ("reciprocity-given", given),
                ("reciprocity-received", received),
                ("reciprocity-balance", balance.balance),
                ("reciprocity-pending-given", balance.pending_given),
                ("reciprocity-pending-received", balance.pending_received),
            ]))
            p { (balance_sentence(context, balance.balance)) }
        }
        div class="columns" {
            div {
                @if !shown.months.is_empty() { (over_time(context, &shown.months)) }
                @if !shown.partners.is_empty() { (with_whom(context, &shown.partners)) }
                (transfers(context, shown))
            }
            @if let Some((standing, covered)) = &shown.rings { (in_rings(context, shown.balance.circle, standing, covered)) }
        }
    }
}

fn over_time(context: &PageContext, sums: &[MonthCredits]) -> Markup {
    let number = |value: i64| context.language.number(value);
    let bars: Vec<Month> = sums.iter().map(|sum| Month { name: context.language.month(sum.month).to_owned(), above: sum.given, below: sum.received }).collect();
    let (given, received) = sums.iter().fold((0, 0), |(given, received), sum| (given + sum.given, received + sum.received));
    let told = context.t_with("reciprocity-months-told", &[("given", number(given).into()), ("received", number(received).into())]);
    html! {
        section class="card" {
            h2 { (context.t("reciprocity-over-time")) }
            (months::legend(&context.t("reciprocity-given"), &context.t("reciprocity-received")))
            (months::months(&bars, number, &told))
            details {
                summary { (context.t("reciprocity-in-numbers")) }
                table {
                    thead { tr {
                        th scope="col" { (context.t("reciprocity-month")) }
                        th scope="col" class="number" { (context.t("reciprocity-given")) }
                        th scope="col" class="number" { (context.t("reciprocity-received")) }
                    } }
                    tbody { @for sum in sums.iter().rev() { tr {
                        th scope="row" { (context.language.month(sum.month)) " " (sum.year) }
                        (number_cell(context, sum.given))
                        (number_cell(context, sum.received))
                    } } }
                }
            }
        }
    }
}

fn with_whom(context: &PageContext, partners: &[PartnerSums]) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("reciprocity-by-partner")) }
            table class="compact" {
                thead { tr {
                    th scope="col" { (context.t("reciprocity-partner")) }
                    th scope="col" class="number" { (context.t("reciprocity-given")) }
                    th scope="col" class="number" { (context.t("reciprocity-received")) }
                } }
                tbody { @for row in partners { tr {
                    th scope="row" { a href=(format!("/partners/{}", row.partner.id)) { (row.partner.name) } }
                    (number_cell(context, row.given))
                    (number_cell(context, row.received))
                } } }
            }
        }
    }
}

fn in_rings(context: &PageContext, circle: CircleId, standing: &RingStanding, covered: &[PartnerRings]) -> Markup {
    let rows = [
        ("rings-in-pairs", standing.closed_in_pairs),
        ("rings-in-rings", standing.closed_in_rings),
        ("reciprocity-still-owed", standing.still_owed),
        ("reciprocity-still-owes", standing.still_owes),
    ];
    html! {
        section class="card" {
            h2 { (context.t("rings-title")) }
            table class="compact" { tbody { @for (label, value) in rows { tr { th scope="row" { (context.t(label)) } (number_cell(context, value)) } } } }
            @if !covered.is_empty() { ul { @for partner in covered { li { (looks(context, partner)) } } } }
            p { a href=(format!("/circles/{circle}/rings")) { (context.t("reciprocity-to-rings")) } }
        }
    }
}

fn transfers(context: &PageContext, shown: &InCircle) -> Markup {
    html! {
        @if !shown.transfers.items.is_empty() { section class="card" {
            h2 { (context.t("reciprocity-last-transfers")) }
            ol class="timeline" { @for row in &shown.transfers.items { li { (transfer_line(context, shown.business, row)) } } }
            @if let Some(cursor) = &shown.transfers.next_cursor {
                p { a rel="next" href=(format!("/standing?circle={}&cursor={cursor}", shown.balance.circle)) { (context.t("reciprocity-older")) } }
            }
        } }
    }
}

fn transfer_line(context: &PageContext, business: BusinessId, row: &TransferCard) -> Markup {
    let gave = row.giver.id == business;
    let partner = if gave { &row.receiver } else { &row.giver };
    let reason = format!("reciprocity-reason-{}", row.reason.as_str().replace('_', "-"));
    let sentence = match (row.kind, gave) {
        // What is settled goes from the one who owes to the one who is owed.
        (TransferKind::Clear, true) => "reciprocity-settled-owes",
        (TransferKind::Clear, false) => "reciprocity-settled-owed",
        // A reversal swaps the sides: it takes back what the other one gave.
        (TransferKind::Reversal, true) if row.reason == Reason::Settlement => "reciprocity-unsettled-owed",
        (TransferKind::Reversal, false) if row.reason == Reason::Settlement => "reciprocity-unsettled-owes",
        (TransferKind::Reversal, true) => "reciprocity-took-back-received",
        (TransferKind::Reversal, false) => "reciprocity-took-back-given",
        (_, true) => "reciprocity-you-gave",
        (_, false) => "reciprocity-you-received",
    };
    html! {
        p { (context.t_with(sentence, &[
            ("count", row.amount.into()), ("shown", context.language.number(row.amount).into()), ("partner", partner.name.clone().into()),
        ])) }
        p class="soft small" {
            (context.date_time(row.at)) " · " (context.t(&reason))
            @if let Some(referral) = row.referral { " · " a href=(format!("/referrals/{referral}")) { (context.t("reciprocity-to-referral")) } }
        }
    }
}
