//! The SQL of addresses that mail came back from.

use crate::db::{queries, row};

queries! {
    MARK = "insert into mail_bounce (address, reason, at) values ($1, $2, $3) \
        on conflict (address) do update set reason = excluded.reason, at = excluded.at";
    REASON = "select reason from mail_bounce where address = $1";
    CLEAR = "delete from mail_bounce where address = $1";
}

row! {
    pub(super) struct BounceRow { pub reason: String }
}
