//! Other sites that a package's pages load libraries, films or fonts from. The content origin lets
//! nothing in from elsewhere; a trainer may allow the sites that the import's diagnosis found, for
//! one package, over HTTPS alone.

use package::Finding;
use serde_json::json;

use super::{Module, store};
use crate::App;
use crate::accounts::Audit;
use crate::ids::{PackageId, PersonId};
use crate::web::Refusal;

/// The finding that names them.
const FINDING: &str = "external_hosts";

/// Whether pages of a package with this diagnosis ask for other sites at all.
pub(super) fn asks(diagnosis: &[Finding]) -> bool {
    diagnosis.iter().any(|finding| finding.code == FINDING)
}

/// The sites that the diagnosis found and that may be allowed.
pub fn asked(app: &App, diagnosis: &[Finding]) -> Vec<String> {
    let own: Vec<String> = [&app.config.public_url, &app.config.content_url]
        .iter()
        .filter_map(|url| url::Url::parse(&url.replace("{package}.", "")).ok())
        .filter_map(|url| url.host_str().map(str::to_owned))
        .collect();
    let mut hosts: Vec<String> = diagnosis
        .iter()
        .filter(|finding| finding.code == FINDING)
        .filter_map(|finding| finding.args.get("hosts"))
        .flat_map(|hosts| hosts.split(", "))
        .map(str::to_ascii_lowercase)
        .filter(|host| is_public(host) && own.iter().all(|own| !is_within(host, own)))
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

/// A name of the public internet: no address, nothing of a local network.
fn is_public(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((rest, top)) = host.rsplit_once('.') else {
        return false;
    };
    host.len() <= 253
        && rest.split('.').all(is_label)
        && top.len() >= 2
        && (top.bytes().all(|b| b.is_ascii_alphabetic()) || top.starts_with("xn--"))
        && is_label(top)
        && !matches!(
            top,
            "local" | "localhost" | "internal" | "lan" | "home" | "corp" | "intranet" | "arpa"
        )
}

fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The sites allowed for a package: read anew each time, so that every node knows at once.
pub async fn allowed(app: &App, package: PackageId) -> Result<Vec<String>, Refusal> {
    let row: store::HostsRow = store::HOSTS.bind(package).one(&app.db).await?;
    Ok(row.hosts.split_whitespace().map(str::to_owned).collect())
}

/// Allows the sites that a module's package asks for, or none. `seen` is the package that the
/// trainer looked at; 409 where the module has another one since.
pub async fn allow(
    app: &App,
    module: &Module,
    seen: PackageId,
    yes: bool,
    by: PersonId,
) -> Result<(), Refusal> {
    if module.package != seen {
        return Err(Refusal::conflict("package-changed"));
    }
    let hosts = if yes {
        asked(app, &super::package(app, seen).await?.diagnosis)
    } else {
        Vec::new()
    };
    let action = if yes {
        "hosts-allowed"
    } else {
        "hosts-stopped"
    };
    let audit = Audit::new(app, Some(by), action, format!("package:{seen}"))
        .detail(json!({ "module": module.id, "hosts": hosts }));
    app.db
        .write(
            (seen, hosts.join(" "), audit),
            |tx, (seen, hosts, audit)| {
                Box::pin(async move {
                    store::SET_HOSTS
                        .bind(*seen)
                        .bind(hosts.as_str())
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await?;
                    Ok::<_, Refusal>(())
                })
            },
        )
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_public_internet() {
        for good in [
            "cdn.jsdelivr.net",
            "fonts.example.xn--mgbayh7gpa",
            "a-b.example.org",
        ] {
            assert!(is_public(good), "{good}");
        }
        for bad in [
            "localhost",
            "127.0.0.1",
            "printer.local",
            "db.internal",
            "a..b.org",
            "-a.org",
            "a_b.org",
            "example.org;script-src",
            "example.org *",
            "example.c",
            "",
        ] {
            assert!(!is_public(bad), "{bad}");
        }
        assert!(is_within("a.halqa.example", "halqa.example"));
        assert!(!is_within("nothalqa.example", "halqa.example"));
    }
}
