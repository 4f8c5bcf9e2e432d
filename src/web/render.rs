//! Pages: typed structs rendered by Handlebars inside the layout.

use std::sync::Arc;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason,
    ScopedJson,
};
use rocket::http::{ContentType, Status};
use rocket::response::{Responder, Response};
use rocket::{Request, response};
use serde::Serialize;
use serde_json::{Value, json};

use super::assets;
use super::i18n::{Lang, Locales};
use super::language::Spoken;
use super::templates::Templates;
use super::visitor::Person;
use crate::clock::Timestamp;

/// A page: its template and its title. Templates see the struct as `page`.
pub trait Page: Serialize {
    /// Path under `templates/` without the ending, e.g. `seminars/show`.
    const TEMPLATE: &'static str;
    /// The page's title in the given language.
    fn title(&self, locales: &Locales, lang: Lang) -> String;
    /// The entry of the main navigation this page belongs to.
    const NAV: &'static str = "";
}

/// A rendered page.
pub struct Html {
    status: Status,
    body: String,
}

impl Html {
    /// The same page with another status (a form shown again: 422).
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }
}

impl<'r> Responder<'r, 'static> for Html {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .status(self.status)
            .header(ContentType::HTML)
            .raw_header("Cache-Control", "private, no-store")
            .sized_body(self.body.len(), std::io::Cursor::new(self.body))
            .ok()
    }
}

/// The templates and the locales.
pub struct Pages {
    templates: Templates,
    /// All messages.
    pub locales: Arc<Locales>,
    public_url: String,
    time_zone: chrono_tz::Tz,
}

impl Pages {
    /// Reads the locales. Errors can only come from our own files.
    pub fn load(public_url: &str, time_zone: chrono_tz::Tz) -> Result<Pages, String> {
        let locales = Arc::new(Locales::load()?);
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        // An indented partial would indent the lines of a <textarea>.
        engine.set_prevent_indent(true);
        engine.register_helper("t", Box::new(Translate(locales.clone(), false)));
        engine.register_helper("plain", Box::new(Translate(locales.clone(), true)));
        engine.register_helper("asset", Box::new(text_helper(|_, text| assets::url(text))));
        engine.register_helper(
            "href",
            Box::new(text_helper(|lang, path| format!("/{}{path}", lang.code()))),
        );
        let zone = time_zone;
        engine.register_helper("date", Box::new(When(locales.clone(), zone, "date")));
        engine.register_helper(
            "datetime",
            Box::new(When(locales.clone(), zone, "datetime")),
        );
        engine.register_helper("time", Box::new(When(locales.clone(), zone, "time")));
        engine.register_helper(
            "percent",
            Box::new(number_helper(|lang, x| {
                let whole = (x * 100.0).round();
                match lang {
                    Lang::Fr => format!("{whole}\u{a0}%"),
                    Lang::Ar | Lang::En => format!("{whole}%"),
                }
            })),
        );
        engine.register_helper("number", Box::new(number_helper(group_digits)));
        engine.register_helper(
            "iso",
            Box::new(number_helper(|_, x| {
                Timestamp::from_micros(x as i64).rfc3339()
            })),
        );
        engine.register_helper("duration", Box::new(Duration(locales.clone())));
        Ok(Pages {
            templates: Templates::with(engine),
            locales,
            public_url: public_url.to_owned(),
            time_zone,
        })
    }

    /// A day in a language's words, as `{{date}}` has it.
    pub fn date(&self, lang: Lang, at: Timestamp) -> String {
        when(&self.locales, self.time_zone, lang, at, "date")
    }

    /// The zone in which dates are shown and typed.
    pub fn time_zone(&self) -> chrono_tz::Tz {
        self.time_zone
    }

    /// Renders a page inside the layout, for a person and what waits for them unread.
    pub fn render<P: Page>(
        &self,
        person: Option<(&Person, i64)>,
        spoken: &Spoken,
        page: &P,
    ) -> Html {
        let title = super::i18n::without_isolates(&page.title(&self.locales, spoken.lang));
        let body = self.with_layout(P::TEMPLATE, P::NAV, person, spoken, &title, &json!(page));
        let person = person.map(|(person, _)| person);
        match body {
            Ok(body) => Html {
                status: Status::Ok,
                body,
            },
            Err(error) => {
                tracing::error!(template = P::TEMPLATE, %error, "template");
                let lang = spoken.lang;
                Html {
                    status: Status::InternalServerError,
                    body: self.error(
                        person,
                        spoken,
                        500,
                        &self.locales.text(lang, "error-internal-title", &[]),
                        &self.locales.text(lang, "error-internal-body", &[]),
                    ),
                }
            }
        }
    }

