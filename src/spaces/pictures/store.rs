//! The SQL of pictures.

use uuid::Uuid;

use crate::db::{queries, row};
use crate::ids::PersonId;

queries! {
    ADD = "insert into picture (id, person, object, media_type, size, width, height, words, at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SENT = "select count(*) as n from picture where person = $1 and at > $2";
    PICTURE = "select i.id, i.person, i.object, i.media_type, i.size, i.words from picture i join shown_person p on p.id = i.person where i.id = $1";
    LATEST = "select id, person, object, media_type, size, words from picture where person = $1 order by at desc, id desc limit 6";
}

row! {
    /// A picture.
    pub struct PictureRow {
        pub id: Uuid, pub person: PersonId, pub object: String, pub media_type: String, pub size: i64, pub words: String,
    }
}
