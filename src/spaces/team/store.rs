//! The SQL of a space's team and doors.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

queries! {
    ANIMATORS = "select g.id, g.person, p.name, n.name as organisation, g.from_at, g.until_at \
        from role_grant g join shown_person p on p.id = g.person \
          left join shown_organisation n on n.id = g.nominated_by \
        where g.role = 'animator' and g.space = $1 and g.from_at <= $2 and (g.until_at is null or g.until_at > $2) \
          and p.state = 'active' \
        order by g.from_at, p.folded";
    NOMINATED = "update role_grant set nominated_by = $2 where id = $1";
    MANDATE = "select person from role_grant where id = $1 and space = $2 and role = 'animator'";
    PERSON = "select id from person where email = $1 and state = 'active'";
    SET_VISIBILITY = "update space set visibility = $2, languages = $3 where id = $1 and visibility <> 'room'";
    INVITED = "select m.person, p.name from space_member m join shown_person p on p.id = m.person \
        where m.space = $1 order by p.folded";
    IS_INVITED = "select count(*) as n from space_reader where space = $1 and person = $2";
    INVITE = "insert into space_member (space, person, invited_by, at) values ($1, $2, $3, $4) on conflict do nothing";
    UNINVITE = "delete from space_member where space = $1 and person = $2";
}

row! {
    pub(super) struct AnimatorRow {
        pub id: Uuid, pub person: PersonId, pub name: String, pub organisation: Option<String>,
        pub from_at: Timestamp, pub until_at: Option<Timestamp>,
    }
}

row! {
    pub(super) struct InvitedRow { pub person: PersonId, pub name: String }
}

row! {
    pub(super) struct PersonRow { pub id: PersonId }
}

row! {
    pub(super) struct MandateRow { pub person: PersonId }
}
