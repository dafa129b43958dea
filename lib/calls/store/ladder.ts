import type { Queryable } from "@/lib/db/pool";
import { type LadderLevel, type LadderState, steadyTo } from "../core/latency-ladder";

type Row = { readonly level: LadderLevel; readonly samples: number[] };

/** Where an organisation stands on the latency ladder, locked until the transaction ends; level 0 before its first call. */
export async function lockLadder(tx: Queryable, orgId: string): Promise<LadderState> {
  const found = await tx.query<Row>(
    `SELECT level, samples_ms AS samples FROM latency_ladder WHERE org_id = $1 FOR UPDATE`,
    [orgId],
  );
  if (found.rows[0]) return found.rows[0];
  const made = await tx.query<Row>(
    `INSERT INTO latency_ladder AS l (org_id) VALUES ($1)
     ON CONFLICT (org_id) DO UPDATE SET level = l.level RETURNING level, samples_ms AS samples`,
    [orgId],
  );
  return made.rows[0] ?? { level: 0, samples: [] };
}

/** Stores where a locked ladder stands now, and which calls need not be counted from here on. */
export async function saveLadder(tx: Queryable, orgId: string, state: LadderState): Promise<void> {
  await tx.query(
    "UPDATE latency_ladder SET level = $2, samples_ms = $3, steady_to_ms = $4 WHERE org_id = $1",
    [orgId, state.level, state.samples, steadyTo(state)],
  );
}
