//! The first minutes: register, confirm from the mailbox, sign in, see home.

use crate::harness::{self, Browser, PASSWORD, Registration};

#[tokio::test]
async fn the_docs_and_the_missing_page_are_shown() {
    let Some((_server, browser)) = harness::start().await else { return };
    browser.goto("/docs").await;
    assert!(browser.text().await.contains("The API"));
    browser.take_pictures("docs").await;
    browser.goto("/nothing").await;
    assert!(browser.text().await.contains("There is nothing here"));
}

#[tokio::test]
async fn a_person_registers_confirms_and_signs_in() {
    let Some((_server, browser)) = harness::start().await else { return };
    let anna = Registration { name: "Anna Arch", email: "anna@arch.example", business: "Arch & Sons", trade: "architect" };
    browser.goto("/register").await;
    browser.take_pictures("register").await;
    wrong_fields_are_shown_again(&browser, &anna).await;
    browser.register(&anna).await;
    let link = browser.link_in_mail("anna@arch.example", "/confirm/").await;
    browser.goto(&link).await;
    assert!(browser.text().await.contains("Anna Arch"));
    browser.click("main form button").await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.fill("email", anna.email).await;
    browser.fill("password", "not the password").await;
    browser.submit("/sign-in").await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.fill("password", PASSWORD).await;
    browser.submit("/sign-in").await;
    assert_eq!(browser.path().await, "/");
    assert!(browser.find("body > header").await.text().await.unwrap().contains("Anna Arch"));
    browser.take_pictures("home-empty").await;
    browser.click("form[action='/sign-out'] button").await;
    browser.goto("/referrals").await;
    assert_eq!(browser.path().await, "/sign-in", "a page that needs a sign-in leads there");
}

/// What was typed stays, and the error stands beside its field.
async fn wrong_fields_are_shown_again(browser: &Browser, anna: &Registration<'_>) {
    browser.fill_registration(anna).await;
    browser.fill("country", "ZZZ").await;
    browser.without_browser_checks().await;
    browser.submit("/register").await;
    assert_eq!(browser.path().await, "/register");
    let kept = browser.find("[name='business_name']").await.prop("value").await.unwrap();
    assert_eq!(kept.as_deref(), Some(anna.business));
    let marked = browser.find("[name='country'][aria-invalid]").await;
    let described = marked.attr("aria-describedby").await.unwrap().expect("the field names its error");
    assert!(!browser.find(&format!("#{described}")).await.text().await.unwrap().is_empty());
}
