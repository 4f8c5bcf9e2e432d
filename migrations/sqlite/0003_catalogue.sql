-- Packages (immutable objects named by their SHA-256), modules, and their versions.

create table package (
    id blob not null primary key,
    sha256 text not null,
    size integer not null,
    format text not null,
    edition text,
    title text not null,
    -- serialised: what the format read from the manifest (scorm::Course, …)
    course text not null,
    -- JSON: list of findings
    diagnosis text not null,
    created_at integer not null,
    created_by blob references person (id)
) strict;
create unique index package_sha256 on package (sha256);

-- Where each content file lies inside the zip. `method`: 0 stored, 8 deflate.
create table package_entry (
    package blob not null references package (id),
    path text not null,
    -- the name as it stands in the archive, kept when it is not plain ASCII
    raw_name blob,
    data_offset integer not null,
    method integer not null,
    compressed_size integer not null,
    size integer not null,
    crc32 integer not null,
    media_type text not null,
    -- storage key of the inflated copy of a deflated media file
    side_object text,
    primary key (package, path)
) strict;

create table module (
    id blob not null primary key,
    slug text not null,
    title text not null,
    summary text not null default '',
    axis text references axis (slug),
    language text not null default 'fr',
    organisation blob references organisation (id),
    -- JSON: attempt policy and what completes the module
    policy text not null default '{}',
    published_at integer,
    created_at integer not null,
    created_by blob references person (id),
    updated_at integer not null
) strict;
create unique index module_slug on module (slug);

create table module_version (
    id blob not null primary key,
    module blob not null references module (id),
    number integer not null,
    package blob not null references package (id),
    created_at integer not null,
    created_by blob references person (id)
) strict;
create unique index module_version_number on module_version (module, number);
