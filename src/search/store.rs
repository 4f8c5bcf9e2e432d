//! The SQL of the search.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};

/// What the visitor may see, asked of the things themselves, of `e`: $2 whether they are signed in,
/// $3 the spaces that are open to them by invitation, $4 the organisations they coordinate, $5 who
/// they are, $7 whether they are of an organisation or the team.
macro_rules! seen {
    () => {
        "case e.kind \
          when 'module' then exists (select 1 from module m where m.id = e.entity and m.published_at is not null) \
          when 'seminar' then exists (select 1 from seminar m where m.id = e.entity and m.cancelled_at is null) \
          when 'organisation' then exists (select 1 from shown_organisation o where o.id = e.entity and ($2 or not o.members_only)) \
          when 'person' then exists (select 1 from shown_people p where p.person = e.entity \
            and ((p.shown_to = 'accounts' and $2) or (p.shown_to = 'members' and $7))) \
          when 'document' then exists (select 1 from shown_document d where d.id = e.entity) \
            or exists (select 1 from document d where d.id = e.entity and d.released_at is null \
              and d.hidden_at is null and (d.author = $5 or d.organisation in uuids($4))) \
          when 'topic' then exists (select 1 from shown_topic t join space s on s.id = t.space \
            where t.id = e.entity and (s.visibility = 'public' or (s.visibility = 'members' and $2) or s.id in uuids($3))) \
          when 'reply' then exists (select 1 from shown_reply r join shown_topic t on t.id = r.topic \
            join space s on s.id = t.space where r.id = e.entity \
              and (s.visibility = 'public' or (s.visibility = 'members' and $2) or s.id in uuids($3))) \
          else false end"
    };
}

/// The newest $6 entries that the index has for $1, of those what the visitor may see.
macro_rules! found {
    (lite) => {
        concat!(
            "with found as materialized (select x.rowid as seq from search_text x where x.search_text match $1 \
               order by x.rowid desc limit $6) \
             select e.seq, e.kind, e.entity, e.at, e.heading from found f join search_entry e on e.seq = f.seq \
             where ", seen!(), " order by e.seq desc")
    };
    (pg) => {
        // An order that no index has: otherwise a plan may walk through all entries, newest first.
        concat!(
            "with found as materialized (select x.seq, x.kind, x.entity, x.at, x.heading from search_entry x \
               where array_to_tsvector(string_to_array(x.words, ' ')) @@ cast($1 as text)::tsquery \
               order by x.seq + 0 desc limit $6) \
             select e.seq, e.kind, e.entity, e.at, e.heading from found e \
             where ", seen!(), " order by e.seq desc")
    };
}

