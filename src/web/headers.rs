//! Security headers of the application's own pages.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Request, Response};

/// Paths whose pages other sites may show in a frame, each page naming the sites itself ([`relax`]):
/// learning platforms show what they launch inside their own pages.
const FRAMABLE: &[&str] = &["/lti/", "/dispatch/", "/returned"];

/// What one answer's policy allows beyond the rest.
#[derive(Default)]
struct Relaxed(std::sync::Mutex<Relax>);

#[derive(Default, Clone)]
struct Relax {
    ancestors: Vec<String>,
    forms: Vec<String>,
}

/// Lets these origins show the answer in a frame, and its forms be sent to those. Heard on the
/// paths of [`FRAMABLE`] only.
pub fn relax(request: &Request<'_>, ancestors: &[String], forms: &[String]) {
    let relaxed: &Relaxed = request.local_cache(Relaxed::default);
    if let Ok(mut relaxed) = relaxed.0.lock() {
        relaxed.ancestors = ancestors.to_vec();
        relaxed.forms = forms.to_vec();
    }
}

/// The fairing; the content origin sets its own policy.
pub struct SecurityHeaders {
    policy: String,
    https: bool,
}

impl SecurityHeaders {
    /// `content_url` is what may be framed.
    pub fn new(content_url: &str, https: bool) -> Self {
        let frames = content_url.replace("{package}", "*");
        SecurityHeaders {
            policy: format!(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                 font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src {frames}; \
                 frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
            ),
            https,
        }
    }
}

impl SecurityHeaders {
    fn policy_of(&self, request: &Request<'_>) -> String {
        let path = request.uri().path();
        if !FRAMABLE.iter().any(|prefix| path.starts_with(*prefix)) {
            return self.policy.clone();
        }
        let relaxed: &Relaxed = request.local_cache(Relaxed::default);
        let relaxed = relaxed.0.lock().map(|r| r.clone()).unwrap_or_default();
        // An origin is scheme, host and port: nothing that could end the directive.
        let plain = |origins: &[String]| -> String {
            origins
                .iter()
                .filter(|origin| !origin.contains([' ', ';', ',', '\'', '*']))
                .map(|origin| format!(" {origin}"))
                .collect()
        };
        let mut policy = self.policy.clone();
        if !relaxed.ancestors.is_empty() {
            let listed = plain(&relaxed.ancestors);
            policy = policy.replace(
                "frame-ancestors 'none'",
                &format!("frame-ancestors 'self'{listed}"),
            );
        }
        if !relaxed.forms.is_empty() {
            let listed = plain(&relaxed.forms);
            policy = policy.replace("form-action 'self'", &format!("form-action 'self'{listed}"));
        }
        policy
    }
}

#[rocket::async_trait]
impl Fairing for SecurityHeaders {
    fn info(&self) -> Info {
        Info {
            name: "security headers",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let mut set = |name: &'static str, value: String| {
            if !response.headers().contains(name) {
                response.set_header(Header::new(name, value));
            }
        };
        set("X-Content-Type-Options", "nosniff".into());
        if request.uri().path().starts_with("/-content/") {
            return;
        }
        set("Content-Security-Policy", self.policy_of(request));
        set("Referrer-Policy", "same-origin".into());
        set("Cross-Origin-Opener-Policy", "same-origin".into());
        set(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=()".into(),
        );
        if self.https {
            set("Strict-Transport-Security", "max-age=63072000".into());
        }
    }
}
