//! Regions, axes, spaces, organisations, people and what they may do.

use std::collections::BTreeMap;

use super::calendar::Calendar;
use super::data::{Data, Organisation, Person};
use super::{DemoError, Known, PASSWORD, store};
use crate::App;
use crate::accounts::{self, Grant, NewGrant, NewPerson};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{MembershipId, OrganisationId, PersonId};
use crate::spaces::{self, NewSpace};
use crate::web::Refusal;

/// Days before the first start on which the platform opened.
pub(super) const OPENED: i64 = -950;

/// The frame: regions, axes and organisations, in one transaction; then a space per axis.
pub(super) async fn places(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &mut Known,
) -> Result<(), DemoError> {
    let opened = calendar.at(OPENED, "09:00");
    let regions = data
        .regions
        .iter()
        .map(|region| (region.slug.clone(), region.name.in_order()))
        .collect();
    let axes = data
        .axes
        .iter()
        .map(|axis| (axis.slug.clone(), axis.name.in_order()))
        .collect();
    let mut organisations = Vec::new();
    for organisation in &data.organisations {
        let id: OrganisationId = app.ids.id();
        known.organisations.insert(organisation.slug.clone(), id);
        let mut organisation = organisation.clone();
        // As people of that language write it.
        let named = data.regions.iter().flat_map(|region| &region.governorates);
        if let Some(known) = named
            .into_iter()
            .find(|governorate| governorate.slug == organisation.governorate)
        {
            organisation.governorate = known.name.of(&organisation.language).to_owned();
        }
        organisations.push((id, organisation));
    }
    let frame = Frame {
        regions,
        axes,
        organisations,
        opened,
    };
    app.db
        .write(frame, |tx, frame| Box::pin(write_frame(tx, frame)))
        .await?;
    for axis in &data.axes {
        let space = NewSpace {
            id: app.ids.id(),
            slug: axis.slug.clone(),
            axis: Some(axis.slug.clone()),
            titles: axis.name.in_order(),
            abouts: axis.description.in_order(),
            at: opened,
        };
        known.spaces.insert(axis.slug.clone(), space.id);
        spaces::open(app, space).await?;
    }
    Ok(())
}

type Named = (String, [String; 3]);

struct Frame {
    regions: Vec<Named>,
    axes: Vec<Named>,
    organisations: Vec<(OrganisationId, Organisation)>,
    opened: Timestamp,
}

async fn write_frame(tx: &mut Tx, frame: &Frame) -> Result<(), DbError> {
    for (query, list) in [
        (&store::REGION, &frame.regions),
        (&store::AXIS, &frame.axes),
    ] {
        for (position, (slug, names)) in (0_i64..).zip(list) {
            query
                .bind(slug)
                .bind(position)
                .bind(&names[0])
                .bind(&names[1])
                .bind(&names[2])
                .run(&mut *tx)
                .await?;
        }
    }
    for (id, organisation) in &frame.organisations {
        store::ORGANISATION
            .bind(*id)
            .bind(&organisation.slug)
            .bind(organisation.name.of(&organisation.language))
            .bind(crate::organisations::searched(
                organisation.name.of(&organisation.language),
                &organisation.governorate,
            ))
            .bind(&organisation.kind)
            .bind(&organisation.region)
            .bind(&organisation.governorate)
            .bind(&organisation.about)
            .bind(organisation.verified.then_some(frame.opened))
            .bind(frame.opened)
            .run(&mut *tx)
            .await?;
        for axis in &organisation.axes {
            store::ORGANISATION_AXIS
                .bind(*id)
                .bind(axis)
                .run(&mut *tx)
                .await?;
        }
    }
    Ok(())
}

/// Everybody, with memberships now and then, and the roles of the six accounts; one transaction.
pub(super) async fn people(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &mut Known,
) -> Result<(), DemoError> {
    // One hash for all: computing 129 would take longer than everything else.
    let hash = app
        .passwords
        .hash_unchecked(PASSWORD.to_owned())
        .await
        .map_err(DemoError::refused("passwords"))?;
    let mut arrivals = Vec::new();
    for person in &data.people {
        let arrival = Arrival::of(app, person, calendar, known, &hash)?;
        known.people.insert(person.email.clone(), arrival.new.id);
        arrivals.push(arrival);
    }
    app.db
        .write(arrivals, |tx, arrivals| {
            Box::pin(async move {
                for arrival in arrivals {
                    arrival.write(tx).await?;
                }
                Ok(())
            })
        })
        .await
        .map_err(DemoError::refused("people"))
}

struct Membership {
    id: MembershipId,
    organisation: OrganisationId,
    role: String,
    from: Timestamp,
    until: Option<Timestamp>,
}

struct Arrival {
    new: NewPerson,
    at: Timestamp,
    memberships: Vec<Membership>,
    grant: Option<NewGrant>,
}

impl Arrival {
    fn of(
        app: &App,
        person: &Person,
        calendar: &Calendar,
        known: &Known,
        hash: &str,
    ) -> Result<Arrival, DemoError> {
        let id: PersonId = app.ids.id();
        let moment = |day| calendar.some_time(day, &person.email);
        let mut memberships = Vec::new();
        let spans = person
            .past
            .iter()
            .map(|past| (&past.organisation, "member", past.from, Some(past.to)))
            .chain(person.organisation.iter().map(|now| {
                let role = person.role.as_deref().unwrap_or("member");
                (now, role, person.joined, None)
            }));
        let mut first = person.joined;
        for (organisation, role, from, to) in spans {
            first = first.min(from);
            memberships.push(Membership {
                id: app.ids.id(),
                organisation: find(&known.organisations, organisation)?,
                role: role.to_owned(),
                from: moment(from),
                until: to.map(moment),
            });
        }
        let grant = match person.account.as_deref() {
            Some("admin") => Some(Grant::Admin),
            Some("trainer") => Some(Grant::Trainer),
            Some("regional") => person.region.clone().map(Grant::Regional),
            Some("animator") => match &person.space {
                Some(axis) => Some(Grant::Animator(find(&known.spaces, axis)?.0)),
                None => None,
            },
            _ => None,
        };
        let mandate = person.mandate.as_ref();
        let grant = grant.map(|grant| NewGrant {
            id: app.ids.uuid(),
            person: id,
            grant,
            from: moment(mandate.map_or(person.joined, |mandate| mandate.from)),
            until: mandate.map(|mandate| calendar.at(mandate.to, "23:59")),
            by: None,
        });
        Ok(Arrival {
            new: NewPerson {
                id,
                email: person.email.clone(),
                name: person.name.clone(),
                language: person.lang(),
                password_hash: Some(hash.to_owned()),
            },
            at: moment(first),
            memberships,
            grant,
        })
    }

    async fn write(&self, tx: &mut Tx) -> Result<(), Refusal> {
        accounts::add_person(tx, &self.new, self.at).await?;
        for membership in &self.memberships {
            store::MEMBERSHIP
                .bind(membership.id)
                .bind(self.new.id)
                .bind(membership.organisation)
                .bind(&membership.role)
                .bind(membership.from)
                .bind(membership.until)
                .run(&mut *tx)
                .await?;
        }
        if let Some(grant) = &self.grant {
            accounts::grant(tx, grant).await?;
        }
        Ok(())
    }
}

/// An id by the name the fixtures use; a name nobody has is a mistake in the fixtures.
pub(super) fn find<T: Copy>(ids: &BTreeMap<String, T>, name: &str) -> Result<T, DemoError> {
    ids.get(name)
        .copied()
        .ok_or_else(|| DemoError::Data(format!("nobody is called {name}")))
}
