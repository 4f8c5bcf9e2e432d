//! The SQL of the watch.

use crate::clock::Timestamp;
use crate::db::{queries, row};

queries! {
    /// What was published, announced, asked and solved: one axis or all ($1), before a moment or
    /// until now ($2), never from the future ($3), of these kinds ($4, all when it is empty), in one
    /// language or all ($5), of a space ($6), an organisation and its members ($7), a tag ($8); so
    /// many ($9). Each kind gives its latest ($10: as many, or all where $4 to $8 choose among
    /// them), so that whole tables are not sorted.
    NEWS = "select kind, at, slug, topic, heading, axis, language, author, tags from ( \
          select * from (select 'module' as kind, m.published_at as at, m.slug, cast(null as uuid) as topic, \
            m.title as heading, m.axis, m.language, cast(null as text) as author, '' as tags, \
            m.organisation, cast(null as uuid) as author_id \
          from module m where m.published_at is not null and (cast($1 as text) is null or m.axis = $1) and m.published_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and m.published_at <= $3 \
          order by m.published_at desc limit $10) as modules \
          union all \
          select * from (select 'seminar', s.created_at, s.slug, cast(null as uuid), s.title, s.axis, s.language, \
            cast(null as text), '', cast(null as uuid), cast(null as uuid) \
          from seminar s where s.cancelled_at is null and (cast($1 as text) is null or s.axis = $1) and s.created_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and s.created_at <= $3 \
          order by s.created_at desc limit $10) as seminars \
          union all \
          select * from (select 'document', d.released_at, '', d.id, d.title, d.axis, d.language, p.name, d.tags, d.organisation, d.author \
          from shown_document d join person p on p.id = d.author \
          where (cast($1 as text) is null or d.axis = $1) and d.released_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and d.released_at <= $3 \
          order by d.released_at desc limit $10) as documents \
          union all \
          select * from (select t.kind, t.created_at, c.slug, t.id, t.title, c.axis, t.language, p.name, t.tags, cast(null as uuid), t.author \
          from open_topic t join space c on c.id = t.space join person p on p.id = t.author \
          where (cast($1 as text) is null or c.axis = $1) and t.created_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and t.created_at <= $3 \
          order by t.created_at desc limit $10) as topics \
          union all \
          select * from (select 'solution', r.solution_at, c.slug, t.id, t.title, c.axis, t.language, p.name, t.tags, cast(null as uuid), r.author \
          from shown_reply r join open_topic t on t.id = r.topic join space c on c.id = t.space \
            join person p on p.id = r.author \
          where r.solution_at is not null and (cast($1 as text) is null or c.axis = $1) and r.solution_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and r.solution_at <= $3 \
          order by r.solution_at desc limit $10) as solutions \
        ) as happened \
        where (cast($4 as text) = '' or $4 like '% ' || kind || ' %') \
          and (cast($5 as text) is null or language = $5) \
          and (cast($6 as text) is null or (slug = $6 and kind in ('question', 'discussion', 'solution'))) \
          and (cast($7 as text) is null or exists (select 1 from shown_organisation o where o.slug = $7 \
            and (o.id = happened.organisation or exists (select 1 from membership m \
              where m.organisation = o.id and m.person = happened.author_id and m.until_at is null)))) \
          and (cast($8 as text) is null or tags like $8) \
        order by at desc, heading limit $9";
    AXES = "select slug, name_fr, name_ar, name_en from axis order by position, slug";
}

row! {
    #[derive(Debug, Clone)]
    pub(super) struct NewsRow {
        pub kind: String,
        pub at: Timestamp,
        pub slug: String,
        /// A topic's or a document's.
        pub topic: Option<uuid::Uuid>,
        pub heading: String,
        pub axis: Option<String>,
        pub language: String,
        pub author: Option<String>,
        pub tags: String,
    }
}

row! {
    pub(super) struct AxisRow { pub slug: String, pub name_fr: String, pub name_ar: String, pub name_en: String }
}
