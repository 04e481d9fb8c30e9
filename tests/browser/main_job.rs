//! The main job: an architect founds a value chain, invites an electrician, passes him a referral; both sides agree, one mail
//! connects them, the business is won, and the credits stand on both pages.

use std::time::Duration;

use crate::harness::{self, Browser, Registration, Server};

pub const ANNA: Registration<'static> = Registration { name: "Anna Arch", email: "anna@arch.example", business: "Arch & Sons", trade: "architect" };
pub const ERIK: Registration<'static> = Registration { name: "Erik Volt", email: "erik@volt.example", business: "Volt Electric", trade: "electrician" };
const PAULA: &str = "paula@prospect.example";
const UNDO_TIME: Duration = Duration::from_secs(120);

#[tokio::test]
async fn a_referral_is_passed_agreed_to_introduced_won_and_credited() {
    let Some((server, browser)) = harness::start().await else { return };
    browser.arrive(&ANNA).await;
    found_a_circle(&browser).await;
    browser.sign_out().await;
    join_by_the_mail(&browser).await;
    browser.sign_out().await;
    browser.sign_in(ANNA.email).await;
    let referral = pass(&browser).await;
    let link = link_for_the_prospect(&browser).await;
    browser.sign_out().await;
    agree_as_the_prospect(&browser, &link).await;
    accept_from_the_mail(&browser).await;
    introduced_when_the_time_to_undo_is_over(&server, &browser).await;
    browser.sign_in(ERIK.email).await;
    follow_to_the_end(&browser, &referral).await;
    browser.goto("/standing").await;
    // 10 for the introduction, 20 for the business, 90 for its nine whole thousands.
    assert!(browser.text().await.contains("You owe the circle 120 credits"), "{}", browser.text().await);
    browser.sign_out().await;
    browser.sign_in(ANNA.email).await;
    see_what_it_brought(&browser, &referral).await;
    check_what_comes_back(&browser).await;
}

pub async fn found_a_circle(browser: &Browser) {
    browser.goto("/circles/new").await;
    browser.choose("kind", "value_chain").await;
    browser.fill("name", "Building in Cologne").await;
    browser.fill("links", "Architectural practice, Electrical installation").await;
    browser.submit("/circles").await;
    let circle = browser.path().await;
    assert!(circle.starts_with("/circles/cir_"), "{circle}: {}", browser.text().await);
    browser.take_pictures("circle-new").await;
    browser.goto(&format!("{circle}/invitations")).await;
    browser.fill("email", ERIK.email).await;
    browser.click("form:has([name='email']) button").await;
    assert!(browser.text().await.contains(ERIK.email), "{}", browser.text().await);
    browser.take_pictures("circle-invitations").await;
}

/// The invited one has no account yet: he registers first and then comes back to the invitation.
pub async fn join_by_the_mail(browser: &Browser) {
    let invitation = browser.link_in_mail(ERIK.email, "/invitation/").await;
    browser.goto(&invitation).await;
    assert!(browser.text().await.contains("Arch & Sons"), "{}", browser.text().await);
    browser.take_pictures("invitation").await;
    browser.arrive(&ERIK).await;
    browser.goto(&invitation).await;
    browser.click("form[action^='/invitation/'] button").await;
    assert!(browser.path().await.starts_with("/circles/cir_"), "{}", browser.text().await);
}

