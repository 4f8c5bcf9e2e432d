//! The SQL of what else the platform has on an axis.

use crate::clock::Timestamp;
use crate::db::{queries, row};

queries! {
    MODULES = "select slug, title, language from module where published_at is not null and axis = $1 \
        order by case when language = $2 then 0 else 1 end, published_at desc, slug limit $3";
    EVENTS = "select slug, title, starts_at from seminar where axis = $1 and starts_at > $2 and cancelled_at is null \
        order by starts_at, slug limit $3";
}

row! {
    pub(super) struct ModuleRow { pub slug: String, pub title: String, pub language: String }
}

row! {
    pub(super) struct EventRow { pub slug: String, pub title: String, pub starts_at: Timestamp }
}
