-- What the dashboards count. `follow_up_fact` holds the rows behind every figure,
-- `follow_up_counter` their sums; both change in one transaction, from what waits in
-- `follow_up_change`, so that a figure is the sum of its rows at any moment.

create table follow_up_change (
    id bigint not null generated always as identity primary key,
    -- whose facts are to be derived anew: person, seminar, visit, sheet
    source text not null,
    owner uuid not null
);

create table follow_up_state (
    id bigint not null primary key,
    -- everything that happened before is counted
    as_of bigint not null
);

create table follow_up_fact (
    id bigint not null generated always as identity primary key,
    source text not null,
    owner uuid not null,
    measure text not null,
    -- months since the year 0, in the platform's zone
    month bigint not null,
    -- learners: the month before in which the person was active, on any axis and on this one; -1: none.
    -- So the people of a period are those of its months whose month before lies before the period.
    since bigint not null,
    since_axis bigint not null,
    at bigint not null,
    person uuid,
    object uuid,
    organisation uuid,
    region text not null,
    axis text not null,
    kind text not null,
    amount bigint not null
);
create index follow_up_fact_owner on follow_up_fact (owner);
create index follow_up_fact_measure on follow_up_fact (measure, at);
create index follow_up_fact_region on follow_up_fact (measure, region, at);

create table follow_up_counter (
    measure text not null,
    month bigint not null,
    since bigint not null,
    region text not null,
    axis text not null,
    kind text not null,
    n bigint not null,
    amount bigint not null,
    primary key (measure, month, since, region, axis, kind)
);

create function follow_up_progress() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.person);
    return null; end $$;
create trigger follow_up_progress after insert on progress_change for each row execute function follow_up_progress();
create function follow_up_joined() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.person);
    return null; end $$;
create trigger follow_up_joined after insert on membership for each row execute function follow_up_joined();
create function follow_up_left() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.person);
    return null; end $$;
create trigger follow_up_left after update on membership for each row execute function follow_up_left();
create function follow_up_topic_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.author);
    return null; end $$;
create trigger follow_up_topic_new after insert on topic for each row execute function follow_up_topic_new();
create function follow_up_topic() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.author);
    return null; end $$;
create trigger follow_up_topic after update of space, author, kind, hidden_at, merged_into on topic for each row execute function follow_up_topic();
create function follow_up_reply_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.author);
    return null; end $$;
create trigger follow_up_reply_new after insert on reply for each row execute function follow_up_reply_new();
create function follow_up_reply() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.author);
    return null; end $$;
create trigger follow_up_reply after update of topic, author, hidden_at, solution_at on reply for each row execute function follow_up_reply();
create function follow_up_document_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.author);
    return null; end $$;
create trigger follow_up_document_new after insert on document for each row execute function follow_up_document_new();
create function follow_up_document() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('person', new.author);
    return null; end $$;
create trigger follow_up_document after update of axis, released_at, hidden_at on document for each row execute function follow_up_document();
create function follow_up_module() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) select 'person', g.person from progress g where g.module = new.id;
    return null; end $$;
create trigger follow_up_module after update of axis on module for each row when (old.axis is distinct from new.axis) execute function follow_up_module();
create function follow_up_organisation() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) select 'person', m.person from membership m where m.organisation = new.id;
    insert into follow_up_change (source, owner) select 'visit', a.id from accompaniment a where a.organisation = new.id;
    insert into follow_up_change (source, owner) select distinct 'seminar', s.seminar from seat s where s.organisation = new.id;
    return null; end $$;
create trigger follow_up_organisation after update of region, kind on organisation for each row when (old.region is distinct from new.region or old.kind is distinct from new.kind) execute function follow_up_organisation();
create function follow_up_seminar_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('seminar', new.id);
    return null; end $$;
create trigger follow_up_seminar_new after insert on seminar for each row execute function follow_up_seminar_new();
create function follow_up_seminar() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('seminar', new.id);
    return null; end $$;
create trigger follow_up_seminar after update of region, axis, starts_at, capacity, cancelled_at on seminar for each row execute function follow_up_seminar();
create function follow_up_seat_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar);
    return null; end $$;
create trigger follow_up_seat_new after insert on seat for each row execute function follow_up_seat_new();
create function follow_up_seat() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar);
    return null; end $$;
create trigger follow_up_seat after update on seat for each row execute function follow_up_seat();
create function follow_up_waiting_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar);
    return null; end $$;
create trigger follow_up_waiting_new after insert on waiting for each row execute function follow_up_waiting_new();
create function follow_up_waiting() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar);
    return null; end $$;
create trigger follow_up_waiting after update on waiting for each row execute function follow_up_waiting();
create function follow_up_meeting() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar);
    return null; end $$;
create trigger follow_up_meeting after update of starts_at on meeting for each row execute function follow_up_meeting();
create function follow_up_presence_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) select 'seminar', m.seminar from meeting m where m.id = new.meeting;
    return null; end $$;
create trigger follow_up_presence_new after insert on presence for each row execute function follow_up_presence_new();
create function follow_up_presence() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) select 'seminar', m.seminar from meeting m where m.id = new.meeting;
    return null; end $$;
create trigger follow_up_presence after update on presence for each row execute function follow_up_presence();
create function follow_up_visit() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('visit', new.id);
    return null; end $$;
create trigger follow_up_visit after insert on accompaniment for each row execute function follow_up_visit();
create function follow_up_sheet_new() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('sheet', new.id);
    return null; end $$;
create trigger follow_up_sheet_new after insert on action_sheet for each row execute function follow_up_sheet_new();
create function follow_up_sheet() returns trigger language plpgsql as $$ begin
    insert into follow_up_change (source, owner) values ('sheet', new.id);
    return null; end $$;
create trigger follow_up_sheet after update on action_sheet for each row execute function follow_up_sheet();

insert into follow_up_change (source, owner)
    select 'person', id from person union all select 'seminar', id from seminar
    union all select 'visit', id from accompaniment union all select 'sheet', id from action_sheet;
