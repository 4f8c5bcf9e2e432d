-- Packages (immutable objects named by their SHA-256), modules, and their versions.

create table package (
    id uuid not null primary key,
    sha256 text not null,
    size bigint not null,
    format text not null,
    edition text,
    title text not null,
    -- serialised: what the format read from the manifest (scorm::Course, …)
    course text not null,
    -- JSON: list of findings
    diagnosis jsonb not null,
    created_at bigint not null,
    created_by uuid references person (id)
);
create unique index package_sha256 on package (sha256);

-- Where each content file lies inside the zip. `method`: 0 stored, 8 deflate.
create table package_entry (
    package uuid not null references package (id),
    path text not null,
    -- the name as it stands in the archive, kept when it is not plain ASCII
    raw_name bytea,
    data_offset bigint not null,
    method bigint not null,
    compressed_size bigint not null,
    size bigint not null,
    crc32 bigint not null,
    media_type text not null,
    -- storage key of the inflated copy of a deflated media file
    side_object text,
    primary key (package, path)
);

create table module (
    id uuid not null primary key,
    slug text not null,
    title text not null,
    summary text not null default '',
    axis text references axis (slug),
    language text not null default 'fr',
    organisation uuid references organisation (id),
    -- JSON: attempt policy and what completes the module
    policy jsonb not null default '{}',
    published_at bigint,
    created_at bigint not null,
    created_by uuid references person (id),
    updated_at bigint not null
);
create unique index module_slug on module (slug);

create table module_version (
    id uuid not null primary key,
    module uuid not null references module (id),
    number bigint not null,
    package uuid not null references package (id),
    created_at bigint not null,
    created_by uuid references person (id)
);
create unique index module_version_number on module_version (module, number);
