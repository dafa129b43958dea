import { afterAll, expect, it } from "vitest";
import { giveUpUnsettled } from "@/lib/credits/give-up-unsettled";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { microUsd } from "@/lib/shared/money";
import { listAttention } from "@/lib/support/list-attention";
import { creditsCli } from "../factories/credits-cli";
import { asMember, asSupport, fullStart, givenAccount, testContext } from "../factories/ledger";
import { givenOrganisation } from "../factories/organisation";

afterAll(closePool);

const DAY_MS = 86_400_000;

const payment = (
  orgId: string,
  id: string,
  facts: { outcome: string; dispute?: boolean; refunded?: number },
) =>
  pool().query(
    `INSERT INTO stripe_payment (payment_intent_id, org_id, order_id, version, status, currency, received_pence,
                                 refunded_pence, lost_pence, dispute_open, outcome, read_at)
     VALUES ($1, $2, $3, 1, 'succeeded', 'eur', 999, $4, 0, $5, $6, now())`,
    [id, orgId, newId(), facts.refunded ?? 0, facts.dispute ?? false, facts.outcome],
  );

it("support is told of mismatched payments, disputes, drift, and what was given up; and of nothing else", async () => {
  expect((await creditsCli("attention")).said).toBe("Nothing needs attention.");
  const ctx = testContext(new Date());
  const { orgId, slug } = await givenOrganisation(ctx);
  await payment(orgId, "pi_fine", { outcome: "paid" });
  await payment(orgId, "pi_given_back", { outcome: "mismatch", refunded: 999 });
  await payment(orgId, "pi_other_currency", { outcome: "mismatch" });
  await payment(orgId, "pi_disputed", { outcome: "paid", dispute: true });
  await pool().query("UPDATE credit_account SET recalculating_since = now() WHERE org_id = $1", [orgId]);
  const old = { ...ctx, now: () => new Date(ctx.now().getTime() - 9 * DAY_MS) };
  for (const providerRef of ["call-lost", "call-late"])
    await startInteraction(old, { orgId, channel: "voice", providerRef, start: fullStart(old.now()) });
  expect(await giveUpUnsettled(ctx)).toBe(2);
  const late = { orgId, channel: "voice", providerRef: "call-late", start: fullStart(old.now()) } as const;
  await settleInteraction(ctx, { ...late, cost: microUsd(1n), counted: true });

  const concerns = await listAttention(asSupport(ctx));
  expect(concerns.map(({ what, text }) => `${what}: ${text.split(":")[0]}`).sort()).toEqual([
    "dispute: pi_disputed",
    "drift: its balance departed from the ledger and could not be rebuilt",
    "given up: voice call-lost",
    "mismatch: pi_other_currency",
  ]);
  const { code, said } = await creditsCli("attention");
  expect([code, said.split("\n").length]).toEqual([0, 4]);
  expect(said).toContain(`${slug.padEnd(20)} `);
  expect(said).toContain("pi_other_currency: 9.99 EUR is not what was ordered");
});

it("is for support alone", async () => {
  const ctx = testContext();
  const orgId = await givenAccount(ctx);
  for (const actor of [ctx, asMember(ctx, orgId)])
    await expect(listAttention(actor)).rejects.toMatchObject({ code: "forbidden" });
});
