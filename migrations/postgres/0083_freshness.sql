-- How fresh an organisation's page is, who verified it, and whether everybody may see it.

alter table organisation add column verified_by uuid references person (id);
-- "All still right", by those who coordinate it.
alter table organisation add column confirmed_at bigint;
-- Its page is for people who are signed in.
alter table organisation add column members_only boolean not null default false;

-- The view's columns were those of its day.
create or replace view shown_organisation as
    select o.* from organisation o where o.resting_at is null;
