//! The SQL of the progress store.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{ModuleId, OrganisationId, PersonId};

queries! {
    ONE = "select person, module, state, success, progress, estimated, score, seconds, \
          started_at, completed_at, updated_at \
        from progress where person = $1 and module = $2";
    HELD = lite "select person, module, state, success, progress, estimated, score, seconds, \
          started_at, completed_at, updated_at \
        from progress where person = $1 and module = $2",
        pg "select person, module, state, success, progress, estimated, score, seconds, \
          started_at, completed_at, updated_at \
        from progress where person = $1 and module = $2 for share";
    OF_PERSON = "select person, module, state, success, progress, estimated, score, seconds, \
          started_at, completed_at, updated_at \
        from progress where person = $1 order by updated_at desc";
    OF_PEOPLE = "select person, module, state, success, progress, estimated, score, seconds, \
          started_at, completed_at, updated_at \
        from progress where person in uuids($1)";
    /// Everybody's progress on some modules.
    OF_MODULES = "select person, module, state, success, progress, estimated, score, seconds, \
          started_at, completed_at, updated_at \
        from progress where module in uuids($1)";
    /// For each present member and each of some modules the last change within the membership.
    OF_MEMBERSHIPS = "select organisation, person, module, state, success, progress, score, seconds, at \
        from (select m.organisation, c.person, c.module, c.state, c.success, c.progress, \
            c.score, c.seconds, c.at, \
            row_number() over (partition by m.organisation, c.person, c.module order by c.at desc, c.id desc) as place \
          from progress_change c \
          join membership m on m.person = c.person and c.at >= m.from_at \
            and (m.until_at is null or c.at < m.until_at) \
          where c.module in uuids($1) and exists (select 1 from membership n where n.person = c.person \
            and n.organisation = m.organisation and n.from_at <= $2 \
            and (n.until_at is null or n.until_at > $2))) as placed \
        where place = 1";
    /// Outcomes, a JSON list with one row for a learner and module at most: first a step of the
    /// history where the store does not say the same already (time alone is no step: it grows with
    /// every batch), then the store.
    RECORD = lite "insert into progress_change (id, person, module, at, state, success, progress, score, seconds) \
        select unhex(e.value ->> 'change'), unhex(e.value ->> 'person'), unhex(e.value ->> 'module'), \
          e.value ->> 'at', e.value ->> 'state', e.value ->> 'success', e.value ->> 'progress', \
          e.value ->> 'score', e.value ->> 'seconds' from jsonb_each($1) e \
        where not exists (select 1 from progress p where p.person = unhex(e.value ->> 'person') \
          and p.module = unhex(e.value ->> 'module') and p.state = e.value ->> 'state' \
          and p.success = e.value ->> 'success' and p.progress = e.value ->> 'progress' \
          and p.score is not distinct from e.value ->> 'score'); \
        insert into progress (person, module, attempt, state, success, progress, estimated, \
          score, seconds, started_at, completed_at, updated_at) \
        select unhex(e.value ->> 'person'), unhex(e.value ->> 'module'), unhex(e.value ->> 'attempt'), \
          e.value ->> 'state', e.value ->> 'success', e.value ->> 'progress', e.value ->> 'estimated', \
          e.value ->> 'score', e.value ->> 'seconds', e.value ->> 'started_at', \
          e.value ->> 'completed_at', e.value ->> 'at' from jsonb_each($1) e where true \
        on conflict (person, module) do update set attempt = excluded.attempt, \
          state = excluded.state, success = excluded.success, progress = excluded.progress, \
          estimated = excluded.estimated, score = excluded.score, seconds = excluded.seconds, \
          started_at = coalesce(progress.started_at, excluded.started_at), \
          completed_at = coalesce(progress.completed_at, excluded.completed_at), \
          updated_at = excluded.updated_at",
        pg "with changed as (insert into progress_change (id, person, module, at, state, success, progress, score, seconds) \
        select e.change, e.person, e.module, e.at, e.state, e.success, e.progress, e.score, e.seconds \
        from json_to_recordset(cast($1 as json)) as e(change uuid, person uuid, module uuid, at bigint, \
          state text, success text, progress double precision, score double precision, \
          seconds double precision) \
        where not exists (select 1 from progress p where p.person = e.person and p.module = e.module \
          and p.state = e.state and p.success = e.success and p.progress = e.progress \
          and p.score is not distinct from e.score)) \
        insert into progress (person, module, attempt, state, success, progress, estimated, \
          score, seconds, started_at, completed_at, updated_at) \
        select e.person, e.module, e.attempt, e.state, e.success, e.progress, e.estimated, e.score, \
          e.seconds, e.started_at, e.completed_at, e.at \
        from json_to_recordset(cast($1 as json)) as e(person uuid, module uuid, attempt uuid, state text, \
          success text, progress double precision, estimated boolean, score double precision, \
          seconds double precision, started_at bigint, completed_at bigint, at bigint) \
        order by e.person, e.module \
        on conflict (person, module) do update set attempt = excluded.attempt, \
          state = excluded.state, success = excluded.success, progress = excluded.progress, \
          estimated = excluded.estimated, score = excluded.score, seconds = excluded.seconds, \
          started_at = coalesce(progress.started_at, excluded.started_at), \
          completed_at = coalesce(progress.completed_at, excluded.completed_at), \
          updated_at = excluded.updated_at";
    /// For each member, now or then, and module the last change within the membership.
    OF_ORGANISATION = "select person, name, module, slug, title, state, success, progress, score, seconds, at, is_member \
        from (select c.person, p.name, c.module, o.slug, o.title, c.state, c.success, c.progress, \
            c.score, c.seconds, c.at, \
            cast(case when exists (select 1 from membership n where n.person = c.person \
                and n.organisation = m.organisation and n.from_at <= $2 \
                and (n.until_at is null or n.until_at > $2)) then 1 else 0 end as bigint) as is_member, \
            row_number() over (partition by c.person, c.module order by c.at desc, c.id desc) as place \
          from membership m \
          join progress_change c on c.person = m.person and c.at >= m.from_at \
            and (m.until_at is null or c.at < m.until_at) \
          join person p on p.id = c.person \
          join module o on o.id = c.module \
          where m.organisation = $1) as placed \
        where place = 1 order by name, title";
    MEMBERS = "select count(distinct person) as n from membership \
        where organisation = $1 and from_at <= $2 and (until_at is null or until_at > $2)";
    ORGANISATION = "select id, slug, name from shown_organisation where slug = $1";
    /// One page of the API: filters that are null do not filter; keyset on (person, module).
    PAGE = "select g.person, p.email, p.name, g.module, o.slug, o.title, g.state, g.success, \
          g.progress, g.estimated, g.score, g.seconds, g.updated_at, \
          (select n.slug from membership m join shown_organisation n on n.id = m.organisation \
            where m.person = g.person and m.until_at is null \
            order by m.from_at desc, m.id desc limit 1) as organisation \
        from progress g join shown_person p on p.id = g.person join module o on o.id = g.module \
        where (cast($1 as text) is null or p.email = $1) \
          and (cast($2 as text) is null or o.slug = $2) \
          and (cast($3 as uuid) is null or g.person = $3) \
          and (cast($4 as uuid) is null or g.module = $4) \
          and (cast($5 as uuid) is null or g.person > $5 or (g.person = $5 and g.module > $6)) \
        order by g.person, g.module limit $7";
    /// As `PAGE`, for one organisation: where each member stood at the end of the membership, or
    /// stands now, by what was done during it. The same rows as its roll-up sums.
    PAGE_OF_ORGANISATION = "select person, email, name, module, slug, title, state, success, \
          progress, estimated, score, seconds, updated_at, organisation \
        from (select c.person, p.email, p.name, c.module, o.slug, o.title, c.state, c.success, \
            c.progress, g.estimated, c.score, c.seconds, c.at as updated_at, \
            n.slug as organisation, \
            row_number() over (partition by c.person, c.module order by c.at desc, c.id desc) as place \
          from shown_organisation n \
          join membership m on m.organisation = n.id \
          join progress_change c on c.person = m.person and c.at >= m.from_at \
            and (m.until_at is null or c.at < m.until_at) \
          join progress g on g.person = c.person and g.module = c.module \
          join shown_person p on p.id = c.person \
          join module o on o.id = c.module \
          where n.slug = $5 \
            and (cast($1 as text) is null or p.email = $1) \
            and (cast($2 as text) is null or o.slug = $2) \
            and (cast($3 as uuid) is null or c.person = $3) \
            and (cast($4 as uuid) is null or c.module = $4)) as placed \
        where place = 1 \
          and (cast($6 as uuid) is null or person > $6 or (person = $6 and module > $7)) \
        order by person, module limit $8";
}

