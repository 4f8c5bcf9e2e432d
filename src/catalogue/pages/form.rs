//! The form with a package in it, read as it comes in: the zip goes straight to where it is
//! examined, under the same limits as an upload of a program.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use multer::{Field, Multipart};
use rocket::data::ToByteUnit;
use rocket::http::{ContentType, Status};
use rocket::{Data, Request};
use tokio::io::{AsyncRead, ReadBuf};

use crate::App;
use crate::catalogue::import::{Received, Staging, cut, too_large};
use crate::web::Refusal;

/// The part that holds the zip.
const PACKAGE: &str = "package";
/// Other fields are choices: their names are short, and few.
const FIELD: usize = 1 << 10;
const FIELDS: usize = 16;

/// What a browser says about the form before sending it.
pub(super) struct Announced {
    kind: Option<ContentType>,
    length: Option<u64>,
}

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Announced {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> rocket::request::Outcome<Self, ()> {
        let length = request.headers().get_one("Content-Length");
        rocket::request::Outcome::Success(Announced {
            kind: request.content_type().cloned(),
            length: length.and_then(|text| text.parse().ok()),
        })
    }
}

/// What came in, also when the rest was refused.
#[derive(Default)]
pub(super) struct Sent {
    package: Option<Received>,
    fields: Vec<(String, String)>,
}

impl Sent {
    /// Reads the form; what is read before a refusal stays, to show the form again.
    pub(super) async fn read(
        &mut self,
        app: &App,
        announced: &Announced,
        data: Data<'_>,
    ) -> Result<(), Refusal> {
        let boundary = announced
            .kind
            .as_ref()
            .filter(|kind| kind.is_form_data())
            .and_then(|kind| kind.param("boundary"))
            .ok_or_else(|| Refusal::new(Status::UnsupportedMediaType, "unsupported-media-type"))?;
        let limit = app.config.packages.max_bytes;
        // The fields around the zip take some place too.
        let whole = limit.saturating_add(64 << 10);
        if announced.length.is_some_and(|length| length > whole) {
            return Err(too_large(limit));
        }
        let stream = data.open(whole.saturating_add(1).bytes());
        let mut form = Multipart::with_reader(Sips::of(stream), boundary.to_owned());
        while let Some(field) = form.next_field().await.map_err(|_| cut())? {
            if field.name() == Some(PACKAGE) {
                let named = field.file_name().is_some_and(|name| !name.is_empty());
                let received = package(app, field).await?;
                if self.package.is_none() && (named || received.size > 0) {
                    self.package = Some(received);
                }
            } else if self.fields.len() < FIELDS {
                let name = field.name().unwrap_or_default().to_owned();
                self.fields.push((name, text(field).await?));
            } else {
                return Err(Refusal::bad_request("bad-request"));
            }
        }
        Ok(())
    }

    /// The zip.
    pub(super) fn package(&mut self) -> Result<Received, Refusal> {
        self.package
            .take()
            .ok_or_else(|| Refusal::unprocessable("no-file"))
    }

    /// A field that is not empty.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let (_, value) = self.fields.iter().find(|(known, _)| known == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }
}

async fn package(app: &App, mut field: Field<'_>) -> Result<Received, Refusal> {
    let mut receiving = Staging::begin(app)?.receiving(app).await?;
    while let Some(block) = field.chunk().await.map_err(|_| cut())? {
        receiving.take(&block).await?;
    }
    receiving.finish().await
}

async fn text(mut field: Field<'_>) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(block) = field.chunk().await.map_err(|_| cut())? {
        bytes.extend_from_slice(&block);
        if bytes.len() > FIELD {
            return Err(Refusal::bad_request("bad-request"));
        }
    }
    let text = String::from_utf8(bytes).map_err(|_| Refusal::bad_request("bad-request"))?;
    if text.chars().any(char::is_control) {
        return Err(Refusal::bad_request("bad-request"));
    }
    Ok(text)
}

/// A reader that rests after each piece. The form's parser takes in all that is ready before it
/// hands anything on: without a rest, a fast line would fill the memory with the package.
struct Sips<R> {
    inner: R,
    rests: bool,
}

impl<R> Sips<R> {
    fn of(inner: R) -> Self {
        Sips {
            inner,
            rests: false,
        }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Sips<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.rests = !self.rests;
        if self.rests {
            return Pin::new(&mut self.inner).poll_read(context, buf);
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
