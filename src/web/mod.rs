//! Pages: layout, components, forms, texts. Plain HTML that works without scripts.

pub mod bare;
pub mod charts;
pub mod components;
pub mod context;
pub mod form_key;
pub mod forms;
pub mod icon;
pub mod language;
pub mod layout;
pub mod live;
pub mod rights;
pub mod settings;
pub mod styleguide;
pub mod texts;
pub mod zones;

pub use context::PageContext;
pub use language::language_choice;
pub use layout::{Heading, page, page_with, see_other};
pub use rights::Needs;
pub use texts::{text, text_with};
