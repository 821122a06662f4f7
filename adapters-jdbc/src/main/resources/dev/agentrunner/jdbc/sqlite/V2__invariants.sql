-- The database itself refuses what would break an invariant, whoever writes. INSERT OR REPLACE deletes without firing
-- delete triggers, so the insert triggers also refuse to hit an existing row.

-- An id that was left to SQLite is -1 here; AUTOINCREMENT then gives one that is larger than all before.
CREATE TRIGGER ar_events_insert BEFORE INSERT ON ar_events BEGIN
  SELECT CASE
    WHEN NEW.seq <> coalesce((SELECT max(seq) FROM ar_events WHERE run_id = NEW.run_id), 0) + 1
      THEN RAISE(ABORT, 'INV-4: the seq of an event is the last seq of its run plus one')
    WHEN (SELECT finished_at FROM ar_runs WHERE id = NEW.run_id) IS NOT NULL
      THEN RAISE(ABORT, 'INV-1: a terminal run takes no more events')
    WHEN NEW.seq = 1 AND EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = NEW.run_id)
      THEN RAISE(ABORT, 'INV-3: a purged run does not come back')
    WHEN NEW.id <> -1 AND NEW.id <= max(
        coalesce((SELECT max(id) FROM ar_events), 0),
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'ar_events'), 0))
      THEN RAISE(ABORT, 'INV-3, INV-4: an event is never replaced, and the ids of events only grow')
  END;
END;

CREATE TRIGGER ar_events_update BEFORE UPDATE ON ar_events BEGIN
  SELECT RAISE(ABORT, 'INV-3: an event is never updated');
END;

CREATE TRIGGER ar_events_delete BEFORE DELETE ON ar_events
WHEN NOT EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = OLD.run_id) BEGIN
  SELECT RAISE(ABORT, 'INV-3: events are deleted only with their whole run, which leaves a tombstone');
END;

CREATE TRIGGER ar_runs_insert BEFORE INSERT ON ar_runs BEGIN
  SELECT RAISE(ABORT, 'INV-1: a run is created once') WHERE EXISTS (SELECT 1 FROM ar_runs WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'INV-3: a purged run does not come back')
  WHERE EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = NEW.id);
  SELECT RAISE(ABORT, 'INV-4: last_seq is the seq of the last event')
  WHERE NEW.last_seq IS NOT (SELECT max(seq) FROM ar_events WHERE run_id = NEW.id);
END;

-- One trigger for each group of columns: an update pays only for the checks of what it sets.
CREATE TRIGGER ar_runs_terminal BEFORE UPDATE ON ar_runs WHEN OLD.finished_at IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'INV-1: a terminal run never changes');
END;

CREATE TRIGGER ar_runs_progress BEFORE UPDATE OF last_seq ON ar_runs WHEN NEW.last_seq <> OLD.last_seq BEGIN
  SELECT CASE
    WHEN NEW.last_seq < OLD.last_seq
      THEN RAISE(ABORT, 'INV-4: the last_seq of a run only grows')
    WHEN NEW.last_seq IS NOT (SELECT max(seq) FROM ar_events WHERE run_id = NEW.id)
      THEN RAISE(ABORT, 'INV-4: last_seq is the seq of the last event')
  END;
END;

CREATE TRIGGER ar_runs_turn BEFORE UPDATE OF status, node, epoch, recoveries ON ar_runs BEGIN
  SELECT CASE
    WHEN NEW.status = 'QUEUED' AND OLD.status <> 'QUEUED'
      THEN RAISE(ABORT, 'INV-1: the status of a run never goes backwards')
    WHEN NEW.epoch < OLD.epoch
      THEN RAISE(ABORT, 'INV-6: the epoch of a run only grows')
    WHEN NEW.epoch = OLD.epoch AND NEW.node IS NOT NULL AND NEW.node IS NOT OLD.node
      THEN RAISE(ABORT, 'INV-6: a claim raises the epoch')
    WHEN NEW.recoveries < OLD.recoveries
      THEN RAISE(ABORT, 'INV-1: the recoveries of a run only grow')
  END;
END;

CREATE TRIGGER ar_runs_identity BEFORE UPDATE OF id, workflow, version, created_at ON ar_runs
WHEN NEW.id <> OLD.id OR NEW.workflow <> OLD.workflow OR NEW.version <> OLD.version
  OR NEW.created_at <> OLD.created_at BEGIN
  SELECT RAISE(ABORT, 'INV-1: a run never becomes another one');
END;

CREATE TRIGGER ar_runs_delete BEFORE DELETE ON ar_runs
WHEN NOT EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = OLD.id) BEGIN
  SELECT RAISE(ABORT, 'INV-3: a run is deleted only by a purge, which leaves a tombstone');
END;

CREATE TRIGGER ar_run_details_update BEFORE UPDATE ON ar_run_details BEGIN
  SELECT RAISE(ABORT, 'INV-3: what a run was created with never changes');
END;

CREATE TRIGGER ar_run_details_delete BEFORE DELETE ON ar_run_details
WHEN NOT EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = OLD.run_id) BEGIN
  SELECT RAISE(ABORT, 'INV-3: a run is deleted only by a purge, which leaves a tombstone');