row! {
    /// Where a learner stands on a module.
    #[derive(Debug, Clone)]
    pub struct ProgressRow {
        pub person: PersonId,
        pub module: ModuleId,
        pub state: String,
        pub success: String,
        pub progress: f64,
        pub estimated: bool,
        pub score: Option<f64>,
        pub seconds: f64,
        pub started_at: Option<Timestamp>,
        pub completed_at: Option<Timestamp>,
        pub updated_at: Timestamp,
    }
}

row! {
    /// Where a member stands on a module, as far as it counts for the organisation.
    #[derive(Debug, Clone)]
    pub struct CellRow {
        pub person: PersonId,
        pub name: String,
        pub module: ModuleId,
        pub slug: String,
        pub title: String,
        pub state: String,
        pub success: String,
        pub progress: f64,
        pub score: Option<f64>,
        pub seconds: f64,
        pub at: Timestamp,
        pub is_member: i64,
    }
}

row! {
    /// A row of the API.
    pub(super) struct PageRow {
        pub person: PersonId,
        pub email: Option<String>,
        pub name: String,
        pub organisation: Option<String>,
        pub module: ModuleId,
        pub slug: String,
        pub title: String,
        pub state: String,
        pub success: String,
        pub progress: f64,
        pub estimated: bool,
        pub score: Option<f64>,
        pub seconds: f64,
        pub updated_at: Timestamp,
    }
}

row! {
    /// An organisation.
    pub(super) struct OrganisationRow { pub id: OrganisationId, pub slug: String, pub name: String }
}
row! {
    /// What a present member reached on a module during the membership.
    #[derive(Debug, Clone)]
    pub struct MembershipCellRow {
        pub organisation: OrganisationId,
        pub person: PersonId,
        pub module: ModuleId,
        pub state: String,
        pub success: String,
        pub progress: f64,
        pub score: Option<f64>,
        pub seconds: f64,
        pub at: Timestamp,
    }
}
