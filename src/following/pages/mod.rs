//! Following from any page, and all that one follows.

mod act;
mod list;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![act::follow, list::list]
}
