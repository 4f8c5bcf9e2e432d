//! Who may see what of a module's learners.

use crate::App;
use crate::accounts::Person;
use crate::accounts::api_key::{ApiKey, scope};
use crate::catalogue::{self, Module};
use crate::db::{Bound, Query};
use crate::ids::ModuleId;
use crate::player::Role;
use crate::web::Refusal;

/// The right to a module's reports, which only a check of roles gives:
///
/// | who | sees |
/// |---|---|
/// | administrators | all learners of every module |
/// | the module's trainer | all its learners |
/// | regional staff | attempts made by members of their regions' organisations, during the membership |
/// | everybody else | nothing: 404 |
///
/// Programs with the scope `reports` see what administrators see.
#[derive(Debug, Clone)]
pub struct ReportScope {
    /// Which module.
    pub module: Module,
    /// As whom.
    pub role: Role,
    /// `None`: all learners.
    regions: Option<Vec<String>>,
}

impl ReportScope {
    /// For a signed-in person.
    pub async fn of(app: &App, person: &Person, slug: &str) -> Result<ReportScope, Refusal> {
        let module = catalogue::module_by_slug(app, slug).await?;
        let roles = &person.roles;
        let (role, regions) = if roles.admin {
            (Role::Admin, None)
        } else if catalogue::may_manage(person, &module) {
            (Role::Trainer, None)
        } else if !roles.regions.is_empty() {
            (Role::Regional, Some(roles.regions.clone()))
        } else {
            return Err(Refusal::not_found());
        };
        Ok(ReportScope {
            module,
            role,
            regions,
        })
    }

    /// For a program.
    pub async fn of_key(
        app: &App,
        _: &ApiKey<scope::Reports>,
        module: ModuleId,
    ) -> Result<ReportScope, Refusal> {
        Ok(ReportScope {
            module: catalogue::module(app, module).await?,
            role: Role::Admin,
            regions: None,
        })
    }

    /// True where only some of the learners are seen.
    pub fn is_regional(&self) -> bool {
        self.regions.is_some()
    }

    /// A query with the scope bound to it (`$1`–`$4`), narrowed to an organisation where its slug
    /// is not empty.
    pub(super) fn bind(&self, query: &'static Query, organisation: &str) -> Bound {
        query
            .bind(self.module.id)
            .bind(i64::from(self.regions.is_none()))
            .bind(self.regions.clone().unwrap_or_default())
            .bind(organisation)
    }
}
