//! A copy of an embedded database while it is in use.
//!
//! SQLite writes the copy itself in one read transaction (`VACUUM INTO`): it is one moment of the database, and smaller. It
//! gets its name only after it was checked and has reached the disk.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use crate::kernel::{Answer, Failure};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// Copies the database to `target`, which must not exist. Answers the size in bytes.
pub fn copy(database: &Path, target: &Path) -> Answer<u64> {
    if target.exists() {
        return Err(Failure::conflict("exists", format!("{} exists already: name another file", target.display())));
    }
    if !database.is_file() {
        return Err(Failure::NotFound("database"));
    }
    let partial = partial_name(target);
    let outcome = write(database, &partial).and_then(|()| put_in_place(&partial, target));
    if outcome.is_err() {
        // Whatever was written is not a backup; the failure itself is told.
        let _ = fs::remove_file(&partial);
    }
    outcome
}

fn write(database: &Path, partial: &Path) -> Answer<()> {
    let mut source = open(database)?;
    source.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = OFF;")?;
    diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(text(partial)?).execute(&mut source)?;
    let mut copy = open(partial)?;
    let lines: Vec<Line> = diesel::sql_query("SELECT integrity_check FROM pragma_integrity_check").load(&mut copy)?;
    match lines.as_slice() {
        [only] if only.integrity_check == "ok" => Ok(()),
        others => Err(Failure::internal(format!(
            "the copy is damaged, and so may be the database: {}",
            others.first().map_or("no answer", |line| line.integrity_check.as_str())
        ))),
    }
}

fn put_in_place(partial: &Path, target: &Path) -> Answer<u64> {
    let done = || -> std::io::Result<u64> {
        let file = File::open(partial)?;
        file.sync_all()?;
        fs::rename(partial, target)?;
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(file.metadata()?.len())
    };
    done().map_err(|error| Failure::internal(format!("{}: {error}", target.display())))
}

fn partial_name(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    PathBuf::from(name)
}

fn open(path: &Path) -> Answer<SqliteConnection> {
    SqliteConnection::establish(text(path)?).map_err(|error| Failure::Busy(format!("cannot open {}: {error}", path.display())))
}

fn text(path: &Path) -> Answer<&str> {
    path.to_str().ok_or_else(|| Failure::internal("the path is not UTF-8"))
}
