//! Emptying a database.

use sqlx::AssertSqlSafe;

use super::{Db, DbError, Tx, TxConn};

impl Db {
    /// Removes every row of every table, in one transaction; the schema stays. For the demo's
    /// fresh start: nothing else has a reason to.
    pub async fn clear(&self) -> Result<(), DbError> {
        let mut tables: Vec<String> = self
            .columns()
            .await?
            .into_iter()
            .filter_map(|column| Some(column.split_once('.')?.0.to_owned()))
            .collect();
        tables.dedup();
        self.write(tables, |tx, tables| Box::pin(tx.clear(tables)))
            .await
    }
}

impl Tx {
    async fn clear(&mut self, tables: &[String]) -> Result<(), DbError> {
        let statements = match self.conn.get() {
            // Table by table, so references are looked at when all are empty.
            TxConn::Lite(_) => std::iter::once("pragma defer_foreign_keys = on".to_owned())
                .chain(tables.iter().map(|table| format!("delete from {table}")))
                .collect(),
            TxConn::Pg(_) => vec![format!("truncate table {}", tables.join(", "))],
        };
        for statement in statements {
            // Names of our own tables, read from the catalogue.
            let text = AssertSqlSafe(statement);
            match self.conn.get() {
                TxConn::Lite(conn) => sqlx::query(text).execute(conn.as_mut()).await.map(drop),
                TxConn::Pg(conn) => sqlx::query(text).execute(&mut **conn).await.map(drop),
            }
            .map_err(DbError::from_sqlx)?;
        }
        Ok(())
    }
}
