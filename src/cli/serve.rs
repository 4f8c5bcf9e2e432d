//! `halqa serve`.

use std::io::IsTerminal;
use std::process::ExitCode;

use rocket::fairing::AdHoc;
use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::{App, StartError};

/// Starts logging: readable lines on a terminal, JSON otherwise.
pub(super) fn log(config: &Config) {
    // The framework tells of every fairing it starts; our own lines say what an operator needs.
    // Whoever names `rocket` in HALQA_LOG hears it all the same.
    // An address that is not there is no error of ours: the request's own line tells it.
    let quiet = format!("rocket=error,rocket::server::_=off,{}", config.log);
    let filter = EnvFilter::try_new(quiet).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        builder.init();
    } else {
        builder.json().init();
    }
}

/// Runs the platform until it is told to stop; requests under way finish and the writer drains.
pub(super) async fn run(config: Config) -> Result<ExitCode, StartError> {
    log(&config);
    let app = App::open(config).await?;
    if !crate::accounts::has_admin(&app).await? {
        tracing::warn!(
            "nobody administers this platform yet: halqa users add --role admin --email … --name …"
        );
    }
    serve(app, || ()).await
}

/// Serves an application that is open already; `ready` is called once the port is ours.
pub(super) async fn serve(
    app: App,
    ready: impl FnOnce() + Send + Sync + 'static,
) -> Result<ExitCode, StartError> {
    if let Err(refusal) = crate::catalogue::import::sweep(&app).await {
        // Not a reason to stay away: the next start tries again.
        tracing::warn!(
            code = refusal.code,
            "what killed imports left is still there"
        );
    }
    let db = app.db.clone();
    tracing::info!(url = app.config.public_url, "serving");
    // Tests serve without workers: they carry out the outbox when they mean to.
    let workers = crate::jobs::Workers::new(crate::handlers());
    let result = crate::rocket(app)
        .attach(workers)
        .attach(AdHoc::on_liftoff("Ready", |_| {
            Box::pin(async move { ready() })
        }))
        .launch()
        .await;
    db.close().await;
    result.map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}
