//! The workers: they take what is due, one row at a time, as long as the server runs.

use std::sync::Mutex;
use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Orbit, Rocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{
    CLAIM_SECONDS, FIRST_PAUSE_SECONDS, Handler, Job, JobError, LONGEST_PAUSE_SECONDS, store,
};
use crate::App;
use crate::db::DbError;

/// Kinds that have a worker of their own: what hangs on somebody else's server, or is much, shall
/// not hold up the rest, password resets least of all.
const APART: [&[&str]; 5] = [
    &["mail", "reset"],
    &["notice", "letter"],
    &["feed-fetch"],
    &["lti-grade"],
    &["scorm-statements"],
];
/// How long a worker sleeps at most: rows of other nodes and retries do not wake it.
const POLL: Duration = Duration::from_secs(5);
/// How often things that have run out are removed.
const SWEEP: Duration = Duration::from_secs(3600);

/// Carries out everything that is due now; gives how many rows were tried.
pub async fn run_due(app: &App, handlers: &[Handler]) -> Result<usize, DbError> {
    let mut tried = 0;
    while run_one(app, handlers).await? {
        tried += 1;
    }
    Ok(tried)
}

async fn run_one(app: &App, handlers: &[Handler]) -> Result<bool, DbError> {
    let now = app.clock.now();
    let kinds = ready(app, handlers);
    let claimed: Option<store::ClaimedRow> = app
        .db
        .write((now, kinds), |tx, (now, kinds)| {
            Box::pin(async move {
                store::CLAIM
                    .bind(*now)
                    .bind(kinds.clone())
                    .bind(now.plus_seconds(CLAIM_SECONDS))
                    .optional(&mut *tx)
                    .await
            })
        })
        .await?;
    let Some(row) = claimed else {
        return Ok(false);
    };
    let Some(handler) = handlers.iter().find(|handler| handler.kind == row.kind) else {
        return Ok(false);
    };
    let job = Job {
        id: row.id,
        payload: row.payload,
    };
    let limit = Duration::from_secs(CLAIM_SECONDS as u64 - 20);
    let result = match tokio::time::timeout(limit, (handler.run)(app, job)).await {
        Ok(result) => result,
        Err(_) => Err(JobError::Later("took too long".into())),
    };
    let now = app.clock.now();
    let note = match result {
        Ok(left) => store::DONE.bind(row.id).bind(now).bind(left),
        Err(JobError::Later(reason)) if row.attempts < super::tries(&row.kind) => {
            tracing::warn!(kind = row.kind, reason, "outbox: again later");
            let again = now.plus_seconds(pause(row.attempts, app.ids.seed()));
            store::RETRY.bind(row.id).bind(again).bind(capped(reason))
        }
        Err(error) => {
            tracing::error!(kind = row.kind, %error, "outbox: given up");
            store::DEAD
                .bind(row.id)
                .bind(now)
                .bind(capped(error.to_string()))
        }
    };
    app.db
        .write(note, |tx, note| {
            Box::pin(async move { note.clone().run(&mut *tx).await.map(drop) })
        })
        .await?;
    Ok(true)
}

/// Seconds to wait after so many tries: twice as long each time, up to a third more by chance, so
/// that a thousand mails do not come back together.
fn pause(attempts: i64, random: u64) -> i64 {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(20);
    let base = (FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS);
    base + (random % (base as u64 / 3 + 1)) as i64
}

fn capped(text: String) -> String {
    text.chars().take(500).collect()
}

/// Starts the workers with the server and lets them finish their row when it stops.
pub struct Workers {
    handlers: Vec<Handler>,
    stop: watch::Sender<bool>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Workers {
    /// With the handlers of all features.
    pub fn new(handlers: Vec<Handler>) -> Self {
        Workers {
            handlers,
            stop: watch::Sender::new(false),
            tasks: Mutex::default(),
        }
    }
}

#[rocket::async_trait]
impl Fairing for Workers {
    fn info(&self) -> Info {
        Info {
            name: "outbox workers",
            kind: Kind::Liftoff | Kind::Shutdown,
        }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        let Some(app) = rocket.state::<App>() else {
            return;
        };
        let Ok(mut tasks) = self.tasks.lock() else {
            return;
        };
        for handlers in lanes(&self.handlers) {
            let stop = self.stop.subscribe();
            tasks.push(tokio::spawn(work(app.clone(), handlers, stop)));
        }
        tasks.push(tokio::spawn(sweep(app.clone(), self.stop.subscribe())));
        tasks.push(tokio::spawn(count(app.clone(), self.stop.subscribe())));
        let stop = self.stop.subscribe();
        tasks.push(tokio::spawn(crate::search::work(app.clone(), stop)));
        let stop = self.stop.subscribe();
        tasks.push(tokio::spawn(crate::inbox::work(app.clone(), stop)));
    }

