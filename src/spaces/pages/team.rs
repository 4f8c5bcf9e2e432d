//! Who runs a space and who may enter it: for its animators to see, for the staff to change.

use chrono::NaiveDate;
use domain::community::Visibility;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::access::common_space_of;
use super::{animates, crumbs_of, hue_of};
use crate::accounts::guards::{Animator, Staff};
use crate::clock::Timestamp;
use crate::ids::PersonId;
use crate::organisations;
use crate::spaces::{SpaceRow, team};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct TeamPage {
    heading: String,
    slug: String,
    hue: &'static str,
    crumbs: Vec<Value>,
    here: String,
    animators: Vec<Value>,
    invited: Vec<Value>,
    visibilities: Vec<Value>,
    languages: Vec<Value>,
    by_invitation: bool,
    form: Value,
    /// The staff entrusts and opens; animators look, and invite.
    is_staff: bool,
}

impl Page for TeamPage {
    const TEMPLATE: &'static str = "spaces/team";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-team", &[])
    }
}

async fn page(visitor: &Visitor<'_>, space: &SpaceRow, fields: &Fields) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let text = |key: &str| app.pages.locales.text(lang, key, &[]);
    let here = visitor.href(&format!("/spaces/{}/team", space.slug));
    let now = space.visibility();
    Ok(visitor.page(&TeamPage {
        heading: space.title(lang).to_owned(),
        slug: space.slug.clone(),
        hue: hue_of(space),
        crumbs: crumbs_of(visitor, space),
        animators: team::animators(app, space.id)
            .await?
            .into_iter()
            .map(|animator| {
                json!({
                    "grant": animator.grant,
                    "name": animator.name,
                    "initials": initials(&animator.name),
                    "hue": hue(animator.person.0),
                    "note": animator.nominated_by,
                    "from": animator.from_at.micros(),
                    "until": animator.until_at.map(Timestamp::micros),
                })
            })
            .collect(),
        invited: team::invited(app, space.id)
            .await?
            .into_iter()
            .map(|person| {
                json!({
                    "id": person.person,
                    "name": person.name,
                    "initials": initials(&person.name),
                    "hue": hue(person.person.0),
                    "note": null,
                })
            })
            .collect(),
        visibilities: Visibility::ALL
            .map(|visibility| {
                json!({
                    "value": visibility.code(),
                    "label": text(&format!("spaces-visibility-{}", visibility.code())),
                    "selected": visibility == now,
                })
            })
            .into(),
        languages: Lang::ALL
            .map(|l| {
                json!({ "value": l.code(), "label": l.own_name(), "selected": space.languages().contains(&l) })
            })
            .into(),
        by_invitation: now == Visibility::Invitation,
        form: visitor.form(fields, &["email", "organisation", "until"]),
        is_staff: visitor.person.is_some_and(|person| person.roles.is_staff()),
        here,
    }))
}

async fn mine(me: &Animator<'_>, slug: &str) -> Result<SpaceRow, Refusal> {
    let space = common_space_of(me, slug).await?;
    if animates(me, &space) {
        Ok(space)
    } else {
        Err(Refusal::forbidden())
    }
}

#[get("/spaces/<slug>/team", rank = 1)]
pub(super) async fn show(me: Animator<'_>, slug: &str) -> Result<Html, Refusal> {
    let space = mine(&me, slug).await?;
    page(&me, &space, &Fields::default()).await
}

/// The last moment of a day as `<input type=date>` sends it, in the platform's zone.
fn end_of_day(text: &str, zone: chrono_tz::Tz) -> Option<Timestamp> {
    use chrono::TimeZone;
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
    let last = day.and_hms_opt(23, 59, 59)?;
    let moment = zone.from_local_datetime(&last).earliest()?;
    Some(moment.with_timezone(&chrono::Utc).into())
}

/// Entrusts the space to somebody until a day, on the proposal of an organisation.
#[post("/spaces/<slug>/team", data = "<fields>", rank = 1)]
pub(super) async fn entrust(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let space = common_space_of(&staff, slug).await?;
    let email = fields.line("email", crate::accounts::EMAIL_MAX);
    let until = end_of_day(fields.raw("until"), staff.app.pages.time_zone())
        .filter(|until| *until > staff.now);
    if until.is_none() {
        fields.error("until", "date");
    }
    let named = fields.raw("organisation").trim().to_owned();
    let organisation = organisations::by_slug(staff.app, &named).await?;
    if !named.is_empty() && organisation.is_none() {
        fields.error("organisation", "choice");
    }
    let (Some(until), true) = (until, fields.is_valid()) else {
        let html = page(&staff, &space, &fields).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    };
    let nominated_by = organisation.map(|organisation| organisation.id);
    team::entrust(
        staff.app,
        staff.person,
        space.id,
        &email,
        nominated_by,
        until,
    )
    .await?;
    let back = format!("/spaces/{slug}/team");
    Ok(Ok(staff.redirect(&back, Some("saved"))))
}

/// Ends a mandate.
#[post("/spaces/<slug>/team/<grant>/end")]
pub(super) async fn release(
    staff: Staff<'_>,
    slug: &str,
    grant: &str,
) -> Result<Redirect, Refusal> {
    let space = common_space_of(&staff, slug).await?;
    let grant = Uuid::try_parse(grant).map_err(|_| Refusal::not_found())?;
    team::release(staff.app, staff.person, space.id, grant).await?;
    Ok(staff.redirect(&format!("/spaces/{slug}/team"), Some("saved")))
}

/// Who may read the space, and its languages.
#[post("/spaces/<slug>/visibility", data = "<fields>")]
pub(super) async fn visibility(
    staff: Staff<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let space = common_space_of(&staff, slug).await?;
    let chosen = Visibility::ALL
        .into_iter()
        .find(|visibility| visibility.code() == fields.raw("visibility"))
        .ok_or_else(|| Refusal::bad_request("bad-request"))?;
    let mut languages: Vec<Lang> = Lang::ALL.into();
    languages.retain(|lang| {
        fields
            .all("languages")
            .iter()
            .any(|code| code == lang.code())
    });
    team::set_visibility(staff.app, staff.person.id, space.id, chosen, &languages).await?;
    Ok(staff.redirect(&format!("/spaces/{slug}/team"), Some("saved")))
}

/// Puts somebody on the list of a space by invitation.
#[post("/spaces/<slug>/invited", data = "<fields>")]
pub(super) async fn invite(
    me: Animator<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let space = mine(&me, slug).await?;
    team::invite(me.app, me.person.id, space.id, fields.raw("email")).await?;
    Ok(me.redirect(&format!("/spaces/{slug}/team"), Some("saved")))
}

/// Takes somebody off the list.
#[post("/spaces/<slug>/invited/<person>/end")]
pub(super) async fn uninvite(
    me: Animator<'_>,
    slug: &str,
    person: PersonId,
) -> Result<Redirect, Refusal> {
    let space = mine(&me, slug).await?;
    team::uninvite(me.app, space.id, person).await?;
    Ok(me.redirect(&format!("/spaces/{slug}/team"), Some("saved")))
}
