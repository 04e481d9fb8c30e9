//! Kularing: businesses pass qualified referrals to each other, and see that what they give comes back.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod accounts;
pub mod app;
pub mod businesses;
pub mod capabilities;
pub mod circles;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod events;
pub mod export;
pub mod home;
pub mod http;
pub mod insight;
pub mod introductions;
pub mod kernel;
pub mod live;
pub mod meetings;
pub mod outbox;
pub mod reactions;
pub mod reciprocity;
pub mod referrals;
pub mod timers;
pub mod trust;
pub mod web;
pub mod worker;
