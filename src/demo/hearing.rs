//! What people of the demo follow: there before anything is published, so that they are told.

use super::calendar::{Calendar, back_then};
use super::people::OPENED;
use super::{DemoError, Known};
use crate::App;
use crate::following::{self, Cadence, Subject};
use crate::web::Refusal;

/// Who follows what: a space by its axis, or a view of the watch.
const FOLLOWS: [(&str, &str, Cadence); 6] = [
    ("learner@halqa.example", "cadre-legislatif", Cadence::Daily),
    (
        "learner@halqa.example",
        "watch:kind=seminar",
        Cadence::Daily,
    ),
    (
        "coordinator@halqa.example",
        "renforcement-des-capacites",
        Cadence::Weekly,
    ),
    (
        "coordinator@halqa.example",
        "watch:q=budget",
        Cadence::Instant,
    ),
    (
        "animator@halqa.example",
        "cadre-legislatif",
        Cadence::Instant,
    ),
    ("trainer@halqa.example", "watch:language=ar", Cadence::Daily),
];

/// Lets them follow it. What the fixtures do not have is left out.
pub(super) async fn hearing(
    app: &App,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    // From the first day: what was published since is told.
    let then = back_then(app, calendar.at(OPENED, "10:00"));
    for (email, what, cadence) in FOLLOWS {
        let subject = match known.spaces.get(what) {
            Some(space) => Some(Subject::space(*space)),
            None => Subject::parse(what),
        };
        if let (Some(person), Some(subject)) = (known.people.get(email), subject) {
            following::follow(&then, *person, &subject, cadence)
                .await
                .map_err(Refusal::from)
                .map_err(DemoError::refused("follow"))?;
        }
    }
    Ok(())
}
