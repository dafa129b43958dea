import type { Ctx } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { openAccount } from "@/lib/credits/open-account";
import { credits, microcredits, microGbp } from "@/lib/shared/money";
import { withBulkClient } from "./bulk";
import { HISTORY_KEY, loadHistory, OLD_CREDITS } from "./history";

export type Organisations = { readonly hot: string; readonly uniform: readonly string[] };

/** A fifth of all old rows belongs to the hot organisation, where nothing else is asked for. */
const HOT_SHARE = 0.2;
const AT_A_TIME = 8;

/** The hot organisation and `count` others with their old rows, then with lots that a run partly empties. */
export async function openOrganisations(
  ctx: Ctx,
  count: number,
  oldRows: number,
  hotShare = HOT_SHARE,
): Promise<Organisations> {
  const organisations = { hot: ctx.newId(), uniform: Array.from({ length: count }, () => ctx.newId()) };
  const all = [organisations.hot, ...organisations.uniform];
  const rowsOf = (orgId: string): number =>
    Math.max(
      1,
      Math.round(orgId === organisations.hot ? oldRows * hotShare : (oldRows * (1 - hotShare)) / count),
    );

  await eachOf(all, async (orgId) => {
    const allowance = credits(orgId === organisations.hot ? 1_000_000_000 : 1_000_000);
    await openAccount(ctx, { orgId, state: "active", allowance, trialCap: microGbp(0n) });
    const amount = microcredits(OLD_CREDITS * BigInt(rowsOf(orgId)));
    await grantCredits(ctx, { orgId, kind: "purchased", amount, key: HISTORY_KEY });
  });
  await loadHistory(all.map((orgId) => ({ orgId, rows: rowsOf(orgId) })));
  await eachOf(all, (orgId) => grantLots(ctx, orgId, orgId === organisations.hot ? 1_000 : 1));
  await withBulkClient(async (client) => {
    await client.query("VACUUM (ANALYZE)");
    await client.query("CHECKPOINT");
  });
  return organisations;
}

/**
 * Two gifted lots that are used up during a run, and a purchased one that is not. The balance stands a little above
 * a quarter of the allowance, so that the run crosses the 75% mark and jobs are enqueued.
 */
async function grantLots(ctx: Ctx, orgId: string, scale: number): Promise<void> {
  const some = (most: number) => credits(Math.ceil(Math.random() * most * scale));
  await grantCredits(ctx, { orgId, kind: "gifted", amount: some(4_000), key: "bench:gift:1" });
  await grantCredits(ctx, { orgId, kind: "gifted", amount: some(4_000), key: "bench:gift:2" });
  await grantCredits(ctx, {
    orgId,
    kind: "purchased",
    amount: credits(250_000 * scale),
    key: "bench:purchase",
  });
}

async function eachOf(orgIds: readonly string[], work: (orgId: string) => Promise<unknown>): Promise<void> {
  const left = orgIds.values();
  const worker = async (): Promise<void> => {
    for (const orgId of left) await work(orgId);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
