import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { request, sharedApp } from "../support/app";
import { rawStatus } from "../support/raw-http";
import { type SignedIn, signIn } from "../support/sign-in";

const JSON_TYPE = "content-type: application/json";
const signInHead = ["POST /api/auth/sign-in/email HTTP/1.1", JSON_TYPE];

let garage: StaffedGarage;
let advisor: SignedIn;
let technician: SignedIn;
let conversation: string;
beforeAll(async () => {
  garage = await givenStaffedGarage(systemContext("test"), { purchased: 1_000 });
  advisor = await signIn(`advisor@${garage.slug}.test`);
  technician = await signIn(`technician@${garage.slug}.test`);
  const from = "+447700900777";
  const sandbox = createClient(sharedApp().sandboxUrl);
  await sandbox.addLine(lineOf(garage));
  await sandbox.sms({ line: garage.slug, from, text: "Hello?" });
  const find = async (): Promise<{ id: string } | undefined> =>
    (await (await advisor.get("/api/messages/conversations")).json()).conversations.find(
      ({ customer }: { customer: string }) => customer === from,
    );
  const found = await vi.waitUntil(find, { timeout: 20_000, interval: 200 });
  conversation = `/api/messages/conversations/${found.id}`;
});

describe("64 KiB and no more", () => {
  it("80 MB are refused before they come", async () => {
    expect(await rawStatus([...signInHead, "content-length: 80000000"], ['{"email":"'])).toBe(413);
    const signOut = ["POST /api/auth/sign-out HTTP/1.1", JSON_TYPE, "content-length: 300000000"];
    expect(await rawStatus(signOut)).toBe(413);
    expect(await rawStatus(["POST /sign-in HTTP/1.1", "content-length: 70000"])).toBe(413);
  });

  it("what says nothing of its length is counted as it comes", async () => {
    const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
    expect(
      await rawStatus([...signInHead, "transfer-encoding: chunked"], [...Array(6).fill(chunk), "0\r\n\r\n"]),
    ).toBe(413);
  });
});

describe("a member's POST is our own page's, and JSON", () => {
  const forged = (path: string, headers: Record<string, string>, body = "{}") =>
    request(path, { method: "POST", headers: { cookie: advisor.cookie, ...headers }, body });
  const own = () => sharedApp().url;

  it.each(["reply", "take-over", "hand-back"])("%s", async (action) => {
    const path = `${conversation}/${action}`;
    const body = JSON.stringify({ body: "Forged", key: "forged-key-1" });
    const statuses = await Promise.all([
      forged(path, { origin: "http://127.0.0.1:9888", "content-type": "text/plain" }, body),
      forged(path, { origin: "http://127.0.0.1:9888", "content-type": "application/json" }, body),
      forged(path, { origin: "null", "content-type": "application/json" }, body),
      forged(path, { origin: own(), "content-type": "text/plain" }, body),
      forged(path, { origin: own(), "content-type": "application/x-www-form-urlencoded" }, body),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 415, 415]);
    const { messages } = await (await advisor.get(conversation)).json();
    expect(JSON.stringify(messages)).not.toContain("Forged");
  });

  it("a foreign origin learns at which address Torqueflow is", async () => {
    const answer = await forged("/api/diagnostics", { origin: "http://elsewhere.test" });
    expect((await answer.json()).error).toEqual({
      code: "foreign_origin",
      message: `Torqueflow is at ${own()}. Open that address and try again.`,
    });
  });

  it("what is typed is cleaned or refused, never a failure of ours", async () => {
    const reply = (body: string, key: string) => advisor.post(`${conversation}/reply`, { body, key });
    expect((await reply("Clean\u0000ed", "cleaned-key")).status).toBe(202);
    const { messages } = await (await advisor.get(conversation)).json();
    expect(messages.map(({ body }: { body: string }) => body)).toContain("Cleaned");
    for (const refused of [
      await reply("Hello", "a-key-with-\u0000"),
      await reply("\u200B\u3164", "invisible-key"),
      await reply("x".repeat(5_000), "long-key-1"),
      await technician.post("/api/diagnostics", { question: "\u0000\u200D", key: "zero-bytes" }),
      await technician.post("/api/diagnostics", { question: 5, key: {} }),
    ])
      expect(refused.status).toBe(400);
  });
});

describe("a request is for the garage that its page shows", () => {
  it("and refused with a code of its own where another one was chosen", async () => {
    const elsewhere = { cookie: advisor.cookie, "x-organisation": "0198a1b2-0000-7000-8000-000000000000" };
    const read = await request("/api/messages/conversations", { headers: elsewhere });
    expect([read.status, (await read.json()).error.code]).toEqual([409, "organisation_changed"]);
    const headers = { ...elsewhere, "content-type": "application/json", origin: sharedApp().url };
    const body = JSON.stringify({ body: "For somebody else", key: "another-garage" });
    expect((await request(`${conversation}/reply`, { method: "POST", headers, body })).status).toBe(409);
    const access = await request("/api/access", { headers: elsewhere });
    expect((await access.json()).acting).toEqual({ orgId: garage.orgId, role: "advisor" });
    expect((await request("/api/access")).status).toBe(401);
    const stream = `/api/events?organisation=${elsewhere["x-organisation"]}`;
    expect((await request(stream, { headers: { cookie: advisor.cookie } })).status).toBe(409);
  });
});

