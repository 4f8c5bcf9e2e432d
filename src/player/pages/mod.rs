//! The player's pages: a module as its learner sees it, the player, launches.

mod launch;
mod module;
mod next;
mod play;
mod replay;
mod result;
mod units;

pub use play::{Embedded, ToolSession, embedded, token_of, tool_session};

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        module::show,
        module::start,
        play::show,
        play::renew,
        result::show,
        launch::open,
        units::show,
        units::open,
        replay::show,
        next::show,
        next::publish,
        next::discard,
    ]
}
