//! The directory: profiles and who may see them, who can help.

mod profile;
