import { migrateDatabase } from "@/scripts/lib/migrate.mjs";
import { startThrowaway } from "@/scripts/lib/postgres/throwaway.mjs";
import { MIGRATED_TEMPLATE, urlFor } from "./database";

/** The throw-away server of this run, shared by the projects which need a database. */
interface TestServer {
  adminUrl: string;
  stop: () => Promise<void>;
}

const held = globalThis as { torqueflowTestServer?: { users: number; server: Promise<TestServer> } };

async function start(): Promise<TestServer> {
  const server = await startThrowaway({ settings: { max_connections: "300" } });
  try {
    await migrateDatabase(urlFor(server.url, MIGRATED_TEMPLATE));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { adminUrl: server.url, stop: server.stop };
}

/** Starts the server for the first caller; the last to release it stops it. */
export async function acquireTestServer(): Promise<{ adminUrl: string; release: () => Promise<void> }> {
  held.torqueflowTestServer ??= { users: 0, server: start() };
  const mine = held.torqueflowTestServer;
  mine.users += 1;
  const { adminUrl, stop } = await mine.server;
  const release = async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    delete held.torqueflowTestServer;
    await stop();
  };
  return { adminUrl, release };
}
