//! The SQL of people's rights: the one place that knows every table in which a person leaves a
//! trace. A feature that keeps something about people adds its line here, to both lists: what goes
//! (or is blotted out), and what is handed over.

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{Query, queries, row};
use crate::ids::{PersonId, SeminarId};

queries! {
    /// Who it is.
    WHO = "select id, coalesce(email, '') as email, name, language, state, created_at from person where id = $1";
    /// Who has this address.
    WHO_AT = "select id, coalesce(email, '') as email, name, language, state, created_at from person where email = $1";
    /// Who the person is elsewhere.
    ELSEWHERE = "select issuer, subject, name, coalesce(email, '') as email, created_at from identity where person = $1 \
        union all select issuer, subject, name, coalesce(email, '') as email, created_at from lti_identity where person = $1 \
        union all select o.login_url, t.subject, o.name, '', t.created_at from tool_person t join tool o on o.id = t.tool where t.person = $1 \
        order by issuer, subject";

    /// The account without anything that tells who it was.
    ERASE_PERSON = "update person set email = null, name = $2, folded = $3, password_hash = null, state = 'erased', \
        updated_at = $4 where id = $1";
    ERASE_SESSIONS = "delete from sign_in where person = $1";
    ERASE_LINKS = "delete from one_time_link where person = $1";
    ERASE_IDENTITIES = "delete from identity where person = $1";
    ERASE_LOGINS = "delete from identity_login where person = $1";
    ERASE_LTI_SCORES = "delete from lti_score where person = $1";
    ERASE_LTI_SESSIONS = "delete from lti_session where person = $1";
    ERASE_LTI_IDENTITIES = "delete from lti_identity where person = $1";
    ERASE_TOOL_LOGINS = "delete from tool_login where person = $1";
    ERASE_TOOL_CHOICES = "delete from tool_choice where person = $1";
    ERASE_TOOL_SCORES = "delete from tool_score where person = $1";
    ERASE_TOOL_PEOPLE = "delete from tool_person where person = $1";
    ERASE_DISPATCH_SESSIONS = "delete from dispatch_session where person = $1";
    ERASE_DISPATCH_LEARNERS = "delete from dispatch_learner where person = $1";
    ERASE_OBJECTIVES = "delete from global_objective where person = $1";
    ERASE_DRAFTS = "delete from draft where person = $1";
    ERASE_TOO = "delete from me_too where person = $1";
    ERASE_REACTIONS = "delete from reaction where person = $1";
    ERASE_INVITATIONS = "delete from space_member where person = $1";
    ERASE_ROOMS = "delete from room_guest where person = $1";
    /// What texts said before they were changed.
    ERASE_VERSIONS = "delete from post_version where changed_by = $1";
    ERASE_APPEALS = "delete from appeal where person = $1";
    ERASE_FLAGS = "update flag set note = '' where person = $1";
    ERASE_PICTURES = "update picture set words = '' where person = $1";
    ERASE_INTEREST = "delete from interest where person = $1";
    ERASE_PLAN_INTEREST = "delete from plan_interest where person = $1";
    ERASE_COMMITMENTS = "delete from commitment where person = $1";
    ERASE_TRAINER = "delete from seminar_trainer where person = $1";
    ERASE_CALENDAR = "delete from calendar_feed where person = $1";
    ERASE_BLOCKS = "delete from person_block where person = $1 or blocked = $1";
    ERASE_REPORTS = "update message_report set note = '' where person = $1";
    /// What they wrote to others goes; what others wrote to them stays theirs.
    ERASE_MESSAGES = "update message set body = '…', hidden_at = coalesce(hidden_at, at) where author = $1";
    ERASE_SUBJECTS = "update conversation set subject = '…' where asker = $1";
    /// Invitations to the person's address, and those they accepted.
    ERASE_INVITED = "delete from membership_invitation where person = $1 \
        or email = (select email from person where id = $1)";
    ERASE_INVITED_BY = "update membership_invitation set invited_by = null where invited_by = $1";
    ERASE_INVITATION_LINKS = "update invitation_link set created_by = null, revoked_at = coalesce(revoked_at, expires_at) where created_by = $1";
    ERASE_PROFILE = "delete from profile where person = $1";
    ERASE_SKILLS = "delete from profile_skill where person = $1";
    ERASE_PROFILE_AXES = "delete from profile_axis where person = $1";
    ERASE_NOTIFICATIONS = "delete from notification where person = $1";
    ERASE_FOLLOWS = "delete from follow where person = $1";
    ERASE_NOTIFICATION_SETTING = "delete from notification_setting where person = $1";
    /// Mails of notifications on their way.
    ERASE_LETTERS = "delete from outbox where kind = 'letter' and cast(payload as text) like '%' || $1 || '%'";
    ERASE_SOFT_BOUNCE = "delete from mail_soft_bounce where address = $1";
    ERASE_REPLY_ADDRESSES = "delete from reply_address where person = $1";
    ERASE_BOUNCE = "delete from mail_bounce where address = $1";
    /// Roles end; that they were held stays with those who gave them.
    ERASE_GRANTS = "update role_grant set until_at = $2 where person = $1 and (until_at is null or until_at > $2)";
    /// What was reached during a membership stays the organisation's; the membership is over.
    ERASE_MEMBERSHIPS = "update membership set until_at = $2 where person = $1 and until_at is null";
    /// Seminars to come in which the person holds a seat.
    SEATS_TO_COME = "select t.seminar as id from seat t join seminar s on s.id = t.seminar \
        where t.person = $1 and t.cancelled_at is null and s.starts_at > $2";
    /// Waiting lists on which the person stands: the seminar and the entry.
    WAITING_LISTS = "select seminar, id from waiting where person = $1 and kind = 'person' and state in ('waiting', 'offered')";
    /// Statements about the person that are still owed.
    ERASE_OWED = "delete from outbox where kind = 'deed-statement' and cast(payload as text) like '%' || $1 || '%'";
    /// Pictures in what the person wrote.
    PICTURES = "select object from picture where person = $1 \
        and not exists (select 1 from picture o where o.object = picture.object and o.person <> $1)";
    /// Files beside what the person wrote.
    POST_FILES = "select object from kept_file where person = $1 and purpose = 'post'";
    REMOVE_POST_FILES = "delete from kept_file where person = $1 and purpose = 'post'";
    REMOVE_PICTURES = "delete from picture where person = $1";
    /// Counters of tries bear a digest of the address.
    ERASE_THROTTLE = "delete from throttle where key like $1";
    /// Mails and requests on their way, or done, that name the address.
    ERASE_OUTBOX = "delete from outbox where kind <> $2 \
        and lower(cast(payload as text)) like '%' || $1 || '%' escape '\\'";
    /// The person asked for it: the replies.
    REMOVE_REPLIES = "update reply set body = '', hidden_at = coalesce(hidden_at, $2), updated_at = $2 where author = $1";
    /// The topics that nobody else answered go from the lists; the others keep their answers.
    REMOVE_TOPICS = "update topic set title = '…', body = '', updated_at = $2, \
            hidden_at = case when exists (select 1 from reply r where r.topic = topic.id and r.author <> $1 and r.hidden_at is null) \
                then hidden_at else coalesce(hidden_at, $2) end \
        where author = $1";
    /// A reply that is gone is not counted.
    RECOUNT = "update topic set replies = (select count(*) from reply r where r.topic = topic.id and r.hidden_at is null) \
        where id in (select topic from reply where author = $1)";

    BLOT_SETUPS = "update attempt set setup = replace(setup, $2, $3) where person = $1";
    BLOT_STATES = "update attempt set state = replace(state, $2, $3) where person = $1";
    BLOT_JOURNAL = "update journal set entry = replace(entry, $2, $3), result = replace(result, $2, $3) \
        where session in (select s.id from session s join attempt a on a.id = s.attempt where a.person = $1)";
    BLOT_ANSWERS = "update interaction set response = replace(response, $2, $3), description = replace(description, $2, $3), \
            identifier = replace(identifier, $2, $3) where attempt in (select id from attempt where person = $1)";
    BLOT_OBJECTIVES = "update objective_result set description = replace(description, $2, $3) \
        where attempt in (select id from attempt where person = $1)";
    BLOT_CORRECTIONS = "update correction set reason = replace(reason, $2, $3) \
        where attempt in (select id from attempt where person = $1)";
    BLOT_DIAGNOSES = lite "update session set diagnosis = replace(diagnosis, $2, $3) \
            where attempt in (select id from attempt where person = $1)",
        pg "update session set diagnosis = cast(replace(cast(diagnosis as text), $2, $3) as jsonb) \
            where attempt in (select id from attempt where person = $1)";
    BLOT_EVIDENCE = lite "update seat set evidence = replace(evidence, $2, $3) where person = $1",
        pg "update seat set evidence = cast(replace(cast(evidence as text), $2, $3) as jsonb) where person = $1";
    BLOT_TOPICS = "update topic set title = replace(title, $2, $3), body = replace(body, $2, $3) where author = $1";
    BLOT_REPLIES = "update reply set body = replace(body, $2, $3) where author = $1";

    BLOT_SHEETS = "update action_sheet set title = replace(title, $2, $3), objective = replace(objective, $2, $3), \
            description = replace(description, $2, $3) where created_by = $1";
    BLOT_SHEET_EVENTS = "update action_event set note = replace(note, $2, $3) where person = $1";
    BLOT_DOCUMENTS = "update document set title = replace(title, $2, $3), summary = replace(summary, $2, $3), \
            folded = replace(folded, $2, $3), tags = replace(tags, $2, $3) where author = $1";
    BLOT_FILES = "update document_version set body = replace(body, $2, $3), file_name = replace(file_name, $2, $3), \
            note = replace(note, $2, $3) where person = $1";
    BLOT_KEPT = "update kept_file set file_name = replace(file_name, $2, $3) where person = $1";
    BLOT_SHARED = "update room_file set label = replace(label, $2, $3) where person = $1";
    BLOT_ADMISSIONS = "update admission set reason = replace(reason, $2, $3) where person = $1";
    BLOT_RECOGNITIONS = "update recognition set reason = replace(reason, $2, $3) where person = $1";

    /// The log keeps what was done, not to whom by name.
    BLOT_AUDIT = lite "update audit set detail = replace(detail, $1, $2) where instr(detail, $1) > 0",
        pg "update audit set detail = cast(replace(cast(detail as text), $1, $2) as jsonb) \
            where position($1 in cast(detail as text)) > 0";
    /// Kept searches for the person.
    BLOT_SEARCHES = "update lrs_query set query = replace(query, $1, $2) where query like '%' || $1 || '%'";
    /// What went wrong on its way may quote an address.
    BLOT_ERRORS = "update outbox set error = replace(error, $1, $2) where error like '%' || $1 || '%'";

    MY_ROLES = "select role, region, from_at, until_at from role_grant where person = $1 order by from_at";
    MY_MEMBERSHIPS = "select o.name, m.role, m.from_at, m.until_at from membership m \
        join organisation o on o.id = m.organisation where m.person = $1 order by m.from_at";
    MY_PROGRESS = "select m.title, m.slug, p.state, p.success, p.progress, p.score, p.seconds, p.started_at, p.completed_at \
        from progress p join module m on m.id = p.module where p.person = $1 order by m.title";
    MY_ATTEMPTS = "select m.slug, a.number, a.started_at, a.updated_at, a.finished_at from attempt a \
        join module m on m.id = a.module where a.person = $1 order by a.started_at";
    MY_ANSWERS = "select m.slug, a.number, i.identifier, coalesce(i.description, '') as description, \
            coalesce(i.response, '') as response, coalesce(i.result, '') as result, i.updated_at as at \
        from interaction i join attempt a on a.id = i.attempt join module m on m.id = a.module \
        where a.person = $1 order by i.updated_at limit 100000";
    MY_SEATS = "select s.title, s.slug, s.starts_at, t.taken_at, t.cancelled_at from seat t \
        join seminar s on s.id = t.seminar where t.person = $1 order by t.taken_at";
    MY_PRESENCE = "select s.title, s.slug, m.starts_at, r.present, r.way, r.at from presence r \
        join meeting m on m.id = r.meeting join seminar s on s.id = m.seminar where r.person = $1 order by m.starts_at";
    MY_WAITING = "select s.title, s.slug, w.kind, w.seats, w.state, w.joined_at, w.ended_at from waiting w \
        join seminar s on s.id = w.seminar where w.person = $1 order by w.joined_at";
    /// Another date of a seminar, and seminars without one.
    MY_INTEREST = "select s.title, s.slug, i.at from interest i join seminar s on s.id = i.seminar where i.person = $1 \
        union all select p.title, p.slug, i.at from plan_interest i join seminar_plan p on p.id = i.plan where i.person = $1 \
        order by 3";
    MY_COMMITMENTS = "select s.title, s.slug, c.body, c.made_at, c.due_at, c.done_at, c.outcome from commitment c \
        join seminar s on s.id = c.seminar where c.person = $1 order by c.made_at";
    /// Files the person sent: of documents, beside texts, for seminars; pictures.
    MY_FILES = "select v.id, v.object, v.file_name, v.size from document_version v where v.person = $1 and v.object is not null \
        union all select f.id, f.object, f.file_name, f.size from kept_file f where f.person = $1 \
        union all select i.id, i.object, i.words, i.size from picture i where i.person = $1 order by 1";
    MY_TOPICS = "select c.slug, t.id, t.title, t.body, t.created_at from topic t \
        join space c on c.id = t.space where t.author = $1 order by t.created_at";
    MY_REPLIES = "select c.slug, r.id, t.title, r.body, r.created_at from reply r join topic t on t.id = r.topic \
        join space c on c.id = t.space where r.author = $1 order by r.created_at";
    MY_SHEETS = "select s.slug, s.id, s.title, s.objective as body, s.created_at from action_sheet s \
        where s.created_by = $1 order by s.created_at";
    MY_DOCUMENTS = "select kind as slug, id, title, summary as body, created_at from document \
        where author = $1 order by created_at";
    MY_DRAFTS = "select 'draft' as slug, place as id, title, body, at as created_at from draft \
        where person = $1 order by at";
    MY_INVITATIONS = "select n.name, i.email, i.created_at, i.decided_at, coalesce(i.decision, 'waiting') as decision \
        from membership_invitation i join organisation n on n.id = i.organisation \
        where i.person = $1 or i.email = (select email from person where id = $1) order by i.created_at";
    MY_FOLLOWS = "select subject, cadence, reason, at from follow where person = $1 and ended_at is null order by at";
    /// Coalition rooms into which the person was let by name, while they read them.
    MY_ROOMS = "select s.title_fr as title, s.slug, g.at from room_guest g join space s on s.id = g.room \
        where g.person = $1 and exists (select 1 from space_reader i where i.space = g.room and i.person = $1) order by g.at";
    MY_NOTIFICATIONS = "select n.kind, x.why, x.subject, x.at, x.read_at from notification x join notice n on n.id = x.notice \
        where x.person = $1 order by x.at limit 100000";
    MY_NOTIFICATION_SETTING = "select direct, hour, weekday from notification_setting where person = $1";
    MY_SESSIONS = "select coalesce(user_agent, '') as browser, created_at, seen_at from sign_in \
        where person = $1 order by created_at";
    MY_AUDIT = "select at, action, object, detail from audit where actor = $1 or object = $2 order by at limit 10000";
}

