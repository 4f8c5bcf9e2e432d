//! People: search, and for administrators invitations, roles and suspension.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::{Admin, Staff};
use crate::accounts::{self, Grant, NewGrant};
use crate::admin::{self, Held, Newcomer, Somebody};
use crate::clock::Timestamp;
use crate::ids::PersonId;
use crate::organisations;
use crate::spaces::{self, SpaceRow};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    routes![list, invite, one, invite_again, grant, revoke, suspend]
}

#[derive(Serialize)]
struct PeoplePage {
    text: String,
    admin: bool,
    people: Vec<Value>,
    form: Value,
    languages: Vec<Value>,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "admin/people";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "admin-people", &[])
    }
}

async fn people(staff: &Staff<'_>, text: &str, fields: &Fields) -> Result<Html, Refusal> {
    let people = admin::people(staff.app, staff.person, text).await?;
    let admin = staff.person.roles.admin;
    let line = |who: &Somebody| {
        json!({
            "name": who.name,
            "initials": initials(&who.name),
            "hue": hue(who.id.0),
            "note": who.email,
            "suspended": who.suspended,
            "joined": who.joined,
            "href_to": admin.then(|| staff.href(&format!("/admin/people/{}", who.id))),
        })
    };
    let chosen = match fields.raw("language") {
        "" => staff.lang().code(),
        chosen => chosen,
    };
    Ok(staff.page(&PeoplePage {
        text: text.chars().take(100).collect(),
        admin,
        people: people.iter().map(line).collect(),
        form: staff.form(fields, &["name", "email", "language"]),
        languages: Lang::ALL
            .into_iter()
            .map(|lang| {
                json!({
                    "value": lang.code(),
                    "label": lang.own_name(),
                    "selected": lang.code() == chosen,
                })
            })
            .collect(),
    }))
}

#[get("/admin/people?<q>")]
async fn list(staff: Staff<'_>, q: Option<&str>) -> Result<Html, Refusal> {
    let text = q.unwrap_or_default();
    if text.contains('\0') {
        return Err(Refusal::bad_request("bad-request"));
    }
    people(&staff, text, &Fields::default()).await
}

/// Invites somebody who belongs to no organisation yet: a trainer, a colleague.
#[post("/admin/people", data = "<fields>")]
async fn invite(admin: Admin<'_>, mut fields: Fields) -> Result<Result<Redirect, Html>, Refusal> {
    let typed = fields.line("name", accounts::NAME_MAX);
    let name = accounts::name(&typed);
    if fields.is_valid() && name.is_none() {
        fields.error("name", "one-line");
    }
    let typed = fields.line("email", accounts::EMAIL_MAX);
    let email = accounts::email(&typed);
    if email.is_none() {
        fields.error("email", "email");
    }
    let language = Lang::from_code(fields.raw("language"));
    if language.is_none() {
        fields.error("language", "choice");
    }
    if let (Some(name), Some(email), Some(language), true) =
        (name, email, language, fields.is_valid())
    {
        let new = Newcomer {
            email,
            name,
            language,
        };
        match admin::invite(admin.app, admin.person, new).await {
            Ok(id) => {
                let path = format!("/admin/people/{id}");
                return Ok(Ok(admin.redirect(&path, Some("person-invited"))));
            }
            Err(refusal) if refusal.code == "email-taken" => fields.error("email", "email-taken"),
            Err(refusal) => return Err(refusal),
        }
    }
    let staff = Staff {
        person: admin.person,
        visitor: admin.visitor,
    };
    let page = people(&staff, "", &fields).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

#[derive(Serialize)]
struct PersonPage {
    somebody: Somebody,
    initials: String,
    hue: &'static str,
    is_me: bool,
    grants: Vec<GrantLine>,
    memberships: Vec<Value>,
    form: Value,
    roles: Vec<Value>,
    regions: Vec<Value>,
    spaces: Vec<Value>,
}

#[derive(Serialize)]
struct GrantLine {
    id: Uuid,
    role: String,
    /// The region's or the space's name.
    place: Option<String>,
    from_at: Timestamp,
    until_at: Option<Timestamp>,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "admin/person";
    const NAV: &'static str = "admin";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.somebody.name.clone()
    }
}

/// Roles in the order of the form: the lightest first.
const ROLES: [&str; 4] = ["trainer", "animator", "regional", "admin"];

