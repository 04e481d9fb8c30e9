//! A step on a referral shows at once and is sent meanwhile: without a connection everything stands as before, and what was done
//! is taken back from where it is told.

use crate::harness::{Browser, Line};
use crate::live::until;

const CONTACT: &str = "form[action$='/moves/contact'] button:not([type='button'])";

/// Begins and ends with the contact still to be made.
pub async fn show_at_once_and_are_taken_back(browser: &Browser, referral: &str) {
    browser.goto(referral).await;
    let (before, after) = (state(browser).await, browser.find("form[action$='/moves/contact']").await.attr("data-after").await.unwrap().unwrap());

    browser.line(Line::Cut).await;
    browser.click_here(CONTACT).await;
    until(browser, "that it was not sent", "return document.querySelector('.toast')?.textContent === document.body.dataset.unsent").await;
    assert_eq!(state(browser).await, before, "everything stands as before");
    assert!(browser.shows(CONTACT).await && !browser.shows("[data-moves][inert]").await, "{}", browser.text().await);
    // Chromium notes that nothing could be sent.
    browser.complaints().await;

    browser.line(Line::Slow).await;
    browser.click_here(CONTACT).await;
    assert_eq!(state(browser).await, after, "it shows before it is answered");
    assert!(browser.shows("[data-moves][inert]").await, "nothing is pressed twice meanwhile");
    until(browser, "the way back", "return !!document.querySelector('.toast button')").await;
    assert_eq!(state(browser).await, after);
    assert_eq!(browser.path().await, referral);

    browser.line(Line::Whole).await;
    browser.click_here(".toast button").await;
    until(browser, "the contact to be made", &format!("return !!document.querySelector(\"{CONTACT}\")")).await;
    assert_eq!(state(browser).await, before, "it is taken back");
    browser.goto(referral).await;
    assert_eq!(state(browser).await, before);
}

/// Where the referral stands, as the page says it.
pub async fn state(browser: &Browser) -> String {
    let words = "return document.querySelector('[data-state]').textContent.trim()";
    browser.client.execute(words, Vec::new()).await.unwrap().as_str().unwrap().to_owned()
}
