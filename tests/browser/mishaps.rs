//! What happens to everybody: the back button, two presses, two windows on one form, a session that ends. Nothing typed is lost,
//! and nothing is done twice.

use fantoccini::Client;

use crate::harness::{self, Browser, Setting};
use crate::main_job::{ANNA, found_a_circle};

const NEW: &str = "/referrals/new";

#[tokio::test]
async fn with_scripts() {
    go_wrong(&Setting { width: 360, ..Setting::default() }).await;
}

#[tokio::test]
async fn without_scripts() {
    go_wrong(&Setting { scripts: false, ..Setting::default() }).await;
}

async fn go_wrong(setting: &Setting) {
    let Some((_server, browser)) = harness::start_as(setting).await else { return };
    browser.arrive(&ANNA).await;
    found_a_circle(&browser).await;
    the_back_button(&browser).await;
    two_presses(&browser).await;
    two_windows(&browser).await;
    the_session_ends(&browser).await;
    browser.assert_quiet_console("mishaps").await;
}

/// From the preview back to the form, which still holds everything; a changed word changes the draft.
async fn the_back_button(browser: &Browser) {
    write_a_draft(browser).await;
    let look = browser.path().await;
    browser.client.back().await.unwrap();
    assert_eq!(browser.path().await, NEW);
    comes_to_hold(browser, "need", "New wiring").await;
    comes_to_hold(browser, "prospect.email", "paula@prospect.example").await;
    browser.fill("need", "New wiring and lamps").await;
    send(browser, NEW).await;
    assert_eq!(browser.path().await, look, "it is the same draft");
    assert!(browser.text().await.contains("New wiring and lamps"), "{}", browser.text().await);
    browser.goto("/referrals").await;
    assert_eq!(browser.hrefs("main .list a[href^='/referrals/ref_']").await.len(), 1, "{}", browser.text().await);
}

async fn write_a_draft(browser: &Browser) {
    browser.goto(NEW).await;
    for (name, words) in [("trade", "electrician"), ("need", "New wiring"), ("prospect.name", "Paula Prospect"), ("prospect.email", "paula@prospect.example")] {
        browser.fill(name, words).await;
    }
    send(browser, NEW).await;
}

async fn send(browser: &Browser, action: &str) {
    browser.click(&format!("form[action='{action}'] button:not([name]):not([type='button'])")).await;
}

async fn value(browser: &Browser, name: &str) -> String {
    browser.find(&format!("[name='{name}']")).await.prop("value").await.unwrap().unwrap_or_default()
}

/// A browser that goes back puts what was typed in place a moment after the page.
async fn comes_to_hold(browser: &Browser, name: &str, words: &str) {
    for _ in 0..50 {
        if value(browser, name).await == words {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(value(browser, name).await, words);
}

/// Two presses before the first is answered found one circle.
async fn two_presses(browser: &Browser) {
    browser.goto("/circles/new").await;
    browser.choose("kind", "networking").await;
    browser.fill("name", "Twice").await;
    let press = "const form = document.querySelector('form[action=\"/circles\"]'); document.documentElement.dataset.old = 'yes'; form.submit(); form.submit();";
    browser.client.execute(press, Vec::new()).await.unwrap();
    browser.wait_for_the_next_page("the button, twice").await;
    assert!(browser.path().await.starts_with("/circles/cir_"), "{}", browser.text().await);
    browser.goto("/circles").await;
    assert_eq!(browser.text().await.matches("Twice").count(), 1, "{}", browser.text().await);
}

/// The same form in two windows: the second is told, keeps its words, and may put them in place of the first's.
async fn two_windows(browser: &Browser) {
    const HERE: &str = "/settings/business";
    browser.goto(HERE).await;
    let (first, client): (_, &Client) = (browser.client.window().await.unwrap(), &browser.client);
    let second = client.new_window(true).await.unwrap().handle;
    client.switch_to_window(second).await.unwrap();
    browser.goto(HERE).await;
    browser.fill("description", "Typed in the second window").await;
    browser.submit(HERE).await;
    client.close_window().await.unwrap();
    client.switch_to_window(first).await.unwrap();
    browser.fill("description", "Typed in the first window").await;
    browser.submit(HERE).await;
    assert!(browser.text().await.contains("Somebody changed this while you were typing"), "{}", browser.text().await);
    assert_eq!(value(browser, "description").await, "Typed in the first window");
    browser.submit(HERE).await;
    browser.goto(HERE).await;
    assert_eq!(value(browser, "description").await, "Typed in the first window");
}

/// What is sent after the session has ended waits until its writer has signed in again.
async fn the_session_ends(browser: &Browser) {
    browser.goto("/circles/new").await;
    browser.choose("kind", "networking").await;
    browser.fill("name", "Typed for long").await;
    browser.sign_out().await;
    send(browser, "/circles").await;
    assert!(browser.text().await.contains("What you typed is kept"), "{}", browser.text().await);
    browser.fill("password", harness::PASSWORD).await;
    browser.fill("email", ANNA.email).await;
    browser.submit("/sign-in").await;
    assert!(browser.text().await.contains("Typed for long"), "{}", browser.text().await);
    browser.click("main form button:not([name])").await;
    assert!(browser.path().await.starts_with("/circles/cir_"), "{}", browser.text().await);
    assert!(browser.text().await.contains("Typed for long"), "{}", browser.text().await);
}
