//! One lesson of a sample module as its own scripts play it: the calls of
//! `scorm_packages/*/shared/lesson.js` and `track.js`, in their order.

use serde_json::json;

use super::data::{Activity, Part, Question};
use super::learner::Browser;

/// A lesson opened in the player.
pub(super) struct Lesson<'b, 'c> {
    browser: &'b mut Browser<'c>,
    activity: &'b Activity,
    twelve: bool,
    /// When it was opened, ms since the session opened.
    opened: i64,
    /// Score from which it is passed, percent.
    mastery: i64,
    /// Number of interactions the platform holds.
    count: usize,
    /// The platform holds a result that a worse one must not replace (1.2), or any (2004).
    settled: bool,
    at: usize,
    seen: Vec<usize>,
    /// By question: the answer and whether it is right.
    answers: Vec<Option<(Vec<Part>, bool)>>,
    tries: u32,
    reported: Option<(u32, Standing)>,
    closed: bool,
}

#[derive(Clone, PartialEq)]
struct Standing {
    ready: bool,
    score: Option<i64>,
    passed: Option<bool>,
    /// Objective, got, total.
    objectives: Vec<(String, usize, usize)>,
}

impl<'b, 'c> Lesson<'b, 'c> {
    /// Initialises, and goes on where the platform says the learner was.
    pub fn open(browser: &'b mut Browser<'c>, activity: &'b Activity, twelve: bool) -> Self {
        let mut lesson = Lesson {
            opened: browser.at,
            browser,
            activity,
            twelve,
            mastery: activity.mastery,
            count: 0,
            settled: false,
            at: 0,
            seen: Vec::new(),
            answers: activity.questions.iter().map(|_| None).collect(),
            tries: 0,
            reported: None,
            closed: false,
        };
        lesson.call("LMSInitialize", "Initialize", &[""]);
        let (status, mastery, data, page) = if twelve {
            let status = lesson.get("cmi.core.lesson_status");
            lesson.settled = status == "passed" || status == "completed";
            if ["not attempted", "unknown", ""].contains(&status.as_str()) {
                lesson.set("cmi.core.lesson_status", "incomplete");
            }
            (
                "cmi.core.exit",
                lesson.get("cmi.student_data.mastery_score"),
                "cmi.suspend_data",
                "cmi.core.lesson_location",
            )
        } else {
            lesson.settled = lesson.get("cmi.completion_status") == "completed";
            if !lesson.settled {
                lesson.set("cmi.completion_status", "incomplete");
            }
            let scaled: Option<f64> = lesson.get("cmi.scaled_passing_score").parse().ok();
            let mastery =
                scaled.map_or(String::new(), |scaled| (scaled * 100.0).round().to_string());
            ("cmi.exit", mastery, "cmi.suspend_data", "cmi.location")
        };
        if let Ok(mastery) = mastery.parse::<f64>() {
            lesson.mastery = mastery as i64;
        }
        lesson.count = lesson.get("cmi.interactions._count").parse().unwrap_or(0);
        let data = lesson.get(data);
        let page = lesson.get(page);
        let exit = if lesson.settled && !twelve {
            "normal"
        } else {
            "suspend"
        };
        lesson.set(status, exit);
        lesson.resume(&data, &page);
        lesson
    }

    fn resume(&mut self, data: &str, page: &str) {
        if let Ok(data) = serde_json::from_str::<serde_json::Value>(data) {
            self.tries = data["tries"].as_u64().unwrap_or(0) as u32;
            self.seen = serde_json::from_value(data["seen"].clone()).unwrap_or_default();
            for (question, answer) in self.activity.questions.iter().zip(&mut self.answers) {
                let kept = &data["answers"][&question.id];
                if let Ok(parts) = serde_json::from_value(kept[0].clone()) {
                    *answer = Some((parts, kept[1] == 1));
                }
            }
        }
        let standing = self.standing();
        self.reported = standing.ready.then_some((self.tries, standing));
        let at = self.activity.pages.iter().position(|id| id == page);
        self.go(at.unwrap_or(0));
    }

