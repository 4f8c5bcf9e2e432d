//! The SQL of the catalogue.

use serde_json::Value;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{ModuleId, OrganisationId, PackageId, PersonId, VersionId};

/// A module with its newest version.
macro_rules! module_query {
    ($rest:literal) => {
        concat!(
            "select m.id, m.slug, m.title, m.summary, m.axis, m.language, m.organisation, \
             m.policy, m.published_at, m.created_at, m.created_by, m.updated_at, \
             v.id as version, v.number, v.package, p.format, p.edition \
             from module m join module_version v on v.module = m.id and v.number = \
             (select max(n.number) from module_version n where n.module = m.id) \
             join package p on p.id = v.package ",
            $rest
        )
    };
}

queries! {
    /// The package of these bytes.
    PACKAGE_BY_SHA = "select id, sha256, object, size, title, course, diagnosis from package where sha256 = $1";
    /// A package with what was read from it.
    PACKAGE = "select id, sha256, object, size, title, course, diagnosis from package where id = $1";
    /// The other sites its pages may load from.
    HOSTS = "select hosts from package where id = $1";
    /// Changes them.
    SET_HOSTS = "update package set hosts = $2 where id = $1";
    /// The object of every package, and the objects beside it.
    OBJECTS = "select p.object, p.title, e.side_object as side from package p \
        left join package_entry e on e.package = p.id and e.side_object is not null \
        order by p.created_at, p.id";
    /// A new package.
    ADD_PACKAGE = "insert into package (id, sha256, object, size, format, edition, title, course, diagnosis, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// All entries of a package at once: the second argument is a JSON list.
    ADD_ENTRIES = lite "insert into package_entry (package, path, raw_name, data_offset, method, compressed_size, size, crc32, media_type, side_object) \
        select $1, e.value ->> 'path', unhex(e.value ->> 'raw'), e.value ->> 'offset', e.value ->> 'method', e.value ->> 'compressed', \
        e.value ->> 'size', e.value ->> 'crc32', e.value ->> 'media', e.value ->> 'side' from json_each($2) e",
        pg "insert into package_entry (package, path, raw_name, data_offset, method, compressed_size, size, crc32, media_type, side_object) \
        select $1, e.path, decode(e.raw, 'hex'), e.\"offset\", e.method, e.compressed, e.size, e.crc32, e.media, e.side \
        from jsonb_to_recordset(cast($2 as jsonb)) as e(path text, raw text, \"offset\" bigint, method bigint, compressed bigint, size bigint, crc32 bigint, media text, side text)";
    /// Where the files of a package lie.
    ENTRIES = "select path, raw_name, data_offset, method, compressed_size, size, crc32, side_object from package_entry where package = $1";
    /// Which of these addresses, or numbered forms of the first, are taken.
    SLUGS_LIKE = "select slug from module where slug = $1 or slug like cast($1 as text) || '-%'";
    /// A new module.
    ADD_MODULE = "insert into module (id, slug, title, axis, language, organisation, published_at, created_at, created_by, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)";
    /// The next version of a module.
    ADD_VERSION = "insert into module_version (id, module, number, package, created_at, created_by) \
        select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5 from module_version where module = $2";
    /// A module by its id.
    MODULE = module_query!("where m.id = $1");
    /// A module by its address.
    MODULE_BY_SLUG = module_query!("where m.slug = $1");
    /// The first module that has this package as its newest version, else as an older one; of one
    /// person or nobody, where a person is named.
    MODULE_OF_PACKAGE = "select m.id, m.slug from module m join module_version v on v.module = m.id \
        where v.package = $1 and (m.created_by = $2 or m.created_by is null or $2 is null) order by v.number desc, m.created_at limit 1";
    /// What learners find, newest first.
    PUBLISHED = module_query!("where m.published_at is not null order by m.published_at desc, m.id");
    /// Everything, for those who look after it.
    ALL_MODULES = module_query!("order by m.updated_at desc, m.id");
    /// A page of the list of the API.
    MODULES_AFTER = module_query!("where m.id > $1 order by m.id limit $2");
    /// The versions of a module, newest first.
    VERSIONS = "select v.id, v.number, v.package, v.created_at, p.size, p.format, p.edition, \
        (select name from person where id = v.created_by) as author \
        from module_version v join package p on p.id = v.package where v.module = $1 order by v.number desc";
    /// How many attempts on a module are under way.
    UNDER_WAY = "select count(*) as n from attempt where module = $1 and finished_at is null and folded > 0";
    /// The version that waits to be published, with its package.
    CANDIDATE = "select c.package, c.created_at, p.title, p.size, p.course \
        from module_candidate c join package p on p.id = c.package where c.module = $1";
    /// Keeps a version until it is published; a later one takes its place.
    KEEP_CANDIDATE = "insert into module_candidate (module, package, created_at, created_by) values ($1, $2, $3, $4) \
        on conflict (module) do update set package = excluded.package, created_at = excluded.created_at, created_by = excluded.created_by";
    /// Forgets it.
    DROP_CANDIDATE = "delete from module_candidate where module = $1 returning package";
    /// The objects of a package that no module has or waits for.
    UNUSED_OBJECTS = "select p.object, p.title, e.side_object as side from package p \
        left join package_entry e on e.package = p.id and e.side_object is not null \
        where p.id = $1 and not exists (select 1 from module_version where package = p.id) \
          and not exists (select 1 from module_candidate where package = p.id)";
    /// Where its files lay.
    DROP_ENTRIES = "delete from package_entry where package = $1";
    /// The package itself.
    DROP_PACKAGE = "delete from package where id = $1";
    /// The version a course is read from.
    VERSION = "select v.id, v.module, v.number, v.package, p.course from module_version v join package p on p.id = v.package where v.id = $1";
    /// Changes of what people read; what is null stays.
    CHANGE_MODULE = "update module set title = $2, summary = $3, axis = $4, language = $5, published_at = $6, updated_at = $7 where id = $1";
    /// Its attempt policy.
    SET_POLICY = "update module set policy = $2 where id = $1";
    /// A version was added: the module moves up in the lists.
    TOUCH_MODULE = "update module set updated_at = $2, published_at = coalesce(published_at, $3) where id = $1";
    /// The axes, by their place.
    AXES = "select slug, name_fr, name_ar, name_en from axis order by position";
    /// Whether an axis of this name exists.
    AXIS = "select count(*) as n from axis where slug = $1";
}

