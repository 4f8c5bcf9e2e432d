//! How an organisation comes to take part in a room, says who of its people do, and leaves.

use serde_json::json;
use uuid::Uuid;

use super::{
    OscRow, PartyRow, RoomRow, audit, hear, hosted, open_still, own, parties, standing, store,
};
use crate::App;
use crate::accounts::Person;
use crate::db::DbError;
use crate::following::{self, Notice};
use crate::ids::OrganisationId;
use crate::web::Refusal;

/// Organisations of a room at most.
const PARTIES: usize = 60;
/// Days for which an organisation that declined is left in peace.
const PEACE_DAYS: i64 = 90;

/// Asks an organisation to take part; its coordinators are told, and nothing happens before one
/// of them says yes.
///
/// # Errors
/// 404 for an organisation that cannot be asked; 409 when it was asked already, declined lately, or
/// when enough take part.
pub async fn ask(app: &App, by: &Person, slug: &str, organisation: &str) -> Result<(), Refusal> {
    let room = hosted(app, by, slug).await?;
    let osc: Option<OscRow> = store::CANDIDATE
        .bind(organisation)
        .optional(&app.db)
        .await?;
    let osc = osc.ok_or_else(Refusal::not_found)?;
    if parties(app, room.id).await?.len() >= PARTIES {
        return Err(Refusal::conflict("room-full"));
    }
    let coordinators = coordinators(app, osc.id).await?;
    let audit = audit(app, by, "room-asked", room.id).detail(json!({ "organisation": osc.id }));
    let row = (app.ids.uuid(), room.id, osc.id, by.id, coordinators, audit);
    app.db
        .write(
            row,
            |tx, (id, room, organisation, by, coordinators, audit)| {
                Box::pin(async move {
                    let asked: Option<store::PartyIdRow> = store::ASK
                        .bind(*id)
                        .bind(*room)
                        .bind(*organisation)
                        .bind(false)
                        .bind(*by)
                        .bind(audit.at)
                        .bind(audit.at.plus_days(-PEACE_DAYS))
                        .optional(&mut *tx)
                        .await?;
                    let asked = asked.ok_or_else(|| Refusal::conflict("room-peace"))?;
                    let notice = Notice::room(asked.id, *by, coordinators.clone(), audit.at);
                    following::happened(tx, notice).await?;
                    audit.write(tx).await.map_err(Refusal::from)
                })
            },
        )
        .await
}

/// Who speaks for an organisation.
async fn coordinators(app: &App, organisation: OrganisationId) -> Result<Vec<Uuid>, DbError> {
    let rows: Vec<store::PersonIdRow> = store::COORDINATORS.bind(organisation).all(&app.db).await?;
    Ok(rows.into_iter().map(|row| row.id.0).collect())
}

/// Takes a question back that nobody answered yet.
///
/// # Errors
/// 404 when there is none.
pub async fn withdraw(
    app: &App,
    by: &Person,
    slug: &str,
    organisation: &str,
) -> Result<(), Refusal> {
    let room = hosted(app, by, slug).await?;
    let party = parties(app, room.id)
        .await?
        .into_iter()
        .find(|party| party.slug == organisation)
        .ok_or_else(Refusal::not_found)?;
    let audit = audit(app, by, "room-withdrawn", room.id)
        .detail(json!({ "organisation": party.organisation }));
    app.db
        .write(
            (room.id, party.organisation, audit),
            |tx, (room, organisation, audit)| {
                Box::pin(async move {
                    let withdrawn = store::WITHDRAW
                        .bind(*room)
                        .bind(*organisation)
                        .run(&mut *tx)
                        .await?;
                    if withdrawn == 0 {
                        return Err(Refusal::not_found());
                    }
                    audit.write(tx).await.map_err(Refusal::from)
                })
            },
        )
        .await
}

