import { Client } from "pg";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";

const RECONNECT_MS = 250;
const RECONNECT_MAX_MS = 5_000;

export type ListenerHandlers = {
  readonly channels: readonly string[];
  readonly onNotification: (channel: string, payload: string) => void;
  /** True once it listens on every channel, false as soon as the connection is lost. */
  readonly onState: (listening: boolean) => void;
};

export type Listener = { readonly stop: () => Promise<void> };

/** LISTEN over one direct connection per process (a pooler in transaction mode cannot); reconnects by itself. */
export function startListener(handlers: ListenerHandlers): Listener {
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;
  let attempts = 0;

  const lost = (lostClient: Client, error?: Error): void => {
    if (client !== lostClient) return;
    client = undefined;
    handlers.onState(false);
    void lostClient.end().catch(() => undefined);
    if (stopped) return;
    logger().warn({ err: error }, "listener lost its connection");
    retry = setTimeout(connect, Math.min(RECONNECT_MS * 2 ** attempts++, RECONNECT_MAX_MS));
  };

  const connect = (): void => {
    const { DIRECT_URL, DATABASE_URL } = env();
    const fresh = new Client({
      connectionString: DIRECT_URL ?? DATABASE_URL,
      application_name: "torqueflow-listener",
      keepAlive: true,
    });
    client = fresh;
    fresh.on("error", (error) => lost(fresh, error));
    fresh.on("end", () => lost(fresh));
    fresh.on("notification", ({ channel, payload }) => handlers.onNotification(channel, payload ?? ""));
    const listen = async (): Promise<void> => {
      await fresh.connect();
      for (const channel of handlers.channels) await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
      attempts = 0;
      handlers.onState(true);
    };
    void listen().catch((error: Error) => lost(fresh, error));
  };

  connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
