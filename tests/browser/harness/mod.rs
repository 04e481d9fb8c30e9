//! The server, the browser and what a walk does with them.

mod acts;
mod browser;
mod keyboard;
mod look;
mod server;

use std::path::PathBuf;

pub use acts::{PASSWORD, Registration};
pub use browser::{Browser, Line, Setting};
pub use server::Server;

/// A server with a browser before it; `None` (after a loud line) when there is no Chromium here.
pub async fn start() -> Option<(Server, Browser)> {
    start_as(&Setting::default()).await
}

/// The same with a browser of this kind.
pub async fn start_as(setting: &Setting) -> Option<(Server, Browser)> {
    let driver = driver()?;
    let server = Server::start();
    let browser = Browser::start(&driver, &server.base_url, setting).await;
    Some((server, browser))
}

/// A second browser before the same server, with nothing in common with the first.
pub async fn another(server: &Server) -> Browser {
    Browser::start(&find("chromedriver").expect("the first one found it"), &server.base_url, &Setting::default()).await
}

/// The driver of the browser, if both are here.
pub fn driver() -> Option<PathBuf> {
    if let (Some(_), Some(driver)) = (find("chromium"), find("chromedriver")) {
        return Some(driver);
    }
    let required = std::env::var("KULARING_TEST_REQUIRE").unwrap_or_default().split(',').any(|part| part == "chromium");
    assert!(!required, "chromium and chromedriver are required and not here");
    use std::io::Write;
    // Past the test harness's capture, so that it is seen when everything passes.
    let _ = writeln!(std::io::stderr().lock(), "\n*** LEFT OUT: the walks in a browser. Install chromium and chromium-driver to run them. ***\n");
    None
}

fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until something listens on the port, for so many seconds.
pub fn wait_for_port(port: u16, what: &str, seconds: u32) {
    for _ in 0..seconds * 20 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{what} does not listen on port {port}");
}
