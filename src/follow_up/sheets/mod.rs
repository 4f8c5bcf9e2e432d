//! Action sheets: an objective, the organisations concerned, milestones, what shows that it was
//! done, and the state, which changes by the steps of [`domain::action`] alone.
//!
//! The staff of a region writes the sheets of its region, administrators all; organisations see
//! those that concern them; everybody sees what is published and tells of nobody at rest.

mod evidence;
mod parts;
mod store;

use domain::action::{State, Step};
use uuid::Uuid;

use crate::App;
use crate::accounts::Person;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::folding;
use crate::ids::PersonId;
use crate::organisations::{self, OrgScope, may_administer};
use crate::web::{Lang, Refusal};

pub use evidence::place;
pub use parts::{MilestoneAct, add_evidence, add_milestone, milestone, remove_evidence};
pub(crate) use store::QUERIES;
pub use store::{ConcernedRow, EventRow, EvidenceRow, MilestoneRow, SheetRow};

/// What can be evidence.
pub const EVIDENCE_KINDS: [&str; 4] = ["seminar", "document", "module", "topic"];
/// Sheets of a page.
pub const PAGE: i64 = 20;
/// Milestones, organisations and evidence of a sheet at most.
const MOST: usize = 200;

/// What the staff writes about an action.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Title.
    pub title: String,
    /// What shall be reached.
    pub objective: String,
    /// How; may be empty.
    pub description: String,
    /// The language of these words.
    pub language: Lang,
    /// None: the whole country.
    pub region: Option<String>,
    /// None: no axis in particular.
    pub axis: Option<String>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

impl SheetRow {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Planned)
    }

    /// May change it: the staff of its region, administrators.
    pub fn may_write(&self, person: &Person) -> bool {
        may_administer(person, self.region.as_deref())
    }

    /// May see it, published or not, as staff.
    fn is_seen_by_staff(&self, person: &Person) -> bool {
        self.may_write(person) || (self.region.is_none() && person.roles.is_staff())
    }
}

/// A sheet with the right to change it, which only a check of roles gives.
pub struct Writable(pub SheetRow);

/// The sheet of this slug for somebody who may change it: 403 for staff that only sees it, 404 for
/// everybody else.
pub async fn writable(app: &App, person: &Person, slug: &str) -> Result<Writable, Refusal> {
    let row = seen(app, person, slug).await?;
    if row.may_write(person) {
        Ok(Writable(row))
    } else {
        Err(Refusal::forbidden())
    }
}

/// The sheet of this slug for the staff that sees it and the people of the organisations that it
/// concerns; 404 for everybody else.
pub async fn seen(app: &App, person: &Person, slug: &str) -> Result<SheetRow, Refusal> {
    let row: Option<SheetRow> = store::BY_SLUG.bind(slug).optional(&app.db).await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    if row.is_seen_by_staff(person) {
        return Ok(row);
    }
    let concerned = concerned(app, row.id).await?;
    let own =
        |id: Uuid| person.roles.coordinates.contains(&id) || person.roles.member_of.contains(&id);
    if concerned.iter().any(|one| own(one.id.0)) {
        Ok(row)
    } else {
        Err(Refusal::not_found())
    }
}

/// The published sheet of this slug; 404.
pub async fn shown(app: &App, slug: &str) -> Result<SheetRow, Refusal> {
    let row: Option<SheetRow> = store::SHOWN.bind(slug).optional(&app.db).await?;
    row.ok_or_else(Refusal::not_found)
}

/// What lists are filtered by; empty: everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A region's slug.
    pub region: String,
    /// An axis' slug.
    pub axis: String,
    /// A state's code.
    pub state: String,
    /// From 0.
    pub page: i64,
}

/// A page of the sheets that somebody of the staff sees, and whether another follows.
pub async fn list(
    app: &App,
    staff: &Person,
    filter: &Filter,
) -> Result<(Vec<SheetRow>, bool), DbError> {
    let rows: Vec<SheetRow> = store::LIST
        .bind(staff.roles.admin)
        .bind(staff.roles.regions.clone())
        .bind(&filter.region)
        .bind(&filter.axis)
        .bind(&filter.state)
        .bind(PAGE + 1)
        .bind(filter.page.clamp(0, 10_000) * PAGE)
        .all(&app.db)
        .await?;
    Ok(cut(rows))
}

fn cut(mut rows: Vec<SheetRow>) -> (Vec<SheetRow>, bool) {
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    (rows, more)
}

