//! `resources` with their files and dependencies (CAM 3.4.1.15–19).

use std::collections::HashMap;

use strictxml::Element;

use super::paths::{self, Base, Target};
use super::{Reader, Refusal, capped, values};
use crate::course::{Resource, ResourceKind};

/// Every resource, findable by identifier.
pub struct Pool {
    pub resources: Vec<Resource>,
    index: HashMap<String, usize>,
}

impl Pool {
    /// Reads the resources of the manifest and of manifests nested in it.
    pub fn read(reader: &mut Reader<'_>, root: &Element) -> Result<Pool, Refusal> {
        let mut pool = Pool {
            resources: Vec::new(),
            index: HashMap::new(),
        };
        let launches = root
            .descendants()
            .filter(|e| e.name.eq_ignore_ascii_case("resource"))
            .filter_map(|e| e.attr_any_case("href"))
            .filter_map(|href| href.split(['?', '#']).next())
            .map(|href| file_of(href).to_ascii_lowercase());
        reader.named = launches.collect();
        let base = Base::of_file(reader.manifest_path);
        pool.gather(reader, root, &base)?;
        pool.check_dependencies(reader, root)?;
        Ok(pool)
    }

    /// Index of a resource.
    pub fn find(&self, identifier: &str) -> Option<usize> {
        self.index.get(identifier).copied()
    }