END;

CREATE TRIGGER ar_steps_insert BEFORE INSERT ON ar_steps
WHEN EXISTS (SELECT 1 FROM ar_steps s WHERE s.run_id = NEW.run_id AND s.id = NEW.id
  AND (s.finished_at IS NOT NULL OR NEW.attempts < s.attempts
    OR (s.status = 'RUNNING' AND NEW.status IN ('PENDING', 'SKIPPED')))) BEGIN
  SELECT RAISE(ABORT, 'INV-2: a step never goes backwards, and a terminal one never changes');
END;

CREATE TRIGGER ar_steps_update BEFORE UPDATE ON ar_steps BEGIN
  SELECT CASE
    WHEN OLD.finished_at IS NOT NULL
      THEN RAISE(ABORT, 'INV-2: a terminal step never changes')
    WHEN OLD.status = 'RUNNING' AND NEW.status IN ('PENDING', 'SKIPPED')
      THEN RAISE(ABORT, 'INV-2: the status of a step never goes backwards')
    WHEN NEW.attempts < OLD.attempts
      THEN RAISE(ABORT, 'INV-2: the attempts of a step only grow')
  END;
END;

CREATE TRIGGER ar_steps_identity BEFORE UPDATE OF run_id, id ON ar_steps
WHEN NEW.id <> OLD.id OR NEW.run_id <> OLD.run_id BEGIN
  SELECT RAISE(ABORT, 'INV-2: a step never becomes another one');
END;

CREATE TRIGGER ar_steps_delete BEFORE DELETE ON ar_steps
WHEN NOT EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = OLD.run_id) BEGIN
  SELECT RAISE(ABORT, 'INV-3: steps are deleted only with their whole run, which leaves a tombstone');
END;

CREATE TRIGGER ar_artifacts_insert BEFORE INSERT ON ar_artifacts
WHEN EXISTS (SELECT 1 FROM ar_artifacts a
  WHERE (a.run_id = NEW.run_id AND a.id = NEW.id) OR a.position = NEW.position) BEGIN
  SELECT RAISE(ABORT, 'INV-10: a run lists an artifact once');
END;

CREATE TRIGGER ar_artifacts_update BEFORE UPDATE ON ar_artifacts BEGIN
  SELECT RAISE(ABORT, 'INV-10: a listed artifact never changes');
END;

CREATE TRIGGER ar_artifacts_delete BEFORE DELETE ON ar_artifacts
WHEN NOT EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = OLD.run_id) BEGIN
  SELECT RAISE(ABORT, 'INV-3: artifacts are deleted only with their whole run, which leaves a tombstone');
END;

CREATE TRIGGER ar_usage_delete BEFORE DELETE ON ar_usage
WHEN NOT EXISTS (SELECT 1 FROM ar_tombstones WHERE run_id = OLD.run_id) BEGIN
  SELECT RAISE(ABORT, 'INV-3: usage is deleted only with its whole run, which leaves a tombstone');
END;

CREATE TRIGGER ar_tombstones_insert BEFORE INSERT ON ar_tombstones
WHEN NOT EXISTS (SELECT 1 FROM ar_runs r WHERE r.id = NEW.run_id AND r.finished_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'INV-3: only a terminal run can be purged');
END;

CREATE TRIGGER ar_tombstones_update BEFORE UPDATE ON ar_tombstones BEGIN
  SELECT RAISE(ABORT, 'INV-3: a tombstone never changes');
END;

CREATE TRIGGER ar_tombstones_delete BEFORE DELETE ON ar_tombstones BEGIN
  SELECT RAISE(ABORT, 'INV-3: a tombstone stays');
END;

-- Who may do what, and who did it
CREATE TRIGGER ar_keys_insert BEFORE INSERT ON ar_keys
WHEN EXISTS (SELECT 1 FROM ar_keys WHERE id = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'keys: a key is given out once');
END;

CREATE TRIGGER ar_keys_update BEFORE UPDATE ON ar_keys
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR NEW.id <> OLD.id OR NEW.name <> OLD.name
  OR NEW.role <> OLD.role OR NEW.sha256 <> OLD.sha256 OR NEW.created_at <> OLD.created_at BEGIN
  SELECT RAISE(ABORT, 'keys: a key never changes but for being revoked once');
END;

CREATE TRIGGER ar_keys_delete BEFORE DELETE ON ar_keys BEGIN
  SELECT RAISE(ABORT, 'keys: a key is never deleted, only revoked');
END;

CREATE TRIGGER ar_audit_insert BEFORE INSERT ON ar_audit
WHEN NEW.id <> coalesce((SELECT max(id) FROM ar_audit), 0) + 1 BEGIN
  SELECT RAISE(ABORT, 'audit: the id of a record is the last one plus one');
END;

CREATE TRIGGER ar_audit_update BEFORE UPDATE ON ar_audit BEGIN
  SELECT RAISE(ABORT, 'audit: a record never changes');
END;

CREATE TRIGGER ar_audit_delete BEFORE DELETE ON ar_audit BEGIN
  SELECT RAISE(ABORT, 'audit: a record stays');
END;
