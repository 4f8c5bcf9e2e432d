//! Pages of the catalogue.

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    Vec::new()
}
