//! A whole application for one test: its own database, a clock that is moved by hand, requests without a network.

pub mod accounts;
pub mod app;
pub mod circles;
pub mod database;
pub mod dump;
pub mod ears;
#[allow(dead_code, reason = "the SMTP room uses the rest of it")]
pub mod fault_server;
pub mod introductions;
pub mod ledger;
pub mod mails;
pub mod referrals;

pub use app::TestApp;
pub use database::Backend;

/// Declares async tests that take a `TestApp` and run once on each database.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)+) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($app: $crate::support::TestApp) $body

            $(#[$meta])*
            #[actix_web::test]
            async fn sqlite() {
                body($crate::support::TestApp::start($crate::support::Backend::Sqlite)).await;
            }

            $(#[$meta])*
            #[actix_web::test]
            async fn postgres() {
                if $crate::support::database::postgres_is_asked_for() {
                    body($crate::support::TestApp::start($crate::support::Backend::Postgres)).await;
                }
            }
        }
    )+ };
}