    /// The page of an error.
    pub fn error(
        &self,
        person: Option<&Person>,
        spoken: &Spoken,
        status: u16,
        title: &str,
        body: &str,
    ) -> String {
        let page = json!({
            "status": status,
            "heading": title,
            "text": body,
            "details": [],
            "action": null,
            "reference": null,
        });
        let plain_title = super::i18n::without_isolates(title);
        let person = person.map(|person| (person, 0));
        self.with_layout("web/error", "", person, spoken, &plain_title, &page)
            .unwrap_or_else(|error| {
                tracing::error!(%error, "error page");
                plain_title
            })
    }

    /// Renders a template that is no page of the site (mail bodies), with `lang` and `dir`.
    pub fn fragment(
        &self,
        template: &str,
        lang: Lang,
        data: &Value,
    ) -> Result<String, RenderError> {
        self.templates.render(
            template,
            &json!({ "lang": lang.code(), "dir": lang.dir(), "public_url": self.public_url, "page": data }),
        )
    }

    fn with_layout(
        &self,
        template: &str,
        nav: &str,
        person: Option<(&Person, i64)>,
        spoken: &Spoken,
        title: &str,
        page: &Value,
    ) -> Result<String, RenderError> {
        let lang = spoken.lang;
        let unread = person.map_or(0, |(_, unread)| unread);
        let person = person.map(|(person, _)| person);
        let (path, query) = spoken
            .path
            .split_once('?')
            .unwrap_or((spoken.path.as_str(), ""));
        let languages: Vec<Value> = Lang::ALL
            .into_iter()
            .map(|other| {
                json!({
                    "code": other.code(),
                    "name": other.own_name(),
                    "dir": other.dir(),
                    "href": format!("/{}{}", other.code(), spoken.path),
                    "current": other == lang,
                })
            })
            .collect();
        let flash = url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "done")
            .and_then(|(_, code)| {
                let text = self.locales.find(lang, &format!("flash-{code}"), &[])?;
                Some(json!({ "kind": "good", "text": text }))
            })
            .unwrap_or(Value::Null);
        self.templates.render(
            template,
            &json!({
                "lang": lang.code(),
                "dir": lang.dir(),
                "title": title,
                "path": path,
                "languages": languages,
                "person": person.map(Person::for_layout),
                "unread": unread,
                "unread_short": if unread > 99 { "99+".to_owned() } else { unread.to_string() },
                "nav": navigation(&self.locales, lang, nav, person),
                "flash": flash,
                "public_url": self.public_url,
                "page": page,
            }),
        )
    }
}

fn navigation(locales: &Locales, lang: Lang, current: &str, person: Option<&Person>) -> Value {
    let mut entries = vec![
        ("home", "/"),
        ("modules", "/modules"),
        ("spaces", "/spaces"),
        ("seminars", "/seminars"),
        ("organisations", "/directory"),
    ];
    if person.is_some_and(|p| p.roles.is_staff()) {
        entries.push(("admin", "/admin"));
    }
    entries
        .into_iter()
        .map(|(key, href)| {
            json!({
                "key": key,
                "href": format!("/{}{href}", lang.code()),
                "label": locales.text(lang, &format!("web-nav-{key}"), &[]),
                "current": key == current,
            })
        })
        .collect()
}

