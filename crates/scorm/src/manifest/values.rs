//! Attribute and element values, read tolerantly: names by local name in any case, numbers and
//! booleans in the spellings exporters use.

use strictxml::Element;

/// First child element of this local name, in any case.
pub fn child<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.child_any_case(name)
}

/// Child elements of this local name, in any case.
pub fn children<'e>(element: &'e Element, name: &'static str) -> impl Iterator<Item = &'e Element> {
    element
        .elements()
        .filter(move |e| e.name.eq_ignore_ascii_case(name))
}

/// Text of a child, `None` when absent or blank.
pub fn text(element: &Element, name: &str) -> Option<String> {
    child(element, name)
        .map(|e| e.text())
        .filter(|t| !t.is_empty())
}

/// `xs:boolean`, also in other cases; `None` when absent or not a boolean.
pub fn boolean(element: &Element, name: &str) -> Option<bool> {
    match element
        .attr_any_case(name)?
        .trim()
        .to_ascii_lowercase()
        .as_str()
    {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// A finite decimal within `range`; the error is the text as written.
pub fn decimal(text: &str, range: std::ops::RangeInclusive<f64>) -> Result<f64, &str> {
    let trimmed = text.trim();
    let plain = trimmed
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    match trimmed.parse::<f64>() {
        Ok(v) if plain && v.is_finite() && range.contains(&v) => Ok(v),
        _ => Err(text),
    }
}

/// An ISO 8601 duration (`P1Y2M3DT4H5M6.7S`, RTE 4.1.1.7) in milliseconds; a year counts 365.25
/// days and a month a twelfth of that. `None` when malformed or above 1,000 years.
pub fn duration_ms(text: &str) -> Option<u64> {
    const UNITS: [(char, bool, f64); 6] = [
        ('Y', false, 31_557_600.0),
        ('M', false, 2_629_800.0),
        ('D', false, 86_400.0),
        ('H', true, 3_600.0),
        ('M', true, 60.0),
        ('S', true, 1.0),
    ];
    let rest = text.trim().strip_prefix('P')?;
    let mut time = false;
    let mut number = String::new();
    let mut seconds = 0.0;
    let mut next = 0;
    for c in rest.chars() {
        match c {
            'T' if !time && number.is_empty() => time = true,
            '0'..='9' | '.' => number.push(c),
            _ => {
                let at = (next..UNITS.len()).find(|&i| UNITS[i].0 == c && UNITS[i].1 == time)?;
                // Only seconds have fractions (RTE 4.1.1.7, xs:duration).
                if c != 'S' && number.contains('.') {
                    return None;
                }
                seconds += number.parse::<f64>().ok()? * UNITS[at].2;
                number.clear();
                next = at + 1;
            }
        }
    }
    let whole = number.is_empty() && next > 0 && !rest.ends_with('T');
    (whole && seconds <= 31_557_600_000.0).then_some((seconds * 1_000.0).round() as u64)
}

/// CMITimespan (1.2 RTE 3.4.2): `HHHH:MM:SS.SS`, hours of two to four digits, one or two decimals.
pub fn is_timespan(text: &str) -> bool {
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let parts: Vec<&str> = text.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else {
        return false;
    };
    let (whole, decimals) = match seconds.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (seconds, None),
    };
    digits(hours, 2, 4)
        && digits(minutes, 2, 2)
        && digits(whole, 2, 2)
        && decimals.is_none_or(|decimals| digits(decimals, 1, 2))
}
