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

let people: Record<Role, SignedIn>;
let otherGarage: string;
beforeAll(async () => {
  const ctx = systemContext("test");
  const { slug } = await givenStaffedGarage(ctx, { purchased: 1_000 });
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

it("every address that answers GET is in the table", () => {
  const root = path.join(import.meta.dirname, "../../app/api");
  const routes = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => path.basename(file) === "route.ts",
  );
  const answers = (file: string) =>
    /^export (const|async function) GET\b/m.test(readFileSync(path.join(root, file), "utf8"));
  expect(
    routes
      .filter(answers)
      .map((file) => path.dirname(file))
      .sort(),
  ).toEqual(Object.keys(READS).sort());
});

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
