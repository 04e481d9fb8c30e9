//! What somebody typed into a form whose session had ended: kept in the pages that lead him back in, and nowhere else.
//!
//! It is sealed with a keyed hash, so that what is offered for sending again is what a page of ours sent, as it was typed.
//! Passwords are never kept, and nothing is sent again but by a press.

use std::time::Duration;

use actix_web::dev::ServiceRequest;
use maud::{Markup, html};

use super::browser;
use crate::http::csrf;
use crate::http::page_form::{FORM_KEY, PageForm};
use crate::kernel::clock::{Timestamp, hours};
use crate::kernel::{Answer, Failure, Secret};

/// The most that is kept of a form, in bytes as they are sent.
const KEPT_MAX_BYTES: usize = 64 * 1024;
/// How long it can be sent again.
const KEPT_FOR: Duration = hours(24);
/// As many characters of a value are shown before it is sent again.
const SHOWN_MAX: usize = 300;
/// Stands between the parts and in none of them: the encoding of forms escapes it.
const BETWEEN: char = '!';

/// A form that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    to: String,
    typed: String,
}

impl Kept {
    /// The form of this request, when it came from a page of ours and something was typed that may be kept.
    pub fn of(request: &ServiceRequest, form: &PageForm) -> Option<Self> {
        let to = request.uri().path_and_query()?.as_str();
        let fields: Vec<_> = form.fields().collect();
        let has_secret = fields.iter().any(|(name, _)| name.contains("password"));
        let has_words = fields.iter().any(|(name, value)| name != FORM_KEY && !value.is_empty());
        let typed = serde_html_form::to_string(&fields).ok()?;
        let fits = has_words && !has_secret && typed.len() <= KEPT_MAX_BYTES && browser::next(to) == to;
        (fits && csrf::is_surely_own(request.request())).then(|| Self { to: to.to_owned(), typed })
    }

    /// As a page carries it through signing in.
    pub fn sealed(&self, secret: &Secret, now: Timestamp) -> String {
        let to: String = url::form_urlencoded::byte_serialize(self.to.as_bytes()).collect();
        let text = format!("{}{BETWEEN}{to}{BETWEEN}{}", now.as_micros(), self.typed);
        format!("{}{BETWEEN}{text}", seal(secret, &text))
    }

    /// What a page of ours carried through signing in; nothing when it is somebody else's, or too old.
    pub fn open(sealed: &str, secret: &Secret, now: Timestamp) -> Option<Self> {
        let (shown, text) = sealed.split_once(BETWEEN)?;
        aws_lc_rs::constant_time::verify_slices_are_equal(shown.as_bytes(), seal(secret, text).as_bytes()).ok()?;
        let mut parts = text.splitn(3, BETWEEN);
        let kept_at = Timestamp::from_micros(parts.next()?.parse().ok()?);
        let to = parts.next().and_then(|to| url::form_urlencoded::parse(to.as_bytes()).next().map(|(to, _)| to.into_owned()))?;
        let typed = parts.next()?.to_owned();
        (now <= kept_at.after(KEPT_FOR)).then_some(Self { to, typed })
    }

    /// Where it was sent.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// The hidden fields of the form that sends it again.
    pub fn hidden(&self) -> Answer<Markup> {
        let fields = self.fields()?;
        Ok(html! { @for (name, value) in &fields { input type="hidden" name=(name) value=(value); } })
    }

    /// What was typed, for the eyes.
    pub fn shown(&self) -> Answer<Vec<String>> {
        let words = self.fields()?.into_iter().filter(|(name, value)| name != FORM_KEY && !value.trim().is_empty());
        Ok(words.map(|(_, value)| value.chars().take(SHOWN_MAX).collect()).collect())
    }

    fn fields(&self) -> Answer<Vec<(String, String)>> {
        serde_html_form::from_str(&self.typed).map_err(|error| Failure::internal(format!("a kept form: {error}")))
    }
}

fn seal(secret: &Secret, text: &str) -> String {
    secret.keyed_hash("kept form", text).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Kept {
        Kept { to: "/referrals/new?circle=cir_0&x=!".to_owned(), typed: "need=a+roof%21&need=b%0D%0Ac".to_owned() }
    }

    #[test]
    fn what_was_sealed_opens_for_a_day() {
        let (secret, now) = (Secret::new(&[7; 32]).unwrap(), Timestamp::from_micros(1_772_438_400_000_000));
        let sealed = kept().sealed(&secret, now);
        assert_eq!(Kept::open(&sealed, &secret, now.after(KEPT_FOR)), Some(kept()));
        assert_eq!(Kept::open(&sealed, &secret, now.after(hours(25))), None);
        assert_eq!(Kept::open(&sealed, &Secret::new(&[8; 32]).unwrap(), now), None);
        assert_eq!(Kept::open(&sealed.replace("roof", "door"), &secret, now), None);
        assert_eq!(Kept::open("", &secret, now), None);
    }

    #[test]
    fn what_was_typed_is_shown_as_it_was() {
        assert_eq!(kept().shown().unwrap(), ["a roof!", "b\r\nc"]);
    }
}
