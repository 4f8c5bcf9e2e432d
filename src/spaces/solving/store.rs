//! The SQL of questions and their solutions.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{PersonId, ReplyId, TopicId};

queries! {
    ACCEPT = "update reply set solution_at = $3, accepted_by = $4 where id = $1 and topic = $2 and hidden_at is null";
    ME_TOO = lite "insert into me_too (topic, person, at) select t.id, $2, cast($3 as bigint) from topic t \
        where t.id = $1 and t.author <> $2 on conflict do nothing",
        pg "insert into me_too (topic, person, at) select t.id, cast($2 as uuid), cast($3 as bigint) from topic t \
        where t.id = $1 and t.author <> $2 on conflict do nothing";
    NOT_ME = "delete from me_too where topic = $1 and person = $2";
    HAS_IT = "select count(*) as n from me_too where topic = $1 and person = $2";
    /// Completed modules of an axis, of people who let it be seen.
    LEARNED = "select g.person, o.slug, o.title from progress g join module o on o.id = g.module \
        join shown_person p on p.id = g.person \
        where g.person in uuids($1) and g.state = 'completed' and g.success <> 'failed' \
          and o.axis = $2 and o.published_at is not null and p.shows_learning \
        order by g.person, g.completed_at, o.title";
    /// The last accepted replies of a space's questions.
    SOLUTIONS = "select r.id, t.id as topic, s.slug as space_slug, t.title, t.language, r.solution_at, \
          p.name as author_name, r.author \
        from shown_reply r join shown_topic t on t.id = r.topic join space s on s.id = t.space \
          join person p on p.id = r.author \
        where r.solution_at is not null and (t.space = $1 \
          or exists (select 1 from topic_elsewhere x where x.topic = t.id and x.space = $1)) \
        order by r.solution_at desc, r.id limit $2";
    /// What one person wrote, what was accepted, what had to be hidden.
    CONTRIBUTION = "select p.created_at as since, \
          (select count(*) from topic t where t.author = p.id and t.hidden_at is null) \
            + (select count(*) from reply r where r.author = p.id and r.hidden_at is null) as texts, \
          (select count(*) from reply r where r.author = p.id and r.hidden_at is null and r.solution_at is not null \
            and r.accepted_by <> p.id) as accepted, \
          (select count(*) from topic t where t.author = p.id and t.hidden_at is not null) \
            + (select count(*) from reply r where r.author = p.id and r.hidden_at is not null) as hidden \
        from person p where p.id = $1";
    /// Topics and replies of one person since a moment: what the limit for writers counts.
    WRITTEN_SINCE = "select (select count(*) from topic where author = $1 and created_at > $2) \
        + (select count(*) from reply where author = $1 and created_at > $2) as n";
}

row! {
    pub(super) struct LearnedRow { pub person: PersonId, pub slug: String, pub title: String }
}

row! {
    /// An accepted reply and its question.
    pub struct SolutionRow {
        pub id: ReplyId, pub topic: TopicId, pub space_slug: String, pub title: String, pub language: String,
        pub solution_at: Timestamp, pub author: PersonId, pub author_name: String,
    }
}

row! {
    pub(super) struct ContributionRow {
        pub since: Timestamp, pub texts: i64, pub accepted: i64, pub hidden: i64,
    }
}
