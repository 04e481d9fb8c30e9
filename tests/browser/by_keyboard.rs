//! The keyboard alone, on a phone's screen with its fixed bars: a business registers, founds a circle, passes a referral, and both
//! sides answer and follow it to the end; an organiser admits, plans and settles; and Tab leads through every page there is. Wherever the focus goes it is seen, and nothing lies over it.

use fantoccini::key::Key;

use kularing::demo::cast::PASSWORD;
use kularing::referrals::model::DisputeReason;

use crate::gallery;
use crate::harness::{self, Browser, Server, Setting};
use crate::live::until;
use crate::main_job::{ANNA, ERIK, UNDO_TIME, link_for_the_prospect};
use crate::moves::state;
use crate::pages::{PAGES, Who};

#[tokio::test]
async fn a_referral_is_passed_and_an_offer_answered() {
    let Some((server, browser)) = harness::start_as(&Setting { width: 360, ..Setting::default() }).await else { return };
    register(&browser).await;
    found_a_circle(&browser).await;
    browser.sign_out().await;
    join(&browser).await;
    browser.sign_out().await;
    browser.sign_in(ANNA.email).await;
    browser.tab_to(".skip").await;
    browser.tab_to("nav a[href='/referrals']").await;
    browser.enter().await;
    browser.tab_to("main a[href^='/referrals/new']").await;
    browser.enter().await;
    pass(&browser).await;
    let (referral, link) = (browser.path().await, link_for_the_prospect(&browser).await);
    browser.sign_out().await;
    agree(&browser, &link).await;
    answer(&browser).await;
    server.let_pass(UNDO_TIME);
    browser.mail_saying(ERIK.email, &["Paula Prospect", "You have both agreed"]).await;
    browser.sign_in(ERIK.email).await;
    follow_to_the_end(&browser, &referral).await;
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
    dispute(&browser, &found["disputable"]).await;
    admit_an_applicant(&browser, &found["network"]).await;
    plan_a_meeting(&browser, &found["circle"]).await;
    settle(&browser, &found["circle"]).await;
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

/// The invitation leads to the registration, and from there back.
async fn join(browser: &Browser) {
    let invitation = browser.link_in_mail(ERIK.email, "/invitation/").await;
    browser.arrive(&ERIK).await;
    browser.goto(&invitation).await;
    browser.tab_to("form[action^='/invitation/'] button").await;
    browser.enter().await;
    assert!(browser.path().await.starts_with("/circles/cir_"), "{}", browser.text().await);
}

/// Contact, quote, one step back, and the business, whose value is asked in a dialog.
async fn follow_to_the_end(browser: &Browser, referral: &str) {
    for step in ["contact", "quote", "undo"] {
        browser.goto(referral).await;
        let before = state(browser).await;
        browser.tab_to(&format!("form[action$='/moves/{step}'].move button")).await;
        browser.press(Key::Enter).await;
        let words =
            format!("return ![{before:?}, ''].includes(document.querySelector('[data-state]').textContent.trim()) && !!document.querySelector('.toast')");
        until(browser, step, &words).await;
    }
    browser.goto(referral).await;
    let opener = "button:has(+ dialog form[action$='/moves/win'])";
    browser.tab_to(opener).await;
    browser.press(Key::Enter).await;
    assert!(browser.shows("dialog[open]").await, "{}", browser.text().await);
    browser.press(Key::Escape).await;
    assert!(!browser.shows("dialog[open]").await && browser.is_on(opener).await, "Escape goes back to the button");
    browser.press(Key::Enter).await;
    browser.tab_and_type("amount", "9200").await;
    browser.tab_to("dialog[open] form[action$='/moves/win'] button").await;
    browser.enter().await;
    assert!(browser.text().await.contains("€9,200"), "{}", browser.text().await);
}

async fn sign_in_as(browser: &Browser, who: Who) {
    browser.sign_out().await;
    browser.sign_in_with(gallery::email(who).unwrap(), PASSWORD).await;
}

async fn dispute(browser: &Browser, referral: &str) {
    sign_in_as(browser, Who::Partner).await;
    browser.goto(&format!("/referrals/{referral}")).await;
    browser.tab_to("button:has(+ dialog form[action$='/moves/dispute'])").await;
    browser.press(Key::Enter).await;
    browser.tab_and_choose("reason", DisputeReason::WrongContact.as_str()).await;
    browser.tab_and_type("words", "Nobody answers there.").await;
    browser.tab_to("dialog[open] form button").await;
    browser.enter().await;
    assert!(browser.text().await.contains("Nobody answers there."), "{}", browser.text().await);
}

async fn admit_an_applicant(browser: &Browser, circle: &str) {
    sign_in_as(browser, Who::Host).await;
    browser.goto(&format!("/circles/{circle}/members")).await;
    let waiting = browser.hrefs("section:has(form[action$='/admit']) a").await.len();
    browser.tab_to("form[action$='/admit'] button").await;
    browser.enter().await;
    assert_eq!(browser.hrefs("section:has(form[action$='/admit']) a").await.len() + 1, waiting, "{}", browser.text().await);
}

async fn plan_a_meeting(browser: &Browser, circle: &str) {
    sign_in_as(browser, Who::Organiser).await;
    browser.goto(&format!("/circles/{circle}/meetings")).await;
    browser.tab_to("button:has(+ dialog form[action$='/meetings'])").await;
    browser.press(Key::Enter).await;
    for (name, words) in [("date", "03122027"), ("time", "0700PM"), ("place", "The old brewery, upstairs")] {
        browser.tab_and_type(name, words).await;
    }
    browser.tab_to("dialog[open] form button").await;
    browser.enter().await;
    assert!(browser.text().await.contains("The old brewery, upstairs"), "{}", browser.text().await);
}

async fn settle(browser: &Browser, circle: &str) {
    browser.goto(&format!("/circles/{circle}/rings")).await;
    browser.tab_to("main a[href$='/rings/settle']").await;
    browser.enter().await;
    browser.tab_to("form[action$='/rings/settle'] button").await;
    browser.enter().await;
    assert!(browser.path().await.ends_with("/rings") && browser.shows("main .done").await, "{}", browser.text().await);
}
