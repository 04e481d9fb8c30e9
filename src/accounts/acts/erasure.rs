//! Asking to be forgotten, after the password was shown again.

use super::sign_in;
use crate::accounts::commands::erasure;
use crate::accounts::visitor::Visitor;
use crate::http::{Caller, State};
use crate::kernel::{Answer, Timestamp};

/// Asks for it; answers until when it can be taken back.
pub(in crate::accounts) async fn ask(state: &State, visitor: &Visitor, caller: &Caller, password: &str, closes_business: bool) -> Answer<Timestamp> {
    let principal = caller.principal;
    let shown_for = sign_in::prove(state, visitor, &principal, password).await?;
    state.db.write(move |tx| erasure::ask(tx, &principal, &shown_for, closes_business)).await
}
