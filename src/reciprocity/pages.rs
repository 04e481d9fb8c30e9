//! The pages of the ledger: where I stand, and for organisers where everybody stands.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use super::model::{Reason, TransferKind};
use super::views::{self, Balance, CircleBalance, CircleStanding, LedgerHead, MemberBalance, PartnerSums, TransferCard};
use crate::circles;
use crate::http::{Caller, PathId, State};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Failure, Page, PageQuery};
use crate::web::{PageContext, page};

/// Registers the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/standing", web::get().to(standing)).route("/circles/{id}/ledger", web::get().to(ledger));
}

/// Everything `/standing` shows.
struct Standing {
    business: BusinessId,
    balances: Vec<CircleBalance>,
    partners: Vec<PartnerSums>,
    transfers: Page<TransferCard>,
}

async fn standing(state: web::Data<State>, caller: Caller, context: PageContext, query: web::Query<PageQuery>) -> Answer<HttpResponse> {
    let business = caller.principal.business()?;
    let standing = state
        .db
        .read(move |connection| {
            Ok(Standing {
                business,
                balances: views::circle_balances_of(connection, business)?,
                partners: views::partners_of(connection, business)?,
                transfers: views::transfers_page(connection, business, &query)?,
            })
        })
        .await?;
    Ok(page(&context, StatusCode::OK, &context.t("reciprocity-standing"), standing_content(&context, &standing)))
}

fn standing_content(context: &PageContext, standing: &Standing) -> Markup {
    let is_empty = standing.balances.iter().all(|row| row.balance == Balance::default());
    html! {
        p class="soft" { (context.t("reciprocity-explained")) }
        @if standing.balances.is_empty() {
            p { (context.t("reciprocity-no-circle")) }
            p { a class="button" href="/circles" { (context.t("reciprocity-to-circles")) } }
        } @else if is_empty {
            p { (context.t("reciprocity-nothing-yet")) }
            p { a class="button" href="/referrals/new" { (context.t("reciprocity-pass-referral")) } }
        } @else {
            @for row in &standing.balances { (circle_card(context, row, &standing.partners)) }
            (transfer_list(context, standing))
        }
    }
}

fn circle_card(context: &PageContext, row: &CircleBalance, partners: &[PartnerSums]) -> Markup {
    let mine: Vec<&PartnerSums> = partners.iter().filter(|partner| partner.circle == row.circle).collect();
    // What was taken back is left out on both sides, so that only what stands is shown; the difference is the same.
    let given: i64 = mine.iter().map(|partner| partner.given).sum();
    let received: i64 = mine.iter().map(|partner| partner.received).sum();
    html! {
        section class="card" {
            h2 { (row.circle_name) }
            p { (balance_sentence(context, row.balance.balance)) }
            @if row.is_member { p { a href=(format!("/circles/{}/rings", row.circle)) { (context.t("rings-title")) } } }
            (figures(context, &[
                ("reciprocity-given", given),
                ("reciprocity-received", received),
                ("reciprocity-pending-given", row.balance.pending_given),
                ("reciprocity-pending-received", row.balance.pending_received),
            ]))
            @if !mine.is_empty() {
                h3 { (context.t("reciprocity-by-partner")) }
                (partner_table(context, &mine))
            }
        }
    }
}

fn partner_table(context: &PageContext, partners: &[&PartnerSums]) -> Markup {
    html! {
        div class="scroll" { table {
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
        } }
    }
}

fn transfer_list(context: &PageContext, standing: &Standing) -> Markup {
    html! {
        section {
            h2 { (context.t("reciprocity-last-transfers")) }
            ul class="timeline" { @for row in &standing.transfers.items { li { (transfer_line(context, standing, row)) } } }
            @if let Some(cursor) = &standing.transfers.next_cursor {
                p { a rel="next" href=(format!("/standing?cursor={cursor}")) { (context.t("reciprocity-older")) } }
            }
        }
    }
}

fn transfer_line(context: &PageContext, standing: &Standing, row: &TransferCard) -> Markup {
    let gave = row.giver.id == standing.business;
    let partner = if gave { &row.receiver } else { &row.giver };
    let reason = format!("reciprocity-reason-{}", row.reason.as_str().replace('_', "-"));
    let circle = standing.balances.iter().find(|balance| balance.circle == row.circle).map_or("", |balance| balance.circle_name.as_str());
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
        p class="soft" {
            (context.date_time(row.at)) " · " (circle) " · " (context.t(&reason))
            @if let Some(referral) = row.referral { " · " a href=(format!("/referrals/{referral}")) { (context.t("reciprocity-to-referral")) } }
        }
    }
}

