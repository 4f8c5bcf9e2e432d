//! The platform through its front door: HTTP, on SQLite and on PostgreSQL. The tree mirrors the
//! features.

mod accounts;
mod catalogue;
mod cli;
mod db;
mod demo;
mod harness;
mod health;
mod house;
mod player;
mod progress;
mod spaces;
mod watch;
