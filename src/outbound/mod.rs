//! What leaves the process: object storage, mail, HTTP.

pub mod storage;
