//! The SQL of organisations.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{OrganisationId, PersonId};

queries! {
    /// The regions in order.
    REGIONS = "select slug, name_fr, name_ar, name_en from region order by position, slug";
    /// The axes in order.
    AXES = "select slug, name_fr, name_ar, name_en from axis order by position, slug";
    /// A region, after all others; nothing when the slug is taken.
    ADD_NEW_REGION = "insert into region (slug, position, name_fr, name_ar, name_en) \
        values ($1, (select coalesce(max(position), -1) + 1 from region), $2, $3, $4) \
        on conflict (slug) do nothing";
    /// As [`ADD_NEW_REGION`], for an axis.
    ADD_NEW_AXIS = "insert into axis (slug, position, name_fr, name_ar, name_en) \
        values ($1, (select coalesce(max(position), -1) + 1 from axis), $2, $3, $4) \
        on conflict (slug) do nothing";
    /// Other names of a region.
    RENAME_REGION = "update region set name_fr = $2, name_ar = $3, name_en = $4 where slug = $1";
    /// Other names of an axis.
    RENAME_AXIS = "update axis set name_fr = $2, name_ar = $3, name_en = $4 where slug = $1";
    /// Makes changes of the regions' order wait for each other until the transaction ends.
    LOCK_REGIONS = "update region set position = position";
    /// As [`LOCK_REGIONS`], for axes.
    LOCK_AXES = "update axis set position = position";
    /// A region's place in the order.
    PLACE_REGION = "update region set position = $2 where slug = $1";
    /// An axis's place in the order.
    PLACE_AXIS = "update axis set position = $2 where slug = $1";
    /// The directory: an empty filter lets everything pass.
    DIRECTORY = "select o.id, o.slug, o.name, o.kind, o.region, o.governorate, o.verified_at \
        from shown_organisation o \
        where (cast($1 as text) = '' or o.region = $1) \
            and (cast($2 as text) = '' or exists (select 1 from organisation_axis a \
                where a.organisation = o.id and a.axis = $2)) \
            and (cast($3 as text) = '' or o.kind = $3) \
            and (cast($4 as text) = '' or o.folded like $4 escape '!') and ($7 or not o.members_only) \
        order by o.folded, o.id limit $5 offset $6";
    /// One by its slug.
    BY_SLUG = "select id, slug, name, kind, region, governorate, about, verified_at, resting_at, trusted_at, members_only \
        from organisation where slug = $1";
    /// Its address and name: for those who have checked that they may.
    WHICH = "select id, slug, name from organisation where id = $1";
    /// It rests, or is awake again.
    REST = "update organisation set resting_at = $2, updated_at = $3 where id = $1";
    /// How fresh its page is: for those who have checked that they may see it.
    FRESHNESS = "select o.updated_at, o.confirmed_at, o.verified_at, p.name as verified_by from organisation o \
        left join shown_person p on p.id = o.verified_by where o.id = $1";
    /// All is still right.
    CONFIRM = "update organisation set confirmed_at = $2 where id = $1";
    /// Its page is for people who are signed in, or for everybody.
    PUBLISH = "update organisation set members_only = $2, updated_at = $3 where id = $1";
    /// Its documents need no release, or do again.
    TRUST = "update organisation set trusted_at = $2, updated_at = $3 where id = $1";
    /// The axes of one.
    AXES_OF = "select axis from organisation_axis where organisation = $1";
    /// A new one.
    ADD = "insert into organisation \
        (id, slug, name, folded, kind, region, governorate, about, verified_at, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)";
    /// Names that are not yet in the form in which they are searched.
    UNFOLDED = "select id, name, governorate from organisation \
        where folded = '' and id > $1 order by id limit 500";
    /// That form of one, with its governorate.
    FOLD = "update organisation set folded = $2 where id = $1 and folded = ''";
    /// Its description changes.
    EDIT = "update organisation set name = $2, folded = $3, kind = $4, region = $5, \
        governorate = $6, about = $7, updated_at = $8 where id = $1";
    /// Verified, or no more.
    VERIFY = "update organisation set verified_at = $2, updated_at = $3, verified_by = $4 where id = $1";
    /// No axis.
    CLEAR_AXES = "delete from organisation_axis where organisation = $1";
    /// One axis.
    ADD_AXIS = "insert into organisation_axis (organisation, axis) values ($1, $2)";
    /// The members, present ones first.
    MEMBERS = "select m.id, p.name, coalesce(p.email, '') as email, m.role, m.from_at, m.until_at, \
            p.password_hash is not null as joined \
        from membership m join person p on p.id = m.person where m.organisation = $1 \
        order by m.until_at is not null, m.role, p.folded";
    /// Makes changes of an organisation's members wait for each other.
    LOCK = "update organisation set updated_at = updated_at where id = $1";
    /// A membership ends.
    END = "update membership set until_at = $3 \
        where id = $1 and organisation = $2 and until_at is null returning person";
    /// A member's role.
    SET_ROLE = "update membership set role = $3 \
        where id = $1 and organisation = $2 and until_at is null returning person";
    /// How many coordinate it now.
    COORDINATORS = "select count(*) as n from membership m join person p on p.id = m.person \
        where m.organisation = $1 and m.role = 'coordinator' and m.until_at is null \
            and p.state = 'active'";
    /// The memberships of a person, past ones included.
    OF_PERSON = "select o.slug, o.name, m.role, m.from_at, m.until_at \
        from membership m join organisation o on o.id = m.organisation where m.person = $1 \
        order by m.until_at is not null, m.from_at desc";
}

row! {
    /// A region or an axis.
    pub(super) struct NamedRow { pub slug: String, pub name_fr: String, pub name_ar: String, pub name_en: String }
}
row! {
    /// A line of the directory.
    pub(super) struct DirectoryRow {
        pub id: OrganisationId, pub slug: String, pub name: String, pub kind: String, pub region: Option<String>,
        pub governorate: Option<String>, pub verified_at: Option<Timestamp>,
    }
}
row! {
    /// An organisation.
    pub(super) struct OrganisationRow {
        pub id: OrganisationId, pub slug: String, pub name: String, pub kind: String,
        pub region: Option<String>, pub governorate: Option<String>, pub about: String,
        pub verified_at: Option<Timestamp>, pub resting_at: Option<Timestamp>,
        pub trusted_at: Option<Timestamp>, pub members_only: bool,
    }
}
row! {
    /// An organisation, in short.
    pub(super) struct WhichRow { pub id: OrganisationId, pub slug: String, pub name: String }
}
row! {
    /// How fresh an organisation's page is.
    pub(super) struct FreshnessRow {
        pub updated_at: Timestamp, pub confirmed_at: Option<Timestamp>, pub verified_at: Option<Timestamp>,
        pub verified_by: Option<String>,
    }
}
row! {
    /// An axis of an organisation.
    pub(super) struct AxisRow { pub axis: String }
}
row! {
    /// A membership.
    pub(super) struct MemberRow {
        pub id: Uuid, pub name: String, pub email: String, pub role: String,
        pub from_at: Timestamp, pub until_at: Option<Timestamp>, pub joined: bool,
    }
}
row! {
    /// A person, alone in a row.
    pub(super) struct PersonRow { pub person: PersonId }
}
row! {
    /// A membership, from the member's side.
    pub(super) struct MembershipRow {
        pub slug: String, pub name: String, pub role: String, pub from_at: Timestamp,
        pub until_at: Option<Timestamp>,
    }
}
row! {
    /// A name that is not yet in the form in which it is searched.
    pub(super) struct NameRow { pub id: OrganisationId, pub name: String, pub governorate: Option<String> }
}
