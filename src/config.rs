//! Configuration: environment variables, and `halqa.toml` with the same keys.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use url::Url;

use crate::outbound::inbox::Inbox;
use crate::outbound::providers::{self, Provider};
use crate::outbound::storage::{S3, Secret};

/// Everything that can be configured; see `docs/configuration.md`.
#[derive(Debug, Clone)]
pub struct Config {
    /// `HALQA_ADDRESS`: where the server listens.
    pub address: IpAddr,
    /// `HALQA_PORT`.
    pub port: u16,
    /// `HALQA_PUBLIC_URL`: the application's own address, without a trailing slash.
    pub public_url: String,
    /// `HALQA_CONTENT_URL`: where packages are served; may hold `{package}`.
    pub content_url: String,
    /// `HALQA_DATABASE_URL`: `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// `HALQA_STORAGE_URL`: `file:PATH` or `s3://bucket/prefix`.
    pub storage_url: String,
    /// `HALQA_S3_…`: how to reach the bucket of an `s3://` storage.
    pub s3: S3,
    /// `HALQA_SMTP_URL`: unset, mail stays in the outbox.
    pub smtp_url: Option<String>,
    /// `HALQA_INBOX_ADDRESS` and `HALQA_INBOX_URL`: our own mailbox, for answers to letters and for
    /// mail that comes back.
    pub inbox: Option<Inbox>,
    /// `HALQA_SECRET_KEY`: unset, one is made and kept in the data folder.
    pub secret_key: Option<String>,
    /// `HALQA_LOG`: a tracing filter.
    pub log: String,
    /// `HALQA_DATA`: the folder of the defaults above.
    pub data: PathBuf,
    /// `HALQA_TIME_ZONE`: the zone in which dates are shown and typed.
    pub time_zone: chrono_tz::Tz,
    /// `HALQA_MAIL_FROM`: the sender of mails; unset, `halqa@` the public host.
    pub mail_from: Option<String>,
    /// `HALQA_CLIENT_IP_HEADER`: the header in which a reverse proxy of ours writes the visitor's
    /// address; unset, the address is the connection's.
    pub client_ip_header: Option<String>,
    /// `HALQA_LRS_ORIGINS`: web origins, separated by commas, whose pages may speak xAPI to the
    /// record store from a browser; packages' content origins always may.
    pub lrs_origins: Vec<String>,
    /// `HALQA_OUTBOUND_ALLOW`: services of the own network (`host` or `host:port`, apart by commas;
    /// without a port, the scheme's own) that may be called although their addresses are not
    /// public: an LMS on the intranet.
    pub outbound_allow: Vec<String>,
    /// `HALQA_GOOGLE_CLIENT_ID`…: the providers people may also sign in with.
    pub sign_in: Vec<Provider>,
    /// What a password hash costs.
    pub passwords: PasswordCost,
    /// Limits on packages.
    pub packages: PackageLimits,
}

/// What computing one password hash (Argon2id, one lane) costs: `HALQA_PASSWORD_COST`, as
/// `KIBIBYTES,PASSES` (default `65536,3`), or `test` for the least there is.
#[derive(Debug, Clone, Copy)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl std::str::FromStr for PasswordCost {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "test" {
            return Ok(PasswordCost {
                memory_kib: 8,
                passes: 1,
            });
        }
        let (memory, passes) = text.split_once(',').ok_or(())?;
        let cost = PasswordCost {
            memory_kib: memory.trim().parse().map_err(drop)?,
            passes: passes.trim().parse().map_err(drop)?,
        };
        (cost.memory_kib >= 8 && cost.passes >= 1)
            .then_some(cost)
            .ok_or(())
    }
}

/// What a package may be at most.
#[derive(Debug, Clone, Copy)]
pub struct PackageLimits {
    /// `HALQA_PACKAGE_MAX_BYTES`: the zip itself (default 2 GiB).
    pub max_bytes: u64,
    /// `HALQA_PACKAGE_MAX_ENTRIES` (default 20,000).
    pub max_entries: u64,
    /// `HALQA_PACKAGE_MAX_INFLATED`: all entries inflated (default 8 GiB).
    pub max_inflated: u64,
    /// `HALQA_PACKAGE_MAX_RATIO`: inflated to compressed, of one entry above 1 MiB (default 200).
    pub max_ratio: u64,
    /// `HALQA_PACKAGE_REMOTE`: accepts activities that lie on another site (default no).
    pub remote: bool,
}

/// A configuration value that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct ConfigError {
    /// The variable.
    pub key: String,
    /// Why, in English: read by operators on a terminal.
    pub reason: String,
}

const FILE: &str = "halqa.toml";

