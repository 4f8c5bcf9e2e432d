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
mod policy;
mod records;
pub mod replay;
mod report;
pub mod statements;
mod store;
mod token;
mod told;
pub mod tools;
pub mod units;
mod view;

use rocket::Route;

pub use attempts::{Launch, Learner, Start, attempts_of, launch, start, start_in_window};
pub use corrections::{Change, Role, correct, corrections_of, shown_correction};
pub use memory::{Figures, Memory};
pub use opening::{Opened, open};
pub use pages::{
    Embedded, ToolSession, Wanted, embedded, module_of, token_of, tool_session, unit_inside,
};
pub use policy::POLICY_HANDLER;
pub use records::{ROWS_HANDLER, rebuild};
pub use report::{ActivityView, AttemptView, SessionView, view_of, word_of};
pub(crate) use store::QUERIES;
pub use store::{AttemptRow, CorrectionRow, EntryRow};
pub use token::Pass;

/// The routes of the player.
pub fn routes() -> Vec<Route> {
    [content::routes(), pages::routes(), api::routes()].concat()
}
