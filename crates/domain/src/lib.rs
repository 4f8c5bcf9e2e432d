//! Halqa's own rules: outcome, attempt policies, eligibility, seats, item analysis, roles. Values in, values out: no
//! database, no clock, no web.

pub mod action;
pub mod analysis;
pub mod community;
pub mod directory;
pub mod eligibility;
pub mod outcome;
pub mod policy;
pub mod roles;
pub mod seats;
