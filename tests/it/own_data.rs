//! My data: taken along whole and by the right ones, and forgotten so that nothing of it is left.

mod erasing;
mod exporting;
mod former;
mod notifications;