/// Passes a referral by the form and its preview; answers the path of its page.
async fn pass(browser: &Browser) -> String {
    browser.goto("/referrals/new").await;
    if browser.path().await == "/referrals/new" && !browser.shows("select[name='receiver']").await {
        browser.click("main a[href^='/referrals/new?circle=']").await;
    }
    browser.fill("trade", "Electrical installation").await;
    browser.choose_shown("receiver", "Volt Electric").await;
    browser.fill("need", "New wiring for a house of 1924").await;
    browser.fill("country", "DE").await;
    browser.fill("postal_code", "50667").await;
    browser.fill("prospect.name", "Paula Prospect").await;
    browser.fill("prospect.email", PAULA).await;
    browser.choose("prospect.language", "en").await;
    browser.choose("consent_path", "share").await;
    browser.fill("worth_min", "8000").await;
    browser.take_pictures("referral-form").await;
    browser.click("form[action='/referrals/new'] button:not([name])").await;
    assert!(browser.text().await.contains("Paula Prospect"), "the preview: {}", browser.text().await);
    browser.take_pictures("referral-preview").await;
    let look = browser.path().await;
    browser.submit(&look).await;
    let referral = browser.path().await;
    assert!(browser.text().await.contains("Offered to Volt Electric"), "{}", browser.text().await);
    browser.take_pictures("referral-offered").await;
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
    browser.take_pictures("prospect-question").await;
    browser.click_here("#answer-yes").await;
    browser.click("form[action^='/i/'] button:not([name])").await;
    assert!(browser.text().await.contains("Volt Electric"), "{}", browser.text().await);
    assert!(browser.shows("form[action$='/undo']").await, "{}", browser.text().await);
    browser.take_pictures("prospect-answered").await;
}

async fn accept_from_the_mail(browser: &Browser) {
    let (mail, link) = browser.text_and_link_in_mail(ERIK.email, "/o/").await;
    assert!(!mail.contains("Paula") && !mail.contains(PAULA), "an offer does not name the prospect: {mail}");
    browser.goto(&link).await;
    assert!(!browser.text().await.contains("Paula"), "{}", browser.text().await);
    browser.take_pictures("offer").await;
    browser.click_here("#accept").await;
    browser.click("form[action^='/o/'] button").await;
    browser.take_pictures("offer-accepted").await;
}

async fn introduced_when_the_time_to_undo_is_over(server: &Server, browser: &Browser) {
    server.let_pass(UNDO_TIME);
    for address in [PAULA, ERIK.email] {
        let mail = browser.mail_saying(address, &["Paula Prospect", "Erik Volt", ERIK.email]).await;
        assert!(mail.contains("Anna Arch"), "{mail}");
    }
}

async fn follow_to_the_end(browser: &Browser, referral: &str) {
    browser.goto(referral).await;
    let page = browser.text().await;
    assert!(page.contains("Paula Prospect") && page.contains(PAULA), "now they know each other: {page}");
    for step in ["contact", "quote", "win"] {
        if step == "win" {
            browser.fill_in("form[action$='/moves/win'] [name='amount']", "9,200").await;
            browser.take_pictures("referral-quoted").await;
        }
        browser.click(&format!("form[action$='/moves/{step}'] button")).await;
        assert_eq!(browser.path().await, *referral, "{step}: {}", browser.text().await);
    }
    assert!(browser.text().await.contains("€9,200"), "{}", browser.text().await);
}

async fn see_what_it_brought(browser: &Browser, referral: &str) {
    browser.goto(referral).await;
    let page = browser.text().await;
    for words in ["Offered to Volt Electric", "Paula Prospect"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("9,200"), "the giver is told no amount: {page}");
    browser.take_pictures("referral-won").await;
    browser.goto("/standing").await;
    let page = browser.text().await;
    assert!(page.contains("Volt Electric") && page.contains("120"), "{page}");
    browser.take_pictures("standing").await;
}

/// Nothing came back yet, and the browser itself checks the proof of that.
async fn check_what_comes_back(browser: &Browser) {
    browser.click("main a[href$='/rings']").await;
    assert!(browser.text().await.contains("The most that could close: 0 credits of 120"), "{}", browser.text().await);
    browser.take_pictures("rings").await;
    browser.click_here("#check-clearing").await;
    for _ in 0..100 {
        if browser.find("#check-clearing-outcome").await.text().await.unwrap().starts_with("Checked in your browser") {
            return browser.assert_quiet_console("rings").await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the proof was not checked: {}", browser.text().await);
}
