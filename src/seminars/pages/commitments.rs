//! What participants mean to do: one's own, those of a seminar for its team, those of an
//! organisation for its coordinators.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::edit::{options, organised};
use super::presence::crumbs;
use crate::accounts::guards::{SignedIn, Staff};
use crate::clock::Timestamp;
use crate::organisations::{self, OrgScope};
use crate::seminars::commitments::{self, BODY_MAX, CommitmentRow, MOST};
use crate::seminars::{self, SeminarRow, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct Line {
    id: Uuid,
    name: String,
    note: Option<String>,
    heading: String,
    href_to: String,
    body: String,
    due_at: Timestamp,
    done_at: Option<Timestamp>,
    late: bool,
    outcome: String,
}

fn line(visitor: &Visitor<'_>, row: CommitmentRow) -> Line {
    Line {
        id: row.id,
        name: row.name,
        note: row.organisation,
        heading: row.heading,
        href_to: visitor.href(&format!("/seminars/{}", row.slug)),
        body: row.body,
        late: row.done_at.is_none() && row.due_at < visitor.now,
        due_at: row.due_at,
        done_at: row.done_at,
        outcome: row.outcome,
    }
}

#[derive(Serialize)]
struct CommitmentsPage {
    crumbs: Vec<Value>,
    heading: String,
    slug: String,
    /// The visitor has a seat, and the seminar has begun.
    takes_part: bool,
    mine: Vec<Line>,
    may_make: bool,
    form: Value,
    months: Vec<Value>,
    alert: Option<Value>,
    /// Those of everybody, for the team.
    all: Option<Vec<Line>>,
    /// The organisers say who else sees them.
    may_name: bool,
    trainers: Vec<Value>,
}

impl Page for CommitmentsPage {
    const TEMPLATE: &'static str = "seminars/commitments";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "commitments-of", &[("name", json!(self.heading))])
    }
}

async fn page(
    me: &Visitor<'_>,
    person: &crate::accounts::Person,
    seminar: &SeminarRow,
    fields: &Fields,
    refused: Option<&Refusal>,
) -> Result<Html, Refusal> {
    let app = me.app;
    let locales = &app.pages.locales;
    let seats = store::HAS_SEAT.bind(seminar.id).bind(person.id);
    let (seats,): (i64,) = seats.one(&app.db).await?;
    let begun = seminar.starts_at <= me.now && seminar.cancelled_at.is_none();
    let takes_part = seats > 0 && begun;
    let leads = commitments::leads(app, seminar, person).await?;
    if !takes_part && !leads {
        return Err(Refusal::not_found());
    }
    let mine = commitments::of_person(app, seminar.id, person.id).await?;
    let all = match leads {
        true => Some(
            commitments::of_seminar(app, seminar.id)
                .await?
                .into_iter()
                .map(|row| line(me, row))
                .collect(),
        ),
        false => None,
    };
    let may_name = person.roles.can_organise(seminar.region.as_deref());
    let trainers = match may_name {
        true => commitments::trainers(app, seminar.id).await?,
        false => Vec::new(),
    };
    let chosen = match fields.raw("months") {
        "" => "3",
        typed => typed,
    };
    let months = ["1", "2", "3"].map(|n| {
        let count = n.parse::<i64>().unwrap_or(3);
        (
            n,
            locales.plain(me.lang(), "commitments-months", &[("count", json!(count))]),
        )
    });
    let html = me.page(&CommitmentsPage {
        crumbs: crumbs(me, seminar),
        heading: seminar.title.clone(),
        slug: seminar.slug.clone(),
        takes_part,
        may_make: takes_part && (mine.len() as i64) < MOST,
        mine: mine.into_iter().map(|row| line(me, row)).collect(),
        form: me.form(fields, &["body", "email"]),
        months: options(chosen, months),
        alert: refused.map(|refusal| {
            let body = format!("error-{}-body", refusal.code);
            json!({ "kind": "warn", "text": locales.text(me.lang(), &body, &refusal.args) })
        }),
        all,
        may_name,
        trainers: trainers
            .into_iter()
            .map(|row| json!({ "id": row.id, "name": row.name, "note": row.email }))
            .collect(),
    });
    Ok(match (refused, fields.is_valid()) {
        (Some(refusal), _) => html.status(refusal.status),
        (None, false) => html.status(Status::UnprocessableEntity),
        (None, true) => html,
    })
}

