//! Roles (core specification, appendix A.2): what a person may do in a context of the platform.

use serde_json::Value;

/// Roles read at most; whoever has more is a learner with a strange platform.
const MOST: usize = 100;

/// The roles of a launch, as far as they mean something here. An unknown role grants nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles {
    /// Teaches, develops content or administers in this context.
    pub instructor: bool,
    /// Learns in this context.
    pub learner: bool,
    /// Mentors learners.
    pub mentor: bool,
    /// Administers the institution or the system.
    pub administrator: bool,
    /// Not a person but a platform's test user ("student view").
    pub test_user: bool,
}

const MEMBERSHIP: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership";
const INSTITUTION: &str = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#";
const SYSTEM: &str = "http://purl.imsglobal.org/vocab/lis/v2/system/person#";
const LTI_SYSTEM: &str = "http://purl.imsglobal.org/vocab/lti/system/person#";

impl Roles {
    /// From the claim of LTI 1.3: a list of URIs, or short names of context roles.
    pub fn of_claim(claim: Option<&Value>) -> Roles {
        let list = claim.and_then(Value::as_array);
        Self::of(
            list.into_iter()
                .flatten()
                .take(MOST)
                .filter_map(Value::as_str),
        )
    }

    /// From the parameter of LTI 1.1: names apart by commas, short or as URNs.
    pub fn of_parameter(text: &str) -> Roles {
        Self::of(text.split(',').take(MOST).map(str::trim))
    }

    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Roles {
        let mut roles = Roles::default();
        for name in names {
            roles.add(name);
        }
        roles
    }

    fn add(&mut self, name: &str) {
        if let Some(role) = name.strip_prefix(MEMBERSHIP) {
            // `#Instructor`, or a sub-role: `/Instructor#TeachingAssistant`.
            match role.strip_prefix('/').and_then(|sub| sub.split_once('#')) {
                Some((principal, _)) => self.context(principal),
                None => self.context(role.trim_start_matches('#')),
            }
        } else if let Some(role) = name.strip_prefix(INSTITUTION) {
            self.administrator |= role == "Administrator";
        } else if let Some(role) = name.strip_prefix(SYSTEM) {
            self.administrator |= matches!(role, "Administrator" | "SysAdmin");
        } else if let Some(role) = name.strip_prefix(LTI_SYSTEM) {
            self.test_user |= role == "TestUser";
        } else if let Some(role) = name.strip_prefix("urn:lti:role:ims/lis/") {
            self.context(role.split('/').next().unwrap_or_default());
        } else if let Some(role) = name
            .strip_prefix("urn:lti:sysrole:ims/lis/")
            .or_else(|| name.strip_prefix("urn:lti:instrole:ims/lis/"))
        {
            self.administrator |= matches!(role, "Administrator" | "SysAdmin");
        } else if !name.contains([':', '/', '#']) {
            self.context(name);
        }
    }

    fn context(&mut self, role: &str) {
        match role {
            "Instructor" | "ContentDeveloper" | "Administrator" | "TeachingAssistant" => {
                self.instructor = true;
            }
            "Learner" | "Student" => self.learner = true,
            "Mentor" => self.mentor = true,
            _ => {}
        }
    }

    /// May choose modules and see how the class does.
    pub fn teaches(self) -> bool {
        (self.instructor || self.administrator) && !self.test_user
    }
}
