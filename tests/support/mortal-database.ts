import { expect } from "vitest";
import { databaseEnvironment } from "@/scripts/lib/environment.mjs";
import { migrateDatabase } from "@/scripts/lib/migrate.mjs";
import { isPortFree } from "@/scripts/lib/ports.mjs";
import { serverLocation } from "@/scripts/lib/postgres/location.mjs";
import { startServer } from "@/scripts/lib/postgres/server.mjs";
import { startThrowaway } from "@/scripts/lib/postgres/throwaway.mjs";

export interface MortalDatabase {
  readonly url: string;
  /** The whole server dies by kill -9; resolves when it serves again, at the same address, after its recovery. */
  readonly killAndRestart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A PostgreSQL of the test file's own, migrated and as durable as a real one, so that it may be killed. */
export async function mortalDatabase(): Promise<MortalDatabase> {
  const first = await startThrowaway({ durable: true });
  let server: Awaited<ReturnType<typeof startServer>> = first;
  await migrateDatabase(first.url);
  Object.assign(process.env, databaseEnvironment(first.url));
  return {
    url: first.url,
    killAndRestart: async () => {
      process.kill(server.pid, "SIGKILL");
      // Its children hold the port for a moment longer.
      await expect.poll(() => isPortFree(first.port)).toBe(true);
      server = await startServer(serverLocation(), { dir: first.dir, preferredPort: first.port });
      if (server.url !== first.url) throw new Error("the database came back at another address");
    },
    stop: async () => {
      await server.stop();
      await first.stop();
    },
  };
}
