//! Passwords: what a good one is, and Argon2id with a bound on how many are computed at once.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rocket::http::Status;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::config::PasswordCost;
use crate::ids::Ids;
use crate::web::Refusal;

/// Bytes of a password at most (`threats.md` W17).
pub const MAX_BYTES: usize = 1024;
/// Characters of a new password at least.
pub const MIN_CHARS: usize = 12;

/// Hashes computed at once: each takes 64 MiB and a processor.
const AT_ONCE: usize = 2;
/// Requests that may wait for their turn; more are told to come back.
const WAITING: usize = 32;
/// How long a request waits for its turn at most.
const PATIENCE: Duration = Duration::from_secs(10);

/// Passwords many people choose, at least [`MIN_CHARS`] long, lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// Computes and checks password hashes. Cheap to clone.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    cost: PasswordCost,
    turns: Semaphore,
    queue: Semaphore,
    ids: Ids,
    /// Checked for accounts that do not exist, so that they take as long as others.
    dummy: String,
}

/// A password that may be set: normalised, long enough, not among the common ones.
pub struct NewPassword(String);

impl NewPassword {
    /// Checks a password someone chose; `about` are words that must not be all of it (the address,
    /// the name). The error is a form code.
    pub fn check(text: &str, about: &[&str]) -> Result<NewPassword, &'static str> {
        if text.len() > MAX_BYTES {
            return Err("password-long");
        }
        let text = normal(text);
        if text.contains('\0') || text.chars().count() < MIN_CHARS {
            return Err("password-short");
        }
        let lower = text.to_lowercase();
        let is_about = about
            .iter()
            .any(|word| !word.is_empty() && lower == word.to_lowercase());
        if is_about || is_monotonous(&lower) || COMMON.lines().any(|common| common == lower) {
            return Err("password-common");
        }
        Ok(NewPassword(text))
    }
}

/// The one form of a password: the same letters typed on another keyboard are the same password.
pub(super) fn normal(text: &str) -> String {
    text.nfc().collect()
}

/// The same few characters over and over, or a run along the alphabet or the keyboard.
fn is_monotonous(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let repeats = (1..=4).any(|period| chars.iter().zip(&chars[period..]).all(|(a, b)| a == b));
    const RUNS: [&str; 5] = [
        "01234567890123456789",
        "98765432109876543210",
        "abcdefghijklmnopqrstuvwxyz",
        "azertyuiopqsdfghjklmwxcvbn",
        "qwertyuiopasdfghjklzxcvbnm",
    ];
    repeats || RUNS.iter().any(|run| run.contains(text))
}

impl Passwords {
    /// At the given cost.
    pub fn new(cost: PasswordCost, ids: Ids) -> Self {
        let dummy = format!(
            "$argon2id$v=19$m={},t={},p=1${}${}",
            cost.memory_kib,
            cost.passes,
            STANDARD_NO_PAD.encode([7; 16]),
            STANDARD_NO_PAD.encode([7; 32]),
        );
        Passwords(Arc::new(Inner {
            cost,
            turns: Semaphore::new(AT_ONCE),
            queue: Semaphore::new(WAITING),
            ids,
            dummy,
        }))
    }

    /// The hash of a password that was checked, in PHC form.
    pub async fn hash(&self, password: NewPassword) -> Result<String, Refusal> {
        self.hash_unchecked(password.0).await
    }

    /// The hash of a password that nobody chose (the demo's).
    pub async fn hash_unchecked(&self, password: String) -> Result<String, Refusal> {
        let salt = self.0.ids.salt();
        self.turn(move |argon2| {
            argon2
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
        })
        .await?
        .map_err(|error| {
            tracing::error!(%error, "password hash");
            Refusal::new(Status::InternalServerError, "internal")
        })
    }

    /// True when the password gives the stored hash. Without a stored hash it takes as long, and
    /// is false.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, Refusal> {
        let usable = password.len() <= MAX_BYTES && !password.is_empty();
        let password = if usable {
            normal(password)
        } else {
            String::new()
        };
        let known = stored.is_some() && usable;
        let stored = stored.unwrap_or(&self.0.dummy).to_owned();
        let same = self
            .turn(move |argon2| {
                PasswordHash::new(&stored)
                    .is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(same && known)
    }

    /// True when a stored hash was made at another cost than today's.
    pub fn is_outdated(&self, stored: &str) -> bool {
        let cost = &self.0.cost;
        let today = format!(
            "$argon2id$v=19$m={},t={},p=1$",
            cost.memory_kib, cost.passes
        );
        !stored.starts_with(&today)
    }

    async fn turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'_>) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let busy = || Refusal::new(Status::TooManyRequests, "too-many-requests");
        let _place = self.0.queue.try_acquire().map_err(|_| busy())?;
        let _turn = tokio::time::timeout(PATIENCE, self.0.turns.acquire())
            .await
            .map_err(|_| busy())?
            .map_err(|_| busy())?;
        let cost = self.0.cost;
        let internal = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "password hash");
            Refusal::new(Status::InternalServerError, "internal")
        };
        let params =
            Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|error| internal(&error))?;
        tokio::task::spawn_blocking(move || {
            work(&Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
        })
        .await
        .map_err(|error| internal(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        NewPassword::check(text, &["amina@example.org"]).err()
    }

    #[test]
    fn short_long_common_and_monotonous_passwords_are_refused() {
        for (text, expected) in [
            ("", Some("password-short")),
            ("elevenchars", Some("password-short")),
            ("aaaaaaaaaaaaaaaa", Some("password-common")),
            ("abcabcabcabcabc", Some("password-common")),
            ("123456789012", Some("password-common")),
            ("azertyuiopqs", Some("password-common")),
            ("motdepasse123", Some("password-common")),
            ("AMINA@example.org", Some("password-common")),
            ("un âne et trois oliviers", None),
            ("كلمة سر طويلة", None),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
        assert_eq!(code(&"é".repeat(600)), Some("password-long"));
        assert_eq!(code("douze\0caracteres"), None.or(Some("password-short")));
    }

    #[test]
    fn the_list_is_usable() {
        for line in COMMON.lines() {
            assert!(line.chars().count() >= MIN_CHARS, "{line}");
            assert_eq!(line, line.to_lowercase());
        }
    }
}
