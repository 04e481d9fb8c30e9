//! What one comes to only by doing something: each is looked at as every page is, on a phone and on a desk, light and dark.

use kularing::demo::cast::PASSWORD;

use crate::gallery::{self, Found};
use crate::harness::Browser;
use crate::live::until;
use crate::pages::Who;

/// More wrong passwords than anybody may try in a minute.
const TRIES: usize = 40;

/// Ends with nobody being able to sign in for a while.
pub async fn look(browser: &Browser, found: &Found) -> Vec<String> {
    let mut wrong = Vec::new();
    browser.sign_out().await;
    browser.sign_in_with(gallery::email(Who::Partner).unwrap(), PASSWORD).await;
    what_opens(browser, found, &mut wrong).await;
    what_is_refused(browser, found, &mut wrong).await;
    browser.sign_out().await;
    an_answer_that_can_be_taken_back(browser, found, &mut wrong).await;
    too_often(browser, &mut wrong).await;
    // Chromium notes every answer that refuses.
    wrong.retain(|what| !["403", "409", "429"].iter().any(|status| what.contains("console: ") && what.contains(&format!("status of {status}"))));
    wrong
}

/// A menu, a dialog, a list of matches, cards of suggestions.
async fn what_opens(browser: &Browser, found: &Found, wrong: &mut Vec<String>) {
    browser.goto("/").await;
    browser.click_here("details.menu > summary").await;
    assert!(browser.shows("details.menu[open] .sheet").await);
    wrong.extend(browser.look_at("state-menu").await);

    browser.goto(&format!("/referrals/{}", found["disputable"])).await;
    browser.click_here("button:has(+ dialog form[action$='/moves/dispute'])").await;
    assert!(browser.shows("dialog[open]").await);
    wrong.extend(browser.look_at("state-dialog").await);

    browser.goto("/referrals/new").await;
    // Everybody reads Russian by now.
    browser.click_here("[name='trade']").await;
    browser.type_in("эл").await;
    assert!(browser.shows("[role='combobox'][aria-expanded='true']").await);
    wrong.extend(browser.look_at("state-matches").await);

    browser.fill("trade", "electrician").await;
    browser.fill("need", "New wiring for a house of 1924").await;
    until(browser, "the suggestions", "return !!document.querySelector(\"input[name='suggested']\")").await;
    browser.client.execute("document.querySelectorAll('#suggestions details').forEach((why) => why.open = true)", Vec::new()).await.unwrap();
    wrong.extend(browser.look_at("state-suggestions").await);
}

/// A form with errors, a page for organisers, a move that is not possible any more.
async fn what_is_refused(browser: &Browser, found: &Found, wrong: &mut Vec<String>) {
    browser.goto("/circles/new").await;
    browser.without_browser_checks().await;
    browser.submit("/circles").await;
    wrong.extend(answered(browser, "state-errors", 422).await);
    browser.goto(&format!("/circles/{}/invitations", found["circle"])).await;
    wrong.extend(answered(browser, "state-forbidden", 403).await);
    browser.goto(&format!("/referrals/{}/pass", found["won"])).await;
    wrong.extend(answered(browser, "state-conflict", 409).await);
}

async fn an_answer_that_can_be_taken_back(browser: &Browser, found: &Found, wrong: &mut Vec<String>) {
    browser.goto(&found["question"]).await;
    browser.click_here("#answer-yes").await;
    browser.click("form[action^='/i/'] button:not([name])").await;
    assert!(browser.shows("form[action$='/undo']").await, "{}", browser.text().await);
    wrong.extend(browser.look_at("state-answered").await);
}

async fn too_often(browser: &Browser, wrong: &mut Vec<String>) {
    for _ in 0..TRIES {
        browser.goto("/sign-in").await;
        browser.fill("email", "nobody@nowhere.example").await;
        browser.fill("password", "wrong, wrong, wrong").await;
        browser.submit("/sign-in").await;
        if status(browser).await == 429 {
            break;
        }
    }
    wrong.extend(answered(browser, "state-too-often", 429).await);
}

/// What is wrong with a page that should have this status.
async fn answered(browser: &Browser, name: &str, expected: u64) -> Vec<String> {
    let status = status(browser).await;
    assert_eq!(status, expected, "{name}: {}", browser.text().await);
    browser.look_at(name).await
}

async fn status(browser: &Browser) -> u64 {
    let script = "return performance.getEntriesByType('navigation')[0].responseStatus";
    browser.client.execute(script, Vec::new()).await.unwrap().as_u64().unwrap()
}
