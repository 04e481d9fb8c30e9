//! SQLite: two reader threads, one writer thread with group commit.
//!
//! The writer takes what waits (and never lingers for more), opens one transaction, runs each job in a savepoint of its own
//! and commits once; only then are the jobs answered. A failing or panicking job is rolled back alone.

use std::any::Any;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, RunQueryDsl};
use fs4::fs_std::FileExt;
use tokio::sync::oneshot;

use super::{AnyConn, Limits, job_lost};
use crate::kernel::{Answer, Failure};

const READERS: usize = 2;
/// Jobs that share one commit at the most.
const GROUP_MAX: usize = 256;

type ReadJob = Box<dyn FnOnce(&mut AnyConn) + Send>;
/// Runs in its savepoint and says whether to keep it; what it returns answers the caller after the commit.
type WriteJob = Box<dyn FnOnce(&mut AnyConn) -> Reply + Send>;

/// The answer of a write job that waits for the commit.
struct Reply {
    keep: bool,
    send: Box<dyn FnOnce(Result<(), Failure>) + Send>,
}

/// The threads of one SQLite file.
pub(super) struct Sqlite {
    reads: SyncSender<ReadJob>,
    writes: SyncSender<WriteJob>,
    /// Held as long as the process uses the file.
    _lock: File,
}

impl Sqlite {
    pub(super) fn open(path: &Path, limits: &Limits) -> Answer<Self> {
        let lock = lock_file(path)?;
        let (reads, read_queue) = sync_channel::<ReadJob>(limits.queue_length);
        let (writes, write_queue) = sync_channel::<WriteJob>(limits.queue_length);
        let writer = connect(path, Role::Writer)?;
        spawn("sqlite-writer", move || write_loop(writer, &write_queue))?;
        let read_queue = Arc::new(Mutex::new(read_queue));
        for number in 0..READERS {
            let reader = connect(path, Role::Reader)?;
            let queue = Arc::clone(&read_queue);
            spawn(&format!("sqlite-reader-{number}"), move || read_loop(reader, &queue))?;
        }
        Ok(Self { reads, writes, _lock: lock })
    }

    pub(super) async fn read<T, F>(&self, view: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Answer<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: ReadJob = Box::new(move |connection| {
            let answer = guarded(|| view(connection));
            // The caller may have gone away; nobody is left to tell.
            let _ = sender.send(answer);
        });
        enqueue(&self.reads, job)?;
        receiver.await.map_err(|_| job_lost())?
    }

    pub(super) async fn write<T, F>(&self, command: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Answer<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: WriteJob = Box::new(move |connection| {
            let answer = guarded(|| command(connection));
            let keep = answer.is_ok();
            // The caller may have gone away; the commit stands all the same.
            let send = Box::new(move |committed: Result<(), Failure>| drop(sender.send(committed.and(answer))));
            Reply { keep, send }
        });
        enqueue(&self.writes, job)?;
        receiver.await.map_err(|_| job_lost())?
    }
}

fn enqueue<J>(queue: &SyncSender<J>, job: J) -> Answer<()> {
    queue.try_send(job).map_err(|error| match error {
        TrySendError::Full(_) => Failure::Busy("the database's queue is full".to_owned()),
        TrySendError::Disconnected(_) => job_lost(),
    })
}

fn guarded<T>(job: impl FnOnce() -> Answer<T>) -> Answer<T> {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|panic| Err(Failure::Internal(format!("a database job panicked: {}", panic_text(&*panic)))))
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("?")
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Answer<()> {
    thread::Builder::new().name(name.to_owned()).spawn(body).map(drop).map_err(|error| Failure::internal(format!("cannot start {name}: {error}")))
}

fn read_loop(mut connection: AnyConn, queue: &Mutex<Receiver<ReadJob>>) {
    loop {
        let next = queue.lock().map(|queue| queue.recv());
        match next {
            Ok(Ok(job)) => job(&mut connection),
            _ => return,
        }
    }
}

fn write_loop(mut connection: AnyConn, queue: &Receiver<WriteJob>) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_MAX {
            match queue.try_recv() {
                Ok(job) => group.push(job),
                Err(_) => break,
            }
        }
        metrics::histogram!("kularing_sqlite_group_size").record(group.len() as f64);
        run_group(&mut connection, group);
    }
}

