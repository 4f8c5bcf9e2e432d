-- Other sites that the pages of a package may load from, as its trainer allowed: host names with
-- spaces between; empty: none.
alter table package add column hosts text not null default '';
