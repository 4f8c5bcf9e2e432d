//! Seminars without a date: people say that they would come, the staff sees how many of which
//! region, and whoever asked is told once there is a date.

pub(super) mod store;

use serde_json::json;
use uuid::Uuid;

use super::{SeminarRow, edit};
use crate::App;
use crate::db::DbError;
use crate::ids::{PersonId, SeminarId};
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

pub use store::{DateRow, PlanRow, RegionCount};

/// A seminar that shall be held some day.
#[derive(Debug, Clone)]
pub struct NewPlan {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The language it will be held in.
    pub language: Lang,
    /// An axis.
    pub axis: Option<String>,
    /// By whom.
    pub by: PersonId,
}

/// Plans that are open, newest first.
pub async fn open(app: &App) -> Result<Vec<PlanRow>, DbError> {
    store::OPEN.all(&app.db).await
}

/// The plan of an address; 404 when there is none.
pub async fn by_slug(app: &App, slug: &str) -> Result<PlanRow, Refusal> {
    Ok(store::BY_SLUG.bind(slug).one(&app.db).await?)
}

/// Announces a seminar that has no date.
pub async fn add(app: &App, new: NewPlan) -> Result<PlanRow, Refusal> {
    let id = app.ids.uuid();
    let base = edit::slug_of(&new.title);
    let (taken,): (i64,) = store::SLUG_TAKEN.bind(&base).one(&app.db).await?;
    let slug = match taken {
        0 if !base.is_empty() => base,
        _ if base.is_empty() => id.simple().to_string(),
        _ => format!("{base}-{}", &id.simple().to_string()[24..]),
    };
    let row = (id, slug.clone(), new, app.clock.now());
    app.db
        .write(row, |tx, (id, slug, new, now)| {
            Box::pin(async move {
                store::ADD
                    .bind(*id)
                    .bind(&*slug)
                    .bind(&new.title)
                    .bind(&new.summary)
                    .bind(new.language.code())
                    .bind(new.axis.clone())
                    .bind(new.by)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await?;
    by_slug(app, &slug).await
}

/// Nobody can ask for it any more.
pub async fn close(app: &App, plan: Uuid) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write((plan, now), |tx, (plan, now)| {
            Box::pin(async move { store::CLOSE.bind(*plan).bind(*now).run(tx).await.map(drop) })
        })
        .await
}

/// Asks to be told of a date, or no longer.
pub async fn want(app: &App, plan: Uuid, person: PersonId, wanted: bool) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (plan, person, wanted, now),
            |tx, (plan, person, wanted, now)| {
                Box::pin(async move {
                    let query = match wanted {
                        true => store::WANT.bind(*plan).bind(*person).bind(*now),
                        false => store::WANT_NO_LONGER.bind(*plan).bind(*person),
                    };
                    query.run(tx).await.map(drop)
                })
            },
        )
        .await
}

/// Whether somebody asked for it.
pub async fn wants(app: &App, plan: Uuid, person: PersonId) -> Result<bool, DbError> {
    let (own,): (i64,) = store::WANTS.bind(plan).bind(person).one(&app.db).await?;
    Ok(own > 0)
}

/// How many ask for it, by region.
pub async fn by_region(app: &App, plan: Uuid) -> Result<Vec<RegionCount>, DbError> {
    store::BY_REGION.bind(plan).all(&app.db).await
}

/// How many wait for another date of a seminar, by region.
pub async fn seminar_by_region(app: &App, seminar: SeminarId) -> Result<Vec<RegionCount>, DbError> {
    store::SEMINAR_BY_REGION.bind(seminar).all(&app.db).await
}

/// The dates to come that a plan was given.
pub async fn dates(app: &App, plan: Uuid) -> Result<Vec<DateRow>, DbError> {
    store::DATES
        .bind(plan)
        .bind(app.clock.now())
        .all(&app.db)
        .await
}

/// There is a date: those of its region, and those of none, are told and ask no longer. The others
/// go on waiting for one nearer to them.
pub async fn dated(app: &App, plan: &PlanRow, seminar: &SeminarRow) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (plan.id, seminar.clone(), now),
            |tx, (plan, seminar, now)| {
                Box::pin(async move {
                    store::DATED
                        .bind(*plan)
                        .bind(seminar.id)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    let people: Vec<store::LetterRow> = store::TO_BE_TOLD
                        .bind(*plan)
                        .bind(seminar.region.clone())
                        .all(&mut *tx)
                        .await?;
                    for to in people {
                        store::WANT_NO_LONGER
                            .bind(*plan)
                            .bind(to.id)
                            .run(&mut *tx)
                            .await?;
                        if to.email.is_empty() {
                            continue;
                        }
                        let id = Uuid::from_u128(to.id.0.as_u128() ^ seminar.id.0.as_u128());
                        let lang = Lang::from_code(&to.language).unwrap_or_default();
                        let mail = Mail {
                            to: to.email,
                            name: to.name,
                            lang,
                            message: "seminars-mail-plan".to_owned(),
                            args: serde_json::Map::from_iter([(
                                "title".to_owned(),
                                json!(seminar.title),
                            )]),
                            link: Some(format!("/{}/seminars/{}", lang.code(), seminar.slug)),
                        };
                        mail::enqueue(tx, id, &mail, *now).await?;
                    }
                    Ok::<(), DbError>(())
                })
            },
        )
        .await
}
