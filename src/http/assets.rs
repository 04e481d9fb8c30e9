//! Static files, embedded in the binary.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::Embed;

use crate::kernel::{Answer, Failure};

#[derive(Embed)]
#[folder = "static/"]
struct Static;

/// `/static/{file}`.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/static/{file:.*}", web::get().to(file));
}

async fn file(path: web::Path<String>, request: actix_web::HttpRequest) -> Answer<HttpResponse> {
    let file = Static::get(&path).ok_or(Failure::NotFound("file"))?;
    let etag = format!("\"{}\"", crate::kernel::secret::hex(&file.metadata.sha256_hash()[..16]));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known == Some(etag.as_str()) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, etag.clone())).insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    if known == Some(etag.as_str()) {
        return Ok(response.finish());
    }
    Ok(response.content_type(file.metadata.mimetype()).body(file.data.into_owned()))
}
