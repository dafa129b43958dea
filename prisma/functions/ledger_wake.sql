-- Queues the watch of accounts whose balance, or whose trial's spend, has crossed a wake mark.
-- Looking which warning is due is a job's work; one that waits already does it for all.
CREATE OR REPLACE FUNCTION ledger_wake(p_org uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('watch-balance', json_build_object('orgId', woken.org_id),
                                  job_key => 'watch-balance:' || woken.org_id)
  FROM unnest(p_org) AS woken (org_id);
END $$;
