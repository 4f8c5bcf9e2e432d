//! Item analysis: how hard a question is, and whether those who answer it well do well elsewhere.
//! The formulas and their source are in `docs/item-analysis.md`.

use serde::Serialize;

/// Fewer answers than this say nothing about discrimination.
pub const ENOUGH: usize = 5;

/// The figures of one question.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Item {
    /// Learners who answered it.
    pub answered: usize,
    /// Those whose answer was judged right or wrong, wholly or in part.
    pub judged: usize,
    /// Facility index, 0..1: the mean score of the judged answers. High is easy.
    pub facility: Option<f64>,
    /// Discrimination index, −1..1: the correlation of the question's score with the learner's
    /// mean score on the other questions. `None` below [`ENOUGH`] learners, or where all scored
    /// the same.
    pub discrimination: Option<f64>,
}

/// How a discrimination index reads (Ebel and Frisbie's bounds).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quality {
    /// 0.3 and above.
    Good,
    /// 0.2 and above.
    Fair,
    /// 0 and above.
    Weak,
    /// Below 0: those who do well elsewhere get this one wrong. The key may be wrong.
    Negative,
}

impl Item {
    /// What to make of the discrimination index.
    pub fn quality(&self) -> Option<Quality> {
        self.discrimination.map(|d| match d {
            d if d >= 0.3 => Quality::Good,
            d if d >= 0.2 => Quality::Fair,
            d if d >= 0.0 => Quality::Weak,
            _ => Quality::Negative,
        })
    }
}

impl Quality {
    /// As shown by the API and named in the locales.
    pub fn code(self) -> &'static str {
        match self {
            Quality::Good => "good",
            Quality::Fair => "fair",
            Quality::Weak => "weak",
            Quality::Negative => "negative",
        }
    }
}

/// The score of an answer, 0..1, from SCORM's `result` and `weighting`; `None` where it was
/// judged neither right nor wrong (`neutral`, nothing, a number on an unknown scale).
///
/// `unanticipated` counts as not right. A number from 0 to 1 is the score; a greater one is a
/// part of the weighting.
pub fn score(result: &str, weighting: Option<f64>) -> Option<f64> {
    match result {
        "correct" => return Some(1.0),
        "incorrect" | "wrong" | "unanticipated" => return Some(0.0),
        _ => {}
    }
    let number: f64 = result.trim().parse().ok().filter(|n: &f64| n.is_finite())?;
    if number <= 1.0 {
        return Some(number.max(0.0));
    }
    weighting
        .filter(|weight| *weight >= number)
        .map(|weight| number / weight)
}

/// The figures of each question. One row per learner; in it one place per question: `None` where
/// it was not answered, `Some(None)` where the answer was not judged.
pub fn items(questions: usize, learners: &[Vec<Option<Option<f64>>>]) -> Vec<Item> {
    let judged = |row: &[Option<Option<f64>>], q: usize| row.get(q).copied().flatten().flatten();
    (0..questions)
        .map(|q| {
            let answered = learners
                .iter()
                .filter(|row| row.get(q).is_some_and(Option::is_some))
                .count();
            let scores: Vec<f64> = learners.iter().filter_map(|row| judged(row, q)).collect();
            let pairs: Vec<(f64, f64)> = learners
                .iter()
                .filter_map(|row| {
                    let own = judged(row, q)?;
                    let rest: Vec<f64> = (0..questions)
                        .filter(|other| *other != q)
                        .filter_map(|other| judged(row, other))
                        .collect();
                    mean(&rest).map(|rest| (own, rest))
                })
                .collect();
            Item {
                answered,
                judged: scores.len(),
                facility: mean(&scores),
                discrimination: (pairs.len() >= ENOUGH)
                    .then(|| correlation(&pairs))
                    .flatten(),
            }
        })
        .collect()
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Pearson's r; `None` where one side does not vary.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let count = pairs.len() as f64;
    let (x, y) = pairs
        .iter()
        .fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
    let (x, y) = (x / count, y / count);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        xy += (a - x) * (b - y);
        xx += (a - x) * (a - x);
        yy += (b - y) * (b - y);
    }
    // Rounding leaves a trace of variance where there is none.
    (xx > 1e-12 && yy > 1e-12).then(|| (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn results_as_scores() {
        for (result, weighting, expected) in [
            ("correct", None, Some(1.0)),
            ("wrong", Some(1.0), Some(0.0)),
            ("incorrect", None, Some(0.0)),
            ("unanticipated", None, Some(0.0)),
            ("neutral", None, None),
            ("", None, None),
            ("0.5", Some(10.0), Some(0.5)),
            ("5", Some(10.0), Some(0.5)),
            ("5", None, None),
            ("5", Some(1.0), None),
            ("-1", None, Some(0.0)),
            ("NaN", None, None),
        ] {
            assert_eq!(score(result, weighting), expected, "{result} {weighting:?}");
        }
    }

    /// Worked by hand: question 0 goes with the rest, question 1 against it, question 2 is always
    /// right, question 3 is not judged.
    #[test]
    fn a_small_table() {
        let row = |a: f64, b: f64| vec![Some(Some(a)), Some(Some(b)), Some(Some(1.0)), Some(None)];
        let learners = vec![
            row(1.0, 0.0),
            row(1.0, 0.0),
            row(1.0, 1.0),
            row(0.0, 1.0),
            row(0.0, 1.0),
            vec![None, Some(Some(1.0))],
        ];
        let items = items(4, &learners);
        assert_eq!((items[0].answered, items[0].judged), (5, 5));
        assert_eq!(items[0].facility, Some(0.6));
        assert!((items[0].discrimination.unwrap() + 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(items[1].facility, Some(4.0 / 6.0));
        assert_eq!(items[0].quality(), Some(Quality::Negative));
        assert_eq!(items[2].facility, Some(1.0));
        assert_eq!(items[2].discrimination, None);
        assert_eq!(
            (items[3].answered, items[3].judged, items[3].facility),
            (5, 0, None)
        );
    }

    #[test]
    fn few_learners_say_nothing() {
        let learners = vec![vec![Some(Some(1.0)), Some(Some(1.0))]; 4];
        assert_eq!(items(2, &learners)[0].discrimination, None);
    }

    proptest! {
        #[test]
        fn indices_stay_in_their_range(
            learners in prop::collection::vec(
                prop::collection::vec(prop::option::of(prop::option::of(0.0..=1.0f64)), 0..5), 0..30)
        ) {
            for item in items(4, &learners) {
                prop_assert!(item.judged <= item.answered);
                prop_assert!(item.facility.is_none_or(|f| (0.0..=1.0).contains(&f)));
                prop_assert!(item.discrimination.is_none_or(|d| (-1.0..=1.0).contains(&d)));
            }
        }
    }
}
