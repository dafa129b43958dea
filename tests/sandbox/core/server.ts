import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json, type Reply, type SandboxRequest, text } from "./http";
import type { HttpProvider } from "./providers";
import { shownBody, shownHeaders } from "./redact";
import { writeReply } from "./reply";
import type { RequestLog } from "./request-log";
import { createRouter, type Route } from "./router";

/** Pages and the control API: not logged, and closed to other sites. */
export interface Site {
  routes: readonly Route[];
  /** Takes a request whose answer is an endless stream of events; true if it did. */
  stream: (request: SandboxRequest, response: ServerResponse) => boolean;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Node's own 5 seconds pass on a busy machine, and a connection would be closed while the next request takes it. */
const KEEP_ALIVE_MS = 60_000;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

export class SandboxServer {
  private readonly http: Server;
  private readonly providers: { provider: HttpProvider; route: ReturnType<typeof createRouter> }[];
  private readonly siteRoute: ReturnType<typeof createRouter>;

  constructor(
    providers: readonly HttpProvider[],
    private readonly site: Site,
    private readonly log: RequestLog,
  ) {
    this.providers = providers.map((provider) => ({ provider, route: createRouter(provider.routes) }));
    this.siteRoute = createRouter(site.routes);
    this.http = createServer((incoming, response) => {
      this.serve(incoming, response).catch((error: unknown) => {
        process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
        if (!response.headersSent) response.writeHead(500, { "content-type": "application/json" });
        response.end(JSON.stringify({ error: "The sandbox itself failed, see its output." }));
      });
    });
    this.http.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  /** Resolves with the address it listens on. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.http.once("error", reject);
      this.http.listen(port, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    this.http.closeAllConnections();
    await closed;
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, response);
    if (request.raw.length > MAX_BODY_BYTES) return writeReply(response, text(413, "Too large."));
    const own = this.providers.find(({ provider }) => request.path.startsWith(`${provider.prefix}/`));
    if (own) return this.serveProvider(own, request, response);
    const refused = refuseStrangers(request);
    if (refused) return writeReply(response, refused);
    if (this.site.stream(request, response)) return;
    const found = this.siteRoute(request.method, request.path);
    if (!found)
      return writeReply(response, json(404, { error: `Nothing at ${request.method} ${request.path}.` }));
    await writeReply(response, await found.route.handle({ ...request, params: found.params }));
  }

  private async serveProvider(
    { provider, route }: SandboxServer["providers"][number],
    incoming: SandboxRequest,
    response: ServerResponse,
  ): Promise<void> {
    const request = { ...incoming, path: incoming.path.slice(provider.prefix.length) };
    const found = route(request.method, request.path);
    const open = this.log.open({
      direction: "in",
      provider: provider.name,
      method: request.method,
      path: request.path + request.url.search,
      type: found?.route.type ?? "unknown",
      headers: shownHeaders(request.headers),
      body: shownBody(request.raw, request.headers["content-type"]),
    });
    const reply = found
      ? await found.route.handle({ ...request, params: found.params })
      : provider.notFound(request);
    open.close(closing(reply));
    await writeReply(response, reply);
  }
}

function closing(reply: Reply): { status?: number; reply?: unknown; note?: string } {
  if (reply.kind === "silence") return { note: "never answered" };
  if (reply.kind === "hang-up") return { note: "connection closed without an answer" };
  if (reply.kind === "stream")
    return { status: 200, reply: reply.summary, ...(reply.cut ? { note: "cut off" } : {}) };
  return { status: reply.status, reply: shownBody(reply.body, reply.headers["content-type"]) };
}

/** Another site's page in the same browser must not operate the sandbox, nor reach it by a name of its own. */
function refuseStrangers({ method, headers }: SandboxRequest): Reply | undefined {
  const site = headers["sec-fetch-site"];
  const fromElsewhere = site !== undefined && site !== "same-origin" && site !== "none";
  const navigation = method === "GET" && headers["sec-fetch-mode"] === "navigate";
  if (fromElsewhere && !navigation) return json(403, { error: "Requests of other sites are refused." });
  if (!LOOPBACK.test(headers.host ?? "")) return json(403, { error: "Unknown host." });
  return undefined;
}

async function readRequest(incoming: IncomingMessage, response: ServerResponse): Promise<SandboxRequest> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size <= MAX_BODY_BYTES + 1) chunks.push(chunk as Buffer);
  }
  const url = new URL(incoming.url ?? "/", "http://sandbox");
  return {
    method: incoming.method ?? "GET",
    url,
    path: url.pathname,
    params: {},
    headers: incoming.headers,
    raw: Buffer.concat(chunks),
    gone: gone.signal,
  };
}
