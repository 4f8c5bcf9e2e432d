//! The SQL of presence.

use crate::db::{queries, row};
use crate::ids::{PersonId, SeatId, SeminarId};

queries! {
    /// Keeps what was seen last: an older tick that arrives later changes nothing.
    MARK = "insert into presence (meeting, person, present, way, at, made_by) \
        values ($1, $2, $3, $4, $5, $6) \
        on conflict (meeting, person) do update set present = excluded.present, way = excluded.way, \
          at = excluded.at, made_by = excluded.made_by where excluded.at >= presence.at";
    /// Holds the device until the end of the transaction.
    DEVICE = "insert into presence_device (id, seminar, made_by, next) values ($1, $2, $3, 1) \
        on conflict (id) do update set next = presence_device.next \
        returning seminar, made_by, next";
    ADVANCE = "update presence_device set next = $2 where id = $1";
    HAS_SEAT = "select count(*) as n from seat s join meeting m on m.seminar = s.seminar \
        where m.id = $1 and s.person = $2 and s.cancelled_at is null";
    /// For the staff, who must know everybody in the room; an organisation that rests is not named,
    /// and whoever belongs to one is marked, so that paper can leave the name out.
    ROSTER = "select s.person, p.name, o.name as organisation, \
          (select count(*) from resting_person z where z.person = s.person) as resting, \
          (select count(*) from presence r where r.meeting = $2 and r.person = s.person and r.present) as present \
        from seat s join person p on p.id = s.person left join shown_organisation o on o.id = s.organisation \
        where s.seminar = $1 and s.cancelled_at is null order by p.name, s.id";
    /// How many of a seminar's meetings there are, and at how many somebody was present.
    SHARE = "select (select count(*) from meeting where seminar = $1) as all_of, \
        (select count(*) from presence r join meeting m on m.id = r.meeting \
          where m.seminar = $1 and r.person = $2 and r.present) as here";
    /// The row under which presence at a seminar is kept in the progress store.
    MODULE = "insert into module (id, slug, title, created_at, updated_at) values ($1, $2, $3, $4, $4) \
        on conflict (id) do update set title = excluded.title";
    SEAT = "select s.id, s.seminar, s.person, p.name, s.taken_at, \
          (select count(*) from resting_person z where z.person = s.person) as resting from seat s join person p on p.id = s.person \
        where s.id = $1 and s.cancelled_at is null and p.state = 'active'";
    SEAT_OF = "select s.id, s.seminar, s.person, p.name, s.taken_at, \
          (select count(*) from resting_person z where z.person = s.person) as resting from seat s join person p on p.id = s.person \
        where s.seminar = $1 and s.person = $2 and s.cancelled_at is null";
}

row! {
    /// A device that ticks names.
    pub(super) struct DeviceRow { pub seminar: SeminarId, pub made_by: PersonId, pub next: i64 }
}
row! {
    /// A line of the list.
    #[derive(Debug, Clone)]
    pub struct RosterRow {
        pub person: PersonId,
        pub name: String,
        pub organisation: Option<String>,
        /// Not 0: belongs to an organisation that rests.
        pub resting: i64,
        /// 1 when present.
        pub present: i64,
    }
}
row! {
    /// How much of a seminar somebody attended.
    #[derive(Debug, Clone, Copy)]
    pub struct ShareRow { pub all_of: i64, pub here: i64 }
}
row! {
    /// A seat that an attestation is about.
    #[derive(Debug, Clone)]
    pub struct SeatRow {
        pub id: SeatId,
        pub seminar: SeminarId,
        pub person: PersonId,
        pub name: String,
        /// Not 0: belongs to an organisation that rests.
        pub resting: i64,
    }
}
