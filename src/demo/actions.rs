//! The action sheets of the programme, as its staff wrote them.

use domain::action::{State, Step};

use super::calendar::{Calendar, back_then};
use super::data::{Action, Data};
use super::people::find;
use super::{DemoError, Known};
use crate::App;
use crate::accounts::{self, Person};
use crate::follow_up::sheets::{self, MilestoneAct, Sheet};
use crate::web::Lang;

/// Writes every sheet, with its milestones, its organisations, its evidence and its steps.
pub(super) async fn actions(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    for row in &data.actions {
        action(app, row, calendar, known).await?;
    }
    Ok(())
}

async fn action(
    app: &App,
    row: &Action,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    let refused = DemoError::refused(&row.title);
    let id = find(&known.people, &row.by)?;
    let person = Person {
        id,
        email: row.by.clone(),
        name: String::new(),
        language: String::new(),
        session: app.ids.uuid(),
        roles: accounts::roles(app, id).await?,
    };
    let at = |day: i64| back_then(app, calendar.some_time(day.min(0), &row.title));
    let written = at(row.from - 12);
    let sheet = Sheet {
        title: row.title.clone(),
        objective: row.objective.clone(),
        description: row.description.clone(),
        language: Lang::from_code(&row.language).unwrap_or_default(),
        region: row.region.clone(),
        axis: Some(row.axis.clone()),
        starts_at: calendar.at(row.from, "00:00"),
        ends_at: calendar.at(row.until, "00:00"),
    };
    let slug = sheets::add(&written, &person, sheet)
        .await
        .map_err(&refused)?;
    let writable = || async {
        sheets::writable(app, &person, &slug)
            .await
            .map_err(&refused)
    };
    for organisation in &row.organisations {
        sheets::concern(&written, &writable().await?, organisation, true)
            .await
            .map_err(&refused)?;
    }
    for stone in &row.milestones {
        let due = calendar.at(stone.due, "00:00");
        sheets::add_milestone(&written, id, &writable().await?, stone.title.clone(), due)
            .await
            .map_err(&refused)?;
    }
    for evidence in &row.evidence {
        let note = evidence.note.clone();
        let sheet = writable().await?;
        let address = &evidence.address;
        if !sheets::add_evidence(&at(row.from), id, &sheet, address, note)
            .await
            .map_err(&refused)?
        {
            return Err(DemoError::Data(format!("{}: {address}", row.title)));
        }
    }
    if row.published {
        sheets::publish(&at(row.from - 4), id, &writable().await?, true).await?;
    }
    let wanted = State::from_code(&row.state)
        .ok_or_else(|| DemoError::Data(format!("{}: {}", row.title, row.state)))?;
    let steps: &[(Step, i64)] = match wanted {
        State::Planned => &[],
        State::UnderWay => &[(Step::Begin, row.from)],
        State::Done => &[(Step::Begin, row.from), (Step::Finish, row.until)],
        State::Stopped => &[(Step::Begin, row.from), (Step::Stop, row.until)],
    };
    for (step, day) in steps {
        let reason = match step.wants_reason() {
            true => row.reason.clone(),
            false => String::new(),
        };
        let sheet = writable().await?;
        sheets::step(&at(*day), id, &sheet, *step, reason)
            .await
            .map_err(&refused)?;
    }
    let there = sheets::milestones(app, writable().await?.0.id).await?;
    for stone in &row.milestones {
        let made = there.iter().find(|one| one.title == stone.title);
        if let (Some(day), Some(made)) = (stone.done, made) {
            let sheet = writable().await?;
            sheets::milestone(&at(day), id, &sheet, made.id, MilestoneAct::Done).await?;
        }
    }
    Ok(())
}
