//! Made-up leads: refused at the door where they show, found where they pile up, and decided by somebody who is not in it.

mod cases;
mod decisions;
mod door;
pub mod scene;
