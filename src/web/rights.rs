//! What the reader of a page may do. Pages ask here before they show a way, so that none ends in a refusal; commands ask again.

use maud::{Markup, html};

use super::context::PageContext;
use crate::kernel::Principal;

/// What a way of a page needs of whoever goes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing but an account.
    Account,
    /// A business that he belongs to: only businesses pass, receive and have a standing.
    Business,
    /// That he owns the business: owners alone speak for it, in its profile as in its circles.
    Owner,
}

impl Needs {
    fn are_met_by(self, principal: &Principal) -> bool {
        match self {
            Self::Account => true,
            Self::Business => principal.business().is_ok(),
            Self::Owner => principal.owned_business().is_ok(),
        }
    }
}

impl PageContext {
    /// Whether the reader may go a way that needs this.
    pub fn may(&self, needs: Needs) -> bool {
        self.caller.as_ref().is_some_and(|caller| needs.are_met_by(&caller.principal))
    }

    /// Whether he decides for a circle: his business `organises` it, and he is its owner.
    pub fn may_decide(&self, organises: bool) -> bool {
        organises && self.may(Needs::Owner)
    }
}

/// Stands where owners find a button, for colleagues who are none; for anybody else nothing.
pub fn owners_do_this(context: &PageContext) -> Markup {
    html! { @if context.may(Needs::Business) && !context.may(Needs::Owner) { p class="soft" { (context.t("owners-do-this")) } } }
}
