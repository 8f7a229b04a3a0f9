CREATE TABLE setting (key $text PRIMARY KEY, value $text NOT NULL);
CREATE TABLE sequence (name $text PRIMARY KEY, next $int NOT NULL);

-- The directory: a row for every record of every entity. `anchor` is the record whose ties say who may see it.
CREATE TABLE record (
    rid $int PRIMARY KEY, id $blob NOT NULL UNIQUE, entity $text NOT NULL, title $text NOT NULL, title_key $text NOT NULL,
    anchor $int NOT NULL, deleted_at $int, deleted_by $int, merged_into $int REFERENCES record (rid));
CREATE INDEX record__entity ON record (entity, title_key, rid) WHERE deleted_at IS NULL;
CREATE INDEX record__merged ON record (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX record__deleted ON record (deleted_at, rid) WHERE deleted_at IS NOT NULL;

-- Principal 0 is everybody.
CREATE TABLE tie (
    principal $int NOT NULL, record $int NOT NULL REFERENCES record (rid), why $text NOT NULL,
    PRIMARY KEY (principal, record, why)) $by_key;
CREATE INDEX tie__record ON tie (record, principal, why);
-- Whom somebody shared a record with, a user or a team; ties follow from it.
CREATE TABLE share (
    record $int NOT NULL REFERENCES record (rid), principal $int NOT NULL REFERENCES record (rid), changes $int NOT NULL,
    by_user $int, at $int NOT NULL, PRIMARY KEY (record, principal));
CREATE INDEX share__principal ON share (principal);

-- Normal forms of several values: phones by digits, e-mails, codes, towns, and the keys of lists as entity.field.
CREATE TABLE lookup (
    kind $text NOT NULL, key $text NOT NULL, record $int NOT NULL REFERENCES record (rid),
    PRIMARY KEY (kind, key, record)) $by_key;
CREATE INDEX lookup__record ON lookup (record, kind, key);

CREATE TABLE pick (
    list $text NOT NULL, key $text NOT NULL, position $int NOT NULL, labels $text NOT NULL, class $text, colour $text,
    retired $int NOT NULL DEFAULT 0, percent $int, of_group $text, PRIMARY KEY (list, key));

-- Fields as an administrator has them: their own, which have a shape, and declared ones that are seen otherwise.
CREATE TABLE custom_field (
    entity $text NOT NULL, key $text NOT NULL, ordinal $int NOT NULL, shape $text, look $text NOT NULL, PRIMARY KEY (entity, key));
CREATE TABLE custom_list (list $text PRIMARY KEY, labels $text NOT NULL, open $int NOT NULL DEFAULT 0);
CREATE TABLE page_layout (entity $text PRIMARY KEY, sections $text NOT NULL);
-- Who changed what of the settings: `about` is `fields.party` or `lists.sector`.
CREATE TABLE settings_change (
    id $blob PRIMARY KEY, at $int NOT NULL, by_user $int, about $text NOT NULL, what $text NOT NULL);
CREATE INDEX settings_change__about ON settings_change (about, at);

-- One act of one person. `undoes` is the operation that this one takes back.
CREATE TABLE operation (
    op $int PRIMARY KEY, id $blob NOT NULL UNIQUE, at $int NOT NULL, by_user $int, channel $text NOT NULL, verb $text NOT NULL,
    entity $text NOT NULL, records $int NOT NULL DEFAULT 0, undoes $int, undone_by $int, note $text);
CREATE INDEX operation__at ON operation (at, op);

-- `tx` and `seq` together are the order of commit. `fields` is {field: [old, new]}; a creation writes none.
CREATE TABLE change (
    seq $int PRIMARY KEY, tx $int NOT NULL, op $int NOT NULL REFERENCES operation (op),
    record $int NOT NULL REFERENCES record (rid), version $int NOT NULL, verb $text NOT NULL, fields $text);
CREATE INDEX change__record ON change (record, seq);
CREATE INDEX change__op ON change (op, seq);
CREATE INDEX change__feed ON change (tx, seq);

-- Durable work. `progress` is the checkpoint, written in the same transaction as what it stands for.
CREATE TABLE job (
    job $int PRIMARY KEY, id $blob NOT NULL UNIQUE, kind $text NOT NULL, payload $text NOT NULL, progress $text, state $text NOT NULL,
    run_at $int NOT NULL, attempts $int NOT NULL DEFAULT 0, locked_until $int, by_user $int, op $int, error $text,
    created_at $int NOT NULL, ended_at $int);
CREATE INDEX job__due ON job (state, run_at);
CREATE INDEX job__by ON job (by_user, kind, job);

-- What was uploaded. `taken_at` is when a record first referred to it. Without `bytes` these lie in the data folder.
CREATE TABLE file (
    id $blob PRIMARY KEY, name $text NOT NULL, mime $text NOT NULL, size $int NOT NULL, sha256 $blob NOT NULL,
    created_at $int NOT NULL, created_by $int, taken_at $int, thumbnail $blob, bytes $blob);

-- The rows of an import that were refused, a piece for each batch: `at` is how many bytes of their file come before it.
CREATE TABLE import_refused (job $blob NOT NULL, at $int NOT NULL, bytes $blob NOT NULL, PRIMARY KEY (job, at));

-- What a role of the list `role` may do; without a row, what is built in.
CREATE TABLE role (role $text PRIMARY KEY, rights $text NOT NULL);
-- What people say of a record; who sees the record sees it. Its text before is in the change log.
CREATE TABLE comment (
    id $blob PRIMARY KEY, record $int NOT NULL REFERENCES record (rid), by_user $int, text $text NOT NULL, at $int NOT NULL,
    changed_at $int, deleted_at $int);
CREATE INDEX comment__record ON comment (record, at, id);
CREATE TABLE comment_mention (
    comment $blob NOT NULL REFERENCES comment (id), user_rid $int NOT NULL, PRIMARY KEY (comment, user_rid)) $by_key;
CREATE TABLE comment_file (
    comment $blob NOT NULL REFERENCES comment (id), file $blob NOT NULL, PRIMARY KEY (comment, file)) $by_key;
CREATE INDEX comment_file__file ON comment_file (file);

-- What somebody is told: a line for each operation and kind, however many records it is about. `touched_at` moves whenever the line is
-- another, so that every node hears of it.
CREATE TABLE notification (
    id $blob PRIMARY KEY, user_rid $int NOT NULL REFERENCES record (rid), kind $text NOT NULL, op $int, job $blob, entity $text NOT NULL,
    record $int, records $int NOT NULL, comment $blob, by_user $int, note $text, at $int NOT NULL, read_at $int,
    touched_at $int NOT NULL, mailed_at $int, UNIQUE (user_rid, op, kind));
CREATE INDEX notification__user ON notification (user_rid, at, id);
CREATE INDEX notification__unread ON notification (user_rid, at, id) WHERE read_at IS NULL;
CREATE INDEX notification__touched ON notification (touched_at);
CREATE INDEX notification__unmailed ON notification (at) WHERE mailed_at IS NULL;

CREATE TABLE credential (
    user_rid $int PRIMARY KEY REFERENCES record (rid), password $text NOT NULL, changed_at $int NOT NULL, must_change $int);
-- What is good once and for a while: links by which a password is chosen, sign-ins that wait for their second step.
CREATE TABLE one_time (
    hash $blob PRIMARY KEY, user_rid $int NOT NULL REFERENCES record (rid), what $text NOT NULL, created_at $int NOT NULL,
    ends_at $int NOT NULL);
CREATE INDEX one_time__user ON one_time (user_rid);
-- What an app and the program share, sealed with the secret key; `used` is the last step of its clock whose code was good. Without
-- `since` it is being set up.
CREATE TABLE second_step (
    user_rid $int PRIMARY KEY REFERENCES record (rid), secret $blob NOT NULL, used $int NOT NULL, since $int);
CREATE TABLE recovery_code (
    user_rid $int NOT NULL REFERENCES record (rid), hash $blob NOT NULL, PRIMARY KEY (user_rid, hash));
-- Messages on their way out. `body` is sealed, and empty once it was sent or given up.
CREATE TABLE mail (
    id $blob PRIMARY KEY, to_address $text NOT NULL, to_user $int, subject $text NOT NULL, body $blob NOT NULL, state $text NOT NULL,
    attempts $int NOT NULL DEFAULT 0, run_at $int NOT NULL, error $text, created_at $int NOT NULL, ended_at $int);
CREATE INDEX mail__due ON mail (state, run_at);
CREATE INDEX mail__created ON mail (created_at, id);
CREATE INDEX mail__ended ON mail (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE session (
    hash $blob PRIMARY KEY, user_rid $int NOT NULL REFERENCES record (rid), created_at $int NOT NULL, seen_at $int NOT NULL,
    ends_at $int NOT NULL, agent $text NOT NULL, address $text);
CREATE INDEX session__user ON session (user_rid);
-- Browsers that somebody signed in with: they are told from those of strangers when attempts are counted.
CREATE TABLE device (
    hash $blob NOT NULL, user_rid $int NOT NULL REFERENCES record (rid), seen_at $int NOT NULL, PRIMARY KEY (hash, user_rid));
-- How often somebody tried to sign in of late, by what was tried and where from, hashed.
CREATE TABLE attempt (key $blob PRIMARY KEY, times $int NOT NULL, since $int NOT NULL);
CREATE TABLE token (
    hash $blob PRIMARY KEY, user_rid $int NOT NULL REFERENCES record (rid), name $text NOT NULL, created_at $int NOT NULL,
    ends_at $int, seen_at $int, role $text);
CREATE INDEX token__user ON token (user_rid);

-- Who signed in and out, took lists out of the house, looked at what is watched. `record` is what was looked at, or the user
-- whose sign-in was changed.
CREATE TABLE access_log (
    id $blob PRIMARY KEY, at $int NOT NULL, user_rid $int, what $text NOT NULL, record $int, path $text, count $int, note $text,
    address $text NOT NULL, agent $text NOT NULL);
CREATE INDEX access_log__at ON access_log (at, id);
CREATE INDEX access_log__user ON access_log (user_rid, at, id);
CREATE INDEX access_log__what ON access_log (what, at, id);

CREATE TABLE preference (user_rid $int NOT NULL, key $text NOT NULL, value $text NOT NULL, PRIMARY KEY (user_rid, key));
CREATE TABLE saved_view (
    id $blob PRIMARY KEY, path $text NOT NULL, name $text NOT NULL, owner $int NOT NULL, shared $int NOT NULL, query $text NOT NULL,
    position $int NOT NULL, created_at $int NOT NULL);
CREATE INDEX saved_view__path ON saved_view (path, position);
-- What an import of files of one origin did with their columns, to be done again.
CREATE TABLE import_profile (
    entity $text NOT NULL, name $text NOT NULL, plan $text NOT NULL, by_user $int, created_at $int NOT NULL,
    PRIMARY KEY (entity, name));
CREATE TABLE idempotency (
    user_rid $int NOT NULL, key $text NOT NULL, request $blob NOT NULL, answer $text NOT NULL, created_at $int NOT NULL,
    PRIMARY KEY (user_rid, key));
