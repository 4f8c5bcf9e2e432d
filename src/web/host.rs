//! Two kinds of origin on one port: the application's, and the packages' (`design.md` §3).
//!
//! A request for a content origin is moved under `/-content/<package>/…` before routing; nothing
//! under that path can be reached from the application's origin, and the other way round.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::{Data, Request};

use super::refused;

/// Where the two origins live.
pub struct Hosts {
    public: HostPattern,
    content: HostPattern,
    /// The public address is a loopback one: any of its names will do.
    loopback: bool,
}

struct HostPattern {
    before: String,
    after: String,
    by_package: bool,
}

impl HostPattern {
    fn of(url: &str) -> Self {
        let host = url.split_once("://").map_or(url, |(_, host)| host);
        match host.split_once("{package}") {
            Some((before, after)) => HostPattern {
                before: before.to_ascii_lowercase(),
                after: after.to_ascii_lowercase(),
                by_package: true,
            },
            None => HostPattern {
                before: host.to_ascii_lowercase(),
                after: String::new(),
                by_package: false,
            },
        }
    }

    /// The package named by a host, `""` for a content origin that serves all packages.
    fn read<'h>(&self, host: &'h str) -> Option<&'h str> {
        if !self.by_package {
            return (host == self.before).then_some("");
        }
        let label = host.strip_prefix(self.before.as_str())?;
        let label = label.strip_suffix(self.after.as_str())?;
        (label.len() == 32 && label.bytes().all(|b| b.is_ascii_hexdigit())).then_some(label)
    }
}

impl Hosts {
    /// From the two configured addresses.
    pub fn new(public_url: &str, content_url: &str) -> Self {
        let public = HostPattern::of(public_url);
        let name = public.before.split(':').next().unwrap_or_default();
        let loopback = matches!(name, "localhost" | "127.0.0.1" | "[") || name.is_empty();
        Hosts {
            content: HostPattern::of(content_url),
            public,
            loopback,
        }
    }

    fn is_public(&self, host: &str) -> bool {
        if self.public.read(host).is_some() {
            return true;
        }
        let port = self.public.before.rsplit_once(':').map(|(_, port)| port);
        self.loopback
            && ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
                host.strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':') == port)
            })
    }
}

/// Whether a path is one of ours for moving requests to: nobody may ask for it. Routes are matched
/// by decoded segments, so `%2D` is the same as `-`.
pub fn is_internal(path: &str) -> bool {
    let first = path.trim_start_matches('/');
    first.starts_with('-')
        || first
            .get(..3)
            .is_some_and(|s| s.eq_ignore_ascii_case("%2d"))
}

#[rocket::async_trait]
impl Fairing for Hosts {
    fn info(&self) -> Info {
        Info {
            name: "hosts",
            kind: Kind::Request,
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let uri = request.uri();
        let path = uri.path().to_string();
        // Operators and load balancers ask by address.
        if path.starts_with("/health/") || path == "/metrics" {
            return;
        }
        let host = {
            let mut hosts = request.headers().get("Host");
            match (hosts.next(), hosts.next()) {
                (Some(host), None) => host.to_ascii_lowercase(),
                // HTTP/1.1 demands exactly one; HTTP/2 is not spoken.
                (None, _) | (Some(_), Some(_)) => String::new(),
            }
        };
        let query = uri.query().map(|q| format!("?{q}")).unwrap_or_default();
        let target = if let Some(package) = self.content.read(&host) {
            let package = if package.is_empty() { "any" } else { package };
            Some(format!("/-content/{package}{path}{query}"))
        } else if !self.is_public(&host) {
            Some(refused::address(&path, "wrong-host").to_string())
        } else if is_internal(&path) {
            // Internal paths cannot be asked for.
            Some("/-refused/not-found".to_owned())
        } else {
            None
        };
        let Some(target) = target else { return };
        // Left as it is, an address that cannot be rewritten would reach the other origin's routes.
        match Origin::parse_owned(target) {
            Ok(target) => request.set_uri(target),
            Err(_) => request.set_uri(rocket::uri!("/-refused/bad-address")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_paths_have_several_spellings() {
        for path in [
            "/-content/x",
            "/%2Dcontent/x",
            "/%2dcontent",
            "//-content",
            "/-",
        ] {
            assert!(is_internal(path), "{path}");
        }
        for path in ["/", "/x-content", "/%2", "/modules/-x", "/%2Econtent"] {
            assert!(!is_internal(path), "{path}");
        }
    }

    #[test]
    fn hosts_are_told_apart() {
        let hosts = Hosts::new(
            "http://localhost:8000",
            "http://{package}.content.localhost:8000",
        );
        let id = "0123456789abcdef0123456789abcdef";
        assert_eq!(
            hosts.content.read(&format!("{id}.content.localhost:8000")),
            Some(id)
        );
        assert_eq!(hosts.content.read("x.content.localhost:8000"), None);
        assert!(hosts.is_public("localhost:8000"));
        assert!(hosts.is_public("127.0.0.1:8000"));
        assert!(!hosts.is_public("localhost:8001"));
        assert!(!hosts.is_public("evil.example"));
        let hosts = Hosts::new("https://halqa.tn", "https://content.halqa.tn");
        assert!(!hosts.is_public("localhost"));
        assert_eq!(hosts.content.read("content.halqa.tn"), Some(""));
    }
}
