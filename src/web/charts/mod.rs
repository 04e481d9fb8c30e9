//! Pictures drawn by the server as SVG, without scripts. Each says in words what it shows, stands beside its numbers, and needs no
//! colours: patterns and outlines tell its parts apart.

pub mod chain;
pub mod months;
pub mod qr;
pub mod ring;
pub mod seats;
pub mod share;

/// A number as SVG reads it.
fn n(value: f64) -> String {
    format!("{value:.1}")
}