/// The sheets that concern an organisation.
pub async fn of_organisation(app: &App, scope: OrgScope) -> Result<Vec<SheetRow>, DbError> {
    store::OF_ORGANISATION
        .bind(scope.organisation())
        .all(&app.db)
        .await
}

/// A page of the public timeline, and whether another follows. `between`: what was under way then.
pub async fn timeline(
    app: &App,
    between: Option<(Timestamp, Timestamp)>,
    filter: &Filter,
) -> Result<(Vec<SheetRow>, bool), DbError> {
    let rows: Vec<SheetRow> = store::TIMELINE
        .bind(between.map(|(from, _)| from))
        .bind(between.map(|(_, until)| until))
        .bind(&filter.region)
        .bind(&filter.axis)
        .bind(PAGE + 1)
        .bind(filter.page.clamp(0, 10_000) * PAGE)
        .all(&app.db)
        .await?;
    Ok(cut(rows))
}

/// The first and the last moment of what is published.
pub async fn span(app: &App) -> Result<Option<(Timestamp, Timestamp)>, DbError> {
    let row: store::SpanRow = store::SPAN.one(&app.db).await?;
    Ok(row.first.zip(row.last))
}

/// The organisations that a sheet concerns, at rest or not: for those who may write it.
pub async fn concerned(app: &App, sheet: Uuid) -> Result<Vec<ConcernedRow>, DbError> {
    store::ORGANISATIONS.bind(sheet).all(&app.db).await
}

/// Those that are not at rest: for everybody else.
pub async fn shown_concerned(app: &App, sheet: Uuid) -> Result<Vec<ConcernedRow>, DbError> {
    store::SHOWN_ORGANISATIONS.bind(sheet).all(&app.db).await
}

/// Organisations by part of their name that could be concerned: of the sheet's region.
pub async fn candidates(
    app: &App,
    sheet: &Writable,
    text: &str,
) -> Result<Vec<ConcernedRow>, DbError> {
    let pattern = folding::pattern(text);
    if pattern.is_empty() {
        return Ok(Vec::new());
    }
    store::CANDIDATES
        .bind(sheet.0.id)
        .bind(pattern)
        .bind(sheet.0.region.clone())
        .all(&app.db)
        .await
}

/// A sheet's milestones, by the day they are due.
pub async fn milestones(app: &App, sheet: Uuid) -> Result<Vec<MilestoneRow>, DbError> {
    store::MILESTONES.bind(sheet).all(&app.db).await
}

/// What shows that a sheet's work was done. What may no longer be seen has no title.
pub async fn evidence(app: &App, sheet: Uuid) -> Result<Vec<EvidenceRow>, DbError> {
    store::EVIDENCES.bind(sheet).all(&app.db).await
}

/// What happened to a sheet, latest first.
pub async fn events(app: &App, sheet: Uuid) -> Result<Vec<EventRow>, DbError> {
    store::EVENTS.bind(sheet).all(&app.db).await
}

/// A line of the history.
#[derive(Debug, Clone)]
struct Event {
    id: Uuid,
    sheet: Uuid,
    what: &'static str,
    step: Option<(State, State)>,
    note: String,
    by: PersonId,
    at: Timestamp,
}

impl Event {
    fn new(app: &App, sheet: Uuid, what: &'static str, by: PersonId) -> Event {
        Event {
            id: app.ids.uuid(),
            sheet,
            what,
            step: None,
            note: String::new(),
            by,
            at: app.clock.now(),
        }
    }

    async fn write(&self, tx: &mut Tx, note: &str) -> Result<(), DbError> {
        store::EVENT
            .bind(self.id)
            .bind(self.sheet)
            .bind(self.what)
            .bind(self.step.map(|(from, _)| from.code()))
            .bind(self.step.map(|(_, to)| to.code()))
            .bind(note)
            .bind(self.by)
            .bind(self.at)
            .run(tx)
            .await
            .map(drop)
    }
}

/// Writes a new sheet, planned and not published; gives its slug. 403 for a region that is not the
/// writer's.
pub async fn add(app: &App, by: &Person, new: Sheet) -> Result<String, Refusal> {
    if !may_administer(by, new.region.as_deref()) {
        return Err(Refusal::forbidden());
    }
    let id = app.ids.uuid();
    let tail = id.simple().to_string();
    let names = [new.title.clone(), String::new(), String::new()];
    let base = organisations::slug_for(&names);
    let slug = format!("{base}-{}", &tail[tail.len() - 6..])
        .trim_start_matches('-')
        .to_owned();
    let event = Event::new(app, id, "created", by.id);
    let answer = slug.clone();
    app.db
        .write((slug, new, event), |tx, (slug, new, event)| {
            Box::pin(async move {
                store::ADD
                    .bind(event.sheet)
                    .bind(slug)
                    .bind(&new.title)
                    .bind(&new.objective)
                    .bind(&new.description)
                    .bind(new.language.code())
                    .bind(new.region.clone())
                    .bind(new.axis.clone())
                    .bind(new.starts_at)
                    .bind(new.ends_at)
                    .bind(event.by)
                    .bind(event.at)
                    .run(&mut *tx)
                    .await?;
                event.write(tx, "").await
            })
        })
        .await?;
    Ok(answer)
}

