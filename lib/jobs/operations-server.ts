import { createServer, type IncomingMessage, type Server } from "node:http";
import { toAppError } from "@/lib/http/errors";
import { metricsAnswer } from "@/lib/http/metrics-answer";
import { AppError } from "@/lib/shared/errors";
import { logger } from "@/lib/shared/logger";

const READ = ["GET", "HEAD"];

export type OperationsServer = { readonly url: string; readonly close: () => Promise<void> };

/** What operators ask of a worker, at the same paths as of the application: `/health`, `/ready` and `/metrics`. */
export async function serveOperations(
  address: { readonly host: string; readonly port: number },
  isReady: () => boolean,
): Promise<OperationsServer> {
  const server = createServer((request, response) => {
    void answer(request, isReady)
      .catch((error: unknown) => {
        const { code, message, status } = toAppError(error);
        if (status === 500) logger().error({ err: error }, "the worker could not show its state");
        return Response.json({ error: { code, message } }, { status });
      })
      .then(async (answered) => {
        response.writeHead(answered.status, {
          ...Object.fromEntries(answered.headers),
          "cache-control": "no-store",
        });
        response.end(await answered.text());
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, resolve);
  });
  return { url: urlOf(server), close: () => close(server) };
}

async function answer(request: IncomingMessage, isReady: () => boolean): Promise<Response> {
  if (!READ.includes(request.method ?? "")) return refusedMethod();
  switch (request.url) {
    case "/health":
      return Response.json({ status: "ok" });
    case "/ready":
      if (!isReady()) throw new AppError("unavailable", "The worker takes no jobs.");
      return Response.json({ status: "ready" });
    case "/metrics":
      return metricsAnswer(request.headers.authorization);
    default:
      throw new AppError("not_found", "There is /health, /ready and /metrics.");
  }
}

function refusedMethod(): Response {
  const error = { code: "method_not_allowed", message: "Use GET." };
  return Response.json({ error }, { status: 405, headers: { allow: READ.join(", ") } });
}

function urlOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === "string") return "";
  return `http://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
