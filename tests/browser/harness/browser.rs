//! Chromium, driven as a person would: by what is shown.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use kularing::kernel::Language;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::look::Theme;

const PATIENCE: Duration = Duration::from_secs(20);

/// Answers what must be pressed first so that the element can be seen: what it is folded into, or what opens its dialog.
const FOLDED_INTO: &str = "
    const fold = arguments[0].closest('details:not([open])');
    if (fold && fold.querySelector('summary') !== arguments[0]) return fold.querySelector('summary');
    return arguments[0].closest('dialog:not([open])')?.previousElementSibling ?? null;";

/// Which browser somebody uses.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Whether scripts run.
    pub scripts: bool,
    /// How wide the screen is.
    pub width: u64,
    /// The browser's language.
    pub language: &'static str,
}

impl Default for Setting {
    fn default() -> Self {
        Self { scripts: true, width: 1280, language: "en" }
    }
}

/// The line to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// As it is.
    Whole,
    /// Every answer takes a few seconds.
    Slow,
    /// Nothing goes through.
    Cut,
}

/// One browser window; the driver ends when it is dropped, and the browser with it.
pub struct Browser {
    pub client: Client,
    pub width: u64,
    pub language: &'static str,
    base_url: String,
    driver: Child,
    _profile: TempDir,
}