/// Each takes the person alone.
pub(super) static GO: [&Query; 42] = [
    &ERASE_NOTIFICATIONS,
    &ERASE_ROOMS,
    &ERASE_FOLLOWS,
    &ERASE_NOTIFICATION_SETTING,
    &ERASE_REPLY_ADDRESSES,
    &ERASE_SESSIONS,
    &ERASE_LINKS,
    &ERASE_IDENTITIES,
    &ERASE_LOGINS,
    &ERASE_LTI_SCORES,
    &ERASE_LTI_SESSIONS,
    &ERASE_LTI_IDENTITIES,
    &ERASE_TOOL_LOGINS,
    &ERASE_TOOL_CHOICES,
    &ERASE_TOOL_SCORES,
    &ERASE_TOOL_PEOPLE,
    &ERASE_DISPATCH_SESSIONS,
    &ERASE_DISPATCH_LEARNERS,
    &ERASE_OBJECTIVES,
    &ERASE_DRAFTS,
    &ERASE_TOO,
    &ERASE_REACTIONS,
    &ERASE_INVITATIONS,
    &ERASE_VERSIONS,
    &ERASE_APPEALS,
    &ERASE_FLAGS,
    &ERASE_PICTURES,
    &ERASE_INTEREST,
    &ERASE_CALENDAR,
    &ERASE_BLOCKS,
    &ERASE_REPORTS,
    &ERASE_MESSAGES,
    &ERASE_SUBJECTS,
    &ERASE_INVITED,
    &ERASE_INVITED_BY,
    &ERASE_INVITATION_LINKS,
    &ERASE_PROFILE,
    &ERASE_SKILLS,
    &ERASE_PROFILE_AXES,
    &ERASE_PLAN_INTEREST,
    &ERASE_COMMITMENTS,
    &ERASE_TRAINER,
];
/// Each takes the person, a trace, and what stands instead.
pub(super) static BLOT: [&Query; 18] = [
    &BLOT_SETUPS,
    &BLOT_STATES,
    &BLOT_JOURNAL,
    &BLOT_ANSWERS,
    &BLOT_OBJECTIVES,
    &BLOT_CORRECTIONS,
    &BLOT_DIAGNOSES,
    &BLOT_EVIDENCE,
    &BLOT_TOPICS,
    &BLOT_REPLIES,
    &BLOT_DOCUMENTS,
    &BLOT_SHEETS,
    &BLOT_SHEET_EVENTS,
    &BLOT_FILES,
    &BLOT_ADMISSIONS,
    &BLOT_RECOGNITIONS,
    &BLOT_KEPT,
    &BLOT_SHARED,
];

