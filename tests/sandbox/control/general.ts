import { z } from "zod";
import { behaviourInput, SCRIPTABLE } from "../core/effects";
import type { Entry } from "../core/entries";
import { healthInput } from "../core/line-health";
import type { LogFilter } from "../core/request-log";
import type { Route } from "../core/router";
import { settingsInput } from "../core/settings";
import { runDue } from "../stripe/billing/run-due";
import { pastInput } from "../stripe/past";
import { lineOf } from "./identities";
import type { Parts } from "./parts";
import { ControlError, readBody, route } from "./respond";
import { stepInput, targetOf, travel } from "./travel";

const flushInput = z.strictObject({
  provider: z.string().optional(),
  type: z.string().optional(),
  order: z.enum(["queued", "reversed"]).optional(),
  concurrent: z.boolean().optional(),
  copies: z.number().int().min(1).max(20).optional(),
  batch: z.boolean().optional(),
});
/** One, or several at once. */
const behavioursInput = z.preprocess(
  (body) => (Array.isArray(body) ? body : [body]),
  z.array(behaviourInput).min(1),
);
const clockInput = z.union([
  z.strictObject({
    advanceSeconds: z
      .number()
      .min(0)
      .max(366 * 86_400),
  }),
  z.strictObject({ reset: z.literal(true) }),
  stepInput,
]);
const lineInput = z.strictObject({
  slug: z.string().min(1).max(80),
  name: z.string().min(1).max(120).optional(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
  whatsAppNumberId: z
    .string()
    .regex(/^\d{6,20}$/)
    .optional(),
  businessAccountId: z
    .string()
    .regex(/^\d{6,20}$/)
    .optional(),
  vapiNumberId: z.string().min(1).max(80).optional(),
  messagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/)
    .optional(),
});

const DEFAULT_LIMIT = 200;

const summaryOf = ({ id, delivery, attempt, held, letsNextGo, dueAt }: Entry) => ({
  id,
  provider: delivery.provider,
  type: delivery.type,
  labels: delivery.labels,
  attempt,
  held: held || letsNextGo,
  dueInMs: Math.max(0, dueAt - Date.now()),
});

function filterOf(query: URLSearchParams): LogFilter {
  const text = (name: string) => query.get(name) ?? undefined;
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
  const names = ["provider", "direction", "method", "path", "type", "contains"] as const;
  const filter = Object.fromEntries(names.map((name) => [name, text(name)]));
  return { ...filter, status: number("status"), after: number("after") };
}

/** What any test needs: log, behaviours, deliveries, settings, time. */
export function generalRoutes(parts: Parts): Route[] {
  const { sandbox, stripe, resetAll, layPast } = parts;
  const { log, behaviours, outbox, lines, clock } = sandbox;
  return [
    route("GET", "/state", () => ({
      settings: sandbox.settings(),
      now: clock.now().toISOString(),
      pending: outbox.list().length,
      behaviours: behaviours.list(),
      lines: lines.list(),
      scriptable: SCRIPTABLE,
    })),
    route("POST", "/reset", resetAll),
    route("GET", "/requests", ({ url }) => {
      const found = log.list(filterOf(url.searchParams));
      const limit = Math.max(0, Number(url.searchParams.get("limit") ?? DEFAULT_LIMIT) || 0);
      return { count: found.length, requests: limit === 0 ? [] : found.slice(-limit) };
    }),
    route("DELETE", "/requests", () => log.clear()),
    route("GET", "/behaviours", () => ({ behaviours: behaviours.list() })),
    route("POST", "/behaviours", (request) => {
      const many = readBody(behavioursInput, request);
      return { behaviours: many.map((one) => behaviours.add(one)) };
    }),
    route("DELETE", "/behaviours", () => ({ removed: behaviours.remove() })),
    route("DELETE", "/behaviours/:id", ({ params }) => {
      if (behaviours.remove(Number(params.id)) === 0) throw new ControlError(404, "No such behaviour.");
    }),
    route("PATCH", "/settings", (request) => {
      const given = Object.entries(readBody(settingsInput.partial(), request));
      return sandbox.changeSettings(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
    }),
    route("GET", "/deliveries", () => ({ deliveries: outbox.list().map(summaryOf) })),
    route("DELETE", "/deliveries", () => ({ removed: outbox.clear() })),
    route("POST", "/flush", async (request) => {
      const delivered = await outbox.flush(readBody(flushInput, request));
      return { delivered, pending: outbox.list().length };
    }),
    route("POST", "/clock", async (request) => {
      const change = readBody(clockInput, request);
      if ("reset" in change) clock.reset();
      else if ("step" in change) await travel(parts, targetOf(parts, change));
      else await sandbox.time.forward(change.advanceSeconds * 1_000);
      runDue(stripe);
      return { now: clock.now().toISOString() };
    }),
    route("POST", "/stripe/past", (request) => layPast(readBody(pastInput, request))),
    route("POST", "/lines/health", (request) => {
      const { line, ...given } = readBody(healthInput, request);
      return sandbox.health.change(lineOf(sandbox, line).slug, given);
    }),
    route("POST", "/lines", (request) => {
      const given = Object.entries(readBody(lineInput, request)).filter(([, value]) => value !== undefined);
      return lines.add(Object.fromEntries(given) as { slug: string });
    }),
  ];
}
