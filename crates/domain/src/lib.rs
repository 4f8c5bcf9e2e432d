//! Halqa own rules: outcome, progress, eligibility, seats, roles
