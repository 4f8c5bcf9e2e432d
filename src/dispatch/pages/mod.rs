//! The pages of dispatch: what thin packages call, what their frames show, and the trainer's list.

mod play;
mod teach;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        play::open,
        play::state,
        play::show,
        play::act,
        play::renew,
        play::left,
        teach::show,
        teach::add,
        teach::edit,
        teach::revoke,
        teach::restore,
        teach::package,
    ]
}
