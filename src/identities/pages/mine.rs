//! `/me/sign-ins`: with what else a person signs in.

use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::people::{self, Unlinked};
use crate::accounts::guards::SignedIn;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

#[derive(Serialize)]
struct Mine {
    identities: Vec<Value>,
    /// Providers that are not linked yet.
    others: Vec<Value>,
}

impl Page for Mine {
    const TEMPLATE: &'static str = "identities/mine";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "identities-title", &[])
    }
}

#[get("/me/sign-ins")]
pub(super) async fn page(person: SignedIn<'_>) -> Result<Html, Refusal> {
    let providers = &person.app.config.sign_in;
    let known = people::of_person(person.app, person.person.id).await?;
    let others = providers
        .iter()
        .filter(|provider| known.iter().all(|own| own.provider != provider.id))
        .map(|provider| json!({ "id": provider.id, "label": provider.name }))
        .collect();
    let identities = known
        .into_iter()
        .map(|own| {
            let label = providers
                .iter()
                .find(|provider| provider.id == own.provider)
                .map_or(own.provider, |provider| provider.name.clone());
            json!({ "id": own.id, "label": label, "name": own.name, "email": own.email, "seen_at": own.seen_at })
        })
        .collect();
    Ok(person.page(&Mine { identities, others }))
}

#[post("/me/sign-ins/unlink", data = "<fields>")]
pub(super) async fn unlink(person: SignedIn<'_>, fields: Fields) -> Result<Redirect, Refusal> {
    let identity = Uuid::parse_str(fields.raw("identity")).map_err(|_| Refusal::not_found())?;
    match people::unlink(person.app, person.person.id, identity).await? {
        Unlinked::Done => Ok(person.redirect("/me/sign-ins", Some("identity-unlinked"))),
        Unlinked::Unknown => Err(Refusal::not_found()),
        Unlinked::Last => Err(Refusal::conflict("identity-last")),
    }
}