    /// Reads on until so many pages are seen, answering what is asked: `answer` says whether
    /// right or wrong, by the question's place.
    pub fn read(&mut self, pages: usize, answer: impl Fn(usize) -> bool) {
        loop {
            let page = &self.activity.pages[self.at];
            for (place, question) in self.activity.questions.iter().enumerate() {
                if question.page == *page && self.answers[place].is_none() {
                    self.answer(place, question, answer(place));
                }
            }
            if self.at + 1 >= pages.min(self.activity.pages.len()) {
                return;
            }
            self.browser.step();
            self.go(self.at + 1);
        }
    }

    /// Number of pages.
    pub fn pages(&self) -> usize {
        self.activity.pages.len()
    }

    /// Whether all is read and answered, well enough; `None` where nothing is asked.
    pub fn passed(&self) -> Option<bool> {
        self.standing().passed
    }

    /// Takes the questions that went wrong again, and reads on to the end.
    pub fn retry(&mut self) {
        self.tries += 1;
        let mut first = None;
        for (place, answer) in self.answers.iter_mut().enumerate() {
            if !answer.as_ref().is_some_and(|(_, right)| *right) {
                *answer = None;
                first.get_or_insert(place);
            }
        }
        let Some(first) = first else { return };
        let page = &self.activity.questions[first].page;
        let at = self.activity.pages.iter().position(|id| id == page);
        self.browser.step();
        self.go(at.unwrap_or(0));
        self.read(self.pages(), |_| true);
    }

    fn go(&mut self, at: usize) {
        self.at = at;
        if !self.seen.contains(&at) {
            self.seen.push(at);
        }
        if at + 1 == self.pages() {
            self.can_continue();
        }
        let page = &self.activity.pages[at];
        let part = self.seen.len() as f64 / self.pages() as f64;
        if self.twelve {
            self.set("cmi.core.lesson_location", page);
        } else {
            self.set("cmi.location", page);
            if !self.settled {
                self.set("cmi.progress_measure", &real(part.min(0.99)));
            }
        }
        self.report();
        self.save();
    }

    fn answer(&mut self, place: usize, question: &Question, right: bool) {
        self.browser.step();
        let parts = if right {
            &question.right
        } else {
            // Not everybody is mistaken in the same way.
            let others = question.others.len();
            match (self.browser.seed as usize + place) % (others + 2) {
                other if other < others => &question.others[other],
                _ => &question.wrong,
            }
        };
        self.answers[place] = Some((parts.clone(), right));
        let at = format!("cmi.interactions.{}.", self.count);
        let id = match self.tries {
            0 => question.id.clone(),
            tries => format!("{}-{}", question.id, tries + 1),
        };
        if !self.set(&format!("{at}id"), &id) {
            return;
        }
        self.count += 1;
        self.set(&format!("{at}type"), &question.kind);
        let moment = self.browser.moment();
        let latency = span(self.twelve, self.browser.pace() as f64 / 1000.0);
        let pattern = written(self.twelve, &question.kind, &question.right);
        let given = written(self.twelve, &question.kind, parts);
        let (time, response, wrong) = if self.twelve {
            ("time", "student_response", "wrong")
        } else {
            if let Some(objective) = &question.objective {
                self.set(&format!("{at}objectives.0.id"), objective);
            }
            ("timestamp", "learner_response", "incorrect")
        };
        let moment = if self.twelve {
            moment.format("%H:%M:%S").to_string()
        } else {
            // A zone stands behind fractions of a second only (RTE 4.1.1.7).
            let hundredths = moment.timestamp_subsec_millis() / 10;
            format!("{}.{hundredths:02}Z", moment.format("%Y-%m-%dT%H:%M:%S"))
        };
        self.set(&format!("{at}{time}"), &moment);
        self.set(&format!("{at}correct_responses.0.pattern"), &pattern);
        self.set(&format!("{at}weighting"), "1");
        self.set(&format!("{at}{response}"), &given);
        self.set(
            &format!("{at}result"),
            if right { "correct" } else { wrong },
        );
        self.set(&format!("{at}latency"), &latency);
        if !self.twelve {
            let text: String = format!("{{lang=fr}}{}", question.text)
                .chars()
                .take(250)
                .collect();
            self.set(&format!("{at}description"), &text);
        }
        self.go(self.at);
    }

