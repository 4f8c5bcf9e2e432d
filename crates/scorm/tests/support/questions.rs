//! The questions that ADL's cases ask a person about the platform's buttons and table of contents,
//! answered from what the engine tells the player of them.

use scorm::course::NavControl;
use scorm::{ActivityStatus, Course, Navigation};
use serde_json::Value;

use super::adl::Player;

/// The questions whose answer is not the expected one.
pub fn unlike(player: &Player, step: &Value, navigation: &Navigation) -> Vec<String> {
    let questions = step["uiq"].as_array().map_or(&[][..], Vec::as_slice);
    let expected = step["uia"].as_str().unwrap_or_default().split('~');
    let statuses = player.attempt.activities(&player.course);
    questions
        .iter()
        .zip(expected)
        .filter_map(|(question, expected)| {
            let what = question["key"].as_str().unwrap_or_default();
            let target = question["target"].as_str().unwrap_or_default();
            let yes = answer(player, &statuses, navigation, what, target);
            (yes != (expected == "Y"))
                .then(|| format!("{what} {target}: expected {expected}, is {yes}"))
        })
        .collect()
}

fn answer(
    player: &Player,
    statuses: &[ActivityStatus],
    navigation: &Navigation,
    what: &str,
    target: &str,
) -> bool {
    let shown = |at: usize| statuses[at].visible && !statuses[at].hidden;
    let choosable = |at: usize| shown(at) && navigation.choice[at].valid;
    let hides = player
        .attempt
        .delivery(&player.course)
        .map_or(&[][..], |d| d.hide_lms_ui);
    let previous = navigation.previous.valid && !hides.contains(&NavControl::Previous);
    // As in the player: what no control mode forbids may be asked for, the engine decides then.
    let soft = navigation.proceed.reason.is_some_and(|reason| {
        !["NB.2.1", "SB.2.7"]
            .iter()
            .any(|process| reason.0.starts_with(process))
    });
    let proceed = (navigation.proceed.valid || soft) && !hides.contains(&NavControl::Continue);
    match what {
        "continue.enabled" => proceed,
        "continue.disabled" => !proceed,
        "previous.enabled" => previous,
        "previous.disabled" => !previous,
        // A course of one activity has no table of contents.
        "toc.enabled" => statuses.len() > 2 && (0..statuses.len()).any(choosable),
        "toc.visible" => shown(place(&player.course, target)),
        "toc.enabled.selectable" => choosable(place(&player.course, target)),
        "click.button" => true,
        other => panic!("unknown question {other}"),
    }
}

fn place(course: &Course, title: &str) -> usize {
    if title.starts_with("the activity that corresponds to the root") {
        return 0;
    }
    let found = course.activities.iter().position(|a| a.title == title);
    found.unwrap_or_else(|| panic!("no activity is called {title}"))
}
