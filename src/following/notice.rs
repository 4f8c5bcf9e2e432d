//! Something happened: one line of the log and one row of the outbox, in the transaction of the
//! cause. The same thing twice is told once: its id comes from what it is about.

use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{DocumentId, ModuleId, PersonId, ReplyId, SeminarId, TopicId};
use crate::jobs;

/// The kind of the outbox's row that tells people.
pub const TELL: &str = "notice";

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Notice {
    kind: &'static str,
    /// What the id comes from.
    of: Uuid,
    actor: Option<PersonId>,
    topic: Option<TopicId>,
    reply: Option<ReplyId>,
    module: Option<ModuleId>,
    seminar: Option<SeminarId>,
    document: Option<DocumentId>,
    entry: Option<Uuid>,
    party: Option<Uuid>,
    mentioned: Vec<Uuid>,
    at: Timestamp,
}

impl Notice {
    fn new(kind: &'static str, of: Uuid, actor: Option<PersonId>, at: Timestamp) -> Notice {
        Notice {
            kind,
            of,
            actor,
            topic: None,
            reply: None,
            module: None,
            seminar: None,
            document: None,
            entry: None,
            party: None,
            mentioned: Vec::new(),
            at,
        }
    }

    /// Somebody opened a topic: `question` or `discussion`.
    pub fn topic(topic: TopicId, kind: &str, author: PersonId, at: Timestamp) -> Notice {
        let kind = match kind {
            "question" => "question",
            _ => "discussion",
        };
        Notice {
            topic: Some(topic),
            ..Self::new(kind, topic.0, Some(author), at)
        }
    }

    /// Somebody replied, and mentioned these people.
    pub fn reply(
        topic: TopicId,
        reply: ReplyId,
        author: PersonId,
        mentioned: Vec<Uuid>,
        at: Timestamp,
    ) -> Notice {
        Notice {
            topic: Some(topic),
            reply: Some(reply),
            mentioned,
            ..Self::new("reply", reply.0, Some(author), at)
        }
    }

    /// A reply was accepted as a solution.
    pub fn solution(topic: TopicId, reply: ReplyId, by: PersonId, at: Timestamp) -> Notice {
        Notice {
            topic: Some(topic),
            reply: Some(reply),
            ..Self::new("solution", reply.0, Some(by), at)
        }
    }

    /// A module was published.
    pub fn module(module: ModuleId, by: Option<PersonId>, at: Timestamp) -> Notice {
        Notice {
            module: Some(module),
            ..Self::new("module", module.0, by, at)
        }
    }

    /// A module has a new version (a package).
    pub fn version(module: ModuleId, version: Uuid, by: Option<PersonId>, at: Timestamp) -> Notice {
        Notice {
            module: Some(module),
            ..Self::new("version", version, by, at)
        }
    }

    /// A seminar was announced.
    pub fn seminar(seminar: SeminarId, by: Option<PersonId>, at: Timestamp) -> Notice {
        Notice {
            seminar: Some(seminar),
            ..Self::new("seminar", seminar.0, by, at)
        }
    }

    /// A document was released.
    pub fn document(document: DocumentId, by: PersonId, at: Timestamp) -> Notice {
        Notice {
            document: Some(document),
            ..Self::new("document", document.0, Some(by), at)
        }
    }
}

impl Notice {
    /// Something of another site is shown in the watch.
    pub fn outside(entry: Uuid, by: Option<PersonId>, at: Timestamp) -> Notice {
        Notice {
            entry: Some(entry),
            ..Self::new("outside", entry, by, at)
        }
    }
}

impl Notice {
    /// An organisation was asked into a coalition's room; these people answer for it.
    pub fn room(party: Uuid, by: PersonId, coordinators: Vec<Uuid>, at: Timestamp) -> Notice {
        Notice {
            party: Some(party),
            mentioned: coordinators,
            // Asked again after a no, it is told again.
            ..Self::new("room", Self::once(party, at), Some(by), at)
        }
    }

    /// An organisation that was asked takes part now; these people asked it.
    pub fn room_joined(party: Uuid, by: PersonId, hosts: Vec<Uuid>, at: Timestamp) -> Notice {
        Notice {
            party: Some(party),
            mentioned: hosts,
            ..Self::new("room-joined", Self::once(party, at), Some(by), at)
        }
    }

    fn once(party: Uuid, at: Timestamp) -> Uuid {
        Uuid::new_v5(&party, &at.micros().to_be_bytes())
    }
}

/// Writes down that it happened; who is to be told follows from the outbox.
pub async fn happened(tx: &mut Tx, notice: Notice) -> Result<(), DbError> {
    let id = Uuid::new_v5(&notice.of, notice.kind.as_bytes());
    let noted = store::NOTE
        .bind(id)
        .bind(notice.at)
        .bind(notice.kind)
        .bind(notice.actor)
        .bind(notice.topic)
        .bind(notice.reply)
        .bind(notice.module)
        .bind(notice.seminar)
        .bind(notice.document)
        .bind(notice.entry)
        .bind(notice.party)
        .run(&mut *tx)
        .await?;
    if noted == 0 {
        return Ok(());
    }
    let payload = json!({ "notice": id, "mentioned": notice.mentioned });
    let job = Uuid::new_v5(&id, TELL.as_bytes());
    jobs::enqueue_once(tx, job, TELL, payload, notice.at).await
}
