//! Security headers of the application's own pages.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Request, Response};

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
        set("Content-Security-Policy", self.policy.clone());
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