    fn standing(&self) -> Standing {
        let total = self.answers.len();
        let is_right =
            |answer: &Option<(Vec<Part>, bool)>| answer.as_ref().is_some_and(|(_, right)| *right);
        let got = self
            .answers
            .iter()
            .filter(|answer| is_right(answer))
            .count();
        let mut objectives: Vec<(String, usize, usize)> = Vec::new();
        for (question, answer) in self.activity.questions.iter().zip(&self.answers) {
            let Some(id) = &question.objective else {
                continue;
            };
            let one = match objectives.iter().position(|one| one.0 == *id) {
                Some(at) => &mut objectives[at],
                None => {
                    objectives.push((id.clone(), 0, 0));
                    let last = objectives.len() - 1;
                    &mut objectives[last]
                }
            };
            one.1 += usize::from(is_right(answer));
            one.2 += 1;
        }
        let score = (total > 0).then(|| (got as f64 / total as f64 * 100.0).round() as i64);
        Standing {
            ready: self.answers.iter().all(Option::is_some) && self.seen.len() == self.pages(),
            score,
            passed: score.map(|score| score >= self.mastery),
            objectives,
        }
    }

    /// Tells the platform the result once, when all is read and answered; again after a new try.
    fn report(&mut self) {
        let standing = self.standing();
        let key = Some((self.tries, standing.clone()));
        if !standing.ready || key == self.reported {
            return;
        }
        self.reported = key;
        if self.twelve {
            self.result_12(&standing);
        } else {
            self.result_2004(&standing);
        }
    }

    fn result_12(&mut self, standing: &Standing) {
        if let Some(score) = standing.score
            && !(self.settled && standing.passed == Some(false))
        {
            self.set("cmi.core.score.min", "0");
            self.set("cmi.core.score.max", "100");
            self.set("cmi.core.score.raw", &score.to_string());
        }
        if !self.settled {
            let status = match standing.passed {
                None => "completed",
                Some(true) => "passed",
                Some(false) => "failed",
            };
            self.set("cmi.core.lesson_status", status);
        }
        self.settled |= standing.passed != Some(false);
    }

    fn result_2004(&mut self, standing: &Standing) {
        for (id, got, total) in &standing.objectives {
            let count: usize = self.get("cmi.objectives._count").parse().unwrap_or(0);
            let place = (0..count).find(|n| self.get(&format!("cmi.objectives.{n}.id")) == *id);
            let n = place.unwrap_or(count);
            if place.is_none() && !self.set(&format!("cmi.objectives.{n}.id"), id) {
                continue;
            }
            let status = if got == total { "passed" } else { "failed" };
            let at = format!("cmi.objectives.{n}.");
            self.set(
                &format!("{at}score.scaled"),
                &real(*got as f64 / *total as f64),
            );
            self.set(&format!("{at}success_status"), status);
            self.set(&format!("{at}completion_status"), "completed");
        }
        if let Some(score) = standing.score {
            self.set("cmi.score.min", "0");
            self.set("cmi.score.max", "100");
            self.set("cmi.score.raw", &score.to_string());
            self.set("cmi.score.scaled", &real(score as f64 / 100.0));
            let passed = standing.passed == Some(true);
            self.set(
                "cmi.success_status",
                if passed { "passed" } else { "failed" },
            );
        }
        self.set("cmi.progress_measure", "1");
        self.set("cmi.completion_status", "completed");
        self.set("cmi.exit", "normal");
        self.settled = true;
    }

    fn save(&mut self) {
        let mut answers = serde_json::Map::new();
        for (question, answer) in self.activity.questions.iter().zip(&self.answers) {
            if let Some((parts, right)) = answer {
                answers.insert(question.id.clone(), json!([parts, u8::from(*right)]));
            }
        }
        let data = json!({
            "v": 1, "seen": self.seen, "answers": answers, "tries": self.tries,
        });
        self.set("cmi.suspend_data", &data.to_string());
        self.commit();
    }

    fn commit(&mut self) {
        let time = span(self.twelve, (self.browser.at - self.opened) as f64 / 1000.0);
        self.set(
            if self.twelve {
                "cmi.core.session_time"
            } else {
                "cmi.session_time"
            },
            &time,
        );
        self.call("LMSCommit", "Commit", &[""]);
    }

