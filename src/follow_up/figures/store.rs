//! The SQL of the figures: the queue, what facts are derived from, facts and counters.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{MembershipId, ModuleId, OrganisationId, PersonId};

/// The conditions on a counter or a fact: months $1 to $2 (without it), everything or regions $4,
/// then a region, an axis and a kind, each empty for all.
macro_rules! within {
    () => {
        "month >= $1 and month < $2 and ($3 or region in texts($4)) \
         and (cast($5 as text) = '' or region = $5) and (cast($6 as text) = '' or axis = $6) \
         and (cast($7 as text) = '' or kind = $7)"
    };
}

/// Sums of the counters, by nothing or by a column.
macro_rules! sums {
    ($part:literal, $where:literal, $group:literal) => {
        concat!(
            "select measure, ",
            $part,
            " as part, cast(sum(n) as bigint) as n, cast(sum(amount) as bigint) as amount, \
             cast(sum(case when since = -1 then n else 0 end) as bigint) as fresh \
             from follow_up_counter where ",
            within!(),
            $where,
            " group by measure",
            $group
        )
    };
}

queries! {
    /// Who changes facts holds this row until the end of the transaction.
    HOLD = "insert into follow_up_state (id, as_of) values (1, 0) \
        on conflict (id) do update set as_of = follow_up_state.as_of";
    AS_OF = "select as_of from follow_up_state where id = 1";
    SET_AS_OF = "update follow_up_state set as_of = $1 where id = 1";
    WAITING = "select count(*) as n from (select id from follow_up_change limit 1) as waits";
    QUEUE = "select id, source, owner from follow_up_change order by id limit $1";
    TAKEN = "delete from follow_up_change where id in ints($1)";
    /// Everything anew: whoever has or could have facts.
    EVERYTHING = "insert into follow_up_change (source, owner) \
        select 'person', id from person union all select 'seminar', id from seminar \
        union all select 'visit', id from accompaniment union all select 'sheet', id from action_sheet";

    /// Presence at seminars is kept beside the modules: it has figures of its own.
    HISTORY = "select c.person, c.module, m.axis, c.at, c.state, c.success, c.seconds \
        from progress_change c join module m on m.id = c.module \
        where c.person in uuids($1) and not exists (select 1 from seminar s where s.id = c.module) \
        order by c.person, c.at, c.id";
    MEMBERSHIPS = "select m.id, m.person, m.organisation, o.region, o.kind, m.from_at, m.until_at \
        from membership m join organisation o on o.id = m.organisation where m.person in uuids($1)";
    /// What is said in coalitions' rooms is not counted: nobody else knows of them.
    POSTS = "select t.author as person, t.id, case when t.kind = 'question' then 'questions' else 'discussions' end as measure, \
            s.axis, t.created_at as at from topic t join space s on s.id = t.space \
          where t.author in uuids($1) and t.hidden_at is null and t.merged_into is null and s.visibility <> 'room' \
        union all select r.author, r.id, 'answers', s.axis, r.created_at \
          from reply r join topic t on t.id = r.topic join space s on s.id = t.space \
          where r.author in uuids($1) and r.hidden_at is null and s.visibility <> 'room' \
        union all select r.author, r.id, 'solutions', s.axis, r.solution_at \
          from reply r join topic t on t.id = r.topic join space s on s.id = t.space \
          where r.author in uuids($1) and r.hidden_at is null and r.solution_at is not null and s.visibility <> 'room' \
        union all select d.author, d.id, 'documents', d.axis, d.released_at from document d \
          where d.author in uuids($1) and d.released_at is not null and d.hidden_at is null";
    /// A seminar's seats, in the month in which it begins; presence in that of the meeting.
    SEMINARS = "select s.id as owner, 'seats-offered' as measure, s.starts_at as at, cast(null as uuid) as person, s.id as object, \
            cast(null as uuid) as organisation, coalesce(s.region, '') as region, coalesce(s.axis, '') as axis, '' as kind, s.capacity as amount \
          from seminar s where s.id in uuids($1) and s.cancelled_at is null \
        union all select s.id, 'seats-taken', s.starts_at, t.person, s.id, t.organisation, coalesce(s.region, ''), coalesce(s.axis, ''), coalesce(o.kind, ''), 1 \
          from seat t join seminar s on s.id = t.seminar left join organisation o on o.id = t.organisation \
          where s.id in uuids($1) and s.cancelled_at is null and t.cancelled_at is null \
        union all select s.id, 'seats-waiting', s.starts_at, w.person, s.id, w.organisation, coalesce(s.region, ''), coalesce(s.axis, ''), coalesce(o.kind, ''), w.seats \
          from waiting w join seminar s on s.id = w.seminar left join organisation o on o.id = w.organisation \
          where s.id in uuids($1) and s.cancelled_at is null and w.state in ('waiting', 'offered') \
        union all select s.id, 'eligible', s.starts_at, e.person, s.id, e.organisation, coalesce(s.region, ''), coalesce(s.axis, ''), coalesce(o.kind, ''), 1 \
          from (select x.seminar, x.person, x.organisation, row_number() over (partition by x.seminar, x.person order by x.at, x.id) as place \
            from (select seminar, person, organisation, taken_at as at, id from seat where seminar in uuids($1) \
              union all select seminar, person, organisation, joined_at, id from waiting where kind = 'person' and seminar in uuids($1)) as x) as e \
          join seminar s on s.id = e.seminar left join organisation o on o.id = e.organisation \
          where e.place = 1 and s.cancelled_at is null \
        union all select s.id, 'present', m.starts_at, p.person, s.id, t.organisation, coalesce(s.region, ''), coalesce(s.axis, ''), coalesce(o.kind, ''), 1 \
          from presence p join meeting m on m.id = p.meeting join seminar s on s.id = m.seminar \
          left join seat t on t.seminar = s.id and t.person = p.person and t.cancelled_at is null \
          left join organisation o on o.id = t.organisation \
          where s.id in uuids($1) and s.cancelled_at is null and p.present";
    VISITS = "select a.id as owner, 'visits' as measure, a.held_at as at, cast(null as uuid) as person, a.organisation as object, \
          a.organisation, coalesce(o.region, '') as region, '' as axis, o.kind, cast(1 as bigint) as amount \
        from accompaniment a join organisation o on o.id = a.organisation where a.id in uuids($1)";
    SHEETS = "select s.id as owner, 'sheets-' || s.state as measure, s.starts_at as at, cast(null as uuid) as person, s.id as object, \
          cast(null as uuid) as organisation, coalesce(s.region, '') as region, coalesce(s.axis, '') as axis, '' as kind, cast(1 as bigint) as amount \
        from action_sheet s where s.id in uuids($1)";

    FACTS = "select id, owner, measure, month, since, since_axis, at, person, object, organisation, region, axis, kind, amount \
        from follow_up_fact where source = $1 and owner in uuids($2)";
    FORGET = "delete from follow_up_fact where id in ints($1)";
    REMEMBER = lite "insert into follow_up_fact (source, owner, measure, month, since, since_axis, at, person, object, \
          organisation, region, axis, kind, amount) \
        select $1, unhex(e.value ->> 0), e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, \
          unhex(e.value ->> 6), unhex(e.value ->> 7), unhex(e.value ->> 8), e.value ->> 9, e.value ->> 10, e.value ->> 11, e.value ->> 12 \
        from json_each($2) e",
        pg "insert into follow_up_fact (source, owner, measure, month, since, since_axis, at, person, object, \
          organisation, region, axis, kind, amount) \
        select $1, cast(e.value ->> 0 as uuid), e.value ->> 1, cast(e.value ->> 2 as bigint), cast(e.value ->> 3 as bigint), cast(e.value ->> 4 as bigint), \
          cast(e.value ->> 5 as bigint), cast(e.value ->> 6 as uuid), cast(e.value ->> 7 as uuid), cast(e.value ->> 8 as uuid), e.value ->> 9, e.value ->> 10, \
          e.value ->> 11, cast(e.value ->> 12 as bigint) from json_array_elements(cast($2 as json)) e";
    COUNT = lite "insert into follow_up_counter (measure, month, since, region, axis, kind, n, amount) \
        select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6, e.value ->> 7 \
        from json_each($1) e where true \
        on conflict (measure, month, since, region, axis, kind) do update set n = follow_up_counter.n + excluded.n, \
          amount = follow_up_counter.amount + excluded.amount",
        pg "insert into follow_up_counter (measure, month, since, region, axis, kind, n, amount) \
        select e.value ->> 0, cast(e.value ->> 1 as bigint), cast(e.value ->> 2 as bigint), e.value ->> 3, e.value ->> 4, e.value ->> 5, cast(e.value ->> 6 as bigint), \
          cast(e.value ->> 7 as bigint) from json_array_elements(cast($1 as json)) e \
        on conflict (measure, month, since, region, axis, kind) do update set n = follow_up_counter.n + excluded.n, \
          amount = follow_up_counter.amount + excluded.amount";
    FORGET_COUNTERS = "delete from follow_up_counter";
    /// The counters from the facts alone: what they must be.
    RECOUNT = "insert into follow_up_counter (measure, month, since, region, axis, kind, n, amount) \
        select measure, month, since, region, axis, kind, count(*), sum(amount) from follow_up_fact \
          where measure <> 'learners' or since < month group by measure, month, since, region, axis, kind \
        union all select 'learners-axis', month, since_axis, region, axis, kind, count(*), sum(amount) from follow_up_fact \
          where measure = 'learners' group by month, since_axis, region, axis, kind";

    TOTALS = sums!("''", " and since < $1", "");
    BY_REGION = sums!("region", " and since < $1", ", region");
    BY_AXIS = sums!("axis", " and since < $1", ", axis");
    BY_KIND = sums!("kind", " and since < $1", ", kind");
    /// Month by month: who was active in a month counts in it, whatever was before.
    BY_MONTH = sums!("cast(month as text)", "", ", month");
    /// The rows of a figure ($8), latest first; $9: only people never active before; $10: with an
    /// axis; from after $11 and $12. Names of people and organisations at rest only for
    /// administrators and the staff of that region.
    ROWS = concat!("select f.id, f.at, f.region, f.axis, f.kind, f.amount, f.measure, \
          case when $3 or not exists (select 1 from membership m join organisation z on z.id = m.organisation \
              where m.person = f.person and m.until_at is null and z.resting_at is not null \
                and coalesce(z.region, '') not in texts($4)) \
            then p.name end as person, \
          case when $3 or o.resting_at is null or coalesce(o.region, '') in texts($4) then o.name end as organisation, \
          case when $3 or o.resting_at is null or coalesce(o.region, '') in texts($4) then o.slug end as organisation_slug, \
          coalesce(u.title, s.title, t.title, rt.title, d.title, a.title) as title \
        from (select id, at, region, axis, kind, amount, measure, person, object, organisation from follow_up_fact where ", within!(), " and measure = $8 \
            and (case when $10 then since_axis else since end) < $1 \
            and (not $9 or (case when $10 then since_axis else since end) = -1) \
            and (cast($11 as bigint) is null or at < $11 or (at = $11 and id < $12)) \
          order by at desc, id desc limit $13) as f \
        left join person p on p.id = f.person \
        left join organisation o on o.id = f.organisation \
        left join module u on u.id = f.object and not exists (select 1 from seminar x where x.id = u.id) \
        left join seminar s on s.id = f.object \
        left join open_topic t on t.id = f.object \
        left join shown_reply r on r.id = f.object left join open_topic rt on rt.id = r.topic \
        left join shown_document d on d.id = f.object \
        left join action_sheet a on a.id = f.object \
        order by f.at desc, f.id desc");
}

