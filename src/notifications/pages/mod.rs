//! The pages of notifications: what came, how it comes, and one's own feed.

mod feed;
mod list;
mod settings;
mod unsubscribe;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        list::list,
        list::open,
        list::read_all,
        settings::form,
        settings::save,
        settings::renew,
        settings::again,
        feed::feed,
        unsubscribe::ask,
        unsubscribe::stop,
    ]
}
