//! The API's description is complete, and it is the committed one: a change of the API is seen in a review.

use std::collections::BTreeMap;

use serde_json::Value;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.json");

fn document() -> Value {
    kularing::app::api_document().value().clone()
}

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let items = document["paths"].as_object().unwrap().iter();
    items.flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(method, operation)| (format!("{method} {path}"), operation))).collect()
}

#[test]
fn the_description_is_the_committed_one() {
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    let present = kularing::app::api_document().text();
    let first = present.lines().zip(committed.lines()).position(|(new, old)| new != old).unwrap_or(0);
    assert!(
        present == committed,
        "the API changed (line {} of docs/openapi.json): run `cargo run -- openapi > docs/openapi.json` and look at the difference",
        first + 1
    );
}

#[test]
fn every_operation_says_what_it_is() {
    let document = document();
    let mut found = Vec::new();
    let mut names = BTreeMap::<&str, String>::new();
    for (place, operation) in operations(&document) {
        if operation["summary"].as_str().is_none_or(|summary| summary.trim().is_empty() || summary.len() > 120) {
            found.push(format!("{place}: no summary of at most 120 characters"));
        }
        if operation["tags"].as_array().is_none_or(|tags| tags.len() != 1 || tags[0] == "") {
            found.push(format!("{place}: not exactly one tag"));
        }
        if !operation["security"].is_array() {
            found.push(format!("{place}: says nothing about signing in"));
        }
        let responses = operation["responses"].as_object().unwrap();
        if !responses.keys().any(|status| status.starts_with('2')) || !responses.contains_key("default") {
            found.push(format!("{place}: no success or no default answer"));
        }
        match operation["operationId"].as_str() {
            Some(name) => {
                if let Some(other) = names.insert(name, place.clone()) {
                    found.push(format!("{place} and {other} are both called {name}"));
                }
            }
            None => found.push(format!("{place}: no name")),
        }
        let is_write = !place.starts_with("get ");
        let takes_key = operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["$ref"] == "#/components/parameters/IdempotencyKey");
        let path = place.split(' ').nth(1).unwrap();
        if takes_key != (is_write && kularing::http::idempotency::takes_key(path)) {
            found.push(format!("{place}: Idempotency-Key {takes_key}"));
        }
        if place.starts_with("post ") && responses.contains_key("201") && responses["201"]["content"].is_null() {
            found.push(format!("{place}: 201 without a body"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut lost = Vec::new();
    references(&document, &mut |reference| {
        if document.pointer(reference.trim_start_matches('#')).is_none() {
            lost.push(reference.to_owned());
        }
    });
    assert!(lost.is_empty(), "{lost:?}");
}

fn references(value: &Value, see: &mut impl FnMut(&str)) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| match inner.as_str().filter(|_| key == "$ref") {
            Some(reference) => see(reference),
            None => references(inner, see),
        }),
        Value::Array(list) => list.iter().for_each(|inner| references(inner, see)),
        _ => {}
    }
}

#[test]
fn paths_and_fields_are_spelt_the_same_way_everywhere() {
    let document = document();
    let mut found = Vec::new();
    for path in document["paths"].as_object().unwrap().keys() {
        let fits = |part: &str| part.is_empty() || part.starts_with('{') || part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !path.starts_with("/api/v1/") || !path.split('/').all(fits) {
            found.push(path.clone());
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for field in schema["properties"].as_object().into_iter().flatten().map(|(field, _)| field) {
            if !field.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
                found.push(format!("{name}.{field}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}
