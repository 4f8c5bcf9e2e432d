//! Who may do what: pure answers over the roles that hold at a moment.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The roles of a person that hold now. Loading leaves out grants and memberships whose period is
/// not now, so that nothing here needs a clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Administrator of the platform.
    pub admin: bool,
    /// Regions (slugs) in which the person is regional staff.
    pub regions: Vec<String>,
    /// May upload packages and publish modules.
    pub trainer: bool,
    /// Spaces the person animates.
    pub animates: Vec<Uuid>,
    /// Coalition rooms of the organisations the person coordinates: they look after what is written there.
    #[serde(default)]
    pub hosts: Vec<Uuid>,
    /// Organisations the person coordinates.
    pub coordinates: Vec<Uuid>,
    /// Organisations the person belongs to (those coordinated included).
    pub member_of: Vec<Uuid>,
}

impl Roles {
    /// Staff of the programme: administrators and regional staff.
    pub fn is_staff(&self) -> bool {
        self.admin || !self.regions.is_empty()
    }

    /// May upload packages: trainers and administrators.
    pub fn can_teach(&self) -> bool {
        self.trainer || self.admin
    }

    /// May organise seminars in a region. An event without a region is everybody's on the staff.
    pub fn can_organise(&self, region: Option<&str>) -> bool {
        self.admin
            || match region {
                Some(region) => self.regions.iter().any(|r| r == region),
                None => self.is_staff(),
            }
    }

    /// May see the members and the progress of an organisation: its coordinators, the staff of its
    /// region, administrators.
    pub fn can_see_organisation(&self, organisation: Uuid, region: Option<&str>) -> bool {
        self.admin
            || self.coordinates.contains(&organisation)
            || region.is_some_and(|region| self.regions.iter().any(|r| r == region))
    }

    /// May moderate a space: its animators, the staff.
    pub fn can_animate(&self, space: Uuid) -> bool {
        self.is_staff() || self.animates.contains(&space)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regional_staff_see_their_region_only() {
        let roles = Roles {
            regions: vec!["gafsa".into()],
            ..Roles::default()
        };
        let osc = Uuid::from_u128(1);
        assert!(roles.can_see_organisation(osc, Some("gafsa")));
        assert!(!roles.can_see_organisation(osc, Some("tunis")));
        assert!(!roles.can_see_organisation(osc, None));
        assert!(roles.can_organise(None));
    }

    #[test]
    fn a_coordinator_sees_the_own_organisation_only() {
        let osc = Uuid::from_u128(1);
        let roles = Roles {
            coordinates: vec![osc],
            ..Roles::default()
        };
        assert!(roles.can_see_organisation(osc, Some("tunis")));
        assert!(!roles.can_see_organisation(Uuid::from_u128(2), Some("tunis")));
        assert!(!roles.is_staff());
    }
}
