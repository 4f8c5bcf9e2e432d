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

/// What a learner answered: question and score, each question once at most; no score where the
/// answer was judged neither right nor wrong.
pub type Answers = Vec<(usize, Option<f64>)>;

/// The figures of each of so many questions, in a time that grows with the answers: identifiers
/// are the content's, and some make a new one for each learner.
pub fn items(questions: usize, learners: &[Answers]) -> Vec<Item> {
    let mut answered = vec![0; questions];
    let mut scores: Vec<Vec<f64>> = vec![Vec::new(); questions];
    let mut pairs: Vec<Vec<(f64, f64)>> = vec![Vec::new(); questions];
    for learner in learners {
        let judged: Vec<(usize, f64)> = learner
            .iter()
            .filter_map(|(question, score)| Some((*question, (*score)?)))
            .collect();
        let sum: f64 = judged.iter().map(|(_, score)| score).sum();
        for (question, _) in learner {
            answered[*question] += 1;
        }
        for (question, own) in &judged {
            scores[*question].push(*own);
            if judged.len() > 1 {
                let rest = (sum - own) / (judged.len() - 1) as f64;
                pairs[*question].push((*own, rest));
            }
        }
    }
    (0..questions)
        .map(|q| Item {
            answered: answered[q],
            judged: scores[q].len(),
            facility: mean(&scores[q]),
            discrimination: (pairs[q].len() >= ENOUGH)
                .then(|| correlation(&pairs[q]))
                .flatten(),
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
        let row = |a: f64, b: f64| vec![(0, Some(a)), (1, Some(b)), (2, Some(1.0)), (3, None)];
        let learners = vec![
            row(1.0, 0.0),
            row(1.0, 0.0),
            row(1.0, 1.0),
            row(0.0, 1.0),
            row(0.0, 1.0),
            vec![(1, Some(1.0))],
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
        let learners = vec![vec![(0, Some(1.0)), (1, Some(1.0))]; 4];
        assert_eq!(items(2, &learners)[0].discrimination, None);
    }

    /// Identifiers made anew for each learner: as many questions as answers.
    #[test]
    fn questions_that_never_repeat() {
        let learners: Vec<Answers> = (0..2000)
            .map(|l| (0..100).map(|q| (l * 100 + q, Some(1.0))).collect())
            .collect();
        let items = items(200_000, &learners);
        assert!(
            items
                .iter()
                .all(|item| (item.answered, item.discrimination) == (1, None))
        );
    }

    proptest! {
        #[test]
        fn indices_stay_in_their_range(
            learners in prop::collection::vec(
                prop::collection::btree_map(0..4usize, prop::option::of(0.0..=1.0f64), 0..5), 0..30)
        ) {
            let learners: Vec<Answers> = learners.into_iter().map(|l| l.into_iter().collect()).collect();
            for (question, item) in items(4, &learners).into_iter().enumerate() {
                prop_assert!(item.judged <= item.answered);
                prop_assert!(item.facility.is_none_or(|f| (0.0..=1.0).contains(&f)));
                prop_assert!(item.discrimination.is_none_or(|d| (-1.0..=1.0).contains(&d)));
                // The definition, word by word.
                let score = |learner: &Answers, q: usize| {
                    learner.iter().find(|(other, _)| *other == q).and_then(|(_, score)| *score)
                };
                let pairs: Vec<(f64, f64)> = learners
                    .iter()
                    .filter_map(|learner| {
                        let own = score(learner, question)?;
                        let rest: Vec<f64> = (0..4).filter(|q| *q != question).filter_map(|q| score(learner, q)).collect();
                        mean(&rest).map(|rest| (own, rest))
                    })
                    .collect();
                let plain = (pairs.len() >= ENOUGH).then(|| correlation(&pairs)).flatten();
                match (item.discrimination, plain) {
                    (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-6, "{a} {b}"),
                    // On the edge of no variance rounding decides.
                    (a, b) => prop_assert!(a == b || pairs.windows(2).all(|w| (w[0].1 - w[1].1).abs() < 1e-5)),
                }
            }
        }
    }
}
