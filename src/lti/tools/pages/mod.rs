//! The pages of tools that we launch: for trainers, for the browsers of learners on their way, and
//! the services that tools' servers call.

mod chosen;
mod grades;
mod launch;
mod list;
mod register;
mod service;
mod tool;

/// The routes.
pub(in crate::lti) fn routes() -> Vec<rocket::Route> {
    let mut routes = rocket::routes![
        launch::start,
        launch::authorize,
        launch::authorize_posted,
        launch::picked,
        launch::explain,
        register::configuration,
        register::register,
        service::token,
        grades::columns,
        grades::make,
        grades::column,
        grades::change,
        grades::delete,
        grades::score,
        grades::results,
        grades::members,
    ];
    routes.extend(list::routes());
    routes.extend(tool::routes());
    routes.extend(chosen::routes());
    routes
}
