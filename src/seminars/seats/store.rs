//! The SQL of seats: set aside, reserved, waited for.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{OrganisationId, PersonId, SeatId, SeminarId};
use serde_json::Value;
use uuid::Uuid;

queries! {
    TAKE = "update seminar set taken = taken + cast($2 as bigint) \
        where id = $1 and taken + cast($2 as bigint) <= capacity";
    FREE = "update seminar set taken = taken - cast($2 as bigint) where id = $1";
    INSERT_SEAT = "insert into seat (id, seminar, person, organisation, evidence, taken_at, rule_version, reservation) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SEAT_OF = "select id, evidence, taken_at, reservation from seat \
        where seminar = $1 and person = $2 and cancelled_at is null";
    CANCEL_SEAT = "update seat set cancelled_at = $2 where id = $1 and cancelled_at is null";

    QUOTAS = "select id, kind, region, seats, until_at from quota where seminar = $1 order by until_at, id";
    INSERT_QUOTA = "insert into quota (id, seminar, kind, region, seats, until_at) values ($1, $2, $3, $4, $5, $6)";
    DELETE_QUOTA = "delete from quota where seminar = $1 and id = $2";
    /// The holders of all seats that nobody else can have, with how many each has.
    HOLDERS = "select o.kind, o.region, cast(1 as bigint) as seats from seat s \
          left join organisation o on o.id = s.organisation \
          where s.seminar = $1 and s.cancelled_at is null \
        union all select o.kind, o.region, r.seats - r.named as seats from reservation r \
          join organisation o on o.id = r.organisation where r.seminar = $1 and r.named < r.seats \
        union all select o.kind, o.region, w.seats from waiting w \
          left join organisation o on o.id = w.organisation \
          where w.seminar = $1 and w.state = 'offered'";
    ORGANISATION = "select kind, region from organisation where id = $1";

    /// Offers that nobody took up in time; gives their seats.
    EXPIRE_OFFERS = "update waiting set state = 'expired', ended_at = $2 \
        where seminar = $1 and state = 'offered' and confirm_by <= $2 returning seats";
    /// Reserved seats without a name, past their day; the reservation shrinks to those named.
    OVERDUE = "select id, seats - named as seats from reservation \
        where seminar = $1 and named < seats and name_by <= $2";
    SHRINK = "update reservation set seats = named where id = $1";
    WAITING = "select id, kind, person, organisation, seats, state, joined_at, confirm_by from waiting \
        where seminar = $1 and state = 'waiting' order by joined_at, id";
    OFFER = "update waiting set state = 'offered', confirm_by = $2 where id = $1";
    ENTRY = "select id, kind, person, organisation, seats, state, joined_at, confirm_by from waiting \
        where id = $1 and seminar = $2";
    ENTRY_OF = "select id, kind, person, organisation, seats, state, joined_at, confirm_by from waiting \
        where seminar = $1 and person = $2 and kind = 'person' and state in ('waiting', 'offered')";
    ENTRY_OF_GROUP = "select id, kind, person, organisation, seats, state, joined_at, confirm_by from waiting \
        where seminar = $1 and organisation = $2 and kind = 'group' and state in ('waiting', 'offered')";
    JOIN = "insert into waiting (id, seminar, kind, person, organisation, seats, state, joined_at) \
        values ($1, $2, $3, $4, $5, $6, 'waiting', $7)";
    END = "update waiting set state = $2, ended_at = $3 where id = $1";
    /// How many wait before somebody.
    BEFORE = "select count(*) as n from waiting w where w.seminar = $1 and w.state = 'waiting' \
        and exists (select 1 from waiting me where me.id = $2 \
          and (w.joined_at < me.joined_at or (w.joined_at = me.joined_at and w.id < me.id)))";
    COUNT_WAITING = "select count(*) as n from waiting where seminar = $1 and state = 'waiting'";
    /// Who waits, or was offered a seat, as the staff sees it.
    LIST = "select w.id, w.kind, p.name, o.name as organisation, w.seats, w.state, w.joined_at, w.confirm_by \
        from waiting w join person p on p.id = w.person left join shown_organisation o on o.id = w.organisation \
        where w.seminar = $1 and w.state in ('waiting', 'offered') order by w.joined_at, w.id limit 200";
    LETTER = "select w.id, p.name, coalesce(p.email, '') as email, p.language \
        from waiting w join person p on p.id = w.person where w.id = $1 and p.state = 'active'";

    RESERVE = "insert into reservation (id, seminar, organisation, made_by, seats, made_at, name_by) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    RESERVATION = "select id, seminar, organisation, made_by, seats, named, name_by from reservation \
        where id = $1 and seminar = $2";
    RESERVATIONS_OF = "select id, seminar, organisation, made_by, seats, named, name_by from reservation \
        where seminar = $1 and organisation = $2 and seats > 0 order by made_at, id";
    NAME = "update reservation set named = named + 1 where id = $1 and named < seats";
    UNNAME = "update reservation set named = named - 1, seats = seats - 1 where id = $1";
    NAMED = "select s.id, p.name, p.id as person from seat s join person p on p.id = s.person \
        where s.reservation = $1 and s.cancelled_at is null order by s.taken_at, s.id";
    /// Seminars to come in which something may be due: an offer, a reservation, somebody who waits.
    UNSETTLED = "select id as seminar from seminar s where s.starts_at > $1 and s.cancelled_at is null \
        and (exists (select 1 from waiting w where w.seminar = s.id and w.state in ('waiting', 'offered')) \
          or exists (select 1 from reservation r where r.seminar = s.id and r.named < r.seats)) order by id";
    /// Everything that counts as taken, summed from its rows: what `taken` must be.
    SUM = "select (select count(*) from seat where seminar = $1 and cancelled_at is null) \
        + (select cast(coalesce(sum(seats - named), 0) as bigint) from reservation where seminar = $1) \
        + (select cast(coalesce(sum(seats), 0) as bigint) from waiting where seminar = $1 and state = 'offered') as n";
}

