//! The table at the end: each figure beside its bar.

use std::fmt;

/// All lines.
#[derive(Default)]
pub struct Table(Vec<Line>);

/// One figure.
pub struct Line {
    name: String,
    value: f64,
    unit: &'static str,
    bar: f64,
    least: bool,
    beside: String,
    remark: String,
}

impl Line {
    /// At least the bar.
    pub fn least(name: impl Into<String>, value: f64, unit: &'static str, bar: f64) -> Line {
        Line {
            name: name.into(),
            value,
            unit,
            bar,
            least: true,
            beside: String::new(),
            remark: String::new(),
        }
    }

    /// At most the bar.
    pub fn most(name: impl Into<String>, value: f64, unit: &'static str, bar: f64) -> Line {
        Line {
            least: false,
            ..Line::least(name, value, unit, bar)
        }
    }

    /// What it was measured beside.
    pub fn beside(self, beside: impl Into<String>) -> Line {
        Line {
            beside: beside.into(),
            ..self
        }
    }

    /// More about it.
    pub fn remark(self, remark: impl Into<String>) -> Line {
        Line {
            remark: remark.into(),
            ..self
        }
    }

    fn holds(&self) -> bool {
        match self.least {
            true => self.value >= self.bar,
            false => self.value <= self.bar,
        }
    }
}

impl Table {
    /// Adds a line and says it at once: a run takes minutes.
    pub fn add(&mut self, line: Line) {
        println!("{line}");
        self.0.push(line);
    }
}

fn figure(value: f64) -> String {
    match value {
        v if v.abs() >= 100.0 => format!("{v:.0}"),
        v if v.abs() >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.least { "≥" } else { "≤" };
        let verdict = if self.holds() { "✓" } else { "✗" };
        write!(
            f,
            "{verdict} {:<46} {:>9} {:<4} {sign} {:>8}   {:<28} {}",
            self.name,
            figure(self.value),
            self.unit,
            figure(self.bar),
            self.beside,
            self.remark
        )
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "  {:<46} {:>9} {:<4} {:>10}   {:<28} more",
            "work", "measured", "", "bar", "beside, in the same run"
        )?;
        for line in &self.0 {
            writeln!(f, "{line}")?;
        }
        let held = self.0.iter().filter(|line| line.holds()).count();
        write!(f, "{held} of {} bars held", self.0.len())
    }
}
