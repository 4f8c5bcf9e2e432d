//! The player: attempts, sessions and the journal; the page around a course, the wrapper on the
//! packages' origin, launches for other systems, corrections and replay.
//!
//! Everything a learner does is an entry of a session's journal. A batch of entries is one unit of
//! work ([`journal::accept`]): the entries are kept, folded into the attempt's state, and the
//! outcome goes to the progress store, all or nothing.

pub mod api;
mod attempts;
mod commit;
mod content;
mod corrections;
mod fold;
pub mod journal;
mod memory;
mod opening;
mod outcomes;
pub mod pages;
mod plausible;
pub mod replay;
mod store;
mod token;
mod view;

use rocket::Route;

pub use attempts::{Launch, Learner, Start, attempts_of, launch, start};
pub use corrections::{Change, correct};
pub use memory::{Figures, Memory};
pub use opening::{Opened, open};
pub(crate) use store::QUERIES;
pub use store::{AttemptRow, EntryRow};
pub use token::Pass;

/// The routes of the player.
pub fn routes() -> Vec<Route> {
    [content::routes(), pages::routes(), api::routes()].concat()
}
