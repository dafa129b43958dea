import { afterAll, expect, it, vi } from "vitest";
import { findUnsettled } from "@/lib/credits/find-unsettled";
import { giveUpUnsettled } from "@/lib/credits/give-up-unsettled";
import type { InteractionKey } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import { closePool, pool } from "@/lib/db/pool";
import { metrics } from "@/lib/shared/metrics";
import { microUsd } from "@/lib/shared/money";
import { fullStart, givenAccount, testContext } from "../factories/ledger";
import { counted } from "../support/counted";

afterAll(closePool);

const HOUR_MS = 3_600_000;
const EIGHT_DAYS_MS = 8 * 24 * HOUR_MS;
const ctx = testContext();

/** An interaction that started so long ago and was not settled. */
async function givenStarted(key: InteractionKey, agoMs: number): Promise<void> {
  const startedAt = new Date(ctx.now().getTime() - agoMs);
  await startInteraction(ctx, { ...key, start: fullStart(startedAt) });
}

const givenUp = async (orgId: string) =>
  (
    await pool().query(
      `SELECT provider_ref FROM interaction WHERE org_id = $1 AND given_up_at IS NOT NULL ORDER BY provider_ref`,
      [orgId],
    )
  ).rows.map((row) => row.provider_ref);

it("what is not settled for eight days is given up, logged and counted once; a late report still settles it", async () => {
  const orgId = await givenAccount(ctx);
  const voice = (providerRef: string) => ({ orgId, channel: "voice", providerRef }) as const;
  const sms = { orgId, channel: "sms", providerRef: "text" } as const;
  await givenStarted(voice("lost"), EIGHT_DAYS_MS + HOUR_MS);
  await givenStarted(voice("recent"), EIGHT_DAYS_MS - HOUR_MS);
  await givenStarted(sms, EIGHT_DAYS_MS + HOUR_MS);
  await givenStarted(voice("settled"), EIGHT_DAYS_MS + HOUR_MS);
  const settle = (providerRef: string) =>
    settleInteraction(ctx, {
      ...voice(providerRef),
      cost: microUsd(3n),
      counted: true,
      start: fullStart(ctx.now()),
    });
  await settle("settled");
  const before = await counted(metrics().interactionsGivenUp, { channel: "voice" });
  const error = vi.fn();
  const loud = { ...ctx, log: { ...ctx.log, error } as unknown as typeof ctx.log };

  expect(await giveUpUnsettled(loud)).toBe(2);
  expect(await givenUp(orgId)).toEqual(["lost", "text"]);
  expect(error.mock.calls.map(([about]) => about.providerRef).sort()).toEqual(["lost", "text"]);
  expect((await counted(metrics().interactionsGivenUp, { channel: "voice" })) - before).toBe(1);
  expect(await findUnsettled(ctx, ["voice", "sms"], ctx.now(), 10)).toMatchObject([
    { providerRef: "recent" },
  ]);

  expect(await giveUpUnsettled(loud)).toBe(0);
  expect(error).toHaveBeenCalledTimes(2);
  expect(await settle("lost")).toEqual({ kind: "settled", microcredits: 300n });
});
