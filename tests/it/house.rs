//! The invariants of the house (`ARCHITECTURE.md`): directions of import, sizes, registered
//! queries and messages. Text tests on purpose: they hold for code that does not compile yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(at) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&at) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("target") && !path.ends_with("node_modules") {
                    waiting.push(path);
                }
            } else if endings.iter().any(|e| path.to_string_lossy().ends_with(e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file of ours")
}

fn name(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The code without its unit tests.
fn code(path: &Path) -> String {
    let text = read(path);
    text.split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_source_file_begins_with_what_it_is_for() {
    none(
        files("src", &[".rs"])
            .into_iter()
            .chain(files("crates", &[".rs"]))
            .chain(files("tests", &[".rs"]))
            .filter(|path| !read(path).starts_with("//!"))
            .map(|path| name(&path))
            .collect(),
    );
}

/// About 500 lines; the exceptions are tables, where one place is worth more than a short file.
#[test]
fn files_stay_short() {
    const LIMIT: usize = 600;
    // One table each: the data model's elements, the hostile archives.
    const TABLES: [&str; 2] = [
        "crates/scorm/src/datamodel/scorm2004.rs",
        "crates/package/src/testkit/archives.rs",
    ];
    none(
        files("src", &[".rs"])
            .into_iter()
            .chain(files("crates", &[".rs"]))
            .chain(files("static", &[".js"]))
            .chain(files("templates", &[".hbs"]))
            .map(|path| (read(&path).lines().count(), path))
            .filter(|(lines, path)| *lines > LIMIT && !TABLES.contains(&name(path).as_str()))
            .map(|(lines, path)| format!("{}: {lines} lines", name(&path)))
            .collect(),
    );
}

/// Pure crates know no runtime, database, web, clock or randomness: their manifests cannot reach
/// any.
#[test]
fn protocol_crates_are_pure() {
    let impure = [
        "tokio",
        "rocket",
        "sqlx",
        "reqwest",
        "rand",
        "chrono",
        "async",
        "futures",
        "getrandom",
    ];
    let mut wrong = Vec::new();
    for path in files("crates", &["Cargo.toml"]) {
        let manifest: toml::Table = read(&path).parse().expect("a manifest");
        let dependencies = manifest.get("dependencies").and_then(|d| d.as_table());
        for dependency in dependencies.into_iter().flatten().map(|(name, _)| name) {
            if impure.iter().any(|i| dependency.starts_with(i)) {
                wrong.push(format!("{}: {dependency}", name(&path)));
            }
            if dependency == "domain" {
                wrong.push(format!(
                    "{}: a protocol crate imports our own rules",
                    name(&path)
                ));
            }
        }
    }
    none(wrong);
}

#[test]
fn sql_lives_in_store_files_only() {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let file = name(&path);
        if file.ends_with("/store.rs") || file.contains("/store/") || file.starts_with("src/db/") {
            continue;
        }
        let text = code(&path).to_lowercase();
        for word in [
            "\"select ",
            "\"insert into",
            "\"update ",
            "\"delete from",
            "queries!",
        ] {
            if text.contains(word) {
                wrong.push(format!("{file}: {word}"));
            }
        }
    }
    none(wrong);
}

/// `progress` knows nobody above it; nothing imports another feature's pages, api or store; the
/// shared web folder knows accounts only.
#[test]
fn imports_run_one_way() {
    let features: Vec<String> = std::fs::read_dir(root().join("src"))
        .expect("src")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let ground = ["db", "web", "outbound", "cli"];
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let file = name(&path);
        let Some(feature) = file
            .strip_prefix("src/")
            .and_then(|f| f.split_once('/'))
            .map(|f| f.0)
        else {
            continue;
        };
        let text = code(&path);
        for other in features.iter().filter(|other| *other != feature) {
            for inside in ["pages", "api", "store"] {
                if text.contains(&format!("crate::{other}::{inside}::")) {
                    wrong.push(format!("{file} reaches into {other}/{inside}"));
                }
            }
            let uses = text.contains(&format!("crate::{other}::"));
            let is_feature = !ground.contains(&other.as_str());
            if uses && is_feature && feature == "web" && other != "accounts" {
                wrong.push(format!("{file}: web knows {other}"));
            }
            if uses && is_feature && feature == "db" && !file.ends_with("registry.rs") {
                wrong.push(format!("{file}: db knows {other}"));
            }
            if uses
                && feature == "progress"
                && ["player", "lrs", "cmi5", "lti", "seminars", "spaces"].contains(&other.as_str())
            {
                wrong.push(format!("{file}: progress knows {other}"));
            }
        }
    }
    none(wrong);
}

#[test]
fn every_feature_registers_its_queries() {
    let registry = read(&root().join("src/db/registry.rs"));
    none(
        files("src", &["store.rs"])
            .into_iter()
            .filter(|path| read(path).contains("queries!"))
            .filter_map(|path| {
                let feature = name(&path).split('/').nth(1)?.to_owned();
                (!registry.contains(&format!("crate::{feature}::"))).then_some(feature)
            })
            .collect(),
    );
}

/// The keys of one locale: message → whether anything was found wrong with it.
fn messages(lang: &str) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for path in files(&format!("locales/{lang}"), &[".ftl"]) {
        for line in read(&path).lines() {
            if let Some((key, _)) = line.split_once('=')
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                let key = key.trim().to_owned();
                assert!(
                    keys.insert(key.clone(), name(&path)).is_none(),
                    "{lang}: {key} is defined twice"
                );
            }
        }
    }
    keys
}

