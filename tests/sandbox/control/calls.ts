import { z } from "zod";
import type { SandboxRequest } from "../core/http";
import type { Route } from "../core/router";
import { type Call, viewOf } from "../vapi/call";
import { endCall, hearCaller, startCall } from "../vapi/calls";
import { lineOf } from "./identities";
import type { Parts } from "./parts";
import { ControlError, readBody, route } from "./respond";

const MAX_CALL_SECONDS = 43_200;
const seconds = z.number().min(0).max(MAX_CALL_SECONDS).optional();

export const callInput = z.strictObject({
  line: z.string(),
  /** Any number; null for a withheld one. */
  from: z.string().max(80).nullable(),
  /** The number that the page shows for the caller, where the network withholds it. */
  as: z.string().max(80).optional(),
  id: z.string().min(1).max(100).optional(),
  /** How often the provider asks for the assistant. */
  requests: z.number().int().min(1).max(10).default(1),
});
export const playInput = callInput.extend({
  says: z.array(z.string().min(1).max(2_000)).default([]),
  seconds,
  endedReason: z.string().default("customer-ended-call"),
});
export const hangUpInput = z.strictObject({
  seconds,
  endedReason: z.string().default("customer-ended-call"),
});
/** Calls in the words of the REST API, of which the application was told nothing. */
export const keptInput = z.strictObject({ calls: z.array(z.looseObject({ createdAt: z.string() })).min(1) });
const sayInput = z.strictObject({ text: z.string().trim().min(1).max(2_000) });

const WITHHELD = "withheld";

function start(
  { sandbox, vapi }: Parts,
  { line, from, as, id, requests }: z.output<typeof callInput>,
): Promise<Call> {
  const callerNumber = from ?? undefined;
  return startCall(vapi, {
    line: lineOf(sandbox, line),
    customer: as ?? from ?? WITHHELD,
    callerNumber,
    id,
    requests,
  });
}

function callOf({ vapi }: Parts, { params }: SandboxRequest): Call {
  const call = vapi.calls.get(params.id ?? "");
  if (!call) throw new ControlError(404, "No such call.");
  return call;
}

/** A whole call at once: ring, speak, hang up. */
async function play(
  parts: Parts,
  { says, seconds: length, endedReason, ...given }: z.output<typeof playInput>,
) {
  const call = await start(parts, given);
  for (const text of says) await hearCaller(parts.vapi, call, text);
  endCall(parts.vapi, call, endedReason, {}, length);
  return viewOf(call);
}

/** What callers do. */
export function callRoutes(parts: Parts): Route[] {
  const { vapi } = parts;
  return [
    route("POST", "/calls", async (request) => viewOf(await start(parts, readBody(callInput, request)))),
    route("GET", "/calls", () => ({ calls: [...vapi.calls.values()].reverse().map(viewOf) })),
    route("POST", "/calls/play", (request) => play(parts, readBody(playInput, request))),
    route("POST", "/calls/kept", (request) => {
      vapi.kept.push(...readBody(keptInput, request).calls);
    }),
    route("GET", "/calls/:id", (request) => viewOf(callOf(parts, request))),
    route("POST", "/calls/:id/say", async (request) => {
      const call = callOf(parts, request);
      await hearCaller(vapi, call, readBody(sayInput, request).text);
      return viewOf(call);
    }),
    route("POST", "/calls/:id/hang-up", (request) => {
      const call = callOf(parts, request);
      const { endedReason, seconds: length } = readBody(hangUpInput, request);
      endCall(vapi, call, endedReason, {}, length);
      return viewOf(call);
    }),
  ];
}
