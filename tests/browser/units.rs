//! A cmi5 course of ours, lesson by lesson to its end, as its learner plays it.

use std::time::Duration;

use crate::harness::{Browser, Platform, both_engines};
use crate::learner::sample;

const AMEL: &str = "amel@example.org";

/// Answers every question of a lesson through its own forms, rightly or not.
const ANSWER: &str = r#"
    const right = arguments[0];
    for (const question of window.halqaLesson.questions) {
      if (question.answered) continue;
      const parts = question.type === "fill-in" ? [question.pattern[0]] : question.pattern;
      question.fill(parts);
      if (!right) {
        if (question.type === "sequencing") question.fill([...parts].reverse());
        else if (question.type === "matching") question.fill(parts.map(([source], n) => [source, parts[(n + 1) % parts.length][1]]));
        else if (question.type === "fill-in") question.fill(["…"]);
        else for (const input of question.form.querySelectorAll("input")) input.checked = !parts.includes(input.value);
      }
      question.form.requestSubmit();
    }
    return window.halqaLesson.state();"#;

impl Browser {
    /// Waits until the lesson is there and records.
    pub async fn lesson(&self) {
        for _ in 0..150 {
            let there = self
                .execute(
                    "return window.halqaLesson?.track.recording === true",
                    vec![],
                )
                .await;
            if there.is_ok_and(|said| said.json() == true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.picture("no-lesson").await;
        panic!("no lesson: {}", self.text().await);
    }

    /// Answers all questions of the lesson.
    async fn answer(&self, right: bool) -> serde_json::Value {
        self.execute(ANSWER, vec![right.into()])
            .await
            .expect("the lesson answers")
            .json()
            .clone()
    }

    /// Reads the lesson to its end, answers rightly, and carries on: back to the list of units.
    pub async fn play_lesson(&self) {
        self.answer(true).await;
        self.read_on().await;
    }

    /// Through the pages to the last, and out by its button.
    async fn read_on(&self) {
        self.read_to_the_end().await;
        self.until("the list of units", |url| url.contains("/units/"))
            .await;
    }

    /// The same, wherever the way out leads.
    pub async fn play_through(&self) {
        self.answer(true).await;
        self.read_to_the_end().await;
    }

    async fn read_to_the_end(&self) {
        for _ in 0..40 {
            let last = self
                .run("return window.halqaLesson.at === window.halqaLesson.pages.length - 1")
                .await;
            if last == true {
                break;
            }
            self.click(".bar .btn:last-child").await;
        }
        self.wait_for_text("Continuer le parcours").await;
        self.click(".bar .btn:last-child").await;
    }
}

/// The learner's row, once it is as wanted.
async fn reached(
    platform: &Platform,
    person: halqa::ids::PersonId,
    wanted: impl Fn(&halqa::progress::ProgressRow) -> bool,
) {
    for _ in 0..100 {
        let rows = halqa::progress::of_person(&platform.app, person)
            .await
            .expect("asked");
        if rows.iter().any(&wanted) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the progress store does not show it");
}

both_engines! {
    async fn the_sample_course_to_its_end(platform: Platform) {
        let amel = platform.person(AMEL, "Amel Ben Salah").await;
        let slug = platform.module(&sample("budget-participatif")).await;
        let browser = Browser::open(1280).await;
        browser.sign_in(&platform, AMEL).await;
        // Starting the module opens its first unit at once.
        browser.start(&platform, &slug).await;
        browser.until("the lesson", |url| url.contains(".content.")).await;
        browser.lesson().await;
        // A page loaded again cannot have the token once more (8.2.3): back to the list.
        browser.refresh().await.expect("loaded again");
        browser.until("the list of units", |url| url.contains("/units/")).await;
        browser.picture("units-list").await;
        browser.click("form[action$='/1'] button").await;
        browser.lesson().await;
        browser.play_lesson().await;
        reached(&platform, amel, |row| row.state == "in-progress" && row.progress > 0.3).await;

        // Below the mastery score: failed, and opened again.
        browser.click("form[action$='/2'] button").await;
        browser.lesson().await;
        let state = browser.answer(false).await;
        assert_eq!(state["passed"], false, "{state}");
        browser.read_on().await;
        browser.one("[data-state=failed]").await;
        browser.click("form[action$='/2'] button").await;
        browser.lesson().await;
        browser.run("window.halqaLesson.retry()").await;
        browser.play_lesson().await;

        browser.click("form[action$='/4'] button").await;
        browser.lesson().await;
        browser.play_lesson().await;
        reached(&platform, amel, |row| {
            row.state == "completed" && row.success == "passed" && row.progress == 1.0
        })
        .await;
        browser.visit(&platform, &format!("/fr/modules/{slug}")).await;
        browser.one("[data-state=passed]").await;
        browser.close().await;
    }
}
