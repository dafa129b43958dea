-- The body of move_clock as prisma/functions has it now: its alias is a whole word. What it does stays.
-- Locks: none beyond the catalog. Undo: run move_clock's definition of 20261125183100_clock_offset.

-- Puts the clock of the business forward by so many milliseconds, and returns how far it is ahead
-- of the machines' in all. For tests and the demo alone: every other process ignores the row.
-- The queue runs by the machines' time, so what waits for its moment comes so much nearer, and
-- what has become due is swept at once.
CREATE OR REPLACE FUNCTION move_clock(p_forward_ms bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_ahead_ms bigint;
  v_forward interval := p_forward_ms * interval '1 millisecond';
BEGIN
  UPDATE clock_offset SET ahead_ms = ahead_ms + p_forward_ms WHERE p_forward_ms > 0
  RETURNING ahead_ms INTO STRICT v_ahead_ms;
  PERFORM graphile_worker.reschedule_jobs(ARRAY[job.id], run_at => job.run_at - v_forward)
  FROM graphile_worker.jobs AS job WHERE job.run_at > now() AND job.attempts = 0;
  PERFORM graphile_worker.add_job('sweep-cycles', '{}', max_attempts => 1,
    job_key => 'sweep-cycles');
  PERFORM pg_notify('torqueflow_clock', v_ahead_ms::text);
  RETURN v_ahead_ms;
END $$;
