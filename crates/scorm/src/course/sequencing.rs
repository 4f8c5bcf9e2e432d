//! The sequencing definition model (SN 3; IMS SS 3) of one activity.

use serde::{Deserialize, Serialize};

/// Sequencing definition of one activity, all defaults of SN 3 filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sequencing {
    /// SN 3.2
    pub control: ControlMode,
    /// `adlseq:constrainedChoiceConsiderations` (SN 3.3).
    pub constrain: ConstrainChoice,
    /// Precondition rules (SN 3.4), in order.
    pub pre: Vec<Rule<PreAction>>,
    /// Postcondition rules, in order.
    pub post: Vec<Rule<PostAction>>,
    /// Exit action rules, in order.
    pub exit: Vec<Rule<ExitAction>>,
    /// SN 3.5
    pub limits: LimitConditions,
    /// Rollup rules (SN 3.7).
    pub rollup: Vec<RollupRule>,
    /// Rollup controls and considerations (SN 3.8, 3.9).
    pub rollup_controls: RollupControls,
    /// Objectives (SN 3.10); exactly one contributes to rollup (the primary).
    pub objectives: Vec<Objective>,
    /// Selection and randomization controls (SN 3.11, 3.12).
    pub selection: Selection,
    /// Delivery controls (SN 3.13).
    pub delivery: DeliveryControls,
}

impl Default for Sequencing {
    fn default() -> Self {
        Sequencing {
            control: ControlMode::default(),
            constrain: ConstrainChoice::default(),
            pre: Vec::new(),
            post: Vec::new(),
            exit: Vec::new(),
            limits: LimitConditions::default(),
            rollup: Vec::new(),
            rollup_controls: RollupControls::default(),
            objectives: vec![Objective::default()],
            selection: Selection::default(),
            delivery: DeliveryControls::default(),
        }
    }
}

impl Sequencing {
    /// Index of the objective that contributes to rollup.
    pub fn primary(&self) -> usize {
        self.objectives.iter().position(|o| o.primary).unwrap_or(0)
    }
}

/// Sequencing control modes (SN 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ControlMode {
    /// Sequencing Control Choice (default true).
    pub choice: bool,
    /// Sequencing Control Choice Exit (default true).
    pub choice_exit: bool,
    /// Sequencing Control Flow (default false).
    pub flow: bool,
    /// Sequencing Control Forward Only (default false).
    pub forward_only: bool,
    /// Use Current Attempt Objective Information (default true).
    pub current_objective: bool,
    /// Use Current Attempt Progress Information (default true).
    pub current_progress: bool,
}

impl Default for ControlMode {
    fn default() -> Self {
        ControlMode {
            choice: true,
            choice_exit: true,
            flow: false,
            forward_only: false,
            current_objective: true,
            current_progress: true,
        }
    }
}

/// Constrain choice controls (SN 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConstrainChoice {
    /// Only activities logically next to the current one may be chosen.
    pub constrain: bool,
    /// Activities inside may not be chosen from outside.
    pub prevent_activation: bool,
}

/// How a rule's conditions combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combination {
    /// Every condition must hold.
    All,
    /// One condition is enough.
    Any,
}

/// One sequencing rule (SN 3.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule<A> {
    /// Condition Combination (default all).
    pub combination: Combination,
    /// The conditions.
    pub conditions: Vec<RuleCondition>,
    /// What happens when they hold.
    pub action: A,
}

/// One condition of a sequencing rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleCondition {
    /// What is asked.
    pub condition: Condition,
    /// Rule Condition Operator: Not.
    #[serde(default)]
    pub not: bool,
    /// Index of the referenced objective in the activity's list, the primary where the rule
    /// names none; `None` when it names one that does not exist: the condition is then unknown.
    pub objective: Option<usize>,
    /// Rule Condition Measure Threshold, −1 to 1.
    #[serde(default)]
    pub threshold: f64,
}

/// Rule conditions (SN 3.4.2) and rollup conditions (SN 3.7.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// Satisfied
    Satisfied,
    /// Objective Status Known
    ObjectiveStatusKnown,
    /// Objective Measure Known
    ObjectiveMeasureKnown,
    /// Objective Measure Greater Than (rules only)
    ObjectiveMeasureGreaterThan,
    /// Objective Measure Less Than (rules only)
    ObjectiveMeasureLessThan,
    /// Completed
    Completed,
    /// Activity Progress Known
    ActivityProgressKnown,
    /// Attempted
    Attempted,
    /// Attempt Limit Exceeded
    AttemptLimitExceeded,
    /// Time Limit Exceeded
    TimeLimitExceeded,
    /// Outside Available Time Range
    OutsideAvailableTimeRange,
    /// Always (rules only)
    Always,
    /// Never (rollup only)
    Never,
}

/// Precondition actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PreAction {
    /// Skip
    Skip,
    /// Disabled
    Disabled,
    /// Hidden From Choice
    HiddenFromChoice,
    /// Stop Forward Traversal
    StopForwardTraversal,
}

/// Postcondition actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PostAction {
    /// Exit Parent
    ExitParent,
    /// Exit All
    ExitAll,
    /// Retry
    Retry,
    /// Retry All
    RetryAll,
    /// Continue
    Continue,
    /// Previous
    Previous,
}

/// Exit action rules' only action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExitAction {
    /// Exit
    Exit,
}

/// Limit conditions (SN 3.5). Durations in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitConditions {
    /// Attempt Limit
    pub attempts: Option<u32>,
    /// Attempt Absolute Duration Limit
    pub attempt_absolute: Option<u64>,
    /// Attempt Experienced Duration Limit
    pub attempt_experienced: Option<u64>,
    /// Activity Absolute Duration Limit
    pub activity_absolute: Option<u64>,
    /// Activity Experienced Duration Limit
    pub activity_experienced: Option<u64>,
}

