import { expect, test } from "vitest";
import { request } from "../support/app";

test("health answers by itself, readiness for the database", async () => {
  const [health, ready] = await Promise.all([request("/api/health"), request("/api/ready")]);
  expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
});

test("an idle connection is kept longer than a proxy or a provider keeps it", async () => {
  const { headers } = await request("/api/health");
  expect(Number(/timeout=(\d+)/.exec(headers.get("keep-alive") ?? "")?.[1])).toBeGreaterThan(600);
});

test("a request keeps the id it came with, if that is one", async () => {
  const id = "from-the-proxy-42";
  expect(
    (await request("/api/health", { headers: { "x-request-id": id } })).headers.get("x-request-id"),
  ).toBe(id);
  const own = await Promise.all([request("/api/health"), request("/api/health")]);
  const ids = own.map(({ headers }) => headers.get("x-request-id"));
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect(new Set(ids).size).toBe(2);
  const odd = await request("/api/health", { headers: { "x-request-id": "two words and more" } });
  expect(odd.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("the demo shows its metrics, by name", async () => {
  const response = await request("/api/metrics");
  expect(response.status).toBe(200);
  const text = await response.text();
  for (const name of [
    "fail_open_total",
    "settles_total",
    "voice_answers_total",
    "http_request_seconds_count",
  ]) {
    expect(text).toContain(`torqueflow_${name}`);
  }
});
