//! The rows L1–L24 of the threat table, as far as a pure function answers them: each a table of
//! variants of one honest message, with the honest one accepted beside them.

mod kit;
mod messages;
mod oauth1;
mod platform;
mod properties;
mod services;
mod tokens;
