/** The load generator, a process of its own: it keeps so many connections busy, and says how fast answers came. */
import http from "node:http";
import { assistantRequest, endOfCallReport, type Json } from "@/tests/factories/vapi";
import { obeyParent } from "../commands";

const CONNECTIONS = 50;
const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });

type Target = { readonly url: string; readonly secret: string };
/** `busy`: the share of one core that this process took, to show that it was not what was measured. */
export type Load = { readonly perSecond: number; readonly busy: number };

let callIds: readonly string[] = [];

const commands = {
  /** Calls ring in, and are answered as a provider's are: their starts are stored, their rows are in the call log. */
  async ring(args: Target & { phone: string; calls: number }): Promise<void> {
    callIds = newIds(args.calls);
    await deliver(args, callIds, (id) => assistantRequest({ id, called: args.phone }));
  },
  /** The same calls have ended: each report settles one. */
  report: (args: Target & { phone: string }): Promise<Load> =>
    deliver(args, callIds, (id) => endOfCallReport({ id, called: args.phone })),
  /** Deliveries of the same size that ask for nothing: the route reads, verifies and parses them, and answers. */
  chatter: (args: Target & { calls: number }): Promise<Load> =>
    deliver(args, newIds(args.calls), (id) => endOfCallReport({ id }, { type: "speech-update" })),
  health: (args: { url: string; requests: number }): Promise<Load> =>
    load(args.requests, () => send(`${args.url}/api/health`, {})),
};

export type LoadCommands = typeof commands;

obeyParent(commands);

const newIds = (count: number): string[] => Array.from({ length: count }, () => crypto.randomUUID());

async function deliver(
  { url, secret }: Target,
  ids: readonly string[],
  body: (callId: string) => Json,
): Promise<Load> {
  const bodies = ids.map((id) => JSON.stringify(body(id)));
  const headers = { "content-type": "application/json", "x-vapi-secret": secret };
  return load(bodies.length, (nth) => send(`${url}/api/webhooks/voice`, headers, bodies[nth]));
}

/** So many requests, a connection each waiting for its answer before the next. */
async function load(requests: number, one: (nth: number) => Promise<void>): Promise<Load> {
  const left = Array(requests).keys();
  const connection = async (): Promise<void> => {
    for (const nth of left) await one(nth);
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: requests / seconds, busy: (user + system) / 1e6 / seconds };
}

function send(url: string, headers: Record<string, string>, body?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const method = body === undefined ? "GET" : "POST";
    const request = http.request(url, { agent, method, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
    });
    request.once("error", reject);
    request.end(body);
  });
}