impl Browser {
    pub async fn start(driver: &Path, base_url: &str, setting: &Setting) -> Self {
        let profile = TempDir::new().unwrap();
        let port = super::free_port();
        let driver = Command::new(driver).arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        super::wait_for_port(port, "chromedriver", 20);
        let profile_flag = format!("--user-data-dir={}", profile.path().display());
        let language_flag = format!("--lang={}", setting.language);
        let flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &language_flag,
            "--window-size=1280,900",
            "--hide-scrollbars",
            &profile_flag,
        ];
        let capabilities = json!({
            "goog:chromeOptions": { "args": flags, "prefs": { "intl.accept_languages": setting.language } },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await.expect("chromium starts");
        let browser = Self { client, width: setting.width, language: setting.language, base_url: base_url.to_owned(), driver, _profile: profile };
        browser.show_as(setting.width, Theme::Light).await;
        if !setting.scripts {
            browser.chrome("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        }
        browser
    }

    /// Goes to a path of the server, or to a whole address.
    pub async fn goto(&self, path: &str) {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base_url) };
        self.client.goto(&address).await.unwrap();
    }

    /// From now on the browser prefers this language.
    pub async fn prefers(&self, language: Language) {
        self.chrome("Network.enable", json!({})).await;
        self.chrome("Network.setExtraHTTPHeaders", json!({ "headers": { "accept-language": language.as_str() } })).await;
    }

    /// What becomes of what is sent from now on.
    pub async fn line(&self, line: Line) {
        let wait_ms = if line == Line::Slow { 3_000 } else { 0 };
        self.chrome("Network.enable", json!({})).await;
        let conditions = json!({ "offline": line == Line::Cut, "latency": wait_ms, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.chrome("Network.emulateNetworkConditions", conditions).await;
    }

    /// The path of the page that is shown.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// Types into the field with this name, in place of what stands there.
    pub async fn fill(&self, name: &str, value: &str) {
        self.fill_in(&format!("[name='{name}']"), value).await;
    }

    /// Types into what this selector finds.
    pub async fn fill_in(&self, selector: &str, value: &str) {
        let field = self.reach(selector).await;
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Chooses the option whose text holds these words.
    pub async fn choose_shown(&self, name: &str, words: &str) {
        let value = self.value_of_option(name, words).await;
        assert!(!value.is_empty(), "{name} has no option with {words}: {}", self.text().await);
        // What is suggested may just take the place of the list that was found: then it is looked for again.
        for _ in 0..5 {
            let field = self.reach(&format!("select[name='{name}']")).await;
            if field.select_by_value(&value).await.is_ok() {
                return;
            }
        }
        panic!("{name} cannot be chosen: {}", self.text().await);
    }

    /// Clicks something that stays on the page.
    pub async fn click_here(&self, selector: &str) {
        self.reach(selector).await.click().await.unwrap();
    }

    /// What this selector finds, unfolded and in the middle of the screen. A part that is brought up to date just then is
    /// looked for again.
    async fn reach(&self, selector: &str) -> Element {
        for _ in 0..5 {
            let element = self.find(selector).await;
            if self.show(&element).await.is_ok() {
                return element;
            }
        }
        panic!("{selector} does not stay on {}", self.path().await);
    }

    async fn show(&self, element: &Element) -> Result<(), CmdError> {
        let this = serde_json::to_value(element).unwrap();
        for _ in 0..4 {
            let folded = self.client.execute(FOLDED_INTO, vec![this.clone()]).await?;
            if folded.is_null() {
                break;
            }
            self.client.execute("arguments[0].click()", vec![folded]).await?;
        }
        self.client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![this]).await?;
        Ok(())
    }

    /// Chooses by value: an option of a list, or one of several cards.
    pub async fn choose(&self, name: &str, value: &str) {
        let card = format!("input[type='radio'][name='{name}'][value='{value}']");
        if self.shows(&card).await {
            return self.click_here(&card).await;
        }
        let field = self.reach(&format!("select[name='{name}']")).await;
        field.select_by_value(value).await.unwrap_or_else(|error| panic!("{name} has no option {value}: {error}"));
    }

    /// Clicks a move, which goes away because it was made: the next page comes, or what is shown changes.
    pub async fn click_away(&self, selector: &str) {
        self.click_here(selector).await;
        for _ in 0..200 {
            if !self.shows(selector).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{selector} is still on {}: {}", self.path().await, self.text().await);
    }

    /// Clicks what this selector finds and waits for the next page.
    pub async fn click(&self, selector: &str) {
        let element = self.reach(selector).await;
        self.mark_as_old().await;
        element.click().await.unwrap();
        self.wait_for_the_next_page(selector).await;
    }

    pub(super) async fn mark_as_old(&self) {
        self.client.execute("document.documentElement.dataset.old = 'yes'", Vec::new()).await.unwrap();
    }

    pub async fn wait_for_the_next_page(&self, pressed: &str) {
        let gone = "return document.documentElement.dataset.old === undefined && document.readyState === 'complete'";
        for _ in 0..200 {
            if self.client.execute(gone, Vec::new()).await.is_ok_and(|value| value == true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{pressed} led nowhere from {}: {}", self.path().await, self.text().await);
    }

    /// Sends the form with this action.
    pub async fn submit(&self, action: &str) {
        self.click(&format!("form[action='{action}'] button:not([type='button'])")).await;
    }

    /// The visible text of the page.
    pub async fn text(&self) -> String {
        self.find("main").await.text().await.unwrap()
    }

    /// Whether the page has it now, without waiting.
    pub async fn shows(&self, selector: &str) -> bool {
        !self.client.find_all(Locator::Css(selector)).await.unwrap().is_empty()
    }

    pub async fn find(&self, selector: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => panic!("{selector} is not on {}: {error}\n{}", self.path().await, self.client.source().await.unwrap_or_default()),
        }
    }

    /// What the browser wrote into its console: errors of scripts, and what the page's own rules refuse.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.client.issue_cmd(ChromeLog).await.unwrap();
        let severe = entries.as_array().into_iter().flatten().filter(|entry| entry["level"] == "SEVERE" && !is_answer_to_a_form(entry));
        severe.map(|entry| entry["message"].to_string()).collect()
    }

    /// Asserts that the browser wrote no error into its console.
    pub async fn assert_quiet_console(&self, page: &str) {
        let errors = self.complaints().await;
        assert!(errors.is_empty(), "{page}: {errors:?}");
    }

    pub(super) async fn chrome(&self, command: &str, parameters: Value) -> Value {
        self.client.issue_cmd(ChromeCommand(json!({ "cmd": command, "params": parameters }))).await.unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser when it is asked to end.
        let _ = Command::new("kill").arg(self.driver.id().to_string()).status();
        for _ in 0..40 {
            if matches!(self.driver.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[derive(Debug)]
struct ChromeCommand(Value);

impl WebDriverCompatibleCommand for ChromeCommand {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or("")))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}

#[derive(Debug)]
struct ChromeLog;

impl WebDriverCompatibleCommand for ChromeLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or("")))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// A form shown again, a wrong password and an address that leads nowhere answer 422, 401 and 404: Chromium logs that, and it is
/// as it should be. A file that is missing is not.
fn is_answer_to_a_form(entry: &Value) -> bool {
    let message = entry["message"].as_str().unwrap_or("");
    // Whoever opens page after page faster than a person is asked to wait with the stream of one, which comes again by itself.
    if message.contains("/events") && message.contains("status of 429") {
        return true;
    }
    entry["source"] == "network"
        && !message.contains("/static/")
        && ["status of 422", "status of 401", "status of 404"].iter().any(|status| message.contains(status))
}
