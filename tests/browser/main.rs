//! People's paths in a real Chromium, against a real server on both engines.

mod circle;
mod community;
mod directory;
mod dispatch;
mod follow_up;
mod halqa_to_halqa;
mod hand;
mod harness;
mod hearing;
mod identities;
mod journal;
mod learner;
mod line;
mod lti;
mod lti_pages;
mod main_job;
mod menu;
mod packages;
mod pages;
mod player;
mod search;
mod seminars;
mod sequencing;
mod units;
