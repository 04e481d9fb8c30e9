//! `/i/{token}`: the prospect reads, and decides by a POST.
//!
//! The forms carry no CSRF token and no session is asked for: the token in the address is what no other site can know, and a
//! browser that hides where it comes from sends `Origin: null`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::question::{Question, Trouble};
use super::standing;
use crate::http::State;
use crate::introductions::commands::{self, Given, Outcome};
use crate::introductions::model::{Introduction, ProspectAnswer};
use crate::introductions::record::Channel;
use crate::introductions::sources::{self, Sources};
use crate::introductions::{views, wording};
use crate::kernel::{Answer, Failure};
use crate::web::{PageContext, bare};

/// What an address may carry beside the token. Gateways add things of their own.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The answer chosen in the mail; only marked.
    a: Option<String>,
    /// The language chosen on the page.
    language: Option<String>,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    answer: Option<String>,
    code: Option<String>,
    /// A field that no person sees.
    website: Option<String>,
    /// A button that no person sees.
    press: Option<String>,
    language: Option<String>,
}

/// A page's data.
struct Page {
    introduction: Introduction,
    sources: Sources,
    context: PageContext,
    action: String,
}

/// GET and HEAD: shows, and changes nothing.
pub(super) async fn show(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, asked: web::Query<Asked>) -> Answer<HttpResponse> {
    let Some(page) = load(&state, &request, &token, asked.language.as_deref()).await? else { return Ok(gone(&request, asked.language.as_deref())) };
    let marked = asked.a.as_deref().and_then(ProspectAnswer::parse);
    let page = page.marking(marked);
    Ok(page.respond(&state, marked, None, None, StatusCode::OK))
}

/// POST: decides.
pub(super) async fn answer(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, sent: web::Form<Sent>) -> Answer<HttpResponse> {
    let Some(page) = load(&state, &request, &token, sent.language.as_deref()).await? else { return Ok(gone(&request, sent.language.as_deref())) };
    let trapped = sent.website.as_deref().is_some_and(|text| !text.is_empty()) || sent.press.is_some();
    let id = page.introduction.id;
    let Some(answer) = sent.answer.as_deref().and_then(ProspectAnswer::parse) else {
        if trapped {
            state.db.write(move |tx| commands::spring_trap(tx, id)).await?;
        }
        return Ok(page.respond(&state, None, None, Some(Trouble::NoChoice), StatusCode::UNPROCESSABLE_ENTITY));
    };
    let statement = wording::answer(page.context.language, answer, &page.sources.names, page.sources.shared());
    let given = Given { answer, code: sent.into_inner().code, trapped, statement, channel: Channel::Page };
    let outcome = state.db.write(move |tx| commands::answer(tx, id, &given)).await?;
    let trouble = match outcome {
        Outcome::Taken | Outcome::TooLate => return Ok(page.back()),
        Outcome::CodeNeeded => Trouble::CodeNeeded,
        Outcome::CodeWrong => Trouble::CodeWrong,
        Outcome::CodeLocked => Trouble::CodeLocked,
    };
    Ok(page.respond(&state, None, Some(answer), Some(trouble), StatusCode::UNPROCESSABLE_ENTITY))
}

/// POST: takes the last answer back.
pub(super) async fn undo(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, sent: web::Form<Sent>) -> Answer<HttpResponse> {
    let Some(page) = load(&state, &request, &token, sent.language.as_deref()).await? else { return Ok(gone(&request, sent.language.as_deref())) };
    let (id, language) = (page.introduction.id, page.context.language);
    state.db.write(move |tx| commands::undo(tx, id, language)).await?;
    Ok(page.back())
}

/// POST: withdraws the consent.
pub(super) async fn withdraw(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, sent: web::Form<Sent>) -> Answer<HttpResponse> {
    let Some(page) = load(&state, &request, &token, sent.language.as_deref()).await? else { return Ok(gone(&request, sent.language.as_deref())) };
    let (id, language) = (page.introduction.id, page.context.language);
    state.db.write(move |tx| commands::withdraw(tx, id, Channel::Page, language)).await?;
    Ok(page.back())
}

impl Page {
    /// The question while it can be answered; the state once it cannot. An answer that has to be given again with the code is
    /// asked for even while the last one can still be taken back.
    fn respond(
        &self,
        state: &State,
        marked: Option<ProspectAnswer>,
        sent: Option<ProspectAnswer>,
        trouble: Option<Trouble>,
        status: StatusCode,
    ) -> HttpResponse {
        let now = state.now();
        let (context, introduction) = (&self.context, &self.introduction);
        let again = trouble.is_some_and(|trouble| trouble != Trouble::NoChoice) && introduction.can_undo(now);
        let Some(prospect) = self.sources.prospect.as_ref().filter(|_| introduction.can_answer(now) || again) else {
            let title = context.t_with("introductions-state-title", &[("receiver", self.sources.names.receiver_business.clone().into())]);
            return bare::page(context, StatusCode::OK, &title, &standing::markup(context, introduction, &self.sources, &self.action, now));
        };
        let operator = &state.config.mail.from;
        let question = Question { context, introduction, sources: &self.sources, prospect, action: &self.action, marked, sent, trouble, operator };
        let title = context.t_with(
            "introductions-page-title",
            &[("giver", self.sources.names.giver_name.clone().into()), ("receiver", self.sources.names.receiver_business.clone().into())],
        );
        bare::page(context, status, &title, &question.markup())
    }

    /// The answer chosen in the mail stays marked in another language.
    fn marking(mut self, marked: Option<ProspectAnswer>) -> Self {
        if let Some(answer) = marked {
            self.context.path = format!("{}?a={answer}&", self.action);
        }
        self
    }

    fn back(&self) -> HttpResponse {
        bare::back_to(&self.context, &self.action)
    }
}

/// The page of a link that is unknown or ran out; the two look alike, to the last byte.
pub(super) fn gone(request: &HttpRequest, chosen: Option<&str>) -> HttpResponse {
    let context = PageContext::of_visitor(request, chosen, None, "?".to_owned());
    bare::gone(&context, "introductions-gone")
}

/// What the token leads to; nothing when it is unknown or ran out, which look alike.
async fn load(state: &State, request: &HttpRequest, token: &str, chosen: Option<&str>) -> Answer<Option<Page>> {
    let now = state.now();
    let wanted = token.to_owned();
    let found = state
        .db
        .read(move |connection| {
            let introduction = views::by_answer_link(connection, &wanted, now)?;
            let sources = sources::of(connection, &introduction)?;
            Ok((introduction, sources))
        })
        .await;
    match found {
        Ok((introduction, sources)) => {
            let action = format!("/i/{token}");
            let own = Some((introduction.language, sources.time_zone.clone()));
            let context = PageContext::of_visitor(request, chosen, own, format!("{action}?"));
            Ok(Some(Page { introduction, sources, context, action }))
        }
        Err(Failure::NotFound("link")) => Ok(None),
        Err(failure) => Err(failure),
    }
}
