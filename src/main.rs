//! Halqa
fn main() {}
