//! Objectives and their maps to global ones (IMS SS binding; SN 3.9, 3.10; CAM 5.1).

use strictxml::Element;

use super::sequencing::{Names, set};
use super::{Reader, capped, values};
use crate::course::{Edition, MapSet, Objective, ObjectiveMap};

/// `imsss:objectives` joined with `adlseq:objectives` (4th edition) by objective id.
pub(super) fn objectives(
    base: Option<&Element>,
    extension: Option<&Element>,
    reader: &mut Reader<'_>,
    globals: &mut Names,
) -> Vec<Objective> {
    let mut all: Vec<Objective> = Vec::new();
    if let Some(e) = base {
        for o in e.elements() {
            let primary = o.name.eq_ignore_ascii_case("primaryObjective");
            if !primary && !o.name.eq_ignore_ascii_case("objective") {
                continue;
            }
            let id = objective_id(o, "objectiveID");
            if id.is_some() && all.iter().any(|known| known.id == id)
                || primary && all.iter().any(|known| known.primary)
                || !primary && id.is_none()
            {
                reader.note_at(o, "objective_ignored", id.unwrap_or_default());
                continue;
            }
            let mut objective = Objective {
                id,
                primary,
                ..Objective::default()
            };
            set(&mut objective.by_measure, o, "satisfiedByMeasure");
            if let Some(text) = values::text(o, "minNormalizedMeasure") {
                match values::decimal(&text, -1.0..=1.0) {
                    Ok(measure) => objective.min_measure = measure,
                    Err(_) => reader.note_at(o, "min_measure_ignored", &text),
                }
            }
            for map in values::children(o, "mapInfo") {
                map_info(reader, map, globals, &mut objective);
            }
            all.push(objective);
        }
    }
    if !all.iter().any(|o| o.primary) {
        all.insert(0, Objective::default());
    }
    if let Some(e) = extension {
        for o in values::children(e, "objective") {
            let id = objective_id(o, "objectiveID");
            match all.iter_mut().find(|known| id.is_some() && known.id == id) {
                Some(objective) => {
                    for map in values::children(o, "mapInfo") {
                        adl_map_info(reader, map, globals, objective);
                    }
                }
                None => reader.note_at(o, "objective_ignored", id.unwrap_or_default()),
            }
        }
    }
    all
}

/// An objective id: ids are URIs, in which exporters escape spaces or not; escaped or not, spaces
/// at the ends and repeated ones do not count.
pub(super) fn objective_id(element: &Element, attribute: &str) -> Option<String> {
    let written = element.attr_any_case(attribute)?.replace("%20", " ");
    let words: Vec<&str> = written.split_whitespace().collect();
    Some(capped(&words.join(" "), 4_000)).filter(|id| !id.is_empty())
}

fn target_of(reader: &mut Reader<'_>, map: &Element, globals: &mut Names) -> Option<usize> {
    let target = objective_id(map, "targetObjectiveID");
    if target.is_none() {
        reader.note_at(map, "objective_map_ignored", "");
    }
    target.map(|target| globals.index(&target))
}

/// `imsss:mapInfo`. Where the 4th edition applies, what `adlseq:mapInfo` would add is read by
/// default (SN 3.10.8: the read flags default to true, the write flags to false).
fn map_info(
    reader: &mut Reader<'_>,
    map: &Element,
    globals: &mut Names,
    objective: &mut Objective,
) {
    let Some(target) = target_of(reader, map, globals) else {
        return;
    };
    let fourth = reader.edition == Edition::Scorm2004Fourth;
    let mut read = MapSet {
        raw: fourth,
        min: fourth,
        max: fourth,
        completion: fourth,
        progress: fourth,
        ..MapSet::READ
    };
    set(&mut read.satisfied, map, "readSatisfiedStatus");
    set(&mut read.measure, map, "readNormalizedMeasure");
    let mut write = MapSet::default();
    set(&mut write.satisfied, map, "writeSatisfiedStatus");
    set(&mut write.measure, map, "writeNormalizedMeasure");
    objective.maps.push(ObjectiveMap {
        target,
        read,
        write,
    });
}

/// `adlseq:mapInfo` (4th edition), joined to the map of the same target if there is one.
fn adl_map_info(
    reader: &mut Reader<'_>,
    map: &Element,
    globals: &mut Names,
    objective: &mut Objective,
) {
    let Some(target) = target_of(reader, map, globals) else {
        return;
    };
    let at = objective
        .maps
        .iter()
        .position(|m| m.target == target)
        .unwrap_or_else(|| {
            objective.maps.push(ObjectiveMap {
                target,
                read: MapSet::default(),
                write: MapSet::default(),
            });
            objective.maps.len() - 1
        });
    let ObjectiveMap { read, write, .. } = &mut objective.maps[at];
    for (reads, writes, name) in [
        (&mut read.raw, &mut write.raw, "RawScore"),
        (&mut read.min, &mut write.min, "MinScore"),
        (&mut read.max, &mut write.max, "MaxScore"),
        (
            &mut read.completion,
            &mut write.completion,
            "CompletionStatus",
        ),
        (&mut read.progress, &mut write.progress, "ProgressMeasure"),
    ] {
        *reads = values::boolean(map, &format!("read{name}")).unwrap_or(true);
        *writes = values::boolean(map, &format!("write{name}")).unwrap_or(false);
    }
}
