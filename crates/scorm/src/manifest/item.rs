//! Organization and items: the activity tree (CAM 3.4.1.7–13; CAM 5).

use std::collections::{BTreeSet, HashMap};

use strictxml::Element;

use super::resources::Pool;
use super::sequencing::{Collection, Names};
use super::{MAX_ITEMS, Reader, Refusal, capped, paths, values};
use crate::course::{
    Activity, AuxiliaryResource, CompletionThreshold, Course, DataMap, Edition, NavControl,
    ResourceKind, Sequencing,
};

/// Most auxiliary resources that one activity may have.
const MAX_AUXILIARY: usize = 50;

/// Reads the whole tree of one organization into `course.activities`, in pre-order.
pub fn read_tree(
    reader: &mut Reader<'_>,
    root: &Element,
    organization: &Element,
    pool: &Pool,
    course: &mut Course,
) -> Result<(), Refusal> {
    let collection = Collection::of(root);
    let mut tree = Tree {
        reader,
        pool,
        collection,
        objectives: Names::default(),
        stores: Names::default(),
        seen: HashMap::new(),
        activities: Vec::new(),
    };
    tree.add(organization, None, 0)?;
    let Tree {
        objectives,
        stores,
        mut activities,
        ..
    } = tree;
    // Names get their final, sorted index only now that all are known.
    let (global_objectives, objective_index) = objectives.sorted();
    let (data_stores, store_index) = stores.sorted();
    for activity in &mut activities {
        for objective in &mut activity.sequencing.objectives {
            for map in &mut objective.maps {
                map.target = objective_index[map.target];
            }
        }
        for map in &mut activity.data_maps {
            map.store = store_index[map.store];
        }
    }
    course.global_objectives = global_objectives;
    course.data_stores = data_stores;
    course.activities = activities;
    Ok(())
}

struct Tree<'a, 'r, 'e> {
    reader: &'a mut Reader<'r>,
    pool: &'a Pool,
    collection: Collection<'e>,
    objectives: Names,
    stores: Names,
    seen: HashMap<String, u32>,
    activities: Vec<Activity>,
}

