-- The toolbox: documents and fiches, published under an organisation's name, with their versions.

create table document (
    id blob not null primary key,
    organisation blob references organisation (id),
    author blob not null references person (id),
    -- guide, template, report, study, law, tool, fiche
    kind text not null,
    title text not null,
    -- title, summary and tags in the form in which they are searched
    folded text not null default '',
    summary text not null default '',
    license text not null,
    language text not null,
    axis text references axis (slug),
    region text references region (slug),
    -- what it helps to do: assembly, budget, statutes…
    task text,
    -- as a topic's
    tags text not null default '',
    adapted_from blob references document (id),
    -- a fiche: the question and the answer it was made of
    topic blob references topic (id),
    reply blob references reply (id),
    downloads integer not null default 0,
    created_at integer not null,
    updated_at integer not null,
    released_at integer,
    released_by blob references person (id),
    featured_at integer,
    featured_by blob references person (id),
    hidden_at integer,
    constraint document_kind check (kind in ('guide', 'template', 'report', 'study', 'law', 'tool', 'fiche'))
) strict;
create index document_released on document (released_at);
create index document_axis on document (axis, released_at);
create index document_organisation on document (organisation, created_at);
create unique index document_reply on document (reply) where reply is not null;

-- A file in the object storage, or (a fiche) a text of Markdown.
create table document_version (
    id blob not null primary key,
    document blob not null references document (id),
    number integer not null,
    object text,
    body text,
    file_name text not null,
    media_type text not null,
    size integer not null,
    sha256 text not null,
    note text not null default '',
    person blob not null references person (id),
    at integer not null,
    constraint document_version_content check ((object is null) <> (body is null))
) strict;
create unique index document_version_number on document_version (document, number);

-- Whose work a document is: who asked, answered, accepted, promoted, adapted.
create table document_part (
    document blob not null references document (id),
    person blob not null references person (id),
    part text not null,
    at integer not null,
    primary key (document, person, part),
    constraint document_part_part check (part in ('asked', 'answered', 'accepted', 'promoted', 'wrote'))
) strict;

-- What may be seen: released, not hidden, of an organisation and an author that do not rest, nor
-- made of a text that is hidden now.
create view shown_document as
    select d.* from document d
    where d.released_at is not null and d.hidden_at is null
        and not exists (select 1 from resting_person z where z.person = d.author)
        and (d.organisation is null
            or exists (select 1 from shown_organisation n where n.id = d.organisation))
        and (d.topic is null or exists (select 1 from open_topic t where t.id = d.topic))
        and (d.reply is null or exists (select 1 from shown_reply r where r.id = d.reply));
