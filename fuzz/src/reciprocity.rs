//! As `src/reciprocity`, with the kernel alone.

#[path = "../../src/reciprocity/clearing/mod.rs"]
pub mod clearing;
