//! XML as course packages need it: one closed root, bounded, never a DTD, any declared encoding
