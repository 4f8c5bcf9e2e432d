//! A forgotten password, and the page behind an invitation's or a reset's link.

use rocket::http::{CookieJar, Header, Status};
use rocket::response::{Redirect, Responder};
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::Value;

use super::Machine;
use crate::accounts::password::NewPassword;
use crate::accounts::{self, Link, Purpose};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    routes![forgot, send, choose, set]
}

#[derive(Serialize)]
struct ForgotPage {
    form: Value,
    sent: bool,
}

impl Page for ForgotPage {
    const TEMPLATE: &'static str = "accounts/forgot";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "accounts-forgot-title", &[])
    }
}

#[get("/forgot-password")]
fn forgot(visitor: Visitor<'_>) -> Html {
    visitor.page(&ForgotPage {
        form: visitor.form(&Fields::default(), &["email"]),
        sent: false,
    })
}

/// The same answer whether or not there is such an account.
#[post("/forgot-password", data = "<fields>")]
async fn send(
    visitor: Visitor<'_>,
    machine: Machine<'_>,
    mut fields: Fields,
) -> Result<Html, Refusal> {
    let typed = fields.line("email", 400);
    if accounts::email(&typed).is_none() {
        fields.error("email", "email");
    }
    let valid = fields.is_valid();
    if valid {
        accounts::request_reset(visitor.app, &typed, machine.address).await?;
    }
    let page = visitor.page(&ForgotPage {
        form: visitor.form(&fields, &["email"]),
        sent: valid,
    });
    Ok(if valid {
        page
    } else {
        page.status(Status::UnprocessableEntity)
    })
}

#[derive(Serialize)]
struct ChoosePage {
    form: Value,
    token: String,
    name: String,
    email: String,
    welcome: bool,
}

impl Page for ChoosePage {
    const TEMPLATE: &'static str = "accounts/choose-password";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let key = if self.welcome {
            "accounts-welcome-title"
        } else {
            "accounts-choose-title"
        };
        locales.text(lang, key, &[("name", self.name.as_str().into())])
    }
}

impl ChoosePage {
    fn new(visitor: &Visitor<'_>, token: &str, link: Link, fields: &Fields) -> Self {
        ChoosePage {
            form: visitor.form(fields, &["password"]),
            token: token.to_owned(),
            name: link.name,
            email: link.email,
            welcome: link.purpose == Purpose::Invitation,
        }
    }
}

/// The address of this page is a secret: no `Referer` carries its path. (`no-referrer` would also
/// take the `Origin` off the form, which older browsers need to prove that it is ours.)
#[derive(Responder)]
struct Secretive(Html, Header<'static>);

impl Secretive {
    fn new(page: Html) -> Self {
        Secretive(page, Header::new("Referrer-Policy", "strict-origin"))
    }
}

fn used_up() -> Refusal {
    Refusal::new(Status::Gone, "link-used")
}

#[get("/password/<token>")]
async fn choose(visitor: Visitor<'_>, token: &str) -> Result<Secretive, Refusal> {
    let link = accounts::link(visitor.app, token)
        .await?
        .ok_or_else(used_up)?;
    let page = ChoosePage::new(&visitor, token, link, &Fields::default());
    Ok(Secretive::new(visitor.page(&page)))
}

#[post("/password/<token>", data = "<fields>")]
async fn set(
    visitor: Visitor<'_>,
    machine: Machine<'_>,
    jar: &CookieJar<'_>,
    token: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Secretive>, Refusal> {
    let link = accounts::link(visitor.app, token)
        .await?
        .ok_or_else(used_up)?;
    let password = match NewPassword::check(fields.raw("password"), &[&link.email, &link.name]) {
        Ok(password) => password,
        Err(code) => {
            fields.error("password", code);
            let page = visitor.page(&ChoosePage::new(&visitor, token, link, &fields));
            return Ok(Err(Secretive::new(
                page.status(Status::UnprocessableEntity),
            )));
        }
    };
    let done = match link.purpose {
        Purpose::Invitation => "welcome",
        Purpose::Reset => "password-changed",
    };
    let secret = accounts::use_link(visitor.app, token, password, machine.user_agent)
        .await?
        .ok_or_else(used_up)?;
    accounts::set_cookie(visitor.app, jar, &secret);
    Ok(Ok(visitor.redirect("/me", Some(done))))
}
