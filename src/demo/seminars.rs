//! Seminars, and who took a seat.

use super::calendar::{Calendar, back_then};
use super::data::{Data, Seminar};
use super::people::find;
use super::{DemoError, Known};
use crate::App;
use crate::seminars::programme::{self, Material, Meeting, Programme};
use crate::seminars::{self, NewSeminar};
use domain::eligibility::{Condition, Rule};

/// Days before the first start on which the programme was announced, a few days apart.
const ANNOUNCED: i64 = -33;

/// Announces every seminar and registers whoever the fixtures name: through the door, whose rule
/// they meet.
pub(super) async fn seminars(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &mut Known,
) -> Result<(), DemoError> {
    for (number, seminar) in (0_i64..).zip(&data.seminars) {
        let announced = calendar.some_time(ANNOUNCED + number * 5, &seminar.slug);
        let new = announcement(seminar, calendar, known)?;
        let made = seminars::create(&back_then(app, announced), new)
            .await
            .map_err(DemoError::refused(&seminar.slug))?;
        known.seminars.insert(seminar.slug.clone(), made.id);
        programme::save(
            &back_then(app, announced),
            made.id,
            programme_of(seminar, calendar),
        )
        .await
        .map_err(DemoError::refused(&seminar.slug))?;
        for email in &seminar.registrations {
            // Everything that counts was learnt by the day before.
            let then = back_then(app, calendar.some_time(0, email));
            let person = find(&known.people, email)?;
            // The door is the same for the demo's people: a fixture that does not meet its own rule
            // is a mistake, in the fixture or in the engine, that nobody should miss.
            seminars::register(&then, person, made.id)
                .await
                .map_err(DemoError::refused(&format!("{}: {email}", seminar.slug)))?;
        }
    }
    Ok(())
}

/// All meetings of a seminar, who leads it and what is handed out.
pub(super) fn programme_of(seminar: &Seminar, calendar: &Calendar) -> Programme {
    Programme {
        trainers: seminar.trainers.clone(),
        agenda: seminar.agenda.clone(),
        meetings: seminar
            .sessions
            .iter()
            .map(|sitting| Meeting {
                id: None,
                title: String::new(),
                starts_at: calendar.at(sitting.day, &sitting.start),
                ends_at: calendar.at(sitting.day, &sitting.end),
                place: seminar.place.clone().unwrap_or_default(),
                link: seminar.link.clone().unwrap_or_default(),
            })
            .collect(),
        materials: seminar
            .materials
            .iter()
            .map(|handout| Material {
                phase: programme::phase(&handout.phase),
                label: handout.label.clone(),
                url: handout.url.clone(),
            })
            .collect(),
    }
}

/// A seminar as it is announced.
pub(super) fn announcement(
    seminar: &Seminar,
    calendar: &Calendar,
    known: &Known,
) -> Result<NewSeminar, DemoError> {
    let mut of = Vec::new();
    for condition in &seminar.rule.of {
        let module = known
            .modules
            .get(&condition.module)
            .ok_or_else(|| DemoError::Data(format!("{}: no {}", seminar.slug, condition.module)))?;
        of.push(Condition::module(module.module.id.0, condition.level).into());
    }
    let (Some(first), Some(last)) = (seminar.sessions.first(), seminar.sessions.last()) else {
        return Err(DemoError::Data(format!("{}: no sessions", seminar.slug)));
    };
    Ok(NewSeminar {
        slug: Some(seminar.slug.clone()),
        title: seminar.title.clone(),
        summary: seminar.summary.clone(),
        language: super::data::lang(&seminar.language),
        region: Some(seminar.region.clone()),
        axis: None,
        place: seminar.place.clone().unwrap_or_default(),
        link: seminar.link.clone().unwrap_or_default(),
        starts_at: calendar.at(first.day, &first.start),
        ends_at: calendar.at(last.day, &last.end),
        capacity: seminar.capacity,
        rule: Rule {
            need: seminar.rule.need,
            of,
            scope: seminar.rule.scope,
        },
        by: None,
    })
}
