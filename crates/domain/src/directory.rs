//! The directory's rules: who may see a person's profile, and who can help with something, most
//! likely first, with the reasons.

use serde::{Deserialize, Serialize};

use crate::roles::Roles;

/// To whom somebody lets themselves be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// To nobody, as long as the person says nothing.
    #[default]
    Nobody,
    /// To members of organisations and the programme's team.
    Members,
    /// To anybody signed in.
    Accounts,
}

impl Shown {
    /// All there are, the most closed first.
    pub const ALL: [Shown; 3] = [Self::Nobody, Self::Members, Self::Accounts];

    /// The code in the store; what cannot be read shows nobody.
    pub fn from_code(code: &str) -> Shown {
        match code {
            "members" => Self::Members,
            "accounts" => Self::Accounts,
            _ => Self::Nobody,
        }
    }

    /// The code in the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Members => "members",
            Self::Accounts => "accounts",
        }
    }
}

/// True for those whom [`Shown::Members`] means.
pub fn is_member(roles: &Roles) -> bool {
    !roles.member_of.is_empty() || roles.is_staff() || roles.can_teach()
}

/// Whether one who is signed in with these roles may see a profile shown so.
pub fn may_see(shown: Shown, roles: &Roles) -> bool {
    match shown {
        Shown::Nobody => false,
        Shown::Members => is_member(roles),
        Shown::Accounts => true,
    }
}

/// Why somebody may be able to help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    /// Names this skill.
    Skill {
        /// As the person wrote it.
        label: String,
    },
    /// Says so in their own words.
    Says,
    /// Had answers accepted as solutions.
    Solved {
        /// How many.
        count: i64,
        /// The title of the latest question.
        heading: String,
        /// Where it stands, without language.
        path: String,
    },
    /// Completed a module, and lets it be known.
    Completed {
        /// The module's title.
        heading: String,
        /// Its address.
        slug: String,
    },
}

impl Reason {
    /// What it weighs: what others found useful counts more than what one says, what one says more
    /// than what one learned; many answers count, with less for each further one.
    fn weight(&self) -> i64 {
        match self {
            Reason::Skill { .. } => 40,
            Reason::Says => 30,
            Reason::Solved { count, .. } => 45 + 5 * (*count).clamp(1, 8),
            Reason::Completed { .. } => 15,
        }
    }
}

/// Reasons shown for one person at most.
pub const REASONS_MAX: usize = 4;

/// What the reasons weigh together: the first of a kind counts whole, further ones a quarter.
pub fn weight(reasons: &[Reason]) -> i64 {
    let mut seen = Vec::new();
    reasons
        .iter()
        .map(|reason| {
            let kind = std::mem::discriminant(reason);
            if seen.contains(&kind) {
                reason.weight() / 4
            } else {
                seen.push(kind);
                reason.weight()
            }
        })
        .sum()
}

/// Sorts the strongest reasons to the front and leaves out what is too much to read.
pub fn tell(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight()));
    reasons.dedup();
    reasons.truncate(REASONS_MAX);
    reasons
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn who_sees_a_profile() {
        let nobody = Roles::default();
        let member = Roles {
            member_of: vec![Uuid::from_u128(1)],
            ..Roles::default()
        };
        let regional = Roles {
            regions: vec!["gafsa".into()],
            ..Roles::default()
        };
        for (shown, roles, expected) in [
            (Shown::Nobody, &member, false),
            (Shown::Nobody, &regional, false),
            (Shown::Members, &nobody, false),
            (Shown::Members, &member, true),
            (Shown::Members, &regional, true),
            (Shown::Accounts, &nobody, true),
        ] {
            assert_eq!(may_see(shown, roles), expected, "{shown:?}");
        }
        for shown in Shown::ALL {
            assert_eq!(Shown::from_code(shown.code()), shown);
        }
        assert_eq!(Shown::from_code("everyone"), Shown::Nobody);
    }

    #[test]
    fn reasons_weigh_by_what_they_prove() {
        let skill = || Reason::Skill {
            label: "Plaidoyer".into(),
        };
        let solved = |count| Reason::Solved {
            count,
            heading: String::new(),
            path: String::new(),
        };
        let module = |slug: &str| Reason::Completed {
            heading: slug.into(),
            slug: slug.into(),
        };
        assert!(weight(&[solved(1)]) > weight(&[skill()]));
        assert!(weight(&[skill()]) > weight(&[Reason::Says]));
        assert!(weight(&[Reason::Says]) > weight(&[module("a"), module("b"), module("c")]));
        assert!(weight(&[solved(3)]) > weight(&[solved(2)]));
        assert_eq!(weight(&[solved(8)]), weight(&[solved(800)]));
        let told = tell(vec![
            module("a"),
            module("a"),
            skill(),
            Reason::Says,
            solved(1),
            module("b"),
        ]);
        assert_eq!(told.len(), REASONS_MAX);
        assert_eq!(told.first(), Some(&solved(1)));
    }
}
