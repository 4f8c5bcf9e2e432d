//! From what happened to whom it is told: each person once, with the reason that is closest to
//! them; never whoever did it, nor anybody who may not read it.

use std::collections::BTreeMap;

use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{letters, slots, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::following::{self, Cadence, Subject};
use crate::ids::PersonId;
use crate::jobs::{self, Handler, Job, JobError};
use crate::watch;

/// Tells people what happened.
pub const HANDLER: Handler = Handler {
    kind: following::TELL,
    ready: |_| true,
    run,
};

/// People told in one transaction.
const AT_ONCE: usize = 100;
/// What is older than that is told in the page only.
const MAIL_SECONDS: i64 = 2 * 86_400;

/// Why somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reason {
    /// The lower, the closer: `mentioned` and `accepted` before what one follows.
    rank: u8,
    why: String,
    subject: Option<String>,
    cadence: Option<Cadence>,
}

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let id = job.payload["notice"]
            .as_str()
            .and_then(|id| Uuid::try_parse(id).ok());
        let id = id.ok_or_else(|| JobError::Never("names no notice".to_owned()))?;
        let mentioned: Vec<PersonId> =
            serde_json::from_value(job.payload["mentioned"].clone()).unwrap_or_default();
        let facts: Option<store::FactsRow> = store::FACTS.bind(id).optional(&app.db).await?;
        if let Some(facts) = facts {
            tell(app, &facts, mentioned).await?;
        }
        Ok(jobs::spent())
    })
}

async fn tell(app: &App, facts: &store::FactsRow, mentioned: Vec<PersonId>) -> Result<(), DbError> {
    let people = reasons(app, facts, mentioned).await?;
    let ids: Vec<Uuid> = people.keys().map(|person| person.0).collect();
    let now = app.clock.now();
    for ids in ids.chunks(AT_ONCE) {
        let allowed: Vec<store::AllowedRow> = store::ALLOWED
            .bind(facts.id)
            .bind(ids.to_vec())
            .bind(now)
            .all(&app.db)
            .await?;
        let zone = app.pages.time_zone();
        let fresh = facts.at >= now.plus_seconds(-MAIL_SECONDS);
        let rows: Vec<Told> = allowed
            .into_iter()
            .filter_map(|person| {
                let reason = people.get(&person.id)?.clone();
                let cadence = reason
                    .cadence
                    .or_else(|| Cadence::from_code(&person.direct));
                let due = cadence
                    .filter(|_| fresh)
                    .and_then(|c| slots::due(now, zone, c, person.hour, person.weekday));
                let id = Uuid::new_v5(&facts.id, person.id.0.as_bytes());
                let letter = due.map(|due| {
                    let digest = cadence != Some(Cadence::Instant);
                    let letter = match digest {
                        true => letters::digest_id(person.id, cadence, due),
                        false => letters::letter_id(id),
                    };
                    (letter, due)
                });
                Some(Told {
                    id,
                    person: person.id,
                    reason,
                    cadence,
                    letter,
                })
            })
            .collect();
        write(app, facts.id, rows, now).await?;
    }
    Ok(())
}

/// One person to be told.
struct Told {
    id: Uuid,
    person: PersonId,
    reason: Reason,
    cadence: Option<Cadence>,
    letter: Option<(Uuid, Timestamp)>,
}

