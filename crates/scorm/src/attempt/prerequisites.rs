//! `adlcp:prerequisites` of SCORM 1.2: the AICC script language (CMI001 4.x, "prerequisites").
//!
//! | written | means |
//! |---|---|
//! | `A1` | A1 is passed or completed |
//! | `A1="passed"`, `A1<>failed` | A1 has, or has not, this status |
//! | `~x` | not |
//! | `x & y`, `x \| y` | and, or; `&` binds closer |
//! | `2*{A1,A2,A3}` | at least two of these |
//! | `( x )` | grouping |

/// A status word of SCORM 1.2.
pub const WORDS: [&str; 6] = [
    "passed",
    "completed",
    "failed",
    "incomplete",
    "browsed",
    "not attempted",
];

/// Deepest nesting of parentheses and `~` that is read.
const DEPTH: u32 = 64;

/// Evaluates a script; `status` gives an activity's or block's status word. `None` when the
/// script cannot be read: it then bars nobody, since a learner can do nothing about it.
pub fn evaluate<'s>(script: &str, status: &dyn Fn(&str) -> Option<&'s str>) -> Option<bool> {
    let mut parser = Parser {
        rest: script,
        status,
        depth: 0,
    };
    let value = parser.any()?;
    parser.space();
    parser.rest.is_empty().then_some(value)
}

struct Parser<'a, 's> {
    rest: &'a str,
    status: &'a dyn Fn(&str) -> Option<&'s str>,
    depth: u32,
}

impl Parser<'_, '_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.space();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn any(&mut self) -> Option<bool> {
        let mut value = self.all()?;
        while self.take("|") {
            let right = self.all()?;
            value |= right;
        }
        Some(value)
    }

    fn all(&mut self) -> Option<bool> {
        let mut value = self.one()?;
        while self.take("&") {
            let right = self.one()?;
            value &= right;
        }
        Some(value)
    }

    fn one(&mut self) -> Option<bool> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let value = if self.take("~") {
            !self.one()?
        } else if self.take("(") {
            let value = self.any()?;
            if !self.take(")") {
                return None;
            }
            value
        } else {
            self.set_or_status()?
        };
        self.depth -= 1;
        Some(value)
    }

    /// `2*{A,B}` or a status.
    fn set_or_status(&mut self) -> Option<bool> {
        self.space();
        let digits = self.rest.len()
            - self
                .rest
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let after = self.rest[digits..].trim_start();
        if digits == 0 || !after.starts_with('*') {
            return self.status();
        }
        let wanted: u32 = self.rest[..digits].parse().ok()?;
        self.rest = &after[1..];
        if !self.take("{") {
            return None;
        }
        let mut held = 0;
        loop {
            held += u32::from(self.any()?);
            if self.take("}") {
                return Some(held >= wanted);
            }
            if !self.take(",") {
                return None;
            }
        }
    }

    fn status(&mut self) -> Option<bool> {
        let name = self.word()?;
        let status = (self.status)(&name).unwrap_or("not attempted");
        let negated = self.take("<>");
        if !negated && !self.take("=") {
            return Some(matches!(status, "passed" | "completed"));
        }
        let wanted = self.word()?.to_ascii_lowercase();
        // The vocabulary may be shortened to its first letter (AICC).
        let known = WORDS
            .iter()
            .find(|w| **w == wanted || w.starts_with(&wanted))?;
        Some((status == *known) != negated)
    }

    /// A quoted text, or a run up to the next operator.
    fn word(&mut self) -> Option<String> {
        self.space();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            let (word, rest) = quoted.split_once('"')?;
            self.rest = rest;
            return Some(word.trim().to_owned());
        }
        let end = self.rest.find([
            '&', '|', '~', '(', ')', '=', '<', '>', '{', '}', ',', '*', '"',
        ]);
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let word = word.trim();
        (!word.is_empty()).then(|| word.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(name: &str) -> Option<&'static str> {
        Some(match name {
            "P" => "passed",
            "C" => "completed",
            "F" => "failed",
            "I" => "incomplete",
            "B" => "browsed",
            "N" => "not attempted",
            _ => return None,
        })
    }

    #[test]
    fn scripts() {
        for (script, expected) in [
            ("P", Some(true)),
            ("C", Some(true)),
            ("F", Some(false)),
            ("unknown", Some(false)),
            ("~F", Some(true)),
            ("P & F", Some(false)),
            ("P|F&F", Some(true)),
            ("(P|F)&F", Some(false)),
            ("F=\"failed\"", Some(true)),
            ("F=failed", Some(true)),
            ("F<>failed", Some(false)),
            ("N=\"not attempted\"", Some(true)),
            ("B=b", Some(true)),
            ("2*{P,C,F}", Some(true)),
            ("3*{P,C,F}", Some(false)),
            ("1*{P&F,~I}", Some(true)),
            ("~(P&C)", Some(false)),
            ("P &", None),
            ("(P", None),
            ("P=nothing", None),
            ("", None),
            ("2*{P", None),
        ] {
            assert_eq!(evaluate(script, &status), expected, "{script}");
        }
        assert_eq!(evaluate(&"~".repeat(100_000), &status), None);
        assert_eq!(evaluate(&"(".repeat(100_000), &status), None);
    }
}
