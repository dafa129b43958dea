import { connect, createServer, type Socket } from "node:net";
import { expect } from "vitest";
import { pool } from "@/lib/db/pool";

export interface SeverableDatabase {
  /** The same database, reached through the proxy. */
  url: string;
  /** Breaks every connection and refuses new ones, as a stopped server does. */
  cut: () => Promise<void>;
  /** Keeps every connection open and passes nothing on, as a suspended server does, until the returned function is called. */
  suspend: () => () => void;
  restore: () => Promise<void>;
  close: () => Promise<void>;
}

/** A proxy between a process under test and its database, to take the database away from that process alone. */
export async function severableDatabase(databaseUrl: string): Promise<SeverableDatabase> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let suspended = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
      if (suspended) socket.pause();
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The wire has no port.");
  const url = new URL(databaseUrl);
  url.port = String(address.port);

  const cut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: url.href,
    cut,
    suspend: () => {
      suspended = true;
      for (const socket of sockets) socket.pause();
      return () => {
        suspended = false;
        for (const socket of sockets) socket.resume();
      };
    },
    restore: () => listen(address.port),
    close: () => (server.listening ? cut() : Promise.resolve()),
  };
}

/** Ends an outage when this process has noticed that every connection of its pool is gone: it lends none that is dead. */
export async function restoreHere({ restore }: SeverableDatabase): Promise<void> {
  await expect.poll(() => pool().totalCount).toBe(0);
  await restore();
}
