//! The page that an invitation opens: who invites, what it means, yes or no; and leaving.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::Value;

use crate::accounts;
use crate::accounts::guards::SignedIn;
use crate::accounts::password::NewPassword;
use crate::organisations::invitations::{self, Account, Door, Guest};
use crate::web::i18n::{Lang, Locales};
use crate::web::visitor::Machine;
use crate::web::{Fields, Html, Page, Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    routes![page, accept, decline, account, ask, leave]
}

#[derive(Serialize)]
struct JoinPage {
    heading: String,
    token: String,
    /// Who would accept; none: nobody is signed in.
    me: Option<String>,
    member: bool,
    /// The address it was sent to; none: a link.
    email: Option<String>,
    /// There is no account of that address yet.
    fresh: bool,
    /// Somebody else has to sign in: an account with that address is in use.
    known: bool,
    /// An invitation was sent to the address that was typed.
    sent: bool,
    form: Value,
}

impl Page for JoinPage {
    const TEMPLATE: &'static str = "organisations/join";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let args = [("organisation", self.heading.as_str().into())];
        locales.text(lang, "organisations-join", &args)
    }
}

async fn open(visitor: &Visitor<'_>, token: &str) -> Result<Door, Refusal> {
    invitations::door(visitor.app, token)
        .await?
        .ok_or_else(Refusal::not_found)
}

async fn show(
    visitor: &Visitor<'_>,
    token: &str,
    door: &Door,
    fields: &Fields,
    sent: bool,
) -> Result<Html, Refusal> {
    let member = match visitor.person {
        Some(person) => invitations::is_member(visitor.app, door.organisation, person.id).await?,
        None => false,
    };
    Ok(visitor.page(&JoinPage {
        heading: door.name.clone(),
        token: token.to_owned(),
        me: visitor.person.map(|person| person.name.clone()),
        member,
        email: door.guest.as_ref().map(|guest| guest.email.clone()),
        fresh: door.account == Account::New,
        known: door.account == Account::Known,
        sent,
        form: visitor.form(fields, &["name", "email", "password"]),
    }))
}

#[get("/join/<token>")]
async fn page(visitor: Visitor<'_>, token: &str) -> Result<Html, Refusal> {
    let door = open(&visitor, token).await?;
    let mut fields = Fields::default();
    if let Some(guest) = &door.guest {
        fields.fill("name", &guest.name);
    }
    show(&visitor, token, &door, &fields, false).await
}

#[post("/join/<token>/accept")]
async fn accept(me: SignedIn<'_>, token: &str) -> Result<Redirect, Refusal> {
    let door = open(&me, token).await?;
    let organisation = door.organisation;
    invitations::accept(me.app, door, me.person.id).await?;
    let slug = invitations::slug_of(me.app, organisation).await?;
    Ok(me.redirect(&format!("/organisations/{slug}"), Some("joined")))
}

#[post("/join/<token>/decline")]
async fn decline(visitor: Visitor<'_>, token: &str) -> Result<Redirect, Refusal> {
    let door = open(&visitor, token).await?;
    if door.guest.is_some() {
        invitations::decline(visitor.app, &door).await?;
    }
    Ok(visitor.redirect("/", Some("declined")))
}

/// The first account of who was invited by mail: their address is proven by the token.
#[post("/join/<token>/account", data = "<fields>")]
async fn account(
    visitor: Visitor<'_>,
    machine: Machine<'_>,
    jar: &CookieJar<'_>,
    token: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let door = open(&visitor, token).await?;
    let Some(guest) = door.guest.clone() else {
        return Err(Refusal::not_found());
    };
    match door.account {
        Account::Known => return Err(Refusal::not_found()),
        Account::Unused(person) => {
            let path = invitations::accept_unused(visitor.app, door, person).await?;
            return Ok(Ok(Redirect::to(path)));
        }
        Account::New => {}
    }
    let typed = fields.line("name", accounts::NAME_MAX);
    let name = accounts::name(&typed);
    if fields.is_valid() && name.is_none() {
        fields.error("name", "one-line");
    }
    let password = NewPassword::check(
        fields.raw("password"),
        &[guest.email.as_str(), typed.as_str()],
    );
    if let Err(code) = &password {
        fields.error("password", code);
    }
    let (Some(name), Ok(password), true) = (name, password, fields.is_valid()) else {
        let page = show(&visitor, token, &door, &fields, false).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    let organisation = door.organisation;
    let person = invitations::accept_new(visitor.app, door, name, visitor.lang(), password).await?;
    let secret = accounts::sign_in_known(visitor.app, person, machine.user_agent).await?;
    if let Some(secret) = &secret {
        accounts::set_cookie(visitor.app, jar, secret);
    }
    let slug = invitations::slug_of(visitor.app, organisation).await?;
    Ok(Ok(visitor.redirect(
        &format!("/organisations/{slug}"),
        Some("joined"),
    )))
}

/// Who followed a link and has no account here yet is written to. The same answer for every address.
#[post("/join/<token>/ask", data = "<fields>")]
async fn ask(visitor: Visitor<'_>, token: &str, mut fields: Fields) -> Result<Html, Refusal> {
    let door = open(&visitor, token).await?;
    if door.guest.is_some() {
        return Err(Refusal::not_found());
    }
    let name = fields.line("name", accounts::NAME_MAX);
    let typed = fields.line("email", accounts::EMAIL_MAX);
    let email = accounts::email(&typed);
    if email.is_none() {
        fields.error("email", "email");
    }
    let (Some(email), true) = (email, fields.is_valid()) else {
        let page = show(&visitor, token, &door, &fields, false).await?;
        return Ok(page.status(Status::UnprocessableEntity));
    };
    let guest = Guest {
        email,
        name,
        language: visitor.lang(),
    };
    invitations::ask(visitor.app, door.clone(), guest).await?;
    show(&visitor, token, &door, &fields, true).await
}

/// One's own membership ends.
#[post("/me/organisations/<slug>/leave")]
async fn leave(me: SignedIn<'_>, jar: &CookieJar<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let organisation = crate::organisations::by_slug(me.app, slug)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let secret = invitations::leave(me.app, me.person, organisation.id).await?;
    if let Some(secret) = &secret {
        accounts::set_cookie(me.app, jar, secret);
    }
    Ok(me.redirect("/me", Some("left")))
}
