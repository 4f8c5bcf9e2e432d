//! The life of an action sheet: planned, under way, done or stopped, and the steps between.

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Decided, not begun.
    Planned,
    /// Begun.
    UnderWay,
    /// Brought to its end.
    Done,
    /// Given up, for good or for a time.
    Stopped,
}

impl State {
    /// All, in the order of a life.
    pub const ALL: [State; 4] = [State::Planned, State::UnderWay, State::Done, State::Stopped];

    /// As it is stored and addressed.
    pub fn code(self) -> &'static str {
        match self {
            State::Planned => "planned",
            State::UnderWay => "under-way",
            State::Done => "done",
            State::Stopped => "stopped",
        }
    }

    /// The state of this code.
    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The steps that lead on from here.
    pub fn steps(self) -> Vec<Step> {
        Step::ALL
            .into_iter()
            .filter(|step| step.from(self).is_some())
            .collect()
    }
}

/// A step from one state to another: nothing else changes the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The work begins.
    Begin,
    /// The work is done.
    Finish,
    /// The work stops before its end, or before it began.
    Stop,
    /// What was stopped goes on.
    Resume,
    /// What was said to be done is not.
    Reopen,
}

impl Step {
    /// All.
    pub const ALL: [Step; 5] = [
        Step::Begin,
        Step::Finish,
        Step::Stop,
        Step::Resume,
        Step::Reopen,
    ];

    /// As it is sent.
    pub fn code(self) -> &'static str {
        match self {
            Step::Begin => "begin",
            Step::Finish => "finish",
            Step::Stop => "stop",
            Step::Resume => "resume",
            Step::Reopen => "reopen",
        }
    }

    /// The step of this code.
    pub fn from_code(code: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Where it leads from a state; `None` where it cannot be taken.
    pub fn from(self, state: State) -> Option<State> {
        match (self, state) {
            (Step::Begin, State::Planned)
            | (Step::Resume, State::Stopped)
            | (Step::Reopen, State::Done) => Some(State::UnderWay),
            (Step::Finish, State::UnderWay) => Some(State::Done),
            (Step::Stop, State::Planned | State::UnderWay) => Some(State::Stopped),
            _ => None,
        }
    }

    /// It goes against what was decided before: somebody must say why.
    pub fn wants_reason(self) -> bool {
        matches!(self, Step::Stop | Step::Resume | Step::Reopen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_there_and_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for step in Step::ALL {
            assert_eq!(Step::from_code(step.code()), Some(step));
        }
        assert_eq!(State::from_code("Done"), None);
    }

    /// The whole table: what is not here cannot happen.
    #[test]
    fn the_steps_are_these_and_no_others() {
        let mut taken = Vec::new();
        for state in State::ALL {
            for step in Step::ALL {
                if let Some(to) = step.from(state) {
                    assert_ne!(to, state, "a step changes something");
                    taken.push((state, step, to));
                }
            }
        }
        assert_eq!(
            taken,
            [
                (State::Planned, Step::Begin, State::UnderWay),
                (State::Planned, Step::Stop, State::Stopped),
                (State::UnderWay, Step::Finish, State::Done),
                (State::UnderWay, Step::Stop, State::Stopped),
                (State::Done, Step::Reopen, State::UnderWay),
                (State::Stopped, Step::Resume, State::UnderWay),
            ]
        );
        assert_eq!(State::Planned.steps(), [Step::Begin, Step::Stop]);
    }
}
