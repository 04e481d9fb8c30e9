//! The verifier: silent about what is right, and never silent about what is wrong.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::{PgConnection, SqliteConnection};
use kularing::db::{AnyConn, Location};
use kularing::kernel::{Actor, Answer, Failure};
use kularing::reciprocity::commands;
use kularing::reciprocity::verify::{Report, verify};
use kularing::referrals::model::ReferralState;

use crate::on_both_databases;
use crate::support::ledger::{Ring, insert_business, verified};
use crate::support::{Backend, TestApp};

/// A ledger in which everything happened once.
async fn grown(app: &TestApp) -> Ring {
    let ring = Ring::of(&app.state.db, 3).await;
    app.state
        .db
        .write(move |tx| {
            let mut ring = ring;
            ring.members.push(insert_business(tx, true)?);
            let posted = commands::post(tx, ring.posting(0, 1, 5, "correction"))?.ok_or_else(|| Failure::internal("nothing was posted"))?;
            commands::post(tx, ring.posting(2, 1, 7, "another"))?;
            commands::reverse(tx, posted, Actor::System)?;
            for (number, state) in ReferralState::ALL.iter().copied().enumerate() {
                ring.grow_referral(tx, number % 3, (number + 1) % 3, state)?;
            }
            // Two settlements: one that stands, one that was taken back.
            commands::post(tx, ring.posting(1, 0, 40, "back"))?;
            ring.settle(tx)?;
            for (giver, receiver) in [(0, 1), (1, 2), (2, 0)] {
                commands::post(tx, ring.posting(giver, receiver, 60, &format!("round {giver}")))?;
            }
            let settlement = ring.settle(tx)?;
            kularing::reciprocity::rings::commands::undo(tx, &ring.organiser(), ring.circle, settlement)?;
            // The last member's trade is regulated.
            for state in [ReferralState::Accepted, ReferralState::Introduced, ReferralState::Won] {
                ring.grow_referral(tx, 3, 0, state)?;
                ring.grow_referral(tx, 0, 3, state)?;
            }
            Ok(ring)
        })
        .await
        .unwrap()
}

/// A bare connection on which nothing protects the data.
fn unprotected(app: &TestApp) -> AnyConn {
    match &app.database.location {
        Location::Sqlite(path) => {
            let mut inner = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
            inner.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
            AnyConn::Sqlite(inner)
        }
        Location::Postgres(address) => {
            let mut inner = PgConnection::establish(address).unwrap();
            inner.batch_execute("SET session_replication_role = replica").unwrap();
            AnyConn::Postgres(inner)
        }
    }
}

const UNPROTECT_SQLITE: &str =
    "DROP TRIGGER transfer_never_changes; DROP TRIGGER transfer_never_goes; DROP TRIGGER event_never_changes; DROP TRIGGER event_never_goes;";
const UNPROTECT_POSTGRES: &str = "ALTER TABLE transfer DROP CONSTRAINT transfer_amount_check, DROP CONSTRAINT transfer_idem_key, DROP CONSTRAINT transfer_reverses_key; \
    ALTER TABLE balance DROP CONSTRAINT balance_given_check, DROP CONSTRAINT balance_pending_given_check;";

/// What the verifier says after these statements, which are then undone.
fn after(connection: &mut AnyConn, backend: Backend, statements: &str, now: kularing::kernel::Timestamp) -> Report {
    let mut found = None;
    let undone: Answer<()> = connection.transaction(|connection| {
        connection.batch_execute(if backend == Backend::Sqlite { UNPROTECT_SQLITE } else { UNPROTECT_POSTGRES })?;
        connection.batch_execute(statements)?;
        found = Some(verify(connection, now)?);
        Err(Failure::internal("undone"))
    });
    assert_eq!(undone.unwrap_err().to_string(), "internal: undone", "{statements}");
    found.unwrap()
}

