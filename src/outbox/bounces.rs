//! What came back: the relay hands over the report that arrived at a mail's envelope address.
//!
//! `POST /bounces/{envelope address}` with the report as the body. There is no sign-in: the address carries a mac that only this
//! server can make (`envelope`). Only a report of failure counts; a warning of delay and an automatic answer go to the same
//! address and change nothing. OPERATIONS.md shows how a relay is told.

use actix_web::{HttpResponse, web};
use mail_parser::{Message, MessageParser, MimeHeaders};

use super::claims;
use super::envelope::parse_envelope_sender;
use crate::http::State;
use crate::http::body::Raw;
use crate::kernel::id::{Identifier, MailId};
use crate::kernel::{Answer, Failure};

/// The route.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/bounces/{address}", web::post().to(take));
}

/// Takes a report. 204 whether or not it changes anything, so that a relay need not keep it; 404 for an address that is not ours.
async fn take(state: web::Data<State>, address: web::Path<String>, report: Raw) -> Answer<HttpResponse> {
    let id = parse_envelope_sender(&address, &state.config.mail.bounce_domain, &state.secret().key("bounce")).ok_or(Failure::NotFound("mail"))?;
    if says_failed(&report.0) {
        state.db.write(move |tx| claims::bounce(tx, MailId::from_raw(id))).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Whether a message is a delivery report (RFC 3464) of which a recipient's action is "failed".
fn says_failed(message: &[u8]) -> bool {
    let Some(message) = MessageParser::default().parse(message) else { return false };
    is_report(&message) && message.parts.iter().filter(|part| is_status(*part)).any(|part| has_failed(&String::from_utf8_lossy(part.contents())))
}

fn is_report(message: &Message<'_>) -> bool {
    message
        .content_type()
        .is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("multipart") && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("report")))
}

fn is_status<'m>(part: &impl MimeHeaders<'m>) -> bool {
    part.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("message")
            && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("delivery-status") || sub.eq_ignore_ascii_case("global-delivery-status"))
    })
}

fn has_failed(status: &str) -> bool {
    let action = |line: &str| line.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("action")).map(|(_, value)| value.trim().to_owned());
    status.lines().filter_map(action).any(|value| value.eq_ignore_ascii_case("failed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(kind: &str, action: &str) -> String {
        format!(
            "From: MAILER-DAEMON@relay.example\r\nTo: b+1.0@kularing.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: {kind}; report-type=delivery-status; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nIt came back. Action: failed\r\n\
             --x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n\
             Final-Recipient: rfc822; ilya@prospect.example\r\n{action}\r\nStatus: 5.1.1\r\n\r\n--x--\r\n"
        )
    }

    #[test]
    fn only_a_report_of_failure_counts() {
        for (kind, action, failed) in [
            ("multipart/report", "Action: failed", true),
            ("Multipart/Report", "ACTION:Failed", true),
            ("multipart/report", "Action: delayed", false),
            ("multipart/report", "Action: delivered", false),
            ("multipart/report", "Remark: failed", false),
            ("multipart/mixed", "Action: failed", false),
        ] {
            assert_eq!(says_failed(report(kind, action).as_bytes()), failed, "{kind} {action}");
        }
        for other in ["", "\0\0", "Subject: I am on holiday\r\n\r\nAction: failed\r\n"] {
            assert!(!says_failed(other.as_bytes()), "{other}");
        }
    }
}
