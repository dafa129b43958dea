/** Garages with auto top-up at the local Stripe: takes each below its threshold, and times until a worker has granted the pack. */
import { setTimeout as wait } from "node:timers/promises";
import { type Ctx, systemContext } from "@/lib/auth/context";
import type { ShownPack } from "@/lib/billing/buy-pack";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { givenTopUp, use } from "../../factories/top-ups";
import { environmentOf, type RunningSandbox, startSandbox } from "../../sandbox/start-sandbox";
import { obeyParent } from "../commands";

/** What each garage has, and what takes it below its threshold of 100 credits. */
const BEFORE = { credits: 150, used: 60 };
const LOOK_MS = 3;
const GIVEN_UP_MS = 60_000;

type Opened = { readonly ctx: Ctx; readonly sandbox: RunningSandbox; readonly pack: ShownPack };
let opened: Opened | undefined;

type Garage = Awaited<ReturnType<typeof givenTopUp>>;

const commands = {
  /** Starts the local Stripe, which delivers no events: whatever is granted, the worker's own jobs grant. The settings that lead there. */
  async open(_args: object): Promise<Record<string, string>> {
    const sandbox = await startSandbox({ port: 0, smtpPort: 0, clockDatabaseUrl: null, stateFile: null });
    await sandbox.control.settings({ delivery: "manual" });
    const settings = environmentOf(sandbox);
    // Before anything reads the settings: they are read once.
    Object.assign(process.env, settings);
    // The demo's own pack, which this Stripe knows, too.
    const { id: packId } = await prisma().creditPack.findFirstOrThrow({
      where: { stripePriceId: "price_starter" },
    });
    const pack = { packId, credits: 1_000, pricePence: 1_000 };
    opened = { ctx: systemContext("bench"), sandbox, pack };
    return settings;
  },
  /** Milliseconds from the call that crosses to the credits in the account: one garage after the other, or all in one moment. */
  async cross({ garages, together }: { garages: number; together: boolean }): Promise<number[]> {
    const all: Garage[] = [];
    for (let nth = 0; nth < garages; nth++) all.push(await givenGarage());
    if (together) return Promise.all(all.map(timeCrossing));
    const times: number[] = [];
    for (const garage of all) times.push(await timeCrossing(garage));
    return times;
  },
};

export type TopUpCommands = typeof commands;

obeyParent(commands, async () => {
  await opened?.sandbox.stop();
  await closePool();
});

function open(): Opened {
  if (!opened) throw new Error("not opened");
  return opened;
}

async function givenGarage(): Promise<Garage> {
  const { ctx, sandbox, pack } = open();
  const garage = await givenTopUp(ctx, sandbox.control.stripe, pack, { credits: BEFORE.credits });
  // Switching on has the balance looked at: that job is not the one to be timed.
  await untilIdle(garage.orgId);
  return garage;
}

async function untilIdle(orgId: string): Promise<void> {
  for (;;) {
    const { rowCount } = await pool().query(
      "SELECT FROM graphile_worker.jobs WHERE key = $1 AND run_at <= now()",
      [`watch-balance:${orgId}`],
    );
    if (!rowCount) return;
    await wait(LOOK_MS);
  }
}

async function timeCrossing(garage: Garage): Promise<number> {
  const began = performance.now();
  await use(open().ctx, garage, BEFORE.used);
  while ((await balanceOf(garage.orgId)) < BEFORE.credits) {
    if (performance.now() - began > GIVEN_UP_MS) throw new Error(`${garage.orgId} was not topped up`);
    await wait(LOOK_MS);
  }
  return performance.now() - began;
}

/** Whole credits. */
async function balanceOf(orgId: string): Promise<number> {
  const { rows } = await pool().query<{ credits: number }>(
    "SELECT (balance / 1000000)::int AS credits FROM credit_account WHERE org_id = $1",
    [orgId],
  );
  return rows[0]?.credits ?? 0;
}
