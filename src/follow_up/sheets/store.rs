//! The SQL of action sheets.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::OrganisationId;

/// The columns of a sheet, with how far its milestones are.
macro_rules! sheet {
    ($rest:literal) => {
        concat!(
            "select s.id, s.slug, s.title, s.objective, s.description, s.language, s.region, s.axis, s.state, \
               s.starts_at, s.ends_at, s.published_at, s.created_at, s.updated_at, \
               (select count(*) from action_milestone m where m.sheet = s.id) as milestones, \
               (select count(*) from action_milestone m where m.sheet = s.id and m.done_at is not null) as reached, \
               (select count(*) from action_organisation x where x.sheet = s.id) as organisations, \
               (select count(*) from action_organisation x join organisation o on o.id = x.organisation \
                  where x.sheet = s.id and o.resting_at is not null) as resting ",
            $rest
        )
    };
}

queries! {
    ADD = "insert into action_sheet (id, slug, title, objective, description, language, region, axis, state, \
          starts_at, ends_at, created_by, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'planned', $9, $10, $11, $12, $12)";
    CHANGE = "update action_sheet set title = $2, objective = $3, description = $4, language = $5, region = $6, \
          axis = $7, starts_at = $8, ends_at = $9, updated_at = $10 where id = $1";
    /// A step from where the page saw it: who comes second is told.
    STEP = "update action_sheet set state = $3, updated_at = $4 where id = $1 and state = $2";
    PUBLISH = "update action_sheet set published_at = $2, updated_at = $3 \
        where id = $1 and (published_at is null) = (cast($2 as bigint) is not null)";
    EVENT = "insert into action_event (id, sheet, what, from_state, to_state, note, person, at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    EVENTS = "select e.what, e.from_state, e.to_state, e.note, p.name, e.at \
        from action_event e join person p on p.id = e.person where e.sheet = $1 order by e.at desc, e.id desc limit 200";

    BY_SLUG = sheet!("from action_sheet s where s.slug = $1");
    /// What the staff sees: everything, or its regions' and the whole country's sheets.
    LIST = sheet!("from action_sheet s \
        where ($1 or s.region is null or s.region in texts($2)) \
          and (cast($3 as text) = '' or s.region = $3) and (cast($4 as text) = '' or s.axis = $4) \
          and (cast($5 as text) = '' or s.state = $5) \
        order by s.starts_at desc, s.id desc limit $6 offset $7");
    /// The sheets that concern an organisation.
    OF_ORGANISATION = sheet!("from action_sheet s join action_organisation c on c.sheet = s.id \
        where c.organisation = $1 order by s.starts_at desc, s.id desc limit 200");
    SHOWN = sheet!("from shown_action s where s.slug = $1");
    /// The public timeline: what was under way between two moments.
    TIMELINE = sheet!("from shown_action s \
        where (cast($1 as bigint) is null or (s.starts_at < $2 and s.ends_at >= $1)) \
          and (cast($3 as text) = '' or s.region = $3) and (cast($4 as text) = '' or s.axis = $4) \
        order by s.starts_at desc, s.id desc limit $5 offset $6");
    /// The first and the last moment of what is published.
    SPAN = "select min(starts_at) as first, max(ends_at) as last from shown_action";

    ORGANISATIONS = "select o.id, o.slug, o.name, o.resting_at from action_organisation x \
        join organisation o on o.id = x.organisation where x.sheet = $1 order by o.folded, o.id";
    SHOWN_ORGANISATIONS = "select o.id, o.slug, o.name, o.resting_at from action_organisation x \
        join shown_organisation o on o.id = x.organisation where x.sheet = $1 order by o.folded, o.id";
    /// Organisations that could be concerned: of the sheet's region, where it has one.
    CANDIDATES = "select o.id, o.slug, o.name, o.resting_at from organisation o \
        where o.folded like $2 escape '!' and (cast($3 as text) is null or o.region = $3) \
          and not exists (select 1 from action_organisation x where x.sheet = $1 and x.organisation = o.id) \
        order by o.folded, o.id limit 12";
    CONCERN = "insert into action_organisation (sheet, organisation) \
        select $1, o.id from organisation o where o.slug = $2 and (cast($3 as text) is null or o.region = $3) \
        on conflict (sheet, organisation) do nothing";
    CONCERN_NO_MORE = "delete from action_organisation where sheet = $1 \
        and organisation in (select id from organisation where slug = $2)";

    MILESTONE = "insert into action_milestone (id, sheet, title, due_at) values ($1, $2, $3, $4)";
    MILESTONES = "select id, title, due_at, done_at from action_milestone where sheet = $1 order by due_at, id";
    MILESTONE_DONE = "update action_milestone set done_at = $3, done_by = $4 \
        where id = $1 and sheet = $2 and (done_at is null) = (cast($3 as bigint) is not null) returning title";
    MILESTONE_GONE = "delete from action_milestone where id = $1 and sheet = $2 returning title";

    /// What stands at an address of the platform and may be seen by everybody.
    OBJECT = "select s.id from seminar s where $1 = 'seminar' and s.slug = $2 and s.cancelled_at is null \
        union all select m.id from module m where $1 = 'module' and m.slug = $2 and m.published_at is not null \
        union all select d.id from shown_document d where $1 = 'document' and d.id = $3 \
        union all select t.id from open_topic t where $1 = 'topic' and t.id = $3";
    EVIDENCE = "insert into action_evidence (id, sheet, kind, object, note, made_by, made_at) \
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (sheet, kind, object) do nothing";
    EVIDENCE_GONE = "delete from action_evidence where id = $1 and sheet = $2";
    /// What may no longer be seen has neither title nor address.
    EVIDENCES = "select e.id, e.kind, e.note, coalesce(s.title, m.title, d.title, t.title) as title, \
          coalesce(s.slug, m.slug, c.slug) as slug, coalesce(d.id, t.id) as object \
        from action_evidence e \
        left join seminar s on e.kind = 'seminar' and s.id = e.object and s.cancelled_at is null \
        left join module m on e.kind = 'module' and m.id = e.object and m.published_at is not null \
        left join shown_document d on e.kind = 'document' and d.id = e.object \
        left join open_topic t on e.kind = 'topic' and t.id = e.object left join space c on c.id = t.space \
        where e.sheet = $1 order by e.made_at, e.id";
}