queries! {
    FOUND = lite found!(lite), pg found!(pg);
    /// The place of the newest entry.
    NEWEST = "select coalesce(max(seq), 0) as n from search_entry";
    /// Spaces that are not open to everybody and that the visitor reads: $1 whether they are signed
    /// in, $2 who they are, $3 the spaces they animate, $4 whether they may in all but coalitions' rooms.
    SPACES = "select s.id from space s where s.visibility <> 'public' and ((s.visibility = 'members' and $1) \
        or (s.visibility <> 'room' and (s.id in uuids($3) or $4)) \
        or exists (select 1 from space_reader m where m.space = s.id and m.person = $2)) \
        order by s.id limit 200";

    /// Words of the vocabulary that have one of these parts.
    NEAR = "select distinct w.word, w.written, w.seen from search_deletion d join search_word w on w.word = d.word \
        where d.part in texts($1)";
    /// Words of the vocabulary between two texts.
    BETWEEN = "select word, written, seen from search_word where word >= $1 and word < $2 order by seen desc, word limit 2000";
    KNOWN = "select word, written, seen from search_word where word in texts($1)";
    ADD_WORD = "insert into search_word (word, written, seen) values ($1, $2, 0) on conflict (word) do nothing";
    ADD_DELETIONS =
        lite "insert into search_deletion (part, word) select value, $2 from json_each($1) where true on conflict do nothing",
        pg "insert into search_deletion (part, word) select unnest(cast($1 as text[])), $2 on conflict do nothing";
    SAW_WORDS = "update search_word set seen = seen + 1 where word in texts($1) and seen < 1000";
    DROP_WORDS = "delete from search_word where word in texts($1)";
    DROP_DELETIONS = "delete from search_deletion where word in texts($1)";

    WAITING = "select count(*) as n from search_change";
    CHANGES = "select seq, kind, entity from search_change order by seq limit $1";
    LOOKED_AT = "delete from search_change where seq in ints($1)";
    /// Takes the changes for oneself ($1, until $2) unless somebody has them ($3: now).
    TAKE = "insert into search_indexer (id, holder, until_at) values (1, $1, $2) \
        on conflict (id) do update set holder = excluded.holder, until_at = excluded.until_at \
          where search_indexer.until_at < $3";
    HOLD = "update search_indexer set until_at = $2 where id = 1 and holder = $1";
    LET_GO = "update search_indexer set until_at = 0 where id = 1 and holder = $1";
    PLACES = "select seq, entity from search_entry where entity in uuids($1)";
    REMOVE = "delete from search_entry where entity in uuids($1)";
    PUT = "insert into search_entry (seq, kind, entity, at, heading, words) values ($1, $2, $3, $4, $5, $6) \
        on conflict (entity) do update set kind = excluded.kind, at = excluded.at, heading = excluded.heading, \
          words = excluded.words";
    CLEAR_ENTRIES = "delete from search_entry";
    CLEAR_WORDS = "delete from search_word";
    CLEAR_DELETIONS = "delete from search_deletion";
    CLEAR_CHANGES = "delete from search_change";
    QUEUE_ALL = "insert into search_change (kind, entity) \
        select kind, id from ( \
            select 'module' as kind, id, created_at as at from module \
            union all select 'topic', id, created_at from topic \
            union all select 'reply', id, created_at from reply \
            union all select 'document', id, created_at from document \
            union all select 'seminar', id, created_at from seminar \
            union all select 'organisation', id, created_at from organisation \
            union all select 'person', person, updated_at from profile \
        ) as known order by at, id";
    QUEUE = "insert into search_change (kind, entity) values ($1, $2)";

    /// A version whose file was not read yet: the newest of its document.
    UNREAD = "select v.id, v.document, v.object, v.media_type, v.size, d.language from document_version v \
        join document d on d.id = v.document where v.object is not null \
          and v.number = (select max(w.number) from document_version w where w.document = v.document) \
          and not exists (select 1 from search_file f where f.version = v.id) order by v.at, v.id limit 1";
    READ = "insert into search_file (version, text) values ($1, $2) on conflict (version) do nothing";

    MODULES = "select m.id as entity, 'module' as code, m.title, m.summary as body, m.language, m.axis, m.organisation, \
          cast(null as uuid) as author, cast(null as uuid) as space, cast(1 as bigint) as open, m.published_at as at \
        from module m where m.id in uuids($1) and m.published_at is not null";
    SEMINARS = "select m.id as entity, 'seminar' as code, m.title, m.summary || ' ' || m.place || ' ' || coalesce(g.name_fr, '') \
            || ' ' || coalesce(g.name_ar, '') || ' ' || coalesce(p.trainers, '') || ' ' || coalesce(p.agenda, '') as body, \
          m.language, m.axis, cast(null as uuid) as organisation, cast(null as uuid) as author, cast(null as uuid) as space, \
          cast(1 as bigint) as open, m.created_at as at from seminar m left join programme p on p.seminar = m.id \
          left join region g on g.slug = m.region where m.id in uuids($1) and m.cancelled_at is null";
    ORGANISATIONS = "select o.id as entity, 'organisation' as code, o.name as title, o.about || ' ' || coalesce(o.governorate, '') as body, \
          '' as language, cast(null as text) as axis, o.id as organisation, \
          cast(null as uuid) as author, cast(null as uuid) as space, cast(1 as bigint) as open, o.created_at as at \
        from organisation o where o.id in uuids($1)";
    /// `open` is 2 for those who are shown to members only.
    PEOPLE = "select f.person as entity, 'person' as code, p.name as title, f.about || ' ' || f.helps as body, '' as language, \
          cast(null as text) as axis, case when f.shows_organisation then (select m.organisation from membership m \
            where m.person = f.person and m.until_at is null order by m.from_at desc, m.id desc limit 1) else null end as organisation, \
          cast(null as uuid) as author, cast(null as uuid) as space, cast(case when f.shown_to = 'accounts' then 1 else 2 end as bigint) as open, \
          f.updated_at as at from profile f join person p on p.id = f.person \
        where f.person in uuids($1) and f.shown_to <> 'nobody' and p.state = 'active'";
    SKILLS = "select person as entity, label as value from profile_skill where person in uuids($1)";
    /// The axes of organisations and people.
    AXES = "select organisation as entity, axis as value from organisation_axis where organisation in uuids($1) \
        union all select person, axis from profile_axis where person in uuids($1)";
    DOCUMENTS = "select d.id as entity, d.kind as code, d.title, d.summary || ' ' || d.tags || ' ' || coalesce(v.body, '') \
            || ' ' || coalesce(f.text, '') as body, d.language, d.axis, d.organisation, d.author, cast(null as uuid) as space, \
          cast(case when d.released_at is null then 0 else 1 end as bigint) as open, coalesce(d.released_at, d.created_at) as at \
        from document d left join document_version v on v.document = d.id \
            and v.number = (select max(w.number) from document_version w where w.document = d.id) \
          left join search_file f on f.version = v.id where d.id in uuids($1) and d.hidden_at is null";
    TOPICS = "select t.id as entity, t.kind as code, t.title, t.body || ' ' || t.tags as body, t.language, s.axis, \
          (select m.organisation from membership m where m.person = t.author and m.until_at is null \
            order by m.from_at desc, m.id desc limit 1) as organisation, t.author, \
          case when s.visibility = 'public' then null else s.id end as space, cast(1 as bigint) as open, t.created_at as at \
        from topic t join space s on s.id = t.space where t.id in uuids($1) and t.hidden_at is null and t.merged_into is null";
    REPLIES = "select r.id as entity, case when r.solution_at is null then 'reply' else 'solution' end as code, '' as title, \
          r.body, coalesce(r.language, t.language) as language, s.axis, \
          (select m.organisation from membership m where m.person = r.author and m.until_at is null \
            order by m.from_at desc, m.id desc limit 1) as organisation, r.author, \
          case when s.visibility = 'public' then null else s.id end as space, cast(1 as bigint) as open, r.created_at as at \
        from reply r join topic t on t.id = r.topic join space s on s.id = t.space \
        where r.id in uuids($1) and r.hidden_at is null and t.hidden_at is null and t.merged_into is null";

    SHOW_MODULES = "select m.id as entity, 'module' as code, m.title, m.summary as body, '' as more, m.language, m.slug, \
          cast(null as uuid) as topic, o.name as place, m.published_at as at, cast(0 as bigint) as waits \
        from module m left join shown_organisation o on o.id = m.organisation where m.id in uuids($1) and m.published_at is not null";
    SHOW_SEMINARS = "select m.id as entity, 'seminar' as code, m.title, m.summary as body, \
          coalesce(p.trainers, '') || ' ' || coalesce(p.agenda, '') as more, m.language, m.slug, cast(null as uuid) as topic, \
          m.place, m.starts_at as at, cast(0 as bigint) as waits from seminar m left join programme p on p.seminar = m.id \
        where m.id in uuids($1) and m.cancelled_at is null";
    SHOW_ORGANISATIONS = "select o.id as entity, 'organisation' as code, o.name as title, o.about as body, '' as more, '' as language, o.slug, \
          cast(null as uuid) as topic, o.governorate as place, o.created_at as at, cast(0 as bigint) as waits \
        from shown_organisation o where o.id in uuids($1)";
    SHOW_PEOPLE = "select s.person as entity, 'person' as code, s.name as title, s.about || ' ' || s.helps as body, '' as more, '' as language, \
          '' as slug, cast(null as uuid) as topic, case when s.shows_organisation then (select n.name from membership m \
            join shown_organisation n on n.id = m.organisation where m.person = s.person and m.until_at is null \
            order by m.from_at desc, m.id desc limit 1) else null end as place, s.updated_at as at, cast(0 as bigint) as waits \
        from shown_people s where s.person in uuids($1)";
    SHOW_DOCUMENTS = "select d.id as entity, d.kind as code, d.title, d.summary || ' ' || coalesce(v.body, '') as body, \
          substr(coalesce(f.text, ''), 1, 60000) as more, d.language, '' as slug, cast(null as uuid) as topic, o.name as place, \
          coalesce(d.released_at, d.created_at) as at, cast(case when d.released_at is null then 1 else 0 end as bigint) as waits \
        from document d left join document_version v on v.document = d.id \
            and v.number = (select max(w.number) from document_version w where w.document = d.id) \
          left join search_file f on f.version = v.id left join shown_organisation o on o.id = d.organisation \
        where d.id in uuids($1) and d.hidden_at is null";
    SHOW_TOPICS = "select t.id as entity, t.kind as code, t.title, t.body, '' as more, t.language, s.slug, t.id as topic, \
          case $2 when 'ar' then s.title_ar when 'en' then s.title_en else s.title_fr end as place, t.created_at as at, cast(0 as bigint) as waits \
        from shown_topic t join space s on s.id = t.space where t.id in uuids($1)";
    SHOW_REPLIES = "select r.id as entity, case when r.solution_at is null then 'reply' else 'solution' end as code, t.title, r.body, \
          '' as more, coalesce(r.language, t.language) as language, s.slug, t.id as topic, \
          case $2 when 'ar' then s.title_ar when 'en' then s.title_en else s.title_fr end as place, r.created_at as at, cast(0 as bigint) as waits \
        from shown_reply r join shown_topic t on t.id = r.topic join space s on s.id = t.space where r.id in uuids($1)";
    /// The organisation of an address.
    ORGANISATION = "select id, name from shown_organisation where slug = $1";
}