async fn ledger(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<CircleId>) -> Answer<HttpResponse> {
    let (business, kept) = (caller.principal.business()?, state.clearings.clone());
    let (name, standing, head) = state
        .db
        .read(move |connection| {
            let standing = views::circle_standing(connection, &kept, *id, business)?;
            let head = views::ledger_head(connection, *id, business)?;
            Ok((circles::views::circle(connection, *id)?.name, standing, head))
        })
        .await?;
    let Some(members) = &standing.members else {
        return Err(Failure::forbidden("organiser_only", "only an organiser of the circle sees its ledger"));
    };
    let title = context.t_with("reciprocity-ledger-of", &[("circle", name.into())]);
    Ok(page(&context, StatusCode::OK, &title, ledger_content(&context, &standing, members, &head)))
}

fn ledger_content(context: &PageContext, standing: &CircleStanding, members: &[MemberBalance], head: &LedgerHead) -> Markup {
    let totals = &standing.totals;
    html! {
        section class="card" {
            h2 { (context.t("reciprocity-totals")) }
            (figures(context, &[
                ("reciprocity-total-credits", totals.credits),
                ("reciprocity-total-pending", totals.pending),
                ("reciprocity-total-givers", totals.givers.into()),
                ("reciprocity-total-receivers", totals.receivers.into()),
                ("reciprocity-total-both", totals.both.into()),
            ]))
        }
        section {
            h2 { (context.t("reciprocity-members")) }
            p class="soft" { (context.t("reciprocity-members-explained")) }
            @if totals.transfers == 0 { p { (context.t("reciprocity-ledger-empty")) } }
            (member_table(context, members))
        }
        section class="card" {
            h2 { (context.t("reciprocity-head")) }
            p { (context.t("reciprocity-head-explained")) }
            dl {
                dt { (context.t("reciprocity-head-seq")) } dd { (context.language.number(head.seq)) }
                dt { (context.t("reciprocity-head-hash")) } dd { code { (head.hash) } }
            }
        }
    }
}

fn member_table(context: &PageContext, members: &[MemberBalance]) -> Markup {
    let columns = [
        "reciprocity-balance",
        "reciprocity-given",
        "reciprocity-received",
        "reciprocity-pending-given",
        "reciprocity-pending-received",
        "reciprocity-partners-given-to",
        "reciprocity-partners-received-from",
    ];
    html! {
        div class="scroll" { table {
            thead { tr {
                th scope="col" { (context.t("reciprocity-member")) }
                @for column in columns { th scope="col" class="number" { (context.t(column)) } }
            } }
            tbody { @for row in members { tr {
                th scope="row" {
                    a href=(format!("/partners/{}", row.business.id)) { (row.business.name) }
                    @if !row.is_active { " " span class="badge" { (context.t("reciprocity-former-member")) } }
                }
                (number_cell(context, row.balance.balance))
                (number_cell(context, row.balance.given))
                (number_cell(context, row.balance.received))
                (number_cell(context, row.balance.pending_given))
                (number_cell(context, row.balance.pending_received))
                (number_cell(context, row.partners_given_to.into()))
                (number_cell(context, row.partners_received_from.into()))
            } } }
        } }
    }
}

fn number_cell(context: &PageContext, value: i64) -> Markup {
    html! { td class="number" { (context.language.number(value)) } }
}

fn figures(context: &PageContext, rows: &[(&str, i64)]) -> Markup {
    html! {
        table { tbody { @for (label, value) in rows { tr { th scope="row" { (context.t(label)) } (number_cell(context, *value)) } } } }
    }
}

/// The balance in plain words, for whom it concerns.
pub fn balance_sentence(context: &PageContext, balance: i64) -> String {
    let key = match balance {
        0 => "reciprocity-even",
        1.. => "reciprocity-is-owed",
        _ => "reciprocity-owes",
    };
    let size = i64::try_from(balance.unsigned_abs()).unwrap_or(i64::MAX);
    context.t_with(key, &[("count", size.into()), ("shown", context.language.number(size).into())])
}
