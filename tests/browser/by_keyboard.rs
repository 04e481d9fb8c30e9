//! The keyboard alone, on a phone's screen with its fixed bars: a business registers, founds a circle, passes a referral, and both
//! sides answer; and Tab leads through every page there is. Wherever the focus goes it is seen, and nothing lies over it.

use fantoccini::key::Key;

use crate::gallery;
use crate::harness::{self, Browser, Server, Setting};
use crate::main_job::{ANNA, ERIK, join_by_the_mail, link_for_the_prospect};
use crate::pages::PAGES;

#[tokio::test]
async fn a_referral_is_passed_and_an_offer_answered() {
    let Some((_server, browser)) = harness::start_as(&Setting { width: 360, ..Setting::default() }).await else { return };
    register(&browser).await;
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
    let link = link_for_the_prospect(&browser).await;
    browser.sign_out().await;
    agree(&browser, &link).await;
    answer(&browser).await;
}

#[tokio::test]
async fn tab_leads_through_every_page() {
    let Some(driver) = harness::driver() else { return };
    let server = tokio::task::spawn_blocking(Server::demo).await.unwrap();
    let browser = Browser::start(&driver, &server.base_url, &Setting { width: 360, ..Setting::default() }).await;
    let found = gallery::prepared(&server, &browser).await;
    let (mut who, mut wrong) = (None, Vec::new());
    for page in PAGES {
        if who != Some(page.1) {
            browser.sign_out().await;
            if let Some(email) = gallery::email(page.1) {
                browser.sign_in_with(email, gallery::password(page.1)).await;
            }
            who = Some(page.1);
        }
        browser.goto(&gallery::address(page, &found)).await;
        wrong.extend(browser.tab_through().await.into_iter().map(|what| format!("{} ({:?}): {what}", page.2, page.1)));
    }
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

async fn register(browser: &Browser) {
    browser.goto("/register").await;
    browser.tab_and_type("business_name", ANNA.business).await;
    for (name, words) in [("postal_code", "50667"), ("city", "Cologne")] {
        browser.tab_and_type(name, words).await;
    }
    browser.tab_and_type("trade", "architectural").await;
    browser.press(Key::Down).await;
    browser.press(Key::Enter).await;
    for (name, words) in [("name", ANNA.name), ("email", ANNA.email), ("password", harness::PASSWORD)] {
        browser.tab_and_type(name, words).await;
    }
    browser.tab_to("form[action='/register'] button").await;
    browser.enter().await;
    let link = browser.link_in_mail(ANNA.email, "/confirm/").await;
    browser.goto(&link).await;
    browser.tab_to("main form button").await;
    browser.enter().await;
    browser.tab_and_type("email", ANNA.email).await;
    browser.tab_and_type("password", harness::PASSWORD).await;
    browser.enter().await;
    assert_eq!(browser.path().await, "/", "{}", browser.text().await);
}

async fn found_a_circle(browser: &Browser) {
    browser.goto("/circles/new").await;
    browser.tab_and_choose("kind", "value_chain").await;
    browser.tab_and_type("name", "Building in Cologne").await;
    browser.tab_and_type("links", "architect, electrician").await;
    browser.tab_to("form[action='/circles'] button").await;
    browser.enter().await;
    browser.tab_to("main a[href$='/members']").await;
    browser.enter().await;
    browser.tab_to("main a[href$='/invitations']").await;
    browser.enter().await;
    browser.tab_and_type("email", ERIK.email).await;
    browser.enter().await;
    assert!(browser.text().await.contains(ERIK.email), "{}", browser.text().await);
}

async fn agree(browser: &Browser, link: &str) {
    browser.goto(link).await;
    browser.tab_and_choose("answer", "yes").await;
    browser.tab_to("form[action^='/i/'] button:not([name])").await;
    browser.enter().await;
    assert!(browser.shows("form[action$='/undo']").await, "{}", browser.text().await);
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
