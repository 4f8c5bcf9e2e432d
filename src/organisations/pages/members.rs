//! An organisation's members, for its coordinators and the staff of its region.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{crumbs, find, tabs};
use crate::accounts;
use crate::accounts::guards::SignedIn;
use crate::clock::Timestamp;
use crate::organisations::{self, Change, Guest, Member, OrgScope, Organisation, Sent};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, invite, change]
}

/// Invitations shown at most.
const WAITING: i64 = 200;

#[derive(Serialize)]
struct MembersPage {
    crumbs: Value,
    heading: String,
    slug: String,
    tabs: Value,
    present: Vec<Line>,
    past: Vec<Line>,
    waiting: Vec<Value>,
    waiting_count: i64,
    form: Value,
    languages: Vec<Value>,
}

/// A membership as it is shown.
#[derive(Serialize)]
struct Line {
    name: String,
    initials: String,
    hue: &'static str,
    /// The address.
    note: String,
    id: Uuid,
    role: String,
    from_at: Timestamp,
    until_at: Option<Timestamp>,
    joined: bool,
}

impl From<Member> for Line {
    fn from(member: Member) -> Self {
        Line {
            initials: initials(&member.name),
            hue: hue(member.id),
            name: member.name,
            note: member.email,
            id: member.id,
            role: member.role,
            from_at: member.from_at,
            until_at: member.until_at,
            joined: member.joined,
        }
    }
}

impl Page for MembersPage {
    const TEMPLATE: &'static str = "organisations/members";
    const NAV: &'static str = "organisations";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

pub(super) async fn scoped(
    me: &SignedIn<'_>,
    slug: &str,
) -> Result<(Organisation, OrgScope), Refusal> {
    let organisation = find(me, slug).await?;
    let scope = OrgScope::of(me.person, &organisation)?;
    Ok((organisation, scope))
}

async fn show(
    me: &SignedIn<'_>,
    organisation: Organisation,
    scope: OrgScope,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let languages = Lang::ALL
        .into_iter()
        .map(|lang| {
            serde_json::json!({
                "value": lang.code(),
                "label": lang.own_name(),
                "selected": lang.code() == fields.raw("language"),
            })
        })
        .collect();
    let members = organisations::members(me.app, scope).await?;
    let (present, past): (Vec<Line>, Vec<Line>) = members
        .into_iter()
        .map(Line::from)
        .partition(|line| line.until_at.is_none());
    let (waiting, waiting_count) = organisations::waiting(me.app, scope, WAITING).await?;
    Ok(me.page(&MembersPage {
        waiting: waiting
            .into_iter()
            .map(|line| {
                serde_json::json!({
                    "id": line.id, "name": line.name, "initials": initials(&line.name),
                    "hue": hue(line.id), "note": line.email, "since": line.created_at.micros(),
                    "declined": line.declined, "expired": line.expired,
                })
            })
            .collect(),
        waiting_count,
        crumbs: crumbs(me),
        tabs: tabs(me, &organisation, "members"),
        heading: organisation.name,
        slug: organisation.slug,
        present,
        past,
        form: me.form(fields, &["name", "email", "language"]),
        languages,
    }))
}

#[get("/organisations/<slug>/members")]
async fn page(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let (organisation, scope) = scoped(&me, slug).await?;
    show(&me, organisation, scope, &Fields::default()).await
}

#[post("/organisations/<slug>/members", data = "<fields>")]
async fn invite(
    me: SignedIn<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let (organisation, scope) = scoped(&me, slug).await?;
    let name = fields.line("name", accounts::NAME_MAX);
    let typed = fields.line("email", accounts::EMAIL_MAX);
    let email = accounts::email(&typed);
    if email.is_none() {
        fields.error("email", "email");
    }
    let (Some(email), true) = (email, fields.is_valid()) else {
        let page = show(&me, organisation, scope, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    let new = Guest {
        email,
        name,
        language: Lang::from_code(fields.raw("language")).unwrap_or_default(),
    };
    let done = match organisations::invite(me.app, scope, me.person, new).await? {
        Sent::Now => "member-invited",
        Sent::Waiting => "member-waits",
        Sent::Member => "member-already",
        Sent::Declined => "member-declined",
        Sent::TooMany => {
            return Err(Refusal::new(
                Status::TooManyRequests,
                "too-many-invitations",
            ));
        }
    };
    let back = format!("/organisations/{slug}/members");
    Ok(Ok(me.redirect(&back, Some(done))))
}

#[post("/organisations/<slug>/members/<id>/<what>")]
async fn change(
    me: SignedIn<'_>,
    jar: &CookieJar<'_>,
    slug: &str,
    id: &str,
    what: &str,
) -> Result<Redirect, Refusal> {
    let (organisation, scope) = scoped(&me, slug).await?;
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    let what = match what {
        "end" => Change::End,
        "coordinator" => Change::Coordinator,
        "member" => Change::Member,
        _ => return Err(Refusal::not_found()),
    };
    let secret = organisations::change(me.app, scope, me.person, id, what).await?;
    if let Some(secret) = &secret {
        accounts::set_cookie(me.app, jar, secret);
    }
    // Who gave the coordination up no longer sees the members.
    let region = organisation.region.as_deref();
    let stays = secret.is_none() || organisations::may_administer(me.person, region);
    let back = match stays {
        true => format!("/organisations/{slug}/members"),
        false => format!("/organisations/{slug}"),
    };
    Ok(me.redirect(&back, Some("saved")))
}
