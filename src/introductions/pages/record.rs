//! `/referrals/{id}/consent`: the consent record, to read and to print.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use crate::http::{Caller, PathId, State};
use crate::introductions::reading::{self, ConsentLine};
use crate::kernel::Answer;
use crate::kernel::id::ReferralId;
use crate::web::{self as pages, Heading, PageContext, components};

/// How much of a fingerprint is shown: enough to tell two people apart.
const FINGERPRINT_SHOWN: usize = 12;

/// GET: shows the record.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<ReferralId>) -> Answer<HttpResponse> {
    let (principal, id) = (caller.principal, *id);
    let lines = state.db.read(move |connection| reading::record(connection, &principal, id)).await?;
    let content = html! {
        p class="soft" { (context.t("introductions-record-of")) " " code { (id) } }
        p { (context.t("introductions-record-words")) }
        @if lines.is_empty() {
            (components::empty(&context.t("introductions-record-none"), &html! {}))
        }
        @for line in &lines { (entry(&context, line)) }
    };
    let trail = Some((format!("/referrals/{id}"), context.t("introductions-record-back")));
    let heading = Heading { title: &context.t("introductions-record-title"), trail, ..Heading::default() };
    Ok(pages::page_with(&context, StatusCode::OK, &heading, content))
}

/// One line of the record: when and what, and below it everything that proves it.
fn entry(context: &PageContext, line: &ConsentLine) -> Markup {
    let named = |prefix: &str, code: &str| context.t(&format!("introductions-{prefix}-{}", code.replace('_', "-")));
    let given = line.given_at.map(|at| context.t_with("introductions-record-given", &[("date", context.date_time(at).into())]));
    let facts = [
        ("receiver", line.receiver_name.clone()),
        ("purpose", line.purpose.clone()),
        ("channel", named("channel", line.channel.as_str())),
        ("witness", line.witness.clone().unwrap_or_default()),
        ("person", line.person.get(..FINGERPRINT_SHOWN).unwrap_or(&line.person).to_owned()),
        ("version", format!("{} · {}", line.wording_version, line.language)),
    ];
    html! {
        section class="card record" {
            h2 { (named("kind", line.kind.as_str())) }
            p class="soft" { (context.date_time(line.at)) @if let Some(given) = given { " · " (given) } }
            blockquote { (line.wording) }
            dl {
                @for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                    dt { (context.t(&format!("introductions-record-{name}"))) }
                    dd { (value) }
                }
            }
        }
    }
}