row! {
    /// A change that waits.
    #[derive(Debug, Clone)]
    pub(super) struct ChangeRow { pub id: i64, pub source: String, pub owner: Uuid }
}
row! {
    /// Up to when everything is counted.
    pub(super) struct AsOfRow { pub as_of: Timestamp }
}
row! {
    /// A step of a person's history.
    #[derive(Debug, Clone)]
    pub struct HistoryRow {
        pub person: PersonId, pub module: ModuleId, pub axis: Option<String>, pub at: Timestamp,
        pub state: String, pub success: String, pub seconds: f64,
    }
}
row! {
    /// A membership, with the organisation's region and kind.
    #[derive(Debug, Clone)]
    pub struct MembershipRow {
        pub id: MembershipId, pub person: PersonId, pub organisation: OrganisationId, pub region: Option<String>,
        pub kind: String, pub from_at: Timestamp, pub until_at: Option<Timestamp>,
    }
}
row! {
    /// Something that a person gave to the community.
    #[derive(Debug, Clone)]
    pub struct PostRow {
        pub person: PersonId, pub id: Uuid, pub measure: String, pub axis: Option<String>, pub at: Timestamp,
    }
}
row! {
    /// A fact as its source tells it.
    pub(super) struct PlainRow {
        pub owner: Uuid, pub measure: String, pub at: Timestamp, pub person: Option<Uuid>, pub object: Option<Uuid>,
        pub organisation: Option<Uuid>, pub region: String, pub axis: String, pub kind: String, pub amount: i64,
    }
}
row! {
    /// A fact as it is kept.
    pub(super) struct FactRow {
        pub id: i64, pub owner: Uuid, pub measure: String, pub month: i64, pub since: i64, pub since_axis: i64,
        pub at: i64, pub person: Option<Uuid>, pub object: Option<Uuid>, pub organisation: Option<Uuid>,
        pub region: String, pub axis: String, pub kind: String, pub amount: i64,
    }
}
row! {
    /// A sum of counters.
    #[derive(Debug, Clone)]
    pub struct SumRow { pub measure: String, pub part: String, pub n: i64, pub amount: i64, pub fresh: i64 }
}
row! {
    /// A row behind a figure, with its names where the viewer may know them.
    #[derive(Debug, Clone)]
    pub struct LineRow {
        pub id: i64, pub at: Timestamp, pub region: String, pub axis: String, pub kind: String, pub amount: i64,
        pub measure: String, pub person: Option<String>, pub organisation: Option<String>,
        pub organisation_slug: Option<String>, pub title: Option<String>,
    }
}
