//! The export of the API: a file.

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};

use super::{FORMAT, NOTES, OwnData, business, person};
use crate::http::problem::Problem;
use crate::http::{Caller, State};
use crate::kernel::actor::PersonRole;
use crate::kernel::{Answer, Timestamp};

/// Take along what is kept about me
///
/// Everything about the person; for an owner the business too. As a file.
#[utoipa::path(tag = "accounts", operation_id = "export_me", responses(
    (status = 200, body = OwnData), (status = 401, body = Problem)))]
#[get("/me/export")]
pub async fn export(state: web::Data<State>, caller: Caller) -> Answer<HttpResponse> {
    let made_at = state.now();
    let owned = caller.principal.business.filter(|_| caller.principal.role == PersonRole::Owner);
    let person = person::gather(&state, &caller).await?;
    let business = match owned {
        Some(owned) => Some(business::gather(&state, caller.principal, owned).await?),
        None => None,
    };
    let data = OwnData { format: FORMAT, notes: NOTES, made_at, person, business };
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(made_at)))).json(data))
}

/// `kularing-own-data-2026-03-02.json`
fn file_name(made_at: Timestamp) -> String {
    let day: String = made_at.to_string().chars().take("2026-03-02".len()).collect();
    format!("kularing-own-data-{day}.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_says_what_it_is_and_of_which_day() {
        assert_eq!(file_name(Timestamp::from_micros(1_772_438_400_000_000)), "kularing-own-data-2026-03-02.json");
    }
}