async fn write(app: &App, notice: Uuid, rows: Vec<Told>, now: Timestamp) -> Result<(), DbError> {
    app.db
        .write((notice, rows, now), |tx, (notice, rows, now)| {
            Box::pin(async move {
                for row in rows {
                    let told = store::TELL
                        .bind(row.id)
                        .bind(row.person)
                        .bind(*notice)
                        .bind(&row.reason.why)
                        .bind(row.reason.subject.clone())
                        .bind(*now)
                        .bind(row.letter.map(|(id, _)| id))
                        .run(&mut *tx)
                        .await?;
                    if let (1, Some((letter, due))) = (told, row.letter) {
                        let cadence = row.cadence.map(Cadence::code);
                        let payload = json!({ "person": row.person, "cadence": cadence });
                        jobs::enqueue_later(tx, letter, letters::KIND, payload, (*now, due))
                            .await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

/// Everybody whom it concerns, and why.
async fn reasons(
    app: &App,
    facts: &store::FactsRow,
    mentioned: Vec<PersonId>,
) -> Result<BTreeMap<PersonId, Reason>, DbError> {
    let mut people: BTreeMap<PersonId, Reason> = BTreeMap::new();
    let direct = |rank, why: &str| Reason {
        rank,
        why: why.to_owned(),
        subject: None,
        cadence: None,
    };
    // Whom it names: in a text, or as those who answer for an organisation.
    let named = match facts.kind.as_str() {
        "room" => "room",
        "room-joined" => "room-host",
        _ => "mentioned",
    };
    for person in mentioned {
        people.insert(person, direct(0, named));
    }
    if facts.kind == "solution" {
        people.extend(
            facts
                .answered_by
                .map(|person| (person, direct(1, "accepted"))),
        );
    }
    let subjects = subjects(app, facts).await?;
    for row in following::followers(app, subjects, facts.at).await? {
        let cadence = Cadence::from_code(&row.cadence).unwrap_or(Cadence::None);
        let reason = Reason {
            rank: rank(&row.subject, &row.reason),
            why: row.reason,
            subject: Some(row.subject),
            cadence: Some(cadence),
        };
        match people.get_mut(&row.person) {
            None => {
                people.insert(row.person, reason);
            }
            // Followed in several ways: the closest reason, at the most urgent pace.
            Some(known) => {
                let pace = known.cadence.map(|known| known.max(cadence));
                if reason.rank < known.rank {
                    *known = reason;
                }
                known.cadence = pace;
            }
        }
    }
    if let Some(actor) = facts.actor {
        people.remove(&actor);
    }
    Ok(people)
}

fn rank(subject: &str, reason: &str) -> u8 {
    match (reason, subject.split(':').next().unwrap_or_default()) {
        ("asked", _) => 2,
        ("answered", _) => 3,
        (_, "topic") => 4,
        ("seat", _) => 5,
        (_, "seminar") => 6,
        (_, "module") => 7,
        (_, "person") => 8,
        (_, "organisation") => 9,
        (_, "tag") => 10,
        (_, "watch") => 11,
        _ => 12,
    }
}

/// All that it can be followed by.
async fn subjects(app: &App, facts: &store::FactsRow) -> Result<Vec<String>, DbError> {
    let mut subjects: Vec<Subject> = Vec::new();
    subjects.extend(facts.topic.map(Subject::topic));
    // A reply is for those in the conversation; a space, a tag, a module tell what was begun and
    // what was solved.
    if facts.kind != "reply" {
        let places: Vec<store::SpaceRow> = store::PLACES.bind(facts.id).all(&app.db).await?;
        subjects.extend(places.into_iter().map(|row| Subject::space(row.id)));
        subjects.extend(facts.tags.split_whitespace().map(Subject::tag));
        subjects.extend(facts.module.or(facts.about_module).map(Subject::module));
        subjects.extend(facts.seminar.or(facts.about_seminar).map(Subject::seminar));
        subjects.extend(facts.organisation.map(Subject::organisation));
    }
    // A solution is the answerer's work, not that of who accepted it.
    let author = match facts.kind.as_str() {
        "solution" => facts.answered_by,
        // Whoever imports a module or announces a seminar does so for the platform.
        "module" | "version" | "seminar" | "outside" => None,
        _ => facts.actor,
    };
    if let Some(author) = author {
        subjects.push(Subject::person(author));
        if facts.kind != "reply" {
            let oscs: Vec<store::OscRow> = store::OSCS.bind(author).all(&app.db).await?;
            subjects.extend(oscs.into_iter().map(|row| Subject::organisation(row.id)));
        }
    }
    let mut texts: Vec<String> = subjects.iter().map(Subject::to_string).collect();
    // The watch shows what everybody may read; so do its views.
    let kind = watch::Kind::from_code(&facts.kind).filter(|_| facts.visibility == "public");
    if let Some(kind) = kind {
        let text = format!("{} {}", facts.heading, facts.tags);
        for view in following::views(app).await? {
            let filter = watch::Filter::from_query(view.strip_prefix("watch:").unwrap_or_default());
            if filter.accepts(kind, facts.axis.as_deref(), &facts.language, &text) {
                texts.push(view);
            }
        }
    }
    texts.sort();
    texts.dedup();
    Ok(texts)
}
