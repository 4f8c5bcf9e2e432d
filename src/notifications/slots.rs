//! When a digest goes out: at the hour a person chose, in the platform's zone.

use chrono::{Datelike, Days, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::clock::Timestamp;
use crate::following::Cadence;

/// What comes so shortly before a digest waits for the next one: the digest may be on its way.
const MARGIN_SECONDS: i64 = 300;

/// When something of this cadence goes out; none when it does not go by mail.
pub(super) fn due(
    now: Timestamp,
    zone: Tz,
    cadence: Cadence,
    hour: i64,
    weekday: i64,
) -> Option<Timestamp> {
    match cadence {
        Cadence::None => None,
        Cadence::Instant => Some(now),
        Cadence::Daily => Some(next(now, zone, hour, None)),
        Cadence::Weekly => Some(next(now, zone, hour, Some(weekday))),
    }
}

fn next(now: Timestamp, zone: Tz, hour: i64, weekday: Option<i64>) -> Timestamp {
    let after = now.plus_seconds(MARGIN_SECONDS);
    let today = now.utc().with_timezone(&zone).date_naive();
    let hour = u32::try_from(hour.clamp(0, 23)).unwrap_or(7);
    (0..9)
        .filter_map(|days| today.checked_add_days(Days::new(days)))
        .filter(|day| weekday.is_none_or(|w| i64::from(day.weekday().number_from_monday()) == w))
        // An hour that the change of clocks leaves out is the next one; one that comes twice, the first.
        .filter_map(|day| {
            (hour..hour + 3)
                .filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0))
                .find_map(|time| zone.from_local_datetime(&day.and_time(time)).earliest())
        })
        .map(|local| Timestamp::from(local.with_timezone(&chrono::Utc)))
        .find(|at| *at > after)
        .unwrap_or_else(|| now.plus_days(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let parsed = chrono::DateTime::parse_from_rfc3339(text).expect("a moment");
        parsed.with_timezone(&chrono::Utc).into()
    }

    #[test]
    fn digests_go_out_at_the_hour_of_the_zone() {
        let tunis = chrono_tz::Africa::Tunis;
        let paris = chrono_tz::Europe::Paris;
        for (zone, now, cadence, hour, weekday, due_at) in [
            // Tunis is one hour ahead all year.
            (
                tunis,
                "2026-03-02T05:00:00Z",
                "daily",
                7,
                1,
                "2026-03-02T06:00:00Z",
            ),
            (
                tunis,
                "2026-03-02T05:56:00Z",
                "daily",
                7,
                1,
                "2026-03-03T06:00:00Z",
            ),
            (
                tunis,
                "2026-03-02T06:00:00Z",
                "daily",
                7,
                1,
                "2026-03-03T06:00:00Z",
            ),
            // Before midnight by UTC, after it in Tunis: the day is Tunis's.
            (
                tunis,
                "2026-03-02T23:30:00Z",
                "daily",
                0,
                1,
                "2026-03-03T23:00:00Z",
            ),
            (
                tunis,
                "2026-03-02T23:30:00Z",
                "daily",
                7,
                1,
                "2026-03-03T06:00:00Z",
            ),
            (
                tunis,
                "2026-12-31T23:30:00Z",
                "daily",
                7,
                1,
                "2027-01-01T06:00:00Z",
            ),
            // Weekly: the same day once more only before the hour.
            (
                tunis,
                "2026-03-02T05:00:00Z",
                "weekly",
                7,
                1,
                "2026-03-02T06:00:00Z",
            ),
            (
                tunis,
                "2026-03-02T06:30:00Z",
                "weekly",
                7,
                1,
                "2026-03-09T06:00:00Z",
            ),
            (
                tunis,
                "2026-03-02T06:30:00Z",
                "weekly",
                7,
                7,
                "2026-03-08T06:00:00Z",
            ),
            // Sunday night by UTC is Monday in Tunis.
            (
                tunis,
                "2026-03-01T23:30:00Z",
                "weekly",
                1,
                1,
                "2026-03-02T00:00:00Z",
            ),
            // Clocks go forward on 29 March: 02:00 is left out.
            (
                paris,
                "2026-03-28T12:00:00Z",
                "daily",
                2,
                1,
                "2026-03-29T01:00:00Z",
            ),
            (
                paris,
                "2026-03-28T12:00:00Z",
                "daily",
                7,
                1,
                "2026-03-29T05:00:00Z",
            ),
            // Back on 25 October: 02:00 comes twice, and is meant once.
            (
                paris,
                "2026-10-24T12:00:00Z",
                "daily",
                2,
                1,
                "2026-10-25T00:00:00Z",
            ),
            (
                paris,
                "2026-10-25T00:10:00Z",
                "daily",
                2,
                1,
                "2026-10-26T01:00:00Z",
            ),
            (
                paris,
                "2026-10-24T12:00:00Z",
                "daily",
                7,
                1,
                "2026-10-25T06:00:00Z",
            ),
            (
                tunis,
                "2026-03-02T05:00:00Z",
                "instant",
                7,
                1,
                "2026-03-02T05:00:00Z",
            ),
        ] {
            let cadence = Cadence::from_code(cadence).expect("a cadence");
            let due = due(at(now), zone, cadence, hour, weekday).expect("a moment");
            assert_eq!(due, at(due_at), "{zone} {now} {cadence:?} {hour}h: {due}");
        }
        assert_eq!(
            due(at("2026-03-02T05:00:00Z"), tunis, Cadence::None, 7, 1),
            None
        );
    }
}
