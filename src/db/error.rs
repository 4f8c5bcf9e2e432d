//! What can go wrong in the database, as values a feature can answer with.

use std::collections::HashMap;

use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;

/// A database failure.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DbError {
    /// A named constraint refused the write; see [`DbError::on_constraint`].
    #[error("constraint {name} violated ({kind:?})")]
    Constraint {
        /// What kind of rule it is.
        kind: Violation,
        /// The constraint's or unique index's name, the same on both engines. Empty for SQLite's
        /// foreign keys, which it does not name.
        name: String,
    },
    /// A query that must give one row gave none.
    #[error("no such row")]
    NotFound,
    /// The database is busy or out of reach; the same request may succeed later.
    #[error("the database is busy")]
    Busy,
    /// The database is shutting down.
    #[error("the database is closed")]
    Closed,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// Anything else: a defect of ours or of the machine.
    #[error("database: {0}")]
    Other(String),
}

/// The kinds of constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violation {
    /// A unique index or primary key.
    Unique,
    /// A foreign key.
    ForeignKey,
    /// A check.
    Check,
    /// A value that must be there.
    NotNull,
}

impl DbError {
    /// Whether this may be the fault of one row among many, rather than of the database as a
    /// whole: written apart, the others may succeed.
    pub fn is_of_one(&self) -> bool {
        !matches!(self, DbError::Busy | DbError::Closed | DbError::Full)
    }

    /// Turns the violation of the named constraint into an answer of the feature's own; other
    /// errors pass. `seat_taken` becomes "this seat is taken", not a 500.
    pub fn on_constraint<E: From<DbError>>(
        self,
        constraint: &str,
        answer: impl FnOnce() -> E,
    ) -> E {
        match &self {
            DbError::Constraint { name, .. } if name == constraint => answer(),
            _ => E::from(self),
        }
    }

    /// True when running the unit of work again may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(self, DbError::Busy)
    }

    pub(super) fn from_sqlx(error: sqlx::Error) -> DbError {
        Self::named(error, &ConstraintNames::default())
    }

    /// Reads an sqlx error; SQLite's column lists become constraint names.
    pub(super) fn named(error: sqlx::Error, names: &ConstraintNames) -> DbError {
        use sqlx::error::ErrorKind;
        match &error {
            sqlx::Error::RowNotFound => DbError::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => DbError::Busy,
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => DbError::Closed,
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default().into_owned();
                let kind = match database.kind() {
                    ErrorKind::UniqueViolation => Violation::Unique,
                    ErrorKind::ForeignKeyViolation => Violation::ForeignKey,
                    ErrorKind::CheckViolation => Violation::Check,
                    ErrorKind::NotNullViolation => Violation::NotNull,
                    _ => {
                        return match code.as_str() {
                            // serialization_failure, deadlock_detected, lock_not_available,
                            // admin_shutdown, crash_shutdown, cannot_connect_now
                            "40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" => {
                                DbError::Busy
                            }
                            // SQLITE_BUSY and its extended codes
                            "5" | "261" | "517" | "773" => DbError::Busy,
                            // SQLITE_FULL; disk_full
                            "13" | "53100" => DbError::Full,
                            _ => DbError::Other(error.to_string()),
                        };
                    }
                };
                let name = match database.constraint() {
                    Some(name) => name.to_owned(),
                    None => names.of_message(database.message()),
                };
                DbError::Constraint { kind, name }
            }
            _ => DbError::Other(error.to_string()),
        }
    }
}

/// SQLite names the columns of a violated unique index, not the index: this maps them back.
#[derive(Debug, Default)]
pub struct ConstraintNames(HashMap<String, String>);

impl ConstraintNames {
    pub(super) async fn of_sqlite(conn: &mut SqliteConnection) -> Result<Self, DbError> {
        let rows = sqlx::query(
            "select m.tbl_name as tbl, i.name as idx, i.origin as origin, \
               (select group_concat(m.tbl_name || '.' || c.name, ', ') \
                from pragma_index_info(i.name) c) as cols \
             from sqlite_master m join pragma_index_list(m.name) i \
             where m.type = 'table' and i.\"unique\" = 1",
        )
        .fetch_all(conn)
        .await
        .map_err(DbError::from_sqlx)?;
        let mut names = HashMap::new();
        for row in rows {
            let table: String = row.get("tbl");
            let origin: String = row.get("origin");
            let name = if origin == "pk" {
                format!("{table}_pkey")
            } else {
                row.get("idx")
            };
            let columns: Option<String> = row.get("cols");
            if let Some(columns) = columns {
                names.insert(columns, name);
            }
        }
        Ok(ConstraintNames(names))
    }

    fn of_message(&self, message: &str) -> String {
        let detail = message
            .rsplit_once("constraint failed: ")
            .map_or("", |(_, detail)| detail);
        self.0
            .get(detail)
            .cloned()
            .unwrap_or_else(|| detail.to_owned())
    }
}
