//! Statements of the database's own tests: rows with the least in them, counted.

use super::{Db, DbError, Tx, queries};
use crate::clock::Timestamp;
use crate::ids::{ModuleId, PersonId};

queries! {
    INSERT_PERSON = "insert into person (id, email, name, created_at, updated_at) \
        values ($1, $2, $2, $3, $3)";
    COUNT_PEOPLE = "select count(*) as n from person";
    INSERT_MODULE = "insert into module (id, slug, title, created_at, updated_at) \
        values ($1, $2, $2, $3, $3)";
    INSERT_SIGN_IN = "insert into sign_in (id, token_hash, person, created_at, seen_at, expires_at) \
        values ($1, $2, $3, $4, $4, $5)";
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
