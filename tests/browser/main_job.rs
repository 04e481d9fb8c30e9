//! The main job: an architect founds a value chain, invites an electrician, passes him a referral; both sides agree, one mail
//! connects them, the business is won, and the credits stand on both pages.
//!
//! It is walked with scripts and without, on a phone and on a desk, and in every language: what is pressed is found by its
//! name, and what is read by the names and figures in it.

use std::time::Duration;

use crate::harness::{self, Browser, Registration, Server, Setting};
use crate::moves;

pub const ANNA: Registration<'static> = Registration { name: "Anna Arch", email: "anna@arch.example", business: "Arch & Sons", trade: "architect" };
pub const ERIK: Registration<'static> = Registration { name: "Erik Volt", email: "erik@volt.example", business: "Volt Electric", trade: "electrician" };
const PAULA: &str = "paula@prospect.example";
pub const UNDO_TIME: Duration = Duration::from_secs(120);

#[tokio::test]
async fn on_a_desk_in_english() {
    walk(&Setting { scripts: true, width: 1280, language: "en" }).await;
}

#[tokio::test]
async fn on_a_phone_in_german_without_scripts() {
    walk(&Setting { scripts: false, width: 360, language: "de" }).await;
}

#[tokio::test]
async fn on_a_desk_in_russian_without_scripts() {
    walk(&Setting { scripts: false, width: 1280, language: "ru" }).await;
}

#[tokio::test]
async fn on_a_phone_in_russian() {
    walk(&Setting { scripts: true, width: 360, language: "ru" }).await;
}

async fn walk(setting: &Setting) {
    let Some((server, browser)) = harness::start_as(setting).await else { return };
    browser.arrive(&ANNA).await;
    found_a_circle(&browser).await;
    browser.sign_out().await;
    join_by_the_mail(&browser).await;
    browser.sign_out().await;
    browser.sign_in(ANNA.email).await;
    let referral = pass(&browser, setting).await;
    let link = link_for_the_prospect(&browser).await;
    browser.sign_out().await;
    agree_as_the_prospect(&browser, &link).await;
    accept_from_the_mail(&browser).await;
    introduced_when_the_time_to_undo_is_over(&server, &browser).await;
    browser.sign_in(ERIK.email).await;
    if setting.scripts && setting.width > 1000 {
        moves::show_at_once_and_are_taken_back(&browser, &referral).await;
    }
    follow_to_the_end(&browser, &referral).await;
    browser.goto("/standing").await;
    // 10 for the introduction, 20 for the business, 90 for its nine whole thousands.
    reads(&browser, &["120"]).await;
    browser.sign_out().await;
    browser.sign_in(ANNA.email).await;
    see_what_it_brought(&browser, &referral).await;
    if setting.scripts {
        check_what_comes_back(&browser).await;
    }
    browser.assert_quiet_console("the walk").await;
}

/// The page says all of this, nothing sticks out or is cut, and every text is there.
async fn reads(browser: &Browser, words: &[&str]) {
    let page = browser.text().await;
    for word in words {
        assert!(page.contains(word), "{word} is not on {}: {page}", browser.path().await);
    }
    browser.assert_in_shape().await;
}

/// An amount as each language writes it.
fn tells_the_amount(page: &str) -> bool {
    ["9,200", "9.200", "9 200", "9\u{a0}200", "9200"].iter().any(|amount| page.contains(amount))
}

pub async fn found_a_circle(browser: &Browser) {
    browser.goto("/circles/new").await;
    browser.choose("kind", "value_chain").await;
    browser.fill("name", "Building in Cologne").await;
    browser.fill("links", "architect, electrician").await;
    browser.submit("/circles").await;
    let circle = browser.path().await;
    assert!(circle.starts_with("/circles/cir_"), "{circle}: {}", browser.text().await);
    browser.assert_in_shape().await;
    browser.goto(&format!("{circle}/invitations")).await;
    browser.fill("email", ERIK.email).await;
    browser.click("form:has([name='email']) button").await;
    assert!(browser.text().await.contains(ERIK.email), "{}", browser.text().await);
    browser.assert_in_shape().await;
}

/// The invited one has no account yet: he registers first and then comes back to the invitation.
pub async fn join_by_the_mail(browser: &Browser) {
    let invitation = browser.link_in_mail(ERIK.email, "/invitation/").await;
    browser.goto(&invitation).await;
    assert!(browser.text().await.contains("Arch & Sons"), "{}", browser.text().await);
    browser.assert_in_shape().await;
    browser.arrive(&ERIK).await;
    browser.goto(&invitation).await;
    browser.click("form[action^='/invitation/'] button").await;
    assert!(browser.path().await.starts_with("/circles/cir_"), "{}", browser.text().await);
}

