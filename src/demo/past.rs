//! Seminars that were held: who was there, what was handed out, what people decided to do and said
//! afterwards; and one that waits for a date.

use serde::Deserialize;

use super::calendar::{Calendar, back_then};
use super::data::{Seminar, lang, read};
use super::people::find;
use super::seminars::{announcement, programme_of};
use super::{DemoError, Known};
use crate::App;
use crate::documents::Received;
use crate::seminars::handouts::{self, From};
use crate::seminars::plans::{self, NewPlan};
use crate::seminars::{self, commitments, presence, programme};
use crate::spaces::{self, NewReply, NewTopic};

/// Who ticked the lists and brought the files.
const STAFF: &str = "regional@halqa.example";
/// Days before the first meeting on which it was announced, and on which people took their seats.
const ANNOUNCED: i64 = 25;
const REGISTERED: i64 = 6;

#[derive(Debug, Deserialize)]
struct Past {
    seminars: Vec<Held>,
    plans: Vec<Plan>,
}

#[derive(Debug, Deserialize)]
struct Held {
    seminar: Seminar,
    axis: String,
    trainer: Option<String>,
    absent: Vec<Absent>,
    handouts: Vec<Handout>,
    commitments: Vec<Commitment>,
    thread: Option<Thread>,
}

#[derive(Debug, Deserialize)]
struct Absent {
    session: usize,
    person: String,
}

#[derive(Debug, Deserialize)]
struct Handout {
    phase: String,
    seats: bool,
    label: String,
    file: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct Commitment {
    person: String,
    body: String,
    months: i64,
    /// What came of it, where it is done.
    outcome: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Thread {
    author: String,
    day: i64,
    title: String,
    body: String,
    replies: Vec<Reply>,
}

#[derive(Debug, Deserialize)]
struct Reply {
    author: String,
    day: i64,
    body: String,
}

#[derive(Debug, Deserialize)]
struct Plan {
    title: String,
    summary: String,
    language: String,
    axis: String,
    by: String,
    day: i64,
    wanted: Vec<String>,
}

/// Holds the seminars of the past, and announces what has no date.
pub(super) async fn past(app: &App, calendar: &Calendar, known: &Known) -> Result<(), DemoError> {
    let past: Past = read("past.json")?;
    for held in &past.seminars {
        hold(app, held, calendar, known).await?;
    }
    for plan in &past.plans {
        let then = back_then(app, calendar.some_time(plan.day, &plan.by));
        let refused = DemoError::refused(&plan.title);
        let new = NewPlan {
            title: plan.title.clone(),
            summary: plan.summary.clone(),
            language: lang(&plan.language),
            axis: Some(plan.axis.clone()),
            by: find(&known.people, &plan.by)?,
        };
        let made = plans::add(&then, new).await.map_err(refused)?;
        for email in &plan.wanted {
            plans::want(&then, made.id, find(&known.people, email)?, true).await?;
        }
    }
    Ok(())
}

async fn hold(app: &App, held: &Held, calendar: &Calendar, known: &Known) -> Result<(), DemoError> {
    let seminar = &held.seminar;
    let refused = || DemoError::refused(&seminar.slug);
    let staff = find(&known.people, STAFF)?;
    let first = seminar.sessions.first().map_or(0, |sitting| sitting.day);
    let announced = back_then(app, calendar.some_time(first - ANNOUNCED, &seminar.slug));
    let mut new = announcement(seminar, calendar, known)?;
    new.axis = Some(held.axis.clone());
    new.by = Some(staff);
    let made = seminars::create(&announced, new).await.map_err(refused())?;
    let plan = programme_of(seminar, calendar);
    programme::save(&announced, made.id, plan)
        .await
        .map_err(refused())?;
    if let Some(email) = &held.trainer {
        let trainer = find(&known.people, email)?;
        commitments::name_trainer(&announced, made.id, trainer, true).await?;
    }
    for email in &seminar.registrations {
        let then = back_then(app, calendar.some_time(first - REGISTERED, email));
        seminars::register(&then, find(&known.people, email)?, made.id)
            .await
            .map_err(refused())?;
    }
    for handout in &held.handouts {
        let file = Received::of_bytes(&announced, &handout.file, handout.text.as_bytes())
            .await
            .map_err(refused())?;
        let new = handouts::New {
            phase: programme::phase(&handout.phase),
            seats_only: handout.seats,
            label: handout.label.clone(),
            from: From::File(file),
            by: staff,
        };
        handouts::add(&announced, made.id, new)
            .await
            .map_err(refused())?;
    }
    // The list of each meeting, ticked half an hour after its beginning.
    let made = seminars::by_slug(app, &made.slug)
        .await
        .map_err(refused())?;
    let meetings = programme::meetings(app, made.id).await?;
    let mut last = made.starts_at;
    for (number, meeting) in meetings.iter().enumerate() {
        let mut there = Vec::new();
        for email in &seminar.registrations {
            let away = |one: &Absent| one.session == number && one.person == *email;
            if !held.absent.iter().any(away) {
                there.push(find(&known.people, email)?);
            }
        }
        let then = back_then(app, meeting.starts_at.plus_seconds(1800));
        presence::write_list(&then, &made, meeting.id, staff, there)
            .await
            .map_err(refused())?;
        last = meeting.ends_at;
    }
    for commitment in &held.commitments {
        let person = find(&known.people, &commitment.person)?;
        let then = back_then(app, last.plus_seconds(600));
        commitments::make(
            &then,
            &made,
            person,
            commitment.body.clone(),
            commitment.months,
        )
        .await
        .map_err(refused())?;
        if let Some(outcome) = &commitment.outcome {
            let own = commitments::of_person(app, made.id, person).await?;
            let later = back_then(app, last.plus_days(5));
            for row in own {
                commitments::done(&later, made.id, person, row.id, outcome.clone())
                    .await
                    .map_err(refused())?;
            }
        }
    }
    if let Some(thread) = &held.thread {
        follow(app, held, thread, made.id, calendar, known).await?;
    }
    Ok(())
}

/// What people said to each other afterwards.
async fn follow(
    app: &App,
    held: &Held,
    thread: &Thread,
    seminar: crate::ids::SeminarId,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    let at = calendar.some_time(thread.day, &thread.author);
    let then = back_then(app, at);
    let topic = NewTopic {
        id: then.ids.id(),
        space: find(&known.spaces, &held.axis)?,
        author: find(&known.people, &thread.author)?,
        kind: "discussion",
        title: thread.title.clone(),
        body: thread.body.clone(),
        language: held.seminar.language.clone(),
        module: None,
        seminar: Some(seminar),
        at,
    };
    let id = topic.id;
    spaces::start(&then, topic).await?;
    for reply in &thread.replies {
        let at = calendar.some_time(reply.day, &reply.author);
        let then = back_then(app, at);
        let new = NewReply {
            id: then.ids.id(),
            topic: id,
            author: find(&known.people, &reply.author)?,
            body: reply.body.clone(),
            at,
        };
        spaces::reply(&then, new).await?;
    }
    Ok(())
}
