-- The database itself keeps the invariants, whoever writes. Conditions stand in WHEN clauses where they can: those cost
-- almost nothing on a legal row. Functions carry the search path they were made with, so they hold in any session.

CREATE FUNCTION ar_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0],
        DETAIL = format('%s of %s', TG_OP, TG_TABLE_NAME);
END $$;

-- INV-1, INV-4, INV-6: runs
CREATE TRIGGER ar_runs_1_finished BEFORE UPDATE ON ar_runs FOR EACH ROW
    WHEN (old.finished_at IS NOT NULL)
    EXECUTE FUNCTION ar_refuse('INV-1: a finished run never changes');
CREATE TRIGGER ar_runs_2_status BEFORE UPDATE ON ar_runs FOR EACH ROW
    WHEN (old.status = 'RUNNING' AND new.status = 'QUEUED')
    EXECUTE FUNCTION ar_refuse('INV-1: run status never goes back');
CREATE TRIGGER ar_runs_3_seq BEFORE UPDATE ON ar_runs FOR EACH ROW
    WHEN (new.last_seq < old.last_seq)
    EXECUTE FUNCTION ar_refuse('INV-4: last_seq never shrinks');
CREATE TRIGGER ar_runs_4_epoch BEFORE UPDATE ON ar_runs FOR EACH ROW
    WHEN (new.epoch < old.epoch)
    EXECUTE FUNCTION ar_refuse('INV-6: the fencing epoch never shrinks');
CREATE TRIGGER ar_runs_5_recoveries BEFORE UPDATE ON ar_runs FOR EACH ROW
    WHEN (new.recoveries < old.recoveries)
    EXECUTE FUNCTION ar_refuse('INV-7: recoveries never shrink');
CREATE TRIGGER ar_runs_6_identity BEFORE UPDATE ON ar_runs FOR EACH ROW
    WHEN (new.id <> old.id OR new.created_at <> old.created_at)
    EXECUTE FUNCTION ar_refuse('INV-5: a run keeps its id and its beginning');

-- INV-2: steps
CREATE TRIGGER ar_steps_1_finished BEFORE UPDATE ON ar_steps FOR EACH ROW
    WHEN (old.status NOT IN ('PENDING', 'RUNNING'))
    EXECUTE FUNCTION ar_refuse('INV-2: a finished step never changes');
CREATE TRIGGER ar_steps_2_status BEFORE UPDATE ON ar_steps FOR EACH ROW
    WHEN (old.status = 'RUNNING' AND new.status IN ('PENDING', 'SKIPPED'))
    EXECUTE FUNCTION ar_refuse('INV-2: step status never goes back');
CREATE TRIGGER ar_steps_3_attempts BEFORE UPDATE ON ar_steps FOR EACH ROW
    WHEN (new.attempts < old.attempts)
    EXECUTE FUNCTION ar_refuse('INV-2: attempts never shrink');

-- INV-3, INV-4: events
CREATE TRIGGER ar_events_update BEFORE UPDATE ON ar_events FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('INV-3: events are never changed');

-- Every new event must stand right behind an older one with a smaller id; the first of a run behind nothing. Together
-- with the unique (run_id, seq) that makes 1..n without gaps.
CREATE FUNCTION ar_check_new_events() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    wrong record;
BEGIN
    SELECT a.run_id, a.seq, a.id INTO wrong FROM added a
    WHERE CASE WHEN a.seq = 1
        THEN NOT EXISTS (SELECT FROM ar_runs r WHERE r.id = a.run_id)
        ELSE NOT EXISTS (SELECT FROM ar_events p
            WHERE p.run_id = a.run_id AND p.seq = a.seq - 1 AND p.id < a.id) END
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = format('INV-4: event %s of run %s (id %s) does not follow the run''s last event',
                wrong.seq, wrong.run_id, wrong.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ar_events_insert AFTER INSERT ON ar_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION ar_check_new_events();

-- INV-3: what belongs to a run goes only with the whole run, which leaves a tombstone
CREATE FUNCTION ar_check_deleted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM deleted d WHERE NOT EXISTS (SELECT FROM ar_tombstones t WHERE t.run_id = d.run_id)) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = format('INV-3: rows of %s go only with a purged run that left a tombstone', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION ar_check_deleted_runs() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM deleted d WHERE NOT EXISTS (SELECT FROM ar_tombstones t WHERE t.run_id = d.id)) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'INV-3: a run goes only when it was purged and left a tombstone';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ar_events_delete AFTER DELETE ON ar_events REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT
    EXECUTE FUNCTION ar_check_deleted();
CREATE TRIGGER ar_steps_delete AFTER DELETE ON ar_steps REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT
    EXECUTE FUNCTION ar_check_deleted();
CREATE TRIGGER ar_artifacts_delete AFTER DELETE ON ar_artifacts REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT
    EXECUTE FUNCTION ar_check_deleted();
CREATE TRIGGER ar_usage_delete AFTER DELETE ON ar_usage REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT
    EXECUTE FUNCTION ar_check_deleted();
CREATE TRIGGER ar_runs_delete AFTER DELETE ON ar_runs REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT
    EXECUTE FUNCTION ar_check_deleted_runs();

CREATE TRIGGER ar_events_truncate BEFORE TRUNCATE ON ar_events FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('INV-3: events are never deleted at once');
CREATE TRIGGER ar_steps_truncate BEFORE TRUNCATE ON ar_steps FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('INV-3: steps go only with a purged run');
CREATE TRIGGER ar_artifacts_truncate BEFORE TRUNCATE ON ar_artifacts FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('INV-3: artifacts go only with a purged run');
CREATE TRIGGER ar_usage_truncate BEFORE TRUNCATE ON ar_usage FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('INV-3: usage goes only with a purged run');
CREATE TRIGGER ar_runs_truncate BEFORE TRUNCATE ON ar_runs FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('INV-3: runs go only when they are purged');

CREATE FUNCTION ar_check_tombstone() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ar_runs r WHERE r.id = new.run_id AND r.finished_at IS NOT NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = format('INV-3: run %s is not finished and cannot have a tombstone', new.run_id);
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER ar_tombstones_insert BEFORE INSERT ON ar_tombstones FOR EACH ROW
    EXECUTE FUNCTION ar_check_tombstone();
CREATE TRIGGER ar_tombstones_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ar_tombstones FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('INV-3: a tombstone stays');

-- Who may do what, and who did it
CREATE TRIGGER ar_keys_update BEFORE UPDATE ON ar_keys FOR EACH ROW
    WHEN (old.revoked_at IS NOT NULL OR new.revoked_at IS NULL OR new.id <> old.id OR new.name <> old.name
        OR new.role <> old.role OR new.sha256 <> old.sha256 OR new.created_at <> old.created_at)
    EXECUTE FUNCTION ar_refuse('keys: a key never changes but for being revoked once');
CREATE TRIGGER ar_keys_delete BEFORE DELETE OR TRUNCATE ON ar_keys FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('keys: a key is never deleted, only revoked');
CREATE TRIGGER ar_audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ar_audit FOR EACH STATEMENT
    EXECUTE FUNCTION ar_refuse('audit: a record stays as it is');
