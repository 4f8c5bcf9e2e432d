//! timeinterval(second,10,2) of SCORM 2004 and CMITimespan of SCORM 1.2.

use serde::{Deserialize, Serialize};

/// A span of time with hundredths of a second; months apart, for they have no fixed length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Duration {
    /// Years and months, in months.
    pub months: u64,
    /// Days and below, in hundredths of a second.
    pub hundredths: u64,
}

/// Days of a month when seconds are asked of one: a year is 365 days, a month a twelfth of it.
const SECONDS_OF_MONTH: f64 = 365.0 / 12.0 * 86_400.0;

impl Duration {
    /// From a measured time.
    pub const fn from_millis(ms: u64) -> Self {
        Self {
            months: 0,
            hundredths: ms / 10,
        }
    }

    /// Reads either standard's form: `P1Y6M14DT4H15M6.34S` or `0004:15:06.34`.
    ///
    /// Lenient about what the types refuse (order is kept, digits may be many: they saturate).
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('P') {
            Some(iso) => Self::parse_iso(iso),
            None => Self::parse_clock(text),
        }
    }

    fn parse_iso(text: &str) -> Option<Self> {
        let mut total = Self::default();
        let mut in_time = false;
        let mut any = false;
        let mut number = String::new();
        for c in text.chars() {
            match c {
                '0'..='9' | '.' => number.push(c),
                'T' if !in_time && number.is_empty() => in_time = true,
                _ => {
                    let (whole, hundredths) = split_decimal(&number)?;
                    let add = |unit: u64| whole.saturating_mul(unit);
                    match (c, in_time) {
                        ('Y', false) => total.months = total.months.saturating_add(add(12)),
                        ('M', false) => total.months = total.months.saturating_add(whole),
                        ('D', false) => {
                            total.hundredths = total.hundredths.saturating_add(add(8_640_000))
                        }
                        ('H', true) => {
                            total.hundredths = total.hundredths.saturating_add(add(360_000))
                        }
                        ('M', true) => {
                            total.hundredths = total.hundredths.saturating_add(add(6_000))
                        }
                        ('S', true) => {
                            total.hundredths = total
                                .hundredths
                                .saturating_add(add(100))
                                .saturating_add(hundredths);
                        }
                        _ => return None,
                    }
                    any = true;
                    number.clear();
                }
            }
        }
        (any && number.is_empty()).then_some(total)
    }

    fn parse_clock(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (hours, _) = split_decimal(hours)?;
        let (minutes, _) = split_decimal(minutes)?;
        let (seconds, hundredths) = split_decimal(seconds)?;
        let hundredths = hours
            .saturating_mul(360_000)
            .saturating_add(minutes.saturating_mul(6_000))
            .saturating_add(seconds.saturating_mul(100))
            .saturating_add(hundredths);
        Some(Self {
            months: 0,
            hundredths,
        })
    }

    /// The sum of two spans.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            months: self.months.saturating_add(other.months),
            hundredths: self.hundredths.saturating_add(other.hundredths),
        }
    }

    /// In seconds; a month counts as a twelfth of 365 days.
    pub fn seconds(self) -> f64 {
        self.months as f64 * SECONDS_OF_MONTH + self.hundredths as f64 / 100.0
    }

    /// As timeinterval(second,10,2). Hours are not carried into days: many SCOs read no further than `PT…H`.
    pub fn to_iso(self) -> String {
        let mut text = String::from("P");
        if self.months > 0 {
            text.push_str(&format!("{}Y{}M", self.months / 12, self.months % 12));
        }
        let (hours, minutes, seconds, rest) = self.clock();
        text.push_str(&format!("T{hours}H{minutes}M{seconds}"));
        if rest > 0 {
            text.push_str(&format!(".{rest:02}"));
        }
        text.push('S');
        text
    }

    /// As CMITimespan. It ends at 9999:59:59.99.
    pub fn to_timespan(self) -> String {
        let whole = Self {
            months: 0,
            hundredths: (self.seconds() * 100.0).round() as u64,
        };
        let (hours, minutes, seconds, rest) = Self {
            hundredths: whole.hundredths.min(9_999 * 360_000 + 359_999),
            months: 0,
        }
        .clock();
        format!("{hours:04}:{minutes:02}:{seconds:02}.{rest:02}")
    }

    const fn clock(self) -> (u64, u64, u64, u64) {
        let seconds = self.hundredths / 100;
        (
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            self.hundredths % 100,
        )
    }
}

/// `06.5` as 6 and 50 hundredths; digits beyond the second are dropped, a missing one is 0.
fn split_decimal(text: &str) -> Option<(u64, u64)> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty()
        || !whole
            .bytes()
            .chain(rest.bytes())
            .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let whole = whole.parse().unwrap_or(u64::MAX);
    let hundredths = format!("{rest:0<2}")[..2].parse().unwrap_or(0);
    Some((whole, hundredths))
}