row! {
    /// A package and one of the objects beside it.
    pub(super) struct ObjectRow { pub object: String, pub title: String, pub side: Option<String> }
}
row! {
    /// A stored package.
    pub(super) struct PackageRow {
        pub id: PackageId, pub sha256: String, pub object: String, pub size: i64,
        pub title: String, pub course: String, pub diagnosis: Value,
    }
}
row! {
    /// One file of a package.
    pub(super) struct EntryRow {
        pub path: String, pub raw_name: Option<Vec<u8>>, pub data_offset: i64, pub method: i64,
        pub compressed_size: i64, pub size: i64, pub crc32: i64, pub side_object: Option<String>,
    }
}
row! {
    /// A version that waits to be published.
    pub(super) struct CandidateRow {
        pub package: PackageId, pub created_at: Timestamp, pub title: String, pub size: i64,
        pub course: String,
    }
}
row! {
    /// The package of a version that waited.
    pub(super) struct WaitedRow { pub package: PackageId }
}
row! {
    /// A slug.
    pub(super) struct SlugRow { pub slug: String }
}
row! {
    /// A module by its two names.
    pub(super) struct ModuleRefRow { pub id: ModuleId, pub slug: String }
}
row! {
    /// A module with its newest version.
    #[derive(Debug, Clone)]
    pub struct Module {
        /// Id.
        pub id: ModuleId,
        /// Its address under `/modules/`.
        pub slug: String,
        /// Title, as its trainer writes it.
        pub title: String,
        /// A few sentences, perhaps none.
        pub summary: String,
        /// The axis's slug.
        pub axis: Option<String>,
        /// Code of the language of the content.
        pub language: String,
        /// The organisation that offers it.
        pub organisation: Option<OrganisationId>,
        /// Attempt policy and what completes the module.
        pub policy: Value,
        /// Since when learners find it; `None`: they do not.
        pub published_at: Option<Timestamp>,
        /// When it was made.
        pub created_at: Timestamp,
        /// Who made it; `None`: an operator or a program.
        pub created_by: Option<PersonId>,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// The newest version.
        pub version: VersionId,
        /// Its number, from 1.
        pub number: i64,
        /// Its package.
        pub package: PackageId,
        /// The package's format.
        pub format: String,
        /// The edition of that format.
        pub edition: Option<String>,
    }
}
row! {
    /// A version as lists show it.
    #[derive(Debug, Clone)]
    pub struct Version {
        /// Id.
        pub id: VersionId,
        /// From 1.
        pub number: i64,
        /// Its package.
        pub package: PackageId,
        /// When it was added.
        pub created_at: Timestamp,
        /// Bytes of the zip.
        pub size: i64,
        /// The package's format.
        pub format: String,
        /// The edition of that format.
        pub edition: Option<String>,
        /// Who added it.
        pub author: Option<String>,
    }
}
row! {
    /// A version with the structure it runs.
    pub(super) struct VersionRow {
        pub id: VersionId, pub module: ModuleId, pub number: i64, pub package: PackageId, pub course: String,
    }
}
row! {
    /// An axis.
    pub(super) struct AxisRow { pub slug: String, pub name_fr: String, pub name_ar: String, pub name_en: String }
}

impl AxisRow {
    /// Its name in a language.
    pub(super) fn name(&self, lang: crate::web::Lang) -> &str {
        match lang {
            crate::web::Lang::Fr => &self.name_fr,
            crate::web::Lang::Ar => &self.name_ar,
            crate::web::Lang::En => &self.name_en,
        }
    }
}
row! {
    /// Other sites that a package may load from, apart by spaces.
    pub(super) struct HostsRow { pub hosts: String }
}
