//! What is typed stays in the browser of its writer: through the end of a session, and no further.

use std::time::Duration;

use crate::harness::{self, Browser};
use crate::main_job::{ANNA, ERIK, found_a_circle, join_by_the_mail};

const NEED: &str = "New wiring for a house of 1924";
/// A little longer than the form waits before it keeps what is typed.
const KEPT_AFTER: Duration = Duration::from_millis(900);

async fn type_a_need(browser: &Browser) {
    browser.goto("/referrals/new").await;
    browser.fill("need", NEED).await;
    tokio::time::sleep(KEPT_AFTER).await;
    assert_eq!(drafts(browser).await, 1, "what was typed is kept");
}

/// How many drafts lie in the browser.
async fn drafts(browser: &Browser) -> u64 {
    let count = "return Object.keys(localStorage).filter((key) => key.startsWith('kularing-draft:')).length";
    browser.client.execute(count, Vec::new()).await.unwrap().as_u64().unwrap()
}

const OFFERED: &str = "main .note button.quiet";

#[tokio::test]
async fn a_draft_survives_the_end_of_a_session_and_not_the_signing_out() {
    let Some((_server, browser)) = harness::start().await else { return };
    browser.arrive(&ANNA).await;
    found_a_circle(&browser).await;
    browser.sign_out().await;
    join_by_the_mail(&browser).await;
    browser.sign_out().await;
    browser.sign_in(ANNA.email).await;

    // The session merely ends: the cookie is gone, nobody pressed anything.
    type_a_need(&browser).await;
    browser.sign_out().await;
    browser.goto("/referrals/new").await;
    assert_eq!(browser.path().await, "/sign-in");
    assert_eq!(drafts(&browser).await, 1, "it waits for its writer");
    browser.sign_in(ANNA.email).await;
    browser.goto("/referrals/new").await;
    assert_eq!(browser.find("[name='need']").await.prop("value").await.unwrap().as_deref(), Some(""), "it is not put in unasked");
    browser.click_here(OFFERED).await;
    assert_eq!(browser.find("[name='need']").await.prop("value").await.unwrap().as_deref(), Some(NEED));

    // Somebody else signs in at the same device.
    tokio::time::sleep(KEPT_AFTER).await;
    browser.sign_out().await;
    browser.sign_in(ERIK.email).await;
    assert_eq!(drafts(&browser).await, 0, "nothing is left for another reader");
    browser.goto("/referrals/new").await;
    assert!(!browser.shows(OFFERED).await, "{}", browser.text().await);

    // Whoever signs out leaves nothing behind.
    type_a_need(&browser).await;
    browser.click("form[action='/sign-out'] button").await;
    assert_eq!(drafts(&browser).await, 0);
    browser.assert_quiet_console("drafts").await;
}
