//! The API's own description (OpenAPI 3.1), made from the handlers, with what they all have in common added in one place.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::idempotency::takes_key;
use super::problem::Problem;
use crate::kernel::FieldError;

/// What stands in the document before the features add their operations.
#[derive(OpenApi)]
#[openapi(
    info(title = "Kularing", description = "Businesses pass qualified referrals to each other, and see that what they give comes back.\n\nIdentifiers are opaque strings. Times are RFC 3339 in UTC. Lists are read page by page: give `next_cursor` as `cursor`. Every failure is a problem document with a stable `code`."),
    servers((url = "/", description = "This server")),
    components(schemas(Problem, FieldError))
)]
pub struct Base;

/// Operations that need nobody to be signed in: method and path.
const PUBLIC: &[(&str, &str)] = &[
    ("post", "/api/v1/registrations"),
    ("post", "/api/v1/registrations/confirm"),
    ("post", "/api/v1/registrations/resend"),
    ("post", "/api/v1/colleague-invitations/accept"),
    ("post", "/api/v1/sessions"),
    ("post", "/api/v1/sessions/refresh"),
    ("post", "/api/v1/password/forgotten"),
    ("post", "/api/v1/password/reset"),
    ("get", "/api/v1/trades"),
];
const METHODS: &[(&str, &str)] = &[("get", "GET"), ("post", "POST"), ("put", "PUT"), ("patch", "PATCH"), ("delete", "DELETE")];

/// The finished document.
#[derive(Debug, Clone)]
pub struct ApiDocument {
    value: Value,
}

impl ApiDocument {
    /// Adds to the features' operations what every operation has.
    pub fn new(api: &utoipa::openapi::OpenApi) -> Self {
        // Strings, maps and lists only: this cannot fail, and an empty document would fail its test.
        let mut value = serde_json::to_value(api).unwrap_or_default();
        value["info"]["version"] = env!("CARGO_PKG_VERSION").into();
        if let Some(info) = value["info"].as_object_mut() {
            info.remove("license");
            info.remove("contact");
        }
        value["components"]["securitySchemes"] = json!({ "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token of POST /api/v1/sessions; it lasts 15 minutes."
        } });
        value["components"]["responses"] = json!({ "Problem": {
            "description": "A failure; `code` says which.",
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
        } });
        value["components"]["parameters"] = json!({ "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "1 to 100 printable characters of your choice. The same key with the same request gets the first answer again, for 24 hours.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 100 }
        } });
        let names = name_counts(&value);
        for (path, item) in value["paths"].as_object_mut().into_iter().flatten() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if let Some(operation) = operation.as_object_mut() {
                    complete(path, method, operation, &names);
                }
            }
        }
        Self { value }
    }

    /// The document.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The document as text, the same bytes each time.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.value)
    }

    /// The methods of a path of the API (as the `Allow` header writes them); `None` for any other path.
    pub fn methods(&self, path: &str) -> Option<Vec<&'static str>> {
        let item = self.value["paths"].get(path)?.as_object()?;
        Some(METHODS.iter().filter(|(key, _)| item.contains_key(*key)).map(|(_, method)| *method).collect())
    }
}

fn name_counts(document: &Value) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let operations = document["paths"].as_object().into_iter().flatten().flat_map(|(_, item)| item.as_object().into_iter().flatten());
    for name in operations.filter_map(|(_, operation)| operation["operationId"].as_str()) {
        *counts.entry(name.to_owned()).or_default() += 1;
    }
    counts
}

fn complete(path: &str, method: &str, operation: &mut Map<String, Value>, names: &HashMap<String, usize>) {
    let name = operation.get("operationId").and_then(Value::as_str).unwrap_or("").to_owned();
    if names.get(&name).is_some_and(|count| *count > 1) {
        // Several features may have a `list`; a client generator needs to tell them apart.
        let tag = operation.get("tags").and_then(|tags| tags[0].as_str()).unwrap_or("").replace('-', "_");
        operation.insert("operationId".to_owned(), format!("{tag}_{name}").into());
    }
    let is_public = PUBLIC.contains(&(method, path));
    operation.insert("security".to_owned(), if is_public { json!([]) } else { json!([{ "bearer": [] }]) });
    if let Some(responses) = operation.entry("responses").or_insert_with(|| json!({})).as_object_mut() {
        for (status, response) in responses.iter_mut() {
            let is_bare_failure = status.starts_with(['4', '5']) && response.get("content").is_none();
            if let Some(response) = response.as_object_mut().filter(|_| is_bare_failure) {
                response.insert("content".to_owned(), json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }));
            }
        }
        responses.entry("default").or_insert_with(|| json!({ "$ref": "#/components/responses/Problem" }));
    }
    if method != "get" && takes_key(path) {
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.push(json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
        }
    }
}

/// `/api/v1/openapi.json`.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/api/v1/openapi.json", web::get().to(document));
}

async fn document(document: web::Data<ApiDocument>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(document.text())
}
