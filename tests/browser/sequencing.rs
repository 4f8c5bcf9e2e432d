//! Courses of several parts played in Chromium: what the menu shows is what the engine accepts,
//! with the reason where it does not.

use serde_json::json;

use crate::harness::{Browser, both_engines};
use crate::learner::sample;

const AMEL: &str = "amel@example.org";

/// A lesson of ours, ready to be read.
const LESSON: &str = "main .page:not([hidden])";

impl Browser {
    /// Into a lesson of our sample modules, once it is this one.
    async fn enter_lesson(&self, page: &str) {
        self.enter_sco_with(&format!("#{page}")).await;
        self.one(LESSON).await;
        self.wait_for_lesson().await;
    }

    async fn wait_for_lesson(&self) {
        for _ in 0..100 {
            if self.run("return Boolean(window.halqaLesson)").await == true {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the lesson does not begin");
    }

    /// Reads the lesson to its last page; questions are answered right, but for those of these
    /// objectives (or all, with `"*"`).
    async fn read_lesson(&self, wrong: &[&str]) {
        let script = format!(
            r#"const lesson = window.halqaLesson;
            const wrong = {wrong};
            lesson.pages.forEach((page, at) => {{
              lesson.go(at, false);
              for (const question of lesson.questions) {{
                if (!page.contains(question.form) || question.answered) continue;
                const miss = wrong.includes("*") || wrong.includes(question.objective);
                const right = question.type === "fill-in" ? question.pattern.slice(0, 1) : question.pattern;
                const all = [...question.form.querySelectorAll("input")].map((input) => input.value);
                const other = question.type === "fill-in" ? ["?"]
                  : question.type === "sequencing" ? [...right].reverse()
                  : question.type === "matching" ? right.map(([source], n) => [source, right[(n + 1) % right.length][1]])
                  : [all.find((value) => !right.includes(value))];
                question.fill(miss ? other : right);
                question.form.requestSubmit();
              }}
            }});
            lesson.go(lesson.pages.length - 1, false);
            return lesson.state().ready;"#,
            wrong = json!(wrong)
        );
        assert_eq!(
            self.run(&script).await,
            true,
            "everything read and answered"
        );
    }

    /// "Go on with the course", the lesson's own button, once the platform has a way on.
    async fn go_on(&self) {
        for _ in 0..100 {
            let may = "const lesson = window.halqaLesson; return lesson.track.canContinue(lesson.state().ready)";
            if self.run(may).await == true {
                self.run("window.halqaLesson.forward()").await;
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("the platform has no way on");
    }
}

both_engines! {
    /// SCORM 2004: pre-test, lessons by need, remediation, a failed test and a second one, leaving
    /// and coming back, the end and its roll-up.
    async fn the_advocacy_course_is_played_to_its_end(platform: Platform) {
        let slug = platform.module(&sample("plaidoyer")).await;
        let amel = platform.person(AMEL, "Amel Ben Salah").await;
        let browser = Browser::open(1280).await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_lesson("cadrer").await;
        // The test must not be left by choice, and the course's own blocks are walked in order:
        // every activity says why it cannot be chosen.
        let begin: Vec<String> = [
            "diagnostic", "apprendre", "lecons", "etape_1", "lecon_1", "reprise_1", "etape_2", "lecon_2",
            "reprise_2", "etape_3", "lecon_3", "reprise_3", "bilan", "memo",
        ]
        .iter()
        .map(|id| match *id {
            "diagnostic" => "* diagnostic in-progress".to_owned(),
            "bilan" | "memo" => format!("- {id}  NB.2.1-10"),
            id if id.starts_with("lecon_") || id.starts_with("reprise_") => format!("- {id}  NB.2.1-8"),
            id => format!("- {id}"),
        })
        .collect();
        let begin: Vec<&str> = begin.iter().map(String::as_str).collect();
        browser.wait_for_menu(&begin).await;
        browser.picture("sequencing-begin-fr-1280").await;

        // Knows the second skill only: its lesson will be skipped.
        browser.enter_lesson("cadrer").await;
        browser.read_lesson(&["cadrer", "agir"]).await;
        browser.go_on().await;
        browser.enter_lesson("probleme").await;
        browser.page().await;
        browser.one("[data-list] [aria-current][data-activity=lecon_1]").await;
        browser.picture("sequencing-lesson-fr-1280").await;

        // The tab closes; the course goes on where it was, in the middle.
        browser.kill_tab().await;
        browser.start(&platform, &slug).await;
        browser.enter_lesson("probleme").await;
        // Wrong: the same again, otherwise explained; then the third skill, the second is known.
        browser.read_lesson(&["*"]).await;
        browser.go_on().await;
        browser.enter_lesson("histoire").await;
        // Inside a step, back is open.
        browser.page().await;
        browser.one("[data-previous][aria-disabled=false]").await;
        browser.enter_lesson("histoire").await;
        browser.read_lesson(&[]).await;
        browser.go_on().await;
        browser.enter_lesson("message").await;
        // Behind are only steps that are known by now, which the course skips in both directions:
        // the button says so before anybody tries.
        browser.page().await;
        browser.one("[data-previous][aria-disabled=true]").await;
        browser.enter_lesson("message").await;
        browser.read_lesson(&[]).await;
        browser.go_on().await;
        browser.enter_sco_with("body[data-mastery='70']").await;
        browser.wait_for_lesson().await;
        browser.read_lesson(&[]).await;
        browser.go_on().await;
        browser.enter_lesson("memo").await;
        browser.read_lesson(&[]).await;
        browser.go_on().await;
        // The course's own way out: the session has ended, with the test's result.
        browser.page().await;
        browser.wait_for_text("Réussi. Bravo").await;
        browser.picture("sequencing-end-fr-1280").await;
        let row = halqa::progress::of(&platform.app, amel, halqa::catalogue::module_by_slug(&platform.app, &slug).await.expect("a module").id)
            .await
            .expect("progress")
            .expect("a row");
        assert_eq!((row.state.as_str(), row.success.as_str(), row.score), ("completed", "passed", Some(1.0)));
        platform.journal_is_whole(amel).await;
        browser.close().await;
    }
}
