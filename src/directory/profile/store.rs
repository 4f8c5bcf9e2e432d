//! The SQL of profiles.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

/// People who let themselves be found by somebody who is ($2) or is not a member.
macro_rules! people {
    ($columns:literal, $rest:literal) => {
        concat!(
            "select s.person, s.name, s.about, s.helps, s.region, s.languages, s.updated_at",
            $columns,
            " from shown_people s ",
            $rest
        )
    };
}

queries! {
    MINE = "select shown_to, about, helps, region, languages, shows_modules, shows_organisation, updated_at \
        from profile where person = $1";
    MY_SKILLS = "select tag, label from profile_skill where person = $1 order by label";
    MY_AXES = "select axis from profile_axis where person = $1";
    KEEP = "insert into profile (person, shown_to, about, helps, folded, region, languages, shows_modules, \
            shows_organisation, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        on conflict (person) do update set shown_to = excluded.shown_to, about = excluded.about, \
            helps = excluded.helps, folded = excluded.folded, region = excluded.region, \
            languages = excluded.languages, shows_modules = excluded.shows_modules, \
            shows_organisation = excluded.shows_organisation, updated_at = excluded.updated_at";
    CLEAR_SKILLS = "delete from profile_skill where person = $1";
    ADD_SKILL = "insert into profile_skill (person, tag, label) values ($1, $2, $3) on conflict do nothing";
    CLEAR_AXES = "delete from profile_axis where person = $1";
    ADD_AXIS = "insert into profile_axis (person, axis) values ($1, $2) on conflict do nothing";

    /// Skills that people who are shown have named, the most frequent first.
    SKILLS_IN_USE = "select k.tag, min(k.label) as label from profile_skill k join shown_people s on s.person = k.person \
        group by k.tag order by count(*) desc, k.tag limit $1";

    /// One of them.
    PERSON = people!("", "where s.person = $1 and (s.shown_to = 'accounts' or $2)");
    /// All of a region ($1), an axis ($3); the latest profiles first. Empty filters let everything pass.
    EVERYBODY = people!("", "where (cast($1 as text) = '' or s.region = $1) and (s.shown_to = 'accounts' or $2) \
            and (cast($3 as text) = '' or exists (select 1 from profile_axis a where a.person = s.person and a.axis = $3)) \
        order by s.updated_at desc, s.person limit $4 offset $5");
    /// Those whom a search found, within a region ($1) and an axis ($3).
    AMONG = people!("", "where (cast($1 as text) = '' or s.region = $1) and (s.shown_to = 'accounts' or $2) \
            and (cast($3 as text) = '' or exists (select 1 from profile_axis a where a.person = s.person and a.axis = $3) \
                or exists (select 1 from progress g join module o on o.id = g.module where g.person = s.person \
                    and o.axis = $3 and s.shows_modules and g.state = 'completed' and o.published_at is not null) \
                or exists (select 1 from shown_reply r join open_topic t on t.id = r.topic join space c on c.id = t.space \
                    where r.author = s.person and c.axis = $3 and r.solution_at is not null and r.accepted_by <> r.author)) \
            and s.person in uuids($4)");

    /// The people of a list: their skills.
    SKILLS_OF = "select person, label from profile_skill where person in uuids($1) order by label";
    /// Their axes.
    AXES_OF = "select person, axis from profile_axis where person in uuids($1)";
    /// Their organisations, where they let it be known.
    ORGANISATIONS_OF = "select s.person, n.slug, n.name from shown_people s join membership m on m.person = s.person \
            and m.until_at is null join shown_organisation n on n.id = m.organisation \
        where s.person in uuids($1) and s.shows_organisation order by s.person, m.from_at";
    /// Modules that one of them completed, where they let it be known.
    MODULES_OF = "select s.person, o.slug, o.title, g.completed_at from shown_people s join progress g on g.person = s.person \
            join module o on o.id = g.module \
        where s.person in uuids($1) and s.shows_modules and g.state = 'completed' and g.success <> 'failed' \
            and o.published_at is not null order by s.person, g.completed_at desc, o.title";
    /// Answers of one of them that others accepted, where everybody may read them.
    SOLUTIONS_OF = "select t.id as topic, c.slug as space, t.title, r.solution_at from shown_reply r \
            join open_topic t on t.id = r.topic join space c on c.id = t.space \
        where r.author = $1 and r.solution_at is not null and r.accepted_by <> r.author \
        order by r.solution_at desc, r.id limit 5";

    /// Who names a skill like one of these (patterns of folded words).
    BY_SKILL = "select k.person, k.label from profile_skill k join shown_people s on s.person = k.person \
        where (s.shown_to = 'accounts' or $1) and (k.tag like $2 escape '!' or k.tag like $3 escape '!' \
            or k.tag like $4 escape '!' or k.tag like $5 escape '!') \
        order by s.updated_at desc, k.person limit 400";
    /// Who says so in their own words, or is called so.
    BY_WORDS = "select s.person from shown_people s \
        where (s.shown_to = 'accounts' or $1) and (s.folded like $2 escape '!' or s.folded like $3 escape '!' \
            or s.folded like $4 escape '!' or s.folded like $5 escape '!') \
        order by s.updated_at desc, s.person limit 400";
    /// Who is called so.
    BY_NAME = "select s.person from shown_people s where (s.shown_to = 'accounts' or $1) \
            and s.name_folded like $2 escape '!' order by s.updated_at desc, s.person limit 100";
    /// Whose answers to questions with such a tag, or such words in the title, others accepted.
    BY_SOLUTIONS = "select r.author as person, count(*) as solved, \
            max(r.solution_at) as last_at from shown_reply r join open_topic t on t.id = r.topic \
            join space c on c.id = t.space join shown_people s on s.person = r.author \
        where (s.shown_to = 'accounts' or $1) and r.solution_at is not null and r.accepted_by <> r.author \
            and (t.tags like $2 escape '!' or t.tags like $3 escape '!' or t.tags like $4 escape '!' or t.tags like $5 escape '!' \
                or lower(t.title) like $6 escape '!' or lower(t.title) like $7 escape '!' \
                or lower(t.title) like $8 escape '!' or lower(t.title) like $9 escape '!') \
        group by r.author order by count(*) desc, r.author limit 200";
    /// The latest of them, of one person.
    SOLVED_LAST = "select t.id as topic, c.slug as space, t.title, r.solution_at from shown_reply r \
            join open_topic t on t.id = r.topic join space c on c.id = t.space \
        where r.author = $1 and r.solution_at = $2 order by r.id limit 1";
    /// Who completed one of these modules, and lets it be known.
    BY_MODULES = "select g.person, o.slug, o.title, g.completed_at from progress g join module o on o.id = g.module \
            join shown_people s on s.person = g.person \
        where (s.shown_to = 'accounts' or $1) and g.module in uuids($2) and s.shows_modules \
            and g.state = 'completed' and g.success <> 'failed' and o.published_at is not null \
        order by g.completed_at desc, g.person limit 400";
}