async fn show(admin: &Admin<'_>, id: PersonId, fields: &Fields) -> Result<Html, Refusal> {
    let somebody = admin::person(admin.app, id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let lang = admin.lang();
    let locales = &admin.app.pages.locales;
    let regions = organisations::regions(admin.app).await?;
    let spaces: Vec<SpaceRow> = spaces::all(admin.app).await?;
    let place = |held: &Held| match (&held.region, held.space) {
        (Some(slug), _) => {
            let region = regions.iter().find(|r| r.slug == *slug);
            Some(region.map_or_else(|| slug.clone(), |r| r.name(lang).to_owned()))
        }
        (None, Some(id)) => spaces
            .iter()
            .find(|s| s.id.0 == id)
            .map(|s| s.title(lang).to_owned()),
        (None, None) => None,
    };
    let grants = admin::grants(admin.app, id).await?;
    let memberships = organisations::of_person(admin.app, id).await?;
    let option = |field: &str, value: String, label: &str| {
        let selected = fields.raw(field) == value;
        json!({ "value": value, "label": label, "selected": selected })
    };
    let none = |field: &str| option(field, String::new(), "–");
    Ok(admin.page(&PersonPage {
        initials: initials(&somebody.name),
        hue: hue(somebody.id.0),
        is_me: somebody.id == admin.person.id,
        grants: grants
            .into_iter()
            .map(|held| GrantLine {
                place: place(&held),
                id: held.id,
                role: held.role,
                from_at: held.from_at,
                until_at: held.until_at,
            })
            .collect(),
        memberships: memberships
            .into_iter()
            .map(|m| {
                json!({
                    "href_to": admin.href(&format!("/organisations/{}", m.slug)),
                    "heading": m.name,
                    "role": m.role,
                    "from_at": m.from_at,
                    "until_at": m.until_at,
                })
            })
            .collect(),
        form: admin.form(fields, &["role", "region", "space", "until"]),
        roles: ROLES
            .iter()
            .map(|role| {
                let label = locales.plain(lang, &format!("admin-role-{role}"), &[]);
                option("role", (*role).to_owned(), &label)
            })
            .collect(),
        regions: std::iter::once(none("region"))
            .chain(
                regions
                    .iter()
                    .map(|r| option("region", r.slug.clone(), r.name(lang))),
            )
            .collect(),
        spaces: std::iter::once(none("space"))
            .chain(
                spaces
                    .iter()
                    .map(|s| option("space", s.slug.clone(), s.title(lang))),
            )
            .collect(),
        somebody,
    }))
}

#[get("/admin/people/<id>")]
async fn one(admin: Admin<'_>, id: PersonId) -> Result<Html, Refusal> {
    show(&admin, id, &Fields::default()).await
}

#[post("/admin/people/<id>/invite")]
async fn invite_again(admin: Admin<'_>, id: PersonId) -> Result<Redirect, Refusal> {
    let somebody = admin::person(admin.app, id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    admin::invite_again(admin.app, admin.person, &somebody).await?;
    let path = format!("/admin/people/{id}");
    Ok(admin.redirect(&path, Some("person-invited")))
}

/// The role that the form names; what is wrong is in the fields.
async fn role(admin: &Admin<'_>, fields: &mut Fields) -> Result<Option<Grant>, Refusal> {
    Ok(match fields.raw("role") {
        "admin" => Some(Grant::Admin),
        "trainer" => Some(Grant::Trainer),
        "regional" => {
            let region = fields.raw("region").to_owned();
            let known = organisations::regions(admin.app).await?;
            let known = known.iter().any(|named| named.slug == region);
            if !known {
                fields.error("region", "choice");
            }
            known.then_some(Grant::Regional(region))
        }
        "animator" => {
            let space = spaces::by_slug(admin.app, fields.raw("space")).await?;
            if space.is_none() {
                fields.error("space", "choice");
            }
            space.map(|space| Grant::Animator(space.id.0))
        }
        _ => {
            fields.error("role", "choice");
            None
        }
    })
}

#[post("/admin/people/<id>/grants", data = "<fields>")]
async fn grant(
    admin: Admin<'_>,
    jar: &CookieJar<'_>,
    id: PersonId,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    admin::person(admin.app, id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let grant = role(&admin, &mut fields).await?;
    let until = if fields.raw("until").is_empty() {
        None
    } else {
        Some(fields.moment("until", admin.app.pages.time_zone()))
    };
    if until.is_some_and(|until| until <= admin.now) {
        fields.error("until", "date");
    }
    let (Some(grant), true) = (grant, fields.is_valid()) else {
        let page = show(&admin, id, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    let new = NewGrant {
        id: admin.app.ids.uuid(),
        person: id,
        grant,
        from: admin.now,
        until,
        by: Some(admin.person.id),
    };
    if let Some(secret) = admin::grant(admin.app, admin.person, new).await? {
        accounts::set_cookie(admin.app, jar, &secret);
    }
    Ok(Ok(
        admin.redirect(&format!("/admin/people/{id}"), Some("saved"))
    ))
}

/// Where an administrator goes on who may have given that role up.
fn after(visitor: &Visitor<'_>, id: PersonId, own: bool) -> Redirect {
    if own {
        visitor.redirect("/me", Some("saved"))
    } else {
        visitor.redirect(&format!("/admin/people/{id}"), Some("saved"))
    }
}

#[post("/admin/people/<id>/grants/<held>/revoke")]
async fn revoke(
    admin: Admin<'_>,
    jar: &CookieJar<'_>,
    id: PersonId,
    held: &str,
) -> Result<Redirect, Refusal> {
    let held = Uuid::parse_str(held).map_err(|_| Refusal::not_found())?;
    let secret = admin::revoke(admin.app, admin.person, id, held).await?;
    if let Some(secret) = &secret {
        accounts::set_cookie(admin.app, jar, secret);
    }
    Ok(after(&admin, id, secret.is_some()))
}

#[post("/admin/people/<id>/suspend", data = "<fields>")]
async fn suspend(admin: Admin<'_>, id: PersonId, fields: Fields) -> Result<Redirect, Refusal> {
    let suspended = match fields.raw("suspended") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::bad_request("bad-request")),
    };
    admin::suspend(admin.app, admin.person.id, id, suspended).await?;
    Ok(admin.redirect(&format!("/admin/people/{id}"), Some("saved")))
}