/// One rollup rule (SN 3.7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RollupRule {
    /// Rollup Child Activity Set
    pub children: ChildSet,
    /// Condition combination (default any).
    pub combination: Combination,
    /// The conditions, each with its Not operator.
    pub conditions: Vec<(Condition, bool)>,
    /// Rollup action
    pub action: RollupAction,
}

/// Which children a rollup rule asks about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChildSet {
    /// All
    All,
    /// Any
    Any,
    /// None
    None,
    /// At Least Count
    AtLeastCount(u32),
    /// At Least Percent, 0 to 1
    AtLeastPercent(f64),
}

/// What a rollup rule sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RollupAction {
    /// Satisfied
    Satisfied,
    /// Not Satisfied
    NotSatisfied,
    /// Completed
    Completed,
    /// Incomplete
    Incomplete,
}

impl RollupAction {
    /// Whether the action concerns the objective (else the attempt's progress).
    pub fn is_objective(self) -> bool {
        matches!(self, RollupAction::Satisfied | RollupAction::NotSatisfied)
    }
}

/// Rollup controls (SN 3.8) and `adlseq:rollupConsiderations` (SN 3.9).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RollupControls {
    /// Rollup Objective Satisfied (default true).
    pub satisfied: bool,
    /// Rollup Progress Completion (default true).
    pub completion: bool,
    /// Rollup Objective Measure Weight (default 1.0), 0 to 1.
    pub measure_weight: f64,
    /// Required For Satisfied
    pub required_satisfied: Required,
    /// Required For Not Satisfied
    pub required_not_satisfied: Required,
    /// Required For Completed
    pub required_completed: Required,
    /// Required For Incomplete
    pub required_incomplete: Required,
    /// Measure Satisfaction If Active (default true).
    pub measure_if_active: bool,
}

impl Default for RollupControls {
    fn default() -> Self {
        RollupControls {
            satisfied: true,
            completion: true,
            measure_weight: 1.0,
            required_satisfied: Required::Always,
            required_not_satisfied: Required::Always,
            required_completed: Required::Always,
            required_incomplete: Required::Always,
            measure_if_active: true,
        }
    }
}

/// When a child counts in its parent's rollup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Required {
    /// always
    Always,
    /// ifAttempted
    IfAttempted,
    /// ifNotSkipped
    IfNotSkipped,
    /// ifNotSuspended
    IfNotSuspended,
}

/// One objective of an activity (SN 3.10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Objective {
    /// `objectiveID`; a primary objective may have none.
    pub id: Option<String>,
    /// Objective Contributes to Rollup.
    pub primary: bool,
    /// Objective Satisfied by Measure
    pub by_measure: bool,
    /// Objective Minimum Satisfied Normalized Measure, −1 to 1 (default 1).
    pub min_measure: f64,
    /// Maps to global objectives, `imsss:mapInfo` and `adlseq:mapInfo` joined by target.
    pub maps: Vec<ObjectiveMap>,
}

impl Default for Objective {
    fn default() -> Self {
        Objective {
            id: None,
            primary: true,
            by_measure: false,
            min_measure: 1.0,
            maps: Vec::new(),
        }
    }
}

/// A map to one global objective (SN 3.10.8; `adlseq` attributes since the 4th edition).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectiveMap {
    /// Index into `Course::global_objectives`.
    pub target: usize,
    /// What local reads take from the global objective.
    pub read: MapSet,
    /// What is written to the global objective.
    pub write: MapSet,
}

impl Default for ObjectiveMap {
    fn default() -> Self {
        ObjectiveMap {
            target: 0,
            read: MapSet::READ,
            write: MapSet::default(),
        }
    }
}

/// Which parts of an objective a map carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MapSet {
    /// Satisfied Status
    pub satisfied: bool,
    /// Normalized Measure
    pub measure: bool,
    /// Raw Score (4th edition)
    pub raw: bool,
    /// Min Score (4th edition)
    pub min: bool,
    /// Max Score (4th edition)
    pub max: bool,
    /// Completion Status (4th edition)
    pub completion: bool,
    /// Progress Measure (4th edition)
    pub progress: bool,
}

impl MapSet {
    /// The defaults of an `imsss:mapInfo`: satisfied status and measure are read.
    pub const READ: MapSet = MapSet {
        satisfied: true,
        measure: true,
        raw: false,
        min: false,
        max: false,
        completion: false,
        progress: false,
    };
}

/// When children are selected or randomized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Timing {
    /// Never
    #[default]
    Never,
    /// Once
    Once,
    /// On Each New Attempt
    OnEachNewAttempt,
}

/// Selection and randomization controls (SN 3.11, 3.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Selection {
    /// Selection Timing
    pub timing: Timing,
    /// Selection Count; `None` when Selection Count Status is false.
    pub count: Option<u32>,
    /// Randomization Timing
    pub random_timing: Timing,
    /// Randomize Children
    pub reorder: bool,
}

/// Delivery controls (SN 3.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryControls {
    /// Tracked (default true).
    pub tracked: bool,
    /// Completion Set by Content (default false).
    pub completion_by_content: bool,
    /// Objective Set by Content (default false).
    pub objective_by_content: bool,
}

impl Default for DeliveryControls {
    fn default() -> Self {
        DeliveryControls {
            tracked: true,
            completion_by_content: false,
            objective_by_content: false,
        }
    }
}
