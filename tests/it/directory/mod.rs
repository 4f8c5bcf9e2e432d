//! The directory: profiles and who may see them, who can help.

mod invitations;
mod messages;
mod picture;
mod profile;
mod share;
