//! `halqa import`: packages from this machine's disk, also while the server runs.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::catalogue::{self, Imported, Options};
use crate::config::Config;
use crate::web::{Lang, Refusal};
use crate::{App, StartError};

/// The arguments.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The zip files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The axis of the new modules.
    #[arg(long, value_name = "SLUG")]
    axis: Option<String>,
    /// Publishes the modules.
    #[arg(long)]
    publish: bool,
    /// Prints one JSON list: the API's answers or problems.
    #[arg(long)]
    json: bool,
}

/// Imports each file; exit 1 if any was refused.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, StartError> {
    let app = App::open(config).await?;
    let mut results = Vec::new();
    let mut refused = false;
    for file in &args.files {
        let name = file.display().to_string();
        let bar = bar(&name, args.json);
        let hear = bar.clone();
        let result = catalogue::import_file(
            &app,
            file,
            Options {
                axis: args.axis.clone(),
                publish: args.publish,
                ..Options::default()
            },
            Some(Arc::new(move |done, all| {
                hear.set_length(all);
                hear.set_position(done);
            })),
        )
        .await;
        bar.finish_and_clear();
        refused |= result.is_err();
        if args.json {
            results.push(match result {
                Ok(imported) => serde_json::to_value(imported)?,
                Err(refusal) => problem(&app, &name, &refusal),
            });
        } else {
            print(&app, &name, &result);
        }
    }
    if args.json {
        println!("{}", Value::Array(results));
    }
    app.db.close().await;
    Ok(if refused {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn bar(name: &str, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes}");
    let bar = ProgressBar::new(0).with_message(name.to_owned());
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn print(app: &App, name: &str, result: &Result<Imported, Refusal>) {
    let locales = &app.pages.locales;
    match result {
        Ok(imported) => {
            let package = &imported.package;
            let edition = package.edition.as_deref().unwrap_or_default();
            println!("{name}: {} ({} {edition})", package.title, package.format);
            println!(
                "  {}/modules/{}",
                app.config.public_url, imported.module.slug
            );
            for finding in catalogue::sentences(locales, Lang::En, &package.diagnosis) {
                let place = finding
                    .place
                    .map(|p| format!("  [{p}]"))
                    .unwrap_or_default();
                println!("  {}: {}{place}", finding.kind, finding.text);
            }
        }
        Err(refusal) => {
            let body = format!("error-{}-body", refusal.code);
            println!("{name}: {}", locales.plain(Lang::En, &body, &refusal.args));
            println!("  {} {}", refusal.code, json!(refusal.extra));
        }
    }
}

/// The refusal as the API would answer it, naming the file.
fn problem(app: &App, name: &str, refusal: &Refusal) -> Value {
    let mut problem = refusal.problem(&app.pages.locales, Lang::En);
    problem.insert("file".into(), json!(name));
    Value::Object(problem)
}