/// Every setting there is.
pub const KEYS: [&str; 27] = [
    "HALQA_ADDRESS",
    "HALQA_PORT",
    "HALQA_PUBLIC_URL",
    "HALQA_CONTENT_URL",
    "HALQA_DATABASE_URL",
    "HALQA_STORAGE_URL",
    "HALQA_S3_ENDPOINT",
    "HALQA_S3_REGION",
    "HALQA_S3_ACCESS_KEY_ID",
    "HALQA_S3_SECRET_ACCESS_KEY",
    "HALQA_SMTP_URL",
    "HALQA_MAIL_FROM",
    "HALQA_INBOX_ADDRESS",
    "HALQA_INBOX_URL",
    "HALQA_SECRET_KEY",
    "HALQA_LOG",
    "HALQA_DATA",
    "HALQA_TIME_ZONE",
    "HALQA_CLIENT_IP_HEADER",
    "HALQA_LRS_ORIGINS",
    "HALQA_OUTBOUND_ALLOW",
    "HALQA_PASSWORD_COST",
    "HALQA_PACKAGE_MAX_BYTES",
    "HALQA_PACKAGE_MAX_ENTRIES",
    "HALQA_PACKAGE_MAX_INFLATED",
    "HALQA_PACKAGE_MAX_RATIO",
    "HALQA_PACKAGE_REMOTE",
];

impl Config {
    /// Reads `halqa.toml` in the working folder, if any, and the environment, which wins.
    pub fn load() -> Result<Config, ConfigError> {
        let mut values = match std::fs::read_to_string(FILE) {
            Ok(text) => Self::file_values(&text)?,
            Err(_) => BTreeMap::new(),
        };
        values.extend(std::env::vars().filter(|(key, _)| key.starts_with("HALQA_")));
        Self::from_values(&values)
    }

    fn file_values(text: &str) -> Result<BTreeMap<String, String>, ConfigError> {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| ConfigError {
            key: FILE.into(),
            reason: e.message().to_owned(),
        })?;
        Ok(table
            .into_iter()
            .map(|(key, value)| {
                let value = match value {
                    toml::Value::String(text) => text,
                    other => other.to_string(),
                };
                (key.to_uppercase(), value)
            })
            .map(|(key, value)| {
                if key.starts_with("HALQA_") {
                    (key, value)
                } else {
                    (format!("HALQA_{key}"), value)
                }
            })
            .collect())
    }

    /// From `HALQA_…` keys; what is absent gets its default.
    pub fn from_values(values: &BTreeMap<String, String>) -> Result<Config, ConfigError> {
        let get = |key: &str| {
            values
                .get(key)
                .map(String::as_str)
                .filter(|v| !v.is_empty())
        };
        fn parse<T: std::str::FromStr>(
            key: &str,
            value: Option<&str>,
            default: T,
        ) -> Result<T, ConfigError> {
            value.map_or(Ok(default), |text| {
                text.parse().map_err(|_| ConfigError {
                    key: key.into(),
                    reason: format!("cannot read {text:?}"),
                })
            })
        }
        let data = PathBuf::from(get("HALQA_DATA").unwrap_or("data"));
        let port: u16 = parse("HALQA_PORT", get("HALQA_PORT"), 8000)?;
        let public_url = get("HALQA_PUBLIC_URL")
            .map_or_else(|| format!("http://localhost:{port}"), str::to_owned);
        let public_url = public_url.trim_end_matches('/').to_owned();
        check_url("HALQA_PUBLIC_URL", &public_url)?;
        let content_url = get("HALQA_CONTENT_URL").map_or_else(
            || format!("http://{{package}}.content.localhost:{port}"),
            str::to_owned,
        );
        let content_url = content_url.trim_end_matches('/').to_owned();
        check_url("HALQA_CONTENT_URL", &content_url.replace("{package}", "x"))?;
        Ok(Config {
            address: parse(
                "HALQA_ADDRESS",
                get("HALQA_ADDRESS"),
                IpAddr::from([127, 0, 0, 1]),
            )?,
            port,
            public_url,
            content_url,
            database_url: get("HALQA_DATABASE_URL").map_or_else(
                || format!("sqlite:{}", data.join("halqa.db").display()),
                str::to_owned,
            ),
            storage_url: get("HALQA_STORAGE_URL").map_or_else(
                || format!("file:{}", data.join("packages").display()),
                str::to_owned,
            ),
            s3: S3 {
                endpoint: get("HALQA_S3_ENDPOINT").map(str::to_owned),
                region: get("HALQA_S3_REGION").map(str::to_owned),
                access_key_id: get("HALQA_S3_ACCESS_KEY_ID").map(str::to_owned),
                secret_access_key: get("HALQA_S3_SECRET_ACCESS_KEY")
                    .map(|key| Secret(key.to_owned())),
            },
            smtp_url: get("HALQA_SMTP_URL").map(str::to_owned),
            inbox: Inbox::from_values(get("HALQA_INBOX_ADDRESS"), get("HALQA_INBOX_URL")).map_err(
                |(key, reason)| ConfigError {
                    key: key.into(),
                    reason,
                },
            )?,
            secret_key: get("HALQA_SECRET_KEY").map(str::to_owned),
            log: get("HALQA_LOG").unwrap_or("info").to_owned(),
            time_zone: parse(
                "HALQA_TIME_ZONE",
                get("HALQA_TIME_ZONE"),
                chrono_tz::Africa::Tunis,
            )?,
            mail_from: get("HALQA_MAIL_FROM").map(str::to_owned),
            client_ip_header: get("HALQA_CLIENT_IP_HEADER").map(str::to_owned),
            lrs_origins: get("HALQA_LRS_ORIGINS")
                .map(|list| list.split(',').map(|o| o.trim().to_owned()).collect())
                .unwrap_or_default(),
            outbound_allow: get("HALQA_OUTBOUND_ALLOW")
                .unwrap_or_default()
                .split(',')
                .map(|host| host.trim().to_ascii_lowercase())
                .filter(|host| !host.is_empty())
                .collect(),
            sign_in: providers::from_values(get).map_err(|key| ConfigError {
                key,
                reason: "is missing".into(),
            })?,
            passwords: parse(
                "HALQA_PASSWORD_COST",
                get("HALQA_PASSWORD_COST"),
                PasswordCost {
                    memory_kib: 64 << 10,
                    passes: 3,
                },
            )?,
            packages: PackageLimits {
                max_bytes: parse(
                    "HALQA_PACKAGE_MAX_BYTES",
                    get("HALQA_PACKAGE_MAX_BYTES"),
                    2 << 30,
                )?,
                max_entries: parse(
                    "HALQA_PACKAGE_MAX_ENTRIES",
                    get("HALQA_PACKAGE_MAX_ENTRIES"),
                    20_000,
                )?,
                max_inflated: parse(
                    "HALQA_PACKAGE_MAX_INFLATED",
                    get("HALQA_PACKAGE_MAX_INFLATED"),
                    8 << 30,
                )?,
                max_ratio: parse(
                    "HALQA_PACKAGE_MAX_RATIO",
                    get("HALQA_PACKAGE_MAX_RATIO"),
                    200,
                )?,
                remote: parse("HALQA_PACKAGE_REMOTE", get("HALQA_PACKAGE_REMOTE"), false)?,
            },
            data,
        })
    }

    /// The folder for files under way (uploads), on the same disk as the data.
    pub fn temp_dir(&self) -> PathBuf {
        self.data.join("tmp")
    }

    /// True when people reach the application over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https:")
    }

    /// True when the application is on this very machine: a laptop, a demonstration, a test.
    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.public_url).is_ok_and(|url| is_loopback(&url))
    }

    /// The content origin of one package.
    pub fn content_origin(&self, package: crate::ids::PackageId) -> String {
        self.content_url
            .replace("{package}", &package.0.simple().to_string())
    }

    /// Makes the folders of the embedded default.
    pub fn prepare_folders(&self) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.data)?;
        std::fs::create_dir_all(self.temp_dir())?;
        if let Some(path) = self.database_url.strip_prefix("sqlite:")
            && let Some(parent) = Path::new(path.trim_start_matches("//")).parent()
        {
            std::fs::create_dir_all(parent)?;
        }
        Ok(())
    }
}

