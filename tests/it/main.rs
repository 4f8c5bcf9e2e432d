//! The platform through its front door: HTTP, on SQLite and on PostgreSQL. The tree mirrors the
//! features.

mod accompaniment;
mod accounts;
mod admin;
mod catalogue;
mod cli;
mod db;
mod demo;
mod documents;
mod dispatch;
mod harness;
mod health;
mod house;
mod identities;
mod lrs;
mod lti;
mod matrix;
mod organisations;
mod player;
mod process;
mod progress;
mod replay;
mod reports;
mod rights;
<<<<<<< HEAD
mod rest;
=======
>>>>>>> imp
mod s3;
mod seminars;
mod spaces;
mod units;
mod users;
mod watch;
