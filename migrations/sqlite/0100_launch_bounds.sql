-- What a launch may speak about, whose it is, how much it has stored; and indexes for lists that
-- looked at everything.

-- a launch's credential: the learner, whose state is asked with each request
alter table lrs_credential add column person blob references person (id);
-- the activity (or the base of the activities) it may describe; null: none
alter table lrs_credential add column about text;
-- bytes of attachments it has sent
alter table lrs_credential add column data_bytes integer not null default 0;
create index lrs_credential_registration on lrs_credential (registration) where registration is not null;
create index lrs_document_registration on lrs_document (registration);

create index outbox_failed on outbox (failed_at) where failed_at is not null and done_at is null;
create index outbox_waiting on outbox (kind, created_at) where done_at is null;
create index outbox_done on outbox (done_at) where done_at is not null;

create index module_published on module (published_at) where published_at is not null;
create index seminar_created on seminar (created_at);
create index topic_created on topic (created_at);
create index reply_solution on reply (solution_at) where solution_at is not null;

-- what voids an id, among all that is about it
create index lrs_statement_voiding on lrs_statement (target) where voiding;
