//! Pages: layout, components, forms, texts. Plain HTML that works without scripts.

pub mod charts;
pub mod components;
pub mod context;
pub mod forms;
pub mod icon;
pub mod layout;
pub mod live;
pub mod styleguide;
pub mod texts;

pub use context::PageContext;
pub use layout::{Heading, page, page_with, see_other};
pub use texts::{text, text_with};
