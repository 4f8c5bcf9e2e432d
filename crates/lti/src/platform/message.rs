//! The messages we sign for a tool: a resource link is launched, content is to be picked (core
//! specification §5.3; deep linking 2.0 §4.4; AGS §3.1; NRPS §2.1).

use serde_json::{Map, Value, json};

use crate::claims;

const MEMBERSHIP: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#";

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    /// A link is launched.
    ResourceLink {
        /// Stable.
        id: &'a str,
        /// As shown.
        title: &'a str,
        /// Columns of the gradebook and members.
        services: Services<'a>,
    },
    /// Content is to be picked.
    DeepLinking {
        /// Where the answer goes.
        return_url: &'a str,
        /// Comes back as it is.
        data: &'a str,
    },
}

/// The services of a link.
#[derive(Debug, Clone, Copy)]
pub struct Services<'a> {
    /// All columns of the link.
    pub line_items: &'a str,
    /// Its own column.
    pub line_item: &'a str,
    /// What the tool may do with them.
    pub scopes: &'a [&'a str],
    /// Who takes part.
    pub members: &'a str,
}

/// A message to a tool.
#[derive(Debug, Clone, Copy)]
pub struct IdToken<'a> {
    /// Us.
    pub issuer: &'a str,
    /// The tool.
    pub client_id: &'a str,
    /// The deployment.
    pub deployment: &'a str,
    /// The person, as this tool knows them.
    pub subject: &'a str,
    /// The tool's nonce.
    pub nonce: &'a str,
    /// Where it leads.
    pub target: &'a str,
    /// The person teaches here.
    pub instructor: bool,
    /// The person's name, where the tool may know it.
    pub name: Option<&'a str>,
    /// The person's address, where the tool may know it.
    pub email: Option<&'a str>,
    /// A language tag.
    pub locale: &'a str,
    /// Where the person goes back to.
    pub back: &'a str,
    /// The context's id and title.
    pub context: (&'a str, &'a str),
    /// Custom parameters.
    pub custom: &'a [(String, String)],
    /// What.
    pub message: Message<'a>,
    /// Seconds since 1970.
    pub now: i64,
}

/// The role of a learner or of who teaches.
pub fn role(instructor: bool) -> String {
    let role = if instructor { "Instructor" } else { "Learner" };
    format!("{MEMBERSHIP}{role}")
}

impl IdToken<'_> {
    /// Its claims, to be signed; valid for five minutes.
    pub fn claims(&self) -> Value {
        let core = |name: &str| format!("{}{name}", claims::CORE);
        let mut all = Map::new();
        let mut set = |name: String, value: Value| {
            all.insert(name, value);
        };
        set("iss".into(), json!(self.issuer));
        set("aud".into(), json!(self.client_id));
        set("azp".into(), json!(self.client_id));
        set("sub".into(), json!(self.subject));
        set("nonce".into(), json!(self.nonce));
        set("iat".into(), json!(self.now));
        set("exp".into(), json!(self.now + 300));
        set("locale".into(), json!(self.locale));
        if let Some(name) = self.name {
            set("name".into(), json!(name));
        }
        if let Some(email) = self.email {
            set("email".into(), json!(email));
        }
        set(core("version"), json!("1.3.0"));
        set(core("deployment_id"), json!(self.deployment));
        set(core("target_link_uri"), json!(self.target));
        set(core("roles"), json!([role(self.instructor)]));
        set(
            core("context"),
            json!({
                "id": self.context.0, "title": self.context.1,
                "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
            }),
        );
        set(
            core("launch_presentation"),
            json!({
                "document_target": "window", "return_url": self.back, "locale": self.locale,
            }),
        );
        set(
            core("tool_platform"),
            json!({ "guid": self.issuer, "url": self.issuer, "name": "Halqa", "product_family_code": "halqa" }),
        );
        if !self.custom.is_empty() {
            let custom: Map<String, Value> = self
                .custom
                .iter()
                .map(|(name, value)| (name.clone(), json!(value)))
                .collect();
            set(core("custom"), Value::Object(custom));
        }
        match self.message {
            Message::ResourceLink {
                id,
                title,
                services,
            } => {
                set(core("message_type"), json!("LtiResourceLinkRequest"));
                set(core("resource_link"), json!({ "id": id, "title": title }));
                set(
                    claims::AGS.into(),
                    json!({
                        "scope": services.scopes, "lineitems": services.line_items,
                        "lineitem": services.line_item,
                    }),
                );
                set(
                    claims::NRPS.into(),
                    json!({
                        "context_memberships_url": services.members, "service_versions": ["2.0"],
                    }),
                );
            }
            Message::DeepLinking { return_url, data } => {
                set(core("message_type"), json!("LtiDeepLinkingRequest"));
                set(
                    claims::DL_SETTINGS.into(),
                    json!({
                        "deep_link_return_url": return_url, "data": data,
                        "accept_types": ["ltiResourceLink"],
                        "accept_presentation_document_targets": ["window"],
                        "accept_multiple": true, "accept_lineitem": true, "auto_create": false,
                    }),
                );
            }
        }
        Value::Object(all)
    }
}