#[test]
fn every_message_exists_in_all_languages() {
    let fr: BTreeSet<String> = messages("fr").into_keys().collect();
    let mut wrong = Vec::new();
    for lang in ["ar", "en"] {
        let other: BTreeSet<String> = messages(lang).into_keys().collect();
        wrong.extend(
            fr.difference(&other)
                .map(|key| format!("{lang} lacks {key}")),
        );
        wrong.extend(
            other
                .difference(&fr)
                .map(|key| format!("fr lacks {key} of {lang}")),
        );
    }
    none(wrong);
}

/// What templates and code ask for: whole keys, and families such as `(t "web-nav-" key)` or
/// `format!("error-{}-title")`.
fn asked() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut whole = BTreeSet::new();
    let mut families = BTreeSet::new();
    let is_key = |text: &str| {
        text.contains('-')
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let sources = files("templates", &[".hbs"])
        .into_iter()
        .chain(files("src", &[".rs"]))
        .chain(files("static", &[".js"]));
    for path in sources {
        for quoted in read(&path).split(['"', '`', '\'']) {
            let head = quoted.split(['{', '$']).next().unwrap_or_default();
            if head.len() < quoted.len() && head.ends_with('-') && is_key(head) {
                families.insert(head.to_owned());
            } else if is_key(quoted) {
                if quoted.ends_with('-') {
                    families.insert(quoted.to_owned());
                } else {
                    whole.insert(quoted.to_owned());
                }
            }
        }
    }
    // Codes of refusals, findings and forms are named in the code and worded in the locales.
    families.extend(["error-", "flash-", "form-"].map(str::to_owned));
    (whole, families)
}

#[test]
fn no_message_is_unused() {
    let (whole, families) = asked();
    none(
        messages("fr")
            .into_iter()
            .filter(|(key, _)| !whole.contains(key))
            .filter(|(key, _)| !families.iter().any(|family| key.starts_with(family)))
            .map(|(key, file)| format!("{file}: {key}"))
            .collect(),
    );
}

#[test]
fn every_message_that_a_template_asks_for_exists() {
    let known = messages("fr");
    let mut wrong = Vec::new();
    for path in files("templates", &[".hbs"]) {
        let text = read(&path);
        for opening in ["{{t \"", "(t \"", "{{plain \"", "(plain \""] {
            for rest in text.split(opening).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                if !key.ends_with('-') && !known.contains_key(key) {
                    wrong.push(format!("{}: {key}", name(&path)));
                }
            }
        }
    }
    none(wrong);
}

/// Every refusal's code has its words.
#[test]
fn every_refusal_can_be_said() {
    let known = messages("fr");
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let text = code(&path);
        for opening in ["bad_request(", "conflict(", "unprocessable("] {
            for rest in text.split(&format!("Refusal::{opening}")).skip(1) {
                let argument = rest.split(')').next().unwrap_or_default();
                let Some(key) = argument.split('"').nth(1) else {
                    continue;
                };
                for part in ["title", "body"] {
                    if !known.contains_key(&format!("error-{key}-{part}")) {
                        wrong.push(format!("{}: error-{key}-{part}", name(&path)));
                    }
                }
            }
        }
    }
    none(wrong);
}

/// W11: raw HTML enters a page in reviewed places only.
#[test]
fn templates_print_raw_html_in_reviewed_places_only() {
    // Sanitised Markdown.
    let reviewed = [
        "templates/spaces/",
        "templates/documents/",
        "templates/partials/",
    ];
    none(
        files("templates", &[".hbs"])
            .into_iter()
            .filter(|path| read(path).contains("{{{") || read(path).contains("{{&"))
            .map(|path| name(&path))
            .filter(|file| !reviewed.iter().any(|folder| file.starts_with(folder)))
            .collect(),
    );
}

/// The content security policy allows neither inline scripts nor inline styles.
#[test]
fn templates_hold_no_inline_script_or_style() {
    let mut wrong = Vec::new();
    for path in files("templates", &[".hbs"]) {
        let text = read(&path);
        for word in [
            " style=",
            " onclick=",
            " onload=",
            " onsubmit=",
            "<style",
            "<script>",
        ] {
            if text.contains(word) {
                wrong.push(format!("{}: {word}", name(&path)));
            }
        }
    }
    none(wrong);
}

/// Right-to-left is not an afterthought: logical properties only.
#[test]
fn styles_use_logical_properties_only() {
    let physical = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
        " left:",
        " right:",
    ];
    let mut wrong = Vec::new();
    for path in files("static/css", &[".css"]) {
        for (number, line) in read(&path).lines().enumerate() {
            if physical.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{}:{}: {}", name(&path), number + 1, line.trim()));
            }
        }
    }
    none(wrong);
}
