//! Pages: layout, components, forms, texts. Plain HTML that works without scripts.

pub mod context;
pub mod forms;
pub mod layout;
pub mod texts;

pub use context::PageContext;
pub use layout::{page, see_other};
pub use texts::{text, text_with};
