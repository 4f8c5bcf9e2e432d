//! The SQL of coalition rooms. Organisations at rest are left out, and so is what they ask.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{OrganisationId, PersonId, SpaceId};

/// A room as its page and the lists show it.
macro_rules! rooms {
    ($rest:literal) => {
        concat!(
            "select s.id, s.slug, s.title_fr as name, s.about_fr as purpose, r.founder, n.name as founder_name, r.axis, r.region, \
               r.ends_at, r.opened_at, r.closed_at, \
               (select count(*) from room_party q join shown_organisation o on o.id = q.organisation \
                 where q.room = r.space and q.state = 'in') as parties, \
               (select count(*) from shown_topic t where t.space = r.space) as topics \
             from room r join space s on s.id = r.space left join shown_organisation n on n.id = r.founder ", $rest)
    };
}

queries! {
    OPEN = "insert into room (space, founder, axis, region, ends_at, opened_by, opened_at) values ($1, $2, $3, $4, $5, $6, $7)";
    /// The founder takes part from the first moment on.
    FOUND = "insert into room_party (id, room, organisation, state, whole, asked_by, asked_at, decided_by, decided_at) \
        values ($1, $2, $3, 'in', $4, $5, $6, $5, $6)";
    CLOSE = "update room set closed_at = $2 where space = $1 and closed_at is null";
    /// Those of a founder that are still written in.
    FOUNDED = "select count(*) as n from room where founder = $1 and closed_at is null and (ends_at is null or ends_at > $2)";

    BY_SLUG = rooms!("where s.slug = $1");
    BY_SPACE = rooms!("where s.id = $1");
    /// Those that somebody reads, the open ones first.
    MINE = rooms!("where exists (select 1 from space_reader i where i.space = s.id and i.person = $1) \
        order by case when coalesce(r.closed_at, r.ends_at) <= $2 then 1 else 0 end, r.opened_at desc, s.id limit 200");
    /// What waits for the answer of these organisations; whoever asked may have gone to rest since.
    ASKED = "select q.room, q.organisation, s.slug, s.title_fr as name, s.about_fr as purpose, n.name as founder_name, \
          o.slug as organisation_slug, o.name as organisation_name, q.asked_at \
        from room_party q join room r on r.space = q.room join space s on s.id = q.room \
          join shown_organisation n on n.id = r.founder join shown_organisation o on o.id = q.organisation \
        where q.state = 'asked' and q.organisation in uuids($1) and r.closed_at is null and (r.ends_at is null or r.ends_at > $2) \
        order by q.asked_at desc, q.id limit 100";
    /// Who takes part and who was asked; the founder first.
    PARTIES = "select q.organisation, o.slug, o.name, q.state, q.whole, q.decided_at \
        from room_party q join room r on r.space = q.room join shown_organisation o on o.id = q.organisation \
        where q.room = $1 and q.state in ('asked', 'in') \
        order by case when q.organisation = r.founder then 0 else 1 end, o.folded, o.id";
    /// Those of these organisations that take part, at rest or not.
    OWN = "select q.organisation, o.slug, o.name, q.state, q.whole, q.decided_at \
        from room_party q join organisation o on o.id = q.organisation \
        where q.room = $1 and q.organisation in uuids($2) and q.state = 'in' order by o.folded, o.id";
    /// Asked once; again after they left, or when the peace ($7) that a no gives is over.
    ASK = "insert into room_party (id, room, organisation, state, whole, asked_by, asked_at) \
        values ($1, $2, $3, 'asked', $4, $5, $6) \
        on conflict (room, organisation) do update set state = 'asked', whole = excluded.whole, asked_by = excluded.asked_by, \
          asked_at = excluded.asked_at, decided_by = null, decided_at = null \
        where room_party.state = 'left' or (room_party.state = 'declined' and room_party.decided_at < $7) returning id";
    WITHDRAW = "delete from room_party where room = $1 and organisation = $2 and state = 'asked'";
    ANSWER = "update room_party set state = $3, whole = $4, decided_by = $5, decided_at = $6 \
        where room = $1 and organisation = $2 and state = 'asked' returning id";
    /// The founder does not leave: it closes.
    LEAVE = "update room_party set state = 'left', decided_by = $3, decided_at = $4 \
        where room = $1 and organisation = $2 and state = 'in' \
          and not exists (select 1 from room r where r.space = $1 and r.founder = $2)";
    SET_WHOLE = "update room_party set whole = $3 where room = $1 and organisation = $2 and state = 'in'";
    CLEAR_GUESTS = "delete from room_guest where room = $1 and organisation = $2";
    /// Present members only.
    ADMIT = lite "insert into room_guest (room, organisation, person, admitted_by, at) \
        select $1, m.organisation, m.person, $4, cast($5 as bigint) from membership m \
        where m.organisation = $2 and m.person in uuids($3) and m.until_at is null on conflict do nothing",
        pg "insert into room_guest (room, organisation, person, admitted_by, at) \
        select cast($1 as uuid), m.organisation, m.person, cast($4 as uuid), cast($5 as bigint) from membership m \
        where m.organisation = $2 and m.person in uuids($3) and m.until_at is null on conflict do nothing";
    /// The members of an organisation, and whether they were let in.
    MEMBERS = "select p.id, p.name, m.role, \
          (select count(*) from room_guest g where g.room = $1 and g.organisation = $2 and g.person = p.id \
            and g.at >= m.from_at) as admitted \
        from membership m join person p on p.id = m.person \
        where m.organisation = $2 and m.until_at is null and p.state = 'active' order by p.folded, p.id limit 500";
    /// Those who answer for an organisation.
    COORDINATORS = "select p.id from membership m join person p on p.id = m.person \
        where m.organisation = $1 and m.role = 'coordinator' and m.until_at is null and p.state = 'active' limit 50";
    /// Organisations that could be asked: somebody answers for them, and nobody asked them yet.
    CANDIDATES = "select o.id, o.slug, o.name from shown_organisation o where o.folded like $2 escape '!' \
          and not exists (select 1 from room_party q where q.room = $1 and q.organisation = o.id and q.state in ('asked', 'in')) \
          and exists (select 1 from membership m join person p on p.id = m.person \
            where m.organisation = o.id and m.role = 'coordinator' and m.until_at is null and p.state = 'active') \
        order by o.folded, o.id limit 12";
    /// One that could be asked.
    CANDIDATE = "select o.id, o.slug, o.name from shown_organisation o where o.slug = $1 \
          and exists (select 1 from membership m join person p on p.id = m.person \
            where m.organisation = o.id and m.role = 'coordinator' and m.until_at is null and p.state = 'active')";
    /// Organisations by id.
    ORGANISATIONS = "select o.id, o.slug, o.name from shown_organisation o where o.id in uuids($1) order by o.folded, o.id";
    /// The organisation through which somebody reads a room.
    THROUGH = "select organisation as id from space_reader where space = $1 and person = $2 and organisation is not null \
        order by organisation limit 1";

    ADD_FILE = "insert into room_file (id, room, file, label, organisation, person, at) values ($1, $2, $3, $4, $5, $6, $7)";
    FILES = "select f.id, f.file, f.label, k.file_name, k.size, o.name as organisation_name, f.organisation, f.person, p.name as person_name, f.at \
        from room_file f join kept_file k on k.id = f.file join shown_organisation o on o.id = f.organisation \
          join shown_person p on p.id = f.person where f.room = $1 order by f.at desc, f.id limit 200";
    REMOVE_FILE = "delete from room_file where id = $1 and room = $2";
}

