//! The player's pages: a module as its learner sees it, the player, launches.

mod inside;
mod launch;
mod module;
mod next;
mod play;
mod replay;
mod result;
mod units;

pub use inside::{Wanted, unit_inside};
pub use play::{Embedded, ToolSession, embedded, module_of, token_of, tool_session};

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        module::show,
        module::start,
        play::show,
        play::renew,
        result::show,
        launch::open,
        inside::returned,
        units::show,
        units::open,
        replay::show,
        next::show,
        next::publish,
        next::discard,
    ]
}
