import { afterAll, expect, it } from "vitest";
import { expireLots } from "@/lib/credits/expire-lots";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { readBalance } from "@/lib/credits/store/balance";
import { closePool, pool } from "@/lib/db/pool";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { metrics } from "@/lib/shared/metrics";
import { microcredits } from "@/lib/shared/money";
import { givenAccount, testContext } from "../factories/ledger";
import { counted } from "../support/counted";

afterAll(closePool);

async function givenSubscriber(ctx: ReturnType<typeof testContext>): Promise<string> {
  const orgId = await givenAccount(ctx, { allowance: 1_000n });
  await renewAllowance(ctx, orgId);
  return orgId;
}

it("a sweep whose clock is months ahead makes no period beyond the database's clock, and none is missing later", async () => {
  const now = new Date();
  const ctx = testContext(now);
  const orgId = await givenSubscriber(ctx);
  const before = await readBalance(orgId);
  const wrong = testContext(new Date(now.getTime() + 100 * 86_400_000));
  expect(await sweepCycles(wrong)).toMatchObject({ renewed: 0, expired: 0, failed: 0 });
  expect(await readBalance(orgId)).toEqual(before);
});

it("an account that stays due is left after one try, logged and counted, and the sweep goes on with the others", async () => {
  const ctx = testContext(new Date("2026-04-01T09:00:00Z"));
  const stuck = await givenSubscriber(ctx);
  const other = await givenSubscriber(ctx);
  await pool().query(
    `CREATE FUNCTION keep_due() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.renews_at := OLD.renews_at; RETURN NEW; END $$;
     CREATE TRIGGER keep_due BEFORE UPDATE ON credit_account FOR EACH ROW WHEN (OLD.org_id = '${stuck}') EXECUTE FUNCTION keep_due()`,
  );
  try {
    ctx.travel(new Date("2026-05-01T09:00:00Z"));
    const before = await counted(metrics().cyclesLeft, { what: "renewal" });
    expect(await sweepCycles(ctx)).toMatchObject({ failed: 1 });
    expect((await counted(metrics().cyclesLeft, { what: "renewal" })) - before).toBe(1);
    expect((await readBalance(other)).renewsAt).toEqual(new Date("2026-05-31T23:00:00Z"));
    expect((await readBalance(stuck)).balance).toBe((await readBalance(other)).balance);
  } finally {
    await pool().query("DROP FUNCTION keep_due CASCADE");
  }
});

it("a lot expires at the very moment of its expiry, and not a millisecond before", async () => {
  const ctx = testContext(new Date("2026-03-10T12:00:00Z"));
  const orgId = await givenAccount(ctx);
  const expiresAt = new Date("2026-03-20T12:00:00Z");
  await grantCredits(ctx, { orgId, kind: "gifted", amount: microcredits(900n), key: "gift:1", expiresAt });
  ctx.travel(new Date(expiresAt.getTime() - 1));
  expect([await expireLots(ctx, orgId), (await readBalance(orgId)).balance]).toEqual([0, 900n]);
  ctx.travel(expiresAt);
  expect([await expireLots(ctx, orgId), (await readBalance(orgId)).balance]).toEqual([1, 0n]);
});
