//! Charts as geometry: where each bar, point and word stands in a drawing of [`WIDTH`] by
//! [`Chart::height`] units. Pure; the template writes the SVG, the stylesheet colours it. In a
//! language from right to left time runs so as well.

use serde::Serialize;

/// Units across: about as many as a phone has pixels, so that words keep their size there.
pub const WIDTH: f64 = 360.0;
/// Room for the columns' drawing.
const TALL: f64 = 200.0;
const TOP: f64 = 14.0;
const FOOT: f64 = 22.0;
const SIDE: f64 = 40.0;
const LANE: f64 = 44.0;
/// Series that have a pattern of their own.
pub const SERIES: usize = 4;

/// How columns are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One on the other.
    Stacked,
    /// Side by side.
    Grouped,
    /// Points joined by a line.
    Line,
}

/// A rectangle of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// Which series.
    pub series: usize,
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Across.
    pub w: f64,
    /// Down.
    pub h: f64,
    /// What it shows.
    pub value: i64,
    /// Of which label.
    pub label: String,
}

/// A line through the points of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// Which series.
    pub series: usize,
    /// `x,y x,y …`.
    pub points: String,
    /// The points alone.
    pub dots: Vec<(f64, f64)>,
}

/// A word at a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Word {
    /// From the left.
    pub x: f64,
    /// The baseline, from the top.
    pub y: f64,
    /// What it says.
    pub text: String,
}

/// A line of the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    /// From the top.
    pub y: f64,
    /// Where its number stands.
    pub x: f64,
    /// What it stands for.
    pub value: i64,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// Units down.
    pub height: f64,
    /// Where the grid begins and ends.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// The grid.
    pub ticks: Vec<Tick>,
    /// The bars.
    pub bars: Vec<Bar>,
    /// The lines.
    pub curves: Vec<Curve>,
    /// Under the columns, or over the lanes.
    pub words: Vec<Word>,
    /// At the lanes' ends.
    pub values: Vec<Word>,
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The top of a scale and its step: 1, 2 or 5 times a power of ten, four steps at most.
fn scale(most: i64) -> (i64, i64) {
    let most = most.max(1);
    let mut power = 1;
    loop {
        for step in [1, 2, 5].map(|n| n * power) {
            if step * 4 >= most {
                return ((most + step - 1) / step * step, step);
            }
        }
        power *= 10;
    }
}

/// Columns, or lines, over labels in their order. `series[s][l]`: the value of series `s` at label
/// `l`; missing values are 0.
pub fn columns(labels: &[String], series: &[Vec<i64>], form: Form, rtl: bool) -> Chart {
    let at = |s: &Vec<i64>, l: usize| s.get(l).copied().unwrap_or_default().max(0);
    let most = (0..labels.len())
        .map(|l| match form {
            Form::Stacked => series.iter().map(|s| at(s, l)).sum(),
            Form::Grouped | Form::Line => series.iter().map(|s| at(s, l)).max().unwrap_or(0),
        })
        .max()
        .unwrap_or(0);
    let (top, step) = scale(most);
    let base = TOP + TALL - FOOT;
    let up = |value: i64| (base - TOP) * value as f64 / top as f64;
    let (from, to) = if rtl {
        (4.0, WIDTH - SIDE)
    } else {
        (SIDE, WIDTH - 4.0)
    };
    let slot = (to - from) / labels.len().max(1) as f64;
    let middle = |l: usize| {
        let place = (l as f64 + 0.5) * slot;
        if rtl { to - place } else { from + place }
    };
    let mut bars = Vec::new();
    let mut curves = Vec::new();
    let wide = (slot * 0.72).min(46.0);
    match form {
        Form::Line => {
            for (n, s) in series.iter().enumerate() {
                let dots: Vec<(f64, f64)> = (0..labels.len())
                    .map(|l| (round(middle(l)), round(base - up(at(s, l)))))
                    .collect();
                let points: Vec<String> = dots.iter().map(|(x, y)| format!("{x},{y}")).collect();
                curves.push(Curve {
                    series: n % SERIES,
                    points: points.join(" "),
                    dots,
                });
            }
        }
        Form::Stacked | Form::Grouped => {
            for (l, label) in labels.iter().enumerate() {
                let mut ground = base;
                for (n, s) in series.iter().enumerate() {
                    let value = at(s, l);
                    let h = up(value);
                    let part = wide / series.len().max(1) as f64;
                    let (x, w, y) = match form {
                        Form::Stacked => (middle(l) - wide / 2.0, wide, ground - h),
                        _ => {
                            let place = if rtl { series.len() - 1 - n } else { n };
                            let x = middle(l) - wide / 2.0 + part * place as f64;
                            (x, part * 0.92, base - h)
                        }
                    };
                    if form == Form::Stacked {
                        ground -= h;
                    }
                    if value > 0 {
                        bars.push(Bar {
                            series: n % SERIES,
                            x: round(x),
                            y: round(y),
                            w: round(w),
                            h: round(h.max(1.0)),
                            value,
                            label: label.clone(),
                        });
                    }
                }
            }
        }
    }
    // Every label where there is room for it, else every second, third…
    let every = (34.0 / slot).ceil().max(1.0) as usize;
    let words = labels
        .iter()
        .enumerate()
        .filter(|(l, _)| (labels.len() - 1 - l).is_multiple_of(every))
        .map(|(l, text)| Word {
            x: round(middle(l)),
            y: round(base + 15.0),
            text: text.clone(),
        })
        .collect();
    let ticks = (0..=top / step)
        .map(|n| Tick {
            y: round(base - up(n * step)),
            x: if rtl { WIDTH - 2.0 } else { SIDE - 5.0 },
            value: n * step,
        })
        .collect();
    Chart {
        height: TOP + TALL,
        from,
        to,
        ticks,
        bars,
        curves,
        words,
        values: Vec::new(),
    }
}

