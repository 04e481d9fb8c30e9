//! Files for organisers: the members' figures and the circle's measures at once, the ledger part by part as fast as the reader takes it.

use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use tokio::sync::mpsc;

use crate::http::{Caller, PathId, State};
use crate::insight::csv::{cell, lines};
use crate::insight::measures::Ratio;
use crate::insight::period::PeriodQuery;
use crate::insight::table::{self, Row};
use crate::insight::views::{self, MemberFigures};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Failure};
use crate::reciprocity::views::TransferCard;

/// Entries that are read at once.
const PART_ROWS: usize = 1_000;
/// Decimal places; as many as in the API.
const PLACES: u32 = 4;
/// Parts that wait for the reader.
const PARTS_WAITING: usize = 2;

const MEMBER_COLUMNS: [&str; 8] = ["business_id", "business", "is_member", "given", "received", "partners_given_to", "partners_received_from", "faded_balance"];
const MEASURE_COLUMNS: [&str; 5] = ["measure", "numerator", "denominator", "decimal", "count"];
const TRANSFER_COLUMNS: [&str; 12] = ["seq", "id", "at", "kind", "reason", "giver_id", "giver", "receiver_id", "receiver", "credits", "reverses", "referral"];

/// `GET /circles/{id}/figures.csv`.
pub(super) async fn figures(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<PeriodQuery>) -> Answer<HttpResponse> {
    let (id, business, period, now) = (id.0, caller.principal.business, query.period, state.now());
    let figures = state.db.read(move |connection| views::figures(connection, id, business, period, now)).await?;
    let rows = std::iter::once(header_of(&MEMBER_COLUMNS)).chain(figures.members.iter().map(member_row));
    Ok(file(&format!("{id}-members-{period}.csv")).body(lines(rows)?))
}

/// `GET /circles/{id}/measures.csv`.
pub(super) async fn measures(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<PeriodQuery>) -> Answer<HttpResponse> {
    let (id, business, period, now) = (id.0, caller.principal.business, query.period, state.now());
    let figures = state.db.read(move |connection| views::figures(connection, id, business, period, now)).await?;
    let rows = std::iter::once(header_of(&MEASURE_COLUMNS)).chain(table::rows(&figures).into_iter().map(measure_row));
    Ok(file(&format!("{id}-measures-{period}.csv")).body(lines(rows)?))
}

/// A fraction stands in two columns: written with a stroke a spreadsheet takes it for a date.
fn measure_row(row: Row) -> Vec<Cow<'static, str>> {
    let of_share = |text: fn(Ratio) -> String| Cow::Owned(row.share.map(text).unwrap_or_default());
    vec![
        row.measure.into(),
        of_share(|share| share.numerator().to_string()),
        of_share(|share| share.denominator().to_string()),
        of_share(|share| share.decimal(PLACES)),
        row.count.map(|count| count.to_string()).unwrap_or_default().into(),
    ]
}

fn header_of(columns: &'static [&'static str]) -> Vec<Cow<'static, str>> {
    columns.iter().copied().map(Cow::Borrowed).collect()
}

fn member_row(row: &MemberFigures) -> Vec<Cow<'_, str>> {
    vec![
        row.business.id.to_string().into(),
        cell(&row.business.name),
        row.is_active.to_string().into(),
        row.given.to_string().into(),
        row.received.to_string().into(),
        row.partners_given_to.to_string().into(),
        row.partners_received_from.to_string().into(),
        row.faded_balance.decimal(PLACES).into(),
    ]
}

fn transfer_row(row: &TransferCard) -> Vec<Cow<'_, str>> {
    vec![
        row.seq.to_string().into(),
        row.id.to_string().into(),
        row.at.to_string().into(),
        row.kind.as_str().into(),
        row.reason.as_str().into(),
        row.giver.id.to_string().into(),
        cell(&row.giver.name),
        row.receiver.id.to_string().into(),
        cell(&row.receiver.name),
        row.amount.to_string().into(),
        row.reverses.map(|id| id.to_string()).unwrap_or_default().into(),
        row.referral.map(|id| id.to_string()).unwrap_or_default().into(),
    ]
}

fn file(name: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.content_type("text/csv; charset=utf-8; header=present");
    response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}

/// `GET /circles/{id}/transfers.csv`: the ledger as it is when the answer begins.
pub(super) async fn transfers(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<HttpResponse> {
    let (id, business) = (id.0, caller.principal.business);
    let up_to = state.db.read(move |connection| views::last_number(connection, id, business)).await?;
    let (sender, parts) = mpsc::channel(PARTS_WAITING);
    actix_web::rt::spawn(send_parts(state, id, business, up_to, sender));
    Ok(file(&format!("{id}-transfers.csv")).body(Parts(parts)))
}

/// Reads part after part until the end, a failure, or the reader's leaving. Who may read is asked again for each part.
async fn send_parts(state: web::Data<State>, id: CircleId, business: Option<BusinessId>, up_to: i64, sender: mpsc::Sender<Answer<Bytes>>) {
    if sender.send(lines([header_of(&TRANSFER_COLUMNS)]).map(Bytes::from)).await.is_err() {
        return;
    }
    let mut behind = 0;
    while behind < up_to {
        let read = state.db.read(move |connection| views::transfers(connection, id, business, behind, up_to, PART_ROWS)).await;
        let part = read.and_then(|rows| {
            // Numbers have no gap, so an empty part before the end would repeat for ever.
            let last = rows.last().map(|row| row.seq).ok_or_else(|| Failure::internal(format!("{id} lacks entries behind {behind}")))?;
            Ok((last, lines(rows.iter().map(transfer_row))?))
        });
        let sent = match part {
            Ok((last, text)) => {
                behind = last;
                sender.send(Ok(text.into())).await
            }
            Err(failure) => {
                tracing::warn!(%failure, "an export was broken off");
                behind = up_to;
                sender.send(Err(failure)).await
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

/// The body of an answer whose parts come from a task. A failure breaks the answer off, so that nobody takes it for whole.
struct Parts(mpsc::Receiver<Answer<Bytes>>);

impl MessageBody for Parts {
    type Error = Failure;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.0.poll_recv(context)
    }
}
