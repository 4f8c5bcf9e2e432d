//! Halqa (حلقة), the learning circle: a community of practice for civil-society organisations.
//!
//! Data flows one way: HTTP → feature → domain → store. `ARCHITECTURE.md` has the map and the
//! invariants; [`App`] is what every part of a running platform shares, [`rocket`] the web server
//! over it.

pub mod accompaniment;
pub mod accounts;
pub mod admin;
pub mod cache;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod directory;
pub mod dispatch;
pub mod documents;
pub mod folding;
pub mod follow_up;
pub mod following;
pub mod formats;
pub mod health;
pub mod home;
pub mod identities;
pub mod ids;
pub mod jobs;
pub mod lrs;
pub mod lti;
pub mod notifications;
pub mod organisations;
pub mod outbound;
pub mod player;
pub mod progress;
pub mod reports;
pub mod rights;
mod sealed;
pub mod search;
pub mod seminars;
pub mod spaces;
pub mod watch;
pub mod web;

use std::sync::Arc;

use rocket::{Build, Rocket, Route};

use clock::{Clock, SystemClock};
use config::Config;
use db::Db;
use ids::{Entropy, Ids, SystemEntropy};
use outbound::http::Http;
use outbound::mail::Mailer;
use outbound::storage::Storage;
use web::log::Counters;
use web::render::Pages;

/// What every part of a running platform shares. Cheap to clone; holds nothing in memory that
/// another node would miss.
#[derive(Clone)]
pub struct App {
    /// The configuration.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Makes ids and secrets.
    pub ids: Ids,
    /// Packages and other objects.
    pub storage: Storage,
    /// Templates and locales.
    pub pages: Arc<Pages>,
    /// Keys that signed values with ([`App::sign`]).
    pub secret: Arc<[u8]>,
    /// Computes password hashes, a few at once.
    pub passwords: accounts::password::Passwords,
    /// Sends mail, where SMTP is configured.
    pub mailer: Mailer,
    /// Calls other servers.
    pub http: Http,
    /// Counters since the start.
    pub counters: Arc<Counters>,
    /// What this node remembers of immutable packages and courses.
    pub catalogue: Arc<catalogue::Memory>,
    /// What this node remembers of attempts under way, and its way to the journal.
    pub player: Arc<player::Memory>,
    /// This node's way into the record store.
    pub lrs: Arc<lrs::Memory>,
}

/// Why the platform cannot start; for operators, on a terminal.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

impl App {
    /// Opens everything the configuration names, with the machine's time and randomness.
    pub async fn open(config: Config) -> Result<App, StartError> {
        Self::open_with(config, Arc::new(SystemClock), Arc::new(SystemEntropy)).await
    }

    /// As [`App::open`], with time and randomness given: for tests.
    pub async fn open_with(
        config: Config,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<App, StartError> {
        config.prepare_folders()?;
        progress::observe(&[lti::progressed]);
        let ids = Ids::new(clock.clone(), entropy);
        let secret = secret_key(&config, &ids)?;
        let db = Db::open(&config.database_url).await?;
        let storage = Storage::open(&config.storage_url, &config.s3)?;
        let pages = Pages::load(&config.public_url, config.time_zone)?;
        let mailer = Mailer::open(&config)?;
        let http = Http::open(&config)?;
        let passwords = accounts::password::Passwords::new(config.passwords, ids.clone());
        let player = player::Memory::start(&db);
        let app = App {
            config: Arc::new(config),
            db,
            clock,
            ids,
            storage,
            pages: Arc::new(pages),
            secret: secret.into(),
            passwords,
            mailer,
            http,
            counters: Arc::default(),
            lrs: Arc::default(),
            catalogue: Arc::default(),
            player: Arc::new(player),
        };
        accounts::fold_names(&app).await?;
        organisations::fold_names(&app).await?;
        Ok(app)
    }

    /// A keyed digest (HMAC-SHA-256, hex) of a text for one purpose: for signed links and cursors.
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        use aws_lc_rs::hmac;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.secret);
        let mut context = hmac::Context::with_key(&key);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(text.as_bytes());
        ids::hex(context.sign().as_ref())
    }

    /// True when `signature` is what [`App::sign`] gives; in constant time.
    pub fn is_signed(&self, purpose: &str, text: &str, signature: &str) -> bool {
        let expected = self.sign(purpose, text);
        aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_bytes(), signature.as_bytes())
            .is_ok()
    }
}