describe("limits that a person does not reach", () => {
  it("ten questions a minute; the next learns how long to wait", async () => {
    const asker = await signIn(garage.owner);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        asker.post("/api/diagnostics", { question: "Why does it smoke?", key: `pace-${n}-key` }),
      ),
    );
    const [refused, ...more] = answers.filter(({ status }) => status === 429);
    expect(more).toHaveLength(1);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(30);
    expect(await refused?.text()).toMatch(/Too many attempts\. Try again in \d+ seconds\./);
    await Promise.all(answers.map((answer) => answer.body?.cancel().catch(() => undefined)));
  });

  it("thirty replies a minute", async () => {
    const sender = await signIn(garage.owner);
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, n) =>
        sender.post(`${conversation}/reply`, { body: "…", key: `pace-${n}-key` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe("two callers behind a proxy that appends to X-Forwarded-For count apart", () => {
  it("by the last address that is no proxy of ours, whatever the caller wrote before it", async () => {
    const attempt = (forwarded: string, password: string) =>
      request("/api/auth/sign-in/email", {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": forwarded },
        body: JSON.stringify({ email: garage.manager, password }),
      });
    for (let n = 0; n < 10; n += 1)
      expect((await attempt(`203.0.113.${n}, 192.0.2.41, 10.1.1.9`, "wrong")).status).toBe(401);
    expect((await attempt("198.51.100.1, 192.0.2.41, 10.1.1.9", "torqueflow-demo")).status).toBe(429);
    expect((await attempt("192.0.2.88, 10.1.1.9", "torqueflow-demo")).status).toBe(200);
  });
});

describe("every kind of answer carries the same headers", () => {
  const KINDS: readonly [string, () => Promise<Response>][] = [
    ["a page", () => request("/sign-in")],
    [
      "a page that is prefetched",
      () => request("/sign-in", { headers: { "next-router-prefetch": "1", rsc: "1" } }),
    ],
    ["an API answer", () => advisor.get("/api/messages/conversations")],
    ["a refusal of the API", () => request("/api/credits/balance")],
    ["a redirect", () => request("/messages/")],
    ["a redirect to sign in", () => request("/voice")],
    ["a missing page", () => request("/nowhere")],
    ["a missing route", () => request("/api/nowhere")],
    ["a refusal at the front door", () => request("/%E0%A4%A")],
    [
      "a static file",
      async () =>
        request(/\/_next\/static\/[^"]+\.js/.exec(await (await request("/sign-in")).text())?.[0] ?? ""),
    ],
  ];

  it.each(KINDS)("%s", async (_, ask) => {
    const { headers } = await ask();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("x-request-id")).toMatch(/^[\w.:-]{8,64}$/);
  });

  it("a page and a script are compressed for who can read it", async () => {
    const given = KINDS.filter(([kind]) => kind === "a page" || kind === "a static file");
    const answers = await Promise.all(given.map(([, ask]) => ask()));
    expect(answers.map(({ headers }) => headers.get("content-encoding"))).toEqual(["gzip", "gzip"]);
  });

  it("answers of the API may not be cached; static files may", async () => {
    expect((await advisor.get(conversation)).headers.get("cache-control")).toBe("no-store");
    expect((await request("/api/credits/balance")).headers.get("cache-control")).toBe("no-store");
    const file = await KINDS.at(-1)?.[1]();
    expect([file?.status, file?.headers.get("cache-control")]).toEqual([
      200,
      expect.stringContaining("immutable"),
    ]);
  });
});

describe("redirects", () => {
  it("signed out: to sign in, and back to the page that was asked for, with its query", async () => {
    const location = async (path: string) => (await request(path)).headers.get("location");
    expect(await location("/voice")).toBe("/sign-in?next=%2Fvoice");
    expect(await location("/settings/billing?checkout=success&session_id=cs_1")).toBe(
      "/sign-in?next=%2Fsettings%2Fbilling%3Fcheckout%3Dsuccess%26session_id%3Dcs_1",
    );
  });

  it("signed in without a garage: to a page that says so; support to one that names the command line", async () => {
    const support = await signIn("support@torqueflow.test");
    expect((await support.get("/settings/billing")).headers.get("location")).toBe("/no-garage");
    const page = await (await support.get("/no-garage")).text();
    expect(page).toContain("npm run credits");
  });

  it("under another name of this machine: to the configured address, path and query kept", async () => {
    const { port } = new URL(sharedApp().url);
    const answer = await fetch(`http://localhost:${port}/sign-in?next=%2Fvoice`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([
      307,
      `${sharedApp().url}/sign-in?next=%2Fvoice`,
    ]);
  });
});

afterAll(async () => {
  await advisor.post("/api/auth/sign-out");
  await closePool();
});
