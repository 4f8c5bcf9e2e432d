//! LTI 1.1 launches: a signed form (implementation guide 1.1.1 §3), and the cartridge with which
//! a consumer is told about us.

use url::Url;

use crate::claims;
use crate::launch::{BasicOutcome, Context, Launch, Message, Presentation};
use crate::oauth1::Parameter;
use crate::outcomes::escape;
use crate::roles::Roles;
use crate::target;
use crate::{Code, Refused};

/// Reads the parameters of a verified request. `target` is the path and query it was sent to.
pub fn read(parameters: &[Parameter], target: &str) -> Result<Launch, Refused> {
    let get = |name: &str| {
        parameters
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    };
    if get("lti_message_type") != Some("basic-lti-launch-request") {
        return Err(Refused::new(Code::MessageType, "lti_message_type"));
    }
    if !matches!(get("lti_version"), Some("LTI-1p0" | "LTI-1p1")) {
        return Err(Refused::new(Code::Version, "lti_version"));
    }
    let id = |name: &str, about| {
        get(name)
            .map(|text| claims::identifier(text, about))
            .transpose()
    };
    let link = id("resource_link_id", "resource_link_id")?
        .ok_or(Refused::new(Code::Missing, "resource_link_id"))?;
    let line = |name: &str| get(name).and_then(claims::line_of);
    let context = id("context_id", "context_id")?.map(|id| Context {
        id,
        title: line("context_title").or_else(|| line("context_label")),
    });
    let outcome = match (get("lis_outcome_service_url"), get("lis_result_sourcedid")) {
        (Some(url), Some(sourcedid)) if sourcedid.len() <= 4096 => {
            target::web(url).map(|url| BasicOutcome {
                url: url.into(),
                sourcedid: sourcedid.to_owned(),
            })
        }
        _ => None,
    };
    let name = line("lis_person_name_full").or_else(|| {
        match (
            line("lis_person_name_given"),
            line("lis_person_name_family"),
        ) {
            (Some(given), Some(family)) => Some(format!("{given} {family}")),
            (given, family) => given.or(family),
        }
    });
    let custom = parameters
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("custom_")?, value)))
        .filter(|(name, value)| {
            name.len() <= claims::ID_MAX && value.len() <= 4096 && claims::is_substituted(value)
        })
        .take(200)
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
    Ok(Launch {
        subject: id("user_id", "user_id")?,
        deployment: id("tool_consumer_instance_guid", "tool_consumer_instance_guid")
            .unwrap_or_default()
            .unwrap_or_default(),
        message: Message::ResourceLink {
            id: link,
            title: line("resource_link_title"),
        },
        target: target.to_owned(),
        roles: Roles::of_parameter(get("roles").unwrap_or_default()),
        name,
        email: line("lis_person_contact_email_primary"),
        context,
        presentation: Presentation {
            document_target: line("launch_presentation_document_target"),
            return_url: get("launch_presentation_return_url")
                .and_then(target::web)
                .map(String::from),
            locale: line("launch_presentation_locale"),
        },
        custom,
        ags: None,
        nrps: None,
        outcome,
        migration: None,
        family: line("tool_consumer_info_product_family_code"),
        platform_url: None,
    })
}

/// What the cartridge says about us.
#[derive(Debug, Clone, Copy)]
pub struct Cartridge<'a> {
    /// Our origin.
    pub public_url: &'a str,
    /// Our name.
    pub title: &'a str,
    /// What we are for.
    pub description: &'a str,
    /// Path of the launch.
    pub launch: &'a str,
    /// Address of the icon.
    pub icon: &'a str,
}

impl Cartridge<'_> {
    /// The document (common cartridge, basic LTI link 1.3 schema of LTI 1.1).
    pub fn xml(&self) -> String {
        let launch = escape(&format!("{}{}", self.public_url, self.launch));
        let secure = if self.public_url.starts_with("https:") {
            format!("<blti:secure_launch_url>{launch}</blti:secure_launch_url>")
        } else {
            String::new()
        };
        let domain = Url::parse(self.public_url)
            .ok()
            .and_then(|url| target::host(&url))
            .unwrap_or_default();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <cartridge_basiclti_link xmlns=\"http://www.imsglobal.org/xsd/imslticc_v1p0\" \
             xmlns:blti=\"http://www.imsglobal.org/xsd/imsbasiclti_v1p0\" \
             xmlns:lticm=\"http://www.imsglobal.org/xsd/imslticm_v1p0\" \
             xmlns:lticp=\"http://www.imsglobal.org/xsd/imslticp_v1p0\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xsi:schemaLocation=\"http://www.imsglobal.org/xsd/imslticc_v1p0 http://www.imsglobal.org/xsd/lti/ltiv1p0/imslticc_v1p0.xsd http://www.imsglobal.org/xsd/imsbasiclti_v1p0 http://www.imsglobal.org/xsd/lti/ltiv1p0/imsbasiclti_v1p0.xsd\">\n\
             <blti:title>{title}</blti:title>\n\
             <blti:description>{description}</blti:description>\n\
             <blti:launch_url>{launch}</blti:launch_url>\n{secure}\
             <blti:icon>{icon}</blti:icon>\n\
             <blti:vendor><lticp:code>halqa</lticp:code><lticp:name>{title}</lticp:name></blti:vendor>\n\
             <blti:extensions platform=\"canvas.instructure.com\">\
             <lticm:property name=\"privacy_level\">name_only</lticm:property>\
             <lticm:property name=\"domain\">{domain}</lticm:property>\
             </blti:extensions>\n\
             </cartridge_basiclti_link>\n",
            title = escape(self.title),
            description = escape(self.description),
            icon = escape(self.icon),
            domain = escape(&domain),
        )
    }
}