row! {
    /// An entry that was found.
    #[derive(Debug, Clone)]
    pub(super) struct FoundRow { pub seq: i64, pub kind: String, pub entity: Uuid, pub at: Timestamp, pub heading: String }
}

row! {
    pub(super) struct IdRow { pub id: Uuid }
}

row! {
    #[derive(Debug, Clone)]
    pub(super) struct WordRow { pub word: String, pub written: String, pub seen: i64 }
}

row! {
    #[derive(Debug, Clone)]
    pub(super) struct ChangeRow { pub seq: i64, pub kind: String, pub entity: Uuid }
}

row! {
    pub(super) struct PlaceRow { pub seq: i64, pub entity: Uuid }
}

row! {
    pub(super) struct UnreadRow {
        pub id: Uuid, pub document: Uuid, pub object: String, pub media_type: String, pub size: i64, pub language: String,
    }
}

row! {
    pub(super) struct ValueRow { pub entity: Uuid, pub value: String }
}

row! {
    /// A thing as it is put into the index.
    pub(super) struct SourceRow {
        pub entity: Uuid, pub code: String, pub title: String, pub body: String, pub language: String, pub axis: Option<String>,
        pub organisation: Option<Uuid>, pub author: Option<Uuid>, pub space: Option<Uuid>, pub open: i64, pub at: Timestamp,
    }
}

row! {
    /// A thing as it is shown.
    pub(super) struct ShownRow {
        pub entity: Uuid, pub code: String, pub title: String, pub body: String, pub more: String, pub language: String,
        pub slug: String, pub topic: Option<Uuid>, pub place: Option<String>, pub at: Timestamp, pub waits: i64,
    }
}

row! {
    pub(super) struct NamedRow { pub id: Uuid, pub name: String }
}
