//! How widely members give: what every member may see of the others.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use crate::circles::frame::{self, Above, Room};
use crate::circles::views as circles;
use crate::http::{Caller, PathId, State};
use crate::insight::measures::Range;
use crate::insight::views::{self, CircleBreadth, RANGE_MEMBERS_MIN};
use crate::kernel::Answer;
use crate::kernel::id::CircleId;
use crate::web::icon::Icon;
use crate::web::{PageContext, components};

/// `GET /circles/{id}/breadth`.
pub(super) async fn show(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<CircleId>) -> Answer<HttpResponse> {
    let (id, business, now) = (id.0, caller.principal.business, state.now());
    let read = move |connection: &mut crate::db::AnyConn| {
        let breadth = views::breadth(connection, id, business, now)?;
        Ok((circles::place(connection, id, business)?, breadth))
    };
    let (place, breadth) = state.db.read(read).await?;
    let above = Above { title: &context.t("insight-breadth"), ..Above::default() };
    Ok(frame::page(&context, StatusCode::OK, &place, Room::Breadth, above, &content(&context, &breadth)))
}

fn content(context: &PageContext, breadth: &CircleBreadth) -> Markup {
    let is_empty = breadth.members.iter().all(|member| member.partners_given_to == 0 && member.partners_received_from == 0);
    html! {
        p class="soft" { (context.t("insight-breadth-explained")) }
        @if is_empty {
            (components::empty(
                &context.t("insight-breadth-empty"),
                &components::link_button(&format!("/referrals/new?circle={}", breadth.circle), Icon::Pass, &context.t("circles-pass-referral")),
            ))
        } @else {
            (ranges(context, breadth))
            (members(context, breadth))
        }
    }
}

fn ranges(context: &PageContext, breadth: &CircleBreadth) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t("insight-ranges")) }
            dl {
                dt { (context.t("reciprocity-given")) } dd { (range(context, breadth.given_range)) }
                dt { (context.t("reciprocity-received")) } dd { (range(context, breadth.received_range)) }
            }
            p class="soft" { (context.t_with("insight-ranges-legend", &[("needed", RANGE_MEMBERS_MIN.into())])) }
        }
    }
}

fn range(context: &PageContext, range: Option<Range>) -> String {
    let number = |value: u64| context.language.number(i64::try_from(value).unwrap_or(i64::MAX));
    match range {
        Some(range) => context.t_with("insight-range", &[("from", number(range.from).into()), ("to", number(range.to).into())]),
        None => context.t("insight-range-none"),
    }
}

fn members(context: &PageContext, breadth: &CircleBreadth) -> Markup {
    html! {
        div class="scroll card" tabindex="0" role="region" aria-label=(context.t("insight-breadth")) { table {
            thead { tr {
                th scope="col" { (context.t("reciprocity-member")) }
                th scope="col" class="number" { (context.t("reciprocity-partners-given-to")) }
                th scope="col" class="number" { (context.t("reciprocity-partners-received-from")) }
            } }
            tbody { @for row in &breadth.members { tr {
                th scope="row" { a href=(format!("/partners/{}", row.business.id)) { (row.business.name) } }
                td class="number" { (context.language.number(row.partners_given_to.into())) }
                td class="number" { (context.language.number(row.partners_received_from.into())) }
            } } }
        } }
    }
}
