//! No typing is lost when a session ends: the form is kept through signing in, and sent again by one press.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, web as actix};
use fluent_templates::fluent_bundle::FluentValue;
use maud::html;

use super::kept::Kept;
use super::{browser, sign_in};
use crate::accounts::authenticator;
use crate::accounts::commands::sessions::OpenedSession;
use crate::accounts::views;
use crate::http::caller::Via;
use crate::http::page_form::PageForm;
use crate::http::pages::way_back;
use crate::http::{Caller, State, csrf};
use crate::kernel::secret::token_hash;
use crate::kernel::{Answer, Failure, Principal};
use crate::web::{self, PageContext, forms};

/// Middleware, nearest to the handlers: where a form is refused because its session has ended, or another one has begun in
/// another tab, what was typed comes along.
pub async fn keep_typing<B: MessageBody>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    // A body that cannot be read is refused by its handler.
    let form = PageForm::of(&mut request).await.unwrap_or_default();
    let kept = form.as_ref().and_then(|form| Kept::of(&request, form));
    let response = next.call(request).await?;
    let failure = response.response().error().and_then(|error| error.as_error::<Failure>());
    let answer = match (failure, kept) {
        (Some(Failure::Unauthenticated { code: "sign_in_required" }), Some(kept)) => sign_in_first(response.request(), &kept),
        (Some(failure @ Failure::Forbidden { code: "csrf", .. }), Some(kept)) => {
            let request = response.request();
            Some(page(&PageContext::of(request), failure.status(), &kept, &way_back(request))?)
        }
        (Some(Failure::Forbidden { code: "csrf", .. }), None) => signed_in_already(response.request(), form.as_ref()),
        _ => None,
    };
    Ok(match answer {
        Some(answer) => response.into_response(answer).map_into_right_body(),
        None => response.map_into_left_body(),
    })
}

fn sign_in_first(request: &HttpRequest, kept: &Kept) -> Option<HttpResponse> {
    let state = request.app_data::<actix::Data<State>>()?;
    Some(sign_in::page_that_keeps(&PageContext::of(request), &way_back(request), &kept.sealed(state.secret(), state.now())))
}

/// Somebody signed in in one tab and presses the button of the sign-in page in another.
fn signed_in_already(request: &HttpRequest, form: Option<&PageForm>) -> Option<HttpResponse> {
    let next = form.filter(|_| request.path() == "/sign-in" && csrf::is_surely_own(request))?.value("next").unwrap_or("");
    Some(web::see_other(browser::next(next), None))
}

/// After signing in: asks whether to send what was typed.
pub(super) async fn after_sign_in(state: &State, mut context: PageContext, opened: &OpenedSession, kept: &Kept, next: &str) -> Answer<HttpResponse> {
    let person = opened.person;
    let card = state.db.read(move |connection| views::person(connection, person)).await?;
    context.language = card.language;
    let csrf = authenticator::csrf_token(state.secret(), &token_hash(&opened.token));
    context.caller = Some(Caller {
        principal: Principal { person, business: card.business, role: card.role, is_operator: false },
        name: card.name,
        language: card.language,
        time_zone: card.time_zone,
        via: Via::Browser { session: opened.session, csrf },
    });
    page(&context, StatusCode::OK, kept, browser::next(next))
}

fn page(context: &PageContext, status: StatusCode, kept: &Kept, back: &str) -> Answer<HttpResponse> {
    let name = context.caller.as_ref().map(|caller| caller.name.clone()).unwrap_or_default();
    let content = html! {
        p { (context.t_with("accounts-resume-what", &[("name", FluentValue::from(name))])) }
        section class="card" {
            h2 { (context.t("accounts-resume-typed")) }
            ul { @for value in kept.shown()? { li { (value) } } }
        }
        form method="post" action=(kept.to()) {
            (forms::csrf(context))
            (kept.hidden()?)
            button { (context.t("accounts-resume-send")) }
        }
        p { a href=(back) { (context.t("accounts-resume-drop")) } }
    };
    Ok(web::page(context, status, &context.t("accounts-resume-title"), content))
}
