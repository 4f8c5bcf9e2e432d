//! Follow-up of the programme.

mod sheets;
