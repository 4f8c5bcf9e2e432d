-- The key of a package's zip in the object storage. Each import stores under a key of its own, so
-- that two imports of the same bytes, or a start that clears away a dead one, never touch each
-- other's objects.
alter table package add column object text not null default '';
update package set object = 'zip/' || substr(sha256, 1, 2) || '/' || sha256;
