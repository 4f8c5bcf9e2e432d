-- The search: what can be found, in the form in which it is searched, and what changed since. Who may see a
-- thing is asked of the thing itself, when somebody searches.

-- What was changed and is not looked at yet; its number is the place of a new thing in the index.
create table search_change (
    seq integer not null primary key autoincrement,
    -- module, topic, reply, document, seminar, organisation, person
    kind text not null,
    entity blob not null
) strict;

-- One node at a time looks at the changes.
create table search_indexer (
    id integer not null primary key,
    holder blob not null,
    until_at integer not null
) strict;

-- A thing that can be found. `words`: its terms, apart by spaces, those of its title once more behind `§`, and
-- behind `¤` what filters ask for (kind, axis, language, organisation, who may see it, when it came).
create table search_entry (
    seq integer not null primary key,
    kind text not null,
    entity blob not null,
    at integer not null,
    -- the terms of its title
    heading text not null,
    words text not null
) strict;
create unique index search_entry_entity on search_entry (entity);

create virtual table search_text using fts5 (
    words, content = 'search_entry', content_rowid = 'seq', detail = 'none', columnsize = 0, tokenize = 'ascii'
);
create trigger search_entry_added after insert on search_entry begin
    insert into search_text (rowid, words) values (new.seq, new.words);
end;
create trigger search_entry_removed after delete on search_entry begin
    insert into search_text (search_text, rowid, words) values ('delete', old.seq, old.words);
end;
create trigger search_entry_changed after update of words on search_entry begin
    insert into search_text (search_text, rowid, words) values ('delete', old.seq, old.words);
    insert into search_text (rowid, words) values (new.seq, new.words);
end;

-- Words that a misspelt one may be meant for, and what is left of them without one letter.
create table search_word (
    word text not null primary key,
    written text not null,
    seen integer not null
) strict, without rowid;
create table search_deletion (
    part text not null,
    word text not null,
    primary key (part, word)
) strict, without rowid;

-- The text of a version's file; empty where it has none.
create table search_file (
    version blob not null primary key references document_version (id),
    text text not null
) strict;

-- Whatever changes a thing says so in the same transaction.
create trigger search_module_added after insert on module begin
    insert into search_change (kind, entity) values ('module', new.id);
end;
create trigger search_module_changed after update of title, summary, axis, language, organisation, published_at on module begin
    insert into search_change (kind, entity) values ('module', new.id);
end;
create trigger search_module_removed after delete on module begin
    insert into search_change (kind, entity) values ('module', old.id);
end;
create trigger search_topic_added after insert on topic begin
    insert into search_change (kind, entity) values ('topic', new.id);
end;
create trigger search_topic_changed after update of space, kind, title, body, language, tags, hidden_at, merged_into, author on topic begin
    insert into search_change (kind, entity) values ('topic', new.id);
end;
create trigger search_topic_removed after delete on topic begin
    insert into search_change (kind, entity) values ('topic', old.id);
end;
create trigger search_topic_moved after update of space, title, hidden_at, merged_into on topic begin
    insert into search_change (kind, entity) select 'reply', r.id from reply r where r.topic = new.id;
end;
create trigger search_reply_added after insert on reply begin
    insert into search_change (kind, entity) values ('reply', new.id);
end;
create trigger search_reply_changed after update of topic, body, language, solution_at, hidden_at, author on reply begin
    insert into search_change (kind, entity) values ('reply', new.id);
end;
create trigger search_reply_removed after delete on reply begin
    insert into search_change (kind, entity) values ('reply', old.id);
end;
create trigger search_document_added after insert on document begin
    insert into search_change (kind, entity) values ('document', new.id);
end;
create trigger search_document_changed after update of title, summary, tags, kind, language, axis, organisation, author, released_at, hidden_at on document begin
    insert into search_change (kind, entity) values ('document', new.id);
end;
create trigger search_document_removed after delete on document begin
    insert into search_change (kind, entity) values ('document', old.id);
end;
create trigger search_document_version_added after insert on document_version begin
    insert into search_change (kind, entity) values ('document', new.document);
end;
create trigger search_seminar_added after insert on seminar begin
    insert into search_change (kind, entity) values ('seminar', new.id);
end;
create trigger search_seminar_changed after update of title, summary, language, axis, place, cancelled_at on seminar begin
    insert into search_change (kind, entity) values ('seminar', new.id);
end;
create trigger search_seminar_removed after delete on seminar begin
    insert into search_change (kind, entity) values ('seminar', old.id);
end;
create trigger search_organisation_added after insert on organisation begin
    insert into search_change (kind, entity) values ('organisation', new.id);
end;
create trigger search_organisation_changed after update of name, about, governorate on organisation begin
    insert into search_change (kind, entity) values ('organisation', new.id);
end;
create trigger search_organisation_removed after delete on organisation begin
    insert into search_change (kind, entity) values ('organisation', old.id);
end;
create trigger search_organisation_axis_added after insert on organisation_axis begin
    insert into search_change (kind, entity) values ('organisation', new.organisation);
end;
create trigger search_organisation_axis_removed after delete on organisation_axis begin
    insert into search_change (kind, entity) values ('organisation', old.organisation);
end;
create trigger search_membership_added after insert on membership begin
    insert into search_change (kind, entity) select 'person', f.person from profile f where f.person = new.person;
    insert into search_change (kind, entity) select 'topic', t.id from topic t where t.author = new.person;
    insert into search_change (kind, entity) select 'reply', r.id from reply r where r.author = new.person;
end;
create trigger search_membership_changed after update of until_at on membership begin
    insert into search_change (kind, entity) select 'person', f.person from profile f where f.person = new.person;
    insert into search_change (kind, entity) select 'topic', t.id from topic t where t.author = new.person;
    insert into search_change (kind, entity) select 'reply', r.id from reply r where r.author = new.person;
end;
create trigger search_profile_added after insert on profile begin
    insert into search_change (kind, entity) values ('person', new.person);
end;
create trigger search_profile_changed after update of shown_to, about, helps, shows_organisation on profile begin
    insert into search_change (kind, entity) values ('person', new.person);
end;
create trigger search_profile_removed after delete on profile begin
    insert into search_change (kind, entity) values ('person', old.person);
end;
create trigger search_profile_skill_added after insert on profile_skill begin
    insert into search_change (kind, entity) values ('person', new.person);
end;
create trigger search_profile_skill_removed after delete on profile_skill begin
    insert into search_change (kind, entity) values ('person', old.person);
end;
create trigger search_profile_axis_added after insert on profile_axis begin
    insert into search_change (kind, entity) values ('person', new.person);
end;
create trigger search_profile_axis_removed after delete on profile_axis begin
    insert into search_change (kind, entity) values ('person', old.person);
end;
create trigger search_person_changed after update of name, state on person begin
    insert into search_change (kind, entity) select 'person', f.person from profile f where f.person = new.id;
end;
create trigger search_space_changed after update of visibility, axis on space begin
    insert into search_change (kind, entity) select 'topic', t.id from topic t where t.space = new.id;
    insert into search_change (kind, entity) select 'reply', r.id from reply r join topic t on t.id = r.topic where t.space = new.id;
end;

-- What is there already, in the order in which it came.
insert into search_change (kind, entity)
    select kind, id from (
        select 'module' as kind, id, created_at as at from module
        union all select 'topic', id, created_at from topic
        union all select 'reply', id, created_at from reply
        union all select 'document', id, created_at from document
        union all select 'seminar', id, created_at from seminar
        union all select 'organisation', id, created_at from organisation
        union all select 'person', person, updated_at from profile
    ) as known order by at, id;
