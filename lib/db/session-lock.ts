import { Client } from "pg";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";

/** Well below the time after which other processes take a missing lock for its holder's death. */
const RECONNECT_MS = 250;

/** A server notices within half a minute that a holder's machine has vanished without closing its connection. */
const KEEP_ALIVE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4";

export type SessionLock = {
  /** False while the connection is lost and being made again. */
  readonly isHeld: () => boolean;
  readonly release: () => Promise<void>;
};

/**
 * Holds an advisory lock for as long as this process lives, on a direct connection of its own: PostgreSQL lets go of it at the
 * moment the process dies. Taken again by itself when the connection was lost. Resolves when it is held; throws where the
 * database cannot be reached at first. Its number is `hashtextextended(name, 0)`.
 */
export async function holdSessionLock(name: string): Promise<SessionLock> {
  let client: Client | undefined;
  let held = false;
  let released = false;
  let retry: NodeJS.Timeout | undefined;

  const take = async (): Promise<void> => {
    const { DIRECT_URL, DATABASE_URL } = env();
    const fresh = new Client({
      connectionString: DIRECT_URL ?? DATABASE_URL,
      application_name: "torqueflow-presence",
      options: KEEP_ALIVE,
      keepAlive: true,
    });
    client = fresh;
    fresh.on("error", () => undefined); // "end" follows
    fresh.on("end", () => {
      if (client === fresh) lost();
    });
    await fresh.connect();
    await fresh.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [name]);
    held = true;
  };

  const lost = (): void => {
    if (held) logger().warn({ lock: name }, "a lock was lost with its connection");
    held = false;
    client = undefined;
    if (!released) retry = setTimeout(again, RECONNECT_MS);
  };

  const again = (): void => {
    take().catch(() => {
      const failed = client;
      client = undefined;
      void failed?.end().catch(() => undefined);
      lost();
    });
  };

  await take();
  return {
    isHeld: () => held,
    release: async () => {
      released = true;
      held = false;
      clearTimeout(retry);
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