/// Passes a referral by the form and its preview; answers the path of its page.
async fn pass(browser: &Browser, setting: &Setting) -> String {
    browser.goto("/referrals/new").await;
    browser.fill("trade", "electrician").await;
    browser.fill("need", "New wiring for a house of 1924").await;
    browser.fill("country", "DE").await;
    browser.fill("postal_code", "50667").await;
    browser.fill("prospect.name", "Paula Prospect").await;
    browser.fill("prospect.email", PAULA).await;
    browser.choose("consent_path", "share").await;
    browser.choose("prospect.language", setting.language).await;
    browser.fill("worth_min", "8000").await;
    browser.choose_shown("receiver", "Volt Electric").await;
    browser.assert_in_shape().await;
    assert_eq!(browser.shows("[role='combobox']").await, setting.scripts, "scripts make a type-ahead of the trade");
    browser.click("form[action='/referrals/new'] button:not([name]):not([type='button'])").await;
    reads(browser, &["Paula Prospect", "Volt Electric"]).await;
    let look = browser.path().await;
    browser.click(&format!("form[action='{look}'] button:not([name]):not([type='button'])")).await;
    let referral = browser.path().await;
    assert!(referral.starts_with("/referrals/ref_") && !referral.ends_with("/pass"), "{referral}: {}", browser.text().await);
    reads(browser, &["Volt Electric"]).await;
    referral
}

/// The giver sends the link herself: the page of the referral has it in a text ready to send.
pub async fn link_for_the_prospect(browser: &Browser) -> String {
    let page = browser.text().await;
    page.split_whitespace().find(|word| word.starts_with("http") && word.contains("/i/")).expect("a link to share").to_owned()
}

pub async fn agree_as_the_prospect(browser: &Browser, link: &str) {
    browser.goto(link).await;
    let page = browser.text().await;
    assert!(page.contains("Anna Arch") && page.contains("Volt Electric"), "{page}");
    browser.assert_in_shape().await;
    browser.click_here("#answer-yes").await;
    browser.click("form[action^='/i/'] button:not([name])").await;
    assert!(browser.text().await.contains("Volt Electric"), "{}", browser.text().await);
    assert!(browser.shows("form[action$='/undo']").await, "{}", browser.text().await);
    browser.assert_in_shape().await;
}

async fn accept_from_the_mail(browser: &Browser) {
    let (mail, link) = browser.text_and_link_in_mail(ERIK.email, "/o/").await;
    assert!(!mail.contains("Paula") && !mail.contains(PAULA), "an offer does not name the prospect: {mail}");
    browser.goto(&link).await;
    assert!(!browser.text().await.contains("Paula"), "{}", browser.text().await);
    browser.assert_in_shape().await;
    browser.click_here("#accept").await;
    browser.click("form[action^='/o/'] button").await;
    browser.assert_in_shape().await;
}

async fn introduced_when_the_time_to_undo_is_over(server: &Server, browser: &Browser) {
    server.let_pass(UNDO_TIME);
    for address in [PAULA, ERIK.email] {
        let mail = browser.mail_saying(address, &["Paula Prospect", "Erik Volt", ERIK.email]).await;
        assert!(mail.contains("Anna Arch"), "{mail}");
    }
}

pub async fn follow_to_the_end(browser: &Browser, referral: &str) {
    browser.goto(referral).await;
    reads(browser, &["Paula Prospect", PAULA]).await;
    for step in ["contact", "quote", "win"] {
        if step == "win" {
            browser.fill_in("form[action$='/moves/win'] [name='amount']", "9200").await;
            browser.assert_in_shape().await;
        }
        browser.click_away(&format!("form[action$='/moves/{step}'] button:not([type='button'])")).await;
        assert_eq!(browser.path().await, *referral, "{step}: {}", browser.text().await);
    }
    browser.goto(referral).await;
    assert!(tells_the_amount(&browser.text().await), "{}", browser.text().await);
}

async fn see_what_it_brought(browser: &Browser, referral: &str) {
    browser.goto(referral).await;
    reads(browser, &["Volt Electric", "Paula Prospect"]).await;
    assert!(!tells_the_amount(&browser.text().await), "the giver is told no amount: {}", browser.text().await);
    browser.goto("/standing").await;
    reads(browser, &["Volt Electric", "120"]).await;
}

/// Nothing came back yet, and the browser itself checks the proof of that.
async fn check_what_comes_back(browser: &Browser) {
    browser.click("main a[href$='/rings']").await;
    reads(browser, &["0", "120"]).await;
    browser.assert_in_shape().await;
    browser.click_here("#check-clearing").await;
    for _ in 0..100 {
        let (right, told) = (browser.find("#check-clearing").await.attr("data-right").await.unwrap(), browser.find("#check-clearing-outcome").await);
        if right == Some(told.text().await.unwrap()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the proof was not checked: {}", browser.text().await);
}
