import type { Queryable } from "@/lib/db/pool";
import { toLadderLevel } from "@/lib/garage/store/lines";
import type { LadderState } from "../core/latency-ladder";

/** Where an organisation stands on the latency ladder, locked until the transaction ends; undefined without a persona. */
export async function lockLadder(tx: Queryable, orgId: string): Promise<LadderState | undefined> {
  const { rows } = await tx.query<{ latency_level: number; latency_ms: number[] }>(
    "SELECT latency_level, latency_ms FROM voice_persona WHERE org_id = $1 FOR UPDATE",
    [orgId],
  );
  return rows[0] && { level: toLadderLevel(rows[0].latency_level), samples: rows[0].latency_ms };
}

export async function saveLadder(tx: Queryable, orgId: string, state: LadderState): Promise<void> {
  await tx.query("UPDATE voice_persona SET latency_level = $2, latency_ms = $3 WHERE org_id = $1", [
    orgId,
    state.level,
    state.samples,
  ]);
}
