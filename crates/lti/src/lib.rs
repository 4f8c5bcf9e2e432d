//! LTI: the messages an LMS (platform) sends and what a tool sends back, for both of them.
//!
//! LTI 1.3 Advantage (core, security framework 1.1, deep linking 2.0, assignment and grade
//! services 2.0, names and roles 2.0, dynamic registration, platform storage) and LTI 1.1
//! (OAuth 1.0a launches, basic outcomes). Everything is a function of its arguments: keys, the
//! present time and nonces are given, nothing is fetched. Rows L1–L24 of the threat table that a
//! pure function can answer are answered here, with a [`Refused`] that names the reason.

pub mod ags;
pub mod claims;
pub mod deep_linking;
mod error;
pub mod jwt;
pub mod launch;
pub mod login;
pub mod lti11;
pub mod nrps;
pub mod oauth1;
pub mod openid;
pub mod outcomes;
pub mod platform;
pub mod post_message;
pub mod registration;
pub mod roles;
pub mod target;

pub use error::{Code, Refused};
pub use launch::{Expected, Launch, Message};
pub use roles::Roles;
