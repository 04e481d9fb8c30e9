//! The command line: the real program, run as an operator runs it.

use std::path::Path;
use std::process::{Command, Output};

use kularing::db::{Location, backup, migrations};
use tempfile::TempDir;

use crate::support::database::{TestDatabase, postgres_is_asked_for};
use crate::support::{Backend, TestApp};

fn kularing(folder: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kularing"));
    command.current_dir(folder).args(arguments).env_remove("KULARING_CONFIG").env_remove("DATABASE_URL");
    command.envs(environment.iter().copied()).output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn unknown_settings_and_a_missing_file_are_named() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("wrong.toml"), "[server]\nlisten_to = \"127.0.0.1:1\"\n").unwrap();
    let wrong = kularing(folder.path(), &[], &["--config", "wrong.toml", "migrate"]);
    assert!(!wrong.status.success() && text(&wrong).contains("listen_to"), "{}", text(&wrong));
    let wrong = kularing(folder.path(), &[("KULARING_SERVER__LISTEM", "127.0.0.1:1")], &["migrate"]);
    assert!(!wrong.status.success() && text(&wrong).contains("listem"), "{}", text(&wrong));
    let missing = kularing(folder.path(), &[], &["--config", "nowhere.toml", "migrate"]);
    assert!(!missing.status.success() && text(&missing).contains("nowhere.toml"), "{}", text(&missing));
}

#[test]
fn the_printed_defaults_are_settings() {
    let folder = TempDir::new().unwrap();
    let printed = kularing(folder.path(), &[], &["config"]);
    std::fs::write(folder.path().join("all.toml"), &printed.stdout).unwrap();
    let doctor = kularing(folder.path(), &[], &["--config", "all.toml", "doctor"]);
    assert!(doctor.status.success(), "{}", text(&doctor));
}

#[test]
fn the_doctor_finds_what_is_wrong_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let healthy = kularing(folder.path(), &[], &["doctor"]);
    assert!(healthy.status.success(), "{}", text(&healthy));
    assert!(!text(&healthy).contains("FAIL"), "{}", text(&healthy));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the doctor made files");

    let public = [("KULARING_SERVER__BASE_URL", "https://kularing.example"), ("KULARING_SECRET__VALUE", "short")];
    let sick = kularing(folder.path(), &public, &["doctor"]);
    let found = text(&sick);
    assert_eq!(sick.status.code(), Some(1), "{found}");
    assert!(found.contains("FAIL  mail") && found.contains("FAIL  secret") && found.contains("warn  address"), "{found}");
    assert!(!found.contains("short\n"), "{found}");

    let smtp = [("KULARING_MAIL__TRANSPORT", "smtp"), ("KULARING_MAIL__SMTP__PORT", "1")];
    let found = text(&kularing(folder.path(), &smtp, &["doctor"]));
    assert!(found.contains("FAIL  mail      127.0.0.1:1") && found.contains("FAIL  sender"), "{found}");
}

#[test]
fn the_doctor_looks_at_postgresql() {
    if !postgres_is_asked_for() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::new(Backend::Postgres);
    let found = kularing(folder.path(), &[("DATABASE_URL", &database.url())], &["doctor"]);
    assert!(found.status.success() && text(&found).contains("up to date") && text(&found).contains("ok    server    PostgreSQL"), "{}", text(&found));
    let found = kularing(folder.path(), &[("DATABASE_URL", "postgres://nobody:hunter2@127.0.0.1:1/nothing")], &["doctor"]);
    assert!(!found.status.success() && text(&found).contains("FAIL  database"), "{}", text(&found));
    assert!(!text(&found).contains("hunter2"), "{}", text(&found));
}

#[actix_web::test]
async fn a_backup_of_a_running_server_is_whole() {
    let app = TestApp::start(Backend::Sqlite);
    let Location::Sqlite(path) = &app.database.location else { panic!("SQLite was asked for") };
    let busy = app.state.db.clone();
    let writing = actix_web::rt::spawn(async move {
        for subject in 0..200 {
            busy.write(move |tx| kularing::timers::schedule(tx, kularing::timers::TimerKind::OfferExpiry, subject, tx.now())).await.unwrap();
        }
    });
    let target = app.database.folder.path().join("copy.db");
    let (from, to) = (path.clone(), target.clone());
    let bytes = actix_web::web::block(move || backup::copy(&from, &to)).await.unwrap().unwrap();
    assert_eq!(bytes, std::fs::metadata(&target).unwrap().len());
    writing.await.unwrap();
    assert!(migrations::pending(&Location::Sqlite(target.clone())).unwrap().is_empty());
    assert_eq!(backup::copy(path, &target).unwrap_err().code(), "exists");
    let left: Vec<_> = std::fs::read_dir(app.database.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("partial")), "{left:?}");
}

#[test]
fn a_backup_is_made_at_the_command_line() {
    let folder = TempDir::new().unwrap();
    assert!(kularing(folder.path(), &[("DATABASE_URL", "sqlite:k.db")], &["migrate"]).status.success());
    let made = kularing(folder.path(), &[("DATABASE_URL", "sqlite:k.db")], &["backup", "copy.db"]);
    assert!(made.status.success() && folder.path().join("copy.db").is_file(), "{}", text(&made));
    let again = kularing(folder.path(), &[("DATABASE_URL", "sqlite:k.db")], &["backup", "copy.db"]);
    assert!(!again.status.success() && text(&again).contains("exists"), "{}", text(&again));
    let postgres = kularing(folder.path(), &[("DATABASE_URL", "postgres://a:hunter2@h/d")], &["backup", "x"]);
    assert!(!postgres.status.success() && text(&postgres).contains("pg_dump") && !text(&postgres).contains("hunter2"), "{}", text(&postgres));
}

#[test]
fn the_api_describes_itself() {
    let folder = TempDir::new().unwrap();
    let printed = kularing(folder.path(), &[], &["openapi"]);
    let document: serde_json::Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
}

#[test]
fn the_detection_of_made_up_leads_is_measured() {
    let folder = TempDir::new().unwrap();
    let simulate = |more: &[&str]| {
        let arguments: Vec<&str> = ["trust", "simulate", "--members", "30", "--runs", "2"].iter().chain(more).copied().collect();
        let output = kularing(folder.path(), &[], &arguments);
        assert!(output.status.success(), "{}", text(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let table = simulate(&["--seed", "5"]);
    assert_eq!(simulate(&["--seed", "5"]), table, "the seed decides everything");
    assert_ne!(simulate(&["--seed", "6"]), table);
    for words in ["Seed 5, 30 members, 2 circles for each figure.", "Recall", "pair", "ring of 5", "Honest members shown", "honest circles"] {
        assert!(table.contains(words), "{words}: {table}");
    }
    let lines: Vec<serde_json::Value> = serde_json::from_str(&simulate(&["--seed", "5", "--json"])).unwrap();
    // Four sizes with eight strengths each, and circles without cheats.
    assert_eq!(lines.len(), 4 * 8 + 1);
    assert!(lines.iter().all(|line| line["runs"] == 2 && line["honest"].as_u64() > Some(0)), "{lines:?}");
    assert_eq!(lines.iter().filter(|line| line["size"] == 3 && line["cheats"] == 6).count(), 8);
    let refused = kularing(folder.path(), &[], &["trust", "simulate", "--members", "9"]);
    assert!(!refused.status.success() && text(&refused).contains("10..=2000"), "{}", text(&refused));
}
