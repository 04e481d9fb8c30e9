//! The pages of the ledger: where I stand, and for organisers where everybody stands.

mod standing;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use super::views::{self, CircleStanding, LedgerHead, MemberBalance};
use crate::circles::frame::{self, Above, Room};
use crate::circles::views as circles;
use crate::http::{Caller, PathId, State};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Failure};
use crate::live::LiveKind;
use crate::web::icon::Icon;
use crate::web::{PageContext, components};

/// Registers the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/standing", web::get().to(standing::show)).route("/circles/{id}/ledger", web::get().to(ledger));
}

async fn ledger(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<CircleId>) -> Answer<HttpResponse> {
    let (business, kept) = (caller.principal.business()?, state.clearings.clone());
    let (place, standing, head) = state
        .db
        .read(move |connection| {
            let standing = views::circle_standing(connection, &kept, *id, business)?;
            let head = views::ledger_head(connection, *id, business)?;
            Ok((circles::place(connection, *id, Some(business))?, standing, head))
        })
        .await?;
    let Some(members) = &standing.members else {
        return Err(Failure::forbidden("organiser_only", "only an organiser of the circle sees its ledger"));
    };
    let above =
        Above { title: &context.t("circles-ledger"), hears: &[LiveKind::Circle, LiveKind::Referral, LiveKind::Standing, LiveKind::Ledger], ..Above::default() };
    Ok(frame::page(&context, StatusCode::OK, &place, Room::Ledger, above, &ledger_content(&context, &standing, members, &head)))
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
            @if totals.transfers == 0 { (components::note(Icon::Info, &context.t("reciprocity-ledger-empty"))) }
        }
        section class="card" {
            h2 { (context.t("reciprocity-members")) }
            p class="soft" { (context.t("reciprocity-members-explained")) }
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
        "reciprocity-open-owed",
        "reciprocity-open-owes",
    ];
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(context.t("reciprocity-members")) { table {
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
                (number_cell(context, row.standing_given))
                (number_cell(context, row.standing_received))
                (number_cell(context, row.balance.pending_given))
                (number_cell(context, row.balance.pending_received))
                (number_cell(context, row.partners_given_to.into()))
                (number_cell(context, row.partners_received_from.into()))
                (number_cell(context, row.rings.still_owed))
                (number_cell(context, row.rings.still_owes))
            } } }
        } }
    }
}

fn number_cell(context: &PageContext, value: i64) -> Markup {
    html! { td class="number" { (context.language.number(value)) } }
}

/// Figures with their names, as a row.
fn figures(context: &PageContext, rows: &[(&str, i64)]) -> Markup {
    let shown: Vec<String> = rows.iter().map(|(_, value)| context.language.number(*value)).collect();
    components::stats(rows.iter().zip(&shown).map(|((label, _), value)| (context.t(label), value.as_str())))
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
