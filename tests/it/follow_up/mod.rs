//! Follow-up of the programme.

mod figures;
mod sheets;
