import { afterAll, expect, test, vi } from "vitest";
import { GET } from "./route";

const settings = vi.hoisted(() => ({
  LOG_LEVEL: "silent",
  METRICS_TOKEN: undefined as string | undefined,
  TORQUEFLOW_DEMO: false,
}));
vi.mock("@/lib/shared/env", () => ({ env: () => settings }));
afterAll(() => vi.doUnmock("@/lib/shared/env"));

const ask = async (authorization?: string) =>
  (
    await GET(
      new Request("http://test.example/api/metrics", { headers: authorization ? { authorization } : {} }),
    )
  ).status;

test("metrics need their token, and without one configured nobody sees them", async () => {
  expect(await ask()).toBe(401);
  expect(await ask("Bearer undefined")).toBe(401);
  settings.METRICS_TOKEN = "the-token-of-the-metrics";
  expect(await ask()).toBe(401);
  expect(await ask("Bearer another-token-altogether")).toBe(401);
  expect(await ask("Bearer the-token-of-the-metrics")).toBe(200);
});

test("the demo shows them to anybody", async () => {
  settings.TORQUEFLOW_DEMO = true;
  expect(await ask()).toBe(200);
});
