//! What can be followed, in one form: `space:<id>`, `tag:<tag>`, `watch:<query>`…

use std::fmt;

use uuid::Uuid;

use crate::ids::{ModuleId, OrganisationId, PersonId, SeminarId, SpaceId, TopicId};

/// A kind of thing that can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A space and what is published in its axis.
    Space,
    /// A tag, wherever it is put.
    Tag,
    /// What an organisation and its members publish.
    Organisation,
    /// What a person writes.
    Person,
    /// A module: its versions and what is said about it.
    Module,
    /// A seminar and what is said about it.
    Seminar,
    /// One topic.
    Topic,
    /// A saved view of the watch: axis, kinds, language, words.
    Watch,
}

impl Kind {
    const ALL: [(Kind, &'static str); 8] = [
        (Kind::Space, "space"),
        (Kind::Tag, "tag"),
        (Kind::Organisation, "organisation"),
        (Kind::Person, "person"),
        (Kind::Module, "module"),
        (Kind::Seminar, "seminar"),
        (Kind::Topic, "topic"),
        (Kind::Watch, "watch"),
    ];

    /// The code in the store and in the keys of messages.
    pub fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("watch", |(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Kind> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == code)
            .map(|(kind, _)| *kind)
    }
}

/// Something that can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    kind: Kind,
    target: String,
}

impl Subject {
    /// From its text, in the one form it has; `None` for anything else.
    pub fn parse(text: &str) -> Option<Subject> {
        let (kind, target) = text.split_once(':')?;
        let kind = Kind::from_code(kind)?;
        let target = match kind {
            Kind::Tag => {
                let mut tags = crate::spaces::tags(target);
                (tags.len() == 1).then(|| tags.remove(0))?
            }
            Kind::Watch => {
                let filter = crate::watch::Filter::from_query(target);
                filter.is_view().then(|| filter.query())?
            }
            _ => Uuid::try_parse(target).ok()?.to_string(),
        };
        (target.len() <= 400).then_some(Subject { kind, target })
    }

    /// Something with an id.
    pub(super) fn of_kind(kind: Kind, id: Uuid) -> Subject {
        Self::of(kind, id)
    }

    fn of(kind: Kind, id: Uuid) -> Subject {
        Subject {
            kind,
            target: id.to_string(),
        }
    }

    /// A space.
    pub fn space(id: SpaceId) -> Subject {
        Self::of(Kind::Space, id.0)
    }
    /// An organisation.
    pub fn organisation(id: OrganisationId) -> Subject {
        Self::of(Kind::Organisation, id.0)
    }
    /// A person.
    pub fn person(id: PersonId) -> Subject {
        Self::of(Kind::Person, id.0)
    }
    /// A module.
    pub fn module(id: ModuleId) -> Subject {
        Self::of(Kind::Module, id.0)
    }
    /// A seminar.
    pub fn seminar(id: SeminarId) -> Subject {
        Self::of(Kind::Seminar, id.0)
    }
    /// A topic.
    pub fn topic(id: TopicId) -> Subject {
        Self::of(Kind::Topic, id.0)
    }
    /// A tag, in the form in which it is stored.
    pub fn tag(tag: &str) -> Subject {
        Subject {
            kind: Kind::Tag,
            target: tag.to_owned(),
        }
    }
    /// A view of the watch.
    pub fn watch(filter: &crate::watch::Filter) -> Subject {
        Subject {
            kind: Kind::Watch,
            target: filter.query(),
        }
    }

    /// What kind of thing it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The tag, or the query of the view; the id's text of anything else.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The id of what has one.
    pub fn id(&self) -> Option<Uuid> {
        match self.kind {
            Kind::Tag | Kind::Watch => None,
            _ => Uuid::try_parse(&self.target).ok(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.code(), self.target)
    }
}

#[cfg(test)]
mod tests {
    use super::Subject;

    #[test]
    fn a_subject_has_one_form() {
        let id = "01920000-0000-7000-8000-000000000001";
        for (typed, form) in [
            (format!("space:{id}"), Some(format!("space:{id}"))),
            (
                format!("topic:{}", id.replace('-', "")),
                Some(format!("topic:{id}")),
            ),
            ("tag:#Budget".into(), Some("tag:budget".into())),
            ("tag:a,b".into(), None),
            ("tag:".into(), None),
            ("space:x".into(), None),
            ("planet:x".into(), None),
            ("space".into(), None),
            (
                "watch:q=caf&axis=a&zzz=1".into(),
                Some("watch:axis=a&q=caf".into()),
            ),
            ("watch:".into(), Some("watch:".into())),
        ] {
            let found = Subject::parse(&typed).map(|subject| subject.to_string());
            assert_eq!(found, form, "{typed}");
        }
    }
}
