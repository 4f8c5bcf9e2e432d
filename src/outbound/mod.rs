//! What leaves the process: object storage, mail, HTTP.

pub mod bounces;
pub mod http;
pub mod inbox;
pub mod mail;
pub mod oauth;
pub mod providers;
pub mod storage;
