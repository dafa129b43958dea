import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { givenStaffedGarage } from "../factories/shared-garage";
import { request } from "../support/app";
import { type SignedIn, signIn } from "../support/sign-in";

const ROLES = ["owner", "manager", "advisor", "technician"] as const;
type Role = (typeof ROLES)[number];

const OFFICE = ["owner", "manager"] as const;
const DESK = ["owner", "manager", "advisor"] as const;

/** Every address that answers GET: who may read it; `public`: anybody, without a session. A new one fails below until it is here. */
const READS: Readonly<Record<string, readonly Role[] | "public">> = {
  /** Asked about the session itself, whatever garage the page shows: see doors.test.ts. */
  access: "public",
  "billing/invoices": OFFICE,
  "billing/invoices/[id]/page": OFFICE,
  "billing/invoices/[id]/pdf": OFFICE,
  "billing/packs": OFFICE,
  "billing/plan": OFFICE,
  "billing/standing": ROLES,
  "billing/subscription": OFFICE,
  "credits/balance": OFFICE,
  "credits/notices": OFFICE,
  "credits/purchases": OFFICE,
  "credits/top-up": OFFICE,
  "credits/top-up/activity": OFFICE,
  "credits/trend": OFFICE,
  "credits/usage": OFFICE,
  diagnostics: ["owner", "manager", "technician"],
  events: ROLES,
  "first-run": OFFICE,
  health: "public",
  "messages/canned-responses": DESK,
  "messages/conversations": DESK,
  "messages/conversations/[id]": DESK,
  "messages/conversations/[id]/customer": DESK,
  "messages/media/[id]": DESK,
  "messages/members": DESK,
  "messages/counts": DESK,
  "messages/templates": DESK,
  "messages/waiting": DESK,
  metrics: "public",
  ready: "public",
  "settings/account": ROLES,
  "settings/account/sessions": ROLES,
  "settings/channels": OFFICE,
  "settings/garage": OFFICE,
  "settings/persona": OFFICE,
  "settings/persona/test-call": OFFICE,
  "settings/audit": ["owner"],
  "settings/notifications": DESK,
  "settings/team": OFFICE,
  "voice/answering": DESK,
  "voice/call-backs": DESK,
  "voice/calls": DESK,
  "voice/calls/[id]": DESK,
  "voice/live": DESK,
  "voice/members": DESK,
  "voice/summary": DESK,
  "voice/waiting": DESK,
  /** Meta's handshake: its own token guards it. */
  "webhooks/whatsapp": "public",
};

const members = Object.entries(READS).flatMap(([route, may]) => (may === "public" ? [] : [{ route, may }]));
/** An id that looks like one, of nothing: Stripe's invoices have their own. */
const addressOf = (route: string): string =>
  `/api/${route.replace("[id]", route.startsWith("billing/") ? "in_1" : newId())}`;

const KEY = { key: "key-of-a-browser" };
const CANNED = { shortcut: "hi", body: "Hello" };
const SOON = new Date(Date.now() + 3_600_000).toISOString();

/**
 * Every address of the inbox and the Voice Dashboard that changes something, with a body that is right: the desk may, on
 * nothing that is there. A new one fails below until it is here.
 */
const WRITES: Readonly<
  Record<string, { readonly method?: "PUT"; readonly body?: object; readonly file?: true }>
> = {
  "messages/canned-responses": { body: CANNED },
  "messages/canned-responses/[id]": { method: "PUT", body: CANNED },
  "messages/canned-responses/[id]/remove": {},
  "messages/conversations": { body: { channel: "sms", phone: "+447700900999" } },
  "messages/conversations/[id]/assign": { body: { userId: null } },
  "messages/conversations/[id]/done": { body: {} },
  "messages/conversations/[id]/hand-back": {},
  "messages/conversations/[id]/media": { file: true },
  "messages/conversations/[id]/notes": { body: { ...KEY, body: "Hello" } },
  "messages/conversations/[id]/read": { body: { to: SOON } },
  "messages/conversations/[id]/reopen": {},
  "messages/conversations/[id]/reply": { body: { ...KEY, body: "Hello" } },
  "messages/conversations/[id]/snooze": { body: { until: SOON } },
  "messages/conversations/[id]/take-over": {},
  "messages/conversations/[id]/template": { body: { ...KEY, templateId: newId(), variables: {} } },
  "messages/conversations/[id]/typing": {},
  "messages/media/[id]/fetch": {},
  "messages/templates/refresh": { body: {} },
  "voice/call-backs/[id]": { body: { done: true } },
  "voice/call-backs/[id]/assign": { body: { userId: null } },
  "voice/call-backs/[id]/attempts": { body: { key: newId(), outcome: "no-answer" } },
  "voice/call-backs/[id]/attempts/[attempt]/undo": {},
};

