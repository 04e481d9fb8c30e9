//! What a page knows about its reader.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use fluent_templates::fluent_bundle::FluentValue;

use super::texts;
use crate::http::caller::{Caller, Via};
use crate::http::{State, language, trace};
use crate::kernel::clock::Timestamp;
use crate::kernel::{Answer, Failure, Language};

/// The reader of a page: language, sign-in, form token.
#[derive(Debug, Clone)]
pub struct PageContext {
    /// The language chosen by the person, then by the browser.
    pub language: Language,
    /// The signed-in person.
    pub caller: Option<Caller>,
    /// The path of the page, for links back to it.
    pub path: String,
    /// What the ids of fields begin with, where several forms of a page ask for the same.
    pub scope: String,
    /// The key of a message to show once (`?done=` of the address), if it is one of ours.
    pub done: Option<String>,
    /// Another one each time a page is made; by it two presses of one form are known to be the same.
    pub form_key: String,
    /// The time zone of somebody who is not signed in: that of the matter he reads about.
    zone: Option<String>,
}

impl PageContext {
    /// The same reader inside a form whose fields another form of the page has too.
    pub fn within(&self, scope: &str) -> Self {
        Self { scope: format!("{scope}-"), ..self.clone() }
    }

    /// The id of a field.
    pub fn id(&self, name: &str) -> String {
        format!("{}{name}", self.scope)
    }

    /// The text with this key in the reader's language.
    pub fn t(&self, key: &str) -> String {
        texts::text(self.language, key)
    }

    /// The text with this key and its arguments.
    pub fn t_with(&self, key: &str, arguments: &[(&'static str, FluentValue<'static>)]) -> String {
        texts::text_with(self.language, key, arguments)
    }

    /// The token that every form of this reader carries.
    pub fn csrf(&self) -> &str {
        match self.caller.as_ref().map(|caller| &caller.via) {
            Some(Via::Browser { csrf, .. }) => csrf,
            _ => "",
        }
    }

    /// The reader's time zone.
    pub fn time_zone(&self) -> &str {
        self.caller.as_ref().map(|caller| &caller.time_zone).or(self.zone.as_ref()).map_or("Europe/Berlin", String::as_str)
    }

    /// A date and time as the reader writes it.
    pub fn date_time(&self, moment: Timestamp) -> String {
        self.language.date_time(moment, self.time_zone())
    }

    /// A date as the reader writes it.
    pub fn date(&self, moment: Timestamp) -> String {
        self.language.date(moment, self.time_zone())
    }

    /// How much time is left until then, in the unit in which people would say it.
    pub fn left(&self, now: Timestamp, due_at: Timestamp) -> String {
        if due_at <= now {
            return self.t("left-none");
        }
        let minutes = due_at.since(now).as_secs().div_ceil(60);
        let (key, count) = match minutes {
            0..=90 => ("left-minutes", minutes),
            91..=2_880 => ("left-hours", minutes / 60),
            _ => ("left-days", minutes / 1_440),
        };
        self.t_with(key, &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())])
    }

    /// A span in the unit in which people would say it; what takes less than a minute takes one.
    pub fn span(&self, seconds: i64) -> String {
        let (key, unit) = match seconds {
            ..=7_199 => ("span-minutes", 60),
            7_200..=259_199 => ("span-hours", 3_600),
            _ => ("span-days", 86_400),
        };
        self.t_with(key, &[("count", (seconds / unit).max(1).into())])
    }

    /// Somebody who comes by a link: nobody asks who he is. What he chose in the address wins over the matter's own language
    /// and zone; without these his browser is asked. `address` is where a chosen language is added: it ends in `?` or `&`.
    pub fn of_visitor(request: &HttpRequest, chosen: Option<&str>, own: Option<(Language, String)>, address: String) -> Self {
        let chosen = chosen.and_then(Language::parse);
        let (language, zone) = own.unzip();
        let language = chosen.or(language).unwrap_or_else(|| accepted(request));
        Self { language, caller: None, path: address, scope: String::new(), done: None, form_key: form_key(request), zone }
    }

    /// What an HTTP request tells about its reader.
    pub fn of(request: &HttpRequest) -> Self {
        let caller = request.extensions().get::<Caller>().cloned();
        let language = match &caller {
            Some(caller) => caller.language,
            None => language::chosen(request).unwrap_or_else(|| accepted(request)),
        };
        let done = request.query_string().split('&').find_map(|pair| pair.strip_prefix("done=")).map(|key| format!("done-{key}"));
        let done = done.filter(|key| texts::exists(Language::En, key));
        Self { language, caller, path: request.path().to_owned(), scope: String::new(), done, form_key: form_key(request), zone: None }
    }
}

/// The language of a browser.
fn accepted(request: &HttpRequest) -> Language {
    Language::from_accept_language(request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or(""))
}

/// Made from the request's number, which never comes twice, so that nobody guesses the key of another reader.
fn form_key(request: &HttpRequest) -> String {
    let state = request.app_data::<web::Data<State>>();
    let made = state.zip(trace::request_id(request)).map(|(state, id)| state.secret().keyed_hash("form key", &id.to_string()));
    made.map_or_else(String::new, |key| key.as_str().to_owned())
}

impl FromRequest for PageContext {
    type Error = Failure;
    type Future = Ready<Answer<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}