row! {
    /// A seat of somebody.
    pub(super) struct HeldRow {
        pub id: SeatId,
        pub evidence: Value,
        pub taken_at: Timestamp,
        pub reservation: Option<Uuid>,
    }
}
row! {
    /// Seats set aside.
    #[derive(Debug, Clone)]
    pub struct QuotaRow {
        pub id: Uuid,
        pub kind: Option<String>,
        pub region: Option<String>,
        pub seats: i64,
        pub until_at: Timestamp,
    }
}
row! {
    /// Seats by the kind and region of who has them.
    pub(super) struct HolderRow {
        pub kind: Option<String>,
        pub region: Option<String>,
        pub seats: i64,
    }
}
row! {
    /// What an organisation's seats are counted by.
    pub(super) struct KindRow { pub kind: String, pub region: Option<String> }
}
row! {
    /// A number of seats.
    pub(super) struct SeatsRow { pub seats: i64 }
}
row! {
    /// A reservation with seats that have no name.
    pub(super) struct OverdueRow { pub id: Uuid, pub seats: i64 }
}
row! {
    /// Somebody who waits, or an organisation.
    #[derive(Debug, Clone)]
    pub struct EntryRow {
        pub id: Uuid,
        pub kind: String,
        pub person: PersonId,
        pub organisation: Option<OrganisationId>,
        pub seats: i64,
        pub state: String,
        pub joined_at: Timestamp,
        pub confirm_by: Option<Timestamp>,
    }
}
row! {
    /// A line of the waiting list, for the staff.
    #[derive(Debug, Clone)]
    pub struct WaitingRow {
        pub id: Uuid,
        pub kind: String,
        pub name: String,
        pub organisation: Option<String>,
        pub seats: i64,
        pub state: String,
        pub joined_at: Timestamp,
        pub confirm_by: Option<Timestamp>,
    }
}
row! {
    /// To whom an offer is written.
    pub(super) struct LetterRow { pub id: Uuid, pub name: String, pub email: String, pub language: String }
}
row! {
    /// Seats that an organisation reserved.
    #[derive(Debug, Clone)]
    pub struct ReservationRow {
        pub id: Uuid,
        pub seminar: SeminarId,
        pub organisation: OrganisationId,
        pub made_by: PersonId,
        pub seats: i64,
        pub named: i64,
        pub name_by: Timestamp,
    }
}
row! {
    /// Somebody named to a reserved seat.
    #[derive(Debug, Clone)]
    pub struct NamedRow { pub id: SeatId, pub name: String, pub person: PersonId }
}
row! {
    /// A seminar, alone in a row.
    pub(super) struct SeminarIdRow { pub seminar: SeminarId }
}
