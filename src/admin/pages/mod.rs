//! The pages under `/admin`.

mod frame;
mod home;
mod outbox;
mod people;
mod tokens;

use rocket::Route;

pub(super) fn routes() -> Vec<Route> {
    [
        home::routes(),
        frame::routes(),
        people::routes(),
        outbox::routes(),
        tokens::routes(),
    ]
    .concat()
}
