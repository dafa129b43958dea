import type { IncomingMessage, ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { inScope } from "@/lib/shared/log-scope";
import { logger } from "@/lib/shared/logger";
import { metrics } from "@/lib/shared/metrics";
import { bodyLimitOf } from "./body-limit";
import { boundedRequest, drain, MOST_DRAINED_BYTES } from "./bounded-request";
import { addressOf, CLIENT_ADDRESS_HEADER } from "./client-address";
import { ownOrigins } from "./own-origin";
import { type Reading, reading } from "./reading-input";
import { requestIdOf } from "./route";
import { securityHeaders } from "./security-headers";
import { boundSender } from "./slow-sender";

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const METHODS = ["GET", "HEAD", "POST", "PUT", "OPTIONS"];

/**
 * What every request passes before Next sees it: it gets an id and its caller's address, its answer the headers that
 * all answers have; a malformed or too large one is refused here, so that a caller's mistake never counts as our
 * failure.
 */
export function frontDoor(handle: Listener): Listener {
  return async (request, response) => {
    const { APP_URL, CLIENT_IP_HEADER, TRUSTED_PROXIES } = env();
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const requestId = requestIdOf(request.headers["x-request-id"]);
    request.headers["x-request-id"] = requestId;
    request.headers[CLIENT_ADDRESS_HEADER] = addressOf(request, {
      trusted: TRUSTED_PROXIES,
      header: CLIENT_IP_HEADER,
    });
    const headers = {
      ...securityHeaders({ path, https: APP_URL.startsWith("https://") }),
      "x-request-id": requestId,
    };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    await inScope({ requestId }, async () => {
      boundSender(request, response, path);
      const elsewhere = configuredAddress(request, path, APP_URL);
      const refusal = refusalOf(request, path);
      if (refusal) return refuse(request, response, refusal);
      if (elsewhere) return void response.writeHead(307, { location: elsewhere }).end();
      const bounded = await boundedRequest(request, bodyLimitOf(path)).catch(() => null);
      if (bounded === null) return void response.destroy(); // the sender broke off
      if (bounded === undefined) return refuse(request, response, TOO_LARGE);
      if (!isPagePost(request, path)) return handle(bounded, response);
      if (request.headers["next-action"] === undefined) return refuse(bounded, response, NO_ACTION);
      await handlePagePost(handle, bounded, response);
    });
  };
}

type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** With a 405: the methods that are taken. */
  readonly allow?: string;
};

const NO_ACTION: Refusal = {
  status: 405,
  code: "method_not_allowed",
  message: "A page is posted to by its own actions alone.",
  allow: "GET, HEAD",
};
const TOO_LARGE: Refusal = new AppError("payload_too_large", "The request body is too large.");

function refusalOf(request: IncomingMessage, path: string): Refusal | undefined {
  if (!METHODS.includes(request.method ?? ""))
    return {
      status: 405,
      code: "method_not_allowed",
      message: "Use GET, POST or PUT.",
      allow: METHODS.join(", "),
    };
  if (request.method === "PUT" && !path.startsWith("/api/")) return NO_ACTION;
  if (!path.startsWith("/") || !isReadable(() => decodeURIComponent(path)))
    return { status: 400, code: "invalid_input", message: "The address is malformed." };
  const state = request.headers["next-router-state-tree"];
  if (state !== undefined && !isReadable(() => parseAndValidateFlightRouterState(state)))
    return { status: 400, code: "invalid_input", message: "The router state is malformed." };
  return undefined;
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, code, message, allow } = refusal;
  metrics().httpRequests.observe({ route: "front-door", status: String(status) }, 0);
  logger().info({ method: request.method, status, refused: code }, "request refused");
  // A sender who has not finished reads our answer only if the rest is taken; of far too much it is not.
  const isBounded = Number(request.headers["content-length"] ?? 0) <= MOST_DRAINED_BYTES;
  if (isBounded) drain(request);
  response.writeHead(status, {
    "content-type": "application/json",
    ...(isBounded ? {} : { connection: "close" }),
    ...(allow === undefined ? {} : { allow }),
  });
  response.end(JSON.stringify({ error: { code, message } }));
}

/** A page that was opened under another name of this machine: sessions and the way back from Stripe belong to one. */
function configuredAddress(request: IncomingMessage, path: string, appUrl: string): string | undefined {
  const { origin, protocol } = new URL(appUrl);
  const asked = `${protocol}//${request.headers.host}`;
  const isPage = /^(GET|HEAD)$/.test(request.method ?? "") && !/^\/(api|_next)\//.test(path);
  return isPage && asked !== origin && ownOrigins(appUrl).includes(asked)
    ? `${origin}${request.url}`
    : undefined;
}

const isPagePost = ({ method }: IncomingMessage, path: string): boolean =>
  method === "POST" && !path.startsWith("/api/");

/** A 500 of Next's before the server action began is the sender's mistake: what was sent could not be read. */
async function handlePagePost(
  handle: Listener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const state: Reading = { isDone: false };
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) =>
    writeHead(status === 500 && !state.isDone ? 400 : status, ...rest);
  await reading(state, () => handle(request, response));
}