/// Thousands apart, decimals as the language writes them; at most two decimals.
fn group_digits(lang: Lang, value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let text = format!("{}", rounded.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let (thousands, point) = match lang {
        Lang::Fr => ('\u{202f}', ','),
        Lang::Ar => ('.', ','),
        Lang::En => (',', '.'),
    };
    let mut out = String::new();
    if rounded < 0.0 {
        out.push('\u{2212}');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(point);
        out.push_str(decimals);
    }
    out
}

fn lang_of(context: &Context) -> Lang {
    context
        .data()
        .get("lang")
        .and_then(Value::as_str)
        .and_then(Lang::from_code)
        .unwrap_or_default()
}

fn param<'a>(helper: &'a Helper<'_>) -> Result<&'a Value, RenderError> {
    helper
        .param(0)
        .map(|p| p.value())
        .ok_or_else(|| RenderErrorReason::ParamNotFoundForIndex("helper", 0).into())
}

/// `{{t "key" name=value}}`: the message, escaped like any value. `{{plain …}}`: without
/// isolation marks, for attributes and titles.
struct Translate(Arc<Locales>, bool);

impl HelperDef for Translate {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        // `{{t "prefix-" value}}` names one of a family of messages.
        let key: String = helper
            .params()
            .iter()
            .map(|p| match p.value() {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
            .collect();
        let args: Vec<(&str, Value)> = helper
            .hash()
            .iter()
            .map(|(name, value)| (*name, value.value().clone()))
            .collect();
        let lang = lang_of(context);
        let text = if self.1 {
            self.0.plain(lang, &key, &args)
        } else {
            self.0.text(lang, &key, &args)
        };
        Ok(ScopedJson::Derived(Value::String(text)))
    }
}

struct TextHelper<F>(F);

fn text_helper<F: Fn(Lang, &str) -> String + Send + Sync>(f: F) -> TextHelper<F> {
    TextHelper(f)
}

impl<F: Fn(Lang, &str) -> String + Send + Sync> HelperDef for TextHelper<F> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let text: String = helper
            .params()
            .iter()
            .map(|p| match p.value() {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
            .collect();
        Ok(ScopedJson::Derived(Value::String((self.0)(
            lang_of(context),
            &text,
        ))))
    }
}

struct NumberHelper<F>(F);

fn number_helper<F: Fn(Lang, f64) -> String + Send + Sync>(f: F) -> NumberHelper<F> {
    NumberHelper(f)
}

impl<F: Fn(Lang, f64) -> String + Send + Sync> HelperDef for NumberHelper<F> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let text = param(helper)?
            .as_f64()
            .map_or_else(String::new, |x| (self.0)(lang_of(context), x));
        Ok(ScopedJson::Derived(Value::String(text)))
    }
}

/// `{{date micros}}`, `{{datetime micros}}`, `{{time micros}}` in the platform's zone.
struct When(Arc<Locales>, chrono_tz::Tz, &'static str);

impl HelperDef for When {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let Some(micros) = param(helper)?.as_i64() else {
            return Ok(ScopedJson::Derived(Value::String(String::new())));
        };
        let at = Timestamp::from_micros(micros);
        let said = when(&self.0, self.1, lang_of(context), at, self.2);
        Ok(ScopedJson::Derived(Value::String(said)))
    }
}

/// A moment in a language's words; `format` is one of `web-format-…`.
fn when(locales: &Locales, zone: chrono_tz::Tz, lang: Lang, at: Timestamp, format: &str) -> String {
    use chrono::{Datelike, Timelike};
    let local = at.utc().with_timezone(&zone);
    let month = locales.plain(lang, &format!("web-month-{}", local.month()), &[]);
    let weekday = local.weekday().number_from_monday();
    let weekday = locales.plain(lang, &format!("web-weekday-{weekday}"), &[]);
    // Texts, not numbers: a year is not grouped.
    let args = [
        ("weekday", json!(weekday)),
        ("day", json!(local.day().to_string())),
        ("month", json!(month)),
        ("year", json!(local.year().to_string())),
        (
            "time",
            json!(format!("{:02}:{:02}", local.hour(), local.minute())),
        ),
    ];
    locales.plain(lang, &format!("web-format-{format}"), &args)
}

/// `{{duration seconds}}`: "1 h 05 min", "12 min", "40 s" in the language's words.
struct Duration(Arc<Locales>);

impl HelperDef for Duration {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let seconds = param(helper)?.as_f64().unwrap_or(0.0).round() as i64;
        let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
        let args = [
            ("hours", json!(hours.to_string())),
            ("minutes", json!(minutes.to_string())),
            ("seconds", json!(seconds.to_string())),
        ];
        let key = match (hours, minutes) {
            (0, 0) => "web-format-seconds",
            (0, _) => "web-format-minutes",
            _ => "web-format-hours",
        };
        Ok(ScopedJson::Derived(Value::String(self.0.plain(
            lang_of(context),
            key,
            &args,
        ))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_as_each_language_does() {
        assert_eq!(group_digits(Lang::Fr, 12345.5), "12\u{202f}345,5");
        assert_eq!(group_digits(Lang::En, -1234.0), "\u{2212}1,234");
        assert_eq!(group_digits(Lang::Ar, 999.0), "999");
    }
}
