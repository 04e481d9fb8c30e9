//! What happens to mails out there, played for real: requests go to the server's own address, over the network.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::message::Shown;
use crate::http::State;
use crate::kernel::{Answer, Failure};

const PATIENCE: Duration = Duration::from_secs(10);
const LINKS_MAX: usize = 20;
const HEAD_MAX_BYTES: usize = 4_096;

/// A request that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// GET, HEAD or POST.
    pub method: &'static str,
    /// Where.
    pub path: String,
    /// The answer's status line.
    pub status: String,
}

/// A mail gateway: opens every link of the mail that leads here, by GET and by HEAD.
pub async fn scan(state: &State, shown: &Shown) -> Answer<Vec<Played>> {
    let mut played = Vec::new();
    for path in shown.links().filter_map(|link| own_path(state, link)).take(LINKS_MAX) {
        for method in ["GET", "HEAD"] {
            played.push(request(state, method, path, "").await?);
        }
    }
    Ok(played)
}

/// The stop button of a mail program (RFC 8058): a POST without cookies.
pub async fn press_stop(state: &State, shown: &Shown) -> Answer<Played> {
    let link = shown.stop_link().and_then(|link| own_path(state, link));
    let path = link.ok_or_else(|| Failure::conflict("no_stop_button", "this mail has no List-Unsubscribe header"))?;
    request(state, "POST", path, "List-Unsubscribe=One-Click").await
}

fn own_path<'l>(state: &State, link: &'l str) -> Option<&'l str> {
    link.strip_prefix(state.config.server.base_url.as_str()).filter(|path| path.starts_with('/'))
}

async fn request(state: &State, method: &'static str, path: &str, body: &str) -> Answer<Played> {
    let asked = tokio::time::timeout(PATIENCE, exchange(state, method, path, body)).await;
    let status = match asked {
        Ok(Ok(status)) => status,
        Ok(Err(error)) => return Err(Failure::Busy(format!("the server does not reach itself: {error}"))),
        Err(_elapsed) => return Err(Failure::Busy("the server does not answer itself".to_owned())),
    };
    Ok(Played { method, path: path.to_owned(), status })
}

/// Speaks to the address the server listens on, so that no proxy and no certificate stands in between.
async fn exchange(state: &State, method: &str, path: &str, body: &str) -> std::io::Result<String> {
    let server = &state.config.server;
    let host = server.base_url.split_once("://").map_or("", |(_, host)| host);
    let mut stream = TcpStream::connect(&server.listen).await?;
    let form = if body.is_empty() { String::new() } else { format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len()) };
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Kularing-Mailbox\r\nAccept: text/html\r\nConnection: close\r\n{form}\r\n{body}");
    stream.write_all(head.as_bytes()).await?;
    let mut answer = Vec::new();
    let mut buffer = [0; 1_024];
    while answer.len() < HEAD_MAX_BYTES && !answer.contains(&b'\n') {
        match stream.read(&mut buffer).await? {
            0 => break,
            count => answer.extend_from_slice(buffer.get(..count).unwrap_or_default()),
        }
    }
    let text = String::from_utf8_lossy(&answer);
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}
