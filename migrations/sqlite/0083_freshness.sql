-- How fresh an organisation's page is, who verified it, and whether everybody may see it.

alter table organisation add column verified_by blob references person (id);
-- "All still right", by those who coordinate it.
alter table organisation add column confirmed_at integer;
-- Its page is for people who are signed in.
alter table organisation add column members_only integer not null default 0;
