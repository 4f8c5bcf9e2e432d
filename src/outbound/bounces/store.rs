//! The SQL of addresses that mail came back from.

use crate::db::{queries, row};

queries! {
    MARK = "insert into mail_bounce (address, reason, at) values ($1, $2, $3) \
        on conflict (address) do update set reason = excluded.reason, at = excluded.at";
    REASON = "select reason from mail_bounce where address = $1";
    CLEAR = "delete from mail_bounce where address = $1";
    /// One more day on which it came back for a while; none when this day is counted, or the last
    /// one is so long ago that the count begins anew.
    SOFT = "insert into mail_soft_bounce (address, days, at) values ($1, 1, $2) \
        on conflict (address) do update set at = excluded.at, \
            days = case when mail_soft_bounce.at < $4 then 1 else mail_soft_bounce.days + 1 end \
        where mail_soft_bounce.at <= $3 returning days";
    CLEAR_SOFT = "delete from mail_soft_bounce where address = $1";
}

row! {
    pub(super) struct DaysRow { pub days: i64 }
}
row! {
    pub(super) struct BounceRow { pub reason: String }
}
