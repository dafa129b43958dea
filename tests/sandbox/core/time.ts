import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import type { Clock } from "./clock";

/** Moves the sandbox's time, and whatever moves with it. */
export interface Time {
  forward: (ms: number) => Promise<void>;
  /** Resolves once the application has swept what became due, or after a while. */
  swept: () => Promise<void>;
  stop: () => Promise<void>;
}

const AGAIN_MS = 500;
const LOOK_MS = 50;
const PATIENCE_MS = 5_000;

/** The sandbox alone: what most tests want. */
export const ownTime = (clock: Clock): Time => ({
  forward: async (ms) => clock.advance(ms),
  swept: async () => undefined,
  stop: async () => undefined,
});

/**
 * Application, worker and providers together, by the one row in the application's database (`move_clock`): whoever
 * moves it, all follow.
 */
export async function sharedTime(clock: Clock, databaseUrl: string): Promise<Time> {
  let client = await connect();
  let stopped = false;

  async function connect(): Promise<Client> {
    const fresh = new Client({ connectionString: databaseUrl, application_name: "torqueflow-sandbox" });
    fresh.on("error", () => void again());
    fresh.on("notification", ({ payload }) => clock.follow(Number(payload)));
    await fresh.connect();
    await fresh.query("LISTEN torqueflow_clock");
    const { rows } = await fresh.query("SELECT ahead_ms::float8 AS ms FROM clock_offset");
    clock.follow(rows[0].ms);
    return fresh;
  }

  async function again(): Promise<void> {
    while (!stopped) {
      await setTimeout(AGAIN_MS, undefined, { ref: false });
      const fresh = await connect().catch(() => undefined);
      if (!fresh) continue;
      client = fresh;
      return;
    }
  }

  return {
    forward: async (ms) => {
      const { rows } = await client.query("SELECT move_clock($1)::float8 AS ms", [Math.round(ms)]);
      clock.follow(rows[0].ms);
    },
    swept: async () => {
      const until = Date.now() + PATIENCE_MS;
      const isWaiting = async () =>
        (await client.query("SELECT FROM graphile_worker.jobs WHERE task_identifier = 'sweep-cycles'"))
          .rowCount;
      while ((await isWaiting()) && Date.now() < until) await setTimeout(LOOK_MS);
    },
    stop: async () => {
      stopped = true;
      await client.end().catch(() => undefined);
    },
  };
}
