//! Calls, error codes and exceptions in words.

use scorm::datamodel::{Standard, table_of};
use scorm::{Course, Event, NavigationRequest};

use crate::web::Lang;
use crate::web::i18n::Locales;

use super::short;

/// A call or navigation as one writes it down: `SetValue("cmi.location", "3")`, `choice(item_2)`.
pub fn call(event: &Event) -> String {
    match event {
        Event::Call {
            function,
            arguments,
            ..
        } => {
            let arguments: Vec<String> = arguments
                .iter()
                .map(|argument| format!("\"{}\"", short(argument)))
                .collect();
            format!("{function}({})", arguments.join(", "))
        }
        Event::Navigate(request) => navigation(request),
        Event::Open => "open".to_owned(),
        Event::Correction(_) => "correction".to_owned(),
    }
}

fn navigation(request: &NavigationRequest) -> String {
    let name = match request {
        NavigationRequest::Start => "start",
        NavigationRequest::ResumeAll => "resumeAll",
        NavigationRequest::Continue => "continue",
        NavigationRequest::Previous => "previous",
        NavigationRequest::Choice(target) => return format!("choice({})", short(target)),
        NavigationRequest::Jump(target) => return format!("jump({})", short(target)),
        NavigationRequest::Exit => "exit",
        NavigationRequest::ExitAll => "exitAll",
        NavigationRequest::Abandon => "abandon",
        NavigationRequest::AbandonAll => "abandonAll",
        NavigationRequest::SuspendAll => "suspendAll",
    };
    name.to_owned()
}

/// What the standard calls an error code; `None` for no error.
pub fn error(course: &Course, code: u16) -> Option<&'static str> {
    if code == 0 {
        return None;
    }
    let table = table_of(Standard::of(course.edition));
    table
        .errors
        .iter()
        .find(|row| row.code == code)
        .map(|row| row.string)
}

/// Why a navigation led nowhere, in the visitor's language; the common reasons have words of
/// their own, others those of their process.
pub fn exception(locales: &Locales, lang: Lang, code: &str) -> String {
    let key = format!("replay-exception-{}", key(code));
    locales.find(lang, &key, &[]).unwrap_or_else(|| {
        let process = code.rsplit_once('-').map_or(code, |(process, _)| process);
        locales.text(
            lang,
            "replay-exception-other",
            &[("process", serde_json::json!(process))],
        )
    })
}

/// A code of the standard as part of a message's key: `NB.2.1-3` is `nb-2-1-3`.
pub(super) fn key(code: &str) -> String {
    code.to_ascii_lowercase().replace('.', "-")
}