/// What is done to the data, and a violation that must be named: the rule and the table.
const CORRUPTIONS: &[(&str, &str, &str)] = &[
    ("UPDATE transfer SET amount = amount + 1 WHERE seq = 1", "I4", "transfer"),
    ("UPDATE transfer SET amount = amount + 1 WHERE seq = 1", "I2", "balance"),
    ("UPDATE transfer SET amount = amount + 1 WHERE seq = 1", "I3", "pair"),
    ("UPDATE transfer SET amount = 0 WHERE seq = 2", "I8", "transfer"),
    ("UPDATE transfer SET at = at + 1 WHERE seq = 2", "I4", "transfer"),
    ("UPDATE transfer SET kind = 3 WHERE seq = 2", "I4", "transfer"),
    ("UPDATE transfer SET kind = 9 WHERE seq = 2", "I8", "transfer"),
    ("UPDATE transfer SET reason = 5 WHERE seq = 2", "I5", "transfer"),
    ("UPDATE transfer SET reason = 9 WHERE seq = 2", "I8", "transfer"),
    ("UPDATE transfer SET idem = 'correction:x' WHERE seq = 2", "I4", "transfer"),
    ("UPDATE transfer SET prev_hash = hash WHERE seq = 2", "I4", "transfer"),
    ("UPDATE transfer SET hash = 'nonsense' WHERE seq = 2", "I4", "transfer"),
    ("UPDATE transfer SET seq = seq + 100 WHERE seq = 2", "I4", "transfer"),
    ("UPDATE transfer SET giver_business_id = receiver_business_id, receiver_business_id = giver_business_id WHERE seq = 2", "I4", "transfer"),
    ("UPDATE transfer SET referral_id = NULL WHERE reason = 2", "referral_credits", "transfer"),
    ("UPDATE transfer SET reverses = reverses + 1 WHERE reverses IS NOT NULL AND seq = 3", "I6", "transfer"),
    ("UPDATE transfer SET kind = 1 WHERE seq = 3", "I6", "transfer"),
    ("DELETE FROM transfer WHERE seq = 2", "I4", "transfer"),
    ("DELETE FROM transfer WHERE reason = 2", "referral_credits", "transfer"),
    ("DELETE FROM transfer WHERE reason = 1 AND kind = 1", "I7", "hold"),
    ("DELETE FROM transfer WHERE kind = 2 AND referral_id IS NOT NULL", "referral_credits", "transfer"),
    ("DELETE FROM transfer", "I4", "ledger_head"),
    ("UPDATE balance SET given = given + 1 WHERE given > 0", "I2", "balance"),
    ("UPDATE balance SET given = given + 1 WHERE given > 0", "I1", "balance"),
    ("UPDATE balance SET given = given + 1, received = received + 1", "I2", "balance"),
    ("UPDATE balance SET pending_received = pending_received + 1", "I7", "balance"),
    ("UPDATE balance SET given = -5", "I8", "balance"),
    ("DELETE FROM balance", "I2", "balance"),
    ("UPDATE pair SET low_to_high = low_to_high + 1", "I3", "pair"),
    ("UPDATE pair SET low_to_high = high_to_low, high_to_low = low_to_high WHERE low_to_high <> high_to_low", "I3", "pair"),
    ("DELETE FROM pair", "I3", "pair"),
    ("UPDATE transfer SET amount = amount + 1 WHERE kind = 3", "settlements", "settlement"),
    ("UPDATE transfer SET kind = 1 WHERE kind = 3", "settlements", "settlement"),
    ("UPDATE transfer SET amount = 1 WHERE reason = 4 AND kind = 1 AND amount = 60", "settlements", "settlement"),
    ("UPDATE transfer SET kind = 3 WHERE seq = 2", "settlements", "transfer"),
    ("UPDATE transfer SET idem = 'settlement:other:' || seq WHERE kind = 3", "settlements", "settlement"),
    ("DELETE FROM transfer WHERE kind = 3 AND id = (SELECT max(id) FROM transfer WHERE kind = 3)", "settlements", "settlement"),
    ("DELETE FROM settlement", "settlements", "transfer"),
    ("UPDATE settlement SET cleared = cleared + 1", "settlements", "settlement"),
    ("UPDATE settlement SET last_seq = last_seq + 1", "settlements", "settlement"),
    ("UPDATE settlement SET before_hash = 'x' WHERE undone_at IS NULL", "settlements", "settlement"),
    ("UPDATE settlement SET undone_at = NULL", "settlements", "settlement"),
    ("UPDATE settlement SET undone_at = 1 WHERE undone_at IS NULL", "settlements", "settlement"),
    // Each fits, together they are more than can be cleared.
    ("UPDATE transfer SET amount = 4611686018427387904 WHERE seq IN (1, 2)", "I9", "transfer"),
    ("UPDATE hold SET state = 2 WHERE state = 1", "I7", "hold"),
    ("UPDATE hold SET state = 3, resolved_at = placed_at WHERE state = 1", "I7", "balance"),
    ("UPDATE hold SET state = 3, resolved_at = placed_at WHERE state = 1", "referral_holds", "hold"),
    ("UPDATE hold SET amount = amount + 1 WHERE state = 2", "I7", "hold"),
    ("UPDATE hold SET state = 9 WHERE state = 1", "I8", "hold"),
    ("DELETE FROM hold WHERE state = 1", "referral_holds", "hold"),
    ("DELETE FROM hold WHERE state = 2", "I7", "transfer"),
    ("DELETE FROM hold WHERE state = 5", "referral_holds", "hold"),
    ("UPDATE ledger_head SET seq = seq + 1", "I4", "ledger_head"),
    ("UPDATE ledger_head SET hash = 'nonsense'", "I4", "ledger_head"),
    ("DELETE FROM ledger_head", "I4", "ledger_head"),
    ("UPDATE referral SET state = 4 WHERE state = 3", "referral_holds", "hold"),
    ("UPDATE referral SET state = 3 WHERE state = 12", "referral_holds", "hold"),
    ("UPDATE referral SET state = 11 WHERE state = 4", "referral_holds", "hold"),
    ("UPDATE referral SET state = 7 WHERE state = 6", "referral_credits", "transfer"),
    ("UPDATE referral SET state = 8 WHERE state = 7", "referral_credits", "transfer"),
    ("UPDATE referral SET state = 13 WHERE state = 7", "referral_credits", "transfer"),
    ("UPDATE referral SET won_value_minor = 100000 WHERE state = 7", "referral_credits", "transfer"),
    ("UPDATE referral SET receiver_business_id = giver_business_id WHERE state = 7", "referral_credits", "transfer"),
    ("UPDATE referral SET state = 99 WHERE state = 3", "I8", "referral"),
    ("UPDATE referral SET policy_version = 99 WHERE state = 3", "referral_credits", "circle_policy"),
    ("UPDATE circle_policy SET body = 'nonsense'", "referral_credits", "circle_policy"),
    ("DELETE FROM event WHERE kind = 61", "referral_events", "event"),
    ("UPDATE offer SET state = 2 WHERE state = 1", "referral_offers", "offer"),
    ("UPDATE offer SET state = 5 WHERE state = 2", "referral_offers", "offer"),
    ("UPDATE offer SET receiver_business_id = giver_business_id", "referral_offers", "offer"),
    ("UPDATE referral SET state = 8 WHERE state = 2", "referral_offers", "offer"),
    ("DELETE FROM offer WHERE state = 2", "referral_offers", "offer"),
    ("DELETE FROM timer", "clocks", "timer"),
    ("UPDATE referral SET wiped_at = 1 WHERE state = 7", "wiped", "prospect"),
    ("DELETE FROM prospect WHERE referral_id = (SELECT min(referral_id) FROM prospect)", "wiped", "prospect"),
];

