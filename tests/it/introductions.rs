//! The consent of both sides: both orders, every answer, undo, machines that press buttons, limits, and what is kept.

mod answers;
mod consent;
mod limits;
mod machines;
mod pages;
mod stopping;