    /// What a 2004 lesson asks for at its end: the way on, or out of the last one, which has no
    /// questions.
    fn request(&self) -> &'static str {
        if self.activity.questions.is_empty() {
            "exitAll"
        } else {
            "continue"
        }
    }

    fn can_continue(&mut self) -> bool {
        !self.twelve
            && self.standing().ready
            && (self.request() != "continue"
                || self.get("adl.nav.request_valid.continue") != "false")
    }

    /// The button at the end: on a 2004 platform it leads on, by the lesson's own request.
    pub fn forward(&mut self) {
        self.browser.step();
        self.commit();
        if self.can_continue() {
            self.set("adl.nav.request", self.request());
            self.close();
        }
    }

    /// The page is left.
    pub fn close(&mut self) {
        if !self.closed {
            self.commit();
            self.closed = true;
            self.call("LMSFinish", "Terminate", &[""]);
        }
    }

    fn call(&mut self, twelve: &str, other: &str, arguments: &[&str]) -> String {
        let function = if self.twelve { twelve } else { other };
        self.browser.call(function, arguments)
    }
    fn get(&mut self, element: &str) -> String {
        self.call("LMSGetValue", "GetValue", &[element])
    }
    fn set(&mut self, element: &str, value: &str) -> bool {
        self.call("LMSSetValue", "SetValue", &[element, value]) == "true"
    }
}

/// Four decimals at most.
fn real(number: f64) -> String {
    ((number * 10_000.0).round() / 10_000.0).to_string()
}

/// CMITimespan (1.2), timeinterval(second,10,2) (2004).
fn span(twelve: bool, seconds: f64) -> String {
    let hundredths = (seconds * 100.0).round().max(0.0) as i64;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if twelve {
        format!("{hours:04}:{minutes:02}:{seconds:02}.{rest:02}")
    } else {
        // Without a float: 2.72 would be written with sixteen decimals.
        let decimals = match (rest, rest % 10) {
            (0, _) => String::new(),
            (_, 0) => format!(".{}", rest / 10),
            _ => format!(".{rest:02}"),
        };
        format!("PT{hours}H{minutes}M{seconds}{decimals}S")
    }
}

/// An answer as the standard writes it: `a,b` and `1.a,2.b`, or `a[,]b` and `1[.]a[,]2[.]b`.
fn written(twelve: bool, kind: &str, parts: &[Part]) -> String {
    let (between, inside) = if twelve { (",", ".") } else { ("[,]", "[.]") };
    let texts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::One(text) => text.clone(),
            Part::Pair(pair) => pair.join(inside),
        })
        .collect();
    match (kind, twelve) {
        ("true-false", true) => texts
            .first()
            .map_or("f", |t| if t == "true" { "t" } else { "f" })
            .into(),
        ("true-false" | "fill-in", _) => texts.first().cloned().unwrap_or_default(),
        _ => texts.join(between),
    }
}

#[cfg(test)]
mod tests {
    use scorm::Edition;
    use scorm::datamodel::{Initial, Sco};

    use super::span;

    #[test]
    fn every_time_is_of_the_standards_type() {
        assert_eq!(span(false, 302.72), "PT0H5M2.72S");
        assert_eq!(span(false, 3_600.7), "PT1H0M0.7S");
        assert_eq!(span(false, 60.0), "PT0H1M0S");
        assert_eq!(span(true, 302.72), "0000:05:02.72");
        for (twelve, edition, call, element) in [
            (true, Edition::Scorm12, "LMS", "cmi.core.session_time"),
            (false, Edition::Scorm2004Fourth, "", "cmi.session_time"),
        ] {
            let mut sco = Sco::begin(edition, &Initial::default());
            sco.call(&format!("{call}Initialize"), &[""], 0);
            for hundredths in 0..7_000 {
                let time = span(twelve, f64::from(hundredths) / 100.0);
                let answer = sco.call(&format!("{call}SetValue"), &[element, &time], 0);
                assert_eq!(answer.error, 0, "{time}");
            }
        }
    }
}