/// True for addresses on this very machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn check_url(key: &str, text: &str) -> Result<(), ConfigError> {
    let wrong = |reason: &str| ConfigError {
        key: key.into(),
        reason: reason.into(),
    };
    let url = Url::parse(text).map_err(|e| wrong(&e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("must begin with http:// or https://"));
    }
    if url.path() != "/" || url.query().is_some() {
        return Err(wrong("must be an origin, without a path"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_follow_port_and_data() {
        let values = BTreeMap::from([
            ("HALQA_PORT".to_owned(), "8123".to_owned()),
            ("HALQA_DATA".to_owned(), "elsewhere".to_owned()),
        ]);
        let config = Config::from_values(&values).unwrap();
        assert_eq!(config.public_url, "http://localhost:8123");
        assert_eq!(
            config.content_url,
            "http://{package}.content.localhost:8123"
        );
        assert_eq!(config.database_url, "sqlite:elsewhere/halqa.db");
        assert_eq!(config.storage_url, "file:elsewhere/packages");
    }

    /// What is read is what is listed, and documented.
    #[test]
    fn the_list_of_settings_is_whole() {
        let code = include_str!("config.rs");
        let documented = include_str!("../docs/configuration.md");
        for part in code.split("get(\"HALQA_").skip(1) {
            let key = format!("HALQA_{}", part.split('"').next().unwrap_or_default());
            if key.ends_with('_') {
                continue;
            }
            assert!(KEYS.contains(&key.as_str()), "{key} is not listed");
            assert!(
                documented.contains(&format!("`{key}`")),
                "{key} is not documented"
            );
        }
    }

    #[test]
    fn a_public_url_with_a_path_is_refused() {
        let values = BTreeMap::from([("HALQA_PUBLIC_URL".to_owned(), "http://a/b".to_owned())]);
        assert_eq!(
            Config::from_values(&values).unwrap_err().key,
            "HALQA_PUBLIC_URL"
        );
    }

    #[test]
    fn the_file_has_the_same_keys() {
        let values = Config::file_values("port = 9000\nHALQA_LOG = \"debug\"").unwrap();
        let config = Config::from_values(&values).unwrap();
        assert_eq!((config.port, config.log.as_str()), (9000, "debug"));
    }
}
