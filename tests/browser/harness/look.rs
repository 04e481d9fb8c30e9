//! What the page looks like: pictures, what a careful eye would find wrong, and what axe-core finds.

use std::fs;
use std::io::Write;
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::Browser;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const LAYOUT: &str = include_str!("layout.js");
/// Chromium makes no picture of a page that is much longer.
const PICTURE_HEIGHT_MAX: u64 = 12_000;
const SCREEN_HEIGHT: u64 = 800;
/// Every rule that axe applies by itself, and the size of what is pressed.
const AXE_RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { preload: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
      .then((found) => done(found.violations.map((one) => `${one.id}: ` + one.nodes.slice(0, 4).map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160)).join(' | '))))
      .catch((error) => done([String(error)]));";
const WEIGHT: &str = "
    const kinds = ['link', 'script', 'img', 'use', 'css', 'other'];
    const files = performance.getEntriesByType('resource').filter((file) => kinds.includes(file.initiatorType) && file.name.includes('/static/'));
    return performance.getEntriesByType('navigation')[0].encodedBodySize + files.reduce((sum, file) => sum + file.encodedBodySize, 0);";

/// Light or dark, as the person's system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The text of axe-core, if it is here: `.ci/run` fetches it, it is not part of the project.
fn axe() -> Option<&'static str> {
    static AXE: OnceLock<Option<String>> = OnceLock::new();
    let read = || {
        let path = std::env::var("KULARING_TEST_AXE").unwrap_or_else(|_| format!("{ROOT}/target/axe/axe.min.js"));
        let found = fs::read_to_string(&path).ok();
        if found.is_none() {
            let required = std::env::var("KULARING_TEST_REQUIRE").unwrap_or_default().split(',').any(|part| part == "axe");
            assert!(!required, "axe-core is required and not at {path}");
            // Past the test harness's capture, so that it is seen when everything passes.
            let _ = writeln!(std::io::stderr().lock(), "\n*** LEFT OUT: what axe-core finds. `.ci/run` fetches it to {path}. ***\n");
        }
        found
    };
    AXE.get_or_init(read).as_deref()
}

impl Browser {
    /// Pictures of the page as a phone and a screen show it, light and dark; answers what is wrong with it: what sticks out or
    /// is cut, what axe finds, and what the browser complains about.
    pub async fn look_at(&self, name: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for width in [360, 1280] {
            for theme in [Theme::Light, Theme::Dark] {
                self.show_as(width, theme).await;
                self.take_picture(&format!("{name}-{width}-{}", theme.name())).await;
                if theme == Theme::Light {
                    wrong.extend(self.layout().await.into_iter().map(|what| format!("{name} at {width}: {what}")));
                }
                // Colours do not depend on the width, and what folds does not depend on the colours.
                if (width == 360) == (theme == Theme::Light) {
                    wrong.extend(self.axe().await.into_iter().map(|what| format!("{name}, {}, axe: {what}", theme.name())));
                }
            }
        }
        self.show_as(self.width, Theme::Light).await;
        wrong.extend(self.complaints().await.into_iter().map(|what| format!("{name}, console: {what}")));
        wrong
    }

    /// The same, and nothing may be wrong.
    pub async fn take_pictures(&self, name: &str) {
        let wrong = self.look_at(name).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// What sticks out or is cut as a phone and a screen show the page, and what the browser complains about.
    pub async fn shape(&self, name: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for width in [360, 1280] {
            self.show_as(width, Theme::Light).await;
            wrong.extend(self.layout().await.into_iter().map(|what| format!("{name} at {width}: {what}")));
        }
        self.show_as(self.width, Theme::Light).await;
        wrong.extend(self.complaints().await.into_iter().map(|what| format!("{name}, console: {what}")));
        wrong
    }

    /// Asserts that nothing sticks out or is cut on the screen as it is.
    pub async fn assert_in_shape(&self) {
        let wrong = self.layout().await;
        assert!(wrong.is_empty(), "{} at {} in {}:\n{}", self.path().await, self.width, self.language, wrong.join("\n"));
    }

    async fn layout(&self) -> Vec<String> {
        sentences(&self.client.execute(LAYOUT, Vec::new()).await.unwrap())
    }

    async fn axe(&self) -> Vec<String> {
        let Some(axe) = axe() else { return Vec::new() };
        self.client.execute(&format!("if (!window.axe) {{ {axe} }}"), Vec::new()).await.unwrap();
        sentences(&self.client.execute_async(AXE_RUN, Vec::new()).await.unwrap())
    }

    /// What the page and its own files weigh as they were sent.
    pub async fn weight(&self) -> u64 {
        self.client.execute(WEIGHT, Vec::new()).await.unwrap().as_u64().unwrap()
    }

    async fn take_picture(&self, name: &str) {
        let folder = format!("{ROOT}/target/screenshots");
        fs::create_dir_all(&folder).unwrap();
        let size = self.client.execute("return [document.documentElement.clientWidth, document.documentElement.scrollHeight]", Vec::new()).await.unwrap();
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1].as_u64().unwrap().min(PICTURE_HEIGHT_MAX), "scale": 1 });
        let picture =
            self.chrome("Page.captureScreenshot", json!({ "format": "png", "optimizeForSpeed": true, "captureBeyondViewport": true, "clip": clip })).await;
        let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, picture["data"].as_str().unwrap()).unwrap();
        fs::write(format!("{folder}/{name}.png"), bytes).unwrap();
    }

    async fn screen(&self, width: u64, height: u64) {
        self.chrome("Emulation.setDeviceMetricsOverride", json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false })).await;
    }

    /// Shows the page as a device of this width does, light or dark.
    pub async fn show_as(&self, width: u64, theme: Theme) {
        self.screen(width, SCREEN_HEIGHT).await;
        // Without movement: a colour on its way to another is neither.
        let features = json!([{ "name": "prefers-color-scheme", "value": theme.name() }, { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.chrome("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }
}

fn sentences(found: &Value) -> Vec<String> {
    found.as_array().into_iter().flatten().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect()
}
