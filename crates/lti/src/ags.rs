//! Assignment and grade services 2.0: columns of a gradebook and the scores in them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::claims;
use crate::target;

/// May manage columns.
pub const SCOPE_LINE_ITEM: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem";
/// May read columns.
pub const SCOPE_LINE_ITEM_READ: &str =
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly";
/// May write scores.
pub const SCOPE_SCORE: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

/// The media type of a column.
pub const LINE_ITEM_TYPE: &str = "application/vnd.ims.lis.v2.lineitem+json";
/// The media type of a list of columns.
pub const LINE_ITEMS_TYPE: &str = "application/vnd.ims.lis.v2.lineitemcontainer+json";
/// The media type of a score.
pub const SCORE_TYPE: &str = "application/vnd.ims.lis.v1.score+json";

/// Where the grades of a launch go (§3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The link's one column, if it has one.
    pub line_item: Option<String>,
    /// All columns of the context.
    pub line_items: Option<String>,
    /// What we may do there.
    pub scopes: Vec<String>,
}

impl Endpoint {
    /// True when this scope was granted.
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }
}

/// Reads the endpoint claim; addresses that are none are left out.
pub(crate) fn endpoint(claim: Option<&Value>) -> Option<Endpoint> {
    let claim = claim?.as_object()?;
    let address = |name: &str| {
        claim
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| target::web(text).is_some())
            .map(str::to_owned)
    };
    Some(Endpoint {
        line_item: address("lineitem"),
        line_items: address("lineitems"),
        scopes: claims::texts(claim.get("scope"), 20),
    })
}

/// Where the scores of a column are posted: its address with `/scores` at the end of its path,
/// the query kept (§3.2.2; Moodle's addresses carry a query).
pub fn scores_url(line_item: &str) -> Option<Url> {
    let mut url = target::web(line_item)?;
    let path = format!("{}/scores", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Some(url)
}

/// True when the answer to a score says that the platform has this one, or a newer one, already:
/// 409 (AGS 2.0 §3.4.9), or what Open edX says instead, a 400 about the moment.
pub fn is_known(status: u16, body: &[u8]) -> bool {
    let about_the_moment = || {
        let said: Value = serde_json::from_slice(body).ok()?;
        let said = said.get("timestamp")?.to_string();
        Some(said.contains("already exists") || said.contains("later point in time"))
    };
    match status {
        409 => true,
        400 => about_the_moment().unwrap_or(false),
        _ => false,
    }
}

/// How far a learner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activity {
    /// Nothing was done.
    Initialized,
    /// Begun.
    Started,
    /// Under way.
    InProgress,
    /// Handed in.
    Submitted,
    /// Done.
    Completed,
}

/// How far the grading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grading {
    /// The score is final, as far as we know.
    FullyGraded,
    /// It will change by itself.
    Pending,
    /// A person has yet to judge.
    PendingManual,
    /// It could not be graded.
    Failed,
    /// Nothing to be graded yet.
    NotReady,
}

/// A score (§3.4.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// The learner, as the platform calls them.
    pub user_id: String,
    /// 0 to `score_maximum`; none: no grade yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_given: Option<f64>,
    /// Present with `score_given`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_maximum: Option<f64>,
    /// How far the learner is.
    pub activity_progress: Activity,
    /// How far the grading is.
    pub grading_progress: Grading,
    /// RFC 3339 with fractions of a second; later ones replace earlier ones.
    pub timestamp: String,
    /// For the learner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// Where a learner stands, as it becomes a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The module was opened.
    pub started: bool,
    /// The module is completed.
    pub completed: bool,
    /// Passed or failed, where the module judges.
    pub passed: Option<bool>,
    /// −1 to 1, where the module scores.
    pub scaled: Option<f64>,
}

impl Standing {
    /// The fraction of the best score, where there is a grade: the module's own score once it has
    /// been judged or completed; without one, passed or completed is everything and failed is
    /// nothing. While the learner is under way there is no grade.
    pub fn fraction(&self) -> Option<f64> {
        if !self.completed && self.passed.is_none() {
            return None;
        }
        let judged = match self.passed {
            Some(false) => 0.0,
            Some(true) | None => 1.0,
        };
        Some(self.scaled.map_or(judged, |scaled| {
            if scaled.is_finite() {
                scaled.clamp(0.0, 1.0)
            } else {
                judged
            }
        }))
    }

    /// The score of a learner, for a column with this best score.
    pub fn score(&self, user_id: &str, maximum: f64, timestamp: String) -> Score {
        let fraction = self.fraction();
        let activity = match (self.completed, self.started) {
            (true, _) => Activity::Completed,
            (false, true) => Activity::InProgress,
            (false, false) => Activity::Initialized,
        };
        Score {
            user_id: user_id.to_owned(),
            score_given: fraction.map(|fraction| fraction * maximum),
            score_maximum: fraction.map(|_| maximum),
            activity_progress: activity,
            grading_progress: match fraction {
                Some(_) => Grading::FullyGraded,
                None if self.started => Grading::Pending,
                None => Grading::NotReady,
            },
            timestamp,
            comment: None,
        }
    }
}

/// A column of the gradebook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineItem {
    /// Its address; none before it exists.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// Its heading.
    #[serde(default)]
    pub label: String,
    /// The best score.
    pub score_maximum: f64,
    /// Our id of what is graded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<String>,
    /// The link it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_link_id: Option<String>,
}

/// Reads a column.
pub fn line_item(body: &[u8]) -> Option<LineItem> {
    serde_json::from_slice::<LineItem>(body)
        .ok()
        .filter(|item| item.score_maximum.is_finite() && item.score_maximum > 0.0)
}

/// Reads a page of columns; what cannot be read is left out.
pub fn line_items(body: &[u8]) -> Option<Vec<LineItem>> {
    let list: Vec<Value> = serde_json::from_slice(body).ok()?;
    Some(
        list.into_iter()
            .filter_map(|value| serde_json::from_value(value).ok())
            .collect(),
    )
}
