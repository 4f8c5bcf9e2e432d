//! Ids (UUIDv7) and secrets; randomness is an argument like time.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::Clock;

/// Where random bytes come from.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The machine's cryptographic randomness.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // A machine without randomness cannot make a safe token: stopping the request is right.
        aws_lc_rs::rand::fill(buffer).expect("the machine's random source");
    }
}

/// Makes ids and secrets.
#[derive(Clone)]
pub struct Ids {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Ids {
    /// From a clock and a random source.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Ids { clock, entropy }
    }

    /// The same randomness on another clock.
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Self {
        Ids {
            clock,
            entropy: self.entropy.clone(),
        }
    }

    /// A new UUIDv7: ordered by time, so that indexes grow at one end.
    pub fn uuid(&self) -> Uuid {
        let mut random = [0; 10];
        self.entropy.fill(&mut random);
        let millis = u64::try_from(self.clock.now().millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// A new id of the given kind.
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.uuid().into()
    }

    /// A secret of 256 bits in URL-safe text.
    pub fn secret(&self) -> Secret {
        let mut bytes = [0; 32];
        self.entropy.fill(&mut bytes);
        Secret(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// A salt of 128 bits.
    pub fn salt(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A random number, for seeds.
    pub fn seed(&self) -> u64 {
        let mut bytes = [0; 8];
        self.entropy.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}

/// A secret shown once and stored only as its hash. Has no `Debug` on purpose.
pub struct Secret(String);

impl Secret {
    /// The text, to be given to its owner and nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
    /// What is stored.
    pub fn hash(&self) -> String {
        hash_secret(&self.0)
    }
}

/// SHA-256 in hexadecimal: enough for secrets of 256 random bits, which cannot be guessed.
pub fn hash_secret(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Declares id newtypes over [`Uuid`].
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                $name(id)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl From<$name> for crate::db::Arg {
            fn from(id: $name) -> Self {
                crate::db::Arg::Uuid(Some(id.0))
            }
        }
        impl From<Option<$name>> for crate::db::Arg {
            fn from(id: Option<$name>) -> Self {
                crate::db::Arg::Uuid(id.map(|id| id.0))
            }
        }
        impl crate::db::Column for $name {
            fn lite(row: &sqlx::sqlite::SqliteRow, name: &str) -> Result<Self, sqlx::Error> {
                Uuid::lite(row, name).map($name)
            }
            fn pg(row: &sqlx::postgres::PgRow, name: &str) -> Result<Self, sqlx::Error> {
                Uuid::pg(row, name).map($name)
            }
        }
        impl crate::db::Column for Option<$name> {
            fn lite(row: &sqlx::sqlite::SqliteRow, name: &str) -> Result<Self, sqlx::Error> {
                Ok(<Option<Uuid>>::lite(row, name)?.map($name))
            }
            fn pg(row: &sqlx::postgres::PgRow, name: &str) -> Result<Self, sqlx::Error> {
                Ok(<Option<Uuid>>::pg(row, name)?.map($name))
            }
        }
        impl<'a> rocket::request::FromParam<'a> for $name {
            type Error = uuid::Error;
            fn from_param(param: &'a str) -> Result<Self, Self::Error> {
                Uuid::parse_str(param).map($name)
            }
        }
    )*};
}

ids! {
    /// A person.
    PersonId,
    /// An organisation (OSC, network, public actor).
    OrganisationId,
    /// A person's membership of an organisation.
    MembershipId,
    /// A course package, immutable.
    PackageId,
    /// A module of the catalogue.
    ModuleId,
    /// A version of a module: one package.
    VersionId,
    /// A learner's attempt on a module.
    AttemptId,
    /// One opening of the player.
    SessionId,
    /// A seminar.
    SeminarId,
    /// A seat in a seminar.
    SeatId,
    /// A community space.
    SpaceId,
    /// A topic in a space.
    TopicId,
    /// A reply to a topic.
    ReplyId,
    /// A document of the toolbox.
    DocumentId,
    /// A version of a document.
    DocumentVersionId,
}
