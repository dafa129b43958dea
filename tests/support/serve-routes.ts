import { createServer } from "node:http";

const KEEP_ALIVE_MS = 60_000;

type Route = (request: Request) => Promise<Response>;

export interface ServedRoutes {
  url: string;
  stop: () => Promise<void>;
}

/** The application's routes as providers meet them, over HTTP, in this process. Keys are like "POST /api/webhooks/sms". */
export async function serveRoutes(routes: Readonly<Record<string, Route>>): Promise<ServedRoutes> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const body = request.method === "POST" ? { body: new Uint8Array(Buffer.concat(chunks)) } : {};
    const route = routes[`${request.method} ${url.pathname}`];
    const answer = await route?.(new Request(url, { method: request.method ?? "GET", headers, ...body }));
    response.writeHead(answer?.status ?? 404, Object.fromEntries(answer?.headers ?? []));
    response.end(answer ? Buffer.from(await answer.arrayBuffer()) : undefined);
  });
  // On a busy machine five seconds pass between two requests, and a connection would be closed while it is taken again.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
