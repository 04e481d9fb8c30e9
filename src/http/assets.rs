//! Static files, embedded in the binary. Style sheets are kept one thing a file and served as two: one for people who sign in,
//! a small one for those who only answer a question.
//!
//! An address names the content that it stands for (`?v=`): then browsers keep it for a year, and otherwise ask each time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use aws_lc_rs::digest::{SHA256, digest};
use rust_embed::Embed;
use serde::Deserialize;

use crate::kernel::secret::hex;
use crate::kernel::{Answer, Failure};

#[derive(Embed)]
#[folder = "static/"]
struct Static;

/// The style sheets that are served, and of which files they are made, in this order.
const BUNDLES: &[(&str, &[&str])] = &[
    (
        "kularing.css",
        &[
            "10-tokens.css",
            "20-base.css",
            "30-frame.css",
            "40-essentials.css",
            "45-parts.css",
            "50-forms.css",
            "60-pictures.css",
            "70-letter.css",
            "75-public.css",
            "90-print.css",
        ],
    ),
    ("letter.css", &["10-tokens.css", "20-base.css", "40-essentials.css", "50-forms.css", "70-letter.css", "75-public.css", "90-print.css"]),
];
/// What a release holds never changes while it runs.
static ADDRESSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let names = Static::iter().chain(BUNDLES.iter().map(|(name, _)| Cow::Borrowed(*name)));
    names.filter_map(|name| Some((name.to_string(), versioned(&name)?))).collect()
});

/// `?v=`: the content that an address stands for.
#[derive(Debug, Deserialize)]
struct Version {
    v: Option<String>,
}

/// `/static/{file}`.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/static/{file:.*}", web::get().to(file));
}

/// The address of a file, which changes with its content; that of a file that does not exist leads nowhere.
pub fn address(name: &str) -> String {
    // While people work on them, files are read anew at each request.
    let found = if cfg!(debug_assertions) { versioned(name) } else { ADDRESSES.get(name).cloned() };
    found.unwrap_or_else(|| format!("/static/{name}"))
}

fn versioned(name: &str) -> Option<String> {
    content(name).map(|content| format!("/static/{name}?v={}", &content.version[..12]))
}

struct Content {
    bytes: Cow<'static, [u8]>,
    kind: String,
    version: String,
}

fn content(name: &str) -> Option<Content> {
    if let Some((_, parts)) = BUNDLES.iter().find(|(bundle, _)| *bundle == name) {
        let mut bytes = Vec::new();
        for part in *parts {
            bytes.extend_from_slice(&Static::get(&format!("css/{part}"))?.data);
        }
        let version = hex(digest(&SHA256, &bytes).as_ref());
        return Some(Content { bytes: bytes.into(), kind: "text/css; charset=utf-8".to_owned(), version });
    }
    let file = Static::get(name)?;
    let mime = file.metadata.mimetype();
    // A module's text is UTF-8 whatever the reader's settings say.
    let kind = if mime.starts_with("text/") { format!("{mime}; charset=utf-8") } else { mime.to_owned() };
    Some(Content { kind, version: hex(&file.metadata.sha256_hash()), bytes: file.data })
}

async fn file(path: web::Path<String>, asked: web::Query<Version>, request: HttpRequest) -> Answer<HttpResponse> {
    let found = content(&path).ok_or(Failure::NotFound("file"))?;
    let etag = format!("\"{}\"", &found.version[..32]);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(etag.as_str());
    let is_of_this_content = asked.v.as_deref().is_some_and(|version| version.len() == 12 && found.version.starts_with(version));
    let keep = if is_of_this_content { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, keep));
    if known {
        return Ok(response.finish());
    }
    Ok(response.content_type(found.kind).body(found.bytes.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_is_whole_and_has_an_address_of_its_content() {
        for (name, parts) in BUNDLES {
            let sheet = content(name).map(|content| content.bytes.len()).unwrap_or_default();
            assert!(sheet > 1_000, "{name} has {sheet} bytes");
            assert!(parts.iter().all(|part| Static::get(&format!("css/{part}")).is_some()), "{name}");
            assert!(address(name).starts_with(&format!("/static/{name}?v=")), "{}", address(name));
        }
        assert_eq!(address("nothing.css"), "/static/nothing.css");
    }

    #[test]
    fn no_sheet_is_left_over() {
        let used: Vec<String> = BUNDLES.iter().flat_map(|(_, parts)| parts.iter().map(|part| format!("css/{part}"))).collect();
        let left: Vec<_> = Static::iter().filter(|name| name.starts_with("css/") && !used.iter().any(|used| used == name)).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
