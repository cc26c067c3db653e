-- A refresh of a monitor: its steps one after the other, each in a transaction of its own, with a log; and its schedule.

CREATE FUNCTION byudv.in_transaction_block() RETURNS boolean LANGUAGE c STABLE PARALLEL RESTRICTED AS 'MODULE_PATHNAME', 'byudv_in_transaction_block';
COMMENT ON FUNCTION byudv.in_transaction_block() IS 'Used inside: whether the statement runs in a transaction that the client has begun, so that nothing in it can commit.';

CREATE FUNCTION byudv.refresh_lock_key(monitor text, OUT part int, OUT number int) RETURNS record LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$SELECT 'byudv'::regnamespace::oid::bigint::bit(32)::int, n.oid::bigint::bit(32)::int FROM pg_namespace n WHERE n.nspname = monitor$$;
COMMENT ON FUNCTION byudv.refresh_lock_key(text) IS 'Used inside: the two keys of the advisory lock that a refresh of a monitor holds from its begin to its end.';

CREATE FUNCTION byudv.refresh_lock(part int, number int) RETURNS boolean LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'byudv_refresh_lock';
COMMENT ON FUNCTION byudv.refresh_lock(int, int) IS 'Used inside: takes the advisory lock of a refresh, for the session, until refresh_unlock() or the end of a transaction that fails; false if another session has it.';

CREATE FUNCTION byudv.refresh_unlock() RETURNS void LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'byudv_refresh_unlock';
COMMENT ON FUNCTION byudv.refresh_unlock() IS 'Used inside: ends the lock of a refresh.';

CREATE FUNCTION byudv.refresh_begin(monitor text, full_refresh boolean, OUT run_id bigint, OUT anything boolean) RETURNS record LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lock record;
    holder record;
