//! Names and role provisioning services 2.0: who is in a course of the platform.

use serde_json::Value;
use url::Url;

use crate::claims;
use crate::roles::Roles;
use crate::target;
use crate::{Code, Refused};

/// May read members.
pub const SCOPE: &str = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";
/// The media type of a page of members.
pub const MEMBERS_TYPE: &str = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
/// Members of one page at most.
const MOST: usize = 10_000;

/// Where the members of a launch's context are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The address.
    pub url: String,
}

/// Reads the claim; a service of another version is none.
pub(crate) fn endpoint(claim: Option<&Value>) -> Option<Endpoint> {
    let claim = claim?.as_object()?;
    let url = claim.get("context_memberships_url")?.as_str()?;
    let versions = claims::texts(claim.get("service_versions"), 20);
    if !versions.is_empty() && !versions.iter().any(|version| version == "2.0") {
        return None;
    }
    target::web(url)?;
    Some(Endpoint {
        url: url.to_owned(),
    })
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person, as in `sub` of a launch.
    pub user_id: String,
    /// The name, if it is told.
    pub name: Option<String>,
    /// As what.
    pub roles: Roles,
    /// False for those who are in the course but may not take part now.
    pub active: bool,
}

/// Reads a page of members (§2.2).
pub fn members(body: &[u8]) -> Result<Vec<Member>, Refused> {
    let malformed = Refused::new(Code::Malformed, "members");
    let page: Value = serde_json::from_slice(body).map_err(|_| malformed.clone())?;
    let list = page
        .get("members")
        .and_then(Value::as_array)
        .ok_or(malformed)?;
    Ok(list
        .iter()
        .take(MOST)
        .filter_map(|member| {
            let part = |name: &str| claims::line(member.get(name));
            Some(Member {
                user_id: claims::id(member.get("user_id"), "user_id").ok()?,
                name: part("name").or_else(|| match (part("given_name"), part("family_name")) {
                    (Some(given), Some(family)) => Some(format!("{given} {family}")),
                    (given, family) => given.or(family),
                }),
                roles: Roles::of_claim(member.get("roles")),
                active: member
                    .get("status")
                    .and_then(Value::as_str)
                    .is_none_or(|status| status == "Active"),
            })
        })
        .collect())
}

/// The address of the next page in a `Link` header (RFC 8288), resolved against the page's own.
pub fn next_page(link: &str, page: &Url) -> Option<Url> {
    let mut rest = link;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>')?;
        let address = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let parameters = &rest[..rest.find('<').unwrap_or(rest.len())];
        let is_next = parameters.split([';', ',']).any(|parameter| {
            parameter
                .trim()
                .strip_prefix("rel")
                .and_then(|value| value.trim_start().strip_prefix('='))
                .is_some_and(|value| {
                    value
                        .trim()
                        .trim_matches('"')
                        .split_ascii_whitespace()
                        .any(|relation| relation.eq_ignore_ascii_case("next"))
                })
        });
        if is_next {
            return page
                .join(address)
                .ok()
                .filter(|url| target::web(url.as_str()).is_some());
        }
    }
    None
}
