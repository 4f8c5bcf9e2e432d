//! What those do to an action sheet who may write it.

use domain::action::Step;
use rocket::http::Status;
use rocket::post;
use rocket::response::Redirect;
use uuid::Uuid;

use super::day;
use super::sheet::show;
use crate::accounts::guards::Staff;
use crate::follow_up::sheets::{self, MilestoneAct, SheetRow};
use crate::web::{Fields, Html, Refusal};

/// Longest reason, milestone or note, in characters.
const LINE_MAX: usize = 300;

type Answer = Result<Result<Redirect, Html>, Refusal>;

/// The page again, with what is wrong.
async fn again(staff: &Staff<'_>, row: SheetRow, fields: &Fields) -> Answer {
    let html = show(staff, staff.person, row, fields, "").await?;
    Ok(Err(html.status(Status::UnprocessableEntity)))
}

fn back(staff: &Staff<'_>, slug: &str, done: Option<&str>) -> Answer {
    Ok(Ok(
        staff.redirect(&format!("/follow-up/sheets/{slug}"), done)
    ))
}

/// Takes a step; one against what was decided has a reason.
#[post("/follow-up/sheets/<slug>/step", data = "<fields>")]
pub(super) async fn step(staff: Staff<'_>, slug: &str, mut fields: Fields) -> Answer {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?;
    let step = Step::from_code(fields.raw("to"));
    let reason = fields.optional_line("reason", LINE_MAX);
    match step {
        None => fields.error("to", "choice"),
        Some(step) if step.wants_reason() && reason.is_empty() => {
            fields.error("reason", "required");
        }
        Some(_) => {}
    }
    let (true, Some(step)) = (fields.is_valid(), step) else {
        return again(&staff, sheet.0, &fields).await;
    };
    sheets::step(staff.app, staff.person.id, &sheet, step, reason).await?;
    back(&staff, slug, Some("follow-up-moved"))
}

/// Puts it on the public timeline, or takes it off.
#[post("/follow-up/sheets/<slug>/publish", data = "<fields>")]
pub(super) async fn publish(staff: Staff<'_>, slug: &str, fields: Fields) -> Answer {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?;
    let published = match fields.raw("publish") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::bad_request("bad-request")),
    };
    sheets::publish(staff.app, staff.person.id, &sheet, published).await?;
    let done = if published {
        "follow-up-published"
    } else {
        "follow-up-withdrawn"
    };
    back(&staff, slug, Some(done))
}

/// Says that an organisation is concerned, or no more.
#[post("/follow-up/sheets/<slug>/organisations", data = "<fields>")]
pub(super) async fn concern(staff: Staff<'_>, slug: &str, fields: Fields) -> Answer {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?;
    let (name, concerned) = match (fields.raw("add"), fields.raw("remove")) {
        ("", "") => return Err(Refusal::bad_request("bad-request")),
        ("", name) => (name, false),
        (name, _) => (name, true),
    };
    sheets::concern(staff.app, &sheet, name, concerned).await?;
    back(&staff, slug, Some("saved"))
}

/// Adds a milestone.
#[post("/follow-up/sheets/<slug>/milestones", data = "<fields>")]
pub(super) async fn add_milestone(staff: Staff<'_>, slug: &str, mut fields: Fields) -> Answer {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?;
    let title = fields.line("milestone", LINE_MAX);
    let due_at = day(&mut fields, "due", staff.app.pages.time_zone());
    if !fields.is_valid() {
        return again(&staff, sheet.0, &fields).await;
    }
    sheets::add_milestone(staff.app, staff.person.id, &sheet, title, due_at).await?;
    back(&staff, slug, Some("saved"))
}

/// `done`, `open` or `remove`.
#[post("/follow-up/sheets/<slug>/milestones/<id>/<what>")]
pub(super) async fn milestone(staff: Staff<'_>, slug: &str, id: &str, what: &str) -> Answer {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?;
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let act = MilestoneAct::from_code(what).ok_or_else(Refusal::not_found)?;
    let changed = sheets::milestone(staff.app, staff.person.id, &sheet, id, act).await?;
    if !changed && !milestone_is_there(&staff, &sheet.0, id).await? {
        return Err(Refusal::not_found());
    }
    let done = match act {
        MilestoneAct::Done => "follow-up-milestone-done",
        MilestoneAct::Open | MilestoneAct::Remove => "saved",
    };
    back(&staff, slug, changed.then_some(done))
}

/// Twice the same click is no error.
async fn milestone_is_there(
    staff: &Staff<'_>,
    sheet: &SheetRow,
    id: Uuid,
) -> Result<bool, Refusal> {
    let there = sheets::milestones(staff.app, sheet.id).await?;
    Ok(there.iter().any(|one| one.id == id))
}

/// Adds something that shows what was done.
#[post("/follow-up/sheets/<slug>/evidence", data = "<fields>")]
pub(super) async fn add_evidence(staff: Staff<'_>, slug: &str, mut fields: Fields) -> Answer {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?;
    let address = fields.line("address", 2_000);
    let note = fields.optional_line("note", LINE_MAX);
    if fields.is_valid() {
        let by = staff.person.id;
        if sheets::add_evidence(staff.app, by, &sheet, &address, note).await? {
            return back(&staff, slug, Some("saved"));
        }
        fields.error("address", "no-such-place");
    }
    again(&staff, sheet.0, &fields).await
}

/// Takes a piece of evidence away.
#[post("/follow-up/sheets/<slug>/evidence/<id>/remove")]
pub(super) async fn remove_evidence(staff: Staff<'_>, slug: &str, id: &str) -> Answer {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?;
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    if !sheets::remove_evidence(staff.app, &sheet, id).await? {
        return Err(Refusal::not_found());
    }
    back(&staff, slug, Some("saved"))
}
