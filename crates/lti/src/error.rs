//! Why a message is refused.

use std::fmt;

/// The reasons, stable: they are shown to operators and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// Larger than any honest message.
    TooLarge,
    /// Not what the standard describes: no token, no JSON, a member of the wrong type.
    Malformed,
    /// Signed with an algorithm that this key or registration does not use.
    Algorithm,
    /// The token names no key, or carries one.
    Key,
    /// The key it names is not among the platform's.
    UnknownKey,
    /// The signature is not of that key.
    Signature,
    /// From somebody else.
    Issuer,
    /// For somebody else.
    Audience,
    /// Run out.
    Expired,
    /// Issued in the future or too long ago.
    IssuedAt,
    /// Not valid yet.
    NotBefore,
    /// Not the nonce of this login.
    Nonce,
    /// No deployment.
    Deployment,
    /// A kind of message that is not ours.
    MessageType,
    /// Another version.
    Version,
    /// Leads to another site.
    Target,
    /// A required member is absent.
    Missing,
    /// OAuth 1.0a: outside the window of time.
    Timestamp,
    /// OAuth 1.0a: a protocol parameter more than once.
    Duplicate,
    /// An address that is not the platform's.
    Host,
}

impl Code {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::TooLarge => "too-large",
            Code::Malformed => "malformed",
            Code::Algorithm => "algorithm",
            Code::Key => "key",
            Code::UnknownKey => "unknown-key",
            Code::Signature => "signature",
            Code::Issuer => "issuer",
            Code::Audience => "audience",
            Code::Expired => "expired",
            Code::IssuedAt => "issued-at",
            Code::NotBefore => "not-before",
            Code::Nonce => "nonce",
            Code::Deployment => "deployment",
            Code::MessageType => "message-type",
            Code::Version => "version",
            Code::Target => "target",
            Code::Missing => "missing",
            Code::Timestamp => "timestamp",
            Code::Duplicate => "duplicate",
            Code::Host => "host",
        }
    }
}

/// A refusal: why, and what it is about. Never holds a secret or a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The reason.
    pub code: Code,
    /// The claim or parameter it is about; for operators.
    pub about: &'static str,
}

impl Refused {
    /// A refusal.
    pub const fn new(code: Code, about: &'static str) -> Self {
        Refused { code, about }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code.as_str(), self.about)
    }
}

impl std::error::Error for Refused {}
