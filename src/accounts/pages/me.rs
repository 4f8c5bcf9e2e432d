//! The person's own page.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Machine;
use crate::accounts::guards::SignedIn;
use crate::accounts::password::NewPassword;
use crate::accounts::{self, Session};
use crate::clock::Timestamp;
use crate::web::i18n::{Lang, Locales};
use crate::web::language;
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, profile, password, end_session]
}

#[derive(Serialize)]
struct MePage {
    email: String,
    /// Mail to it comes back.
    bounced: bool,
    /// Where the person is a member now.
    organisations: Vec<Value>,
    profile: Value,
    languages: Vec<Value>,
    /// What they completed may stand beside their answers.
    shows_learning: bool,
    password: Value,
    sessions: Vec<SessionLine>,
    /// Others may sign people in here.
    others: bool,
}

#[derive(Serialize)]
struct SessionLine {
    id: Uuid,
    browser: String,
    since: Timestamp,
    seen: Timestamp,
    here: bool,
}

impl Page for MePage {
    const TEMPLATE: &'static str = "accounts/me";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "web-account", &[])
    }
}

/// "Firefox · Android" out of what a browser calls itself: enough to know one's own.
fn browser(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    let program = find(&[
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("SamsungBrowser", "Samsung Internet"),
        ("OPR", "Opera"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => user_agent.chars().take(40).collect(),
    }
}

async fn show(
    me: &SignedIn<'_>,
    profile: Option<&Fields>,
    password: Option<&Fields>,
) -> Result<Html, Refusal> {
    let sessions: Vec<Session> = accounts::sessions(me.app, me.person.id).await?;
    let mut stored = Fields::default();
    stored.fill("name", &me.person.name);
    stored.fill("language", &me.person.language);
    let profile = me.form(profile.unwrap_or(&stored), &["name", "language"]);
    let chosen = profile["language"]["value"].as_str().unwrap_or_default();
    let languages = Lang::ALL
        .into_iter()
        .map(|lang| {
            json!({
                "value": lang.code(),
                "label": lang.own_name(),
                "selected": lang.code() == chosen,
            })
        })
        .collect();
    let belongings = crate::organisations::of_person(me.app, me.person.id).await?;
    Ok(me.page(&MePage {
        organisations: belongings
            .into_iter()
            .filter(|line| line.until_at.is_none_or(|until| until > me.now))
            .map(|line| {
                json!({
                    "href_to": me.href(&format!("/organisations/{}", line.slug)),
                    "slug": line.slug,
                    "heading": line.name,
                    "coordinates": line.role == "coordinator",
                    "since": line.from_at.micros(),
                })
            })
            .collect(),
        bounced: crate::outbound::bounces::reason(me.app, &me.person.email)
            .await?
            .is_some(),
        email: me.person.email.clone(),
        shows_learning: accounts::shows_learning(me.app, me.person.id).await?,
        others: !me.app.config.sign_in.is_empty(),
        profile,
        languages,
        password: me.form(
            password.unwrap_or(&Fields::default()),
            &["present", "password"],
        ),
        sessions: sessions
            .into_iter()
            .map(|session| SessionLine {
                here: session.id == me.person.session,
                id: session.id,
                browser: browser(&session.user_agent),
                since: session.created_at,
                seen: session.seen_at,
            })
            .collect(),
    }))
}

#[get("/me")]
async fn page(me: SignedIn<'_>) -> Result<Html, Refusal> {
    show(&me, None, None).await
}

#[post("/me/profile", data = "<fields>")]
async fn profile(
    me: SignedIn<'_>,
    jar: &CookieJar<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let typed = fields.line("name", accounts::NAME_MAX);
    let name = accounts::name(&typed);
    if fields.is_valid() && name.is_none() {
        fields.error("name", "one-line");
    }
    let language = Lang::from_code(fields.raw("language"));
    if language.is_none() {
        fields.error("language", "choice");
    }
    let (Some(name), Some(language), true) = (name, language, fields.is_valid()) else {
        let page = show(&me, Some(&fields), None).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    accounts::edit(me.app, me.person.id, name, language).await?;
    accounts::show_learning(me.app, me.person.id, fields.ticked("shows_learning")).await?;
    language::remember(jar, language);
    let target = format!("/{}/me?done=saved", language.code());
    Ok(Ok(Redirect::to(target)))
}

#[post("/me/password", data = "<fields>")]
async fn password(
    me: SignedIn<'_>,
    machine: Machine<'_>,
    jar: &CookieJar<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let about = [me.person.email.as_str(), me.person.name.as_str()];
    let secret = match NewPassword::check(fields.raw("password"), &about) {
        Ok(new) => {
            let present = fields.raw("present").to_owned();
            let changed =
                accounts::change_password(me.app, me.person, &present, new, machine.address)
                    .await?;
            if changed.is_none() {
                fields.error("present", "password-wrong");
            }
            changed
        }
        Err(code) => {
            fields.error("password", code);
            None
        }
    };
    let Some(secret) = secret else {
        let page = show(&me, None, Some(&fields)).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    accounts::set_cookie(me.app, jar, &secret);
    Ok(Ok(me.redirect("/me", Some("password-changed"))))
}

#[post("/me/sessions/<id>/end")]
async fn end_session(me: SignedIn<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    if !accounts::end_session(me.app, me.person.id, id).await? {
        return Err(Refusal::not_found());
    }
    Ok(me.redirect("/me", Some("session-ended")))
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_named() {
        let phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) \
                     Chrome/126.0 Mobile Safari/537.36";
        assert_eq!(browser(phone), "Chrome · Android");
        assert_eq!(browser("curl/8"), "curl/8");
    }
}
