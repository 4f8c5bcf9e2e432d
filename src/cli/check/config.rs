//! The configuration: addresses, keys, and settings that are no settings.

use tracing_subscriber::EnvFilter;
use url::{Host, Url};

use super::Findings;
use crate::config::{Config, KEYS};
use crate::outbound::providers;

/// A key shorter than this can be guessed.
const KEY_BYTES: usize = 32;

pub(super) fn look(config: &Config, environment: impl Iterator<Item = String>) -> Findings {
    let mut findings = Findings::of("config");
    findings.good(format!(
        "listens on {}:{}, reached at {}",
        config.address, config.port, config.public_url
    ));
    addresses(config, &mut findings);
    secret(config, &mut findings);
    if EnvFilter::try_new(&config.log).is_err() {
        findings.wrong(
            format!("HALQA_LOG is {:?}, which is no filter", config.log),
            "Write a level (info, debug, warn) or targets, as in info,halqa=debug.",
        );
    }
    let mut unknown: Vec<String> = environment
        .filter(|key| {
            key.starts_with("HALQA_")
                && !KEYS.contains(&key.as_str())
                && !providers::KEYS.contains(&key.as_str())
        })
        // The tests' own.
        .filter(|key| !key.starts_with("HALQA_TEST_") && !key.starts_with("HALQA_BENCH_"))
        .collect();
    unknown.sort();
    for key in unknown {
        findings.note(
            format!("{key} is set, but there is no such setting"),
            "Look for a slip of the pen: docs/configuration.md has all keys.",
        );
    }
    findings
}

fn addresses(config: &Config, findings: &mut Findings) {
    let content = config.content_url.replace("{package}", "package");
    let (Ok(public), Ok(content)) = (Url::parse(&config.public_url), Url::parse(&content)) else {
        return;
    };
    let here = is_loopback(&public);
    if public.host_str() == content.host_str() {
        findings.wrong(
            "packages are served under the application's own host name",
            "Set HALQA_CONTENT_URL to another name, best one for each package: \
             https://{package}.content-example.net. Packages are other people's scripts, and \
             cookies do not know ports.",
        );
    } else if !here && related(&public, &content) {
        findings.note(
            "packages are served under a name of the application's own domain",
            "Another registrable domain keeps them further apart: requests between names of one \
             domain count as the same site.",
        );
    }
    if !config.content_url.contains("{package}") {
        findings.note(
            "all packages share one origin, and can read what others keep in the browser",
            "Give HALQA_CONTENT_URL a {package} and the name a wildcard in the DNS.",
        );
    }
    if !here {
        for (key, url) in [
            ("HALQA_PUBLIC_URL", &public),
            ("HALQA_CONTENT_URL", &content),
        ] {
            if url.scheme() != "https" {
                findings.wrong(
                    format!("{key} begins with http://: passwords and progress travel in the clear"),
                    "Put a proxy with a certificate in front (docs/deployment.md), and write https://.",
                );
            }
        }
        if public.scheme() == "https" && config.client_ip_header.is_none() {
            findings.note(
                "behind a proxy, every visitor seems to have the proxy's address",
                "Set HALQA_CLIENT_IP_HEADER to the header in which your proxy writes it, so that \
                 one visitor's wrong passwords do not slow down all.",
            );
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// One name ends with the other's last two labels: a guess at the registrable domain, for a note.
fn related(a: &Url, b: &Url) -> bool {
    let tail = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_owned();
        let labels: Vec<&str> = host.rsplit('.').take(2).collect();
        labels.join(".")
    };
    tail(a) == tail(b)
}

fn secret(config: &Config, findings: &mut Findings) {
    const MAKE: &str =
        "Make one with `openssl rand -hex 32`; the same on all nodes. Everybody signs in anew.";
    if let Some(key) = &config.secret_key {
        if key.len() < KEY_BYTES {
            findings.wrong(
                format!("HALQA_SECRET_KEY has fewer than {KEY_BYTES} characters"),
                MAKE,
            );
        }
        return;
    }
    let path = config.data.join("secret.key");
    match std::fs::metadata(&path) {
        Ok(found) => {
            if found.len() < KEY_BYTES as u64 {
                findings.wrong(format!("{} is too short", path.display()), MAKE);
            }
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                if found.permissions().mode() & 0o077 != 0 {
                    findings.wrong(
                        format!("{} can be read by others on this machine", path.display()),
                        format!("chmod 600 {}", path.display()),
                    );
                }
            }
        }
        Err(_) if config.database_url.starts_with("postgres") => findings.note(
            "no HALQA_SECRET_KEY: each node would make a key of its own",
            "Set HALQA_SECRET_KEY, the same on all nodes, before there are two.",
        ),
        Err(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Level;
    use super::*;

    fn levels(values: &[(&str, &str)], environment: &[&str]) -> Vec<(Level, String)> {
        let values: BTreeMap<String, String> = values
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        let config = Config::from_values(&values).unwrap();
        look(&config, environment.iter().map(|key| (*key).to_owned()))
            .list
            .into_iter()
            .filter(|f| f.level != Level::Good)
            .map(|f| (f.level, f.text))
            .collect()
    }

    #[test]
    fn a_good_configuration_is_left_alone() {
        let nowhere = ("HALQA_DATA", "/nowhere");
        assert_eq!(levels(&[nowhere], &["HALQA_DATA"]), []);
        let production = [
            nowhere,
            ("HALQA_PUBLIC_URL", "https://halqa.example.tn"),
            ("HALQA_CONTENT_URL", "https://{package}.halqa-content.net"),
            ("HALQA_CLIENT_IP_HEADER", "X-Real-IP"),
            ("HALQA_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
        ];
        assert_eq!(levels(&production, &[]), []);
    }

    /// Settings, how bad they are, and what is named.
    type Case = (&'static [(&'static str, &'static str)], Level, &'static str);

    #[test]
    fn what_is_wrong_is_said() {
        let cases: &[Case] = &[
            (
                &[("HALQA_CONTENT_URL", "http://localhost:9000")],
                Level::Wrong,
                "own host name",
            ),
            (
                &[("HALQA_PUBLIC_URL", "http://halqa.tn")],
                Level::Wrong,
                "in the clear",
            ),
            (
                &[("HALQA_SECRET_KEY", "short")],
                Level::Wrong,
                "fewer than 32",
            ),
            (&[("HALQA_LOG", "info,=,=")], Level::Wrong, "no filter"),
            (
                &[
                    ("HALQA_PUBLIC_URL", "https://halqa.tn"),
                    ("HALQA_CONTENT_URL", "https://{package}.content.halqa.tn"),
                ],
                Level::Note,
                "own domain",
            ),
            (
                &[("HALQA_CONTENT_URL", "http://content.localhost:8000")],
                Level::Note,
                "share one origin",
            ),
        ];
        for (values, level, part) in cases {
            let found = levels(values, &[]);
            assert!(
                found
                    .iter()
                    .any(|(l, text)| l == level && text.contains(part)),
                "{values:?}: {found:?}"
            );
        }
        let slip = levels(&[("HALQA_DATA", "/nowhere")], &["HALQA_PROT"]);
        assert!(slip[0].1.contains("HALQA_PROT"), "{slip:?}");
    }
}
