//! The report as files.

use rocket::get;

use super::super::export::File;
use super::super::tables::Tables;
use super::super::turns::turn;
use super::super::{Filter, ReportScope};
use crate::accounts::guards::SignedIn;
use crate::web::Refusal;

fn tables<'a>(
    who: &SignedIn<'a>,
    scope: &'a ReportScope,
    organisation: Option<&str>,
) -> Tables<'a> {
    Tables {
        app: who.app,
        scope,
        lang: who.lang(),
        filter: Filter {
            organisation: organisation.unwrap_or_default().to_owned(),
            ..Filter::default()
        },
        with_email: false,
    }
}

/// One table as CSV.
#[get("/teach/modules/<slug>/report/csv/<part>?<organisation>")]
pub(super) async fn csv(
    who: SignedIn<'_>,
    slug: &str,
    part: &str,
    organisation: Option<&str>,
) -> Result<File, Refusal> {
    let scope = ReportScope::of(who.app, who.person, slug).await?;
    let _turn = turn(who.person.id.0).await?;
    tables(&who, &scope, organisation).csv(part).await
}

/// All tables as one workbook.
#[get("/teach/modules/<slug>/report/xlsx?<organisation>")]
pub(super) async fn xlsx(
    who: SignedIn<'_>,
    slug: &str,
    organisation: Option<&str>,
) -> Result<File, Refusal> {
    let scope = ReportScope::of(who.app, who.person, slug).await?;
    let _turn = turn(who.person.id.0).await?;
    tables(&who, &scope, organisation).workbook().await
}
