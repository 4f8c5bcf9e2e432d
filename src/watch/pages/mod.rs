//! The watch's page, its feed, and the feeds of others in it.

pub(super) mod feed;
mod list;
mod sources;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        list::list,
        feed::feed,
        sources::list,
        sources::propose,
        sources::change,
        sources::decide,
        sources::entry,
    ]
}
