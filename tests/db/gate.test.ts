import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { checkCredits } from "@/lib/credits/check-credits";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { grantCredits } from "@/lib/credits/grant-credits";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { metrics } from "@/lib/shared/metrics";
import { credits, microUsd } from "@/lib/shared/money";
import { allFinished } from "@/lib/shared/unfinished";
import { freezeAccount } from "@/lib/support/freeze-account";
import { asSupport, fullStart, givenAccount, testContext } from "../factories/ledger";
import { counted } from "../support/counted";
import { withinASecond } from "../support/within-a-second";

afterAll(async () => {
  await allFinished();
  await closePool();
});

const ALLOWED = { kind: "allow", billable: true, failOpen: false } as const;
/** A process that listens keeps facts for ten seconds. */
const BEFORE_THE_LONG_TTL = { timeout: 8_000, interval: 50 };
const DEGRADED = { kind: "degrade", reason: "credit-exhaustion" } as const;

class GateProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;

  constructor(env: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, ["--import", "tsx", "tests/db/gate-process.ts"], {
      env: { ...process.env, LOG_LEVEL: "silent", ...env },
    });
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  async ask(orgId: string): Promise<GateDecision> {
    const answer = new Promise<string>((resolve) => this.#lines.once("line", resolve));
    this.#child.stdin.write(`${orgId}\n`);
    return JSON.parse(await answer);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill();
    await ended;
  }
}

describe("another process's gate", () => {
  const running: GateProcess[] = [];
  // Its first answers may be given unchecked: while it starts, the database is asked for longer than a call may wait.
  const start = (env?: Record<string, string>) => {
    const gate = new GateProcess(env);
    running.push(gate);
    return gate;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map((gate) => gate.stop()));
  });
  const listeners = async () =>
    (
      await pool().query(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'torqueflow-listener' AND datname = current_database()`,
      )
    ).rowCount;

  it("sees a grant and a freeze within one second", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    const gate = start();
    await expect.poll(() => gate.ask(orgId)).toEqual(DEGRADED);
    await expect.poll(listeners).toBe(1);
    expect(await gate.ask(orgId)).toEqual(DEGRADED); // cached, for the long time of a process that listens
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(5), key: "pack" });
    await withinASecond(async () => expect(await gate.ask(orgId)).toEqual(ALLOWED));
    await freezeAccount(asSupport(ctx), { orgId, frozen: true, key: "case", reason: "abuse" });
    await withinASecond(async () => expect(await gate.ask(orgId)).toEqual(DEGRADED));
  });

  it("sees within one second that a settle has taken the last credit", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(5), key: "pack" });
    const gate = start();
    await expect.poll(() => gate.ask(orgId)).toEqual(ALLOWED);
    await expect.poll(listeners).toBe(1);
    expect(await gate.ask(orgId)).toEqual(ALLOWED); // cached, for the long time of a process that listens
    await settleInteraction(ctx, {
      orgId,
      channel: "voice",
      providerRef: "call",
      cost: microUsd(50_000n),
      counted: true,
      start: fullStart(ctx.now()),
    });
    await withinASecond(async () => expect(await gate.ask(orgId)).toEqual(DEGRADED));
  });

  it("sees a grant within the short TTL when it cannot listen at all", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    const gate = start({ DIRECT_URL: "postgresql://nobody@127.0.0.1:9/none" });
    await expect.poll(() => gate.ask(orgId)).toEqual(DEGRADED);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(5), key: "pack" });
    await expect.poll(() => gate.ask(orgId), BEFORE_THE_LONG_TTL).toEqual(ALLOWED);
  });

  it("sees a grant posted while its listener was being killed, and listens again", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    const gate = start();
    await expect.poll(() => gate.ask(orgId)).toEqual(DEGRADED);
    await expect.poll(listeners).toBe(1);
    expect(await gate.ask(orgId)).toEqual(DEGRADED);
    await pool().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'torqueflow-listener' AND datname = current_database()`,
    );
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(5), key: "pack" });
    await expect.poll(() => gate.ask(orgId), BEFORE_THE_LONG_TTL).toEqual(ALLOWED);
    await expect.poll(listeners).toBe(1);
  });
});

describe("the cache", () => {
  it("keeps no facts that were read before a change and arrive after it", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    const database = pool();
    const query = database.query.bind(database) as (...asked: unknown[]) => Promise<unknown>;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answered = vi.fn();
    vi.spyOn(database, "query").mockImplementationOnce((async (...asked: unknown[]) => {
      const answer = await query(...asked);
      answered();
      await held;
      return answer;
    }) as unknown as typeof database.query);
    const first = checkCredits(ctx, { orgId, channel: "voice", providerRef: "call-1" });
    await expect.poll(() => answered.mock.calls.length).toBe(1);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(5), key: "pack" });
    release();
    await first;
    expect(await checkCredits(ctx, { orgId, channel: "voice", providerRef: "call-2" })).toEqual(ALLOWED);
  });
});

describe("fail open", () => {
  const failOpens = async (orgId: string) =>
    (await pool().query(`SELECT channel, provider_ref, cause FROM fail_open WHERE org_id = $1`, [orgId]))
      .rows;

  it("allows when the check takes over 250 ms, and keeps a record to reconcile", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    const blocker = await pool().connect();
    try {
      await blocker.query("BEGIN; LOCK TABLE credit_account IN ACCESS EXCLUSIVE MODE");
      const before = await counted(metrics().failOpens, { channel: "voice", cause: "timeout" });
      const decision = await checkCredits(ctx, { orgId, channel: "voice", providerRef: "slow-call" });
      expect(decision).toEqual({ kind: "allow", billable: true, failOpen: true });
      expect((await counted(metrics().failOpens, { channel: "voice", cause: "timeout" })) - before).toBe(1);
    } finally {
      await blocker.query("ROLLBACK");
      blocker.release();
    }
    await expect
      .poll(() => failOpens(orgId))
      .toEqual([{ channel: "voice", provider_ref: "slow-call", cause: "timeout" }]);
  });

  it("allows when the check fails, whatever the failure", async () => {
    const ctx = testContext();
    const orgId = newId(); // an organisation without an account: nothing can be read of it
    expect(await checkCredits(ctx, { orgId, channel: "sms", providerRef: "lost" })).toEqual({
      kind: "allow",
      billable: true,
      failOpen: true,
    });
    await expect
      .poll(() => failOpens(orgId))
      .toEqual([{ channel: "sms", provider_ref: "lost", cause: "error" }]);
  });
});
