//! People's paths in a real Chromium, against a real server on both engines.

mod harness;
mod journal;
mod learner;
mod line;
mod lti;
mod main_job;
mod menu;
mod packages;
mod pages;
mod player;
mod seminars;
mod sequencing;
