//! Registering, without telling whether an address has an account.

use super::even::evenly;
use super::sign_in;
use crate::accounts::commands::people;
use crate::accounts::password::Password;
use crate::accounts::registration::Registration;
use crate::accounts::visitor::Visitor;
use crate::http::State;
use crate::kernel::{Answer, EmailAddress, Failure};

/// Registers what was typed, or tells the owner of the address; both take the same time.
pub(in crate::accounts) async fn take(state: &State, visitor: &Visitor, registration: Registration<Password>) -> Answer<()> {
    state.accounts.limits.mail(visitor, registration.email.normalised())?;
    evenly(async {
        let hash = sign_in::hash(state, registration.password.clone()).await?;
        let registration = registration.hashed(hash);
        let again = registration.clone();
        match state.db.write(move |tx| people::register_quietly(tx, registration)).await {
            // Somebody registered the same address in this very moment: now it is known.
            Err(Failure::Conflict { code: "address_taken", .. }) => state.db.write(move |tx| people::register_quietly(tx, again)).await,
            outcome => outcome,
        }
    })
    .await
}

/// Sends another link to an address that waits for its confirmation.
pub(in crate::accounts) async fn send_again(state: &State, visitor: &Visitor, email: &str) -> Answer<()> {
    let email = EmailAddress::parse(email).map_err(|problem| problem.of("email"))?.normalised().to_owned();
    state.accounts.limits.mail(visitor, &email)?;
    evenly(state.db.write(move |tx| people::ask_confirmation_again(tx, &email))).await
}
