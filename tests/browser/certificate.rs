//! The page's own check of a clearing: it believes a certificate of the demo, and none that was changed.

use std::time::Duration;

use kularing::demo::cast::{ORGANISER, PASSWORD};
use serde_json::{Value, json};

use crate::harness::{self, Browser, Server, Setting};

/// Reads the certificate as the page does, changes it in one place after the other, and answers what was believed.
const JUDGE: &str = include_str!("certificate.js");

#[tokio::test]
async fn only_the_true_certificate_is_believed() {
    let Some(driver) = harness::driver() else { return };
    let server = Server::demo();
    let browser = Browser::start(&driver, &server.base_url, &Setting::default()).await;
    browser.sign_in_with(ORGANISER, PASSWORD).await;
    browser.goto("/circles").await;
    let hrefs = browser.hrefs("main a[href^='/circles/cir_']").await;
    let circle = hrefs.first().expect("the organiser has a circle").trim_start_matches("/circles/").split('/').next().unwrap().to_owned();
    browser.goto(&format!("/circles/{circle}/rings")).await;
    let document = browser.find("#check-clearing").await.attr("data-document").await.unwrap().unwrap();
    let judged = tokio::time::timeout(Duration::from_secs(30), browser.client.execute_async(JUDGE, vec![json!(document)])).await.unwrap().unwrap();
    let judged: Vec<(String, Value)> = serde_json::from_value(judged).unwrap();
    assert!(judged.len() > 20, "{judged:?}");
    for (what, believed) in judged {
        assert_eq!(believed, json!(what.starts_with("as it is")), "{what}");
    }
}