BEGIN
    IF full_refresh IS NULL THEN
        RAISE EXCEPTION 'full_refresh is NULL' USING ERRCODE = 'null_value_not_allowed', HINT = 'Give true to compute all anew, or leave it out.';
    END IF;
    PERFORM byudv.require_monitor(monitor);
    lock := byudv.refresh_lock_key(monitor);
    IF NOT byudv.refresh_lock(lock.part, lock.number) THEN
        EXECUTE format('SELECT r.run_id, r.started_at, r.run_by, r.backend_pid FROM %I.run_log r WHERE r.step = ''refresh'' AND r.outcome = ''running'' ORDER BY r.run_id DESC LIMIT 1', monitor) INTO holder;
        RAISE EXCEPTION 'monitor "%" is being refreshed', monitor USING ERRCODE = 'lock_not_available',
            DETAIL = CASE WHEN holder.run_id IS NULL THEN 'Another session has just begun.'
                ELSE format('Process %s has been at it for %s since %s.', holder.backend_pid, holder.run_by, to_char(holder.started_at, 'YYYY-MM-DD HH24:MI:SS')) END,
            HINT = format('Wait for it to end: SELECT * FROM %I.run_log ORDER BY started_at DESC LIMIT 10;', monitor);
    END IF;
    BEGIN
        -- whoever left these does not run any more, since we have the lock
        EXECUTE format('UPDATE %I.run_log SET outcome = ''interrupted'', message = ''The server or the session stopped.'' WHERE outcome = ''running''', monitor);
        anything := byudv.collect_changes(monitor, full_refresh);
        EXECUTE format('INSERT INTO %1$I.run_log (run_id, step, started_at, outcome, as_of) SELECT coalesce(max(r.run_id), 0) + 1, ''refresh'', clock_timestamp(), ''running'',
            (SELECT (s.parameters ->> ''as_of'')::date FROM %1$I.state s) FROM %1$I.run_log r RETURNING run_id', monitor) INTO run_id;
    EXCEPTION WHEN query_canceled OR OTHERS THEN
        PERFORM byudv.refresh_unlock();
        RAISE;
    END;
END
$$;
COMMENT ON FUNCTION byudv.refresh_begin(text, boolean) IS 'Used inside: checks, locks and collects what a refresh has to do, and opens its log.';

CREATE FUNCTION byudv.refresh_step(monitor text, step text, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET client_min_messages = warning SET jit = off SET datestyle = 'ISO, YMD' AS $$
DECLARE
    parameters jsonb;
    done record;
BEGIN
    EXECUTE format('SELECT s.parameters FROM %I.state s', monitor) INTO parameters;
    -- large joins, a few at a time: the usual 4 MB are for many sessions at once
    IF pg_size_bytes(current_setting('work_mem')) < 64 * 1024 * 1024 THEN
        PERFORM set_config('work_mem', '64MB', true);
    END IF;
    EXECUTE format('SELECT * FROM byudv.%I($1, $2)', 'refresh_' || step) INTO done USING monitor, parameters;
    EXECUTE format('DELETE FROM %I.pending p WHERE p.step = $1', monitor) USING step;
    IF done.rows_added + done.rows_removed > 0 THEN
        EXECUTE format('INSERT INTO %I.pending (step) SELECT u.step FROM byudv.rollup_sources() u WHERE $1 = ANY (u.reads)', monitor) USING step;
    END IF;
    -- views last until the session ends, and would keep their owner's input from being replaced, and another role from refreshing
    DROP VIEW IF EXISTS pg_temp.byudv_residence, pg_temp.byudv_dwelling, pg_temp.byudv_person, pg_temp.byudv_address, pg_temp.byudv_home;
    scope := done.scope;
    rows_added := done.rows_added;
    rows_removed := done.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_step(text, text) IS 'Used inside: one step of a refresh; what it had to do is done, and the roll-ups that read what it has written are to be computed.';

CREATE FUNCTION byudv.refresh_pending(monitor text, step text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.pending p WHERE p.step = $1)', monitor) INTO found USING step;
    RETURN found;
END
$$;
COMMENT ON FUNCTION byudv.refresh_pending(text, text) IS 'Used inside: whether a step has anything to do.';

CREATE FUNCTION byudv.refresh_note(monitor text, run_id bigint, step text, outcome text, scope text DEFAULT NULL, rows_added bigint DEFAULT NULL,
        rows_removed bigint DEFAULT NULL, message text DEFAULT NULL) RETURNS double precision LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seconds double precision := 0;
BEGIN
    IF outcome = 'running' THEN
        EXECUTE format('INSERT INTO %I.run_log (run_id, step, started_at, outcome, as_of) SELECT $1, $2, clock_timestamp(), ''running'', (s.parameters ->> ''as_of'')::date FROM %I.state s',
            monitor, monitor) USING run_id, step;
    ELSE
        EXECUTE format('UPDATE %I.run_log r SET finished_at = clock_timestamp(), outcome = $3, scope = $4, rows_added = $5, rows_removed = $6, message = $7 '
            'WHERE r.run_id = $1 AND r.step = $2 RETURNING extract(epoch FROM r.finished_at - r.started_at)', monitor)
            INTO seconds USING run_id, step, outcome, scope, rows_added, rows_removed, message;
    END IF;
    RETURN seconds;
END
$$;
COMMENT ON FUNCTION byudv.refresh_note(text, bigint, text, text, text, bigint, bigint, text) IS 'Used inside: writes the log of a refresh; returns the seconds that the step took.';

-- A procedure that commits can have no SET clause: the path is set in each of its transactions, by names that do not depend on it.
CREATE PROCEDURE byudv.refresh(monitor text, full_refresh boolean DEFAULT false) LANGUAGE plpgsql AS $$
DECLARE
    run pg_catalog.record;
    step pg_catalog.text;
    done pg_catalog.record;
    number pg_catalog.int4 := 0;
    steps pg_catalog.text[] := byudv.refresh_steps();
    added pg_catalog.int8 := 0;
    removed pg_catalog.int8 := 0;
    seconds pg_catalog.float8;
    code pg_catalog.text;
    failure pg_catalog.text;
    detail pg_catalog.text;
    hint pg_catalog.text;
BEGIN
    IF byudv.in_transaction_block() THEN
        RAISE EXCEPTION 'a refresh cannot run inside a transaction' USING ERRCODE = 'active_sql_transaction',
            DETAIL = 'Each of its steps commits, so that what is done is not lost should a later one fail.',
            HINT = pg_catalog.format('Send CALL byudv.refresh(%L) as a statement of its own, outside BEGIN and COMMIT.', monitor);
    END IF;
    -- Called by a function it cannot commit either. That has to show before the lock is taken, which would outlast an error that is caught.
    COMMIT;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    run := byudv.refresh_begin(monitor, full_refresh);
    IF NOT run.anything THEN
        PERFORM byudv.refresh_note(monitor, run.run_id, 'refresh', 'unchanged', NULL, 0, 0);
        PERFORM byudv.refresh_unlock();
        RAISE NOTICE 'monitor %: nothing has changed since the last refresh', monitor;
        RETURN;
    END IF;
    COMMIT;
    FOREACH step IN ARRAY steps LOOP
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        number := number + 1;
        IF NOT byudv.refresh_pending(monitor, step) THEN
            CONTINUE;
        END IF;
        PERFORM byudv.refresh_note(monitor, run.run_id, step, 'running');
        COMMIT;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        -- pg_stat_activity shows where it is
        PERFORM pg_catalog.set_config('application_name', left(format('byudv refresh %s: %s (%s of %s)', monitor, step, number, cardinality(steps)), 63), true);
        code := NULL;
        BEGIN
            done := byudv.refresh_step(monitor, step);
        EXCEPTION WHEN query_canceled OR OTHERS THEN
            GET STACKED DIAGNOSTICS failure = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, code = RETURNED_SQLSTATE;
        END;
        IF code IS NOT NULL THEN
            PERFORM byudv.refresh_note(monitor, run.run_id, step, CASE code WHEN '57014' THEN 'cancelled' ELSE 'failed' END, NULL, NULL, NULL, concat_ws(' ', failure || '.', nullif(detail, '')));
            PERFORM byudv.refresh_note(monitor, run.run_id, 'refresh', CASE code WHEN '57014' THEN 'cancelled' ELSE 'failed' END, NULL, added, removed, format('Step %s: %s', step, failure));
            PERFORM byudv.refresh_unlock();
            COMMIT;
            PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
            RAISE EXCEPTION USING ERRCODE = code, MESSAGE = failure,
                DETAIL = concat_ws(' ', nullif(detail, ''), format('Step %s of the refresh of %s has changed nothing; the steps before it are done.', step, monitor)),
                HINT = concat_ws(' ', nullif(hint, ''), format('The next CALL byudv.refresh(%L) goes on from here.', monitor));
        END IF;
        seconds := byudv.refresh_note(monitor, run.run_id, step, 'done', done.scope, done.rows_added, done.rows_removed);
        added := added + done.rows_added;
        removed := removed + done.rows_removed;
        RAISE NOTICE 'monitor %: % - % computed anew, % rows added, % removed, % s', monitor, step, done.scope, done.rows_added, done.rows_removed, round(seconds::numeric, 2);
        COMMIT;
    END LOOP;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    seconds := byudv.refresh_note(monitor, run.run_id, 'refresh', 'done', NULL, added, removed);
    PERFORM byudv.refresh_unlock();
    RAISE NOTICE 'monitor %: refreshed, % rows added, % removed, % s', monitor, added, removed, round(seconds::numeric, 2);
END
$$;
COMMENT ON PROCEDURE byudv.refresh(text, boolean) IS 'Brings the results of a monitor up to date with its input: CALL byudv.refresh(''ballerup''). Only what has changed since the last refresh is computed anew; with full_refresh, or where a setting, a rule or the data date has changed, all is: the rows are the same either way, and only rows that differ are written. Where nothing has changed it says so and writes no more than a line of run_log. Each step commits; readers see its table as it was until then. After an error, a cancel or a crash the last good state stands, and the next refresh goes on where this one stopped. Must be a statement of its own, outside a transaction. Only the monitor''s owner may call it. Errors: no such monitor, another refresh of it going on (55P03), a call inside a transaction (25001), and whatever stops a step, after it is noted in run_log.';

CREATE FUNCTION byudv.schedule_refresh(monitor text, schedule text DEFAULT '0 3 * * *') RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    command text := format('CALL byudv.refresh(%L)', monitor);
    job text := 'byudv refresh ' || monitor;
    shell_word text[] := (SELECT array_agg(CASE WHEN w ~ '^[A-Za-z0-9_.-]+$' THEN w ELSE concat('''', replace(w, '''', concat('''', chr(92), '''''')), '''') END ORDER BY n)
        FROM unnest(ARRAY[current_database()::text, command]) WITH ORDINALITY x (w, n));
    id bigint;
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF schedule IS NULL THEN
        RAISE EXCEPTION 'no schedule is given' USING ERRCODE = 'null_value_not_allowed', HINT = 'SELECT byudv.schedule_refresh(''ballerup'', ''0 3 * * *'') refreshes at three each night, GMT; byudv.unschedule_refresh() ends it.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'pg_cron') THEN
        RAISE EXCEPTION 'pg_cron is not in this database' USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = 'A refresh on a schedule needs the extension pg_cron, which lives in one database of the server (cron.database_name).',
            -- for a shell: in single quotes, which end, and begin again, around an escaped one
            HINT = format('In that database, as a role that may connect to this one: SELECT cron.schedule_in_database(%L, %L, %L, %L); Or run from any other scheduler: psql -d %s -c %s', job, schedule,
                command, current_database(), shell_word[1], shell_word[2]);
    END IF;
    EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO id USING job, schedule, command;
    RETURN id;
END
$$;
COMMENT ON FUNCTION byudv.schedule_refresh(text, text) IS 'Refreshes a monitor on a schedule of pg_cron, as the caller: minute, hour, day, month, weekday, in GMT; default is three each night. A second call changes the schedule. Returns the number of the job. The command is CALL byudv.refresh(...) alone, since a procedure that commits works in no other way. Errors: pg_cron is not in this database (the hint has the statement to run where it is), a schedule that pg_cron does not understand, no such monitor, not its owner.';

CREATE FUNCTION byudv.unschedule_refresh(monitor text) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    id bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'pg_cron') THEN
        RETURN false;
    END IF;
    EXECUTE 'SELECT j.jobid FROM cron.job j WHERE j.jobname = $1 AND j.username = current_user' INTO id USING 'byudv refresh ' || monitor;
    IF id IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE 'SELECT cron.unschedule($1)' USING id;
    RETURN true;
END
$$;
COMMENT ON FUNCTION byudv.unschedule_refresh(text) IS 'Ends the schedule of schedule_refresh() for a monitor, also of one that is gone; false if the caller has none.';
