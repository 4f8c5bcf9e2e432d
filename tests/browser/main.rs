//! People's paths in a real Chromium, against a real server on both engines.

mod harness;

mod pages;
mod player;