/// What only a database without its unique indexes can hold.
const DUPLICATES: &[(&str, &str, &str)] = &[
    ("UPDATE transfer SET idem = 'correction:same' WHERE reason = 4", "I5", "transfer"),
    ("UPDATE transfer SET reverses = (SELECT min(id) FROM transfer) WHERE reverses IS NOT NULL", "I6", "transfer"),
];

on_both_databases! {
    async fn a_ledger_in_which_everything_happened_is_clean(app) {
        grown(&app).await;
        let report = verified(&app);
        assert!(report.is_clean(), "{report}");
        assert_eq!((report.checked.circles, report.checked.referrals, report.checked.settlements), (1, 19, 2));
        assert!(report.checked.transfers > 10 && report.checked.holds > 10 && report.checked.balances == 3 && report.checked.pairs == 3);
        assert!(report.to_string().ends_with("everything holds"));
    }

    async fn whatever_is_corrupted_is_named(app) {
        grown(&app).await;
        let mut connection = unprotected(&app);
        let duplicates = if app.backend == Backend::Postgres { DUPLICATES } else { &[] };
        for (statement, rule, table) in CORRUPTIONS.iter().chain(duplicates) {
            let report = after(&mut connection, app.backend, statement, app.state.now());
            let named = report.violations.iter().any(|violation| violation.rule.code() == *rule && violation.table == *table);
            assert!(named, "{statement} should break {rule} in {table}:\n{report}");
            assert!(report.to_string().contains(rule), "{report}");
        }
        assert!(verified(&app).is_clean());
    }

    async fn a_mail_whose_worker_died_is_told_but_breaks_nothing(app) {
        grown(&app).await;
        let mut connection = unprotected(&app);
        let statement = "INSERT INTO mail (id, kind, status, phase, attempts, not_before, expires_at, lease_until, language, recipient_name, recipient_email, \
            recipient_key, recipient_domain, headers, facts, message_id, subject_id, resent, created_at) \
            VALUES (1, 1, 2, 0, 1, 0, 0, 5, 1, '', '', '', '', '', '', '', 1, false, 0)";
        let report = after(&mut connection, app.backend, statement, app.state.now());
        assert!(report.is_clean(), "{report}");
        assert_eq!(report.notes.len(), 1);
    }
}

