//! The rules of living together in the spaces: who may read, write, decide and release, and how
//! much trust a person's own contributions have earned.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::roles::Roles;

/// Who may read a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Anybody signed in.
    Members,
    /// Those who were invited, its animators, the staff.
    Invitation,
    /// A coalition's: those whom the organisations that take part let in, and nobody else.
    Room,
}

impl Visibility {
    /// Those that a space can be given, the most open first: a room is one from its first day to its
    /// last.
    pub const ALL: [Visibility; 3] = [Self::Public, Self::Members, Self::Invitation];

    /// The code in the store; what cannot be read is the closest: nobody is let in by damage.
    pub fn from_code(code: &str) -> Visibility {
        match code {
            "public" => Self::Public,
            "members" => Self::Members,
            "room" => Self::Room,
            _ => Self::Invitation,
        }
    }

    /// The code in the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Members => "members",
            Self::Invitation => "invitation",
            Self::Room => "room",
        }
    }
}

/// What a space is to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads, and writes once signed in.
    Open,
    /// Has to sign in first.
    SignIn,
    /// Does not exist.
    Hidden,
}

/// What the space is to a visitor: `roles` are those of who is signed in; `invited` whether they
/// are on the space's list, or of an organisation that takes part in the room.
pub fn access(visibility: Visibility, space: Uuid, roles: Option<&Roles>, invited: bool) -> Access {
    match (visibility, roles) {
        (Visibility::Public, _) | (Visibility::Members, Some(_)) => Access::Open,
        (Visibility::Members, None) => Access::SignIn,
        (Visibility::Invitation, Some(roles)) if invited || roles.can_animate(space) => {
            Access::Open
        }
        (Visibility::Room, Some(_)) if invited => Access::Open,
        (Visibility::Invitation | Visibility::Room, _) => Access::Hidden,
    }
}

/// What a person has given to the community so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contribution {
    /// Texts that are shown.
    pub texts: i64,
    /// Answers that were accepted.
    pub accepted: i64,
    /// Texts that had to be hidden.
    pub hidden: i64,
    /// Days since the account was made.
    pub days: i64,
}

/// How far the community knows somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Just arrived: few links, no pictures, a slower pace.
    Newcomer,
    /// Has taken part.
    Member,
    /// Has helped others.
    Trusted,
}

impl Contribution {
    /// The trust that this earns. A hidden text weighs as much as three that stand.
    pub fn trust(self) -> Trust {
        let standing = self.texts + 3 * self.accepted - 3 * self.hidden;
        if standing < 3 || (self.days < 1 && self.accepted == 0) {
            Trust::Newcomer
        } else if self.accepted >= 3 && self.hidden == 0 && self.days >= 30 {
            Trust::Trusted
        } else {
            Trust::Member
        }
    }
}

impl Trust {
    /// Texts in ten minutes at most.
    pub fn pace(self) -> i64 {
        match self {
            Trust::Newcomer => 5,
            Trust::Member => 10,
            Trust::Trusted => 30,
        }
    }

    /// Links in one text at most; none: as many as wanted.
    pub fn links(self) -> Option<usize> {
        (self == Trust::Newcomer).then_some(2)
    }

    /// May put pictures into a text.
    pub fn pictures(self) -> bool {
        self > Trust::Newcomer
    }
}

/// Links in a text of Markdown: addresses written out or behind words.
pub fn links(text: &str) -> usize {
    ["http://", "https://", "www."]
        .iter()
        .map(|mark| text.to_lowercase().matches(mark).count())
        .sum()
}

/// Decides which replies solve a question: who asked, who animates, the staff.
pub fn may_accept(asker: bool, space: Uuid, roles: &Roles) -> bool {
    asker || roles.can_animate(space)
}

/// What becomes of a document that a member proposes.
pub fn released_at_once(organisation: Uuid, trusted: bool, roles: &Roles) -> bool {
    trusted || roles.coordinates.contains(&organisation)
}

/// Releases the documents of an organisation: its coordinators, administrators.
pub fn may_release(organisation: Uuid, roles: &Roles) -> bool {
    roles.admin || roles.coordinates.contains(&organisation)
}

