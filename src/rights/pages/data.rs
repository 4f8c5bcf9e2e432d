//! `/me/data`: all that is kept as a file, and erasing the account; administrators erase somebody
//! who asks them to.

use std::io::Cursor;

use rocket::http::{CookieJar, Status};
use rocket::response::{Redirect, Responder, Response};
use rocket::{Request, Route, get, post, response, routes};
use serde::Serialize;
use serde_json::Value;

use crate::accounts;
use crate::accounts::guards::{Admin, SignedIn};
use crate::ids::PersonId;
use crate::rights::{self, Package};
use crate::web::i18n::{Lang, Locales};
use crate::web::visitor::Machine;
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, export, erase, erase_other]
}

#[derive(Serialize)]
struct DataPage {
    email: String,
    /// There is one to be asked for.
    password: bool,
    form: Value,
}

impl Page for DataPage {
    const TEMPLATE: &'static str = "rights/data";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "rights-title", &[])
    }
}

async fn show(me: &SignedIn<'_>, fields: &Fields) -> Result<Html, Refusal> {
    Ok(me.page(&DataPage {
        email: me.person.email.clone(),
        password: accounts::is_password_set(me.app, me.person.id).await?,
        form: me.form(fields, &["email", "present"]),
    }))
}

#[get("/me/data")]
async fn page(me: SignedIn<'_>) -> Result<Html, Refusal> {
    show(&me, &Fields::default()).await
}

impl<'r> Responder<'r, 'static> for Package {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .raw_header("Content-Type", "application/zip")
            .raw_header("Content-Disposition", "attachment; filename=\"halqa.zip\"")
            .raw_header("Cache-Control", "private, no-store")
            .sized_body(self.0.len(), Cursor::new(self.0))
            .ok()
    }
}

#[get("/me/data/export")]
async fn export(me: SignedIn<'_>) -> Result<Package, Refusal> {
    rights::export(me.app, me.person.id).await
}

/// The person types the address and the password: nobody goes by a slip of the finger, or because
/// a telephone was left on a table.
#[post("/me/data/erase", data = "<fields>")]
async fn erase(
    me: SignedIn<'_>,
    machine: Machine<'_>,
    jar: &CookieJar<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let typed = accounts::normal_email(fields.raw("email"));
    if typed != me.person.email {
        fields.error("email", "email-other");
    }
    let present = fields.raw("present").to_owned();
    if fields.is_valid()
        && accounts::is_password_set(me.app, me.person.id).await?
        && !accounts::confirm(me.app, me.person, &present, machine.address).await?
    {
        fields.error("present", "password-wrong");
    }
    if !fields.is_valid() {
        let page = show(&me, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let posts = fields.ticked("posts");
    rights::erase(me.app, Some(me.person.id), me.person.id, posts).await?;
    accounts::remove_cookie(me.app, jar);
    Ok(Ok(me.redirect("/", Some("erased"))))
}

#[post("/admin/people/<id>/erase", data = "<fields>")]
async fn erase_other(admin: Admin<'_>, id: PersonId, fields: Fields) -> Result<Redirect, Refusal> {
    if id == admin.person.id {
        return Err(Refusal::conflict("erase-oneself"));
    }
    let posts = fields.ticked("posts");
    rights::erase(admin.app, Some(admin.person.id), id, posts).await?;
    Ok(admin.redirect("/admin/people", Some("person-erased")))
}
