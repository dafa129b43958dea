import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { closePool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { givenSession } from "../factories/session";
import { givenStaffedGarage } from "../factories/shared-garage";
import { request, sharedApp } from "../support/app";
import { callAction } from "../support/server-action";
import { withSession } from "../support/sign-in";
import { ACTIONS, FRONT, type Given, PAGES, READS, WRITES, type Write } from "./who-may";

/** Who asks: a member in each of the roles, and those who are none. */
type Asker = Role | (typeof STRANGERS)[number];
const STRANGERS = ["signed out", "of no garage", "on another garage’s page"] as const;
const ASKERS: readonly Asker[] = [...ROLES, ...STRANGERS];

/** What they are answered by the API, whatever they ask for. */
const TO_STRANGERS: Readonly<Record<(typeof STRANGERS)[number], number>> = {
  "signed out": 401,
  "of no garage": 403,
  "on another garage’s page": 409,
};

let garage: string;
let given: Given;
let headersOf: Record<Asker, { readonly cookie: string; readonly "x-organisation"?: string }>;

beforeAll(async () => {
  const ctx = systemContext("test");
  const { slug, orgId } = await givenStaffedGarage(ctx, { purchased: 1_000 });
  const other = await givenStaffedGarage(ctx);
  garage = orgId;
  given = { theirLine: other.phone };
  const members = ROLES.map(async (role) => [
    role,
    { cookie: (await withSession(`${role}@${slug}.test`)).cookie },
  ]);
  const people = Object.fromEntries(await Promise.all(members));
  headersOf = {
    ...people,
    "signed out": { cookie: "" },
    "of no garage": { cookie: (await givenSession()).cookie },
    "on another garage’s page": { cookie: people.owner.cookie, "x-organisation": other.orgId },
  };
});
afterAll(closePool);

const APP = path.join(import.meta.dirname, "../../app");

/** The folders below one of `app`'s that hold such a file, with its text. */
function foldersWith(below: string, name: string): { folder: string; text: string }[] {
  const root = path.join(APP, below);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === name)
    .map((file) => ({
      folder: path.dirname(file).replace(/^\.$/, ""),
      text: readFileSync(path.join(root, file), "utf8"),
    }));
}

/** The API's addresses for one of these methods, by the wrapper that makes them. */
function routesOf(methods: string, wrappers: string): string[] {
  const made = new RegExp(`^export const (${methods}) = (${wrappers})\\(`, "m");
  return foldersWith("api", "route.ts").flatMap(({ folder, text }) => (made.test(text) ? [folder] : []));
}

describe("no door is forgotten:", () => {
  const isPublic = (route: string) => READS[route] === "public";
  const reads = Object.keys(READS);

  it.each<[string, () => readonly string[], readonly string[]]>([
    ["what a member reads", () => routesOf("GET", "memberRoute"), reads.filter((one) => !isPublic(one))],
    ["what anybody reads", () => routesOf("GET", "publicRoute"), reads.filter(isPublic)],
    ["what a member changes", () => routesOf("POST|PUT|PATCH|DELETE", "memberRoute"), Object.keys(WRITES)],
    [
      "what anybody posts",
      () => routesOf("POST|PUT|PATCH|DELETE", "publicRoute|webhook"),
      Object.keys(FRONT),
    ],
    ["pages", () => foldersWith("(workspace)", "page.tsx").map(({ folder }) => folder), Object.keys(PAGES)],
    [
      "server actions",
      () =>
        foldersWith("(workspace)", "actions.ts").flatMap(({ text }) =>
          [...text.matchAll(/^export const (\w+)/gm)].map(([, name = ""]) => name),
        ),
      Object.keys(ACTIONS),
    ],
  ])("%s", (_, found, listed) => {
    expect([...found()].sort()).toEqual([...listed].sort());
  });
});

/** An id that looks like one, of nothing: Stripe's invoices have their own. */
const addressOf = (route: string): string =>
  `/api/${route.replace("[id]", route.startsWith("billing/") ? "in_1" : newId()).replace("[attempt]", newId())}`;

/** The status of a request whose body is not waited for: live events have no end. */
async function statusOf(address: string, init: RequestInit): Promise<number> {
  const response = await request(address, init);
  await response.body?.cancel();
  return response.status;
}

/** What everybody is answered, asked at once. */
async function askedBy<T>(ask: (asker: Asker) => Promise<T>): Promise<Record<string, T>> {
  return Object.fromEntries(
    await Promise.all(ASKERS.map(async (asker) => [asker, await ask(asker)] as const)),
  );
}