/// Puts an organisation to rest and wakes it: its coordinators, administrators.
pub fn may_rest(organisation: Uuid, roles: &Roles) -> bool {
    may_release(organisation, roles)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: Uuid = Uuid::from_u128(1);
    const OSC: Uuid = Uuid::from_u128(2);

    fn member() -> Roles {
        Roles {
            member_of: vec![OSC],
            ..Roles::default()
        }
    }

    fn animator() -> Roles {
        Roles {
            animates: vec![SPACE],
            ..Roles::default()
        }
    }

    fn coordinator() -> Roles {
        Roles {
            coordinates: vec![OSC],
            ..member()
        }
    }

    fn regional() -> Roles {
        Roles {
            regions: vec!["gafsa".into()],
            ..Roles::default()
        }
    }

    #[test]
    fn who_reads_a_space() {
        use Access::*;
        let (member, animator, regional) = (member(), animator(), regional());
        for (visibility, roles, invited, expected) in [
            (Visibility::Public, None, false, Open),
            (Visibility::Members, None, false, SignIn),
            (Visibility::Members, Some(&member), false, Open),
            (Visibility::Invitation, None, false, Hidden),
            // An invitation without a person is nobody's.
            (Visibility::Invitation, None, true, Hidden),
            (Visibility::Invitation, Some(&member), false, Hidden),
            (Visibility::Invitation, Some(&member), true, Open),
            (Visibility::Invitation, Some(&animator), false, Open),
            (Visibility::Invitation, Some(&regional), false, Open),
            // A room is its organisations' own: no role opens it.
            (Visibility::Room, None, true, Hidden),
            (Visibility::Room, Some(&member), false, Hidden),
            (Visibility::Room, Some(&member), true, Open),
            (Visibility::Room, Some(&animator), false, Hidden),
            (Visibility::Room, Some(&regional), false, Hidden),
        ] {
            assert_eq!(
                access(visibility, SPACE, roles, invited),
                expected,
                "{visibility:?} {invited}"
            );
        }
        let elsewhere = Uuid::from_u128(9);
        assert_eq!(
            access(Visibility::Invitation, elsewhere, Some(&animator), false),
            Hidden
        );
    }

    #[test]
    fn codes_go_there_and_back_and_damage_closes() {
        for visibility in Visibility::ALL {
            assert_eq!(Visibility::from_code(visibility.code()), visibility);
        }
        assert_eq!(Visibility::from_code("room"), Visibility::Room);
        assert_eq!(Visibility::from_code("pubic"), Visibility::Invitation);
    }

    #[test]
    fn trust_is_earned_and_lost() {
        for (texts, accepted, hidden, days, expected) in [
            (0, 0, 0, 0, Trust::Newcomer),
            (2, 0, 0, 400, Trust::Newcomer),
            (3, 0, 0, 0, Trust::Newcomer),
            (3, 0, 0, 1, Trust::Member),
            (1, 1, 0, 0, Trust::Member),
            (40, 2, 0, 400, Trust::Member),
            (4, 3, 0, 29, Trust::Member),
            (4, 3, 0, 30, Trust::Trusted),
            (40, 9, 1, 400, Trust::Member),
            (5, 0, 1, 90, Trust::Newcomer),
        ] {
            let contribution = Contribution {
                texts,
                accepted,
                hidden,
                days,
            };
            assert_eq!(contribution.trust(), expected, "{contribution:?}");
        }
        assert!(Trust::Newcomer.pace() < Trust::Member.pace());
        assert_eq!(Trust::Newcomer.links(), Some(2));
        assert!(!Trust::Newcomer.pictures() && Trust::Member.pictures());
    }

    #[test]
    fn links_are_counted_however_they_are_written() {
        for (text, expected) in [
            ("rien", 0),
            ("[a](https://a.tn) et HTTP://b.tn", 2),
            ("www.a.tn www.b.tn", 2),
        ] {
            assert_eq!(links(text), expected, "{text}");
        }
    }

    #[test]
    fn who_decides() {
        let (member, animator, coordinator, regional) =
            (member(), animator(), coordinator(), regional());
        assert!(may_accept(true, SPACE, &member) && !may_accept(false, SPACE, &member));
        assert!(may_accept(false, SPACE, &animator) && may_accept(false, SPACE, &regional));
        assert!(!may_accept(false, Uuid::from_u128(9), &animator));
        assert!(!released_at_once(OSC, false, &member) && released_at_once(OSC, true, &member));
        assert!(released_at_once(OSC, false, &coordinator));
        assert!(may_release(OSC, &coordinator) && !may_release(OSC, &member));
        // Regional staff supports organisations; it does not speak for them.
        assert!(!may_release(OSC, &regional) && !may_rest(OSC, &regional));
        assert!(may_rest(OSC, &coordinator) && !may_rest(Uuid::from_u128(9), &coordinator));
    }
}
