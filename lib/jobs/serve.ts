import { createServer, type Server } from "node:http";
import { createServer as createConnectionServer, type Server as Listening } from "node:net";
import { frontDoor } from "@/lib/http/front-door";
import { isReadingInput } from "@/lib/http/reading-input";
import { MOST_OF_A_FILE_MS } from "@/lib/http/slow-sender";
import { closeEventStreams } from "@/lib/notify/event-stream";
import { requireSettings } from "@/lib/shared/env";
import { captureConsole, logger } from "@/lib/shared/logger";
import { followConnections } from "./connections";
import { endProcess, stopOnSignal } from "./stopping";

const DEFAULT_PORT = 3_000;
/** A call is answered within two seconds; a diagnosis that is still being written is cut. */
const REQUESTS_BUDGET_MS = 10_000;
const FRAMEWORK_BUDGET_MS = 2_000;
/**
 * Longer than proxies and providers keep an idle connection (most of them a minute, some ten): who closes first must be they, or
 * a request that was just sent meets a closed connection.
 */
const IDLE_KEPT_MS = 620_000;
/** On a machine without IPv6, `localhost` has one address only. */
const NO_SUCH_ADDRESS = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

/** The application's process: Next behind a server of ours, so that it ends in order and `localhost` means both its addresses. */
async function main(): Promise<void> {
  const { PORT = DEFAULT_PORT, LISTEN_HOST, NODE_ENV } = requireSettings();
  if (NODE_ENV !== "development") captureConsole(isReadingInput);
  const { default: next } = await import("next"); // after NODE_ENV is known
  // Each request is bounded by the front door: a file that comes for long is no attack, and 408 would cut it.
  const server = createServer({ requestTimeout: MOST_OF_A_FILE_MS, keepAliveTimeout: IDLE_KEPT_MS });
  const letGo = followConnections(server);
  const app = next({
    dev: NODE_ENV === "development",
    port: PORT,
    httpServer: server,
    ...(LISTEN_HOST === undefined ? {} : { hostname: LISTEN_HOST }),
  });
  await app.prepare();
  const admit = frontDoor(app.getRequestHandler());
  server.on("request", (request, response) => {
    // A connection that is kept alive would delay the end.
    if (!server.listening) response.setHeader("connection", "close");
    admit(request, response).catch((error: unknown) => {
      logger().error({ err: error }, "a request failed outside every route");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const listening = await listen(server, PORT, LISTEN_HOST);
  stopOnSignal([
    { name: "requests", budgetMs: REQUESTS_BUDGET_MS, run: () => finishRequests(listening, letGo) },
    { name: "the framework", budgetMs: FRAMEWORK_BUDGET_MS, run: () => app.close() },
  ]);
  logger().info({ port: PORT, host: LISTEN_HOST }, "application ready");
}

/** `localhost` is both of its addresses, as far as the machine has them; nothing is every address of the machine. */
async function listen(server: Server, port: number, host: string | undefined): Promise<Listening[]> {
  if (host !== "localhost") {
    await open(server, port, host);
    return [server];
  }
  await open(server, port, "127.0.0.1");
  const second = createConnectionServer((socket) => void server.emit("connection", socket));
  try {
    await open(second, port, "::1");
    return [server, second];
  } catch (error) {
    const code: unknown = error instanceof Error && Reflect.get(error, "code");
    if (NO_SUCH_ADDRESS.some((known) => known === code)) return [server];
    throw error;
  }
}

function open(server: Listening, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => resolve());
  });
}

/** Takes no new connections, ends the live streams, and waits for what is being answered. */
async function finishRequests(servers: readonly Listening[], letGo: () => void): Promise<void> {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  closeEventStreams();
  letGo();
  await Promise.all(closed);
}

main().catch((error: unknown) => {
  logger().error({ err: error }, "the application could not start");
  void endProcess(1);
});
