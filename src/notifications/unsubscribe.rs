//! Unsubscribing with one click (RFC 8058): an address that cannot be guessed says whose mail it is
//! and which; no cookie, no password.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::App;
use crate::db::DbError;
use crate::following::{self, Cadence};
use crate::ids::PersonId;
use crate::web::Lang;

const PURPOSE: &str = "unsubscribe";

/// Which mails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// Those about one thing that is followed.
    Follow(String),
    /// Mentions, and that one's answer was chosen.
    Direct,
    /// Digests of a cadence.
    Digest(Cadence),
}

/// Whose mails, and which.
#[derive(Debug, Serialize, Deserialize)]
pub struct Token {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub scope: Scope,
}

/// The whole address, for the mail's header and its last lines.
pub(super) fn address(app: &App, lang: Lang, person: PersonId, scope: &Scope) -> String {
    let token = Token {
        person,
        scope: scope.clone(),
    };
    let text = serde_json::to_string(&token).unwrap_or_default();
    let sealed = app.seal(PURPOSE, &text).unwrap_or_default();
    let (base, code) = (&app.config.public_url, lang.code());
    format!("{base}/{code}/unsubscribe/{sealed}")
}

/// What an address says; none when it is not one of ours.
pub fn read(app: &App, sealed: &str) -> Option<Token> {
    if sealed.len() > 2_000 {
        return None;
    }
    serde_json::from_str(&app.unseal(PURPOSE, sealed)?).ok()
}

/// Does it: no such mail from now on, those already written included. With `all`, no mail of
/// notifications at all.
pub async fn apply(app: &App, token: Token, all: bool) -> Result<(), DbError> {
    let follow = match &token.scope {
        Scope::Follow(subject) => following::Subject::parse(subject),
        _ => None,
    };
    let follow: Option<Uuid> = match follow {
        Some(subject) => following::how(app, token.person, &subject)
            .await?
            .map(|row| row.id),
        None => None,
    };
    app.db
        .write((token, follow, all), |tx, (token, follow, all)| {
            Box::pin(async move {
                let person = token.person;
                if *all {
                    store::QUIET_DIRECT.bind(person).run(&mut *tx).await?;
                    return following::quiet_all(tx, person, &Cadence::ALL).await;
                }
                match &token.scope {
                    Scope::Direct => store::QUIET_DIRECT.bind(person).run(tx).await.map(drop),
                    Scope::Follow(_) => match follow {
                        Some(follow) => following::quiet(tx, person, *follow).await,
                        None => Ok(()),
                    },
                    Scope::Digest(cadence) => {
                        store::QUIET_DIGEST
                            .bind(person)
                            .bind(cadence.code())
                            .run(&mut *tx)
                            .await?;
                        following::quiet_all(tx, person, &[*cadence]).await
                    }
                }
            })
        })
        .await
}