/// A lane for each label: its name above, its bar below, its value at the bar's end. `text` writes a
/// value.
pub fn lanes(rows: &[(String, i64)], rtl: bool, text: impl Fn(i64) -> String) -> Chart {
    let most = rows
        .iter()
        .map(|(_, value)| *value)
        .max()
        .unwrap_or(0)
        .max(1);
    let room = WIDTH - 64.0;
    let mut bars = Vec::new();
    let mut words = Vec::new();
    let mut values = Vec::new();
    for (n, (label, value)) in rows.iter().enumerate() {
        let y = n as f64 * LANE;
        let w = room * (*value).max(0) as f64 / most as f64;
        words.push(Word {
            x: if rtl { WIDTH } else { 0.0 },
            y: round(y + 14.0),
            text: label.clone(),
        });
        bars.push(Bar {
            series: 0,
            x: round(if rtl { WIDTH - w.max(1.0) } else { 0.0 }),
            y: round(y + 20.0),
            w: round(w.max(1.0)),
            h: 16.0,
            value: *value,
            label: label.clone(),
        });
        values.push(Word {
            x: round(if rtl { WIDTH - w - 6.0 } else { w + 6.0 }),
            y: round(y + 33.0),
            text: text(*value),
        });
    }
    Chart {
        height: (rows.len() as f64 * LANE).max(1.0),
        from: 0.0,
        to: WIDTH,
        ticks: Vec::new(),
        bars,
        curves: Vec::new(),
        words,
        values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_on_round_numbers() {
        for (most, top, step) in [
            (0, 1, 1),
            (1, 1, 1),
            (4, 4, 1),
            (5, 6, 2),
            (17, 20, 5),
            (41, 60, 20),
            (1_000_000, 1_000_000, 500_000),
        ] {
            assert_eq!(scale(most), (top, step), "{most}");
        }
    }

    fn labels(n: usize) -> Vec<String> {
        (0..n).map(|n| n.to_string()).collect()
    }

    #[test]
    fn bars_stay_within_and_stand_on_each_other() {
        for rtl in [false, true] {
            for form in [Form::Stacked, Form::Grouped] {
                let series = [vec![3, 0, 9, 4], vec![5, 2, 0, 1], vec![1, 1, 1, 900]];
                let chart = columns(&labels(4), &series, form, rtl);
                assert_eq!(chart.bars.len(), 10, "nothing is drawn for nothing");
                for bar in &chart.bars {
                    assert!(bar.x >= chart.from - 0.1 && bar.x + bar.w <= chart.to + 0.1);
                    assert!(bar.y >= TOP - 0.1 && bar.y + bar.h <= TOP + TALL - FOOT + 1.1);
                }
            }
        }
    }

    #[test]
    fn time_runs_from_the_right_in_arabic() {
        let series = [vec![1, 2, 3]];
        let x = |rtl| -> Vec<f64> {
            let chart = columns(&labels(3), &series, Form::Grouped, rtl);
            chart.bars.iter().map(|bar| bar.x).collect()
        };
        assert!(x(false).is_sorted());
        assert!(x(true).iter().rev().is_sorted());
        let line = columns(&labels(3), &series, Form::Line, true);
        assert!(line.curves[0].dots[0].0 > line.curves[0].dots[2].0);
    }

    #[test]
    fn nothing_at_all_is_drawn_too() {
        let chart = columns(&[], &[], Form::Stacked, false);
        assert!(chart.bars.is_empty() && chart.words.is_empty());
        assert!(lanes(&[], false, |n| n.to_string()).bars.is_empty());
        let one = lanes(&[("x".into(), 0)], true, |n| n.to_string());
        assert_eq!(one.bars[0].w, 1.0);
    }
}
