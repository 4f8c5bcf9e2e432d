//! Rows of either engine, read into a feature's own structs.

use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, ValueRef};
use uuid::Uuid;

use super::DbError;

/// A row of either engine.
pub enum Row {
    #[doc(hidden)]
    Lite(SqliteRow),
    #[doc(hidden)]
    Pg(PgRow),
}

impl Row {
    /// The column of this name.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, DbError> {
        match self {
            Row::Lite(row) => T::lite(row, name),
            Row::Pg(row) => T::pg(row, name),
        }
        .map_err(|error| DbError::Other(format!("column {name}: {error}")))
    }
}

/// A struct that can be read from a row; written by [`row!`].
pub trait FromRow: Sized {
    /// Reads all columns by the names of the fields.
    fn from_row(row: &Row) -> Result<Self, DbError>;
}

/// A type that a column can hold on both engines.
pub trait Column: Sized {
    #[doc(hidden)]
    fn lite(row: &SqliteRow, name: &str) -> Result<Self, sqlx::Error>;
    #[doc(hidden)]
    fn pg(row: &PgRow, name: &str) -> Result<Self, sqlx::Error>;
}

macro_rules! plain_column {
    ($($type:ty),*) => {$(
        impl Column for $type {
            fn lite(row: &SqliteRow, name: &str) -> Result<Self, sqlx::Error> {
                <Option<$type>>::lite(row, name)?.ok_or(sqlx::Error::Decode("unexpected null".into()))
            }
            fn pg(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
                row.try_get(name)
            }
        }
        impl Column for Option<$type> {
            fn lite(row: &SqliteRow, name: &str) -> Result<Self, sqlx::Error> {
                // SQLite's expressions have no declared type: its own conversions apply.
                if row.try_get_raw(name)?.is_null() {
                    return Ok(None);
                }
                row.try_get_unchecked::<$type, _>(name).map(Some)
            }
            fn pg(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
                row.try_get(name)
            }
        }
    )*};
}
plain_column!(i64, f64, String, Uuid, Vec<u8>);

/// Columns that one engine keeps as another type.
macro_rules! mapped_column {
    ($type:ty, lite $lite:ty => $from_lite:expr, pg $pg:ty => $from_pg:expr) => {
        impl Column for Option<$type> {
            fn lite(row: &SqliteRow, name: &str) -> Result<Self, sqlx::Error> {
                <Option<$lite>>::lite(row, name)?
                    .map($from_lite)
                    .transpose()
            }
            fn pg(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
                row.try_get::<Option<$pg>, _>(name)?
                    .map($from_pg)
                    .transpose()
            }
        }
        impl Column for $type {
            fn lite(row: &SqliteRow, name: &str) -> Result<Self, sqlx::Error> {
                <Option<$type>>::lite(row, name)?
                    .ok_or(sqlx::Error::Decode("unexpected null".into()))
            }
            fn pg(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
                <Option<$type>>::pg(row, name)?.ok_or(sqlx::Error::Decode("unexpected null".into()))
            }
        }
    };
}
mapped_column!(bool, lite i64 => |v| Ok(v != 0), pg bool => Ok);
mapped_column!(
    Value,
    lite String => |v: String| serde_json::from_str(&v).map_err(|e| sqlx::Error::Decode(e.into())),
    pg Value => Ok
);
mapped_column!(
    crate::clock::Timestamp,
    lite i64 => |v| Ok(crate::clock::Timestamp::from_micros(v)),
    pg i64 => |v| Ok(crate::clock::Timestamp::from_micros(v))
);

impl FromRow for (i64,) {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok((row.get("n")?,))
    }
}

/// Declares a struct and how it is read from a row: each field from the column of its name.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        // The fields are the columns of their names: the migrations document them.
        #[allow(missing_docs)]
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }
        impl $crate::db::FromRow for $name {
            fn from_row(row: &$crate::db::Row) -> Result<Self, $crate::db::DbError> {
                Ok($name { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}
pub(crate) use row;
