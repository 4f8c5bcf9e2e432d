//! Why a platform's message is not followed, as the pages say it.

use lti::{Code, Refused};

use crate::db::DbError;
use crate::web::Refusal;

/// What a person can do about it.
#[derive(Debug, Clone)]
pub enum Why {
    /// The message cannot be read: the platform's or the administrator's to mend.
    Unreadable,
    /// The message is too large.
    TooLarge,
    /// The launch was used or has run out, or belongs to another browser: launch again.
    Relaunch,
    /// The message is not from whom it says.
    Untrusted,
    /// The platform is not registered here, or was closed.
    UnknownPlatform,
    /// The deployment is not known, or was closed: the administrator's to open.
    Deployment,
    /// The account is suspended.
    Suspended,
    /// Launches without a person are not taken.
    Anonymous,
    /// Only who teaches may do this.
    Instructor,
    /// The module is not there any more.
    NoModule,
    /// Too many at once.
    TooMany,
    /// The platform itself said no.
    Platform,
    /// A tool that is not registered here, was closed, or asks for an address that is not its own.
    UnknownTool,
    /// A tool's launch was used, has run out, or belongs to another browser: open the module again.
    ToolAgain,
    /// A tool may not do this.
    ToolScope,
    /// A tool tells what is older than what it told before.
    ToolOlder,
    /// Anything else.
    Other(Box<Refusal>),
}

/// A refusal of a launch.
#[derive(Debug, Clone)]
pub struct Denied {
    /// What it is.
    pub why: Why,
    /// The exact reason, for administrators: `audience (azp)`. Never a secret.
    pub reason: String,
    /// Where the person goes back to.
    pub back: Option<String>,
    /// The origins that may show the answer in a frame.
    pub frames: Vec<String>,
}

impl Denied {
    /// A refusal.
    pub fn new(why: Why, reason: impl Into<String>) -> Self {
        Denied {
            why,
            reason: reason.into(),
            back: None,
            frames: Vec::new(),
        }
    }

    /// With the origins that may show it.
    pub fn framed(mut self, frames: Vec<String>) -> Self {
        self.frames = frames;
        self
    }

    /// With the way back.
    pub fn back(mut self, address: Option<String>) -> Self {
        self.back = address;
        self
    }
}

impl From<Refused> for Denied {
    fn from(refused: Refused) -> Self {
        let why = match refused.code {
            Code::TooLarge => Why::TooLarge,
            Code::Deployment => Why::Deployment,
            Code::MessageType
            | Code::Version
            | Code::Target
            | Code::Missing
            | Code::Malformed
            | Code::Duplicate
            | Code::Host => Why::Unreadable,
            Code::Nonce | Code::Expired | Code::Timestamp => Why::Relaunch,
            Code::Algorithm
            | Code::Key
            | Code::UnknownKey
            | Code::Signature
            | Code::Issuer
            | Code::Audience
            | Code::IssuedAt
            | Code::NotBefore => Why::Untrusted,
        };
        Denied::new(why, refused.to_string())
    }
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        let code = refusal.code;
        Denied::new(Why::Other(Box::new(refusal)), code)
    }
}

impl From<DbError> for Denied {
    fn from(error: DbError) -> Self {
        Refusal::from(error).into()
    }
}
