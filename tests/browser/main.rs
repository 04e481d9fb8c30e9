//! What people do, in a real Chromium against the real server: its own process, an SQLite file, the mailbox instead of SMTP.
//!
//! Without Chromium and its driver one loud line says that nothing was tried; `KULARING_TEST_REQUIRE=chromium` makes that a
//! failure.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]

mod bad_input;
mod by_keyboard;
mod certificate;
mod gallery;
mod harness;
mod live;
mod main_job;
mod mishaps;
mod moves;
mod pages;
mod registration;
mod states;
mod typing;
