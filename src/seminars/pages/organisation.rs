//! An organisation's page for those who accompany it: its members and modules in a grid, the
//! sums, and who is one step away from which seminar.
//!
//! It lives here and not in `progress`, which knows nobody above it.

use std::collections::BTreeMap;

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::SignedIn;
use crate::db::On;
use crate::ids::{ModuleId, PersonId};
use crate::organisations::{self, OrgScope};
use crate::progress::{self, CellRow};
use crate::seminars::{self, shown, store, words};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Html, Page, Refusal};

#[derive(Serialize)]
struct OrganisationPage {
    crumbs: Vec<Value>,
    tabs: Value,
    heading: String,
    stats: Vec<Value>,
    modules: Vec<Column>,
    members: Vec<Line>,
    has_former: bool,
    near: Vec<NearSeminar>,
}

/// A module: a column of the grid.
#[derive(Serialize)]
struct Column {
    #[serde(skip)]
    id: ModuleId,
    n: usize,
    heading: String,
    href_to: String,
    completed: i64,
}

/// A member: a line of the grid.
#[derive(Serialize)]
struct Line {
    name: String,
    initials: String,
    hue: &'static str,
    note: Option<String>,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    state: &'static str,
    progress: f64,
}

/// A seminar within reach.
#[derive(Serialize)]
struct NearSeminar {
    heading: String,
    href_to: String,
    starts_at: crate::clock::Timestamp,
    seats_left: i64,
    groups: Vec<NearGroup>,
}

/// Members before whom the same step lies.
#[derive(Serialize)]
struct NearGroup {
    /// Any one of them opens the door.
    steps: Vec<String>,
    people: Vec<NearPerson>,
}

#[derive(Serialize)]
struct NearPerson {
    name: String,
    initials: String,
    hue: &'static str,
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "seminars/organisation";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let args = [("name", json!(self.heading))];
        locales.text(lang, "progress-osc-title", &args)
    }
}

fn cell(cell: Option<&CellRow>) -> Cell {
    use domain::outcome::{State, Success};
    let Some(cell) = cell else {
        return Cell {
            state: "not-started",
            progress: 0.0,
        };
    };
    let outcome = cell.outcome();
    let state = match (outcome.state, outcome.success) {
        (State::NotStarted, _) => "not-started",
        (_, Success::Passed) => "passed",
        (State::Completed, Success::Failed) => "failed",
        (State::Completed, Success::Unknown) => "completed",
        (State::InProgress, _) => "in-progress",
    };
    Cell {
        state,
        progress: outcome.progress,
    }
}

