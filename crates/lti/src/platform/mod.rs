//! The platform's side: we launch tools of others, and take their grades.
//!
//! The same standards as the tool's side, read from the other end: authorisation requests, the
//! messages we sign, deep linking responses, requests for tokens, columns and scores of tools, and
//! tools that register themselves.

pub mod authorize;
pub mod content;
pub mod message;
pub mod registration;
pub mod service;
