//! Halqa's own rules: outcome, progress, eligibility, seats, roles. Values in, values out: no
//! database, no clock, no web.

pub mod eligibility;
pub mod outcome;
pub mod roles;