    fn gather(
        &mut self,
        reader: &mut Reader<'_>,
        manifest: &Element,
        base: &Base,
    ) -> Result<(), Refusal> {
        let base = joined(base, manifest)?;
        for resources in values::children(manifest, "resources") {
            let base = joined(&base, resources)?;
            for element in values::children(resources, "resource") {
                self.add(reader, element, &base)?;
            }
        }
        for nested in values::children(manifest, "manifest") {
            reader.note_at(
                nested,
                "submanifest",
                nested.attr_any_case("identifier").unwrap_or_default(),
            );
            self.gather(reader, nested, &base)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        reader: &mut Reader<'_>,
        element: &Element,
        base: &Base,
    ) -> Result<(), Refusal> {
        let base = joined(base, element)?;
        let identifier = capped(
            element
                .attr_any_case("identifier")
                .unwrap_or_default()
                .trim(),
            1_000,
        );
        if identifier.is_empty() {
            reader.note_at(element, "resource_without_identifier", "");
        } else if self
            .index
            .insert(identifier.clone(), self.resources.len())
            .is_some()
        {
            return Err(Refusal::at(element, "duplicate_identifier", &identifier));
        }
        let declared = element.attr_any_case("scormtype");
        let kind = match declared.map(|k| k.trim().to_ascii_lowercase()).as_deref() {
            Some("sco") => ResourceKind::Sco,
            Some("asset") => ResourceKind::Asset,
            other => {
                if let (Some(_), Some(text)) = (other, declared) {
                    reader.note_at(element, "scormtype_unknown", text);
                }
                ResourceKind::Asset
            }
        };
        let href = match element.attr_any_case("href") {
            Some(href) if !href.trim().is_empty() => launch_address(reader, element, &base, href)?,
            _ => None,
        };
        let mut files = Vec::new();
        for file in values::children(element, "file") {
            let href = file.attr_any_case("href").unwrap_or_default();
            match base.target(href) {
                Ok((Target::Local { path, .. }, _)) => {
                    let stored = reader.files.find(&path);
                    if stored.is_none() {
                        reader.note_at(file, "file_missing", &path);
                    }
                    files.push(stored.unwrap_or(path));
                }
                Ok((Target::Remote(url), _)) => reader.note_at(file, "remote_file", url),
                Err(paths::BadHref::Empty) => reader.note_at(file, "file_without_href", ""),
                Err(bad) => return Err(Refusal::at(file, bad.code(), href)),
            }
        }
        let dependencies = values::children(element, "dependency")
            .filter_map(|d| d.attr_any_case("identifierref"))
            .map(|d| d.trim().to_owned())
            .collect();
        self.resources.push(Resource {
            identifier,
            kind,
            href,
            files,
            dependencies,
        });
        Ok(())
    }

    /// Threat M8: a dependency on nothing is reported, a cycle refused.
    fn check_dependencies(&self, reader: &mut Reader<'_>, root: &Element) -> Result<(), Refusal> {
        let edges: Vec<Vec<usize>> = self
            .resources
            .iter()
            .map(|r| {
                r.dependencies
                    .iter()
                    .filter_map(|d| {
                        let found = self.find(d);
                        if found.is_none() {
                            reader.note_at(root, "dependency_dangling", d);
                        }
                        found
                    })
                    .collect()
            })
            .collect();
        // Depth first with an explicit stack: 1 = on the path, 2 = done.
        let mut mark = vec![0u8; edges.len()];
        for start in 0..edges.len() {
            if mark[start] != 0 {
                continue;
            }
            let mut stack = vec![(start, 0)];
            mark[start] = 1;
            while let Some((node, next)) = stack.pop() {
                match edges[node].get(next) {
                    None => mark[node] = 2,
                    Some(&to) => {
                        stack.push((node, next + 1));
                        if mark[to] == 1 {
                            return Err(Refusal::at(
                                root,
                                "dependency_cycle",
                                &self.resources[to].identifier,
                            ));
                        }
                        if mark[to] == 0 {
                            mark[to] = 1;
                            stack.push((to, 0));
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// A base with the element's own `xml:base` applied; climbing out is refused (M12).
fn joined(base: &Base, element: &Element) -> Result<Base, Refusal> {
    let written = element.attr_ns(strictxml::XML_NAMESPACE, "base");
    base.join(written)
        .map_err(|bad| Refusal::at(element, bad.code(), written.unwrap_or_default()))
}

/// A resource's `href` as a launch address, the stored file's name where only case differs.
fn launch_address(
    reader: &mut Reader<'_>,
    element: &Element,
    base: &Base,
    href: &str,
) -> Result<Option<String>, Refusal> {
    let (target, repaired) = base
        .target(href)
        .map_err(|bad| Refusal::at(element, bad.code(), href))?;
    if repaired {
        reader.note_at(element, "href_repaired", href);
    }
    Ok(Some(match target {
        Target::Remote(url) => {
            reader.note_at(element, "remote_href", &url);
            url
        }
        Target::Local { path, suffix } => {
            let stored = match reader.files.find(&path) {
                Some(stored) => {
                    if stored != path {
                        reader.note_at(element, "href_case", href);
                    }
                    stored
                }
                None => match meant(reader, &path) {
                    Some(other) => {
                        reader.note_at(element, "href_replaced", format!("{path} → {other}"));
                        other
                    }
                    None => {
                        reader.note_at(element, "href_missing", &path);
                        path
                    }
                },
            };
            if stored == reader.manifest_path {
                reader.note_at(element, "href_is_manifest", href);
            }
            format!("{}{suffix}", paths::encoded(&stored))
        }
    }))
}

/// The page that a missing page of the same folder must mean: of those that no resource names, the
/// folder's `index.html`, else the only one. Captivate's exports name an `index_scorm.html` that some servers and
/// repackaging tools leave out; `index.html` beside it is the same course.
fn meant(reader: &mut Reader<'_>, missing: &str) -> Option<String> {
    if !is_page(missing) {
        return None;
    }
    let folder = folder_of(missing);
    let pages = reader.pages.get_or_insert_with(|| {
        let mut pages: HashMap<String, Vec<String>> = HashMap::new();
        for path in reader.files.list() {
            let named = reader.named.contains(&file_of(&path).to_ascii_lowercase());
            if is_page(&path) && !named {
                let folder = folder_of(&path).to_owned();
                pages.entry(folder).or_default().push(path);
            }
        }
        pages
    });
    let pages = pages.get(folder)?;
    let is_index = |path: &&String| {
        let name = file_of(path);
        name.eq_ignore_ascii_case("index.html") || name.eq_ignore_ascii_case("index.htm")
    };
    let mut indices = pages.iter().filter(is_index);
    match (indices.next(), indices.next(), pages.as_slice()) {
        (Some(index), None, _) => Some(index.clone()),
        (None, _, [only]) => Some(only.clone()),
        _ => None,
    }
}

fn is_page(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm")
}

/// The last segment of a path.
fn file_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
