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
pub mod inbox;
pub mod jobs;
pub mod lettering;
pub mod lrs;
pub mod lti;
pub mod notifications;
pub mod organisations;
pub mod outbound;
pub mod player;
pub mod progress;
pub mod reports;
pub mod rights;
pub mod rooms;
mod sealed;
pub mod search;
pub mod seminars;
pub mod shared;
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
use shared::Shared;
use web::log::Counters;
use web::render::Pages;

/// What every part of a running platform shares: its [`Parts`]. Cheap to clone; holds nothing in
/// memory that another node would miss.
#[derive(Clone)]
pub struct App(Shared<Parts>);

impl From<Parts> for App {
    fn from(parts: Parts) -> App {
        App(Shared::new(parts))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The parts of a running platform.
#[derive(Clone)]
pub struct Parts {
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
    /// What this node remembers of pictures made of public pages.
    pub pictures: Arc<directory::Pictures>,
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
        let app = App::from(Parts {
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
            pictures: Arc::default(),
            player: Arc::new(player),
        });
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

/// The configured key, or one made at the first start and kept in the data folder. Only where there
/// is none is one made: what is sealed with a key is lost with it, so a file that cannot be read, or
/// is too short, stops the start.
fn secret_key(config: &Config, ids: &Ids) -> Result<Vec<u8>, StartError> {
    if let Some(key) = &config.secret_key {
        return Ok(key.as_bytes().to_vec());
    }
    let path = config.data.join("secret.key");
    if let Some(key) = read_key(&path)? {
        return Ok(key);
    }
    let key = ids.secret();
    match make_key(&path, key.reveal().as_bytes()) {
        Ok(()) => Ok(key.reveal().as_bytes().to_vec()),
        // Another process made one at the same moment.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            read_key(&path)?.ok_or_else(|| format!("{}: gone again", path.display()).into())
        }
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}

/// `None` where there is no file.
fn read_key(path: &std::path::Path) -> Result<Option<Vec<u8>>, StartError> {
    match std::fs::read(path) {
        Ok(key) if key.len() >= 32 => Ok(Some(key)),
        Ok(_) => Err(format!(
            "{}: too short to be the platform's key; put back the right one",
            path.display()
        )
        .into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}

/// Written whole beside its place and then linked there: nobody sees half a key, and whoever comes
/// second finds that there is one.
fn make_key(path: &std::path::Path, key: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let thread = format!("{:?}", std::thread::current().id());
    let number: String = thread.chars().filter(char::is_ascii_digit).collect();
    let beside = path.with_extension(format!("{}-{number}.new", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&beside)?;
    file.write_all(key)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&beside, path);
    std::fs::remove_file(&beside)?;
    linked?;
    if let Some(folder) = path.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Every route of every feature: the one place that knows them all.
pub fn routes() -> Vec<Route> {
    [
        rocket::routes![web::assets::file, web::assets::favicon],
        web::refused::routes(),
        health::routes(),
        home::routes(),
        spaces::routes(),
        rooms::routes(),
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
        watch::sources::HANDLER,
        accounts::RESET_HANDLER,
        catalogue::OBJECTS_HANDLER,
        player::POLICY_HANDLER,
        player::ROWS_HANDLER,
        lrs::deeds::HANDLER,
        lti::GRADES,
        player::statements::HANDLER,
        player::units::HANDLER,
        lrs::FORWARD_HANDLER,
        lrs::REFERENCES_HANDLER,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn config(folder: &std::path::Path) -> Config {
        let values = [("HALQA_DATA".to_owned(), folder.display().to_string())];
        Config::from_values(&values.into()).expect("a configuration")
    }

    #[test]
    fn a_key_is_made_once_and_never_over_another() {
        let folder = std::env::temp_dir().join(format!("halqa-key-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let config = config(&folder);
        let ids = Ids::new(Arc::new(SystemClock), Arc::new(SystemEntropy));
        // Two first starts at once agree.
        let made: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| secret_key(&config, &ids).expect("a key")))
                .collect();
            starts
                .into_iter()
                .map(|one| one.join().expect("no panic"))
                .collect()
        });
        assert!(made.iter().all(|key| *key == made[0]));
        let path = folder.join("secret.key");
        assert_eq!(std::fs::read(&path).expect("the file"), made[0]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path)
                .expect("the file")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        // What is no key stops the start and stays as it is; so does what cannot be read.
        std::fs::write(&path, b"short").expect("written");
        assert!(secret_key(&config, &ids).is_err());
        assert_eq!(std::fs::read(&path).expect("the file"), b"short");
        std::fs::remove_file(&path).expect("removed");
        std::fs::create_dir(&path).expect("a folder in its place");
        assert!(secret_key(&config, &ids).is_err());
        assert!(path.is_dir());
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