impl Tree<'_, '_, '_> {
    /// Adds one organization or item with all below it; depth is bounded by the XML reader.
    fn add(
        &mut self,
        element: &Element,
        parent: Option<usize>,
        depth: u32,
    ) -> Result<usize, Refusal> {
        let index = self.activities.len();
        if index > MAX_ITEMS {
            return Err(Refusal::at(
                element,
                "too_many_items",
                MAX_ITEMS.to_string(),
            ));
        }
        let identifier = self.identifier(element, index)?;
        let title = values::text(element, "title")
            .map(|t| capped(&t, 1_000))
            .unwrap_or_default();
        if title.is_empty() {
            self.reader.note_at(element, "title_missing", &identifier);
        }
        let edition = self.reader.edition;
        let mut activity = Activity {
            title: if title.is_empty() && parent.is_some() {
                identifier.clone()
            } else {
                title
            },
            identifier,
            parent,
            children: Vec::new(),
            depth,
            end: index + 1,
            visible: values::boolean(element, "isvisible").unwrap_or(true),
            resource: None,
            launch: None,
            kind: ResourceKind::default(),
            prerequisites: None,
            max_time_allowed: self.max_time_allowed(element),
            time_limit_action: self.time_limit_action(element),
            data_from_lms: values::text(element, "datafromlms"),
            mastery_score: None,
            completion_threshold: CompletionThreshold::default(),
            data_maps: Vec::new(),
            hide_lms_ui: self.hidden_controls(element),
            auxiliary: Vec::new(),
            sequencing: Sequencing::default(),
        };
        if parent.is_some() {
            self.attach_resource(element, &mut activity)?;
        }
        if edition == Edition::Scorm12 {
            activity.prerequisites = values::text(element, "prerequisites");
            activity.mastery_score = self.mastery_score(element);
        } else {
            activity.completion_threshold = self.completion_threshold(element);
            activity.data_maps = self.data_maps(element);
            if let Some(written) = values::child(element, "sequencing") {
                let merged = self.collection.merged(written);
                if let Some(id) = merged.dangling {
                    self.reader
                        .note_at(written, "sequencing_idref_dangling", id);
                }
                self.reader.conditions.1 = 0;
                let (sequencing, limit) = merged.read(self.reader, &mut self.objectives)?;
                activity.sequencing = sequencing;
                activity.auxiliary = self.auxiliary(merged.auxiliary());
                activity.max_time_allowed = limit.or(activity.max_time_allowed.take());
            }
        }
        self.activities.push(activity);
        for item in values::children(element, "item") {
            let child = self.add(item, Some(index), depth + 1)?;
            self.activities[index].children.push(child);
        }
        self.activities[index].end = self.activities.len();
        let activity = &self.activities[index];
        if activity.is_leaf() && activity.launch.is_none() && parent.is_some() {
            self.reader
                .note_at(element, "item_empty", &activity.identifier);
        } else if !activity.is_leaf() && activity.resource.is_some() && edition.is_2004() {
            // CAM 3.4.1.8: only a leaf item may name a resource.
            self.reader
                .note_at(element, "cluster_with_resource", &activity.identifier);
        }
        Ok(index)
    }

    fn identifier(&mut self, element: &Element, index: usize) -> Result<String, Refusal> {
        let mut identifier = capped(
            element
                .attr_any_case("identifier")
                .unwrap_or_default()
                .trim(),
            1_000,
        );
        if identifier.is_empty() {
            identifier = format!("halqa-activity-{index}");
            self.reader
                .note_at(element, "identifier_missing", &identifier);
        }
        if let Some(first) = self.seen.insert(identifier.clone(), element.line) {
            let both = format!("{identifier} (lines {first} and {})", element.line);
            return Err(Refusal::at(element, "duplicate_identifier", both));
        }
        Ok(identifier)
    }

    fn attach_resource(
        &mut self,
        element: &Element,
        activity: &mut Activity,
    ) -> Result<(), Refusal> {
        let reference = element
            .attr_any_case("identifierref")
            .unwrap_or_default()
            .trim();
        if reference.is_empty() {
            return Ok(());
        }
        let index = self
            .pool
            .find(reference)
            .ok_or_else(|| Refusal::at(element, "identifierref_dangling", reference))?;
        let resource = &self.pool.resources[index];
        activity.resource = Some(index);
        activity.kind = resource.kind;
        match &resource.href {
            None => self
                .reader
                .note_at(element, "resource_without_href", reference),
            Some(href) => {
                let parameters = element.attr_any_case("parameters").unwrap_or_default();
                if parameters.chars().any(char::is_control) {
                    return Err(Refusal::at(element, "href_character", parameters));
                }
                activity.launch = Some(paths::with_parameters(href, parameters));
            }
        }
        Ok(())
    }

    /// IMS SS binding 4.2: the identifier is a resource's of the manifest, as far as this package
    /// can say; others are kept as they are.
    fn auxiliary(&mut self, written: Option<&Element>) -> Vec<AuxiliaryResource> {
        let mut found = Vec::new();
        for element in written
            .into_iter()
            .flat_map(|w| values::children(w, "auxiliaryResource"))
        {
            let id = element
                .attr_any_case("auxiliaryResourceID")
                .unwrap_or_default()
                .trim();
            if id.is_empty() || found.len() == MAX_AUXILIARY {
                self.reader
                    .note_at(element, "auxiliary_resource_ignored", id);
                continue;
            }
            let resource = self.pool.find(id);
            if resource.is_none_or(|r| self.pool.resources[r].href.is_none()) {
                self.reader
                    .note_at(element, "auxiliary_resource_unknown", id);
            }
            let purpose = element.attr_any_case("purpose").unwrap_or_default().trim();
            found.push(AuxiliaryResource {
                id: capped(id, 1_000),
                purpose: capped(purpose, 1_000),
                resource,
            });
        }
        found
    }

    /// `adlcp:maxtimeallowed`: CMITimespan, in 2004 (where exporters leave it by mistake) a
    /// timeinterval; a SCO is never handed what its data model's type does not allow (M15).
    fn max_time_allowed(&mut self, element: &Element) -> Option<String> {
        let text = values::text(element, "maxtimeallowed")?;
        let good = match self.reader.edition {
            Edition::Scorm12 => values::is_timespan(&text),
            _ => values::duration_ms(&text).is_some(),
        };
        if !good {
            self.reader
                .note_at(element, "duration_limit_ignored", &text);
        }
        good.then_some(text)
    }

    /// The vocabulary of 1.2 RTE 3.4.2 and CAM 3.4.1.9; exporters write it in any case, with any spaces.
    fn time_limit_action(&mut self, element: &Element) -> Option<String> {
        const WORDS: [&str; 4] = [
            "exit,message",
            "exit,no message",
            "continue,message",
            "continue,no message",
        ];
        let text = values::text(element, "timelimitaction")?;
        let bare = text.to_ascii_lowercase().replace(char::is_whitespace, "");
        let word = WORDS.iter().find(|word| word.replace(' ', "") == bare);
        if word.is_none() {
            self.reader
                .note_at(element, "timelimitaction_unknown", &text);
        }
        word.map(|&word| word.to_owned())
    }

    fn mastery_score(&mut self, element: &Element) -> Option<f64> {
        let text = values::text(element, "masteryscore")?;
        match values::decimal(&text, 0.0..=100.0) {
            Ok(score) => Some(score),
            Err(_) => {
                self.reader.note_at(element, "masteryscore_ignored", &text);
                None
            }
        }
    }

    /// 4th edition: attributes; before it, the element's text is the threshold.
    fn completion_threshold(&mut self, element: &Element) -> CompletionThreshold {
        let mut threshold = CompletionThreshold::default();
        let Some(written) = values::child(element, "completionthreshold") else {
            return threshold;
        };
        let measure = |reader: &mut Reader<'_>, text: &str| match values::decimal(text, 0.0..=1.0) {
            Ok(value) => Some(value),
            Err(_) => {
                reader.note_at(written, "completionthreshold_ignored", text);
                None
            }
        };
        if let Some(value) = Some(written.text())
            .filter(|t| !t.is_empty())
            .and_then(|t| measure(self.reader, &t))
        {
            threshold.min_progress = value;
            threshold.by_measure = true;
            threshold.given = true;
        }
        if let Some(by_measure) = values::boolean(written, "completedByMeasure") {
            threshold.by_measure = by_measure;
            threshold.given = true;
        }
        if let Some(text) = written.attr_any_case("minProgressMeasure")
            && let Some(value) = measure(self.reader, text)
        {
            threshold.min_progress = value;
            threshold.given = true;
        }
        if let Some(text) = written.attr_any_case("progressWeight") {
            threshold.weight = measure(self.reader, text).unwrap_or(1.0);
        }
        threshold
    }

    fn data_maps(&mut self, element: &Element) -> Vec<DataMap> {
        let Some(data) = values::child(element, "data") else {
            return Vec::new();
        };
        let mut mapped = BTreeSet::new();
        let mut maps = Vec::new();
        for map in values::children(data, "map") {
            let target = capped(
                map.attr_any_case("targetID").unwrap_or_default().trim(),
                4_000,
            );
            if target.is_empty() || !mapped.insert(target.clone()) {
                self.reader.note_at(map, "data_map_ignored", &target);
                continue;
            }
            maps.push(DataMap {
                store: self.stores.index(&target),
                read: values::boolean(map, "readSharedData").unwrap_or(true),
                write: values::boolean(map, "writeSharedData").unwrap_or(true),
            });
        }
        maps
    }

    fn hidden_controls(&mut self, element: &Element) -> Vec<NavControl> {
        let interface = values::child(element, "presentation")
            .and_then(|p| values::child(p, "navigationInterface"));
        let Some(interface) = interface else {
            return Vec::new();
        };
        let mut hidden = Vec::new();
        for control in values::children(interface, "hideLMSUI") {
            let text = control.text();
            match text.to_ascii_lowercase().as_str() {
                "previous" => hidden.push(NavControl::Previous),
                "continue" => hidden.push(NavControl::Continue),
                "exit" => hidden.push(NavControl::Exit),
                "exitall" => hidden.push(NavControl::ExitAll),
                "abandon" => hidden.push(NavControl::Abandon),
                "abandonall" => hidden.push(NavControl::AbandonAll),
                "suspendall" => hidden.push(NavControl::SuspendAll),
                _ => self.reader.note_at(control, "hidelmsui_unknown", &text),
            }
        }
        hidden
    }
}
