//! Statements of the database's own tests: rows with the least in them, counted.

use super::{Db, DbError, Tx, queries, row};
use crate::clock::Timestamp;
use crate::ids::{AttemptId, MembershipId, ModuleId, OrganisationId, PersonId, SessionId};

queries! {
    INSERT_PERSON = "insert into person (id, email, name, created_at, updated_at) \
        values ($1, $2, $2, $3, $3)";
    COUNT_PEOPLE = "select count(*) as n from person";
    INSERT_MODULE = "insert into module (id, slug, title, created_at, updated_at) \
        values ($1, $2, $2, $3, $3)";
    INSERT_SIGN_IN = "insert into sign_in (id, token_hash, person, created_at, seen_at, expires_at) \
        values ($1, $2, $3, $4, $4, $5)";
    INSERT_IDENTITY = "insert into identity (id, provider, issuer, subject, person, name, email, created_at, seen_at) \
        values ($1, 'test', $2, $3, $4, $5, $6, 0, 0)";
    SET_PERSON_STATE = "update person set state = $2 where id = $1";
    INSERT_ORGANISATION = "insert into organisation (id, slug, name, kind, created_at, updated_at) \
        values ($1, $2, $2, 'association', $3, $3)";
    INSERT_MEMBER = "insert into membership (id, person, organisation, role, from_at) values ($1, $2, $3, $4, $5)";
    JOURNAL_OF = "select s.attempt, j.session, j.seq, j.entry, j.position from journal j join session s on s.id = j.session \
        join attempt a on a.id = s.attempt where a.person = $1 and s.kind = 'player' order by a.number, s.id, j.seq";
    INSERT_REGION = "insert into region (slug, position, name_fr, name_ar, name_en) values ($1, 1, $1, $1, $1)";
    PLACE_ORGANISATION = "update organisation set region = $2 where id = $1";
    COUNT_AUDIT = "select count(*) as n from audit where action = $1";
    BODIES_OF = "select body from reply where topic = $1 order by created_at, id";
    COUNT_MAILS = "select count(*) as n from outbox where kind = 'mail' and cast(payload as text) like $1";
    INSERT_AXIS = "insert into axis (slug, position, name_fr, name_ar, name_en) values ($1, 1, $1, $1, $1)";
    COUNT_CATALOGUE = "select (select count(*) from package) + (select count(*) from package_entry) \
        + (select count(*) from module) + (select count(*) from module_version) as n";
    COUNT_STATEMENTS = "select count(*) as n from lrs_statement";
    COUNT_RECORDS = "select (select count(*) from lrs_statement) + (select count(*) from lrs_document) \
        + (select count(*) from lrs_attachment) + (select count(*) from lrs_activity) \
        + (select count(*) from lrs_agent_name) + (select count(*) from lrs_key) as n";
    COUNT_CHANGES = "select count(*) as n from progress_change";
}

/// Writes a person with nothing but an address.
pub async fn insert_person(
    tx: &mut Tx,
    id: PersonId,
    email: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    INSERT_PERSON.bind(id).bind(email).bind(now).run(tx).await?;
    Ok(())
}

/// How many people there are; -1 when the database does not answer.
pub async fn count_people(db: &Db) -> i64 {
    COUNT_PEOPLE.one::<(i64,)>(db).await.map_or(-1, |(n,)| n)
}

/// How many statements there are; -1 when the database does not answer.
pub async fn count_statements(db: &Db) -> i64 {
    COUNT_STATEMENTS
        .one::<(i64,)>(db)
        .await
        .map_or(-1, |(n,)| n)
}

/// How many rows the record store has of statements, documents, attachments and what they name; -1
/// when the database does not answer.
pub async fn count_records(db: &Db) -> i64 {
    COUNT_RECORDS.one::<(i64,)>(db).await.map_or(-1, |(n,)| n)
}

/// Writes a module with nothing but a slug.
pub async fn insert_module(
    tx: &mut Tx,
    id: ModuleId,
    slug: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    INSERT_MODULE.bind(id).bind(slug).bind(now).run(tx).await?;
    Ok(())
}

/// Writes a region, named by its slug.
pub async fn insert_region(tx: &mut Tx, slug: &str) -> Result<(), DbError> {
    INSERT_REGION.bind(slug).run(tx).await.map(drop)
}