const expected = <T>(answer: (role: Role) => T, strangers: Record<string, T>): Record<string, T> => ({
  ...Object.fromEntries(ROLES.map((role) => [role, answer(role)])),
  ...strangers,
});

describe("who may read", () => {
  const members = Object.entries(READS).flatMap(([route, may]) => (may === "public" ? [] : [{ route, may }]));

  it.each(members)("$route", async ({ route, may }) => {
    const found = route.includes("[id]") ? 404 : 200;
    expect(await askedBy((asker) => statusOf(addressOf(route), { headers: headersOf[asker] }))).toEqual(
      expected<number>((role) => (may.includes(role) ? found : 403), TO_STRANGERS),
    );
  });

  it("a refusal holds no data", async () => {
    const answers = members.flatMap(({ route, may }) => {
      const refused = ROLES.find((role) => !may.includes(role));
      return refused ? [request(addressOf(route), { headers: headersOf[refused] })] : [];
    });
    for (const answer of await Promise.all(answers))
      expect([answer.url, Object.keys(await answer.json())]).toEqual([answer.url, ["error"]]);
  });
});

describe("who may open", () => {
  const NOT_ALLOWED = "You don’t have access to";

  it.each(Object.entries(PAGES))("/%s", async (route, { may, elsewhere }) => {
    const address = `/${route.replace(/\/?\[\[\.\.\.id\]\]/, "").replace("[token]", "of-nobody")}`;
    const opened = await askedBy(async (asker) => {
      // A page is asked for by its address alone.
      const answer = await request(address, { headers: { cookie: headersOf[asker].cookie } });
      if (answer.status !== 200) return answer.headers.get("location");
      return (await answer.text()).includes(NOT_ALLOWED) ? "not allowed" : "opened";
    });
    const wanted = (role: Role) => (may.includes(role) ? "opened" : (elsewhere ?? "not allowed"));
    expect(opened).toEqual(
      expected<string | null>(wanted, {
        "signed out": `/sign-in${address === "/" ? "" : `?next=${encodeURIComponent(address)}`}`,
        "of no garage": "/no-garage",
        "on another garage’s page": wanted("owner"),
      }),
    );
  });
});

describe("who may call", () => {
  it.each(Object.entries(ACTIONS))("%s", async (name, { may, input, refused }) => {
    const codes = await askedBy(async (asker) => {
      const { cookie, "x-organisation": page = garage } = headersOf[asker];
      const caller = { url: sharedApp().url, cookie, page: "/settings/billing" };
      const answer = await callAction(caller, name, [page, input]);
      return typeof answer === "object" && answer !== null && "code" in answer ? answer.code : null;
    });
    expect(codes).toEqual(
      expected<unknown>((role) => (may.includes(role) ? refused : "forbidden"), {
        "signed out": "unauthenticated",
        "of no garage": "forbidden",
        "on another garage’s page": "organisation_changed",
      }),
    );
  });
});

describe("who may change", () => {
  const SUCCESS = "success";

  const ask = async (route: string, { method = "POST", body, file }: Write, asker: Asker) => {
    const origin = sharedApp().url;
    const sent = typeof body === "function" ? body(given) : (body ?? {});
    const status = await statusOf(`${addressOf(route)}${file ? "?name=a.png" : ""}`, {
      method,
      headers: {
        ...(file && { "x-organisation": garage }),
        ...headersOf[asker],
        ...{ origin, "content-type": file ? "image/png" : "application/json" },
      },
      body: file ? "a picture" : JSON.stringify(sent),
    });
    return status < 300 ? SUCCESS : status;
  };

  it.each(Object.entries(WRITES))("%s", async (route, write) => {
    const { may, answer } = write;
    const byRole = (role: Role) => (typeof answer === "number" ? answer : answer?.[role]);
    const allowed = (role: Role) => byRole(role) ?? (route.includes("[id]") ? 404 : SUCCESS);
    expect(await askedBy((asker) => ask(route, write, asker))).toEqual(
      expected<number | string>((role) => (may.includes(role) ? allowed(role) : 403), TO_STRANGERS),
    );
  });
});

it.each(Object.entries(FRONT))(
  "a browser that is signed in nowhere posts to %s",
  async (route, { body, answer }) => {
    const headers = { "content-type": "application/json", "x-forwarded-for": "10.77.0.1" };
    expect(
      await statusOf(addressOf(route), { method: "POST", headers, body: JSON.stringify(body ?? {}) }),
    ).toBe(answer);
  },
);
