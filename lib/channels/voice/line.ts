import type { OwnedLine } from "@/lib/garage/line";
import type { LineAnswer, LineReading } from "@/lib/lines/core/reading";
import type { LineProvider } from "@/lib/lines/provider";
import { cleanJson } from "@/lib/shared/clean-json";
import { env } from "@/lib/shared/env";
import { ourAddress, pointingOf, wordOf } from "../our-address";
import { isRecord } from "./shapes";

const TIMEOUT_MS = 5_000;
const MOST = 1_000;

type Fetched = { readonly kind: "found"; readonly number: Readonly<Record<string, unknown>> | undefined };

/** Vapi's side of a line. Source: docs.vapi.ai, "Phone Numbers" (list, get, update) */
export const voiceLine: LineProvider = {
  read: async (line) => {
    const answer = await find(line);
    return answer.kind === "found" ? answerOf(answer.number) : answer;
  },
  pointHere: async (line) => {
    const answer = await find(line);
    if (answer.kind !== "found") return answer;
    const reading = readingOf(answer.number);
    if (!reading.exists || isSet(reading)) return answerOf(answer.number);
    // Whatever else is set of the server stays: its credential, how long it waits and how it retries.
    const server = isRecord(answer.number?.server) ? answer.number.server : {};
    const changed = await ask(`/phone-number/${encodeURIComponent(String(answer.number?.id))}`, {
      method: "PATCH",
      body: JSON.stringify({
        ...{ assistantId: null, squadId: null, workflowId: null },
        server: { ...server, ...authentication(server), url: ourAddress("voice") },
      }),
    });
    return changed.kind === "found" ? answerOf(changed.body) : changed;
  },
};

/** A server that has no credential of its own gets our secret as a header, so that what it sends us holds. */
const authentication = ({ credentialId, headers }: Readonly<Record<string, unknown>>) =>
  wordOf(credentialId) === null
    ? { headers: { ...(isRecord(headers) ? headers : {}), "x-vapi-secret": env().VAPI_WEBHOOK_SECRET } }
    : {};

const isSet = (reading: Extract<LineReading, { exists: true }>): boolean =>
  reading.channel === "voice" && reading.pointing.at === "ours" && !reading.assistant;

/** By the provider's id where it is known; else among all of the account's numbers. */
async function find({
  identity,
  providerId,
}: OwnedLine): Promise<Fetched | Exclude<LineAnswer, { kind: "read" }>> {
  const id = providerId ?? (identity.startsWith("+") ? undefined : identity);
  if (id !== undefined) {
    const one = await ask(`/phone-number/${encodeURIComponent(id)}`);
    return one.kind === "found" ? { kind: "found", number: isRecord(one.body) ? one.body : undefined } : one;
  }
  const all = await ask(`/phone-number?limit=${MOST}`);
  if (all.kind !== "found") return all;
  const items = isRecord(all.body) ? all.body.results : all.body;
  const numbers = Array.isArray(items) ? items.filter(isRecord) : [];
  return { kind: "found", number: numbers.find(({ number }) => number === identity) };
}

function answerOf(number: unknown): LineAnswer {
  const reading = readingOf(number);
  const id = isRecord(number) ? wordOf(number.id) : null;
  return { kind: "read", reading, ...(id === null ? {} : { providerId: id }) };
}

function readingOf(number: unknown): LineReading {
  if (!isRecord(number) || wordOf(number.id) === null) return { exists: false };
  const server = isRecord(number.server) ? number.server.url : number.serverUrl;
  return {
    exists: true,
    channel: "voice",
    number: wordOf(number.number),
    name: wordOf(number.name),
    status: wordOf(number.status),
    assistant: [number.assistantId, number.squadId, number.workflowId].some((id) => wordOf(id) !== null),
    pointing: pointingOf(typeof server === "string" ? server : null, "voice"),
  };
}

type Asked = { readonly kind: "found"; readonly body: unknown } | { readonly kind: "refused" | "silent" };

/** The JSON of the answer, undefined for what is not there. */
async function ask(path: string, init: RequestInit = {}): Promise<Asked> {
  const { VAPI_API_BASE, VAPI_API_KEY } = env();
  try {
    const response = await fetch(`${VAPI_API_BASE.replace(/\/$/, "")}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${VAPI_API_KEY}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) return { kind: "found", body: undefined };
    if (response.status === 401 || response.status === 403) return { kind: "refused" };
    if (!response.ok) return { kind: "silent" };
    return { kind: "found", body: cleanJson(await response.json()) };
  } catch {
    return { kind: "silent" };
  }
}
