//! Addresses that no database can be asked about: a NUL in path or query is refused at the door, the
//! same on both engines (`threats.md` W24).

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Data, Request};

use super::refused;

/// The fairing.
pub struct NoNul;

#[rocket::async_trait]
impl Fairing for NoNul {
    fn info(&self) -> Info {
        Info {
            name: "no NUL in addresses",
            kind: Kind::Request,
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let uri = request.uri();
        let query = uri.query().map_or("", |query| query.as_str());
        if !(uri.path().as_str().contains("%00") || query.contains("%00")) {
            return;
        }
        let target = refused::address(uri.path().as_str(), "bad-request");
        request.set_uri(target);
    }
}