fn command(app: &TestApp, arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_kularing"))
        .current_dir(app.database.folder.path())
        .env_remove("KULARING_CONFIG")
        .env("DATABASE_URL", app.database.url())
        .args(arguments)
        .output()
        .unwrap()
}

on_both_databases! {
    async fn the_command_tells_by_its_exit_code_while_the_application_runs(app) {
        grown(&app).await;
        let clean = command(&app, &["verify"]);
        assert_eq!(clean.status.code(), Some(0), "{clean:?}");
        assert!(String::from_utf8_lossy(&clean.stdout).contains("everything holds"));
        unprotected(&app).batch_execute("UPDATE balance SET given = given + 1 WHERE given > 0").unwrap();
        let broken = command(&app, &["verify"]);
        assert_eq!(broken.status.code(), Some(1), "{broken:?}");
        assert!(String::from_utf8_lossy(&broken.stdout).contains("I2 is broken: balances are the replay of the transfers"), "{broken:?}");
        let broken = command(&app, &["verify", "--json"]);
        let report: serde_json::Value = serde_json::from_slice(&broken.stdout).unwrap();
        assert_eq!((broken.status.code(), &report["violations"][0]["rule"], &report["violations"][0]["table"]), (Some(1), &"I2".into(), &"balance".into()));
        // What was looked at is as it was, and the application goes on.
        app.state.db.ping().await.unwrap();
    }

    async fn the_command_says_when_it_cannot_look(app) {
        let nowhere = if app.backend == Backend::Sqlite { "sqlite:nowhere.db" } else { "postgres://nobody@127.0.0.1:1/nothing" };
        let unmigrated = std::process::Command::new(env!("CARGO_BIN_EXE_kularing"))
            .current_dir(app.database.folder.path())
            .env_remove("KULARING_CONFIG")
            .env("DATABASE_URL", nowhere)
            .arg("verify")
            .output()
            .unwrap();
        assert_eq!(unmigrated.status.code(), Some(2), "{unmigrated:?}");
        assert!(!app.database.folder.path().join("nowhere.db").exists());
        let unreadable = command(&app, &["--config", "nowhere.toml", "verify"]);
        assert_eq!(unreadable.status.code(), Some(2), "{unreadable:?}");
    }
}
