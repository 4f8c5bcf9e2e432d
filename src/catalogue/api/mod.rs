//! Packages and modules for programs.

mod modules;
mod packages;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        packages::create,
        packages::show,
        modules::list,
        modules::show,
        modules::change,
    ]
}
