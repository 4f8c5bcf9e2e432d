//! Accounts: signing in and out, throttling, links, sessions, roles, API tokens.

mod links;
mod sign_in;
