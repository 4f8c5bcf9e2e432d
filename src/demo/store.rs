//! The SQL of the demo: its mark on the database, and rows with dates in the past that no use case
//! would write.

use crate::db::{queries, row};

queries! {
    MARK = "select value from setting where key = 'demo'";
    SET_MARK = "insert into setting (key, value) values ('demo', $1) \
        on conflict (key) do update set value = excluded.value";
    /// Whether anybody was here before.
    ROWS = "select (select count(*) from person) + (select count(*) from organisation) \
        + (select count(*) from module) + (select count(*) from space) \
        + (select count(*) from region) + (select count(*) from axis) as n";
    REGION = "insert into region (slug, position, name_fr, name_ar, name_en) values ($1, $2, $3, $4, $5)";
    AXIS = "insert into axis (slug, position, name_fr, name_ar, name_en) values ($1, $2, $3, $4, $5)";
    ORGANISATION = "insert into organisation (id, slug, name, folded, kind, region, governorate, about, verified_at, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)";
    ORGANISATION_AXIS = "insert into organisation_axis (organisation, axis) values ($1, $2)";
    MEMBERSHIP = "insert into membership (id, person, organisation, role, from_at, until_at) \
        values ($1, $2, $3, $4, $5, $6)";
}

row! {
    /// The mark.
    pub(super) struct MarkRow { pub value: String }
}