let people: Record<Role, SignedIn>;
let garage: string;
let otherGarage: string;
beforeAll(async () => {
  const ctx = systemContext("test");
  const { slug, orgId } = await givenStaffedGarage(ctx, { purchased: 1_000 });
  garage = orgId;
  const all = await Promise.all(ROLES.map(async (role) => [role, await signIn(`${role}@${slug}.test`)]));
  people = Object.fromEntries(all);
  otherGarage = (await givenStaffedGarage(ctx)).orgId;
});
afterAll(closePool);

/** The status of a GET, whose body is not waited for: live events have no end. */
async function statusOf(address: string, headers: Record<string, string>): Promise<number> {
  const response = await request(address, { headers });
  await response.body?.cancel();
  return response.status;
}

/** The routes of the API that export one of these methods. */
function routesWith(methods: string): string[] {
  const root = path.join(import.meta.dirname, "../../app/api");
  const exported = new RegExp(`^export (const|async function) (${methods})\\b`, "m");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .filter((file) => exported.test(readFileSync(path.join(root, file), "utf8")))
    .map((file) => path.dirname(file))
    .sort();
}

it("every address that answers GET is in the table, and every one of the desk that changes something", () => {
  expect(routesWith("GET")).toEqual(Object.keys(READS).sort());
  const changing = routesWith("POST|PUT").filter((route) => /^(messages|voice)\//.test(route));
  expect(changing).toEqual(Object.keys(WRITES).sort());
});

/** The status of a change that is asked for with these headers. */
async function statusOfChange(route: string, headers: Record<string, string>): Promise<number> {
  const { method = "POST", body, file } = WRITES[route] ?? {};
  const address = addressOf(route).replace("[attempt]", newId());
  const response = await request(`${address}${file ? "?name=a.png" : ""}`, {
    method,
    headers: {
      ...headers,
      ...(file && { "x-organisation": garage }),
      "content-type": file ? "image/png" : "application/json",
    },
    body: file ? "a picture" : JSON.stringify(body ?? {}),
  });
  await response.body?.cancel();
  return response.status;
}

it.each(Object.keys(WRITES))(
  "POST /api/%s is for the desk alone, and finds nothing that is not there",
  async (route) => {
    const statuses: Record<string, number> = { nobody: await statusOfChange(route, {}) };
    for (const role of ROLES) statuses[role] = await statusOfChange(route, { cookie: people[role].cookie });
    const { nobody, technician, ...desk } = statuses;
    expect([nobody, technician]).toEqual([401, 403]);
    const isNamed = route.includes("[id]");
    // What is there already, for the second of them, is a conflict.
    const isRight = (status: number) => (isNamed ? status === 404 : status < 300 || status === 409);
    expect(Object.values(desk).filter((status) => !isRight(status))).toEqual([]);
  },
);

describe.each(members)("GET /api/$route", ({ route, may }) => {
  it("answers 401 without a session", async () => {
    expect(await statusOf(addressOf(route), {})).toBe(401);
  });

  it("answers who may read it alone; what is named and is not theirs, is not found", async () => {
    const found = route.includes("[id]") ? 404 : 200;
    for (const role of ROLES) {
      const expected = may.includes(role) ? found : 403;
      expect([role, await statusOf(addressOf(route), { cookie: people[role].cookie })]).toEqual([
        role,
        expected,
      ]);
    }
  });

  it("answers no page that shows another garage than the session’s", async () => {
    const headers = { cookie: people.owner.cookie, "x-organisation": otherGarage };
    expect(await statusOf(addressOf(route), headers)).toBe(409);
  });
});

it("a refusal holds no data", async () => {
  for (const { route, may } of members) {
    const refused = ROLES.find((role) => !may.includes(role));
    if (!refused) continue;
    const answer = await people[refused].get(addressOf(route));
    expect([route, Object.keys(await answer.json())]).toEqual([route, ["error"]]);
  }
});