/// Answers for an organisation that was asked: with all its members, with those its coordinators
/// admit, or not at all.
///
/// # Errors
/// 404 for who was not asked; 409 for a room that was closed meanwhile.
pub async fn answer(
    app: &App,
    by: &Person,
    slug: &str,
    organisation: &str,
    accepted: bool,
    whole: bool,
) -> Result<(), Refusal> {
    let found = standing(app, by, slug).await?;
    let asked = found
        .asked
        .iter()
        .find(|row| row.organisation_slug == organisation)
        .ok_or_else(Refusal::not_found)?;
    let organisation = asked.organisation;
    let room = open_still(found.room, app.clock.now())?;
    let action = match accepted {
        true => "room-joined",
        false => "room-declined",
    };
    let audit = audit(app, by, action, room.id).detail(json!({ "organisation": organisation }));
    let hosts = coordinators(app, room.founder).await?;
    app.db
        .write(
            (room.id, organisation, accepted, whole, by.id, hosts, audit),
            |tx, (room, organisation, accepted, whole, by, hosts, audit)| {
                Box::pin(async move {
                    let answered: Option<store::PartyIdRow> = store::ANSWER
                        .bind(*room)
                        .bind(*organisation)
                        .bind(if *accepted { "in" } else { "declined" })
                        .bind(*whole && *accepted)
                        .bind(*by)
                        .bind(audit.at)
                        .optional(&mut *tx)
                        .await?;
                    let party = answered.ok_or_else(Refusal::not_found)?;
                    if *accepted {
                        hear(tx, *by, *room, audit.at).await?;
                        let notice = Notice::room_joined(party.id, *by, hosts.clone(), audit.at);
                        following::happened(tx, notice).await?;
                    }
                    audit.write(tx).await.map_err(Refusal::from)
                })
            },
        )
        .await
}

/// An organisation that takes part and that the person coordinates; one at rest too.
///
/// # Errors
/// 404 for others.
async fn own_party(
    app: &App,
    by: &Person,
    slug: &str,
    organisation: &str,
) -> Result<(RoomRow, PartyRow), Refusal> {
    let found = standing(app, by, slug).await?;
    let party = own(app, by, found.room.id)
        .await?
        .into_iter()
        .find(|party| party.slug == organisation)
        .ok_or_else(Refusal::not_found)?;
    Ok((found.room, party))
}

/// Who of an organisation reads and writes: all its members, or its coordinators and these.
pub async fn admit(
    app: &App,
    by: &Person,
    slug: &str,
    organisation: &str,
    whole: bool,
    people: Vec<Uuid>,
) -> Result<(), Refusal> {
    let (room, party) = own_party(app, by, slug, organisation).await?;
    let audit = audit(app, by, "room-admitted", room.id)
        .detail(json!({ "organisation": party.organisation, "whole": whole, "people": people }));
    app.db
        .write(
            (room.id, party.organisation, whole, people, by.id, audit),
            |tx, (room, organisation, whole, people, by, audit)| {
                Box::pin(async move {
                    store::SET_WHOLE
                        .bind(*room)
                        .bind(*organisation)
                        .bind(*whole)
                        .run(&mut *tx)
                        .await?;
                    store::CLEAR_GUESTS
                        .bind(*room)
                        .bind(*organisation)
                        .run(&mut *tx)
                        .await?;
                    store::ADMIT
                        .bind(*room)
                        .bind(*organisation)
                        .bind(people.clone())
                        .bind(*by)
                        .bind(audit.at)
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await?;
    Ok(())
}

/// An organisation leaves: its members read the room no more, what they wrote stays, signed.
///
/// # Errors
/// 409 for the founder, which closes instead.
pub async fn leave(app: &App, by: &Person, slug: &str, organisation: &str) -> Result<(), Refusal> {
    let (room, party) = own_party(app, by, slug, organisation).await?;
    if party.organisation == room.founder {
        return Err(Refusal::conflict("room-founder"));
    }
    let audit =
        audit(app, by, "room-left", room.id).detail(json!({ "organisation": party.organisation }));
    app.db
        .write(
            (room.id, party.organisation, by.id, audit),
            |tx, (room, organisation, by, audit)| {
                Box::pin(async move {
                    store::LEAVE
                        .bind(*room)
                        .bind(*organisation)
                        .bind(*by)
                        .bind(audit.at)
                        .run(&mut *tx)
                        .await?;
                    store::CLEAR_GUESTS
                        .bind(*room)
                        .bind(*organisation)
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await?;
    Ok(())
}