/// The configured key, or one made at the first start and kept in the data folder.
fn secret_key(config: &Config, ids: &Ids) -> Result<Vec<u8>, StartError> {
    if let Some(key) = &config.secret_key {
        return Ok(key.as_bytes().to_vec());
    }
    let path = config.data.join("secret.key");
    match std::fs::read(&path) {
        Ok(key) if key.len() >= 32 => Ok(key),
        _ => {
            let key = ids.secret();
            std::fs::write(&path, key.reveal())?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
            }
            Ok(key.reveal().as_bytes().to_vec())
        }
    }
}

/// Every route of every feature: the one place that knows them all.
pub fn routes() -> Vec<Route> {
    [
        rocket::routes![web::assets::file, web::assets::favicon],
        web::refused::routes(),
        health::routes(),
        home::routes(),
        spaces::routes(),
        documents::routes(),
        watch::routes(),
        following::routes(),
        notifications::routes(),
        accounts::routes(),
        organisations::routes(),
        directory::routes(),
        admin::routes(),
        catalogue::routes(),
        player::routes(),
        progress::api::routes(),
        seminars::routes(),
        accompaniment::routes(),
        follow_up::routes(),
        reports::routes(),
        lrs::routes(),
        lti::routes(),
        dispatch::routes(),
        identities::routes(),
        rights::routes(),
        search::routes(),
    ]
    .concat()
}

/// What the workers do with each kind of row in the outbox.
pub fn handlers() -> Vec<jobs::Handler> {
    vec![
        outbound::mail::HANDLER,
        notifications::HANDLER,
        notifications::LETTERS,
        accounts::RESET_HANDLER,
        catalogue::OBJECTS_HANDLER,
        player::POLICY_HANDLER,
        player::ROWS_HANDLER,
        lrs::deeds::HANDLER,
        lti::GRADES,
        player::statements::HANDLER,
        player::units::HANDLER,
        lrs::FORWARD_HANDLER,
        rights::HANDLER,
    ]
}

/// The web server over an application.
pub fn rocket(app: App) -> Rocket<Build> {
    let config = app.config.clone();
    let figment = rocket::Config::figment()
        .merge(("address", config.address))
        .merge(("port", config.port))
        .merge(("log_level", "off"))
        .merge(("cli_colors", false))
        .merge(("ident", "Halqa"))
        .merge(("keep_alive", 15))
        .merge(("temp_dir", config.temp_dir()))
        .merge(("limits.form", "512KiB"))
        .merge(("limits.file", config.packages.max_bytes))
        .merge((
            "limits.data-form",
            config.packages.max_bytes.saturating_add(64 << 10),
        ))
        .merge(("shutdown.grace", 20))
        .merge(("shutdown.mercy", 5));
    let figment = match &config.client_ip_header {
        Some(header) => figment.merge(("ip_header", header)),
        None => figment.merge(("ip_header", false)),
    };
    rocket::custom(figment)
        // Frames are ruled by the content security policy: packages live on another origin.
        .attach(rocket::shield::Shield::new())
        .attach(web::log::RequestLog)
        .attach(web::host::Hosts::new(
            &config.public_url,
            &config.content_url,
        ))
        .attach(web::language::LanguagePrefix)
        .attach(web::address::NoNul)
        .attach(web::protect::SameOrigin {
            public_url: config.public_url.clone(),
        })
        .attach(web::headers::SecurityHeaders::new(
            &config.content_url,
            config.is_https(),
        ))
        .attach(web::compress::Compress)
        .mount("/", routes())
        .register("/", rocket::catchers![web::problem::catcher])
        .manage(app)
}