/// Changes what is written. 403 when it would go to a region that is not the writer's.
pub async fn change(app: &App, by: &Person, sheet: &Writable, new: Sheet) -> Result<(), Refusal> {
    if !may_administer(by, new.region.as_deref()) {
        return Err(Refusal::forbidden());
    }
    let event = Event::new(app, sheet.0.id, "edited", by.id);
    app.db
        .write((new, event), |tx, (new, event)| {
            Box::pin(async move {
                store::CHANGE
                    .bind(event.sheet)
                    .bind(&new.title)
                    .bind(&new.objective)
                    .bind(&new.description)
                    .bind(new.language.code())
                    .bind(new.region.clone())
                    .bind(new.axis.clone())
                    .bind(new.starts_at)
                    .bind(new.ends_at)
                    .bind(event.at)
                    .run(&mut *tx)
                    .await?;
                event.write(tx, "").await?;
                Ok(())
            })
        })
        .await
}

/// Takes a step; 409 `action-moved` when the sheet does not stand where the step begins.
pub async fn step(
    app: &App,
    by: PersonId,
    sheet: &Writable,
    step: Step,
    reason: String,
) -> Result<(), Refusal> {
    let from = sheet.0.state();
    let to = step
        .from(from)
        .ok_or_else(|| Refusal::conflict("action-moved"))?;
    let mut event = Event::new(app, sheet.0.id, "moved", by);
    event.step = Some((from, to));
    event.note = reason;
    app.db
        .write(event, |tx, event| {
            Box::pin(async move {
                let Some((from, to)) = event.step else {
                    return Ok(());
                };
                let moved = store::STEP
                    .bind(event.sheet)
                    .bind(from.code())
                    .bind(to.code())
                    .bind(event.at)
                    .run(&mut *tx)
                    .await?;
                if moved == 0 {
                    return Err(Refusal::conflict("action-moved"));
                }
                event.write(tx, &event.note).await?;
                Ok(())
            })
        })
        .await
}

/// Puts a sheet on the public timeline or takes it off; false when it was so already.
pub async fn publish(
    app: &App,
    by: PersonId,
    sheet: &Writable,
    published: bool,
) -> Result<bool, DbError> {
    let what = if published { "published" } else { "withdrawn" };
    let event = Event::new(app, sheet.0.id, what, by);
    app.db
        .write((event, published), |tx, (event, published)| {
            Box::pin(async move {
                let changed = store::PUBLISH
                    .bind(event.sheet)
                    .bind(published.then_some(event.at))
                    .bind(event.at)
                    .run(&mut *tx)
                    .await?;
                if changed == 1 {
                    event.write(tx, "").await?;
                }
                Ok(changed == 1)
            })
        })
        .await
}

/// Says that an organisation is concerned, or no more. Only those of the sheet's region are: 404.
pub async fn concern(
    app: &App,
    sheet: &Writable,
    slug: &str,
    concerned: bool,
) -> Result<(), Refusal> {
    let there = self::concerned(app, sheet.0.id).await?;
    if concerned && there.len() >= MOST {
        return Err(Refusal::conflict("action-full"));
    }
    if !concerned && !there.iter().any(|one| one.slug == slug) {
        return Err(Refusal::not_found());
    }
    let input = (
        sheet.0.id,
        sheet.0.region.clone(),
        slug.to_owned(),
        concerned,
    );
    let changed = app
        .db
        .write(input, |tx, (sheet, region, slug, concerned)| {
            Box::pin(async move {
                if *concerned {
                    let query = store::CONCERN.bind(*sheet).bind(slug).bind(region.clone());
                    query.run(tx).await
                } else {
                    store::CONCERN_NO_MORE.bind(*sheet).bind(slug).run(tx).await
                }
            })
        })
        .await
        .map_err(|error: DbError| Refusal::from(error))?;
    if changed == 0 && !there.iter().any(|one| one.slug == slug) {
        return Err(Refusal::not_found());
    }
    Ok(())
}
