//! The pages of LTI: what platforms and their people are sent to, and what administrators see.

mod admin;
mod answer;
mod cartridge;
mod class;
pub(super) mod form;
pub(super) mod frame;
mod grades;
mod jwks;
mod launch;
mod linking;
mod login;
mod picking;
mod platform;
mod register;
mod session;
mod window;

pub(super) use login::throttle;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    let mut routes = rocket::routes![
        jwks::get,
        login::get,
        login::post,
        launch::post,
        launch::explain,
        picking::post,
        picking::explain,
        launch::post_11,
        cartridge::get,
        register::show,
        register::register,
        session::show,
        session::act,
        session::token,
        linking::done,
        linking::ask,
        linking::mine,
        linking::link,
        linking::unlink,
    ];
    routes.extend(admin::routes());
    routes.extend(platform::routes());
    routes.extend(grades::routes());
    routes.extend(super::tools::pages::routes());
    routes
}
