//! The SQL of files and pictures that texts name.

use crate::db::{queries, row};
use crate::ids::SpaceId;

queries! {
    /// Only what the writer sent: naming somebody else's changes nothing.
    NAMED = "insert into text_file (file, topic) \
        select f.id, t.id from kept_file f join topic t on t.id = $2 \
          where f.id in uuids($1) and f.person = $3 and f.purpose = 'post' \
        union all select i.id, t.id from picture i join topic t on t.id = $2 \
          where i.id in uuids($1) and i.person = $3 \
        on conflict do nothing";
    /// The spaces in whose texts it stands.
    PLACES = "select distinct t.space as id from text_file x join topic t on t.id = x.topic where x.file = $1";
    /// What texts of one topic name, another names too: they were merged, or parted.
    SHARED = "insert into text_file (file, topic) select x.file, t.id from text_file x join topic t on t.id = $2 \
        where x.topic = $1 on conflict do nothing";
}

row! {
    pub(super) struct PlaceRow { pub id: SpaceId }
}
