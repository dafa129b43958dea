import type { CallProvider, KeptCall, ListedCall, OutgoingCall, OutgoingCalls } from "@/lib/calls/call";
import { cleanJson } from "@/lib/shared/clean-json";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { parseKeptCall } from "./parse";
import { isRecord } from "./shapes";

/** A call as the provider's API gives it, in storable JSON; its fields are those of a report. */
type FetchedCall = Readonly<Record<string, unknown>>;

const TIMEOUT_MS = 10_000;
const PAGE = 1_000;
const MAX_PAGES = 20;

export const voiceProvider: CallProvider & OutgoingCalls = { callsSince, callById, call };

/** Source: docs.vapi.ai/api-reference/calls/list (`createdAtGe`, `createdAtLt`, `limit` up to 1000). */
async function callsSince(since: Date): Promise<ListedCall[]> {
  const calls: ListedCall[] = [];
  let before: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ createdAtGe: since.toISOString(), limit: String(PAGE) });
    if (before !== undefined) query.set("createdAtLt", before);
    const found = listIn(await get(`/call?${query}`));
    calls.push(...found.map((call) => ({ id: String(call.id), read: () => parseKeptCall(call) })));
    const oldest = found
      .map((call) => call.createdAt)
      .filter((at) => typeof at === "string")
      .sort()[0];
    if (found.length < PAGE || oldest === undefined) return calls;
    before = oldest;
  }
  return calls;
}

/** Source: docs.vapi.ai/api-reference/calls/get */
async function callById(id: string): Promise<KeptCall | undefined> {
  const call = await get(`/call/${encodeURIComponent(id)}`);
  return isRecord(call) ? parseKeptCall({ ...call, id }) : undefined;
}

/**
 * Makes a call from a line with an assistant of our own, which therefore is not asked for.
 * Source: docs.vapi.ai/api-reference/calls/create (CreateCallDTO; 201 with the call)
 */
async function call({ lineId, number, assistant }: OutgoingCall): Promise<string> {
  const body = { assistant, phoneNumberId: lineId, customer: { number } };
  const made = await ask("/call", { method: "POST", body: JSON.stringify(body) });
  const id = isRecord(made) ? made.id : undefined;
  if (typeof id !== "string" || id === "")
    throw new AppError("conflict", "The voice provider did not take the call.");
  return id;
}

/** The list itself, or the page of it that newer versions wrap. */
function listIn(answer: unknown): FetchedCall[] {
  const items = isRecord(answer) ? answer.results : answer;
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

const get = (path: string): Promise<unknown> => ask(path, {});

/** The JSON of the answer; undefined where there is no such thing, or where the provider refuses what it was sent. */
async function ask(path: string, init: RequestInit): Promise<unknown> {
  const { VAPI_API_BASE, VAPI_API_KEY } = env();
  try {
    const response = await fetch(`${VAPI_API_BASE.replace(/\/$/, "")}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${VAPI_API_KEY}`,
        accept: "application/json",
        "content-type": "application/json",
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404 || (init.body && response.status === 400)) return undefined;
    if (!response.ok) throw new Error(`the provider answered ${response.status}`);
    return cleanJson(await response.json());
  } catch (cause) {
    throw new AppError("unavailable", "The voice provider’s API does not answer.", { cause });
  }
}
