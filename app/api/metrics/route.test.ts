import { expect, test } from "vitest";
import { changeSettings } from "@/tests/support/fresh";
import { GET } from "./route";

const ask = async (authorization?: string) =>
  (
    await GET(
      new Request("http://test.example/api/metrics", { headers: authorization ? { authorization } : {} }),
    )
  ).status;

test("metrics need their token, and without one configured nobody sees them", async () => {
  changeSettings({ TORQUEFLOW_DEMO: false, METRICS_TOKEN: undefined });
  expect(await ask()).toBe(401);
  expect(await ask("Bearer undefined")).toBe(401);
  changeSettings({ METRICS_TOKEN: "the-token-of-the-metrics" });
  expect(await ask()).toBe(401);
  expect(await ask("Bearer another-token-altogether")).toBe(401);
  expect(await ask("Bearer the-token-of-the-metrics")).toBe(200);
});

test("the demo shows them to anybody", async () => {
  changeSettings({ TORQUEFLOW_DEMO: true, METRICS_TOKEN: undefined });
  expect(await ask()).toBe(200);
});
