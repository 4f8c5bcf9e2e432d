//! A form with a file in it, read as it comes in: the file goes straight to the disk, counted and
//! hashed on the way.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

use multer::{Field, Multipart};
use rocket::data::{FromData, Outcome, ToByteUnit};
use rocket::http::Status;
use rocket::{Data, Request};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

use crate::App;
use crate::catalogue::import::Staging;
use crate::ids::hex;
use crate::web::{Fields, Refusal, problem};

/// Bytes of a file at most, unless packages may have fewer.
pub const MAX_BYTES: u64 = 200 << 20;
/// Bytes of any other field at most.
const FIELD: usize = 128 << 10;
const FIELDS: usize = 24;

/// The limit for files here.
pub fn limit(app: &App) -> u64 {
    MAX_BYTES.min(app.config.packages.max_bytes)
}

/// A form: its fields, and the file if one was sent.
pub struct Upload {
    /// Everything but the file.
    pub fields: Fields,
    /// The file.
    pub file: Option<Received>,
    /// Why the file was refused; the fields before it are here all the same.
    pub refused: Option<Refusal>,
}

/// A file received whole, in a folder that goes away with this.
pub struct Received {
    _staging: Staging,
    /// Where it lies.
    pub path: PathBuf,
    /// As the sender calls it.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Received {
    /// A file at hand, as if it had been sent.
    pub async fn of_bytes(app: &App, name: &str, bytes: &[u8]) -> Result<Received, Refusal> {
        let staging = Staging::begin(app)?;
        let path = staging.zip();
        tokio::fs::write(&path, bytes)
            .await
            .map_err(|error| unwritten(&error))?;
        Ok(Received {
            _staging: staging,
            path,
            name: name.to_owned(),
            size: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
        })
    }
}

fn cut() -> Refusal {
    Refusal::bad_request("upload-cut")
}

fn unwritten(error: &io::Error) -> Refusal {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
        return Refusal::new(Status::InsufficientStorage, "storage-full");
    }
    tracing::error!(%error, "upload");
    Refusal::new(Status::InternalServerError, "internal")
}

async fn received(app: &App, mut field: Field<'_>) -> Result<Option<Received>, Refusal> {
    let most = limit(app);
    let name = field.file_name().unwrap_or_default().to_owned();
    let staging = Staging::begin(app)?;
    let path = staging.zip();
    let mut file = tokio::fs::File::create(&path)
        .await
        .map_err(|error| unwritten(&error))?;
    let (mut hash, mut size) = (Sha256::new(), 0u64);
    while let Some(block) = field.chunk().await.map_err(|_| cut())? {
        size += block.len() as u64;
        if size > most {
            return Err(Refusal::new(Status::PayloadTooLarge, "too-large").with("limit", most));
        }
        hash.update(&block);
        file.write_all(&block)
            .await
            .map_err(|error| unwritten(&error))?;
    }
    file.flush().await.map_err(|error| unwritten(&error))?;
    Ok((size > 0).then(|| Received {
        _staging: staging,
        path,
        name,
        size,
        sha256: hex(&hash.finalize()),
    }))
}

async fn text(mut field: Field<'_>) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(block) = field.chunk().await.map_err(|_| cut())? {
        bytes.extend_from_slice(&block);
        if bytes.len() > FIELD {
            return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
        }
    }
    String::from_utf8(bytes).map_err(|_| Refusal::bad_request("bad-request"))
}

async fn read(app: &App, request: &Request<'_>, data: Data<'_>) -> Result<Upload, Refusal> {
    let boundary = request
        .content_type()
        .filter(|kind| kind.is_form_data())
        .and_then(|kind| kind.param("boundary"))
        .ok_or_else(|| Refusal::new(Status::UnsupportedMediaType, "unsupported-media-type"))?
        .to_owned();
    // The fields around the file take some place too.
    let whole = limit(app).saturating_add(1 << 20);
    let stream = data.open(whole.saturating_add(1).bytes());
    let mut form = Multipart::with_reader(Sips::of(stream), boundary);
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut file, mut refused, mut count) = (None, None, 0);
    while let Some(field) = form.next_field().await.map_err(|_| cut())? {
        count += 1;
        if count > FIELDS {
            return Err(Refusal::bad_request("bad-request"));
        }
        if field.file_name().is_some() {
            match received(app, field).await {
                Ok(found) => file = file.or(found),
                Err(refusal) if refusal.status == Status::PayloadTooLarge => {
                    refused = Some(refusal);
                    break;
                }
                Err(refusal) => return Err(refusal),
            }
        } else {
            let name = field.name().unwrap_or_default().to_owned();
            values.entry(name).or_default().push(text(field).await?);
        }
    }
    // Through the same door as any other form.
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            values
                .iter()
                .flat_map(|(name, all)| all.iter().map(move |value| (name, value))),
        )
        .finish();
    Ok(Upload {
        fields: Fields::parse(body.as_bytes())?,
        file,
        refused,
    })
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let result = match problem::app(request).await {
            Some(app) => read(app, request, data).await,
            None => Err(Refusal::new(Status::InternalServerError, "internal")),
        };
        match result {
            Ok(upload) => Outcome::Success(upload),
            Err(refusal) => {
                problem::keep(request, &refusal);
                Outcome::Error((refusal.status, ()))
            }
        }
    }
}

/// A reader that rests after each piece. The form's parser takes in all that is ready before it
/// hands anything on: without a rest, a fast line would fill the memory with the file.
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
