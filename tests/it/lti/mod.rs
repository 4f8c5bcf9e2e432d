//! LTI through HTTP, on both engines, against a platform of our own: rows L1–L24 of the threat
//! table, each with an honest launch of the same kind beside it.

mod consumers;
mod deep_linking;
mod grades;
mod hostile;
mod launches;
pub mod log;
mod operators;
pub mod platform;
mod registration;
pub mod server;
mod tools;
pub mod units;
mod windows;
