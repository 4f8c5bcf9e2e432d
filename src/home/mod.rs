//! The first page: what Halqa is, what comes next, what people talk about.

mod api;

use rocket::{Route, get, routes};
use serde::Serialize;

use crate::accounts::Person;
use crate::catalogue::{self, Card, Unfinished};
use crate::organisations;
use crate::seminars;
use crate::spaces;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

/// Modules fill a row of four on a wide screen.
const MODULES: usize = 4;
const SEMINARS: usize = 3;
const TOPICS: i64 = 5;

#[derive(Serialize)]
struct HomePage {
    resume: Option<Unfinished>,
    /// What the person's roles open.
    doors: Vec<Door>,
    /// Seminars to come in which the person has a seat.
    seats: Vec<seminars::Row>,
    modules: Vec<Card>,
    seminars: Vec<seminars::Row>,
    topics: Vec<spaces::TopicCard>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "web/home";
    const NAV: &'static str = "home";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "web-home-title", &[])
    }
}

/// A way to what one role opens.
#[derive(Serialize)]
struct Door {
    href_to: String,
    label: String,
    text: String,
    icon: &'static str,
    hue: &'static str,
}

/// The organisations somebody belongs to, then what each role opens: nobody has to know an address.
async fn doors(visitor: &Visitor<'_>, person: &Person) -> Result<Vec<Door>, Refusal> {
    let lang = visitor.lang();
    let text = |key: &str| visitor.app.pages.locales.text(lang, key, &[]);
    let door = |path: &str, label: String, about: &str, icon, hue| Door {
        href_to: visitor.href(path),
        label,
        text: text(about),
        icon,
        hue,
    };
    let mut doors = Vec::new();
    for belonging in organisations::of_person(visitor.app, person.id).await? {
        if belonging.until_at.is_some_and(|until| until <= visitor.now) {
            continue;
        }
        let path = format!("/organisations/{}", belonging.slug);
        doors.push(match belonging.role.as_str() {
            "coordinator" => door(
                &format!("{path}/progress"),
                belonging.name,
                "web-home-door-coordinates",
                "organisations",
                "olive",
            ),
            _ => door(
                &path,
                belonging.name,
                "web-home-door-member",
                "organisations",
                "olive",
            ),
        });
    }
    if person.roles.can_teach() {
        let label = text("catalogue-teach");
        doors.push(door(
            "/teach",
            label,
            "web-home-door-teach",
            "upload",
            "turquoise",
        ));
    }
    if !person.roles.animates.is_empty() {
        for space in spaces::all(visitor.app).await? {
            if person.roles.animates.contains(&space.id.0) {
                let path = format!("/spaces/{}", space.slug);
                let label = space.title(lang).to_owned();
                doors.push(door(
                    &path,
                    label,
                    "web-home-door-animates",
                    "spaces",
                    "plum",
                ));
            }
        }
    }
    if person.roles.is_staff() {
        let label = text("admin-title");
        doors.push(door(
            "/admin",
            label,
            "web-home-door-staff",
            "admin",
            "blue",
        ));
    }
    Ok(doors)
}

#[get("/")]
async fn home(visitor: Visitor<'_>) -> Result<Html, Refusal> {
    let (resume, modules) = catalogue::suggested(&visitor, MODULES).await?;
    let doors = match visitor.person {
        Some(person) => doors(&visitor, person).await?,
        None => Vec::new(),
    };
    let seats = seminars::held(&visitor).await?;
    let most = i64::try_from(SEMINARS + seats.len()).unwrap_or(i64::MAX);
    let mut upcoming = seminars::upcoming(&visitor, most).await?;
    upcoming.retain(|row| !seats.iter().any(|seat| seat.is_of(row)));
    upcoming.truncate(SEMINARS);
    Ok(visitor.page(&HomePage {
        resume,
        doors,
        seats,
        modules,
        seminars: upcoming,
        topics: spaces::latest(visitor.app, visitor.lang(), TOPICS).await?,
    }))
}

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![home, api::page, api::document]
}
