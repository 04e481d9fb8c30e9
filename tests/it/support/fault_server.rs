//! A mail server that misbehaves as it is told, one script a connection.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto::aws_lc_rs};

/// What the server does at one point.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// Says this; a CR LF is added.
    Say(&'static str),
    /// Says this and hangs up.
    SayAndClose(&'static str),
    /// Hangs up.
    Close,
    /// Says and reads nothing any more.
    Stall,
}

/// One connection. The default takes every mail.
#[derive(Debug, Clone, Copy)]
pub struct Script {
    pub greeting: Act,
    pub hello: Act,
    pub start_tls: Act,
    pub auth: Act,
    pub mail: Act,
    pub recipient: Act,
    pub data: Act,
    /// After 354, before anything of the message is read.
    pub body: Option<Act>,
    pub final_answer: Act,
    pub reset: Act,
    pub tls: ServerTls,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerTls {
    None,
    Implicit,
    StartTls,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            greeting: Act::Say("220 fault.example ESMTP"),
            hello: Act::Say("250-fault.example\r\n250 AUTH PLAIN"),
            start_tls: Act::Say("220 go"),
            auth: Act::Say("235 2.7.0 welcome"),
            mail: Act::Say("250 2.1.0 ok"),
            recipient: Act::Say("250 2.1.5 ok"),
            data: Act::Say("354 go ahead"),
            body: None,
            final_answer: Act::Say("250 2.0.0 queued as 4711"),
            reset: Act::Say("250 2.0.0 reset"),
            tls: ServerTls::None,
        }
    }
}

/// What the server has seen, over all connections.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    pub connections: usize,
    pub commands: Vec<String>,
    /// Complete messages, dots unstuffed.
    pub messages: Vec<Vec<u8>>,
}

/// Runs until it is dropped.
pub struct FaultServer {
    pub address: SocketAddr,
    /// Trust this to trust the server.
    pub certificate_pem: String,
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl FaultServer {
    /// The first connection gets the first script; the last script is repeated.
    pub async fn start(scripts: impl Into<Vec<Script>>) -> Self {
        let scripts = scripts.into();
        let socket = TcpSocket::new_v4().unwrap();
        // Small, so that a long body really blocks when nobody reads it.
        socket.set_recv_buffer_size(4_096).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(64).unwrap();
        let address = listener.local_addr().unwrap();
        let (acceptor, certificate_pem) = acceptor();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let task = tokio::spawn(accept(listener, acceptor, scripts, Arc::clone(&seen)));
        Self { address, certificate_pem, seen, task }
    }

    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }

    pub fn count(&self, command: &str) -> usize {
        self.seen().commands.iter().filter(|line| line.starts_with(command)).count()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn acceptor() -> (TlsAcceptor, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), made.cert.pem())
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, scripts: Vec<Script>, seen: Arc<Mutex<Seen>>) {
    for number in 0.. {
        let (tcp, _) = listener.accept().await.unwrap();
        tcp.set_nodelay(true).unwrap();
        seen.lock().unwrap().connections += 1;
        let script = scripts.get(number).copied().unwrap_or(scripts[scripts.len() - 1]);
        let (acceptor, seen) = (acceptor.clone(), Arc::clone(&seen));
        // A client that hangs up early is part of the play.
        tokio::spawn(async move { drop(serve(tcp, acceptor, script, seen).await) });
    }
}

async fn serve(tcp: TcpStream, acceptor: TlsAcceptor, script: Script, seen: Arc<Mutex<Seen>>) -> std::io::Result<()> {
    match script.tls {
        ServerTls::None => talk(BufStream::new(tcp), script, seen, true).await.map(drop),
        ServerTls::Implicit => talk(BufStream::new(acceptor.accept(tcp).await?), script, seen, true).await.map(drop),
        ServerTls::StartTls => match talk(BufStream::new(tcp), script, Arc::clone(&seen), true).await? {
            Some(plain) => {
                let encrypted = acceptor.accept(plain.into_inner()).await?;
                let inside = Script { hello: Act::Say("250-inside.example\r\n250 AUTH PLAIN"), ..script };
                talk(BufStream::new(encrypted), inside, seen, false).await.map(drop)
            }
            None => Ok(()),
        },
    }
}

/// Gives the stream back when the client wants TLS on it.
async fn talk<S>(mut stream: BufStream<S>, script: Script, seen: Arc<Mutex<Seen>>, greet: bool) -> std::io::Result<Option<BufStream<S>>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if greet && !perform(&mut stream, script.greeting).await? {
        return Ok(None);
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let command = line.trim_end().to_owned();
        seen.lock().unwrap().commands.push(command.clone());
        let act = match command.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => script.hello,
            "STARTTLS" => {
                perform(&mut stream, script.start_tls).await?;
                return Ok(Some(stream));
            }
            "AUTH" => script.auth,
            "MAIL" => script.mail,
            "RCPT" => script.recipient,
            "DATA" => script.data,
            "RSET" => script.reset,
            "NOOP" => Act::Say("250 2.0.0 ok"),
            "QUIT" => Act::SayAndClose("221 2.0.0 bye"),
            _ => Act::Say("500 5.5.1 what?"),
        };
        let goes_on = perform(&mut stream, act).await?;
        let takes_body = command == "DATA" && matches!(act, Act::Say(line) if line.starts_with("354"));
        if !goes_on || (takes_body && !take_body(&mut stream, &script, &seen).await?) {
            return Ok(None);
        }
    }
}

async fn take_body<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufStream<S>, script: &Script, seen: &Mutex<Seen>) -> std::io::Result<bool> {
    if let Some(act) = script.body {
        return perform(stream, act).await;
    }
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(false);
        }
        if line == b".\r\n" {
            break;
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
    seen.lock().unwrap().messages.push(message);
    perform(stream, script.final_answer).await
}

/// Whether the conversation goes on.
async fn perform<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufStream<S>, act: Act) -> std::io::Result<bool> {
    match act {
        Act::Say(line) | Act::SayAndClose(line) => {
            stream.write_all(format!("{line}\r\n").as_bytes()).await?;
            stream.flush().await?;
            Ok(matches!(act, Act::Say(_)))
        }
        Act::Close => Ok(false),
        Act::Stall => std::future::pending().await,
    }
}
