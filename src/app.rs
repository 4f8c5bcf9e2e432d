//! Halqa
