-- Names in the form in which they are searched and ordered: lower case, without accents, alike on
-- both engines. Empty for the rows that are older than this; the next start fills them in.

alter table person add column folded text not null default '';
alter table organisation add column folded text not null default '';
