import { afterAll, describe, expect, it } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { getBalance } from "@/lib/credits/get-balance";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { sendWarning } from "@/lib/credits/send-warning";
import { closePool, pool } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { credits } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { asMember, asSupport, givenAccount, grant, settle, testContext } from "../factories/ledger";

afterAll(closePool);

const jobsFor = async (orgId: string) =>
  (await pool().query(`SELECT key FROM graphile_worker.jobs WHERE key = $1`, [`watch-balance:${orgId}`]))
    .rowCount;

describe("warnings", () => {
  const reaching = async (used: bigint, allowance = 1_000n) => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance });
    await renewAllowance(ctx, orgId);
    await sendWarning(ctx, orgId); // the renewal looks once
    await pool().query(`SELECT graphile_worker.remove_job($1)`, [`watch-balance:${orgId}`]);
    await settle(ctx, orgId, "call", used);
    return { ctx, orgId };
  };

  it("a settle that crosses a threshold queues the look at it, one that does not queues nothing", async () => {
    expect(await jobsFor((await reaching(7n)).orgId)).toBe(0);
    expect(await jobsFor((await reaching(8n)).orgId)).toBe(1);
  });

  it("a balance that lands on a threshold has reached it", async () => {
    expect(await jobsFor((await reaching(2n, 400n)).orgId)).toBe(0);
    expect(await jobsFor((await reaching(3n, 400n)).orgId)).toBe(1);
  });

  it("if one step crosses several thresholds, only the warning of the highest is given, once", async () => {
    const { ctx, orgId } = await reaching(9n);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 90 });
    expect(await sendWarning(ctx, orgId)).toEqual({ kind: "nothing due" });
    await settle(ctx, orgId, "last", 1n);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 100 });
  });

  it("a grant back over a threshold re-arms it", async () => {
    const { ctx, orgId } = await reaching(10n);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 100 });
    await grant(ctx, orgId, 800n, "pack");
    expect(await sendWarning(ctx, orgId)).toEqual({ kind: "nothing due" });
    ctx.travel(new Date(ctx.now().getTime() + 1_000));
    await settle(ctx, orgId, "more", 6n);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 75 });
  });

  it("trials warn on their cap instead", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { state: "trial", trialCap: 1_000_000n });
    await settle(ctx, orgId, "call", 900_000n); // 0.711 of a pound
    expect(await sendWarning(ctx, orgId)).toEqual({ kind: "nothing due" });
    await settle(ctx, orgId, "next", 100_000n);
    expect(await jobsFor(orgId)).toBe(1);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 75 });
  });

  it("a frozen organisation gets no warning", async () => {
    const { ctx, orgId } = await reaching(10n);
    await freezeAccount(asSupport(ctx), { orgId, frozen: true, key: "case", reason: "abuse" });
    expect(await sendWarning(ctx, orgId)).toEqual({ kind: "nothing due" });
  });
});

describe("the ledger only grows", () => {
  it.each(["UPDATE ledger_entry SET amount = 1", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry"])(
    "%s is refused",
    async (statement) => {
      const ctx = testContext();
      await grant(ctx, await givenAccount(ctx), 1n, "pack");
      await expect(pool().query(statement)).rejects.toMatchObject({ code: "23000" });
    },
  );

  it.each([
    ["end where the account stands", 1, 5],
    ["carry on its sequence", 2, 0],
  ])("entries that do not %s are refused", async (_, seq, balanceAfter) => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await expect(
      pool().query(
        `INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, cause, posted_at) VALUES ($1, $2, 'grant', 5, $3, 'x', now())`,
        [orgId, seq, balanceAfter],
      ),
    ).rejects.toMatchObject({ constraint: "ledger_entry_in_step" });
  });
});

it("entries that leave a number out are refused, also where they end where the account stands", async () => {
  const orgId = await givenAccount(testContext());
  const posting = inTransaction(async (tx) => {
    await tx.query("UPDATE credit_account SET entry_seq = 3 WHERE org_id = $1", [orgId]);
    await tx.query(
      `INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, cause, posted_at)
       VALUES ($1, 1, 'grant', 5, 5, 'x', now()), ($1, 3, 'usage', -5, 0, 'y', now())`,
      [orgId],
    );
  });
  await expect(posting).rejects.toMatchObject({ constraint: "ledger_entry_in_step" });
});

describe("who may", () => {
  const member = (orgId: string, role: Role) => asMember(testContext(), orgId, role);

  it("owners and managers see the balance, advisors and technicians do not, and another organisation's is not found", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(12), key: "pack" });
    expect((await getBalance(member(orgId, "owner"), orgId)).balance).toBe(12);
    expect((await getBalance(member(orgId, "manager"), orgId)).balance).toBe(12);
    await expect(getBalance(member(orgId, "advisor"), orgId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(getBalance(member(orgId, "technician"), orgId)).rejects.toMatchObject({ code: "forbidden" });
    const other = await givenAccount(ctx);
    await expect(getBalance(member(other, "owner"), orgId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("no member of an organisation posts to the ledger by hand", async () => {
    const orgId = await givenAccount(testContext());
    const owner = member(orgId, "owner");
    await expect(grant(owner, orgId, 1n, "self")).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      freezeAccount(owner, { orgId, frozen: false, key: "self", reason: "please" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(settle(owner, orgId, "call", 1n)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("a frozen organisation sees an exhausted one", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(12), key: "pack" });
    await freezeAccount(asSupport(ctx), { orgId, frozen: true, key: "case", reason: "abuse" });
    const seen = await getBalance(member(orgId, "owner"), orgId);
    expect(seen).toMatchObject({
      balance: 0,
      percent: 0,
      status: "exhausted",
      statusText: "No credits remaining",
    });
  });
});
