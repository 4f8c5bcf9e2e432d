//! Progress for programs: rows by cursor, and an organisation's roll-up.

mod list;
mod organisation;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![list::list, organisation::roll_up]
}
