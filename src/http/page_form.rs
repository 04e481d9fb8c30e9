//! The forms of pages, read before their handler: what was typed is needed once more when a press is repeated, or when a
//! session has ended while somebody was typing.

use std::rc::Rc;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Method;
use actix_web::{HttpMessage, HttpRequest};

use super::{body, pages};
use crate::kernel::Answer;

/// The field by which two presses of one form are known to be the same.
pub const FORM_KEY: &str = "form_key";
/// With this begins the key of a form of which only presses that follow at once are the same.
pub const PRESSED: &str = "now:";
/// The field that carries the session's token.
pub const CSRF: &str = "csrf";

/// The fields of a form that was sent from a page.
#[derive(Debug, Clone)]
pub struct PageForm(Rc<Vec<(String, String)>>);

impl PageForm {
    /// The form that this request carries; nothing for whatever else is sent. The handler finds the body as it was.
    pub async fn of(request: &mut ServiceRequest) -> Answer<Option<Self>> {
        if let Some(known) = request.extensions().get::<Self>() {
            return Ok(Some(known.clone()));
        }
        if !is_form(request.request()) {
            return Ok(None);
        }
        let payload = request.take_payload();
        let bytes = body::read(request.request(), payload).await?;
        let fields = serde_html_form::from_bytes::<Vec<(String, String)>>(&bytes);
        request.set_payload(Payload::from(bytes));
        // What cannot be read is refused by the extractor, in its words.
        let Ok(fields) = fields else { return Ok(None) };
        let form = Self(Rc::new(fields));
        request.extensions_mut().insert(form.clone());
        Ok(Some(form))
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Everything but the session's token.
    pub fn fields(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter().filter(|(name, _)| name != CSRF)
    }
}

fn is_form(request: &HttpRequest) -> bool {
    *request.method() == Method::POST && pages::reads_html(request) && request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
