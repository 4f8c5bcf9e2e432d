//! The SQL of answers by mail.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{PersonId, TopicId};

queries! {
    /// An address in a letter; the same letter tried again has the same one.
    ADD_ADDRESS = "insert into reply_address (hash, person, topic, made_at, expires_at) values ($1, $2, $3, $4, $5) \
        on conflict (hash) do nothing";
    ADDRESS = "select person, topic, expires_at from reply_address where hash = $1";
    /// A message is heard once.
    HEAR = "insert into mail_heard (hash, at) values ($1, $2) on conflict (hash) do nothing";
    /// Somebody is told the same once in a while: since `$3`, not.
    TELL = "insert into mail_told (hash, at) values ($1, $2) \
        on conflict (hash) do update set at = excluded.at where mail_told.at < $3";
    SWEEP_ADDRESSES = "delete from reply_address where expires_at < $1";
    SWEEP_HEARD = "delete from mail_heard where at < $1";
    SWEEP_TOLD = "delete from mail_told where at < $1";
}

row! {
    pub(super) struct AddressRow { pub person: PersonId, pub topic: TopicId, pub expires_at: Timestamp }
}
