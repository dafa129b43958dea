import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { closeEventStreams } from "@/lib/notify/event-stream";
import { requireSettings } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { stopOnSignal } from "./stopping";

const DEFAULT_PORT = 3_000;
/** A call is answered within two seconds; a diagnosis that is still being written is cut. */
const REQUESTS_BUDGET_MS = 10_000;
const FRAMEWORK_BUDGET_MS = 2_000;
/** On a machine without IPv6, `localhost` has one address only. */
const NO_SUCH_ADDRESS = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The application's process: Next behind a server of ours, so that it ends in order and `localhost` means both its addresses. */
async function main(): Promise<void> {
  const { PORT = DEFAULT_PORT, LISTEN_HOST } = requireSettings();
  const { default: next } = await import("next"); // after NODE_ENV is known
  const app = next({
    dev: false,
    port: PORT,
    ...(LISTEN_HOST === undefined ? {} : { hostname: LISTEN_HOST }),
  });
  await app.prepare();
  const servers = await listen(answerWith(app.getRequestHandler()), PORT, LISTEN_HOST);
  stopOnSignal([
    { name: "requests", budgetMs: REQUESTS_BUDGET_MS, run: () => finishRequests(servers) },
    { name: "the framework", budgetMs: FRAMEWORK_BUDGET_MS, run: () => app.close() },
  ]);
  logger().info({ port: PORT, host: LISTEN_HOST }, "application ready");
}

function answerWith(handle: Listener): Listener {
  return async (request, response) => {
    try {
      await handle(request, response);
    } catch (error) {
      logger().error({ err: error }, "a request failed outside every route");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  };
}

/** `localhost` is both of its addresses; nothing is every address of the machine. */
async function listen(answer: Listener, port: number, host: string | undefined): Promise<Server[]> {
  const hosts = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  const servers: Server[] = [];
  for (const address of hosts) {
    const server = createServer((request, response) => {
      // A connection that is kept alive would hold the end up.
      if (!server.listening) response.setHeader("connection", "close");
      void answer(request, response);
    });
    const opened = await open(server, port, address);
    if (opened) servers.push(server);
  }
  return servers;
}

function open(server: Server, port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (host === "::1" && NO_SUCH_ADDRESS.includes(error.code ?? "")) resolve(false);
      else reject(error);
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => resolve(true));
  });
}

/** Takes no new connections, ends the live streams, and waits for what is being answered. */
async function finishRequests(servers: readonly Server[]): Promise<void> {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  closeEventStreams();
  await Promise.all(closed);
}

main().catch((error: unknown) => {
  logger().error({ err: error }, "the application could not start");
  process.exit(1);
});
