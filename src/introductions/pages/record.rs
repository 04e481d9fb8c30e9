//! `/referrals/{id}/consent`: the consent record, to read and to print.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use crate::http::{Caller, PathId, State};
use crate::introductions::reading::{self, ConsentLine};
use crate::kernel::Answer;
use crate::kernel::id::ReferralId;
use crate::web::{self as pages, PageContext};

/// How much of a fingerprint is shown: enough to tell two people apart.
const FINGERPRINT_SHOWN: usize = 12;

/// GET: shows the record.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<ReferralId>) -> Answer<HttpResponse> {
    let (principal, id) = (caller.principal, *id);
    let lines = state.db.read(move |connection| reading::record(connection, &principal, id)).await?;
    let content = html! {
        p class="soft" { (id) }
        p { (context.t("introductions-record-words")) }
        @if lines.is_empty() {
            p { (context.t("introductions-record-none")) }
        } @else {
            div class="scroll" { (table(&context, &lines)) }
        }
    };
    Ok(pages::page(&context, StatusCode::OK, &context.t("introductions-record-title"), content))
}

fn table(context: &PageContext, lines: &[ConsentLine]) -> Markup {
    html! {
        div class="scroll" tabindex="0" {
            table {
                thead {
                    tr {
                        @for column in ["when", "what", "wording", "receiver", "purpose", "channel", "witness", "person", "version"] {
                            th scope="col" { (context.t(&format!("introductions-record-{column}"))) }
                        }
                    }
                }
                tbody { @for line in lines { (row(context, line)) } }
            }
        }
    }
}

fn row(context: &PageContext, line: &ConsentLine) -> Markup {
    let named = |prefix: &str, code: &str| context.t(&format!("introductions-{prefix}-{}", code.replace('_', "-")));
    html! {
        tr {
            td {
                (context.date_time(line.at))
                @if let Some(given_at) = line.given_at {
                    br;
                    (context.t_with("introductions-record-given", &[("date", context.date_time(given_at).into())]))
                }
            }
            td { b { (named("kind", line.kind.as_str())) } }
            td { (line.wording) }
            td { (line.receiver_name) }
            td { (line.purpose) }
            td { (named("channel", line.channel.as_str())) }
            td { (line.witness.as_deref().unwrap_or("")) }
            td { code { (line.person.get(..FINGERPRINT_SHOWN).unwrap_or(&line.person)) } }
            td { (line.wording_version) " · " (line.language) }
        }
    }
}
