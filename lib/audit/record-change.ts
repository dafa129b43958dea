import { actorName, type Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { type Facts, insertAct } from "./store/acts";

export type Change = {
  readonly orgId: string;
  /** What was done, by area and verb: `team/role-changed`. */
  readonly action: string;
  /** What it was done to, where that is not the organisation itself, such as a member's address or a line. */
  readonly subject?: string;
  /** What stood there, and what stands there now: only what differs is kept. Never a secret. */
  readonly before: Facts;
  readonly after: Facts;
};

/**
 * Keeps who changed what, when, from what to what, in the transaction of the change. What has not changed is left out; where
 * nothing has, nothing is written. Of what happens once for its key, `actOnce` keeps the act.
 */
export async function recordChange(ctx: Ctx, tx: Queryable, change: Change): Promise<void> {
  const { orgId, action, subject, before, after } = change;
  const names = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
  if (names.length === 0) return;
  const changed = (facts: Facts): Facts =>
    Object.fromEntries(names.flatMap((name) => (name in facts ? [[name, facts[name] ?? null]] : [])));
  const id = ctx.newId();
  await insertAct(tx, {
    id,
    orgId,
    action,
    key: id,
    actor: actorName(ctx.actor),
    reason: "",
    input: subject === undefined ? {} : { subject },
    before: changed(before),
    after: changed(after),
    at: ctx.now(),
  });
}
