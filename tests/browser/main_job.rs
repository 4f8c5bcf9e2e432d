//! The main job in one go, as trainer, learner and coordinator: two zips are uploaded and
//! published, played to completion, the organisation's grid shows it, a seminar's door opens, the
//! seat is taken. With the network cut and the tab killed in the middle.

use crate::harness::{Browser, Platform, both_engines};
