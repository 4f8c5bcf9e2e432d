//! The player's pages: a module as its learner sees it, the player, launches, corrections.

mod correct;
mod launch;
mod module;
mod play;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        module::show,
        module::start,
        play::show,
        play::renew,
        launch::open,
        correct::list,
        correct::show,
        correct::correct,
    ]
}
