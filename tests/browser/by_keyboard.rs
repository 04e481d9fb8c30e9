//! The keyboard alone, on a phone's screen with its fixed bars: a referral is passed, and an offer is answered. Wherever the
//! focus goes it is seen, and nothing lies over it.

use fantoccini::key::Key;

use crate::harness::{self, Browser, Setting};
use crate::main_job::{ANNA, ERIK, found_a_circle, join_by_the_mail};

#[tokio::test]
async fn a_referral_is_passed_and_an_offer_answered() {
    let Some((_server, browser)) = harness::start_as(&Setting { width: 360, ..Setting::default() }).await else { return };
    browser.arrive(&ANNA).await;
    found_a_circle(&browser).await;
    browser.sign_out().await;
    join_by_the_mail(&browser).await;
    browser.sign_out().await;
    browser.sign_in(ANNA.email).await;
    browser.tab_to(".skip").await;
    browser.tab_to("nav a[href='/referrals']").await;
    browser.enter().await;
    browser.tab_to("main a[href^='/referrals/new']").await;
    browser.enter().await;
    pass(&browser).await;
    browser.sign_out().await;
    answer(&browser).await;
}

async fn pass(browser: &Browser) {
    browser.tab_and_type("trade", "electrical inst").await;
    browser.press(Key::Down).await;
    browser.press(Key::Enter).await;
    browser.tab_and_type("need", "New wiring for a house of 1924").await;
    browser.tab_and_type("postal_code", "50667").await;
    let receiver = browser.value_of_option("receiver", "Volt Electric").await;
    browser.tab_and_choose("receiver", &receiver).await;
    browser.tab_and_type("prospect.name", "Paula Prospect").await;
    browser.tab_and_type("prospect.email", "paula@prospect.example").await;
    browser.tab_and_choose("consent_path", "share").await;
    browser.tab_to("form[action='/referrals/new'] button.big").await;
    browser.enter().await;
    assert!(browser.text().await.contains("Paula Prospect"), "{}", browser.text().await);
    browser.tab_to("main form button:not([name])").await;
    browser.enter().await;
    assert!(browser.path().await.starts_with("/referrals/ref_") && !browser.path().await.ends_with("/pass"), "{}", browser.text().await);
}

async fn answer(browser: &Browser) {
    let link = browser.link_in_mail(ERIK.email, "/o/").await;
    browser.goto(&link).await;
    browser.tab_to("header a").await;
    browser.tab_and_choose("answer", "decline").await;
    browser.press(Key::Up).await;
    assert!(browser.is_on("#accept:checked").await, "the arrows go through the answers");
    browser.tab_to("form[action^='/o/'] button").await;
    browser.enter().await;
    assert!(!browser.shows("form[action^='/o/']").await, "{}", browser.text().await);
}