/// The page: for who takes part, once it has begun, and for the team.
#[get("/seminars/<slug>/commitments")]
pub(super) async fn show(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    page(&me, me.person, &seminar, &Fields::default(), None).await
}

/// `act=done` and `act=remove` are about the one of `id`; without them a new one is made.
#[post("/seminars/<slug>/commitments", data = "<fields>")]
pub(super) async fn act(
    me: SignedIn<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    let person = me.person.id;
    let id = Uuid::try_parse(fields.raw("id")).unwrap_or_default();
    let done = match fields.raw("act") {
        "done" => {
            let outcome = fields.optional_line("outcome", BODY_MAX);
            commitments::done(me.app, seminar.id, person, id, outcome).await?;
            "commitment-done"
        }
        "remove" => {
            commitments::remove(me.app, seminar.id, person, id).await?;
            "commitment-removed"
        }
        _ => {
            let body = fields.line("body", BODY_MAX);
            if !fields.is_valid() {
                return Ok(Err(page(&me, me.person, &seminar, &fields, None).await?));
            }
            let months = fields.raw("months").parse().unwrap_or(3);
            match commitments::make(me.app, &seminar, person, body, months).await {
                Ok(()) => "commitment-made",
                Err(refusal) if refusal.code == "too-many-commitments" => {
                    let html = page(&me, me.person, &seminar, &fields, Some(&refusal)).await?;
                    return Ok(Err(html));
                }
                Err(refusal) => return Err(refusal),
            }
        }
    };
    let path = format!("/seminars/{slug}/commitments");
    Ok(Ok(me.redirect(&path, Some(done))))
}

/// Names a trainer by address, or (`act=remove`) no longer the one of `id`.
#[post("/seminars/<slug>/trainers", data = "<fields>")]
pub(super) async fn trainers(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let path = format!("/seminars/{slug}/commitments");
    if fields.raw("act") == "remove" {
        let id = Uuid::try_parse(fields.raw("id")).unwrap_or_default();
        commitments::name_trainer(staff.app, seminar.id, crate::ids::PersonId(id), false).await?;
        return Ok(Ok(staff.redirect(&path, Some("trainer-removed"))));
    }
    let email = fields.line("email", 200);
    let found = seminars::learner(staff.app, &email).await?;
    let Some(found) = found else {
        fields.error("email", "nobody-there");
        let html = page(&staff, staff.person, &seminar, &fields, None).await?;
        return Ok(Err(html));
    };
    commitments::name_trainer(staff.app, seminar.id, found.id, true).await?;
    Ok(Ok(staff.redirect(&path, Some("trainer-named"))))
}

#[derive(Serialize)]
struct OrganisationPage {
    crumbs: Vec<Value>,
    tabs: Value,
    heading: String,
    rows: Vec<Line>,
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "seminars/commitments-organisation";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "commitments-of", &[("name", json!(self.heading))])
    }
}

/// What the members of an organisation mean to do: its coordinators, the staff of its region.
#[get("/organisations/<slug>/commitments")]
pub(super) async fn of_organisation(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let organisation = organisations::by_slug(me.app, slug)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let scope = OrgScope::of(me.person, &organisation)?;
    let rows = commitments::of_organisation(me.app, scope).await?;
    let locales = &me.app.pages.locales;
    Ok(me.page(&OrganisationPage {
        crumbs: vec![json!({
            "href": me.href("/organisations"),
            "label": locales.text(me.lang(), "web-nav-organisations", &[]),
        })],
        tabs: organisations::tabs(&me, &organisation, "commitments"),
        rows: rows.into_iter().map(|row| line(&me, row)).collect(),
        heading: organisation.name,
    }))
}
