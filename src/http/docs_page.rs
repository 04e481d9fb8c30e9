//! `/docs`: the API's description as a page. No script and nothing from elsewhere: it is read from the same document that
//! `/api/v1/openapi.json` gives.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde_json::Value;

use super::openapi::ApiDocument;
use crate::web::{PageContext, page};

/// The routes of this room.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/docs", web::get().to(docs));
}

async fn docs(context: PageContext, document: web::Data<ApiDocument>) -> HttpResponse {
    let value = document.value();
    let tags = by_tag(value);
    let content = html! {
        @for paragraph in text(&value["info"]["description"]).split("\n\n") { p { (rich(paragraph)) } }
        p { (context.t("docs-about")) " " a href="/api/v1/openapi.json" { "openapi.json" } }
        nav aria-label=(context.t("docs-contents")) {
            ul class="contents" {
                @for (tag, operations) in &tags { li { a href=(format!("#{tag}")) { (tag) } " " span class="soft" { (operations.len()) } } }
                li { a href="#schemas" { (context.t("docs-schemas")) } }
            }
        }
        @for (tag, operations) in &tags {
            section id=(tag) { h2 { (tag) } @for operation in operations { (operation_card(&context, operation)) } }
        }
        section id="schemas" {
            h2 { (context.t("docs-schemas")) }
            @for (name, schema) in value["components"]["schemas"].as_object().into_iter().flatten() {
                div class="card" id=(format!("schema-{name}")) { h3 { code { (name) } } (schema_table(&context, schema)) }
            }
        }
    };
    page(&context, StatusCode::OK, &context.t("docs-title"), content)
}

struct Operation<'d> {
    path: &'d str,
    method: &'d str,
    value: &'d Value,
    document: &'d Value,
}

/// The operations by tag, both in the order of the alphabet.
fn by_tag(document: &Value) -> Vec<(&str, Vec<Operation<'_>>)> {
    let mut tags = std::collections::BTreeMap::<&str, Vec<Operation<'_>>>::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, value) in item.as_object().into_iter().flatten() {
            tags.entry(text(&value["tags"][0])).or_default().push(Operation { path, method, value, document });
        }
    }
    tags.into_iter().collect()
}

fn operation_card(context: &PageContext, operation: &Operation<'_>) -> Markup {
    let Operation { path, method, value, document } = *operation;
    let is_public = value["security"].as_array().is_some_and(Vec::is_empty);
    html! {
        div class="card" id=(text(&value["operationId"])) {
            h3 { code { (method.to_uppercase()) " " (path) } }
            p { (text(&value["summary"])) }
            @let description = text(&value["description"]);
            @if !description.is_empty() { p { (rich(description)) } }
            p class="soft" { (context.t(if is_public { "docs-public" } else { "docs-signed-in" })) }
            (parameters(context, document, value))
            @for (_, media) in value["requestBody"]["content"].as_object().into_iter().flatten() {
                h4 { (context.t("docs-body")) }
                p { (schema_name(&media["schema"])) }
                (example(media))
            }
            h4 { (context.t("docs-answers")) }
            ul {
                @for (status, answer) in value["responses"].as_object().into_iter().flatten() {
                    @let answer = resolved(document, answer);
                    li {
                        code { (status) } " " (rich(text(&answer["description"]))) " "
                        @for (_, media) in answer["content"].as_object().into_iter().flatten() { (schema_name(&media["schema"])) (example(media)) }
                    }
                }
            }
        }
    }
}

fn parameters(context: &PageContext, document: &Value, operation: &Value) -> Markup {
    let parameters: Vec<&Value> = operation["parameters"].as_array().into_iter().flatten().map(|parameter| resolved(document, parameter)).collect();
    html! {
        @if !parameters.is_empty() {
            h4 { (context.t("docs-parameters")) }
            ul {
                @for parameter in parameters {
                    li {
                        code { (text(&parameter["name"])) } " " span class="soft" { (text(&parameter["in"])) ", " (schema_name(&parameter["schema"])) } " "
                        (rich(text(&parameter["description"])))
                    }
                }
            }
        }
    }
}

fn schema_table(context: &PageContext, schema: &Value) -> Markup {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    html! {
        @let description = text(&schema["description"]);
        @if !description.is_empty() { p { (rich(description)) } }
        @if let Some(properties) = schema["properties"].as_object() {
            ul {
                @for (name, property) in properties {
                    li {
                        code { (name) } " " span class="soft" { (schema_name(property)) @if required.contains(&name.as_str()) { ", " (context.t("docs-required")) } } " "
                        (rich(text(&property["description"])))
                    }
                }
            }
        } @else { p { (schema_name(schema)) } }
    }
}

/// A schema in a few words, with links to those that have a name.
fn schema_name(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        return html! { a href=(format!("#schema-{name}")) { code { (name) } } };
    }
    if let Some(values) = schema["enum"].as_array() {
        return html! { @for (index, value) in values.iter().enumerate() { @if index > 0 { " | " } code { (plain(value)) } } };
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[key].as_array() {
            return html! { @for (index, part) in parts.iter().enumerate() { @if index > 0 { " | " } (schema_name(part)) } };
        }
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(plain).collect::<Vec<_>>().join(" | "),
        kind => plain(kind),
    };
    let format = text(&schema["format"]);
    html! {
        (kinds)
        @if !format.is_empty() { " (" (format) ")" }
        @if schema["items"].is_object() { " [" (schema_name(&schema["items"])) "]" }
    }
}

fn example(media: &Value) -> Markup {
    html! { @if !media["example"].is_null() { pre { (format!("{:#}", media["example"])) } } }
}

/// Words with `code` in them.
fn rich(words: &str) -> Markup {
    html! { @for (index, part) in words.split('`').enumerate() { @if index % 2 == 1 { code { (part) } } @else { (part) } } }
}

/// What a reference inside the document leads to.
fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    value["$ref"].as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#'))).unwrap_or(value)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
