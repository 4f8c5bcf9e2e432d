//! The desk at which all seats of a seminar are given: everything that takes, frees or offers one
//! goes through here, inside a transaction that holds the seminar.
//!
//! Whoever comes to the desk first settles what is due: offers that ran out and reserved seats that
//! nobody named are free again, and what is free is offered to those who wait, in order, as far as
//! they may have it and are eligible now. So a seat is never idle while somebody eligible waits,
//! and a newcomer passes nobody.

use domain::eligibility::{Rule, Scope};
use domain::seats::{For, Holder, Quota, free_for};
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, On, Tx};
use crate::ids::{OrganisationId, PersonId, SeminarId};
use crate::outbound::mail::{self, Mail};
use crate::seminars::door::{Door, Proofs, Source};
use crate::seminars::{SeminarRow, decisions, shown, store as seminars};
use crate::web::{Lang, Refusal};

/// How long an offer stands, in seconds; never longer than until the seminar begins.
pub(super) const OFFER_SECONDS: i64 = 48 * 3600;

/// A seminar, held until the end of the transaction.
pub(in crate::seminars) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) seminar: SeminarRow,
    pub(super) rule: Rule,
    pub(super) now: Timestamp,
}

impl<'a> Desk<'a> {
    /// Holds the seminar and settles what is due. Always the first thing of a transaction: two that
    /// wait for each other's row would be a deadlock.
    pub(in crate::seminars) async fn open(
        app: &'a App,
        tx: &mut Tx,
        seminar: SeminarId,
        now: Timestamp,
    ) -> Result<Desk<'a>, Refusal> {
        let seminar: SeminarRow = seminars::HOLD.bind(seminar).one(&mut *tx).await?;
        let mut desk = Desk {
            app,
            rule: seminar.rule(),
            seminar,
            now,
        };
        desk.settle(tx).await?;
        Ok(desk)
    }

    /// 409 with the reason when seats are no longer given.
    pub(super) fn is_open(&self) -> Result<(), Refusal> {
        match self.seminar.closed(self.now) {
            Some(code) => Err(Refusal::conflict(code)),
            None => Ok(()),
        }
    }

    /// Frees what is overdue and offers what is free.
    pub(in crate::seminars) async fn settle(&mut self, tx: &mut Tx) -> Result<(), Refusal> {
        if self.seminar.closed(self.now).is_some() {
            return Ok(());
        }
        let id = self.seminar.id;
        let expired: Vec<store::SeatsRow> = store::EXPIRE_OFFERS
            .bind(id)
            .bind(self.now)
            .all(&mut *tx)
            .await?;
        let mut freed: i64 = expired.iter().map(|row| row.seats).sum();
        let overdue: Vec<store::OverdueRow> =
            store::OVERDUE.bind(id).bind(self.now).all(&mut *tx).await?;
        for row in &overdue {
            store::SHRINK.bind(row.id).run(&mut *tx).await?;
            freed += row.seats;
        }
        if freed > 0 {
            self.free(tx, freed).await?;
        }
        if self.seminar.seats_left() == 0 {
            return Ok(());
        }
        let waiting: Vec<store::EntryRow> = store::WAITING.bind(id).all(&mut *tx).await?;
        for entry in waiting {
            if self.seminar.seats_left() == 0 {
                break;
            }
            // A group has all its seats or none; whoever comes after it and fits does not wait.
            if self.free_seats(tx, entry.organisation).await? < entry.seats
                || !self.may_have(tx, &entry).await?
            {
                continue;
            }
            self.offer(tx, &entry).await?;
        }
        Ok(())
    }

    /// Whether the rule lets this entry in now.
    async fn may_have(&self, tx: &mut Tx, entry: &store::EntryRow) -> Result<bool, Refusal> {
        if entry.kind == "group" && self.rule.scope == Scope::EachSeat {
            // Each is asked when they are named.
            return Ok(true);
        }
        let (door, _) = self.door(tx, entry.person).await?;
        Ok(door.verdict.eligible)
    }

    async fn offer(&mut self, tx: &mut Tx, entry: &store::EntryRow) -> Result<(), Refusal> {
        if !self.take(tx, entry.seats).await? {
            return Ok(());
        }
        let until = self
            .now
            .plus_seconds(OFFER_SECONDS)
            .min(self.seminar.starts_at);
        store::OFFER
            .bind(entry.id)
            .bind(until)
            .run(&mut *tx)
            .await?;
        let to: Option<store::LetterRow> = store::LETTER.bind(entry.id).optional(&mut *tx).await?;
        let Some(to) = to.filter(|to| !to.email.is_empty()) else {
            return Ok(());
        };
        let lang = Lang::from_code(&to.language).unwrap_or_default();
        let page = if entry.kind == "group" { "/group" } else { "" };
        let mail = Mail {
            to: to.email,
            name: to.name,
            lang,
            message: "seminars-mail-offered".to_owned(),
            args: serde_json::Map::from_iter([
                ("title".to_owned(), json!(self.seminar.title)),
                ("count".to_owned(), json!(entry.seats)),
                ("until".to_owned(), json!(self.moment(until))),
            ]),
            link: Some(format!(
                "/{}/seminars/{}{page}",
                lang.code(),
                self.seminar.slug
            )),
        };
        // An entry is offered once: turned round, its own id names the mail.
        let id = Uuid::from_u128(!to.id.as_u128());
        Ok(mail::enqueue(tx, id, &mail, self.now).await?)
    }

    /// A moment in the platform's zone, as mails write it.
    fn moment(&self, at: Timestamp) -> String {
        let zone = self.app.pages.time_zone();
        let local = at.utc().with_timezone(&zone);
        local.format("%d/%m/%Y %H:%M").to_string()
    }

    /// Seats that an organisation (or somebody without one) could have now.
    pub(super) async fn free_seats(
        &self,
        tx: &mut Tx,
        organisation: Option<OrganisationId>,
    ) -> Result<i64, DbError> {
        let id = self.seminar.id;
        let quotas: Vec<store::QuotaRow> = store::QUOTAS.bind(id).all(&mut *tx).await?;
        let quotas: Vec<Quota> = quotas
            .into_iter()
            .filter(|row| row.until_at > self.now)
            .filter_map(|row| {
                Some(Quota {
                    of: match (row.kind, row.region) {
                        (Some(kind), _) => For::Kind(kind),
                        (None, Some(region)) => For::Region(region),
                        (None, None) => return None,
                    },
                    seats: u32::try_from(row.seats).unwrap_or(0),
                    until: row.until_at.micros(),
                })
            })
            .collect();
        if quotas.is_empty() {
            return Ok(self.seminar.seats_left());
        }
        let mut taken: Vec<Holder> = Vec::new();
        let rows: Vec<store::HolderRow> = store::HOLDERS.bind(id).all(&mut *tx).await?;
        for row in rows {
            let holder = Holder {
                kind: row.kind,
                region: row.region,
            };
            taken.extend(std::iter::repeat_n(
                holder,
                usize::try_from(row.seats).unwrap_or(0),
            ));
        }
        let who = match organisation {
            None => Holder::default(),
            Some(id) => {
                let row: store::KindRow = store::ORGANISATION.bind(id).one(&mut *tx).await?;
                Holder {
                    kind: Some(row.kind),
                    region: row.region,
                }
            }
        };
        let capacity = u32::try_from(self.seminar.capacity).unwrap_or(0);
        let free = free_for(capacity, &taken, &quotas, &who, self.now.micros());
        Ok(i64::from(free))
    }

    /// Takes so many seats; false when there are not so many.
    pub(super) async fn take(&mut self, tx: &mut Tx, seats: i64) -> Result<bool, DbError> {
        let taken = store::TAKE
            .bind(self.seminar.id)
            .bind(seats)
            .run(&mut *tx)
            .await?;
        if taken == 1 {
            self.seminar.taken += seats;
        }
        Ok(taken == 1)
    }

    /// Gives so many seats back.
    pub(super) async fn free(&mut self, tx: &mut Tx, seats: i64) -> Result<(), DbError> {
        store::FREE
            .bind(self.seminar.id)
            .bind(seats)
            .run(&mut *tx)
            .await?;
        self.seminar.taken -= seats;
        Ok(())
    }

    /// The door for somebody, on rows read in this transaction, and their organisation.
    pub(super) async fn door(
        &self,
        tx: &mut Tx,
        person: PersonId,
    ) -> Result<(Door, Option<OrganisationId>), DbError> {
        let colleagues = self.rule.asks_colleagues();
        let proofs = Proofs::load(Source::Tx(&mut *tx), &[person], colleagues, self.now).await?;
        let admitted = decisions::admission(On::from(&mut *tx), self.seminar.id, person).await?;
        let door = proofs.door(&self.rule, person, admitted.is_some());
        Ok((door, proofs.organisation(person)))
    }

    /// The door for somebody as the API shows it; 409 `not-eligible` with the gap when it is shut.
    pub(super) async fn pass(
        &self,
        tx: &mut Tx,
        person: PersonId,
    ) -> Result<(shown::Eligibility, Option<OrganisationId>), Refusal> {
        let (door, organisation) = self.door(tx, person).await?;
        let names = crate::seminars::names(On::from(&mut *tx), [&self.rule]).await?;
        let url = &self.app.config.public_url;
        let shown = shown::eligibility(url, &self.rule, &door, &names);
        if shown.eligible {
            return Ok((shown, organisation));
        }
        Err(Refusal::conflict("not-eligible")
            .with("count", shown.steps)
            .extra("eligible", false)
            .extra("rule", json!(shown.rule))
            .extra("evidence", json!(shown.evidence))
            .extra("missing", json!(shown.missing)))
    }
}