row! {
    /// A sheet.
    #[derive(Debug, Clone)]
    pub struct SheetRow {
        pub id: Uuid, pub slug: String, pub title: String, pub objective: String, pub description: String,
        pub language: String, pub region: Option<String>, pub axis: Option<String>, pub state: String,
        pub starts_at: Timestamp, pub ends_at: Timestamp, pub published_at: Option<Timestamp>,
        pub created_at: Timestamp, pub updated_at: Timestamp,
        pub milestones: i64, pub reached: i64, pub organisations: i64, pub resting: i64,
    }
}
row! {
    /// An organisation that a sheet concerns, or could.
    #[derive(Debug, Clone)]
    pub struct ConcernedRow {
        pub id: OrganisationId, pub slug: String, pub name: String, pub resting_at: Option<Timestamp>,
    }
}
row! {
    /// A milestone.
    #[derive(Debug, Clone)]
    pub struct MilestoneRow { pub id: Uuid, pub title: String, pub due_at: Timestamp, pub done_at: Option<Timestamp> }
}
row! {
    /// The title of what was changed.
    pub(super) struct TitleRow { pub title: String }
}
row! {
    /// Something that shows what was done.
    #[derive(Debug, Clone)]
    pub struct EvidenceRow {
        pub id: Uuid, pub kind: String, pub note: String, pub title: Option<String>,
        pub slug: Option<String>, pub object: Option<Uuid>,
    }
}
row! {
    /// Something that happened to a sheet.
    #[derive(Debug, Clone)]
    pub struct EventRow {
        pub what: String, pub from_state: Option<String>, pub to_state: Option<String>, pub note: String,
        pub name: String, pub at: Timestamp,
    }
}
row! {
    /// The id of what was found.
    pub(super) struct ObjectRow { pub id: Uuid }
}
row! {
    /// From when to when.
    pub(super) struct SpanRow { pub first: Option<Timestamp>, pub last: Option<Timestamp> }
}
