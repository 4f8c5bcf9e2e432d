//! Timestamps and durations: ISO 8601 as the standard narrows it (Data 4.5, 4.6).
//!
//! The text that came is kept; what is read here is the point in time, to the microsecond.

/// Microseconds since 1970-01-01T00:00:00Z of an RFC 3339 timestamp; digits beyond microseconds
/// are cut off. `None`: no timestamp (XAPI-00123): no zone, `-00:00`, an impossible date or time.
pub fn parse_timestamp(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() > 64 || !text.is_ascii() {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<i64> {
        let part = text.get(from..to)?;
        if part.bytes().all(|b| b.is_ascii_digit()) {
            part.parse().ok()
        } else {
            None
        }
    };
    let sep = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if !sep(4, b'-') || !sep(7, b'-') || !matches!(bytes.get(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    let second = number(17, 19)?;
    if !sep(13, b':') || !sep(16, b':') {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1..=last).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut at = 19;
    let mut micros = 0;
    if sep(at, b'.') {
        at += 1;
        let start = at;
        let mut scale = 100_000;
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            micros += i64::from(digit - b'0') * scale;
            scale /= 10;
            at += 1;
        }
        if at == start {
            return None;
        }
    }
    let offset = match bytes.get(at)? {
        b'Z' | b'z' if bytes.len() == at + 1 => 0,
        sign @ (b'+' | b'-') => {
            // +hh, +hhmm, +hh:mm
            let hours = number(at + 1, at + 3)?;
            let minutes = match bytes.len() - at {
                3 => 0,
                5 => number(at + 3, at + 5)?,
                6 if sep(at + 3, b':') => number(at + 4, at + 6)?,
                _ => return None,
            };
            if hours > 23 || minutes > 59 {
                return None;
            }
            let total = hours * 60 + minutes;
            // "Unknown offset" says nothing about the point in time.
            if *sign == b'-' && total == 0 {
                return None;
            }
            if *sign == b'-' { -total } else { total }
        }
        _ => return None,
    };
    let days = days_of(year, month, day);
    let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second;
    Some(seconds * 1_000_000 + micros)
}

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The timestamp of so many microseconds since 1970, in UTC with microseconds: the form of
/// `stored`.
pub fn timestamp(micros: i64) -> String {
    let days = micros.div_euclid(86_400_000_000);
    let rest = micros.rem_euclid(86_400_000_000);
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let mp = (5 * of_year + 2) / 153;
    let day = of_year - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (seconds, micros) = (rest / 1_000_000, rest % 1_000_000);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{micros:06}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// A duration by ISO 8601:2004(E) section 4.4.3.2, without the alternative format (XAPI-00124):
/// `PnYnMnDTnHnMnS` or `PnW`, the last number may have a fraction.
pub fn is_duration(text: &str) -> bool {
    parts(text).is_some()
}

/// The parts of a duration: number text and unit, `m` for months.
fn parts(text: &str) -> Option<Vec<(&str, char)>> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    let mut found = Vec::new();
    let mut read = |text: &'_ str, offset: usize, units: &str, whole: usize| -> Option<()> {
        let mut allowed = units;
        let mut at = 0;
        while at < text.len() {
            let digits = text[at..].find(|c: char| c.is_ascii_alphabetic())?;
            let number = &text[at..at + digits];
            let unit = text[at + digits..].chars().next()?;
            let place = allowed.find(unit)?;
            allowed = &allowed[place + 1..];
            let (integer, fraction) = match number.split_once(['.', ',']) {
                Some((integer, fraction)) => (integer, Some(fraction)),
                None => (number, None),
            };
            let numeric = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
            if !numeric(integer) || !fraction.is_none_or(numeric) {
                return None;
            }
            at += digits + 1;
            // A fraction ends the duration.
            if fraction.is_some() && (at < text.len() || whole > offset + text.len()) {
                return None;
            }
            found.push((offset + at - digits - 1, digits, unit));
        }
        Some(())
    };
    if date.contains('W') {
        if !time.is_empty() || rest.contains('T') {
            return None;
        }
        read(date, 1, "W", text.len())?;
    } else {
        read(date, 1, "YMD", text.len())?;
        read(time, 1 + date.len() + 1, "HMS", text.len())?;
    }
    if found.is_empty() {
        return None;
    }
    Some(
        found
            .into_iter()
            .map(|(at, length, unit)| {
                let month = unit == 'M' && at < 1 + date.len();
                (&text[at..at + length], if month { 'm' } else { unit })
            })
            .collect(),
    )
}

/// The duration with its seconds cut to hundredths: what comparisons look at (2.0, 4.2.7).
pub fn comparable_duration(text: &str) -> String {
    let Some(parts) = parts(text) else {
        return text.to_owned();
    };
    let mut out = String::new();
    for (number, unit) in parts {
        let (integer, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let integer = integer.trim_start_matches('0');
        let fraction = if unit == 'S' {
            fraction.get(..2).unwrap_or(fraction)
        } else {
            fraction
        };
        let fraction = fraction.trim_end_matches('0');
        if integer.is_empty() && fraction.is_empty() {
            continue;
        }
        out.push_str(integer);
        out.push('.');
        out.push_str(fraction);
        out.push(unit);
    }
    out
}

/// Seconds of a duration, with years of 365 and months of 30 days.
pub fn seconds(text: &str) -> Option<f64> {
    let mut total = 0.0;
    for (number, unit) in parts(text)? {
        let number: f64 = number.replace(',', ".").parse().ok()?;
        total += number
            * match unit {
                'Y' => 365.0 * 86_400.0,
                'm' => 30.0 * 86_400.0,
                'W' => 7.0 * 86_400.0,
                'D' => 86_400.0,
                'H' => 3600.0,
                'M' => 60.0,
                _ => 1.0,
            };
    }
    Some(total)
}

/// A duration of so many seconds, to the hundredth.
pub fn duration(seconds: f64) -> String {
    let hundredths = (seconds.max(0.0) * 100.0).round() as u64;
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let (hours, minutes, secs) = (whole / 3600, whole / 60 % 60, whole % 60);
    let mut out = "PT".to_owned();
    if hours > 0 {
        out.push_str(&format!("{hours}H"));
    }
    if minutes > 0 {
        out.push_str(&format!("{minutes}M"));
    }
    if part > 0 {
        out.push_str(&format!("{secs}.{part:02}S"));
    } else if secs > 0 || (hours == 0 && minutes == 0) {
        out.push_str(&format!("{secs}S"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn xapi_00123_timestamps() {
        for (text, micros) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2008-09-15T15:53:00.601+00:00", 1_221_493_980_601_000),
            ("2023-05-04T12:00:00-05:00", 1_683_219_600_000_000),
            ("2023-05-04T17:00:00.000Z", 1_683_219_600_000_000),
            ("2024-02-29T23:59:59.1234567Z", 1_709_251_199_123_456),
            ("2015-11-18T12:17:00+0000", 1_447_849_020_000_000),
            ("2015-11-18T12:17:00+01", 1_447_845_420_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ] {
            assert_eq!(parse_timestamp(text), Some(micros), "{text}");
        }
        for bad in [
            "",
            "should fail",
            "01/011/2015",
            "2008-09-15T15:53:00.601-00",
            "2008-09-15T15:53:00.601-0000",
            "2008-09-15T15:53:00.601-00:00",
            "2008-09-15T15:53:00",
            "2008-09-15",
            "2008-09-15T25:00:00Z",
            "2008-09-15T24:00:00Z",
            "2008-09-15T23:60:00Z",
            "2016-12-31T23:59:60Z",
            "2008-02-30T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "1000000-01-01T00:00:00Z",
            "2008-09-15T15:53:00.Z",
            "2008-09-15T15:53:00Z ",
            "2008-09-15T15:53:00+1",
            "2008-09-15T15:53:00+24:00",
            "+2008-09-15T15:53:00Z",
            "2008-9-15T15:53:00Z",
            "٢٠٠٨-09-15T15:53:00Z",
        ] {
            assert_eq!(parse_timestamp(bad), None, "{bad}");
        }
    }

    #[test]
    fn xapi_00124_durations() {
        for (text, secs) in [
            ("PT1H0M0.1S", 3600.1),
            ("PT16559.14S", 16_559.14),
            ("P3Y1M29DT4H35M59.14S", 0.0),
            ("P3Y", 94_608_000.0),
            ("P4W", 2_419_200.0),
            ("PT0S", 0.0),
            ("P1DT12H36M0.12567S", 131_760.125_67),
            ("PT0,5S", 0.5),
            ("P0.5Y", 15_768_000.0),
        ] {
            assert!(is_duration(text), "{text}");
            if secs > 0.0 {
                assert!((seconds(text).unwrap() - secs).abs() < 1e-6, "{text}");
            }
        }
        for bad in [
            "",
            "P",
            "PT",
            "PA1H0M0S",
            "1H",
            "P1H",
            "PT1D",
            "PT1S1M",
            "P1Y2W",
            "P1WT1H",
            "P1DT",
            "PT1.5H1M",
            "P0.5YT1S",
            "PT.5S",
            "PT1.S",
            "PTS",
            "P1YY",
            "pt1s",
            "P0003-06-04T12:30:05",
            "PT-1S",
            "should fail",
        ] {
            assert!(!is_duration(bad), "{bad}");
        }
        assert_eq!(
            comparable_duration("P1DT12H36M0.1237S"),
            comparable_duration("P1DT12H36M0.12S")
        );
        assert_ne!(comparable_duration("PT1M"), comparable_duration("P1M"));
        assert_eq!(duration(3725.5), "PT1H2M5.50S");
        assert_eq!(duration(0.0), "PT0S");
        assert_eq!(duration(60.0), "PT1M");
    }

    proptest! {
        #[test]
        fn times_come_back(micros in -62_135_596_800_000_000i64..253_402_300_799_000_000) {
            prop_assert_eq!(parse_timestamp(&timestamp(micros)), Some(micros));
        }

        #[test]
        fn durations_come_back(hundredths in 0u64..1_000_000_000) {
            let secs = hundredths as f64 / 100.0;
            let text = duration(secs);
            prop_assert!(is_duration(&text), "{}", text);
            prop_assert!((seconds(&text).unwrap() - secs).abs() < 0.005);
        }

        #[test]
        fn anything_is_read_without_a_panic(text in ".{0,40}") {
            let _ = parse_timestamp(&text);
            let _ = is_duration(&text);
            let _ = comparable_duration(&text);
        }
    }
}
