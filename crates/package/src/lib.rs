//! A course package as a safe tree of entries over its bytes: checks, names, index, framing.
//!
//! A package is never unpacked. [`Index::read`] checks the raw zip structures and lists the
//! entries, [`verify`] inflates each of them once, and from then on a file is a range of the
//! package's bytes: sent as it is, or framed as gzip ([`serve`]). The rows Z1–Z15 of the threat
//! table are answered here, each with a [`Code`]; what is repaired instead is a [`Finding`].

pub mod build;
pub mod diagnose;
mod finding;
mod index;
mod inflate;
mod limits;
pub mod media;
mod names;
mod raw;
mod refusal;
pub mod serve;
mod source;
#[cfg(feature = "testkit")]
pub mod testkit;
mod verify;

pub use finding::{Finding, Severity};
pub use index::{Entry, Found, Index, Match, Method};
pub use inflate::{EntryReader, ReadError, inflate, open};
pub use limits::Limits;
pub use refusal::{Code, Refusal};
pub use source::{Source, hex, sha256};
pub use verify::{Observer, verify};
