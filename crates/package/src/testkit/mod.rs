//! Hostile archives and manifests, each with the answer it must get (threat table, rows Z1–Z15
//! and M1–M16), for the tests of this crate and of everyone who takes uploads.

mod archives;
mod forge;
mod manifests;

pub use archives::{HostileCase, StrangeCase, hostile_archives, strange_archives};
pub use forge::{Forge, Forged, Member};
pub use manifests::{HostileManifest, hostile_manifests};
