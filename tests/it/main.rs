//! Everything is tested against SQLite, and again against the PostgreSQL that KULARING_TEST_POSTGRES names.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::too_many_lines, missing_docs, reason = "a test fails by panicking")]

mod accounts;
mod bad_days;
mod businesses;
mod circles;
mod clear;
mod cli;
mod crash;
mod foundation;
mod http;
mod insight;
mod introductions;
mod ledger;
mod ledger_random;
mod live;
mod meetings;
mod openapi;
mod outbox;
mod own_data;
mod public_pages;
mod referrals;
mod rings;
mod rings_random;
mod smtp;
mod standing;
mod suggestions;
mod support;
mod tidy;
mod trust;
mod verify;
mod ways;
mod who_may;
mod worker;
