import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { request, sharedApp } from "../support/app";
import { type RunningService, startApp } from "../support/app-process";
import { rawStatus } from "../support/raw-http";

// Others' mistakes are no failures of ours: they are answered with 4xx, and raise no alarm.
let app: RunningService;
/** What it says before it is ready does not count: a busy machine's database may be late then. */
let readyAt = 0;
beforeAll(async () => {
  const { databaseUrl, env } = sharedApp();
  const { APP_URL: _, PORT: __, ...rest } = env;
  app = await startApp({ databaseUrl, env: { ...rest, LOG_LEVEL: "info" } });
  readyAt = Date.now();
});
afterAll(() => app.stop());

type Line = { readonly time: number; readonly level?: number; readonly msg?: string };
const lines = (): Line[] =>
  app.output
    .flatMap((line): Line[] => (line.startsWith("{") ? [JSON.parse(line)] : []))
    .filter(({ time }) => time >= readyAt);

/** Ids of the built application's own server actions, and one of another build. */
async function actionIds(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(".next/server/server-reference-manifest.json", "utf8"));
  const own = Object.keys(manifest.node);
  expect(own.length).toBeGreaterThan(0);
  return [...own, "0".repeat(42)];
}

describe("a malformed address or header", () => {
  it.each([
    ["TRACE", ["TRACE / HTTP/1.1"], 405],
    ["a page's address that cannot be decoded", ["GET /messages/%E0%A4%A HTTP/1.1"], 400],
    ["a route's address that cannot be decoded", ["GET /api/voice/calls/%E0%A4%A HTTP/1.1"], 400],
    [
      "a malformed router state",
      ["GET /sign-in HTTP/1.1", "rsc: 1", "next-router-state-tree: %7Bnot json"],
      400,
    ],
    [
      "a router state of another shape",
      ["GET /sign-in HTTP/1.1", "rsc: 1", "next-router-state-tree: %5B1%5D"],
      400,
    ],
  ])("%s", async (_, head, status) => {
    expect(await rawStatus(head)).toBe(status);
  });
});

describe("a post to a page", () => {
  const TEXT = { "content-type": "text/plain;charset=UTF-8" };
  const OWN = () => ({ origin: app.url });
  it.each([
    ["text that is no JSON", TEXT, "[[[", OWN],
    ["references that lead nowhere", TEXT, '["$F1","$Q9"]', OWN],
    ["a form without a boundary", { "content-type": "multipart/form-data" }, "x", OWN],
    ["a form that ends early", { "content-type": "multipart/form-data; boundary=a" }, "--a\r\nnothing", OWN],
    ["a foreign page's", TEXT, "[]", () => ({ origin: "https://elsewhere.test" })],
    ["a page's without an origin", TEXT, "[]", () => ({ origin: "null" })],
    [
      "one that a proxy sent elsewhere",
      TEXT,
      "[]",
      () => ({ ...OWN(), "x-forwarded-host": "elsewhere.test" }),
    ],
  ])("%s is refused, and raises no alarm", async (_, headers, body, more) => {
    const before = lines().length;
    for (const action of await actionIds()) {
      const answer = await fetch(new URL("/settings/billing", app.url), {
        method: "POST",
        headers: { ...headers, ...more(), "next-action": action },
        body,
        redirect: "manual",
      });
      await answer.arrayBuffer();
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    await fetch(new URL("/api/health", app.url));
    await vi.waitUntil(() =>
      lines()
        .slice(before)
        .some(({ msg }) => msg === "request"),
    );
    expect(lines().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

describe("pictures in other sizes", () => {
  it.each([
    "",
    "?url=/nowhere.png&w=64&q=75",
    "?url=https%3A%2F%2Felsewhere.test%2Fa.png&w=64&q=75",
    "?url=%2Ficon.svg&w=64&q=75",
  ])("/_next/image%s is 404, and raises no alarm", async (query) => {
    expect((await fetch(new URL(`/_next/image${query}`, app.url))).status).toBe(404);
    expect((await request("/_next/image")).status).toBe(404);
    expect(lines().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});
