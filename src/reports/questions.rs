//! Item analysis: from answers to the figures of each question.

use std::collections::{BTreeMap, HashMap};

use domain::analysis::{self, Item};
use scorm::Edition;
use scorm::datamodel::{parts, readable};
use serde::Serialize;

use crate::ids::VersionId;

use super::store::AnswerRow;

/// Different answers shown at most; the others are summed up.
const SHOWN: usize = 8;

/// Which attempt of a learner is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sample {
    /// The first: what people know before they have seen the questions.
    #[default]
    First,
    /// The last.
    Last,
    /// Every attempt, as if by a learner of its own.
    All,
}

impl Sample {
    /// All of them.
    pub const ALL: [Sample; 3] = [Sample::First, Sample::Last, Sample::All];

    /// As in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Sample::First => "first",
            Sample::Last => "last",
            Sample::All => "all",
        }
    }

    /// From [`Sample::code`]; anything else is the first.
    pub fn from_code(code: &str) -> Sample {
        Sample::ALL
            .into_iter()
            .find(|sample| sample.code() == code)
            .unwrap_or_default()
    }
}

/// One answer of the distribution.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The answer, or one choice of it; none: all the other answers together.
    pub answer: Option<String>,
    /// It is a correct one.
    pub correct: bool,
    /// Learners who gave it.
    pub count: usize,
    /// 0..1 of those who answered.
    pub share: f64,
}

/// A question with its figures.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// Identifier of the activity.
    pub activity: String,
    /// Its title.
    pub activity_title: String,
    /// Identifier of the interaction.
    pub identifier: String,
    /// The question's text, where the content gives it.
    pub text: Option<String>,
    /// The interaction's type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Facility and discrimination.
    #[serde(flatten)]
    pub item: Item,
    /// What to make of the discrimination: good, fair, weak, negative.
    pub quality: Option<&'static str>,
    /// Mean time to answer, seconds.
    pub latency: Option<f64>,
    /// The answers given.
    pub distribution: Vec<Choice>,
}

struct Gathered<'r> {
    first: &'r AnswerRow,
    edition: Edition,
    text: Option<&'r str>,
    kind: &'r str,
    rows: Vec<&'r AnswerRow>,
    patterns: Vec<String>,
}

/// The questions of these answers in the order of the activities. A learner's first answer to a
/// question counts; rows come attempt by attempt, in the order in which they were given.
pub(super) fn analyse(
    rows: &[AnswerRow],
    editions: &HashMap<VersionId, Edition>,
    titles: &[(String, String)],
) -> Vec<Question> {
    let mut questions: Vec<Gathered<'_>> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    let mut learners: HashMap<uuid::Uuid, usize> = HashMap::new();
    let mut table: Vec<BTreeMap<usize, Option<f64>>> = Vec::new();
    for row in rows {
        let Some(&edition) = editions.get(&row.version) else {
            continue;
        };
        let key = (row.activity_id.as_str(), row.identifier.as_str());
        let question = *places.entry(key).or_insert_with(|| {
            questions.push(Gathered {
                first: row,
                edition,
                text: None,
                kind: "",
                rows: Vec::new(),
                patterns: Vec::new(),
            });
            questions.len() - 1
        });
        let learner = *learners.entry(row.attempt.0).or_insert_with(|| {
            table.push(BTreeMap::new());
            table.len() - 1
        });
        let gathered = &mut questions[question];
        gathered.text = row.description.as_deref().or(gathered.text);
        gathered.kind = row.kind.as_deref().unwrap_or(gathered.kind);
        let patterns: Vec<String> =
            serde_json::from_value(row.patterns.clone()).unwrap_or_default();
        if !patterns.is_empty() {
            gathered.patterns = patterns;
        }
        // Nothing was said yet, or this learner has answered before.
        if (row.response.is_none() && row.result.is_none())
            || table[learner].contains_key(&question)
        {
            continue;
        }
        let result = row.result.as_deref().unwrap_or_default();
        table[learner].insert(question, analysis::score(result, row.weighting));
        gathered.rows.push(row);
    }
    let table: Vec<analysis::Answers> = table
        .into_iter()
        .map(|row| row.into_iter().collect())
        .collect();
    let items = analysis::items(questions.len(), &table);
    let order = |activity: &str| {
        let place = titles.iter().position(|(id, _)| id == activity);
        place.unwrap_or(usize::MAX)
    };
    let mut shown: Vec<Question> = questions
        .iter()
        .zip(items)
        .map(|(question, item)| finish(question, item, titles))
        .collect();
    // Stable: within an activity the questions stay in the order in which they first came.
    shown.sort_by_key(|question| order(&question.activity));
    shown
}

fn finish(question: &Gathered<'_>, item: Item, titles: &[(String, String)]) -> Question {
    let activity = &question.first.activity_id;
    let latencies: Vec<f64> = question.rows.iter().filter_map(|row| row.latency).collect();
    Question {
        activity: activity.clone(),
        activity_title: titles
            .iter()
            .find(|(id, _)| id == activity)
            .map_or(activity, |(_, title)| title)
            .clone(),
        identifier: question.first.identifier.clone(),
        text: question.text.map(str::to_owned),
        kind: question.kind.to_owned(),
        quality: item.quality().map(|quality| quality.code()),
        latency: (!latencies.is_empty())
            .then(|| latencies.iter().sum::<f64>() / latencies.len() as f64),
        distribution: distribution(question),
        item,
    }
}

/// Choices one by one; other answers as wholes, the most frequent first.
fn distribution(question: &Gathered<'_>) -> Vec<Choice> {
    let by_choice = matches!(question.kind, "choice" | "true-false" | "likert");
    let split = |text: &str| -> Vec<String> {
        if by_choice {
            parts(question.edition, question.kind, text)
        } else {
            vec![readable(question.edition, question.kind, text)]
        }
    };
    // A range of numbers is no answer that anybody gives.
    let keys: Vec<String> = match question.kind {
        "numeric" | "performance" => Vec::new(),
        _ => question.patterns.iter().flat_map(|p| split(p)).collect(),
    };
    let mut counts: BTreeMap<String, usize> = keys.iter().map(|key| (key.clone(), 0)).collect();
    if question.kind == "true-false" {
        for word in ["true", "false"] {
            counts.entry(word.to_owned()).or_default();
        }
    }
    let mut answered = 0;
    let mut right: HashMap<String, bool> = HashMap::new();
    for row in &question.rows {
        let Some(response) = row.response.as_deref() else {
            continue;
        };
        answered += 1;
        let mut given = split(response);
        given.sort();
        given.dedup();
        for part in given {
            if !by_choice && row.result.as_deref() == Some("correct") {
                right.insert(part.clone(), true);
            }
            *counts.entry(part).or_default() += 1;
        }
    }
    let share = |count: usize| {
        if answered > 0 {
            count as f64 / answered as f64
        } else {
            0.0
        }
    };
    let mut all: Vec<Choice> = counts
        .into_iter()
        .map(|(answer, count)| Choice {
            correct: keys.contains(&answer) || right.contains_key(&answer),
            answer: Some(answer),
            count,
            share: share(count),
        })
        .collect();
    if !by_choice {
        all.sort_by_key(|choice| std::cmp::Reverse((choice.count, choice.correct)));
    }
    if all.len() > SHOWN + 1 {
        let rest: usize = all.drain(SHOWN..).map(|choice| choice.count).sum();
        all.push(Choice {
            answer: None,
            correct: false,
            count: rest,
            share: share(rest),
        });
    }
    all
}