    async fn on_shutdown(&self, _: &Rocket<Orbit>) {
        self.stop.send_replace(true);
        let tasks = match self.tasks.lock() {
            Ok(mut tasks) => std::mem::take(&mut *tasks),
            Err(_) => return,
        };
        for task in tasks {
            // What a worker did not finish in time is claimable again by another node.
            let _ = tokio::time::timeout(Duration::from_secs(10), task).await;
        }
    }
}

/// The handlers of each worker: those of [`APART`], and one for all the others.
fn lanes(handlers: &[Handler]) -> Vec<Vec<Handler>> {
    let lane = |kinds: &[&str]| -> Vec<Handler> {
        let of = |handler: &&Handler| kinds.contains(&handler.kind);
        handlers.iter().filter(of).copied().collect()
    };
    let known = APART.concat();
    let rest: Vec<&str> = handlers
        .iter()
        .map(|handler| handler.kind)
        .filter(|kind| !known.contains(kind))
        .collect();
    APART
        .iter()
        .copied()
        .chain([rest.as_slice()])
        .map(lane)
        .collect()
}

async fn work(app: App, handlers: Vec<Handler>, mut stop: watch::Receiver<bool>) {
    let mut outbox = app.db.outbox();
    while !*stop.borrow() {
        // Marked before the look: what comes during it is looked for again.
        outbox.borrow_and_update();
        let pause = match due_in(&app, &handlers).await {
            Ok(Some(Duration::ZERO)) => match run_one(&app, &handlers).await {
                Ok(true) => continue,
                Ok(false) => POLL,
                Err(error) => {
                    tracing::warn!(%error, "outbox");
                    POLL
                }
            },
            Ok(due) => due.unwrap_or(POLL).min(POLL),
            Err(error) => {
                tracing::warn!(%error, "outbox");
                POLL
            }
        };
        tokio::select! {
            _ = outbox.changed() => {}
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => break,
        }
    }
}

/// How long until the next row of these kinds is due; nothing: none waits. A look, not a write:
/// most wakings are for another worker.
async fn due_in(app: &App, handlers: &[Handler]) -> Result<Option<Duration>, DbError> {
    let now = app.clock.now();
    let next: store::NextRow = store::NEXT
        .bind(now)
        .bind(ready(app, handlers))
        .one(&app.db)
        .await?;
    Ok(next.n.map(|due| {
        let wait = u64::try_from(due - now.micros()).unwrap_or(0);
        Duration::from_micros(wait)
    }))
}

/// The kinds that can be carried out now.
fn ready(app: &App, handlers: &[Handler]) -> Vec<String> {
    handlers
        .iter()
        .filter(|handler| (handler.ready)(app))
        .map(|handler| handler.kind.to_owned())
        .collect()
}

/// Keeps the figures of the programme up to date.
async fn count(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = crate::follow_up::figures::refresh(&app).await {
            tracing::warn!(%error, "figures");
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = stop.changed() => break,
        }
    }
}

async fn sweep(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = sweep_once(&app).await {
            tracing::warn!(%error, "sweep");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stop.changed() => break,
        }
    }
}

async fn sweep_once(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    crate::accounts::sweep(app).await?;
    crate::lti::sweep(app).await?;
    crate::dispatch::sweep(app).await?;
    crate::identities::sweep(app).await?;
    crate::notifications::sweep(app).await?;
    crate::inbox::sweep(app).await?;
    crate::seminars::settle_all(app).await?;
    crate::seminars::programme::remind(app).await?;
    crate::seminars::commitments::remind(app).await?;
    app.db
        .write(now.plus_days(-30), |tx, before| {
            Box::pin(async move { store::SWEEP.bind(*before).run(&mut *tx).await.map(drop) })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_bound_and_are_spread() {
        assert_eq!(pause(1, 0), 15);
        assert_eq!(pause(2, 0), 30);
        assert_eq!(pause(12, 0), LONGEST_PAUSE_SECONDS);
        for random in 0..100 {
            assert!((60..=80).contains(&pause(3, random)));
        }
    }
}
