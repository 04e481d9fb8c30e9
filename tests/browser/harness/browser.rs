//! Chromium, driven as a person would: by what is shown.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

const SCREENSHOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/screenshots");
/// Chromium makes no picture of a page that is much longer.
const PICTURE_HEIGHT_MAX: u64 = 12_000;
const PATIENCE: Duration = Duration::from_secs(20);

/// Light or dark, as the person's system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// One browser window; the driver ends when it is dropped, and the browser with it.
pub struct Browser {
    pub client: Client,
    base_url: String,
    driver: Child,
    _profile: TempDir,
}

impl Browser {
    pub async fn start(driver: &Path, base_url: &str) -> Self {
        let profile = TempDir::new().unwrap();
        let port = super::free_port();
        let driver = Command::new(driver).arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        super::wait_for_port(port, "chromedriver");
        let profile_flag = format!("--user-data-dir={}", profile.path().display());
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
            "--lang=en",
            "--window-size=1280,900",
            &profile_flag,
        ];
        let capabilities = json!({
            "goog:chromeOptions": { "args": flags, "prefs": { "intl.accept_languages": "en" } },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await.expect("chromium starts");
        Self { client, base_url: base_url.to_owned(), driver, _profile: profile }
    }

    /// Goes to a path of the server, or to a whole address.
    pub async fn goto(&self, path: &str) {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base_url) };
        self.client.goto(&address).await.unwrap();
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
        let field = self.find(selector).await;
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Chooses the option whose text holds these words.
    pub async fn choose_shown(&self, name: &str, words: &str) {
        let field = self.find(&format!("select[name='{name}']")).await;
        for option in field.find_all(Locator::Css("option")).await.unwrap() {
            if option.text().await.unwrap().contains(words) {
                option.click().await.unwrap();
                return;
            }
        }
        panic!("{name} has no option with {words}: {}", field.text().await.unwrap());
    }

    /// Clicks something that stays on the page.
    pub async fn click_here(&self, selector: &str) {
        let element = self.find(selector).await;
        self.client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![serde_json::to_value(&element).unwrap()]).await.unwrap();
        element.click().await.unwrap();
    }

    /// Chooses an option by its value.
    pub async fn choose(&self, name: &str, value: &str) {
        let field = self.find(&format!("select[name='{name}']")).await;
        field.select_by_value(value).await.unwrap_or_else(|error| panic!("{name} has no option {value}: {error}"));
    }

    /// Clicks what this selector finds and waits for the next page.
    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        self.client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![serde_json::to_value(&element).unwrap()]).await.unwrap();
        let marker = "document.documentElement.dataset.old = 'yes'";
        self.client.execute(marker, Vec::new()).await.unwrap();
        element.click().await.unwrap();
        let gone = "return document.documentElement.dataset.old === undefined && document.readyState === 'complete'";
        for _ in 0..200 {
            if self.client.execute(gone, Vec::new()).await.is_ok_and(|value| value == true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("clicking {selector} led nowhere from {}: {}", self.path().await, self.text().await);
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

    pub async fn find(&self, selector: &str) -> fantoccini::elements::Element {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => panic!("{selector} is not on {}: {error}\n{}", self.path().await, self.client.source().await.unwrap_or_default()),
        }
    }

    /// Takes pictures of the page as a phone and a screen show it, light and dark, and asserts that nothing sticks out and
    /// that the browser found nothing to complain about (scripts, styles, refused loads).
    pub async fn take_pictures(&self, name: &str) {
        std::fs::create_dir_all(SCREENSHOTS).unwrap();
        for width in [360, 1280] {
            for theme in [Theme::Light, Theme::Dark] {
                self.show_as(width, theme).await;
                let wide = self.client.execute("return document.documentElement.scrollWidth", Vec::new()).await.unwrap();
                assert!(wide.as_u64().unwrap() <= width, "{name} is {wide} wide on a screen of {width}");
                let tall = self.client.execute("return document.documentElement.scrollHeight", Vec::new()).await.unwrap();
                let clip = json!({ "x": 0, "y": 0, "width": width, "height": tall.as_u64().unwrap().min(PICTURE_HEIGHT_MAX), "scale": 1 });
                let picture = self.chrome("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true, "clip": clip })).await;
                let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, picture["data"].as_str().unwrap()).unwrap();
                let theme = if theme == Theme::Dark { "dark" } else { "light" };
                std::fs::write(format!("{SCREENSHOTS}/{name}-{width}-{theme}.png"), bytes).unwrap();
            }
        }
        self.show_as(1280, Theme::Light).await;
        self.assert_quiet_console(name).await;
    }

    /// Asserts that the browser wrote no error into its console.
    pub async fn assert_quiet_console(&self, page: &str) {
        let entries = self.client.issue_cmd(ChromeLog).await.unwrap();
        let errors: Vec<&Value> = entries.as_array().into_iter().flatten().filter(|entry| entry["level"] == "SEVERE" && !is_answer_to_a_form(entry)).collect();
        assert!(errors.is_empty(), "{page}: {errors:?}");
    }

    async fn show_as(&self, width: u64, theme: Theme) {
        let theme = if theme == Theme::Dark { "dark" } else { "light" };
        self.chrome("Emulation.setDeviceMetricsOverride", json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600 })).await;
        self.chrome("Emulation.setEmulatedMedia", json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] })).await;
    }

    async fn chrome(&self, command: &str, parameters: Value) -> Value {
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

/// A form shown again and a wrong password answer 422 and 401: Chromium logs that, and it is as it should be.
fn is_answer_to_a_form(entry: &Value) -> bool {
    let message = entry["message"].as_str().unwrap_or("");
    entry["source"] == "network" && ["status of 422", "status of 401"].iter().any(|status| message.contains(status))
}
