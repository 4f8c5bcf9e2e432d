-- What the dashboards count. `follow_up_fact` holds the rows behind every figure,
-- `follow_up_counter` their sums; both change in one transaction, from what waits in
-- `follow_up_change`, so that a figure is the sum of its rows at any moment.

create table follow_up_change (
    id integer not null primary key,
    -- whose facts are to be derived anew: person, seminar, visit, sheet
    source text not null,
    owner blob not null
) strict;

create table follow_up_state (
    id integer not null primary key,
    -- everything that happened before is counted
    as_of integer not null
) strict;

create table follow_up_fact (
    id integer not null primary key,
    source text not null,
    owner blob not null,
    measure text not null,
    -- months since the year 0, in the platform's zone
    month integer not null,
    -- learners: the month before in which the person was active, on any axis and on this one; -1: none.
    -- So the people of a period are those of its months whose month before lies before the period.
    since integer not null,
    since_axis integer not null,
    at integer not null,
    person blob,
    object blob,
    organisation blob,
    region text not null,
    axis text not null,
    kind text not null,
    amount integer not null
) strict;
create index follow_up_fact_owner on follow_up_fact (owner);
create index follow_up_fact_measure on follow_up_fact (measure, at);
create index follow_up_fact_region on follow_up_fact (measure, region, at);

create table follow_up_counter (
    measure text not null,
    month integer not null,
    since integer not null,
    region text not null,
    axis text not null,
    kind text not null,
    n integer not null,
    amount integer not null,
    primary key (measure, month, since, region, axis, kind)
) strict;

create trigger follow_up_progress after insert on progress_change begin
    insert into follow_up_change (source, owner) values ('person', new.person); end;
create trigger follow_up_joined after insert on membership begin
    insert into follow_up_change (source, owner) values ('person', new.person); end;
create trigger follow_up_left after update on membership begin
    insert into follow_up_change (source, owner) values ('person', new.person); end;
create trigger follow_up_topic_new after insert on topic begin
    insert into follow_up_change (source, owner) values ('person', new.author); end;
create trigger follow_up_topic after update of space, author, kind, hidden_at, merged_into on topic begin
    insert into follow_up_change (source, owner) values ('person', new.author); end;
create trigger follow_up_reply_new after insert on reply begin
    insert into follow_up_change (source, owner) values ('person', new.author); end;
create trigger follow_up_reply after update of topic, author, hidden_at, solution_at on reply begin
    insert into follow_up_change (source, owner) values ('person', new.author); end;
create trigger follow_up_document_new after insert on document begin
    insert into follow_up_change (source, owner) values ('person', new.author); end;
create trigger follow_up_document after update of axis, released_at, hidden_at on document begin
    insert into follow_up_change (source, owner) values ('person', new.author); end;
create trigger follow_up_module after update of axis on module when old.axis is not new.axis begin
    insert into follow_up_change (source, owner) select 'person', g.person from progress g where g.module = new.id; end;
create trigger follow_up_organisation after update of region, kind on organisation
    when old.region is not new.region or old.kind is not new.kind begin
    insert into follow_up_change (source, owner) select 'person', m.person from membership m where m.organisation = new.id;
    insert into follow_up_change (source, owner) select 'visit', a.id from accompaniment a where a.organisation = new.id;
    insert into follow_up_change (source, owner) select distinct 'seminar', s.seminar from seat s where s.organisation = new.id; end;
create trigger follow_up_seminar_new after insert on seminar begin
    insert into follow_up_change (source, owner) values ('seminar', new.id); end;
create trigger follow_up_seminar after update of region, axis, starts_at, capacity, cancelled_at on seminar begin
    insert into follow_up_change (source, owner) values ('seminar', new.id); end;
create trigger follow_up_seat_new after insert on seat begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar); end;
create trigger follow_up_seat after update on seat begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar); end;
create trigger follow_up_waiting_new after insert on waiting begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar); end;
create trigger follow_up_waiting after update on waiting begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar); end;
create trigger follow_up_meeting after update of starts_at on meeting begin
    insert into follow_up_change (source, owner) values ('seminar', new.seminar); end;
create trigger follow_up_presence_new after insert on presence begin
    insert into follow_up_change (source, owner) select 'seminar', m.seminar from meeting m where m.id = new.meeting; end;
create trigger follow_up_presence after update on presence begin
    insert into follow_up_change (source, owner) select 'seminar', m.seminar from meeting m where m.id = new.meeting; end;
create trigger follow_up_visit after insert on accompaniment begin
    insert into follow_up_change (source, owner) values ('visit', new.id); end;
create trigger follow_up_sheet_new after insert on action_sheet begin
    insert into follow_up_change (source, owner) values ('sheet', new.id); end;
create trigger follow_up_sheet after update on action_sheet begin
    insert into follow_up_change (source, owner) values ('sheet', new.id); end;

insert into follow_up_change (source, owner)
    select 'person', id from person union all select 'seminar', id from seminar
    union all select 'visit', id from accompaniment union all select 'sheet', id from action_sheet;
