//! A fresh migrated database for each test: a copied template file, or a PostgreSQL database from a template.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Once};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use kularing::db::{Location, migrations};
use tempfile::TempDir;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A database that goes when it is dropped.
pub struct TestDatabase {
    pub location: Location,
    pub folder: TempDir,
    postgres_name: Option<String>,
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

fn template_file() -> &'static PathBuf {
    static TEMPLATE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("template.db");
        migrations::run(&Location::Sqlite(path.clone())).unwrap();
        (folder, path)
    });
    &TEMPLATE.1
}

fn server() -> Option<String> {
    std::env::var("KULARING_TEST_POSTGRES").ok().filter(|address| !address.is_empty())
}

/// Whether PostgreSQL is tested too; otherwise one loud line says that it is left out.
pub fn postgres_is_asked_for() -> bool {
    static SAID: Once = Once::new();
    if server().is_none() {
        let required = std::env::var("KULARING_TEST_REQUIRE").unwrap_or_default().split(',').any(|part| part == "postgres");
        assert!(!required, "PostgreSQL is required and KULARING_TEST_POSTGRES names none");
        SAID.call_once(|| {
            use std::io::Write;
            // Past the test harness's capture, so that it is seen when everything passes.
            let _ = writeln!(
                std::io::stderr().lock(),
                "\n*** LEFT OUT: everything on PostgreSQL. Set KULARING_TEST_POSTGRES=postgres://user@host/database to run it. ***\n"
            );
        });
        return false;
    }
    true
}

fn address_of(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("KULARING_TEST_POSTGRES ends with /database");
    format!("{base}/{name}")
}

fn template_database() -> &'static str {
    static TEMPLATE: LazyLock<String> = LazyLock::new(|| {
        let server = server().expect("asked for");
        let name = format!("kularing_test_{}_template", std::process::id());
        let mut connection = PgConnection::establish(&server).expect("the PostgreSQL of KULARING_TEST_POSTGRES answers");
        connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).unwrap();
        connection.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        migrations::run(&Location::Postgres(address_of(&server, &name))).unwrap();
        name
    });
    &TEMPLATE
}

impl TestDatabase {
    pub fn new(backend: Backend) -> Self {
        let folder = TempDir::new().unwrap();
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        match backend {
            Backend::Sqlite => {
                let path = folder.path().join("kularing.db");
                std::fs::copy(template_file(), &path).unwrap();
                Self { location: Location::Sqlite(path), folder, postgres_name: None }
            }
            Backend::Postgres => {
                let server = server().expect("asked for");
                let name = format!("kularing_test_{}_{number}", std::process::id());
                let template = template_database();
                let mut connection = PgConnection::establish(&server).unwrap();
                connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
                connection.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
                Self { location: Location::Postgres(address_of(&server, &name)), folder, postgres_name: Some(name) }
            }
        }
    }

    pub fn url(&self) -> String {
        match &self.location {
            Location::Sqlite(path) => format!("sqlite:{}", path.display()),
            Location::Postgres(address) => address.clone(),
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let (Some(name), Some(server)) = (&self.postgres_name, server())
            && let Ok(mut connection) = PgConnection::establish(&server)
        {
            let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