/// The page: for coordinators of the organisation, the staff of its region, administrators; for
/// everybody else it does not exist.
#[get("/organisations/<slug>/progress")]
pub(super) async fn page(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let app = me.app;
    let lang = me.lang();
    let locales = &app.pages.locales;
    let organisation = organisations::by_slug(app, slug)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let scope = OrgScope::of(me.person, &organisation)?;
    let id = scope.organisation();
    let cells = progress::of_organisation(On::from(&app.db), id, me.now).await?;
    let members = seminars::members(app, scope).await?;
    let sums = progress::roll_up(members.len() as i64, &cells);

    // Presence at a seminar is progress under the seminar's own id: its page is the seminar's.
    let ids: Vec<uuid::Uuid> = sums.modules.iter().map(|m| m.module.id.0).collect();
    let attended: Vec<store::ModuleRow> = store::SEMINARS_BY_ID.bind(ids).all(&app.db).await?;
    let mut modules: Vec<Column> = Vec::new();
    let published: Vec<store::ModuleRow> = store::PUBLISHED_MODULES.all(&app.db).await?;
    let begun = sums
        .modules
        .iter()
        .map(|m| (m.module.id, &m.module.slug, &m.module.title));
    let all = published
        .iter()
        .map(|m| (m.id, &m.slug, &m.title))
        .chain(begun);
    for (id, slug, title) in all {
        if modules.iter().all(|m| m.id != id) {
            let sum = sums.modules.iter().find(|m| m.module.id == id);
            modules.push(Column {
                id,
                n: modules.len() + 1,
                heading: title.clone(),
                href_to: match attended.iter().find(|seminar| seminar.id == id) {
                    Some(seminar) => me.href(&format!("/seminars/{}", seminar.slug)),
                    None => me.href(&format!("/modules/{slug}")),
                },
                completed: sum.map_or(0, |m| m.sums.completed),
            });
        }
    }
    let at: BTreeMap<(PersonId, ModuleId), &CellRow> =
        cells.iter().map(|c| ((c.person, c.module), c)).collect();
    let line = |person: PersonId, name: &str, note: Option<String>| Line {
        name: name.to_owned(),
        initials: initials(name),
        hue: hue(person.0),
        note,
        cells: modules
            .iter()
            .map(|module| cell(at.get(&(person, module.id)).copied()))
            .collect(),
    };
    let mut lines: Vec<Line> = members.iter().map(|m| line(m.id, &m.name, None)).collect();
    let mut former: Vec<(PersonId, &str)> = Vec::new();
    for cell in cells.iter().filter(|cell| cell.is_member == 0) {
        if former.iter().all(|(person, _)| *person != cell.person) {
            former.push((cell.person, &cell.name));
        }
    }
    let gone = locales.text(lang, "progress-osc-former", &[]);
    lines.extend(
        former
            .iter()
            .map(|(id, name)| line(*id, name, Some(gone.clone()))),
    );

    let people: Vec<PersonId> = members.iter().map(|m| m.id).collect();
    let near = seminars::one_step_away(app, &people).await?;
    let rows: Vec<_> = near.iter().map(|(seminar, _)| seminar.clone()).collect();
    let named = shown::names_of(On::from(&app.db), &rows).await?;
    let near = near.into_iter().map(|(seminar, near)| {
        let mut groups: Vec<NearGroup> = Vec::new();
        for near in near {
            let Some(member) = members.iter().find(|m| m.id == near.person) else {
                continue;
            };
            let steps: Vec<String> = near
                .missing
                .iter()
                .map(|answer| words::needed_by_name(locales, lang, &answer.condition, &named))
                .collect();
            let person = NearPerson {
                name: member.name.clone(),
                initials: initials(&member.name),
                hue: hue(member.id.0),
            };
            match groups.iter_mut().find(|group| group.steps == steps) {
                Some(group) => group.people.push(person),
                None => groups.push(NearGroup {
                    steps,
                    people: vec![person],
                }),
            }
        }
        NearSeminar {
            href_to: me.href(&format!("/seminars/{}", seminar.slug)),
            starts_at: seminar.starts_at,
            seats_left: seminar.seats_left(),
            groups,
            heading: seminar.title,
        }
    });
    let stat = |hue: &str, key: &str, value: Value| json!({ "hue": hue, "label": locales.text(lang, key, &[]), "value": value });
    Ok(me.page(&OrganisationPage {
        crumbs: vec![json!({
            "href": me.href("/organisations"),
            "label": locales.text(lang, "web-nav-organisations", &[]),
        })],
        stats: vec![
            stat("blue", "progress-osc-members", json!(sums.members)),
            stat("turquoise", "progress-osc-started", json!(sums.all.started)),
            stat("olive", "progress-osc-completed", json!(sums.all.completed)),
            stat("plum", "progress-osc-passed", json!(sums.all.passed)),
            stat(
                "sun",
                "progress-osc-mean",
                json!(words::percent(lang, sums.all.progress)),
            ),
        ],
        modules,
        members: lines,
        has_former: !former.is_empty(),
        near: near.collect(),
        tabs: organisations::tabs(&me, &organisation, "progress"),
        heading: organisation.name,
    }))
}
