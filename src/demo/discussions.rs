//! What people said to each other in the spaces.

use super::calendar::{Calendar, back_then};
use super::data::{Data, Topic};
use super::people::find;
use super::toolbox::Solution;
use super::{DemoError, Known};
use crate::App;
use crate::ids::SpaceId;
use crate::spaces::{self, NewReply, NewTopic};

/// Topics, replies and accepted solutions, oldest first.
pub(super) async fn discussions(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &Known,
) -> Result<Vec<Solution>, DemoError> {
    let mut solutions = Vec::new();
    for space in &data.spaces {
        let id = find(&known.spaces, &space.axis)?;
        for topic in &space.topics {
            solutions.extend(discuss(app, id, topic, calendar, known).await?);
        }
    }
    Ok(solutions)
}

/// One topic with its replies; gives its solution.
pub(super) async fn discuss(
    app: &App,
    space: SpaceId,
    topic: &Topic,
    calendar: &Calendar,
    known: &Known,
) -> Result<Option<Solution>, DemoError> {
    let mut solution = None;
    let mut at = calendar.some_time(topic.day, &topic.author);
    let then = back_then(app, at);
    let new = NewTopic {
        id: then.ids.id(),
        space,
        author: find(&known.people, &topic.author)?,
        kind: if topic.question {
            "question"
        } else {
            "discussion"
        },
        title: topic.title.clone(),
        body: topic.body.clone(),
        language: topic.language.clone(),
        // A module of a format that is not played is not here.
        module: topic
            .module
            .as_ref()
            .and_then(|slug| known.modules.get(slug))
            .map(|known| known.module.id),
        seminar: match &topic.seminar {
            Some(slug) => known.seminars.get(slug).copied(),
            None => None,
        },
        at,
    };
    let (id, asker) = (new.id, new.author);
    spaces::start(&then, new).await?;
    for reply in &topic.replies {
        // A reply comes after what it answers, also on the same day.
        at = calendar
            .some_time(reply.day, &reply.author)
            .max(at.plus_seconds(1260));
        let then = back_then(app, at);
        let new = NewReply {
            id: then.ids.id(),
            topic: id,
            author: find(&known.people, &reply.author)?,
            body: reply.body.clone(),
            at,
        };
        let reply_id = new.id;
        spaces::reply(&then, new).await?;
        if reply.solution {
            let later = back_then(app, at.plus_seconds(3540));
            solution = Some((id, asker, reply_id, at));
            spaces::accept(&later, id, reply_id, true, asker).await?;
        }
    }
    // Others have the same problem.
    if topic.question {
        for (email, person) in known.people.iter().step_by(17).take(topic.title.len() % 6) {
            if *email != topic.author {
                spaces::me_too(&back_then(app, at), id, *person, true).await?;
            }
        }
    }
    Ok(solution)
}
