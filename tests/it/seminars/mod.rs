//! Seminars: the door and its proof, seats, the form of the staff, the API.

mod after;
mod api;
mod attendees;
mod door;
mod form;
mod grid;
mod presence;
mod programme;
mod queue;
mod rules;
mod seats;
