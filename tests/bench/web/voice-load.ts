import { newId } from "@/lib/shared/ids";
import { boundSample } from "@/tests/factories/samples";
import type { Json } from "@/tests/factories/vapi";
import { type Load, load, type Sent } from "./http-load";

type Target = { readonly url: string; readonly secret: string; readonly phone: string };
type Calls = Target & { readonly calls: number };

const CONNECTIONS = 50;
const IS_FALLBACK = '"isFallback":true';

let callIds: readonly string[] = [];
let metadata: Json = {};

/** What the voice provider sends, byte for byte as it was captured but for whose line and which call. */
export const voiceCommands = {
  /** Calls ring in: their starts are stored, their rows are in the call log. */
  async ring(args: Calls): Promise<Load> {
    callIds = newIds(args.calls);
    return load(requestsFor(args, callIds), CONNECTIONS, keepMetadata);
  },
  /** The same calls have ended: each report settles one, and carries what our assistant's metadata said. */
  report: (args: Target): Promise<Load> => load(reportsFor(args, callIds), CONNECTIONS),
  /** Deliveries of a report's size that ask for nothing: the route reads, verifies and parses them, and answers. */
  chatter: (args: Calls): Promise<Load> =>
    load(reportsFor(args, newIds(args.calls), { type: "speech-update" }), CONNECTIONS),
  /** Calls that ring in at once, a connection each; how many got the static fallback, and how long the last waited. */
  async burst(args: Calls): Promise<Load & { fallbacks: number }> {
    let fallbacks = 0;
    const answered = await load(requestsFor(args, newIds(args.calls)), args.calls, (body) => {
      if (body.includes(IS_FALLBACK)) fallbacks += 1;
    });
    return { ...answered, fallbacks };
  },
  health: ({ url, calls }: Calls): Promise<Load> =>
    load(Array<Sent>(calls).fill({ url: `${url}/api/health`, headers: {} }), CONNECTIONS),
};

const newIds = (count: number): string[] => Array.from({ length: count }, () => newId());

function keepMetadata(answer: string): void {
  if (Object.keys(metadata).length === 0) metadata = JSON.parse(answer).assistant.metadata;
}

const requestsFor = (target: Target, ids: readonly string[]): Sent[] =>
  ids.map((callId) =>
    toTarget(target, boundSample("assistant-request.json", { callId, number: target.phone })),
  );

function reportsFor(target: Target, ids: readonly string[], fields: Json = {}): Sent[] {
  return ids.map((callId) => {
    const { message } = boundSample("end-of-call-report.json", { callId, number: target.phone });
    return toTarget(target, { message: { ...(message as Json), assistant: { metadata }, ...fields } });
  });
}

const toTarget = ({ url, secret }: Target, delivery: Json): Sent => ({
  url: `${url}/api/webhooks/voice`,
  headers: { "content-type": "application/json", "x-vapi-secret": secret },
  body: JSON.stringify(delivery),
});
