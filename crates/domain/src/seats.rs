//! Seats set aside: how many somebody could have, given who has seats already.

/// What a seat is counted by: the organisation's kind and region of who holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    /// Kind of organisation; `None`: no organisation.
    pub kind: Option<String>,
    /// Region; `None`: none.
    pub region: Option<String>,
}

/// For whom seats are set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum For {
    /// Organisations of a kind.
    Kind(String),
    /// Organisations of a region.
    Region(String),
}

/// Seats set aside until a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// For whom.
    pub of: For,
    /// How many.
    pub seats: u32,
    /// Until when, in microseconds since 1970: from then on they are everybody's.
    pub until: i64,
}

impl Quota {
    /// True when this seat counts for the quota.
    pub fn covers(&self, holder: &Holder) -> bool {
        match &self.of {
            For::Kind(kind) => holder.kind.as_ref() == Some(kind),
            For::Region(region) => holder.region.as_ref() == Some(region),
        }
    }
}

/// How many seats `who` could have now: what is free, less what is still set aside for others.
///
/// `taken` are the holders of all seats that nobody else can have. A seat that is set aside and
/// taken by those for whom it is counts once.
pub fn free_for(capacity: u32, taken: &[Holder], quotas: &[Quota], who: &Holder, now: i64) -> u32 {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let free = capacity.saturating_sub(count(taken.len()));
    let aside = quotas
        .iter()
        .filter(|quota| quota.until > now && !quota.covers(who))
        .map(|quota| {
            let used = taken.iter().filter(|holder| quota.covers(holder)).count();
            quota.seats.saturating_sub(count(used))
        })
        .fold(0, u32::saturating_add);
    free.saturating_sub(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &str, region: &str) -> Holder {
        Holder {
            kind: Some(kind.into()),
            region: Some(region.into()),
        }
    }

    fn set_aside(of: For, seats: u32) -> Quota {
        Quota {
            of,
            seats,
            until: 100,
        }
    }

    #[test]
    fn without_quotas_what_is_free_is_everybodys() {
        let who = of("association", "gafsa");
        assert_eq!(free_for(3, &[], &[], &who, 0), 3);
        assert_eq!(free_for(3, &vec![who.clone(); 5], &[], &who, 0), 0);
        assert_eq!(free_for(3, &[], &[], &Holder::default(), 0), 3);
    }

    #[test]
    fn what_is_set_aside_is_for_those_named_until_then() {
        let quotas = [set_aside(For::Kind("public_actor".into()), 2)];
        let public = of("public_actor", "gafsa");
        let other = of("association", "gafsa");
        assert_eq!(free_for(3, &[], &quotas, &other, 0), 1);
        assert_eq!(free_for(3, &[], &quotas, &public, 0), 3);
        assert_eq!(
            free_for(3, std::slice::from_ref(&public), &quotas, &other, 0),
            1
        );
        assert_eq!(
            free_for(3, std::slice::from_ref(&other), &quotas, &other, 0),
            0
        );
        assert_eq!(
            free_for(3, std::slice::from_ref(&other), &quotas, &public, 0),
            2
        );
        assert_eq!(
            free_for(3, std::slice::from_ref(&other), &quotas, &other, 100),
            2,
            "released"
        );
    }

    #[test]
    fn two_quotas_are_both_kept() {
        let quotas = [
            set_aside(For::Kind("public_actor".into()), 1),
            set_aside(For::Region("gafsa".into()), 2),
        ];
        assert_eq!(
            free_for(5, &[], &quotas, &of("association", "sousse"), 0),
            2
        );
        assert_eq!(free_for(5, &[], &quotas, &of("association", "gafsa"), 0), 4);
        assert_eq!(
            free_for(5, &[], &quotas, &of("public_actor", "gafsa"), 0),
            5
        );
        // More set aside than there are: nobody is let in by an overflow.
        assert_eq!(
            free_for(2, &[], &quotas, &of("association", "sousse"), 0),
            0
        );
    }
}