row! {
    /// A coalition's room.
    #[derive(Debug, Clone)]
    pub struct RoomRow {
        pub id: SpaceId, pub slug: String, pub name: String, pub purpose: String, pub founder: OrganisationId,
        pub founder_name: Option<String>, pub axis: Option<String>, pub region: Option<String>,
        pub ends_at: Option<Timestamp>, pub opened_at: Timestamp, pub closed_at: Option<Timestamp>,
        pub parties: i64, pub topics: i64,
    }
}
row! {
    /// A room that waits for an organisation's answer.
    #[derive(Debug, Clone)]
    pub struct AskedRow {
        pub room: SpaceId, pub organisation: OrganisationId, pub slug: String, pub name: String, pub purpose: String,
        pub founder_name: String, pub organisation_slug: String, pub organisation_name: String, pub asked_at: Timestamp,
    }
}
row! {
    /// An organisation that takes part, or was asked to.
    #[derive(Debug, Clone)]
    pub struct PartyRow {
        pub organisation: OrganisationId, pub slug: String, pub name: String, pub state: String,
        pub whole: bool, pub decided_at: Option<Timestamp>,
    }
}
row! {
    /// A member of an organisation that takes part.
    #[derive(Debug, Clone)]
    pub struct MemberRow { pub id: PersonId, pub name: String, pub role: String, pub admitted: i64 }
}
row! {
    /// An organisation.
    #[derive(Debug, Clone)]
    pub struct OscRow { pub id: OrganisationId, pub slug: String, pub name: String }
}
row! {
    /// A file shared in a room.
    #[derive(Debug, Clone)]
    pub struct FileRow {
        pub id: Uuid, pub file: Uuid, pub label: String, pub file_name: String, pub size: i64,
        pub organisation_name: String, pub organisation: OrganisationId, pub person: PersonId,
        pub person_name: String, pub at: Timestamp,
    }
}
row! {
    pub(super) struct PersonIdRow { pub id: PersonId }
}
row! {
    pub(super) struct OscIdRow { pub id: OrganisationId }
}
row! {
    pub(super) struct PartyIdRow { pub id: Uuid }
}