row! {
    /// What a person lets be shown of themselves.
    pub(super) struct ProfileRow {
        pub shown_to: String, pub about: String, pub helps: String, pub region: Option<String>,
        pub languages: String, pub shows_modules: bool, pub shows_organisation: bool, pub updated_at: Timestamp,
    }
}
row! {
    /// A skill as it is searched and as it is written.
    pub(super) struct SkillRow { pub tag: String, pub label: String }
}
row! {
    /// An axis.
    pub(super) struct AxisRow { pub axis: String }
}
row! {
    /// Somebody who lets themselves be found.
    #[derive(Debug, Clone)]
    pub(super) struct PersonRow {
        pub person: PersonId, pub name: String, pub about: String, pub helps: String,
        pub region: Option<String>, pub languages: String, pub updated_at: Timestamp,
    }
}
row! {
    /// A skill of somebody.
    pub(super) struct SkillOfRow { pub person: PersonId, pub label: String }
}
row! {
    /// An axis of somebody.
    pub(super) struct AxisOfRow { pub person: PersonId, pub axis: String }
}
row! {
    /// An organisation of somebody.
    pub(super) struct OrganisationOfRow { pub person: PersonId, pub slug: String, pub name: String }
}
row! {
    /// A module that somebody completed.
    pub(super) struct ModuleOfRow {
        pub person: PersonId, pub slug: String, pub title: String, pub completed_at: Option<Timestamp>,
    }
}
row! {
    /// A question that somebody's answer solved.
    pub(super) struct SolutionRow {
        pub topic: crate::ids::TopicId, pub space: String, pub title: String, pub solution_at: Timestamp,
    }
}
row! {
    /// Somebody, alone in a row.
    pub(super) struct FoundRow { pub person: PersonId }
}
row! {
    /// How many questions somebody's answers solved, and when the last.
    pub(super) struct SolvedRow { pub person: PersonId, pub solved: i64, pub last_at: Timestamp }
}
