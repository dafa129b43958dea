/** A process of the application under load: it has its own pool, listener and cache, and does what its parent says. */
import { systemContext } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import type { SettleInput } from "@/lib/credits/settling";
import { findDrift } from "@/lib/credits/store/reconcile";
import { pool } from "@/lib/db/pool";
import { followChanges } from "@/lib/jobs/follow-changes";
import { allFinished } from "@/lib/shared/unfinished";
import { obeyParent } from "./commands";
import { type Organisations, openOrganisations } from "./organisations";
import { type Settled, settleAll, storeStarts } from "./workload";

export type Shape = "hot" | "uniform";

const ctx = systemContext("bench");
const listener = followChanges();
let organisations: Organisations = { hot: "", uniform: [] };
let inputs: readonly SettleInput[] = [];

const commands = {
  async open(args: { count: number; oldRows: number }): Promise<void> {
    organisations = await openOrganisations(ctx, args.count, args.oldRows);
  },
  async storeStarts(args: { shape: Shape; count: number }): Promise<void> {
    inputs = await storeStarts(
      ctx,
      args.shape === "hot" ? [organisations.hot] : organisations.uniform,
      args.count,
    );
  },
  async settle(args: { callers: number }): Promise<Settled> {
    const settled = await settleAll(ctx, inputs, args.callers);
    await allFinished();
    return settled;
  },
  /** Nanoseconds a call of the gate, answered from the cache. */
  async gate(args: { calls: number }): Promise<number> {
    const question = { orgId: organisations.hot, channel: "voice", providerRef: "bench" } as const;
    await checkCredits(ctx, question);
    const began = performance.now();
    for (let call = 0; call < args.calls; call++) {
      const decision = checkCredits(ctx, question);
      if (decision instanceof Promise) await decision;
    }
    return ((performance.now() - began) * 1e6) / args.calls;
  },
  /** Every invariant of every organisation; what is broken, in words. */
  async drift(_args: object): Promise<{ checked: number; broken: string[] }> {
    const all = [organisations.hot, ...organisations.uniform];
    const broken: string[] = [];
    for (const orgId of all)
      for (const { invariant, expected, found } of await findDrift(orgId))
        broken.push(`${orgId}: ${invariant}: ${expected} expected, ${found} found`);
    return { checked: all.length, broken };
  },
  async jobs(_args: object): Promise<number> {
    const { rows } = await pool().query<{ jobs: bigint }>(
      "SELECT count(*) AS jobs FROM graphile_worker.jobs",
    );
    return Number(rows[0]?.jobs ?? 0n);
  },
};

export type CallerCommands = typeof commands;

obeyParent(commands, () => listener.stop());
