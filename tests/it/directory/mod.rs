//! The directory: profiles and who may see them, who can help.

mod invitations;
mod messages;
mod profile;
mod share;
