//! What leaves the process: object storage, mail, HTTP.

pub mod mail;
pub mod storage;
