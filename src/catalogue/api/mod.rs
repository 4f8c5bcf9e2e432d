//! Packages and modules for programs.

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    Vec::new()
}
