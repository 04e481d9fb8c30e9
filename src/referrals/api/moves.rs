//! The moves of a referral: `POST /referrals/{id}/{move}`. What the table does not allow is 409 and names what is possible.

use actix_web::{HttpResponse, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::dto::{DecisionInput, DeclineInput, DisputeInput, LoseInput, NoteInput, NothingInput, PassInput, PassOnInput, WinInput};
use super::{PassedAnswer, created, shown, with_etag};
use crate::db::Tx;
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::ReferralId;
use crate::kernel::{Answer, Principal};
use crate::referrals::commands::{self, Passed, Verdict};
use crate::referrals::input::ReferralInput;
use crate::referrals::model::OfferState;
use crate::referrals::views::ReferralView;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(pass)
        .service(pass_on)
        .service(accept)
        .service(decline)
        .service(withdraw)
        .service(contact)
        .service(quote)
        .service(win)
        .service(lose)
        .service(undo)
        .service(dispute)
        .service(decide_dispute)
        .service(spin_off);
}

/// Makes a move and answers the referral as it stands then.
async fn moved<F>(state: &State, caller: &Caller, id: ReferralId, make: F) -> Answer<HttpResponse>
where
    F: FnOnce(&mut Tx<'_>, &Principal) -> Answer<()> + Send + 'static,
{
    let principal = caller.principal;
    state.db.write(move |tx| make(tx, &principal)).await?;
    Ok(with_etag(&shown(state, caller, id).await?))
}

async fn passed<F>(state: &State, caller: &Caller, id: ReferralId, make: F) -> Answer<web::Json<PassedAnswer>>
where
    F: FnOnce(&mut Tx<'_>, &Principal) -> Answer<Passed> + Send + 'static,
{
    let principal = caller.principal;
    let passed = state.db.write(move |tx| make(tx, &principal)).await?;
    Ok(web::Json(PassedAnswer { referral: shown(state, caller, id).await?, warnings: passed.warnings }))
}

#[utoipa::path(tag = "referrals", summary = "Put a draft to its receiver and ask the prospect", params(("id" = ReferralId, Path)), request_body = PassInput,
    responses((status = 200, body = PassedAnswer), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/referrals/{id}/pass")]
async fn pass(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<PassInput>) -> Answer<web::Json<PassedAnswer>> {
    let id = *id;
    passed(&state, &caller, id, move |tx, principal| commands::pass(tx, principal, id, body.0.suggest, body.0.attestation.as_ref())).await
}

#[utoipa::path(tag = "referrals", summary = "Put a declined or expired referral to the next receiver", params(("id" = ReferralId, Path)),
    request_body = PassOnInput,
    responses((status = 200, body = PassedAnswer), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/referrals/{id}/pass-on")]
async fn pass_on(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<PassOnInput>) -> Answer<web::Json<PassedAnswer>> {
    let id = *id;
    passed(&state, &caller, id, move |tx, principal| commands::pass_on(tx, principal, id, body.0.receiver, body.0.attestation.as_ref())).await
}

#[utoipa::path(tag = "referrals", summary = "Take an offer", params(("id" = ReferralId, Path)), request_body = NoteInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/accept")]
async fn accept(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<NoteInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::accept(tx, principal, id, body.0.note.as_deref())).await
}

/// What is left to see for somebody who declined.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Declined {
    /// The referral, which the caller sees no more.
    id: ReferralId,
    /// What became of the offer.
    offer: OfferState,
}

#[utoipa::path(tag = "referrals", summary = "Say no to an offer; the giver may pass it on", params(("id" = ReferralId, Path)), request_body = DeclineInput,
    responses((status = 200, body = Declined), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/decline")]
async fn decline(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<DeclineInput>) -> Answer<web::Json<Declined>> {
    let (principal, id) = (caller.principal, *id);
    state.db.write(move |tx| commands::decline(tx, &principal, id, body.0.reason, body.0.note.as_deref())).await?;
    Ok(web::Json(Declined { id, offer: OfferState::Declined }))
}

#[utoipa::path(tag = "referrals", summary = "Take a referral back, before the introduction", params(("id" = ReferralId, Path)), request_body = NoteInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/withdraw")]
async fn withdraw(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<NoteInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::withdraw(tx, principal, id, body.0.note.as_deref())).await
}

#[utoipa::path(tag = "referrals", summary = "Tell that first contact was made", params(("id" = ReferralId, Path)), request_body = NoteInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/contact")]
async fn contact(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<NoteInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::contact(tx, principal, id, body.0.note.as_deref())).await
}

#[utoipa::path(tag = "referrals", summary = "Tell that a quote was made", params(("id" = ReferralId, Path)), request_body = NoteInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/quote")]
async fn quote(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<NoteInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::quote(tx, principal, id, body.0.note.as_deref())).await
}

#[utoipa::path(tag = "referrals", summary = "Tell that business was closed; the giver never sees the amount", params(("id" = ReferralId, Path)),
    request_body = WinInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/referrals/{id}/win")]
async fn win(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<WinInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::win(tx, principal, id, body.0.value.as_ref(), body.0.note.as_deref())).await
}

#[utoipa::path(tag = "referrals", summary = "Tell that no business came of it", params(("id" = ReferralId, Path)), request_body = LoseInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/lose")]
async fn lose(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<LoseInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::lose(tx, principal, id, body.0.reason, body.0.note.as_deref())).await
}

#[utoipa::path(tag = "referrals", summary = "Take back contact, quote or lose within 120 seconds", params(("id" = ReferralId, Path)),
    request_body = NothingInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/undo")]
async fn undo(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, _body: Json<NothingInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::undo(tx, principal, id)).await
}

#[utoipa::path(tag = "referrals", summary = "Object to a referral; an organiser who is no party decides", params(("id" = ReferralId, Path)),
    request_body = DisputeInput,
    responses((status = 200, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/dispute")]
async fn dispute(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<DisputeInput>) -> Answer<HttpResponse> {
    let id = *id;
    moved(&state, &caller, id, move |tx, principal| commands::dispute(tx, principal, id, body.0.reason, &body.0.words).map(|_| ())).await
}

/// What was decided: an operator who stood in for the organisers sees no more.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Decided {
    /// The referral.
    id: ReferralId,
    /// The decision.
    verdict: Verdict,
}

#[utoipa::path(tag = "referrals", summary = "Decide a dispute", params(("id" = ReferralId, Path)), request_body = DecisionInput,
    responses((status = 200, body = Decided), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/referrals/{id}/decide-dispute")]
async fn decide_dispute(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<DecisionInput>) -> Answer<web::Json<Decided>> {
    let (principal, id, verdict) = (caller.principal, *id, body.0.verdict);
    state.db.write(move |tx| commands::decide_dispute(tx, &principal, id, verdict, &body.0.words)).await?;
    Ok(web::Json(Decided { id, verdict }))
}

#[utoipa::path(tag = "referrals", summary = "Begin another referral that came out of one received", params(("id" = ReferralId, Path)),
    request_body = ReferralInput,
    responses((status = 201, body = ReferralView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/referrals/{id}/spin-off")]
async fn spin_off(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, body: Json<ReferralInput>) -> Answer<HttpResponse> {
    let (principal, origin, input) = (caller.principal, *id, body.0);
    let id = state.db.write(move |tx| commands::spin_off(tx, &principal, origin, input.circle, &input)).await?;
    Ok(created(&shown(&state, &caller, id).await?))
}
