//! xAPI packages: `tincan.xml` names activities, one of which is launched with endpoint,
//! authorization, actor and registration in its address.
//!
//! There is no standard for these files beyond Rustici's schema; what tools write is read.

use strictxml::Element;

use crate::paths::{self, Target};
use crate::structure::{Course, MoveOn, Node, Profile, Texts, Unit};
use crate::{Files, Finding, Refusal};

/// Reads a package: its first activity with a launch address is what is opened.
pub fn read(bytes: &[u8], files: &dyn Files) -> Result<(Course, Vec<Finding>), Refusal> {
    let document = strictxml::parse(bytes)?;
    let root = &document.root;
    if !root.is("tincan") {
        let detail = &root.name;
        return Err(Refusal::at(root, "tincan_structure", "", detail));
    }
    let activities = root.child("activities");
    let mut findings = Vec::new();
    let launched = activities
        .into_iter()
        .flat_map(|list| list.children_named("activity"))
        .find_map(|activity| {
            let launch = activity
                .children_named("launch")
                .find(|launch| !launch.text().is_empty())?;
            Some((activity, launch))
        });
    let (activity, launch) =
        launched.ok_or_else(|| Refusal::at(root, "tincan_structure", "", "launch"))?;
    let id = activity.attr("id").unwrap_or_default().trim().to_owned();
    if !xapi::check::is_iri(&id) {
        return Err(Refusal::at(activity, "cmi5_iri", "", &id));
    }
    let address = launch.text();
    let url = match paths::target(&address) {
        Some(Target::Remote(url)) => {
            findings.push(Finding {
                code: "remote_href",
                line: launch.line,
                subject: url.clone(),
            });
            url
        }
        Some(Target::Local(path, suffix)) => match files.find(&path) {
            Some(found) => format!("{}{suffix}", paths::escaped_path(&found)),
            None => return Err(Refusal::at(launch, "cmi5_url", "", &address)),
        },
        None => return Err(Refusal::at(launch, "cmi5_url", "", &address)),
    };
    let title = texts(activity, "name");
    let description = texts(activity, "description");
    let unit = Unit {
        url,
        own_window: false,
        move_on: MoveOn::CompletedOrPassed,
        mastery_score: None,
        launch_parameters: None,
        entitlement_key: None,
        activity_type: activity.attr("type").map(|kind| kind.trim().to_owned()),
    };
    let node = Node {
        id: id.clone(),
        title: title.clone(),
        description: description.clone(),
        objectives: Vec::new(),
        parent: None,
        depth: 1,
        unit: Some(unit),
    };
    let course = Course {
        profile: Profile::Xapi,
        id,
        title,
        description,
        objectives: Vec::new(),
        nodes: vec![node],
    };
    Ok((course, findings))
}

fn texts(element: &Element, name: &str) -> Texts {
    element
        .children_named(name)
        .map(|text| {
            let tag = text.attr("lang").unwrap_or_default().trim().to_owned();
            (tag, text.text())
        })
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
