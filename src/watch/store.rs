//! The SQL of the watch.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::TopicId;

queries! {
    /// What was published, announced, asked and solved: one axis or all ($1), before a moment or
    /// until now ($2), never from the future ($3).
    /// Each kind gives its latest: whole tables are never sorted.
    NEWS = "select kind, at, slug, topic, heading, axis, language, author from ( \
          select * from (select 'module' as kind, m.published_at as at, m.slug, cast(null as uuid) as topic, \
            m.title as heading, m.axis, m.language, cast(null as text) as author \
            from module m where m.published_at is not null and (cast($1 as text) is null or m.axis = $1) \
              and m.published_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and m.published_at <= $3 \
            order by m.published_at desc limit $4) as modules \
          union all \
          select * from (select 'seminar', s.created_at, s.slug, cast(null as uuid), s.title, s.axis, s.language, \
            cast(null as text) \
            from seminar s where s.cancelled_at is null and (cast($1 as text) is null or s.axis = $1) \
              and s.created_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and s.created_at <= $3 \
            order by s.created_at desc limit $4) as seminars \
          union all \
          select * from (select t.kind, t.created_at, c.slug, t.id, t.title, c.axis, t.language, p.name \
            from open_topic t join space c on c.id = t.space join person p on p.id = t.author \
            where (cast($1 as text) is null or c.axis = $1) \
              and t.created_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and t.created_at <= $3 \
            order by t.created_at desc limit $4) as topics \
          union all \
          select * from (select 'solution', r.solution_at, c.slug, t.id, t.title, c.axis, t.language, p.name \
            from shown_reply r join open_topic t on t.id = r.topic join space c on c.id = t.space \
              join person p on p.id = r.author \
            where r.solution_at is not null and (cast($1 as text) is null or c.axis = $1) \
              and r.solution_at < coalesce(cast($2 as bigint), cast($3 as bigint) + 1) and r.solution_at <= $3 \
            order by r.solution_at desc limit $4) as solutions \
        ) as happened order by at desc, heading limit $4";
    AXES = "select slug, name_fr, name_ar, name_en from axis order by position, slug";
}

row! {
    #[derive(Debug, Clone)]
    pub(super) struct NewsRow {
        pub kind: String,
        pub at: Timestamp,
        pub slug: String,
        pub topic: Option<TopicId>,
        pub heading: String,
        pub axis: Option<String>,
        pub language: String,
        pub author: Option<String>,
    }
}

row! {
    pub(super) struct AxisRow { pub slug: String, pub name_fr: String, pub name_ar: String, pub name_en: String }
}
