//! People's rights: to have what is kept about them, and to be forgotten.

mod around;
mod erase;
mod export;
mod pages;
mod store;

use rocket::Route;
use uuid::Uuid;

use crate::App;
use crate::db::DbError;
use crate::ids::PersonId;
use crate::lrs;

pub use erase::{HANDLER, erase, find};
pub use export::{Package, export};
pub(crate) use store::QUERIES;

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

/// Every way in which statements name a person: the account here, the address, accounts elsewhere.
async fn identifiers(
    app: &App,
    person: PersonId,
    email: &str,
    elsewhere: &[store::ElsewhereRow],
) -> Result<Vec<String>, DbError> {
    let mut all = vec![lrs::erase::account(app, person.0)];
    if !email.is_empty() {
        all.push(format!("mbox mailto:{email}"));
        let sum = aws_lc_rs::digest::digest(
            &aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY,
            format!("mailto:{email}").as_bytes(),
        );
        all.push(format!("sha1 {}", crate::ids::hex(sum.as_ref())));
    }
    for one in elsewhere {
        all.push(format!("account {} {}", one.issuer, one.subject));
    }
    Ok(all)
}

/// The name of the account under which a person's statements stay: the same for all of them, and
/// nobody without the platform's key finds the way back.
fn pseudonym(app: &App, person: PersonId) -> String {
    let signed = app.sign("pseudonym", &person.to_string());
    Uuid::new_v5(&Uuid::NAMESPACE_OID, signed.as_bytes()).to_string()
}
