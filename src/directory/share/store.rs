//! The SQL of what is shared: public things only.

use crate::clock::Timestamp;
use crate::db::{queries, row};

queries! {
    SHARED_MODULE = "select m.title, m.summary as text, m.language, '' as sort, m.published_at as at, cast(null as bigint) as until, n.name as maker \
        from module m left join shown_organisation n on n.id = m.organisation where m.slug = $1 and m.published_at is not null";
    SHARED_SEMINAR = "select s.title, s.summary as text, s.language, '' as sort, s.starts_at as at, s.ends_at as until, s.place as maker \
        from seminar s where s.slug = $1 and s.cancelled_at is null";
    SHARED_ORGANISATION = "select n.name as title, n.about as text, '' as language, '' as sort, n.created_at as at, cast(null as bigint) as until, \
            n.governorate as maker from shown_organisation n where n.slug = $1 and not n.members_only";
    SHARED_DOCUMENT = "select d.title, d.summary as text, d.language, d.kind as sort, d.released_at as at, cast(null as bigint) as until, n.name as maker \
        from shown_document d left join shown_organisation n on n.id = d.organisation where d.id = $1";
    /// With the space's name in a language.
    SHARED_TOPIC = "select t.title, t.body as text, t.language, t.kind as sort, t.created_at as at, cast(null as bigint) as until, \
            case $3 when 'ar' then s.title_ar when 'en' then s.title_en else s.title_fr end as maker \
        from open_topic t join space s on s.id = t.space where t.id = $1 and s.slug = $2";
    /// With the region's name in a language; none: the whole country.
    SHARED_ACTION = "select a.title, a.objective as text, a.language, '' as sort, a.starts_at as at, a.ends_at as until, \
            case $2 when 'ar' then g.name_ar when 'en' then g.name_en else g.name_fr end as maker \
        from shown_action a left join region g on g.slug = a.region where a.slug = $1";
    /// Answers of a topic, and an accepted one.
    SHARED_ANSWERS = "select count(*) as n from shown_reply r where r.topic = $1";
    SHARED_SOLUTION = "select r.body as text, r.created_at as at from shown_reply r \
        where r.topic = $1 and r.solution_at is not null order by r.solution_at, r.id limit 1";
    SHARED_SPACE = "select title_fr, title_ar, title_en, about_fr, about_ar, about_en from space where slug = $1 and visibility = 'public'";
}

row! {
    /// Something public.
    pub(super) struct SharedRow {
        pub title: String, pub text: String, pub language: String, pub sort: String,
        pub at: Option<Timestamp>, pub until: Option<Timestamp>, pub maker: Option<String>,
    }
}
row! {
    /// An accepted answer.
    pub(super) struct SolutionRow { pub text: String, pub at: Timestamp }
}
row! {
    /// A space.
    pub(super) struct SpaceRow {
        pub title_fr: String, pub title_ar: String, pub title_en: String,
        pub about_fr: String, pub about_ar: String, pub about_en: String,
    }
}