/// How often an act was written down; -1 when the database does not answer.
pub async fn count_audit(db: &Db, action: &str) -> i64 {
    COUNT_AUDIT
        .bind(action)
        .one::<(i64,)>(db)
        .await
        .map_or(-1, |(n,)| n)
}

/// How many mails of a message were written; -1 when the database does not answer.
pub async fn count_mails(db: &Db, message: &str) -> i64 {
    COUNT_MAILS
        .bind(format!("%\"{message}\"%"))
        .one::<(i64,)>(db)
        .await
        .map_or(-1, |(n,)| n)
}

/// Puts an organisation into a region.
pub async fn place_organisation(
    tx: &mut Tx,
    id: OrganisationId,
    region: &str,
) -> Result<(), DbError> {
    PLACE_ORGANISATION
        .bind(id)
        .bind(region)
        .run(tx)
        .await
        .map(drop)
}

/// How many steps of progress are kept; -1 when the database does not answer.
pub async fn count_progress_changes(db: &Db) -> i64 {
    COUNT_CHANGES.one::<(i64,)>(db).await.map_or(-1, |(n,)| n)
}

/// Signs a person in for a day, without a password.
pub async fn insert_sign_in(
    tx: &mut Tx,
    id: uuid::Uuid,
    token_hash: &str,
    person: PersonId,
    now: Timestamp,
) -> Result<(), DbError> {
    INSERT_SIGN_IN
        .bind(id)
        .bind(token_hash)
        .bind(person)
        .bind(now)
        .bind(now.plus_days(1))
        .run(tx)
        .await?;
    Ok(())
}

/// Says who a person is at a provider of sign-ins.
pub async fn insert_identity(
    tx: &mut Tx,
    (id, person): (uuid::Uuid, PersonId),
    (issuer, subject): (&str, &str),
    (name, email): (&str, &str),
) -> Result<(), DbError> {
    INSERT_IDENTITY
        .bind(id)
        .bind(issuer)
        .bind(subject)
        .bind(person)
        .bind(name)
        .bind(email)
        .run(tx)
        .await?;
    Ok(())
}

/// Sets a person's state: `active`, `suspended` or `erased`.
pub async fn set_person_state(tx: &mut Tx, person: PersonId, state: &str) -> Result<(), DbError> {
    SET_PERSON_STATE.bind(person).bind(state).run(tx).await?;
    Ok(())
}

/// Writes an association with nothing but a slug.
pub async fn insert_organisation(
    tx: &mut Tx,
    id: OrganisationId,
    slug: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    INSERT_ORGANISATION
        .bind(id)
        .bind(slug)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Writes a membership: `member` or `coordinator`.
pub async fn insert_member(
    tx: &mut Tx,
    id: MembershipId,
    (person, organisation): (PersonId, OrganisationId),
    role: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    INSERT_MEMBER
        .bind(id)
        .bind(person)
        .bind(organisation)
        .bind(role)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

row! {
    /// An entry of the journal and where it stands.
    #[derive(Debug)]
    pub struct EntryOf {
        /// Its attempt.
        pub attempt: AttemptId,
        /// Its session.
        pub session: SessionId,
        /// Its number there.
        pub seq: i64,
        /// As it came.
        pub entry: String,
        /// Its place in the attempt's fold.
        pub position: Option<i64>,
    }
}

/// Everything a person's browsers sent, session by session.
pub async fn journal_of(db: &Db, person: PersonId) -> Result<Vec<EntryOf>, DbError> {
    JOURNAL_OF.bind(person).all(db).await
}
/// How many rows packages and modules have left; -1 when the database does not answer.
pub async fn count_catalogue(db: &Db) -> i64 {
    COUNT_CATALOGUE.one::<(i64,)>(db).await.map_or(-1, |(n,)| n)
}

/// Writes an axis with nothing but a slug.
pub async fn insert_axis(tx: &mut Tx, slug: &str) -> Result<(), DbError> {
    INSERT_AXIS.bind(slug).run(tx).await?;
    Ok(())
}

row! {
    struct BodyRow { body: String }
}

/// What was answered to a topic, in order.
pub async fn bodies_of(db: &Db, topic: crate::ids::TopicId) -> Vec<String> {
    let rows: Result<Vec<BodyRow>, DbError> = BODIES_OF.bind(topic).all(db).await;
    rows.unwrap_or_default()
        .into_iter()
        .map(|row| row.body)
        .collect()
}