fn run_group(connection: &mut AnyConn, group: Vec<WriteJob>) {
    let mut replies = Vec::with_capacity(group.len());
    let committed = match begin(connection) {
        Ok(()) => {
            for job in group {
                replies.push(run_in_savepoint(connection, job));
            }
            commit(connection)
        }
        // Nothing was run: dropping the jobs answers each "busy".
        Err(failure) => {
            tracing::error!(%failure, "the writer cannot begin a transaction");
            return;
        }
    };
    if let Err(failure) = &committed {
        tracing::error!(%failure, "a group commit failed");
    }
    for reply in replies {
        let outcome = match &committed {
            Ok(()) => Ok(()),
            Err(failure) if reply.keep => Err(Failure::Busy(failure.to_string())),
            Err(_) => Ok(()),
        };
        (reply.send)(outcome);
    }
}

/// Runs one job between SAVEPOINT and RELEASE, or ROLLBACK TO when it failed or left inner savepoints open.
fn run_in_savepoint(connection: &mut AnyConn, job: WriteJob) -> Reply {
    if let Err(failure) = on_sqlite(connection, AnsiTransactionManager::begin_transaction) {
        return Reply { keep: false, send: Box::new(move |_| tracing::error!(%failure, "no savepoint could be opened")) };
    }
    let reply = job(connection);
    let depth = on_sqlite(connection, |inner| Ok(depth_of(inner))).unwrap_or(0);
    if reply.keep && depth == 2 {
        return match on_sqlite(connection, AnsiTransactionManager::commit_transaction) {
            Ok(()) => reply,
            Err(failure) => failed(reply, failure),
        };
    }
    for _ in 1..depth {
        if let Err(failure) = on_sqlite(connection, AnsiTransactionManager::rollback_transaction) {
            return failed(reply, failure);
        }
    }
    reply
}

fn failed(reply: Reply, failure: Failure) -> Reply {
    Reply { keep: false, send: Box::new(move |_| (reply.send)(Err(failure))) }
}

fn depth_of(inner: &mut SqliteConnection) -> u32 {
    AnsiTransactionManager::transaction_manager_status_mut(inner).transaction_depth().ok().flatten().map_or(0, std::num::NonZeroU32::get)
}

fn begin(connection: &mut AnyConn) -> Answer<()> {
    on_sqlite(connection, |inner| AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE"))
}

fn commit(connection: &mut AnyConn) -> Answer<()> {
    on_sqlite(connection, |inner| {
        AnsiTransactionManager::commit_transaction(inner).inspect_err(|_| {
            // A commit that failed leaves the transaction open; the next group must start afresh.
            let _ = AnsiTransactionManager::rollback_transaction(inner);
        })
    })
}

fn on_sqlite<T>(connection: &mut AnyConn, act: impl FnOnce(&mut SqliteConnection) -> diesel::QueryResult<T>) -> Answer<T> {
    match connection {
        AnyConn::Sqlite(inner) => Ok(act(inner)?),
        AnyConn::Postgres(_) => Err(Failure::internal("this connection is not SQLite")),
    }
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Reader,
    Writer,
}

fn connect(path: &Path, role: Role) -> Answer<AnyConn> {
    let path = path.to_str().ok_or_else(|| Failure::internal("the database's path is not UTF-8"))?;
    let mut inner = SqliteConnection::establish(path).map_err(|error| Failure::Busy(format!("cannot open {path}: {error}")))?;
    // busy_timeout first: switching to WAL may itself have to wait.
    inner.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    if role == Role::Reader {
        inner.batch_execute("PRAGMA query_only = ON; PRAGMA mmap_size = 2147483648;")?;
    }
    diesel::sql_query("SELECT 1").execute(&mut inner)?;
    Ok(AnyConn::Sqlite(inner))
}

/// One process per file: a second one would not see the first one's queue and would meet its locks.
fn lock_file(path: &Path) -> Answer<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|error| Failure::internal(format!("cannot open the lock file of {}: {error}", path.display())))?;
    match file.try_lock_exclusive() {
        Ok(true) => Ok(file),
        _ => Err(Failure::Busy(format!("{} is in use by another process of Kularing", path.display()))),
    }
}
