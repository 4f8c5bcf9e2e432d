//! Decisions of the staff about one person: let in whatever the rule says, and prior learning that
//! counts for every rule. Each has a reason and stands in the audit log.

use serde_json::json;

use super::{LearnerRow, SeminarRow, store};
use crate::App;
use crate::accounts::Audit;
use crate::db::{DbError, On};
use crate::ids::{ModuleId, PersonId, SeminarId};
use crate::web::Refusal;

/// A decision to be written down.
#[derive(Debug, Clone)]
pub struct Decision {
    /// About whom.
    pub person: PersonId,
    /// Why, in the words of the staff.
    pub reason: String,
    /// By whom.
    pub by: PersonId,
}

/// Why somebody was let into a seminar, where staff did so.
pub(super) async fn admission(
    on: On<'_>,
    seminar: SeminarId,
    person: PersonId,
) -> Result<Option<store::AdmissionRow>, DbError> {
    store::ADMISSION
        .bind(seminar)
        .bind(person)
        .optional(on)
        .await
}

/// Lets somebody in whatever the rule says; doing it again changes nothing. They still take the
/// seat themselves.
pub async fn admit(app: &App, seminar: &SeminarRow, decision: Decision) -> Result<(), Refusal> {
    let id = app.ids.uuid();
    let now = app.clock.now();
    let audit = Audit::new(
        app,
        Some(decision.by),
        "seminar-admitted",
        format!("seminar:{}", seminar.id),
    )
    .detail(json!({ "person": decision.person, "reason": decision.reason }));
    app.db
        .write(
            (id, now, seminar.id, decision, audit),
            |tx, (id, now, seminar, decision, audit)| {
                Box::pin(async move {
                    let made = store::ADMIT
                        .bind(*id)
                        .bind(*seminar)
                        .bind(decision.person)
                        .bind(&decision.reason)
                        .bind(decision.by)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    if made == 1 {
                        audit.write(tx).await?;
                    }
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}

/// Recognises that somebody has learnt a module elsewhere; doing it again changes nothing.
pub async fn recognise(app: &App, module: ModuleId, decision: Decision) -> Result<(), Refusal> {
    let id = app.ids.uuid();
    let now = app.clock.now();
    let audit = Audit::new(
        app,
        Some(decision.by),
        "learning-recognised",
        format!("person:{}", decision.person),
    )
    .detail(json!({ "module": module, "reason": decision.reason }));
    app.db
        .write(
            (id, now, module, decision, audit),
            |tx, (id, now, module, decision, audit)| {
                Box::pin(async move {
                    let made = store::RECOGNISE
                        .bind(*id)
                        .bind(decision.person)
                        .bind(*module)
                        .bind(&decision.reason)
                        .bind(decision.by)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    if made == 1 {
                        audit.write(tx).await?;
                    }
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}

/// Takes a recognition back; seats already taken stay.
pub async fn revoke_recognition(app: &App, id: uuid::Uuid, by: PersonId) -> Result<(), Refusal> {
    let now = app.clock.now();
    let audit = Audit::new(
        app,
        Some(by),
        "recognition-revoked",
        format!("recognition:{id}"),
    );
    app.db
        .write((id, now, audit), |tx, (id, now, audit)| {
            Box::pin(async move {
                let query = store::REVOKE_RECOGNITION.bind(*id).bind(*now);
                if query.run(&mut *tx).await? == 1 {
                    audit.write(tx).await?;
                }
                Ok::<(), Refusal>(())
            })
        })
        .await
}

/// Who was let into a seminar, and whose prior learning of its modules is recognised.
pub(super) async fn decisions(
    app: &App,
    seminar: &SeminarRow,
) -> Result<(Vec<store::DecisionRow>, Vec<store::DecisionRow>), DbError> {
    let admitted = store::ADMISSIONS.bind(seminar.id).all(&app.db).await?;
    let rule = seminar.rule();
    let modules: Vec<uuid::Uuid> = rule.conditions().iter().map(|c| c.subject.id()).collect();
    let recognised = store::RECOGNITIONS.bind(modules).all(&app.db).await?;
    Ok((admitted, recognised))
}

/// An active person by address, for the forms of the staff.
pub(super) async fn by_address(app: &App, address: &str) -> Result<Option<LearnerRow>, DbError> {
    store::PERSON_BY_EMAIL
        .bind(address.trim().to_lowercase())
        .optional(&app.db)
        .await
}