row! {
    /// Who it is.
    #[derive(Debug, Clone)]
    pub(super) struct WhoRow {
        pub id: PersonId, pub email: String, pub name: String, pub language: String,
        pub state: String, pub created_at: Timestamp,
    }
}
row! {
    /// A seminar.
    pub(super) struct SeminarOfRow { pub id: SeminarId }
}
row! {
    /// A place on a waiting list.
    pub(super) struct EntryRow { pub seminar: SeminarId, pub id: Uuid }
}
row! {
    /// An object in storage.
    pub(super) struct ObjectRow { pub object: String }
}
row! {
    /// Who a person is elsewhere.
    pub(super) struct ElsewhereRow {
        pub issuer: String, pub subject: String, pub name: String, pub email: String,
        pub created_at: Timestamp,
    }
}
row! {
    /// A role.
    pub(super) struct RoleRow {
        pub role: String, pub region: Option<String>, pub from_at: Timestamp, pub until_at: Option<Timestamp>,
    }
}
row! {
    /// A membership.
    pub(super) struct MembershipRow {
        pub name: String, pub role: String, pub from_at: Timestamp, pub until_at: Option<Timestamp>,
    }
}
row! {
    /// Progress.
    pub(super) struct ProgressRow {
        pub title: String, pub slug: String, pub state: String, pub success: String, pub progress: f64,
        pub score: Option<f64>, pub seconds: f64, pub started_at: Option<Timestamp>, pub completed_at: Option<Timestamp>,
    }
}
row! {
    /// An attempt.
    pub(super) struct AttemptRow {
        pub slug: String, pub number: i64, pub started_at: Timestamp, pub updated_at: Timestamp,
        pub finished_at: Option<Timestamp>,
    }
}
row! {
    /// An answer.
    pub(super) struct AnswerRow {
        pub slug: String, pub number: i64, pub identifier: String, pub description: String,
        pub response: String, pub result: String, pub at: Timestamp,
    }
}
row! {
    /// A seat.
    pub(super) struct SeatRow {
        pub title: String, pub slug: String, pub starts_at: Timestamp, pub taken_at: Timestamp,
        pub cancelled_at: Option<Timestamp>,
    }
}
row! {
    /// A topic or a reply.
    pub(super) struct PostRow {
        pub slug: String, pub id: Uuid, pub title: String, pub body: String, pub created_at: Timestamp,
    }
}
row! {
    /// An invitation to an organisation.
    pub(super) struct InvitedRow {
        pub name: String, pub email: String, pub created_at: Timestamp, pub decided_at: Option<Timestamp>,
        pub decision: String,
    }
}
row! {
    /// Something that is followed.
    pub(super) struct FollowRow { pub subject: String, pub cadence: String, pub reason: String, pub at: Timestamp }
}
row! {
    /// Something that was told.
    pub(super) struct NotificationRow {
        pub kind: String, pub why: String, pub subject: Option<String>, pub at: Timestamp, pub read_at: Option<Timestamp>,
    }
}
row! {
    /// How it comes.
    pub(super) struct NotificationSettingRow { pub direct: String, pub hour: i64, pub weekday: i64 }
}
row! {
    /// A signed-in browser.
    pub(super) struct SessionRow { pub browser: String, pub created_at: Timestamp, pub seen_at: Timestamp }
}
row! {
    /// A line of the log.
    pub(super) struct AuditRow { pub at: Timestamp, pub action: String, pub object: String, pub detail: Value }
}
row! {
    /// Presence at a meeting.
    pub(super) struct PresenceRow {
        pub title: String, pub slug: String, pub starts_at: Timestamp, pub present: bool, pub way: String, pub at: Timestamp,
    }
}
row! {
    /// A place on a waiting list.
    pub(super) struct WaitingRow {
        pub title: String, pub slug: String, pub kind: String, pub seats: i64, pub state: String,
        pub joined_at: Timestamp, pub ended_at: Option<Timestamp>,
    }
}
row! {
    /// What the person asked to be told of.
    pub(super) struct InterestRow { pub title: String, pub slug: String, pub at: Timestamp }
}
row! {
    /// What the person means to do.
    pub(super) struct CommitmentRow {
        pub title: String, pub slug: String, pub body: String, pub made_at: Timestamp, pub due_at: Timestamp,
        pub done_at: Option<Timestamp>, pub outcome: String,
    }
}
row! {
    /// A file.
    pub(super) struct FileRow { pub id: Uuid, pub object: String, pub file_name: String, pub size: i64 }
}
