//! Questions: what solves them, who has the same problem, and what those who answer have learned.

mod store;

use std::collections::HashMap;

use domain::community::Contribution;

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::following::{self, Notice};
use crate::ids::{PersonId, ReplyId, SpaceId, TopicId};
use crate::lrs::deeds::Deed;

pub(crate) use store::QUERIES;
pub(super) use store::SolutionRow;

/// Accepts a reply as a solution of its question, or takes that back; `by` is kept with it.
pub async fn accept(
    app: &App,
    topic: TopicId,
    reply: ReplyId,
    accepted: bool,
    by: PersonId,
) -> Result<bool, DbError> {
    let at = accepted.then(|| app.clock.now());
    app.db
        .write((topic, reply, at, by), |tx, (topic, reply, at, by)| {
            Box::pin(async move {
                let changed = store::ACCEPT
                    .bind(*reply)
                    .bind(*topic)
                    .bind(*at)
                    .bind(at.map(|_| *by))
                    .run(&mut *tx)
                    .await?;
                if let (1, Some(at)) = (changed, *at) {
                    crate::spaces::tell(tx, *by, *topic, Deed::Accepted(*topic, *reply), at)
                        .await?;
                    following::happened(tx, Notice::solution(*topic, *reply, *by, at)).await?;
                }
                Ok(changed == 1)
            })
        })
        .await
}

/// Says that somebody has this problem too, or takes it back. Twice is once; who asked has it
/// already.
pub async fn me_too(app: &App, topic: TopicId, person: PersonId, too: bool) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (topic, person, too, now),
            |tx, (topic, person, too, now)| {
                Box::pin(async move {
                    if *too {
                        store::ME_TOO
                            .bind(*topic)
                            .bind(*person)
                            .bind(*now)
                            .run(tx)
                            .await
                    } else {
                        store::NOT_ME.bind(*topic).bind(*person).run(tx).await
                    }
                    .map(drop)
                })
            },
        )
        .await
}

/// True when the person said so.
pub(super) async fn has_it_too(
    app: &App,
    topic: TopicId,
    person: PersonId,
) -> Result<bool, DbError> {
    let (count,): (i64,) = store::HAS_IT.bind(topic).bind(person).one(&app.db).await?;
    Ok(count > 0)
}

/// A module that somebody completed.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct Learned {
    /// The module's address.
    pub slug: String,
    /// Its title.
    pub heading: String,
}

/// The modules of an axis that these people completed, of those who let it be seen.
pub(super) async fn learned(
    app: &App,
    people: Vec<PersonId>,
    axis: Option<&str>,
) -> Result<HashMap<PersonId, Vec<Learned>>, DbError> {
    let mut by_person: HashMap<PersonId, Vec<Learned>> = HashMap::new();
    let Some(axis) = axis else {
        return Ok(by_person);
    };
    let people: Vec<uuid::Uuid> = people.into_iter().map(|person| person.0).collect();
    let rows: Vec<store::LearnedRow> = store::LEARNED.bind(people).bind(axis).all(&app.db).await?;
    for row in rows {
        by_person.entry(row.person).or_default().push(Learned {
            slug: row.slug,
            heading: row.title,
        });
    }
    Ok(by_person)
}

/// The latest solutions of a space.
pub(super) async fn solutions(
    app: &App,
    space: SpaceId,
    count: i64,
) -> Result<Vec<SolutionRow>, DbError> {
    store::SOLUTIONS.bind(space).bind(count).all(&app.db).await
}

/// What a person has given to the community so far.
pub async fn contribution(
    app: &App,
    person: PersonId,
    now: Timestamp,
) -> Result<Contribution, DbError> {
    let row: store::ContributionRow = store::CONTRIBUTION.bind(person).one(&app.db).await?;
    Ok(Contribution {
        texts: row.texts,
        accepted: row.accepted,
        hidden: row.hidden,
        days: (now.micros() - row.since.micros()) / 86_400_000_000,
    })
}

/// Topics and replies of one person since a moment.
pub(super) async fn written_since(
    app: &App,
    person: PersonId,
    since: Timestamp,
) -> Result<i64, DbError> {
    let (written,) = store::WRITTEN_SINCE
        .bind(person)
        .bind(since)
        .one::<(i64,)>(&app.db)
        .await?;
    Ok(written)
}
