//! The days of the demo: whole days are counted from the day it first starts.

use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::clock::{SetClock, Timestamp};
use crate::{App, Parts};

/// Which moment a day and a time of the fixtures mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    zone: Tz,
    first: NaiveDate,
    now: Timestamp,
}

impl Calendar {
    /// Day 0 is today in the platform's zone.
    pub fn from(app: &App) -> Calendar {
        let now = app.clock.now();
        let zone = app.pages.time_zone();
        Calendar {
            zone,
            first: now.utc().with_timezone(&zone).date_naive(),
            now,
        }
    }

    fn moment(&self, day: i64, time: NaiveTime) -> Timestamp {
        let days = Days::new(day.unsigned_abs());
        let date = if day < 0 {
            self.first - days
        } else {
            self.first + days
        };
        let local = date.and_time(time);
        self.zone
            .from_local_datetime(&local)
            .earliest()
            .map_or(self.now, |at| at.to_utc().into())
    }

    /// `HH:MM` of a day.
    pub fn at(&self, day: i64, time: &str) -> Timestamp {
        let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap_or(NaiveTime::MIN);
        self.moment(day, time)
    }

    /// Some moment of a day between 8:00 and 22:00, always the same one for the same key, and
    /// never in the future.
    pub fn some_time(&self, day: i64, key: &str) -> Timestamp {
        let seed = key
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            })
            .wrapping_add(day.unsigned_abs() as u32 * 7919);
        let second = 8 * 3600 + seed % (14 * 3600);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap_or_default();
        self.moment(day, time).min(self.now)
    }
}

/// The application as it was at a moment: what is done through it is dated so.
pub(super) fn back_then(app: &App, moment: Timestamp) -> App {
    let clock = Arc::new(SetClock::new(moment));
    App::from(Parts {
        ids: app.ids.with_clock(clock.clone()),
        clock,
        ..Parts::clone(app)
    })
}
